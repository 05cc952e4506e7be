"""Records → a `Company`: ids looked up; rings and strangers reported."""

from okrsite.resolve.again import FolderEvidence, resolve_folder
from okrsite.resolve.company import Resolution, resolve_company
from okrsite.resolve.gone import FormerPlans
from okrsite.resolve.ground import Ground
from okrsite.resolve.plans import Draft
from okrsite.resolve.versions import Former
from okrsite.resolve.visibility import Around

__all__ = [
    "Around",
    "Draft",
    "FolderEvidence",
    "Former",
    "FormerPlans",
    "Ground",
    "Resolution",
    "resolve_company",
    "resolve_folder",
]
