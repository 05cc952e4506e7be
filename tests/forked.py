"""Builds forked from a process that has imported everything, as that is fast, and their reader."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import chdir, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from faults import Fault
from jinja2 import Environment

from okrsite.cli import main, okrsite


@dataclass(frozen=True)
class Ended:
    """What came of a build: its exit code (negative for a signal) and what it said."""

    code: int
    out: str

    @property
    def complaints(self) -> Iterator[str]:
        """Return what is wrong with the way it ended: a failure is told in one line."""
        if "Traceback" in self.out:
            yield f"a traceback:\n{self.out}"
        elif self.code in (2, 3):
            if sum(line.startswith("Error: ") for line in self.out.splitlines()) != 1:
                yield f"not told in one line:\n{self.out}"
        elif self.code not in (0, -signal.SIGKILL):
            yield f"exit code {self.code}:\n{self.out}"


def warm_up(folder: Path) -> None:
    """Import and compile all that a build needs, so that those forked from here are fast."""
    _remember_templates()
    with chdir(folder):
        done = CliRunner().invoke(okrsite, ["build"])
    assert done.exit_code == 0, done.output


def _remember_templates() -> None:
    """Let templates be compiled once, although every build makes its environments anew."""
    compiled: dict[tuple[object, ...], object] = {}
    compile = Environment.compile

    def remembered(self: Environment, source: object, *words: object, **named: object) -> Any:
        options = type(self), str(self.autoescape), *sorted(self.extensions)
        key = (*options, source, words, *sorted(named.items()))
        if key not in compiled:
            compiled[key] = compile(self, source, *words, **named)  # type: ignore[call-overload]
        return compiled[key]

    Environment.compile = remembered  # type: ignore[method-assign]


def begin(folder: Path, *words: str, fault: Fault | None = None, delay: float = 0) -> int:
    """Fork a build in a folder, as a process group of its own, and return its id for `end`."""
    pid = os.fork()
    if pid == 0:
        _be_a_builder(folder, words, fault, delay)
    with suppress(PermissionError, ProcessLookupError):
        os.setpgid(pid, pid)
    return pid


def _be_a_builder(folder: Path, words: Sequence[str], fault: Fault | None, delay: float) -> None:
    code = 99
    try:
        os.setpgid(0, 0)
        os.chdir(folder)
        said = os.open(_told(folder, os.getpid()), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        time.sleep(delay)
        if fault:
            fault.install()
        main(["build", *words])
    except SystemExit as exit:
        code = exit.code if isinstance(exit.code, int) else 98
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _told(folder: Path, pid: int) -> Path:
    return folder.with_name(f"{folder.name}.{pid}.out")


def end(folder: Path, pid: int) -> Ended:
    """Wait for a build and return what came of it."""
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    said = _told(folder, pid)
    text = said.read_text(encoding="utf-8") if said.exists() else ""
    return Ended(code, text)


def build(folder: Path, *words: str, fault: Fault | None = None) -> Ended:
    """Build in a folder, to the end."""
    return end(folder, begin(folder, *words, fault=fault))


class Reader(threading.Thread):
    """Somebody who reads a page again and again."""

    def __init__(self, page: Path):
        super().__init__()
        self._page = page
        self._over = threading.Event()
        self.found = self.missed = 0

    def run(self) -> None:
        while not self._over.wait(0.0002):
            try:
                whole = self._page.read_bytes().rstrip().endswith(b"</html>")
            except FileNotFoundError:
                whole = False
            self.found += whole
            self.missed += not whole

    def stop(self) -> None:
        self._over.set()
        self.join()
