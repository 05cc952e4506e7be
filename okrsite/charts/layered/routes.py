"""Edges and where their nodes stand → through which corridors each of them runs.

An edge leaves its node for the gutter beside its column. To another column it runs along the strip
of the band, to another band along a trunk beside all bands: on the left towards what it serves, on
the right to neighbours. So it never runs across a node.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from okrsite.charts.layered.data import Edge
from okrsite.charts.layered.stack import Spot


class Way(NamedTuple):
    """Where lines run: a gutter or a trunk from top to bottom, or a strip across."""

    row: int
    """-1 for the trunks."""
    place: int
    """The column left of it, from 1: 0 is the trunk on the left; -1 is the band's strip."""

    @property
    def is_strip(self) -> bool:
        """Tell whether it runs across."""
        return self.place < 0


LEFT = Way(-1, 0)
RIGHT = Way(-1, 1_000_000)

Net = tuple[bool, str]
"""All edges of one kind to one target."""


@dataclass(frozen=True, slots=True)
class Route:
    """An edge, and the ways that it takes, upright ones and strips in turn."""

    edge: Edge
    ways: tuple[Way, ...]

    @property
    def net(self) -> Net:
        """Return what it runs together with."""
        return self.edge.aside, self.edge.target


def route(edge: Edge, spots: Mapping[str, Spot]) -> Route:
    """Return the route of an edge."""
    source, target = spots[edge.source], spots[edge.target]
    start = _beside(source, source.column + edge.aside)
    end = _beside(target, target.column + 1)
    if start == end:
        return Route(edge, (start,))
    if source.row == target.row:
        return Route(edge, (start, Way(source.row, -1), end))
    trunk = RIGHT if edge.aside else LEFT
    here = () if start == trunk else (start, Way(source.row, -1))
    return Route(edge, (*here, trunk, Way(target.row, -1), end))


def _beside(spot: Spot, place: int) -> Way:
    """Return the gutter after so many columns of a node's band."""
    return Way(spot.row, place) if place else LEFT
