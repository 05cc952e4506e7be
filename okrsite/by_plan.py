"""What was worked out of one plan → the same for the next build, until that plan changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from okrsite.keep import Ledger, decode, encode
from okrsite.model import Plan

Result = TypeVar("Result")


def _anything(_plan: Plan) -> str:
    """Return the digest of what a plan's results follow from, where they are for one run alone."""
    return ""


@dataclass(frozen=True, slots=True)
class ByPlan:
    """Results that follow from one plan each, and from what every page is made from."""

    ledger: Ledger = field(default_factory=lambda: Ledger(None, ""))
    made_from: Callable[[Plan], str] = _anything
    """The digest of everything that a plan's results follow from."""

    def get(self, what: str, plan: Plan, kind: Any, make: Callable[[], Result]) -> Result:
        """Return a result of a type: as it was kept, else made now and noted; `save` keeps it."""
        key, made_from = f"{what} {plan.owner}@{plan.cycle}", self.made_from(plan)
        data = self.ledger.get(key, made_from, plan.owner)
        result: Result | None = None if data is None else decode(data, kind)
        if result is None:
            result = make()
            self.ledger.put(key, made_from, encode(result), plan.owner)
        return result

    def save(self) -> None:
        """Keep what was noted."""
        self.ledger.save()
