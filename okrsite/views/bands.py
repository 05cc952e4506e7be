"""The teams of a page of the alignment → the bands of its map, one a department."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from okrsite import urls
from okrsite.charts.layered import Band
from okrsite.model import Level, Reference, Team
from okrsite.views.context import Context
from okrsite.views.split import Part

PEOPLE = 99
"""The level of people, to the right of all teams."""
ELSEWHERE = "-elsewhere"
"""The band of what is at home on another page; no team's id begins with a mark."""
_COMPANY, _REST = "", "-rest"


class Bands:
    """The company's own band, one for each department below the page's team, and one for others."""

    def __init__(self, context: Context, part: Part[Reference]) -> None:
        self._context, self._part = context, part

    def place(self, team: Team | None) -> tuple[str, int]:
        """Return the band that a team is in, and how far below the band's head it is."""
        if team is None:
            return _REST, 1
        if team.level is Level.COMPANY:
            return _COMPANY, 0
        above = self._way(team)
        if not above:
            return ELSEWHERE, 1
        return self._band(above[-1]), len(above) - 1

    def _way(self, team: Team) -> list[Team]:
        """Return a team and those above it, up to the page's own; nothing where that is not one."""
        found = [team]
        while found[-1] is not self._part.team:
            parent = self._context.company.team(found[-1].parent or "")
            if parent is None or parent in found or parent.level is Level.COMPANY:
                break
            found.append(parent)
        if self._part.team is None:
            return found
        if found[-1] is not self._part.team:
            return []
        # The page's team has a band of its own, for all below it that are no department.
        return found[:-1] if len(found) > 1 and self._is_head(found[-2]) else found

    def _band(self, head: Team) -> str:
        if head is self._part.team or self._is_head(head):
            return head.id
        return _REST

    def _is_head(self, team: Team) -> bool:
        """Tell whether a team has a band of its own: on an index, departments stand in one."""
        return bool(self._context.company.children(team.id)) and team.id not in self._indexed

    @cached_property
    def _indexed(self) -> frozenset[str]:
        return frozenset(part.team.id for part in self._part.parts if part.team)

    def named(self, used: Iterable[str]) -> Iterator[Band]:
        """Yield the bands that are used, in the order of the map."""
        company, say = self._context.company, self._context.words.gettext
        below = say("Departments") if self._indexed else say("Teams")
        levels = ((3, below), (PEOPLE, say("People")))
        titles = {
            _COMPANY: company.name or say("Company"),
            _REST: say("Departments") if self._indexed else say("Teams without a department"),
            ELSEWHERE: say("Other departments"),
        }
        places = {_COMPANY: 0, _REST: 2, ELSEWHERE: 3}
        for id in sorted(dict.fromkeys(used), key=lambda band: places.get(band, 1)):
            team = company.team(id)
            title, url = (team.title, urls.team_url(id)) if team else (titles[id], "")
            yield Band(id, title, url, levels)
