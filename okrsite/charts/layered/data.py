"""What a layered map shows: nodes in groups in bands, and edges of two kinds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """Something that edges lead to and from."""

    id: str
    """Its own in the map; scripts and links find it by it."""
    group: str
    """The id of the group that it belongs to."""
    title: str
    """Cut after two lines."""
    name: str
    """All that there is to say of it, for whoever points at it or listens."""
    href: str = ""
    """Where it leads to, as it stands in the link; empty for nowhere."""
    status: str = ""
    """Slug; names its class and, in the page's sprite, its shape. Empty for neither."""
    share: float | None = None
    """How much of its bar is filled, from 0 to 1; None without a bar."""
    expected: float | None = None
    """Where the bar should be today."""
    text: str = ""
    """What stands beside the bar: ``55 %``."""


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes under one heading; they stand together as far as their columns are the same."""

    id: str
    band: str
    """The id of the band that it is in."""
    title: str
    href: str = ""
    level: int = 0
    """Columns of a higher level stand to the right of all of a lower one."""
    ghost: bool = False
    """It is at home elsewhere, and stands here only because edges lead to it."""


@dataclass(frozen=True, slots=True)
class Band:
    """A stripe across the map, with columns of its own."""

    id: str
    title: str
    href: str = ""
    levels: tuple[tuple[int, str], ...] = ()
    """What is written above the first column of a level, as far as it is not the band's first."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from one node to another."""

    source: str
    target: str
    aside: bool = False
    """It leads to a neighbour, dashed and on the right, and decides about no column."""
    status: str = ""
    """Slug whose colour it has; empty for that of its kind."""


@dataclass(frozen=True, slots=True)
class LayeredMap:
    """A map: bands from top to bottom, groups and nodes in the order that they are preferred in."""

    prefix: str
    """Begins the ids of the page that are the map's own."""
    title: str
    description: str
    bands: tuple[Band, ...]
    groups: tuple[Group, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    """Each between two different nodes of the map."""
