"""Rows that belong to teams → the pages of a list: one while they are few, else by department.

A department whose rows are still too many is split at the departments below it, and what hangs in
no department is cut into stretches. No row is lost: each stands on a page that links lead to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from okrsite.model import Company, Level, Team
from okrsite.urls import stretch_path

MOST_ROWS = 200
"""Rows that one page of a list holds."""

T = TypeVar("T")


@dataclass(frozen=True)
class Part(Generic[T]):
    """One page of a list: what stands on it, and what has pages of its own."""

    path: str
    """What follows the list's own address: nothing, ``engineering/`` or ``engineering/-2/``."""
    team: Team | None
    """The department whose part it is; None for the whole company."""
    stretch: int
    """Which stretch of its department it is, from 1; 0 for the department itself."""
    size: int
    """How many rows stand here and in all parts below."""
    rows: tuple[T, ...]
    parts: tuple[Part[T], ...] = ()

    def pages(
        self, above: tuple[Part[T], ...] = ()
    ) -> Iterator[tuple[Part[T], tuple[Part[T], ...]]]:
        """Yield this part and all below it, each with those above it."""
        yield self, above
        for part in self.parts:
            yield from part.pages((*above, self))

    def all_rows(self) -> tuple[T, ...]:
        """Return the rows that stand here and below, each once."""
        below = (row for part in self.parts for row in part.all_rows())
        return tuple(dict.fromkeys((*self.rows, *below)))


def split_rows(
    company: Company,
    rows: Iterable[tuple[Iterable[str], T]],
    top: Team | None = None,
    path: str = "",
) -> Part[T]:
    """Return a list as its pages; each row comes with the ids of the teams that it belongs to.

    With `top`, the list is about that team and those below, and begins at a path. Rows of unknown
    teams belong to the top. Few rows keep their order; departments come first.
    """
    return _Splitter(company, list(rows), top).split(path)


def cut(rows: Sequence[T], most: int) -> list[Sequence[T]]:
    """Return rows in as few stretches as hold no more than the most each, about equally long."""
    count = -(-len(rows) // most)
    ends = [len(rows) * place // count for place in range(count + 1)] if count else [0]
    return [rows[start:end] for start, end in pairwise(ends)]


def tops_of(company: Company) -> tuple[Team, ...]:
    """Return the teams right below the company, and those that hang nowhere."""
    ids = {team.id for team in company.teams}
    tops = [team for team in company.teams if team.level is Level.COMPANY]
    strays = (t for t in company.teams if t.parent not in ids and t.level is not Level.COMPANY)
    return (*(child for top in tops for child in company.children(top.id)), *strays)


class _Splitter(Generic[T]):
    """Where each row of one list belongs; rows are known by their position."""

    def __init__(
        self, company: Company, rows: list[tuple[Iterable[str], T]], top: Team | None
    ) -> None:
        self._company = company
        self._rows = [row for _, row in rows]
        self._top = top
        self._own: dict[str, set[int]] = {}
        self._homeless: set[int] = set()
        self._below: dict[str, frozenset[int]] = {}
        for position, (teams, _) in enumerate(rows):
            known = [team for team in teams if company.team(team)]
            for team in known:
                self._own.setdefault(team, set()).add(position)
            if not known:
                self._homeless.add(position)

    def split(self, path: str) -> Part[T]:
        return self._part(path, self._top, frozenset(range(len(self._rows))))

    def _part(self, path: str, team: Team | None, found: frozenset[int]) -> Part[T]:
        if len(found) <= MOST_ROWS:
            return Part(path, team, 0, len(found), self._named(found))
        children = self._company.children(team.id) if team else tops_of(self._company)
        parts: list[Part[T]] = []
        beside: set[int] = set()
        for child in children:
            inside = self._inside(child)
            if self._has_part(child, inside):
                parts.append(self._part(f"{child.id}/", child, inside))
            else:
                beside |= inside
        own = self._own_of(team)
        # Where the tree of teams leaves a row out, it stands with the department's own.
        placed = beside.union(own, *(self._inside(part.team) for part in parts if part.team))
        return self._listed(path, team, found, parts, own | (found - placed), beside)

    def _has_part(self, child: Team, inside: frozenset[int]) -> bool:
        """Tell whether a team has a page of its own: a department with rows, or one with many."""
        return bool(inside and self._company.children(child.id)) or len(inside) > MOST_ROWS

    def _own_of(self, team: Team | None) -> set[int]:
        if team is not None:
            return set(self._own.get(team.id, ()))
        tops = (each.id for each in self._company.teams if each.level is Level.COMPANY)
        return self._homeless.union(*(self._own.get(id, ()) for id in tops))

    def _listed(
        self,
        path: str,
        team: Team | None,
        found: frozenset[int],
        parts: list[Part[T]],
        own: set[int],
        beside: set[int],
    ) -> Part[T]:
        """Return a page of parts and rows; with stretches where even these are too many.

        A department's own rows stay on its page then, if they leave room for anything else.
        """
        here = own | beside
        if len(parts) + len(here) <= MOST_ROWS:
            return Part(path, team, 0, len(found), self._named(here), tuple(parts))
        kept = own if len(own) <= MOST_ROWS // 2 else set()
        entries: list[Part[T] | int] = [*parts, *sorted(here - kept)]
        stretches = tuple(
            self._stretch(path + stretch_path(number), team, number, stretch)
            for number, stretch in enumerate(cut(entries, MOST_ROWS), start=1)
        )
        return Part(path, team, 0, len(found), self._named(kept), stretches)

    def _stretch(
        self, path: str, team: Team | None, number: int, entries: Sequence[Part[T] | int]
    ) -> Part[T]:
        parts = tuple(each for each in entries if isinstance(each, Part))
        rows = [each for each in entries if not isinstance(each, Part)]
        inside = set(rows).union(
            *(self._inside(part.team) for part in parts if part.team is not None)
        )
        return Part(path, team, number, len(inside), self._named(rows), parts)

    def _inside(self, team: Team) -> frozenset[int]:
        """Return the rows of a team and of all below it."""
        if team.id not in self._below:
            self._below[team.id] = frozenset()  # a ring of teams ends here
            below = (self._inside(child) for child in self._company.children(team.id))
            self._below[team.id] = frozenset(self._own.get(team.id, ())).union(*below)
        return self._below[team.id]

    def _named(self, positions: Iterable[int]) -> tuple[T, ...]:
        return tuple(self._rows[position] for position in sorted(positions))
