"""Places, quantities and the closed sets of words that everything else is made of."""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from enum import StrEnum

from okrsite.model.quick import quick_dataclass


@quick_dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a content file; lines and columns count from 1."""

    path: str
    """Relative to the source folder, with forward slashes."""
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1
    """One past the last character."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@quick_dataclass(frozen=True, slots=True)
class Style:
    """How a person writes the numbers of one key result, so that they can be written back."""

    prefix: str = ""
    """What stands before the number: ``$``, ``R$ ``."""
    suffix: str = ""
    """What stands after the number and its magnitude: ``%``, `` ms``, `` incidents``, ``天``."""
    magnitude: str = ""
    """The written magnitude between number and suffix: ``k``, ``M``, `` Mio.``, ``万``."""
    scale: Decimal = Decimal(1)
    """What the magnitude multiplies by: 1000 for ``k``."""
    decimal: str = "."
    group: str = ""
    """The thousands mark, or nothing."""
    places: int = 0
    """Decimals as written."""


@quick_dataclass(frozen=True, slots=True)
class Quantity:
    """An exact number in a unit."""

    value: Decimal
    """In the unit itself: ``$1.2M`` is 1200000, ``62%`` is 62, ``900 ms`` is 900."""
    unit: str = ""
    """Canonical: ``%``, ``USD``, ``ms``, ``h``, ``incidents``; empty for a bare number."""
    style: Style = field(default=Style(), compare=False)


class Kind(StrEnum):
    """What sort of key result it is, which decides how its progress comes about."""

    METRIC = "metric"
    LIMIT = "limit"
    MAINTAIN = "maintain"
    MILESTONE = "milestone"
    RUBRIC = "rubric"


class Bound(StrEnum):
    """On which side of the target a value is good, where no baseline tells."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    ABOVE = "above"
    BELOW = "below"
    EXACTLY = "exactly"


class State(StrEnum):
    """Where an objective or key result stands in its life, as its plan says."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ACTIVE = "active"
    PAUSED = "paused"
    CANCELLED = "cancelled"


class ObjectiveType(StrEnum):
    """How much a team binds itself: committed expects 1.0, the others 0.7."""

    COMMITTED = "committed"
    ASPIRATIONAL = "aspirational"
    LEARNING = "learning"


class Status(StrEnum):
    """The badge of a key result or an objective."""

    ON_TRACK = "on-track"
    AT_RISK = "at-risk"
    OFF_TRACK = "off-track"
    ACHIEVED = "achieved"
    MISSED = "missed"
    NOT_STARTED = "not-started"
    OUTDATED = "outdated"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class Level(StrEnum):
    """Where a team stands in the company."""

    COMPANY = "company"
    DEPARTMENT = "department"
    TEAM = "team"


class Cadence(StrEnum):
    """How often a check-in is due."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"

    @property
    def days(self) -> int:
        """Return the cadence in days."""
        return {"week": 7, "fortnight": 14, "month": 31}[self.value]


class InitiativeState(StrEnum):
    """How far a piece of work is."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"
