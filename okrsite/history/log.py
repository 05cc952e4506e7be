"""Git's log → what each commit of the main line did to the files of a folder.

A merge's changes count on the day of the merge and belong to whom the branch says made them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from okrsite.history.branches import on_main_line, read_line
from okrsite.history.git import Repository
from okrsite.history.touch import Commit, Touch
from okrsite.model.quick import quick_dataclass

_START = "\x01"
_FORMAT = "%x01%H%x00%ct%x00%an%x00%ae%x00%s%x00"
_FIELDS = 5
_MANY = 1000
"""So many commits are worth two commands."""


@quick_dataclass(frozen=True, slots=True)
class Log:
    """All touches of the main line, oldest first."""

    head: str
    below: str
    touches: tuple[Touch, ...] = ()


def read_log(repository: Repository, known: Log | None = None) -> Log:
    """Return the log of a folder, continued from what is known where that is still the past.

    NoHistoryError where git cannot tell.
    """
    below = repository.below
    if known and (known.head, known.below) == (repository.head, below):
        return known
    if known and known.below == below:
        new = f"{known.head}..{repository.head}"
        line = read_line(repository, new)
        if line.commits and line.before == known.head:
            more = on_main_line(_touches(repository, new), line)
            return Log(repository.head, below, (*known.touches, *more))
    line = read_line(repository, repository.head)
    touches = _all_touches(repository, line.commits)
    return Log(repository.head, below, on_main_line(touches, line))


def _all_touches(repository: Repository, line: Sequence[str]) -> Iterator[Touch]:
    """Yield what all commits did, as two commands tell it at once where they are many."""
    if len(line) < _MANY:
        yield from _touches(repository, repository.head)
        return
    middle = line[len(line) // 2]
    with ThreadPoolExecutor(1) as aside:
        older = aside.submit(lambda: list(_touches(repository, middle)))
        yield from _touches(repository, f"{middle}..{repository.head}")
        yield from older.result()


def _touches(repository: Repository, commits: str) -> Iterator[Touch]:
    """Yield what commits did, newest first, and a branch's before what they were merged into."""
    said = repository.words(
        *("log", "--raw", "-z", "--no-abbrev", "--find-renames", "--diff-merges=first-parent"),
        *("-O/dev/null", "--topo-order", "--full-history", "--no-mailmap", "--no-ext-diff"),
        *("--no-textconv", "--no-color", "--no-relative", f"--format={_FORMAT}", commits),
        *("--", repository.below or "."),
    )
    return _parse(said, repository.below)


def _parse(words: Iterator[str], below: str) -> Iterator[Touch]:
    """Yield touches from what `git log --raw -z` prints."""
    commit: Commit | None = None
    for word in words:
        # A line break stands between a commit's words and its files.
        text = word.lstrip("\n")
        if text.startswith(_START):
            values = [text.removeprefix(_START), *(next(words) for _ in range(_FIELDS - 1))]
            id, time, author, email, subject = values
            commit = Commit(id, int(time), _plain(author), _plain(email), _plain(subject))
        elif text.startswith(":") and commit:
            old_mode, mode, before, after, status = text[1:].split(" ")
            path = next(words)
            old_path = ""
            if status[0] in "RC":
                old_path, path = path, next(words)
            if path.startswith(below):
                yield Touch(
                    commit,
                    path.removeprefix(below),
                    _blob(old_mode, before),
                    _blob(mode, after),
                    old_path.removeprefix(below) if old_path.startswith(below) else "",
                    mode in _LINKS,
                )


_LINKS = ("120000", "160000")
"""A symbolic link, and a submodule."""
_NO_FILES = (*_LINKS, "000000")


def _blob(mode: str, id: str) -> str:
    return "" if mode in _NO_FILES else id


def _plain(text: str) -> str:
    """Return a text that can be kept and shown."""
    if text.isascii():
        return text
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
