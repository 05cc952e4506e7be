"""What the charts over a timeline have in common: axis words, lines, points and their tips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from okrsite.charts.data import Point, Timeline
from okrsite.charts.frame import Frame
from okrsite.charts.labels import Box, Line, Place
from okrsite.charts.scale import Scale
from okrsite.charts.svg import (
    TEXT_SIZE,
    fit,
    number,
    path,
    spot,
    status_class,
    text_width,
    words,
)

MOST_SPOTS = 20
"""Points of one line that can be focused; more would be neither hit nor read."""
_NOTE_LENGTH = 60
_GAP = 6.0
_BOLD = 1.1
"""How much wider than plain words bold ones are."""


def days(timeline: Timeline) -> tuple[float, tuple[float, ...], tuple[float, ...]]:
    """Return a frame's span, ticks and small ticks (weeks from the first day) in days."""
    span = max((timeline.end - timeline.start).days, 1)
    ticks = tuple(float((tick.on - timeline.start).days) for tick in timeline.ticks)
    inside = tuple(min(max(tick, 0.0), float(span)) for tick in ticks)
    return float(span), inside, tuple(float(day) for day in range(7, span, 7))


def day_x(frame: Frame, timeline: Timeline, on: date) -> float:
    """Return the x of a day; that of the nearer end for a day outside the timeline."""
    return frame.x((on - timeline.start).days)


def tick_words(frame: Frame, texts: Sequence[str], edges: Box) -> str:
    """Return the words below the axis: both ends, and as many between as touch no other."""
    most = (frame.right - frame.left) / 3
    texts = [fit(text, most) for text in texts]
    spans = [_tick_span(frame, index, text, edges) for index, text in enumerate(texts)]
    hung = {"": "", "middle": "", "end": ""}
    for index in _evenly(spans):
        hung[spans[index][2]] += words(*frame.ticks[index], texts[index])
    return "".join(
        f'<g text-anchor="{anchor}">{text}</g>' if anchor else text
        for anchor, text in hung.items()
        if text
    )


def _tick_span(frame: Frame, index: int, text: str, edges: Box) -> tuple[float, float, str]:
    """Return from where to where a tick's words reach, and their anchor."""
    x, _ = frame.ticks[index]
    wide = text_width(text)
    anchor = _anchor(x, wide / 2, frame, edges)
    left = x - {"middle": wide / 2, "end": wide}.get(anchor, 0.0)
    return left, left + wide, anchor


def _evenly(spans: Sequence[tuple[float, float, str]]) -> list[int]:
    """Choose the ends and every one, second, third… between, so that none touch."""
    last = len(spans) - 1
    if last < 1 or not _apart(spans, 0, last):
        return [0] if spans else []
    free = [index for index in range(1, last) if _apart(spans, 0, index, last)]
    choices = ([index for index in free if not index % every] for every in range(1, last + 1))
    return [0, *next(choice for choice in choices if _apart(spans, *choice)), last]


def _apart(spans: Sequence[tuple[float, float, str]], *indexes: int) -> bool:
    return all(spans[a][1] + _GAP < spans[b][0] for a, b in pairwise(indexes))


def _anchor(x: float, half: float, frame: Frame, edges: Box) -> str:
    """Return how words hang at a tick: from it at the very left, up to it at the right."""
    if x - half < frame.left - _GAP:
        return ""
    return "end" if x + half > edges.right else "middle"


def grid(frame: Frame, ys: Iterable[float]) -> str:
    """Return the horizontal lines of an axis as one path."""
    wide = number(frame.right - frame.left)
    lines = "".join(f"M{number(frame.left)} {number(y)}h{wide}" for y in ys)
    return f'<path class="okr-grid" d="{lines}"/>' if lines else ""


def axis_words(frame: Frame, marks: Iterable[tuple[float, str]]) -> str:
    """Return the words left of an axis, at their y."""
    x = frame.left - _GAP
    room = x - 2
    return "".join(words(x, y + 0.35 * TEXT_SIZE, fit(text, room)) for y, text in marks)


def curve(
    frame: Frame, timeline: Timeline, scale: Scale, values: Iterable[tuple[date, Decimal]]
) -> Line:
    """Return the points of a line in the view box, from left to right."""
    return [(day_x(frame, timeline, on), scale.y(value)) for on, value in values]


def stroke(line: Line, classes: str) -> str:
    """Return a line, or nothing of less than two points."""
    return f'<path class="{classes}" d="{path(line)}"/>' if len(line) > 1 else ""


def point_title(point: Point) -> str:
    """Return all that is known of a point in one line; a long note is shortened."""
    note = point.note
    if len(note) > _NOTE_LENGTH:
        note = note[:_NOTE_LENGTH].rstrip() + "…"
    return " · ".join(filter(None, (point.when, point.text, point.status_text, note)))


def spots(points: Sequence[Point], line: Line, edges: Box, own: str) -> str:
    """Return the points that can be hovered and focused, each with its tip."""
    return "".join(
        point_spot(points[index], *line[index], edges, own, newest=index == len(points) - 1)
        for index in _chosen(points)
    )


def _chosen(points: Sequence[Point]) -> list[int]:
    """Choose the ends, then the points with a note, then others evenly, up to the most."""
    count = len(points)
    if count <= MOST_SPOTS:
        return list(range(count))
    noted = [index for index in range(count) if points[index].note][: MOST_SPOTS - 2]
    chosen = {0, count - 1, *noted}
    rest = [index for index in range(count) if index not in chosen]
    room = MOST_SPOTS - len(chosen)
    chosen.update(rest[place * len(rest) // room] for place in range(room))
    return sorted(chosen)


def point_spot(
    point: Point, x: float, y: float, edges: Box, own: str, *, newest: bool = False
) -> str:
    """Return one point: a dot, larger if the newest, in a ring if it carries a note."""
    at = f'cx="{number(x)}" cy="{number(y)}"'
    dot = f'<circle {at} r="{"4.5" if newest else "3"}"/>'
    ring = f'<circle class="okr-noted" {at} r="{"7.5" if newest else "6"}"/>' if point.note else ""
    status = status_class(point.status) if point.status != own else ""
    title = point_title(point)
    return spot(title, ring + dot + tip(title, x, y, edges), status)


def tip(text: str, x: float, y: float, edges: Box) -> str:
    """Return the words that hover and focus bring up, above a point or else below it."""
    text = fit(text, (edges.right - edges.left) / _BOLD)
    half = text_width(text) * _BOLD / 2
    middle = min(max(x, edges.left + half), edges.right - half)
    above = y - 12
    base = above if above - TEXT_SIZE > edges.top else y + 12 + 0.75 * TEXT_SIZE
    return words(middle, base, text)


def around(x: float, y: float) -> Iterator[Place]:
    """Yield the places around a point, the right of it first, then ever further away."""
    for dy in (-7, 15, 4):
        yield Place(x + 9, y + dy)
    for dy in (-13, 22):
        yield Place(x, y + dy, "middle")
    for dy in (-7, 15):
        yield Place(x - 9, y + dy, "end")
    for dy in (-13, 22, -24, 33, -36, 45, -48, 57):
        yield Place(x + 33, y + dy, "end")
        yield Place(x - 33, y + dy)


def beside(line: Line) -> Iterator[Place]:
    """Yield places above and below a line, towards its end first."""
    if len(line) < 2:
        return
    first, last = line[0][0], line[-1][0]
    for share in (0.8, 0.65, 0.5, 0.9, 0.35, 0.2):
        x, y = _on(line, first + share * (last - first))
        for dy in (-8, 16, -16, 24, -24, 32):
            yield Place(x, y + dy, "middle")


def _on(line: Line, x: float) -> tuple[float, float]:
    """Return the point of a line at an x."""
    for (x1, y1), (x2, y2) in pairwise(line):
        if x1 <= x <= x2:
            return x, y1 + (y2 - y1) * (x - x1) / (x2 - x1) if x2 > x1 else y2
    return line[-1]
