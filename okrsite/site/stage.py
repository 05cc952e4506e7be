"""A finished site beside the old one → in its place: all of it or nothing."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARK = ".okrsite"
"""A file in every site of ours, by which the next build knows that it may replace the folder."""
_MARK_TEXT = "okrsite wrote this folder and replaces it whole at the next build.\n"
_GENERATOR = b'<meta name="generator" content="mkdocs-'


class NotOursError(Exception):
    """The folder holds something that no build has written."""


@contextmanager
def staged(site_dir: Path) -> Iterator[Path]:
    """Give a new folder beside a site's; it is gone afterwards unless it was swapped in.

    NotOursError where the site's folder holds something else than a site; OSError where nothing
    can be written beside it.
    """
    restore(site_dir)
    if not may_replace(site_dir):
        raise NotOursError(site_dir)
    site_dir.parent.mkdir(parents=True, exist_ok=True)
    staging = site_dir.with_name(f".{site_dir.name}.okrsite-{secrets.token_hex(4)}")
    staging.mkdir()
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def may_replace(site_dir: Path) -> bool:
    """Tell whether a folder is absent, empty, ours, or a site that MkDocs has built."""
    if not site_dir.exists():
        return not site_dir.is_symlink()
    if not site_dir.is_dir() or site_dir.is_symlink():
        return False
    if not any(site_dir.iterdir()) or (site_dir / MARK).is_file():
        return True
    return any(_is_generated(site_dir / name) for name in ("index.html", "404.html"))


def _is_generated(page: Path) -> bool:
    return page.is_file() and _GENERATOR in page.read_bytes()


def swap_in(staging: Path, site_dir: Path) -> None:
    """Put a finished folder in the place of the old one, which is then removed."""
    (staging / MARK).write_text(_MARK_TEXT, encoding="utf-8")
    waiting = _waiting(site_dir)
    if site_dir.exists():
        shutil.rmtree(waiting, ignore_errors=True)
        site_dir.rename(waiting)
    staging.rename(site_dir)
    shutil.rmtree(waiting, ignore_errors=True)


def restore(site_dir: Path) -> None:
    """Put the old site back where a build was killed between taking it away and the new one."""
    waiting = _waiting(site_dir)
    if waiting.is_dir() and not site_dir.exists():
        waiting.rename(site_dir)


def _waiting(site_dir: Path) -> Path:
    return site_dir.with_name(f".{site_dir.name}.okrsite-old")
