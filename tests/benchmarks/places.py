"""okrsite's own site → the list of pages that every peer has to make too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from .company import CYCLE, Company

MOST_ROWS = 200
"""As okrsite's, a peer's list is split by department past so many rows."""

_LONG = ("", ".", "teams", "alignment", "cycles")
"""Lists that name every team as long as there are not too many."""


@dataclass(frozen=True)
class Place:
    """A page to make: where, of which kind, and about whom."""

    url: str
    """Without a leading slash: `teams/billing/`; empty for the home page."""
    kind: str
    """team | plan | objective | person | list."""
    title: str
    team: str = ""
    item: str = ""
    """An objective's id or a person's handle."""
    rows: tuple[str, ...] = ()
    """The teams or people that a list shows."""
    people: bool = False

    @property
    def is_in_nav(self) -> bool:
        """Whether every page links it: the home page and whole lists, but no department's part."""
        return self.kind == "list" and self.url.count("/") <= 1


def find_places(site: Path, company: Company) -> list[Place]:
    """Return what pages a built site has, but for its 404.html, which every generator makes."""
    teams = {team.id: team.title for team in company.teams}
    return [
        _place(file.parent.relative_to(site).as_posix(), teams, company)
        for file in sorted(site.rglob("*.html"))
        if file.name == "index.html"
    ]


def _place(path: str, teams: dict[str, str], company: Company) -> Place:
    url = "" if path == "." else f"{path}/"
    match path.split("/"):
        case ["teams", team] if team in teams:
            return Place(url, "team", teams[team], team)
        case ["teams", team, cycle] if team in teams and cycle == CYCLE:
            return Place(url, "plan", f"{teams[team]}, {CYCLE}", team)
        case ["teams", team, cycle, objective] if team in teams and cycle == CYCLE:
            return Place(url, "objective", objective, team, objective)
        case ["people", handle] if handle in company.people:
            return Place(url, "person", handle, item=handle)
        case parts:
            return _list(url, parts, teams, company)


def _list(url: str, parts: list[str], teams: dict[str, str], company: Company) -> Place:
    title = re.sub(r"[-/]+", " ", url).strip().capitalize() or "Home"
    people = parts[0] == "people"
    about = next((part for part in parts if part in teams), None)
    rows = _people(company) if people else _teams(about, parts[0], company)
    return Place(url, "list", title, rows=rows, people=people)


def _people(company: Company) -> tuple[str, ...]:
    return tuple(company.people)[:MOST_ROWS]


def _teams(about: str | None, first: str, company: Company) -> tuple[str, ...]:
    """Return what teams a list shows: a team's own, all, or where they are too many the top."""
    top = about or company.teams[0].id
    near = [team for team in company.teams if top in (team.id, team.parent and team.parent.id)]
    is_short = first not in _LONG or len(company.teams) > MOST_ROWS
    return tuple(team.id for team in (near if about or is_short else company.teams))
