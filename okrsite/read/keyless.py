"""Rows that are no list item and have no key → the likely cause, and the key that was meant."""

from __future__ import annotations

import re
from typing import NamedTuple

from okrsite.read.cursor import Cursor
from okrsite.read.fields import Fields
from okrsite.read.line import BULLET, Key, Row, Title, cut_comment, is_dash, split_key
from okrsite.read.source import LOST

_NO_SPACE = re.compile(r"([^\s:：]+):([^ \t].*)$")
_FULL_WIDTH = re.compile(r"([^:：]+?)\s*：\s*(.*)$")
_FIELD = re.compile(r"([a-z_]+)\s*(?::(?=\S)|：)")


class Guess(NamedTuple):
    """A key that was meant."""

    key: Key
    readable: bool
    """Whether what belongs to the key stands below it and can be read."""


def looks_like_field(text: str, fields: Fields) -> bool:
    """Tell whether a field's name begins a text, with a colon that YAML doesn't take for one."""
    found = _FIELD.match(text)
    return found is not None and found.group(1) in fields.keys


def lacks_title(row: Row, below: Row | None, fields: Fields) -> bool:
    """Tell whether a text stands above fields where its own field is missing."""
    apart = below is None or below.column != row.column or row.text[0] in "&*!"
    if below is None or apart or "title" not in fields.keys or not fields.text:
        return False
    own, next_ = split_key(row.text), split_key(below.text)
    is_bare = own is None or (own.text not in fields.keys and own.value_at == len(row.text))
    return is_bare and next_ is not None and next_.text in fields.keys


def guess_key(cursor: Cursor, row: Row, fields: Fields) -> Guess | None:
    """Report a row without a key, and return the key that was meant, if that can be told."""
    text = row.text
    if row.line in cursor.flagged:
        return None
    if text[0] == "-":
        _report_dash(cursor, row)
        return None
    if bullet := BULLET.match(text):
        fixed = cursor.corrected(row, f"- {text[bullet.end() :]}")
        what = f"this line begins with '{bullet.group().strip()}'"
        cursor.report(row, "OKR-Y011", what, f"write {fixed}, below the key it belongs to")
        return None
    full = _FULL_WIDTH.match(text)
    close = _NO_SPACE.match(text)
    if full and not (close and close.end(1) < full.end(1)):
        return _guess_full_width(cursor, row, full)
    if close and not text.startswith(("http:", "https:")):
        return _guess_close(cursor, row, close)
    return _guess_forgotten(cursor, row, fields)


def _report_dash(cursor: Cursor, row: Row) -> None:
    if is_dash(row.text):
        cursor.report(
            row,
            "OKR-Y018",
            "this item of a list belongs to no key",
            "indent it as far as the items above, or write the key that it belongs to above it",
        )
        return
    rest = row.text.lstrip("- ")
    mend = f"write {cursor.corrected(row, '- ' + rest)}"
    cursor.report(row, "OKR-Y012", "a space is missing after the dash", mend)


def _guess_full_width(cursor: Cursor, row: Row, found: re.Match[str]) -> Guess:
    name, value = found.groups()
    cursor.report(
        row,
        "OKR-Y013",
        f"the colon after '{name}' is a full-width one",
        f"write {cursor.corrected(row, f'{name}: {value}'.rstrip())}",
    )
    return Guess(Key(name, len(name), len(row.text)), readable=not value)


def _guess_close(cursor: Cursor, row: Row, found: re.Match[str]) -> Guess:
    name, value = found.groups()
    code, what = "OKR-Y012", f"a space is missing after '{name}:'"
    if value[0].isspace():
        code, what = "OKR-Y014", f"a no-break space stands after '{name}:'"
    cursor.report(row, code, what, f"write {cursor.corrected(row, f'{name}: {value.lstrip()}')}")
    return Guess(Key(name, len(name), len(row.text)), readable=False)


def _guess_forgotten(cursor: Cursor, row: Row, fields: Fields) -> Guess | None:
    text, _ = cut_comment(row.text)
    name, _, value = text.partition(" ")
    if name in fields.keys and value:
        mend = f"write {cursor.corrected(row, f'{name}: {value.strip()}')}"
        cursor.report(row, "OKR-Y011", f"the colon after '{name}' is missing", mend)
        return Guess(Key(name, len(name), len(row.text)), readable=False)
    below = cursor.below(row.column)
    if not below and fields.text and "title" in fields.keys:
        mend = f"write {cursor.corrected(row, 'title: ' + text.rstrip(': '))}"
        cursor.report(row, "OKR-Y011", "a field and its colon are missing before this", mend)
        return Guess(Key("title", len("title"), len(row.text)), readable=False)
    readable = bool(below) or text in fields.keys
    mend = f"write {cursor.corrected(row, text + ':')}"
    if not readable:
        mend = "write a key and a colon before it, or put it on the line of the key it belongs to"
    cursor.report(row, "OKR-Y011", "a key with its colon is missing here", mend)
    return Guess(Key(text, len(text), len(row.text)), readable=True) if readable else None


def report_no_colon(cursor: Cursor, row: Row, title: Title) -> None:
    """Report a title with a list below it that ends in no colon."""
    code, what = "OKR-Y011", "a colon is missing after this: a list stands below it"
    if title.colon:
        code, what = "OKR-Y013", "the colon after this is a full-width one"
    cursor.report(row, code, what, f"write {cursor.corrected(row, title.text)}:")


def report_stray(cursor: Cursor, row: Row, column: int) -> None:
    """Report a row whose indent fits no line above; `column` would fit."""
    cursor.report(
        row,
        "OKR-Y018",
        f"this line is indented by {_spaces(row.column)}, which fits no line above",
        f"indent it by {_spaces(column)}, or as far as the lines that it belongs to",
    )


def _spaces(count: int) -> str:
    return "1 space" if count == 1 else f"{count} spaces"


def report_no_item(cursor: Cursor, row: Row, column: int) -> None:
    """Report a row among the items of a list that is none."""
    if row.text == LOST:
        return
    if row.column > column:
        report_stray(cursor, row, column)
    elif row.text[0] == "-":
        _report_dash(cursor, row)
    else:
        bullet = BULLET.match(row.text)
        text = row.text[bullet.end() :] if bullet else row.text
        cursor.report(
            row,
            "OKR-Y018",
            "this line stands among the items of a list, and begins with no dash",
            f"write - {text}, or indent the line as far as the lines it belongs to",
        )


def report_yaml_key(cursor: Cursor, row: Row, key: Key, fields: Fields) -> bool:
    """Report a key that means something in YAML, and tell whether it does."""
    sign = row.text[0]
    if key.text == "<<":
        mend = "write the fields out; each file says all it means"
        cursor.report(row, "OKR-Y003", "'<<' is a merge key in YAML", mend)
        return True
    if (
        fields.others
        or fields.text
        or sign not in "&*!?"
        or (sign == "?" and row.text[1:2] not in " \t")
    ):
        return False
    what = {"&": "an anchor", "*": "an alias", "!": "a tag", "?": "a key of several lines"}[sign]
    code = {"!": "OKR-Y004", "?": "OKR-Y001"}.get(sign, "OKR-Y003")
    cursor.report(row, code, f"'{sign}' begins {what} in YAML", f"take out the {sign}")
    return True
