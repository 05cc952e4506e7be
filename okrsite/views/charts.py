"""Measures → what charts draw: values with their words, and a table of the same numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial

from okrsite.charts import (
    Mark,
    Panel,
    Point,
    StatusKind,
    StatusWeek,
    StatusWeeksChart,
    Tick,
    Timeline,
    TrendsChart,
    draw_status_weeks,
    draw_trends,
)
from okrsite.measure import WeekMeasure
from okrsite.model import Cycle
from okrsite.views.context import Context
from okrsite.views.fragments import ChartView
from okrsite.views.parts import COUNT_ORDER
from okrsite.words import NONE, STATUS_WORDS, Words

_HUNDRED = Decimal(100)
_FEW_DAYS = 45
"""Cycles up to so many days have a tick at each week, longer ones at each month."""


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
        Point(week.as_of, in_percent(value), _week_text(words, week), words.percent(value))
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


def in_percent(share: Fraction) -> Decimal:
    """Return a share as a number of hundredths."""
    return _decimal(share * 100)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
