"""A company's measures, of which the weeks are kept: they are the same until their plan changes."""

from __future__ import annotations

from collections.abc import Callable

from okrsite.keep import Ledger, decode, encode
from okrsite.measure import Measures
from okrsite.measure.results import WeekMeasure
from okrsite.model import Company, Plan

Weeks = tuple[WeekMeasure, ...]


class KeptMeasures(Measures):
    """Measures as of the company's own day that look weeks up before they work them out."""

    def __init__(self, company: Company, ledger: Ledger, made_from: Callable[[Plan], str]) -> None:
        """Take where weeks are kept, and the digest of what those of a plan follow from."""
        super().__init__(company, company.as_of)
        self._ledger = ledger
        self._made_from = made_from

    def cycle_weeks(self, cycle: str) -> Weeks:
        """Return a cycle's weeks over all owners, and keep those of each."""
        weeks = super().cycle_weeks(cycle)
        self._ledger.save()
        return weeks

    def _measure_weeks(self, plan: Plan) -> Weeks:
        key, made_from = f"{plan.owner}@{plan.cycle}", self._made_from(plan)
        data = self._ledger.get(key, made_from)
        weeks = None if data is None else decode(data, Weeks)
        if weeks is None:
            weeks = super()._measure_weeks(plan)
            self._ledger.put(key, made_from, encode(weeks))
        return weeks
