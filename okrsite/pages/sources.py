"""What a page shows → the files that it was made from, so that only what changed is drawn again."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from okrsite.model import Company, Objective, Plan, Reference

_EVERYWHERE = ("okrs.yml", "people.yml")
"""Rules and names, which every page depends on."""


class Sources:
    """Knows, for one company, which files stand behind whom."""

    def __init__(self, company: Company) -> None:
        self._company = company

    @cached_property
    def all(self) -> tuple[str, ...]:
        """Return every file of the company."""
        company = self._company
        broken = {file.path for file in company.broken}
        return _sorted({*broken, *_EVERYWHERE, *self._teams, *self._everyone()})

    def of_team(self, team: str) -> tuple[str, ...]:
        """Return a team's own files, and those of what its objectives are tied to."""
        company = self._company
        plans = company.plans_of(team)
        objectives = [o for plan in plans for o in plan.objectives]
        family = (team, *(child.id for child in company.children(team)))
        paths = {path for id in family for path in self._owners.get(id, ())}
        paths |= {file.path for file in company.broken if file.team == team}
        return _sorted({*paths, *_EVERYWHERE, *self._teams, *self._tied(objectives)})

    def of_plan(self, plan: Plan) -> tuple[str, ...]:
        """Return a plan's own files and those of what its objectives are tied to."""
        own = self._owners.get(plan.owner, ())
        return _sorted({*own, *_EVERYWHERE, *self._teams, *self._tied(plan.objectives)})

    def of_objective(self, objective: Objective) -> tuple[str, ...]:
        """Return an objective's own files and those of what it is tied to."""
        own = self._plans.get((objective.ref.owner, objective.ref.cycle), ())
        feedback = self._feedback.get(objective.team, ())
        tied = self._tied([objective])
        return _sorted({*own, *feedback, *_EVERYWHERE, *self._teams, *tied})

    def of_person(self, person: str, objectives: Iterable[Objective]) -> tuple[str, ...]:
        """Return the files of a person and of what they own."""
        owned = list(objectives)
        plans = {path for o in owned for path in self._plans[o.ref.owner, o.ref.cycle]}
        own = self._owners.get(person, ())
        return _sorted({*own, *plans, *_EVERYWHERE, *self._teams, *self._tied(owned)})

    @cached_property
    def _teams(self) -> frozenset[str]:
        """Every `team.md`: names and departments stand on all pages."""
        return frozenset(team.place.path for team in self._company.teams if team.place)

    @cached_property
    def _plans(self) -> dict[tuple[str, str], frozenset[str]]:
        return {(p.owner, p.cycle): frozenset(_files(p)) for p in self._company.plans}

    @cached_property
    def _feedback(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for feedback in self._company.feedback:
            found.setdefault(feedback.team, set()).add(feedback.place.path)
        return found

    @cached_property
    def _owners(self) -> dict[str, set[str]]:
        found = {team: set(paths) for team, paths in self._feedback.items()}
        for (owner, _), paths in self._plans.items():
            found.setdefault(owner, set()).update(paths)
        for weekly in self._company.weeklies:
            found.setdefault(weekly.owner, set()).add(weekly.place.path)
            for ask in weekly.asks:
                found.setdefault(ask.to, set()).add(weekly.place.path)
        return found

    def _everyone(self) -> set[str]:
        return {path for paths in self._owners.values() for path in paths}

    def _tied(self, objectives: Iterable[Objective]) -> set[str]:
        company = self._company
        refs: set[Reference] = set()
        for objective in objectives:
            links = (*objective.supports, *objective.depends_on, objective.continues)
            refs |= {link.target for link in links if link and link.target}
            for ref in (objective.ref, *(kr.ref for kr in objective.key_results)):
                tied = (*company.supporters(ref), *company.dependants(ref))
                refs |= {other.ref for other in tied}
        keys = {(ref.owner, ref.cycle) for ref in refs}
        return {path for key in keys for path in self._plans.get(key, ())}


def _files(plan: Plan) -> set[str]:
    paths = {plan.place.path}
    for objective in plan.objectives:
        paths |= {check_in.place.path for check_in in objective.check_ins}
        for key_result in objective.key_results:
            paths |= {check_in.place.path for check_in in key_result.check_ins}
    return paths


def _sorted(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(paths))
