"""Places in files → the audience that may know of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath

from okrsite.model import Company, Place, Plan, Reference
from okrsite.model.quick import quick_dataclass
from okrsite.problems import Problem
from okrsite.resolve.desk import Desk
from okrsite.resolve.evidence import Evidence


@quick_dataclass(frozen=True, slots=True)
class _Span:
    first: int
    last: int
    audience: str


class Spans:
    """Which audience may know of which lines."""

    def __init__(
        self, company: Company, evidence: Evidence, folders: dict[str, str], desk: Desk
    ) -> None:
        self._audiences = desk.rules.audiences
        self._folders = folders
        self._teams = {team.id: team.visibility for team in company.teams}
        self._files = desk.audiences
        self._entered: list[tuple[Place, str]] = []
        """Not among the sorted yet."""
        self._sorted: dict[str, list[_Span]] = defaultdict(list)
        seen: dict[Reference | str | None, str] = {name: name for name in self._audiences}
        for plan in company.plans:
            self._enter_plan(plan, seen)
        narrowest = self._audiences[-1]
        self._entered += [(place, seen.get(what, narrowest)) for place, what in evidence.spans]

    def hide(self, places: Iterable[Place]) -> None:
        """Count places as the narrowest: they may have said who may see them."""
        for place in places:
            self._enter(place, self._audiences[-1])

    def audience_of(self, place: Place) -> str:
        """Return the audience of the innermost thing around a place; of several, the narrowest."""
        inside = [s for s in self._by_path().get(place.path, ()) if s.first <= place.line <= s.last]
        if inside:
            return min(inside, key=lambda s: (s.last - s.first, -self._rank(s.audience))).audience
        return self._files.get(place.path) or self._teams[self.team_of(place.path)]

    def rank_of(self, place: Place) -> int:
        """Return how few may know of a place: 0 for the widest audience."""
        return self._rank(self.audience_of(place))

    def audience_of_problem(self, problem: Problem) -> str:
        """Return the audience that may know of all places of a problem."""
        places = (problem.place, *(place for place, _ in problem.also))
        return self._audiences[max(self.rank_of(place) for place in places)]

    def widest(self, problems: Iterable[Problem]) -> Problem:
        """Return that of several problems which the most people may know of; else the first."""
        order = self._audiences.index
        return min(problems, key=lambda p: (order(self.audience_of_problem(p)), p.place, p.also))

    def team_of(self, path: str) -> str:
        """Return the team in whose folder a file lies."""
        for parent in PurePosixPath(path).parents:
            name = "" if str(parent) == "." else str(parent)
            if name in self._folders:
                return self._folders[name]
        return self._folders[""]

    def _rank(self, audience: str) -> int:
        return self._audiences.index(audience)

    def _enter_plan(self, plan: Plan, seen: dict[Reference | str | None, str]) -> None:
        for objective in plan.objectives:
            for item in objective.items():
                seen[item.ref] = item.visibility
                self._enter(item.place, item.visibility)

    def _enter(self, place: Place, audience: str) -> None:
        self._entered.append((place, audience))

    def _by_path(self) -> dict[str, list[_Span]]:
        """Return the spans of each file; most companies have no problem that asks for one."""
        for place, audience in self._entered:
            span = _Span(place.line, place.end_line, audience)
            self._sorted[place.path].append(span)
        self._entered.clear()
        return self._sorted
