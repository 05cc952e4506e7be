"""A source folder → what lies in it, now or as git had it, and what git remembers of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from okrsite.history import (
    Missing,
    NoHistoryError,
    NoSuchCommitError,
    Past,
    Repository,
    below_folder,
    day_of,
    find_commit,
    find_commit_of_day,
    find_fork,
    open_repository,
)
from okrsite.keep import Keep
from okrsite.problems import Problem
from okrsite.read import read_rules_of
from okrsite.remembered import Remembered, remember
from okrsite.site.content import NoPastError
from okrsite.tree import Listing, read_date, read_listing, read_pictures


@dataclass(frozen=True, slots=True)
class Opened:
    """What lies in a folder."""

    source: Path
    listing: Listing
    as_of: date | None
    """The day to speak of: as asked for, else that of the commit; None for today."""
    remembered: Remembered
    past: Past | None = None
    """The commit that it is read from; None for the folder itself."""

    def pictures(self, paths: Collection[str]) -> tuple[dict[str, bytes], list[Problem]]:
        """Return some pictures by path, and what could not be opened."""
        if self.past is None:
            return read_pictures(self.source, paths)
        return self.past.pictures(paths), []


def open_folder(
    source: Path,
    as_of: date | None,
    *,
    at: str = "",
    exclude: Iterable[Path] = (),
    keep: Keep | None = None,
) -> Opened:
    """Return what lies in a folder; with `at`, a commit or a day, what git had there then.

    NoPastError where git cannot tell.
    """
    if not at:
        return Opened(source, read_listing(source, exclude), as_of, remember(source, keep))
    try:
        return _open_past(source, as_of, at, exclude)
    except NoSuchCommitError as error:
        raise NoPastError(str(error)) from error
    except NoHistoryError as error:
        raise NoPastError(_WHY[error.why]) from error


_WHY = {
    Missing.GIT: "git is not installed, and what lay in the folder then is for git to tell",
    Missing.REPOSITORY: "the folder lies in no repository, so that nobody can tell what it held",
    Missing.COMMIT: "the repository has no commit yet",
    Missing.OWNER: "git does not trust this repository, as it belongs to somebody else; "
    "mend: git config --global --add safe.directory with its folder",
    Missing.SHALLOW: "this clone was cut short; mend: git fetch --unshallow",
    Missing.DAMAGED: "git cannot read that commit; mend: clone all of it, without --filter",
}


def _open_past(source: Path, as_of: date | None, at: str, exclude: Iterable[Path]) -> Opened:
    repository = open_repository(source)
    past = _find_past(repository, at, below_folder(repository, exclude))
    listing = past.listing()
    as_of = as_of or read_date(at) or day_of(repository, past.commit, _zone(past))
    return Opened(source, listing, as_of, _remember(past.repository), past)


def open_fork(opened: Opened, base: str, exclude: Iterable[Path] = ()) -> Listing:
    """Return what lay in a folder where its line left another: what it has changed since.

    NoPastError where git cannot tell.
    """
    try:
        repository = opened.past.repository if opened.past else open_repository(opened.source)
        past = _find_past(repository, base, below_folder(repository, exclude))
        commit = find_fork(repository, past.commit, repository.head)
        return replace(past, commit=commit).listing()
    except NoSuchCommitError as error:
        raise NoPastError(str(error)) from error
    except NoHistoryError as error:
        raise NoPastError(_WHY[error.why]) from error


def find_base(source: Path, base: str, head: str = "") -> str:
    """Return the commit with which a later state is compared: where its line left `base`.

    What else has come to `base` since is no change of that line's. Where `base` is the later of
    the two itself, it is that commit. NoPastError where git cannot tell.
    """
    try:
        repository = open_repository(source)
        there = _find_past(repository, base, ()).commit
        here = _find_past(repository, head, ()).commit if head else repository.head
        fork = find_fork(repository, there, here)
    except NoSuchCommitError as error:
        raise NoPastError(str(error)) from error
    except NoHistoryError as error:
        raise NoPastError(_WHY[error.why]) from error
    return there if fork == here else fork


def _find_past(repository: Repository, at: str, excluded: tuple[str, ...]) -> Past:
    """Return the folder as a commit, a branch, a tag or a day names it."""
    day = read_date(at)
    if day:
        # Where the company's day ends is told by its rules of today.
        zone = _zone(Past(repository, repository.head, excluded))
        commit = find_commit_of_day(repository, day, zone)
    else:
        commit = find_commit(repository, at)
    return Past(replace(repository, head=commit), commit, excluded)


def _zone(past: Past) -> str:
    return read_rules_of(past.listing()).timezone


def _remember(repository: Repository) -> Remembered:
    return remember(repository.folder, repository=repository)
