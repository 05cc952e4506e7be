"""The text of a plain file → its nodes, several times as quick as by a skeleton and libyaml.

Most files hold nothing but keys, dashes and short values. In them there is nothing that could be
read in two ways. Whatever else stands in a file - a sentence that goes on in the next line, a
comment behind one, brackets in brackets, a mistake - leaves all of it to `walk` and `compose`:
nothing is guessed here, and nothing is reported.
"""

from __future__ import annotations

import re
from functools import cached_property

from okrsite.model import Place
from okrsite.read.before import Before
from okrsite.read.fields import Fields
from okrsite.read.nodes import Known, Mapping, Node, Pair, Scalar, Sequence
from okrsite.read.plain_values import NotPlainError, is_plain_text, read_block, read_flow, unquoted
from okrsite.read.skeleton import UNREADABLE

_LINES = re.compile(
    r"^( *)((?:- +)?)(?:(\w(?:[\w/.@ -]{0,99}[\w/.@-])?)(:(?: +|$)))?(.*)$", re.MULTILINE
)
"""Each line: indent, dash, key, colon, value."""
_MOST_LINES = 10_000
_MOST_LEVELS = 12

_Row = tuple[int, int, int, str, int, str]
"""Line, column, column behind the dash (or the same), key, column of the value, value; from 0."""


def read_plain(
    text: str, path: str, fields: Fields, first_line: int, before: Before | None = None
) -> Node | None:
    """Return a text's nodes as `walk` and `compose` would, or None where it is not plain.

    Items that stand in the same lines as `before` are given as what is known of them.
    """
    # Of all kinds of space only the ordinary one is printable, and no control character is.
    if not text.replace("\n", " ").isprintable() or UNREADABLE in text:
        return None
    rows = _rows(text) if text.count("\n") < _MOST_LINES else []
    try:
        return _Plain(text, rows, path, first_line, before).read(fields) if rows else None
    except NotPlainError:
        return None


def _rows(text: str) -> list[_Row]:
    rows: list[_Row] = []
    for number, (indent, dash, key, colon, value) in enumerate(_LINES.findall(text)):
        if not (key or dash) and (not value or value[0] == "#"):
            continue
        if value[-1:] == " ":
            value = value.rstrip()
        column = len(indent)
        start = column + len(dash)
        rows.append((number, column, start, key, start + len(key) + len(colon), value))
    return rows


class _Plain:
    """The rows of a plain file, with the one at hand."""

    def __init__(
        self, text: str, rows: list[_Row], path: str, first_line: int, before: Before | None
    ) -> None:
        self.text = text
        self.before = before
        self.rows = rows
        self.at = 0
        self.depth = 0
        self.path = path
        self.first_line = first_line

    def read(self, fields: Fields) -> Node:
        node = self._block(-1, fields)
        if self.at < len(self.rows):
            raise NotPlainError
        return node

    def _block(self, parent: int, fields: Fields) -> Node:
        """Read the list, mapping or text that begins in the row at hand."""
        row = self.rows[self.at]
        self.depth += 1
        if self.depth > _MOST_LEVELS:
            raise NotPlainError
        is_item = row[2] > row[1]
        node = self._sequence(parent, fields) if is_item else self._content(parent, fields)
        self.depth -= 1
        return node

    def _sequence(self, parent: int, fields: Fields) -> Sequence:
        rows, first = self.rows, self.rows[self.at]
        column, inner = first[1], fields.item
        items: list[Node] = []
        while True:
            items.append(self._known(column, inner) or self._content(column, inner))
            row = rows[self.at] if self.at < len(rows) else None
            if row is None or row[1] < column:
                break
            if row[1] == column == parent and row[2] == column:
                break  # the next key: the list stands right below its own
            if row[1] > column or row[2] == column:
                raise NotPlainError
        return Sequence(tuple(items), self._around(first[0], column, items[-1].place))

    def _known(self, column: int, fields: Fields) -> Known | None:
        """Take the item that begins in the row at hand, where it is what it was before."""
        number = self.rows[self.at][0]
        found = self.before and self.before.find(fields, number + self.first_line)
        if not found:
            return None
        end = found.place.end_line - self.first_line + 1
        more = next(filter(None, self._lines[end:]), "")
        goes_on = len(more) - len(more.lstrip()) > column
        if goes_on or self._lines[number:end] != found.lines:
            return None
        while self.at < len(self.rows) and self.rows[self.at][0] < end:
            self.at += 1
        return Known(found.record, found.place)

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    def _content(self, parent: int, fields: Fields) -> Node:
        """Read the mapping or text that begins in the row at hand, behind its dash."""
        row = self.rows[self.at]
        key, text = row[3], row[5]
        if key and (key in fields.keys or (fields.others and not fields.text)):
            return self._mapping(fields)
        if key or not text:
            raise NotPlainError
        if text[0] != "{":
            is_mapping = not fields.text and (fields.keys or fields.others)
            if is_mapping or text[0] in "-[" or ":" in text or "：" in text:
                raise NotPlainError
        return self._text(row, parent, fields)

    def _mapping(self, fields: Fields) -> Mapping:
        rows, first = self.rows, self.rows[self.at]
        column = first[2]
        row: _Row | None = first
        known, others = fields.keys, None if fields.text else fields.others
        pairs: dict[str, Pair] = {}
        while row is not None:
            key = row[3]
            inner = known.get(key, others)
            if not key or key in pairs or inner is None:
                raise NotPlainError
            line = row[0] + self.first_line
            place = Place(self.path, line, column + 1, line, column + len(key) + 1)
            value = self._text(row, column, inner) if row[5] else self._below(column, inner)
            pairs[key] = Pair(Scalar(key, place), value)
            row = rows[self.at] if self.at < len(rows) else None
            if row is None or row[1] < column:
                break
            if row[1] > column or row[2] > column:
                raise NotPlainError
        return Mapping(tuple(pairs.values()), self._around(first[0], column, value.place))

    def _below(self, column: int, fields: Fields) -> Node:
        """Read what stands below a key."""
        self.at += 1
        row = self.rows[self.at] if self.at < len(self.rows) else None
        if row is None or row[1] < column or (row[1] == column and row[2] == column):
            raise NotPlainError
        return self._block(column, fields)

    def _text(self, row: _Row, parent: int, fields: Fields) -> Node:
        """Read a text, or a list or mapping in brackets, that begins and ends in a row."""
        number, _, _, _, column, text = row
        sign = text[0]
        if sign in "|>" and text[1:] in ("", "-"):
            return self._lines_below(row, parent)
        self.at += 1
        if self.at < len(self.rows) and self.rows[self.at][1] > parent:
            raise NotPlainError  # it goes on in the next line
        line = number + self.first_line
        place = Place(self.path, line, column + 1, line, column + len(text) + 1)
        if is_plain_text(text, fields):
            return Scalar(text, place)
        if sign in "\"'":
            return Scalar(unquoted(text), place, "quoted")
        if sign == "{" or (sign == "[" and (fields.items or not fields.text)):
            return read_flow(text, place, fields)
        raise NotPlainError

    def _lines_below(self, row: _Row, parent: int) -> Scalar:
        """Read a text that stands in the lines below its ``|`` or ``>``."""
        number, column = row[0], row[4]
        lines = self._lines
        text, last = read_block(lines, number, parent, folds=row[5][0] == ">")
        while self.at < len(self.rows) and self.rows[self.at][0] <= last:
            self.at += 1
        first = self.first_line
        place = Place(self.path, number + first, column + 1, last + first, len(lines[last]) + 1)
        return Scalar(text, place, "block")

    def _around(self, line: int, column: int, last: Place) -> Place:
        return Place(self.path, line + self.first_line, column + 1, last.end_line, last.end_column)
