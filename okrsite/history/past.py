"""A commit → what lay in the folder then, read from git alone: the work tree is not touched."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from okrsite.history.git import NoHistoryError, Repository
from okrsite.model.quick import quick_dataclass
from okrsite.tree import (
    MOST_BYTES,
    Listing,
    is_picture,
    is_text_file,
    linked,
    may_be_content,
)

_LINK, _FILES = "120000", ("100644", "100755", "100664")


class NoSuchCommitError(Exception):
    """Nothing in the repository is called so, or nothing is as old."""


@quick_dataclass(frozen=True, slots=True)
class _Entry:
    path: str
    mode: str
    blob: str
    size: int


@quick_dataclass(frozen=True, slots=True)
class Past:
    """A folder as a commit has it."""

    repository: Repository
    commit: str
    exclude: tuple[str, ...] = ()
    """Paths below the folder that are no content."""

    def listing(self) -> Listing:
        """Return what lay in the folder; NoHistoryError where it cannot be read."""
        entries = [entry for entry in self._entries() if self._is_content(entry.path)]
        texts = {e.path: e for e in entries if e.mode in _FILES and is_text_file(e.path)}
        others = [e for e in entries if e.mode in _FILES and e.path not in texts]
        small = [e.blob for e in texts.values() if e.size <= MOST_BYTES]
        data = dict(self.repository.blobs(small))
        # Of a file that is too long only that matters.
        too_long = b" " * (MOST_BYTES + 1)
        problems = [linked(entry.path) for entry in entries if entry.mode == _LINK]
        return Listing(
            {path: data.get(texts[path].blob, too_long) for path in sorted(texts)},
            tuple(sorted(entry.path for entry in others)),
            frozenset(e.path for e in others if is_picture(e.path, e.size)),
            tuple(problems),
        )

    def pictures(self, paths: Collection[str]) -> dict[str, bytes]:
        """Return some pictures by path."""
        blobs = {e.path: e.blob for e in self._entries() if e.path in paths and e.mode in _FILES}
        data = dict(self.repository.blobs(blobs.values()))
        return {path: data[blob] for path, blob in sorted(blobs.items())}

    def _is_content(self, path: str) -> bool:
        return may_be_content(path) and not any(
            path == each or path.startswith(f"{each}/") for each in self.exclude
        )

    def _entries(self) -> Iterator[_Entry]:
        below = self.repository.below
        words = ("ls-tree", "-r", "-z", "--long", "--full-tree", self.commit)
        said = self.repository.run(*words, *([below] if below else []))
        for line in said.decode("utf-8", "surrogateescape").split("\0"):
            if not line:
                continue
            about, _, path = line.partition("\t")
            mode, _, blob, size = about.split()
            yield _Entry(path.removeprefix(below), mode, blob, int(size) if size != "-" else 0)


def find_commit(repository: Repository, name: str) -> str:
    """Return the commit that a branch, a tag or an id names; NoSuchCommitError for none."""
    try:
        said = repository.run(
            *("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        )
    except NoHistoryError as error:
        raise _unknown(repository, f"no commit, branch or tag is called '{name}'") from error
    return said.decode().strip()


def find_commit_of_day(repository: Repository, day: date, zone: str) -> str:
    """Return the last commit of the main line up to a day's end; NoSuchCommitError before it."""
    ends = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).timestamp()
    said = repository.run("log", "--first-parent", "--format=%ct %H", repository.head, "--")
    for made, commit in _dated(said.decode().splitlines()):
        if made < ends:
            return commit
    raise _unknown(repository, f"there is no commit as old as {day}")


def find_fork(repository: Repository, base: str, commit: str) -> str:
    """Return where a commit's line left another's: what a pull request is compared with.

    NoSuchCommitError where they have nothing in common, as far as this clone goes.
    """
    try:
        return repository.run("merge-base", base, commit).decode().split()[0]
    except NoHistoryError as error:
        raise _unknown(
            repository, f"{commit[:10]} has nothing in common with {base[:10]}"
        ) from error


def _unknown(repository: Repository, said: str) -> NoSuchCommitError:
    if repository.shallow:
        said += ", and this clone is cut short: fetch all of it (fetch-depth: 0)"
    return NoSuchCommitError(said)


def _dated(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    for line in lines:
        made, _, commit = line.partition(" ")
        yield int(made), commit


def day_of(repository: Repository, commit: str, zone: str) -> date:
    """Return the day on which a commit was made, in a time zone."""
    said = repository.run("log", "-1", "--format=%ct", commit, "--").decode().strip()
    return datetime.fromtimestamp(int(said), ZoneInfo(zone)).date()


def below_folder(repository: Repository, paths: Iterable[Path]) -> tuple[str, ...]:
    """Return those of some paths that lie in a repository's folder, relative to it."""
    root = repository.folder
    inside = (path.resolve() for path in paths if path.resolve().is_relative_to(root))
    return tuple(path.relative_to(root).as_posix() for path in inside if path != root)
