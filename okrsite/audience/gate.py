"""The gate: what an audience may not see is left out here, before anything is measured.

Afterwards nothing tells that it ever was: references to it have no name, people who only it
names are gone, and so are cycles that only it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from okrsite.audience.past import PastGate
from okrsite.model import (
    Ask,
    BrokenFile,
    Company,
    Feedback,
    Initiative,
    KeyResult,
    Level,
    Link,
    Objective,
    Person,
    Plan,
    Reference,
    Rules,
    Team,
    Weekly,
)
from okrsite.model.quick import quick_dataclass


def may_see(rules: Rules, audience: str, visibility: str) -> bool:
    """Tell whether an audience may see what is meant for another; KeyError-free for known ones.

    Raises ValueError where either is no audience of the company.
    """
    return rules.audiences.index(visibility) <= rules.audiences.index(audience)


def see_company(company: Company, audience: str) -> Company:
    """Return what an audience may see of a company."""
    gate = _Gate(company, audience)
    plans = tuple(plan for plan in map(gate.plan, company.plans) if plan)
    teams = gate.teams(plans)
    seen = _Seen.of(plans, teams, company)
    plans = tuple(_linked(plan, gate, seen) for plan in plans)
    cycles = {plan.cycle for plan in plans} | {cycle.id for cycle in company.rules.cycles}
    weeklies = tuple(weekly for each in company.weeklies if (weekly := _weekly(each, seen)))
    feedback = tuple(entry for entry in company.feedback if _may_show(entry, seen))
    return replace(
        company,
        teams=teams,
        people=_people(company, plans, teams, weeklies, feedback),
        cycles=tuple(cycle for cycle in company.cycles if cycle.id in cycles),
        plans=plans,
        weeklies=weeklies,
        feedback=feedback,
        broken=gate.broken(company.broken, seen),
        audience=audience,
        languages={id: name for id, name in company.languages.items() if id in seen.whole},
    )


def see_weeklies(company: Company, weeklies: Iterable[Weekly]) -> tuple[Weekly, ...]:
    """Return what may be seen of check-in files by whom a company was already gated for."""
    seen = _Seen.of(company.plans, company.teams, company)
    return tuple(weekly for each in weeklies if (weekly := _weekly(each, seen)))


@dataclass(frozen=True)
class _Gate:
    company: Company
    audience: str

    def may(self, visibility: str) -> bool:
        return may_see(self.company.rules, self.audience, visibility)

    def knows(self, ref: Reference) -> bool:
        """Tell whether an item is there today, whoever may see it."""
        objective = self.company.objective(ref)
        if objective is None or not ref.key_result:
            return objective is not None
        return self.company.key_result(ref) is not None

    def plan(self, plan: Plan) -> Plan | None:
        """Return what may be seen of a plan, or None where that is nothing."""
        objectives = tuple(o for o in map(self.objective, plan.objectives) if o)
        if self.may(plan.visibility):
            return replace(plan, objectives=objectives)
        if not objectives:
            return None
        return Plan(
            owner=plan.owner,
            team=plan.team,
            cycle=plan.cycle,
            place=plan.place,
            objectives=objectives,
            title_only=True,
        )

    def objective(self, objective: Objective) -> Objective | None:
        """Return what may be seen of an objective, or None where that is nothing."""
        results = tuple(kr for kr in objective.key_results if self.may(kr.visibility))
        if self.may(objective.visibility):
            return replace(objective, key_results=results)
        if not results:
            return None
        return Objective(
            ref=objective.ref,
            title=objective.title,
            place=objective.place,
            team=objective.team,
            key_results=tuple(_without_owner(kr, objective) for kr in results),
            title_only=True,
        )

    def teams(self, plans: tuple[Plan, ...]) -> tuple[Team, ...]:
        """Return the teams that may be seen, and those above or around something that may."""
        needed = {plan.team for plan in plans}
        kept: dict[str, Team] = {}
        # Teams stand after their parents, so that from behind all below is known.
        for team in reversed(self.company.teams):
            if self.may(team.visibility):
                kept[team.id] = team
            elif team.id in needed:
                kept[team.id] = _title_of(team)
            if team.id in kept and team.parent:
                needed.add(team.parent)
        departments = {team.parent for team in kept.values()}
        root = self.company.teams[:1]
        shown = [t for t in self.company.teams if t.id in kept or t in root]
        return tuple(_levelled(kept.get(team.id, _title_of(team)), departments) for team in shown)

    def broken(self, files: Iterable[BrokenFile], seen: _Seen) -> tuple[BrokenFile, ...]:
        """Return the broken files of teams that may be seen.

        Messages quote content, and lines tell how much stands above them, hidden things included.
        """
        is_narrowest = self.audience == self.company.rules.audiences[-1]
        found: dict[str, BrokenFile] = {}
        for file in files:
            if file.team not in seen.whole or not self.may(file.visibility):
                continue
            before = found[file.path].problems if file.path in found else ()
            merged = tuple(sorted((*before, *file.problems), key=lambda p: (p[1], p[0])))
            found[file.path] = replace(file, problems=merged, visibility="")
        if is_narrowest:
            return tuple(found.values())
        return tuple(
            replace(file, problems=tuple((code, 0, "") for code, _, _ in file.problems))
            for file in found.values()
        )


@quick_dataclass(frozen=True, slots=True)
class _Seen:
    """What is still there after the gate."""

    items: frozenset[Reference]
    whole_items: frozenset[Reference]
    """Those of which more than the title may be seen."""
    teams: frozenset[str]
    whole: frozenset[str]
    """Teams of which more than the title may be seen."""
    whole_plans: frozenset[tuple[str, str]]
    people: frozenset[str]

    @classmethod
    def of(cls, plans: tuple[Plan, ...], teams: tuple[Team, ...], company: Company) -> _Seen:
        objectives = [objective for plan in plans for objective in plan.objectives]
        results = {kr.ref for objective in objectives for kr in objective.key_results}
        whole_teams = [team for team in teams if not team.title_only]
        standing = {Reference(t.id, "", p.id) for t in whole_teams for p in t.priorities}
        whole = {objective.ref for objective in objectives if not objective.title_only}
        return cls(
            frozenset({objective.ref for objective in objectives} | results | standing),
            frozenset(whole | results | standing),
            frozenset(team.id for team in teams),
            frozenset(team.id for team in whole_teams),
            frozenset((plan.owner, plan.cycle) for plan in plans if not plan.title_only),
            frozenset(person.id for person in company.people),
        )

    def names(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the people and teams among some names that may be named."""
        return tuple(name for name in names if name in self.people or name in self.teams)


def _linked(plan: Plan, gate: _Gate, seen: _Seen) -> Plan:
    """Return a plan in which nothing names what was left out."""
    past = PastGate(gate, seen)
    return replace(
        plan,
        objectives=tuple(_objective(objective, seen) for objective in plan.objectives),
        amendments=tuple(past.amendments(plan.amendments)),
        corrections=tuple(past.amendments(plan.corrections)),
        original=past.original(plan.original),
    )


def _objective(objective: Objective, seen: _Seen) -> Objective:
    return replace(
        objective,
        owners=seen.names(objective.owners),
        contributors=seen.names(objective.contributors),
        supports=tuple(_link(link, seen) for link in objective.supports),
        depends_on=tuple(_link(link, seen) for link in objective.depends_on),
        continues=_link(objective.continues, seen) if objective.continues else None,
        initiatives=_initiatives(objective.initiatives, seen),
        key_results=tuple(
            replace(
                kr,
                owners=seen.names(kr.owners),
                initiatives=_initiatives(kr.initiatives, seen),
            )
            for kr in objective.key_results
        ),
    )


def _link(link: Link, seen: _Seen) -> Link:
    return link if link.target in seen.items else Link(None, link.place)


def _initiatives(initiatives: tuple[Initiative, ...], seen: _Seen) -> tuple[Initiative, ...]:
    return tuple(
        i if not i.owner or seen.names((i.owner,)) else replace(i, owner="") for i in initiatives
    )


def _weekly(weekly: Weekly, seen: _Seen) -> Weekly | None:
    """Return what may be seen of a week; None where all plans that it speaks of are hidden."""
    cycles = tuple(
        cycle
        for cycle in weekly.cycles
        if {(weekly.owner, cycle), (weekly.team, cycle)} & seen.whole_plans
    )
    if weekly.team not in seen.whole or (weekly.cycles and not cycles):
        return None
    return replace(
        weekly,
        cycles=cycles,
        asks=tuple(
            ask if not ask.to or seen.names((ask.to,)) else Ask(ask.text, by=ask.by)
            for ask in weekly.asks
        ),
    )


def _may_show(entry: Feedback, seen: _Seen) -> bool:
    return entry.team in seen.whole and (entry.about is None or entry.about in seen.whole_items)


def _without_owner(kr: KeyResult, objective: Objective) -> KeyResult:
    """Take an owner away who is only the hidden objective's."""
    return replace(kr, owners=()) if kr.owner_inferred and objective.owners else kr


def _title_of(team: Team) -> Team:
    """Return a team of which only the title may be seen."""
    return Team(
        id=team.id,
        title=team.title,
        level=team.level,
        level_inferred=team.level_inferred,
        folder=team.folder,
        parent=team.parent,
        title_only=True,
    )


def _levelled(team: Team, departments: set[str]) -> Team:
    """Return a team whose level does not tell of hidden teams below it."""
    if team.level is Level.DEPARTMENT and team.level_inferred and team.id not in departments:
        return replace(team, level=Level.TEAM)
    return team


def _people(
    company: Company,
    plans: tuple[Plan, ...],
    teams: tuple[Team, ...],
    weeklies: tuple[Weekly, ...],
    feedback: tuple[Feedback, ...],
) -> tuple[Person, ...]:
    """Return the people of the directory, and those whom something visible names."""
    named = {who for _, who in company.rules.roles}
    named.update(_of_plans(plans))
    for team in teams:
        named.update((team.lead, team.champion, team.sponsor, *team.members))
    for weekly in weeklies:
        named.update((weekly.by, weekly.owner, *(ask.to for ask in weekly.asks)))
    named.update(entry.by for entry in feedback)
    return tuple(person for person in company.people if person.listed or person.id in named)


def _of_plans(plans: Iterable[Plan]) -> Iterable[str]:
    for plan in plans:
        yield plan.owner
        changes = (*plan.amendments, *plan.corrections)
        yield from (amendment.by for amendment in changes if amendment.by)
        for objective in plan.objectives:
            yield from (*objective.owners, *objective.contributors, *objective.votes)
            for item in objective.items():
                yield from item.owners
                yield from (check_in.by for check_in in item.check_ins)
                yield from (initiative.owner for initiative in item.initiatives)
