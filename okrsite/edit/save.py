"""Bytes by path → files of a source folder: all of them or none, links never followed."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from okrsite.tree import read_file


class CannotSaveError(Exception):
    """Files cannot be written; says why, and nothing was changed."""


def save_files(root: Path, files: Mapping[str, bytes], before: Mapping[str, bytes]) -> None:
    """Write files by their path below a folder; `before` is what they held when they were read.

    CannotSaveError where one has changed since, is a link or lies behind one, or cannot be
    written: then all are as they were.
    """
    for path in files:
        _check(root, path, before.get(path))
    made: list[Path] = []
    waiting: dict[str, Path] = {}
    try:
        for path, data in files.items():
            made += _make_folders(root, path)
            waiting[path] = _write_beside(root / path, data)
        _swap(root, waiting, before)
    except OSError as error:
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        reason = (error.strerror or str(error)).lower()
        raise CannotSaveError(f"{error.filename or root}: {reason}") from error
    finally:
        for left in waiting.values():
            left.unlink(missing_ok=True)


def _check(root: Path, path: str, before: bytes | None) -> None:
    """Refuse a path that leads elsewhere, and a file that is not what it was."""
    parts = path.split("/")
    if path.startswith("/") or "\\" in path or any(part in ("", ".", "..") for part in parts):
        raise CannotSaveError(f"'{path}' leads out of the source folder")
    for depth in range(1, len(parts) + 1):
        each = "/".join(parts[:depth])
        if (root / each).is_symlink():
            raise CannotSaveError(f"{each} is a symbolic link, and links are not followed")
    try:
        now = read_file(root, path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CannotSaveError(f"{path} cannot be opened: {reason}") from error
    if now != before:
        what = "changed" if now is not None and before is not None else "came or went"
        raise CannotSaveError(f"{path} {what} while you worked; nothing was written: try again")


def _make_folders(root: Path, path: str) -> list[Path]:
    """Make the folders that a file lies in; return those that were not there."""
    made: list[Path] = []
    folder = (root / path).parent
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir()
        made.append(each)
    return made


def _write_beside(target: Path, data: bytes) -> Path:
    """Write a file beside the place where it is to be, with the rights of the one there."""
    # What begins with a dot is no content, should it be left over.
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o7777)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return beside


def _swap(root: Path, waiting: dict[str, Path], before: Mapping[str, bytes]) -> None:
    """Put files in their places; if one cannot be, put back those that were there."""
    done: list[str] = []
    try:
        for path, beside in list(waiting.items()):
            beside.replace(root / path)
            done.append(path)
    except OSError:
        for path in done:
            if path in before:
                _write_beside(root / path, before[path]).replace(root / path)
            else:
                (root / path).unlink()
        raise
