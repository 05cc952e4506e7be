"""A company and its measures → `okrs.json`: flat rows that a spreadsheet or a script can read."""

from okrsite.data.document import DataFile, make_document, write_assets, write_document

__all__ = ["DataFile", "make_document", "write_assets", "write_document"]
