"""A `Problem` (code, place, what, mend), and how lists of them print in every format."""

from okrsite.problems.codes import CODES, Code, Severity
from okrsite.problems.formats import (
    FORGE_FORMATS,
    FORMATS,
    format_problems,
    summarise_problems,
)
from okrsite.problems.guide import GUIDE, guide_link
from okrsite.problems.neutral import neutral, neutral_json, neutral_markdown
from okrsite.problems.problem import Problem, Reporter, by_place, nearest

__all__ = [
    "CODES",
    "FORGE_FORMATS",
    "FORMATS",
    "GUIDE",
    "Code",
    "Problem",
    "Reporter",
    "Severity",
    "by_place",
    "format_problems",
    "guide_link",
    "nearest",
    "neutral",
    "neutral_json",
    "neutral_markdown",
    "summarise_problems",
]
