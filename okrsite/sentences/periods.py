"""The words around a number → whether it is counted over a cycle, or is a rate."""

from __future__ import annotations

from typing import Literal

from okrsite.quantities.units import is_counted
from okrsite.sentences.numbers import Number
from okrsite.sentences.tokens import Token, Tokens
from okrsite.sentences.words import Role

Period = Literal["", "cycle", "rate", "other"]

_RATIOS = frozenset({"per", "pro", "par", "por", "每"})
_NEAR = 3


def has_rate(tokens: Tokens, number: Number, first: int) -> bool:
    """Tell whether a number is per week, per seat or the like.

    `first` is where it and all that belongs to it, such as a baseline, begins among the tokens.
    """
    return _period(tokens, number, first) in ("rate", "other")


def is_ratio(tokens: Tokens, number: Number) -> bool:
    """Tell whether a counted number is per something other than time: deals per seller."""
    counted = number.quantity is not None and is_counted(number.quantity.unit)
    return counted and _period(tokens, number, number.first) == "other"


def has_cycle(tokens: Tokens, number: Number, first: int) -> bool:
    """Tell whether a number is for a whole cycle: *per quarter*."""
    return _period(tokens, number, first) == "cycle"


def _period(tokens: Tokens, number: Number, first: int) -> Period:
    items = tokens.items
    near = items[max(0, first - _NEAR) : number.at]
    for token in near:
        if _is_adverb(token):
            return "rate" if Role.RATE in token.roles else "cycle"
    for at in range(number.after, min(number.after + _NEAR, len(items))):
        token = items[at]
        if token.sort != "word":
            break
        if Role.PER in token.roles or _is_adverb(token):
            return _span(items[at : at + 4], token)
    return ""


def _span(following: list[Token], per: Token) -> Period:
    for token in following:
        if Role.CYCLE in token.roles:
            return "cycle"
        if Role.RATE in token.roles:
            return "rate"
    return "other" if per.text in _RATIOS else ""


def _is_adverb(token: Token) -> bool:
    """Tell weekly from week: only the former speaks of a number by itself."""
    return Role.ADVERB in token.roles
