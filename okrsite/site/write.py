"""Addresses and bytes → files in a folder, of which some may be there already."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from okrsite.keep import Found, Piece, write_pieces


class Folder:
    """A folder that a site is written into."""

    def __init__(self, root: Path):
        self._root = str(root)
        self._folders: set[str] = set()
        self._there: dict[str, int] = dict(self._look("")) if root.is_dir() else {}

    def keep_only(self, paths: Collection[str]) -> None:
        """Remove what was there from the beginning, but for some paths, and folders left empty."""
        for path in self._there.keys() - paths:
            Path(self._root, path).unlink(missing_ok=True)
            del self._there[path]
        needed = {above for path in paths for above in _above(path)}
        for folder in sorted(self._folders - needed - {""}, reverse=True):
            Path(self._root, folder).rmdir()
            self._folders.discard(folder)

    def link(self, path: str, source: Found) -> None:
        """Put a kept file at a path, unless it is there from the beginning.

        ValueError as `prepare`; OSError where it cannot be linked.
        """
        if self._there.get(path) != source.inode:
            os.link(source.path, self.prepare(path))

    def prepare(self, path: str) -> str:
        """Return where a file goes, with its folder made and nothing in its place.

        What was there may be a link to a file that others share, so that it must not be written
        over. ValueError for a path that leads out of the folder.
        """
        if path.startswith("/") or "\\" in path or ".." in path.split("/"):
            raise ValueError(f"not a path inside a site: {path!r}")
        folder, target = path.rpartition("/")[0], f"{self._root}/{path}"
        if folder not in self._folders:
            Path(self._root, folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        Path(target).unlink(missing_ok=True)
        return target

    def write(self, path: str, pieces: Iterable[Piece]) -> Path:
        """Write one file and return where it is; ValueError as `prepare`."""
        target = Path(self.prepare(path))
        write_pieces(target, pieces)
        return target

    def _look(self, folder: str) -> Iterator[tuple[str, int]]:
        """Yield the files below a folder, with their inodes."""
        self._folders.add(folder)
        with os.scandir(f"{self._root}/{folder}") as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if entry.is_dir(follow_symlinks=False):
                    yield from self._look(path)
                else:
                    yield path, entry.inode()


def _above(path: str) -> Iterator[str]:
    """Yield the folders that a path lies in, the innermost first."""
    while path := path.rpartition("/")[0]:
        yield path
