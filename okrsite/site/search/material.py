"""What of ours can be found → entries of the site's own search index.

Material's search and MkDocs' read whole pages, some milliseconds each. Ours bring their words
along, so they go into the index as they are.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from html import escape
from types import SimpleNamespace
from typing import Any

from mkdocs.plugins import PluginCollection

from okrsite.pages.page import Page, SearchEntry
from okrsite.urls import relative


def list_entries(page: Page) -> list[SearchEntry]:
    """Return a page's entries, the page itself first.

    Material shows parts below their page and leaves out those whose page it does not know.
    """
    own = [entry for entry in page.search if "#" not in entry.location]
    parts = [entry for entry in page.search if "#" in entry.location]
    if parts and not own:
        own = [SearchEntry(page.url, page.title, "", boost=parts[0].boost)]
    return [*own, *parts]


def add_entries(
    plugins: PluginCollection, pages: Iterable[Page], *, at: str, directory_urls: bool
) -> None:
    """Add what pages are found by to the index of the search plugin, if the site has one."""
    index = find_index(plugins)
    if index is None:
        return
    # Where words of Chinese are to be told apart, Material does so while it reads a page.
    as_they_are = hasattr(index, "entries") and importlib.util.find_spec("jieba") is None
    for entry in (entry for page in pages for entry in list_entries(page)):
        location = locate(entry, at, directory_urls=directory_urls)
        if as_they_are:
            index.entries.append(_record(entry, location))
        else:
            index.add_entry_from_context(_little_page(entry, location))


def locate(entry: SearchEntry, at: str, *, directory_urls: bool) -> str:
    """Return where an entry leads, from the root of the site."""
    location = relative(at + entry.location, "", directory_urls=directory_urls)
    return location.removeprefix("./")


def find_index(plugins: PluginCollection) -> Any:
    """Return the index of the site's search plugin; None where it has none."""
    for name in ("material/search", "search"):
        plugin: Any = plugins.get(name)
        if plugin is not None and plugin.config.get("enabled", True):
            return plugin.search_index
    return None


def _record(entry: SearchEntry, location: str) -> dict[str, object]:
    """Return an entry as Material keeps it; its search shows titles, texts and tags as HTML."""
    record: dict[str, object] = {
        "location": location,
        "title": escape(entry.title, quote=False),
        "text": escape(entry.text, quote=False),
    }
    if entry.tags:
        record["tags"] = _escaped(entry.tags)
    if entry.boost != 1:
        record["boost"] = entry.boost
    return record


def _little_page(entry: SearchEntry, location: str) -> Any:
    """Return a page that holds an entry's words and nothing else, for an index to read."""
    return SimpleNamespace(
        title=escape(entry.title, quote=False),
        content=f"<p>{escape(entry.text, quote=False)}</p>",
        url=location,
        toc=[],
        meta={"tags": _escaped(entry.tags), "search": {"boost": entry.boost}},
    )


def _escaped(tags: Iterable[str]) -> list[str]:
    return [escape(tag, quote=False) for tag in tags]
