"""Columns of cards and edges → where every node, group, band and line stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from okrsite.charts.layered.columns import arrange
from okrsite.charts.layered.data import Band, Edge, Group, LayeredMap, Node
from okrsite.charts.layered.lanes import Corridor
from okrsite.charts.layered.routes import LEFT, RIGHT, Net, Route, Way, route
from okrsite.charts.layered.sizes import (
    AFTER_LANES,
    BAND_GAP,
    BAND_HEADING,
    BAND_PADDING,
    BEFORE_LANES,
    EDGE,
    HALF_LANE,
    LANE,
    NODE_WIDTH,
    PORTS,
)
from okrsite.charts.layered.stack import Row, Spot, stack

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; y grows downwards."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A node, its place, and the lines of its title."""

    node: Node
    box: Box
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacedGroup:
    """The part of a group that stands in one column."""

    group: Group
    box: Box


@dataclass(frozen=True, slots=True)
class PlacedBand:
    """A band, and where each of its levels begins."""

    band: Band
    box: Box
    levels: tuple[tuple[float, int], ...]


@dataclass(frozen=True, slots=True)
class PlacedEdge:
    """An edge and its corners, from its source to its target."""

    edge: Edge
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class PlacedMap:
    """A whole map; everything lies within its size."""

    width: float
    height: float
    bands: tuple[PlacedBand, ...]
    groups: tuple[PlacedGroup, ...]
    nodes: tuple[PlacedNode, ...]
    edges: tuple[PlacedEdge, ...]


def place_map(chart: LayeredMap) -> PlacedMap:
    """Return where everything of a map stands."""
    columns = arrange(chart)
    rows = stack([(band, columns[band.id]) for band in chart.bands if band.id in columns])
    spots = {spot.node.id: spot for row in rows for spot in row.spots}
    routes = [route(edge, spots) for edge in chart.edges]
    return _Plan(rows, spots, routes).placed()


class _Plan:
    """Where the rows, columns and lanes of a map are, worked out from the strips outwards.

    Strips need but the order of what branches off them; they tell how high bands are, so that
    lanes that run downwards can be settled next; these tell how wide everything is.
    """

    def __init__(
        self, rows: Sequence[Row], spots: Mapping[str, Spot], routes: Sequence[Route]
    ) -> None:
        self._rows, self._spots, self._routes = rows, spots, routes
        self._ways: dict[Way, Corridor[Net]] = {}
        self._tops: list[float] = []
        """Where each band begins."""
        self._firsts: list[float] = []
        """Where its cards begin."""
        self._lefts: list[list[float]] = []
        """Where each column of each band begins; the last is where the band ends."""
        self._settle_strips()
        self._set_heights()
        self._settle_uprights()
        self._set_widths()

    def _settle_strips(self) -> None:
        for each in self._routes:
            for before, way, after in zip(each.ways, each.ways[1:], each.ways[2:], strict=False):
                if way.is_strip:
                    for other in (before, after):
                        self._corridor(way).add(each.net, *self._off_strip(way, other, each))
        self._settle(strips=True)

    def _off_strip(self, way: Way, other: Way, each: Route) -> tuple[float, int]:
        """Return where a route leaves a strip for an upright way, and whether upwards or down."""
        if other.row < 0:
            here, there = self._ends(each)
            beyond = there if way.row == here else here
            return other.place, 1 if beyond > way.row else -1
        return other.place, 1 if way.row else -1

    def _ends(self, each: Route) -> tuple[int, int]:
        return self._spots[each.edge.source].row, self._spots[each.edge.target].row

    def _corridor(self, way: Way) -> Corridor[Net]:
        if way not in self._ways:
            self._ways[way] = Corridor(0 if way.is_strip else LANE)
        return self._ways[way]

    def _settle(self, *, strips: bool) -> None:
        for way, corridor in self._ways.items():
            if way.is_strip is strips:
                corridor.settle()

    def _set_heights(self) -> None:
        top: float = EDGE
        for number, row in enumerate(self._rows):
            self._tops.append(top)
            first = top + BAND_HEADING + (self._strip_height(number) if number else 0)
            self._firsts.append(first)
            top = first + row.height + BAND_PADDING + BAND_GAP
            top += 0 if number else self._strip_height(number)
        self.height = top - BAND_GAP + EDGE

    def _strip_height(self, row: int) -> float:
        way = Way(row, -1)
        return LANE * (self._ways[way].width + 1) if way in self._ways else 0

    def _strip_y(self, way: Way, net: Net) -> float:
        if way.row:
            start = self._firsts[way.row] - self._strip_height(way.row)
        else:
            start = self._firsts[0] + self._rows[0].height + LANE
        return start + LANE * self._ways[way].lane(net) + HALF_LANE

    def _settle_uprights(self) -> None:
        for each in self._routes:
            start, end = self._corridor(each.ways[0]), self._corridor(each.ways[-1])
            start.add(each.net, self._port(each, 0)[1], -1 if each.edge.aside else 1)
            end.add(each.net, self._port(each, 1)[1], -1)
            for one, other in pairwise(each.ways):
                strip, upright = (one, other) if one.is_strip else (other, one)
                beyond = next(w for w in self._around(each, strip) if w != upright)
                side = 1 if beyond.place > upright.place else -1
                self._corridor(upright).add(each.net, self._strip_y(strip, each.net), side)
        self._settle(strips=False)

    def _around(self, each: Route, strip: Way) -> tuple[Way, Way]:
        place = each.ways.index(strip)
        return each.ways[place - 1], each.ways[place + 1]

    def _port(self, each: Route, end: int) -> tuple[Spot, float]:
        """Return the node at an edge's start (0) or end (1), and at which height it is met.

        Ports of different kinds are never at the same height, so that no line runs from one into
        another by chance.
        """
        spot = self._spots[each.edge.target if end else each.edge.source]
        share, kind = PORTS[each.edge.aside, bool(end)]
        y = self._firsts[spot.row] + spot.top + spot.height * share
        return spot, y // len(PORTS) * len(PORTS) + kind

    def _lanes(self, way: Way) -> float:
        return LANE * self._ways[way].width if way in self._ways else 0

    def _set_widths(self) -> None:
        self._start = EDGE + self._lanes(LEFT) + (AFTER_LANES if LEFT in self._ways else 0)
        for number, row in enumerate(self._rows):
            x = self._start + BAND_PADDING
            lefts = []
            for column in range(len(row.levels)):
                lefts.append(x)
                x += NODE_WIDTH + self._gutter(number, column + 1, len(row.levels))
            self._lefts.append([*lefts, x])
        self._end = max((lefts[-1] for lefts in self._lefts), default=self._start)
        self.width = self._end + EDGE
        if RIGHT in self._ways:
            self.width += AFTER_LANES + self._lanes(RIGHT)

    def _gutter(self, row: int, column: int, of: int) -> float:
        lanes = self._lanes(Way(row, column))
        return max(BAND_PADDING if column == of else 0, BEFORE_LANES + lanes + AFTER_LANES)

    def _x(self, way: Way, net: Net) -> float:
        lane = LANE * self._ways[way].lane(net) + HALF_LANE
        if way == LEFT:
            return EDGE + lane
        if way == RIGHT:
            return self._end + AFTER_LANES + lane
        return self._lefts[way.row][way.place - 1] + NODE_WIDTH + BEFORE_LANES + lane

    def placed(self) -> PlacedMap:
        """Return the map with everything in its place."""
        return PlacedMap(
            self.width,
            self.height,
            tuple(self._bands()),
            tuple(self._groups()),
            tuple(self._nodes()),
            tuple(map(self._edge, self._routes)),
        )

    def _bands(self) -> Iterator[PlacedBand]:
        for number, row in enumerate(self._rows):
            top, last = self._tops[number], self._firsts[number] + row.height + BAND_PADDING
            last += 0 if number else self._strip_height(0)
            box = Box(self._start, top, self._end - self._start, last - top)
            firsts = {level: row.levels.index(level) for level in row.levels}
            levels = ((self._lefts[number][place], level) for level, place in firsts.items())
            yield PlacedBand(row.band, box, tuple(levels))

    def _groups(self) -> Iterator[PlacedGroup]:
        for number, row in enumerate(self._rows):
            for slab in row.slabs:
                x, y = self._lefts[number][slab.column], self._firsts[number] + slab.top
                yield PlacedGroup(slab.card.group, Box(x, y, NODE_WIDTH, slab.height))

    def _nodes(self) -> Iterator[PlacedNode]:
        for number, row in enumerate(self._rows):
            for spot in row.spots:
                x, y = self._lefts[number][spot.column], self._firsts[number] + spot.top
                yield PlacedNode(spot.node, Box(x, y, NODE_WIDTH, spot.height), spot.lines)

    def _edge(self, each: Route) -> PlacedEdge:
        source, y = self._port(each, 0)
        target, last = self._port(each, 1)
        x = self._lefts[source.row][source.column] + (NODE_WIDTH if each.edge.aside else 0)
        points = [(x, y)]
        for way in each.ways:
            if way.is_strip:
                y = self._strip_y(way, each.net)
            else:
                x = self._x(way, each.net)
            points.append((x, y))
        end = self._lefts[target.row][target.column] + NODE_WIDTH
        points += [(x, last), (end, last)]
        return PlacedEdge(each.edge, tuple(points))
