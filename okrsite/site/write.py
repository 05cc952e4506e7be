"""Addresses and bytes → files in a folder."""

from __future__ import annotations

from pathlib import Path


class Folder:
    """A folder that a site is written into."""

    def __init__(self, root: Path):
        self._root = root
        self._known: set[Path] = set()

    def prepare(self, path: str) -> Path:
        """Return where a file goes, with its folder made and nothing in its place.

        What was there may be a link to a file that others share, so that it must not be written
        over. ValueError for a path that leads out of the folder.
        """
        if path.startswith("/") or "\\" in path or ".." in path.split("/"):
            raise ValueError(f"not a path inside a site: {path!r}")
        target = self._root / path
        if target.parent not in self._known:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._known.add(target.parent)
        target.unlink(missing_ok=True)
        return target

    def write(self, path: str, data: bytes) -> Path:
        """Write one file and return where it is; ValueError as `prepare`."""
        target = self.prepare(path)
        target.write_bytes(data)
        return target
