"""A cycle's weeks → how many key results were checked in, as a chart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from okrsite.charts import Mark, Panel, Point, TrendsChart, draw_trends
from okrsite.measure import WeekMeasure
from okrsite.model import Cycle
from okrsite.views.charts import view_timeline
from okrsite.views.context import Context
from okrsite.views.fragments import ChartView
from okrsite.views.outcomes import share_of
from okrsite.words import Words


def view_check_in_weeks(
    context: Context, cycle: Cycle, weeks: tuple[WeekMeasure, ...]
) -> ChartView | None:
    """Return which share of the key results was up to date and checked in, week by week.

    None before the second week, and where there are none.
    """
    if len(weeks) < 2 or not any(week.of for week in weeks):
        return None
    words, say = context.words, context.words.gettext
    title = say("Check-ins, week by week")
    chart = TrendsChart(
        prefix="check-ins",
        title=title,
        description=say(
            "Which share of the key results was up to date; the table has the numbers."
        ),
        timeline=view_timeline(context, cycle),
        panels=(
            _panel(words, say("Up to date"), [(week, week.fresh) for week in weeks]),
            _panel(words, say("Checked in that week"), [(week, week.checked_in) for week in weeks]),
        ),
    )
    columns = (say("Week"), say("Up to date"), say("Checked in that week"), say("Key results"))
    rows = tuple(
        (
            _say_week(words, week.week, week.as_of),
            words.percent(share_of(week.fresh, week.of)),
            words.percent(share_of(week.checked_in, week.of)),
            str(week.of),
        )
        for week in weeks
    )
    return ChartView(title, lambda: draw_trends(chart), columns, rows)


def _panel(words: Words, title: str, weeks: list[tuple[WeekMeasure, int]]) -> Panel:
    points = tuple(
        Point(
            on=week.as_of,
            value=Decimal(100 * count) / week.of,
            when=_say_week(words, week.week, week.as_of),
            text=words.percent(Fraction(count, week.of)),
        )
        for week, count in weeks
        if week.of
    )
    return Panel(
        title=title,
        ticks=tuple(Mark(Decimal(n), words.percent(Fraction(n, 100))) for n in (0, 50, 100)),
        points=points,
        latest=points[-1].text if points else "",
    )


def _say_week(words: Words, number: int, end: date) -> str:
    return words.gettext("week {week}, to {date}", week=number, date=words.date(end))
