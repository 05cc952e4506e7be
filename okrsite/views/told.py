"""Check-in files and feedback → the wins and the praise of the last weeks, as a list of pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import islice

from okrsite.model import Company, Reference
from okrsite.model.quick import quick_dataclass
from okrsite.views.split import Part, split_rows
from okrsite.views.weeks import Week, weeks_back

_FEWEST_WEEKS = 4
"""So many are shown where the cycle is younger."""


@quick_dataclass(frozen=True, slots=True)
class Win:
    """Something that somebody was glad of, on a day."""

    owner: str
    """The team's id, or the person's whose check-in file it is."""
    team: str
    date: date
    text: str
    """Inline Markdown; of praise, Markdown."""
    by: str = ""
    """Who wrote it down, or praised."""
    is_praise: bool = False
    about: Reference | None = None
    """What praise is about."""
    source: str = ""
    """The file that praise stands in, which names pictures relative to itself."""


class Wins:
    """All wins and praise since the shortest running cycle began, or of the last weeks."""

    def __init__(self, company: Company) -> None:
        self._company = company

    @cached_property
    def weeks(self) -> tuple[Week, ...]:
        """Return the weeks that are told of, newest first."""
        newest = next(weeks_back(self._company))
        return tuple(islice(weeks_back(self._company), max(newest.number, _FEWEST_WEEKS)))

    @cached_property
    def whole(self) -> Part[Win]:
        """Return the pages of them, each newest first."""
        found = sorted(self._found(), key=lambda win: win.date, reverse=True)
        return split_rows(self._company, (((win.team,), win) for win in found))

    def page(self, path: str) -> Iterator[str]:
        """Yield all that decides what stands on one page."""
        for part, _ in self.whole.pages():
            if part.path == path:
                yield from map(repr, part.rows)
                yield from (f"{below.path} {below.size}" for below in part.parts)

    def _found(self) -> Iterator[Win]:
        """Yield each once, although next week's file may tell it again."""
        begin, end = self.weeks[-1].since, self.weeks[0].until
        told: set[tuple[str, str]] = set()
        for weekly in self._company.weeklies:
            for text in weekly.wins if begin < weekly.date <= end else ():
                if (weekly.owner, text) not in told:
                    told.add((weekly.owner, text))
                    yield Win(weekly.owner, weekly.team, weekly.date, text, weekly.by)
        for said in self._company.feedback:
            if said.kind == "praise" and begin < said.date <= end:
                source = said.place.path
                yield Win(
                    said.team, said.team, said.date, said.text, said.by, True, said.about, source
                )
