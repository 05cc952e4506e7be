"""A company and its measures → `okrs.json`: flat rows that a spreadsheet or a script can read."""

from okrsite.data.csv_text import write_table
from okrsite.data.document import DataFile, Writer, make_document, write_document
from okrsite.data.outline import write_markdown, write_opml
from okrsite.data.schema import TABLES, document_schema
from okrsite.data.sheet import Sheet
from okrsite.data.workbook import NoWorkbookError, write_workbook

__all__ = [
    "TABLES",
    "DataFile",
    "NoWorkbookError",
    "Sheet",
    "Writer",
    "document_schema",
    "make_document",
    "write_document",
    "write_markdown",
    "write_opml",
    "write_table",
    "write_workbook",
]
