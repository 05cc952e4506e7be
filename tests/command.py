"""okrsite's command line as people run it: a process of its own, in a folder of its own."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner
from site_builder import Site

from okrsite.cli import okrsite as program

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"
"""Public collections that tests sample from, where somebody has put them."""

_PLAIN = {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}


def okrsite(
    *words: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command of okrsite's and return what came of it."""
    return subprocess.run(
        [sys.executable, "-m", "okrsite", *map(str, words)],
        cwd=cwd,
        env={**os.environ, **_PLAIN, **(env or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def okrsite_inside(*words: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a command of okrsite's in this process, which is faster, and return what came of it."""
    with contextlib.chdir(cwd):
        result = CliRunner().invoke(program, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    said = (result.stdout, result.stderr)
    return subprocess.CompletedProcess(list(map(str, words)), result.exit_code, *said)


def build_site(
    folder: Path, *words: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> Site:
    """Build a site into a folder, which must succeed; another environment needs its own process."""
    order = ("build", "--site-dir", folder, *words)
    done = okrsite(*order, cwd=cwd, env=env) if env else okrsite_inside(*order, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return Site(folder)


def write_tree(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files by path into a folder, and return it."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder


def is_told(pattern: bytes, folder: Path, audience: str, place: Path) -> bool:
    """Tell whether a pattern is in a byte of the site for an audience, or in what a build says."""
    site = place / audience
    words = ("--as-of", "2026-12-20", "--audience", audience, "--site-dir", site)
    done = okrsite_inside("build", *words, "--no-cache", cwd=folder)
    assert done.returncode == 0, done.stderr
    # In letters any digits may stand by chance.
    written = (p for p in site.rglob("*") if p.is_file() and p.suffix not in (".ttf", ".woff2"))
    texts = [(done.stdout + done.stderr).encode(), *(path.read_bytes() for path in written)]
    return any(re.search(pattern, text, re.IGNORECASE) for text in texts)
