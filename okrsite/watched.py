"""A gated company and its measures → the same, noting which parts are asked for.

A part has a digest, which changes when anything changes that the part can tell.
Rules, people, teams and cycles stand on every page, so that they are no parts: whoever keeps pages
keeps the digest of these with all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from okrsite.keep import digest, fingerprint
from okrsite.measure import Measures, Outcome, OwnerMeasure
from okrsite.measure.results import (
    CycleMeasure,
    KeyResultMeasure,
    Mean,
    ObjectiveMeasure,
    Standing,
    Statuses,
    WeekMeasure,
)
from okrsite.model import (
    BrokenFile,
    Company,
    Feedback,
    KeyResult,
    Objective,
    Plan,
    Reference,
    Status,
    Weekly,
)
from okrsite.watch import Part, Watch

Value = TypeVar("Value")


_SEPARATOR = "\x1f"
"""Stands in no name and in no digest."""
_SHORT = 200
"""Characters that are as well hashed later."""


def _text(part: str | bytes) -> str:
    return part if isinstance(part, str) else digest(part)


class _Noted(Generic[Value]):
    """A field whose reading is noted, as a part of its name."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: WatchedCompany, owner: type) -> Value:
        instance.watch.note(self._name)
        value: Value = instance.__dict__[self._name]
        return value

    def __set__(self, instance: WatchedCompany, value: Value) -> None:
        raise AttributeError(f"{self._name} cannot be set")


class WatchedCompany(Company):
    """A company that notes which of its plans and files are asked for."""

    plans = _Noted[tuple[Plan, ...]]()
    weeklies = _Noted[tuple[Weekly, ...]]()
    feedback = _Noted[tuple[Feedback, ...]]()
    broken = _Noted[tuple[BrokenFile, ...]]()

    def __init__(self, company: Company, watch: Watch) -> None:
        self.__dict__.update(vars(company), _inner=company, watch=watch)

    watch: Watch
    _inner: Company

    def plan(self, owner: str, cycle: str) -> Plan | None:
        """As `Company.plan`."""
        self.watch.note("plan", owner, cycle)
        return self._inner.plan(owner, cycle)

    def objective(self, ref: Reference) -> Objective | None:
        """As `Company.objective`."""
        self.watch.note("plan", ref.owner, ref.cycle)
        return self._inner.objective(ref)

    def key_result(self, ref: Reference) -> KeyResult | None:
        """As `Company.key_result`."""
        self.watch.note("plan", ref.owner, ref.cycle)
        return self._inner.key_result(ref)

    def item(self, ref: Reference) -> Objective | KeyResult | None:
        """As `Company.item`."""
        self.watch.note("plan", ref.owner, ref.cycle)
        return self._inner.item(ref)

    def plans_of(self, owner: str) -> tuple[Plan, ...]:
        """As `Company.plans_of`."""
        self.watch.note("plans_of", owner)
        return self._inner.plans_of(owner)

    def plans_in(self, cycle: str) -> tuple[Plan, ...]:
        """As `Company.plans_in`."""
        self.watch.note("plans_in", cycle)
        return self._inner.plans_in(cycle)

    def weeklies_of(self, owner: str) -> tuple[Weekly, ...]:
        """As `Company.weeklies_of`."""
        self.watch.note("weeklies_of", owner)
        return self._inner.weeklies_of(owner)

    def weeklies_asking(self, owner: str) -> tuple[Weekly, ...]:
        """As `Company.weeklies_asking`."""
        self.watch.note("weeklies_asking", owner)
        return self._inner.weeklies_asking(owner)

    def feedback_for(self, team: str) -> tuple[Feedback, ...]:
        """As `Company.feedback_for`."""
        self.watch.note("feedback_for", team)
        return self._inner.feedback_for(team)

    def owned_objectives(self, owner: str) -> tuple[Objective, ...]:
        """As `Company.owned_objectives`."""
        self.watch.note("owned_objectives", owner)
        return self._inner.owned_objectives(owner)

    def owned_key_results(self, owner: str) -> tuple[KeyResult, ...]:
        """As `Company.owned_key_results`."""
        self.watch.note("owned_key_results", owner)
        return self._inner.owned_key_results(owner)

    def contributed(self, name: str) -> tuple[Objective, ...]:
        """As `Company.contributed`."""
        self.watch.note("contributed", name)
        return self._inner.contributed(name)

    def supporters(self, ref: Reference) -> tuple[Objective, ...]:
        """As `Company.supporters`."""
        self.watch.note("supporters", ref.owner, ref.cycle, ref.objective, ref.key_result)
        return self._inner.supporters(ref)

    def dependants(self, ref: Reference) -> tuple[Objective, ...]:
        """As `Company.dependants`."""
        self.watch.note("dependants", ref.owner, ref.cycle, ref.objective, ref.key_result)
        return self._inner.dependants(ref)


class WatchedMeasures(Measures):
    """Measures that note which plans are asked for; worked out by those that they stand for."""

    def __init__(self, inner: Measures, watch: Watch) -> None:
        self._inner = inner
        self._watch = watch
        self.company = WatchedCompany(inner.company, watch)
        self.as_of = inner.as_of

    def key_result(self, ref: Reference) -> KeyResultMeasure:
        """As `Measures.key_result`."""
        self._watch.note("plan", ref.owner, ref.cycle)
        return self._inner.key_result(ref)

    def objective(self, ref: Reference) -> ObjectiveMeasure:
        """As `Measures.objective`."""
        self._watch.note("plan", ref.owner, ref.cycle)
        return self._inner.objective(ref)

    def on(self, day: date) -> Measures:
        """As `Measures.on`."""
        return WatchedMeasures(self._inner.on(day), self._watch)

    def standing(self, ref: Reference) -> Standing:
        """As `Measures.standing`."""
        self._watch.note("plan", ref.owner, ref.cycle)
        return self._inner.standing(ref)

    def plan_standing(self, owner: str, cycle: str) -> Standing | None:
        """As `Measures.plan_standing`."""
        self._watch.note("plan", owner, cycle)
        return self._inner.plan_standing(owner, cycle)

    def original(self, ref: Reference) -> ObjectiveMeasure | None:
        """As `Measures.original`."""
        self._watch.note("plan", ref.owner, ref.cycle)
        return self._inner.original(ref)

    def owner(self, owner: str, cycle: str) -> OwnerMeasure | None:
        """As `Measures.owner`."""
        self._watch.note("plan", owner, cycle)
        return self._inner.owner(owner, cycle)

    def outcome(self, owner: str, cycle: str) -> Outcome:
        """As `Measures.outcome`."""
        self._watch.note("plan", owner, cycle)
        return self._inner.outcome(owner, cycle)

    def counts(self, owner: str, cycle: str) -> Mapping[Status, int]:
        """As `Measures.counts`."""
        self._watch.note("plan", owner, cycle)
        return self._inner.counts(owner, cycle)

    def statuses(self, owner: str, cycle: str) -> Statuses:
        """As `Measures.statuses`."""
        self._watch.note("plan", owner, cycle)
        return self._inner.statuses(owner, cycle)

    def cycle(self, cycle: str) -> CycleMeasure:
        """As `Measures.cycle`."""
        self._watch.note("plans_in", cycle)
        return self._inner.cycle(cycle)

    def support_mean(self, ref: Reference) -> Mean:
        """As `Measures.support_mean`."""
        self._watch.note("plan", ref.owner, ref.cycle)
        objective = self._inner.company.objective(ref)
        for item in objective.items() if objective else ():
            of = item.ref
            self._watch.note("supporters", of.owner, of.cycle, of.objective, of.key_result)
        return self._inner.support_mean(ref)

    def weeks(self, owner: str, cycle: str) -> tuple[WeekMeasure, ...]:
        """As `Measures.weeks`."""
        self._watch.note("plan", owner, cycle)
        return self._inner.weeks(owner, cycle)

    def cycle_weeks(self, cycle: str) -> tuple[WeekMeasure, ...]:
        """As `Measures.cycle_weeks`."""
        self._watch.note("plans_in", cycle)
        return self._inner.cycle_weeks(cycle)


class Digests:
    """The digest of each part of a company; worked out when it is asked for."""

    def __init__(
        self,
        company: Company,
        plans: Mapping[tuple[str, str], str] = {},
        more: Mapping[str, Callable[..., Iterable[str | bytes]]] = {},
    ) -> None:
        """Take a company, and the digests of its plans as far as they are known.

        `more` names further kinds of parts, with what gives the parts of their digests.
        """
        self._more = more
        self._company = company
        self._known: dict[Part, str] = {}
        self._plans = dict(plans)

    def of(self, part: Part) -> str:
        """Return a text that changes when a part does: its name, and digests of what it holds."""
        known = self._known.get(part)
        if known is None:
            kind, *names = part
            held = _SEPARATOR.join(map(_text, self._kinds[kind](*names)))
            if len(held) > _SHORT:
                held = digest(held)
            known = self._known[part] = _SEPARATOR.join((*part, "", held))
        return known

    def of_all(self, parts: Iterable[Part]) -> str:
        """Return one digest of several parts, whatever their order."""
        known = self._known
        # Fifty thousand times for a thousand objectives, and nearly all are known.
        return digest("\n".join([known.get(part) or self.of(part) for part in sorted(parts)]))

    @cached_property
    def everywhere(self) -> str:
        """Return the digest of what is no part, as every page shows some of it."""
        company = self._company
        languages = sorted(company.languages.items())
        whole = (company.rules, company.as_of, company.audience, languages, company.history)
        lists = (company.teams, company.people, company.cycles)
        return digest(*map(fingerprint, (*whole, *lists)))

    @cached_property
    def _kinds(self) -> dict[str, Callable[..., Iterable[str | bytes]]]:
        company = self._company
        return {
            # Whoever was made of nothing else says so: what has no parts is always made again.
            "everywhere": list,
            "plans": lambda: self._of_plans(company.plans),
            "weeklies": lambda: [fingerprint(company.weeklies)],
            "feedback": lambda: [fingerprint(company.feedback)],
            "broken": lambda: [fingerprint(company.broken)],
            "plan": lambda owner, cycle: [self._of_plan(company.plan(owner, cycle))],
            "plans_of": lambda owner: self._of_plans(company.plans_of(owner)),
            "plans_in": lambda cycle: self._of_plans(company.plans_in(cycle)),
            "weeklies_of": lambda owner: [fingerprint(company.weeklies_of(owner))],
            "weeklies_asking": lambda owner: [fingerprint(company.weeklies_asking(owner))],
            "feedback_for": lambda team: [fingerprint(company.feedback_for(team))],
            "owned_objectives": lambda owner: self._of_items(company.owned_objectives(owner)),
            "owned_key_results": lambda owner: self._of_items(company.owned_key_results(owner)),
            "contributed": lambda name: self._of_items(company.contributed(name)),
            "supporters": lambda *ref: self._of_items(company.supporters(Reference(*ref))),
            "dependants": lambda *ref: self._of_items(company.dependants(Reference(*ref))),
            **self._more,
        }

    def _of_plan(self, plan: Plan | None) -> str:
        if plan is None:
            return ""
        key = plan.owner, plan.cycle
        if key not in self._plans:
            self._plans[key] = fingerprint(plan)
        return self._plans[key]

    def _of_plans(self, plans: Iterable[Plan]) -> Iterator[str]:
        return map(self._of_plan, plans)

    def _of_items(self, items: Iterable[Objective | KeyResult]) -> Iterator[str]:
        """Yield which items these are, and the digests of the plans that they stand in."""
        for item in items:
            yield str(item.ref)
            yield self._of_plan(self._company.plan(item.ref.owner, item.ref.cycle))
