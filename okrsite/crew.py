"""Work that is done by several processes where the system can fork, else by this one."""

from __future__ import annotations

import ctypes
import errno
import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from okrsite.keep import decode, encode

Result = TypeVar("Result")

_CAN_FORK = sys.platform.startswith("linux")
"""Elsewhere a forked process cannot be trusted, and a new one would have to read everything."""
_PR_SET_PDEATHSIG = 1
_NUMBER = 4
_MOST = 60_000 // _NUMBER
"""Tickets that a pipe holds before anybody takes one."""


class WorkerError(Exception):
    """Something went wrong in another process; holds its traceback."""


@dataclass
class Crew(Generic[Result]):
    """Works on named tasks; every process takes the next free batch of them."""

    kind: Any
    """The type of a dictionary of results."""
    jobs: int
    few: int
    """So many tasks more are needed for each process more."""
    done: dict[str, Result] = field(default_factory=dict)
    _tasks: list[tuple[str, Callable[[], Result]]] = field(default_factory=list)
    _workers: list[_Worker] = field(default_factory=list)
    _tickets: int = -1

    def add(self, name: str, work: Callable[[], Result]) -> None:
        """Add a task."""
        self._tasks.append((name, work))

    def start(self) -> None:
        """Let other processes begin, where they are worth it; this one joins them in `wait`."""
        more = min(self.jobs, len(self._tasks) // self.few) - 1
        if not _CAN_FORK or more < 1:
            return
        self._tickets = _tickets(self._batches())
        # What is there already stays; to look at it would give each process a copy of its own.
        gc.freeze()
        gc.enable()
        self._workers = [_Worker.fork(self._tickets, self._batch) for _ in range(more)]

    def wait(self) -> dict[str, Result]:
        """Work until everything is done; return the results by name.

        Raises WorkerError, or what a task raised in this process; then the others have ended.
        """
        try:
            if self._tickets < 0:
                self.done |= {name: work() for name, work in self._tasks}
                return self.done
            for number in _take(self._tickets):
                self.done |= self._batch(number)
            for worker in self._workers:
                for name, result in worker.results(self.kind).items():
                    self.done[name] = result
        finally:
            self.stop()
        return self.done

    def stop(self) -> None:
        """End the other processes, whatever they are doing."""
        for worker in self._workers:
            worker.end()
        self._workers = []
        if self._tickets >= 0:
            os.close(self._tickets)
            self._tickets = -1

    def _size(self) -> int:
        # Small enough that all end at about the same time.
        return max(1, len(self._tasks) // (self.jobs * 24), -(-len(self._tasks) // _MOST))

    def _batches(self) -> int:
        return -(-len(self._tasks) // self._size())

    def _batch(self, number: int) -> dict[str, Result]:
        size = self._size()
        tasks = self._tasks[number * size : (number + 1) * size]
        return {name: work() for name, work in tasks}


@contextmanager
def aside(work: Callable[[], None], jobs: int) -> Iterator[Callable[[], None]]:
    """Let another process work on something meanwhile; gives what waits for it.

    Where there may be no other process, nothing is done. It ends with the block at the latest.
    """
    if not _CAN_FORK or jobs < 2:
        yield lambda: None
        return

    def batch(_number: int) -> dict[str, None]:
        work()
        return {}

    tickets = _tickets(1)
    worker = _Worker.fork(tickets, batch)
    os.close(tickets)

    def wait() -> None:
        worker.results(dict[str, None])

    try:
        yield wait
    finally:
        worker.end()


@dataclass
class _Worker:
    """Another process, and the pipe that its results come through."""

    pid: int
    pipe: int

    @classmethod
    def fork(cls, tickets: int, work: Callable[[int], dict[str, Any]]) -> _Worker:
        reading, writing = os.pipe()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        pid = os.fork()
        if pid:
            os.close(writing)
            return cls(pid, reading)
        # The child: nothing of what the parent has still to do may happen here.
        code = 1
        try:
            _die_with_parent()
            os.close(reading)
            _serve(tickets, writing, work)
            code = 0
        finally:
            os._exit(code)

    def results(self, kind: Any) -> Any:
        """Return everything that the process has done; raises WorkerError where it failed."""
        with os.fdopen(self.pipe, "rb") as stream:
            data = stream.read()
        self.pipe = -1
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        if data[:1] == b"!":
            raise WorkerError(data[1:].decode("utf-8", "replace"))
        if data[:1] == b"?" and (said := decode(data[1:], tuple[int, str, str])):
            raise OSError(*said)
        found = decode(data[1:], kind) if data[:1] == b"=" else None
        if found is None:
            # Most likely the system ended it, for want of memory.
            raise OSError(errno.ENOMEM, f"a working process ended early (status {status})")
        return found

    def end(self) -> None:
        """Kill the process, if it still runs, and forget it."""
        if self.pipe >= 0:
            os.close(self.pipe)
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, 9)
            with suppress(ChildProcessError):
                os.waitpid(self.pid, 0)
        self.pid, self.pipe = 0, -1


def _serve(tickets: int, writing: int, work: Callable[[int], dict[str, Any]]) -> None:
    done: dict[str, Any] = {}
    try:
        for number in _take(tickets):
            done |= work(number)
        data = b"=" + encode(done)
    except OSError as error:
        data = b"?" + encode((error.errno or 0, error.strerror or str(error), str(error.filename)))
    except Exception:  # noqa: BLE001 - the parent raises it
        data = b"!" + traceback.format_exc().encode("utf-8", "replace")
    with os.fdopen(writing, "wb") as stream:
        stream.write(data)


def _die_with_parent() -> None:
    """Ask the system to end this process when its parent ends, even when that is killed."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _tickets(count: int) -> int:
    """Return a pipe that holds the numbers of all batches: whoever reads one has it alone."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(n.to_bytes(_NUMBER, "little") for n in range(count)))
    os.close(writing)
    return reading


def _take(tickets: int) -> Iterator[int]:
    while ticket := os.read(tickets, _NUMBER):
        yield int.from_bytes(ticket, "little")
