"""YAML nodes → records with places; every mistake a Problem, never an exception."""

from okrsite.read.company import Reading, read_company
from okrsite.read.records import Records

__all__ = ["Reading", "Records", "read_company"]
