"""Addresses and bytes → files in a folder."""

from __future__ import annotations

from pathlib import Path


class Folder:
    """A folder that a site is written into."""

    def __init__(self, root: Path):
        self._root = root
        self._known: set[Path] = set()
        self.written = 0
        """How many files were written."""

    def write(self, path: str, data: bytes) -> None:
        """Write one file; ValueError for a path that leads out of the folder."""
        if path.startswith("/") or "\\" in path or ".." in path.split("/"):
            raise ValueError(f"not a path inside a site: {path!r}")
        target = self._root / path
        if target.parent not in self._known:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._known.add(target.parent)
        target.write_bytes(data)
        self.written += 1
