"""The code that is running → its version: what another version has kept holds for that one only."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from okrsite.keep.codec import digest
from okrsite.theme_dir import theme_dir

_ENDINGS = (".py", ".po", ".html", ".css", ".js", ".json", ".svg")


@lru_cache
def version_of_code() -> str:
    """Return a digest of our own files and of the names and versions of all that is installed.

    A version number would do for releases; whoever edits a template or updates a library would
    see yesterday's pages.
    """
    return digest(sys.version, *_own_files(), *_installed())


def _own_files() -> Iterator[bytes | str]:
    for root in (Path(__file__).parents[1], theme_dir()):
        for path in sorted(root.rglob("*")):
            if path.suffix in _ENDINGS and path.is_file():
                yield path.relative_to(root).as_posix()
                yield path.read_bytes()


def _installed() -> Iterator[str]:
    """Yield the folders that packages leave beside themselves, whose names tell their versions."""
    for entry in sys.path:
        folder = Path(entry)
        if folder.is_dir():
            yield from sorted(path.name for path in folder.glob("*.dist-info"))
