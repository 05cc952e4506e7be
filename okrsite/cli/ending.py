"""How the process of a command ends: at once, with nothing taken apart.

To take a company apart, object by object, takes a fifth of a short command, for nobody's good.
"""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

_held: list[Any] | None = None


def hold(thing: object) -> None:
    """Keep something until the process ends, where that ends with its command."""
    if _held is not None:
        _held.append(thing)


def end_with(command: Callable[[], None]) -> None:
    """Run the command that a process was started for, and end the process with it."""
    global _held
    _held = []
    try:
        command()
        code: object = 0
    except SystemExit as end:
        code = end.code
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # nobody reads it any more
            stream.flush()
    atexit._run_exitfuncs()
    os._exit(code if isinstance(code, int) else int(bool(code)))
