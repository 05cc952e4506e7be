"""Badges: small, valid, readable anywhere, and of the objective that a README means."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from builders import check_in, company, cycle, key_result, objective, plan, team
from drawing import files, rendered
from hostile import hostile_company

from okrsite.badges.draw import Badge, draw_badge
from okrsite.company import load_company
from okrsite.model import Company, Status

SVG = "{http://www.w3.org/2000/svg}"
NEXT = cycle("2027-q1", "2027-01-01", "2027-03-31")
LAST = cycle("2026-q3", "2026-07-01", "2026-09-30")


def badge(name: str = "Platform", status: Status | None = Status.AT_RISK, **more: Any) -> Badge:
    said: dict[str, Any] = {"word": "At risk", "progress": "52 %", "share": 0.52}
    return Badge(name, status, **{**said, **more})


def read(text: str) -> ET.Element:
    """Return a badge as XML, after a look at what all have in common."""
    assert len(text.encode()) < 2048
    root = ET.fromstring(text)  # noqa: S314 - our own
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    title = root.find(f"{SVG}title")
    assert title is not None
    assert root.get("aria-label") == title.text
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "rect", "path", "circle", "g", "text"}
    for element in root.iter():
        assert not [name for name in element.attrib if name.startswith("on") or "href" in name]
    return root


def words(text: str) -> list[str]:
    return [element.text or "" for element in read(text).iter(f"{SVG}text")]


def spoken(text: str) -> str:
    return str(read(text).get("aria-label"))


def a_company(**more: Any) -> Company:
    sev1 = key_result("sev1", check_in("2026-11-09", 40, confidence=5))
    return company(plan(objective("trust", sev1, title="Be `trusted`")), **more)


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_its_own_shape_and_a_colour(status: Status) -> None:
    shapes = {
        re.search(r"translate\([^>]*>(.*?)</g>", draw_badge(badge(status=each)))[1]  # type: ignore[index]
        for each in Status
    }
    assert len(shapes) == len(Status)
    fills = re.findall(r'fill="(#[0-9a-f]{6})"', draw_badge(badge(status=status)))
    assert len(fills) == 2


@pytest.mark.parametrize("status", [None, *Status])
def test_words_are_read_on_their_ground(status: Status | None) -> None:
    """White on each ground, by the formula of the accessibility guidelines."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return sum(
            share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
        )

    for ground in re.findall(r'fill="(#[0-9a-f]{6})"', draw_badge(badge(status=status))):
        assert 1.05 / (light(ground) + 0.05) >= 4.5, ground


def test_says_name_status_and_progress() -> None:
    text = files(a_company(), ".svg")["badges/platform/trust.svg"]
    assert words(text) == ["Be trusted", "At risk · 40\N{NO-BREAK SPACE}%"]
    assert spoken(text) == "Be trusted: At risk · 40\N{NO-BREAK SPACE}%"


def test_a_team_s_says_how_its_plan_stands() -> None:
    assert words(files(a_company(), ".svg")["badges/platform.svg"]) == [
        "Platform",
        "At risk · 40\N{NO-BREAK SPACE}%",
    ]


def test_a_team_without_a_plan_says_so() -> None:
    house = company(teams=(team("company"), team("new")))
    assert words(files(house, ".svg")["badges/new.svg"]) == ["New", "no OKRs yet"]


@pytest.mark.parametrize(("share", "done"), [(0.0, None), (0.5, 0.5), (1.0, 1.0), (None, None)])
def test_the_bar_is_as_long_as_the_progress(share: float | None, done: float | None) -> None:
    text = draw_badge(badge(share=share))
    room = re.search(r'21h([\d.]+)"', text)
    dash = re.search(r'stroke-dasharray="([\d.]+) ', text)
    assert (room is None) is (share is None)
    assert (dash is None) is (done is None)
    if room and dash and done:
        assert float(dash[1]) == pytest.approx(float(room[1]) * done, abs=0.11)


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        '"><image href="https://evil.example/"/>',
        "]]>--><!--&amp;&#x0;",
        "\x00\x0b\ufffe\ud800",
        "&" * 5000,
        "中" * 5000,
        "🙂" * 5000,
        "مرحبا بالعالم" * 9,
        "",
    ],
)
def test_a_name_is_text_and_short(name: str) -> None:
    read(draw_badge(badge(name)).encode("utf-8", "xmlcharrefreplace").decode())


def test_what_people_write_is_text() -> None:
    for text in files(hostile_company('"><script>alert(1)</script>' * 9), ".svg").values():
        read(text)


def test_of_one_id_it_shows_the_objective_of_the_running_cycle() -> None:
    def trust(cycle: str, title: str) -> Any:
        return plan(objective(f"platform@{cycle}/trust", title=title))

    plans = trust("2026-q3", "Old"), trust("2026-q4", "Now"), trust("2027-q1", "Next")
    cycles = (LAST, cycle(), NEXT)
    for count, title in ((3, "Now"), (1, "Old")):
        house = company(*plans[:count], cycles=cycles)
        assert words(files(house, ".svg")["badges/platform/trust.svg"])[0] == title
    house = company(plans[0], plans[2], cycles=cycles)
    assert words(files(house, ".svg")["badges/platform/trust.svg"])[0] == "Old"


def test_former_names_keep_their_badges() -> None:
    trust = objective("platform@2026-q4/trust", aka=("reliable", "calm"))
    calm = objective("platform@2026-q4/calm", title="Another")
    house = company(plan(trust, calm), teams=(team("company"), team("platform", aka=("infra",))))
    found = files(house, ".svg")
    assert set(found) == {
        "badges/company.svg",
        *(f"badges/{id}.svg" for id in ("platform", "infra")),
        *(
            f"badges/{id}/{o}.svg"
            for id in ("platform", "infra")
            for o in ("trust", "reliable", "calm")
        ),
    }
    assert found["badges/infra/reliable.svg"] == found["badges/platform/trust.svg"]
    assert words(found["badges/platform/calm.svg"])[0] == "Another"


def test_of_which_only_the_title_is_known_has_none() -> None:
    dark = objective("trust", title_only=True)
    assert set(files(company(plan(dark)), ".svg")) == {"badges/company.svg", "badges/platform.svg"}


def test_hangs_on_its_own_team_alone() -> None:
    site = rendered(a_company())
    for asset in site.assets:
        if asset.url.startswith("badges/platform"):
            with site.watch.reading() as parts:
                asset.draw()
            assert parts == {("plans_of", "platform"), ("plan", "platform", "2026-q4")}


def test_the_demo_s_are_small() -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    source = Path(__file__).parents[1] / "content" / "okrs"
    found = files(load_company(source, now.date(), "internal", now=now).company, ".svg")
    assert len(found) > 100
    for text in found.values():
        read(text)
