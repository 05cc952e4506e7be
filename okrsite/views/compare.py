"""Cycles of one length → teams across them: grades, objectives, what was achieved, check-ins."""

from __future__ import annotations

from collections.abc import Iterable

from okrsite import urls
from okrsite.model import Cycle, CycleState, Level, Team
from okrsite.model.quick import quick_dataclass
from okrsite.views.compare_rows import COLUMN, HIGH, CompareRow, Outcomes, Pair, team_row, whole_row
from okrsite.views.context import Context
from okrsite.views.fragments import Crumb, HeadView, LinkView, PartRow
from okrsite.views.outcomes import alike, outcomes_of, planning_teams, plans_of_teams
from okrsite.views.parting import cycles_crumb, owner_name, part_head, part_rows
from okrsite.views.split import Part
from okrsite.views.teams import walk_teams

MOST_CYCLES = 9
"""Cycles that are compared, the newest: two years of quarters, and the quarter before."""
_YEAR, _ABOUT = 365, 20
"""Days between a cycle and the same one a year before, give or take."""


@quick_dataclass(frozen=True, slots=True)
class CycleHead:
    """A cycle at the head of its column."""

    name: str
    url: str
    note: str
    """That it still runs, or nothing."""


@quick_dataclass(frozen=True, slots=True)
class CompareGroup:
    """Teams across all cycles of one length."""

    anchor: str
    title: str
    """``Quarters``."""
    cycles: tuple[CycleHead, ...]
    """The oldest first."""
    before: str
    """``2026-Q3 against 2026-Q2``, or nothing where there are no two to compare."""
    year: str
    rows: tuple[CompareRow, ...]
    whole: CompareRow
    """All objectives of these teams and the people in them."""
    line: str
    """Where 0.7 lies in the small charts; how wide and high these are."""
    width: str
    older: tuple[LinkView, ...]
    """Cycles that are left out."""


@quick_dataclass(frozen=True, slots=True)
class CompareView:
    """All that the page that compares cycles may show, over all teams or those of a department."""

    head: HeadView
    groups: tuple[CompareGroup, ...]
    empty: str
    departments: tuple[PartRow, ...]


def view_compare(
    context: Context, part: Part[str] | None = None, above: tuple[Part[str], ...] = ()
) -> CompareView:
    """Return the page that compares cycles, over all teams or those of a part."""
    part, say = part or planning_teams(context), context.words.gettext
    groups = [(title, cycles) for title, cycles in alike(context) if len(cycles) > 1]
    drawn = tuple(_group(context, part, *group) for group in groups)
    return CompareView(
        head=_head(context, part, above),
        groups=drawn,
        empty="" if drawn else say("Two cycles of the same length make a comparison."),
        departments=part_rows(context, part, urls.COMPARE, owner_name(context)),
    )


def _head(context: Context, part: Part[str], above: tuple[Part[str], ...]) -> HeadView:
    say = context.words.gettext
    lead = say("Teams across cycles of the same length, and against the year before.")
    crumb = Crumb(say("Compare"), urls.COMPARE)
    way = (cycles_crumb(context),)
    return part_head(context, crumb, part, above, lead, owner_name(context), way)


def _group(
    context: Context, part: Part[str], title: str, cycles: tuple[Cycle, ...]
) -> CompareGroup:
    shown = cycles[-MOST_CYCLES:]
    plans = plans_of_teams(context, part.all_rows(), shown)
    found = outcomes_of(context, plans)
    outcomes = {(plan.owner, plan.cycle): outcome for plan, outcome in found}
    by_cycle = {c.id: [o for plan, o in found if plan.cycle == c.id] for c in shown}
    closed = [c for c in shown if c.state(context.company.as_of) is CycleState.CLOSED]
    before, year = _before(closed), _year_before(closed)
    return CompareGroup(
        anchor=f"_weeks-{shown[0].weeks}",
        title=title,
        cycles=tuple(_cycle_head(context, cycle) for cycle in shown),
        before=_against(context, before),
        year=_against(context, year),
        rows=tuple(
            team_row(context, team, depth, shown, outcomes, before, year)
            for team, depth in _teams(context, part, outcomes)
        ),
        whole=whole_row(context, shown, by_cycle, before, year),
        line=f"{HIGH * 3 / 10:.4g}",
        width=str(COLUMN * len(shown)),
        older=tuple(
            LinkView(cycle.name, urls.cycle_url(cycle.id), None) for cycle in cycles[:-MOST_CYCLES]
        ),
    )


def _teams(context: Context, part: Part[str], outcomes: Outcomes) -> Iterable[tuple[Team, int]]:
    """Return the teams of a page that planned for one of the cycles, the company first."""
    company, inside = context.company, set(part.rows)
    planned = {owner for owner, _ in outcomes}
    tops = [(team, 0) for team in company.teams if team.level is Level.COMPANY]
    flat = bool(part.parts or part.stretch)
    for team, depth in (*tops, *walk_teams(company)):
        if team.id in inside and team.id in planned and not team.title_only:
            yield team, 0 if flat else depth


def _cycle_head(context: Context, cycle: Cycle) -> CycleHead:
    running = cycle.state(context.company.as_of) is CycleState.ACTIVE
    note = context.words.gettext("so far") if running else ""
    return CycleHead(cycle.name, urls.cycle_url(cycle.id), note)


def _before(closed: list[Cycle]) -> Pair:
    """Return the newest closed cycle and the one before it."""
    return (closed[-1], closed[-2]) if len(closed) > 1 else None


def _year_before(closed: list[Cycle]) -> Pair:
    """Return the newest closed cycle and the one that began a year before it."""
    for other in closed[:-1]:
        if abs((closed[-1].start - other.start).days - _YEAR) <= _ABOUT:
            return closed[-1], other
    return None


def _against(context: Context, pair: Pair) -> str:
    if pair is None:
        return ""
    now, before = pair
    return context.words.gettext("{now} against {before}", now=now.name, before=before.name)
