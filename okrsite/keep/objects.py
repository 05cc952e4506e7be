"""Files by their content: what is published again is linked instead of written."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Sequence
from pathlib import Path

from okrsite.keep.codec import Piece, digest, digest_pieces
from okrsite.keep.folder import Keep, write_whole
from okrsite.model.quick import quick_dataclass


@quick_dataclass(frozen=True, slots=True)
class Kept:
    """A kept file: its content's digest, and how it looked when it was kept."""

    digest: str
    size: int
    changed: int
    """When it was last written, in nanoseconds."""


@quick_dataclass(frozen=True, slots=True)
class Found:
    """A kept file as it is there."""

    kept: Kept
    path: str
    inode: int


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

    def find(self, kept: Kept) -> Found | None:
        """Return a kept file to be linked; None where it is gone, changed, or not to be shared.

        One that looks as it did is taken for what it was; one that does not, as after a copy to
        another machine, is read.
        """
        path = f"{self._root}/{kept.digest[:2]}/{kept.digest[2:]}"
        if not self.shares:
            return None
        try:
            now = os.stat(path)  # noqa: PTH116 - a thousand paths cost more than the calls
            if stat.S_IMODE(now.st_mode) != self._mode:
                return None
            if (now.st_size, now.st_mtime_ns) != (kept.size, kept.changed):
                if digest(Path(path).read_bytes()) != kept.digest:
                    return None
                kept = Kept(kept.digest, now.st_size, now.st_mtime_ns)
        except OSError:
            return None
        return Found(kept, path, now.st_ino)

    def add(self, data: Sequence[Piece], published: Path | None = None) -> Kept | None:
        """Keep a file's bytes, by a link to where they were published; None where that fails."""
        name = digest_pieces(data)
        path = self._path(name)
        with self._keep.attempt():
            if published is None or not self.shares or not _link(published, path):
                path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(path, *data)
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
