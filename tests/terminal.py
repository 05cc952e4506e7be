"""A command of okrsite's on a terminal of its own, and somebody who answers its questions."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from command import ROOT

_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_PATIENCE = 60
"""Seconds that a question may take to come."""


def converse(
    words: Iterable[str | Path], answers: Iterable[tuple[str, str]], cwd: Path
) -> tuple[str, int]:
    """Run a command, answer what it asks, and return all that it showed and its exit code.

    Each answer waits until a text is shown that was not shown before; ``\\x03`` is Ctrl-C.
    """
    process, terminal = pty.fork()
    if not process:
        os.chdir(cwd)
        # Tests that run in the background ignore Ctrl-C, and what they start would do so, too.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        here = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
        command = [sys.executable, "-m", "okrsite", *map(str, words)]
        os.execve(sys.executable, command, here)  # noqa: S606 - no shell is wanted
    shown, seen = "", 0
    try:
        for question, answer in answers:
            shown = _shown_until(terminal, shown, question, seen)
            seen = shown.index(question, seen) + len(question)
            if answer in ("\x03", "\x04"):
                time.sleep(0.3)  # nobody is so quick that the prompt does not read yet
            os.write(terminal, answer.encode())
        shown = _shown_until(terminal, shown, "", seen)
    finally:
        # Whoever still waits for an answer hears that nobody is there any more.
        os.close(terminal)
        _, status = os.waitpid(process, 0)
    return shown, os.waitstatus_to_exitcode(status)


def _shown_until(terminal: int, shown: str, question: str, seen: int) -> str:
    """Return what is shown once a question stands there; without one, once all has been."""
    end = time.monotonic() + _PATIENCE
    while not question or question not in shown[seen:]:
        if not select.select([terminal], [], [], 1)[0]:
            assert time.monotonic() < end, f"nobody asked {question!r}:\n{shown}"
            continue
        try:
            data = os.read(terminal, 1 << 16)
        except OSError:  # how Linux says that nothing more will come
            data = b""
        if not data:
            assert not question, f"nobody asked {question!r}:\n{shown}"
            return shown
        shown = _STYLE.sub("", shown + data.decode(errors="replace")).replace("\r\n", "\n")
    return shown
