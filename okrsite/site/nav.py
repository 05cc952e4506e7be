"""Our part of the navigation → MkDocs' sections and pages, open along one branch only.

A company of a thousand teams would make every page as large as its list of teams. So of our part
only the branch that a page stands on is given to the theme, whatever its features say, and of a
folder with very many entries only the one that the page stands on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from html import escape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as MkDocsPage

from okrsite.pages.page import NavItem

MOST_SHOWN = 60
"""Entries of one folder that a page still lists beside its own."""

Trail = tuple[NavItem, ...]
"""From an entry at the top down to the one that is meant."""


class NavPage(MkDocsPage):
    """An entry of ours as MkDocs' templates want it; equal to what stands for the same address."""

    def __init__(self, title: str, url: str, config: MkDocsConfig, *, is_home: bool = False):
        # A page that MkDocs shall not write: its source ends in .html, so it is no Markdown.
        file = File(f"{url}index.html", None, config.site_dir, config.use_directory_urls)
        file.inclusion = InclusionLevel.INCLUDED
        file.generated_by = "okrsite"
        self.key = url
        self._is_home = is_home
        super().__init__(title, file, config)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NavPage) and self.key == other.key

    __hash__ = None  # type: ignore[assignment]  # as MkDocs' own pages: compared, never hashed

    @property
    def is_homepage(self) -> bool:
        """Tell whether it is the home page of the whole site."""
        return self._is_home


def below(at: str, items: tuple[NavItem, ...]) -> tuple[NavItem, ...]:
    """Return a navigation with all addresses below a folder, as one section where there is one."""
    if not at:
        return items
    moved = tuple(_moved(at, item) for item in items)
    home = [item for item in moved if item.url == at]
    rest = tuple(item for item in moved if item.url != at)
    return (NavItem("OKRs", home[0].url, rest),) if home else (NavItem("OKRs", None, rest),)


def _moved(at: str, item: NavItem) -> NavItem:
    url = None if item.url is None else at + item.url
    return replace(item, url=url, children=tuple(_moved(at, child) for child in item.children))


def find_trails(items: Iterable[NavItem], above: Trail = ()) -> dict[str, Trail]:
    """Return the way to each address of a navigation; the first of two equal ones counts."""
    trails: dict[str, Trail] = {}
    for item in items:
        trail = (*above, item)
        if item.url is not None:
            trails.setdefault(item.url, trail)
        for url, deeper in find_trails(item.children, trail).items():
            trails.setdefault(url, deeper)
    return trails


MakePage = Callable[[NavItem], NavPage]


def open_nav(
    items: Iterable[NavItem], trail: Trail, make_page: MakePage
) -> tuple[list[StructureItem], list[Section]]:
    """Return MkDocs' items with one branch open, and the sections along that branch."""
    chain: list[Section] = []
    return [_open_item(item, trail, make_page, chain) for item in items], chain


def _open_item(
    item: NavItem, trail: Trail, make_page: MakePage, chain: list[Section]
) -> StructureItem:
    if not item.children:
        return make_page(item)
    section = Section(escape(item.title), [])
    is_open = bool(trail) and trail[0] is item
    if is_open:
        chain.append(section)
    own = [] if item.url is None else [make_page(replace(item, children=()))]
    shown = _shown(item, trail[1:]) if is_open else (() if own else item.children[:1])
    rest = trail[1:] if is_open else ()
    section.children = [*own, *(_open_item(child, rest, make_page, chain) for child in shown)]
    for child in section.children:
        child.parent = section
    return section


def _shown(item: NavItem, trail: Trail) -> tuple[NavItem, ...]:
    if len(item.children) <= MOST_SHOWN:
        return item.children
    return tuple(child for child in item.children if trail and child is trail[0])


@dataclass(frozen=True)
class Neighbours:
    """What of the site's own navigation stands before and after ours."""

    before: list[StructureItem]
    after: list[StructureItem]


def make_room(nav: Navigation, home: MkDocsPage | None, *, first: bool) -> Neighbours:
    """Return the site's own items around the place of ours, without the page that ours replaces.

    Ours come where the site's own home page stood, else first or last.
    """
    for index, item in enumerate(nav.items):
        if home is not None and item is home:
            return Neighbours(nav.items[:index], nav.items[index + 1 :])
    kept = _without(nav.items, home)
    return Neighbours([], kept) if first else Neighbours(kept, [])


def _without(items: Iterable[StructureItem], page: MkDocsPage | None) -> list[StructureItem]:
    kept: list[StructureItem] = []
    for item in items:
        if isinstance(item, Section):
            item.children = _without(item.children, page)
            if not item.children:
                continue
        if item is not page:
            kept.append(item)
    return kept
