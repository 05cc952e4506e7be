"""Start, due date, checkpoints and a day → where a key result should be; pace → its verdict."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from okrsite.measure.exact import ONE, ZERO, fraction, way
from okrsite.model import Cycle, KeyResult, Kind, Rules, Status
from okrsite.model.quick import quick_dataclass


def time_gone(start: date, end: date, day: date) -> Fraction:
    """Return the share of days gone by from start to end, the day counted: 0 to 1."""
    if day < start:
        return ZERO
    if day >= end:
        return ONE
    return Fraction((day - start).days + 1, (end - start).days + 1)


@quick_dataclass(frozen=True, slots=True)
class Path:
    """The expected progress of one key result, day by day."""

    start: date
    due: date
    marks: tuple[tuple[date, Fraction], ...] = ()
    """Checkpoints as progress, start and due included, oldest first; else a straight line."""

    @property
    def corners(self) -> tuple[tuple[date, Fraction], ...]:
        """Return the days between which the path is a straight line, and what they expect."""
        return self.marks or ((self.start, self.on(self.start)), (self.due, ONE))

    def on(self, day: date) -> Fraction:
        """Return the progress expected on a day."""
        if not self.marks:
            return time_gone(self.start, self.due, day)
        after = bisect_right(self.marks, day, key=lambda mark: mark[0])
        if after == 0:
            return self.marks[0][1]
        if after == len(self.marks):
            return self.marks[-1][1]
        (left, low), (right, high) = self.marks[after - 1], self.marks[after]
        return low + (high - low) * Fraction((day - left).days, (right - left).days)


def path_of(key_result: KeyResult, cycle: Cycle) -> Path:
    """Return a key result's expected path from its own dates, else the cycle's."""
    start, due = key_result.start or cycle.start, key_result.due or cycle.end
    baseline, target = key_result.baseline, key_result.target
    if (
        not key_result.checkpoints
        or key_result.kind is not Kind.METRIC
        or baseline is None
        or target is None
        or baseline.value == target.value
    ):
        return Path(start, due)
    # What somebody wrote for the first or last day wins over what follows from the ends.
    marks = {start: ZERO, due: ONE}
    marks |= {
        day: way(at.value, baseline.value, target.value) for day, at in key_result.checkpoints
    }
    return Path(start, due, tuple(sorted(marks.items())))


def quiet_until(cycle: Cycle, rules: Rules) -> date:
    """Return the last day of a cycle's quiet start (the day before the cycle, if it has none)."""
    days = fraction(rules.quiet_start) * cycle.days // 100
    return cycle.start + timedelta(days=days - 1)


def pace_verdict(pace: Fraction, on_track: Fraction, at_risk: Fraction) -> Status:
    """Return what a pace means; the limits (how far behind, 1 is 100 points) are inclusive."""
    if pace >= -on_track:
        return Status.ON_TRACK
    return Status.AT_RISK if pace >= -at_risk else Status.OFF_TRACK


def points_behind(points: Decimal) -> Fraction:
    """Return so many points as a share."""
    return fraction(points) / 100
