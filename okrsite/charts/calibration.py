"""Confidence in the middle against the grade at the end → SVG, with the line where both agree."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from okrsite.charts import strokes
from okrsite.charts.data import Bubble, CalibrationChart
from okrsite.charts.frame import Frame, FramePlan, frame_of
from okrsite.charts.labels import Board, Box, Place
from okrsite.charts.scale import Scale, fixed_scale
from okrsite.charts.svg import chart as svg_chart
from okrsite.charts.svg import fit, number, spot, words

_WIDTH, _HEIGHT = 400, 304
_LEFT, _RIGHT = 40, 376
_TOP, _BOTTOM = 28, 252
_SPAN = 10
_LEAST, _LARGEST = 4.0, 15.0
"""Radius of a bubble of nothing, and what the largest has more; areas follow counts."""
_MANY = 20
"""Key results that make a bubble of that size, where none stands for more."""
_MOST_DOTS = 150
"""Single results that are drawn; more would be a cloud."""


def draw_calibration(chart: CalibrationChart) -> str:
    """Return the SVG of confidences from 0 to 10 against grades from 0 to 1.

    ValueError where a bubble or a dot lies outside.
    """
    places = [*((each.confidence, each.grade) for each in chart.bubbles), *chart.dots]
    if any(not (0 <= said <= _SPAN and 0 <= grade <= 1) for said, grade in places):
        raise ValueError("confidences are 0 to 10 and grades 0 to 1")
    marks = [tick.value for tick in chart.grades]
    scale = fixed_scale(marks, [], _TOP, _BOTTOM)
    frame = _frame(chart)
    heights = [(scale.y(tick.value), tick.text) for tick in chart.grades]
    ticks = zip(chart.confidences, frame.ticks, strict=True)
    body = (
        '<g class="okr-axis-text" aria-hidden="true">',
        strokes.grid(frame, (y for y, _ in heights if y < _BOTTOM)),
        f'<g text-anchor="end">{strokes.axis_words(frame, heights)}</g>',
        frame.body,
        '<g text-anchor="middle">',
        "".join(words(x, y, tick.text) for tick, (x, y) in ticks),
        words((_LEFT + _RIGHT) / 2, _HEIGHT - 8, fit(chart.across, _RIGHT - _LEFT)),
        "</g>",
        words(2, _TOP - 14, fit(chart.upwards, _WIDTH - 4)),
        "</g>",
        *_diagonal(chart, frame, scale),
        _dots(chart, frame, scale),
        '<g class="okr-points okr-bubbles">',
        *_bubbles(chart, frame, scale),
        "</g>",
    )
    box = (0, 0, _WIDTH, _HEIGHT)
    return svg_chart(chart.prefix, chart.title, chart.description, box, "".join(body))


def _frame(chart: CalibrationChart) -> Frame:
    ticks = tuple(float(tick.value) for tick in chart.confidences)
    sides = ((_TOP, _BOTTOM),)
    return frame_of(FramePlan(_WIDTH, _HEIGHT, _LEFT, _RIGHT, sides, float(_SPAN), ticks))


def _diagonal(chart: CalibrationChart, frame: Frame, scale: Scale) -> Iterator[str]:
    """Yield the line on which people were right, and what lies on its two sides."""
    line = [(frame.x(0), scale.y(Decimal(0))), (frame.x(_SPAN), scale.y(Decimal(1)))]
    yield strokes.stroke(line, "okr-expected")
    board = Board(Box(frame.left + 4, _TOP, frame.right - 2, _BOTTOM - 2))
    board.draw(line)
    for each in chart.bubbles:
        x, y = frame.x(float(each.confidence)), scale.y(each.grade)
        board.take(Box(max(x - 14, 0), max(y - 14, 0), x + 14, y + 14))
    left, right = frame.left + 6, frame.right - 6
    yield board.put(chart.above, "", (Place(left, _TOP + 12), Place(left, _TOP + 28)))
    low = (Place(right, _BOTTOM - 8, "end"), Place(right, _BOTTOM - 24, "end"))
    yield board.put(chart.below, "", low)


def _dots(chart: CalibrationChart, frame: Frame, scale: Scale) -> str:
    """Return every single result as a dot of a stroke, where they are few."""
    if not chart.dots or len(chart.dots) > _MOST_DOTS:
        return ""
    spots = {(frame.x(float(said)), scale.y(grade)) for said, grade in chart.dots}
    drawn = "".join(f"M{x:.0f} {y:.0f}h0" for x, y in sorted(spots))
    return f'<path class="okr-dots" d="{drawn}"/>'


def _bubbles(chart: CalibrationChart, frame: Frame, scale: Scale) -> Iterator[str]:
    most = max([_MANY, *(each.count for each in chart.bubbles)])
    edges = Box(2, 0, _WIDTH - 2, _BOTTOM)
    # The large first, so that none hides a smaller one.
    for each in sorted(chart.bubbles, key=lambda one: (-one.count, one.confidence)):
        x, y = frame.x(float(each.confidence)), scale.y(each.grade)
        yield _bubble(each, x, y, most, edges)


def _bubble(each: Bubble, x: float, y: float, most: int, edges: Box) -> str:
    radius = _LEAST + _LARGEST * (each.count / most) ** 0.5
    classes = ' class="okr-open"' if each.few else ""
    circle = f'<circle{classes} cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>'
    tip = strokes.tip(each.said, x, y - radius + 4, edges)
    return spot(each.said, circle + tip)
