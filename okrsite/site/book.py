"""The shells of all pages of ours, kept as text → whole pages, without MkDocs.

A shell is Material's page around ours, cut at marks: words that nobody writes stand for what
differs from page to page. The page lies forty folders deep, so that forty times ``../`` is the way
to the root and nothing else is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from urllib.parse import quote

from okrsite.keep import digest
from okrsite.pages.page import Page

DEPTH = 40
ROOT = "../" * DEPTH
BARE_ROOT = ROOT[:-1]
URL = "okrsite-mark-page/" + "x/" * (DEPTH - 1)
PLACE_URL = "okrsite-mark-place/"
PLACE_TITLE = "okrsite-mark-place-title"
TITLE = "okrsite-mark-title"
SCRIPT_TITLE = "okrsite-mark-script-title"
DESCRIPTION = "okrsite-mark-description"
EDIT = "https://okrsite.invalid/edit/mark"
RAW = "https://okrsite.invalid/raw/mark"
"""What Material's `content.action.view` makes of the mark above."""
CONTENT = "<h1>okrsite-mark-content</h1>"
"""Holds a heading, as Material writes one of its own above content that has none."""
LEAF = "okrsite-mark-leaf-{}-"

_MARKS = (
    *(ROOT, BARE_ROOT, URL, PLACE_URL, PLACE_TITLE, TITLE, SCRIPT_TITLE),
    *(DESCRIPTION, EDIT, RAW, CONTENT),
)
_CUT = re.compile("(" + "|".join(re.escape(mark) for mark in _MARKS) + ")")
ANCHOR = "okr-page"


@dataclass(frozen=True, slots=True)
class Variant:
    """What makes two pages of one place differ by more than words."""

    own: bool
    """The place is the page's own entry, rather than its nearest."""
    hide: frozenset[str]
    described: bool
    editable: bool

    def __str__(self) -> str:
        return f"{self.own:d}{self.described:d}{self.editable:d} {' '.join(sorted(self.hide))}"


@dataclass(frozen=True)
class Book:
    """The shells of a site's pages."""

    at: str
    """The folder that the pages' addresses are relative to, ending in a slash, or nothing."""
    has_path: bool
    """Whether the theme shows breadcrumbs, which tell a page in its own place from one below."""
    titles: dict[str, str]
    """The titles of the navigation's entries, by address."""
    shells: dict[str, tuple[str, ...]]
    """Each cut at its marks, which are every second piece; by place and variant."""

    def variant(self, page: Page) -> Variant:
        """Return which of its place's shells a page stands in."""
        return variant_of(page, self.at, has_path=self.has_path)

    def key(self, page: Page) -> str:
        """Return under which name a page's shell stands."""
        return f"{self.at}{page.place}\n{self.variant(page)}"

    def digest(self, page: Page) -> str:
        """Return the digest of everything around a page's article; KeyError without its shell."""
        key = self.key(page)
        if key not in self._digests:
            self._digests[key] = digest(*self.shells[key])
        head = (page.url, page.title, page.description, page.edit_url)
        return digest(self.at, self.titles.get(self.at + page.place, ""), *head, self._digests[key])

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {}

    def around(self, page: Page) -> tuple[str, str]:
        """Return the HTML that stands before a page's article, and behind it."""
        pieces = self.shells[self.key(page)]
        values = self._values(page)
        filled = list(pieces)
        filled[1::2] = map(values.__getitem__, pieces[1::2])
        at = pieces.index(CONTENT)
        return "".join((*filled[:at], _OPENING)), "".join((_CLOSING, *filled[at + 1 :]))

    def _values(self, page: Page) -> Mapping[str, str]:
        url, place = self.at + page.url, self.at + page.place
        root = "../" * url.count("/")
        return {
            ROOT: root or "./",
            BARE_ROOT: root[:-1] or ".",
            # Where addresses name files, the file's name follows the mark already.
            URL: quote(url),
            PLACE_URL: quote(place),
            PLACE_TITLE: escape(self.titles.get(place, "")),
            TITLE: escape(page.title),
            SCRIPT_TITLE: _in_script(page.title),
            DESCRIPTION: escape(page.description),
            EDIT: escape(page.edit_url),
            RAW: escape(_raw_url(page.edit_url)),
            CONTENT: "",
        }


_OPENING = f'<div class="okr-page" id="{ANCHOR}">\n'
_CLOSING = "\n</div>"


def variant_of(page: Page, at: str, *, has_path: bool) -> Variant:
    """Return which of its place's shells a page stands in."""
    url, place = at + page.url, at + page.place
    # Only breadcrumbs tell a page in its own place from one below it; and home from the rest.
    own = url == place or bool(place and ("path" in page.hide or not has_path))
    return Variant(own, page.hide, bool(page.description), bool(page.edit_url))


def cut(text: str) -> tuple[str, ...]:
    """Return a rendering cut at its marks."""
    return tuple(_CUT.split(text))


def _in_script(text: str) -> str:
    """Return a text as it may stand inside a string of a script."""
    quoted = json.dumps(text)[1:-1]
    for character in "<>&'":
        quoted = quoted.replace(character, f"\\u{ord(character):04x}")
    return quoted


def _raw_url(edit_url: str) -> str:
    """Return what Material's action *view* opens, by Material's own rule."""
    return edit_url.replace("blob" if "/blob/" in edit_url else "edit", "raw")
