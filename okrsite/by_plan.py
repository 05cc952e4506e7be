"""What was worked out of one plan → the same for the next build, until that plan changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from okrsite.keep import Keep, Ledger, decode, encode
from okrsite.model import Plan

Result = TypeVar("Result")


def _anything(_plan: Plan) -> str:
    """Return the digest of what a plan's results follow from, where they are for one run alone."""
    return ""


@dataclass(frozen=True, slots=True)
class ByPlan:
    """Results that follow from one plan each, and from what every page is made from."""

    keep: Keep | None = None
    made_from: Callable[[Plan], str] = _anything
    """The digest of everything that a plan's results follow from."""
    shelves: int = 1
    """Into how many files each kind is divided, so that one change writes little anew."""
    _ledgers: dict[str, Ledger] = field(default_factory=dict)

    def get(self, what: str, plan: Plan, kind: Any, make: Callable[[], Result]) -> Result:
        """Return a result of a type: as it was kept, else made now and noted; `save` keeps it."""
        ledger = self._ledger(what)
        key, made_from = f"{plan.owner}@{plan.cycle}", self.made_from(plan)
        data = ledger.get(key, made_from, plan.owner)
        result: Result | None = None if data is None else decode(data, kind)
        if result is None:
            result = make()
            ledger.put(key, made_from, encode(result), plan.owner)
        return result

    def save(self, what: str) -> None:
        """Keep what was noted of a kind."""
        self._ledger(what).save()

    def _ledger(self, what: str) -> Ledger:
        if what not in self._ledgers:
            self._ledgers[what] = Ledger(self.keep, what, self.shelves)
        return self._ledgers[what]
