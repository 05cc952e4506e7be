"""A key result and what was said of it → the chart of its values over its cycle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial

from okrsite.charts import HistoryChart, Mark, Point, Tick, draw_history
from okrsite.measure import KeyResultMeasure
from okrsite.model import Cycle, KeyResult, Kind, Quantity
from okrsite.prose import plain
from okrsite.quantities import write_quantity
from okrsite.views.bars import write_bound, write_target
from okrsite.views.charts import in_percent, view_timeline
from okrsite.views.context import Context
from okrsite.views.fragments import ChartView
from okrsite.words import STATUS_WORDS, say_change

_HUNDRED = Decimal(100)


def view_history(
    context: Context, key_result: KeyResult, measure: KeyResultMeasure, cycle: Cycle
) -> ChartView | None:
    """Return a key result's values over its cycle; None where fewer than two are known.

    The table of the same numbers is the list of check-ins that stands below it.
    """
    points = _points(context, measure)
    if len(points) < 2:
        return None
    words, title = context.words, plain(key_result.title)
    start, end = words.date(cycle.start), words.date(cycle.end)
    chart = HistoryChart(
        prefix=f"kr-{key_result.ref.key_result or key_result.ref.objective}",
        title=words.gettext("{title}, {start} to {end}", title=title, start=start, end=end),
        description=_description(context, key_result, points),
        timeline=view_timeline(context, cycle),
        points=points,
        status=measure.status.value,
        latest=points[-1].text,
        unit=_unit(key_result, measure),
        baseline=_mark(key_result.baseline),
        target=_target(context, key_result, measure),
        stretch=_mark(key_result.stretch, words.gettext("stretch")),
        expected=_expected(key_result, measure),
        expected_text=words.gettext("expected"),
        amendments=_amendments(context, key_result),
        forecast=_forecast(context, key_result, cycle),
    )
    return ChartView(title, partial(draw_history, chart, _writer(key_result, measure)), (), ())


def _points(context: Context, measure: KeyResultMeasure) -> tuple[Point, ...]:
    words = context.words
    points = []
    for point in measure.history:
        if point.value is not None:
            value, text = point.value.value, write_quantity(point.value)
        elif point.share is not None:
            value, text = in_percent(point.share), words.percent(point.share)
        else:
            continue
        check_in = point.check_in
        note = plain(check_in.note or check_in.blocker) if check_in else ""
        status = check_in.status if check_in else None
        points.append(
            Point(
                on=point.date,
                value=value,
                when=words.date(point.date),
                text=text,
                note=note,
                status=status.value if status else "",
                status_text=words.gettext(STATUS_WORDS[status]) if status else "",
            )
        )
    return tuple(points)


def _description(
    context: Context,
    key_result: KeyResult,
    points: tuple[Point, ...],
) -> str:
    words = context.words
    said = words.gettext(
        "From {first} on {start} to {last} on {end}.",
        first=points[0].text,
        start=points[0].when,
        last=points[-1].text,
        end=points[-1].when,
    )
    if key_result.target is None:
        return said
    target = words.gettext("The target is {target}.", target=write_quantity(key_result.target))
    return f"{said} {target}"


def _writer(key_result: KeyResult, measure: KeyResultMeasure) -> Callable[[Decimal], str]:
    """Return what writes the axis' numbers: as people do, without the unit that stands above."""
    shown = measure.current or key_result.target
    if shown is None:
        return lambda value: f"{value.normalize():f}"
    style = replace(shown.style, prefix="", suffix="")
    return lambda value: write_quantity(Quantity(value, shown.unit, style))


def _unit(key_result: KeyResult, measure: KeyResultMeasure) -> str:
    shown = measure.current or key_result.target
    return (shown.style.prefix + shown.style.suffix).strip() if shown else "%"


def _mark(quantity: Quantity | None, word: str = "") -> Mark | None:
    if quantity is None:
        return None
    text = write_quantity(quantity)
    return Mark(quantity.value, f"{word} {text}" if word else text)


def _target(context: Context, key_result: KeyResult, measure: KeyResultMeasure) -> Mark | None:
    words, target = context.words, key_result.target
    if target is None:
        return Mark(_HUNDRED, words.percent(Fraction(1))) if measure.current is None else None
    plainly = key_result.baseline is not None
    text = write_target(key_result, target) if plainly else write_bound(key_result, target)
    return Mark(target.value, words.gettext("target {value}", value=text))


def _expected(key_result: KeyResult, measure: KeyResultMeasure) -> tuple[tuple[date, Decimal], ...]:
    baseline, target = key_result.baseline, key_result.target
    if measure.expected is None or target is None:
        return ()
    if key_result.kind is Kind.LIMIT:
        return ((measure.start, Decimal(0)), (measure.due, target.value))
    if baseline is None:
        return ()
    between = ((day, quantity.value) for day, quantity in key_result.checkpoints)
    return ((measure.start, baseline.value), *between, (measure.due, target.value))


def _amendments(context: Context, key_result: KeyResult) -> tuple[Tick, ...]:
    """Return the days on which this key result was amended, and what changed, as far as known."""
    plan = context.company.plan(key_result.ref.owner, key_result.ref.cycle)
    days: dict[date, list[str]] = {}
    for amendment in plan.amendments if plan else ():
        if amendment.about == key_result.ref:
            said = days.setdefault(amendment.date, [])
            said += [say_change(context.words, amendment.change)] if amendment.change else []
    amended = context.words.gettext("amended")
    return tuple(Tick(day, ", ".join(said) or amended) for day, said in sorted(days.items()))


def _forecast(context: Context, key_result: KeyResult, cycle: Cycle) -> Point | None:
    """Return where the newest check-in thinks it will end."""
    said = [c for c in key_result.check_ins if not c.from_feed]
    if not said or said[-1].forecast is None:
        return None
    words, forecast = context.words, said[-1].forecast
    text = words.gettext("forecast {value}", value=write_quantity(forecast))
    return Point(cycle.end, forecast.value, words.date(cycle.end), text)
