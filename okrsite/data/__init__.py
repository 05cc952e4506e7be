"""A company and its measures → `okrs.json`: flat rows that a spreadsheet or a script can read."""

from okrsite.data.cells import Sheet
from okrsite.data.document import DataFile, Writer, make_document, write_document

__all__ = ["DataFile", "Sheet", "Writer", "make_document", "write_document"]
