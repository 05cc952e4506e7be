"""Single values → what JSON can hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from okrsite.model import Link, Quantity, Reference
from okrsite.model.change import Value

Cell = str | int | float | bool | None | list["Cell"] | dict[str, "Cell"]
Row = dict[str, Cell]

RESTRICTED = "restricted"
"""Stands for a reference to something that this audience may not see."""
_PLACES = 6


def number(value: Decimal | Fraction | int | None) -> int | float | None:
    """Return an exact number as JSON's: whole ones without a point, others to six places."""
    if value is None:
        return None
    if value == int(value):
        return int(value)
    return float(value) if isinstance(value, Decimal) else round(float(value), _PLACES)


def amount(quantity: Quantity | None) -> int | float | None:
    """Return a quantity's number in its unit."""
    return number(quantity.value) if quantity else None


def day(value: date | None) -> str | None:
    """Return a day as ISO 8601; None for one that is not known."""
    return value.isoformat() if value and value != date.min else None


def said(value: Value | None) -> Cell:
    """Return what a term said: a quantity as its number and unit, else a day or a text."""
    if value is None:
        return None
    if value.quantity is not None:
        return {"value": amount(value.quantity), "unit": value.quantity.unit}
    return day(value.day) or value.text


def text(value: str) -> str | None:
    """Return a text, or None where there is none."""
    return value or None


def texts(values: tuple[str, ...]) -> list[Cell]:
    """Return texts as a list."""
    return list(values)


def ref(value: Reference | None) -> str | None:
    """Return a reference with its cycle spelt out."""
    return str(value) if value else None


def links(values: tuple[Link, ...]) -> list[Cell]:
    """Return the references of links; one that may not be known is `restricted`."""
    return [str(link.target) if link.target else RESTRICTED for link in values]
