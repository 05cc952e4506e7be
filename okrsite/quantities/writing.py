"""A `Quantity` → text as people write it, with every digit of its value."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from okrsite.model import Quantity, Style
from okrsite.model.quick import quick_replace as replace
from okrsite.quantities.numerals import decimal_mark
from okrsite.quantities.units import EXACT


def write_quantity(q: Quantity, style: Style | None = None) -> str:
    """Return a quantity in a style, by default its own: `$1.4M`, `5,8 %`, `1 200 ms`.

    No digit of the value is rounded away; a style's decimals are kept only where the value has
    them.
    """
    style = style or q.style
    sign = "-" if q.value < 0 else ""
    magnitude, scale = style.magnitude, style.scale
    if not q.value and (style.prefix or style.suffix):
        magnitude, scale = "", Decimal(1)
    number = _number(EXACT.divide(q.value.copy_abs(), scale), style)
    return f"{sign}{style.prefix}{number}{magnitude}{style.suffix}"


def written_alike(*quantities: Quantity | None, language: str) -> Iterator[Quantity | None]:
    """Yield quantities whose decimals will be written as one of them shows, else as in a language.

    `82,5 %` tells how a value beside `97 %` is written; the words around both do where neither
    shows a mark.
    """
    styles = [quantity.style for quantity in quantities if quantity]
    shown = (style.decimal for style in styles if _shows_mark(style))
    mark = next(shown, decimal_mark(language))
    for quantity in quantities:
        if quantity is None or _shows_mark(quantity.style) or quantity.style.decimal == mark:
            yield quantity
        else:
            yield replace(quantity, style=replace(quantity.style, decimal=mark))


def _shows_mark(style: Style) -> bool:
    return bool(style.places or style.group)


def _number(value: Decimal, style: Style) -> str:
    whole, _, part = f"{value:f}".partition(".")
    kept = part[: style.places] + part[style.places :].rstrip("0")
    if not kept.strip("0"):
        kept = ""
    grouped = _grouped(whole, style.group) if style.group else whole
    return f"{grouped}{style.decimal}{kept}" if kept else grouped


def _grouped(whole: str, group: str) -> str:
    return f"{int(whole):,}".replace(",", group)
