"""A cycle → its page over all teams, or over those of a department."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from okrsite import urls
from okrsite.measure import WeekMeasure
from okrsite.measure.owners import add_weeks
from okrsite.model import Cycle, CycleState, Level, Plan, Reference, State, Status
from okrsite.model.quick import quick_dataclass
from okrsite.views.attention import view_attention_of_plans
from okrsite.views.cards import TeamCard, save_team_cards, view_team_card
from okrsite.views.charts import view_status_weeks
from okrsite.views.clock import view_clock
from okrsite.views.context import Context
from okrsite.views.fragments import (
    AttentionRow,
    BadgeView,
    ChartView,
    ClockView,
    CountView,
    Crumb,
    FactView,
    HeadView,
    HeatView,
    LinkView,
    MoreView,
    PartRow,
)
from okrsite.views.grades import BandView, grades_of, say_graded, view_bands
from okrsite.views.heat import view_heat, view_heat_of_parts
from okrsite.views.parting import owner_name, part_head, part_name, tallied_row, tally
from okrsite.views.parts import COUNT_ORDER, plain_badge, title_link, view_counts, view_person
from okrsite.views.plan import RetrospectiveView, view_retrospective
from okrsite.views.split import Part
from okrsite.views.teams import walk_teams
from okrsite.views.within import cycle_parts, owners_within, plans_within
from okrsite.words import NONE

_MOST_IN_GROUP = 100
"""Key results that a cycle's page lists of each status."""


@quick_dataclass(frozen=True, slots=True)
class StatusGroup:
    """The key results of one status."""

    anchor: str
    badge: BadgeView
    count: str
    """``21 key results``."""
    rows: tuple[LinkView, ...]
    more: str
    """How many were left out of a long list, or nothing."""
    departments: tuple[MoreView, ...]
    """How many there are in what has pages of its own, and where."""


@quick_dataclass(frozen=True, slots=True)
class PlanState:
    """How far a team's plan for a coming cycle is."""

    name: str
    url: str
    word: str
    state: str
    """``plan``, ``draft`` or ``nothing``."""


@quick_dataclass(frozen=True, slots=True)
class TeamRetrospective:
    """A team's retrospective, beside the others'."""

    name: str
    url: str
    said: RetrospectiveView


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
    teams: tuple[TeamCard, ...]
    heat: HeatView | None
    chart: ChartView | None
    groups: tuple[StatusGroup, ...]
    """Key results by status: what the counts count."""
    okrs_url: str
    """Where all objectives and key results are listed."""
    attention: tuple[AttentionRow, ...]
    bands: tuple[BandView, ...]
    """How grades are distributed; nothing before any was given."""
    graded: str
    """``31 of 35 objectives graded, mean 0.68``, or nothing."""
    planning: tuple[PlanState, ...]
    """Of an upcoming cycle: who has a plan, a draft, nothing."""
    retrospectives: tuple[TeamRetrospective, ...]


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
    grades = grades_of(context, plans) if closed else []
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
        groups=_groups(context, cycle, part, plans),
        okrs_url=urls.okrs_url(cycle.id),
        attention=() if upcoming or closed else view_attention_of_plans(context, plans, 12),
        bands=view_bands(context, grades),
        graded=say_graded(context, plans, grades),
        planning=_planning(context, cycle, part) if upcoming else (),
        retrospectives=_retrospectives(context, _here(part, plans)) if closed else (),
    )


def _head(
    context: Context, cycle: Cycle, part: Part[str], above: tuple[Part[str], ...]
) -> HeadView:
    words, say = context.words, context.words.gettext
    lead = f"{words.date(cycle.start)} – {words.full_date(cycle.end)}"
    crumb = Crumb(cycle.name, urls.cycle_url(cycle.id))
    head = part_head(context, crumb, part, above, lead, owner_name(context))
    home, *rest = head.crumbs
    cycles = Crumb(say("Cycles"), urls.CYCLES)
    return HeadView(head.title, head.plain_title, (home, cycles, *rest), (), lead)


def _here(part: Part[str], plans: list[Plan]) -> list[Plan]:
    """Return the plans that stand on a page itself, not on those of its parts."""
    inside = set(part.rows)
    return [plan for plan in plans if plan.team in inside]


def _department(context: Context, cycle: Cycle, part: Part[str]) -> PartRow:
    """Return what an index says of a part; in a cycle to come, how many have planned."""
    words = context.words
    owners = owners_within(context, cycle, part.all_rows())
    size = words.number(part.size)
    if cycle.state(context.company.as_of) is CycleState.UPCOMING:
        planned = sum(context.company.team(owner) is not None for owner in owners)
        size = words.gettext("{planned} of {n} planned", planned=planned, n=part.size)
    name, url = part_name(part, owner_name(context)), urls.cycle_url(cycle.id, part.path)
    return tallied_row(context, part, name, url, size, tally(context, owners, cycle.id), url)


def _teams(context: Context, cycle: Cycle, part: Part[str]) -> tuple[TeamCard, ...]:
    """Return the teams of a page that plan for a cycle, those above first."""
    company, inside = context.company, set(part.rows)
    tops = [(team, 0) for team in company.teams if team.level is Level.COMPANY]
    walked = [(t, depth) for t, depth in (*tops, *walk_teams(company)) if t.id in inside]
    is_list = bool(part.parts or part.stretch)
    top = min((depth for _, depth in walked), default=0)
    cards = tuple(
        view_team_card(context, team, cycle.id, 0 if is_list else depth - top)
        for team, depth in walked
        if company.plan(team.id, cycle.id) and not team.title_only
    )
    save_team_cards(context, cycle.id)
    return cards


def _heat(context: Context, cycle: Cycle, part: Part[str]) -> HeatView | None:
    """Return the weeks of a page's teams, or of its departments where these have pages."""
    if part.parts:
        return view_heat_of_parts(context, cycle, part)
    return view_heat(context, cycle, part.rows)


def _groups(
    context: Context, cycle: Cycle, part: Part[str], plans: list[Plan]
) -> tuple[StatusGroup, ...]:
    """Return active key results by status, in the order of counts; long lists are cut."""
    found: dict[Status, list[Reference]] = {}
    for plan in _here(part, plans):
        for ref, status in context.measures.statuses(plan.owner, cycle.id):
            found.setdefault(status, []).append(ref)
    below = [
        (each, tally(context, owners_within(context, cycle, each.all_rows()), cycle.id).counts)
        for each in part.parts
    ]
    return tuple(
        _group(context, cycle, status, found.get(status, []), below)
        for status in COUNT_ORDER
        if status in found or any(counts[status] for _, counts in below)
    )


def _group(
    context: Context,
    cycle: Cycle,
    status: Status,
    refs: list[Reference],
    below: list[tuple[Part[str], Counter[Status]]],
) -> StatusGroup:
    words, left = context.words, len(refs) - _MOST_IN_GROUP
    anchor = urls.status_anchor(status.value)
    total = len(refs) + sum(counts[status] for _, counts in below)
    departments = tuple(
        MoreView(
            words.namely(part_name(part, owner_name(context)), _count(context, counts[status])),
            f"{urls.cycle_url(cycle.id, part.path)}#{anchor}",
        )
        for part, counts in below
        if counts[status]
    )
    return StatusGroup(
        anchor=anchor,
        badge=plain_badge(context, status),
        count=_count(context, total),
        rows=tuple(title_link(context, ref) for ref in refs[:_MOST_IN_GROUP]),
        more=words.ngettext("and {n} more", "and {n} more", left) if left > 0 else "",
        departments=departments,
    )


def _count(context: Context, n: int) -> str:
    return context.words.ngettext("{n} key result", "{n} key results", n)


def _check_ins(context: Context, cycle: Cycle, weeks: tuple[WeekMeasure, ...]) -> FactView:
    words = context.words
    possible = sum(week.of for week in weeks)
    if not possible:
        return FactView(NONE, words.gettext("checked in"))
    if cycle.state(context.company.as_of) is CycleState.CLOSED:
        mean = Fraction(sum(week.fresh for week in weeks), possible)
        return FactView(words.percent(mean), words.gettext("up to date, mean of all weeks"))
    share = Fraction(weeks[-1].fresh, weeks[-1].of) if weeks[-1].of else None
    return FactView(words.percent(share), words.gettext("up to date"))


def _planning(context: Context, cycle: Cycle, part: Part[str]) -> tuple[PlanState, ...]:
    """Return for each team of a page whether it has a plan, only drafts, or nothing for a cycle."""
    company, say, inside = context.company, context.words.gettext, set(part.rows)
    rows = []
    for team in (team for team, _ in walk_teams(company) if team.id in inside):
        plan = company.plan(team.id, cycle.id)
        url = urls.plan_url(company, team.id, cycle.id) if plan else urls.team_url(team.id)
        if plan is None or not plan.objectives:
            rows.append(PlanState(team.title, url, say("nothing yet"), "nothing"))
        elif all(o.state in (State.DRAFT, State.PROPOSED) for o in plan.objectives):
            rows.append(PlanState(team.title, url, say("a draft"), "draft"))
        else:
            rows.append(PlanState(team.title, url, say("a plan"), "plan"))
    return tuple(rows)


def _retrospectives(context: Context, plans: list[Plan]) -> tuple[TeamRetrospective, ...]:
    return tuple(
        TeamRetrospective(
            view_person(context, plan.owner).name,
            urls.plan_url(context.company, plan.owner, plan.cycle),
            said,
        )
        for plan in plans
        if (said := view_retrospective(context, plan))
    )
