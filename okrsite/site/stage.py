"""A finished site beside the old one → in its place: all of it or nothing.

Beside a site ``site`` lie, while one is built and after a build was killed,

- ``.site.okrsite-1a2b3c4d``: the new site until it is whole, then the old one until it is gone;
- ``.site.okrsite-old``: the old site, where the system cannot exchange two folders in one step;
- ``.site.okrsite-lock``: the lock of the builder (see `lock`).

A killed build leaves them for the next one, which removes them when it holds the lock: those of
these names that also bear our mark, are a site or are empty. What may be replaced is told in
`may_replace`.

A link to a folder is followed: the folder changes, the link stays. What cannot be moved is
refused before anything is built, as it could only be filled file by file: a mount (a container's
volume), a folder whose parent is not ours to write; so are a link that leads nowhere, and a folder
that is a repository's.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from okrsite.site.exchange import exchange
from okrsite.site.lock import locked

log = logging.getLogger("mkdocs.okrsite")

MARK = ".okrsite"
"""A file in every site of ours, by which the next build knows that it may replace the folder."""
_MARK_TEXT = "okrsite wrote this folder and replaces it whole at the next build.\n"
_GENERATOR = b'<meta name="generator" content="mkdocs-'

_REPOSITORY = ".git"
_OLD = "old"
_LOCK = "lock"


class NotOursError(Exception):
    """The folder holds something that no build has written."""


class StageError(OSError):
    """A site cannot be put where it is wanted; says why, and how to mend it."""


# Nothing here waits for the disk (fsync): a kill, a full disk or a failing write loses nothing
# that way, and thousands of files take longer to reach the disk than to be made. After a power
# cut within the half minute that systems take for that, build again: no build reads the old site.


@contextmanager
def staged(site_dir: Path, spare: Path | None = None) -> Iterator[Path]:
    """Give a folder beside a site's; it is gone afterwards unless it was swapped in.

    It is new, or `spare`, where an older site waits that is to be made into the new one.

    Meanwhile nobody else builds the same site: who comes second waits. NotOursError where the
    site's folder holds something else than a site; StageError where a site cannot be put there;
    OSError where nothing can be written beside it.
    """
    site = _find(site_dir)
    with _held(site):
        _put_back(site)
        _remove_leftovers(site)
        if not may_replace(site):
            raise NotOursError(site_dir)
        staging = _beside(site, secrets.token_hex(4))
        staging.mkdir()
        try:
            if spare:
                _take_up(spare, staging)
            _mark(staging)
            yield staging
        finally:
            _discard(staging)


def may_replace(site_dir: Path) -> bool:
    """Tell whether a folder is absent, empty, ours, or a site that MkDocs has built.

    Never one with a repository in it, such as a branch of sites checked out there: replacing it
    would take away its history.
    """
    if not site_dir.exists():
        return not site_dir.is_symlink()
    if not site_dir.is_dir() or site_dir.is_symlink() or (site_dir / _REPOSITORY).exists():
        return False
    if not any(site_dir.iterdir()) or (site_dir / MARK).is_file():
        return True
    return any(_is_generated(site_dir / name) for name in ("index.html", "404.html"))


def _is_generated(page: Path) -> bool:
    return page.is_file() and _GENERATOR in page.read_bytes()


def swap_in(staging: Path, site_dir: Path, spare: Path | None = None) -> None:
    """Put a finished folder in the place of the old one, which then goes to `spare`, or away.

    In one step where the system can exchange folders; elsewhere the old one waits beside for a
    moment, and comes back if that moment does not end well. NotOursError where meanwhile
    something else lies there; OSError where it cannot be moved: then the old one is untouched.
    """
    site = _find(site_dir)
    if not may_replace(site):
        raise NotOursError(site_dir)
    _mark(staging)
    old = staging
    try:
        if not site.exists():
            staging.rename(site)
        elif not exchange(staging, site):
            old = _swap_by_renaming(staging, site)
    except OSError as error:
        if error.errno not in (errno.EBUSY, errno.EXDEV):
            raise
        raise _immovable(site) from error
    if spare:
        _put_aside(old, spare)
    _discard(old)


def _take_up(spare: Path, staging: Path) -> None:
    """Let an older site take the place of a new empty folder, if it has the same rights."""
    with suppress(OSError):
        if spare.stat().st_mode == staging.stat().st_mode:
            spare.rename(staging)


def _put_aside(folder: Path, spare: Path) -> None:
    """Let an old site wait for the next build; it stays where it is if it cannot be moved."""
    with suppress(OSError):
        if spare.is_dir():
            shutil.rmtree(spare)
        if folder.is_dir():
            spare.parent.mkdir(parents=True, exist_ok=True)
            folder.rename(spare)


def _swap_by_renaming(staging: Path, site: Path) -> Path:
    """Swap in two steps; return where the old site is."""
    waiting = _beside(site, _OLD)
    site.rename(waiting)
    try:
        staging.rename(site)
    finally:
        _put_back(site)
    return waiting


def restore(site_dir: Path) -> None:
    """Put the old site back where a build was killed between taking it away and the new one."""
    site = _find(site_dir)
    if _is_taken_away(site):
        with _held(site):
            _put_back(site)


def _put_back(site: Path) -> None:
    if _is_taken_away(site):
        _beside(site, _OLD).rename(site)


def _is_taken_away(site: Path) -> bool:
    waiting = _beside(site, _OLD)
    return not site.exists() and waiting.is_dir() and may_replace(waiting)


def _find(site_dir: Path) -> Path:
    """Return the folder itself that is or will be the site; StageError where none can be."""
    if site_dir.is_symlink() and not site_dir.exists():
        raise StageError(f"{site_dir} is a link that leads nowhere; mend: remove the link")
    site = site_dir.resolve()
    if os.path.ismount(site):  # pathlib has it on Windows only since 3.12
        raise _immovable(site)
    if (site / _REPOSITORY).exists():
        raise StageError(
            f"{site} holds a repository ({_REPOSITORY}), which would be replaced with the site; "
            "mend: name another folder with --site-dir, and copy it from there"
        )
    return site


def _immovable(site: Path) -> StageError:
    return StageError(
        f"{site} is a mount (a volume) or belongs to a container's image, so it cannot be replaced "
        f"whole; mend: name a folder within it: --site-dir {site / 'site'}"
    )


@contextmanager
def _held(site: Path) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            site.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(_beside(site, _LOCK), str(site)))
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
                raise
            raise StageError(
                f"{site.parent} cannot be written, and a new site is made beside the old one; "
                f"mend: allow that, or name another folder with --site-dir"
            ) from error
        yield


def _beside(site: Path, end: str) -> Path:
    return site.with_name(f".{site.name}.okrsite-{end}")


def _mark(folder: Path) -> None:
    mark = folder / MARK
    if not mark.is_file():
        mark.write_text(_MARK_TEXT, encoding="utf-8")


def _remove_leftovers(site: Path) -> None:
    """Remove what killed builds have left; the lock is held, so that nobody is at work on it."""
    ours = re.compile(rf"\.{re.escape(site.name)}\.okrsite-(?:{_OLD}|[0-9a-f]{{8}})")
    for path in site.parent.iterdir():
        if ours.fullmatch(path.name) and path.is_dir() and may_replace(path):
            _discard(path)


def _discard(folder: Path) -> None:
    """Remove a folder of ours; what cannot be removed waits for the next build."""
    if not folder.is_dir():
        return
    try:
        _remove(folder)
    except OSError as error:
        log.warning("%s stays until the next build: %s", folder, error)


def _remove(folder: Path) -> None:
    # The mark goes last, so that what a kill leaves can be told from what is somebody else's;
    # pages at the top go late, as somebody may just be reading them.
    with os.scandir(folder) as entries:
        folders, files = _apart(entries)
    if folders or files:
        _mark(folder)
    for path in folders:
        shutil.rmtree(path)
    for path in files:
        if path.name != MARK:
            path.unlink()
    (folder / MARK).unlink(missing_ok=True)
    folder.rmdir()


def _apart(entries: Iterator[os.DirEntry[str]]) -> tuple[list[Path], list[Path]]:
    folders: list[Path] = []
    files: list[Path] = []
    for entry in entries:
        (folders if entry.is_dir(follow_symlinks=False) else files).append(Path(entry.path))
    return folders, files
