"""A cycle → its page over all teams, or over those of a department."""

from __future__ import annotations

from okrsite import urls
from okrsite.measure import WeekMeasure
from okrsite.measure.owners import add_weeks
from okrsite.model import Cycle, CycleState, Level, Team
from okrsite.model.quick import quick_dataclass
from okrsite.views.attention import view_attention_of_plans
from okrsite.views.calibration import CalibrationPart, view_calibration_of_cycle
from okrsite.views.cards import TeamCard, save_team_cards, view_team_card
from okrsite.views.charts import view_status_weeks
from okrsite.views.check_in_weeks import view_check_in_weeks
from okrsite.views.clock import view_clock
from okrsite.views.context import Context
from okrsite.views.fragments import (
    AttentionRow,
    ChartView,
    ClockView,
    CountView,
    Crumb,
    FactView,
    HeadView,
    HeatView,
    PartRow,
)
from okrsite.views.grades import GradeMark, GradesView, view_grades, view_marks
from okrsite.views.heat import view_heat, view_heat_of_parts
from okrsite.views.outcomes import outcomes_of, share_of
from okrsite.views.parting import cycles_crumb, owner_name, part_head, tallied_row, tally
from okrsite.views.parts import view_counts
from okrsite.views.planning import PlanningView, view_planning
from okrsite.views.retrospectives import RetrospectivesView, view_retrospectives
from okrsite.views.split import Part
from okrsite.views.status_groups import StatusGroup, view_status_groups
from okrsite.views.teams import walk_teams
from okrsite.views.within import cycle_parts, owners_within, plans_here, plans_within
from okrsite.words import NONE


@quick_dataclass(frozen=True, slots=True)
class TeamRow:
    """A team in the list of a cycle's page, with its grades once the cycle is over."""

    card: TeamCard
    marks: tuple[GradeMark, ...]
    grades: str
    """``0.35 · 0.79``: its objectives', in the order of the plan."""


@quick_dataclass(frozen=True, slots=True)
class CycleView:
    """All that a cycle's page may show: over all teams, or those of a department."""

    head: HeadView
    state: str
    """``upcoming``, ``active`` or ``closed``."""
    clock: ClockView
    counts: tuple[CountView, ...]
    counts_label: str
    check_ins: FactView
    departments: tuple[PartRow, ...]
    """What has pages of its own, past 200 teams."""
    teams: tuple[TeamRow, ...]
    heat: HeatView | None
    chart: ChartView | None
    check_in_chart: ChartView | None
    """How many were up to date, week by week."""
    check_in_anchor: str
    groups: tuple[StatusGroup, ...]
    """Key results by status: what the counts count."""
    okrs_url: str
    """Where all objectives and key results are listed."""
    attention: tuple[AttentionRow, ...]
    grades: GradesView | None
    """How objectives were graded; None before any was."""
    calibration: CalibrationPart | None
    """Of a closed cycle: confidence in its middle against its grades."""
    planning: PlanningView | None
    """Of an upcoming cycle: who has a plan, a draft, nothing."""
    retrospectives: RetrospectivesView | None


def view_cycle(
    context: Context,
    cycle: Cycle,
    part: Part[str] | None = None,
    above: tuple[Part[str], ...] = (),
) -> CycleView:
    """Return a cycle's page over all teams, or over those of a part."""
    words, say = context.words, context.words.gettext
    part = part or cycle_parts(context, cycle)
    plans = plans_within(context, cycle, part)
    weeks = add_weeks([context.measures.weeks(plan.owner, cycle.id) for plan in plans])
    counts = tally(context, [plan.owner for plan in plans], cycle.id).counts
    state = cycle.state(context.company.as_of)
    upcoming, closed = state is CycleState.UPCOMING, state is CycleState.CLOSED
    found = outcomes_of(context, plans) if closed else []
    title = say("Key results by status, week by week")
    return CycleView(
        head=_head(context, cycle, part, above),
        state=state.value,
        clock=view_clock(context, cycle),
        counts=view_counts(context, counts, urls.cycle_url(cycle.id, part.path)),
        counts_label=words.ngettext("{n} key result", "{n} key results", sum(counts.values())),
        check_ins=_check_ins(context, cycle, weeks),
        departments=tuple(_department(context, cycle, each) for each in part.parts),
        teams=_teams(context, cycle, part),
        heat=None if upcoming else _heat(context, cycle, part),
        chart=view_status_weeks(context, title, "weeks", cycle, weeks),
        okrs_url=urls.okrs_url(cycle.id),
        check_in_chart=None if upcoming else view_check_in_weeks(context, cycle, weeks),
        check_in_anchor=urls.CHECK_INS_ANCHOR,
        groups=view_status_groups(context, cycle, part, plans),
        attention=() if upcoming or closed else view_attention_of_plans(context, plans, 12),
        grades=view_grades(context, cycle, found),
        calibration=view_calibration_of_cycle(context, cycle, [each for _, each in found]),
        planning=view_planning(context, cycle, part) if upcoming else None,
        retrospectives=view_retrospectives(context, plans_here(part, plans)) if closed else None,
    )


def _head(
    context: Context, cycle: Cycle, part: Part[str], above: tuple[Part[str], ...]
) -> HeadView:
    words = context.words
    lead = f"{words.date(cycle.start)} – {words.full_date(cycle.end)}"
    crumb = Crumb(cycle.name, urls.cycle_url(cycle.id))
    way = (cycles_crumb(context),)
    return part_head(context, crumb, part, above, lead, owner_name(context), way)


def _department(context: Context, cycle: Cycle, part: Part[str]) -> PartRow:
    """Return what an index says of a part; in a cycle to come, how many have planned."""
    words = context.words
    owners = owners_within(context, cycle, part.all_rows())
    size = words.number(part.size)
    if cycle.state(context.company.as_of) is CycleState.UPCOMING:
        planned = sum(context.company.team(owner) is not None for owner in owners)
        size = words.gettext("{planned} of {n} planned", planned=planned, n=part.size)
    url = urls.cycle_url(cycle.id, part.path)
    return tallied_row(context, part, url, size, tally(context, owners, cycle.id), url)


def _teams(context: Context, cycle: Cycle, part: Part[str]) -> tuple[TeamRow, ...]:
    """Return the teams of a page that plan for a cycle, those above first."""
    company, inside = context.company, set(part.rows)
    tops = [(team, 0) for team in company.teams if team.level is Level.COMPANY]
    walked = [(t, depth) for t, depth in (*tops, *walk_teams(company)) if t.id in inside]
    is_list = bool(part.parts or part.stretch)
    top = min((depth for _, depth in walked), default=0)
    rows = tuple(
        _team(context, team, cycle, 0 if is_list else depth - top)
        for team, depth in walked
        if company.plan(team.id, cycle.id) and not team.title_only
    )
    save_team_cards(context, cycle.id)
    return rows


def _team(context: Context, team: Team, cycle: Cycle, depth: int) -> TeamRow:
    card = view_team_card(context, team, cycle.id, depth)
    plan = context.company.plan(team.id, cycle.id)
    closed = cycle.state(context.company.as_of) is CycleState.CLOSED
    marks = view_marks(context, plan) if plan and closed else ()
    return TeamRow(card, marks, " · ".join(mark.grade for mark in marks))


def _heat(context: Context, cycle: Cycle, part: Part[str]) -> HeatView | None:
    """Return the weeks of a page's teams, or of its departments where these have pages."""
    if part.parts:
        return view_heat_of_parts(context, cycle, part)
    return view_heat(context, cycle, part.rows)


def _check_ins(context: Context, cycle: Cycle, weeks: tuple[WeekMeasure, ...]) -> FactView:
    words = context.words
    possible = sum(week.of for week in weeks)
    if not possible:
        return FactView(NONE, words.gettext("checked in"))
    if cycle.state(context.company.as_of) is CycleState.CLOSED:
        mean = share_of(sum(week.fresh for week in weeks), possible)
        return FactView(words.percent(mean), words.gettext("up to date, mean of all weeks"))
    share = share_of(weeks[-1].fresh, weeks[-1].of)
    return FactView(words.percent(share), words.gettext("up to date"))
