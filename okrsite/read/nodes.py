"""The nodes of a content file: what was written and where, before a schema says what it means.

Scalars are text: ``no``, ``12:30``, ``010`` and ``1_000`` are what they look like.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrsite.model import Place
from okrsite.model.quick import quick_dataclass


@quick_dataclass(frozen=True, slots=True)
class Scalar:
    """One text."""

    text: str
    """As typed, without the spaces around it; empty where nothing was written (``title:``)."""
    place: Place
    """All of it, quotes included; of no width where nothing was written."""
    style: str = "plain"
    """``plain``, ``quoted`` or ``block``; plain where nothing was written."""
    checked: bool | None = None
    """An item's checkbox, ``[x]`` or ``[ ]``, which is then no part of the text."""


@quick_dataclass(frozen=True, slots=True)
class Broken:
    """Something that was written but could not be read, and has been reported already.

    It is neither missing nor empty, so nothing more is to be said about it.
    """

    place: Place


@quick_dataclass(frozen=True, slots=True)
class Pair:
    """A key and its value."""

    key: Scalar
    value: Node


@quick_dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file; no key stands twice."""

    pairs: tuple[Pair, ...]
    place: Place
    broken: bool = False
    """Some key of it was lost, or a line that may have been one of its keys; it was reported."""

    def get(self, key: str) -> Node | None:
        """Return the value of a key, or None where the key is not there."""
        return next((pair.value for pair in self.pairs if pair.key.text == key), None)

    def __iter__(self) -> Iterator[Pair]:
        return iter(self.pairs)


@quick_dataclass(frozen=True, slots=True)
class Sequence:
    """Items, in the order of the file."""

    items: tuple[Node, ...]
    place: Place

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)


@quick_dataclass(frozen=True, slots=True)
class Known:
    """An item of which is known already what it says: the same lines were read before."""

    record: object
    place: Place


Node = Scalar | Mapping | Sequence | Broken | Known


def is_empty(node: Node) -> bool:
    """Tell whether a node is a key's or dash's missing value."""
    return isinstance(node, Scalar) and not node.text and node.style == "plain"


def is_readable(node: Node) -> bool:
    """Tell whether an item holds something; an empty or broken one was reported already."""
    return not isinstance(node, Broken) and not is_empty(node)


def start_of(node: Node) -> Place:
    """Return a place of one line at a node's start, for messages about something absent."""
    place = node.place
    end = place.end_column if place.end_line == place.line else place.column + 1
    return Place(place.path, place.line, place.column, place.line, end)
