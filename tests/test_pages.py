"""Pages: views and templates agree, links lead somewhere, nothing that people write is alive."""

from __future__ import annotations

import dataclasses
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from breadth import part_of
from builders import check_in, company, key_result, objective, person, plan, team
from drawing import Outline, drawn, files, leads_nowhere, rendered
from hostile import hostile_company
from jinja2 import Environment, nodes

import okrsite.views as views
from okrsite.model import Company
from okrsite.pages import environment
from okrsite.pages.page import NavItem, Page
from okrsite.theme_dir import theme_dir
from okrsite.words import Words

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "content" / "okrs"
TEMPLATES = sorted((theme_dir() / "okrsite").glob("*.html"))
PAYLOADS = (
    ROOT.parent / "shared" / "data" / "corpora" / "payloadbox-xss" / "Intruder"
) / "xss-payload-list.txt"


def a_company(**more: Any) -> Company:
    results = (
        key_result("sev1", check_in("2026-11-09", 40, confidence=8), check_in("2026-11-16", 60)),
        key_result("drills", title="Run `drills` with [Data](okr:data/fast)"),
    )
    trust = objective("trust", *results, title="Be *trusted*", why="See [this](okr:data/fast/p95).")
    fast = objective("data@2026-q4/fast", key_result("p95"), supports=["platform@2026-q4/trust"])
    own = objective("ana@2026-q4/focus", key_result("deep"), team="platform")
    return company(plan(trust), plan(fast), plan(own), **more)


@pytest.fixture(scope="module")
def demo() -> dict[str, str]:
    """Draw every page of the demo company."""
    company_room = pytest.importorskip("okrsite.company")
    if not DEMO.is_dir():
        pytest.skip("the demo company is not here")
    as_of = date(2026, 11, 22)
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    loaded = company_room.load_company(DEMO, as_of, "internal", now=now)
    return drawn(loaded.company)


def test_every_page_of_a_small_company_is_whole() -> None:
    pages = drawn(a_company())
    assert {
        "",
        "teams/",
        "people/",
        "alignment/",
        "review/",
        "cycles/",
        "how-we-work/",
        "data/",
    } <= set(pages)
    assert {"teams/platform/", "teams/platform/2026-q4/", "people/ana/2026-q4/focus/"} <= set(pages)
    for url, html in pages.items():
        outline = Outline(html)
        assert outline.faults == [], url
        assert len(outline.ids) == len(set(outline.ids)), url
        assert outline.headings[0] == 1, url
        assert outline.headings.count(1) == 1, url
        assert all(after - before <= 1 for before, after in pairwise(outline.headings)), url
    assert list(leads_nowhere(pages)) == []


def test_every_page_of_the_demo_is_whole(demo: dict[str, str]) -> None:
    assert len(demo) > 100
    for url, html in demo.items():
        outline = Outline(html)
        assert outline.faults == [], url
        assert sorted(outline.ids) == sorted(set(outline.ids)), url
        assert outline.headings.count(1) == 1, url
        assert all(after - before <= 1 for before, after in pairwise(outline.headings)), url
    assert list(leads_nowhere(demo)) == []


def test_svg_of_the_demo_is_xml(demo: dict[str, str]) -> None:
    drawings = [svg for html in demo.values() for svg in re.findall(r"<svg.*?</svg>", html, re.S)]
    assert len(drawings) > 500
    for drawing in set(drawings):
        ET.fromstring(drawing)  # noqa: S314 - our own output


def test_pages_of_the_demo_stay_small(demo: dict[str, str]) -> None:
    kinds = re.compile(r"teams/[^/]+/(?:[^/]+/[^/]+/)?$|people/[^/]+/$")
    shell = 14_000
    heavy = {url: len(html) for url, html in demo.items() if kinds.match(url)}
    assert {url: size for url, size in heavy.items() if size > 80_000 - shell} == {}


def test_the_same_company_gives_the_same_pages() -> None:
    assert drawn(a_company()) == drawn(a_company())


def test_links_name_files_where_there_is_no_server() -> None:
    pages = drawn(a_company(), directory_urls=False)
    for html in pages.values():
        ours = [link for link in Outline(html).links if not urlsplit(link).scheme]
        assert [link for link in ours if urlsplit(link).path.endswith("/")] == []


def test_okr_links_in_prose_lead_to_the_objective() -> None:
    html = drawn(a_company())["teams/platform/2026-q4/trust/"]
    assert 'href="../../../data/2026-q4/fast/#p95"' in html
    assert 'href="../../../data/2026-q4/fast/"' in html


def test_counts_lead_to_what_they_count() -> None:
    pages = drawn(a_company())
    home, cycle = pages[""], pages["cycles/2026-q4/"]
    targets = re.findall(r'href="(cycles/2026-q4/#[^"]+)"', home)
    assert len(targets) >= 2
    assert {target.partition("#")[2] for target in targets} <= set(Outline(cycle).ids)


def test_an_objective_leads_to_its_place_in_the_cascade() -> None:
    pages = drawn(a_company())
    anchor = "data.2026-q4.fast"
    assert f'href="../../../../alignment/#{anchor}"' in pages["teams/data/2026-q4/fast/"]
    assert anchor in Outline(pages["alignment/"]).ids


def test_a_company_overrides_a_template(tmp_path: Path) -> None:
    (tmp_path / "okrsite").mkdir()
    (tmp_path / "okrsite" / "teams.html").write_text(
        '{% extends "okrsite/page.html" %}{% block body %}<p>{{ view.teams | length }} of ours</p>'
        "{% endblock %}",
        encoding="utf-8",
    )
    pages = drawn(a_company(), folders=(tmp_path,))
    assert "<p>2 of ours</p>" in pages["teams/"]
    assert "okr-strip" in pages["teams/platform/"]


def test_a_field_that_a_view_does_not_have_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "okrsite").mkdir()
    (tmp_path / "okrsite" / "teams.html").write_text("{{ view.tames }}", encoding="utf-8")
    pages = rendered(a_company(), folders=(tmp_path,)).pages
    teams = next(page for page in pages if page.url == "teams/")
    with pytest.raises(Exception, match="tames"):
        teams.draw()


def test_the_navigation_has_teams_by_department_and_no_leaves() -> None:
    teams = (team("company"), team("eng"), team("platform", parent="eng"), team("data"))
    nav = rendered(a_company(teams=teams)).nav
    assert [item.title for item in nav] == [
        *("Home", "Teams", "Alignment", "Review", "Cycles", "How we work")
    ]
    eng = NavItem("Eng", "teams/eng/", (NavItem("Platform", "teams/platform/"),))
    people = NavItem("People", "people/")
    assert nav[1].children == (eng, NavItem("Data", "teams/data/"), people)
    assert nav[-1].children == (NavItem("Data", "data/"),)


def test_every_page_has_its_place_in_the_navigation() -> None:
    result = rendered(a_company())

    def addresses(items: tuple[NavItem, ...]) -> Iterator[str | None]:
        for item in items:
            yield item.url
            yield from addresses(item.children)

    assert {page.place for page in result.pages} <= set(addresses(result.nav))


def by_url(house: Company) -> dict[str, Page]:
    return {page.url: page for page in rendered(house).pages}


def test_search_knows_words_and_owners_and_no_status() -> None:
    (entry,) = by_url(a_company())["teams/platform/2026-q4/trust/"].search
    assert (entry.title, entry.tags) == ("Be trusted", ("2026-Q4", "Platform", "aspirational"))
    assert entry.text == "sev1. Run drills with Data. Ana"
    assert entry.boost == 1
    closed = by_url(a_company(as_of="2027-02-01"))["teams/platform/2026-q4/trust/"].search
    assert closed[0].boost < 1


def test_what_search_finds_does_not_change_with_a_check_in() -> None:
    before, after = by_url(a_company(as_of="2026-11-10")), by_url(a_company())
    assert {u: p.search for u, p in before.items()} == {u: p.search for u, p in after.items()}


def test_former_addresses_lead_to_the_new_ones() -> None:
    sev1 = key_result("sev1")
    trust = objective("platform@2026-q4/trust", sev1, aka=("reliable",))
    teams = (team("company"), team("platform", aka=("infra",)))
    people = (person("ana", aka=("anna",)),)
    found = files(company(plan(trust), teams=teams, people=people), "index.html")
    assert set(found) == {
        "teams/infra/index.html",
        "teams/infra/2026-q4/index.html",
        "teams/infra/2026-q4/trust/index.html",
        "teams/infra/2026-q4/reliable/index.html",
        "teams/platform/2026-q4/reliable/index.html",
        "people/anna/index.html",
    }
    assert 'url=../trust/"' in found["teams/platform/2026-q4/reliable/index.html"]
    twice = found["teams/infra/2026-q4/reliable/index.html"]
    assert 'url=../../../platform/2026-q4/trust/"' in twice


PLAIN_PAYLOADS = (
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "{{ 7 * 191 }}{% raw %}",
    "</svg><svg onload=alert(1)>",
    "]]>--><!--",
    "[x](javascript:alert(1)) ![y](data:text/html,x) <a href=//evil.example>",
    "&lt;script&gt;\u202e\x00 ${7*191} #{7*191}",
)


@pytest.mark.parametrize("payload", PLAIN_PAYLOADS)
def test_no_field_lives(payload: str) -> None:
    pages = drawn(hostile_company(payload))
    for url, html in pages.items():
        assert [fault for fault in Outline(html).faults if "closes" not in fault] == [], url
        assert "1337" not in html
    assert {url for url, html in pages.items() if Outline(html).faults} == set()


@pytest.mark.slow
@pytest.mark.skipif(not PAYLOADS.is_file(), reason="the corpus of payloads is not here")
def test_no_payload_lives_in_any_field() -> None:
    lines = PAYLOADS.read_text(encoding="utf-8", errors="replace").splitlines()
    for line in part_of(lines[:: len(lines) // 60], 4):
        for url, html in drawn(hostile_company(line)).items():
            assert Outline(html).faults == [], (line, url)


def fields_of_views() -> set[str]:
    """Return the names of all fields that views and their parts have."""
    found: set[str] = set()
    seen: set[type] = set()

    def visit(kind: Any) -> None:
        for part in getattr(kind, "__args__", ()):
            visit(part)
        if not dataclasses.is_dataclass(kind) or kind in seen or not isinstance(kind, type):
            return
        if not kind.__module__.startswith("okrsite.views"):
            return
        seen.add(kind)
        hints = _hints(kind)
        for field in dataclasses.fields(kind):
            found.add(field.name)
            visit(hints[field.name])

    for name in views.__all__:
        if name.endswith("View"):
            visit(getattr(views, name))
    return found


def _hints(kind: type) -> dict[str, Any]:
    import typing

    return typing.get_type_hints(kind)


def names_in(template: Path) -> set[str]:
    """Return the names of fields that a template reads."""
    tree = Environment(autoescape=True).parse(template.read_text(encoding="utf-8"))
    ours = {"parts", "loop"}
    return {
        node.attr
        for node in tree.find_all(nodes.Getattr)
        if not (isinstance(node.node, nodes.Name) and node.node.name in ours)
    }


PROPERTIES = {"any"}
"""Of views, computed from their fields."""


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_reads_only_fields_of_views(template: Path) -> None:
    assert names_in(template) - fields_of_views() - PROPERTIES == set()


def test_every_field_of_a_view_is_for_a_template() -> None:
    read = {name for template in TEMPLATES for name in names_in(template)}
    by_others = {"draw", "plain_title"}
    assert fields_of_views() - read - by_others == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_templates_bring_no_words_of_their_own(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", "\n", text, flags=re.DOTALL)
    text = re.sub(r"&\w+;", "", text)
    assert re.findall(r"[A-Za-z]{2,}", text) == []


def test_what_is_compiled_of_templates_lies_where_nobody_publishes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    name = f"okrsite-page.html.{sys.implementation.cache_tag}.jinja"
    compiled = Path(environment.__file__).parent / "__pycache__" / name
    compiled.unlink(missing_ok=True)
    before = set(theme_dir().rglob("*"))
    templates = environment.open_templates((theme_dir(),), Words("en", date.min), {}.get)
    templates.environment.get_template("okrsite/page.html")
    assert compiled.is_file()
    assert set(theme_dir().rglob("*")) == before
