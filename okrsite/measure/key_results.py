"""A key result on a day → its `KeyResultMeasure`, with all that pages, data and `show` tell."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from okrsite.measure.evidence import steps_weight, whole_weight
from okrsite.measure.exact import ZERO, clamp, fraction
from okrsite.measure.moment import Moment, confidence_of, frame_of, subject_of
from okrsite.measure.results import Because, KeyResultMeasure
from okrsite.measure.status import decide
from okrsite.measure.verdicts import Verdict, is_gloomier, is_watermelon
from okrsite.model import Company, KeyResult, Objective, Plan

ENDED = frozenset({"paused", "cancelled", "closed", "done", "upcoming"})
"""Rules under which nobody owes a check-in."""


def measure_key_result(
    key_result: KeyResult, objective: Objective, plan: Plan, company: Company, as_of: date
) -> KeyResultMeasure:
    """Return the measure of a key result of a plan; what is dated after `as_of` is not seen."""
    subject = subject_of(key_result, objective, frame_of(plan, company), company)
    moment = Moment(subject, as_of)
    return measure_moment(moment, decide(moment))


def measure_moment(moment: Moment, verdict: Verdict) -> KeyResultMeasure:
    """Return the measure of one key result on one day, given what was decided about it."""
    key_result, subject, point = moment.key_result, moment.subject, moment.point
    status, because = verdict
    due = _check_in_due(moment, because)
    confidences = _confidences(moment)
    steps = steps_of(moment)
    return KeyResultMeasure(
        ref=key_result.ref,
        kind=key_result.kind,
        as_of=moment.day,
        active=subject.active,
        weight=fraction(key_result.weight),
        measured=moment.progress is not None,
        current=point.value if point else None,
        current_date=point.date if point else None,
        current_from_feed=point.from_feed if point else False,
        baseline=key_result.baseline,
        target=key_result.target,
        progress=moment.progress,
        shown=None if moment.progress is None else clamp(moment.progress),
        arithmetic=moment.arithmetic,
        start=subject.path.start,
        due=subject.path.due,
        expected=moment.expected,
        expected_path=subject.path.corners,
        expected_then=moment.expected_then,
        pace=moment.pace,
        pace_verdict=moment.pace_verdict,
        too_early=moment.too_early,
        confidence=confidence_of(moment.confident),
        confidence_date=moment.confident.date if moment.confident else None,
        confidence_by=moment.confident.by if moment.confident else "",
        confidence_before=_before(moment, confidences),
        confidence_history=confidences,
        status=status,
        because=because,
        outdated=because.rule == "outdated",
        away=moment.away,
        watermelon=is_watermelon(verdict, moment.pace_verdict),
        gloomier=is_gloomier(verdict, moment.pace_verdict),
        grade=_grade(moment),
        last_check_in=moment.newest.date if moment.newest else None,
        check_in_due=due,
        owes=due is not None and due <= moment.day and not moment.away,
        steps_done=steps,
        step_weight_done=steps_weight(key_result, steps) if steps else ZERO,
        step_weight=whole_weight(key_result),
        history=tuple(moment.points),
    )


def _grade(moment: Moment) -> Decimal | None:
    """Return the grade, which counts and shows only once the cycle is closed."""
    return moment.key_result.grade if moment.closed else None


def steps_of(moment: Moment) -> tuple[date | None, ...]:
    """Return for each step the day it was done, or None."""
    evidence = moment.subject.evidence
    count = evidence.points_until(moment.day)
    if count and evidence.steps:
        return evidence.steps[count - 1]
    return (None,) * len(moment.key_result.steps)


def _confidences(moment: Moment) -> tuple[tuple[date, Fraction], ...]:
    return tuple(
        (said.date, fraction(said.confidence))
        for said in moment.people
        if said.confidence is not None
    )


def _before(moment: Moment, confidences: tuple[tuple[date, Fraction], ...]) -> Fraction | None:
    """Return the confidence stated before the one that counts."""
    return confidences[-2][1] if moment.confident and len(confidences) > 1 else None


def _check_in_due(moment: Moment, because: Because) -> date | None:
    """Return the day of the next check-in: a cadence after the last, else after the start."""
    if because.rule in ENDED or not moment.subject.active:
        return None
    last = moment.newest.date if moment.newest else moment.subject.path.start - timedelta(days=1)
    return last + timedelta(days=moment.frame.cadence_days)
