"""One marked number of a sentence → what its mark says: a target, a change, a first count."""

from __future__ import annotations

from enum import Enum, auto

from okrsite.quantities.units import MONEY, is_counted, is_whole
from okrsite.sentences.numbers import BOUND_ROLES, Number
from okrsite.sentences.periods import has_rate
from okrsite.sentences.tokens import Tokens
from okrsite.sentences.words import Role

_ROMANCE = frozenset({"fr", "es", "pt"})
_CHANGES = (Role.UP, Role.DOWN, Role.BETTER)
_POINTS = frozenset({"%", "pp", "points", "‰"})


class Mark(Enum):
    """What a number is marked as."""

    TARGET = auto()
    CHANGE = auto()
    COUNT = auto()
    """Counted from nothing: 20 new customers."""
    KEPT = auto()
    """Only a verb of keeping makes it a target: maintain 99.9%."""
    NONE = auto()


def mark_of(tokens: Tokens, number: Number) -> Mark:
    """Return what the words around a number mark it as."""
    if number.has(Role.ABOUT, Role.BETWEEN):
        number.doubt = number.doubt or "it is only about that much"
    if number.has(Role.FROM) and not number.bound and tokens.language not in _ROMANCE:
        return Mark.NONE
    if _is_change(tokens, number):
        return _change(tokens, number)
    if _is_won(tokens, number):
        if number.has(Role.UP_TO):
            number.doubt = number.doubt or "'up to' names no number"
        return _count(tokens, number)
    if number.bound or number.has(Role.REACH) or _ends_with(tokens, number, Role.REACH):
        return _new_count(tokens, number)
    if number.has(Role.UP_TO) and not _rises_up_to(tokens, number):
        number.doubt = number.doubt or "'up to' may be a target or a ceiling"
        return Mark.TARGET
    if number.has(Role.TO, Role.UP_TO) and _is_end(tokens, number):
        return _new_count(tokens, number)
    if number.has(Role.AT) and tokens.says(number.at, Role.KEEP, Role.HOLD):
        return Mark.KEPT
    if number.noun.new:
        return _count(tokens, number)
    return Mark.KEPT if number.has(Role.KEEP) and not number.has(Role.WINDOW) else Mark.NONE


def _unit(number: Number) -> str:
    return number.quantity.unit if number.quantity else ""


def _is_countable(number: Number) -> bool:
    return is_counted(_unit(number)) or _unit(number) in MONEY


def _is_change(tokens: Tokens, number: Number) -> bool:
    """Tell whether *by* gives the size of a change rather than who does it, when, or where."""
    if number.year or number.share or not tokens.says(number.at, *_CHANGES):
        return False
    if tokens.language == "zh":
        # 提升20%: the verb stands before the number, and nothing between them says *to*.
        return bool(number.marks) and bool(number.marks[0].roles & set(_CHANGES))
    if not number.has(Role.BY):
        return False
    unit = _unit(number)
    if tokens.language in _ROMANCE:
        return unit in _POINTS or (unit in MONEY and tokens.language != "fr")
    return True


def _change(tokens: Tokens, number: Number) -> Mark:
    if _unit(number) == "x":
        number.doubt = number.doubt or "a multiple does not say what it starts from"
    if number.has(Role.UP_TO):
        number.doubt = number.doubt or "'up to' names no size"
    if number.noun.heads and is_counted(_unit(number)) and tokens.language != "zh":
        number.doubt = number.doubt or "'by' may say who or what does it"
    return Mark.CHANGE


def _is_won(tokens: Tokens, number: Number) -> bool:
    """Tell whether a verb of winning governs the number: right before it, or after it in German."""
    if _ends_with(tokens, number, Role.WIN):
        return not number.has(Role.TO, Role.BY, Role.WINDOW)
    verbs = [mark for mark in number.marks if not mark.roles & BOUND_ROLES]
    if tokens.language in ("es", "pt") and verbs and verbs[0].text == "a":
        verbs = verbs[1:]  # entrevistar a 20 clientes
    return bool(verbs) and Role.WIN in verbs[0].roles


def _count(tokens: Tokens, number: Number) -> Mark:
    if not _is_countable(number):
        return Mark.TARGET if number.bound else Mark.NONE
    if number.quantity and is_counted(_unit(number)) and not is_whole(number.quantity.value):
        number.doubt = number.doubt or "things are counted in whole numbers"
    if number.year or has_rate(tokens, number, number.first):
        number.doubt = number.doubt or "a rate does not start from nothing"
    named = number.noun.heads or number.noun.words or _unit(number) in MONEY
    return Mark.COUNT if named or number.bound else Mark.NONE


def _new_count(tokens: Tokens, number: Number) -> Mark:
    starts_new = bool(tokens.items) and Role.NEW in tokens.items[0].roles
    new = number.noun.new or (starts_new and number.first > 1)
    if new and _is_countable(number) and not has_rate(tokens, number, number.first):
        return Mark.COUNT
    return Mark.TARGET


def _ends_with(tokens: Tokens, number: Number, role: Role) -> bool:
    """Tell whether a German verb follows its number: 80 % erreichen, 20 Kunden gewinnen."""
    after = tokens.items[number.after : number.after + 3]
    return tokens.language == "de" and any(role in token.roles for token in after)


def _rises_up_to(tokens: Tokens, number: Number) -> bool:
    return tokens.language in _ROMANCE and tokens.says(number.at, Role.UP)


def _is_end(tokens: Tokens, number: Number) -> bool:
    """Tell whether *to* leads to an end rather than to whom something goes."""
    if not is_counted(_unit(number)):
        changes = tokens.says(number.at, *_CHANGES, Role.MOVE, Role.KEEP)
        return changes or (tokens.language not in _ROMANCE and not number.share)
    if not number.noun.heads:
        return tokens.says(number.at, *_CHANGES, Role.MOVE, Role.KEEP)
    # Things may be given something: get the product to 5 customers.
    return tokens.language not in _ROMANCE and tokens.says(number.at, Role.UP, Role.DOWN)
