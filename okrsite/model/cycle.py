"""A cycle: the span of days that a plan is made for."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from okrsite.model.quick import quick_dataclass


class CycleState(StrEnum):
    """Whether a cycle is still to come, running or over on a day."""

    UPCOMING = "upcoming"
    ACTIVE = "active"
    CLOSED = "closed"


class Phase(StrEnum):
    """What a company is busy with in a cycle on a day."""

    UPCOMING = "upcoming"
    PLANNING = "planning"
    DELIVERY = "delivery"
    REVIEW = "review"
    CLOSED = "closed"


@quick_dataclass(frozen=True, slots=True)
class Cycle:
    """A year, half, quarter, month or a span that a company names itself."""

    id: str
    """Lower case, as in file names: ``2026-q4``."""
    name: str
    """As people read it: ``2026-Q4``."""
    start: date
    end: date
    """The last day, inside the cycle."""
    reviews: tuple[date, ...]
    grading_due: date
    planning_days: int
    """Days at the start in which edits of a plan are not amendments; already cut to 15 %."""

    @property
    def days(self) -> int:
        """Return the number of days, both ends counted."""
        return (self.end - self.start).days + 1

    @property
    def weeks(self) -> int:
        """Return the number of weeks: days by seven, rounded half up, at least one."""
        return max(1, (self.days * 2 + 7) // 14)

    def state(self, as_of: date) -> CycleState:
        """Return whether the cycle is upcoming, active or closed on a day."""
        if as_of < self.start:
            return CycleState.UPCOMING
        return CycleState.ACTIVE if as_of <= self.end else CycleState.CLOSED

    def phase(self, as_of: date) -> Phase:
        """Return the phase on a day; review runs from the end until grading is due."""
        if as_of < self.start:
            return Phase.UPCOMING
        if as_of > self.end:
            return Phase.REVIEW if as_of <= self.grading_due else Phase.CLOSED
        return Phase.PLANNING if as_of < self.planning_ends else Phase.DELIVERY

    @property
    def planning_ends(self) -> date:
        """Return the first day on which an edit of a plan is an amendment."""
        return self.start + timedelta(days=self.planning_days)

    def week_of(self, day: date) -> int:
        """Return the week that a day falls into, from 1; days outside are clamped."""
        return min(self.weeks, max(1, (day - self.start).days // 7 + 1))

    def week_end(self, week: int) -> date:
        """Return the last day of a week (from 1); the last week takes the rest."""
        return self.end if week >= self.weeks else self.start + timedelta(days=7 * week - 1)

    def encloses(self, other: Cycle) -> bool:
        """Tell whether another, shorter cycle lies inside this one."""
        return (
            self.id != other.id
            and self.start <= other.start
            and other.end <= self.end
            and self.days > other.days
        )
