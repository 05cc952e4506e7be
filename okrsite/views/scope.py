"""A team, a person or nobody in particular → the part of the company that is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from okrsite.model import KeyResult, Objective, Person, Plan, Team
from okrsite.model.quick import quick_dataclass
from okrsite.views.context import Context
from okrsite.views.teams import walk_teams


@quick_dataclass(frozen=True, slots=True)
class Scope:
    """A part of a company: all of it, a team with those below it, or what is one person's."""

    plans: tuple[Plan, ...]
    """Those of current cycles."""
    teams: frozenset[str]
    """Whose check-in files and feedback belong to it."""
    person: str = ""
    """Whose it is; then of the plans only what this person answers for."""

    def owns(self, item: Objective | KeyResult) -> bool:
        """Tell whether an item is told of."""
        return not self.person or item.owners[:1] == (self.person,)

    def objectives(self) -> Iterator[Objective]:
        """Yield the objectives, each with those of its key results that are told of."""
        for plan in self.plans:
            for objective in (each for each in plan.objectives if not each.title_only):
                mine = tuple(kr for kr in objective.key_results if self.owns(kr))
                if mine or self.owns(objective):
                    yield replace(objective, key_results=mine)


def scope_of(context: Context, about: Team | Person | None) -> Scope:
    """Return the part of a company that a digest is about."""
    company = context.company
    plans = tuple(p for cycle in context.current for p in company.plans_in(cycle.id))
    if about is None:
        return Scope(plans, frozenset(team.id for team in company.teams))
    if isinstance(about, Team):
        inside = frozenset({about.id, *(team.id for team, _ in walk_teams(company, about))})
        return Scope(tuple(plan for plan in plans if plan.team in inside), inside)
    teams = frozenset(team.id for team in context.teams_of.get(about.id, ()))
    return Scope(plans, teams, about.id)
