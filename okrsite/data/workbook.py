"""The document → an Excel workbook, a sheet for each table, in which no text is a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from okrsite.cells import Cell, Row
from okrsite.data.csv_text import cell, safe_text
from okrsite.data.schema import TABLES

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_MOST = 32_767
"""Characters that a cell may hold."""
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


class NoWorkbookError(Exception):
    """The library that writes workbooks is not installed."""


def write_workbook(document: dict[str, Any]) -> bytes:
    """Return a workbook of a document's tables; the same bytes for the same document.

    NoWorkbookError without openpyxl.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise NoWorkbookError from error
    book = Workbook(write_only=True)
    book.properties.creator = "okrsite"
    as_of = datetime.combine(date.fromisoformat(document["as_of"]), time())
    book.properties.created = book.properties.modified = as_of
    for table, fields in TABLES.items():
        _fill(book.create_sheet(table), table, [*fields], document[table])
    out = BytesIO()
    book.save(out)
    return _timeless(out.getvalue(), as_of)


def _fill(sheet: WriteOnlyWorksheet, table: str, columns: list[str], rows: list[Row]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    for number, name in enumerate(columns, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = 40 if name in ("ref", "title", "note") else 14
    header = [WriteOnlyCell(sheet, value=name) for name in columns]
    for each in header:
        each.font = Font(bold=True)
    sheet.append(header)
    days = {name for name in columns if TABLES[table][name].get("format") == "date"}
    for row in rows:
        sheet.append([*_cells(sheet, row, columns, days)])


def _cells(
    sheet: WriteOnlyWorksheet, row: Row, columns: list[str], days: set[str]
) -> Iterator[object]:
    from openpyxl.cell import WriteOnlyCell

    for name in columns:
        value = row[name]
        if name in days and isinstance(value, str):
            made = WriteOnlyCell(sheet, value=date.fromisoformat(value))
            made.number_format = "yyyy-mm-dd"
        elif isinstance(value, str | list | dict):
            text = _text(value)
            made = WriteOnlyCell(sheet, value=text or None)
            if text:
                # Else the library takes what begins with = for a formula.
                made.data_type = "s"
                # Kept as text also when somebody edits the cell.
                made.quotePrefix = safe_text(text) != text
        else:
            made = WriteOnlyCell(sheet, value=value)
        yield made


def _text(value: Cell) -> str:
    """Return a text as it is, and what has parts as one."""
    text = value if isinstance(value, str) else str(cell(value))
    text = _FORBIDDEN.sub("", text)
    return text if len(text) <= _MOST else text[: _MOST - 1] + "…"


def _timeless(data: bytes, as_of: datetime) -> bytes:
    """Return a workbook that does not tell when it was written."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + f"{as_of.isoformat()}Z".encode(), part)
            new.writestr(ZipInfo(name, _EPOCH), part, ZIP_DEFLATED)
    return out.getvalue()
