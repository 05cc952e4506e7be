"""A company as it stands → what a check-in asks: each key result that is due, with its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from okrsite.measure import KeyResultMeasure, Measures
from okrsite.model import Company, KeyResult, Objective, Plan, Reference
from okrsite.model.quick import quick_dataclass
from okrsite.prefill.week import Writer, running_plans

_WEEK = timedelta(days=7)


@quick_dataclass(frozen=True, slots=True)
class Question:
    """A key result, or an objective without any, that somebody is to check in."""

    item: KeyResult | Objective
    objective: Objective
    plan: Plan
    measure: KeyResultMeasure

    @property
    def ref(self) -> Reference:
        """Return its reference."""
        return self.item.ref


def questions_for(company: Company, measures: Measures, writer: Writer) -> list[Question]:
    """Return what a check-in asks: what is due within a week; all that runs where nothing is.

    A person is asked for their own plan, and for what they own in the team's.
    """
    found = list(_running(company, measures, writer))
    soon = company.as_of + _WEEK
    due = [each for each in found if (day := each.measure.check_in_due) and day <= soon]
    return due or [each for each in found if each.measure.check_in_due]


def _running(company: Company, measures: Measures, writer: Writer) -> Iterator[Question]:
    if not writer.person:
        yield from _of_plans(running_plans(company, writer.team), measures)
        return
    yield from _of_plans(running_plans(company, writer.person), measures)
    for question in _of_plans(running_plans(company, writer.team), measures):
        if writer.person in question.item.owners:
            yield question


def _of_plans(plans: list[Plan], measures: Measures) -> Iterator[Question]:
    for plan in plans:
        for objective in plan.objectives:
            measured = measures.objective(objective.ref)
            if measured.own:
                yield Question(objective, objective, plan, measured.own)
            pairs = zip(objective.key_results, measured.key_results, strict=True)
            for key_result, measure in pairs:
                yield Question(key_result, objective, plan, measure)
