"""The shell, the navigation, the stage: pages → a folder."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from site_builder import THREE_LINES, FakeContent, Site, a_company, a_page, mkdocs_build

from okrsite.asset import Asset
from okrsite.keep import Found, Kept
from okrsite.pages.page import NavItem, Page, Rendered, SearchEntry
from okrsite.site import shell
from okrsite.site.collide import keep_apart
from okrsite.site.nav import MOST_SHOWN
from okrsite.site.search import add_entries, list_entries
from okrsite.site.stage import MARK, NotOursError, may_replace, staged, swap_in
from okrsite.site.write import Folder

FEATURES = "navigation.tabs, navigation.indexes, navigation.prune, navigation.path"
TABS = THREE_LINES.replace("material}", f"material, font: false, features: [{FEATURES}]}}")
ADDRESS = "site_url: https://okrs.example.com/x/\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    docs = {"guide.md": "# Guide\n", "index.md": "# Welcome\n\nTo *Harbor*.\n"}
    folder = tmp_path_factory.mktemp("site")
    return mkdocs_build(folder, FakeContent(), TABS + ADDRESS, docs)


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


def title_of(html: str) -> str:
    found = re.search(r"<title>(.*?)</title>", html)
    assert found
    return found[1]


def active_link(html: str) -> str:
    (link,) = re.findall(r'<a href="([^"]*)" class="md-nav__link md-nav__link--active"', html)
    return link


def breadcrumbs(html: str) -> list[str]:
    path = re.search(r'<nav class="md-path".*?</nav>', html, re.DOTALL)
    found = re.findall(r'md-ellipsis">\s*(.*?)\s*</span>', path[0], re.DOTALL) if path else []
    return [str(name) for name in found]


def pages_of(site: Site) -> Iterator[tuple[str, str]]:
    for path in site.bytes():
        if path.endswith(".html") and path != "404.html":
            yield path.removesuffix("index.html"), site.text(path)


class TestShell:
    def test_no_mark_is_left(self, site: Site) -> None:
        assert [url for url, html in pages_of(site) if "okrsite-mark" in html] == []
        assert [url for url, html in pages_of(site) if "../" * 9 in html] == []

    def test_every_link_leads_to_a_file(self, site: Site) -> None:
        dead = []
        for url, html in pages_of(site):
            for link in Links(html).found:
                target = urljoin("https://x/" + url, link).partition("#")[0]
                path = target.removeprefix("https://x/")
                files = (path or "index.html", f"{path.rstrip('/')}/index.html")
                if target.startswith("https://x/") and not any(map(site.has, files)):
                    dead.append((url, link))
        assert dead == []

    def test_the_head_is_the_page_s_own(self, site: Site) -> None:
        platform = site.text("teams/platform/index.html")
        assert title_of(platform) == "Platform - Harbor"
        assert (
            '<link rel="canonical" href="https://okrs.example.com/x/teams/platform/">' in platform
        )
        assert '<meta name="description" content="What Platform is after">' in platform
        assert 'name="description"' not in site.text("teams/data/index.html")

    def test_titles_are_text(self, site: Site) -> None:
        html = site.text("teams/data/index.html")
        assert title_of(html) == "Data &amp; &lt;b&gt; - Harbor"
        assert "<b>" not in html

    def test_the_body_is_what_was_drawn(self, site: Site) -> None:
        assert "<p>body of /teams/data/2026-q4/fast/</p>" in site.text(
            "teams/data/2026-q4/fast/index.html"
        )

    def test_depth_is_told_to_the_scripts(self, site: Site) -> None:
        deep, home = site.text("teams/data/2026-q4/fast/index.html"), site.text("index.html")
        assert 'new URL("../../../..",location)' in deep
        assert '"base": "../../../.."' in deep
        assert 'new URL(".",location)' in home
        assert '"base": "."' in home

    def test_an_entry_of_the_navigation_is_active(self, site: Site) -> None:
        assert active_link(site.text("teams/platform/index.html")) == "../../teams/platform/"
        assert active_link(site.text("teams/finance/index.html")) == "../../teams/finance/"
        assert active_link(site.text("alignment/index.html")) == "../alignment/"

    def test_a_leaf_shows_its_place(self, site: Site) -> None:
        html = site.text("teams/data/2026-q4/fast/index.html")
        assert active_link(html) == "../../../../teams/data/"
        assert breadcrumbs(html) == ["Home", "Teams", "Engineering", "Data &amp; &lt;b&gt;"]

    def test_breadcrumbs_end_above_the_page(self, site: Site) -> None:
        assert breadcrumbs(site.text("teams/platform/index.html")) == [
            *("Home", "Teams", "Engineering")
        ]
        assert breadcrumbs(site.text("teams/engineering/index.html")) == ["Home", "Teams"]

    def test_the_tab_is_active(self, site: Site) -> None:
        for url, tab in (("teams/platform/", "Teams"), ("alignment/", "Alignment"), ("", "Home")):
            html = site.text(f"{url}index.html")
            (active,) = re.findall(r'md-tabs__item--active">\s*<a[^>]*>\s*(.*?)\s*</a>', html)
            assert active == tab

    def test_parts_are_hidden_as_asked(self, site: Site) -> None:
        home, team = site.text("index.html"), site.text("teams/platform/index.html")
        assert re.search(r'data-md-type="navigation"\s+hidden', home)
        assert not re.search(r'data-md-type="navigation"\s+hidden', team)
        assert re.search(r'data-md-type="toc"\s+hidden', team)

    def test_neighbours_stand_in_their_order(self, site: Site) -> None:
        html = site.text("teams/data/index.html")
        order = [html.index(f"teams/{team}/") for team in ("engineering", "platform", "finance")]
        assert order == sorted(order)
        for team in ("platform", "data", "finance"):
            assert len(re.findall(rf'href="../../teams/{team}/" class="md-nav__link', html)) == 1

    def test_the_short_way_gives_what_the_long_way_gives(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        quick = mkdocs_build(tmp_path / "quick", FakeContent(), TABS + ADDRESS)
        monkeypatch.setattr(shell, "_cut", lambda *_: None)
        slow = mkdocs_build(tmp_path / "slow", FakeContent(), TABS + ADDRESS)
        assert squeezed(quick) == squeezed(slow)

    def test_a_theme_without_list_items_is_rendered_place_by_place(self, tmp_path: Path) -> None:
        own = tmp_path / "own" / "partials"
        own.mkdir(parents=True)
        item = "{% macro render(i, path, level, parent) %}<b>{{ i.title }}</b>{% endmacro %}"
        (own / "nav-item.html").write_text(item)
        config = TABS.replace("material,", f"material, custom_dir: {tmp_path / 'own'},")
        site = mkdocs_build(tmp_path, FakeContent(), config)
        assert "okrsite-mark" not in "".join(html for _, html in pages_of(site))

    def test_titles_in_scripts_are_strings(self, tmp_path: Path) -> None:
        config = with_override(
            tmp_path,
            '{% extends "base.html" %}{% block extrahead %}{% if page %}'
            "<script>var t = {{ page.title | tojson }};</script>{% endif %}{% endblock %}",
        )
        nasty = Rendered((a_page("x/", "</script>\"'\\"),), nav=(NavItem("X", "x/"),))
        html = mkdocs_build(tmp_path, FakeContent(lambda: nasty), config).text("x/index.html")
        found = re.search(r'var t = (".*?");', html)
        assert found
        assert json.loads(found[1]) == "</script>\"'\\"
        assert html.count("</script>") == html.count("<script")

    def test_edit_and_view_lead_to_the_source(self, tmp_path: Path) -> None:
        features = f"{FEATURES}, content.action.edit, content.action.view"
        config = TABS.replace(FEATURES, features)
        page = a_page("x/", "X", edit_url="https://git.example.com/edit/main/a.yml?x=1&y")
        rendered = Rendered((page, a_page("y/", "Y")), nav=())
        site = mkdocs_build(tmp_path, FakeContent(lambda: rendered), config)
        html = site.text("x/index.html")
        assert 'href="https://git.example.com/edit/main/a.yml?x=1&amp;y"' in html
        assert 'href="https://git.example.com/raw/main/a.yml?x=1&amp;y"' in html
        assert "md-content__button" not in site.text("y/index.html")

    def test_main_html_must_show_the_content(self, tmp_path: Path) -> None:
        config = with_override(tmp_path, "<p>nothing</p>")
        with pytest.raises(SystemExit):
            mkdocs_build(tmp_path, FakeContent(), config)


def with_override(tmp_path: Path, main: str) -> str:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "main.html").write_text(main)
    return TABS.replace("material,", f"material, custom_dir: {tmp_path / 'own'},")


def squeezed(site: Site) -> dict[str, str]:
    return {url: re.sub(r"\s+", " ", html) for url, html in pages_of(site)}


class TestNavigation:
    def test_the_site_s_own_pages_show_ours_shut(self, site: Site) -> None:
        html = site.text("guide/index.html")
        assert 'href="../teams/"' in html
        assert "teams/platform/" not in html

    def test_no_page_grows_with_the_company(self, tmp_path: Path) -> None:
        def wide() -> Rendered:
            teams = [f"t{number}" for number in range(MOST_SHOWN * 5)]
            pages = [a_page(f"teams/{team}/", team) for team in teams]
            entries = tuple(NavItem(team, f"teams/{team}/") for team in teams)
            nav = (NavItem("Home", ""), NavItem("Teams", "teams/", entries))
            return Rendered((a_page("", "H"), a_page("teams/", "Teams"), *pages), nav=nav)

        plain = THREE_LINES
        site = mkdocs_build(tmp_path, FakeContent(wide), plain, {"guide.md": "# Guide\n"})
        assert max(len(html) for _, html in pages_of(site)) < 20_000
        assert active_link(site.text("teams/t7/index.html")) == "../../teams/t7/"

    def test_a_section_without_a_page_leads_to_its_first(self, tmp_path: Path) -> None:
        def rendered() -> Rendered:
            section = NavItem("Work", None, (NavItem("A", "a/"), NavItem("B", "b/")))
            return Rendered((a_page("a/", "A"), a_page("b/", "B")), nav=(section,))

        site = mkdocs_build(tmp_path, FakeContent(rendered), TABS, {"guide.md": "# G\n"})
        assert 'href="../a/"' in site.text("guide/index.html")
        assert active_link(site.text("b/index.html")) == "../b/"

    def test_a_page_in_no_place_of_the_navigation_is_drawn(self, tmp_path: Path) -> None:
        rendered = Rendered((a_page("lost/", "Lost"),), nav=(NavItem("Home", ""),))
        html = mkdocs_build(tmp_path, FakeContent(lambda: rendered), TABS).text("lost/index.html")
        assert title_of(html) == "Lost - Harbor"
        assert "md-nav__link--active" not in html

    def test_ours_take_the_place_of_the_site_s_own_home(self, tmp_path: Path) -> None:
        nav = "nav: [{About: about.md}, {Start: index.md}, {Guide: guide.md}]\n"
        docs = {"about.md": "# A\n", "index.md": "# I\n", "guide.md": "# G\n"}
        html = mkdocs_build(tmp_path, FakeContent(), TABS + nav, docs).text("guide/index.html")
        tabs = re.findall(r'md-tabs__link">\s*(.*?)\s*</a>', html)
        assert tabs == ["About", "Home", "Teams", "Alignment", "Guide"]


class TestKeepApart:
    def test_what_meets_nothing_is_kept(self) -> None:
        pages = [a_page("a/", "A"), a_page("b/", "B")]
        assert keep_apart(pages, {"c/index.html": "c.md"}) == (pages, [])

    def test_a_meeting_names_both(self) -> None:
        page = replace(a_page("a/", "Ours"), source="x/2026-q4.yml")
        kept, (problem,) = keep_apart([page], {"okrs/a/index.html": "docs/a.md"}, "okrs/")
        assert kept == []
        assert problem.code == "OKR-P001"
        assert problem.message == "/okrs/a/ is both the page 'Ours' and docs/a.md"
        assert problem.place.path == "x/2026-q4.yml"

    def test_two_of_ours_meet_as_well(self) -> None:
        _, problems = keep_apart([Asset("x", bytes), Asset("x", bytes)], {})
        assert [problem.code for problem in problems] == ["OKR-P001"]


class TestFolder:
    @pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "a\\x"])
    def test_nothing_is_written_outside(self, tmp_path: Path, path: str) -> None:
        with pytest.raises(ValueError, match="not a path"):
            Folder(tmp_path / "in").write(path, [b""])
        assert list(tmp_path.iterdir()) == []

    def test_files_are_written(self, tmp_path: Path) -> None:
        folder = Folder(tmp_path)
        folder.write("a/b/c.txt", [b"c"])
        folder.write("a/b/d.txt", [b"d"])
        assert (tmp_path / "a/b/c.txt").read_bytes() == b"c"
        assert (tmp_path / "a/b/d.txt").read_bytes() == b"d"

    def test_what_is_there_and_wanted_stays(self, tmp_path: Path) -> None:
        (tmp_path / "old/er").mkdir(parents=True)
        for name in ("index.html", "old/a.html", "old/er/b.html"):
            (tmp_path / name).write_text(name)
        (tmp_path / "link").symlink_to(tmp_path / "old", target_is_directory=True)
        before = (tmp_path / "old/a.html").stat().st_ino
        Folder(tmp_path).keep_only({"old/a.html", "new.html"})
        assert [p.relative_to(tmp_path).as_posix() for p in sorted(tmp_path.rglob("*"))] == [
            "old",
            "old/a.html",
        ]
        assert (tmp_path / "old/a.html").stat().st_ino == before

    def test_a_folder_makes_way_for_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "page/deep").mkdir(parents=True)
        (tmp_path / "page/deep/x").touch()
        folder = Folder(tmp_path)
        folder.keep_only({"page"})
        folder.write("page", [b"a file"])
        assert (tmp_path / "page").read_bytes() == b"a file"

    def test_a_kept_file_is_linked_unless_it_is_there(self, tmp_path: Path) -> None:
        (kept := tmp_path / "kept").write_text("kept")
        (tmp_path / "site").mkdir()
        (tmp_path / "site/same.html").hardlink_to(kept)
        (tmp_path / "site/other.html").write_text("other")
        folder = Folder(tmp_path / "site")
        found = Found(Kept("", 4, 0), str(kept), kept.stat().st_ino)
        for name in ("same.html", "other.html", "sub/new.html"):
            folder.link(name, found)
            assert (tmp_path / "site" / name).samefile(kept)


class TestStage:
    def test_a_finished_site_takes_the_place_of_the_old(self, tmp_path: Path) -> None:
        site = tmp_path / "site"
        for text in ("old", "new"):
            with staged(site) as staging:
                (staging / "index.html").write_text(text)
                swap_in(staging, site)
        assert (site / "index.html").read_text() == "new"
        assert (site / MARK).is_file()
        assert [path.name for path in tmp_path.iterdir()] == ["site"]

    def test_a_failed_build_leaves_the_old_site(self, tmp_path: Path) -> None:
        site = tmp_path / "site"
        site.mkdir()
        (site / MARK).touch()
        with pytest.raises(RuntimeError):
            fail_half_way(site)
        assert [path.name for path in tmp_path.iterdir()] == ["site"]
        assert [path.name for path in site.iterdir()] == [MARK]

    def test_a_killed_swap_is_mended_by_the_next_build(self, tmp_path: Path) -> None:
        site = tmp_path / "site"
        with staged(site) as staging:
            swap_in(staging, site)
        site.rename(tmp_path / ".site.okrsite-old")
        with staged(site):
            assert (site / MARK).is_file()

    def test_what_no_build_has_written_stays(self, tmp_path: Path) -> None:
        (tmp_path / "thesis.txt").touch()
        assert not may_replace(tmp_path)
        with pytest.raises(NotOursError), staged(tmp_path):
            pass
        assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]

    def test_a_link_stays(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "site").symlink_to(tmp_path / "real")
        assert not may_replace(tmp_path / "site")

    def test_a_site_of_mkdocs_may_be_replaced(self, site: Site) -> None:
        assert not (site.root / MARK).exists()
        assert may_replace(site.root)

    def test_an_empty_folder_may_be_replaced(self, tmp_path: Path) -> None:
        assert may_replace(tmp_path)
        assert may_replace(tmp_path / "absent")


def fail_half_way(site: Path) -> None:
    with staged(site) as staging:
        (staging / "index.html").write_text("half")
        raise RuntimeError


class TestSearchAndSitemap:
    def test_entries_are_in_the_index(self, site: Site) -> None:
        entries = json.loads(site.text("search/search_index.json"))["docs"]
        (ours,) = [entry for entry in entries if entry["location"].endswith("#p95")]
        assert ours == {
            "location": "teams/data/2026-q4/fast/#p95",
            "title": "p95 &amp; more",
            "text": "a &lt; b",
            "tags": ["2026-Q4"],
            "boost": 0.5,
        }

    def test_a_part_stands_below_its_page(self, site: Site) -> None:
        entries = json.loads(site.text("search/search_index.json"))["docs"]
        ours = [e for e in entries if e["location"].startswith("teams/data/2026-q4/fast/")]
        assert [entry["location"].partition("#")[2] for entry in ours] == ["", "p95"]
        assert ours[0]["title"] == "Fast"

    def test_what_has_its_own_entry_gets_no_second(self) -> None:
        entries = (SearchEntry("x/#a", "A", ""), SearchEntry("x/", "X", "words"))
        page = a_page("x/", "X", search=entries)
        assert list_entries(page) == [entries[1], entries[0]]
        assert list_entries(a_page("y/", "Y")) == []

    def test_an_index_that_reads_pages_gets_pages(self) -> None:
        class Index:
            seen: ClassVar[list[tuple[str, str, str]]] = []

            def add_entry_from_context(self, page: SimpleNamespace) -> None:
                self.seen.append((page.title, page.url, page.content))

        plugins: Any = {"search": SimpleNamespace(config={}, search_index=Index())}
        page = a_page("x/", "X", search=(SearchEntry("x/", "A & b", "<i>"),))
        add_entries(plugins, [page], at="at/", directory_urls=True)
        assert Index.seen == [("A &amp; b", "at/x/", "<p>&lt;i&gt;</p>")]

    def test_the_site_s_own_pages_are_found_as_before(self, site: Site) -> None:
        entries = json.loads(site.text("search/search_index.json"))["docs"]
        assert "guide/" in [entry["location"] for entry in entries]

    def test_every_page_is_in_the_sitemap_once(self, site: Site) -> None:
        tree = ElementTree.fromstring(site.text("sitemap.xml"))  # noqa: S314 - our own output
        listed = [str(element.text) for element in tree.iter() if element.tag.endswith("loc")]
        assert sorted(listed) == sorted(
            f"https://okrs.example.com/x/{u}" for u, _ in pages_of(site)
        )

    def test_without_an_address_there_is_nothing_to_list(self, tmp_path: Path) -> None:
        assert "<loc>" not in mkdocs_build(tmp_path, FakeContent()).text("sitemap.xml")


@pytest.mark.slow
def test_a_thousand_pages_cost_little(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def thousand() -> Rendered:
        teams = [f"t{number}" for number in range(250)]
        departments = [
            NavItem(f"D{i}", None, tuple(NavItem(t, f"teams/{t}/") for t in teams[i : i + 12]))
            for i in range(0, len(teams), 12)
        ]
        pages: list[Page] = [a_page("", "Home")]
        for team in teams:
            pages.append(a_page(f"teams/{team}/", team))
            found = (SearchEntry(f"teams/{team}/", team, "words"),)
            for number in range(3):
                url = f"teams/{team}/2026-q4/o{number}/"
                pages.append(a_page(url, "Objective", place=f"teams/{team}/", search=found))
        return Rendered(
            pages, nav=(NavItem("Home", ""), NavItem("Teams", None, tuple(departments)))
        )

    began = time.perf_counter()
    site = mkdocs_build(tmp_path, FakeContent(thousand), TABS)
    took = time.perf_counter() - began
    sizes = [len(html) for _, html in pages_of(site)]
    with capsys.disabled():
        print(f"\n{len(sizes)} pages in {took:.2f} s, the largest {max(sizes)} bytes")
    assert len(sizes) == 1001
    assert max(sizes) < 30_000


def test_the_head_tells_feed_readers_where_to_look(tmp_path: Path) -> None:
    def with_feeds() -> Rendered:
        return replace(a_company(), feeds=True)

    config = TABS.replace("okrsite,", "{okrsite: {at: okrs}},")
    site = mkdocs_build(tmp_path, FakeContent(with_feeds), config)
    found = {
        url: re.findall(
            r'<link rel="alternate feed" type="([^"]*)" title="([^"]*)" href="([^"]*)">', html
        )
        for url, html in pages_of(site)
    }
    atom = "application/atom+xml"
    assert found["okrs/"] == [(atom, "Harbor", "../okrs/feed.xml")]
    assert found["okrs/teams/"] == [(atom, "Harbor", "../../okrs/feed.xml")]
    up = "../" * 5
    assert found["okrs/teams/data/2026-q4/fast/"] == [
        (atom, "Data &amp; &lt;b&gt;", f"{up}okrs/teams/data/feed.xml"),
        (atom, "Harbor", f"{up}okrs/feed.xml"),
    ]


def test_a_company_has_pages_for_its_whole_navigation() -> None:
    rendered = a_company()
    assert {page.place for page in rendered.pages} <= {page.url for page in rendered.pages}
