"""A company's pages drawn in memory, and what a reader of their HTML finds wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html as lxml_html

from okrsite.company import files_beside
from okrsite.forge import Forge, Kind
from okrsite.measure import measure_company
from okrsite.model import Company
from okrsite.pages.page import Rendered, Surroundings
from okrsite.pages.render import render_pages
from okrsite.theme_dir import theme_dir
from okrsite.views import Download

FORGE = Forge("https://git.harbor.example/okrs", Kind.GITLAB, "main", "content/okrs")
VOID = {"br", "hr", "img", "input", "link", "meta", "wbr", "col", "path", "circle", "rect"}
BASE = "https://okrs.example.com/"


def rendered(house: Company, *, folders: tuple[Path, ...] = (), **more: Any) -> Rendered:
    content = SimpleNamespace(
        company=house, measures=measure_company(house), pictures={}, digests={}
    )
    around = Surroundings(
        forge=FORGE, template_dirs=(*folders, theme_dir()), **{"address": BASE, **more}
    )
    downloads = (Download("data/okrs.json", "Everything, in *rows*."),)
    return render_pages(content, around, downloads=downloads, feeds=True, beside=files_beside)


def drawn(house: Company, **more: Any) -> dict[str, str]:
    return {page.url: page.draw() for page in rendered(house, **more).pages}


def files(house: Company, ending: str = "", **more: Any) -> dict[str, str]:
    """Return the text of every file beside the pages whose address ends in something."""
    assets = rendered(house, **more).assets
    return {
        asset.url: b"".join(asset.draw()).decode() for asset in assets if asset.url.endswith(ending)
    }


class Outline(HTMLParser):
    """Collects what matters of a page, and what is wrong with its nesting."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.faults: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.ids += [values["id"]] if "id" in values else []
        self._look_for_life(tag, values)
        if tag == "a":
            self.links.append(values.get("href", ""))
            if "a" in self.open:
                self.faults.append("a link in a link")
        if tag == "th" and "scope" not in values:
            self.faults.append("a heading cell without scope")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()

    def _look_for_life(self, tag: str, values: dict[str, str]) -> None:
        if tag in ("script", "style", "iframe", "object", "embed", "base", "form", "foreignobject"):
            self.faults.append(f"<{tag}>")
        for name, value in values.items():
            scheme = re.match(r"[\s\x00-\x1f]*([a-z][a-z0-9+.-]*):", value, re.IGNORECASE)
            if name in ("href", "src", "xlink:href") and scheme:
                if scheme[1].lower() not in ("http", "https", "mailto", "tel"):
                    self.faults.append(f"{name}={value}")
                if name != "href":
                    self.faults.append(f"fetched from elsewhere: {value}")
            if name.startswith("on") or name in ("style", "srcdoc", "srcset", "formaction"):
                self.faults.append(f"{tag} {name}={value}")


def ids_and_links(html: str) -> tuple[set[str], set[str]]:
    """Return what can be linked to on a page and what it links to, read by a parser in C."""
    document = lxml_html.fromstring(html)
    return set(document.xpath("//@id")), set(document.xpath("//a/@href"))


def leads_nowhere(pages: dict[str, str]) -> Iterator[str]:
    """Yield the links between pages that have no page, or no anchor in it."""
    read = {url: ids_and_links(html) for url, html in pages.items()}
    extra = re.compile(r"feed\.xml$|^calendar\.ics$|^badges/.+\.svg$|^data/.+\.(?:json|csv)$")
    for url, (_, links) in read.items():
        for link in sorted(links):
            target = urlsplit(urljoin(BASE + url, link))
            if target.netloc != "okrs.example.com":
                continue
            path, anchor = unquote(target.path.lstrip("/")), unquote(target.fragment)
            if extra.search(path):
                continue
            if path not in pages or (anchor and anchor not in read[path][0]):
                yield f"{url or '/'} → {link}"
