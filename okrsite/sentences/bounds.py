"""Verbs and nouns before a number → on which side of it a value is good."""

from __future__ import annotations

import re

from okrsite.model import Bound, Quantity
from okrsite.quantities.units import DURATIONS
from okrsite.sentences.tokens import Tokens
from okrsite.sentences.words import Role

_RATES = re.compile(r"rate|ratio|count|number|percentage|quote|taxa|tasa|taux|anteil|volume|index")
_ENDS = frozenset({Role.STOP, Role.OF, Role.WINDOW, Role.AND, Role.TO, Role.AT, Role.BY})


def side(tokens: Tokens, first: int, at: int, target: Quantity) -> Bound | None:
    """Return the good side of a target that no word such as *at least* tells, or None in doubt.

    The number stands at `at` among the tokens, its marks begin at `first`. Verbs tell, else the
    thing measured: less latency is better. A length of time in neither way is in doubt.
    """
    rises, falls = tokens.says(at, Role.UP), tokens.says(at, Role.DOWN)
    if target.value == 0:
        return Bound.AT_MOST
    if rises != falls:
        return Bound.AT_LEAST if rises else Bound.AT_MOST
    if rises:
        return None
    lower = less_is_better(tokens, first, target)
    if lower is None:
        return None
    if lower:
        return Bound.AT_MOST
    if target.unit in DURATIONS and not tokens.says(first, Role.HIGHER):
        return None
    return Bound.AT_LEAST


def less_is_better(tokens: Tokens, first: int, target: Quantity) -> bool | None:
    """Tell whether the thing measured is better the less there is of it, or None in doubt.

    Only the thing itself counts: *error rate* does, *error handling* leaves it in doubt.
    """
    roles = {Role.LOWER} if target.unit == "%" else {Role.LOWER, Role.SPAN}
    seen = False
    before = tokens.before(first)
    for at, token in enumerate(before):
        if not token.roles & roles or (at and Role.NOT in before[at - 1].roles):
            continue
        seen = True
        if tokens.language == "zh" or _is_head(tokens, at, first):
            return True
    return None if seen else False


def _is_head(tokens: Tokens, at: int, first: int) -> bool:
    beyond = at + 1
    if beyond < len(tokens.items) and _RATES.fullmatch(tokens.items[beyond].text):
        beyond += 1
    if beyond >= min(first, len(tokens.items)):
        return True
    token = tokens.items[beyond]
    return token.sort != "word" or bool(token.roles & _ENDS)
