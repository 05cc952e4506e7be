"""Files that were read before → what was read of them, by their content.

Reading YAML is most of the work of a build, and most files never change. What a file says follows
from its bytes, its name and a few settings; all of them are in the key that it is kept under.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar, cast

from okrsite.crew import Crew
from okrsite.keep import Keep, Ledger, decode, encode
from okrsite.model.quick import quick_dataclass
from okrsite.problems import Problem
from okrsite.read.records import CheckInRecord, PlanRecord

_SHELVES = 32
"""Into how many files what was read is divided, so that one change writes little anew."""
_FEW = 200
"""So few files are not worth another process."""


@quick_dataclass(frozen=True, slots=True)
class PlanFile:
    """What a plan's file says."""

    record: PlanRecord
    problems: tuple[Problem, ...]


@quick_dataclass(frozen=True, slots=True)
class CheckInFile:
    """What a check-in file says."""

    record: CheckInRecord
    problems: tuple[Problem, ...]


FileT = TypeVar("FileT", PlanFile, CheckInFile)


@quick_dataclass(frozen=True, slots=True)
class Task:
    """A file that is to be read."""

    path: str
    key: str
    """The digest of all that what it says follows from."""
    read: Callable[[], PlanFile | CheckInFile]


class Memory:
    """What was read before; without a place to keep it, nothing."""

    def __init__(self, keep: Keep | None = None, jobs: int = 1, name: str = "read") -> None:
        """Take where to keep what is read, under which name, and how many processes may read."""
        self._ledger = Ledger(keep, name, _SHELVES)
        self._jobs = jobs

    def read(self, tasks: Iterable[Task], kind: type[FileT]) -> list[FileT]:
        """Return what files say, in their order, reading those that are new or have changed."""
        tasks = list(tasks)
        known = {task.path: self._recall(task, kind) for task in tasks}
        crew = Crew[bytes](dict[str, bytes], self._jobs, _FEW)
        missing = [task for task in tasks if known[task.path] is None]
        for task in missing:
            crew.add(task.path, _encoded(task))
        crew.start()
        read = crew.wait()
        for task in missing:
            known[task.path] = decode(read[task.path], kind)
            if known[task.path] is None:
                # It holds what cannot be kept: a path or text that is no UTF-8.
                known[task.path] = cast("FileT", task.read())
            else:
                self._ledger.put(task.path, task.key, read[task.path], _folder(task.path))
        self._ledger.save()
        return [file for file in known.values() if file is not None]

    def _recall(self, task: Task, kind: type[FileT]) -> FileT | None:
        data = self._ledger.get(task.path, task.key, _folder(task.path))
        return None if data is None else decode(data, kind)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _encoded(task: Task) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            return encode(task.read())
        except UnicodeEncodeError:
            return b""

    return read
