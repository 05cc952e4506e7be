"""Two states of a company → what more people see of the later one than of the earlier one.

Asked of the gate itself, once for each audience, so that it knows of every way there is: a word in
a file, a wider default, another list of audiences, a folder that moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from okrsite.audience import see_company
from okrsite.changes.same import renamed
from okrsite.history import match_plans
from okrsite.model import Company, Place, Team
from okrsite.model.quick import quick_dataclass
from okrsite.problems import Problem

Key = tuple[str, ...]
"""A thing that can be seen by itself: kind, and how it is found."""


@quick_dataclass(frozen=True, slots=True)
class _Thing:
    """What can be seen by itself."""

    name: str
    place: Place
    around: Key
    """What it lies in."""


@dataclass(frozen=True)
class Wider:
    """Compares what audiences see of two states."""

    before: Company
    after: Company

    def accounts(self) -> Iterator[tuple[Problem, str]]:
        """Yield each thing that an audience sees now and did not, and who may know of that.

        What lies in another such thing is counted with it.
        """
        told: set[Key] = set()
        order = self.after.rules.audiences
        for audience in order[:-1]:
            seen = self._seen_before(audience)
            gained = {
                key: thing
                for key, thing in _things(see_company(self.after, audience)).items()
                if key in self._known and key not in seen and key not in told
            }
            told.update(gained)
            for key, thing in gained.items():
                if not _outer(thing, gained):
                    inner = sum(
                        key in _around(other, gained) for other in gained.values() if other.name
                    )
                    yield self._account(thing, inner, audience)

    def _account(self, thing: _Thing, inner: int, audience: str) -> tuple[Problem, str]:
        more = (
            ""
            if not inner
            else " and 1 thing in it"
            if inner == 1
            else f" and {inner} things in it"
        )
        problem = Problem(
            "OKR-V005",
            thing.place,
            f"'{audience}' will see {thing.name}{more}, which it could not see before",
            "leave it so if that is meant; otherwise give it its former visibility: back",
        )
        # Whoever could not see it may not learn that it was hidden.
        return problem, self.after.rules.audiences[-1]

    def _seen_before(self, audience: str) -> frozenset[Key]:
        """Return what an audience saw; of a new one, what the next wider one did."""
        order = self.after.rules.audiences
        wider = reversed(order[: order.index(audience) + 1])
        name = next((each for each in wider if each in self.before.rules.audiences), "")
        seen = _things(see_company(self.before, name)) if name else ()
        return frozenset(self._now[key] for key in seen if key in self._now)

    @cached_property
    def _now(self) -> Mapping[Key, Key]:
        """How each thing of the earlier state is found in the later one."""
        owners = renamed(self.before, self.after)
        found = {key: _renamed(key, owners) for key in _things(self.before)}
        for plan in self.before.plans:
            new = self.after.plan(owners.get(plan.owner, plan.owner), plan.cycle)
            for after, before in match_plans(plan, new).items() if new else ():
                for kind in ("item", "title"):
                    found[_item(kind, before)] = _item(kind, after)
        found.update(self._moved(found))
        return found

    def _moved(self, found: Mapping[Key, Key]) -> Iterator[tuple[Key, Key]]:
        """Yield what went from where it was as the same came elsewhere, by its words."""
        known = set(found.values())
        came = {thing.name: key for key, thing in self._there.items() if key not in known}
        for key, thing in _things(self.before).items():
            if thing.name in came and found[key] not in self._there and thing.name:
                yield key, came[thing.name]

    @cached_property
    def _there(self) -> Mapping[Key, _Thing]:
        return _things(self.after)

    @cached_property
    def _known(self) -> frozenset[Key]:
        """What was there before, whoever saw it."""
        return frozenset(self._now.values())


def _things(company: Company) -> dict[Key, _Thing]:
    """Return everything of a company that can be seen by itself."""
    found: dict[Key, _Thing] = {}
    for team in company.teams:
        above: Key = ("team", team.parent) if team.parent else ()
        title: Key = ("team title", team.id)
        found[title] = _Thing(f"the title of team '{team.title}'", _place_of(team), above)
        if not team.title_only:
            found["team", team.id] = _Thing(f"team '{team.title}'", _place_of(team), above)
            found[title] = _Thing("", _place_of(team), ("team", team.id))
    for plan in company.plans:
        own: Key = ("plan", plan.owner, plan.cycle)
        if not plan.title_only:
            name = f"the plan of '{plan.owner}' for {plan.cycle}"
            found[own] = _Thing(name, Place(plan.place.path), ("team", plan.team))
        for objective in plan.objectives:
            whole, title = (_item(kind, objective.ref) for kind in ("item", "title"))
            found[title] = _Thing(
                f"the title of objective '{objective.title}'", objective.place, own
            )
            if not objective.title_only:
                found[whole] = _Thing(f"objective '{objective.title}'", objective.place, own)
                found[title] = _Thing("", objective.place, whole)
            for kr in objective.key_results:
                found[_item("item", kr.ref)] = _Thing(f"key result '{kr.title}'", kr.place, whole)
    return found


def _place_of(team: Team) -> Place:
    return team.place or Place(f"{team.folder}/team.md".lstrip("/"))


def _item(kind: str, ref: object) -> Key:
    return kind, str(ref)


def _renamed(key: Key, owners: Mapping[str, str]) -> Key:
    kind, name, *rest = key
    return kind, owners.get(name, name), *rest


def _outer(thing: _Thing, gained: Mapping[Key, _Thing]) -> bool:
    """Tell whether a thing lies in another of some things."""
    return bool(_around(thing, gained))


def _around(thing: _Thing, gained: Mapping[Key, _Thing]) -> Iterable[Key]:
    """Yield the things among some that a thing lies in, from the inside out."""
    found: list[Key] = []
    while thing.around in gained and thing.around not in found:
        found.append(thing.around)
        thing = gained[thing.around]
    return found
