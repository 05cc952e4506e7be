"""Measures → what charts draw: values with their words, and a table of the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial

from okrsite.charts import (
    HistoryChart,
    Mark,
    Panel,
    Point,
    StatusKind,
    StatusWeek,
    StatusWeeksChart,
    Tick,
    Timeline,
    TrendsChart,
    draw_history,
    draw_status_weeks,
    draw_trends,
)
from okrsite.measure import KeyResultMeasure, WeekMeasure
from okrsite.model import Cycle, KeyResult, Kind, Quantity
from okrsite.prose import plain
from okrsite.quantities import write_quantity
from okrsite.views.bars import write_bound, write_target
from okrsite.views.context import Context
from okrsite.views.fragments import ChartView
from okrsite.views.parts import COUNT_ORDER
from okrsite.words import NONE, STATUS_WORDS, Words, say_change

_HUNDRED = Decimal(100)
_FEW_DAYS = 45
"""Cycles up to so many days have a tick at each week, longer ones at each month."""


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


def view_trends(
    context: Context, title: str, prefix: str, cycle: Cycle, weeks: tuple[WeekMeasure, ...]
) -> ChartView | None:
    """Return an owner's confidence and progress by week; None before the second week."""
    if len(weeks) < 2:
        return None
    words = context.words
    chart = TrendsChart(
        prefix=prefix,
        title=title,
        description=words.gettext("Confidence and progress by week; the table has the numbers."),
        timeline=view_timeline(context, cycle),
        panels=(_confidence_panel(words, weeks), _progress_panel(words, cycle, weeks)),
    )
    columns = (words.gettext("Week"), words.gettext("Confidence"), words.gettext("Progress"))
    rows = tuple(
        (
            _week_text(words, week),
            words.number(week.confidence) if week.confidence is not None else NONE,
            words.percent(week.progress),
        )
        for week in weeks
    )
    return ChartView(title, partial(draw_trends, chart), columns, rows)


def view_status_weeks(
    context: Context, title: str, prefix: str, cycle: Cycle, weeks: tuple[WeekMeasure, ...]
) -> ChartView | None:
    """Return how many key results had which status, week by week; None without any."""
    if not any(week.counts for week in weeks):
        return None
    words = context.words
    used = [status for status in COUNT_ORDER if any(week.counts.get(status) for week in weeks)]
    chart = StatusWeeksChart(
        prefix=prefix,
        title=title,
        description=words.gettext("Key results by status and week; the table has the numbers."),
        kinds=tuple(StatusKind(s.value, words.gettext(STATUS_WORDS[s])) for s in used),
        weeks=tuple(_status_week(words, cycle, number, weeks) for number in _numbers(cycle)),
        unit=words.gettext("key results"),
    )
    columns = (words.gettext("Week"), *(words.gettext(STATUS_WORDS[s]) for s in used))
    rows = tuple(
        (_week_text(words, week), *(str(week.counts.get(s, 0)) for s in used)) for week in weeks
    )
    return ChartView(title, partial(draw_status_weeks, chart), columns, rows)


def view_timeline(context: Context, cycle: Cycle) -> Timeline:
    """Return a cycle's days with ticks at its ends and at months, or weeks in short ones."""
    words, as_of = context.words, context.company.as_of
    between = _weeks(cycle) if cycle.days <= _FEW_DAYS else _months(cycle)
    ends = [Tick(cycle.start, words.date(cycle.start)), Tick(cycle.end, words.date(cycle.end))]
    ticks = [ends[0], *(Tick(day, words.date(day)) for day in between), ends[1]]
    inside = cycle.start <= as_of <= cycle.end
    today = Tick(as_of, words.gettext("today")) if inside else None
    return Timeline(cycle.start, cycle.end, tuple(ticks), today)


def _months(cycle: Cycle) -> Iterable[date]:
    step = 3 if cycle.days > 200 else 1
    months = range(cycle.start.year * 12 + cycle.start.month, cycle.end.year * 12 + cycle.end.month)
    return (date(month // 12, month % 12 + 1, 1) for month in months[step - 1 :: step])


def _weeks(cycle: Cycle) -> Iterable[date]:
    return (cycle.start + timedelta(days=7 * week) for week in range(1, cycle.weeks))


def _points(context: Context, measure: KeyResultMeasure) -> tuple[Point, ...]:
    words = context.words
    points = []
    for point in measure.history:
        if point.value is not None:
            value, text = point.value.value, write_quantity(point.value)
        elif point.share is not None:
            value, text = _percent(point.share), words.percent(point.share)
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


def _confidence_panel(words: Words, weeks: tuple[WeekMeasure, ...]) -> Panel:
    known = [(week, week.confidence) for week in weeks if week.confidence is not None]
    points = tuple(
        Point(week.as_of, _decimal(value), _week_text(words, week), words.number(value))
        for week, value in known
    )
    return Panel(
        title=words.gettext("Confidence"),
        ticks=tuple(Mark(Decimal(n), str(n)) for n in (0, 4, 7, 10)),
        points=points,
        latest=points[-1].text if points else "",
    )


def _progress_panel(words: Words, cycle: Cycle, weeks: tuple[WeekMeasure, ...]) -> Panel:
    known = [(week, week.progress) for week in weeks if week.progress is not None]
    points = tuple(
        Point(week.as_of, _percent(value), _week_text(words, week), words.percent(value))
        for week, value in known
    )
    return Panel(
        title=words.gettext("Progress"),
        ticks=tuple(Mark(Decimal(n), words.percent(Fraction(n, 100))) for n in (0, 50, 100)),
        points=points,
        latest=points[-1].text if points else "",
        expected=((cycle.start, Decimal(0)), (cycle.end, _HUNDRED)),
        expected_text=words.gettext("expected"),
    )


def _status_week(
    words: Words, cycle: Cycle, number: int, weeks: tuple[WeekMeasure, ...]
) -> StatusWeek:
    known = {week.week: week for week in weeks}
    counts = known[number].counts if number in known else {}
    return StatusWeek(
        text=str(number),
        when=_week_words(words, number, cycle.week_end(number)),
        counts=tuple((status.value, counts[status]) for status in COUNT_ORDER if status in counts),
    )


def _week_text(words: Words, week: WeekMeasure) -> str:
    return _week_words(words, week.week, week.as_of)


def _week_words(words: Words, number: int, end: date) -> str:
    return words.gettext("week {week}, to {date}", week=number, date=words.date(end))


def _numbers(cycle: Cycle) -> range:
    return range(1, cycle.weeks + 1)


def _percent(share: Fraction) -> Decimal:
    return _decimal(share * 100)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
