"""Who points at whom → the rings: what leads back to itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

Node = TypeVar("Node")


def find_rings(edges: Mapping[Node, Iterable[Node]]) -> list[list[Node]]:
    """Return the sets of nodes that reach each other (strongly connected), in their order."""
    backwards: dict[Node, list[Node]] = {}
    for node, targets in edges.items():
        for target in targets:
            backwards.setdefault(target, []).append(node)
    order: list[Node] = []
    seen: set[Node] = set()
    for node in edges:
        order += _finished(node, edges, seen)
    done: set[Node] = set()
    places = {node: place for place, node in enumerate(edges)}
    found = [_finished(node, backwards, done) for node in reversed(order) if node not in done]
    rings = [sorted(ring, key=places.__getitem__) for ring in found if len(ring) > 1]
    return sorted(rings, key=lambda ring: places[ring[0]])


def _finished(start: Node, edges: Mapping[Node, Iterable[Node]], seen: set[Node]) -> list[Node]:
    """Return what is reached from a node and was not seen before, each after all below it."""
    if start in seen:
        return []
    seen.add(start)
    found: list[Node] = []
    waiting = [(start, iter(edges.get(start, ())))]
    while waiting:
        node, targets = waiting[-1]
        target = next((each for each in targets if each not in seen), None)
        if target is None:
            found.append(node)
            waiting.pop()
        else:
            seen.add(target)
            waiting.append((target, iter(edges.get(target, ()))))
    return found
