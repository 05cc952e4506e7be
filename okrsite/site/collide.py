"""Our pages and the site's own → those of ours that can be written, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from okrsite.asset import Asset
from okrsite.model import Place
from okrsite.pages.page import Page
from okrsite.problems import Problem

Published = TypeVar("Published", Page, Asset)


def published_path(item: Page | Asset, at: str = "") -> str:
    """Return the file, relative to the site, that a page or a plain file becomes."""
    return at + item.url + ("index.html" if isinstance(item, Page) else "")


def keep_apart(
    ours: Iterable[Published], taken: Mapping[str, str], at: str = ""
) -> tuple[list[Published], list[Problem]]:
    """Return what meets nothing of the site's own, and a problem for each that does.

    `taken` maps a published path to the name of its source. The site's own page stays: people
    wrote it at that address, while ours have moved there by an id.
    """
    kept: list[Published] = []
    problems: list[Problem] = []
    seen = dict(taken)
    for item in ours:
        path = published_path(item, at)
        name = f"the page '{item.title}'" if isinstance(item, Page) else f"the file '{item.url}'"
        if path in seen:
            problems.append(_meeting(item, path, name, seen[path]))
        else:
            seen[path] = name
            kept.append(item)
    return kept, problems


def _meeting(item: Page | Asset, path: str, name: str, other: str) -> Problem:
    place = Place(item.source)
    address = "/" + path.removesuffix("index.html")
    return Problem(
        "OKR-P001",
        place,
        f"{address} is both {name} and {other}",
        f"rename one of them, or put all OKR pages below a folder: at: {_free_folder(path)}",
    )


def _free_folder(path: str) -> str:
    return "okrs" if not path.startswith("okrs/") else "our-okrs"
