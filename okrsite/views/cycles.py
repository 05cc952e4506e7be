"""Cycles → the list of them, and each cycle over all teams."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from okrsite import urls
from okrsite.model import Cycle, CycleState, Objective, Plan, Reference, State, Status
from okrsite.views.attention import view_attention
from okrsite.views.cards import TeamCard, view_team_card
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
)
from okrsite.views.heat import view_heat
from okrsite.views.parts import COUNT_ORDER, plain_badge, title_link, view_counts, view_person
from okrsite.views.plan import RetrospectiveView, view_retrospective
from okrsite.views.teams import walk_teams
from okrsite.words import NONE, PHASE_WORDS

_MOST_IN_GROUP = 100
"""Key results that a cycle's page lists of each status."""


@dataclass(frozen=True, slots=True)
class CycleRow:
    """A cycle in the list of cycles."""

    name: str
    url: str
    span: str
    phase: str
    state: str
    """``upcoming``, ``active`` or ``closed``."""
    plans: str
    """``12 plans``."""
    counts: tuple[CountView, ...]
    grade: str
    """The mean of what was graded, with how many: ``0.68 of 31``; nothing before."""


@dataclass(frozen=True, slots=True)
class CyclesView:
    """All that the list of cycles may show."""

    head: HeadView
    cycles: tuple[CycleRow, ...]
    """The newest first, the shortest of them first."""


@dataclass(frozen=True, slots=True)
class StatusGroup:
    """The key results of one status."""

    anchor: str
    badge: BadgeView
    count: str
    """``21 key results``."""
    rows: tuple[LinkView, ...]
    more: str
    """How many were left out of a long list, or nothing."""


@dataclass(frozen=True, slots=True)
class BandView:
    """How many objectives were graded within a band."""

    status: str
    """Slug of the colour."""
    label: str
    count: int
    share: str
    """Percent of all that were graded, for a bar."""


@dataclass(frozen=True, slots=True)
class PlanState:
    """How far a team's plan for a coming cycle is."""

    name: str
    url: str
    word: str
    state: str
    """``plan``, ``draft`` or ``nothing``."""


@dataclass(frozen=True, slots=True)
class TeamRetrospective:
    """A team's retrospective, beside the others'."""

    name: str
    url: str
    said: RetrospectiveView


@dataclass(frozen=True, slots=True)
class CycleView:
    """All that a cycle's page may show."""

    head: HeadView
    state: str
    """``upcoming``, ``active`` or ``closed``."""
    clock: ClockView
    counts: tuple[CountView, ...]
    counts_label: str
    check_ins: FactView
    teams: tuple[TeamCard, ...]
    heat: HeatView | None
    chart: ChartView | None
    groups: tuple[StatusGroup, ...]
    """Key results by status: what the counts count."""
    attention: tuple[AttentionRow, ...]
    bands: tuple[BandView, ...]
    """How grades are distributed; nothing before any was given."""
    graded: str
    """``31 of 35 objectives graded, mean 0.68``, or nothing."""
    planning: tuple[PlanState, ...]
    """Of an upcoming cycle: who has a plan, a draft, nothing."""
    retrospectives: tuple[TeamRetrospective, ...]


def view_cycles(context: Context) -> CyclesView:
    """Return the list of cycles that somebody planned for."""
    words, company = context.words, context.company
    used = {plan.cycle for plan in company.plans}
    cycles = [cycle for cycle in company.cycles if cycle.id in used]
    cycles.sort(key=lambda cycle: (cycle.end, -cycle.days), reverse=True)
    title = words.gettext("Cycles")
    head = HeadView(title, title, (Crumb(words.gettext("Home"), urls.HOME),))
    return CyclesView(head, tuple(_row(context, cycle) for cycle in cycles))


def view_cycle(context: Context, cycle: Cycle) -> CycleView:
    """Return a cycle's page over all teams."""
    company, words = context.company, context.words
    state = cycle.state(company.as_of)
    plans = [plan for plan in company.plans if plan.cycle == cycle.id]
    objectives = [o for plan in plans for o in plan.objectives if not o.title_only]
    counts = context.measures.cycle(cycle.id).counts
    weeks = context.measures.cycle_weeks(cycle.id)
    say = words.gettext
    crumbs = (Crumb(say("Home"), urls.HOME), Crumb(say("Cycles"), urls.CYCLES))
    lead = f"{words.date(cycle.start)} – {words.full_date(cycle.end)}"
    upcoming, closed = state is CycleState.UPCOMING, state is CycleState.CLOSED
    grades = _grades(context, plans) if closed else []
    return CycleView(
        head=HeadView(cycle.name, cycle.name, crumbs, (), lead),
        state=state.value,
        clock=view_clock(context, cycle),
        counts=view_counts(context, counts, urls.cycle_url(cycle.id)),
        counts_label=words.ngettext("{n} key result", "{n} key results", sum(counts.values())),
        check_ins=_check_ins(context, cycle),
        teams=_teams(context, cycle),
        heat=None if upcoming else view_heat(context, cycle, most=60),
        chart=view_status_weeks(
            context, say("Key results by status, week by week"), "weeks", cycle, weeks
        ),
        groups=_groups(context, [o for plan in plans for o in plan.objectives]),
        attention=() if upcoming or closed else view_attention(context, objectives, most=12),
        bands=_bands(context, grades),
        graded=_graded(context, plans, grades),
        planning=_planning(context, cycle) if upcoming else (),
        retrospectives=_retrospectives(context, plans) if closed else (),
    )


def _groups(context: Context, objectives: list[Objective]) -> tuple[StatusGroup, ...]:
    """Return active key results by status, in the order of counts; long lists are cut."""
    found: dict[Status, list[Reference]] = {}
    for objective in objectives:
        for key_result in objective.key_results:
            measure = context.measures.key_result(key_result.ref)
            if measure.active:
                found.setdefault(measure.status, []).append(key_result.ref)
    return tuple(_group(context, s, found[s]) for s in COUNT_ORDER if s in found)


def _group(context: Context, status: Status, refs: list[Reference]) -> StatusGroup:
    words, left = context.words, len(refs) - _MOST_IN_GROUP
    return StatusGroup(
        anchor=urls.status_anchor(status.value),
        badge=plain_badge(context, status),
        count=words.ngettext("{n} key result", "{n} key results", len(refs)),
        rows=tuple(title_link(context, ref) for ref in refs[:_MOST_IN_GROUP]),
        more=words.ngettext("and {n} more", "and {n} more", left) if left > 0 else "",
    )


def _row(context: Context, cycle: Cycle) -> CycleRow:
    words, company = context.words, context.company
    plans = [plan for plan in company.plans if plan.cycle == cycle.id]
    state = cycle.state(company.as_of)
    grades = _grades(context, plans) if state is CycleState.CLOSED else []
    return CycleRow(
        name=cycle.name,
        url=urls.cycle_url(cycle.id),
        span=f"{words.date(cycle.start)} – {words.full_date(cycle.end)}",
        phase=words.gettext(PHASE_WORDS[cycle.phase(company.as_of)]),
        state=state.value,
        plans=words.ngettext("{n} plan", "{n} plans", len(plans)),
        counts=view_counts(context, context.measures.cycle(cycle.id).counts),
        grade=_graded(context, plans, grades),
    )


def _teams(context: Context, cycle: Cycle) -> tuple[TeamCard, ...]:
    """Return the teams that plan for a cycle, the company first."""
    company = context.company
    tops = [(team, 0) for team in company.teams if team.level.value == "company"]
    return tuple(
        view_team_card(context, team, cycle.id, depth)
        for team, depth in (*tops, *walk_teams(company))
        if company.plan(team.id, cycle.id) and not team.title_only
    )


def _check_ins(context: Context, cycle: Cycle) -> FactView:
    words, weeks = context.words, context.measures.cycle_weeks(cycle.id)
    possible = sum(week.of for week in weeks)
    if not possible:
        return FactView(NONE, words.gettext("checked in"))
    if cycle.state(context.company.as_of) is CycleState.CLOSED:
        mean = Fraction(sum(week.fresh for week in weeks), possible)
        return FactView(words.percent(mean), words.gettext("up to date, mean of all weeks"))
    share = Fraction(weeks[-1].fresh, weeks[-1].of) if weeks[-1].of else None
    return FactView(words.percent(share), words.gettext("up to date"))


def _grades(context: Context, plans: list[Plan]) -> list[Fraction]:
    """Return the grades of active objectives."""
    measures = [
        context.measures.objective(o.ref)
        for plan in plans
        for o in plan.objectives
        if o.state is State.ACTIVE and not o.title_only
    ]
    return [Fraction(m.grade) for m in measures if m.grade is not None]


def _graded(context: Context, plans: list[Plan], grades: list[Fraction]) -> str:
    if not grades:
        return ""
    of = sum(o.state is State.ACTIVE for plan in plans for o in plan.objectives)
    mean = context.words.grade(sum(grades, Fraction(0)) / len(grades))
    return context.words.ngettext(
        "{graded} of {n} objective graded, mean {mean}",
        "{graded} of {n} objectives graded, mean {mean}",
        of,
        graded=len(grades),
        mean=mean,
    )


def _bands(context: Context, grades: list[Fraction]) -> tuple[BandView, ...]:
    if not grades:
        return ()
    low, high = Fraction(4, 10), Fraction(7, 10)
    counted = Counter(0 if g < low else 1 if g < high else 2 for g in grades)
    labels = (
        ("off-track", context.words.gettext("below 0.4")),
        ("at-risk", context.words.gettext("0.4 to 0.7")),
        ("on-track", context.words.gettext("from 0.7")),
    )
    return tuple(
        BandView(status, label, counted[band], f"{counted[band] * 100 / len(grades):.4g}")
        for band, (status, label) in enumerate(labels)
    )


def _planning(context: Context, cycle: Cycle) -> tuple[PlanState, ...]:
    """Return for every team whether it has a plan, only drafts, or nothing for a cycle."""
    company, say = context.company, context.words.gettext
    rows = []
    for team, _ in walk_teams(company):
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
