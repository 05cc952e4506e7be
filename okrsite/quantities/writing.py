"""A `Quantity` → text as people write it, with every digit of its value."""

from __future__ import annotations

from decimal import Decimal

from okrsite.model import Quantity, Style
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


def _number(value: Decimal, style: Style) -> str:
    whole, _, part = f"{value:f}".partition(".")
    kept = part[: style.places] + part[style.places :].rstrip("0")
    if not kept.strip("0"):
        kept = ""
    grouped = _grouped(whole, style.group) if style.group else whole
    return f"{grouped}{style.decimal}{kept}" if kept else grouped


def _grouped(whole: str, group: str) -> str:
    return f"{int(whole):,}".replace(",", group)
