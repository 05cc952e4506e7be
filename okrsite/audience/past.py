"""What a plan was → what an audience may know of that.

Nobody learns from history what was hidden when it was written, nor what is hidden now: of an item
that is there today both count, of one that went, how it was meant last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from okrsite.model import Amendment, Company, KeyResult, Link, Objective, Reference
from okrsite.model.change import Change, Term, Value
from okrsite.model.quick import quick_dataclass


class Gate(Protocol):
    """What the gate lets through today."""

    @property
    def company(self) -> Company:
        """The company before the gate."""

    def may(self, visibility: str) -> bool:
        """Tell whether the audience may see what is meant for another."""

    def knows(self, ref: Reference) -> bool:
        """Tell whether an item is there, whoever may see it."""


class Seen(Protocol):
    """What is still there after the gate."""

    @property
    def items(self) -> frozenset[Reference]:
        """All of which at least the title may be seen."""

    @property
    def whole_items(self) -> frozenset[Reference]:
        """Those of which more than the title may be seen."""

    def names(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of some people and teams that may be named."""


@quick_dataclass(frozen=True, slots=True)
class PastGate:
    """Lets through what an audience may know of a company's past."""

    gate: Gate
    seen: Seen

    def amendments(self, amendments: Iterable[Amendment]) -> Iterator[Amendment]:
        """Yield the amendments that may be told, and the plan's own reasons for others."""
        found = [(each, self._told(each)) for each in amendments]
        given = {(each.given, each.why) for each, told in found if told}
        for each, told in found:
            if told:
                yield told
            elif each.given and (each.given, each.why) not in given:
                given.add((each.given, each.why))
                # What stands in the plan today is no secret of the past.
                day, about = each.given.day, each.given.about
                reason = Amendment(date=day, about=about, why=each.why, place=each.place)
                if self._may_tell(reason):
                    yield reason

    def original(self, original: tuple[Objective, ...] | None) -> tuple[Objective, ...] | None:
        """Return what was promised at first, as far as it may be told."""
        if original is None:
            return None
        return tuple(self._objective(o) for o in original if self._is_open(o))

    @property
    def _is_at_home(self) -> bool:
        """Tell whether the audience may read who else commits: not who looks in from outside."""
        return self.gate.may(self.gate.company.rules.default_visibility)

    def _told(self, amendment: Amendment) -> Amendment | None:
        """Return what may be told of an amendment; None where that is nothing."""
        if not self._may_tell(amendment):
            return None
        change = self._change(amendment.change) if amendment.change else None
        if amendment.change and change is None:
            return None
        by = self.seen.names((amendment.by,)) if amendment.by else ()
        author = amendment.author if self._is_at_home else ""
        return replace(amendment, change=change, by=by[0] if by else "", author=author)

    def _may_tell(self, amendment: Amendment) -> bool:
        about = amendment.about
        if amendment.visibility and not self.gate.may(amendment.visibility):
            return False
        return about is None or about in self.seen.whole_items or self._went(about, amendment)

    def _went(self, about: Reference, amendment: Amendment) -> bool:
        """Tell whether something is gone, and what it belonged to may be seen, or is gone too."""
        above = replace(about, key_result="")
        if not amendment.visibility or self.gate.knows(about):
            return False
        return above in self.seen.whole_items or not self.gate.knows(above)

    def _change(self, change: Change) -> Change | None:
        """Return a change that names nothing hidden; None where nothing is left of it."""
        if change.term is Term.SUPPORTS:
            keep = self._may_refer
        elif change.term is Term.OWNER:
            keep = self._may_name
        else:
            return change
        before, after = (_lines(value, keep) for value in (change.before, change.after))
        return None if before == after else replace(change, before=before, after=after)

    def _may_refer(self, name: str) -> bool:
        return any(str(ref) == name for ref in self.seen.items)

    def _may_name(self, name: str) -> bool:
        return bool(self.seen.names((name,)))

    def _is_open(self, item: Objective | KeyResult) -> bool:
        today = item.ref in self.seen.items or not self.gate.knows(item.ref)
        return today and self.gate.may(item.visibility)

    def _objective(self, objective: Objective) -> Objective:
        results = tuple(kr for kr in objective.key_results if self._is_open(kr))
        return replace(
            objective,
            key_results=tuple(replace(kr, owners=self.seen.names(kr.owners)) for kr in results),
            owners=self.seen.names(objective.owners),
            contributors=self.seen.names(objective.contributors),
            supports=tuple(map(self._link, objective.supports)),
            depends_on=tuple(map(self._link, objective.depends_on)),
            continues=self._link(objective.continues) if objective.continues else None,
        )

    def _link(self, link: Link) -> Link:
        return link if link.target in self.seen.items else Link(None, link.place)


def _lines(value: Value | None, keep: Callable[[str], bool]) -> Value | None:
    lines = [line for line in value.text.splitlines() if keep(line)] if value else []
    return Value("\n".join(lines)) if lines else None
