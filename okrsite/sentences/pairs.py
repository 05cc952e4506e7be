"""Two numbers of a sentence → the two ends of a metric: *from 62% to 78%*, *10 → 5 days*."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from okrsite.model import Quantity
from okrsite.quantities import convert, same_unit
from okrsite.quantities.numerals import plain
from okrsite.quantities.units import MONEY, is_counted
from okrsite.sentences.numbers import Number
from okrsite.sentences.tokens import Token, Tokens
from okrsite.sentences.words import Role

_MOST_BETWEEN = 10
_CLOCK = ([9, 5], [9, 17], [8, 17], [8, 5])
_SCALES = (3, 4, 5, 6, 7, 10, 100)
_RATES = frozenset(
    {
        *("rate", "rates", "rated", "rating", "score", "scored", "grade", "graded", "rank"),
        *("ranked", "scale", "vote", "bewerten", "bewertet", "noter", "noté", "évaluer", "évalué"),
        *("calificar", "puntuar", "valorar", "evaluar", "avaliar", "classificar", "评分", "打分"),
    }
)
_ROMANCE = frozenset({"fr", "es", "pt"})
_CHANGES = (Role.UP, Role.DOWN, Role.BETTER)


class Pair(NamedTuple):
    """Where a metric starts and ends."""

    low: Number
    """The baseline, whichever is larger."""
    high: Number
    """The target."""


def pairs(tokens: Tokens, found: list[Number]) -> list[Pair]:
    """Return every two neighbouring numbers that are baseline and target."""
    result: list[Pair] = []
    used = -1
    for left, right in pairwise(found):
        if left.at <= used:
            continue
        pair = _pair(tokens, left, right)
        if pair:
            result.append(pair)
            used = right.at
    return result


def _pair(tokens: Tokens, left: Number, right: Number) -> Pair | None:
    between = tokens.items[left.at + 1 : right.at]
    if len(between) > _MOST_BETWEEN or any(t.text in (".", ";", "。", "；") for t in between):
        return None
    if left.year and right.year:
        return None
    if len(between) == 1 and between[0].sort == "arrow":
        return Pair(left, right)
    if left.has(Role.FROM) and _leads_to(right) and _is_change(tokens, left, right):
        return Pair(left, right)
    if not left.has(Role.FROM) and right.has(Role.FROM) and _leads_to(left):
        return Pair(right, left) if len(between) <= 4 and tokens.language == "en" else None
    if _runs_to(tokens, left, right, between):
        return Pair(left, right)
    return None


def _leads_to(number: Number) -> bool:
    return number.has(Role.TO, Role.UP_TO) and not number.has(Role.ABOUT)


def _is_change(tokens: Tokens, left: Number, right: Number) -> bool:
    """Tell a change from a range: *interview from 3 to 5 clients* is one."""
    if tokens.language == "de" and right.marks and right.has(Role.UP_TO) and not right.has(Role.TO):
        return False
    if left.has(Role.BETWEEN) or _is_clock(left, right):
        return False
    if tokens.says(left.at, *_CHANGES, Role.MOVE) or _falls(left, right):
        return True
    if _both_have_units(tokens, left, right):
        return True
    verb_only = left.first == 1 and bool(right.noun.words)
    if verb_only or tokens.says(left.at, Role.WIN) or _is_scale(tokens, left, right):
        return False
    # French, Spanish and Portuguese "de 3 a 5" is a range too; "de 3 para 5" and "de 0 a 5" are not
    starts = left.quantity is not None and left.quantity.value == 0
    return tokens.language not in _ROMANCE or starts or right.marks[0].text == "para"


def _is_clock(left: Number, right: Number) -> bool:
    """Tell whether two bare numbers are hours of work: from 9 to 5."""
    return _bare_values(left, right) in _CLOCK


def _bare_values(left: Number, right: Number) -> list[Decimal]:
    ends = (left.quantity, right.quantity)
    return [quantity.value for quantity in ends if quantity and not quantity.unit]


def _is_scale(tokens: Tokens, left: Number, right: Number) -> bool:
    """Tell whether two numbers are the ends of a scale: rate each release from 1 to 10."""
    ends = _bare_values(left, right)
    if len(ends) != 2 or ends[0] not in (0, 1) or ends[1] not in _SCALES:
        return False
    return any(token.text.casefold() in _RATES for token in tokens.items[: left.at])


def _falls(left: Number, right: Number) -> bool:
    low, high = left.quantity, right.quantity
    return bool(low and high and low.value > high.value)


def _both_have_units(tokens: Tokens, left: Number, right: Number) -> bool:
    ends = (tokens.items[number.at].found for number in (left, right))
    return all(found and found.has_unit for found in ends)


def _runs_to(tokens: Tokens, left: Number, right: Number, between: list[Token]) -> bool:
    """Tell whether *$1.2M to $2M* without *from* is a change rather than a range."""
    if len(between) != 1 or Role.TO not in between[0].roles or tokens.language in _ROMANCE:
        return False
    if any(not mark.roles <= set(_CHANGES) for mark in left.marks):
        return False
    money = left.quantity is not None and left.quantity.unit in MONEY
    if tokens.says(left.at, *_CHANGES):
        return money or _falls(left, right)
    # save $10k to $20k is a range
    alone = left.at == 0 or tokens.items[left.at - 1].sort == "stop"
    return alone and _both_have_units(tokens, left, right)


def joined(pair: Pair) -> tuple[Quantity, Quantity] | str:
    """Return both ends in one unit, or why they do not agree.

    The unit of either goes to both; a bare number before `2M` could be in millions too.
    """
    low, high = pair.low.quantity, pair.high.quantity
    doubt = pair.low.doubt or pair.high.doubt
    if doubt or low is None or high is None:
        return doubt
    if pair.low.has(Role.ABOUT):
        return "it is only about that much"
    if _lacks_magnitude(low, high) or _lacks_magnitude(high, low):
        return "one end has a magnitude that the other lacks"
    return _agreed(low, high)


def _lacks_magnitude(bare: Quantity, other: Quantity) -> bool:
    return not bare.style.magnitude and 0 < abs(bare.value) < other.style.scale != 1


def _agreed(low: Quantity, high: Quantity) -> tuple[Quantity, Quantity] | str:
    for bare, other in ((low, high), (high, low)):
        if not bare.unit and other.unit == "%" and 0 < abs(bare.value) < 1:
            return f"{plain(bare.value)} beside a percentage can mean two things"
    if not low.unit and high.unit:
        return _dressed(low, high), high
    if not high.unit and low.unit:
        return low, _dressed(high, low)
    if same_unit(low, high):
        longer = max(low.unit, high.unit, key=len) if is_counted(low.unit) else high.unit
        return replace(low, unit=longer), replace(high, unit=longer)
    converted = convert(low, high)
    if converted:
        return converted, high
    return f"one end is in {low.unit}, the other in {high.unit}"


def _dressed(bare: Quantity, like: Quantity) -> Quantity:
    """Return a bare number in the other end's unit."""
    style = replace(bare.style, prefix=like.style.prefix, suffix=like.style.suffix)
    return Quantity(bare.value, like.unit, style)
