"""A folder → `SourceFile`s; the only reader of content on disk. Links are never followed."""

from okrsite.tree.guesses import read_date
from okrsite.tree.names import FileKind, Naming, name_file
from okrsite.tree.pictures import read_pictures
from okrsite.tree.scan import (
    Listing,
    SourceFile,
    Tree,
    find_misnamed_rules,
    is_ignored,
    read_listing,
    sort_listing,
    stray_problems,
)

__all__ = [
    "FileKind",
    "Listing",
    "Naming",
    "SourceFile",
    "Tree",
    "find_misnamed_rules",
    "is_ignored",
    "name_file",
    "read_date",
    "read_listing",
    "read_pictures",
    "sort_listing",
    "stray_problems",
]
