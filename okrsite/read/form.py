"""A mapping → its fields, taken one by one; what is unknown or misshapen becomes a Problem."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from okrsite.model import Place
from okrsite.problems import nearest
from okrsite.read.fields import Fields
from okrsite.read.nodes import Broken, Mapping, Node, Pair, Scalar, Sequence, is_empty, start_of
from okrsite.read.private import FIELD
from okrsite.read.records import Text
from okrsite.read.sheet import Sheet
from okrsite.read.unknown import guess_field, mend_unknown
from okrsite.tree import read_date

E = TypeVar("E", bound=StrEnum)

_EXAMPLES = {
    "checkins": "2026-11-16: 720",
    "checkpoints": "2026-11-30: 700 ms",
    "definition": "counts: Requests to public endpoints",
    "health": "morale: 4",
    "initiatives": "Query cache: done",
    "key_results": "trust/sev1: 2",
    "limits": "objectives: 5",
    "links": "Chat: https://chat.example.com",
    "objectives": "trust: {status: at-risk}",
    "pace": "on_track: 10",
    "retrospective": "learned: Drills beat documents",
    "roles": "okr_lead: dana",
    "rubric": "0.7: Forty new contributors",
    "rules": "no-owner: off",
}
_MENDS_OF_EMPTY = {
    "objectives": "write the objectives below it, or objectives: [] for a team that set none",
    "key_results": "write the key results below it, each after a dash",
}


class Form:
    """A mapping's fields, each read by what it should be.

    A field that is absent gives None or nothing; one that is wrong gives the same and a Problem.
    """

    def __init__(self, sheet: Sheet, node: Mapping, what: str, fields: Fields) -> None:
        self.sheet = sheet
        self.node = node
        self.what = what
        """What the mapping is, for messages: ``an objective``."""
        self.lost: set[str] = set()
        """Known fields that were written but could not be read, or were probably meant."""
        self._fields: dict[str, tuple[Scalar, Node]] = {}
        for pair in node.pairs:
            if pair.key.text not in fields.keys:
                self._complain_unknown(pair, fields.keys)
            elif isinstance(pair.value, Broken):
                self.lost.add(pair.key.text)
                sheet.doubt(pair.value)
            else:
                self._fields[pair.key.text] = (pair.key, pair.value)

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    @property
    def is_private(self) -> bool:
        """Tell whether this was meant for some people only, but does not say for whom."""
        if FIELD in self.lost:
            return True
        node = self.node_of(FIELD)
        if node is not None:
            return not isinstance(node, Scalar) or is_empty(node)
        return self.sheet.may_have_said(self.node)

    def node_of(self, name: str) -> Node | None:
        """Return a field's node, or None."""
        found = self._fields.get(name)
        return found[1] if found else None

    def place_of(self, name: str) -> Place:
        """Return where a field's value stands, or its key where it has none."""
        key, value = self._fields[name]
        return key.place if is_empty(value) else value.place

    def key_place(self, name: str) -> Place:
        """Return where a field's key stands."""
        return self._fields[name][0].place

    def text(self, name: str) -> Text | None:
        """Return a line of text; an empty one is reported."""
        node = self.node_of(name)
        if node is None:
            return None
        if is_empty(node):
            self.complain_empty(self._fields[name][0])
            return None
        return self._scalar(node, name)

    def prose(self, name: str) -> str:
        """Return free text, in which nothing at all is a fair answer."""
        node = self.node_of(name)
        if node is None or is_empty(node):
            return ""
        found = self._scalar(node, name)
        return found.value if found else ""

    def texts(self, name: str) -> tuple[Text, ...]:
        """Return a list of sentences; one sentence is a list of one."""
        return tuple(
            text for node in self.items(name) if (text := self._scalar(node, name)) is not None
        )

    def names(self, name: str) -> tuple[Text, ...]:
        """Return a list of ids or names; a text with a comma is answered with the list."""
        found: list[Text] = []
        for text in self.texts(name):
            if parts := _parts(text):
                self.sheet.report(
                    "OKR-S010",
                    text.place,
                    f"'{text.value}' is one text with a comma, not a list",
                    f"write {name}: [{', '.join(parts)}]",
                )
            else:
                found.append(text)
        return tuple(found)

    def name(self, name: str) -> Text | None:
        """Return one id or name; several, or a text with a comma, are reported."""
        node = self.node_of(name)
        if isinstance(node, Sequence):
            self.wrong_shape(name, node, "one name")
            return None
        text = self.text(name)
        if text and (parts := _parts(text)):
            self.sheet.report(
                "OKR-S010",
                text.place,
                f"'{text.value}' is several names, and {name}: takes one",
                f"write {name}: {parts[0]}",
            )
            return None
        return text

    def items(self, name: str) -> tuple[Node, ...]:
        """Return the items of a list; a single value is a list of one; empty ones are reported."""
        node = self.node_of(name)
        if node is None:
            return ()
        if isinstance(node, Sequence):
            return self.sheet.readable(node.items)
        if is_empty(node):
            self.complain_empty(self._fields[name][0])
            return ()
        return (node,)

    def mapping(self, name: str) -> Mapping | None:
        """Return a field that has fields of its own."""
        node = self.node_of(name)
        if node is None or isinstance(node, Mapping):
            return node
        if is_empty(node):
            self.complain_empty(self._fields[name][0])
        else:
            found = "a list" if isinstance(node, Sequence) else "a text"
            self.sheet.report(
                "OKR-S002",
                node.place,
                f"{name}: has {found}, not keys with values",
                f"write lines such as {_EXAMPLES.get(name, 'key: value')} below it",
            )
        return None

    def choice(self, name: str, words: type[E]) -> E | None:
        """Return a word of a closed set, in either case."""
        text = self.text(name)
        if text is None:
            return None
        found = self.one_of(name, text, [word.value for word in words])
        return words(found) if found else None

    def word(self, name: str, words: Collection[str]) -> str:
        """Return a word of a few, in either case, or nothing."""
        text = self.text(name)
        return self.one_of(name, text, words) if text else ""

    def one_of(self, name: str, text: Text, words: Collection[str]) -> str:
        """Return the word that a text is, reporting where it is none."""
        found = {word.casefold(): word for word in words}.get(text.value.casefold())
        if found is None:
            near = nearest(text.value, words, 1)
            self.sheet.report(
                "OKR-S004",
                text.place,
                f"'{text.value}' is no {name}",
                f"write {near[0]}" if near else f"write one of {', '.join(words)}",
                f"one of: {', '.join(words)}",
            )
        return found or ""

    def day(self, name: str) -> date | None:
        """Return a date."""
        text = self.text(name)
        return self.date_of(text) if text else None

    def date_of(self, text: Text) -> date | None:
        """Return the date that a text is, reporting where it is none."""
        found = read_date(text.value)
        if found is None or not 1900 <= found.year <= 2199:
            self.sheet.report(
                "OKR-S006",
                text.place,
                f"'{text.value}' is no date",
                "write year-month-day, such as 2026-11-16",
            )
            return None
        return found

    def days(self, name: str) -> tuple[date, ...]:
        """Return a list of dates."""
        return tuple(day for text in self.texts(name) if (day := self.date_of(text)))

    def number(self, name: str, low: Decimal, high: Decimal) -> Decimal | None:
        """Return a plain number between two limits, both inside."""
        text = self.text(name)
        if text is None:
            return None
        value = plain_number(text.value)
        if value is None:
            self.sheet.report(
                "OKR-S007", text.place, f"'{text.value}' is no plain number", "write digits only"
            )
            return None
        if not low <= value <= high:
            self.sheet.report(
                "OKR-S008",
                text.place,
                f"{name} is {text.value}, outside {low} to {high}",
                f"write a number from {low} to {high}",
            )
            return None
        return value

    def wrong_shape(self, name: str, node: Node, wanted: str) -> None:
        """Report a value of the wrong shape."""
        if isinstance(node, Broken):
            return
        is_bare = isinstance(node, Sequence) and not node.items
        names = {Scalar: "a text", Mapping: "keys with values", Sequence: "a list"}
        found = "an empty list" if is_bare else names[type(node)]
        self.sheet.report(
            "OKR-S002",
            node.place,
            f"{name}: has {found}, not {wanted}",
            f"write {wanted}",
        )

    def require(self, name: str, example: str) -> bool:
        """Tell whether a field is there, reporting where it is not."""
        if name in self._fields:
            return True
        if name not in self.lost and not self.node.broken:
            self.sheet.report(
                "OKR-S003", start_of(self.node), f"{self.what} has no {name}:", f"add {example}"
            )
        return False

    def complain_empty(self, key: Scalar) -> None:
        """Report a key with nothing after it."""
        mend = _MENDS_OF_EMPTY.get(key.text, f"write a value after {key.text}:, or remove the line")
        self.sheet.report("OKR-S005", key.place, f"{key.text}: has nothing after it", mend)

    def _scalar(self, node: Node, name: str) -> Text | None:
        if isinstance(node, Scalar):
            return Text(node.text, node.place)
        self.wrong_shape(name, node, "a text")
        return None

    def _complain_unknown(self, pair: Pair, known: Collection[str]) -> None:
        meant = guess_field(pair, known, self.sheet.audiences)
        self.lost.add(meant)
        self.sheet.report(
            "OKR-S001",
            pair.key.place,
            f"{self.what} has no field '{pair.key.text}'",
            mend_unknown(pair.key.text, meant, known),
            f"fields here: {', '.join(sorted(known))}",
        )


def _parts(text: Text) -> list[str]:
    """Return the parts of a text in which commas were meant to make a list, if there are any."""
    plain = text.value.replace("、", ",").replace("，", ",")
    return [part.strip() for part in plain.split(",") if part.strip()] if "," in plain else []


def title_pair(node: Mapping, fields: Fields) -> Pair | None:
    """Return the one pair of a mapping from a title, or None where its key is a field."""
    only = node.pairs[0] if len(node.pairs) == 1 else None
    return None if only is None or only.key.text in fields.keys else only


def plain_number(text: str) -> Decimal | None:
    """Return a number of plain ASCII digits, or None."""
    digits = text.removeprefix("-").replace(".", "", 1)
    return Decimal(text) if digits.isascii() and digits.isdigit() and len(text) < 40 else None
