"""Lines that share a corridor → a lane for each, so that none lies on another and few cross."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from itertools import count
from typing import Generic, TypeVar

Net = TypeVar("Net", bound=Hashable)

Span = tuple[float, float]
"""From where to where something runs."""


@dataclass
class Corridor(Generic[Net]):
    """Room for straight lines in one direction, side by side.

    A net is all that runs as one line: whatever leads to the same target.
    """

    apart: float = 0.0
    """How far lines must be from each other to share a lane."""
    _stops: dict[Net, set[tuple[float, int]]] = field(default_factory=dict)
    """Where each net begins, ends and branches, and whether there it turns to lower lanes (-1)
    or to higher ones (+1)."""
    _lanes: dict[Net, int] = field(default_factory=dict)

    def add(self, net: Net, at: float, side: int) -> None:
        """Let a net turn aside at a place."""
        self._stops.setdefault(net, set()).add((at, side))

    def settle(self) -> None:
        """Give each net its lane."""
        spans = {net: _span(stops) for net, stops in self._stops.items()}
        order = sorted(self._stops, key=spans.__getitem__)
        self._sort(order, spans)
        self._lanes = {}
        for place, net in enumerate(order):
            self._lanes[net] = self._free_lane(net, order[:place], spans)

    def _free_lane(self, net: Net, placed: list[Net], spans: dict[Net, Span]) -> int:
        """Return the lowest lane that is free, as long as that costs no crossing more."""
        low, high = spans[net]
        beside = [
            other
            for other in placed
            if spans[other][0] - self.apart <= high and low - self.apart <= spans[other][1]
        ]
        lowest = 0
        for other in beside:
            if self._crossings(net, other, spans) > self._crossings(other, net, spans):
                lowest = max(lowest, self._lanes[other] + 1)
        taken = {self._lanes[other] for other in beside}
        return next(lane for lane in count(lowest) if lane not in taken)

    def _sort(self, order: list[Net], spans: dict[Net, Span]) -> None:
        """Swap neighbours as long as that takes crossings away."""
        for _ in order:
            swapped = False
            for place in range(len(order) - 1):
                one, other = order[place : place + 2]
                if self._crossings(other, one, spans) < self._crossings(one, other, spans):
                    order[place : place + 2] = other, one
                    swapped = True
            if not swapped:
                return

    def _crossings(self, low: Net, high: Net, spans: dict[Net, Span]) -> int:
        """Return how often two nets cross with one in a lower lane than the other."""
        return _inside(self._stops[low], 1, spans[high]) + _inside(
            self._stops[high], -1, spans[low]
        )

    def lane(self, net: Net) -> int:
        """Return a net's lane, from 0."""
        return self._lanes[net]

    @property
    def width(self) -> int:
        """Return how many lanes there are."""
        return max(self._lanes.values(), default=-1) + 1


def _span(stops: set[tuple[float, int]]) -> Span:
    places = [at for at, _ in stops]
    return min(places), max(places)


def _inside(stops: set[tuple[float, int]], side: int, span: Span) -> int:
    return sum(span[0] < at < span[1] for at, turn in stops if turn == side)
