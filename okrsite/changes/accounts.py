"""Two states of a company → what whoever changed it has to account for.

A commitment that changes after its planning days needs a reason in the plan; an id that vanishes
takes along what was said under it; and what more people will see than before is meant to be known.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from okrsite.changes.same import new_reasons, renamed, speaks_of
from okrsite.changes.wider import Wider
from okrsite.history import ItemChange, compare_plans, is_committed, match_plans, settled
from okrsite.model import Company, KeyResult, Objective, Person, Place, Plan, Reference, Team
from okrsite.model.change import Term
from okrsite.problems import Problem

Account = tuple[Problem, str]
"""What is to be accounted for, and the audience that may know of it."""
FirstDay = Callable[[Plan], date | None]
"""Tells on which day a plan was committed first; None where it never was, or nobody can tell."""


def ask_for_accounts(
    before: Company,
    after: Company,
    first_day: FirstDay,
    unreadable: Collection[str] = (),
) -> tuple[Account, ...]:
    """Return what a change has to account for, from two whole companies of one day.

    What is not found in a file among the `unreadable` may still stand in it.
    """
    asked = _Accounts(before, after, first_day, frozenset(unreadable))
    found = (*asked.of_plans(), *asked.of_owners(), *Wider(before, after).accounts())
    known = after.rules.audiences
    # An audience that is gone may know as little as possible.
    return tuple((each, name if name in known else known[-1]) for each, name in found)


@dataclass(frozen=True)
class _Accounts:
    before: Company
    after: Company
    first_day: FirstDay
    unreadable: frozenset[str]

    def of_plans(self) -> Iterator[Account]:
        owners = renamed(self.before, self.after)
        there = {team.id for team in self.after.teams} | {each.id for each in self.after.people}
        for old in self.before.plans:
            owner = owners.get(old.owner, old.owner)
            new = self.after.plan(owner, old.cycle)
            if new:
                yield from self._vanished(old, new)
                yield from self._unexplained(old, new)
            elif owner in there and old.place.path not in self.unreadable:
                yield from self._gone(old)

    def of_owners(self) -> Iterator[Account]:
        """Yield the teams and people whose ids are gone."""
        named: list[Team | Person] = [*self.after.teams, *self.after.people]
        known = {name for each in named for name in (each.id, *each.aka)}
        for team in self.before.teams:
            if team.id not in known:
                path = team.place.path if team.place else f"{team.folder}/team.md".lstrip("/")
                yield (
                    Problem(
                        "OKR-H003",
                        Place(path),
                        f"the team '{team.id}' is gone, and with it what links to it",
                        f"if it has another name now, write aka: [{team.id}] in its team.md",
                    ),
                    team.visibility,
                )
        for person in self.before.people:
            if person.listed and person.id not in known:
                yield (
                    Problem(
                        "OKR-H003",
                        Place(person.place.path if person.place else "people.yml"),
                        f"'{person.id}' is gone from the people",
                        f"keep who left, with left: DATE; if the handle is another now, "
                        f"write aka: [{person.id}]",
                    ),
                    self.after.rules.audiences[-1],
                )

    def _unexplained(self, old: Plan, new: Plan) -> Iterator[Account]:
        """Yield the changes that need a reason and have none."""
        cycle, today = self.after.cycle(new.cycle), self.after.as_of
        first = self.first_day(new)
        if (first and first > cycle.end) or settled(cycle, first or date.min) > today:
            return
        said = new_reasons(old, new)
        for item in compare_plans(old, new):
            terms = [change.term for change in item.unexplained]
            if terms and not any(speaks_of(reason, item.ref) for reason in said):
                yield self._without_reason(item, terms, new)

    def _without_reason(self, item: ItemChange, terms: list[Term], plan: Plan) -> Account:
        about = f"about: {_about(there)}, " if (there := _still_there(item)) else ""
        entry = f"{{date: {self.after.as_of}, {about}why: …}}"
        return (
            Problem(
                "OKR-H002",
                _place(item, plan),
                f"{_told(item, terms)} after the planning days, and the plan does not say why",
                f"add to the plan's amendments: {entry}",
            ),
            item.visibility(self._rank),
        )

    def _vanished(self, old: Plan, new: Plan) -> Iterator[Account]:
        """Yield the ids of a plan that lead nowhere any more."""
        now = {before: after for after, before in match_plans(old, new).items()}
        items = {item.ref: item for each in new.objectives for item in each.items()}
        for objective in old.objectives:
            for item in objective.items():
                ref = now.get(item.ref)
                if ref is None:
                    if objective.ref in now or item is objective:
                        yield from self._lost(item, new)
                elif _id(ref) != _id(item.ref) and _id(item.ref) not in items[ref].aka:
                    yield _renamed(item, items[ref])

    def _lost(self, item: Objective | KeyResult, plan: Plan) -> Iterator[Account]:
        """Yield an item that went with what was said about it."""
        results = item.key_results if isinstance(item, Objective) else ()
        count = len(item.check_ins) + sum(len(kr.check_ins) for kr in results)
        if not count or plan.place.path in self.unreadable or not is_committed(item):
            return
        yield (
            Problem(
                "OKR-H003",
                Place(plan.place.path),
                f"'{_about(item.ref)}' is gone, and with it {_check_ins(count)}",
                "keep it, with state: cancelled and cancelled_because: …",
            ),
            item.visibility,
        )

    def _gone(self, plan: Plan) -> Iterator[Account]:
        items = [item for objective in plan.objectives for item in objective.items()]
        count = sum(len(item.check_ins) for item in items)
        if count:
            yield (
                Problem(
                    "OKR-H003",
                    Place(plan.place.path),
                    f"the plan of '{plan.owner}' for {plan.cycle} is gone, "
                    f"and with it {_check_ins(count)}",
                    "keep it: older plans are the archive; cancel what is not pursued",
                ),
                max((plan.visibility, *(i.visibility for i in items)), key=self._rank),
            )

    def _rank(self, audience: str) -> int:
        order = self.after.rules.audiences
        return order.index(audience) if audience in order else len(order)


def _renamed(old: Objective | KeyResult, new: Objective | KeyResult) -> Account:
    was, now = _id(old.ref), _id(new.ref)
    return (
        Problem(
            "OKR-H003",
            new.place,
            f"'{was}' is '{now}' now, and what names '{was}' leads nowhere",
            f"write id: {was}, or, if the new id is meant, aka: [{was}]",
        ),
        new.visibility,
    )


_WORDS = {Term.DUE: "due date", Term.BOUND: "direction"}


def _told(item: ItemChange, terms: list[Term]) -> str:
    name = f"'{_about(item.ref)}'"
    if Term.ADDED in terms:
        return f"{name} was added"
    if Term.REMOVED in terms:
        return f"{name} was removed"
    return f"the {' and the '.join(_WORDS.get(term, term) for term in terms)} of {name} changed"


def _place(item: ItemChange, plan: Plan) -> Place:
    if item.after:
        return item.after.place
    above = (each for each in plan.objectives if each.ref.objective == item.ref.objective)
    return next((each.place for each in above), Place(plan.place.path))


def _still_there(item: ItemChange) -> Reference | None:
    """Return what an entry about a change can name: the item, or what it was a part of."""
    if item.after:
        return item.ref
    return replace(item.ref, key_result="") if item.ref.key_result else None


def _about(ref: Reference) -> str:
    return "/".join(filter(None, (ref.objective, ref.key_result)))


def _id(ref: Reference) -> str:
    return ref.key_result or ref.objective


def _check_ins(count: int) -> str:
    return "1 check-in" if count == 1 else f"{count} check-ins"
