"""A closed cycle → what people are asked: grades that the evidence proposes, and reasons."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from okrsite.measure import KeyResultMeasure, Measures
from okrsite.model import KeyResult, Objective, ObjectiveType, Plan, Reference, State
from okrsite.model.quick import quick_dataclass

_SUCCESS = Decimal("0.7")
_HUNDREDTH = Decimal("0.01")


@quick_dataclass(frozen=True, slots=True)
class Proposal:
    """What still lacks a grade, or has one without a word why."""

    item: KeyResult | Objective
    objective: Objective
    plan: Plan
    place_in_plan: tuple[int, int | None]
    """The number of the objective, and of the key result in it."""
    measure: KeyResultMeasure | None
    """None of an objective that was graded beside its key results."""
    grade: Decimal | None
    """What its progress comes to; None where nobody ever said anything, or it has no measure."""

    @property
    def is_graded(self) -> bool:
        """Tell whether people gave it a grade, so that only why may be missing."""
        return self.item.grade is not None

    @property
    def is_due(self) -> bool:
        """Tell whether something is to be asked: a grade, or why it was missed."""
        return self.item.grade is None or (self.misses(self.item.grade) and not self.note)

    @property
    def note(self) -> str:
        """Return why it ended so, as people wrote it."""
        return self.item.grade_note

    @property
    def ticked(self) -> bool:
        """Tell whether its sentence is ticked, so that no grade can stand beside it."""
        return self.item.is_ticked

    @property
    def ref(self) -> Reference:
        """Return its reference."""
        return self.item.ref

    def misses(self, grade: Decimal) -> bool:
        """Tell whether a grade is a miss: below 0.7, or below 1 of what was committed."""
        committed = self.objective.type is ObjectiveType.COMMITTED
        return grade < (1 if committed else _SUCCESS)


def propose_grades(plan: Plan, measures: Measures) -> Iterator[Proposal]:
    """Yield what of a plan lacks a grade or a note; what is paused or cancelled is left alone.

    Key results below an objective that has a grade of its own need none.
    """
    for index, objective in enumerate(plan.objectives):
        if objective.state is not State.ACTIVE:
            continue
        measured = measures.objective(objective.ref)
        if measured.own or objective.grade is not None:
            yield from _proposal(objective, objective, plan, (index, None), measured.own)
        if objective.grade is not None:
            continue
        pairs = zip(objective.key_results, measured.key_results, strict=True)
        for number, (key_result, measure) in enumerate(pairs):
            if key_result.state is State.ACTIVE:
                yield from _proposal(key_result, objective, plan, (index, number), measure)


def _proposal(
    item: KeyResult | Objective,
    objective: Objective,
    plan: Plan,
    place: tuple[int, int | None],
    measure: KeyResultMeasure | None,
) -> Iterator[Proposal]:
    """Yield what is proposed for an item, unless it has all that people can say."""
    if item.grade is None or not item.grade_note:
        grade = _proposed(measure) if measure and item.grade is None else None
        yield Proposal(item, objective, plan, place, measure, grade)


def write_grade(grade: Decimal) -> str:
    """Return a grade as people write it: ``0.7``, ``0.86``, ``1.0``."""
    text = f"{grade.quantize(_HUNDREDTH):f}"
    return text[:-1] if text.endswith("0") else text


def _proposed(measure: KeyResultMeasure) -> Decimal | None:
    """Return the progress as a grade; nothing where there is no evidence for one."""
    if measure.shown is None or not (measure.history or measure.last_check_in):
        return None
    share = Fraction(measure.shown)
    value = Decimal(share.numerator) / Decimal(share.denominator)
    return value.quantize(_HUNDREDTH, ROUND_HALF_UP)
