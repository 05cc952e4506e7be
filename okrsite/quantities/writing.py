"""A `Quantity` → text as people write it, with every digit of its value."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from okrsite.model import Quantity, Style
from okrsite.model.quick import quick_replace as replace
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


def written_alike(*quantities: Quantity | None) -> Iterator[Quantity | None]:
    """Yield quantities whose decimals will be written as the first that shows a mark shows it.

    `82,5 %` tells how a value beside `97 %` is written. No language does: who may not see which
    one a team writes must not learn it from a comma.
    """
    model = next((q for q in quantities if q and _shows_mark(q.style)), None)
    yield from (marked_like(q, model) if q and model else q for q in quantities)


def marked_like(quantity: Quantity, model: Quantity) -> Quantity:
    """Return a quantity with the decimal mark of another, unless it shows one itself."""
    style = quantity.style
    if _shows_mark(style) or not _shows_mark(model.style) or style.decimal == model.style.decimal:
        return quantity
    return replace(quantity, style=replace(style, decimal=model.style.decimal))


def _shows_mark(style: Style) -> bool:
    """Tell whether a number in a style shows how decimals or thousands are marked.

    A comma was shown by another, as a point is what nobody chose.
    """
    return bool(style.places or style.group or style.decimal == ",")


def _number(value: Decimal, style: Style) -> str:
    whole, _, part = f"{value:f}".partition(".")
    kept = part[: style.places] + part[style.places :].rstrip("0")
    if not kept.strip("0"):
        kept = ""
    grouped = _grouped(whole, style.group) if style.group else whole
    return f"{grouped}{style.decimal}{kept}" if kept else grouped


def _grouped(whole: str, group: str) -> str:
    return f"{int(whole):,}".replace(",", group)
