"""A key result and its evidence up to a day → its progress, and the arithmetic behind it.

One small function for each kind; the sign of target − baseline turns falling metrics round.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from okrsite.measure.evidence import Evidence, part_of, steps_weight, whole_weight
from okrsite.measure.exact import ONE, ZERO, way
from okrsite.measure.results import Arithmetic, Fact, Point
from okrsite.model import Bound, KeyResult, Kind, Quantity

Progress = tuple[Fraction | None, Arithmetic]
"""Not clamped: 0 at the baseline, 1 at the target, none where there is no measure."""


def progress_on(key_result: KeyResult, evidence: Evidence, day: date, *, closed: bool) -> Progress:
    """Return the progress on a day; a limit's is known once its cycle is closed."""
    points = evidence.points[: evidence.points_until(day)]
    match key_result.kind:
        case Kind.METRIC:
            return _metric(key_result, points)
        case Kind.LIMIT:
            return _limit(key_result, points, closed=closed)
        case Kind.MAINTAIN:
            return _maintain(key_result, points)
        case Kind.MILESTONE | Kind.RUBRIC:
            return _share(key_result, evidence, points, day)


def _metric(key_result: KeyResult, points: Sequence[Point]) -> Progress:
    baseline, target = key_result.baseline, key_result.target
    if target is None or (baseline and target.value == baseline.value):
        return None, Arithmetic("no-target")
    current = points[-1].value if points else None
    if baseline is None:
        return _without_baseline(key_result.bound, current, target)
    if current is None:
        return ZERO, Arithmetic("no-value")
    return _way(current, baseline, target)


def _way(current: Quantity, baseline: Quantity, target: Quantity) -> Progress:
    """Return how much of the way from baseline to target is gone, up or down by itself."""
    facts = {"current": current, "baseline": baseline, "target": target}
    return way(current.value, baseline.value, target.value), Arithmetic("metric", facts)


def _without_baseline(bound: Bound, current: Quantity | None, target: Quantity) -> Progress:
    facts = {"current": current, "target": target, "bound": bound.value}
    if current is not None and meets(current, bound, target):
        return ONE, Arithmetic("met", facts)
    return None, Arithmetic("not-met", facts)


def _limit(key_result: KeyResult, points: Sequence[Point], *, closed: bool) -> Progress:
    baseline, target = key_result.baseline, key_result.target
    if target is None:
        return None, Arithmetic("no-target")
    current = points[-1].value if points else None
    facts = {"current": current, "target": target}
    if not closed:
        return None, Arithmetic("running", facts)
    if current is None:
        return ZERO, Arithmetic("no-value")
    if keeps_limit(current, key_result):
        return ONE, Arithmetic("within", facts)
    # A baseline that is no higher than the limit is nothing to come down from.
    if baseline is None or baseline.value <= target.value:
        return ZERO, Arithmetic("beyond", facts)
    return _way(current, baseline, target)


def _maintain(key_result: KeyResult, points: Sequence[Point]) -> Progress:
    if key_result.target is None:
        return None, Arithmetic("no-target")
    if not points:
        return ZERO, Arithmetic("no-value")
    kept = sum(keeps(point, key_result) for point in points)
    return Fraction(kept, len(points)), Arithmetic("kept", {"kept": kept, "of": len(points)})


def _share(
    key_result: KeyResult, evidence: Evidence, points: Sequence[Point], day: date
) -> Progress:
    share = points[-1].share if points else None
    if share is None:
        return ZERO, Arithmetic("no-value")
    ending = evidence.ending(day)
    if ending and ending.how in ("plan", "check-in"):
        return share, Arithmetic("done", {"date": ending.date})
    if key_result.kind is Kind.RUBRIC:
        return share, Arithmetic("level", {"share": share})
    said = Arithmetic("share", {"share": share})
    if not evidence.steps:
        return share, said
    steps = evidence.steps[len(points) - 1]
    done, whole = steps_weight(key_result, steps), whole_weight(key_result)
    if part_of(done, whole) != share:
        return share, said
    facts: dict[str, Fact] = {
        "done": done,
        "of": whole,
        "steps_done": sum(map(bool, steps)),
        "steps": len(steps),
    }
    return share, Arithmetic("steps", facts)


def meets(value: Quantity, bound: Bound, target: Quantity) -> bool:
    """Tell whether a value is on the good side of a target."""
    current, limit = value.value, target.value
    return {
        Bound.AT_LEAST: current >= limit,
        Bound.AT_MOST: current <= limit,
        Bound.ABOVE: current > limit,
        Bound.BELOW: current < limit,
        Bound.EXACTLY: current == limit,
    }[bound]


def keeps(point: Point, key_result: KeyResult) -> bool:
    """Tell whether a value keeps what a `maintain` holds."""
    value, target = point.value, key_result.target
    return value is not None and target is not None and meets(value, key_result.bound, target)


def keeps_limit(value: Quantity, key_result: KeyResult) -> bool:
    """Tell whether a total is at or below a limit; ``below 3`` leaves 3 itself outside."""
    limit = key_result.target.value if key_result.target else Decimal("Infinity")
    return value.value < limit if key_result.bound is Bound.BELOW else value.value <= limit


def is_rising(key_result: KeyResult) -> bool:
    """Tell whether a metric wants to go up, so that its target can be reached for good."""
    baseline, target = key_result.baseline, key_result.target
    if key_result.kind is not Kind.METRIC or target is None:
        return False
    if baseline is None:
        return key_result.bound in (Bound.AT_LEAST, Bound.ABOVE)
    return target.value > baseline.value and not (key_result.is_change and key_result.falling_words)
