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
    top, bottom = share.as_integer_ratio()
    if top < 0:
        return ZERO
    return ONE if top > bottom else share


def way(current: Decimal, baseline: Decimal, target: Decimal) -> Fraction:
    """Return (current − baseline) ÷ (target − baseline), whichever way that goes."""
    now, bottom = current.as_integer_ratio()
    low, low_bottom = baseline.as_integer_ratio()
    high, high_bottom = target.as_integer_ratio()
    # Over common denominators, reduced once; this is asked for every week of every key result.
    gone = (now * low_bottom - low * bottom) * high_bottom
    return Fraction(gone, (high * low_bottom - low * high_bottom) * bottom)


def total(numbers: Iterable[Decimal]) -> Fraction:
    """Return the sum of some decimals, whatever their digits."""
    top, bottom = 0, 1
    for number in numbers:
        more, under = number.as_integer_ratio()
        common = lcm(bottom, under)
        top, bottom = top * (common // bottom) + more * (common // under), common
    return Fraction(top, bottom)


def mean(parts: Iterable[tuple[Fraction | None, Fraction]]) -> Fraction | None:
    """Return the mean of values by their weights; what is none is left out, none if all are.

    Weights are at least 0; where they add up to 0 there is nothing to average.
    """
    # Both sums are kept over a common denominator and reduced once at the end, for speed.
    sum_, below, whole, light = 0, 1, 0, 1
    for value, weight in parts:
        if value is None:
            continue
        heavy, under = weight.as_integer_ratio()
        top, bottom = value.as_integer_ratio()
        top, bottom = top * heavy, bottom * under
        if under != light:
            common = lcm(light, under)
            whole, heavy, light = whole * (common // light), heavy * (common // under), common
        whole += heavy
        if bottom != below:
            common = lcm(below, bottom)
            sum_, top, below = sum_ * (common // below), top * (common // bottom), common
        sum_ += top
    return Fraction(sum_ * light, below * whole) if whole else None
