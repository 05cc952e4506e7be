"""A command of okrsite's → the CPU seconds that each room of the house took of it.

``python -m tests.benchmarks.rooms build`` runs `okrsite build` in one process and looks at every
few milliseconds of CPU where it is. Time counts for the innermost of the rooms below that is at
work; what a worker beside okrsite does, such as an indexer, is left out.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from unittest.mock import patch

from .measure import ROOT

OTHER = "everything else"
ROOMS = {
    "reading": ("tree", "read", "sentences"),
    "history": ("history", "remembered", "opened"),
    "resolving": ("resolve", "audience", "snapshot", "checked"),
    "measuring": ("measure", "measured", "changes"),
    "views": ("views", "words", "prose", "prefill", "urls"),
    "templates": ("pages", "theme"),
    "charts": ("charts",),
    "data, feeds, badges": ("data", "feeds", "badges", "cells"),
    "search": ("site/search",),
    "what is kept": ("keep", "by_plan", "watched", "site/shelf", "site/press", "site/manifest"),
    "shells and writing": ("site",),
}
"""Each with the modules and folders that belong to it; longer names go first."""
_STARTING, _MKDOCS = "starting: imports", "MkDocs and Material"
_PEERS = {"matplotlib": "charts", "jinja2": "templates", "mkdocs": _MKDOCS, "material": _MKDOCS}
_EVERY = 0.004
"""Seconds of CPU between two looks."""


def room_of(frame: FrameType | None, known: dict[str, str]) -> str:
    """Return the innermost room that is at work in a frame or in what called it."""
    found = ""
    while frame is not None:
        file = frame.f_code.co_filename
        if file not in known:
            known[file] = _room_of_file(file)
        room = known[file]
        if room == _STARTING:
            return room
        found = found or room
        frame = frame.f_back
    return found or OTHER


def _room_of_file(file: str) -> str:
    if file.startswith("<frozen importlib"):
        return _STARTING
    path = Path(file)
    for top in (ROOT / "okrsite", ROOT):
        with suppress(ValueError):
            return _room_of_path(path.relative_to(top).with_suffix("").as_posix())
    return next((room for name, room in _PEERS.items() if f"/{name}/" in file), "")


def _room_of_path(path: str) -> str:
    names = [(name, room) for room, names in ROOMS.items() for name in names]
    for name, room in sorted(names, key=lambda each: -len(each[0])):
        if path == name or path.startswith(f"{name}/"):
            return room
    return ""


@contextmanager
def watching() -> Iterator[Counter[str]]:
    """Give the CPU seconds of each room while the block runs."""
    seconds: Counter[str] = Counter()
    known: dict[str, str] = {}
    last = time.process_time()

    def look(_number: int, frame: FrameType | None) -> None:
        nonlocal last
        now = time.process_time()
        seconds[room_of(frame, known)] += now - last
        last = now

    signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)
    try:
        yield seconds
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        seconds[OTHER] += time.process_time() - last


def main() -> None:
    """Run a command in this folder and write its seconds as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("command", choices=("build", "check"))
    parser.add_argument("out", type=Path)
    words = parser.parse_args()
    with watching() as seconds, patch("os.cpu_count", return_value=1), suppress(SystemExit):
        from okrsite.cli import main as okrsite

        okrsite([words.command])
    words.out.write_text(json.dumps(seconds), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
