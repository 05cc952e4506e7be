"""Reviews in a real Chromium: in a room by keys alone, without scripts, and on paper."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from accessibility import AXE, rules_for
from browser import Chromium, Served, Tab
from site_builder import Site

pytestmark = pytest.mark.browser

DEPARTMENT = "review/engineering/"
TEAMS = ("Engineering", "Data", "Mobile", "Platform", "Security")
TRUST = "platform.2026-q4.trust"

NOW = """
(() => {
  const shown = [...document.querySelectorAll('.okr-screen')].filter(e => e.checkVisibility());
  return {
    shown: shown.map(e => e.id),
    hash: location.hash.slice(1),
    focus: document.activeElement.id,
    live: document.querySelector('[data-okr-live]').textContent,
    place: document.querySelector('[data-okr-place]').textContent,
    fits: shown.every(e => e.scrollHeight <= e.clientHeight + 1 && e.scrollWidth <= innerWidth),
    chrome: [...document.querySelectorAll('.md-header, .md-tabs, .md-footer, .okr-head')]
      .some(e => e.checkVisibility()),
  };
})()
"""
STICKS_OUT = """
[...document.querySelectorAll('.okr-screen, .okr-screen .okr-scroll')]
  .filter(card => card.scrollWidth > card.clientWidth)
  .map(card => (card.id || card.className) + card.innerText.slice(0, 60))
"""
PRESENTING = "document.querySelector('body.okr-presenting')"
IDS = "[...document.querySelectorAll('.okr-screen')].map(e => e.id)"
CLOCK = "document.querySelector('[data-okr-clock]').textContent"
LATER = """
window.ahead = 0;
const now = Date.now;
Date.now = () => now() + window.ahead * 1000;
"""
AXE_SAYS = """
axe.run(document, {%s, resultTypes: ['violations'], preload: false}).then(found => found.violations
  .flatMap(rule => rule.nodes.filter(node => ['serious', 'critical'].includes(node.impact)
    && document.querySelector(node.target.flat(9).at(-1))?.closest('.okr-page'))
  .map(node => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`)))
"""


@pytest.fixture
def tab(tab: Tab) -> Tab:
    tab.without_search()
    return tab


def start(tab: Tab, served: Served, screen: str = "_start", url: str = DEPARTMENT) -> None:
    tab.open(f"{served.address}{url}#{screen}")
    tab.wait_for(PRESENTING)


def now(tab: Tab) -> dict[str, Any]:
    return dict(tab.value(NOW))


def at(tab: Tab) -> str:
    (shown,) = now(tab)["shown"]
    return str(shown)


class TestByKeysAlone:
    def test_a_department_from_its_page_to_the_last_screen_and_back(
        self, served: Served, tab: Tab
    ) -> None:
        tab.open(served.address + "teams/engineering/")
        for _ in range(60):
            tab.press("Tab")
            if tab.value("document.activeElement.textContent") == "Start the review":
                break
        tab.press("Enter")
        tab.wait_for(PRESENTING)
        tab.errors.clear()  # those of the team's page are told elsewhere
        screens = tab.value(IDS)
        assert screens[0] == "_order"
        assert screens[-1] == "_closing"
        seen = []
        for number, screen in enumerate(screens, start=1):
            state = now(tab)
            assert state["shown"] == [screen]
            assert (state["hash"], state["focus"]) == (screen, screen)
            assert state["live"].startswith(f"Screen {number} of {len(screens)}: ")
            assert state["place"] == f"{number} / {len(screens)}"
            assert state["fits"], screen
            assert not state["chrome"]
            seen.append(state["live"].partition(": ")[2])
            if screen != screens[-1]:
                tab.press("ArrowRight")
        assert [name for name in seen if name in TEAMS] == list(TEAMS)
        assert "Make the platform trusted during peak usage" in seen
        assert len(seen) > 20
        tab.press("Escape")
        assert not tab.value(PRESENTING)
        assert tab.value("location.hash") == ""
        assert tab.value("document.activeElement.id") == "_closing"
        assert tab.value(f"{IDS}.length") == len(screens)
        assert tab.errors == []

    def test_every_key_does_what_the_help_says(self, served: Served, tab: Tab) -> None:
        start(tab, served)
        first, second, *_, last = tab.value(IDS)
        for key, screen in (
            ("ArrowRight", second),
            ("ArrowLeft", first),
            ("PageDown", second),
            ("PageUp", first),
            ("Space", second),
            ("Home", first),
            ("ArrowDown", second),
            ("ArrowUp", first),
            ("End", last),
        ):
            tab.press(key)
            assert at(tab) == screen, key
        tab.press("Space", shift=True)
        assert at(tab) != last

    def test_the_overview_leads_to_any_screen(self, served: Served, tab: Tab) -> None:
        start(tab, served, TRUST)
        tab.press("o")
        assert tab.value("document.activeElement.textContent").endswith("usageAt risk")
        tab.press("ArrowRight")
        tab.press("Enter")
        assert at(tab) == "platform.2026-q4.sandbox"
        assert now(tab)["focus"] == "platform.2026-q4.sandbox"
        tab.press("o")
        tab.press("End")
        tab.press("Escape")
        assert at(tab) == "platform.2026-q4.sandbox"
        tab.press("o")
        tab.press("ArrowUp")
        tab.press("Home")
        tab.press("Enter")
        assert at(tab) == "_order"

    def test_the_help_opens_and_leaves_the_screen(self, served: Served, tab: Tab) -> None:
        start(tab, served, TRUST)
        tab.press("?")
        assert tab.value("document.querySelector('[data-okr-help]').open")
        tab.press("ArrowRight")
        assert at(tab) == TRUST
        tab.press("Escape")
        assert at(tab) == TRUST
        assert now(tab)["focus"] == TRUST

    def test_the_room_s_keys_open_no_search(self, served: Served, tab: Tab) -> None:
        start(tab, served)
        for key in ("s", "/", "n", "p"):
            tab.press(key)
        assert not tab.value("document.querySelector('#__search').checked")
        assert at(tab) == "_order"

    def test_f_fills_the_screen(self, served: Served, tab: Tab) -> None:
        start(tab, served)
        tab.press("f")
        tab.wait_for("document.fullscreenElement")
        tab.press("f")
        tab.wait_for("!document.fullscreenElement")
        assert at(tab) == "_order"

    def test_the_review_goes_on_with_the_next_page(self, served: Served, tab: Tab) -> None:
        start(tab, served, "_closing", "review/")
        tab.press("ArrowRight")
        tab.wait_for("location.pathname === '/review/customer/'")
        tab.wait_for(PRESENTING)
        assert at(tab) == "_order"
        # The company's hour is shared: this department has its part of it.
        assert re.fullmatch(r"0:00 / 1\d:00", tab.value(CLOCK))
        tab.press("PageUp")
        tab.wait_for("location.pathname === '/review/'")
        tab.wait_for(PRESENTING)
        assert at(tab) == "_closing"

    def test_a_deep_link_opens_its_screen_and_back_leaves(self, served: Served, tab: Tab) -> None:
        tab.open(served.address + DEPARTMENT)
        assert not tab.value(PRESENTING)
        tab.value("document.querySelector('.okr-order a[href=\"#platform\"]').click()")
        tab.wait_for(PRESENTING)
        assert at(tab) == "platform"
        tab.value("history.back()")
        tab.wait_for(f"!{PRESENTING}")


class TestClock:
    def test_it_counts_for_the_team_that_is_on_the_screen(self, served: Served, tab: Tab) -> None:
        tab.before_each_page(LATER)
        start(tab, served, TRUST)
        total = len(tab.value(IDS)) - 2  # the order and the closing share nothing
        own = tab.value(
            "document.getElementById('platform.turn').querySelectorAll('.okr-screen').length"
        )
        minutes, seconds = divmod(60 * 60 * own // total, 60)
        assert tab.value(CLOCK) == f"0:00 / {minutes}:{seconds:02}"
        tab.press("t")
        tab.value("window.ahead = 75")
        tab.press("ArrowRight")
        assert tab.value(CLOCK).startswith("1:15 / ")
        tab.value("window.ahead = 100")
        tab.press("End")
        assert tab.value(CLOCK) == "1:40 / 60:00"
        tab.press("ArrowLeft")
        assert at(tab).startswith("security")
        tab.value("window.ahead = 130")
        tab.press("t")
        assert re.match(r"0:3\d / ", tab.value(CLOCK))
        tab.value("window.ahead = 500")
        assert re.match(r"0:3\d / ", tab.value(CLOCK))

    def test_it_is_kept_while_the_tab_is_open_and_set_back_by_r(
        self, served: Served, tab: Tab
    ) -> None:
        tab.before_each_page(LATER)
        start(tab, served, TRUST)
        tab.press("t")
        tab.value("window.ahead = 3000")
        tab.press("t")
        assert tab.value(CLOCK).startswith("50:00 / ")
        assert tab.value("document.querySelector('[data-okr-clock]').matches('.okr-over')")
        start(tab, served, TRUST)
        assert tab.value(CLOCK).startswith("50:00 / ")
        tab.press("r")
        assert tab.value(CLOCK).startswith("0:00 / ")

    def test_other_minutes_are_shared_and_add_up(self, served: Served, tab: Tab) -> None:
        start(tab, served)
        tab.value(
            "(() => {const field = document.querySelector('[data-okr-total]'); field.value = 47;"
            "field.dispatchEvent(new Event('change'))})()"
        )
        shares = tab.value(
            "[...document.querySelectorAll('[data-okr-share]')].map(e => Number(e.textContent))"
        )
        screens = tab.value(
            "[...document.querySelectorAll('tr:has([data-okr-share])')]"
            ".map(e => Number(e.dataset.okrScreens))"
        )
        assert sum(shares) == 47
        for share, count in zip(shares, screens, strict=True):
            assert abs(share - 47 * count / sum(screens)) < 1
        assert tab.value(CLOCK).endswith("/ 47:00")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "dark")])
class TestEveryScreen:
    def test_is_accessible_and_fits(
        self, browser: Chromium, served: Served, width: int, scheme: str
    ) -> None:
        question = AXE_SAYS % rules_for(width, scheme)
        with browser.tab(width, scheme) as tab:
            start(tab, served)
            tab.value(AXE)
            for screen in ("_order", "platform", TRUST, "platform.voices", "_closing"):
                tab.value(f"location.hash = '{screen}'")
                tab.wait_for(f"document.getElementById('{screen}').checkVisibility()")
                assert at(tab) == screen
                assert tab.value(question) == [], screen
                tab.press("o")
                assert tab.value(question) == [], "overview"
                tab.press("Escape")
                tab.press("?")
                assert tab.value(question) == [], "help"
                assert tab.value("document.documentElement.scrollWidth") <= width
                assert (
                    tab.value("document.querySelector('[data-okr-current]').scrollWidth") <= width
                )
                tab.press("Escape")
                assert not tab.value("document.querySelector('dialog[open]')")
            assert tab.errors == []
            assert tab.foreign == []


def test_a_finger_turns_the_pages(served: Served, browser: Chromium) -> None:
    with browser.tab(390) as tab:
        tab.call("Emulation.setTouchEmulationEnabled", enabled=True)
        start(tab, served)
        first, second = tab.value(IDS)[:2]
        tab.swipe(-150)
        assert at(tab) == second
        tab.swipe(150)
        assert at(tab) == first
        tab.swipe(-20)
        assert at(tab) == first


class TestWithoutScripts:
    def test_all_screens_stand_on_one_page(self, served: Served, tab: Tab, demo: Site) -> None:
        tab.without_scripts()
        tab.open(served.address + DEPARTMENT)
        document = json.loads(demo.text("data/okrs.json"))
        ours = ("engineering@2026-q4", "platform@2026-q4", "data@2026-q4", "mobile@2026-q4")
        text = tab.value("document.querySelector('article').innerText")
        titles = [
            re.sub(r"[`*]", "", row["title"])
            for row in [*document["objectives"], *document["key_results"]]
            if row["ref"].startswith(ours)
        ]
        assert len(titles) > 30
        assert [title for title in titles if title not in text] == []
        for word in ("Order of the review", "Praise and questions", "What comes next", "Question"):
            assert word in text, word
        for hidden in (".okr-controls", "dialog"):
            assert not tab.value(f"document.querySelector('{hidden}').checkVisibility()"), hidden

    @pytest.mark.parametrize("width", [1280, 390])
    def test_nothing_sticks_out_of_its_card(
        self, served: Served, browser: Chromium, width: int
    ) -> None:
        with browser.tab(width) as tab:
            tab.without_scripts()
            tab.open(served.address + DEPARTMENT)
            cards = tab.value("document.querySelectorAll('.okr-screen, .okr-order').length")
            assert cards > 20
            assert tab.value(STICKS_OUT) == []


@pytest.mark.skipif(which("pdftotext") is None, reason="poppler-utils are not here")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_packet_has_a_page_for_each_team(
    browser: Chromium, served: Served, tmp_path: Path, scheme: str
) -> None:
    packet = tmp_path / "packet.pdf"
    with browser.tab(1280, scheme) as tab:
        start(tab, served, TRUST)
        tab.print(packet)
    done = subprocess.run(["pdftotext", "-layout", packet, "-"], capture_output=True, check=True)
    pages = done.stdout.decode().split("\f")[:-1]
    heads = [" ".join(page.split()[:9]) for page in pages]
    assert heads[0].startswith("Review of Engineering")
    for team in TEAMS:
        assert sum(bool(re.search(rf"2026-Q4 .* {team}\b", head)) for head in heads) == 1, team
    assert len(pages) <= 1 + 2 * len(TEAMS)
    for page in pages:
        assert len(page.split()) > 25, "a page with next to nothing"
        for chrome in ("Search", "Start the review", "Made with", "YOUR-HANDLE"):
            assert chrome not in page
    assert "What comes next" in pages[-1]
