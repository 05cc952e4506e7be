"""A team's outcomes in several cycles → its row of grades, counts and shares."""

from __future__ import annotations

from fractions import Fraction

from okrsite import urls
from okrsite.measure import Outcome
from okrsite.model import Cycle, Team
from okrsite.model.quick import quick_dataclass
from okrsite.views.bars import percent_position
from okrsite.views.context import Context
from okrsite.views.grades import band_of
from okrsite.views.outcomes import graded_of, mean_of, share_of, sort_number
from okrsite.words import NONE

COLUMN, HIGH = 10, 22
"""Width and height of a column of the small charts."""
Outcomes = dict[tuple[str, str], Outcome]
"""By owner and cycle."""
Pair = tuple[Cycle, Cycle] | None
"""A cycle, and an earlier one to compare it to."""


@quick_dataclass(frozen=True, slots=True)
class Figure:
    """One number of a table, as it is read and as it is sorted."""

    text: str
    number: str
    is_progress: bool = False
    """It stands for a grade that nobody gave."""


@quick_dataclass(frozen=True, slots=True)
class ColumnView:
    """One cycle in a team's small chart: how high and which colour."""

    x: str
    y: str
    height: str
    status: str
    """Slug; hollow where it is progress, and grades are not known."""
    is_progress: bool


@quick_dataclass(frozen=True, slots=True)
class CompareRow:
    """A team across cycles; each figure belongs to the cycle at its place."""

    name: str
    url: str
    depth: int
    columns: tuple[ColumnView, ...]
    results: tuple[Figure, ...]
    """Grades, or progress where nobody graded."""
    before: Figure
    """By how much the newest closed cycle's grade differs from that of the one before."""
    year: Figure
    """The same against the cycle a year before."""
    objectives: tuple[Figure, ...]
    achieved: tuple[Figure, ...]
    check_ins: tuple[Figure, ...]


def team_row(
    context: Context,
    team: Team,
    depth: int,
    cycles: tuple[Cycle, ...],
    outcomes: Outcomes,
    before: Pair,
    year: Pair,
) -> CompareRow:
    """Return a team across cycles."""
    own = [outcomes.get((team.id, cycle.id)) for cycle in cycles]
    grades = {c.id: each.grade for c, each in zip(cycles, own, strict=True) if each}
    return CompareRow(
        name=team.title,
        url=urls.team_url(team.id),
        depth=depth,
        columns=tuple(
            _column(place, each.grade, each.progress)
            for place, each in enumerate(own)
            if each and (each.grade is not None or each.progress is not None)
        ),
        results=tuple(_result(context, each) for each in own),
        before=_difference(context, grades, before),
        year=_difference(context, grades, year),
        objectives=tuple(_objectives(context, [each] if each else []) for each in own),
        achieved=tuple(_achieved(context, [each] if each else []) for each in own),
        check_ins=tuple(_check_ins(context, [each] if each else []) for each in own),
    )


def whole_row(
    context: Context,
    cycles: tuple[Cycle, ...],
    by_cycle: dict[str, list[Outcome]],
    before: Pair,
    year: Pair,
) -> CompareRow:
    """Return all objectives of some teams: the mean of what was graded; progress never adds up."""
    words = context.words
    grades = {id: mean_of(g for _, g in graded_of(found)) for id, found in by_cycle.items()}
    columns = (
        _column(place, grade, None)
        for place, cycle in enumerate(cycles)
        if (grade := grades[cycle.id]) is not None
    )
    found = [by_cycle[cycle.id] for cycle in cycles]
    return CompareRow(
        name=words.gettext("All objectives"),
        url="",
        depth=0,
        columns=tuple(columns),
        results=tuple(_grade(context, grades[cycle.id]) for cycle in cycles),
        before=_difference(context, grades, before),
        year=_difference(context, grades, year),
        objectives=tuple(_objectives(context, each) for each in found),
        achieved=tuple(_achieved(context, each) for each in found),
        check_ins=tuple(_check_ins(context, each) for each in found),
    )


def _column(place: int, grade: Fraction | None, progress: Fraction | None) -> ColumnView:
    value = progress if grade is None else grade
    share = float(percent_position(value or Fraction(0))) / 100
    # Nothing at all is still seen to have been there.
    height = max(share * HIGH, 1)
    return ColumnView(
        x=str(place * COLUMN),
        y=f"{HIGH - height:.3g}",
        height=f"{height:.3g}",
        status="unknown" if grade is None else band_of(grade),
        is_progress=grade is None,
    )


def _result(context: Context, outcome: Outcome | None) -> Figure:
    """Return a grade, or progress in its place."""
    if outcome is None:
        return Figure("", "")
    if outcome.grade is None and outcome.progress is not None:
        progress = outcome.progress
        return Figure(context.words.percent(progress), sort_number(progress), is_progress=True)
    return _grade(context, outcome.grade)


def _grade(context: Context, grade: Fraction | None) -> Figure:
    return Figure(NONE if grade is None else context.words.grade(grade), sort_number(grade))


def _difference(context: Context, grades: dict[str, Fraction | None], pair: Pair) -> Figure:
    """Return by how much one cycle's grade differs from another's; nothing without both."""
    if pair is None:
        return Figure("", "")
    now, before = grades.get(pair[0].id), grades.get(pair[1].id)
    if now is None or before is None:
        return Figure(NONE, "")
    return Figure(context.words.difference(now - before), sort_number(now - before))


def _objectives(context: Context, found: list[Outcome]) -> Figure:
    count = sum(len(each.objectives) for each in found)
    return Figure(context.words.number(count), str(count)) if found else Figure("", "")


def _achieved(context: Context, found: list[Outcome]) -> Figure:
    """Return which share of the key results was achieved."""
    share = share_of(sum(o.achieved for o in found), sum(o.key_results for o in found))
    return _share(context, share) if found else Figure("", "")


def _check_ins(context: Context, found: list[Outcome]) -> Figure:
    """Return which share of the key results was up to date, over all weeks."""
    share = share_of(sum(each.fresh for each in found), sum(each.of for each in found))
    return _share(context, share) if found else Figure("", "")


def _share(context: Context, share: Fraction | None) -> Figure:
    return Figure(context.words.percent(share), sort_number(share))
