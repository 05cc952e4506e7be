"""Reading in a real Chromium: without scripts, by searching, in either palette, on paper."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from browser import Served, Tab, search_for
from demo_pages import OBJECTIVE, TEAM
from site_builder import Site

pytestmark = pytest.mark.browser


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


class TestPaper:
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


def squeeze(text: str) -> str:
    return " ".join(text.split())


def test_a_file_is_enough(demo: Site, tab: Tab, tmp_path: Path) -> None:
    """Pages can be read without a server as well, by those who only have the folder."""
    tab.open((demo.root / TEAM / "index.html").as_uri())
    assert "Data" in tab.value("document.querySelector('article h1').textContent")
    assert [url for url in tab.foreign if not url.startswith("file:")] == []
