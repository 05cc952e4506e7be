"""Rows → CSV that spreadsheets open as it is meant, and in which no text becomes a formula.

It begins with a byte order mark: without one, Excel takes UTF-8 for the letters of the last
century. Numbers are numbers, ``-5`` too; only texts that a spreadsheet would calculate get an
apostrophe before them. A text is one line, so that a row is, and a mark after a semicolon is kept
from calculating as well: where the comma is the decimal mark, spreadsheets split rows there.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from okrsite.cells import Cell, Row
from okrsite.data.schema import TABLES

MARK = b"\xef\xbb\xbf"
COLUMNS: dict[str, tuple[str, ...]] = {
    "key_results": (
        *("ref", "objective", "owner", "title", "kind", "baseline", "target", "unit", "current"),
        *("current_date", "progress", "expected", "pace", "confidence", "status", "because"),
        *("outdated", "watermelon", "last_check_in", "grade", "priority", "start", "due", "state"),
        *("visibility", "url", "source"),
    ),
    "check_ins": (
        *("ref", "date", "by", "value", "unit", "share", "confidence", "forecast", "status"),
        *("done", "note", "blocker", "decision", "ask", "from_feed", "overruled", "source"),
    ),
}
"""Of the tables that the site publishes; elsewhere all fields are columns."""

_SIGNS = "=+\\-@＝＋－＠"
_UNSEEN = r"[\s\u200b-\u200f\u2060\ufeff]*"
_FORMULA = re.compile(rf"(?:^|(?<=;))(?={_UNSEEN}[{_SIGNS}])")
_BREAKS = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_SEPARATOR = "\x1f"
_SUSPICIOUS = re.compile(rf"(?:^|[;\x1f]){_UNSEEN}[{_SIGNS}]|[\x00-\x1e\x7f]")
"""A text among several that `safe_text` might change."""


def write_header(columns: Sequence[str]) -> bytes:
    """Return the first line, behind the byte order mark."""
    return MARK + write_lines([columns])


def write_rows(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Return lines of the columns' cells, none of them a list, without a header."""
    pick = itemgetter(*columns)
    return write_lines(_line(pick(row)) for row in rows)


def write_table(table: str, document: dict[str, Any]) -> bytes:
    """Return a whole table of a document, with lists and what has parts as one text each."""
    columns = COLUMNS.get(table) or tuple(TABLES[table])
    lines = ([cell(row[name]) for name in columns] for row in document[table])
    return write_header(columns) + write_lines(lines)


def write_lines(lines: Iterable[Iterable[Cell]]) -> bytes:
    """Return lines as RFC 4180 has them; a cell that is None is empty."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    return out.getvalue().encode("utf-8", "replace")


def _line(cells: tuple[Cell, ...]) -> Iterable[Cell]:
    # Hardly any text needs a second look, and most of a company's rows are check-ins.
    texts = _SEPARATOR.join([each for each in cells if each.__class__ is str])
    return map(cell, cells) if _SUSPICIOUS.search(texts) else cells


def cell(value: Cell) -> Cell:
    """Return what stands for a value: lists as one text each."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = "; ".join(map(str, value))
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False) if value else ""
    return safe_text(value) if isinstance(value, str) else value


def safe_text(text: str) -> str:
    """Return a text on one line that no spreadsheet calculates."""
    return _FORMULA.sub("'", _BREAKS.sub(" ", _CONTROLS.sub(" ", text)).strip())
