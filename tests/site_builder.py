"""A made-up company's pages, and MkDocs run over them in a temporary folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from importlib.metadata import EntryPoint
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from okrsite.asset import Asset
from okrsite.pages.page import NavItem, Page, Rendered, SearchEntry, Surroundings
from okrsite.plugin import OkrsitePlugin
from okrsite.problems import Problem
from okrsite.site.content import Request

THREE_LINES = "site_name: Harbor\ntheme: {name: material}\nplugins: [okrsite, search]\n"


def a_page(url: str, title: str, *, place: str | None = None, **more: object) -> Page:
    def draw() -> str:
        return f"<h1>{escape(title)}</h1>\n<p>body of /{url}</p>"

    here = url if place is None else place
    return Page(url, title, draw, here, **more)  # type: ignore[arg-type]


def a_company() -> Rendered:
    """Return two departments, a team without one, and pages that stay out of the navigation."""
    found = SearchEntry("teams/data/2026-q4/fast/#p95", "p95 & more", "a < b", ("2026-Q4",), 0.5)
    pages = (
        a_page("", "Harbor", hide=frozenset({"toc", "navigation"})),
        a_page("teams/", "Teams"),
        a_page("teams/engineering/", "Engineering"),
        a_page("teams/platform/", "Platform", description="What Platform is after"),
        a_page("teams/data/", "Data & <b>"),
        a_page("teams/finance/", "Finance"),
        a_page("alignment/", "Alignment"),
        a_page("teams/data/2026-q4/fast/", "Fast", place="teams/data/", search=(found,)),
    )
    engineering = NavItem(
        "Engineering",
        "teams/engineering/",
        (NavItem("Platform", "teams/platform/"), NavItem("Data & <b>", "teams/data/")),
    )
    teams = NavItem("Teams", "teams/", (engineering, NavItem("Finance", "teams/finance/")))
    nav = (NavItem("Home", ""), teams, NavItem("Alignment", "alignment/"))
    return Rendered(pages, (Asset("data/okrs.json", lambda: [b"{}"]),), nav)


@dataclass
class FakeContent:
    """What stands for a company's files."""

    rendered: Callable[[], Rendered] = a_company
    name: str = "Harbor"
    language: str = "en"
    problems: Sequence[Problem] = ()
    texts: dict[str, str] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)
    around: Surroundings | None = None

    def __call__(self, request: Request) -> FakeContent:
        self.asked.append(request)
        return self

    @property
    def as_of(self) -> date:
        request = self.asked[-1]
        return request.as_of or request.now.date()

    def link(self, reference: str) -> str | None:
        return {"data/fast": "teams/data/2026-q4/fast/"}.get(reference)

    def render(self, surroundings: Surroundings) -> Rendered:
        self.around = surroundings
        return self.rendered()


def install() -> None:
    """Let MkDocs find the plugin as it would in an environment that okrsite is installed in."""
    entry = EntryPoint("okrsite", "okrsite.plugin:OkrsitePlugin", "mkdocs.plugins")
    MkDocsConfig.plugins.installed_plugins["okrsite"] = entry
    MkDocsConfig.plugins.plugin_cache.clear()


@dataclass
class Site:
    """A built site."""

    root: Path

    def text(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def has(self, path: str) -> bool:
        return (self.root / path).is_file()

    def bytes(self) -> dict[str, bytes]:
        files = (path for path in sorted(self.root.rglob("*")) if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in files}


def mkdocs_build(
    folder: Path,
    content: FakeContent,
    config: str = THREE_LINES,
    docs: dict[str, str] | None = None,
    site: str = "site",
) -> Site:
    """Build a site as `mkdocs build` does."""
    (folder / "docs").mkdir(parents=True, exist_ok=True)
    for name, text in (docs or {}).items():
        target = folder / "docs" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    install()
    loaded = load_config(str(folder / "mkdocs.yml"), site_dir=str(folder / site))
    plugin = loaded.plugins["okrsite"]
    assert isinstance(plugin, OkrsitePlugin)
    plugin.opener = content  # type: ignore[method-assign, assignment]
    loaded.plugins.on_startup(command="build", dirty=False)
    build(loaded)
    loaded.plugins.on_shutdown()
    return Site(folder / site)
