"""Model and as-of date → progress, expected, pace, status with its because, grade, means.

Exact, explainable, the same everywhere. Nothing here reads the clock, rounds or writes prose.
`measure_company` is the door: it gives a `Measures`, which measures what it is asked for, once.
"""

from okrsite.measure.company import Measures, measure_company
from okrsite.measure.key_results import measure_key_result
from okrsite.measure.lessons import Lesson, find_lessons, texts_of
from okrsite.measure.objectives import measure_objective
from okrsite.measure.outcome import Graded, Midway, Outcome
from okrsite.measure.results import (
    Arithmetic,
    Because,
    CycleMeasure,
    Fact,
    Flip,
    KeyResultMeasure,
    Mean,
    ObjectiveMeasure,
    OwnerMeasure,
    Point,
    Standing,
    WeekMeasure,
)
from okrsite.measure.verdicts import WORST_FIRST, confidence_colour, needed_of, worst

__all__ = [
    "WORST_FIRST",
    "Arithmetic",
    "Because",
    "CycleMeasure",
    "Fact",
    "Flip",
    "Graded",
    "KeyResultMeasure",
    "Lesson",
    "Mean",
    "Measures",
    "Midway",
    "ObjectiveMeasure",
    "Outcome",
    "OwnerMeasure",
    "Point",
    "Standing",
    "WeekMeasure",
    "confidence_colour",
    "find_lessons",
    "measure_company",
    "measure_key_result",
    "measure_objective",
    "needed_of",
    "texts_of",
    "worst",
]
