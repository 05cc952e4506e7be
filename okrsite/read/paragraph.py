"""A plain text over several lines → one text, where it can be nothing else."""

from __future__ import annotations

from okrsite.read.cursor import Cursor
from okrsite.read.fields import Fields
from okrsite.read.line import BULLET, WORD_COLON, Row, cut_comment, quote
from okrsite.read.nodes import Scalar

_BLOCK = "begin the value with >- and put the text in the lines below it, indented"


def read_paragraph(
    cursor: Cursor, row: Row, parent: int, fields: Fields, checked: bool | None
) -> None:
    """Turn a text and the lines that it goes on in into skeleton, and go past them."""
    rows = [row, *cursor.tail(parent)]
    last = rows[-1]
    torn = cursor.is_torn(row.line, last.line)
    if torn or _is_no_text(cursor, rows, fields):
        cursor.give_up(row, parent)
        return
    text = _fold(rows)
    end = last.column + len(cut_comment(last.text)[0])
    place = cursor.skeleton.place(row.line, row.column, last.line, end)
    cursor.skeleton.mask(row.line, row.column, Scalar(text, place, "plain", checked))
    cursor.skip(parent)


def report_hash(cursor: Cursor, row: Row, clash: int, mend: str = "") -> None:
    """Report a # that would cut a text."""
    word = row.text[clash:].split()[0]
    cursor.skeleton.report(
        "OKR-Y009",
        (row.line, row.column + clash, row.column + clash + len(word)),
        f"'{word}' would begin a comment, which cuts the text",
        mend or f"write {cursor.corrected(row, quote(row.text))}",
    )


def report_bullet(cursor: Cursor, row: Row) -> None:
    """Report a list that begins with another sign than a dash, or in the line of its key."""
    found = BULLET.match(row.text)
    sign = found.group().strip() if found else "-"
    text = row.text[found.end() :].strip() if found else ""
    what = f"a list begins with '{sign}' where a dash and a space are meant"
    mend = f"write each item in a line of its own: - {text or '…'}"
    if sign == "-":
        what = "an item of a list stands in the line of its key"
    cursor.skeleton.report("OKR-Y011", cursor.span(row), what, mend)


def _fold(rows: list[Row]) -> str:
    """Return the rows as one text: a space between lines, a line end for each empty line."""
    text = rows[0].text
    line = rows[0].line
    for row in rows[1:]:
        blank = row.line - line - 1
        text += ("\n" * blank or " ") + cut_comment(row.text)[0]
        line = row.line
    return text


def _is_no_text(cursor: Cursor, rows: list[Row], fields: Fields) -> bool:
    """Report lines that are not one text, and tell whether they are not."""
    return (
        _forgot_colon(cursor, rows)
        or _has_comment(cursor, rows)
        or (fields.items is not None and _lacks_dashes(cursor, rows))
        or (not fields.text and _has_yaml(cursor, rows))
    )


def _forgot_colon(cursor: Cursor, rows: list[Row]) -> bool:
    if BULLET.match(rows[0].text):
        report_bullet(cursor, rows[0])
        return True
    for row in rows:
        found = BULLET.match(row.text) or WORD_COLON.match(row.text)
        if not found:
            continue
        first, sign = rows[0], found.group().strip()
        other = row if row is not first else rows[1]
        number = other.line + cursor.skeleton.first_line
        message = f"the text here goes on in line {number}"
        if row is not first:
            message += f", which begins with '{sign}'"
        else:
            message += f", and begins with '{sign}'"
        place = cursor.skeleton.place(
            other.line, other.column, other.line, other.column + len(other.text)
        )
        cursor.skeleton.report(
            "OKR-Y011",
            cursor.span(first),
            message,
            _mend(cursor, first, other, sign),
            also=((place, "it goes on here"),),
        )
        return True
    return False


def _mend(cursor: Cursor, first: Row, other: Row, sign: str) -> str:
    before = cursor.skeleton.lines[first.line][: first.column].rstrip()
    if BULLET.match(other.text) and before.endswith(":"):
        return "write the key that the list belongs to in a line of its own above it"
    if BULLET.match(other.text):
        return f"write {cursor.corrected(first, first.text.rstrip(':') + ':')}"
    if first.text.startswith(sign):
        return f"put it on one line, or {_BLOCK}"
    number = other.line + cursor.skeleton.first_line
    return f"indent line {number} as far as the keys beside it, or {_BLOCK}"


def _lacks_dashes(cursor: Cursor, rows: list[Row]) -> bool:
    """Report lines below a key that may be one sentence or several."""
    first = rows[0]
    if cursor.skeleton.lines[first.line][: first.column].strip():
        return False
    what = "these lines may be one item of the list or several"
    mend = f"write a dash before each: - {first.text}; or put one sentence on one line"
    cursor.skeleton.report("OKR-Y011", cursor.span(first), what, mend)
    return True


def _has_comment(cursor: Cursor, rows: list[Row]) -> bool:
    for row in rows:
        cut, clash = cut_comment(row.text)
        if clash >= 0:
            report_hash(cursor, row, clash, _BLOCK)
            return True
        if cut != row.text and row is not rows[-1]:
            _report_comment(cursor, row.line, row.column + len(cut), row.column + len(row.text))
            return True
    taken = {row.line for row in rows}
    for line in range(rows[0].line + 1, rows[-1].line):
        text = cursor.skeleton.lines[line]
        if line not in taken and text.strip():
            _report_comment(cursor, line, 0, len(text))
            return True
    return False


def _report_comment(cursor: Cursor, line: int, start: int, end: int) -> None:
    cursor.skeleton.report(
        "OKR-Y001",
        (line, start, end),
        "a comment stands inside a text",
        "move the comment to a line above the text",
    )


def _has_yaml(cursor: Cursor, rows: list[Row]) -> bool:
    for row in rows:
        if ": " in row.text or row.text[-1] == ":" or row.text[0] in "&*!|>@%`?":
            what = "this cannot be part of a text over several lines"
            cursor.skeleton.report("OKR-Y001", cursor.span(row), what, _BLOCK)
            return True
    return False
