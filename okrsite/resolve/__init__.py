"""Records → a `Company`: ids looked up; rings and strangers reported."""

from okrsite.resolve.again import FolderEvidence, resolve_folder
from okrsite.resolve.company import Ground, Resolution, resolve_company
from okrsite.resolve.versions import resolve_versions

__all__ = [
    "FolderEvidence",
    "Ground",
    "Resolution",
    "resolve_company",
    "resolve_folder",
    "resolve_versions",
]
