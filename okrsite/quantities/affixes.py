"""What stands around a run of digits → its sign, currency, magnitude and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from okrsite.quantities.units import (
    CURRENCIES,
    MAGNITUDES,
    MEASURES,
    MONEY,
    MONEY_MAGNITUDES,
    PHRASES,
    TWO_MAGNITUDES,
)

_SPACE = (" ", "\u00a0")
_CJK = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]+\.?")
_CJK_RUN = re.compile(r"[\u3400-\u9fff]{1,4}")
_OF = re.compile(r" (?:de |d')(?=[^\W\d_])")
_SLASHED = re.compile(r"req/s\b")
_BEFORE: dict[str, list[str]] = {}
"""Currencies by their last sign, longest first."""
for _name in sorted((c for c in CURRENCIES if not _CJK.match(c)), key=len, reverse=True):
    _BEFORE.setdefault(_name[-1], []).append(_name)
_PHRASES = sorted(PHRASES, key=len, reverse=True)
_PHRASES_BY_SIGN: dict[str, list[str]] = {}
for _name in _PHRASES:
    _PHRASES_BY_SIGN.setdefault(_name[0], []).append(_name)
_PERCENT_BEFORE = "百分之"


@dataclass(slots=True)
class Affixes:
    """What stands around one run of digits."""

    start: int
    end: int
    """One past the last character that belongs to the quantity."""
    prefix: str = ""
    sign: str = ""
    magnitude: str = ""
    scale: Decimal = Decimal(1)
    suffix: str = ""
    unit: str = ""
    unit_word: str = ""
    """As written, in lower case."""
    plus: bool = False
    """A `+` says *or more*."""
    powers: tuple[int, ...] = ()
    """The powers of ten that the magnitude may be, where it may be two."""


def affixes(text: str, start: int, end: int, language: str) -> Affixes:
    """Return what stands around the digits from `start` to `end` of a folded text."""
    parts = Affixes(start, end)
    _look_before(text, parts)
    at = _take_plus(text, _take_magnitude(text, end, parts, language), parts)
    _take_unit(text, at, parts)
    _take_plus(text, parts.end, parts)
    if not parts.unit and text.endswith(_PERCENT_BEFORE, 0, parts.start):
        parts.start -= len(_PERCENT_BEFORE)
        parts.prefix, parts.unit, parts.unit_word = _PERCENT_BEFORE, "%", _PERCENT_BEFORE
    return parts


def _look_before(text: str, parts: Affixes) -> None:
    _take_sign(text, parts)
    gap = 1 if parts.start and text[parts.start - 1] in _SPACE else 0
    end = parts.start - gap
    ending_so = _BEFORE.get(text[end - 1], ()) if end > 0 else ()
    name = next((name for name in ending_so if _stands_before(name, text, end)), "")
    if not name:
        return
    at = end - len(name)
    parts.prefix = text[at : parts.start]
    parts.unit, parts.unit_word, parts.start = CURRENCIES[name], name.lower(), at
    if not parts.sign:
        _take_sign(text, parts)


def _stands_before(name: str, text: str, end: int) -> bool:
    """Tell whether a currency ends at a place; its words stand after their number."""
    if not text.endswith(name, 0, end) or (name.islower() and not name.startswith("kr")):
        return False
    before = text[end - len(name) - 1 : end - len(name)]
    return not (name[0].isalpha() and (before.isalnum() or before == "_"))


def _take_sign(text: str, parts: Affixes) -> None:
    at = parts.start - 1
    if at < 0 or text[at] not in "+-":
        return
    before = text[at - 1] if at else " "
    if before in " \u00a0([$€£¥₹" or _CJK.match(before):
        parts.sign, parts.start = text[at], at


def _take_plus(text: str, at: int, parts: Affixes) -> int:
    if text[at : at + 1] != "+" or text[at + 1 : at + 2].isdigit():
        return at
    parts.plus, parts.end = True, at + 1
    return at + 1


def _take_magnitude(text: str, at: int, parts: Affixes, language: str) -> int:
    word, start = _word_at(text, at)
    if not word or _measure(word, text, start)[1]:
        return at
    name, scale = _magnitude(word, text, start, parts)
    if scale is None or (name == "B" and start > at and parts.unit not in MONEY):
        return at
    end = start + len(name)
    if name == "mil" and text[end : end + 9] == " millones":
        end, scale = end + len(" millones"), Decimal(10) ** 9
    else:
        parts.powers = TWO_MAGNITUDES.get((name.lower(), language), ())
    parts.magnitude, parts.scale, parts.end = text[at:end], scale, end
    return end


def _magnitude(word: str, text: str, at: int, parts: Affixes) -> tuple[str, Decimal | None]:
    """Return the magnitude with which a word begins or which it is, and what it stands for."""
    if _CJK.match(word):
        name = next((word[:n] for n in range(len(word), 0, -1) if word[:n] in MAGNITUDES), "")
        return name, MAGNITUDES.get(name)
    for name in (word, word.rstrip(".")):
        scale = MAGNITUDES.get(name if len(name) == 1 else name.lower())
        if scale is not None:
            return name, scale
        beside_money = parts.unit in MONEY or _is_currency(text, at + len(name))
        if name.lower() in MONEY_MAGNITUDES and beside_money:
            return name, MONEY_MAGNITUDES[name.lower()]
    if word[0] in "kKM" and word[1:] in CURRENCIES:
        return word[0], MAGNITUDES[word[0]]
    return "", None


def _is_currency(text: str, at: int) -> bool:
    word, start = _word_at(text, at)
    return (word or text[start : start + 1]) in CURRENCIES


def _take_unit(text: str, at: int, parts: Affixes) -> None:
    if parts.unit:
        return
    of = _OF.match(text, at) if parts.magnitude else None
    name, unit, start = _unit_at(text, of.end() if of else at)
    if of and unit not in MONEY:
        return  # only of money: 2 millones de euros
    if unit:
        parts.unit, parts.unit_word = unit, name.lower()
        parts.end = start + len(name)
        parts.suffix = text[at : parts.end]


def _unit_at(text: str, at: int) -> tuple[str, str, int]:
    """Return the unit after at most one space as written and by name, and where it begins."""
    word, start = _word_at(text, at)
    ahead = text[start : start + len(_PHRASES[0]) + 1].lower()
    for phrase in _PHRASES_BY_SIGN.get(ahead[:1], ()):
        if ahead.startswith(phrase) and not ahead[len(phrase) :][:1].isalnum():
            return phrase, PHRASES[phrase], start
    name, unit = _measure(word, text, start) if word else _symbol(text, start)
    return text[start : start + len(name)], unit, start


def _measure(word: str, text: str, at: int) -> tuple[str, str]:
    """Return the name and unit of the measure or currency that a word is, or nothing."""
    if _CJK.match(word):
        names = [word[:n] for n in range(len(word), 0, -1)]
    else:
        # A point at the very end ends the sentence rather than an abbreviation.
        last = at + len(word) == len(text)
        names = [word.rstrip(".")] if last else [word, word.rstrip(".")]
        if slashed := _SLASHED.match(text, at):
            names.insert(0, slashed.group())
    for name in names:
        unit = _named(name)
        if unit:
            return name, unit
    return "", ""


def _named(name: str) -> str:
    """Return the unit that a name has as written, in lower case, or as a code in capitals."""
    spellings = [name] if len(name) == 1 else [name, name.lower(), name.upper()]
    found = (MEASURES.get(word) or CURRENCIES.get(word) for word in spellings)
    return next(filter(None, found), "")


def _symbol(text: str, at: int) -> tuple[str, str]:
    for length in (3, 2, 1):
        name = text[at : at + length]
        if unit := MEASURES.get(name) or CURRENCIES.get(name):
            return name, unit
    return "", ""


def _word_at(text: str, at: int) -> tuple[str, int]:
    """Return the word after at most one space, and where it or what is there begins."""
    start = at + 1 if text[at : at + 1] in _SPACE else at
    match = _CJK_RUN.match(text, start) or _WORD.match(text, start)
    return (match.group() if match else ""), start
