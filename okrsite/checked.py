"""A folder's files → every mistake in them; told again at once as long as nothing changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from okrsite.keep import Keep, digest
from okrsite.model import Rules
from okrsite.model.quick import quick_dataclass
from okrsite.opened import open_folder
from okrsite.problems import Problem
from okrsite.read import Memory, Reading, Texts, read_company
from okrsite.read.records import PlanRecord
from okrsite.remembered import Remembered, remember
from okrsite.resolve import FormerPlans, resolve_company
from okrsite.snapshot import today_in
from okrsite.tree import Listing, read_listing


@quick_dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with a company's files on a day."""

    rules: Rules
    problems: tuple[Problem, ...]
    """By place."""
    audiences: tuple[str, ...]
    """The audience that may know of each."""
    plans: int
    check_ins: int


@quick_dataclass(frozen=True, slots=True)
class _Kept:
    today: date
    """The day that it was, in the company's time zone."""
    files: str
    """The digest of everything that lies in the folder."""
    checked: Checked


@dataclass
class _FormerPlans:
    """Asks git for versions of plans only where something depends on it: it takes a while."""

    source: Path
    reading: Reading
    memory: Memory
    keep: Keep | None
    past: Remembered | None
    was_asked: bool = False

    def __call__(self, path: str) -> Sequence[PlanRecord] | None:
        """Return the versions of the plan at a path; None where git cannot tell."""
        self.was_asked = True
        tell = self._tell
        return tell(path) if tell else None

    @cached_property
    def _tell(self) -> FormerPlans | None:
        past = self.past or remember(self.source, self.keep)
        return past.former_plans(self.reading, self.memory)


def check_company(
    source: Path,
    as_of: date | None,
    *,
    now: datetime,
    exclude: Iterable[Path] = (),
    keep: Keep | None = None,
    jobs: int = 1,
    at: str = "",
) -> tuple[Checked, Texts]:
    """Return what is wrong in a folder, and its files' texts to quote from.

    Without `as_of` it speaks of today; `now` is the moment it is. With `at` the folder is read as
    git had it. What is kept of the last check holds where every file is the same to the byte.

    NoPastError where git cannot tell what lay in the folder.
    """
    past: Remembered | None = None
    if at:
        opened = open_folder(source, as_of, at=at, exclude=exclude)
        listing, as_of, past = opened.listing, opened.as_of, opened.remembered
    else:
        listing = read_listing(source, exclude)
    texts, files = Texts(listing.data), _digest(listing)
    name = f"checked/{digest(str(source), str(as_of))}"
    kept: _Kept | None = keep.value(name, _Kept) if keep else None
    if kept and kept.files == files and kept.today == today_in(kept.checked.rules, now):
        return kept.checked, texts
    reading = read_company(source, memory=Memory(keep, jobs), listing=listing)
    today = today_in(reading.records.rules.rules, now)
    former_plans = _FormerPlans(source, reading, Memory(keep, jobs, "versions"), keep, past)
    found = resolve_company(reading, as_of or today, today, "", former_plans)
    checked = Checked(
        found.company.rules,
        found.problems,
        tuple(found.audiences[problem] for problem in found.problems),
        len(reading.records.plans),
        len(reading.records.check_ins),
    )
    # What git was asked for may be another tomorrow, although no file is.
    if keep and not former_plans.was_asked:
        keep.keep_value(name, _Kept(today, files, checked))
    return checked, texts


def _digest(listing: Listing) -> str:
    """Return the digest of all that lies in a folder, and of what could not be read there."""
    files = (part for path, data in listing.data.items() for part in (path, data))
    names: Iterable[str] = (*listing.others, "/", *sorted(listing.pictures), "/")
    return digest(repr(listing.problems), *names, *files)
