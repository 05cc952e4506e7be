"""A key result and its measure → the bar from baseline to target, in its own unit."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from okrsite.measure import KeyResultMeasure, ObjectiveMeasure
from okrsite.model import Bound, KeyResult, Kind, Quantity
from okrsite.quantities import write_quantity
from okrsite.views.context import Context
from okrsite.views.fragments import BarView

BOUND_SIGNS = {
    Bound.AT_LEAST: "≥",
    Bound.AT_MOST: "≤",
    Bound.ABOVE: ">",
    Bound.BELOW: "<",
    Bound.EXACTLY: "=",
}
_LONG_UNIT = 3
"""Characters of a unit past which it is written once, at the target."""
_LONGEST_UNIT = 8
"""Characters of a unit past which a bar leaves it to the title."""
_ROOM = 16
"""Characters of all three labels that fit below the narrowest bar."""
_ROOM_FOR_STRETCH = 92
"""Percent of the bar's width at which the target stands where a stretch lies beyond it."""


def view_bar(context: Context, key_result: KeyResult, measure: KeyResultMeasure) -> BarView | None:
    """Return a key result's bar; None where there is nothing to measure by."""
    draw = {
        Kind.METRIC: _metric,
        Kind.LIMIT: _limit,
        Kind.MAINTAIN: _maintain,
        Kind.MILESTONE: _milestone,
        Kind.RUBRIC: _rubric,
    }[key_result.kind]
    return draw(context, key_result, measure)


def objective_bar(context: Context, measure: ObjectiveMeasure) -> BarView | None:
    """Return an objective's bar from 0 to 100 %; None where nothing of it is measured."""
    if measure.progress is None:
        return None
    words = context.words
    return BarView(
        measure.status.value,
        percent_position(measure.progress),
        "100",
        tick_position(measure.expected),
        spoken=_spoken(context, measure.progress, measure.expected),
        now_label=words.percent(measure.progress),
    )


def percent_position(share: Fraction, scale: int = 100) -> str:
    """Return a share, clamped to 0 to 1, as a number for an SVG attribute in percent."""
    up, down = share.numerator, share.denominator
    return f"{min(max(up, 0), down) * scale / down:.4g}"


def tick_position(expected: Fraction | None, scale: int = 100) -> str:
    """Return where a bar should be today; nothing once that is its end, where no tick helps."""
    if expected is None or expected >= 1:
        return ""
    return percent_position(expected, scale)


def write_bound(key_result: KeyResult, target: Quantity) -> str:
    """Return a target with the sign of its good side: ``≥ 99.9 %``."""
    return f"{BOUND_SIGNS[key_result.bound]} {write_quantity(target)}"


def write_short(quantity: Quantity, longest: int = _LONG_UNIT) -> str:
    """Return a quantity without its unit where that is long; the target or title tells it."""
    style = quantity.style
    if len(style.suffix.strip()) <= longest:
        return write_quantity(quantity)
    return write_quantity(replace(quantity, style=replace(style, suffix="")))


def write_target(key_result: KeyResult, target: Quantity) -> str:
    """Return a target as its end of the bar says it; a change carries its sign."""
    if key_result.is_change:
        return f"{'−' if key_result.falling_words else '+'}{write_quantity(target)}"
    return write_short(target, _LONGEST_UNIT)


def _spoken(context: Context, progress: Fraction | None, expected: Fraction | None) -> str:
    words = context.words
    if progress is None:
        return words.gettext("no progress measured")
    if expected is None:
        return words.gettext("progress {progress}", progress=words.percent(progress))
    return words.gettext(
        "progress {progress}, {expected} expected by today",
        progress=words.percent(progress),
        expected=words.percent(expected),
    )


def _bar(context: Context, measure: KeyResultMeasure, now: str, scale: int = 100) -> BarView:
    """Return the bar of whatever has a progress, without its ends' labels."""
    expected = measure.expected
    return BarView(
        measure.status.value,
        percent_position(measure.shown or Fraction(0), scale),
        str(scale),
        tick_position(expected, scale),
        now_label=now,
        spoken=_spoken(context, measure.progress, expected),
    )


def _metric(context: Context, kr: KeyResult, measure: KeyResultMeasure) -> BarView | None:
    if kr.target is None:
        return None
    if kr.baseline is None:
        now = write_short(measure.current) if measure.current else ""
        bar = _bar(context, measure, now)
        return replace(bar, expected="", end_label=write_bound(kr, kr.target))
    beyond = _stretch_share(kr)
    start, now, end = _labels(kr, kr.baseline, measure.current, kr.target)
    bar = _bar(context, measure, now, _ROOM_FOR_STRETCH if beyond else 100)
    return replace(
        bar,
        start_label=start,
        end_label=end,
        stretch="100" if beyond else "",
        stretch_label=_stretch_label(context, kr),
    )


def _labels(
    kr: KeyResult, baseline: Quantity, current: Quantity | None, target: Quantity
) -> tuple[str, str, str]:
    """Return what stands below a bar: from where, now, to where, as far as there is room."""
    end = write_target(kr, target)
    for longest in (_LONG_UNIT, 0):
        start = write_short(baseline, longest)
        now = write_short(current, longest) if current else ""
        if len(start + now + end) <= _ROOM:
            return start, now, end
    # Where it began, the title mostly says as well.
    return "", now, end


def _stretch_share(kr: KeyResult) -> bool:
    """Tell whether a stretch lies beyond the target, as it should."""
    if kr.stretch is None or kr.baseline is None or kr.target is None:
        return False
    way = kr.target.value - kr.baseline.value
    return (kr.stretch.value - kr.target.value) * way > 0


def _stretch_label(context: Context, kr: KeyResult) -> str:
    if kr.stretch is None:
        return ""
    return context.words.gettext("stretch {value}", value=write_quantity(kr.stretch))


def _limit(context: Context, kr: KeyResult, measure: KeyResultMeasure) -> BarView | None:
    """Return how much of what is allowed is used up, with the time gone by as its tick."""
    if kr.target is None:
        return None
    words, used = context.words, measure.current.value if measure.current else 0
    whole = kr.target.value
    share = Fraction(used) / Fraction(whole) if whole > 0 else Fraction(1 if used > 0 else 0)
    now = words.gettext("{value} so far", value=write_short(measure.current or _zero(kr.target)))
    limit = words.gettext("at most {value}", value=write_short(kr.target, _LONGEST_UNIT))
    return BarView(
        measure.status.value,
        percent_position(share),
        "100",
        tick_position(measure.expected),
        start_label=write_short(_zero(kr.target)),
        now_label=now,
        end_label=limit,
        spoken=f"{now}, {limit}",
    )


def _zero(like: Quantity) -> Quantity:
    style = replace(like.style, magnitude="", scale=like.style.scale / like.style.scale)
    return Quantity(like.value - like.value, like.unit, style)


def _maintain(context: Context, kr: KeyResult, measure: KeyResultMeasure) -> BarView | None:
    if kr.target is None:
        return None
    now = write_short(measure.current) if measure.current else ""
    bar = _bar(context, measure, now)
    return replace(bar, expected="", end_label=write_bound(kr, kr.target))


def _milestone(context: Context, kr: KeyResult, measure: KeyResultMeasure) -> BarView:
    words = context.words
    if measure.arithmetic.formula == "done":
        return _bar(context, measure, words.gettext("done"))
    if not kr.steps:
        return _bar(context, measure, words.percent(measure.shown))
    done = sum(day is not None for day in measure.steps_done)
    now = words.ngettext("{done} of {n} step", "{done} of {n} steps", len(kr.steps), done=done)
    return _bar(context, measure, now)


def _rubric(context: Context, kr: KeyResult, measure: KeyResultMeasure) -> BarView:
    words, reached = context.words, measure.progress
    now = words.grade(reached) if reached is not None else ""
    top = max((level.grade for level in kr.rubric), default=None)
    bar = _bar(context, measure, now)
    return replace(bar, end_label=words.grade(top) if top is not None else "")
