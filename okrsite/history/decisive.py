"""A log → the files that decide who may see what, `okrs.yml` and each `team.md`, over time.

Time is counted in commits of the main line, as clocks go wrong.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from okrsite.history.chain import commit_day
from okrsite.history.log import Log
from okrsite.history.touch import Commit, Touch
from okrsite.model.quick import quick_dataclass
from okrsite.tree import FileKind, Naming, is_ignored, may_be_content, name_file

LINK = "link"
"""Stands for the blob of what is no file."""
_ENDINGS = ("team.md", "teams.md", "team.yml", "team.yaml", "okrs.yml", "okrs.yaml")
"""How the files end that decide, and those that should but have not quite the right name."""
_LONGEST = max(map(len, _ENDINGS))


@dataclass
class Line:
    """What lay at a path, commit by commit."""

    path: str
    naming: Naming
    """What it is, or should be."""
    is_proper: bool
    """Whether it was called so that it was read."""
    changes: list[int] = field(default_factory=list)
    """The numbers of the commits that changed it."""
    blobs: list[str] = field(default_factory=list)
    """What each of them left; empty where that was nothing."""

    def at(self, commit: int) -> str:
        """Return the blob that lay there after a commit."""
        index = bisect_right(self.changes, commit)
        return self.blobs[index - 1] if index else ""

    def next(self, commit: int) -> int | None:
        """Return the first commit after another that changed it."""
        index = bisect_right(self.changes, commit)
        return self.changes[index] if index < len(self.changes) else None


@quick_dataclass(frozen=True, slots=True)
class Held:
    """A file as a commit left it."""

    path: str
    naming: Naming
    blob: str
    is_read: bool
    """Whether it is a file, and called so that it was read."""


class Decisive:
    """The files that decided, over time."""

    def __init__(self, log: Log, cycles: frozenset[str], zone: str) -> None:
        """Take a log, the names of the company's own cycles, and the time zone of its days."""
        self._log = log
        self._cycles = cycles
        self._zone = ZoneInfo(zone)

    @cached_property
    def touches(self) -> tuple[Touch, ...]:
        """Return all that was done to such files, oldest first."""
        return tuple(t for t in self._log.touches if _decides(t.path) or _decides(t.old_path))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Return the number of each commit by its id, the oldest first."""
        commits = dict.fromkeys(touch.commit.id for touch in self._log.touches)
        return {id: number for number, id in enumerate(commits)}

    def day(self, commit: int) -> date:
        """Return the day of a commit that touched such a file."""
        return commit_day(self._commits[commit], self._zone)

    @property
    def rules(self) -> Sequence[Line]:
        """Return the lines of the company's rules."""
        return self._lines.get((FileKind.RULES, ""), ())

    def of_team(self, folder: str) -> Sequence[Line]:
        """Return the lines of the team.md that belongs to a folder."""
        return self._lines.get((FileKind.TEAM, folder), ())

    def folders(self) -> set[str]:
        """Return all folders that ever held anything of a team."""
        paths = {path for touch in self._log.touches for path in (touch.path, touch.old_path)}
        return {name_file(path, self._cycles).folder for path in paths if path}

    def all(self) -> Iterator[Line]:
        """Yield all lines."""
        for lines in self._lines.values():
            yield from lines

    @cached_property
    def _commits(self) -> dict[int, Commit]:
        return {self.numbers[touch.commit.id]: touch.commit for touch in self.touches}

    @cached_property
    def _lines(self) -> Mapping[tuple[FileKind, str], list[Line]]:
        changes: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for touch in self.touches:
            number = self.numbers[touch.commit.id]
            if touch.old_path:
                changes[touch.old_path].append((number, ""))
            changes[touch.path].append((number, LINK if touch.is_link else touch.after))
        found: dict[tuple[FileKind, str], list[Line]] = defaultdict(list)
        for path, steps in sorted(changes.items()):
            if line := self._line(path):
                # Where one file took another's place in one commit, it is there.
                for number, blob in sorted(steps, key=lambda step: (step[0], bool(step[1]))):
                    line.changes.append(number)
                    line.blobs.append(blob)
                found[line.naming.kind, line.naming.folder].append(line)
        return found

    def _line(self, path: str) -> Line | None:
        if not (_decides(path) and may_be_content(path)):
            return None
        naming = name_file(path, self._cycles)
        rights = (name_file(right, self._cycles) for right in naming.right_names)
        for each in (naming, *rights):
            if each.kind in (FileKind.RULES, FileKind.TEAM):
                return Line(path, each, is_proper=each is naming)
        return None


def find_held(lines: Iterable[Line], commit: int, ignore: Collection[str] = ()) -> Held | None:
    """Return which of several files was there after a commit: one with the right name, if any."""
    held = [
        Held(line.path, line.naming, blob, is_read=line.is_proper and blob != LINK)
        for line in lines
        if (blob := line.at(commit)) and not is_ignored(line.path, ignore)
    ]
    return max(held, key=lambda each: each.is_read, default=None)


def _decides(path: str) -> bool:
    # Thousands of paths are looked at, and few are such.
    return bool(path) and path[-_LONGEST:].casefold().endswith(_ENDINGS)
