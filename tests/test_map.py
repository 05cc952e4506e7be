"""The map of the cascade: what it draws is what the data say, and the other way round."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import pytest
from benchmarks.company import AS_OF, write_company
from builders import check_in, company, key_result, objective, person, plan, team
from chart_cases import parse
from cramped import cramp
from drawing import BASE, drawn
from site_builder import Site

from okrsite.charts.layered import LayeredMap
from okrsite.company import load_company
from okrsite.data.document import make_document
from okrsite.measure import measure_company
from okrsite.model import Company, Level
from okrsite.views import Context
from okrsite.views.map import map_chart, view_map
from okrsite.words import Words

SVG = "{http://www.w3.org/2000/svg}"
DEMO = Path(__file__).parents[1] / "content" / "okrs"

Edges = set[tuple[str, str, str]]
"""Addresses of both ends, and whether one ``supports`` the other or ``depends on`` it."""


def map_of(html: str) -> Element | None:
    found = re.search(r'<svg [^>]*class="okr-map".*?</svg>', html, re.DOTALL)
    return parse(found[0].replace("&nbsp;", " ")) if found else None


def nodes_of(svg: Element) -> list[Element]:
    return svg.findall(f"{SVG}g[@class='okr-map__nodes']/*")


def edges_of(url: str, svg: Element) -> Edges:
    """Return the edges that a page's map draws, by the addresses of their nodes."""
    ends = [address(url, node.get("href", "")) for node in nodes_of(svg)]
    found: Edges = set()
    for group, kind in (("ups", "supports"), ("asides", "depends on")):
        for path in svg.findall(f"{SVG}g[@class='okr-map__{group}']/{SVG}path"):
            one, other = map(int, path.get("data-ends", "").split())
            found.add((ends[one], ends[other], kind))
    return found


def address(page: str, href: str) -> str:
    parts = urlsplit(urljoin(BASE + page, href))
    return unquote(parts.path[1:] + (f"#{parts.fragment}" if parts.fragment else ""))


def edges_in(document: Any) -> Edges:
    """Return the edges between what runs today, as the data tell them."""
    day = document["as_of"]
    current = {c["ref"] for c in document["cycles"] if c["start"] <= day <= c["end"]}
    runs = {
        row["ref"]: row
        for row in document["objectives"]
        if row["cycle"] in current and row["state"] in ("active", "paused")
    }
    urls = {id: row["url"] for id, row in runs.items()}
    for each in document["teams"]:
        for priority in each["priorities"]:
            urls[f"{each['ref']}/{priority['id']}"] = f"{each['url']}#_priority-{priority['id']}"
    found: Edges = set()
    for id, row in runs.items():
        for key, kind in (("supports", "supports"), ("depends_on", "depends on")):
            for target in row[key]:
                # A key result's edge leads to its objective.
                whole = target if target in urls else target.rpartition("/")[0]
                if whole in urls and whole != id:
                    found.add((urls[id], urls[whole], kind))
    return found


def all_edges(pages: dict[str, str]) -> Edges:
    maps = {url: map_of(html) for url, html in pages.items() if url.startswith("alignment/")}
    return {edge for url, svg in maps.items() if svg is not None for edge in edges_of(url, svg)}


def document_of(house: Company) -> Any:
    words = Words("en", house.as_of)
    return json.loads(json.dumps(make_document(house, measure_company(house), words), default=str))


def test_the_demo_s_map_is_its_data(demo: Site) -> None:
    pages = {"alignment/": demo.text("alignment/index.html")}
    edges = edges_in(json.loads(demo.text("data/okrs.json")))
    assert len(edges) > 60
    assert {kind for _, _, kind in edges} == {"supports", "depends on"}
    assert any("#_priority-" in target for _, target, _ in edges)
    assert all_edges(pages) == edges


def test_the_map_of_sixty_teams_is_its_data_and_small(tmp_path: Path) -> None:
    write_company(tmp_path, 180)
    as_of = date.fromisoformat(AS_OF)
    now = datetime(as_of.year, as_of.month, as_of.day, 12, tzinfo=UTC)
    house = load_company(tmp_path / "content" / "okrs", as_of, "internal", now=now).company
    assert len(house.teams) == 60
    pages = drawn(house)
    edges = edges_in(document_of(house))
    assert len(edges) > 180
    assert all_edges(pages) == edges
    svg = re.search(r'<svg [^>]*class="okr-map".*?</svg>', pages["alignment/"], re.DOTALL)
    assert svg is not None
    assert len(svg[0].encode()) < 110_000


def test_maps_of_departments_show_all_that_begins_in_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Split into many pages, no edge is lost, and none is drawn that is not there."""
    cramp(monkeypatch)
    as_of, now = date(2026, 11, 20), datetime(2026, 11, 20, 12, tzinfo=UTC)
    house = load_company(DEMO, as_of, "internal", now=now).company
    pages = drawn(house)
    maps = {url: html for url, html in pages.items() if url.startswith("alignment/")}
    assert len(maps) > 3
    assert all_edges(pages) == edges_in(document_of(house))
    for html in maps.values():
        svg = map_of(html)
        assert svg is not None
        own = {"Be the platform that hospitals rely on", "Grow with our smallest customers"}
        names = {title.text or "" for title in svg.iter(f"{SVG}title")}
        assert all(any(name.startswith(title) for name in names) for title in own)


def chart_of(house: Company) -> LayeredMap:
    here = Context(company=house, measures=measure_company(house), words=Words("en", house.as_of))
    return map_chart(here, here.cascade.whole)


def said(house: Company) -> dict[str, str]:
    return {node.id: node.name for node in chart_of(house).nodes}


def test_a_node_tells_all_in_words() -> None:
    top = objective("company@2026-q4/top", key_result("k", check_in("2026-11-16", 50)))
    assert said(company(plan(top))) == {
        "company.2026-q4.top": "top · Company · 50\N{NO-BREAK SPACE}% · On track"
    }


def test_a_dependency_has_the_colour_of_what_it_waits_for() -> None:
    late = check_in("2026-11-16", 1, status="off-track")
    needed = objective("data@2026-q4/feed", key_result("kr", late), key_result("fine"))
    one = objective("platform@2026-q4/one", depends_on=["data@2026-q4/feed/kr"])
    both = ["data@2026-q4/feed/fine", "data@2026-q4/feed/kr"]
    other = objective("mobile@2026-q4/other", depends_on=both)
    calm = objective("design@2026-q4/calm", depends_on=["data@2026-q4/feed/fine"])
    edges = chart_of(company(plan(needed), plan(one), plan(other), plan(calm))).edges
    assert {edge.source.partition(".")[0]: edge.status for edge in edges} == {
        "platform": "off-track",
        "mobile": "off-track",
        "design": "",
    }


def test_departments_have_bands_and_others_share_one() -> None:
    teams = (
        team("company"),
        team("tech", parent="company", level=Level.DEPARTMENT),
        team("core", parent="tech"),
        team("finance", parent="company"),
    )
    plans = [plan(objective(f"{each.id}@2026-q4/aim")) for each in teams]
    chart = chart_of(company(*plans, teams=teams))
    assert [band.title for band in chart.bands] == [
        "Company",
        "Tech",
        "Teams without a department",
    ]
    bands = {group.title: (group.band, group.level) for group in chart.groups}
    assert (bands["Tech"], bands["Core"], bands["Finance"]) == (
        ("tech", 1),
        ("tech", 3),
        ("-rest", 1),
    )


def test_very_many_people_share_a_box_a_team() -> None:
    people = tuple(person(f"p{n}") for n in range(25))
    top = objective("company@2026-q4/top")
    aim = objective("platform@2026-q4/aim", supports=["company@2026-q4/top"])
    own = [
        objective(f"{each.id}@2026-q4/own", team="platform", supports=["platform@2026-q4/aim"])
        for each in people
    ]
    few = chart_of(company(plan(top), plan(aim), *map(plan, own[:24]), people=people))
    many = chart_of(company(plan(top), plan(aim), *map(plan, own), people=people))
    assert (len(few.nodes), len(few.edges)) == (26, 25)
    assert [node.title for node in many.nodes] == ["top", "aim", "25 objectives of people"]
    assert [(edge.source, edge.target) for edge in many.edges][1:] == [
        ("platform.-people", "platform.2026-q4.aim")
    ]
    assert many.nodes[-1].href == "alignment/#p0.2026-q4.own"


def test_nothing_to_show_is_no_map() -> None:
    house = company(plan(objective("platform@2026-q4/x", state="draft")))
    here = Context(company=house, measures=measure_company(house), words=Words("en", house.as_of))
    assert view_map(here, here.cascade.whole) is None


def test_what_is_no_running_objective_is_no_node() -> None:
    gone = objective("data@2026-q4/gone", state="cancelled")
    own = objective("platform@2026-q4/own", supports=["data@2026-q4/gone"], depends_on=[None])
    chart = chart_of(company(plan(gone), plan(own)))
    assert [node.id for node in chart.nodes] == ["platform.2026-q4.own"]
    assert chart.edges == ()
