"""Whether a number of a sentence is still to come: X, TBD, XX%, $N.

A letter alone is also a name — a network, a generation — so it counts only where nothing but a
number could stand.
"""

from __future__ import annotations

import re

from okrsite.sentences.tokens import Token, Tokens
from okrsite.sentences.words import Role

_TBD = re.compile(r"(?<![\w-])(?:TBD|TBC|XXX+|待定)(?![\w-])|\((?:tbd|tbc)\)")
_LETTERS = r"(?:X{1,3}|[NYZ]|xx+|\?+|_{2,})"
_MONEY = re.compile(rf"[$€£¥]\s?(?:{_LETTERS}|x)(?:[kKMB]|bn)?(?![\w$])")
_MEASURED = re.compile(
    rf"(?<![\w$'.-]){_LETTERS}\s?"
    r"(?:%|(?:ms|days?|hours?|weeks?|months?|Tage|jours|días|dias)\b|天|个)"
)
_ASKED = re.compile(r"\b(?:to|by|from|least|most)\s\?+(?!\w)")
_LETTER = re.compile(r"X{1,3}|N{1,2}|Y{1,2}|Z{1,2}")
_FIRST = frozenset("XNYZ")
_BOUNDS = frozenset({Role.AT_LEAST, Role.AT_MOST, Role.ABOVE, Role.BELOW, Role.REACH, Role.WIN})
_CHANGES = (Role.UP, Role.DOWN, Role.BETTER)


def has_placeholder(masked: str, tokens: Tokens) -> bool:
    """Tell whether a masked title holds a letter or word where a number is still to come."""
    if any(pattern.search(masked) for pattern in (_TBD, _MONEY, _MEASURED, _ASKED)):
        return True
    return any(_stands_for_number(tokens, at) for at in range(1, len(tokens.items)))


def _stands_for_number(tokens: Tokens, at: int) -> bool:
    if not _is_letter(tokens.items[at]):
        return False
    before = tokens.items[at - 1].roles
    if before & _BOUNDS:
        return True
    if Role.FROM in before:  # from X to Y, but not from X to another network
        return any(map(_is_letter, tokens.items[at + 1 : at + 3]))
    return bool(before & {Role.TO, Role.BY}) and tokens.says(at, *_CHANGES)


def _is_letter(token: Token) -> bool:
    return token.written[:1] in _FIRST and bool(_LETTER.fullmatch(token.written))
