"""Longer words than English has: badges, figures and tables keep their place in every language."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import DESK, PHONE, Chromium, serve
from command import build_site, write_tree
from greek import GREEK
from messages import LANGUAGES

pytestmark = pytest.mark.browser

WIDTH_OF_BADGES = """
Math.max(...[...document.querySelectorAll(".okr-facts .okr-badge")]
  .map((badge) => badge.getBoundingClientRect().width))
"""
ROOM_FOR_BADGES = """
parseFloat(getComputedStyle(document.querySelector(".okr-kr")).gridTemplateColumns.split(" ")[3])
"""
HEIGHTS_OF_BADGES = """
[...new Set([...document.querySelectorAll(".okr-badge")]
  .map((badge) => Math.round(badge.getBoundingClientRect().height)))]
"""
# What is laid out wider than the box that it stands in; what is meant to scroll is not.
SPILLED = """
[...document.querySelectorAll(
  ".okr-fact, .okr-fact__label, .okr-button, .okr-kr__badge, .okr-facts dt, .okr-facts dd, h1, h2"
)].filter((box) => box.scrollWidth > box.clientWidth + 1 && box.clientWidth)
  .map((box) => box.className + ": " + box.textContent)
"""
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_long_words_break_no_layout(language: str, browser: Chromium, tmp_path: Path) -> None:
    write_tree(tmp_path, {**GREEK, "okrs.yml": f"{GREEK['okrs.yml']}language: {language}\n"})
    site = build_site(
        tmp_path / "site", "--source", tmp_path, "--as-of", "2026-11-20", cwd=tmp_path
    )
    with serve(site.root) as served, browser.tab() as tab:
        tab.open(f"{served.address}how-we-work/")
        assert len(tab.value(HEIGHTS_OF_BADGES)) == 1
        widest = tab.value(WIDTH_OF_BADGES)
        for page in ("teams/platform/", "", "teams/platform/2026-q4/trust/", "how-we-work/"):
            tab.resize(DESK)
            tab.open(served.address + page)
            if page == "teams/platform/":
                assert widest <= tab.value(ROOM_FOR_BADGES)
            for width in (DESK, PHONE):
                tab.resize(width)
                assert tab.value(TOO_WIDE) <= 0, (width, page)
                assert tab.value(SPILLED) == [], (width, page)
