"""A folder → `SourceFile`s; the only reader of content on disk. Links are never followed."""

from okrsite.tree.guesses import read_date
from okrsite.tree.names import FileKind, Naming, name_file
from okrsite.tree.pictures import read_pictures
from okrsite.tree.scan import (
    MOST_BYTES,
    Listing,
    SourceFile,
    Tree,
    find_misnamed_rules,
    is_ignored,
    is_picture,
    is_text_file,
    linked,
    may_be_content,
    read_file,
    read_listing,
    sort_listing,
    stray_problems,
)

__all__ = [
    "MOST_BYTES",
    "FileKind",
    "Listing",
    "Naming",
    "SourceFile",
    "Tree",
    "find_misnamed_rules",
    "is_ignored",
    "is_picture",
    "is_text_file",
    "linked",
    "may_be_content",
    "name_file",
    "read_date",
    "read_file",
    "read_listing",
    "read_pictures",
    "sort_listing",
    "stray_problems",
]
