"""The demo company's site as a whole: strict, the same everywhere, no dead link, sound HTML."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from command import ROOT, build_site
from demo_pages import KINDS
from documents import Document
from site_builder import Site

MOST_BYTES, MOST_ZIPPED = 80_000, 20_000
PALETTES = ("only-light", "only-dark")
"""By these anchors Material knows in which palette a picture is to be seen."""

Documents = dict[str, Document]


def is_redirect(html: str) -> bool:
    return 'http-equiv="refresh"' in html


@pytest.fixture(scope="session")
def documents(demo: Site) -> Documents:
    """Return every page by its address, redirects among them."""
    return {
        path.removesuffix("index.html"): Document(demo.text(path))
        for path in demo.bytes()
        if path.endswith(".html")
    }


@pytest.fixture(scope="session")
def articles(demo: Site, documents: Documents) -> dict[str, str]:
    """Return what is ours on each page of ours: the HTML inside Material's article."""
    found = {}
    for url in documents:
        html = demo.text(f"{url}index.html") if not url.endswith(".html") else ""
        article = re.search(r"<article[^>]*>\n(.*)</article>", html, re.DOTALL)
        if article and 'class="okr ' in article[1]:
            found[url] = article[1]
    return found


@pytest.mark.slow
class TestBuild:
    def test_is_the_same_everywhere(self, demo: Site, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        there = build_site(
            *(tmp_path / "b" / "deeper", "--strict", "-f", ROOT / "mkdocs.yml"),
            cwd=tmp_path / "elsewhere",
            env={"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "C"},
        )
        first, second = demo.bytes(), there.bytes()
        assert first.keys() == second.keys()
        assert [path for path in first if first[path] != second[path]] == []

    def test_every_kind_of_page_is_there(self, documents: Documents) -> None:
        assert [url for url in KINDS.values() if url not in documents] == []
        assert len(documents) > 200

    def test_data_are_there(self, demo: Site) -> None:
        for path in ("data/okrs.json", "search/search_index.json", "sitemap.xml"):
            assert demo.has(path), path


class TestLinks:
    def test_none_is_dead(self, demo: Site, documents: Documents) -> None:
        files = demo.bytes().keys()
        dead = []
        for url, document in documents.items():
            for link in set(document.links):
                target = urlsplit(urljoin(f"https://here/{url}", link))
                if target.netloc != "here" or target.scheme != "https":
                    continue
                path, anchor = unquote(target.path[1:]), unquote(target.fragment)
                if anchor in PALETTES:
                    anchor = ""
                file = f"{path}index.html" if not path or path.endswith("/") else path
                if file not in files or (
                    anchor and anchor not in documents[file.removesuffix("index.html")].ids
                ):
                    dead.append(f"{url}: {link}")
        assert sorted(dead) == []

    def test_every_page_of_ours_is_linked(self, documents: Documents) -> None:
        reached = {
            unquote(urlsplit(urljoin(f"https://here/{url}", link)).path[1:])
            for url, document in documents.items()
            for link in document.links
        }
        redirects = {url for url, page in documents.items() if page.tags["h1"] == 0}
        assert sorted(documents.keys() - reached - redirects - {"404.html"}) == []


class TestHtml:
    def test_is_well_formed(self, documents: Documents) -> None:
        wrong = {url: page.wrong[:3] for url, page in documents.items() if page.wrong}
        assert wrong == {}

    def test_ids_are_unique(self, documents: Documents) -> None:
        twice = {
            url: [id for id, count in Counter(page.ids).items() if count > 1]
            for url, page in documents.items()
        }
        assert {url: ids for url, ids in twice.items() if ids} == {}

    def test_every_page_has_one_heading_a_title_and_a_language(
        self, demo: Site, documents: Documents
    ) -> None:
        wrong = []
        for url, page in documents.items():
            file = url if url.endswith(".html") else f"{url}index.html"
            headings = 0 if is_redirect(demo.text(file)) else 1
            if (page.tags["h1"], bool(page.title.strip()), bool(page.language)) != (
                *(headings, True, True),
            ):
                wrong.append((url, page.tags["h1"], page.title, page.language))
        assert wrong == []

    def test_titles_tell_pages_apart(self, articles: dict[str, str], documents: Documents) -> None:
        unnamed = [url for url in articles if not documents[url].title.strip(" -")]
        assert unnamed == []
        assert len({documents[url].title for url in articles}) > len(articles) * 0.9

    def test_no_markup_of_ours_needs_a_looser_policy(self, articles: dict[str, str]) -> None:
        loose = re.compile(r"<script|<style|<iframe|<[^>]*\s(?:style|on\w+|srcdoc)\s*=|javascript:")
        found = {url: match[0] for url, html in articles.items() if (match := loose.search(html))}
        assert len(articles) > 180
        assert found == {}

    def test_pages_are_small(self, demo: Site, articles: dict[str, str]) -> None:
        # Pages of teams, people and objectives: lists and cycles grow with the company.
        small = [url for url in articles if re.match(r"(teams|people)/[^/]+/", url)]
        assert len(small) > 150
        pages = {url: demo.text(f"{url}index.html").encode() for url in small}
        large = {url: len(html) for url, html in pages.items() if len(html) > MOST_BYTES}
        zipped = {url: len(gzip.compress(html)) for url, html in pages.items()}
        assert {url: size for url, size in zipped.items() if size > MOST_ZIPPED} == {}
        assert large == {}
