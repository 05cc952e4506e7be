"""Results under keys, each with the digest of what it was made from: valid as long as that is."""

from __future__ import annotations

import zlib

from okrsite.keep.codec import Piece, decode
from okrsite.keep.folder import Keep

_Shelf = dict[str, tuple[str, Piece]]
"""Key to the digest of what a result was made from, and the result."""
_Stored = dict[str, tuple[str, memoryview]]
"""A shelf as it is read: results are not copied out of it."""


class Ledger:
    """Kept results of one kind, divided into shelves, so that one change writes little anew."""

    def __init__(self, keep: Keep | None, name: str, shelves: int = 1) -> None:
        """Take where to keep results; without that they are kept for this run alone."""
        self._keep = keep
        self._name = name
        self._count = shelves
        self._shelves: dict[int, _Shelf] = {}
        self._changed: dict[int, set[str]] = {}

    def get(self, key: str, made_from: str, group: str = "") -> Piece | None:
        """Return a result that was made from the same; None where there is none.

        What has the same group lies on the same shelf.
        """
        found = self._shelf(self._number(group or key)).get(key)
        return found[1] if found and found[0] == made_from else None

    def put(self, key: str, made_from: str, result: bytes, group: str = "") -> None:
        """Note a result; it is kept when `save` is called."""
        number = self._number(group or key)
        self._shelf(number)[key] = made_from, result
        self._changed.setdefault(number, set()).add(key)

    def save(self) -> None:
        """Keep what was noted, beside what other processes have kept meanwhile."""
        if self._keep and self._changed:
            with self._keep.alone(f"{self._name}-lock"):
                for number, keys in self._changed.items():
                    self._keep.keep_value(self._path(number), self._merged(number, keys))
        self._changed.clear()

    def _merged(self, number: int, keys: set[str]) -> _Shelf:
        data = self._keep.load(self._path(number)) if self._keep else None
        stored = None if data is None else decode(data, _Stored)
        mine = self._shelves[number]
        merged = mine | (stored or {}) | {key: mine[key] for key in keys}
        self._shelves[number] = merged
        return merged

    def _number(self, group: str) -> int:
        return zlib.crc32(group.encode("utf-8", "surrogateescape")) % self._count

    def _shelf(self, number: int) -> _Shelf:
        if number not in self._shelves:
            known = self._keep.value(self._path(number), _Stored) if self._keep else None
            self._shelves[number] = known or {}
        return self._shelves[number]

    def _path(self, number: int) -> str:
        return f"{self._name}/{number:02}"
