"""The company: its people, teams, rules and plans, and answers to questions about itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from okrsite.model.basics import Cadence, Level, Place
from okrsite.model.cycle import Cycle, CycleState
from okrsite.model.okrs import Feedback, KeyResult, Objective, Plan, Reference, Weekly
from okrsite.model.quick import quick_dataclass

K = TypeVar("K")
T = TypeVar("T")


@quick_dataclass(frozen=True, slots=True)
class Person:
    """Somebody who owns, leads or writes something."""

    id: str
    name: str
    title: str = ""
    email: str = ""
    github: str = ""
    avatar: str = ""
    away: tuple[tuple[date, date], ...] = ()
    """First and last day, both inside."""
    left: date | None = None
    aka: tuple[str, ...] = ()
    listed: bool = True
    """False for a handle that only other files name."""
    place: Place | None = None

    def is_away(self, day: date) -> bool:
        """Tell whether the person is away on a day."""
        return any(first <= day <= last for first, last in self.away)


@quick_dataclass(frozen=True, slots=True)
class StandingPriority:
    """A team's priority that outlives cycles; objectives may support it."""

    id: str
    title: str


@quick_dataclass(frozen=True, slots=True)
class Team:
    """A team, a department or the company itself."""

    id: str
    title: str
    level: Level
    folder: str
    """Relative to the source folder; empty for the root."""
    parent: str = ""
    level_inferred: bool = True
    lead: str = ""
    champion: str = ""
    sponsor: str = ""
    members: tuple[str, ...] = ()
    vision: str = ""
    mission: str = ""
    priorities: tuple[StandingPriority, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    language: str = ""
    checkin_every: Cadence | None = None
    visibility: str = ""
    title_only: bool = False
    aka: tuple[str, ...] = ()
    prose: str = ""
    place: Place | None = None
    """Of its `team.md`; None where the folder has none."""


@quick_dataclass(frozen=True, slots=True)
class Rules:
    """The company-wide rules of `okrs.yml`, every default spelt out."""

    company: str = ""
    language: str = "en"
    timezone: str = "UTC"
    fiscal_year_start: int = 1
    roles: tuple[tuple[str, str], ...] = ()
    every: Cadence = Cadence.WEEK
    checkin_day: int = 0
    """0 is Monday."""
    sharing_day: int = 4
    grace_days: int = 3
    on_track: Decimal = Decimal(10)
    """Points behind that are still on track."""
    at_risk: Decimal = Decimal(25)
    quiet_start: Decimal = Decimal(10)
    """Percent of a cycle."""
    max_objectives: int = 5
    max_key_results: int = 4
    planning_days: int = 14
    audiences: tuple[str, ...] = ("public", "internal", "leadership")
    """Widest first."""
    default_visibility: str = "internal"
    cycles: tuple[Cycle, ...] = ()
    """Those that `okrs.yml` names itself."""
    severities: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()

    @property
    def own_cycles(self) -> frozenset[str]:
        """Return the ids of `cycles` in lower case, as names of files tell them apart."""
        return frozenset(cycle.id.lower() for cycle in self.cycles)

    def check_in_on(self, day: date) -> date:
        """Return the check-in day of the week that a day lies in: that day, or the last before."""
        return day - timedelta(days=(day.weekday() - self.checkin_day) % 7)


@quick_dataclass(frozen=True, slots=True)
class BrokenFile:
    """A file that could not be read in full, for the panel on its team's page."""

    team: str
    path: str
    problems: tuple[tuple[str, int, str], ...]
    """Code, line and message; line 0 and no message where the audience must not see content."""
    visibility: str = ""
    """The audience that may know of these problems."""


@dataclass(frozen=True)
class Company:
    """Everything that was read, looked up and, below the gate, what an audience may see."""

    rules: Rules
    as_of: date
    teams: tuple[Team, ...] = ()
    """The company first, then depth first by folder."""
    people: tuple[Person, ...] = ()
    """By name."""
    cycles: tuple[Cycle, ...] = ()
    """All that a plan or `okrs.yml` names, oldest start first, longer before shorter."""
    plans: tuple[Plan, ...] = ()
    weeklies: tuple[Weekly, ...] = ()
    """Oldest first."""
    feedback: tuple[Feedback, ...] = ()
    broken: tuple[BrokenFile, ...] = ()
    audience: str = ""
    """Empty before the gate."""
    languages: dict[str, str] = field(default_factory=dict)
    """Team id to the language that its people write in."""
    history: str = ""
    """Why git cannot tell what its plans were, such as ``shallow``; empty where it can."""

    @cached_property
    def _teams(self) -> dict[str, Team]:
        return {team.id: team for team in self.teams}

    @cached_property
    def _people(self) -> dict[str, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def _cycles(self) -> dict[str, Cycle]:
        return {cycle.id: cycle for cycle in self.cycles}

    @cached_property
    def _plans(self) -> dict[tuple[str, str], Plan]:
        return {(plan.owner, plan.cycle): plan for plan in self.plans}

    @cached_property
    def _plans_of(self) -> dict[str, tuple[Plan, ...]]:
        return _grouped((plan.owner, plan) for plan in self.plans)

    @cached_property
    def _plans_in(self) -> dict[str, tuple[Plan, ...]]:
        return _grouped((plan.cycle, plan) for plan in self.plans)

    @cached_property
    def _weeklies_of(self) -> dict[str, tuple[Weekly, ...]]:
        return _grouped((weekly.owner, weekly) for weekly in self.weeklies)

    @cached_property
    def _weeklies_asking(self) -> dict[str, tuple[Weekly, ...]]:
        return _grouped((ask.to, weekly) for weekly in self.weeklies for ask in weekly.asks)

    @cached_property
    def _feedback_for(self) -> dict[str, tuple[Feedback, ...]]:
        return _grouped((entry.team, entry) for entry in self.feedback)

    @cached_property
    def _owned_objectives(self) -> dict[str, tuple[Objective, ...]]:
        return _grouped((name, each) for each in self.objectives() for name in each.owners)

    @cached_property
    def _owned_key_results(self) -> dict[str, tuple[KeyResult, ...]]:
        results = (kr for objective in self.objectives() for kr in objective.key_results)
        return _grouped((name, kr) for kr in results for name in kr.owners)

    @cached_property
    def _contributed(self) -> dict[str, tuple[Objective, ...]]:
        return _grouped((name, each) for each in self.objectives() for name in each.contributors)

    @cached_property
    def _children(self) -> dict[str, tuple[Team, ...]]:
        return _grouped((team.parent, team) for team in self.teams)

    @cached_property
    def _objectives(self) -> dict[Reference, Objective]:
        return {objective.ref: objective for objective in self.objectives()}

    @cached_property
    def _key_results(self) -> dict[Reference, KeyResult]:
        return {kr.ref: kr for objective in self.objectives() for kr in objective.key_results}

    @cached_property
    def _supporters(self) -> dict[Reference, tuple[Objective, ...]]:
        return _linked_from(self, "supports")

    @cached_property
    def _dependants(self) -> dict[Reference, tuple[Objective, ...]]:
        return _linked_from(self, "depends_on")

    @property
    def name(self) -> str:
        """Return the company's name."""
        return self.rules.company or (self.teams[0].title if self.teams else "")

    def team(self, id: str) -> Team | None:
        """Return the team with an id, or None."""
        return self._teams.get(id)

    def person(self, id: str) -> Person | None:
        """Return the person with a handle, or None."""
        return self._people.get(id)

    def cycle(self, id: str) -> Cycle:
        """Return a cycle by its id; KeyError where no plan and no rule names it."""
        return self._cycles[id]

    def plan(self, owner: str, cycle: str) -> Plan | None:
        """Return an owner's plan for a cycle, or None."""
        return self._plans.get((owner, cycle))

    def objective(self, ref: Reference) -> Objective | None:
        """Return an objective by its full reference (a key result's finds its objective)."""
        return self._objectives.get(Reference(ref.owner, ref.cycle, ref.objective))

    def key_result(self, ref: Reference) -> KeyResult | None:
        """Return a key result by its full reference, or None."""
        return self._key_results.get(ref)

    def item(self, ref: Reference) -> Objective | KeyResult | None:
        """Return a key result by its full reference, or the objective that the reference names."""
        return self.key_result(ref) or self.objective(ref)

    def objectives(self) -> Iterator[Objective]:
        """Yield every objective, in the order of plans."""
        for plan in self.plans:
            yield from plan.objectives

    def plans_of(self, owner: str) -> tuple[Plan, ...]:
        """Return the plans of a team or person, oldest cycle first."""
        return self._plans_of.get(owner, ())

    def plans_in(self, cycle: str) -> tuple[Plan, ...]:
        """Return the plans for a cycle, in the order of teams."""
        return self._plans_in.get(cycle, ())

    def weeklies_of(self, owner: str) -> tuple[Weekly, ...]:
        """Return the check-in files of a team or person, oldest first."""
        return self._weeklies_of.get(owner, ())

    def weeklies_asking(self, owner: str) -> tuple[Weekly, ...]:
        """Return the check-in files that ask something of a team or person, once for each ask."""
        return self._weeklies_asking.get(owner, ())

    def feedback_for(self, team: str) -> tuple[Feedback, ...]:
        """Return what visitors said to a team."""
        return self._feedback_for.get(team, ())

    def owned_objectives(self, owner: str) -> tuple[Objective, ...]:
        """Return the objectives that a person or team owns."""
        return self._owned_objectives.get(owner, ())

    def owned_key_results(self, owner: str) -> tuple[KeyResult, ...]:
        """Return the key results that a person or team owns."""
        return self._owned_key_results.get(owner, ())

    def contributed(self, name: str) -> tuple[Objective, ...]:
        """Return the objectives that name a team or person as a contributor."""
        return self._contributed.get(name, ())

    def children(self, team: str) -> tuple[Team, ...]:
        """Return the teams right below a team."""
        return self._children.get(team, ())

    def ancestors(self, team: str) -> tuple[Team, ...]:
        """Return the teams above a team, the company first."""
        chain: list[Team] = []
        current = self.team(team)
        while current and current.parent and (current := self.team(current.parent)):
            chain.append(current)
        return tuple(reversed(chain))

    def supporters(self, ref: Reference) -> tuple[Objective, ...]:
        """Return the objectives that support exactly this objective, key result or priority."""
        return self._supporters.get(ref, ())

    def dependants(self, ref: Reference) -> tuple[Objective, ...]:
        """Return the objectives that depend on exactly this objective or key result."""
        return self._dependants.get(ref, ())

    def cycles_in(self, state: CycleState) -> tuple[Cycle, ...]:
        """Return the cycles in a state on the as-of date, the shortest first, then the oldest."""
        found = [cycle for cycle in self.cycles if cycle.state(self.as_of) is state]
        return tuple(sorted(found, key=lambda cycle: (cycle.days, cycle.start, cycle.id)))

    def current_cycles(self) -> tuple[Cycle, ...]:
        """Return the active cycles, shortest first; else the newest closed and next upcoming."""
        if active := self.cycles_in(CycleState.ACTIVE):
            return active
        closed = sorted(self.cycles_in(CycleState.CLOSED), key=lambda c: (c.end, -c.days))[-1:]
        upcoming = sorted(self.cycles_in(CycleState.UPCOMING), key=lambda c: (c.start, c.days))[:1]
        return (*closed, *upcoming)

    def cadence(self, plan: Plan) -> Cadence:
        """Return how often a plan's check-ins are due: plan, team, length of cycle, company."""
        team = self.team(plan.team)
        if plan.checkin_every:
            return Cadence(plan.checkin_every)
        if team and team.checkin_every:
            return team.checkin_every
        if plan.cycle and self.cycle(plan.cycle).days > 184:
            return Cadence.MONTH
        return self.rules.every


def _linked_from(company: Company, kind: str) -> dict[Reference, tuple[Objective, ...]]:
    return _grouped(
        (link.target, objective)
        for objective in company.objectives()
        for link in getattr(objective, kind)
        if link.target
    )


def _grouped(pairs: Iterable[tuple[K, T]]) -> dict[K, tuple[T, ...]]:
    groups: dict[K, list[T]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
