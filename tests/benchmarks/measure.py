"""A command → what it cost as a whole process: wall clock, CPU of all its children, and memory.

Memory is the sum of what all processes of the command hold at a time: their proportional set size,
so that shared pages count once. To look every 20 ms slows a command down; it is therefore weighed in
a run of its own, whose time does not count.
"""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LOOK_EVERY = 0.02
"""Seconds between two looks at memory."""


class CommandFailedError(Exception):
    """A measured command that ended with another exit code than 0; says what it printed."""


@dataclass(frozen=True)
class Cost:
    """What one run cost."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of user and system time, of the process and all its children."""
    memory: int | None = None
    """Bytes at the peak, or None where nobody looked."""


def environment() -> dict[str, str]:
    """Return the environment of every measured command, in which this repository's okrsite is found.

    Python may keep what it compiles, as it does where somebody has installed a program.
    """
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    outer = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**outer, "PYTHONPATH": os.pathsep.join(paths), "NO_MKDOCS_2_WARNING": "1"}


def run(command: list[str], folder: Path, *, weigh: float = 0) -> Cost:
    """Run a command in a folder to its end and return its cost.

    With `weigh`, look at its memory every so many seconds.
    """
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment(), stdout=said, stderr=subprocess.STDOUT
        )
        with watch_memory(process.pid, weigh) if weigh else contextlib.nullcontext() as seen:
            _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            text = said.read().decode(errors="replace")[-2000:]
            raise CommandFailedError(f"{' '.join(command)}: exit {process.returncode}\n{text}")
    return Cost(wall, cpu_of(usage), seen.peak if seen else None)


def cpu_of(usage: resource.struct_rusage) -> float:
    """Return seconds of user and system time."""
    return usage.ru_utime + usage.ru_stime


@dataclass
class Seen:
    """The most memory that was seen so far, in bytes."""

    peak: int = 0


@contextlib.contextmanager
def watch_memory(pid: int, every: float = LOOK_EVERY) -> Iterator[Seen]:
    """Look at a process and its children every few seconds until the block ends."""
    seen = Seen()
    stop = threading.Event()

    def look() -> None:
        while not stop.wait(every):
            seen.peak = max(seen.peak, sum(_memory(each) for each in [pid, *_below(pid)]))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        stop.set()
        watcher.join()


def _memory(pid: int) -> int:
    # A process may end between two lines of ours.
    rollup = Path(f"/proc/{pid}/smaps_rollup")
    with contextlib.suppress(OSError), rollup.open(encoding="ascii") as file:
        for line in file:
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _below(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, task.read_text(encoding="ascii").split()):
                yield child
                yield from _below(child)
