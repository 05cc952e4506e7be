"""A company → the same company, noting which of its parts are asked for.

Whatever is drawn while `Watch.reading` is open leaves behind the names of the parts that it was
made from. As long as none of these parts changes, it need not be drawn again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

Part = tuple[str, ...]
"""What kind of part it is, and which: ``("plan", "platform", "2026-q4")``."""


class Watch:
    """Notes which parts are asked for."""

    def __init__(self) -> None:
        self._open: list[set[Part]] = []

    def note(self, *part: str) -> None:
        """Note that a part was asked for."""
        if self._open:
            self._open[-1].add(part)

    @contextmanager
    def reading(self) -> Iterator[set[Part]]:
        """Give the set that everything asked for in the block goes into."""
        parts: set[Part] = set()
        self._open.append(parts)
        try:
            yield parts
        finally:
            self._open.pop()
            if self._open:
                self._open[-1] |= parts


class Memo(Generic[Key, Value]):
    """What was worked out once, with the parts that it was made from."""

    def __init__(self, watch: Watch | None = None) -> None:
        self._watch = watch or Watch()
        self._known: dict[Key, tuple[Value, frozenset[Part]]] = {}

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made the first time; whoever asks has asked for its parts."""
        known = self._known.get(key)
        if known is None:
            with self._watch.reading() as parts:
                value = make()
            self._known[key] = value, frozenset(parts)
            return value
        for part in known[1]:
            self._watch.note(*part)
        return known[0]
