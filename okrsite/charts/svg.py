"""Small pieces of SVG as text: numbers, paths, words, and the element around them.

No piece carries a colour, a font, a ``style`` or a script: classes only, so that the page's
style sheet decides and a strict Content-Security-Policy holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

TEXT_SIZE = 13.0
"""Units of the view box per em, at the largest size that the style sheet sets (on a phone)."""

# What is forbidden rather than what is allowed: Python takes long to compile a large set.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile(f"[&<>\"']|{_NOT_XML.pattern}")
_SPACES = re.compile(r"\s+")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_ESCAPES = str.maketrans(_ENTITIES)

# Widths in em of what a sans-serif draws; generous, as the reader's font isn't known.
_NARROW = frozenset("iljtfrI.,:;'|!()[]/ \u2009\u202f\xa0·")
_WIDE = frozenset("mwMW%@—…→‰€")


def escape(text: str) -> str:
    """Return text as XML character data or attribute value, without what XML forbids."""
    if not _SPECIAL.search(text):
        return text
    return _NOT_XML.sub("", text).translate(_ESCAPES)


def cdata(text: str) -> str:
    """Return text as it may stand in a CDATA section, without what XML forbids."""
    return _NOT_XML.sub("", text).replace("]]>", "]]]]><![CDATA[>")


def identifier(text: str) -> str:
    """Return text as an id: escaped, and without the spaces that an id can't have."""
    return _SPACES.sub("-", escape(text).strip())


def status_class(slug: str) -> str:
    """Return the class of a status with a space before it, or nothing without a status."""
    return f" okr-{identifier(slug)}" if slug else ""


@lru_cache(maxsize=16384)
def number(value: float) -> str:
    """Write a coordinate with at most one decimal."""
    written = f"{value:.1f}"
    if written.endswith(".0"):
        written = written[:-2]
    return "0" if written == "-0" else written


def path(points: Iterable[tuple[float, float]]) -> str:
    """Return the data of an open line through the points."""
    return "M" + " ".join(f"{number(x)} {number(y)}" for x, y in points)


@lru_cache(maxsize=8192)
def text_width(text: str) -> float:
    """Estimate how wide text stands, in units of the view box; rather too wide than too narrow."""
    return TEXT_SIZE * sum(map(_em, text))


@lru_cache(maxsize=1024)
def _em(character: str) -> float:
    if character in _NARROW:
        return 0.36
    if character in _WIDE:
        return 0.95
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character.isupper():
        return 0.7
    return 0.61 if ord(character) < 0x2000 else 0.9


def fit(text: str, width: float) -> str:
    """Shorten text to a width in units of the view box, with an ellipsis where it was cut."""
    if text_width(text) <= width:
        return text
    room = width - text_width("…")
    kept = ""
    for character in text:
        room -= TEXT_SIZE * _em(character)
        if room < 0:
            break
        kept += character
    return kept.rstrip() + "…"


def words(x: float, y: float, text: str, classes: str = "", anchor: str = "") -> str:
    """Return a text element at a baseline point; anchor is ``middle``, ``end`` or the start."""
    attributes = f' class="{classes}"' if classes else ""
    if anchor:
        attributes += f' text-anchor="{anchor}"'
    # Whole units are exact enough for words.
    return f'<text x="{x:.0f}" y="{y:.0f}"{attributes}>{escape(text)}</text>'


def spot(title: str, shape: str, classes: str = "") -> str:
    """Return what can be hovered and focused: a shape, and its tip, with the title as its name."""
    # There are hundreds on a page: that they can be focused is what styles know them by.
    styled = f' class="{classes.strip()}"' if classes else ""
    return f'<g tabindex="0" role="img"{styled}><title>{escape(title)}</title>{shape}</g>'


def chart(
    prefix: str, title: str, description: str, box: tuple[float, float, float, float], body: str
) -> str:
    """Return the SVG element: a named group, so that the points in it can be reached.

    With ``role="img"`` screen readers would take the chart for one picture and pass over what
    can be focused in it.
    """
    own = identifier(prefix)
    view = " ".join(map(number, box))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="okr-chart" viewBox="{view}" role="group" '
        f'aria-labelledby="{own}-t" aria-describedby="{own}-d"><title id="{own}-t">{escape(title)}'
        f'</title><desc id="{own}-d">{escape(description)}</desc>{body}</svg>'
    )
