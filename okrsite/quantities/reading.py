"""A whole text → one quantity: of a field, or of a check-in beside its key result."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from okrsite.model import Quantity, Style
from okrsite.quantities.numerals import NOTHING, fold, plain
from okrsite.quantities.scan import find_quantity, next_number
from okrsite.quantities.units import EXACT, convert, is_counted, same_family
from okrsite.quantities.unread import Reason, Unread
from okrsite.quantities.writing import marked_like, write_quantity

MAX_LENGTH = 120
"""Longer texts are sentences, not quantities."""

_RANGE = re.compile(r"\s*(?:-|–|~|to|bis|至|到)\s*(?=\d)", re.ASCII)
_LETTER = r"[^\W\d_]"
_FIRST_WORD = rf"(?:{_LETTER}{_LETTER}+|[\u3400-\u9fff])"
_NOUN = re.compile(rf"{_FIRST_WORD}(?:[ \u00a0'/.-]+{_LETTER}+){{0,5}}\.?")
_WORDS = re.compile(rf"(?:{_LETTER}|[ \u00a0'/.-])*")
_TAIL = re.compile(r"\s*/|\s+(?:per|pro|par|por|je)\s", re.IGNORECASE)
_DATE = re.compile(
    r"\d{4}-\d\d?-\d\d?|\d\d?[./]\d\d?[./]\d{2,4}|\d{4}年.*|\d\d?月\d\d?日", re.ASCII
)
_NOT_NOUNS = re.compile(
    r"(?:or|and|of|to|in|at|by|than|from|about|o|ou|oder|und|y|e|et|bis|von|sur|de)\b",
    re.IGNORECASE,
)


class _Whole(NamedTuple):
    """The quantity that a whole text is, and what of it was written."""

    quantity: Quantity
    has_magnitude: bool


def read_quantity(text: str, language: str = "en") -> Quantity | Unread:
    """Return the one quantity that a whole text is: `$1.2M`, `62%`, `1,5 Mio. €`, `6 incidents`.

    `language` decides separators in doubt. Text that is none, or could be two, is an `Unread`.
    """
    whole = _read(text, language, None)
    return whole if isinstance(whole, Unread) else whole.quantity


def read_value(text: str, like: Quantity, language: str = "en") -> Quantity | Unread:
    """Return a check-in's value in the unit and style of its key result.

    `720` and `720 ms` are one beside `900 ms`; `0.72 s` is converted; `85,5 %` keeps its comma
    beside `97 %`. An `Unread` names another unit, two readings, and a bare number below 1 on a
    percentage.
    """
    style = like.style
    whole = _read(text, language, (style.decimal, style.group, style.places))
    if isinstance(whole, Unread):
        return whole
    read = _alike(text, whole, like)
    return read if isinstance(read, Unread) else marked_like(read, whole.quantity)


def _alike(text: str, whole: _Whole, like: Quantity) -> Quantity | Unread:
    quantity = whole.quantity
    if not quantity.unit:
        return _bare_value(text.strip(), whole, like)
    if not like.unit and is_counted(quantity.unit):
        return Quantity(quantity.value, like.unit, like.style)
    return convert(quantity, like) or _other_unit(text.strip(), quantity, like)


def _bare_value(text: str, whole: _Whole, like: Quantity) -> Quantity | Unread:
    value, scale = whole.quantity.value, like.style.scale
    if like.unit == "%" and 0 < abs(value) < 1:
        share = EXACT.multiply(value, Decimal(100))
        return _two_readings("below-one", text, f"{plain(share)}%", f"{plain(value)}%")
    if scale != 1 and not whole.has_magnitude and 0 < abs(value) < scale:
        scaled = write_quantity(Quantity(EXACT.multiply(value, scale), like.unit, like.style))
        return _two_readings("ambiguous", text, scaled, plain(value))
    return Quantity(value, like.unit, like.style)


def _two_readings(reason: Reason, text: str, *names: str) -> Unread:
    return Unread(reason, names, f"'{text}' can mean {' or '.join(names)}")


def _other_unit(text: str, quantity: Quantity, like: Quantity) -> Unread:
    wanted = like.unit or "a bare number"
    if same_family(quantity.unit, like.unit):
        message = f"'{text}' is no exact number of {wanted}"
    elif is_counted(quantity.unit):
        message = f"'{text}' counts {quantity.unit}, the key result {wanted}"
    else:
        message = f"'{text}' is in {quantity.unit}, the key result in {wanted}"
    return Unread("unit", message=message)


@lru_cache(maxsize=4096)  # most values of check-ins stand in many of them
def _read(text: str, language: str, marks: tuple[str, str, int] | None) -> _Whole | Unread:
    """Read a whole text; `marks` are those of decimals and thousands in a style, and its places."""
    style = Style(decimal=marks[0], group=marks[1], places=marks[2]) if marks else None
    folded = fold(text)
    bare = folded.strip()
    if bare.lower() in NOTHING:
        return Unread("nothing", message="nothing is written")
    if len(bare) > MAX_LENGTH:
        return Unread("not-a-number", message="the text is too long to be a number")
    if _DATE.fullmatch(bare):
        return Unread("not-a-number", message=f"'{bare}' is a date, not a number")
    first = next_number(bare, 0)
    if first < 0:
        return Unread("not-a-number", message=f"'{bare}' is no number")
    original = text[len(folded) - len(folded.lstrip()) :]
    found = find_quantity(bare, first, language, style=style, original=original)
    if found.start:
        return Unread("not-a-number", message=f"'{bare}' is no number by itself")
    if isinstance(found.quantity, Unread):
        return found.quantity
    if found.plus:
        return Unread("not-a-number", message=f"'{bare}' says 'or more', not how much")
    rest = bare[found.end :]
    whole = _Whole(found.quantity, found.has_magnitude)
    ended = not rest or (rest == "." and found.has_unit)
    return whole if ended else _with_rest(whole, rest, bare)


def _with_rest(whole: _Whole, rest: str, text: str) -> _Whole | Unread:
    """Take what stands after the number as the noun that it counts."""
    quantity, noun = whole.quantity, rest.strip()
    if match := _RANGE.match(rest):
        names = (plain(quantity.value), rest[match.end() :])
        return Unread("ambiguous", names, f"'{text}' is a range, not one number")
    if noun == "m" and not quantity.unit:
        number = text[: -len(rest)]
        return _two_readings("ambiguous", text, f"{number} min", f"{number} million")
    if not _WORDS.fullmatch(rest):
        return Unread("not-a-number", message=f"'{text}' is more than one number")
    tail = _TAIL.search(rest)
    counted = (rest[: tail.start()] if tail else rest).strip()
    if not (_is_noun(rest, counted) or (tail and not counted)):
        return Unread("not-a-number", message=f"'{text}' is more than one number")
    if quantity.unit and counted:
        return Unread("not-a-number", message=f"'{text}' is more than a number and its unit")
    style = replace(quantity.style, suffix=quantity.style.suffix + rest)
    return whole._replace(quantity=Quantity(quantity.value, quantity.unit or counted, style))


def _is_noun(rest: str, noun: str) -> bool:
    apart = rest[0].isspace() or rest[0] == "/" or not rest[0].isascii()
    return bool(apart and _NOUN.fullmatch(noun) and not _NOT_NOUNS.match(noun))
