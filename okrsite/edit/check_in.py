"""A check-in file and what somebody says → the file that says it too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from okrsite.edit.change import Keys, extend, find, put
from okrsite.edit.page import Data, Page, read_page
from okrsite.read import schema
from okrsite.read.nodes import Scalar

ITEM = ("value", "done", "undone", "confidence", "forecast", "status")
"""The fields of one key result, those for people to read last."""
ITEM_ORDER = (*ITEM, "note", "blocker", "decision", "ask")
ORDER = (
    *("by", "cycle", "key_results", "objectives", "initiatives", "health"),
    *("priorities", "upcoming", "wins", "asks", "note"),
)

Fields = dict[str, str | list[str]]
"""What is said about one key result: ``{"value": "720 ms", "confidence": "5"}``."""


@dataclass
class Said:
    """What somebody says in a check-in; each name as the file may have it."""

    by: str = ""
    cycle: str = ""
    key_results: dict[str, Fields] = field(default_factory=dict)
    objectives: dict[str, Fields] = field(default_factory=dict)
    initiatives: dict[str, str] = field(default_factory=dict)
    health: dict[str, str] = field(default_factory=dict)
    priorities: list[str] = field(default_factory=list)
    upcoming: list[str] = field(default_factory=list)
    wins: list[str] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    note: str = ""

    def __bool__(self) -> bool:
        lists = (self.priorities, self.upcoming, self.wins, self.asks)
        items = (self.key_results, self.objectives, self.initiatives, self.health)
        return any((*items, *lists, self.note))


def edit_check_in(path: str, data: bytes, said: Said) -> bytes:
    """Return a check-in file's bytes with what is said added; `data` is empty for a new one.

    What the file says already about the same is replaced, lists are made longer, and all else
    stays to the byte. UnreadableError and CannotEditError where that cannot be done.
    """
    page = read_page(path, data, schema.CHECK_IN)
    for name in ("by", "cycle"):
        if value := getattr(said, name):
            page = put(page, (name,), value, ORDER)
    for block in ("key_results", "objectives"):
        for name, fields in getattr(said, block).items():
            page = _put_item(page, (block, name), fields)
    texts: Mapping[str, Mapping[str, str]] = {
        "initiatives": said.initiatives,
        "health": said.health,
    }
    for block, values in texts.items():
        for name, value in values.items():
            page = put(page, (block, name), value, ORDER)
    for name in ("priorities", "upcoming", "wins", "asks"):
        page = _extend(page, name, getattr(said, name))
    if said.note:
        before = find(page.node, ("note",))
        old = before.text if isinstance(before, Scalar) else ""
        page = put(page, ("note",), f"{old}\n{said.note}" if old else said.note, ORDER)
    return page.data


def _put_item(page: Page, keys: Keys, fields: Fields) -> Page:
    """Put what is said about one item: a value alone stands behind its name."""
    old = find(page.node, keys)
    known = {name: value for name in ITEM_ORDER if (value := fields.get(name))}
    if old is None or isinstance(old, Scalar):
        if isinstance(old, Scalar) and old.text and "value" not in known:
            known = {"value": old.text, **known}
        alone = known.get("value") if set(known) == {"value"} else None
        fresh = {name: _data(value) for name, value in known.items()}
        return put(page, keys, alone if isinstance(alone, str) else fresh, ORDER)
    for name, value in known.items():
        page = put(page, (*keys, name), _data(value), ITEM_ORDER)
    return page


def _data(value: str | list[str]) -> Data:
    return value if isinstance(value, str) else list[Data](value)


def _extend(page: Page, name: str, items: list[str]) -> Page:
    """Make a list longer by what it does not have yet."""
    node = find(page.node, (name,))
    there = {node.text} if isinstance(node, Scalar) else _texts(node)
    new: list[Data] = [item for item in dict.fromkeys(items) if item not in there]
    return extend(page, (name,), new, ORDER) if new else page


def _texts(node: object) -> set[str]:
    items = getattr(node, "items", ())
    return {item.text for item in items if isinstance(item, Scalar)}
