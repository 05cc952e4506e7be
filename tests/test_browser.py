"""Built sites in a real Chromium: for everybody, on every screen, and asking nobody else."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from breadth import LONG
from browser import Chromium, Headers, Served, Tab, serve
from command import ROOT, build_site, write_tree
from demo_pages import KINDS, OBJECTIVE, TEAM
from site_builder import Site

pytestmark = pytest.mark.browser

DESK, PHONE, PAPER = 1280, 390, 794
LOOKS = [(DESK, "light"), (DESK, "dark"), (PHONE, "light"), (PHONE, "dark")]
# What a width breaks it breaks in both palettes; `make long` looks at everything nevertheless.
NEEDED = {
    "demo": [(DESK, "light"), (DESK, "dark"), (PHONE, "dark")],
    "one team": [(DESK, "dark"), (PHONE, "light")],
    "much": [(DESK, "dark"), (PHONE, "light")],
}
SEEN = [(site, *look) for site in NEEDED for look in LOOKS if LONG or look in NEEDED[site]]
"""Which sites are looked at in which width and palette."""

QUIET = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}

MATERIALS_OWN = {
    "aria-dialog-name": "the search is a dialog without a name",
    "color-contrast": "tabs that are not active are pale, and so are comments in coloured code",
    "label": "the switches of navigation and palette are labelled by icons",
    "link-in-text-block": "links in the prose of Markdown pages differ from it by colour alone",
    "scrollable-region-focusable": "code in Markdown pages scrolls on a phone, by touch alone",
}
"""What axe finds serious in the shell around our pages: Material's, which is not ours to mend."""

# A width changes no colours: contrast, which takes most of the time, is looked at once a palette.
RULES = {DESK: "{}", PHONE: "{'color-contrast': {enabled: false}}"}
AXE = """
axe.run(document, {rules: %s, resultTypes: ['violations'], preload: false}).then(found => found.violations.flatMap(
  rule => rule.nodes.filter(node => ['serious', 'critical'].includes(node.impact)).map(node => {
    const element = document.querySelector(node.target.flat(9).at(-1));
    const ours = !!element && !!element.closest('.okr-page');
    return {ours, rule: rule.id, html: node.html.slice(0, 160), why: node.failureSummary};
  })))
"""

# What reaches beyond the window without something around it that scrolls.
BEYOND = """
[...document.querySelectorAll('article *')].filter(element => {
  const box = element.getBoundingClientRect();
  if (!box.width || box.right <= innerWidth + 1 || element.closest('svg') !== null
      && element.tagName !== 'svg') return false;
  for (let above = element.parentElement; above; above = above.parentElement)
    if (/auto|scroll|hidden|clip/.test(getComputedStyle(above).overflowX)
        && above.getBoundingClientRect().right <= innerWidth + 1) return false;
  return true;
}).map(element => element.outerHTML.slice(0, 120))
"""

LITTLE = {
    "2026-q4.yml": """\
- id: same-day
  title: Answer every question the same day
  key_results:
    - id: first
      title: Reduce the time to a first answer from 12 hours to 4 hours
      owner: ana
    - At most 3 escalations
    - Write the handbook
""",
    "checkins/2026-11-16.yml": "key_results:\n  first: {value: 6 hours, confidence: 7, note: Ok.}\n",
}
LITTLE_KINDS = {
    "home": "",
    "teams": "teams/",
    "team": "teams/company/",
    "team's cycle": "teams/company/2026-q4/",
    "objective": "teams/company/2026-q4/same-day/",
    "person": "people/ana/",
    "people": "people/",
    "alignment": "alignment/",
    "cycles": "cycles/",
    "cycle": "cycles/2026-q4/",
    "how we work": "how-we-work/",
    "data": "data/",
}

MUCH_KINDS = {
    "all OKRs by department": "okrs/2026-q4/",
    "OKRs of a department": "okrs/2026-q4/north/",
    "people by department": "people/",
    "people of a department": "people/south/",
    "all check-ins": "teams/north-1/2026-q4/goal-0/check-ins/k0/",
    "all feedback": "teams/north-1/feedback/",
    "all that hangs together": "teams/company/ties/",
    "a long plan": "teams/north-2/2026-q4/-2/",
}
"""Pages that only a company with much to show has."""


def much() -> dict[str, str]:
    """Return two departments with more people, OKRs and words than one page of each holds."""
    people = "".join(f"p{place}: Person {place}\n" for place in range(220))
    own = "- id: best\n  title: Be the best\n  key_results: [Stars from 3 to 5]\n"
    files = {"people.yml": people, "2026-q4.yml": own}
    for place, department in enumerate(("north", "south")):
        files[f"{department}/team.md"] = "---\nlead: p1\n---\n"
        for number in range(1, 5):
            folder = f"{department}/{department}-{number}"
            first = 110 * place + 27 * (number - 1)
            members = ", ".join(f"p{each}" for each in range(first, first + 27))
            files[f"{folder}/team.md"] = f"---\nlead: p{first}\nmembers: [{members}]\n---\n"
            files[f"{folder}/2026-q4.yml"] = "".join(map(much_wanted, range(6)))
    files["north/north-1/feedback/2026-11-02.p3.yml"] = "- {kind: praise, text: Thanks}\n" * 60
    return files


def much_wanted(number: int) -> str:
    results = "".join(
        f"    - id: k{place}\n      title: Calls of kind {place} from 9 to 1\n{much_said(place)}"
        for place in range(6)
    )
    supports = f"  supports: company/best\n  key_results:\n{results}"
    return f"- id: goal-{number}\n  title: Answer call {number} sooner\n{supports}"


def much_said(place: int) -> str:
    days = (date(2026, 10, 1) + timedelta(days=day) for day in range(50 if place < 2 else 0))
    words = "It went as it went, and a long sentence says so. " * 6
    said = "".join(f"        {day}: {{value: 5, confidence: 6, note: '{words}'}}\n" for day in days)
    return f"      checkins:\n{said}" if said else ""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Build the site of a company whose lists take more than one page."""
    folder = write_tree(tmp_path_factory.mktemp("much"), much())
    return build_site(folder / "site", "--as-of", "2026-11-20", cwd=folder)


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Build the site of a company that is one team with one file and one check-in."""
    folder = write_tree(tmp_path_factory.mktemp("little"), LITTLE)
    return build_site(folder / "site", "--as-of", "2026-11-20", cwd=folder)


@pytest.fixture
def served(demo: Site) -> Iterator[Served]:
    """Serve the demo on a port that no browser has been at, and knows no choices of."""
    with serve(demo.root) as served:
        yield served


@pytest.fixture
def tab(browser: Chromium) -> Iterator[Tab]:
    with browser.tab() as tab:
        yield tab


@dataclass(frozen=True)
class Visit:
    """What a page showed once."""

    scheme: str
    axe: list[dict[str, Any]]
    errors: list[str]
    foreign: list[str]
    width: int
    beyond: list[str]


Visits = Callable[[str, int, str], dict[str, Visit]]


@pytest.fixture(scope="module")
def visits(browser: Chromium, demo: Site, little: Site, large: Site) -> Visits:
    """Return a function that visits all pages of a site, once for each width and palette."""
    sites = {
        "demo": (demo, KINDS),
        "one team": (little, LITTLE_KINDS),
        "much": (large, MUCH_KINDS),
    }
    axe = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")

    @cache
    def visit(site: str, width: int, scheme: str) -> dict[str, Visit]:
        built, kinds = sites[site]
        with serve(built.root) as served, browser.tab(width, scheme) as tab:
            look = axe, AXE % RULES[width]
            return {
                kind: visit_page(tab, served.address + url, look) for kind, url in kinds.items()
            }

    return visit


def visit_page(tab: Tab, address: str, look: tuple[str, str]) -> Visit:
    """Open a page, and look at it with axe: its program, and what it is asked."""
    program, question = look
    tab.open(address)
    tab.settle(0.1)
    tab.value(program + ";0")
    return Visit(
        tab.value("document.body.dataset.mdColorScheme"),
        tab.value(question),
        list(tab.errors),
        tab.foreign,
        tab.value("document.documentElement.scrollWidth"),
        tab.value(BEYOND),
    )


@pytest.mark.parametrize(("site", "width", "scheme"), SEEN)
class TestEveryKindOfPage:
    def test_follows_the_system_s_palette(
        self, visits: Visits, site: str, width: int, scheme: str
    ) -> None:
        wanted = {"light": "default", "dark": "slate"}[scheme]
        assert {visit.scheme for visit in visits(site, width, scheme).values()} == {wanted}

    def test_is_accessible(self, visits: Visits, site: str, width: int, scheme: str) -> None:
        found = {
            kind: [f"{finding['rule']}: {finding['html']} {finding['why']}" for finding in ours]
            for kind, visit in visits(site, width, scheme).items()
            if (ours := [finding for finding in visit.axe if finding["ours"]])
        }
        assert found == {}

    def test_stands_in_a_shell_whose_faults_are_known(
        self, visits: Visits, site: str, width: int, scheme: str
    ) -> None:
        shell = {
            finding["rule"]: finding["html"]
            for visit in visits(site, width, scheme).values()
            for finding in visit.axe
            if not finding["ours"]
        }
        assert {rule: html for rule, html in shell.items() if rule not in MATERIALS_OWN} == {}

    def test_has_no_error(self, visits: Visits, site: str, width: int, scheme: str) -> None:
        pages = visits(site, width, scheme)
        assert {kind: visit.errors for kind, visit in pages.items() if visit.errors} == {}

    def test_asks_no_other_host(self, visits: Visits, site: str, width: int, scheme: str) -> None:
        pages = visits(site, width, scheme)
        assert {kind: visit.foreign for kind, visit in pages.items() if visit.foreign} == {}

    def test_fits_the_window(self, visits: Visits, site: str, width: int, scheme: str) -> None:
        pages = visits(site, width, scheme)
        assert {kind: visit.width for kind, visit in pages.items() if visit.width > width} == {}
        assert {kind: visit.beyond for kind, visit in pages.items() if visit.beyond} == {}


def facts_of(site: Site, team: str) -> list[str]:
    """Return what a team's page is there to tell of its active cycle."""
    document = json.loads(site.text("data/okrs.json"))
    ours = f"{team}@2026-q4/"
    rows = [*document["objectives"], *document["key_results"]]
    titles = [row["title"] for row in rows if row["ref"].startswith(ours)]
    assert len(titles) > 5
    return [re.sub(r"[`*]", "", title) for title in titles]


class TestWithoutScripts:
    def test_the_main_facts_are_there(self, demo: Site, served: Served, tab: Tab) -> None:
        tab.without_scripts()
        tab.open(served.address + TEAM)
        text = squeeze(tab.value("document.querySelector('article').innerText")).lower()
        assert tab.value("document.documentElement.className") == "no-js"
        assert [fact for fact in facts_of(demo, "data") if fact.lower() not in text] == []
        assert re.search(r"\d+ %", text)
        for word in ("on track", "marta", "this week", "2026-q4"):
            assert word in text, word

    def test_nothing_is_seen_through_or_covered(self, served: Served, tab: Tab) -> None:
        tab.without_scripts()
        tab.open(served.address + TEAM)
        hidden = tab.value(
            """[...document.querySelectorAll('article h1, article h2, .okr-title, .okr-badge')]
            .filter(e => !e.checkVisibility({opacityProperty: true, visibilityProperty: true})
              && !e.closest('details:not([open]), dialog:not([open])')).map(e => e.outerHTML.slice(0, 120))"""
        )
        assert hidden == []

    def test_numbers_of_charts_can_be_unfolded(self, served: Served, tab: Tab) -> None:
        tab.without_scripts()
        tab.open(served.address + OBJECTIVE)
        tab.value("document.querySelector('article .okr-fold:has(table) > summary').focus()")
        tab.press("Enter")
        numbers = tab.value("document.querySelector('article .okr-fold[open] table').innerText")
        assert "95" in numbers


# How an element and what is in it looks, as far as a focus may change it.
LOOK = """
window.look = element => JSON.stringify([element, ...element.querySelectorAll('*')].slice(0, 12)
  .map(each => {
    const s = getComputedStyle(each);
    return [s.outlineStyle === 'none' ? '' : s.outline, s.boxShadow, s.backgroundColor,
      s.borderColor, s.stroke, s.strokeWidth, s.opacity, s.visibility, s.display, s.r];
  }));
"""
FOCUSED = """
(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  window.reached ??= [];
  window.reached.push([element, look(element)]);
  return {
    ours: !!element.closest('article'),
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    html: element.outerHTML.slice(0, 140),
  };
})()
"""
LEFT_OUT = """
[...document.querySelectorAll('article :is(a[href], button, summary, input, select, [tabindex="0"])')]
  .filter(e => e.checkVisibility() && e.getAttribute('tabindex') !== '-1' && !window.reached.some(([each]) => each === e))
  .map(e => e.outerHTML.slice(0, 140))
"""
UNMARKED = """
(() => {
  document.activeElement.blur();
  return window.reached.filter(([e, focused]) => e.closest('article') && look(e) === focused)
    .map(([e]) => e.outerHTML.slice(0, 140));
})()
"""
WALKED = [
    *("", TEAM, OBJECTIVE, "alignment/", "review/", "review/engineering/", "people/", "data/"),
    *("cycles/2026-q3/", "cycles/compare/", "attention/", "changes/", "proposals/"),
]


class TestKeyboard:
    @pytest.mark.parametrize("url", WALKED, ids=lambda url: url[:-1] or "home")
    def test_tab_reaches_everything_and_is_seen(self, served: Served, tab: Tab, url: str) -> None:
        tab.open(served.address + url)
        tab.value(LOOK)
        stops = []
        for _ in range(900):
            tab.press("Tab")
            stop = tab.value(FOCUSED)
            if stop is None:
                break
            stops.append(stop)
        ours = [stop for stop in stops if stop["ours"]]
        assert len(ours) > 5
        assert [stop["html"] for stop in ours if not stop["seen"]] == []
        assert tab.value(LEFT_OUT) == []
        assert tab.value(UNMARKED) == []

    def test_points_of_charts_say_their_value(self, served: Served, tab: Tab) -> None:
        tab.open(served.address + OBJECTIVE)
        tip = "document.querySelector('.okr-points [tabindex] text')"
        before = tab.value(f"{tip}.checkVisibility({{visibilityProperty: true}})")
        tab.value("document.querySelector('.okr-points [tabindex]').focus()")
        assert not before
        assert tab.value(f"{tip}.checkVisibility({{visibilityProperty: true}})")
        assert re.search(r"\d+ minutes", tab.value(f"{tip}.textContent"))
        name = tab.value("document.activeElement.querySelector('title').textContent")
        assert re.search(r"\d+ minutes", name)

    @pytest.mark.parametrize("key", ["Enter", "Space"])
    def test_details_open(self, served: Served, tab: Tab, key: str) -> None:
        tab.open(served.address + OBJECTIVE)
        tab.value("document.querySelector('article details:not([open]) > summary').focus()")
        tab.press(key)
        assert tab.value("document.activeElement.parentElement.open") is True
        tab.press(key)
        assert tab.value("document.activeElement.parentElement.open") is False

    def test_the_tree_opens_and_closes(self, served: Served, tab: Tab) -> None:
        tab.open(served.address + "alignment/")
        count = "document.querySelectorAll('article details[open]').length"
        for label, wanted in (("Open all", "> 5"), ("Close all", "=== 0")):
            tab.value(
                f"[...document.querySelectorAll('article button')]"
                f".find(b => b.textContent === '{label}').focus()"
            )
            tab.press("Enter")
            assert tab.value(f"{count} {wanted}"), label

    def test_a_link_opens_the_tree_at_its_node(self, served: Served, tab: Tab) -> None:
        tab.open(served.address + "alignment/")
        node = tab.value("[...document.querySelectorAll('article details details [id]')].at(-1).id")
        tab.open(f"{served.address}alignment/#{node}")
        tab.wait_for(f"document.getElementById({json.dumps(node)}).checkVisibility()")


# The node of the map that has the focus: its name, and how many are traced with it.
NODE = """
(() => {
  const node = document.activeElement;
  const box = node.getBoundingClientRect();
  const view = document.querySelector('.okr-map-view').getBoundingClientRect();
  return {
    name: node.querySelector('title')?.textContent.split(' · ')[0],
    lit: document.querySelectorAll('.okr-map--traced .okr-map__nodes > .okr-map--lit').length,
    seen: box.top >= view.top - 1 && box.bottom <= view.bottom + 1
      && box.left >= view.left - 1 && box.right <= view.right + 1,
  };
})()
"""
PLATFORM = "Make the platform trusted during peak usage"


def focus_node(tab: Tab, title: str) -> None:
    tab.value(
        f"[...document.querySelectorAll('.okr-map__nodes > a')].find("
        f"a => a.querySelector('title').textContent.startsWith({json.dumps(title)})).focus()"
    )


class TestMap:
    def test_arrow_keys_walk_along_its_lines(self, served: Served, tab: Tab) -> None:
        tab.open(served.address + "alignment/")
        focus_node(tab, PLATFORM)
        walked = [tab.value(NODE)["name"]]
        for key in ("ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowDown"):
            tab.press(key)
            stop = tab.value(NODE)
            assert stop["seen"], key
            assert stop["lit"] > 1, key
            walked.append(stop["name"])
        assert walked == [
            PLATFORM,
            "Make myself the second-best incident lead on the team",
            PLATFORM,
            "Make Harbor boringly dependable in the morning rush",
            "Be the platform that hospitals rely on",
            "Grow with our smallest customers",
        ]

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_whoever_is_focused_is_seen(self, served: Served, tab: Tab, scheme: str) -> None:
        tab.prefer(scheme)
        tab.open(served.address + "alignment/")
        stroke = (
            "getComputedStyle([...document.querySelectorAll('.okr-map__nodes > a')].find(a => "
            f"a.querySelector('title').textContent.startsWith('{PLATFORM}'))"
            ".querySelector('rect')).stroke"
        )
        assert tab.value(stroke) == "none"
        tab.press("Tab")
        focus_node(tab, PLATFORM)
        assert tab.value(stroke) != "none"

    def test_enter_opens_a_node(self, served: Served, tab: Tab) -> None:
        tab.open(served.address + "alignment/")
        focus_node(tab, PLATFORM)
        tab.press("Enter")
        tab.wait_for("location.pathname.endsWith('/teams/platform/2026-q4/trust/')")

    def test_one_stop_of_tab_is_the_whole_map(self, served: Served, tab: Tab) -> None:
        tab.open(served.address + "alignment/")
        assert tab.value("document.querySelectorAll('.okr-map [tabindex=\"0\"]').length") == 1
        focus_node(tab, PLATFORM)
        tab.press("Tab")
        assert not tab.value("document.activeElement.closest('.okr-map')")
        tab.press("Tab", shift=True)
        assert tab.value(NODE)["name"] == PLATFORM

    def test_tracing_lights_all_above_and_below(self, demo: Site, served: Served, tab: Tab) -> None:
        tab.open(served.address + "alignment/")
        focus_node(tab, "Be the platform that hospitals rely on")
        lit = tab.value(
            "[...document.querySelectorAll('.okr-map__nodes > a.okr-map--lit')]"
            ".map(a => new URL(a.href.baseVal, location).pathname.slice(1))"
        )
        assert set(lit) == hangs_together(demo, "company@2026-q4/reliable")

    def test_it_zooms_by_keys_and_buttons(self, served: Served, tab: Tab) -> None:
        tab.open(served.address + "alignment/")
        width = "document.querySelector('.okr-map').getBoundingClientRect().width"
        focus_node(tab, PLATFORM)
        before = tab.value(width)
        tab.press("+")
        larger = tab.value(width)
        assert larger > before * 1.2
        assert tab.value(NODE)["seen"]
        tab.press("-")
        assert abs(tab.value(width) - before) < 2
        tab.press("+")
        tab.press("0")
        assert tab.value(width) == before
        tab.value(
            "document.querySelector('.okr-map-tools button[aria-label^=\"Show all\"]').click()"
        )
        view = "document.querySelector('.okr-map-view')"
        assert tab.value(f"{view}.scrollHeight <= {view}.clientHeight + 1")
        assert tab.value(f"{view}.scrollWidth <= {view}.clientWidth + 1")

    def test_it_zooms_where_the_wheel_is_turned(self, served: Served, tab: Tab) -> None:
        tab.open(served.address + "alignment/")
        place = (
            "(() => { const b = document.querySelector('.okr-map__nodes > a:nth-of-type(12) > rect')"
            ".getBoundingClientRect(); return [b.x + 4, b.y + 4]; })()"
        )
        x, y = tab.value(place)
        wheel = {"type": "mouseWheel", "x": x, "y": y, "deltaX": 0, "deltaY": -120}
        tab.call("Input.dispatchMouseEvent", **wheel, modifiers=2)
        tab.wait_for("document.querySelector('.okr-map').style.width")
        after = tab.value(place)
        assert abs(after[0] - x) < 8
        assert abs(after[1] - y) < 8

    def test_a_mouse_drags_it_and_opens_nothing(self, served: Served, tab: Tab) -> None:
        tab.open(served.address + "alignment/")
        x, y = (
            500,
            tab.value("document.querySelector('.okr-map-view').getBoundingClientRect().y + 300"),
        )
        mouse = {"button": "left", "buttons": 1, "clickCount": 1}
        tab.call("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, **mouse)
        for step in range(1, 6):
            tab.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y - 30 * step, **mouse)
        tab.call("Input.dispatchMouseEvent", type="mouseReleased", x=x, y=y - 150, **mouse)
        assert tab.value("document.querySelector('.okr-map-view').scrollTop") > 100
        assert tab.value("location.pathname.endsWith('/alignment/')")

    def test_a_link_shows_its_node(self, served: Served, tab: Tab) -> None:
        tab.open(f"{served.address}alignment/#finance.2026-q4.close")
        tab.wait_for("document.querySelector('.okr-map--traced')")
        assert tab.value(
            "(() => { const node = document.querySelector('.okr-map [tabindex=\"0\"]');"
            "const box = node.getBoundingClientRect();"
            "const view = document.querySelector('.okr-map-view').getBoundingClientRect();"
            "return node.href.baseVal.includes('/finance/') && box.bottom <= view.bottom"
            " && box.top >= view.top; })()"
        )

    def test_without_scripts_it_is_a_picture_of_links(self, served: Served, tab: Tab) -> None:
        tab.without_scripts()
        tab.open(served.address + "alignment/")
        assert tab.value("document.querySelectorAll('.okr-map__nodes > a[href]').length") > 40
        assert tab.value("document.querySelectorAll('.okr-map-tools').length") == 0
        assert not tab.value("document.querySelector('.okr-map-keys').checkVisibility()")

    def test_on_a_phone_it_scrolls_at_a_readable_size(self, served: Served, tab: Tab) -> None:
        tab.resize(PHONE)
        tab.open(served.address + "alignment/")
        assert (
            tab.value(
                "document.querySelector('.okr-map__nodes > a > text').getBoundingClientRect().height"
            )
            > 10
        )
        view = "document.querySelector('.okr-map-view')"
        assert tab.value(f"{view}.scrollWidth > {view}.clientWidth")

    def test_on_paper_all_of_it_fits_the_page(self, served: Served, tab: Tab) -> None:
        tab.resize(PAPER)
        tab.prefer("light", "print")
        tab.open(served.address + "alignment/")
        box = tab.value(
            "(() => { const b = document.querySelector('.okr-map').getBoundingClientRect();"
            "return [b.width, b.height]; })()"
        )
        assert 400 < box[0] <= PAPER
        assert box[1] <= 1000


def hangs_together(site: Site, start: str) -> set[str]:
    """Return the addresses of an objective, all above and all below it, as the data tell."""
    document = json.loads(site.text("data/okrs.json"))
    runs = {
        row["ref"]: row
        for row in document["objectives"]
        if row["cycle"] in ("2026", "2026-q4") and row["state"] in ("active", "paused")
    }
    urls = {id: row["url"] for id, row in runs.items()}
    # A standing priority has no page of its own, but its team has.
    urls |= {f"{t['ref']}/{p['id']}": t["url"] for t in document["teams"] for p in t["priorities"]}
    above: dict[str, set[str]] = {
        id: {t if t in urls else t.rpartition("/")[0] for t in row["supports"]}
        for id, row in runs.items()
    }
    below: dict[str, set[str]] = {}
    for id, targets in above.items():
        for target in targets:
            below.setdefault(target, set()).add(id)

    def reach(ties: dict[str, set[str]]) -> set[str]:
        found, waiting = {start}, [start]
        while waiting:
            for other in ties.get(waiting.pop(), set()) - found:
                found.add(other)
                waiting.append(other)
        return found

    return {urls[id] for id in reach(above) | reach(below) if id in urls}


class TestSearch:
    @pytest.mark.parametrize(
        ("what", "words", "url"),
        [
            ("a person", "Leonor", "people/leonor/"),
            ("a team", "Onboarding", "teams/onboarding/"),
            ("an objective", "morning meeting", OBJECTIVE),
            ("a key result", "freshness test", OBJECTIVE),
            ("an owner", "Luca warehouse", OBJECTIVE),
            ("Chinese words", "中国团队", "teams/china/"),
            ("the guide", "retrospective and grades", "guide/format/"),
        ],
    )
    def test_finds(self, served: Served, tab: Tab, what: str, words: str, url: str) -> None:
        tab.open(served.address + "people/")
        found = search_for(tab, words)
        assert url in found[:3], f"{what}: {found}"
        assert tab.errors == []
        assert tab.foreign == []


# Colours as a canvas paints them, whichever way they are written.
COLOURS = """
(() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const paint = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const of = (selector, property) => {
    const element = document.querySelector(selector);
    return element ? paint(getComputedStyle(element)[property]) : null;
  };
  return {
    line: of('.okr-chart .okr-line', 'stroke'),
    words: of('.okr-chart text', 'fill'),
    badge: of('article .okr-badge', 'color'),
    heading: of('article h1', 'color'),
    page: of('body', 'backgroundColor'),
  };
})()
"""


def luminance(colour: list[int]) -> float:
    parts = [c / 255 for c in colour]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: list[int], other: list[int]) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


class TestPalette:
    def test_charts_follow_the_toggle(self, served: Served, tab: Tab) -> None:
        tab.open(served.address + OBJECTIVE)
        light = tab.value(COLOURS)
        tab.value(
            "document.querySelector('[data-md-component=palette] label:not([hidden])').click()"
        )
        tab.wait_for("document.body.dataset.mdColorScheme === 'slate'")
        tab.settle()
        dark = tab.value(COLOURS)
        assert [part for part in light if light[part] == dark[part]] == []
        for colours in (light, dark):
            assert contrast(colours["line"], colours["page"]) >= 3
            assert contrast(colours["words"], colours["page"]) >= 4.5

    def test_it_is_kept_on_the_next_page(self, served: Served, tab: Tab) -> None:
        tab.open(served.address)
        tab.value(
            "document.querySelector('[data-md-component=palette] label:not([hidden])').click()"
        )
        tab.wait_for("document.body.dataset.mdColorScheme === 'slate'")
        tab.open(served.address + TEAM)
        assert tab.value("document.body.dataset.mdColorScheme") == "slate"


# Blocks beside each other that lie on each other.
OVERLAPS = """
(() => {
  const found = [];
  for (const box of document.querySelectorAll('article :is(.okr, .okr-cols, .okr-stack, ul, ol)')) {
    const parts = [...box.children].filter(e => e.checkVisibility() && e.tagName !== 'svg')
      .map(e => [e, e.getBoundingClientRect()])
      .filter(([e, r]) => r.width > 1 && r.height > 1
        && !['absolute', 'fixed'].includes(getComputedStyle(e).position));
    parts.forEach(([one, a], i) => parts.slice(i + 1).forEach(([other, b]) => {
      if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
          && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
        found.push(one.outerHTML.slice(0, 90) + ' × ' + other.outerHTML.slice(0, 90));
    }));
  }
  return found;
})()
"""

# Words of a table's heads that do not stand on one line.
BROKEN_WORDS = """
[...document.querySelectorAll('.okr-matrix th')].flatMap(head => {
  const found = [];
  const texts = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
  while (texts.nextNode())
    for (const word of texts.currentNode.data.matchAll(/\\p{Script=Latin}+/gu)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, word.index);
      range.setEnd(texts.currentNode, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(box => box.top)).size > 1) found.push(word[0]);
    }
  return found;
})
"""


class TestPrint:
    @pytest.mark.parametrize("kind", KINDS)
    def test_shows_all_and_nothing_twice(self, served: Served, tab: Tab, kind: str) -> None:
        tab.resize(PAPER)
        tab.prefer("light", "print")
        tab.open(served.address + KINDS[kind])
        hidden = tab.value(
            """[...document.querySelectorAll('article :is(h1, h2, .okr-title, .okr-badge, table)')]
            .filter(e => !e.checkVisibility({visibilityProperty: true})
              && !e.closest('details:not([open]), dialog:not([open])')).map(e => e.outerHTML.slice(0, 120))"""
        )
        assert hidden == []
        assert tab.value(OVERLAPS) == []
        assert tab.value("document.documentElement.scrollWidth") <= PAPER
        assert tab.value(BEYOND) == []
        assert not tab.value("document.querySelector('.md-header').checkVisibility()")

    def test_no_word_of_the_matrix_is_broken(self, served: Served, tab: Tab) -> None:
        tab.resize(605)  # A4 between margins of an inch, as some printers want
        tab.prefer("light", "print")
        tab.open(served.address + "alignment/")
        assert tab.value("document.querySelectorAll('.okr-matrix th').length") > 20
        assert tab.value(BROKEN_WORDS) == []

    def test_is_dark_on_white_in_either_palette(self, served: Served, tab: Tab) -> None:
        printed = {}
        for scheme in ("light", "dark"):
            tab.prefer(scheme, "print")
            tab.open(served.address + OBJECTIVE)
            printed[scheme] = tab.value(COLOURS)
            del printed[scheme]["page"]
        assert printed["dark"] == printed["light"]
        assert contrast(printed["dark"]["words"], [255, 255, 255]) >= 4.5

    @pytest.mark.parametrize("look", LOOKS[::2])
    def test_nothing_overlaps_on_screens(
        self, served: Served, tab: Tab, look: tuple[int, str]
    ) -> None:
        tab.resize(look[0])
        found = {}
        for kind, url in KINDS.items():
            tab.open(served.address + url)
            if overlaps := tab.value(OVERLAPS):
                found[kind] = overlaps
        assert found == {}


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Build a site of Material alone, as deep as ours, from the same configuration."""
    folder = tmp_path_factory.mktemp("material")
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    config = {**config, "docs_dir": "docs", "plugins": ["search"]}
    del config["nav"], config["extra_css"]
    pages = {f"docs/{'deep/' * depth}index.md": "# Page\n\nText.\n" for depth in range(6)}
    write_tree(folder, {"mkdocs.yml": yaml.dump(config), **pages})
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "-q", "build"], cwd=folder, env=QUIET, check=True
    )
    return Site(folder / "site")


def policy_for(site: Site) -> str:
    """Return the strictest Content-Security-Policy under which a site's own scripts run."""
    inline = re.compile(r"<script>(.*?)</script>", re.DOTALL)
    scripts = {
        script
        for path in site.bytes()
        if path.endswith(".html")
        for script in inline.findall(site.text(path))
    }
    hashes = {base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts}
    allowed = " ".join(f"'sha256-{hash}'" for hash in sorted(hashes))
    return (
        f"default-src 'none'; script-src 'self' {allowed}; style-src 'self'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def with_policy(policy: str) -> Headers:
    return lambda _: {"Content-Security-Policy": policy}


class TestPolicy:
    """Under a policy that Material alone just bears, ours needs nothing more."""

    def test_material_bears_it(self, material: Site, tab: Tab) -> None:
        with serve(material.root, with_policy(policy_for(material))) as served:
            for depth in range(6):
                tab.open(served.address + "deep/" * depth)
                search_for(tab, "page")
                assert tab.errors == [], depth

    def test_it_is_strict(self, material: Site, tab: Tab) -> None:
        without = re.sub(r"'sha256-[^']*'", "", policy_for(material))
        with serve(material.root, with_policy(without)) as served:
            tab.open(served.address)
            assert any("Content Security Policy" in error for error in tab.errors)

    def test_ours_needs_no_more(self, demo: Site, material: Site, tab: Tab) -> None:
        with serve(demo.root, with_policy(policy_for(material))) as served:
            broken = {}
            for kind, url in KINDS.items():
                tab.open(served.address + url)
                tab.settle(0.1)
                if tab.errors:
                    broken[kind] = list(tab.errors)
            tab.open(served.address + OBJECTIVE)
            search_for(tab, "morning")
            assert tab.errors == []
        assert broken == {}


def search_for(tab: Tab, words: str) -> list[str]:
    """Search a site as people do, and return the paths that are found."""
    tab.press("/")
    tab.wait_for("document.activeElement.matches('.md-search__input')")
    tab.write(words)
    tab.wait_for("document.querySelector('.md-search-result__link')")
    tab.settle()
    return list(
        tab.value(
            "[...document.querySelectorAll('.md-search-result__link')]"
            ".map(link => new URL(link.href).pathname.slice(1))"
        )
    )


def squeeze(text: str) -> str:
    return " ".join(text.split())


def test_a_file_is_enough(demo: Site, tab: Tab, tmp_path: Path) -> None:
    """Pages can be read without a server as well, by those who only have the folder."""
    tab.open((demo.root / TEAM / "index.html").as_uri())
    assert "Data" in tab.value("document.querySelector('article h1').textContent")
    assert [url for url in tab.foreign if not url.startswith("file:")] == []
