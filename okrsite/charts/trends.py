"""Confidence and progress by week → SVG: small multiples, so that neither borrows an axis."""

from __future__ import annotations

from collections.abc import Iterator

from okrsite.charts import strokes
from okrsite.charts.data import Panel, Timeline, TrendsChart
from okrsite.charts.frame import Frame, FramePlan, frame_of
from okrsite.charts.labels import Board, Box, Line
from okrsite.charts.scale import fixed_scale
from okrsite.charts.svg import chart as svg_chart
from okrsite.charts.svg import fit, status_class, words

_WIDTH = 400
_LEFT, _RIGHT = 52, 388
_HIGH, _ABOVE, _BELOW = 66, 36, 26
"""Heights of a plot, of its title above it, and of the words below the last."""


def draw_trends(chart: TrendsChart) -> str:
    """Return the SVG of one panel below the other over the same weeks.

    ValueError where a value is not a finite number, or a panel's axis has fewer than two lines.
    """
    frame = _frame(chart)
    height = len(chart.panels) * (_ABOVE + _HIGH) + _BELOW
    texts = [tick.text for tick in chart.timeline.ticks]
    body = (
        '<g class="okr-axis-text" aria-hidden="true">',
        frame.body,
        strokes.tick_words(frame, texts, Box(2, 0, _WIDTH - 2, height)),
        "</g>",
        *(
            _panel(panel, chart.timeline, frame, *sides)
            for panel, sides in zip(chart.panels, frame.panels, strict=True)
        ),
    )
    box = (0, 0, _WIDTH, height)
    return svg_chart(chart.prefix, chart.title, chart.description, box, "".join(body))


def _frame(chart: TrendsChart) -> Frame:
    tops = [_ABOVE + place * (_ABOVE + _HIGH) for place in range(len(chart.panels))]
    sides = tuple((top, top + _HIGH) for top in tops)
    span, ticks, small = strokes.days(chart.timeline)
    height = len(tops) * (_ABOVE + _HIGH) + _BELOW
    return frame_of(FramePlan(_WIDTH, height, _LEFT, _RIGHT, sides, span, ticks, small))


def _panel(panel: Panel, timeline: Timeline, frame: Frame, top: float, bottom: float) -> str:
    values = [(point.on, point.value) for point in panel.points]
    reached = [value for _, value in (*values, *panel.expected)]
    scale = fixed_scale([tick.value for tick in panel.ticks], reached, top, bottom)
    line = strokes.curve(frame, timeline, scale, values)
    expected = strokes.curve(frame, timeline, scale, panel.expected)
    ticks = [(scale.y(tick.value), tick.text) for tick in panel.ticks]
    status = status_class(panel.status)
    board = Board(Box(2, top - 14, _WIDTH - 2, bottom - 1))
    board.draw(line)
    board.draw(expected)
    edges = Box(2, top - _ABOVE, _WIDTH - 2, bottom)
    return "".join(
        (
            '<g class="okr-axis-text" aria-hidden="true">',
            strokes.grid(frame, (y for y, _ in ticks if y < bottom)),
            f'<g text-anchor="end">{strokes.axis_words(frame, ticks)}</g></g>',
            words(2, top - 12, fit(panel.title, _WIDTH - 24), "okr-panel-title"),
            strokes.stroke(expected, "okr-expected"),
            strokes.stroke(line, f"okr-line{status}"),
            *_labels(panel, board, line, expected),
            f'<g class="okr-points{status}">',
            strokes.spots(panel.points, line, edges, panel.status),
            "</g>",
        )
    )


def _labels(panel: Panel, board: Board, line: Line, expected: Line) -> Iterator[str]:
    if line:
        yield board.put(panel.latest, "okr-latest", strokes.around(*line[-1]))
    yield board.put_if_free(panel.expected_text, "", strokes.beside(expected))
