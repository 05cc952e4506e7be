"""Files by their content: what is published again is linked instead of written."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from okrsite.keep.codec import digest
from okrsite.keep.folder import Keep, write_whole


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept file: its content's digest, and how it looked when it was kept."""

    digest: str
    size: int
    changed: int
    """When it was last written, in nanoseconds."""


class Objects:
    """The kept files of one version, each under its digest."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._root = keep.folder / "objects"
        self._mode = 0o666 & ~_umask()
        self.shares = True
        """Whether what is published may be a link; not where somebody may write into it."""

    def read(self, kept: Kept) -> bytes | None:
        """Return a file's bytes, or None where it is gone or not what it was."""
        try:
            data = self._path(kept.digest).read_bytes()
        except OSError:
            return None
        return data if digest(data) == kept.digest else None

    def publish(self, kept: Kept, target: Path) -> Kept | None:
        """Put a kept file at a path; None where it is gone, changed, or cannot be linked.

        Its folder must be there. A file that looks as it did is taken for what it was; one that
        does not, as after a copy to another machine, is read.
        """
        path = self._path(kept.digest)
        if not self.shares:
            return None
        try:
            now = path.stat()
            if stat.S_IMODE(now.st_mode) != self._mode:
                return None
            if (now.st_size, now.st_mtime_ns) != (kept.size, kept.changed):
                if digest(path.read_bytes()) != kept.digest:
                    return None
                kept = Kept(kept.digest, now.st_size, now.st_mtime_ns)
            os.link(path, target)
        except OSError:
            return None
        return kept

    def add(self, data: bytes, published: Path | None = None) -> Kept | None:
        """Keep bytes, by a link to where they were published; None where that fails."""
        name = digest(data)
        path = self._path(name)
        with self._keep.attempt():
            if published is None or not self.shares or not _link(published, path):
                path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(path, data)
            now = path.stat()
            return Kept(name, now.st_size, now.st_mtime_ns)
        return None

    def remove_others(self, wanted: Collection[str]) -> None:
        """Remove all files but those with some digests."""
        with self._keep.attempt():
            for folder in self._root.iterdir() if self._root.is_dir() else ():
                for path in folder.iterdir():
                    if folder.name + path.name not in wanted:
                        path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._root / name[:2] / name[2:]


def _link(published: Path, path: Path) -> bool:
    """Put a link to a published file among the kept ones, in the place of what is there."""
    for _ in range(2):
        try:
            os.link(published, path)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            path.unlink(missing_ok=True)
        except OSError:
            return False
        else:
            return True
    return False


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
