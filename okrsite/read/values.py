"""The value of a key or item → its skeleton: quoted, in brackets, a block, or text as typed."""

from __future__ import annotations

import re

from okrsite.read.cursor import Cursor
from okrsite.read.fields import Fields
from okrsite.read.flow import Flow, scan_flow
from okrsite.read.line import (
    BLOCK_HEADER,
    BULLET,
    QUOTED,
    Row,
    cut_comment,
    is_comment,
    is_curly,
    quote,
)
from okrsite.read.nodes import Scalar
from okrsite.read.paragraph import read_paragraph, report_bullet, report_hash
from okrsite.read.skeleton import Raw

_SPECIAL = frozenset("\"'[{|>")
_DOUBTFUL = frozenset("&*!“”„‟‘’‚‛-+•‣◦▪●·–—0123456789")
_ANCHOR = re.compile(r"[&*][^\s*&]+$")
_MARK_ALONE = re.compile(r"[&*!]\S*$")
_TAG = re.compile(r"!\S*$|!!")


def read_value(
    cursor: Cursor, row: Row, parent: int, fields: Fields, checked: bool | None = None
) -> None:
    """Turn what stands from a row's column on into skeleton, and go past it.

    `parent` is the column that further lines of the value are indented beyond.
    """
    if row.text[0] in _SPECIAL and _special(cursor, row, parent, fields, checked):
        return
    if cursor.below(parent):
        if (
            row.text[0] in "&*!"
            and _MARK_ALONE.match(row.text)
            and _doubt_yaml(cursor, row, row.text, fields)
        ):
            cursor.give_up(row, parent)
            return
        read_paragraph(cursor, row, parent, fields, checked)
        return
    text, clash = cut_comment(row.text)
    if clash >= 0 and fields.text:
        report_hash(cursor, row, clash)
    elif not _doubt(cursor, row, text, fields):
        end = row.column + len(text)
        place = cursor.skeleton.place(row.line, row.column, row.line, end)
        cursor.skeleton.mask(row.line, row.column, Scalar(text, place, "plain", checked))
        cursor.at += 1
        return
    cursor.give_up(row, parent)


def is_nothing(text: str, fields: Fields) -> bool:
    """Tell whether nothing, or only a comment, stands where a value is meant."""
    return not text or (text[0] == "#" and (is_comment(text) or not fields.text))


def _special(cursor: Cursor, row: Row, parent: int, fields: Fields, checked: bool | None) -> bool:
    """Read what is YAML rather than text, and tell whether it was."""
    sign = row.text[0]
    if sign in "\"'":
        return _quoted(cursor, row, parent, fields, checked)
    if sign in "|>":
        return bool(BLOCK_HEADER.match(row.text)) and _block(cursor, row, parent, fields, checked)
    if fields.text and not (fields.items if sign == "[" else fields.keys or fields.others):
        return False
    return _flow(cursor, row, parent, fields)


def _leave(cursor: Cursor, raw: Raw, row: Row) -> None:
    """Leave a span to libyaml, unless a merge has torn it."""
    if cursor.is_torn(raw.line, raw.end_line):
        cursor.skeleton.mask(row.line, row.column, cursor.broken(row, raw.end_line))
    else:
        cursor.skeleton.copy(raw)
    cursor.go_past(raw.end_line)


def _block(cursor: Cursor, row: Row, parent: int, fields: Fields, checked: bool | None) -> bool:
    last = cursor.last_line(row.line, parent)
    if last == row.line:
        if fields.text and row.text[1:2].isdigit():  # `>8` says more than eight
            return False
        mend = "write the text in the lines below it, indented, or instead of it"
        cursor.skeleton.report("OKR-Y010", cursor.span(row), "no text stands below this", mend)
        cursor.give_up(row, parent)
        return True
    end = len(cursor.skeleton.lines[last])
    _leave(cursor, Raw(row.line, row.column, last, end, parent, checked), row)
    return True


def _quoted(cursor: Cursor, row: Row, parent: int, fields: Fields, checked: bool | None) -> bool:
    found = QUOTED.match(row.text)
    if found:
        rest = row.text[found.end() :]
        if _is_end(rest, fields):
            end = row.column + found.end()
            _leave(cursor, Raw(row.line, row.column, row.line, end, parent, checked), row)
            return True
        if fields.text:
            return False
        _report_rest(cursor, row, row.line, row.column + found.end(), rest.strip())
        cursor.give_up(row, parent)
        return True
    last = cursor.last_line(row.line, parent)
    lines = [row.text, *cursor.skeleton.lines[row.line + 1 : last + 1]]
    found = QUOTED.match("\n".join(lines)) if len(lines) > 1 else None
    if found:
        inside = found.group().split("\n")
        end_line = row.line + len(inside) - 1
        rest = lines[len(inside) - 1][len(inside[-1]) :]
        if _is_end(rest, fields):
            raw = Raw(row.line, row.column, end_line, len(inside[-1]), parent, checked)
            _leave(cursor, raw, row)
            return True
    _report_open_quote(cursor, row)
    cursor.give_up(row, parent)
    return True


def _is_end(rest: str, fields: Fields) -> bool:
    """Tell whether nothing but a comment stands after a value."""
    text = rest.strip()
    return not text or (rest[0].isspace() and is_nothing(text, fields))


def _report_open_quote(cursor: Cursor, row: Row) -> None:
    mark = row.text[0]
    closed = cursor.corrected(row, row.text + mark)
    plain = cursor.corrected(row, quote(row.text))
    mend = f"write {closed}" if mark == '"' else f"write {closed}, or {plain} if it is a sign"
    cursor.skeleton.report("OKR-Y019", cursor.span(row), "this quote is not closed", mend)


def _flow(cursor: Cursor, row: Row, parent: int, fields: Fields) -> bool:
    last = cursor.last_line(row.line, parent, "]}")
    flow = scan_flow(cursor.skeleton, row.line, row.column, last, fields)
    rest = cursor.skeleton.lines[flow.line][flow.column :]
    ends = flow.closed and _is_end(rest, fields)
    torn = cursor.is_torn(row.line, flow.line)
    if not ends and flow.closed and fields.text and flow.line == row.line:
        return False
    if ends and not flow.mistake and not torn:
        raw = Raw(row.line, row.column, flow.line, flow.column, parent)
        cursor.skeleton.copy(raw, flow.pieces)
    else:
        if not torn:
            _report_flow(cursor, row, flow, rest.strip())
        cursor.skeleton.mask(row.line, row.column, cursor.broken(row, flow.line))
    cursor.go_past(flow.line)
    return True


def _report_flow(cursor: Cursor, row: Row, flow: Flow, rest: str) -> None:
    mistake = flow.mistake
    if mistake:
        cursor.skeleton.report(mistake.code, mistake.span, mistake.message, mistake.mend)
    elif flow.closed:
        _report_rest(cursor, row, flow.line, flow.column, rest)
    else:
        closing = "]" if row.text[0] == "[" else "}"
        cursor.skeleton.report(
            "OKR-Y019",
            cursor.span(row),
            f"the {row.text[0]} is not closed",
            f"write {cursor.corrected(row, row.text + closing)}, or quotes around the text",
        )


def _report_rest(cursor: Cursor, row: Row, line: int, column: int, rest: str) -> None:
    cursor.skeleton.report(
        "OKR-Y019",
        (line, column, column + len(rest) + 1),
        f"'{rest}' stands after the closing quote or bracket",
        f"take it out, or write {cursor.corrected(row, quote(row.text))}",
    )


def _doubt(cursor: Cursor, row: Row, text: str, fields: Fields) -> bool:
    """Report a text that may be something else, and tell whether it may."""
    return (text[0] in _DOUBTFUL and _doubt_beginning(cursor, row, text, fields)) or (
        (":" in text or text[0] in "?|>") and _doubt_colon(cursor, row, text, fields)
    )


def _doubt_beginning(cursor: Cursor, row: Row, text: str, fields: Fields) -> bool:
    sign = text[0]
    if sign in "&*!":
        return _doubt_yaml(cursor, row, text, fields)
    if is_curly(text):
        mend = f"write {cursor.corrected(row, quote(text[1:-1]))}"
        cursor.skeleton.report("OKR-Y015", cursor.span(row), "the quotes here are curly", mend)
        return True
    if fields.items and BULLET.match(text):
        report_bullet(cursor, row)
        return True
    return False


def _doubt_colon(cursor: Cursor, row: Row, text: str, fields: Fields) -> bool:
    # Only an objective's title needs something below it: a key result may end in a colon.
    list_below = fields.others and fields.others.items if fields.text else None
    if list_below and list_below.others and list_below.others.items and text[-1] == ":":
        mend = f"indent what belongs below it, or write {cursor.corrected(row, text[:-1].strip())}"
        cursor.skeleton.report("OKR-Y010", cursor.span(row), "nothing stands below this", mend)
        return True
    if not fields.text and (
        ": " in text or text[-1] == ":" or text[0] in "|>" or text[:2] in ("?", "? ")
    ):
        what = "a colon, or a sign at its beginning, makes this no plain value"
        mend = f"write {cursor.corrected(row, quote(text))} if it is text"
        cursor.skeleton.report("OKR-Y001", cursor.span(row), what, mend)
        return True
    return False


def _doubt_yaml(cursor: Cursor, row: Row, text: str, fields: Fields) -> bool:
    if fields.text and not (_TAG if text[0] == "!" else _ANCHOR).match(text):
        return False
    code, what = {
        "!": ("OKR-Y004", "a tag"),
        "&": ("OKR-Y003", "an anchor"),
        "*": ("OKR-Y003", "an alias"),
    }[text[0]]
    name = text.split()[0]
    mend = f"take it out, or write {cursor.corrected(row, quote(text))} if it is text"
    cursor.skeleton.report(code, cursor.span(row, len(name)), f"'{name}' is {what} in YAML", mend)
    return True
