"""A company's measures, of which some are kept: they are the same until their plan changes."""

from __future__ import annotations

from okrsite.by_plan import ByPlan
from okrsite.measure import Measures
from okrsite.measure.results import CycleMeasure, Statuses, WeekMeasure
from okrsite.model import Company, Plan

Weeks = tuple[WeekMeasure, ...]


class KeptMeasures(Measures):
    """Measures as of the company's own day that look weeks and statuses up first."""

    def __init__(self, company: Company, by_plan: ByPlan) -> None:
        """Take where weeks and statuses are kept."""
        super().__init__(company, company.as_of)
        self._by_plan = by_plan

    def cycle_weeks(self, cycle: str) -> Weeks:
        """Return a cycle's weeks over all owners, and keep those of each."""
        weeks = super().cycle_weeks(cycle)
        self._by_plan.save("weeks")
        return weeks

    def cycle(self, cycle: str) -> CycleMeasure:
        """Return a cycle's counts over all owners, and keep the statuses of each."""
        measure = super().cycle(cycle)
        self._by_plan.save("statuses")
        return measure

    def _measure_weeks(self, plan: Plan) -> Weeks:
        measure = super()._measure_weeks
        return self._by_plan.get("weeks", plan, Weeks, lambda: measure(plan))

    def _measure_statuses(self, plan: Plan) -> Statuses:
        measure = super()._measure_statuses
        return self._by_plan.get("statuses", plan, Statuses, lambda: measure(plan))
