"""Plans of a closed cycle → how their objectives were graded: by type, by level, by team."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from okrsite.charts import GradesChart, GradesColumn, GradesPanel, draw_grades
from okrsite.measure import Outcome, needed_of
from okrsite.model import Cycle, Level, ObjectiveType, Plan
from okrsite.model.quick import quick_dataclass
from okrsite.prose import plain
from okrsite.views.bars import percent_position
from okrsite.views.context import Context
from okrsite.views.fragments import ChartView
from okrsite.views.outcomes import (
    graded_of,
    level_of,
    mean_of,
    outcome_of,
    share_of,
    sort_number,
)
from okrsite.words import LEVEL_WORDS, NONE, TYPE_WORDS, round_half_up

TypedGrade = tuple[ObjectiveType, Fraction]
_LOW, _HIGH = Fraction(4, 10), Fraction(7, 10)
_TENTHS = 10


@quick_dataclass(frozen=True, slots=True)
class BandView:
    """How many objectives were graded within a band."""

    status: str
    """Slug of the colour."""
    label: str
    count: int
    start: str
    """Where it begins in a bar of all bands, in percent; how long it is, too."""
    share: str


@quick_dataclass(frozen=True, slots=True)
class GradeGroup:
    """The grades of one type or level of objectives."""

    name: str
    expects: str
    """The grade that it takes to be achieved: ``1.0``; nothing where types are mixed."""
    graded: str
    """``9 of 10``."""
    mean: str
    mean_number: str
    reached: str
    """``3 of 9``: those that are as good as their type expects."""
    reached_number: str
    bands: tuple[BandView, ...]


@quick_dataclass(frozen=True, slots=True)
class GradeMark:
    """One objective's grade on a line from 0 to 1."""

    place: str
    """Percent of the line."""
    status: str
    """Slug of the colour."""
    committed: bool
    """Expects 1, and is drawn square."""
    grade: str
    said: str
    """``Earn trust through the summer: 0.35 (committed)``."""


@quick_dataclass(frozen=True, slots=True)
class GradesView:
    """How the objectives of a closed cycle were graded."""

    said: str
    """``31 of 35 objectives graded, mean 0.68``."""
    chart: ChartView
    types: tuple[GradeGroup, ...]
    levels: tuple[GradeGroup, ...]


def say_graded(context: Context, outcomes: Iterable[Outcome]) -> str:
    """Return ``31 of 35 objectives graded, mean 0.68``, or nothing where none was given."""
    outcomes = list(outcomes)
    grades = [grade for _, grade in graded_of(outcomes)]
    mean = mean_of(grades)
    if mean is None:
        return ""
    return context.words.ngettext(
        "{graded} of {n} objective graded, mean {mean}",
        "{graded} of {n} objectives graded, mean {mean}",
        sum(len(outcome.objectives) for outcome in outcomes),
        graded=len(grades),
        mean=context.words.grade(mean),
    )


def view_grades(
    context: Context, cycle: Cycle, found: list[tuple[Plan, Outcome]]
) -> GradesView | None:
    """Return how the objectives of some plans were graded; None before any was."""
    outcomes = [outcome for _, outcome in found]
    said = say_graded(context, outcomes)
    if not said:
        return None
    say = context.words.gettext
    types = [
        (say(TYPE_WORDS[kind]), expected_grade(context, kind), _of_type(outcomes, kind))
        for kind in ObjectiveType
    ]
    levels = [
        (
            say(LEVEL_WORDS[level]) if level else say("Individual"),
            "",
            _of_level(context, found, level),
        )
        for level in (*Level, None)
    ]
    return GradesView(
        said=said,
        chart=_chart(context, cycle, outcomes),
        types=tuple(_group(context, *each) for each in types if each[2]),
        levels=tuple(_group(context, *each) for each in levels if each[2]),
    )


def expected_grade(context: Context, kind: ObjectiveType) -> str:
    """Return the grade that it takes an objective of a type to be achieved."""
    return context.words.grade(_needed(kind))


def _needed(kind: ObjectiveType) -> Fraction:
    return needed_of(committed=kind is ObjectiveType.COMMITTED)


def _of_type(outcomes: list[Outcome], kind: ObjectiveType) -> list[TypedGrade | None]:
    """Return the grades of one type's objectives, None where there is none yet."""
    each = (one for outcome in outcomes for one in outcome.objectives if one.type is kind)
    return [None if one.grade is None else (one.type, one.grade) for one in each]


def _of_level(
    context: Context, found: list[tuple[Plan, Outcome]], level: Level | None
) -> list[TypedGrade | None]:
    own = (outcome for plan, outcome in found if level_of(context, plan) is level)
    each = (one for outcome in own for one in outcome.objectives)
    return [None if one.grade is None else (one.type, one.grade) for one in each]


def _group(
    context: Context, name: str, expects: str, grades: list[TypedGrade | None]
) -> GradeGroup:
    words = context.words
    graded = [grade for grade in grades if grade is not None]
    mean = mean_of(grade for _, grade in graded)
    reached = sum(grade >= _needed(kind) for kind, grade in graded)
    return GradeGroup(
        name=name,
        expects=expects,
        graded=_of(context, len(graded), len(grades)),
        mean=NONE if mean is None else words.grade(mean),
        mean_number=sort_number(mean),
        reached=_of(context, reached, len(graded)) if graded else NONE,
        reached_number=sort_number(share_of(reached, len(graded))),
        bands=view_bands(context, [grade for _, grade in graded]),
    )


def _of(context: Context, part: int, of: int) -> str:
    return context.words.gettext("{part} of {n}", part=part, n=of)


def band_of(grade: Fraction) -> str:
    """Return the slug of the status whose colour a grade has."""
    return "off-track" if grade < _LOW else "at-risk" if grade < _HIGH else "on-track"


def view_bands(context: Context, grades: list[Fraction]) -> tuple[BandView, ...]:
    """Return how many grades lie within which band, the lowest first."""
    if not grades:
        return ()
    say, counted, below = context.words.gettext, Counter(map(band_of, grades)), 0
    labels = {
        "off-track": say("below 0.4"),
        "at-risk": say("0.4 to 0.7"),
        "on-track": say("from 0.7"),
    }
    bands = []
    for status, label in labels.items():
        start = percent_position(Fraction(below, len(grades)))
        share = percent_position(Fraction(counted[status], len(grades)))
        bands.append(BandView(status, label, counted[status], start, share))
        below += counted[status]
    return tuple(bands)


def view_marks(context: Context, plan: Plan) -> tuple[GradeMark, ...]:
    """Return the grades of a plan's objectives as places on a line from 0 to 1."""
    titles = {objective.ref.objective: objective.title for objective in plan.objectives}
    return tuple(
        GradeMark(
            place=percent_position(each.grade),
            status=band_of(each.grade),
            committed=each.type is ObjectiveType.COMMITTED,
            grade=context.words.grade(each.grade),
            said=_say_mark(context, titles[each.objective], each.type, each.grade),
        )
        for each in outcome_of(context, plan).objectives
        if each.grade is not None
    )


def _say_mark(context: Context, title: str, kind: ObjectiveType, grade: Fraction) -> str:
    words = context.words
    value = f"{words.grade(grade)} ({words.gettext(TYPE_WORDS[kind])})"
    return words.namely(plain(title), value)


def _chart(context: Context, cycle: Cycle, outcomes: list[Outcome]) -> ChartView:
    """Return how grades are distributed over tenths, 1 by itself, a panel for each type."""
    say = context.words.gettext
    title = say("Grades of {cycle} by type", cycle=cycle.name)
    by_type = {
        kind: [grade for each, grade in graded_of(outcomes) if each is kind]
        for kind in ObjectiveType
    }
    used = {kind: grades for kind, grades in by_type.items() if grades}
    names = [_tenth(context, place) for place in range(_TENTHS + 1)]
    ticks = [context.words.grade(Fraction(place, _TENTHS)) for place in range(_TENTHS + 1)]
    chart = GradesChart(
        prefix="grades",
        title=title,
        description=say("How many objectives were graded within which tenth; the table has them."),
        ticks=tuple(tick if place % 2 == 0 else "" for place, tick in enumerate(ticks)),
        panels=tuple(_panel(context, kind, grades, names) for kind, grades in used.items()),
    )
    columns = (say("Grade"), *(say(TYPE_WORDS[kind]).capitalize() for kind in used))
    counted = [Counter(map(_place, grades)) for grades in used.values()]
    rows = ((name, *(str(each[place]) for each in counted)) for place, name in enumerate(names))
    return ChartView(title, lambda: draw_grades(chart), columns, tuple(rows))


def _panel(
    context: Context, kind: ObjectiveType, grades: list[Fraction], names: list[str]
) -> GradesPanel:
    words, mean = context.words, mean_of(grades)
    counted = Counter(map(_place, grades))
    objectives = words.ngettext("{n} objective", "{n} objectives", len(grades))
    figures = words.gettext(
        "{objectives}, mean {mean}", objectives=objectives, mean=words.grade(mean or Fraction(0))
    )
    return GradesPanel(
        title=f"{words.gettext(TYPE_WORDS[kind]).capitalize()} · {figures}",
        columns=tuple(
            GradesColumn(
                count=counted[place],
                said=words.namely(name, words.number(counted[place])),
                status=band_of(Fraction(place, _TENTHS)),
            )
            for place, name in enumerate(names)
        ),
        expected=_place(_needed(kind)),
        expected_text=words.gettext("expected: {grade}", grade=expected_grade(context, kind)),
    )


def _place(grade: Fraction) -> int:
    """Return the tenth that a grade as it is shown lies in, from 0; 1 has a place of its own."""
    return round_half_up(grade, 100) // _TENTHS


def _tenth(context: Context, place: int) -> str:
    words = context.words
    low = words.grade(Fraction(place, _TENTHS))
    if place == _TENTHS:
        return low
    high = words.grade(Fraction(place, _TENTHS) + Fraction(9, 100))
    return words.gettext("{low} to {high}", low=low, high=high)
