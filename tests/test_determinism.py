"""The same content and the same day are the same bytes, wherever, however and whenever built.

Everything is made otherwise at once in `make test`, and one thing after the other by
`make determinism`, which is to tell what it was.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from command import ROOT
from edited import COMPANY, write
from edits import read_files

pytestmark = pytest.mark.slow

AS_OF = ("--as-of", "2026-11-20")
UMASK = 0o022

REVERSED = """
import os
_listdir, _scandir = os.listdir, os.scandir
class _Reversed:
    def __init__(self, *where):
        with _scandir(*where) as entries:
            self.entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=True))
    def __iter__(self): return self
    def __next__(self): return next(self.entries)
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def close(self): pass
os.listdir = lambda *where: sorted(_listdir(*where), reverse=True)
os.scandir = _Reversed
"""
LATER = "import time; _time = time.time; time.time = lambda: _time() + 40 * 86400"
BY = """
import os
import okrsite.site.press, okrsite.read.memory
okrsite.site.press._FEW = okrsite.read.memory._FEW = 2
os.cpu_count = lambda: {}
"""
"""So few files as there are here would be left to one process."""
MATPLOTLIBRC = (
    "font.size: 33\nsvg.hashsalt: pepper\nsvg.fonttype: none\naxes.grid: True\nfigure.dpi: 7\n"
)
RC_FILES = ("matplotlibrc", "mpl/matplotlibrc", ".config/matplotlib/matplotlibrc")


@dataclass(frozen=True)
class Run:
    """How a site is built."""

    env: dict[str, str] = field(default_factory=dict)
    prelude: str = ""
    """What happens in the process before."""
    folder: str = "project"
    elsewhere: bool = False
    """The command is called from another folder."""
    umask: int = UMASK
    backwards: bool = False
    """Files were written in another order, at other times."""
    beside: dict[str, str] = field(default_factory=dict)
    """Further files, beside the project's."""
    words: tuple[str, ...] = ("--no-cache",)
    times: int = 1

    def build(self, tmp: Path) -> Path:
        """Build the company's site in a folder of its own and return where it is."""
        root = tmp / self.folder
        files = [*COMPANY.items(), *self.beside.items()]
        for path, data in reversed(files) if self.backwards else files:
            write(root, path, data)
            if self.backwards:
                os.utime(root / path, (86400, 86400))
        for _ in range(self.times):
            shutil.rmtree(root / "site", ignore_errors=True)
            self.call(root)
        return root / "site"

    def call(self, root: Path) -> None:
        """Run the command, which must succeed."""
        config = ("-f", str(root / "mkdocs.yml")) if self.elsewhere else ()
        where = ("--site-dir", str(root / "site")) if self.elsewhere else ()
        words = ["build", *AS_OF, *config, *where, *self.words]
        code = f"{self.prelude}\nimport sys\nfrom okrsite.cli import main\nmain(sys.argv[1:])"
        plain = {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT), "TZ": "UTC"}
        away = {"SOURCE_DATE_EPOCH", "PYTHONHASHSEED", "LC_ALL", "LANG"}
        inherited = {name: value for name, value in os.environ.items() if name not in away}
        done = subprocess.run(
            [sys.executable, "-c", code, *words],
            cwd=root.parent if self.elsewhere else root,
            env={**inherited, **plain, **self.env},
            umask=self.umask,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")


AT_ONCE = {
    "everything otherwise": Run(
        env={
            "PYTHONHASHSEED": "4321",
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "POSIX",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
            "SOURCE_DATE_EPOCH": "1900000000",
            "MPLCONFIGDIR": "mpl",
        },
        prelude=REVERSED + LATER + BY.format(3),
        folder="a deeper/földer of #1/that is named otherwise",
        elsewhere=True,
        umask=0o077,
        backwards=True,
        beside=dict.fromkeys(RC_FILES, MATPLOTLIBRC),
    ),
    "with a cache": Run(words=(), times=2),
}
ONE_BY_ONE = {
    "another hash seed": Run(env={"PYTHONHASHSEED": "4321"}),
    "another time zone": Run(env={"TZ": "Pacific/Kiritimati"}),
    "another locale": Run(env={"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "LANGUAGE": "de"}),
    "no locale": Run(
        env={"LC_ALL": "POSIX", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ),
    "another folder": Run(folder="a deeper/földer of #1/that is named otherwise", elsewhere=True),
    "another umask": Run(umask=0o077),
    "files in another order": Run(prelude=REVERSED, backwards=True),
    "two processes": Run(prelude=BY.format(2)),
    "three processes": Run(prelude=BY.format(3)),
    "with a cache, by three": Run(words=(), times=2, prelude=BY.format(3)),
    "later": Run(prelude=LATER, env={"SOURCE_DATE_EPOCH": "1900000000"}),
    "a clock that nobody sets": Run(prelude=LATER),
    "a user's matplotlibrc": Run(
        env={"MPLCONFIGDIR": "mpl", "HOME": ".", "XDG_CONFIG_HOME": ".config"},
        beside=dict.fromkeys(RC_FILES, MATPLOTLIBRC),
    ),
    "optimized": Run(env={"PYTHONOPTIMIZE": "2", "PYTHONDONTWRITEBYTECODE": "1"}),
    "a narrow terminal": Run(env={"COLUMNS": "20", "FORCE_COLOR": "1", "MKDOCS_X": "1"}),
}
RUNS = AT_ONCE | (ONE_BY_ONE if os.environ.get("ONE_BY_ONE") else {})


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files of a site that is built in the plainest way."""
    return read_files(Run(env={"PYTHONHASHSEED": "1"}).build(tmp_path_factory.mktemp("plain")))


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS.keys())
def test_is_the_same(run: Run, plain: dict[str, bytes], tmp_path: Path) -> None:
    found = read_files(run.build(tmp_path))
    assert found.keys() == plain.keys()
    assert [path for path in plain if found[path] != plain[path]] == []


def test_another_day_is_another_site(plain: dict[str, bytes], tmp_path: Path) -> None:
    # What is compared above does depend on something.
    later = read_files(Run(words=("--as-of", "2026-11-27", "--no-cache")).build(tmp_path))
    assert len([path for path in later if later[path] != plain.get(path)]) > len(plain) / 4


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such modes")
def test_modes_follow_the_umask(tmp_path: Path) -> None:
    for umask in (0o027, 0o077):
        site = Run(umask=umask, words=()).build(tmp_path)
        modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in site.rglob("*")}
        assert modes == {(True, 0o777 & ~umask), (False, 0o666 & ~umask)}
