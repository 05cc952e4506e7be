"""YAML nodes → records with places; every mistake a Problem, never an exception."""

from okrsite.read.before import Before
from okrsite.read.company import (
    Reading,
    Texts,
    read_company,
    read_files,
    read_former_check_ins,
    read_former_rules,
    read_former_team,
    read_rules_of,
    read_version,
    read_versions,
)
from okrsite.read.json_schema import editor_schemas
from okrsite.read.memory import Memory
from okrsite.read.parts import UNDATED
from okrsite.read.records import Records

__all__ = [
    "UNDATED",
    "Before",
    "Memory",
    "Reading",
    "Records",
    "Texts",
    "editor_schemas",
    "read_company",
    "read_files",
    "read_former_check_ins",
    "read_former_rules",
    "read_former_team",
    "read_rules_of",
    "read_version",
    "read_versions",
]
