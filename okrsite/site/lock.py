"""A file that several builders want → one holder at a time, while it lives."""

from __future__ import annotations

import logging
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

log = logging.getLogger("mkdocs.okrsite")

_PAUSE = 0.05
"""Seconds between two attempts."""
_PATIENCE = 20
"""How many attempts fail before somebody is told."""

_held: set[int] = set()
"""Descriptors of the locks that this process holds."""


@contextmanager
def locked(path: Path, what: str) -> Iterator[None]:
    """Hold the lock of a file while the block runs; wait for whoever has it, and say so.

    The system's own lock: it ends with the process that holds it, so that a killed builder bars
    nobody, and its file, if it still lies there, means nothing. `what` names in a message what
    the lock guards. OSError where the file cannot be made or locked.
    """
    lock = _acquire(path, what)
    _held.add(lock)
    try:
        _sign(lock)
        yield
    finally:
        # Not in a process that was forked meanwhile: it is its parent's.
        if lock in _held:
            _held.remove(lock)
            _release(lock, path)


def _acquire(path: Path, what: str) -> int:
    failed = 0
    while True:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            while not _try(lock):
                failed += 1
                if failed == _PATIENCE:
                    log.warning("%s is being built%s: waiting for that", what, _holder(path))
                time.sleep(_PAUSE)
            if _is_at(lock, path):
                return lock
        except BaseException:
            os.close(lock)
            raise
        # Its last holder has removed it: whoever comes now makes another, and that one counts.
        os.close(lock)


def _is_at(lock: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(lock), path.stat())
    except FileNotFoundError:
        return False


def _sign(lock: int) -> None:
    """Write into the file who holds it, for those who wait."""
    os.ftruncate(lock, 0)
    os.write(lock, b"%d\n" % os.getpid())


def _holder(path: Path) -> str:
    try:
        signed = re.fullmatch(rb"(\d{1,10})\s*", path.read_bytes())
    except FileNotFoundError:
        return ""
    return f" by another process ({int(signed[1])})" if signed else " by another process"


if sys.platform == "win32":
    import msvcrt

    # Behind whatever is written in it, as locked bytes cannot be read there.
    _FAR = 1 << 30

    def _try(lock: int) -> bool:
        os.lseek(lock, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        finally:
            os.lseek(lock, 0, os.SEEK_SET)
        return True

    def _release(lock: int, path: Path) -> None:
        # An open file cannot be removed there, neither by its holder nor under who waits for it.
        os.close(lock)
        with suppress(FileNotFoundError, PermissionError):
            path.unlink()

else:
    import fcntl

    def _try(lock: int) -> bool:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(lock: int, path: Path) -> None:
        # Removed while it is held: who waits for it sees that it is gone, and makes a new one.
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            log.warning("%s stays until the next build: %s", path, error)
        finally:
            os.close(lock)

    def _let_go() -> None:
        for lock in _held:
            os.close(lock)
        _held.clear()

    # A worker would keep the lock of a builder that is killed, as both share what was opened.
    os.register_at_fork(after_in_child=_let_go)
