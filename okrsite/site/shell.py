"""Material's page, rendered once for each branch of the navigation → the shell of every page.

Pages of ours differ only in title, place and depth from one another as far as the theme goes. So
`main.html` is rendered with marks in place of what differs, cut at the marks, and joined for each
page: some hundredths of a millisecond instead of several milliseconds. What the company overrides
in its `custom_dir` is in it, for it is MkDocs' own environment that renders.

Teams beside each other share one rendering in which one entry, the active one, is a mark too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any, NamedTuple, Protocol

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from okrsite.pages.page import NavItem, Page
from okrsite.site.book import (
    ANCHOR,
    CONTENT,
    DESCRIPTION,
    EDIT,
    LEAF,
    PLACE_TITLE,
    PLACE_URL,
    ROOT,
    SCRIPT_TITLE,
    TITLE,
    URL,
    Book,
    Variant,
    cut,
)
from okrsite.site.nav import MOST_SHOWN, NavPage, Neighbours, Trail, find_trails, open_nav
from okrsite.urls import TEAMS, feed_url

# Material takes what is `alternate` and nothing else for this page in another language, and asks
# for a sitemap beside it.
_FEED = '<link rel="alternate feed" type="application/atom+xml" title="{title}" href="{href}">\n'
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL | re.IGNORECASE)
_KEEPS_SPACE = re.compile(r"<(?:pre|textarea)\b", re.IGNORECASE)


class Templates(Protocol):
    """What is needed of MkDocs' Jinja environment."""

    filters: Any
    loader: Any

    def get_template(self, name: str) -> Any:
        """Return a template that renders a context."""


class ShellError(PluginError):
    """The theme's `main.html` cannot carry our pages."""


@dataclass(frozen=True, slots=True)
class _Siblings:
    """A rendering cut at the entries beside the active one."""

    gaps: tuple[str, ...]
    """What stands before, between and after the entries."""
    entries: tuple[str, ...]
    """Each entry as it is where it is not active."""
    active: str
    """An entry where it is active, with marks for title and address."""

    def at(self, position: int | None) -> str:
        """Return the rendering with one entry active, or one that is not in the list."""
        entries = [*self.entries, "" if position is not None else self.active]
        if position is not None:
            entries[position] = self.active
        parts = [part for pair in zip(self.gaps, entries, strict=False) for part in pair]
        return "".join([*parts, self.gaps[-1]])


class Shells:
    """The shells of all our pages in one build."""

    def __init__(
        self,
        env: Templates,
        config: MkDocsConfig,
        files: Files,
        neighbours: Neighbours,
        items: tuple[NavItem, ...],
        home: MkDocsPage | None,
    ):
        self._template = env.get_template("main.html")
        self._config = config
        self._files = files.documentation_pages()
        self._neighbours = neighbours
        self._items = items
        self._home = home
        self._trails = find_trails(items)
        self._has_path = "navigation.path" in (config.theme.get("features") or ())
        self._texts: dict[tuple[object, Variant], str] = {}
        self._siblings: dict[tuple[int, Variant], _Siblings | None] = {}

    def book(self, pages: Iterable[Page], at: str, *, feeds: bool = False) -> Book:
        """Return the shells of pages whose addresses are relative to a folder.

        With `feeds` they name the one beside the home page, and their team's.
        """
        titles = {url: trail[-1].title for url, trail in self._trails.items()}
        book = Book(at, self._has_path, titles, {})
        for page in pages:
            key = book.key(page)
            if key not in book.shells:
                text = self._text_of(at + page.place, book.variant(page))
                book.shells[key] = cut(self._with_feeds(text, page, at) if feeds else text)
        return book

    def _with_feeds(self, text: str, page: Page, at: str) -> str:
        """Return a rendering whose head tells feed readers where to look."""
        name = escape(str(self._config.site_name))
        links = [_FEED.format(title=name, href=ROOT + feed_url(at))]
        if page.place.startswith(TEAMS) and page.place != TEAMS:
            links.insert(0, _FEED.format(title=PLACE_TITLE, href=ROOT + feed_url(PLACE_URL)))
        return text.replace("</head>", f"{''.join(links)}</head>", 1)

    def _text_of(self, place: str, variant: Variant) -> str:
        trail = self._trails.get(place, ())
        if len(trail) > 1 and not trail[-1].children:
            siblings = self._siblings_of(trail, variant)
            if siblings is not None:
                leaves = _leaves(trail[-2])
                beside = (i for i, leaf in enumerate(leaves) if leaf is trail[-1])
                return siblings.at(next(beside, None))
        return self._render(trail, variant)

    def _siblings_of(self, trail: Trail, variant: Variant) -> _Siblings | None:
        key = (id(trail[-2]), variant)
        if key not in self._siblings:
            self._siblings[key] = _cut(self._render(trail, variant, marked=True), trail[-2])
        return self._siblings[key]

    def _render(self, trail: Trail, variant: Variant, *, marked: bool = False) -> str:
        """Return `main.html` for a place; `marked`, for a mark last among the leaves beside it."""
        leaves = {id(leaf): i for i, leaf in enumerate(_leaves(trail[-2]))} if marked else {}
        entry: NavPage | Section | None = None

        def make_page(item: NavItem) -> NavPage:
            nonlocal entry
            position = leaves.get(id(item))
            title = escape(item.title) if position is None else LEAF.format(position)
            made = NavPage(title, item.url or "", self._config)
            if trail and item is trail[-1] and not marked:
                entry = made
            return made

        ours, chain = open_nav(self._items, trail[:-1] if marked else trail, make_page)
        if marked:
            entry = NavPage(PLACE_TITLE, PLACE_URL, self._config)
            entry.parent = chain[-1]
            chain[-1].children.append(entry)
        elif trail and trail[-1].children:
            entry = chain[-1]
        page = self._marked_page(trail, entry, variant)
        nav = Navigation([*self._neighbours.before, *ours, *self._neighbours.after], [])
        nav.homepage = self._home
        context: Any = get_context(nav, self._files, self._config, page)
        text = self._template.render(context)
        if CONTENT not in text:
            raise ShellError("main.html does not show page.content; mend: print it in custom_dir's")
        return _SCRIPT.sub(lambda script: script[0].replace(TITLE, SCRIPT_TITLE), _squeeze(text))

    def _marked_page(
        self, trail: Trail, entry: NavPage | Section | None, variant: Variant
    ) -> NavPage:
        """Return the page that is rendered, in the navigation below or in the place of an entry."""
        is_home = variant.own and bool(trail) and trail[-1].url == ""
        page = NavPage(TITLE, URL, self._config, is_home=is_home)
        page.content = CONTENT
        page.toc = TableOfContents([AnchorLink("", ANCHOR, level=1)])
        page.meta = {"hide": sorted(variant.hide)}
        if variant.described:
            page.meta["description"] = DESCRIPTION
        page.edit_url = EDIT if variant.editable else None
        if entry is not None:
            page.key = entry.key if isinstance(entry, NavPage) else trail[-1].url or ""
            # MkDocs takes sections for parents only; for breadcrumbs a page does as well.
            parent: Any = entry.parent if variant.own else entry
            page.parent = parent
            entry.active = True
        return page


def _leaves(item: NavItem) -> tuple[NavItem, ...]:
    """Return the entries of a folder that have none below, as far as pages list them."""
    if len(item.children) > MOST_SHOWN:
        return ()
    return tuple(child for child in item.children if not child.children)


def _cut(text: str, folder: NavItem) -> _Siblings | None:
    """Return a rendering cut at its marked entries; None where the theme writes no list items."""
    gaps: list[str] = []
    entries: list[str] = []
    end = 0
    for position, leaf in enumerate(_leaves(folder)):
        found = _list_item(text, LEAF.format(position), end)
        if found is None:
            return None
        gaps.append(text[end : found.start])
        entries.append(found.text.replace(LEAF.format(position), escape(leaf.title)))
        end = found.end
    active = _list_item(text, PLACE_TITLE, end)
    if active is None:
        return None
    gaps += [text[end : active.start], text[active.end :]]
    return _Siblings(tuple(gaps), tuple(entries), active.text)


class _Item(NamedTuple):
    start: int
    end: int
    text: str


def _list_item(text: str, mark: str, after: int) -> _Item | None:
    """Return the list item around a mark, which must hold no other."""
    place = text.find(mark, after)
    start, end = text.rfind("<li", after, place), text.find("</li>", place) + len("</li>")
    if min(place, start) < 0 or end < place or text.count("<li", start, end) > 1:
        return None
    return _Item(start, end, text[start:end])


def _squeeze(text: str) -> str:
    """Return a rendering without indents and empty lines, which are a third of Material's page."""
    return text if _KEEPS_SPACE.search(text) else re.sub(r"\s*\n\s*", "\n", text)
