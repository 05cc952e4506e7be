"""How grades are distributed → SVG: small multiples, a column for each tenth."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from okrsite.charts.data import GradesChart, GradesPanel
from okrsite.charts.frame import Frame, FramePlan, frame_of
from okrsite.charts.svg import chart as svg_chart
from okrsite.charts.svg import fit, number, spot, status_class, text_width, words

_WIDTH = 400
_LEFT, _RIGHT = 8, 392
_HIGH, _ABOVE, _BELOW = 44, 44, 26
"""Heights of a plot, of its title and counts above it, and of the words below the last."""
_TITLE = 28
"""How far above its plot a panel's title stands."""
_SHARE = 0.78
"""Of a column's room that it takes."""
_BOLD = 1.16
"""How much wider than plain words a title is."""


def draw_grades(chart: GradesChart) -> str:
    """Return the SVG of one panel of columns below the other, all as high as they count.

    ValueError where a panel has other columns than the chart has names for.
    """
    frame = _frame(chart)
    most = max([1, *(column.count for panel in chart.panels for column in panel.columns)])
    height = len(chart.panels) * (_ABOVE + _HIGH) + _BELOW
    wide = _step(frame) * _SHARE
    body = (
        '<g class="okr-axis-text" text-anchor="middle" aria-hidden="true">',
        frame.body,
        _tick_words(chart, frame),
        f'</g><g class="okr-tenths" stroke-width="{number(wide)}">',
        *(
            _panel(panel, frame, most, top, bottom)
            for panel, (top, bottom) in zip(chart.panels, frame.panels, strict=True)
        ),
        "</g>",
    )
    box = (0, 0, _WIDTH, height)
    return svg_chart(chart.prefix, chart.title, chart.description, box, "".join(body))


def _frame(chart: GradesChart) -> Frame:
    columns = len(chart.ticks)
    if any(len(panel.columns) != columns for panel in chart.panels):
        raise ValueError("each panel needs a column for each name below the axis")
    tops = [_ABOVE + place * (_ABOVE + _HIGH) for place in range(len(chart.panels))]
    sides = tuple((top, top + _HIGH) for top in tops)
    height = len(tops) * (_ABOVE + _HIGH) + _BELOW
    middles = tuple(place + 0.5 for place in range(columns))
    return frame_of(FramePlan(_WIDTH, height, _LEFT, _RIGHT, sides, float(columns), middles))


def _step(frame: Frame) -> float:
    return (frame.right - frame.left) / frame.span


def _tick_words(chart: GradesChart, frame: Frame) -> str:
    """Return the words below the columns, each no wider than two of them and inside the chart."""
    placed = zip(chart.ticks, frame.ticks, strict=True)
    return "".join(
        words(x, y, fit(text, 2 * min(_step(frame), x - 2, _WIDTH - 2 - x)))
        for text, (x, y) in placed
        if text
    )


def _panel(panel: GradesPanel, frame: Frame, most: int, top: float, bottom: float) -> str:
    placed = list(enumerate(panel.columns))
    pieces = [words(2, top - _TITLE, fit(panel.title, _WIDTH - 4), "okr-panel-title")]
    pieces += _expected(panel, frame, top, bottom)
    for status, group in groupby(placed, key=lambda item: item[1].status):
        drawn = "".join(_column(panel, frame, most, top, bottom, place) for place, _ in group)
        pieces.append(f'<g class="{status_class(status).strip()}">{drawn}</g>' if drawn else "")
    return "".join(pieces)


def _column(
    panel: GradesPanel, frame: Frame, most: int, top: float, bottom: float, place: int
) -> str:
    """Return one column with its count above it, or nothing where it counts none."""
    column = panel.columns[place]
    if not column.count:
        return ""
    x, head = frame.x(place + 0.5), bottom - column.count / most * (bottom - top)
    # The least count is still seen.
    head = min(head, bottom - 2)
    bar = f'<path d="M{x:.0f} {bottom:.0f}V{head:.0f}"/>'
    return spot(column.said, bar + words(x, head - 4, str(column.count)))


def _expected(panel: GradesPanel, frame: Frame, top: float, bottom: float) -> Iterator[str]:
    """Yield the line from which on grades are what was hoped for, with its words."""
    if panel.expected is None:
        return
    x = frame.x(panel.expected)
    yield f'<path class="okr-target" d="M{x:.0f} {bottom:.0f}V{top - 16:.0f}"/>'
    wide = text_width(panel.expected_text)
    start = text_width(fit(panel.title, _WIDTH - 4)) * _BOLD + 12
    left = min(max(x - wide / 2, start), _WIDTH - 2 - wide)
    if left >= start:
        yield words(left, top - _TITLE, panel.expected_text)
