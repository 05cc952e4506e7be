"""What is new about items, plans and teams, whether told by two trees or by two days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from okrsite.measure import Standing
from okrsite.model import (
    Amendment,
    CheckIn,
    Cycle,
    Feedback,
    Initiative,
    Reference,
    Step,
    Weekly,
)
from okrsite.model.change import Change
from okrsite.model.quick import quick_dataclass


class Tie(StrEnum):
    """How an objective is tied to something else."""

    SUPPORTS = "supports"
    DEPENDS_ON = "depends_on"


@quick_dataclass(frozen=True, slots=True)
class LinkNews:
    """A link of an objective that was made or broken."""

    kind: Tie
    target: Reference
    title: str
    """The target's."""
    made: bool
    gone: bool = False
    """It is broken because its target is not there any more."""


@quick_dataclass(frozen=True, slots=True)
class ItemNews:
    """What is new about an objective or a key result."""

    ref: Reference
    title: str
    before: Standing | None
    """None where it was not there."""
    after: Standing | None
    """None where it is gone."""
    changes: tuple[Change, ...] = ()
    """What of the commitment changed, oldest first."""
    why: str = ""
    """The newest reason that is given for it."""
    needs_why: bool = False
    """The planning days are over, and no reason is given for what needs one."""
    check_ins: tuple[CheckIn, ...] = ()
    """Those that came, oldest first."""
    corrected: int = 0
    """How many were changed or taken away; between two days nobody can tell."""
    corrections: tuple[Change, ...] = ()
    """What they said of value, confidence and status that is another now."""
    links: tuple[LinkNews, ...] = ()
    """Between two trees: what an objective supports and depends on now, and no more."""
    orphaned: bool = False
    """Between two trees: it supported something, and supports nothing any more."""
    deserted: bool = False
    """Between two trees: something supported it, and nothing does any more."""
    unread: bool = False
    """Between two trees: it is not there because its file cannot be read in full."""
    grade: Decimal | None = None
    """Between two trees: given for the first time."""
    amendments: tuple[Amendment, ...] = ()
    """Between two days: what changed when, by whom and why, and reasons that stand alone."""
    steps: tuple[Step, ...] = ()
    """A milestone's steps that were done, by what the plan says or, between two days, anybody."""
    initiatives: tuple[Initiative, ...] = ()
    """Between two days those that were done, between two trees those that are new or moved on."""

    @property
    def is_commitment(self) -> bool:
        """Tell whether more than evidence changed."""
        return bool(self.changes or self.links or self.orphaned or self.deserted or self.unread)

    @property
    def is_told(self) -> bool:
        """Tell whether somebody said or did something, so that not only days went by."""
        return bool(
            self.is_commitment
            or self.check_ins
            or self.corrected
            or self.grade is not None
            or self.amendments
            or self.steps
            or self.initiatives
        )

    @property
    def flips(self) -> bool:
        """Tell whether its status is another."""
        return bool(self.before and self.after and self.before.status is not self.after.status)

    @property
    def turns(self) -> bool:
        """Tell whether people judge it otherwise: a check-in that was only late turns nothing."""
        return bool(self.before and self.after and self.before.known is not self.after.known)

    @property
    def moved_by(self) -> Fraction | None:
        """Return how far progress moved (1 is 100 points); None where it cannot be told."""
        if self.before is None or self.after is None:
            return None
        if self.before.progress is None or self.after.progress is None:
            return None
        return self.after.progress - self.before.progress

    @property
    def confidence_by(self) -> Fraction | None:
        """Return by how much confidence rose, of 10; None where it cannot be told."""
        if self.before is None or self.after is None:
            return None
        if self.before.confidence is None or self.after.confidence is None:
            return None
        return self.after.confidence - self.before.confidence


class Coming(StrEnum):
    """Whether a plan was there before."""

    NEW = "new"
    GONE = "gone"
    THERE = "there"


@quick_dataclass(frozen=True, slots=True)
class PlanNews:
    """What is new in one owner's plan for one cycle."""

    owner: str
    name: str
    """The owner's."""
    cycle: Cycle
    coming: Coming
    items: tuple[ItemNews, ...]
    amendments: tuple[Amendment, ...] = ()
    """Between two days: what the plan says of itself as a whole."""
    others: tuple[str, ...] = ()
    """Between two trees: what else is another: ``health``, ``grade``, ``retrospective``."""


@quick_dataclass(frozen=True, slots=True)
class WeeklyNews:
    """A check-in file that came or changed, beside what it says of key results."""

    name: str
    """The team's or person's."""
    date: date
    came: bool
    wins: int
    """How many there are in it now; so are the asks."""
    asks: int


@quick_dataclass(frozen=True, slots=True)
class TeamNews:
    """What is new about a team itself."""

    id: str
    title: str
    coming: Coming
    changes: tuple[tuple[str, str, str], ...] = ()
    """What (``title``, ``parent``, ``lead``), before and after."""


@quick_dataclass(frozen=True, slots=True)
class News:
    """What came in a company between two days: after the first, until the second."""

    since: date
    until: date
    plans: tuple[PlanNews, ...]
    """Those in which something is new, in the company's order."""
    weeklies: tuple[Weekly, ...]
    """Check-in files: wins, asks, what comes; oldest first."""
    feedback: tuple[Feedback, ...]
    """Praise, questions and suggestions, with their answers; oldest first."""
