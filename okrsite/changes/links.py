"""Two states of a company → which links between objectives were made and which were broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypedDict

from okrsite.changes.news import LinkNews, Tie
from okrsite.changes.same import renamed
from okrsite.history import is_committed, match_plans
from okrsite.model import Company, KeyResult, Link, Objective, Plan, Reference


@dataclass(frozen=True)
class Pairs:
    """Who is who in two states of a company."""

    before: Company
    after: Company
    hidden: frozenset[tuple[str, str]] = frozenset()
    """Owners and cycles, as they were, of plans whose files cannot be read in full any more."""

    def is_hidden(self, plan: Plan) -> bool:
        """Tell whether what is missing of an earlier plan may only be hidden by an error."""
        return (plan.owner, plan.cycle) in self.hidden

    @cached_property
    def owners(self) -> dict[str, str]:
        """Return what teams and people are called now, by what they were called."""
        return renamed(self.before, self.after)

    @cached_property
    def plans(self) -> tuple[tuple[Plan | None, Plan | None], ...]:
        """Return each plan of the later state with what it was, then those that went."""
        owners = self.owners
        old = {(owners.get(p.owner, p.owner), p.cycle): p for p in self.before.plans}
        new = {(plan.owner, plan.cycle): plan for plan in self.after.plans}
        return tuple((old.get(key), new.get(key)) for key in dict.fromkeys((*new, *old)))

    @cached_property
    def were(self) -> dict[Reference, Reference]:
        """Return what each item that was there before was called then, by what it is called."""
        pairs = (match_plans(old, new) for old, new in self.plans if old and new)
        return {now: was for found in pairs for now, was in found.items()}

    @cached_property
    def _now(self) -> dict[Reference, Reference]:
        return {was: now for now, was in self.were.items()}

    def now(self, ref: Reference) -> Reference:
        """Return what an item of the earlier state is called now, whether it is there or not."""
        return self._now.get(ref) or replace(ref, owner=self.owners.get(ref.owner, ref.owner))


class Linked(TypedDict):
    """The fields of `ItemNews` that tell of links."""

    links: tuple[LinkNews, ...]
    orphaned: bool
    deserted: bool


def compare_links(
    old: Objective | KeyResult | None, item: Objective | KeyResult, pairs: Pairs
) -> Linked:
    """Return which links of an item were made and broken, and whether it stands alone now."""
    links: tuple[LinkNews, ...] = ()
    orphaned = False
    if isinstance(item, Objective) and is_committed(item):
        was = old if isinstance(old, Objective) else None
        links = tuple(_links(was, item, pairs))
        orphaned = not item.supports and any(
            not link.made and link.kind is Tie.SUPPORTS for link in links
        )
    supporters = pairs.before.supporters(old.ref) if old else ()
    deserted = bool(supporters) and not pairs.after.supporters(item.ref)
    if any((each.ref.owner, each.ref.cycle) in pairs.hidden for each in supporters):
        deserted = False
    return {"links": links, "orphaned": orphaned, "deserted": deserted}


def _links(old: Objective | None, new: Objective, pairs: Pairs) -> Iterator[LinkNews]:
    for kind in Tie:
        before = [
            pairs.now(ref)
            for ref in _targets(getattr(old, kind, ()))
            if (ref.owner, ref.cycle) not in pairs.hidden
        ]
        after = list(_targets(getattr(new, kind)))
        for ref in after:
            if ref not in before:
                yield LinkNews(kind, ref, _title(pairs.after, ref), made=True)
        for ref in before:
            if ref not in after:
                gone = not _is_there(pairs.after, ref)
                title = _title(pairs.before if gone else pairs.after, ref)
                yield LinkNews(kind, ref, title, made=False, gone=gone)


def _targets(links: tuple[Link, ...]) -> Iterator[Reference]:
    return (link.target for link in links if link.target)


def _is_there(company: Company, ref: Reference) -> bool:
    if not ref.cycle:
        return _priority(company, ref) is not None
    return company.item(ref) is not None


def _title(company: Company, ref: Reference) -> str:
    item = company.item(ref)
    return item.title if item else _priority(company, ref) or str(ref)


def _priority(company: Company, ref: Reference) -> str | None:
    team = company.team(ref.owner)
    priorities = team.priorities if team else ()
    return next((each.title for each in priorities if each.id == ref.objective), None)
