"""Files as they would be → what would be wrong with them, and, where nothing is, the files.

Whoever changes files sees all of them: nothing is hidden from those who have them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from okrsite.audience import see_company
from okrsite.edit import save_files
from okrsite.keep import Keep
from okrsite.measure import Measures, measure_company
from okrsite.model import Company
from okrsite.problems import Problem, Severity, by_place
from okrsite.read import Memory, Reading, Texts, read_company
from okrsite.resolve import Ground, Resolution, resolve_company
from okrsite.snapshot import today_in
from okrsite.tree import Listing, read_listing


@dataclass(frozen=True)
class Sources:
    """A source folder's files, and the company that they make on a day."""

    root: Path
    as_of: date
    today: date
    """The day it is in the company's time zone."""
    listing: Listing = field(repr=False)
    reading: Reading = field(repr=False)
    resolution: Resolution = field(repr=False)
    memory: Memory = field(repr=False)
    """What of the files need not be read again."""

    @cached_property
    def company(self) -> Company:
        """Return the company as those see it who may see all."""
        whole = self.resolution.company
        return see_company(whole, whole.rules.audiences[-1])

    @cached_property
    def measures(self) -> Measures:
        """Return its measures."""
        return measure_company(self.company, self.as_of)

    @property
    def ground(self) -> Ground:
        """Return what names are looked up in."""
        if self.resolution.ground is None:
            raise ValueError("the files were not resolved whole")
        return self.resolution.ground

    def data(self, path: str) -> bytes:
        """Return what a file holds; nothing where there is none."""
        return self.listing.data.get(path, b"")

    def on(self, day: date) -> Sources:
        """Return the same files as of another day."""
        if day == self.as_of:
            return self
        return replace(self, as_of=day, resolution=resolve_company(self.reading, day, self.today))

    def texts(self, files: Mapping[str, bytes] = {}) -> Texts:
        """Return the texts of all files, some of them changed, for diagnostics."""
        return Texts({**self.listing.data, **files})

    def save(self, files: Mapping[str, bytes]) -> None:
        """Write changed files, all or none; CannotSaveError where that cannot be."""
        save_files(self.root, files, self.listing.data)


def open_sources(
    root: Path,
    as_of: date | None,
    now: datetime,
    exclude: Iterable[Path] = (),
    keep: Keep | None = None,
) -> Sources:
    """Return a folder's files as of a day, today where none is given."""
    listing, memory = read_listing(root, exclude), Memory(keep)
    reading = read_company(root, memory=memory, listing=listing)
    today = today_in(reading.records.rules.rules, now)
    day = as_of or today
    return Sources(root, day, today, listing, reading, resolve_company(reading, day, today), memory)


def changed(sources: Sources, files: Mapping[str, bytes]) -> Sources:
    """Return what the files would be with some of them changed or added; nothing is written."""
    data = dict(sorted({**sources.listing.data, **files}.items()))
    listing = replace(sources.listing, data=data)
    reading = read_company(sources.root, memory=sources.memory, listing=listing)
    resolution = resolve_company(reading, sources.as_of, sources.today)
    return replace(sources, listing=listing, reading=reading, resolution=resolution)


def new_problems(before: Sources, after: Sources) -> list[Problem]:
    """Return the errors and warnings that a change brings."""
    known = Counter(map(_same, before.resolution.problems))
    found: list[Problem] = []
    for problem in by_place(after.resolution.problems):
        if problem.severity is Severity.ADVICE:
            continue
        if known[_same(problem)]:
            known[_same(problem)] -= 1
        else:
            found.append(problem)
    return found


def _same(problem: Problem) -> tuple[str, str, str]:
    """Return what tells a problem from others, wherever its lines have moved."""
    return problem.code, problem.place.path, problem.message
