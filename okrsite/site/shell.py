"""Material's page, rendered once for each branch of the navigation → the shell of every page.

Pages of ours differ only in title, place and depth from one another as far as the theme goes. So
`main.html` is rendered with marks in place of what differs, cut at the marks, and joined for each
page: some hundredths of a millisecond instead of several milliseconds. What the company overrides
in its `custom_dir` is in it, for it is MkDocs' own environment that renders.

Marks: the page lies forty folders deep, so that forty times ``../`` is the way to the root and
nothing else is; words that nobody writes stand for title, description and addresses; teams beside
each other share one rendering in which one entry, the active one, is a mark too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from okrsite.pages.page import NavItem, Page
from okrsite.site.nav import MOST_SHOWN, NavPage, Neighbours, Trail, find_trails, open_nav

_DEPTH = 40
_ROOT = "../" * _DEPTH
_BARE_ROOT = _ROOT[:-1]
_URL = "okrsite-mark-page/" + "x/" * (_DEPTH - 1)
_PLACE_URL = "okrsite-mark-place/"
_PLACE_TITLE = "okrsite-mark-place-title"
_TITLE = "okrsite-mark-title"
_SCRIPT_TITLE = "okrsite-mark-script-title"
_DESCRIPTION = "okrsite-mark-description"
_EDIT = "https://okrsite.invalid/edit/mark"
_RAW = "https://okrsite.invalid/raw/mark"
"""What Material's `content.action.view` makes of the mark above."""
_CONTENT = "<h1>okrsite-mark-content</h1>"
"""Holds a heading, as Material writes one of its own above content that has none."""
_LEAF = "okrsite-mark-leaf-{}-"

_ALL_MARKS = (
    *(_ROOT, _BARE_ROOT, _URL, _PLACE_URL, _PLACE_TITLE, _TITLE, _SCRIPT_TITLE),
    *(_DESCRIPTION, _EDIT, _RAW, _CONTENT),
)
_MARKS = re.compile("(" + "|".join(re.escape(mark) for mark in _ALL_MARKS) + ")")
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL | re.IGNORECASE)
_KEEPS_SPACE = re.compile(r"<(?:pre|textarea)\b", re.IGNORECASE)
_ANCHOR = "okr-page"


class Templates(Protocol):
    """What is needed of MkDocs' Jinja environment."""

    def get_template(self, name: str) -> Any:
        """Return a template that renders a context."""


class ShellError(PluginError):
    """The theme's `main.html` cannot carry our pages."""


@dataclass(frozen=True, slots=True)
class _Variant:
    """What makes two pages of one place differ by more than words."""

    own: bool
    """The place is the page's own entry, rather than its nearest."""
    hide: frozenset[str]
    described: bool
    editable: bool


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
        self._texts: dict[tuple[object, _Variant], str] = {}
        self._siblings: dict[tuple[int, _Variant], _Siblings | None] = {}
        self._pieces: dict[tuple[str, _Variant], list[str]] = {}

    def fill(self, page: Page, at: str = "") -> str:
        """Return a page's whole HTML; `at` is the folder that its addresses are relative to."""
        url, place = at + page.url, at + page.place
        # Only breadcrumbs tell a page in its own place from one below it; and home from the rest.
        own = url == place or bool(place and ("path" in page.hide or not self._has_path))
        variant = _Variant(own, page.hide, bool(page.description), bool(page.edit_url))
        pieces = self._pieces_of(place, variant)
        values = self._values(page, url, place)
        filled = pieces.copy()
        filled[1::2] = map(values.__getitem__, pieces[1::2])
        return "".join(filled)

    def _values(self, page: Page, url: str, place: str) -> Mapping[str, str]:
        root = "../" * url.count("/")
        return {
            _ROOT: root or "./",
            _BARE_ROOT: root[:-1] or ".",
            # Where addresses name files, the file's name follows the mark already.
            _URL: quote(url),
            _PLACE_URL: quote(place),
            _PLACE_TITLE: escape(self._title_of(place)),
            _TITLE: escape(page.title),
            _SCRIPT_TITLE: _in_script(page.title),
            _DESCRIPTION: escape(page.description),
            _EDIT: escape(page.edit_url),
            _RAW: escape(_raw_url(page.edit_url)),
            _CONTENT: f'<div class="okr-page" id="{_ANCHOR}">\n{page.draw()}\n</div>',
        }

    def _title_of(self, place: str) -> str:
        trail = self._trails.get(place)
        return trail[-1].title if trail else ""

    def _pieces_of(self, place: str, variant: _Variant) -> list[str]:
        pieces = self._pieces.get((place, variant))
        if pieces is None:
            text = self._text_of(place, variant)
            pieces = self._pieces[place, variant] = _MARKS.split(text)
        return pieces

    def _text_of(self, place: str, variant: _Variant) -> str:
        trail = self._trails.get(place, ())
        if len(trail) > 1 and not trail[-1].children:
            siblings = self._siblings_of(trail, variant)
            if siblings is not None:
                leaves = _leaves(trail[-2])
                beside = (i for i, leaf in enumerate(leaves) if leaf is trail[-1])
                return siblings.at(next(beside, None))
        return self._render(trail, variant)

    def _siblings_of(self, trail: Trail, variant: _Variant) -> _Siblings | None:
        key = (id(trail[-2]), variant)
        if key not in self._siblings:
            self._siblings[key] = _cut(self._render(trail, variant, marked=True), trail[-2])
        return self._siblings[key]

    def _render(self, trail: Trail, variant: _Variant, *, marked: bool = False) -> str:
        """Return `main.html` for a place; `marked`, for a mark last among the leaves beside it."""
        leaves = {id(leaf): i for i, leaf in enumerate(_leaves(trail[-2]))} if marked else {}
        entry: NavPage | Section | None = None

        def make_page(item: NavItem) -> NavPage:
            nonlocal entry
            position = leaves.get(id(item))
            title = escape(item.title) if position is None else _LEAF.format(position)
            made = NavPage(title, item.url or "", self._config)
            if trail and item is trail[-1] and not marked:
                entry = made
            return made

        ours, chain = open_nav(self._items, trail[:-1] if marked else trail, make_page)
        if marked:
            entry = NavPage(_PLACE_TITLE, _PLACE_URL, self._config)
            entry.parent = chain[-1]
            chain[-1].children.append(entry)
        elif trail and trail[-1].children:
            entry = chain[-1]
        page = self._marked_page(trail, entry, variant)
        nav = Navigation([*self._neighbours.before, *ours, *self._neighbours.after], [])
        nav.homepage = self._home
        context: Any = get_context(nav, self._files, self._config, page)
        text = self._template.render(context)
        if _CONTENT not in text:
            raise ShellError("main.html does not show page.content; mend: print it in custom_dir's")
        return _SCRIPT.sub(lambda script: script[0].replace(_TITLE, _SCRIPT_TITLE), _squeeze(text))

    def _marked_page(
        self, trail: Trail, entry: NavPage | Section | None, variant: _Variant
    ) -> NavPage:
        """Return the page that is rendered, in the navigation below or in the place of an entry."""
        is_home = variant.own and bool(trail) and trail[-1].url == ""
        page = NavPage(_TITLE, _URL, self._config, is_home=is_home)
        page.content = _CONTENT
        page.toc = TableOfContents([AnchorLink("", _ANCHOR, level=1)])
        page.meta = {"hide": sorted(variant.hide)}
        if variant.described:
            page.meta["description"] = _DESCRIPTION
        page.edit_url = _EDIT if variant.editable else None
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
        found = _list_item(text, _LEAF.format(position), end)
        if found is None:
            return None
        gaps.append(text[end : found.start])
        entries.append(found.text.replace(_LEAF.format(position), escape(leaf.title)))
        end = found.end
    active = _list_item(text, _PLACE_TITLE, end)
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


def _in_script(text: str) -> str:
    """Return a text as it may stand inside a string of a script."""
    quoted = json.dumps(text)[1:-1]
    for character in "<>&'":
        quoted = quoted.replace(character, f"\\u{ord(character):04x}")
    return quoted


def _raw_url(edit_url: str) -> str:
    """Return what Material's action *view* opens, by Material's own rule."""
    return edit_url.replace("blob" if "/blob/" in edit_url else "edit", "raw")
