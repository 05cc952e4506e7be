"""What may go wrong while a site is written, at a place that can be counted to.

Every call of this process and its workers that changes a file system is counted: at the n-th one
the disk fails or fills up, or all of them are killed. Reading works on; so do pipes and terminals.
"""

from __future__ import annotations

import builtins
import errno
import io
import multiprocessing
import os
import signal
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import okrsite.site.stage as stage

KINDS = {
    "once": "one call fails, and then all is well again",
    "full": "the disk is full from then on: what is there can be moved and removed",
    "broken": "no call works any more",
    "kill": "the process and all of its workers are killed",
    "alone": "the process that makes the call is killed, be it the builder or a worker",
}


@dataclass
class Fault:
    """One mishap at the n-th call; none where `at` is 0, which only counts."""

    kind: str = "once"
    at: int = 0
    exchanges: bool = True
    """Whether the system exchanges two folders in one step, where it can."""
    calls: Any = field(default_factory=lambda: multiprocessing.get_context("fork").Value("Q"))
    """How many calls there have been in all processes."""

    def install(self) -> None:
        """Make this process, and those that it will fork, suffer it."""
        for name in _MOVES:
            setattr(os, name, self._watch(getattr(os, name), grows=False))
        for name in _GROWS:
            setattr(os, name, self._watch(getattr(os, name), grows=True))
        os.open = self._watch(os.open, grows=True, counts=_creates)
        os.write = self._watch(os.write, grows=True, counts=_to_file)
        exchange = stage.exchange if self.exchanges else _cannot_exchange
        stage.exchange = self._watch(exchange, grows=False)
        builtins.open = io.open = self._open  # type: ignore[assignment]

    def _watch(
        self,
        call: Callable[..., Any],
        *,
        grows: bool,
        counts: Callable[..., bool] = lambda *_, **__: True,
    ) -> Callable[..., Any]:
        def watched(*words: Any, **named: Any) -> Any:
            if counts(*words, **named):
                self.strike(grows=grows)
            return call(*words, **named)

        return watched

    def strike(self, *, grows: bool, half: Callable[[], object] = lambda: None) -> None:
        """Count a call; where it is the one, do half of it and fail or end the process."""
        with self.calls.get_lock():
            self.calls.value += 1
            number = self.calls.value
        if not self._hits(number, grows=grows):
            return
        half()
        if self.kind == "kill":
            os.killpg(0, signal.SIGKILL)
        if self.kind == "alone":
            os.kill(os.getpid(), signal.SIGKILL)
        code = errno.ENOSPC if self.kind == "full" else errno.EIO
        raise OSError(code, os.strerror(code))

    def _hits(self, number: int, *, grows: bool) -> bool:
        if not self.at or number < self.at:
            return False
        return grows if self.kind == "full" else number == self.at or self.kind == "broken"

    def _open(
        self,
        file: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,
        opener: Any = None,
    ) -> Any:
        rest = (closefd, opener)
        if not set(mode) & set("wxa+") or (isinstance(file, int) and not _to_file(file)):
            return _OPEN(file, mode, buffering, encoding, errors, newline, *rest)
        if not isinstance(file, int):
            self.strike(grows=True)
        raw = _Raw(self, file, mode.replace("b", "").replace("t", ""), *rest)
        if buffering == 0:
            return raw
        buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        if "b" in mode:
            return buffered
        return io.TextIOWrapper(buffered, encoding or "locale", errors, newline)


_OPEN = io.open
_MOVES = "rename replace unlink remove rmdir chmod utime fsync".split()
_GROWS = "mkdir link symlink truncate ftruncate sendfile copy_file_range pwrite writev".split()


def _cannot_exchange(_one: Path, _other: Path) -> bool:
    return False


def _creates(_path: object, flags: int, *_: object, **__: object) -> bool:
    return bool(flags & (os.O_CREAT | os.O_TRUNC))


def _to_file(descriptor: int, *_: object) -> bool:
    return stat.S_ISREG(os.fstat(descriptor).st_mode)


class _Raw(io.FileIO):
    def __init__(self, fault: Fault, *words: Any):
        super().__init__(*words)
        self._fault = fault

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        half = view[: len(view) // 2]
        self._fault.strike(grows=True, half=lambda: super(_Raw, self).write(half))
        return super().write(view)
