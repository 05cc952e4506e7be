"""Exact arithmetic: decimals → fractions, clamping, weighted means; nothing here rounds."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm

ZERO = Fraction(0)
ONE = Fraction(1)


@lru_cache(maxsize=65536)
def fraction(number: Decimal) -> Fraction:
    """Return a decimal as the fraction that it is; kept, as plans repeat the same few numbers."""
    return Fraction(number)


def clamp(share: Fraction) -> Fraction:
    """Return a share no lower than 0 and no higher than 1."""
    if share.numerator < 0:
        return ZERO
    return ONE if share.numerator > share.denominator else share


def way(current: Decimal, baseline: Decimal, target: Decimal) -> Fraction:
    """Return (current − baseline) ÷ (target − baseline), whichever way that goes."""
    now, bottom = current.as_integer_ratio()
    low, low_bottom = baseline.as_integer_ratio()
    high, high_bottom = target.as_integer_ratio()
    # Over common denominators, reduced once; this is asked for every week of every key result.
    gone = (now * low_bottom - low * bottom) * high_bottom
    return Fraction(gone, (high * low_bottom - low * high_bottom) * bottom)


def mean(parts: Iterable[tuple[Fraction | None, Fraction]]) -> Fraction | None:
    """Return the mean of values by their weights; what is none is left out, none if all are.

    Weights are at least 0; where they add up to 0 there is nothing to average.
    """
    # Numerators are added by denominator and reduced once at the end, for speed.
    totals: dict[int, int] = {}
    weights: dict[int, int] = {}
    for value, weight in parts:
        if value is not None:
            top, bottom = value.as_integer_ratio()
            heavy, light = weight.as_integer_ratio()
            totals[bottom * light] = totals.get(bottom * light, 0) + top * heavy
            weights[light] = weights.get(light, 0) + heavy
    whole, whole_bottom = _sum(weights)
    top, bottom = _sum(totals)
    return Fraction(top * whole_bottom, bottom * whole) if whole else None


def _sum(tops: dict[int, int]) -> tuple[int, int]:
    """Return the sum of fractions, numerators by denominator, as numerator and denominator."""
    bottom = lcm(*tops)
    return sum(top * (bottom // each) for each, top in tops.items()), bottom
