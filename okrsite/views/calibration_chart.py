"""Confidences and grades of key results → groups of the same confidence, and their chart."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from okrsite.charts import Bubble, CalibrationChart, Mark, draw_calibration
from okrsite.measure import Midway
from okrsite.views.context import Context
from okrsite.views.fragments import ChartView
from okrsite.views.outcomes import mean_of
from okrsite.words import Words, round_half_up

FEW = 5
"""Key results below which a mean tells too little."""
Judged = tuple[Fraction, Fraction, bool]
"""Confidence from 0 to 10, grade from 0 to 1, and whether that was achieved."""


def judged_of(midways: Iterable[Midway]) -> list[Judged]:
    """Return what has both a confidence and a grade."""
    return [
        (each.confidence, Fraction(each.grade), each.achieved)
        for each in midways
        if each.confidence is not None and each.grade is not None
    ]


def bins_of(judged: list[Judged]) -> dict[int, list[Judged]]:
    """Return the same by confidence, rounded to whole numbers, the lowest first."""
    found: dict[int, list[Judged]] = {}
    for each in judged:
        found.setdefault(round_half_up(each[0]), []).append(each)
    return dict(sorted(found.items()))


def means_of(judged: list[Judged]) -> tuple[Fraction, Fraction]:
    """Return mean confidence and mean grade of one at least."""
    confidence, grade = mean_of(c for c, _, _ in judged), mean_of(g for _, g, _ in judged)
    return confidence or Fraction(0), grade or Fraction(0)


def view_calibration_chart(
    context: Context, judged: list[Judged], bins: dict[int, list[Judged]]
) -> ChartView:
    """Return a bubble for each group, and a dot for each key result."""
    words, say = context.words, context.words.gettext
    title = say("Confidence in the middle and grade at the end")
    chart = CalibrationChart(
        prefix="calibration",
        title=title,
        description=say(
            "Each circle stands for the key results of which the same confidence was stated; on "
            "the line both agree. The table has the numbers."
        ),
        confidences=tuple(Mark(Decimal(n), str(n)) for n in range(0, 11, 2)),
        grades=tuple(Mark(Decimal(n) / 5, words.grade(Fraction(n, 5))) for n in range(6)),
        across=say("confidence in the middle of the cycle"),
        upwards=say("grade at the end"),
        above=say("better than they thought"),
        below=say("worse than they thought"),
        bubbles=tuple(_bubble(words, said, each) for said, each in bins.items()),
        dots=tuple((_decimal(said), _decimal(grade)) for said, grade, _ in judged),
    )
    return ChartView(title, lambda: draw_calibration(chart), (), ())


def _bubble(words: Words, said: int, judged: list[Judged]) -> Bubble:
    confidence, grade = means_of(judged)
    text = words.ngettext(
        "said {said}, reached {grade}: {n} key result",
        "said {said}, reached {grade}: {n} key results",
        len(judged),
        said=words.number(said),
        grade=words.grade(grade),
    )
    few = len(judged) < FEW
    return Bubble(_decimal(confidence), _decimal(grade), len(judged), text, few)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
