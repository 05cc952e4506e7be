"""Values → an axis: how far it reaches, where its lines stand, and the y of a value.

Exact in decimals, so that a tick is 0.3 and a trillion loses no cent; and by itself, because a
build whose frames are kept must not import matplotlib for five numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Context, Decimal, localcontext

_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10), Decimal(20), Decimal(50))
_AIR = Decimal("0.09")
"""Kept free above and below the values, as a share of their range."""
_MOST = 5
"""Lines that an axis has at most."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from low (at bottom) to high (at top); y grows downwards."""

    low: Decimal
    high: Decimal
    top: float
    bottom: float
    ticks: tuple[Decimal, ...]

    def y(self, value: Decimal) -> float:
        """Return the y of a value."""
        reach = _EXACT.subtract(self.high, self.low)
        share = _EXACT.divide(_EXACT.subtract(value, self.low), reach)
        return self.bottom - float(share) * (self.bottom - self.top)


def scale_of(values: Sequence[Decimal], top: float, bottom: float) -> Scale:
    """Return the axis on which all values stand, with lines at round numbers.

    Without any value it runs from 0 to 1. ValueError where a value is not a finite number.
    """
    _refuse_endless(values)
    with localcontext(_EXACT):
        whole = all(value == value.to_integral_value() for value in values)
        low, high = _reach(values, whole=whole)
        return Scale(low, high, top, bottom, _round_numbers(low, high, whole=whole))


def fixed_scale(
    ticks: Sequence[Decimal], values: Sequence[Decimal], top: float, bottom: float
) -> Scale:
    """Return the axis with the given lines, widened to all values.

    ValueError where a value is not a finite number, or the lines are fewer than two.
    """
    _refuse_endless((*ticks, *values))
    if len(set(ticks)) < 2:
        raise ValueError("an axis needs two lines")
    low, high = min(*ticks, *values), max(*ticks, *values)
    return Scale(low, high, top, bottom, tuple(ticks))


def _refuse_endless(values: Sequence[Decimal]) -> None:
    if not all(value.is_finite() for value in values):
        raise ValueError("a chart's values must be finite numbers")


def _reach(values: Sequence[Decimal], *, whole: bool) -> tuple[Decimal, Decimal]:
    if not values:
        return Decimal(0), Decimal(1)
    low, high = min(values), max(values)
    air = (high - low) * _AIR
    if not air:
        air = max(abs(low) / 10, Decimal(1)) if whole else abs(low) / 10
    # Counts and durations never fall below nothing, and the axis shows that.
    reach_low = max(low - air, Decimal(0)) if low >= 0 else low - air
    reach_high = min(high + air, Decimal(0)) if high <= 0 and low < high else high + air
    return reach_low, reach_high


def _round_numbers(low: Decimal, high: Decimal, *, whole: bool) -> tuple[Decimal, ...]:
    least = (high - low) / _MOST
    exponent = least.adjusted()
    steps = (step.scaleb(exponent) for step in _STEPS)
    fitting = (step for step in steps if step >= least)
    step = next(s for s in fitting if not whole or s == s.to_integral_value())
    first = (low / step).to_integral_value(ROUND_CEILING)
    ticks = [(first + place) * step for place in range(_MOST + 1)]
    return tuple(_plain(tick) for tick in ticks if tick <= high)


def _plain(value: Decimal) -> Decimal:
    """Return a number without an exponent and without zeros at the end of its decimals."""
    return Decimal(f"{value.normalize():f}")
