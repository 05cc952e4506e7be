"""An owner's objectives in one cycle → the owner's numbers, as of a day or week by week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from okrsite.measure.exact import fraction, mean
from okrsite.measure.expected import time_gone
from okrsite.measure.moment import Frame, confidence_of, frame_of
from okrsite.measure.objectives import (
    ObjectiveMoment,
    ObjectiveSubject,
    counts_of,
    mean_grade,
    objective_subject,
)
from okrsite.measure.results import Flip, ObjectiveMeasure, OwnerMeasure, Standing, WeekMeasure
from okrsite.measure.verdicts import worst
from okrsite.model import Company, Cycle, Plan, Reference, Status
from okrsite.model.quick import quick_dataclass

WEEK = timedelta(days=7)
_Stood = tuple[Reference, Status]


@quick_dataclass(frozen=True, slots=True)
class PlanSubject:
    """A plan with all that does not depend on the day."""

    plan: Plan
    frame: Frame
    objectives: tuple[ObjectiveSubject, ...]

    def active_on(self, as_of: date) -> list[ObjectiveMoment]:
        """Return its active objectives on a day."""
        return [ObjectiveMoment(each, as_of) for each in self.objectives if each.active]


def plan_subject(plan: Plan, company: Company) -> PlanSubject:
    """Return a plan with the evidence about its objectives gathered."""
    frame = frame_of(plan, company)
    objectives = tuple(objective_subject(each, frame, company) for each in plan.objectives)
    return PlanSubject(plan, frame, objectives)


def measure_owner(
    subject: PlanSubject,
    moments: Iterable[ObjectiveMoment],
    measured: tuple[ObjectiveMeasure, ...],
    as_of: date,
) -> OwnerMeasure:
    """Return an owner's numbers from all objectives of a plan on a day, and their measures."""
    plan, cycle, day = subject.plan, subject.frame.cycle, subject.frame.day(as_of)
    active = [each for each in measured if each.active]
    with_progress = [each for each in active if each.progress is not None]
    return OwnerMeasure(
        owner=plan.owner,
        cycle=cycle.id,
        as_of=day,
        progress=mean((each.progress, each.weight) for each in active),
        measured=len(with_progress),
        of=len(active),
        expected=mean((each.expected, each.weight) for each in with_progress),
        time_gone=time_gone(cycle.start, cycle.end, day),
        confidence=_confidence(each for each in moments if each.subject.active),
        confidence_before=_confidence(subject.active_on(day - WEEK)),
        status=worst(each.status for each in active),
        counts=add_counts(each.counts for each in active),
        grade=_grade(plan, active) if subject.frame.closed(as_of) else None,
        last_check_in=max(
            (each.last_check_in for each in measured if each.last_check_in), default=None
        ),
        objectives=measured,
    )


def plan_standing(moments: Iterable[ObjectiveMoment]) -> Standing:
    """Return how a plan stands by its objectives; *unknown* where none of them is active."""
    active = [each for each in moments if each.subject.active]
    weighed = ((each.progress.value, fraction(each.objective.weight)) for each in active)
    status = worst(each.verdict[0] for each in active)
    return Standing(mean(weighed), status or Status.UNKNOWN, _confidence(active))


def _grade(plan: Plan, active: list[ObjectiveMeasure]) -> Decimal | Fraction | None:
    if plan.grade is not None:
        return plan.grade
    return mean_grade([(each.grade, each.weight) for each in active])


def _confidence(objectives: Iterable[ObjectiveMoment]) -> Fraction | None:
    """Return the weighted mean of all key results' confidence.

    An objective whose key results state none counts once, with what is declared for itself.
    """
    return mean(part for objective in objectives for part in _confidences(objective))


def _confidences(objective: ObjectiveMoment) -> Iterator[tuple[Fraction | None, Fraction]]:
    weight = objective.objective.weight
    stated = [moment for moment in objective.counted if moment.confident]
    if not any(moment.key_result.weight for moment in stated):
        yield objective.confidence, fraction(weight)
    for moment in stated:
        yield confidence_of(moment.confident), fraction(weight * moment.key_result.weight)


def measure_weeks(subject: PlanSubject, cycle: Cycle, as_of: date) -> tuple[WeekMeasure, ...]:
    """Return an owner's weeks up to a day, each past one as of its last day."""
    weeks: list[WeekMeasure] = []
    before: list[_Stood] = []
    for week, start, end in weeks_until(cycle, as_of):
        objectives = subject.active_on(min(end, as_of))
        now = list(_standings(objectives))
        # Which objectives are active does not depend on the day: they stand in the same order.
        flips = (Flip(ref, a, b) for (ref, b), (_, a) in zip(now, before, strict=False) if a != b)
        measure = _week(objectives, week, start, end, min(end, as_of))
        weeks.append(replace(measure, flips=tuple(flips)))
        before = now
    return tuple(weeks)


def _standings(objectives: list[ObjectiveMoment]) -> Iterator[_Stood]:
    """Yield how active objectives and their active key results stand."""
    for objective in objectives:
        yield objective.objective.ref, objective.verdict[0]
        if objective.key_results:
            for moment, verdict in objective.verdicts.items():
                yield moment.key_result.ref, verdict[0]


def weeks_until(cycle: Cycle, as_of: date) -> Iterator[tuple[int, date, date]]:
    """Yield number, first and last day of each week of a cycle that has begun on a day."""
    for week in range(1, cycle.weeks + 1):
        start = cycle.start + (week - 1) * WEEK
        if start <= as_of:
            yield week, start, cycle.week_end(week)


def _week(
    objectives: list[ObjectiveMoment], week: int, start: date, end: date, as_of: date
) -> WeekMeasure:
    moments = [moment for objective in objectives for moment in objective.counted]
    return WeekMeasure(
        week=week,
        end=end,
        as_of=as_of,
        counts=add_counts(counts_of(each) for each in objectives),
        status=worst(each.verdict[0] for each in objectives),
        confidence=_confidence(objectives),
        progress=mean(
            (each.progress.value, fraction(each.objective.weight)) for each in objectives
        ),
        checked_in=sum(1 for each in moments if each.newest and each.newest.date >= start),
        fresh=sum(1 for each in moments if each.newest and not each.stale),
        of=len(moments),
    )


def add_weeks(owners: list[tuple[WeekMeasure, ...]]) -> tuple[WeekMeasure, ...]:
    """Return the same weeks of several owners added up: counts alone, as no mean rolls up."""
    return tuple(
        replace(
            weeks[0],
            counts=add_counts(each.counts for each in weeks),
            status=worst(each.status for each in weeks if each.status),
            confidence=None,
            progress=None,
            checked_in=sum(each.checked_in for each in weeks),
            fresh=sum(each.fresh for each in weeks),
            of=sum(each.of for each in weeks),
            flips=(),
        )
        for weeks in zip(*owners, strict=True)
    )


def add_counts(counts: Iterable[Mapping[Status, int]]) -> Mapping[Status, int]:
    """Return counts of statuses added up."""
    total: Counter[Status] = Counter()
    for each in counts:
        for status, count in each.items():
            total[status] += count
    return total
