"""Words that look for a free place: each tries its places in turn and takes the least crowded."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import inf
from typing import NamedTuple

from okrsite.charts.svg import TEXT_SIZE, fit, text_width, words

Line = list[tuple[float, float]]
"""Points of a line, from left to right."""

_ASCENT, _DESCENT = 0.78 * TEXT_SIZE, 0.24 * TEXT_SIZE
_COLUMN, _ROW = 4.0, 2.0
"""Size of a cell of the board."""
_BITS, _MOST_ROWS = 128, 160
"""Columns and rows that a board has at most."""
_STACKS = [sum(1 << row * _BITS for row in range(rows)) for rows in range(_MOST_ROWS + 1)]
"""One cell in each of so many rows."""
_LINE, _THIN, _WORDS, _MOVED = 4.0, 1.0, 12.0, 0.25
"""How bad it is to cover a cell of a line, of a thin line, of words; and to be moved by a unit."""
_BEFORE = {"": 0.0, "middle": 0.5, "end": 1.0}
"""Which share of the words stands left of the point that they hang at."""


class Place(NamedTuple):
    """A baseline point and what of the words stands at it: start, ``middle`` or ``end``."""

    x: float
    y: float
    anchor: str = ""


class Box(NamedTuple):
    """A rectangle; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def widened(self) -> Box:
        """Return the rectangle with some air, so that words near it read as others."""
        return Box(max(self.left - 4, 0), max(self.top - 5, 0), self.right + 4, self.bottom + 5)


class Board:
    """The room for words: its edges, and which of its cells hold lines or words already.

    All cells are the bits of one integer, row after row, so that a whole box is tried at once.
    """

    def __init__(self, edges: Box) -> None:
        self._edges = edges
        self._lines = self._thin = self._words = 0

    def draw(self, line: Line, *, thin: bool = False) -> None:
        """Keep words away from a line; from a thin one only where there is other room."""
        cells = 0
        for (x1, y1), (x2, y2) in pairwise(line):
            cells |= _stroke(x1, y1, x2, y2)
        if thin:
            self._thin |= cells
        else:
            self._lines |= cells

    def dot(self, points: Line, half: float) -> None:
        """Keep words away from points, so far to the left and right of each."""
        for x, y in points:
            self._lines |= _cells(x - half, y, x + half, y)

    def take(self, box: Box) -> None:
        """Keep words away from a rectangle."""
        self._words |= _cells(box.left, box.top, box.right, box.bottom)

    def put(self, text: str, classes: str, places: Iterable[Place]) -> str:
        """Return the words at their least crowded place."""
        return self._put(text, classes, places, bearable=inf)

    def put_if_free(self, text: str, classes: str, places: Iterable[Place]) -> str:
        """Return the words at their first free place, or nothing where there is none."""
        return self._put(text, classes, places, bearable=0)

    def _put(self, text: str, classes: str, places: Iterable[Place], bearable: float) -> str:
        if not text:
            return ""
        text = fit(text, self._edges.right - self._edges.left)
        width = text_width(text)
        best, least = None, inf
        for place in places:
            x, y, shift = self._inside(place, width)
            box = Box(x, y - _ASCENT, x + width, y + _DESCENT)
            crowd = self._crowd(box) + _MOVED * shift
            if crowd < least:
                best, least = (box, place.anchor), crowd
                if not crowd:
                    break
        if best is None or least > bearable:
            return ""
        box, anchor = best
        self.take(box.widened())
        x = box.left + _BEFORE[anchor] * width
        return words(x, box.bottom - _DESCENT, text, classes, anchor)

    def _inside(self, place: Place, width: float) -> tuple[float, float, float]:
        """Return a place's left end and baseline moved inside the edges, and how far moved."""
        edges = self._edges
        wanted = place.x - _BEFORE[place.anchor] * width
        x = max(min(wanted, edges.right - width), edges.left)
        y = max(min(place.y, edges.bottom - _DESCENT), edges.top + _ASCENT)
        return x, y, abs(x - wanted) + abs(y - place.y)

    def _crowd(self, box: Box) -> float:
        cells = _cells(*box)
        if not (self._lines & cells or self._thin & cells or self._words & cells):
            return 0.0
        return (
            _LINE * (self._lines & cells).bit_count()
            + _THIN * (self._thin & cells).bit_count()
            + _WORDS * (self._words & cells).bit_count()
        )


def _cells(left: float, top: float, right: float, bottom: float) -> int:
    """Return the cells of a rectangle, of which none is left of or above the board."""
    column, row = int(left / _COLUMN), int(top / _ROW)
    wide, high = int(right / _COLUMN) + 1 - column, int(bottom / _ROW) + 1 - row
    return ((1 << wide) - 1) * _STACKS[high] << (row * _BITS + column)


def _stroke(x1: float, y1: float, x2: float, y2: float) -> int:
    """Return the cells that a stroke from left to right passes, column by column."""
    first, last = int(x1 / _COLUMN), int(x2 / _COLUMN)
    if y1 == y2 or first == last:
        return _cells(x1, min(y1, y2), x2, max(y1, y2))
    slope = (y2 - y1) / (x2 - x1)
    row = int(y1 / _ROW)
    cells = 0
    for column in range(first, last + 1):
        y = y2 if column == last else y1 + slope * ((column + 1) * _COLUMN - x1)
        next_row = int(y / _ROW)
        low, high = (row, next_row) if row < next_row else (next_row, row)
        cells |= _STACKS[high - low + 1] << (low * _BITS + column)
        row = next_row
    return cells
