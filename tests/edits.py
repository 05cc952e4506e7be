"""A build that takes what it kept = a build from nothing, whatever was changed between two builds.

``python tests/edits.py`` (``make edits``) makes up sequences of changes to a small company, builds
after each one twice, and compares: the same files, the same bytes, the same messages. A sequence
that fails is cut down to what is needed for it and printed; ``python tests/edits.py NAME NAME …``
makes it again.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import patch

from jinja2 import Environment

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from edited import CHANGES, COMPANY, write  # noqa: E402 - run as a script, it finds its own

from okrsite.company import open_company  # noqa: E402
from okrsite.problems import format_problems  # noqa: E402
from okrsite.site.build import build_site, usual_cache  # noqa: E402
from okrsite.site.order import Order, UsageError  # noqa: E402

WISHES: dict[str, dict[str, object]] = {
    "for everybody": {"audience": "public"},
    "for us": {"audience": "internal"},
    "for leaders": {"audience": "leadership"},
    "as mkdocs.yml says": {"audience": ""},
    "in October": {"as_of": date(2026, 10, 8)},
    "in November": {"as_of": date(2026, 11, 20)},
    "a week later": {"as_of": date(2026, 11, 27)},
    "next year": {"as_of": date(2027, 1, 5)},
    "today": {"as_of": None, "now": datetime(2026, 11, 20, 15, tzinfo=UTC)},
    "tomorrow": {"as_of": None, "now": datetime(2026, 11, 21, 15, tzinfo=UTC)},
    "the same morning": {"as_of": None, "now": datetime(2026, 11, 20, 8, tzinfo=UTC)},
    "strict": {"strict": True},
    "lenient": {"strict": False},
    "alone": {"jobs": 1},
    "by two": {"jobs": 2},
    "without mkdocs.yml": {"mkdocs_yml": None},
    "with mkdocs.yml": {"mkdocs_yml": Path("mkdocs.yml")},
}
"""What may be wished for otherwise in the next builds."""

_FEW = "okrsite.site.press._FEW"
"""So few pages as there are here would be left to one process."""
NAMES = (*CHANGES, *WISHES)


@dataclass(frozen=True)
class Outcome:
    """What came of a build: the files of the site, or none, and what was said."""

    files: Mapping[str, bytes] | None
    said: str


@dataclass
class Project:
    """A company in a folder, and what is wished for."""

    root: Path
    order: Order = field(init=False)

    def __post_init__(self) -> None:
        for path, data in COMPANY.items():
            write(self.root, path, data)
        now = datetime(2026, 11, 20, 15, tzinfo=UTC)
        self.order = Order(
            base=self.root,
            opener=open_company,
            now=now,
            mkdocs_yml=Path("mkdocs.yml"),
            as_of=date(2026, 11, 20),
        )

    def change(self, name: str) -> None:
        """Change something by its name: in the folder, or in what is wished for."""
        if name in WISHES:
            self.order = replace(self.order, **WISHES[name])  # type: ignore[arg-type]
        else:
            CHANGES[name](self.root)

    def build(self, *, cached: bool) -> Outcome:
        """Build with what was kept, or from nothing into another folder."""
        yml = self.root / self.order.mkdocs_yml if self.order.mkdocs_yml else None
        source = None if yml else self.root / "content/okrs"
        site = self.root / ("site" if cached else "fresh/site")
        order = replace(self.order, mkdocs_yml=yml, source=source, site_dir=site)
        if cached:
            order = replace(order, cache=usual_cache(order))
        with _as_a_command(self.order.now) as told, patch(_FEW, 2 if order.jobs > 1 else 24):
            try:
                built = build_site(order)
            except UsageError as error:
                return Outcome(None, f"{error}\n{told}")
        shown = format_problems(built.problems, "text", built.texts)
        said = "\n".join([built.reason, shown, *told])
        return Outcome(read_files(built.site_dir) if built.site_dir else None, said)


@contextmanager
def quick_templates() -> Iterator[None]:
    """Compile every template once, which is half of a build from nothing."""
    compiled: dict[tuple[object, ...], object] = {}
    compile_anew = Environment.compile

    def compile_once(
        env: Environment, source: str, name: str, filename: str, *more: bool
    ) -> object:
        key = source, name, filename, *more, bool(env.autoescape), tuple(env.filters)
        if key not in compiled:
            compiled[key] = compile_anew(env, source, name, filename, *more)
        return compiled[key]

    with patch.object(Environment, "compile", compile_once):
        yield


def read_files(folder: Path) -> dict[str, bytes]:
    """Return what lies in a folder, by path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@contextmanager
def _as_a_command(now: datetime) -> Iterator[list[str]]:
    """Give the messages of a build that runs at a moment, without noise on the terminal."""
    told: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(record.getMessage())

    logger, ear = logging.getLogger("mkdocs"), Ear(logging.WARNING)
    # Problems of ours are what the build returns.
    ear.addFilter(lambda record: not record.name.startswith("mkdocs.plugins.okrsite"))
    before = logger.propagate
    logger.propagate = False
    logger.addHandler(ear)
    try:
        with patch.dict(os.environ, {"SOURCE_DATE_EPOCH": str(int(now.timestamp()))}):
            yield told
    finally:
        logger.removeHandler(ear)
        logger.propagate = before
        # A build is the last thing that a command does, and leaves its garbage to the system.
        gc.unfreeze()
        gc.enable()


def difference(one: Outcome, other: Outcome) -> str:
    """Return what tells two outcomes apart; nothing where they are the same."""
    if (one.files is None) != (other.files is None):
        which = "the kept one" if other.files is None else "the fresh one"
        return f"only {which} gave a site; said:\n{one.said}\n---\n{other.said}"
    if one.said != other.said:
        return f"said:\n{one.said}\n--- from nothing:\n{other.said}"
    if one.files is None or other.files is None or one.files == other.files:
        return ""
    lost, more = (
        sorted(a.keys() - b) for a, b in ((other.files, one.files), (one.files, other.files))
    )
    changed = [
        path for path in one.files if one.files[path] != other.files.get(path, one.files[path])
    ]
    first = f"\n{_first(one.files[changed[0]], other.files[changed[0]])}" if changed else ""
    return f"lost: {lost}\nleft over: {more}\nother bytes: {sorted(changed)}{first}"


def _first(one: bytes, other: bytes) -> str:
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    begin = max(0, at - 60)
    return f"  kept:  {one[begin : at + 90]!r}\n  fresh: {other[begin : at + 90]!r}"


def try_sequence(names: Sequence[str]) -> str:
    """Make changes one after the other; return what differs after one, or nothing."""
    with tempfile.TemporaryDirectory(prefix="okrsite-edits-") as folder:
        project = Project(Path(folder))
        project.build(cached=True)
        for name in names:
            project.change(name)
            kept = project.build(cached=True)
            if found := difference(kept, project.build(cached=False)):
                return f"after '{name}':\n{found}"
    return ""


def shrink(names: list[str]) -> list[str]:
    """Return a shorter sequence that fails as well."""
    names = list(names)
    for at in reversed(range(len(names))):
        rest = names[:at] + names[at + 1 :]
        if rest and try_sequence(rest):
            names = rest
    return names


def make_up(seed: int) -> list[str]:
    """Return a sequence of three to eight changes; one in four takes an earlier one back."""
    dice = random.Random(seed)  # noqa: S311 - nothing is kept secret with it
    names: list[str] = []
    kinds = [list(CHANGES), list(WISHES)]
    for _ in range(dice.randint(3, 8)):
        again = bool(names) and dice.random() < 0.25
        names.append(dice.choice(names if again else dice.choices(kinds, [6, 1])[0]))
    return names


def check(names: list[str]) -> str:
    """Try a sequence; return what differs after how little, or nothing."""
    if not try_sequence(names):
        return ""
    least = shrink(names)
    again = " ".join(repr(name) for name in least)
    return f"python tests/edits.py {again}\n{try_sequence(least)}"


def main() -> int:
    """Try named changes, or many sequences; return 1 where something differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *NAMES], metavar="NAME")
    parser.add_argument("--sequences", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    words = parser.parse_args()
    with quick_templates():
        return _try_named(words.names) if words.names else _try_many(words.seed, words.sequences)


def _try_named(names: list[str]) -> int:
    found = try_sequence(names)
    print(found or "the same")
    return int(bool(found))


def _try_many(first: int, count: int) -> int:
    began, failed = time.monotonic(), 0
    for seed in range(first, first + count):
        names = make_up(seed)
        found = check(names)
        failed += bool(found)
        print(f"{seed}: {found or 'the same'}", flush=True)
    print(f"{failed} of {count} failed, in {time.monotonic() - began:.0f} s")
    return min(failed, 1)


if __name__ == "__main__":
    raise SystemExit(main())
