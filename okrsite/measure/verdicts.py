"""What a status says next to others: the worst, colours, the verdict at the end, watermelons."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from okrsite.measure.exact import ONE, clamp
from okrsite.measure.results import Because, Fact
from okrsite.model import KeyResult, Objective, Status

Verdict = tuple[Status, Because]

WORST_FIRST = (
    Status.OFF_TRACK,
    Status.MISSED,
    Status.AT_RISK,
    Status.OUTDATED,
    Status.UNKNOWN,
    Status.NOT_STARTED,
    Status.ON_TRACK,
    Status.ACHIEVED,
    Status.PAUSED,
    Status.CANCELLED,
)
"""The order in which an objective takes the worst of its key results."""

RANK = {status: rank for rank, status in enumerate(WORST_FIRST)}
"""A status to its place in this order."""

GREEN, AMBER = 7, 4
"""From here on a confidence is green, or amber; below is red."""

SUCCESS = Fraction(7, 10)
"""The grade that aspirational and learning objectives need; committed ones need 1."""

SAID = ("declared", "confidence")
"""The rules by which a badge shows what people say."""


def confidence_colour(confidence: Fraction) -> Status:
    """Return a confidence (0 to 10) as the status that its colour stands for."""
    # Whole numbers compare ten times as fast as fractions do.
    top, bottom = confidence.as_integer_ratio()
    if top >= GREEN * bottom:
        return Status.ON_TRACK
    return Status.AT_RISK if top >= AMBER * bottom else Status.OFF_TRACK


def worst(statuses: Iterable[Status]) -> Status | None:
    """Return the worst of some statuses, or None where there are none."""
    return min(statuses, key=RANK.__getitem__, default=None)


def stopped(item: KeyResult | Objective, whose: str) -> Verdict:
    """Return the verdict of something paused or cancelled."""
    status = Status(item.state.value)
    return status, Because(status.value, {"whose": whose, "why": item.cancelled_because})


def needed_of(*, committed: bool) -> Fraction:
    """Return the grade that counts as achieved."""
    return ONE if committed else SUCCESS


def ended(
    grade: Decimal | Fraction | None, progress: Fraction | None, *, committed: bool
) -> Verdict:
    """Return the verdict at a cycle's end; no grade and no measure is missed."""
    needed = needed_of(committed=committed)
    score = progress if grade is None else Fraction(grade)
    reached = score is not None and clamp(score) >= needed
    facts: dict[str, Fact] = {
        "graded": grade is not None,
        "grade": grade,
        "progress": progress,
        "needed": needed,
        "committed": committed,
    }
    return (Status.ACHIEVED if reached else Status.MISSED), Because("closed", facts)


def is_watermelon(verdict: Verdict, pace: Status | None) -> bool:
    """Tell whether what people say is green while the pace is off track."""
    status, because = verdict
    green = status in (Status.ON_TRACK, Status.ACHIEVED)
    return because.rule in SAID and green and pace is Status.OFF_TRACK


def is_gloomier(verdict: Verdict, pace: Status | None) -> bool:
    """Tell whether what people say is red while the pace is on track."""
    status, because = verdict
    return because.rule in SAID and status is Status.OFF_TRACK and pace is Status.ON_TRACK
