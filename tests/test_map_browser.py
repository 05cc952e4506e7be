"""The map of the cascade in a real Chromium: by keys, mouse and wheel, on phones and on paper."""

from __future__ import annotations

import json

import pytest
from browser import PAPER, PHONE, Served, Tab
from site_builder import Site

pytestmark = pytest.mark.browser

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


@pytest.fixture
def tab(tab: Tab) -> Tab:
    tab.without_search()
    return tab


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
