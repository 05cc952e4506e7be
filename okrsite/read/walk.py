"""Rows → skeleton: lists, keys and values by indentation, every mistake a Problem."""

from __future__ import annotations

import functools
import re

from okrsite.read.cursor import Cursor
from okrsite.read.fields import Fields
from okrsite.read.keyless import (
    guess_key,
    lacks_title,
    looks_like_field,
    report_no_colon,
    report_no_item,
    report_stray,
    report_yaml_key,
)
from okrsite.read.line import CHECKBOX, Key, Row, is_dash, quote, split_key, split_title
from okrsite.read.nodes import Scalar
from okrsite.read.paragraph import report_hash
from okrsite.read.skeleton import MOST_LEVELS, Raw, Skeleton, Stray, TooMuchError
from okrsite.read.source import LOST, has_odd_spaces, rows_of
from okrsite.read.values import is_nothing, read_value

_NO_KEY = frozenset("\"'[{|>")
_WORD = re.compile(r"[a-z][a-z_]{3,}$")
_LONGEST_KEY = 900
"""libyaml takes keys of up to 1,024 signs; a mask may be shorter than what it stands for."""


def walk(skeleton: Skeleton, fields: Fields) -> bool:
    """Fill a skeleton from its lines, and tell whether there is anything to be read in it."""
    rows = rows_of(skeleton)
    skeleton.out = [""] * len(skeleton.lines)
    if not rows:
        return False
    cursor = Cursor(skeleton, rows, has_odd_spaces=has_odd_spaces(skeleton))
    _Walk(cursor).block(-1, fields)
    if cursor.at == len(rows):
        return True
    # What stands left of the first line could be anything, even who may see the rest.
    report_stray(cursor, rows[cursor.at], rows[0].column)
    return False


class _Walk:
    """The blocks of a file, from the outside in."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.skeleton = cursor.skeleton
        self.depth = 0

    def block(self, parent: int, fields: Fields, checked: bool | None = None) -> None:
        """Read the list, mapping or text that begins in the row at hand."""
        cursor = self.cursor
        row = cursor.rows[cursor.at]
        self.depth += 1
        if self.depth > MOST_LEVELS:
            raise TooMuchError(f"more than {MOST_LEVELS} levels", row.line)
        if cursor.has_odd_spaces:
            cursor.visit(row)
        if row.text == LOST:
            self._lost(row, parent, fields)
        elif is_dash(row.text) or (row.text[0] == "-" and fields.items and row.text != "-"):
            self._sequence(row.column, parent, fields)
        elif title := self._title(row, parent, fields):
            self._key(row, title, fields, checked)
            self._below(row, fields.below(title.text))
            self._mapping(row.column, fields)
        elif self._begins_mapping(row, parent, fields):
            self._mapping(row.column, fields, checked)
        else:
            read_value(cursor, row, parent, fields, checked)
        self.depth -= 1

    def _lost(self, row: Row, parent: int, fields: Fields) -> None:
        """Read on behind lines that were lost, if what follows tells what they were part of."""
        after = self.cursor.below(parent)
        if after and after.column == row.column and is_dash(after.text):
            self._sequence(row.column, parent, fields)
        elif after and after.column == row.column and split_key(after.text):
            self._mapping(row.column, fields)
        else:
            self.cursor.give_up(row, parent)

    def _begins_mapping(self, row: Row, parent: int, fields: Fields) -> bool:
        """Tell whether a row is a key with its value rather than a text."""
        if row.text[0] == "{" or (row.text[0] == "[" and not fields.text and not fields.others):
            return False
        key = split_key(row.text)
        if key is None:
            return self._lacks_colon(row, fields)
        if not fields.text or key.text in fields.keys or _is_misspelt(key.text, fields):
            return True
        below = self.cursor.below(parent)
        if is_nothing(row.text[key.value_at :], fields):
            return below is not None
        return below is not None and below.column == row.column and bool(split_key(below.text))

    def _lacks_colon(self, row: Row, fields: Fields) -> bool:
        text = row.text
        if fields.text:
            below = self.cursor.below(row.column - 1)
            return looks_like_field(text, fields) or lacks_title(row, below, fields)
        return bool(fields.keys or fields.others) and text[0] not in _NO_KEY

    def _title(self, row: Row, parent: int, fields: Fields) -> Key | None:
        """Return the title that a row is, with a list or fields below it, or None.

        ``O1: Make it trusted:`` is a title with a colon in it; a forgotten one is reported.
        """
        below = self.cursor.below(parent)
        if not (below and fields.text and fields.others) or below.column < row.column:
            return None
        title, key = split_title(row.text), split_key(row.text)
        if title is None or (key and key.text in fields.keys):
            return None
        if not is_dash(below.text) and (title.colon != ":" or below.column == row.column):
            return None
        if title.clash >= 0:
            mend = f"write {self.cursor.corrected(row, quote(title.text))}:"
            report_hash(self.cursor, row, title.clash, mend)
        elif title.colon != ":":
            report_no_colon(self.cursor, row, title)
        return Key(title.text, len(title.text), len(row.text))

    def _sequence(self, column: int, parent: int, fields: Fields) -> None:
        cursor = self.cursor
        while cursor.at < len(cursor.rows):
            row = cursor.rows[cursor.at]
            if row.column < column:
                return
            if cursor.has_odd_spaces:
                cursor.visit(row)
            if row.column == column and is_dash(row.text):
                self._item(row, fields.item)
                continue
            if row.column == column == parent and row.text[0] != "-" and row.text != LOST:
                return
            report_no_item(cursor, row, column)
            node = cursor.broken(row)
            self.skeleton.put(row.line, column, "-")
            is_item = row.column == column and row.text[0] == "-"
            self.skeleton.mask(row.line, column + 2, node if is_item else Stray(node.place))
            cursor.skip(column)

    def _item(self, row: Row, fields: Fields) -> None:
        cursor = self.cursor
        rest = row.text[1:].lstrip()
        start = row.column + len(row.text) - len(rest)
        self.skeleton.put(row.line, row.column, "-")
        cursor.check_gap(row, 1, start - row.column)
        checked = None
        if fields.text and (box := CHECKBOX.match(rest)):
            checked = box.group(1) != " "
            rest, start = rest[box.end() :], start + box.end()
        if is_nothing(rest, fields):
            self._empty_item(row, fields, checked)
            return
        inner = Row(row.line, start, rest)
        cursor.rows[cursor.at] = inner
        if is_dash(rest) and fields.text and not fields.items:
            mend = f"write - {rest.lstrip('- ')}"
            cursor.report(row, "OKR-Y012", "two dashes begin this item", mend)
            cursor.give_up(inner, row.column)
        else:
            self.block(row.column, fields, checked)

    def _empty_item(self, row: Row, fields: Fields, checked: bool | None) -> None:
        cursor = self.cursor
        if cursor.below(row.column) and checked is None:
            cursor.at += 1
            self.block(row.column, fields)
            return
        mend = "write a text after it, or delete the line"
        cursor.report(row, "OKR-Y010", "nothing stands after the dash", mend)
        self.skeleton.mask(row.line, row.column + 2, cursor.broken(row))
        cursor.skip(row.column)

    def _mapping(self, column: int, fields: Fields, checked: bool | None = None) -> None:
        cursor = self.cursor
        while cursor.at < len(cursor.rows):
            row = cursor.rows[cursor.at]
            if row.column < column:
                return
            if cursor.has_odd_spaces:
                cursor.visit(row)
            if row.column > column:
                report_stray(cursor, row, column)
                self._drop(row, column)
            elif row.text == LOST:
                self._drop(row, column)
            else:
                self._pair(row, fields, checked)
            checked = None

    def _pair(self, row: Row, fields: Fields, checked: bool | None) -> None:
        key = None if is_dash(row.text) else split_key(row.text)
        if key is None or key.text not in fields.keys:
            if key is None or lacks_title(row, self.cursor.below(row.column - 1), fields):
                self._pair_without_colon(row, fields, checked)
                return
            if report_yaml_key(self.cursor, row, key, fields):
                self._drop(row, row.column)
                return
        self._key(row, key, fields, checked)
        self._value(row, key, fields.below(key.text))

    def _pair_without_colon(self, row: Row, fields: Fields, checked: bool | None) -> None:
        guess = guess_key(self.cursor, row, fields)
        if guess is None:
            self._drop(row, row.column)
            return
        key = guess.key
        self._key(row, key, fields, checked)
        if guess.readable:
            self._below(row, fields.below(key.text))
        else:
            node = self.cursor.broken(row)
            self.skeleton.mask(row.line, row.column + len(key.text) + 2, node)
            self.cursor.skip(row.column)

    def _key(self, row: Row, key: Key, fields: Fields, checked: bool | None) -> None:
        end = row.column + key.width
        if key.width != len(key.text):
            self.skeleton.copy(Raw(row.line, row.column, row.line, end, -1, checked, is_key=True))
        elif key.text in fields.keys and checked is None:
            self.skeleton.put(row.line, row.column, key.text)
        else:
            place = self.skeleton.place(row.line, row.column, row.line, end)
            node = Scalar(key.text, place, "plain", checked)
            self.skeleton.mask(row.line, row.column, node, min(key.width, _LONGEST_KEY))
        self.skeleton.put(row.line, 0, ":")

    def _value(self, row: Row, key: Key, fields: Fields) -> None:
        value = row.text[key.value_at :]
        if is_nothing(value, fields):
            self._below(row, fields)
            return
        self.cursor.check_gap(row, key.width + 1, key.value_at)
        inner = Row(row.line, row.column + key.value_at, value)
        self.cursor.rows[self.cursor.at] = inner
        read_value(self.cursor, inner, row.column, fields)

    def _below(self, row: Row, fields: Fields) -> None:
        """Read what stands in the lines below a key."""
        after = self.cursor.below(row.column - 1)
        self.cursor.at += 1
        if after and (after.column > row.column or is_dash(after.text)):
            self.block(row.column, fields)

    def _drop(self, row: Row, column: int) -> None:
        """Leave out a row and what is below it, so that its mapping counts as broken."""
        cursor = self.cursor
        node = cursor.broken(row)
        self.skeleton.mask(row.line, column, Stray(node.place) if row.column > column else node)
        self.skeleton.put(row.line, 0, ":")
        cursor.skip(column)
        while is_dash(row.text) and cursor.at < len(cursor.rows):
            other = cursor.rows[cursor.at]
            if other.column != column or not is_dash(other.text):
                break
            cursor.skip(column)


def _is_misspelt(name: str, fields: Fields) -> bool:
    """Tell whether a word is so like a field's name that it can be no sentence's beginning."""
    if not _WORD.match(name):
        return False
    near = _one_letter_less(fields)
    return name in near or any(short in near for short in _shortened(name))


@functools.lru_cache(maxsize=64)
def _one_letter_less(fields: Fields) -> frozenset[str]:
    names = [name for name in fields.keys if len(name) > 3]
    return frozenset(names).union(*map(_shortened, names))


def _shortened(name: str) -> list[str]:
    """Return a name with each of its letters left out: ``titel`` and ``title`` share ``titl``."""
    return [name[:at] + name[at + 1 :] for at in range(len(name))]
