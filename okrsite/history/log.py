"""Git's log → what each commit of the main line did to the files of a folder.

The main line is the checked-out commit and its first parents: what a forge shows as the branch.
A merge's changes count on the day of the merge and belong to whom the branch says made them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from okrsite.history.git import NoHistoryError, Repository
from okrsite.model.quick import quick_dataclass

_START = "\x01"
_FORMAT = "%x01%H%x00%ct%x00%an%x00%ae%x00%s%x00"
_FIELDS = 5
_MANY = 1000
"""So many commits are worth two commands."""


@quick_dataclass(frozen=True, slots=True)
class Commit:
    """One commit."""

    id: str
    time: int
    """When it was made, in seconds since 1970; a merge's, when it reached the main line."""
    author: str
    email: str
    subject: str


@quick_dataclass(frozen=True, slots=True)
class Touch:
    """What one commit did to one file."""

    commit: Commit
    path: str
    """Relative to the folder."""
    before: str = ""
    """The blob that was there; empty where there was none."""
    after: str = ""
    """The blob that is there now; empty where it was removed."""
    old_path: str = ""
    """Where it was before, if that was elsewhere."""
    is_link: bool = False
    """Whether a link is there now, or a submodule: something that nobody reads."""


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
        line = _main_line(repository, new)
        if line and _first_parent(repository, line[-1]) == known.head:
            more = _on_main_line(_touches(repository, new), line)
            return Log(repository.head, below, (*known.touches, *more))
    line = _main_line(repository, repository.head)
    return Log(repository.head, below, _on_main_line(_all_touches(repository, line), line))


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


def _main_line(repository: Repository, commits: str) -> list[str]:
    """Return the commits of the main line, newest first."""
    try:
        said = repository.run("rev-list", "--first-parent", commits, "--")
    except NoHistoryError:
        # What was known is gone, as after a rewrite.
        return []
    return said.decode().split()


def _first_parent(repository: Repository, commit: str) -> str:
    said = repository.run("rev-list", "--parents", "-n", "1", commit, "--").decode().split()
    return said[1] if len(said) > 1 else ""


def _touches(repository: Repository, commits: str) -> Iterator[Touch]:
    """Yield what commits did, newest first, and a branch's before what they were merged into."""
    said = repository.words(
        *("log", "--raw", "-z", "--no-abbrev", "--find-renames", "--diff-merges=first-parent"),
        *("-O/dev/null", "--topo-order", "--full-history", "--no-mailmap", "--no-ext-diff"),
        *("--no-textconv", "--no-color", "--no-relative", f"--format={_FORMAT}", commits),
        *("--", repository.below or "."),
    )
    return _parse(said, repository.below)


def _on_main_line(touches: Iterable[Touch], line: Iterable[str]) -> tuple[Touch, ...]:
    """Return what the main line did, oldest first, each in the name of who made it on a branch."""
    on_line, found, branches = set(line), [], _Branches()
    for touch in touches:
        if touch.commit.id in on_line:
            found.append(touch)
        else:
            branches.add(touch)
    return tuple(branches.attribute(reversed(found)))


@dataclass
class _Branches:
    """What was done beside the main line, before it was merged."""

    _made: dict[tuple[str, str], Commit] = field(default_factory=dict)
    _moved: dict[str, str] = field(default_factory=dict)

    def add(self, touch: Touch) -> None:
        """Note a touch; the newest comes first and counts."""
        self._made.setdefault((touch.path, touch.after), touch.commit)
        if touch.old_path:
            self._moved.setdefault(touch.path, touch.old_path)

    def attribute(self, touches: Iterable[Touch]) -> Iterator[Touch]:
        """Yield touches of the main line as whoever made them on a branch meant them."""
        for group in _by_commit(touches):
            gone = {touch.path: touch for touch in group if not touch.after}
            pairs = {t.path: self._moved.get(t.path, "") for t in group if not t.before}
            moved = {old for old in pairs.values() if old in gone}
            for touch in group:
                if touch.path in moved:
                    continue
                old = gone.get(pairs.get(touch.path, ""))
                if old is not None:
                    touch = replace(touch, before=old.before, old_path=old.path)
                made = self._made.get((touch.path, touch.after))
                yield replace(touch, commit=_made_by(touch.commit, made)) if made else touch


def _made_by(commit: Commit, made: Commit) -> Commit:
    """Return a commit of the main line in the name of who made it."""
    return replace(commit, author=made.author, email=made.email, subject=made.subject)


def _by_commit(touches: Iterable[Touch]) -> Iterator[list[Touch]]:
    group: list[Touch] = []
    for touch in touches:
        if group and group[-1].commit.id != touch.commit.id:
            yield group
            group = []
        group.append(touch)
    if group:
        yield group


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
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
