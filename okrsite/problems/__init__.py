"""A `Problem` (code, place, what, mend), and how lists of them print in every format."""

from okrsite.problems.codes import CODES, Code, Severity
from okrsite.problems.problem import Problem, by_place, nearest

__all__ = ["CODES", "Code", "Problem", "Severity", "by_place", "nearest"]
