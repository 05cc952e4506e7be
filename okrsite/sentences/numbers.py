"""The numbers of a sentence → what stands around each: marks before, noun and marks after.

A number that only names something — a date, a version, `tier 1`, `p95` — is not among them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from okrsite.model import Bound, Quantity
from okrsite.quantities import Found, Unread
from okrsite.quantities.units import DURATIONS, MEASURES, SINGULAR_WORDS, is_counted
from okrsite.sentences.nouns import NO_NOUN, Noun, noun_after
from okrsite.sentences.tokens import Token, Tokens
from okrsite.sentences.words import Role

_BOUNDS = {
    Role.AT_LEAST: Bound.AT_LEAST,
    Role.AT_MOST: Bound.AT_MOST,
    Role.ABOVE: Bound.ABOVE,
    Role.BELOW: Bound.BELOW,
}
BOUND_ROLES = frozenset(_BOUNDS)
_IN_WORDS = frozenset({Role.ZERO, Role.NUMBER, Role.ONE})
_TURNED = {Bound.ABOVE: Bound.AT_MOST, Bound.BELOW: Bound.AT_LEAST}
_TIME_WORDS = frozenset(word for word, unit in MEASURES.items() if unit in DURATIONS)
_LONG = frozenset({"days", "weeks", "months", "years"})
_MOST_MARKS = 5
_PLACES = {
    "en": ("above", "below", "under", "beneath", "underneath"),
    "de": ("über", "unter"),
    "fr": ("sous",),
    "es": ("bajo",),
}
_RANGE_OR_SHARE = re.compile(r"[-–/]\d", re.ASCII)
_MARKING = BOUND_ROLES | {
    Role.FROM,
    Role.TO,
    Role.BY,
    Role.AT,
    Role.NOT,
    Role.UP_TO,
    Role.ABOUT,
    Role.BETWEEN,
    Role.WINDOW,
    Role.REACH,
    Role.WIN,
    Role.KEEP,
    Role.UP,
    Role.DOWN,
    Role.AND,
}


@dataclass(slots=True)
class Number:
    """One number that may be a result, and all that speaks of it."""

    at: int
    """Its place among the tokens."""
    quantity: Quantity | None
    """None where its value is in doubt."""
    marks: list[Token] = field(default_factory=list)
    """Before it, the nearest first."""
    first: int = 0
    """Where its marks begin among the tokens."""
    noun: Noun = NO_NOUN
    after: int = 0
    """Past number and noun among the tokens."""
    bound: Bound | None = None
    doubt: str = ""
    """Why it cannot be a result, although it may stand where one would."""
    year: bool = False
    """Looks like a year."""
    modifies: bool = False
    """Its unit is followed by a noun: 80% capacity."""
    share: bool = False
    """Followed by *of*."""

    def has(self, *roles: Role) -> bool:
        """Tell whether one of its marks plays one of the parts."""
        return any(role in mark.roles for mark in self.marks for role in roles)


def numbers(tokens: Tokens) -> list[Number]:
    """Return the numbers of a sentence that name nothing, in their order."""
    found = (_number(tokens, at) for at in range(len(tokens.items)))
    return [number for number in found if number]


def _number(tokens: Tokens, at: int) -> Number | None:
    token = tokens.items[at]
    if not token.found and token.roles.isdisjoint(_IN_WORDS):
        return None
    number = Number(at, None)
    _look_before(number, tokens)
    if token.found and not _is_name(tokens, number, token):
        _take_value(number, token, token.found)
    elif Role.ZERO in token.roles:
        number.quantity = Quantity(Decimal(0))
    elif Role.NUMBER in token.roles or _is_counted_one(tokens, number, token):
        number.doubt = f"'{token.text}' is a number in words"
    else:
        return None
    _look_after(number, tokens)
    _find_bound(number, tokens.language)
    return None if _is_window(number) or _is_dated(number) else number


def _is_counted_one(tokens: Tokens, number: Number, token: Token) -> bool:
    """Tell *at least one* from an article."""
    if Role.ONE not in token.roles or not number.marks:
        return False
    follows = tokens.items[number.at + 1].sort if number.at + 1 < len(tokens.items) else "stop"
    return bool(number.marks[0].roles & BOUND_ROLES) and follows != "number"


def _take_value(number: Number, token: Token, found: Found) -> None:
    if isinstance(found.quantity, Unread):
        number.doubt = found.quantity.message
        return
    number.quantity = found.quantity
    if token.joined:
        number.doubt = f"'{token.text}{token.joined}' is no single number"
    elif found.signed == "+":
        number.doubt = f"'{token.text}' may be a number or an increase"
    if found.plus:
        number.bound = Bound.AT_LEAST
    value = found.quantity.value
    number.year = token.text.isdigit() and 1990 <= value <= 2099


def _is_name(tokens: Tokens, number: Number, token: Token) -> bool:
    """Tell whether a number only names: a version, an ordinal, `Sev-1`, `tier 2`, `ISO 27001`."""
    found = token.found
    if found is None or (isinstance(found.quantity, Unread) and not found.quantity.readings):
        return True
    if token.joined and (token.text + token.joined == "24/7" or not _is_range(token.joined)):
        return True
    if found.has_unit or number.at == 0:
        return found.unit_word == "s" and token.text[:4].isdigit()  # 1990s
    before = tokens.items[number.at - 1]
    if before.sort != "word":
        return False
    if Role.LABEL in before.roles or before.text in ("per", "pro", "par"):
        return True
    tokens.named = tokens.named or _is_proper(before, tokens, number.at - 1)
    return _is_proper(before, tokens, number.at - 1)


def _is_range(joined: str) -> bool:
    return bool(_RANGE_OR_SHARE.match(joined))


def _is_proper(word: Token, tokens: Tokens, at: int) -> bool:
    """Tell whether a word is a name, so that a bare number after it belongs to it."""
    if Role.SOFTWARE in word.roles:
        return True
    if word.roles or not word.written[:1].isupper():
        return False
    if word.written.isupper() or any(c.isdigit() for c in word.written):
        return True
    starts = at == 0 or tokens.items[at - 1].sort == "stop"
    return not starts and tokens.language != "de"


def _look_before(number: Number, tokens: Tokens) -> None:
    number.first = at = number.at
    while at > 0 and len(number.marks) < _MOST_MARKS:
        at -= 1
        token = tokens.items[at]
        if token.sort != "word":
            break
        if token.roles & _MARKING:
            number.marks.append(token)
            number.first = at
        elif not token.roles & {Role.FILLER, Role.ADVERB}:
            break


def _look_after(number: Number, tokens: Tokens) -> None:
    items = tokens.items
    number.after = number.at + 1
    following = items[number.after] if number.after < len(items) else None
    token = items[number.at]
    if token.found and token.found.has_unit:
        if _is_compound(token, following):
            number.doubt = number.doubt or f"'{token.text}' describes a thing"
    else:
        _take_noun(number, noun_after(tokens, number.at))
    _look_past(number, tokens)


def _take_noun(number: Number, noun: Noun) -> None:
    """Give a number the noun that it counts, unless it has one."""
    if number.noun.heads:
        return
    number.noun, number.after = noun, noun.end
    if any(head.text in _TIME_WORDS for head in noun.heads[:1]):
        number.doubt = number.doubt or "it is a length of time"
    quantity = number.quantity
    if quantity and noun.words:
        style = replace(quantity.style, suffix=quantity.style.suffix + noun.gap + noun.words)
        number.quantity = Quantity(quantity.value, noun.words, style)


def _is_compound(token: Token, following: Token | None) -> bool:
    """Tell whether number and unit describe a noun: a 2 hour response, 10s of millions."""
    if token.found is None or following is None or following.sort != "word":
        return False
    if token.found.unit_word == "s" and Role.OF in following.roles:
        return True
    singular = token.found.unit_word in SINGULAR_WORDS
    return singular and not following.roles and following.text.isalpha()


def _look_past(number: Number, tokens: Tokens) -> None:
    items = tokens.items
    at = number.after
    if at >= len(items) or items[at].sort != "word":
        return
    roles = items[at].roles
    number.modifies = not roles
    if Role.OF in roles:
        number.share = True
        beyond = at + 1
        while beyond < len(items) and Role.FILLER in items[beyond].roles:
            beyond += 1
        if beyond < len(items) and items[beyond].sort == "number" and not number.has(Role.FROM):
            number.doubt = number.doubt or "a share of a number is two numbers"
    number_follows = at + 1 < len(items) and items[at + 1].sort == "number"
    if number_follows:
        return
    for role, bound in ((Role.OR_MORE, Bound.AT_LEAST), (Role.OR_LESS, Bound.AT_MOST)):
        if role in roles:
            if number.bound not in (None, bound):
                number.doubt = number.doubt or "its bounds contradict each other"
            number.bound = bound
            found = items[number.at].found
            if found is None or not found.has_unit:
                _take_noun(number, noun_after(tokens, at))  # 3 or more workshops


def _find_bound(number: Number, language: str) -> None:
    for place, mark in enumerate(number.marks):
        roles = [role for role in _BOUNDS if role in mark.roles]
        if not roles:
            if Role.WINDOW in mark.roles and not mark.roles & {Role.TO, Role.BY, Role.FROM}:
                return  # over the next 3 sprints
            continue
        bound: Bound | None = _BOUNDS[roles[0]]
        outer = number.marks[place + 1] if place + 1 < len(number.marks) else None
        if outer and Role.NOT in outer.roles:
            bound = _TURNED.get(_BOUNDS[roles[0]])
        if bound is None or number.bound not in (None, bound):
            number.doubt = number.doubt or "its bounds contradict each other"
        if _is_place(number, mark, language):
            number.doubt = number.doubt or f"'{mark.text}' may mean something else here"
        if number.share and mark.text.endswith("within"):
            number.doubt = number.doubt or "within a share is a distance"
        number.bound = bound
        return


def _is_place(number: Number, mark: Token, language: str) -> bool:
    """Tell whether a bound before things counted may be a place: ranked above 3 rivals.

    German `über 3 Kunden` may be *about*, `unter 3 Kunden` *among*; *over 3 sprints* is a time.
    """
    counted = number.quantity is not None and is_counted(number.quantity.unit)
    heads = number.noun.heads
    if not counted or not heads or number.has(Role.TO, Role.KEEP, Role.REACH):
        return False
    if Role.BELOW in mark.roles and any({Role.EVENT, Role.DEFECT} & h.roles for h in heads):
        return False
    if any(Role.PERIOD in head.roles for head in heads):
        return True
    return mark.text in _PLACES.get(language, ())


def _is_dated(number: Number) -> bool:
    """Tell whether a number is a year that no word makes a result."""
    return number.year and (not number.marks or number.marks[0].roles <= {Role.WINDOW, Role.STOP})


def _is_window(number: Number) -> bool:
    """Tell whether a number is a stretch of time in which something happens."""
    quantity = number.quantity
    if quantity is None or quantity.unit not in DURATIONS or not number.marks:
        return False
    mark = number.marks[0]
    if Role.WINDOW not in mark.roles:
        return False
    if number.bound and quantity.unit not in _LONG and Role.BELOW in mark.roles:
        return False
    if len(number.marks) > 1 and number.bound and number.has(Role.TO, Role.KEEP):
        return False
    if quantity.unit in _LONG:
        return True
    number.doubt = number.doubt or "it may be a time limit"
    return False
