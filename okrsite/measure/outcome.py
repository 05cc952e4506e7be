"""An owner's plan → what it came to, in the figures that cycles and teams are compared by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from okrsite.measure.moment import Moment, confidence_of
from okrsite.measure.objectives import ObjectiveMoment, ObjectiveSubject
from okrsite.measure.owners import PlanSubject
from okrsite.measure.results import OwnerMeasure, WeekMeasure
from okrsite.measure.verdicts import needed_of
from okrsite.model import Cycle, ObjectiveType, Status
from okrsite.model.quick import quick_dataclass


@quick_dataclass(frozen=True, slots=True)
class Graded:
    """An active objective, with the grade that it ended with."""

    objective: str
    """Its id."""
    type: ObjectiveType
    grade: Fraction | None
    """None before the cycle's end, and where nobody gave one."""


@quick_dataclass(frozen=True, slots=True)
class Midway:
    """How sure people were of an active key result in the middle of its cycle, and its end."""

    confidence: Fraction | None
    """0 to 10: the newest that held on the middle day; None where nobody stated one."""
    grade: Decimal | None
    achieved: bool
    """The grade is what its objective needs: 0.7, or 1 where it is committed."""


@quick_dataclass(frozen=True, slots=True)
class Outcome:
    """What an owner's plan for a cycle came to, as far as the cycle has gone."""

    grade: Fraction | None = None
    """As an `OwnerMeasure` has it; so is the progress."""
    progress: Fraction | None = None
    objectives: tuple[Graded, ...] = ()
    """Active ones, without those of which only the title is known."""
    key_results: int = 0
    """Active ones; `achieved` of them are achieved."""
    achieved: int = 0
    fresh: int = 0
    """Added up over all weeks so far: key results whose newest check-in was within cadence plus
    grace, of all that were active."""
    of: int = 0
    midway: tuple[Midway, ...] = ()
    """Of a closed cycle: its active key results (and objectives without any)."""


def measure_outcome(
    subject: PlanSubject, measure: OwnerMeasure, weeks: Iterable[WeekMeasure], cycle: Cycle
) -> Outcome:
    """Return what a plan came to so far, from its measure on a day and its weeks up to then."""
    weeks = tuple(weeks)
    closed = measure.as_of > cycle.end
    return Outcome(
        grade=None if measure.grade is None else Fraction(measure.grade),
        progress=measure.progress,
        objectives=tuple(_graded(subject, measure)),
        key_results=sum(measure.counts.values()),
        achieved=measure.counts.get(Status.ACHIEVED, 0),
        fresh=sum(week.fresh for week in weeks),
        of=sum(week.of for week in weeks),
        midway=tuple(_midways(subject, cycle)) if closed else (),
    )


def _graded(subject: PlanSubject, measure: OwnerMeasure) -> Iterator[Graded]:
    """Yield the active objectives that may be told of by more than their titles."""
    for each, measured in zip(subject.objectives, measure.objectives, strict=True):
        if each.active and not each.objective.title_only:
            grade = None if measured.grade is None else Fraction(measured.grade)
            objective = each.objective
            yield Graded(objective.ref.objective, objective.type, grade)


def _midways(subject: PlanSubject, cycle: Cycle) -> Iterator[Midway]:
    for objective in subject.objectives:
        if objective.active:
            yield from _midways_of(objective, cycle)


def _midways_of(objective: ObjectiveSubject, cycle: Cycle) -> Iterator[Midway]:
    """Yield an objective's key results as somebody judged them in the middle, and at the end."""
    then = ObjectiveMoment(objective, cycle.start + timedelta(days=cycle.days // 2))
    for moment in then.counted:
        yield Midway(
            confidence=confidence_of(moment.confident),
            grade=moment.key_result.grade,
            achieved=_achieved(moment),
        )


def _achieved(moment: Moment) -> bool:
    """Tell whether the final grade of a key result is as good as its objective needs."""
    grade = moment.key_result.grade
    return grade is not None and grade >= needed_of(committed=moment.subject.committed)
