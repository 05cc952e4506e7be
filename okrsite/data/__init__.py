"""A company and its measures → `okrs.json`: flat rows that a spreadsheet or a script can read."""

from okrsite.data.document import DataFile, Writer, make_document, write_document
from okrsite.data.sheet import Sheet

__all__ = ["DataFile", "Sheet", "Writer", "make_document", "write_document"]
