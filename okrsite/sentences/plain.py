"""A title as typed → its prefix taken off, and everything masked that holds no result.

Masking keeps every character in its place: code, addresses, Markdown and dates become blanks or
`OBJECT`, so that positions in the masked text are positions in the title.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from okrsite.quantities import fold

OBJECT = "\ufffc"
"""Stands for something that is a word to the sentence but must not be read."""

_PRIORITY = re.compile(r"[*_]{0,2}(?:\[(P[0-4])\]|\((P[0-4])\)|(P[0-4])\s*[:：–—-]\s)[*_]{0,2}\s*")
_LABEL = re.compile(
    r"[*_]{0,2}(?:(?:KR|O|Key\ Result|Objective)\ ?[#-]?\d+(?:\.\d+){0,3}\s?(?:[:：.)–—]|-(?=\s))"
    r"|(?:KR|O|Key\ Result|Objective)\s?[:：])[*_]{0,2}\s*",
    re.VERBOSE,
)
_CODE = re.compile(r"(?<!`)(`+)[^`]+\1(?!`)")
_LINK = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s\"[^\"]*\")?\)|\]\[[^\[\]]*\]")
_IMAGE = re.compile(r"!\[[^\[\]]*\]")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>]+", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_STRUCK = re.compile(r"~~[^~]+~~")
_QUOTED = re.compile(r"\"[^\"]{1,60}\"|“[^”]{1,60}”|„[^“”]{1,60}[“”]|«[^»]{1,60}»|「[^」]{1,60}」")
_EMPHASIS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|[\[\]]")
_OUTCOME = re.compile(r"\s=>\s.*", re.DOTALL)
_MARKED = re.compile(r"[`!<~*_\[\]\"“„«「]|=>|//|www", re.IGNORECASE)
"""Whether any of these but a date can be in a text."""
_DIGIT = re.compile(r"\d", re.ASCII)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Januar|Februar|März|Mai|Juni|Juli|Oktober"
    r"|Dezember|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre"
    r"|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
    r"|diciembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro)"
)
_DATE = re.compile(
    rf"(?<![\w.,])(?:\d{{4}}-\d\d?(?:-\d\d?)?|\d\d?[./]\d\d?[./](?:\d{{4}}|\d\d)"
    rf"|\d\d?(?:st|nd|rd|th|er|º)?\.?(?:\s(?:of|de))?\s{_MONTH}\b\.?(?:\s(?:de\s)?\d{{4}})?"
    rf"|{_MONTH}\.?\s\d\d?(?:st|nd|rd|th)?(?:,?\s\d{{4}})?"
    r"|\d\d?:\d\d(?:\s?[ap]m)?|\d\d?\s?(?:[ap]\.?m\b|Uhr\b|o'clock)"
    r")(?![\w%])|(?<![\w.,])\d\d?\.\s(?:Quartal|Woche|Monat|Kalenderwoche|Halbjahr)|\d{4}年|\d\d?月(?:\d\d?[日号])?",
    re.ASCII,
)


class Plain(NamedTuple):
    """A title and the text that is read in its place."""

    title: str
    """As typed, without prefix."""
    priority: str
    masked: str
    """Folded, of the title's length."""


def plain(text: str) -> Plain:
    """Return a title without `O:`, `KR1:` and `[P0]`, and the same with all but words masked."""
    title, priority = without_prefix(text)
    masked = fold(title)
    if _MARKED.search(masked):
        masked = _without_marks(masked)
    if _DIGIT.search(masked):
        masked = _DATE.sub(_object, masked)
    return Plain(title, priority, masked)


def _without_marks(masked: str) -> str:
    for pattern in (_CODE, _IMAGE, _URL, _TAG, _STRUCK):
        masked = pattern.sub(_object, masked)
    for pattern in (_LINK, _EMPHASIS, _OUTCOME):
        masked = pattern.sub(_blank, masked)
    return _QUOTED.sub(_object, masked)


def without_prefix(text: str) -> tuple[str, str]:
    """Return a title without `O:`, `KR1:` and `[P0]`, and the priority that stood there."""
    text, priority = text.strip(), ""
    for _ in range(4):
        if match := _PRIORITY.match(text):
            priority = priority or match.group(1) or match.group(2) or match.group(3)
        elif not (match := _LABEL.match(text)):
            break
        if not text[match.end() :].strip():
            break
        text = text[match.end() :]
    return text, priority


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _object(match: re.Match[str]) -> str:
    return OBJECT.ljust(len(match.group()))
