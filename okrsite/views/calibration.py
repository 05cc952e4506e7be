"""Confidence in the middle of closed cycles → how it compares to the grades at their end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction

from okrsite import urls
from okrsite.measure import Midway, Outcome
from okrsite.model import Cycle, Plan, Team
from okrsite.model.quick import quick_dataclass
from okrsite.views.calibration_chart import (
    FEW,
    Judged,
    bins_of,
    judged_of,
    means_of,
    view_calibration_chart,
)
from okrsite.views.context import Context
from okrsite.views.fragments import ChartView, Crumb, HeadView, PartRow
from okrsite.views.outcomes import (
    closed_cycles,
    outcomes_of,
    planning_teams,
    plans_of_teams,
    share_of,
    sort_number,
)
from okrsite.views.parting import cycles_crumb, owner_name, part_head, part_rows
from okrsite.views.parts import view_date
from okrsite.views.split import Part
from okrsite.words import NONE, Words

_CLOSE = Fraction(1, 10)
"""How far confidence and grade may lie apart and still agree."""


@quick_dataclass(frozen=True, slots=True)
class CalibrationRow:
    """What was said in the middle, and what it came to: of one confidence, cycle or team."""

    name: str
    url: str
    count: str
    """How many key results have both, of how many: ``41 of 46``; of a confidence, how many."""
    count_number: str
    confidence: str
    confidence_number: str
    grade: str
    grade_number: str
    gap: str
    """Grade less a tenth of the confidence: ``+0.05``."""
    gap_number: str
    achieved: str
    achieved_number: str
    verdict: str
    """``too sure``, ``about right``, ``too careful``, or that they are too few to tell."""
    few: bool


@quick_dataclass(frozen=True, slots=True)
class CalibrationPart:
    """How confidence compares to grades, in words, as a chart and in numbers."""

    said: str
    """``When teams said 7, they reached 0.62 on average, from 14 key results.``"""
    overall: str
    coverage: str
    """How many key results these are, and why the others are none of them."""
    caution: str
    """That they are few, or nothing."""
    chart: ChartView
    confidences: tuple[CalibrationRow, ...]
    """By what was said, rounded to whole numbers, the lowest first."""
    anchor: str = urls.CALIBRATION_ANCHOR
    url: str = urls.CALIBRATION
    """Where all cycles and teams are."""


@quick_dataclass(frozen=True, slots=True)
class CalibrationView:
    """All that the page about calibration may show, over all teams or those of a department."""

    head: HeadView
    whole: CalibrationPart | None
    empty: str
    cycles: tuple[CalibrationRow, ...]
    """The newest first."""
    departments: tuple[PartRow, ...]
    teams: tuple[CalibrationRow, ...]


def view_calibration(
    context: Context, part: Part[str] | None = None, above: tuple[Part[str], ...] = ()
) -> CalibrationView:
    """Return the page about calibration, over all teams or those of a part."""
    say = context.words.gettext
    part, cycles = part or planning_teams(context), closed_cycles(context)
    found = outcomes_of(context, plans_of_teams(context, part.all_rows(), cycles))
    whole = calibration_of(context, [outcome for _, outcome in found])
    here = set(part.rows)
    return CalibrationView(
        head=_head(context, part, above),
        whole=whole,
        empty="" if whole else say("No closed cycle has both confidences and grades yet."),
        cycles=_by_cycle(context, reversed(cycles), found),
        departments=part_rows(context, part, urls.CALIBRATION, owner_name(context)),
        teams=_by_team(context, [item for item in found if item[0].team in here]),
    )


def view_calibration_of_cycle(
    context: Context, cycle: Cycle, outcomes: Iterable[Outcome]
) -> CalibrationPart | None:
    """Return how confidence in the middle of one cycle compares to its grades."""
    middle = cycle.start + timedelta(days=cycle.days // 2)
    return calibration_of(context, outcomes, view_date(context, middle).text)


def calibration_of(
    context: Context, outcomes: Iterable[Outcome], middle: str = ""
) -> CalibrationPart | None:
    """Return how confidence compares to grades; None where nothing has both."""
    midways = [each for outcome in outcomes for each in outcome.midway]
    judged = judged_of(midways)
    if not judged:
        return None
    words = context.words
    bins = bins_of(judged)
    rows = tuple(
        _row(context, words.number(said), "", each, len(each), few_of=True)
        for said, each in bins.items()
    )
    caution = words.ngettext(
        "{n} key result is too few to tell much.",
        "{n} key results are too few to tell much.",
        len(judged),
    )
    return CalibrationPart(
        said=_say(words, *max(bins.items(), key=lambda item: (len(item[1]), item[0]))),
        overall=_say_overall(words, judged),
        coverage=_say_coverage(words, len(judged), len(midways), middle),
        caution=caution if len(judged) < 2 * FEW else "",
        chart=view_calibration_chart(context, judged, bins),
        confidences=rows,
    )


def _say(words: Words, said: int, judged: list[Judged]) -> str:
    return words.ngettext(
        "When teams said {said}, they reached {grade} on average, from {n} key result.",
        "When teams said {said}, they reached {grade} on average, from {n} key results.",
        len(judged),
        said=words.number(said),
        grade=words.grade(means_of(judged)[1]),
    )


def _say_overall(words: Words, judged: list[Judged]) -> str:
    confidence, grade = means_of(judged)
    figures = {"said": words.number(confidence), "grade": words.grade(grade)}
    gap = grade - confidence / 10
    if abs(gap) <= _CLOSE:
        return words.gettext(
            "Overall they said {said} and reached {grade}: about what they expected.", **figures
        )
    if gap < 0:
        return words.gettext(
            "Overall they said {said} and reached {grade}: they were too sure.", **figures
        )
    return words.gettext(
        "Overall they said {said} and reached {grade}: they were too careful.", **figures
    )


def _say_coverage(words: Words, judged: int, of: int, middle: str) -> str:
    day = middle or words.gettext("the middle day of the cycle")
    return words.ngettext(
        "{judged} of {n} key result has both a grade and a confidence that held on {day}.",
        "{judged} of {n} key results have both a grade and a confidence that held on {day}.",
        of,
        judged=judged,
        day=day,
    )


def _row(
    context: Context, name: str, url: str, judged: list[Judged], of: int, *, few_of: bool = False
) -> CalibrationRow:
    """Return what some key results said and reached; with `few_of` all of them are told of."""
    words, count = context.words, len(judged)
    many = words.number(count)
    if not few_of:
        many = words.gettext("{part} of {n}", part=count, n=of)
    if not judged:
        nothing = (NONE, "") * 4
        return CalibrationRow(name, url, many, "0", *nothing, verdict="", few=True)
    confidence, grade = means_of(judged)
    gap = grade - confidence / 10
    achieved = share_of(sum(reached for *_, reached in judged), count)
    return CalibrationRow(
        name=name,
        url=url,
        count=many,
        count_number=str(count),
        confidence=words.number(confidence),
        confidence_number=sort_number(confidence),
        grade=words.grade(grade),
        grade_number=sort_number(grade),
        gap=words.difference(gap),
        gap_number=sort_number(gap),
        achieved=words.percent(achieved),
        achieved_number=sort_number(achieved),
        verdict=_verdict(context, gap, count),
        few=count < FEW,
    )


def _verdict(context: Context, gap: Fraction, count: int) -> str:
    say = context.words.gettext
    if count < FEW:
        return say("too few to tell")
    if abs(gap) <= _CLOSE:
        return say("about right")
    return say("too sure") if gap < 0 else say("too careful")


def _by_cycle(
    context: Context, cycles: Iterable[Cycle], found: list[tuple[Plan, Outcome]]
) -> tuple[CalibrationRow, ...]:
    rows = []
    for cycle in cycles:
        midways = [m for plan, outcome in found if plan.cycle == cycle.id for m in outcome.midway]
        if midways:
            url = f"{urls.cycle_url(cycle.id)}#{urls.CALIBRATION_ANCHOR}"
            judged = judged_of(midways)
            url = url if judged else urls.cycle_url(cycle.id)
            rows.append(_row(context, cycle.name, url, judged, len(midways)))
    return tuple(rows)


def _by_team(context: Context, found: list[tuple[Plan, Outcome]]) -> tuple[CalibrationRow, ...]:
    """Return what each team and the people in it said and reached, in the order of plans."""
    by_team: dict[str, list[Midway]] = {}
    for plan, outcome in found:
        by_team.setdefault(plan.team, []).extend(outcome.midway)
    ordered = (team for team in context.company.teams if by_team.get(team.id))
    return tuple(_team_row(context, team, by_team[team.id]) for team in ordered)


def _team_row(context: Context, team: Team, midways: list[Midway]) -> CalibrationRow:
    return _row(context, team.title, urls.team_url(team.id), judged_of(midways), len(midways))


def _head(context: Context, part: Part[str], above: tuple[Part[str], ...]) -> HeadView:
    say = context.words.gettext
    crumb = Crumb(say("Calibration"), urls.CALIBRATION)
    lead = say("How sure teams were in the middle of a cycle, and what they reached at its end.")
    way = (cycles_crumb(context),)
    return part_head(context, crumb, part, above, lead, owner_name(context), way)
