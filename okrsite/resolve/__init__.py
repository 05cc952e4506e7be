"""Records → a `Company`: ids looked up; rings and strangers reported."""

from okrsite.resolve.again import FolderEvidence, resolve_folder
from okrsite.resolve.company import Resolution, resolve_company

__all__ = ["FolderEvidence", "Resolution", "resolve_company", "resolve_folder"]
