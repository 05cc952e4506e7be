"""A closed cycle → the grades that the evidence proposes, for people to judge."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from okrsite.measure import KeyResultMeasure, Measures
from okrsite.model import KeyResult, Objective, ObjectiveType, Plan, Reference, State
from okrsite.model.quick import quick_dataclass
from okrsite.read.parts import UNDATED

_SUCCESS = Decimal("0.7")
_HUNDREDTH = Decimal("0.01")


@quick_dataclass(frozen=True, slots=True)
class Proposal:
    """A key result, or an objective without any, that nobody has graded yet."""

    item: KeyResult | Objective
    objective: Objective
    plan: Plan
    place_in_plan: tuple[int, int | None]
    """The number of the objective, and of the key result in it."""
    measure: KeyResultMeasure
    grade: Decimal | None
    """What its progress comes to; None where nobody ever said anything, or it has no measure."""

    @property
    def ticked(self) -> bool:
        """Tell whether its sentence is ticked, so that no grade can stand beside it."""
        return self.item.done == UNDATED

    @property
    def ref(self) -> Reference:
        """Return its reference."""
        return self.item.ref

    def misses(self, grade: Decimal) -> bool:
        """Tell whether a grade is a miss: below 0.7, or below 1 of what was committed."""
        committed = self.objective.type is ObjectiveType.COMMITTED
        return grade < (1 if committed else _SUCCESS)


def propose_grades(plan: Plan, measures: Measures) -> Iterator[Proposal]:
    """Yield what of a plan is to be graded; what is graded, paused or cancelled is left alone.

    Key results below an objective that has a grade of its own need none.
    """
    for index, objective in enumerate(plan.objectives):
        if objective.state is not State.ACTIVE or objective.grade is not None:
            continue
        measured = measures.objective(objective.ref)
        if measured.own:
            grade = _proposed(measured.own)
            yield Proposal(objective, objective, plan, (index, None), measured.own, grade)
        pairs = zip(objective.key_results, measured.key_results, strict=True)
        for number, (key_result, measure) in enumerate(pairs):
            if key_result.state is State.ACTIVE and key_result.grade is None:
                grade = _proposed(measure)
                yield Proposal(key_result, objective, plan, (index, number), measure, grade)


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
