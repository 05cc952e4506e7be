"""A run of digits and separators → its possible values.

`1.200` is twelve hundred in Lisbon and one point two in London: a run has one reading or two, and
only a key result's own style, then the language, may choose between them.
"""

from __future__ import annotations

import re
from decimal import Decimal

from okrsite.model import Style
from okrsite.model.quick import quick_dataclass

MAX_DIGITS = 30
"""More digits than any quantity of a company has; longer runs are not numbers."""

_FOLD: dict[int, int] = {0xFF01 + i: 0x21 + i for i in range(94)}
_FOLD |= {ord(mark): 0xA0 for mark in "\u202f\u2007\u2009\u200a"}
_FOLD |= {ord("\u3000"): ord(" "), ord("\u2212"): ord("-"), ord("﹪"): ord("%")}
_FOLD |= {ord("￥"): ord("¥"), ord("’"): ord("'")}

NOTHING = frozenset({"", "n/a", "-", "?", "–", "—"})
"""Folded, lower-case texts that say *no number this week*."""

_SPACED = r"\d{1,3}([ \u00a0'])\d{3}(?:\1\d{3})*(?!\d)(?:[.,]\d+)?"
_SPACED_RUN = re.compile(_SPACED, re.ASCII)
_TIGHT_RUN = re.compile(_SPACED.replace(" ", ""), re.ASCII)
_RUN = re.compile(r"\d+(?:[.,]\d+)*", re.ASCII)
_PART = re.compile(r"\d+(?![.,]?\d)", re.ASCII)

_LANGUAGE_GROUP = {"en": ",", "zh": ",", "de": ".", "es": ".", "pt": "."}
"""The thousands mark that a language's writers use, where it is a point or a comma."""


def fold(text: str) -> str:
    """Return the text with full-width characters, minus signs and spaces in their plain form.

    Every character stays in its place, so positions in one are positions in the other; no-break
    and thin spaces all become U+00A0.
    """
    return text.translate(_FOLD)


@quick_dataclass(frozen=True, slots=True)
class Numeral:
    """One reading of a run of digits."""

    value: Decimal
    decimal: str = "."
    group: str = ""
    places: int = 0


def digit_run(text: str, first: int, *, spaces: bool) -> tuple[int, int]:
    """Return where the run of digits whose first stands at `first` begins and ends.

    With `spaces`, a plain space between groups of three belongs to the run. A mark before the
    first digit does, where nothing but space or a currency stands before it: `.5`.
    """
    part = _PART.match(text, first) if _leads(text, first - 1) else None
    if part:
        return first - 1, part.end()
    grouped = _SPACED_RUN if spaces else _TIGHT_RUN
    run = grouped.match(text, first) or _RUN.match(text, first)
    return first, run.end() if run else first


def _leads(text: str, mark: int) -> bool:
    if mark < 0 or text[mark] not in ".,":
        return False
    return mark == 0 or text[mark - 1] in " \u00a0-+($€£"


def readings(run: str) -> tuple[Numeral, ...]:
    """Return what a run can mean: nothing (a version, a date), one value or two.

    Of two, the one with decimals comes first.
    """
    if sum(map(str.isdigit, run)) > MAX_DIGITS:
        return ()
    if run[0] in ".,":
        return (Numeral(Decimal(f"0.{run[1:]}"), decimal=run[0], places=len(run) - 1),)
    for mark in " \u00a0'":
        if mark in run:
            return _grouped_by(run, mark)
    points, commas = run.count("."), run.count(",")
    if points and commas:
        group = "." if run.rindex(",") > run.rindex(".") else ","
        return _grouped_by(run, group)
    if points + commas == 0:
        return (Numeral(Decimal(run)),)
    mark = "." if points else ","
    if points + commas > 1:
        return _grouped_by(run, mark)
    return _one_mark(run, mark)


def _one_mark(run: str, mark: str) -> tuple[Numeral, ...]:
    whole, part = run.split(mark)
    decimal = Numeral(Decimal(f"{whole}.{part}"), decimal=mark, places=len(part))
    if len(part) == 3 and len(whole) <= 3 and whole[0] != "0":
        return decimal, Numeral(Decimal(whole + part), decimal=_other(mark), group=mark)
    return (decimal,)


def _grouped_by(run: str, group: str) -> tuple[Numeral, ...]:
    decimal = _other(group)
    if group in " \u00a0'":
        decimal = "," if "," in run else "."
    whole, _, part = run.partition(decimal)
    if not _well_grouped(whole, group) or not all(c.isdigit() for c in part):
        return ()
    digits = whole.replace(group, "")
    value = Decimal(f"{digits}.{part}" if part else digits)
    return (Numeral(value, decimal=decimal, group=group, places=len(part)),)


def _well_grouped(whole: str, group: str) -> bool:
    first, *rest = whole.split(group)
    if not 1 <= len(first) <= 3 or not rest or first[0] == "0":
        return False
    if len(rest[-1]) != 3:
        return False
    inner = {len(block) for block in rest[:-1]}
    indian = group == "," and inner == {2} and len(first) <= 2
    return inner <= {3} or indian


def _other(mark: str) -> str:
    return "," if mark == "." else "."


def settle(
    found: tuple[Numeral, ...], language: str, style: Style | None, *, percent: bool
) -> tuple[Numeral, ...]:
    """Return the one reading that style or language settles, else what was found.

    A style settles where it shows a decimal mark, or this very thousands mark. A language settles
    three digits after its own thousands mark; three digits after its decimal mark stay in doubt,
    as they are rarer than a writer used to the other custom. A percentage of two digits and three
    decimals is no percentage of five digits.
    """
    if len(found) != 2:
        return found
    decimal, grouped = found
    if style and style.places:
        return (decimal,) if style.decimal == decimal.decimal else (grouped,)
    if style and style.group in (".", ","):
        return (grouped,) if style.group == grouped.group else found
    if grouped.group == _LANGUAGE_GROUP.get(base_language(language)):
        return (grouped,)
    if percent and 10 <= decimal.value < 100:
        return (decimal,)
    return found


def base_language(tag: str) -> str:
    """Return the language of a tag: ``pt`` of ``pt-BR``."""
    return tag.replace("_", "-").partition("-")[0].lower()


def plain(value: Decimal) -> str:
    """Return a number in digits alone, without an exponent or needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
