"""By keys alone in a real Chromium: everything is reached, seen and opened, and charts speak."""

from __future__ import annotations

import json
import re

import pytest
from browser import Served, Tab
from demo_pages import OBJECTIVE, TEAM

pytestmark = pytest.mark.browser

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


@pytest.fixture
def tab(tab: Tab) -> Tab:
    tab.without_search()
    return tab


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
