"""A log → what was done to each file, oldest first, also under its former paths."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from okrsite.history.log import Log
from okrsite.history.touch import Commit, Touch
from okrsite.model.quick import quick_dataclass


@quick_dataclass(frozen=True, slots=True)
class Chain:
    """What the main line did to one file."""

    touches: tuple[Touch, ...]
    """Oldest first."""
    days: tuple[date, ...]
    """When each was made, in the company's time zone."""


class Chains:
    """What was done to every file of a log."""

    def __init__(self, log: Log, zone: str) -> None:
        """Take a log and the time zone that tells its days."""
        self._zone = ZoneInfo(zone)
        self._touches: dict[str, list[tuple[int, Touch]]] = {}
        self._left: dict[str, list[int]] = defaultdict(list)
        for index, touch in enumerate(log.touches):
            # Most are the first and only ones of their file.
            if (others := self._touches.get(touch.path)) is None:
                self._touches[touch.path] = [(index, touch)]
            else:
                others.append((index, touch))
            if touch.old_path:
                self._left[touch.old_path].append(index)

    def of(self, path: str) -> Chain:
        """Return the chain of a file; without touches for one that never was."""
        touches = tuple(self._back(path))[::-1]
        return Chain(touches, tuple(self._days(touches)))

    def _back(self, path: str) -> Iterator[Touch]:
        """Yield what was done to a file, newest first."""
        before = None
        while path:
            came_from, since = "", self._left_before(path, before)
            for index, touch in reversed(self._touches.get(path, ())):
                if before is not None and index >= before:
                    continue
                if index < since:
                    # What lay here went elsewhere, and is that file's past.
                    break
                yield touch
                if touch.old_path:
                    before, came_from = index, touch.old_path
                    break
            path = came_from

    def _left_before(self, path: str, before: int | None) -> int:
        """Return when a file last went from a path, before it went from there for good."""
        gone = (n for n in self._left.get(path, ()) if before is None or n < before)
        return max(gone, default=-1)

    def _days(self, touches: tuple[Touch, ...]) -> Iterator[date]:
        newest = date.min
        for touch in touches:
            # Clocks go wrong; the order of the main line does not.
            newest = max(newest, commit_day(touch.commit, self._zone))
            yield newest


def first_days(log: Log, zone: str) -> Callable[[str], date | None]:
    """Return what tells on which day a file was committed first, also under its former paths.

    It tells None of what never was.
    """
    chains = Chains(log, zone)

    def first_day(path: str) -> date | None:
        days = chains.of(path).days
        return days[0] if days else None

    return first_day


def commit_day(commit: Commit, zone: ZoneInfo) -> date:
    """Return the day of a commit in a time zone."""
    return datetime.fromtimestamp(commit.time, zone).date()
