"""All plans → what changed in the last weeks, by week and team: amendments, and what moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from okrsite import urls
from okrsite.changes import plan_since
from okrsite.model import Company, Plan, Reference
from okrsite.model.quick import quick_dataclass
from okrsite.views.amendments import say_incomplete, view_amendment_rows
from okrsite.views.context import Context
from okrsite.views.fragments import (
    AmendmentRow,
    Crumb,
    HeadView,
    LinkView,
    MoreView,
    PartRow,
    PersonLink,
)
from okrsite.views.moves import MoveRow, moves_of, view_move
from okrsite.views.parting import part_head, part_rows, reference_name
from okrsite.views.parts import view_person
from okrsite.views.split import Part, split_rows
from okrsite.views.weeks import Week, say_days, say_number, weeks_back

WEEKS = 3
"""The one that runs, and those before it."""
_MOST_MOVES = 5
"""Of one owner in one week; the rest stands on the owner's page."""
_KIND = "moves"
"""Under which name they are kept of each plan."""
_Moves = tuple[tuple[int, tuple[MoveRow, ...]], ...]
"""For each week how much moved, and the worst of it."""


@quick_dataclass(frozen=True, slots=True)
class TeamChanges:
    """What changed in a team's, or somebody's own, plans in one week."""

    owner: PersonLink
    amendments: tuple[AmendmentRow, ...]
    moves: tuple[MoveRow, ...]
    """The worst first."""
    more: MoreView | None
    """Where those stand that are not shown."""


@quick_dataclass(frozen=True, slots=True)
class WeekChanges:
    """What changed in one week."""

    anchor: str
    days: str
    """``16 Nov – 22 Nov``."""
    number: str
    """``week 8 of 13``, or nothing."""
    summary: str
    """``2 amendments, 9 moves``, or that there was nothing."""
    teams: tuple[TeamChanges, ...]


@quick_dataclass(frozen=True, slots=True)
class ChangesView:
    """All that a page of changes may show: of the whole company, or of a department."""

    head: HeadView
    beside: LinkView
    """The page of wins."""
    incomplete: str
    """That amendments may be missing, and why; or nothing."""
    departments: tuple[PartRow, ...]
    """Those whose changes stand on pages of their own, past 200 objectives."""
    weeks: tuple[WeekChanges, ...]
    """Newest first."""


def change_parts(context: Context) -> Part[Reference]:
    """Return the pages of changes, with the objectives that were running in these weeks."""
    context.watch.note("structure")
    key = "changes", ""
    if key not in context.parted:
        company = context.unwatched
        rows = (
            ((plan.team,), ref)
            for plan in _running(company, _weeks(company))
            for ref in _rows_of(plan)
        )
        context.parted[key] = split_rows(company, rows)
    return context.parted[key]


def view_changes(
    context: Context, part: Part[Reference] | None = None, above: tuple[Part[Reference], ...] = ()
) -> ChangesView:
    """Return a page of changes."""
    part, say = part or change_parts(context), context.words.gettext
    context.watch.note("structure")
    weeks = _weeks(context.company)
    shown = frozenset(part.rows)
    # A plan stands where its first objective does.
    plans = [p for p in _running(context.unwatched, weeks) if _rows_of(p)[0] in shown]
    moves = {(plan.owner, plan.cycle): _moves(context, plan, weeks) for plan in plans}
    context.by_plan.save(_KIND)
    lead = say("What was amended, what changed its status, and what moved by much.")
    crumb = Crumb(say("Changes"), urls.CHANGES)
    return ChangesView(
        head=part_head(context, crumb, part, above, lead, reference_name(context)),
        beside=LinkView(say("Wins"), urls.WINS, None),
        incomplete=say_incomplete(context),
        departments=part_rows(context, part, urls.CHANGES, reference_name(context)),
        weeks=tuple(
            _week(context, week, plans, [moves[plan.owner, plan.cycle][index] for plan in plans])
            for index, week in enumerate(weeks)
        ),
    )


def _weeks(company: Company) -> tuple[Week, ...]:
    return tuple(islice(weeks_back(company), WEEKS))


def _running(company: Company, weeks: tuple[Week, ...]) -> Iterable[Plan]:
    """Return the plans whose cycles began and were not settled before some weeks."""
    begin = weeks[-1].since
    for plan in company.plans:
        cycle = company.cycle(plan.cycle)
        if cycle.start <= company.as_of and max(cycle.end, cycle.grading_due) > begin:
            yield plan


def _rows_of(plan: Plan) -> list[Reference]:
    refs = [objective.ref for objective in plan.objectives]
    return refs or [Reference(plan.owner, plan.cycle, "")]


def _moves(context: Context, plan: Plan, weeks: tuple[Week, ...]) -> _Moves:
    """Return what moved in a plan in each week."""
    context.watch.note("plan", plan.owner, plan.cycle)

    def view() -> _Moves:
        measures = context.measures
        days = {day: measures.on(day) for week in weeks for day in (week.since, week.until)}
        news = (
            plan_since(plan, days[week.since], days[week.until], told_only=True) for week in weeks
        )
        moved = [moves_of(each) for each in news]
        return tuple(
            (len(items), tuple(view_move(context, item) for item in items[:_MOST_MOVES]))
            for items in moved
        )

    return context.by_plan.get(_KIND, plan, _Moves, view)


@dataclass
class _Found:
    """What changed in one owner's plans in a week."""

    amendments: list[AmendmentRow] = field(default_factory=list)
    moves: list[MoveRow] = field(default_factory=list)
    moved: int = 0
    """How much moved, whether it is shown or not."""


def _week(
    context: Context, week: Week, plans: list[Plan], moves: list[tuple[int, tuple[MoveRow, ...]]]
) -> WeekChanges:
    words = context.words
    owners: dict[str, _Found] = {}
    for plan, (count, rows) in zip(plans, moves, strict=True):
        amended = [a for a in plan.amendments if week.holds(a.date)]
        if amended or count:
            found = owners.setdefault(plan.owner, _Found())
            found.amendments += view_amendment_rows(context, amended)
            found.moves += rows
            found.moved += count
    amendments = sum(len(found.amendments) for found in owners.values())
    moved = sum(found.moved for found in owners.values())
    counted = (
        words.ngettext("{n} amendment", "{n} amendments", amendments) if amendments else "",
        words.ngettext("{n} move", "{n} moves", moved) if moved else "",
    )
    said = ", ".join(filter(None, counted))
    return WeekChanges(
        anchor=week.until.isoformat(),
        days=say_days(words, week),
        number=say_number(words, week),
        summary=said or words.gettext("nothing was amended, and nothing moved by much"),
        teams=tuple(_team(context, owner, found) for owner, found in owners.items()),
    )


def _team(context: Context, id: str, found: _Found) -> TeamChanges:
    owner, moves = view_person(context, id), found.moves[:_MOST_MOVES]
    left = found.moved - len(moves)
    more = context.words.ngettext("and {n} more", "and {n} more", left) if left else ""
    return TeamChanges(
        owner=owner,
        amendments=tuple(found.amendments),
        moves=tuple(moves),
        more=MoreView(more, owner.url) if more else None,
    )
