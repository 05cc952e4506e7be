"""A folder → its repository, read by git's own command; the only place that runs it.

Nothing of a repository is run: no hooks, filters, external diffs or pagers; no network; and no
`.mailmap` of the tree tells who wrote what. Where git cannot tell, `NoHistory` says why, and how
that is mended.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryFile
from threading import Thread

_PIECE = 1 << 16


class Missing(StrEnum):
    """Why there is no history, or not all of it."""

    GIT = "git"
    """The command is not installed."""
    REPOSITORY = "repository"
    """The folder lies in none."""
    COMMIT = "commit"
    """The repository has none, or none that touches the folder."""
    OWNER = "owner"
    """The repository belongs to somebody else, so that git does not trust it."""
    SHALLOW = "shallow"
    """The clone was cut short."""
    DAMAGED = "damaged"
    """Objects are missing, as in a partial clone, or cannot be read."""


class NoHistoryError(Exception):
    """Git cannot tell; says why."""

    def __init__(self, why: Missing, said: str = "") -> None:
        super().__init__(f"{why}: {said}" if said else str(why))
        self.why = why
        self.said = said


_OPTIONS = (
    # Whatever somebody's own configuration says of these, the output is the same.
    *("-c", "log.showSignature=false", "-c", "log.mailmap=false", "-c", "core.quotePath=false"),
    *("-c", "core.fsmonitor=false", "-c", "diff.relative=false"),
    *("-c", "safe.bareRepository=explicit", "-c", "core.hooksPath=/dev/null"),
)
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",
}


@dataclass(frozen=True)
class Repository:
    """A repository, seen from a folder in its work tree."""

    folder: Path
    """The source folder, absolute."""
    top: Path
    """The top of the work tree."""
    below: str
    """The folder's path below the top, ending in a slash; empty at the top."""
    head: str
    """The commit that is checked out, as 40 or 64 hexadecimal digits."""
    shallow: bool
    """Whether the clone was cut short, so that the oldest commits are not what they seem."""

    def run(self, *words: str) -> bytes:
        """Return what a command of git's prints; NoHistoryError where it fails."""
        return _run(self.top, *words)

    def words(self, *words: str) -> Iterator[str]:
        """Yield what a command prints between NULs, while it still works.

        NoHistoryError where it fails.
        """
        return _words(self.top, *words)

    def blobs(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the bytes of blobs, each once; NoHistoryError where one is missing."""
        yield from _Batch(self.top, list(dict.fromkeys(ids))).read()


def open_repository(folder: Path) -> Repository:
    """Return the repository that a folder lies in; NoHistoryError where there is none to ask."""
    folder = folder.resolve()
    top = _top_of(folder)
    said = _run(top, "rev-parse", "--is-inside-work-tree", "--is-shallow-repository")
    inside, shallow = said.decode().split()
    if inside != "true":
        raise NoHistoryError(Missing.REPOSITORY)
    try:
        head = _run(top, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode().strip()
    except NoHistoryError as error:
        raise NoHistoryError(Missing.COMMIT) from error
    below = "" if folder == top else f"{folder.relative_to(top).as_posix()}/"
    return Repository(folder, top, below, head, shallow == "true")


def _top_of(folder: Path) -> Path:
    """Return the top of the work tree that a folder lies in.

    We look for it ourselves: git itself would take a folder for a repository whose files only
    look like one, and they may be a stranger's, with a configuration that names commands.
    """
    for parent in (folder, *folder.parents):
        if (parent / ".git").exists():
            return parent
    _run(folder, "--version")
    raise NoHistoryError(Missing.REPOSITORY)


def _run(folder: Path, *words: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - our own words, and names that git checks
            _command(folder, *words), env=_environment(), capture_output=True, check=False
        )
    except FileNotFoundError as error:
        raise NoHistoryError(Missing.GIT) from error
    if done.returncode:
        raise _failure(done.stderr.decode("utf-8", "replace"))
    return done.stdout


def _words(folder: Path, *words: str) -> Iterator[str]:
    with TemporaryFile() as said:
        try:
            process = subprocess.Popen(  # noqa: S603 - as in `_run`
                _command(folder, *words), env=_environment(), stdout=subprocess.PIPE, stderr=said
            )
        except FileNotFoundError as error:
            raise NoHistoryError(Missing.GIT) from error
        with process:
            try:
                yield from _between_nuls(process)
            finally:
                process.kill()
        if process.returncode:
            said.seek(0)
            raise _failure(said.read().decode("utf-8", "replace"))


def _between_nuls(process: subprocess.Popen[bytes]) -> Iterator[str]:
    if process.stdout is None:
        raise AssertionError
    rest = b""
    while piece := process.stdout.read(_PIECE):
        *whole, rest = (rest + piece).split(b"\0")
        yield from (word.decode("utf-8", "surrogateescape") for word in whole)
    yield rest.decode("utf-8", "surrogateescape")
    process.wait()


def _failure(said: str) -> NoHistoryError:
    said = said.strip()
    if "dubious ownership" in said:
        return NoHistoryError(Missing.OWNER, said)
    if "not a git repository" in said:
        return NoHistoryError(Missing.REPOSITORY, said)
    return NoHistoryError(Missing.DAMAGED, said)


def _command(folder: Path, *words: str) -> list[str]:
    return ["git", "-C", str(folder), *_OPTIONS, *words]


def _environment() -> dict[str, str]:
    """Return our own environment without what leads git elsewhere, as hooks set it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    # Where the system's and somebody's own configuration lie is for them to say: it tells which
    # repositories are trusted.
    told = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH")
    ours = {name: os.environ[name] for name in told if name in os.environ}
    return {**kept, **ours, **_ENVIRONMENT}


@dataclass
class _Batch:
    """One `git cat-file` that gives many blobs."""

    folder: Path
    ids: Sequence[str]
    _said: bytes = field(default=b"", init=False)

    def read(self) -> Iterator[tuple[str, bytes]]:
        if not self.ids:
            return
        with subprocess.Popen(  # noqa: S603 - our own words
            _command(self.folder, "cat-file", "--batch", "--buffer"),
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            asking = Thread(target=self._ask, args=(process,), daemon=True)
            asking.start()
            try:
                for id in self.ids:
                    yield id, _blob(process, id)
            finally:
                process.kill()
                asking.join()

    def _ask(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdin is None:
            raise AssertionError
        try:
            process.stdin.write("".join(f"{id}\n" for id in self.ids).encode())
            process.stdin.close()
        except OSError:
            # Nobody listens any more: who reads sees why.
            return


def _blob(process: subprocess.Popen[bytes], id: str) -> bytes:
    if process.stdout is None:
        raise AssertionError
    head = process.stdout.readline().split()
    if len(head) != 3 or head[0].decode() != id:
        raise NoHistoryError(Missing.DAMAGED, b" ".join(head).decode("ascii", "replace"))
    data = process.stdout.read(int(head[2]) + 1)
    if len(data) != int(head[2]) + 1:
        raise NoHistoryError(Missing.DAMAGED, f"{id} is cut short")
    return data[:-1]
