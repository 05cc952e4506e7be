"""Records → a `Company`: ids looked up; rings and strangers reported."""

from okrsite.resolve.company import Resolution, resolve_company

__all__ = ["Resolution", "resolve_company"]
