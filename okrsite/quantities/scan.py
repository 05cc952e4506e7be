"""The quantity at one place of a text: sign, currency, digits, magnitude and unit around them."""

from __future__ import annotations

import re
from decimal import Decimal

from okrsite.model import Quantity, Style
from okrsite.model.quick import quick_dataclass
from okrsite.quantities.affixes import Affixes, affixes
from okrsite.quantities.numerals import (
    Numeral,
    base_language,
    digit_run,
    plain,
    readings,
    settle,
)
from okrsite.quantities.units import EXACT
from okrsite.quantities.unread import Unread

_DIGIT = re.compile(r"\d", re.ASCII)


@quick_dataclass(frozen=True, slots=True)
class Found:
    """A quantity, or why there is none, and where it stands in the text."""

    start: int
    end: int
    """One past its last character."""
    quantity: Quantity | Unread
    has_unit: bool = False
    """A unit or currency stands with it."""
    has_magnitude: bool = False
    unit_word: str = ""
    """The unit as written, in lower case."""
    signed: str = ""
    """The sign as written."""
    plus: bool = False
    """A `+` after number, magnitude or unit says *or more*: `40k+`."""


def next_number(text: str, start: int) -> int:
    """Return where the next digit stands in a folded text, or -1."""
    match = _DIGIT.search(text, start)
    return match.start() if match else -1


def find_quantity(
    text: str,
    start: int,
    language: str = "en",
    *,
    spaces: bool = True,
    style: Style | None = None,
    original: str = "",
) -> Found:
    """Return the quantity whose first digit stands at `start` of a folded text.

    `spaces` allows a plain space between thousands; `style` is that of the key result, where
    there is one; `original` is the text before folding, from which the style is taken.
    """
    start, digits_end = digit_run(text, start, spaces=spaces)
    run = text[start:digits_end]
    parts = affixes(text, start, digits_end, base_language(language))
    source = original or text
    found = settle(readings(run), language, style, percent=parts.unit == "%")
    return Found(
        parts.start,
        parts.end,
        _quantity(found, parts, run, source[start:digits_end]),
        has_unit=bool(parts.unit),
        has_magnitude=bool(parts.magnitude),
        unit_word=parts.unit_word,
        signed=parts.sign,
        plus=parts.plus,
    )


def _quantity(
    found: tuple[Numeral, ...], parts: Affixes, run: str, written: str
) -> Quantity | Unread:
    if not found:
        return Unread("not-a-number", message=f"'{run}' is no number")
    if parts.powers:
        ends = tuple(plain(found[0].value.scaleb(power, EXACT)) for power in parts.powers)
        return Unread("ambiguous", ends, _two_readings(written + parts.magnitude, ends))
    values = [_valued(numeral, parts, written) for numeral in found]
    if len(values) == 1:
        return values[0]
    names = tuple(plain(numeral.value) for numeral in reversed(found))
    return Unread("ambiguous", names, _two_readings(written, names))


def _two_readings(written: str, names: tuple[str, ...]) -> str:
    return f"'{written}' can mean {' or '.join(names)}"


def _valued(numeral: Numeral, parts: Affixes, written: str) -> Quantity:
    group = numeral.group
    if group in ("\u00a0", "'"):
        # The style keeps the very space or apostrophe that its writer used.
        group = next((c for c in written if c.isspace() or c in "'’"), group)
    value = numeral.value
    if parts.scale != 1:
        value = Decimal(plain(EXACT.multiply(value, parts.scale)))
    if parts.sign == "-" and value:
        value = value.copy_negate()
    style = Style(
        prefix=parts.prefix,
        suffix=parts.suffix,
        magnitude=parts.magnitude,
        scale=parts.scale,
        decimal=numeral.decimal,
        group=group,
        places=numeral.places,
    )
    return Quantity(value, parts.unit, style)
