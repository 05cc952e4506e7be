"""A small company, and everything that may happen while its site is built.

``python tests/storm.py`` (``make storm``) lets every call that changes a file system go wrong in
every way that `faults` knows, kills builds at random moments, damages what builds keep, and sets
builders on each other. What must hold each time: the site is the old one or the new one, byte for
byte; whoever fails says so in one line; and the next build gives the right site and leaves nothing
else behind.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from faults import KINDS, Fault  # noqa: E402 - run as a script, it finds the package itself
from forked import Ended, Reader, begin, build, end, warm_up  # noqa: E402
from trees import write_files  # noqa: E402

from okrsite.site import press  # noqa: E402
from okrsite.site.exchange import exchange  # noqa: E402
from okrsite.site.stage import restore  # noqa: E402

SITE, CACHE = "site", ".okrsite-cache"
AS_OF, LATER = ("--as-of", "2026-11-20"), ("--as-of", "2026-11-27")

COMPANY = {
    "mkdocs.yml": "site_name: Harbor\ntheme: {name: material, font: false}\n"
    "plugins: [okrsite, search]\n",
    "docs/index.md": "# Welcome\n",
    "content/okrs/okrs.yml": "company: Harbor\n",
    "content/okrs/platform/2026-q4.yml": "- Make the platform trusted:\n"
    "    - {id: sev1, title: Cut severe incidents from 6 to 2, owner: ana}\n",
    "content/okrs/platform/checkins/2026-11-09.yml": "key_results: {sev1: 5}\n",
}
NEWS = {"content/okrs/platform/checkins/2026-11-16.yml": "key_results: {sev1: 3}\n"}

STARTS = ("first", "again", "prose", "apart")
"""What a build starts from: nothing but content; the older site and what was kept of it; the same,
and a page that MkDocs makes was touched; the older site, and no way to exchange two folders."""
DAMAGES = {
    "empty": lambda data: b"",
    "half": lambda data: data[: len(data) // 2],
    "zeros": lambda data: bytes(len(data)),
    "flipped": lambda data: bytes([*data[:-1], data[-1] ^ 1]) if data else b"\1",
    "garbage": lambda data: hashlib.sha256(data).digest(),
}

Prints = dict[str, str]
"""A fingerprint for each file of a folder."""


@dataclass(frozen=True)
class Case:
    """One thing that happens."""

    kind: str
    """One of the faults, or: moment (a kill), cache (damage), rivals."""
    start: str = "again"
    """Which of the starts."""
    at: int = 0
    """Which call, or which of the kept files."""
    moment: float = 0
    """When, as a share of a whole build."""
    how: str = ""


@dataclass
class Result:
    """What a case came to."""

    code: int
    """How the struck build ended."""
    left: str
    """Which site it left: old, new, later, or neither."""
    complaints: list[str]


def fingerprints(folder: Path) -> Prints:
    """Return a fingerprint for each file in a folder; nothing where it is missing."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


@dataclass
class Storm:
    """Where each case starts from, and the sites that may be there after it."""

    root: Path
    slot: int = 0
    """Which of several folders is used: cases that run at once have their own."""
    sites: dict[str, Prints] = field(default_factory=dict)
    """The old, the new and the later site; and none, which is an old one too."""
    calls: dict[str, int] = field(default_factory=dict)
    """How many calls a build has that change the file system, by where it starts from."""
    kept: int = 0
    """How many files a build keeps for the next."""
    seconds: dict[str, float] = field(default_factory=dict)
    """How long a build takes, by where it starts from."""
    exchanges: bool = True
    """Whether the system exchanges folders in one step."""

    def prepare(self) -> None:
        """Build the sites that are known to be right, each from nothing."""
        self.exchanges = _can_exchange(self.root)
        with self._place("warm", {**COMPANY, **NEWS}) as folder:
            warm_up(folder)
        self.sites = {"none": {}, "old": self._site(COMPANY, AS_OF)}
        self.sites["new"] = self._site({**COMPANY, **NEWS}, AS_OF)
        self.sites["later"] = self._site({**COMPANY, **NEWS}, LATER)
        assert len({tuple(site.items()) for site in self.sites.values()}) == 4

    def prepare_starts(self, slot: int) -> None:
        """Make the folders that cases start from, at the path where they will run."""
        self.slot = slot
        with self._place("first", {**COMPANY, **NEWS}):
            pass
        with self._place("again", COMPANY) as folder:
            assert build(folder, *AS_OF).code == 0
            self.kept = len(kept_files(folder))
            write_files(folder, NEWS)
        with self.copy("again") as folder:
            write_files(folder, {"docs/index.md": "# Welcome\n\n\n"})
            _copy(folder, self._slot / "prose")
        for start in STARTS if slot == 0 else ():
            self._count(start)

    def _site(self, files: Mapping[str, str], day: tuple[str, ...]) -> Prints:
        with self._place("site", files) as folder:
            assert build(folder, *day).code == 0
            site = fingerprints(folder / SITE)
        shutil.rmtree(self._slot / "site")
        return site

    @property
    def _slot(self) -> Path:
        return self.root / str(self.slot)

    @contextmanager
    def _place(self, name: str, files: Mapping[str, str]) -> Iterator[Path]:
        """Give a folder where all cases run; it is called otherwise afterwards."""
        folder = self._slot / "company"
        yield write_files(folder, files)
        folder.rename(self._slot / name)

    def _count(self, start: str) -> None:
        fault = Fault(exchanges=start != "apart")
        with self.copy(start) as folder:
            began = time.monotonic()
            ended = build(folder, *AS_OF, fault=fault)
            self.seconds[start] = time.monotonic() - began
            assert ended.code == 0, ended.out
            assert self.site_in(folder) == "new", self.site_in(folder)
        self.calls[start] = fault.calls.value

    @contextmanager
    def copy(self, start: str) -> Iterator[Path]:
        """Give what a case starts from."""
        folder = self._slot / "company"
        source = self._slot / ("again" if start == "apart" else start)
        _copy(source, folder)
        tempfile.tempdir = str(self._slot)
        try:
            yield folder
        finally:
            tempfile.tempdir = None
            shutil.rmtree(folder)
            for said in self._slot.glob("*.out"):
                said.unlink()

    def site_in(self, folder: Path) -> str:
        """Return which site a folder has, or what distinguishes it from the new one."""
        found = fingerprints(folder / SITE)
        for name, site in self.sites.items():
            if found == site:
                return name
        differing = {name for name, _ in found.items() ^ self.sites["new"].items()}
        return f"{len(found)} files, other than in the new: {sorted(differing)[:5]}"

    def run(self, case: Case) -> Result:
        """Let one thing happen, and see what it did."""
        self.slot = Slots.mine
        with self.copy(case.start) as folder:
            if case.kind == "rivals":
                return self._rivals(folder, case)
            ended = self._struck(folder, case)
            if case.start == "apart" or not self.exchanges:
                restore(folder / SITE)
            left = self.site_in(folder)
            complaints = [*ended.complaints, *self._unless_whole(case, ended, left)]
            complaints += self._unless_healed(folder)
            return Result(ended.code, left, complaints)

    def _struck(self, folder: Path, case: Case) -> Ended:
        if case.kind in KINDS:
            fault = Fault(case.kind, case.at, exchanges=case.start != "apart")
            return build(folder, *AS_OF, fault=fault)
        if case.kind == "cache":
            kept = kept_files(folder)[case.at]
            kept.write_bytes(DAMAGES[case.how](kept.read_bytes()))
            return build(folder, *AS_OF)
        pid = begin(folder, *AS_OF)
        time.sleep(case.moment * self.seconds[case.start])
        os.killpg(pid, signal.SIGKILL)
        return end(folder, pid)

    def _unless_whole(self, case: Case, ended: Ended, left: str) -> Iterator[str]:
        old = "none" if case.start == "first" else "old"
        whole = ("new",) if ended.code == 0 or case.kind == "cache" else (old, "new")
        if left not in whole:
            yield f"after exit code {ended.code}, the site is not {' or '.join(whole)}: {left}"

    def _unless_healed(self, folder: Path) -> Iterator[str]:
        healed = build(folder, *AS_OF)
        if healed.code or (left := self.site_in(folder)) != "new":
            left = "" if healed.code else left
            yield f"not healed by the next build: {left}\n{healed.out}"
        yield from unless_clean(folder)

    def _rivals(self, folder: Path, case: Case) -> Result:
        one = begin(folder, *AS_OF)
        other = begin(folder, *LATER, delay=case.moment * self.seconds[case.start])
        reader = Reader(folder / SITE / "index.html")
        reader.start()
        ended = end(folder, one), end(folder, other)
        reader.stop()
        left = self.site_in(folder)
        complaints = [f"exit code {each.code}:\n{each.out}" for each in ended if each.code]
        if left not in ("new", "later"):
            complaints.append(f"a mixture: {left}")
        if reader.missed and self.exchanges:
            complaints.append(f"missed {reader.missed} times by one who read {reader.found} times")
        return Result(0, left, [*complaints, *unless_clean(folder)])


def _copy(source: Path, target: Path) -> None:
    # With hard links and times, which tell what was kept.
    subprocess.run(["cp", "-a", source, target], check=True)


class Slots:
    """Which folder the cases of this process run in."""

    mine = 0

    @classmethod
    def take(cls, free: Any) -> None:
        """Take one that no other process has."""
        with free.get_lock():
            cls.mine = free.value
            free.value += 1


def kept_files(folder: Path) -> list[Path]:
    """Return what builds keep for later ones."""
    return [path for path in sorted((folder / CACHE).rglob("*")) if path.is_file()]


def unless_clean(folder: Path) -> Iterator[str]:
    """Yield what lies beside a site that no build should leave there."""
    names = {path.name for path in folder.iterdir()}
    if more := names - {*(name.split("/")[0] for name in COMPANY), SITE, CACHE}:
        yield f"left behind: {sorted(more)}"


def _can_exchange(folder: Path) -> bool:
    one, other = folder / "one", folder / "other"
    one.mkdir(parents=True)
    other.mkdir()
    return exchange(one, other)


def cases(storm: Storm, options: argparse.Namespace) -> Iterator[Case]:
    """Return what is to happen."""
    chance = random.Random(options.seed)  # noqa: S311 - nobody guesses at tests
    each, kills = options.each, options.kills
    for kind in options.kinds:
        for start in _starts(kind):
            for at in _sample(storm.calls[start], each, chance):
                yield Case(kind, start, at + 1)
    for how in DAMAGES if options.damage else ():
        for at in _sample(storm.kept, each, chance):
            yield Case("cache", "again", at, how=how)
    for number in range(kills):
        start = "again" if number % 4 else "first"
        yield Case("moment", start, moment=(number + chance.random()) / kills)
    for _ in range(options.rivals):
        yield Case("rivals", "again", moment=chance.random() ** 2)


def _starts(kind: str) -> Iterable[str]:
    # A full disk is in nobody's way where folders are moved, however that is done.
    return STARTS[:3] if kind == "full" else STARTS


def _sample(count: int, wanted: int, chance: random.Random) -> Iterable[int]:
    """Return numbers below a count: all, or as many as wanted, one from each stretch."""
    if not wanted or wanted >= count:
        return range(count)
    step = count / wanted
    return [int((number + chance.random()) * step) for number in range(wanted)]


def _counted(results: Iterable[Result], count: int) -> Iterator[Result]:
    """Pass results on, and show on a terminal how far it is."""
    for number, result in enumerate(results, 1):
        if sys.stderr.isatty():
            print(f"\r{number} of {count}", end="", file=sys.stderr, flush=True)
        yield result


def rage(options: argparse.Namespace, root: Path) -> dict[str, object]:
    """Let everything happen and return the figures."""
    storm = Storm(root)
    storm.prepare()
    for slot in range(options.workers):
        storm.prepare_starts(slot)
    fork = get_context("fork")
    wanted = list(cases(storm, options))
    with ProcessPoolExecutor(options.workers, fork, Slots.take, (fork.Value("i"),)) as pool:
        results = list(_counted(pool.map(storm.run, wanted), len(wanted)))
    ways: dict[str, Counter[str]] = {}
    for case, result in zip(wanted, results, strict=True):
        name = f"{case.kind} {case.start}"
        ended = f"exit {result.code}, {result.left}" if not result.complaints else "WRONG"
        ways.setdefault(name, Counter())[ended] += 1
    wrong = [(str(c), r.complaints) for c, r in zip(wanted, results, strict=True) if r.complaints]
    return {
        "calls": storm.calls,
        "kept": storm.kept,
        "exchanges": storm.exchanges,
        "seconds": {start: round(long, 2) for start, long in storm.seconds.items()},
        "cases": {name: dict(sorted(way.items())) for name, way in ways.items()},
        "wrong": wrong,
    }


def read_options() -> argparse.Namespace:
    """Return what is asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--each", type=int, default=0, help="calls for each fault; 0: all")
    parser.add_argument("--kinds", nargs="*", choices=KINDS, default=[*KINDS], help="of faults")
    parser.add_argument("--no-damage", dest="damage", action="store_false", help="of what is kept")
    parser.add_argument("--kills", type=int, default=300, help="kills at a random moment")
    parser.add_argument("--rivals", type=int, default=30, help="rounds of two builders")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    # A small company keeps several processes busy, too.
    press._FEW = 3
    with tempfile.TemporaryDirectory(prefix="okrsite-storm-") as place:
        figures = rage(read_options(), Path(place))
    json.dump(figures, sys.stdout, indent=1)
    sys.exit(bool(figures["wrong"]))
