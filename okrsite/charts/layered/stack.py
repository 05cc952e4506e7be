"""Columns of cards → how high everything is; columns that are too high are broken into several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from okrsite.charts.layered.columns import Card, Columns, level_of
from okrsite.charts.layered.data import Band, Node
from okrsite.charts.layered.sizes import (
    BAR_HEIGHT,
    CARD_GAP,
    HEADING,
    LINE,
    MOST_COLUMNS,
    NODE_PADDING,
    NODE_WIDTH,
    TITLE_LEFT,
    TITLE_SIZE,
    wrap,
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A node, how it is written, and where it stands among its band's cards."""

    node: Node
    row: int
    column: int
    lines: tuple[str, ...]
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Slab:
    """A card, and where it stands among its band's."""

    card: Card
    column: int
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Row:
    """A band with its cards stacked in columns; its top is 0."""

    band: Band
    levels: tuple[int, ...]
    """Of each column."""
    slabs: tuple[Slab, ...]
    spots: tuple[Spot, ...]
    height: float


def stack(bands: Iterable[tuple[Band, Columns]]) -> list[Row]:
    """Return bands with all heights."""
    return [_stacked(place, band, _spread(columns)) for place, (band, columns) in enumerate(bands)]


def _spread(columns: Columns) -> Columns:
    """Return a band's columns; where all that it has is one card, its nodes stand side by side."""
    if len(columns) > 1 or len(columns[0]) > 1:
        return columns
    ((card,),) = columns
    of = min(len(card.nodes), MOST_COLUMNS)
    ends = [len(card.nodes) * place // of for place in range(of + 1)]
    return [[Card(card.group, card.nodes[start:end])] for start, end in pairwise(ends)]


def write_title(node: Node) -> tuple[str, ...]:
    """Return the lines of a node's title."""
    return tuple(wrap(node.title, NODE_WIDTH - TITLE_LEFT - NODE_PADDING, TITLE_SIZE))


def node_height(node: Node, lines: Sequence[str]) -> float:
    """Return how high a node is, with its bar if it has one."""
    bar = BAR_HEIGHT if node.share is not None or node.text else 0
    return 2 * NODE_PADDING + LINE * max(len(lines), 1) + bar


def _stacked(row: int, band: Band, columns: Columns) -> Row:
    titles = {n.id: write_title(n) for column in columns for card in column for n in card.nodes}
    heights = [
        [HEADING + sum(node_height(n, titles[n.id]) for n in card.nodes) for card in column]
        for column in columns
    ]
    slabs: list[Slab] = []
    spots: list[Spot] = []
    levels: list[int] = []
    for column, sizes, parts in zip(columns, heights, _breaks(heights), strict=True):
        start = 0
        for end in parts:
            top = 0.0
            for card, height in zip(column[start:end], sizes[start:end], strict=True):
                slabs.append(Slab(card, len(levels), top, height))
                at = top + HEADING
                for node in card.nodes:
                    high = node_height(node, titles[node.id])
                    spots.append(Spot(node, row, len(levels), titles[node.id], at, high))
                    at += high
                top += height + CARD_GAP
            start = end
            levels.append(level_of(column))
    height = max(slab.top + slab.height for slab in slabs)
    return Row(band, tuple(levels), tuple(slabs), tuple(spots), height)


def _breaks(heights: Sequence[Sequence[float]]) -> list[list[int]]:
    """Return where each column is broken: the ends of its parts.

    The highest column gets one part more, as long as that makes the band less high and there is
    room beside.
    """
    parts = [1] * len(heights)
    found = [_cut(sizes, 1) for sizes in heights]
    while sum(parts) < MOST_COLUMNS:
        highest = max(range(len(parts)), key=lambda place: found[place][0])
        if parts[highest] >= len(heights[highest]):
            break
        parts[highest] += 1
        found[highest] = _cut(heights[highest], parts[highest])
    return [ends for _, ends in found]


def _cut(sizes: Sequence[float], parts: int) -> tuple[float, list[int]]:
    """Return the least height of a column in so many parts, in order, and where the parts end."""
    sums = {
        _sum(sizes[start:end]) for start in range(len(sizes)) for end in range(start, len(sizes))
    }
    heights = sorted(sums | {_sum(sizes)})
    low, high = 0, len(heights) - 1
    while low < high:
        middle = (low + high) // 2
        if len(_fill(sizes, heights[middle])) <= parts:
            high = middle
        else:
            low = middle + 1
    return heights[low], _fill(sizes, heights[low])


def _sum(sizes: Sequence[float]) -> float:
    return sum(sizes) + CARD_GAP * (len(sizes) - 1) if sizes else 0.0


def _fill(sizes: Sequence[float], most: float) -> list[int]:
    """Return the ends of parts that are filled in order, each up to a height and never empty."""
    ends: list[int] = []
    used = 0.0
    for place, size in enumerate(sizes):
        if place and used + CARD_GAP + size > most:
            ends.append(place)
            used = size
        else:
            used += size + (CARD_GAP if used else 0)
    return [*ends, len(sizes)]
