"""Nodes and edges → the column of each node and the order in each column.

A node's column is the longest path above it within its band and level. The order lessens
crossings: each group stands at the mean of what it leads to (the barycentre).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from okrsite.charts.layered.data import Edge, Group, LayeredMap, Node

_SWEEPS = 4


@dataclass(frozen=True, slots=True)
class Card:
    """The nodes of one group that stand in one column."""

    group: Group
    nodes: tuple[Node, ...]


Columns = list[list[Card]]
"""A band's columns from left to right."""


def arrange(chart: LayeredMap) -> dict[str, Columns]:
    """Return the cards of each band that has any, column by column, in the order to show."""
    groups = {group.id: group for group in chart.groups}
    above = _targets(chart.edges)
    paths = _longest_paths(chart, groups, above)
    found: dict[str, Columns] = {}
    for band in chart.bands:
        own = [node for node in chart.nodes if groups[node.group].band == band.id]
        places = sorted({(groups[node.group].level, paths[node.id]) for node in own})
        if places:
            found[band.id] = [
                _cards([n for n in own if (groups[n.group].level, paths[n.id]) == place], groups)
                for place in places
            ]
    return _ordered(found, above)


def level_of(column: Sequence[Card]) -> int:
    """Return the level that all of a column's cards are of."""
    return column[0].group.level


def _targets(edges: Iterable[Edge]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for edge in edges:
        if not edge.aside:
            found.setdefault(edge.source, []).append(edge.target)
    return found


def _longest_paths(
    chart: LayeredMap, groups: Mapping[str, Group], above: Mapping[str, list[str]]
) -> dict[str, int]:
    """Return the longest path of edges above each node within its band and level.

    A ring is followed once around.
    """
    homes = {n.id: (groups[n.group].band, groups[n.group].level) for n in chart.nodes}
    found: dict[str, int] = {}
    for start in homes:
        open_, waiting = {start}, [start]
        while waiting:
            here = waiting[-1]
            beside = [t for t in above.get(here, ()) if homes[t] == homes[here]]
            missing = next((t for t in beside if t not in found and t not in open_), None)
            if missing is not None:
                open_.add(missing)
                waiting.append(missing)
                continue
            found[here] = max((found[t] + 1 for t in beside if t in found), default=0)
            waiting.pop()
    return found


def _cards(nodes: Iterable[Node], groups: Mapping[str, Group]) -> list[Card]:
    found: dict[str, list[Node]] = {}
    for node in nodes:
        found.setdefault(node.group, []).append(node)
    order = {id: place for place, id in enumerate(groups)}
    return [Card(groups[id], tuple(found[id])) for id in sorted(found, key=order.__getitem__)]


def _ordered(bands: dict[str, Columns], above: Mapping[str, list[str]]) -> dict[str, Columns]:
    """Return the same columns, sorted by barycentre: along the edges, against them, and again."""
    below: dict[str, list[str]] = {}
    for source, targets in above.items():
        for target in targets:
            below.setdefault(target, []).append(source)
    for sweep in range(_SWEEPS):
        for columns in bands.values():
            along = sweep % 2 == 0
            for place in range(len(columns)) if along else reversed(range(len(columns))):
                where = _positions(bands)
                columns[place] = _sorted(columns[place], above if along else below, where)
    return bands


def _positions(bands: Mapping[str, Columns]) -> dict[str, float]:
    """Return where each node stands in its column, bands one below the other."""
    found: dict[str, float] = {}
    start = 0.0
    for columns in bands.values():
        for column in columns:
            nodes = [node for card in column for node in card.nodes]
            found.update((node.id, start + place) for place, node in enumerate(nodes))
        start += max(sum(len(card.nodes) for card in column) for column in columns)
    return found


def _sorted(
    column: list[Card], ties: Mapping[str, list[str]], where: Mapping[str, float]
) -> list[Card]:
    def centre(node: Node) -> float:
        others = [where[id] for id in ties.get(node.id, ())]
        return sum(others) / len(others) if others else where[node.id]

    cards = []
    for card in column:
        nodes = sorted(card.nodes, key=centre)
        mean = sum(map(centre, nodes)) / len(nodes)
        cards.append((mean, Card(card.group, tuple(nodes))))
    return [card for _, card in sorted(cards, key=lambda each: each[0])]
