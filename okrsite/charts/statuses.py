"""Counts of statuses by week → SVG: stacked bars, each status with its shape, colour and word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from math import ceil

from okrsite.charts import strokes
from okrsite.charts.data import StatusKind, StatusWeek, StatusWeeksChart
from okrsite.charts.frame import Frame, FramePlan, frame_of
from okrsite.charts.labels import Box
from okrsite.charts.scale import Scale, scale_of
from okrsite.charts.svg import TEXT_SIZE, fit, number, spot, text_width, words
from okrsite.charts.svg import chart as svg_chart

_WIDTH, _HEIGHT = 400, 200
_TOP, _BOTTOM = 24, 176
_LEFT, _RIGHT = 36, 396
_STEP = 12
"""By which the room for the words of the axis grows, so that charts share their frames."""
_ROW = 20
"""Height of a line of the legend."""
_ROOM = 11
"""Height and width that a shape needs in its bar."""
_SHARE = 0.8
"""Of a week's width that its bar takes."""

_SHAPES = {
    "on-track": ("●", "h0"),
    "at-risk": ("▲", "m-4 3h8l-4-6.5z"),
    "off-track": ("■", "h0"),
    "achieved": ("✓", "m-3.5 0l2.5 2.5 4.5-5"),
    "missed": ("✕", "m-3-3l6 6m0-6l-6 6"),
    "not-started": ("–", "m-3.5 0h7"),
    "outdated": ("○", "m0-3a3 3 0 1 1-.1 0z"),
    "paused": ("‖", "m-2-3v6m4-6v6"),
    "cancelled": ("∕", "m-3 3l6-6"),
    "unknown": ("?", "m-2-2c0-2.5 4-2.5 4 0 0 1.7-2 1-2 2.8m0 2.4h0"),
}
"""Each status' sign for words, and its shape as strokes around the point before it. A dot is a
stroke of no length, round or square by its class' line ends."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A status' part of one bar."""

    slug: str
    middle: float
    top: float
    bottom: float


def draw_status_weeks(chart: StatusWeeksChart) -> str:
    """Return the SVG of the counts of statuses, week by week, with a legend below.

    ValueError where a status is none of the ten, or counted without being one of the chart's.
    """
    _refuse_strangers(chart)
    counted = [sum(count for _, count in week.counts) for week in chart.weeks]
    scale = scale_of([Decimal(0), Decimal(max([1, *counted]))], _TOP, _BOTTOM)
    ticks = [(scale.y(tick), str(tick)) for tick in scale.ticks]
    frame = _frame(len(chart.weeks), max(text_width(text) for _, text in ticks))
    parts = list(_parts(chart, frame, scale))
    kinds = [kind for kind in chart.kinds if any(part.slug == kind.slug for part in parts)]
    legend, rows = _legend(kinds)
    body = (
        '<g class="okr-axis-text" aria-hidden="true">',
        strokes.grid(frame, (y for y, _ in ticks if y < _BOTTOM)),
        f'<g text-anchor="end">{strokes.axis_words(frame, ticks)}</g>',
        words(2, _TOP - 11, fit(chart.unit, _WIDTH - 4)) if chart.unit else "",
        frame.body,
        f'<g text-anchor="middle">{_week_words(chart, frame)}</g></g>',
        *_bars(parts, kinds, frame),
        legend,
        *_spots(chart, frame),
    )
    box = (0, 0, _WIDTH, _HEIGHT + rows * _ROW)
    return svg_chart(chart.prefix, chart.title, chart.description, box, "".join(body))


def _refuse_strangers(chart: StatusWeeksChart) -> None:
    known = {kind.slug for kind in chart.kinds}
    counted = {slug for week in chart.weeks for slug, _ in week.counts}
    strangers = (counted - known) | (known - _SHAPES.keys())
    if strangers:
        raise ValueError(f"statuses without a word or a shape: {', '.join(sorted(strangers))}")


def _frame(weeks: int, widest: float) -> Frame:
    """Return the frame of so many weeks; counts of thousands widen its axis by a step."""
    middles = tuple(place + 0.5 for place in range(weeks))
    sides, span = ((_TOP, _BOTTOM),), float(max(weeks, 1))
    left = _LEFT + _STEP * max(ceil((widest + 8 - _LEFT) / _STEP), 0)
    return frame_of(FramePlan(_WIDTH, _HEIGHT, left, _RIGHT, sides, span, middles))


def _step(frame: Frame) -> float:
    return (frame.right - frame.left) / frame.span


def _week_words(chart: StatusWeeksChart, frame: Frame) -> str:
    """Return the words below the bars, of every second, third… where they would touch."""
    widest = max((text_width(week.text) for week in chart.weeks), default=0.0)
    every = ceil((widest + 6) / _step(frame))
    shown = list(zip(chart.weeks, frame.ticks, strict=True))[::every]
    return "".join(words(x, y, fit(week.text, _LEFT)) for week, (x, y) in shown)


def _parts(chart: StatusWeeksChart, frame: Frame, scale: Scale) -> Iterator[_Part]:
    """Yield the parts of all bars, each bar from the bottom up, without the empty ones."""
    for index, week in enumerate(chart.weeks):
        counts = dict(week.counts)
        heights = [counts.get(kind.slug, 0) for kind in chart.kinds]
        for kind, count, top in zip(chart.kinds, heights, accumulate(heights), strict=True):
            if count:
                low, high = scale.y(Decimal(top - count)), scale.y(Decimal(top))
                yield _Part(kind.slug, frame.x(index + 0.5), high, low)


def _bars(parts: list[_Part], kinds: list[StatusKind], frame: Frame) -> Iterator[str]:
    """Yield for each status one path of all its bars, as wide strokes, and one of its shapes."""
    wide = _step(frame) * _SHARE
    yield f'<g class="okr-bars" stroke-width="{number(wide)}">'
    for kind in kinds:
        own = [part for part in parts if part.slug == kind.slug]
        yield f'<path class="okr-{kind.slug}" d="{"".join(map(_bar, own))}"/>'
    yield "</g>"
    for kind in kinds if wide >= _ROOM else ():
        roomy = [part for part in parts if part.slug == kind.slug]
        roomy = [part for part in roomy if part.bottom - part.top >= _ROOM]
        yield _shapes(kind.slug, [(part.middle, (part.top + part.bottom) / 2) for part in roomy])


def _bar(part: _Part) -> str:
    """Return one bar from its foot to just below its top, so that neighbours stay apart."""
    foot, top = round(part.bottom), round(part.top)
    head = top + 1 if foot - top > 1 else top
    return f"M{part.middle:.0f} {foot}V{head}" if foot > top else ""


def _shapes(slug: str, centres: list[tuple[float, float]]) -> str:
    shape = _SHAPES[slug][1]
    drawn = "".join(f"M{x:.0f} {y:.0f}{shape}" for x, y in centres)
    return f'<path class="okr-sign okr-{slug}" d="{drawn}"/>' if drawn else ""


def _legend(kinds: list[StatusKind]) -> tuple[str, int]:
    """Return the legend, flowing from left to right, and how many lines it takes."""
    x, row, pieces = 2.0, 0, []
    for kind in kinds:
        text = fit(kind.text, _WIDTH - 20)
        wide = 16 + text_width(text)
        if x > 2 and x + wide > _WIDTH - 2:
            x, row = 2.0, row + 1
        y = _HEIGHT + row * _ROW + 12
        pieces.append(_shapes(kind.slug, [(x + 6, y - 0.33 * TEXT_SIZE)]))
        pieces.append(words(x + 16, y, text))
        x += wide + 14
    legend = f'<g class="okr-legend">{"".join(pieces)}</g>' if pieces else ""
    return legend, row + 1 if pieces else 0


def _spots(chart: StatusWeeksChart, frame: Frame) -> Iterator[str]:
    edges = Box(2, 0, _WIDTH - 2, _TOP)
    yield f'<g class="okr-weeks" stroke-width="{number(_step(frame))}">'
    for index, week in enumerate(chart.weeks):
        if week.counts:
            x = frame.x(index + 0.5)
            shape = f'<path d="M{x:.0f} {_BOTTOM}V{_TOP}"/>'
            signs = strokes.tip(_in_signs(week, chart.kinds), x, _TOP + 2, edges)
            yield spot(_in_words(week, chart.kinds), shape + signs)
    yield "</g>"


def _counted(week: StatusWeek, kinds: tuple[StatusKind, ...]) -> Iterator[tuple[StatusKind, int]]:
    counts = dict(week.counts)
    return ((kind, counts[kind.slug]) for kind in kinds if counts.get(kind.slug))


def _in_words(week: StatusWeek, kinds: tuple[StatusKind, ...]) -> str:
    counted = (f"{count} {kind.text}" for kind, count in _counted(week, kinds))
    return " · ".join((week.when, *counted))


def _in_signs(week: StatusWeek, kinds: tuple[StatusKind, ...]) -> str:
    """Return the counts short enough to stand above the bars; the legend tells the signs."""
    counted = (f"{_SHAPES[kind.slug][0]}{count}" for kind, count in _counted(week, kinds))
    return " ".join(counted)
