"""A folder of bytes under names: `.okrsite-cache`, safe to delete and to carry elsewhere."""

from __future__ import annotations

import logging
import secrets
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from okrsite.keep.codec import Piece, decode, encode

if sys.platform == "win32":
    fcntl = None
else:
    import fcntl

log = logging.getLogger("mkdocs.okrsite")

FOLDER = ".okrsite-cache"
_CHECK = 16
"""Bytes before each file's own: their checksum."""
_NOTE = (
    "Signature: 8a477f597d28d172789f06886806bc55\n# okrsite keeps here what it made; delete it.\n"
)


class Keep:
    """What was kept under names, for one version of the code.

    Where nothing can be written nothing is kept, which is told once and harms no build.
    """

    def __init__(self, root: Path, version: str, memory: dict[str, Any] | None = None) -> None:
        """Take a folder and a version; `memory` spares a process to decode what it wrote itself."""
        self.root = root
        self._memory = memory
        self._folder = root / version
        self._fails = False

    @property
    def folder(self) -> Path:
        """Return the folder of this version."""
        return self._folder

    def load(self, name: str) -> memoryview | None:
        """Return what was kept under a name; None where there is nothing, or nothing whole."""
        try:
            data = (self._folder / name).read_bytes()
        except OSError:
            return None
        body = memoryview(data)[_CHECK:]
        return body if _checksum(body) == data[:_CHECK] else None

    def save(self, name: str, data: bytes) -> None:
        """Keep bytes under a name, in the place of what was there."""
        target = self._folder / name
        with self.attempt():
            target.parent.mkdir(parents=True, exist_ok=True)
            write_whole(target, _checksum(data), data)

    def value(self, name: str, kind: Any) -> Any:
        """Return the value of a type that was kept under a name; None where there is none."""
        if self._memory is not None and name in self._memory:
            return self._memory[name]
        data = self.load(name)
        value = None if data is None else decode(data, kind)
        if self._memory is not None and value is not None:
            self._memory[name] = value
        return value

    def keep_value(self, name: str, value: Any) -> None:
        """Keep a value under a name, which is not changed any more."""
        if self._memory is not None:
            self._memory[name] = value
        try:
            data = encode(value)
        except UnicodeEncodeError:
            log.info("%s: a path or text that is no UTF-8 cannot be kept for the next build", name)
            return
        self.save(name, data)

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """Keep other processes that ask for the same name waiting while the block runs.

        Only where processes share their work, which takes a system that can fork; and where a
        file can be written, as nothing is kept elsewhere.
        """
        with ExitStack() as held:
            if fcntl is not None:
                with suppress(OSError):
                    self._folder.mkdir(parents=True, exist_ok=True)
                    file = held.enter_context((self._folder / name).open("wb"))
                    fcntl.flock(file, fcntl.LOCK_EX)
            yield

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Try to write into the folder; the first failure is told, and is no failure of a build."""
        try:
            yield
        except OSError as error:
            if not self._fails:
                log.warning("nothing can be kept in %s for the next build: %s", self.root, error)
            self._fails = True


def open_keep(root: Path, version: str, memory: dict[str, Any] | None = None) -> Keep:
    """Return what is kept in a folder; what other versions left is removed."""
    keep = Keep(root, version, memory)
    with keep.attempt():
        keep.folder.mkdir(parents=True, exist_ok=True)
        for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _NOTE)):
            if not (root / name).is_file():
                (root / name).write_text(text, encoding="utf-8")
        for other in root.iterdir():
            if other.is_dir() and not other.is_symlink() and other.name != version:
                shutil.rmtree(other, ignore_errors=True)
    return keep


def write_whole(target: Path, *data: Piece) -> None:
    """Write a file so that it is there whole or not at all; OSError where it cannot be."""
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        write_pieces(beside, data)
        beside.replace(target)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def write_pieces(target: Path, pieces: Iterable[Piece]) -> None:
    """Write a file that is given in pieces."""
    with target.open("wb") as file:
        file.writelines(pieces)


def _checksum(data: Piece) -> bytes:
    return blake2b(data, digest_size=_CHECK).digest()
