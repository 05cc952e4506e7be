"""How a change is marked: for a terminal, and for a comment on a pull request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from okrsite.model import Status
from okrsite.problems import neutral, neutral_markdown
from okrsite.words import STATUS_EMOJI

MARKER = "<!-- okrsite-diff -->"
"""Stands unseen in a comment, so that a bot finds its own and brings it up to date."""


@dataclass(frozen=True, slots=True)
class Style:
    """How things are marked in one format."""

    quote: Callable[[str], str]
    """Makes a text from content harmless."""
    marker: str
    strong: str
    heading: str
    bullet: str
    then: str
    """Begins what goes on below an item."""
    signs: Mapping[str, str]
    """What stands for a sign."""
    emoji: Mapping[Status, str]
    """What stands before a status."""
    unexplained: str
    fold: tuple[str, str]
    """Before and after what is folded away, with its title in the former."""


TEXT = Style(
    quote=neutral,
    marker="",
    strong="{}",
    heading="{}",
    bullet="  {}",
    then="\n      ",
    signs={},
    emoji={},
    unexplained="no reason given: add one under amendments",
    fold=("{}:\n", ""),
)
MARKDOWN = Style(
    quote=neutral_markdown,
    marker=MARKER,
    strong="**{}**",
    heading="#### {}",
    bullet="- {}",
    then="<br>",
    # A list has its own signs; only what is serious needs another.
    signs={"◆": "", "●": "", "⚠": "⚠️", "✗": "❌"},
    emoji=STATUS_EMOJI,
    unexplained="**no reason given**: add one under `amendments:`",
    fold=("<details><summary>{}</summary>\n", "</details>\n"),
)
