"""`Fields`: what a schema must tell about a place in a file before its lines can be read.

Whether ``KR1: Improve usability`` is a sentence or a key with a value depends on where it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True, eq=False)
class Fields:
    """What may stand at one place of a file, as far as the reading of lines depends on it."""

    text: bool = False
    """A one-line value is the text as typed, whatever YAML would make of it."""
    keys: Mapping[str, Fields] = field(default_factory=dict)
    """The known fields of a mapping that stands here."""
    others: Fields | None = None
    """What the other keys hold, where keys are free: references, dates; with `text`, a title."""
    items: Fields | None = None
    """What the items of a list that stands here are."""

    def below(self, key: str) -> Fields:
        """Return what the value of a key is; below a title stand its list or its fields."""
        known = self.keys.get(key)
        if known is None and self.others and self.text and not self.others.keys:
            return replace(self.others, keys=self.keys)
        return known or self.others or self._unknown

    @property
    def item(self) -> Fields:
        """Return what an item is."""
        return self.items or self._unknown

    @property
    def _unknown(self) -> Fields:
        return TEXT if self.text else DATA


DATA = Fields()
"""Ids, dates, numbers, lists of them: YAML as it is, though scalars stay text."""

TEXT = Fields(text=True)
"""A sentence, a paragraph or a quantity: a one-line value is the text as typed."""


def sentences(item: Fields = TEXT) -> Fields:
    """Return a list of sentences, or one sentence where the list is meant."""
    return Fields(text=True, items=item)


def mapping(keys: Mapping[str, Fields], others: Fields | None = None) -> Fields:
    """Return a mapping with known fields, and what its other keys hold if they are free."""
    return Fields(keys=keys, others=others)


def sentence(keys: Mapping[str, Fields], below: Fields | None = None) -> Fields:
    """Return a sentence, or a mapping with fields, or a title with `below` under it."""
    return Fields(text=True, keys=keys, others=below)
