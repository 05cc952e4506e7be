"""A key result's history → SVG: its values in its own unit, against path, target and stretch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from okrsite.charts import strokes
from okrsite.charts.data import HistoryChart, Mark, Point, Tick
from okrsite.charts.frame import Frame, FramePlan, frame_of
from okrsite.charts.labels import Board, Box, Line, Place
from okrsite.charts.scale import Scale, scale_of
from okrsite.charts.svg import chart as svg_chart
from okrsite.charts.svg import fit, number, spot, status_class, text_width, words

_WIDTH, _HEIGHT = 400, 216
_TOP, _BOTTOM = 36, 192
_RIGHT = 388
_LEFT_STEP, _WIDEST = 18, 198
"""Room for the words of the axis grows by steps, so that charts share their frames."""
_BAND, _BAND_AND_UNIT = 18, 26
"""Heights above the plot that only amendments, and only amendments and units need."""
_AMENDED_Y = 10.0
_UNIT_Y = _TOP - 8.0


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A chart with its frame, its axis and the lines on it."""

    chart: HistoryChart
    frame: Frame
    scale: Scale
    line: Line
    expected: Line
    edges: Box

    def x(self, tick: Tick | Point) -> float:
        return strokes.day_x(self.frame, self.chart.timeline, tick.on)

    def y(self, value: Decimal) -> float:
        return self.scale.y(value)


def draw_history(chart: HistoryChart, write: Callable[[Decimal], str]) -> str:
    """Return the SVG of a key result's history; write turns an axis' value into words.

    ValueError where a value is not a finite number.
    """
    scale = scale_of(_values(chart), _TOP, _BOTTOM)
    axis = [(scale.y(tick), write(tick)) for tick in scale.ticks]
    sheet = _sheet(chart, scale, max((text_width(text) for _, text in axis), default=0))
    board = Board(sheet.edges._replace(left=sheet.frame.left))
    _obstruct(board, sheet)
    words_below = [tick.text for tick in chart.timeline.ticks]
    body = (
        '<g class="okr-axis-text" aria-hidden="true">',
        strokes.grid(sheet.frame, (y for y, _ in axis)),
        f'<g text-anchor="end">{strokes.axis_words(sheet.frame, axis)}</g>',
        _unit(sheet, board),
        sheet.frame.body,
        strokes.tick_words(sheet.frame, words_below, Box(2, 0, _WIDTH - 2, _HEIGHT)),
        "</g>",
        *_lines(sheet),
        *_labels(sheet, board),
        *_spots(sheet),
    )
    crop = _unused(chart)
    box = (0, crop, _WIDTH, _HEIGHT - crop)
    return svg_chart(chart.prefix, chart.title, chart.description, box, "".join(body))


def _unused(chart: HistoryChart) -> int:
    """Return the height of the frame's top that a chart leaves away."""
    if chart.amendments:
        return 0
    return _BAND if chart.unit else _BAND_AND_UNIT


def _values(chart: HistoryChart) -> list[Decimal]:
    marks = (chart.baseline, chart.target, chart.stretch, chart.forecast)
    return [
        *(point.value for point in chart.points),
        *(value for _, value in chart.expected),
        *(mark.value for mark in marks if mark),
    ]


def _sheet(chart: HistoryChart, scale: Scale, widest: float) -> _Sheet:
    left = min(_LEFT_STEP * ceil(max(widest + 8, 30) / _LEFT_STEP), _WIDEST)
    span, ticks, small = strokes.days(chart.timeline)
    plan = FramePlan(_WIDTH, _HEIGHT, left, _RIGHT, ((_TOP, _BOTTOM),), span, ticks, small)
    frame = frame_of(plan)
    values = [(point.on, point.value) for point in chart.points]
    return _Sheet(
        chart,
        frame,
        scale,
        strokes.curve(frame, chart.timeline, scale, values),
        strokes.curve(frame, chart.timeline, scale, chart.expected),
        Box(2, _unused(chart) + 1, _WIDTH - 2, _BOTTOM - 1),
    )


def _today(sheet: _Sheet) -> Line:
    timeline = sheet.chart.timeline
    if timeline.today is None or not timeline.start <= timeline.today.on <= timeline.end:
        return []
    x = sheet.x(timeline.today)
    return [(x, _TOP), (x, _BOTTOM)]


def _ahead(sheet: _Sheet) -> Line:
    """Return the line from the newest point to where it is thought to end."""
    forecast = sheet.chart.forecast
    if forecast is None:
        return []
    return [*sheet.line[-1:], (sheet.x(forecast), sheet.y(forecast.value))]


def _amended(sheet: _Sheet) -> Iterator[Line]:
    for amendment in sheet.chart.amendments:
        x = sheet.x(amendment)
        yield [(x, _AMENDED_Y + 6), (x, _BOTTOM)]


def _level(sheet: _Sheet, mark: Mark | None) -> Line:
    if mark is None:
        return []
    y = sheet.y(mark.value)
    return [(sheet.frame.left, y), (sheet.frame.right, y)]


def _obstruct(board: Board, sheet: _Sheet) -> None:
    """Put on the board what no words should stand on."""
    for line in (sheet.line, sheet.expected, _ahead(sheet)):
        board.draw(line)
    for mark in (sheet.chart.target, sheet.chart.stretch):
        board.draw(_level(sheet, mark))
    for line in (_today(sheet), *_amended(sheet)):
        board.draw(line, thin=True)
    board.dot([*sheet.line, *_ahead(sheet)[-1:]], 3)


def _unit(sheet: _Sheet, board: Board) -> str:
    """Return the unit above the axis, which long ones reach beyond."""
    if not sheet.chart.unit:
        return ""
    text = fit(sheet.chart.unit, _WIDTH - 4)
    right = max(sheet.frame.left - 6, 2 + text_width(text))
    board.take(Box(0, _UNIT_Y - 10, right, _UNIT_Y + 3))
    return words(right, _UNIT_Y, text, "", "end")


def _lines(sheet: _Sheet) -> Iterator[str]:
    yield strokes.stroke(_today(sheet), "okr-today")
    yield strokes.stroke(_level(sheet, sheet.chart.stretch), "okr-stretch")
    yield strokes.stroke(_level(sheet, sheet.chart.target), "okr-target")
    yield strokes.stroke(sheet.expected, "okr-expected")
    for line in _amended(sheet):
        yield strokes.stroke(line, "okr-amended")
    status = status_class(sheet.chart.status)
    yield strokes.stroke(_ahead(sheet), f"okr-forecast{status}")
    yield strokes.stroke(sheet.line, f"okr-line{status}")


def _labels(sheet: _Sheet, board: Board) -> Iterator[str]:
    """Yield the words in the plot, the most important first, as each takes room from the next."""
    chart = sheet.chart
    if sheet.line:
        yield board.put(chart.latest, "okr-latest", strokes.around(*sheet.line[-1]))
    for mark, classes in ((chart.target, "okr-label"), (chart.stretch, "")):
        if mark is not None:
            yield board.put(mark.text, classes, _along(sheet, sheet.y(mark.value)))
    if chart.forecast is not None:
        yield board.put(chart.forecast.text, "", strokes.around(*_ahead(sheet)[-1]))
    yield board.put_if_free(chart.expected_text, "", strokes.beside(sheet.expected))
    yield from _amendment_words(sheet)
    if chart.timeline.today is not None:
        yield board.put_if_free(chart.timeline.today.text, "", _beside_today(sheet))


def _beside_today(sheet: _Sheet) -> Iterator[Place]:
    """Yield the places beside the line of today, from the bottom up."""
    for x, _ in _today(sheet)[:1]:
        for y in range(_BOTTOM - 5, _TOP, -16):
            yield Place(x + 5, y)
            yield Place(x - 5, y, "end")


def _along(sheet: _Sheet, y: float) -> list[Place]:
    """Return the places along a level, right end first, on the free side of it first."""
    left, right = sheet.frame.left + 5, sheet.frame.right
    middle = (left + right) / 2
    sides = (y + 15, y - 6) if y + 18 < _BOTTOM and y > (_TOP + _BOTTOM) / 2 else (y - 6, y + 15)
    return [
        Place(x, base, anchor)
        for x, anchor in ((right, "end"), (left, ""), (middle, "middle"))
        for base in sides
    ]


def _amendment_words(sheet: _Sheet) -> Iterator[str]:
    """Yield what was amended, beside its diamond, where no other diamond or words stand."""
    band = Board(Box(2, 0, _WIDTH - 2, _UNIT_Y - 10))
    for x in map(sheet.x, sheet.chart.amendments):
        band.take(Box(x - 4, 4, x + 4, 16))
    for amendment in sheet.chart.amendments:
        x, y = sheet.x(amendment), _AMENDED_Y + 4.5
        places = [Place(x + 9, y), Place(x - 9, y, "end")]
        yield band.put_if_free(amendment.text, "okr-accent", places)


def _spots(sheet: _Sheet) -> Iterator[str]:
    chart = sheet.chart
    for amendment in chart.amendments:
        x = sheet.x(amendment)
        shape = f'<path d="M{number(x)} {number(_AMENDED_Y - 6)}l6 6-6 6-6-6z"/>'
        tip = strokes.tip(amendment.text, x, _AMENDED_Y, sheet.edges)
        yield spot(amendment.text, shape + tip, " okr-amendment")
    yield f'<g class="okr-points{status_class(chart.status)}">'
    if chart.forecast is not None:
        x, y = _ahead(sheet)[-1]
        title = strokes.point_title(chart.forecast)
        shape = f'<circle class="okr-open" cx="{number(x)}" cy="{number(y)}" r="4"/>'
        yield spot(title, shape + strokes.tip(title, x, y, sheet.edges))
    yield strokes.spots(chart.points, sheet.line, sheet.edges, chart.status)
    yield "</g>"
