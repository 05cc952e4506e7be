"""Former versions of plans → whether a name that nothing has was once that of something."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from okrsite.read.records import PlanRecord
from okrsite.resolve.evidence import Unknown
from okrsite.resolve.ground import Ground
from okrsite.resolve.matching import candidates_of
from okrsite.resolve.plans import Draft
from okrsite.resolve.versions import Former

FormerPlans = Callable[[str], Sequence[PlanRecord] | None]
"""Tells what the versions of the plan at a path were; None where nobody knows."""


@dataclass
class Gone:
    """Looks for names among what plans once had."""

    former_plans: FormerPlans
    ground: Ground
    _names: dict[tuple[str, str], frozenset[str] | None] = field(default_factory=dict)

    def knew(self, unknown: Unknown) -> bool | None:
        """Tell whether something was called so in these plans; None where nobody knows."""
        text = unknown.name.value.strip().casefold()
        drafts = (*unknown.where.running, *unknown.where.ended)
        if "@" in text or not drafts:
            return None
        known = [self._known(draft, unknown) for draft in drafts]
        for draft, names in zip(drafts, known, strict=True):
            if names and text.removeprefix(f"{draft.plan.owner}/") in names:
                return True
        return None if None in known or text.count("/") > 1 else False

    def _known(self, draft: Draft, unknown: Unknown) -> frozenset[str] | None:
        key = draft.record.path, unknown.wanted
        if key not in self._names:
            records = self.former_plans(draft.record.path)
            names = None if records is None else frozenset(self._names_in(records, unknown))
            self._names[key] = names
        return self._names[key]

    def _names_in(self, records: Sequence[PlanRecord], unknown: Unknown) -> Iterator[str]:
        for draft in filter(None, map(self._former.plan, records)):
            for candidate in candidates_of(draft, unknown.wanted):
                yield from candidate.names

    @cached_property
    def _former(self) -> Former:
        return Former(self.ground)
