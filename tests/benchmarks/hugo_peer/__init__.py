"""A made-up company → a Hugo project over the same YAML files, which its templates turn into pages.

A content adapter adds the pages from site data, partials that several pages need are cached, kinds
of pages that nobody asked for are off, and the search index is a JSON file from a template.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from ..markdown_peer import CSS
from ..places import Place

_HERE = Path(__file__).parent


def write_hugo(folder: Path, source: Path, places: list[Place]) -> None:
    """Write a Hugo project that makes the places from a company's OKR files."""
    for name in ("content", "layouts"):
        shutil.copytree(_HERE / name, folder / name)
    shutil.copy(_HERE / "hugo.toml", folder)
    shutil.copytree(source, folder / "okrs")
    (folder / "static").mkdir()
    (folder / "static" / "okrs.css").write_text(CSS, encoding="utf-8")
    lists = [
        {
            "path": place.url.rstrip("/"),
            "title": place.title,
            "rows": place.rows,
            "people": place.people,
            "nav": place.is_in_nav,
        }
        for place in sorted(places, key=lambda place: place.url)
        if place.kind == "list"
    ]
    # Hugo makes a page for every folder at the top, where nobody says otherwise.
    tops = {place.url.partition("/")[0] for place in places}
    without = sorted(tops - {place["path"] for place in lists})
    (folder / "lists").mkdir()
    for name, value in (("lists", lists), ("without", without)):
        (folder / "lists" / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
