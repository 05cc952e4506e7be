"""Entries of ours and of the site's own pages → records, as Pagefind is given them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from mkdocs.plugins import PluginCollection

from okrsite.pages.page import Page, SearchEntry
from okrsite.site.search.material import find_index, list_entries, locate
from okrsite.words import Words

_BLOCK = re.compile(r"</?(?:li|ol|p|pre|ul)>")
_INLINE = re.compile(r"<[^>]*>")
_ZERO_WIDTH = "\u200b"
"""What Material puts between words of Chinese where it can tell them apart."""


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that search finds; all texts are plain."""

    location: str
    """The way from the root of the site, with ``#anchor`` for a part of a page."""
    title: str
    text: str = ""
    tags: tuple[str, ...] = ()
    """Shown below the text."""
    boost: float = 1
    """Above 1 ranks earlier; what is below 1 comes last."""
    page: str = ""
    """The title of the page that it is a part of."""
    cycle: str = ""
    teams: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Facets:
    """How the things are called that a search can be narrowed down to."""

    cycle: str
    team: str
    kind: str


def name_facets(language: str) -> Facets:
    """Return what the facets are called in a language."""
    say = Words(language, date.min).gettext
    return Facets(say("Cycle"), say("Team"), say("Kind"))


def record_pages(pages: Iterable[Page], *, at: str, directory_urls: bool) -> tuple[Record, ...]:
    """Return what pages of ours are found by."""
    return tuple(
        _record(entry, locate(entry, at, directory_urls=directory_urls), page.title)
        for page in pages
        for entry in list_entries(page)
    )


def _record(entry: SearchEntry, location: str, page: str) -> Record:
    return Record(
        location,
        entry.title,
        entry.text,
        entry.tags,
        entry.boost,
        page if "#" in location else "",
        entry.cycle,
        entry.teams,
        entry.kind,
    )


def take_records(plugins: PluginCollection) -> tuple[Record, ...]:
    """Return what the site's own pages are found by, and empty the index that read them.

    Every page of the site loads that index, so it must not hold what nobody will ask it for.
    """
    index = find_index(plugins)
    entries = list(index.entries)
    index.entries.clear()
    titles = {entry["location"]: _plain(entry["title"]) for entry in entries}
    return tuple(_own_record(entry, titles) for entry in entries)


def _own_record(entry: Mapping[str, Any], titles: Mapping[str, str]) -> Record:
    page, anchor, _ = entry["location"].partition("#")
    return Record(
        entry["location"],
        _plain(entry["title"]),
        _plain(entry["text"]),
        tuple(unescape(tag) for tag in entry.get("tags", ())),
        entry.get("boost", 1),
        titles.get(page, "") if anchor else "",
    )


def _plain(html: str) -> str:
    """Return the words of an entry of Material's, whose only ``<`` are those of its tags."""
    text = unescape(_INLINE.sub("", _BLOCK.sub(" ", html)))
    return " ".join(text.replace(_ZERO_WIDTH, "").split())
