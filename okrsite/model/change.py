"""What changed in a plan, or in a check-in: what it said, before and after."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from okrsite.model.basics import Quantity
from okrsite.model.quick import quick_dataclass


class Term(StrEnum):
    """A part of a commitment that can change."""

    ADDED = "added"
    """The item itself came, or became active."""
    REMOVED = "removed"
    """The item itself went."""
    TITLE = "title"
    KIND = "kind"
    BASELINE = "baseline"
    TARGET = "target"
    UNIT = "unit"
    BOUND = "bound"
    STRETCH = "stretch"
    CHECKPOINTS = "checkpoints"
    RUBRIC = "rubric"
    STEPS = "steps"
    DEFINITION = "definition"
    OWNER = "owner"
    START = "start"
    DUE = "due"
    WEIGHT = "weight"
    TYPE = "type"
    STATE = "state"
    SUPPORTS = "supports"
    GRADE = "grade"
    VALUE = "value"
    """What a check-in said of progress: a number, a share, or steps."""
    CONFIDENCE = "confidence"
    STATUS = "status"


SERIOUS = frozenset(
    {
        *(Term.ADDED, Term.REMOVED, Term.KIND, Term.BASELINE, Term.TARGET, Term.UNIT),
        *(Term.BOUND, Term.START, Term.DUE, Term.TYPE, Term.STATE),
    }
)
"""What nobody changes after the planning days without a reason in the plan."""


@quick_dataclass(frozen=True, slots=True)
class Value:
    """What a term said: a quantity, a day, or a text in its author's words."""

    text: str = ""
    """Also the slug of a kind, a state or a type; lines for lists."""
    quantity: Quantity | None = None
    day: date | None = None


@quick_dataclass(frozen=True, slots=True)
class Change:
    """One term of an objective or a key result, before and after; None where it said nothing."""

    term: Term
    before: Value | None = None
    after: Value | None = None
    day: date | None = None
    """That of the check-in which said it; None for what a plan promises."""
    file: str = ""
    """The path of that check-in."""

    @property
    def is_serious(self) -> bool:
        """Tell whether it needs a reason: a first baseline only completes a plan."""
        if self.term is Term.BASELINE and self.before is None:
            return False
        return self.term in SERIOUS
