"""Numbers of bad things → a limit: a count that only grows and must end at or below its target.

A limit needs a count of whole things that is to stay low, and one of these: *per quarter* beside
it; a sentence that is nothing but the ceiling, as in at most 2 slow mornings; an event — an
incident, an outage — that falls, is at most so many, or zero; a defect that is at most so many, or
zero, but not one that falls from a number: bugs are mended. What is open now, a mean or a rate is
none, and a week's incidents are a metric.
"""

from __future__ import annotations

from okrsite.model import Bound
from okrsite.quantities.units import MEASURES, is_counted, is_whole
from okrsite.sentences.numbers import Number
from okrsite.sentences.periods import has_cycle, has_rate
from okrsite.sentences.tokens import Token, Tokens
from okrsite.sentences.words import Role

_ROMANCE = frozenset({"fr", "es", "pt"})
_BAD = (Role.EVENT, Role.DEFECT)


def is_limit(
    tokens: Tokens, number: Number, bound: Bound, *, first: int, falls: bool, paired: bool = False
) -> bool:
    """Tell whether a target is a limit.

    `first` is where the sentence's numbers and their marks begin among its tokens; `falls` says
    that the count is to fall, `paired` that it has a baseline.
    """
    quantity = number.quantity
    if quantity is None or not is_counted(quantity.unit) or not is_whole(quantity.value):
        return False
    if bound not in (Bound.AT_MOST, Bound.BELOW) or has_rate(tokens, number, first):
        return False
    if has_cycle(tokens, number, first):
        return True
    if not paired and (number.bound is not None or quantity.value == 0):
        return _speaks_of(tokens, number, first, _BAD) or _is_ceiling(tokens, number, first)
    return falls and _speaks_of(tokens, number, first, (Role.EVENT,))


def _is_ceiling(tokens: Tokens, number: Number, first: int) -> bool:
    """Tell whether a sentence is nothing but a ceiling: at most 2 slow mornings.

    *At most 3 clicks to checkout* goes on, and is measured each time.
    """
    words = number.noun.words.casefold().split()
    other = any(Role.OPEN in token.roles for token in number.noun.heads)
    whole = first == 0 and number.noun.end == len(tokens.items)
    return (
        whole
        and number.bound is not None
        and bool(words)
        and not other
        and not (MEASURES.keys() & set(words))
    )


def _speaks_of(tokens: Tokens, number: Number, first: int, roles: tuple[Role, ...]) -> bool:
    """Tell whether a bad thing stands right after the number, or before where numbers begin."""
    heads = number.noun.heads
    wide = tokens.items[max(0, first - 4) : first]
    if any(Role.OPEN in token.roles for token in (*wide, *heads)):
        return False
    reach = 2 if tokens.language in _ROMANCE else 1
    return _plays((*wide[-reach:], *heads), roles)


def is_zero_of_bad(tokens: Tokens, number: Number) -> bool:
    """Tell whether a zero counts a bad thing: zero outages, and not zero outage deployments."""
    heads = number.noun.heads
    if number.quantity is None or number.quantity.value != 0 or _plays(heads, (Role.OPEN,)):
        return False
    bad = [place for place, head in enumerate(heads) if _plays((head,), _BAD)]
    return bool(bad) and (bad[-1] == len(heads) - 1 or tokens.language in (*_ROMANCE, "zh"))


def _plays(tokens: tuple[Token, ...], roles: tuple[Role, ...]) -> bool:
    return any(role in token.roles for token in tokens for role in roles)
