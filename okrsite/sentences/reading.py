"""A key result's title → `Sentence`: its kind, its numbers, and the direction of its verb."""

from __future__ import annotations

import re
from functools import lru_cache

from okrsite.model import Bound, Kind, Quantity
from okrsite.model.quick import quick_dataclass
from okrsite.sentences.decide import Result, decide
from okrsite.sentences.placeholders import has_placeholder
from okrsite.sentences.plain import Plain, plain
from okrsite.sentences.tokens import split

MAX_LENGTH = 2000
"""Longer titles are no sentences, and are not read."""

_TOO_LONG = Result(unread="it is too long for a sentence")
_STILL_TO_COME = Result(unread="a number is still to come")
_ASIDE = re.compile(r"\([^()]*\)")


@quick_dataclass(frozen=True, slots=True)
class Sentence:
    """What a title says by itself."""

    title: str
    """Without a leading `O:`, `KR1:` or `[P0]`."""
    priority: str = ""
    """`P0` to `P4`, or nothing."""
    kind: Kind = Kind.MILESTONE
    baseline: Quantity | None = None
    target: Quantity | None = None
    bound: Bound = Bound.AT_LEAST
    is_change: bool = False
    """The target is the size of a change, in the verb's direction: by 20%."""
    falling: bool = False
    """The sentence speaks of a decrease."""
    unread: str = ""
    """Why a sentence that holds a number is only a milestone."""
    placeholder: bool = False
    """A number is still to come: X, TBD."""


@lru_cache(maxsize=1024)  # key results go on from cycle to cycle, and a plan is read at each save
def read_sentence(text: str, language: str = "en") -> Sentence:
    """Return what a title says about its key result, in any of six languages.

    `language` decides only separators in doubt. Never raises.
    """
    read = plain(text)
    result = _result(read, language) if len(text) <= MAX_LENGTH else _TOO_LONG
    return Sentence(
        read.title,
        read.priority,
        kind=result.kind,
        baseline=result.baseline,
        target=result.target,
        bound=result.bound,
        is_change=result.is_change,
        falling=result.falling,
        unread=result.unread,
        placeholder=result is _STILL_TO_COME,
    )


def _result(read: Plain, language: str) -> Result:
    """Read a sentence without its asides; an aside counts where it holds both ends."""
    whole = split(read.masked, read.title, language)
    if has_placeholder(read.masked, whole):
        return _STILL_TO_COME
    if not _ASIDE.search(read.masked):
        return decide(whole)
    outside = _ASIDE.sub(lambda match: " " * len(match.group()), read.masked)
    result = decide(split(outside, read.title, language))
    if result.kind is not Kind.MILESTONE or result.unread:
        return result
    opened = _ASIDE.sub(lambda match: f" {match.group()[1:-1]} ", read.masked)
    both = decide(split(opened, read.title, language))
    return both if both.baseline and both.baseline.value else result
