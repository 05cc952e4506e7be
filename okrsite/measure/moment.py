"""A key result and a day → the facts that the rules of status ask for, each worked out on demand.

Past weeks of thousands of key results are decided by what somebody declared: then nobody needs
their progress. So facts are properties that are computed when a rule asks, and kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from okrsite.measure.evidence import Ending, Evidence, gather
from okrsite.measure.exact import fraction
from okrsite.measure.expected import Path, pace_verdict, path_of, points_behind, quiet_until
from okrsite.measure.lazy import lazy
from okrsite.measure.progress import Progress, progress_on
from okrsite.measure.results import Arithmetic, Point
from okrsite.model import (
    CheckIn,
    Company,
    Cycle,
    KeyResult,
    Kind,
    Objective,
    ObjectiveType,
    Person,
    Plan,
    State,
    Status,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a plan's cycle and the company's rules give to all its key results."""

    cycle: Cycle
    cadence_days: int
    allowed_days: int
    """Cadence plus grace: how old a check-in may be."""
    on_track: Fraction
    at_risk: Fraction
    quiet_until: date

    def closed(self, as_of: date) -> bool:
        """Tell whether the cycle is over on a day."""
        return as_of > self.cycle.end

    def day(self, as_of: date) -> date:
        """Return the day to measure for: a closed cycle is measured as of its grading date."""
        return min(as_of, max(self.cycle.grading_due, self.cycle.end))


def frame_of(plan: Plan, company: Company) -> Frame:
    """Return the frame of a plan."""
    cycle, rules = company.cycle(plan.cycle), company.rules
    cadence = company.cadence(plan).days
    return Frame(
        cycle=cycle,
        cadence_days=cadence,
        allowed_days=cadence + rules.grace_days,
        on_track=points_behind(rules.on_track),
        at_risk=points_behind(rules.at_risk),
        quiet_until=quiet_until(cycle, rules),
    )


@dataclass(frozen=True, slots=True)
class Subject:
    """One key result with all that does not depend on the day."""

    key_result: KeyResult
    objective: Objective
    frame: Frame
    evidence: Evidence
    path: Path
    owner: Person | None
    """Its first owner, where that is a person."""

    @property
    def active(self) -> bool:
        """Tell whether it counts in means and counts."""
        return self.key_result.state is State.ACTIVE and self.objective.state is State.ACTIVE

    @property
    def committed(self) -> bool:
        """Tell whether the objective expects 1.0."""
        return self.objective.type is ObjectiveType.COMMITTED


def subject_of(
    key_result: KeyResult, objective: Objective, frame: Frame, company: Company
) -> Subject:
    """Return a key result with its evidence gathered."""
    owners = key_result.owners or objective.owners
    return Subject(
        key_result=key_result,
        objective=objective,
        frame=frame,
        evidence=gather(key_result),
        path=path_of(key_result, frame.cycle),
        owner=company.person(owners[0]) if owners else None,
    )


class Moment:
    """One key result on one day."""

    def __init__(self, subject: Subject, as_of: date) -> None:
        self.subject = subject
        self.key_result = subject.key_result
        self.frame = subject.frame
        self.as_of = as_of
        self.day = subject.frame.day(as_of)

    @property
    def closed(self) -> bool:
        """Tell whether its cycle is over."""
        return self.frame.closed(self.as_of)

    @property
    def people(self) -> Sequence[CheckIn]:
        """Return the check-ins by persons, oldest first."""
        evidence = self.subject.evidence
        return evidence.people[: evidence.people_until(self.day)]

    @property
    def points(self) -> Sequence[Point]:
        """Return the value that counts on each day that has one, oldest first."""
        evidence = self.subject.evidence
        return evidence.points[: evidence.points_until(self.day)]

    @lazy
    def newest(self) -> CheckIn | None:
        """Return the newest check-in by a person."""
        evidence = self.subject.evidence
        count = evidence.people_until(self.day)
        return evidence.people[count - 1] if count else None

    @lazy
    def point(self) -> Point | None:
        """Return the newest dated value, share or word done, from a person, feed or plan."""
        evidence = self.subject.evidence
        count = evidence.points_until(self.day)
        return evidence.points[count - 1] if count else None

    @lazy
    def ending(self) -> Ending | None:
        """Return how it was said to be done, if that stands."""
        return self.subject.evidence.ending(self.day)

    @lazy
    def away(self) -> bool:
        """Tell whether its owner is away."""
        owner = self.subject.owner
        return owner is not None and bool(owner.away) and owner.is_away(self.day)

    @lazy
    def stale(self) -> bool:
        """Tell whether the newest check-in is older than cadence plus grace."""
        return self.newest is not None and not self._fresh(self.newest)

    @property
    def heard(self) -> bool:
        """Tell whether the newest check-in still speaks: it is fresh, or its owner away."""
        return self.newest is not None and (self.away or not self.stale)

    def _fresh(self, check_in: CheckIn) -> bool:
        return (self.day - check_in.date).days <= self.frame.allowed_days

    @lazy
    def confident(self) -> CheckIn | None:
        """Return the newest check-in with a confidence that counts.

        It is within cadence plus grace, or the newest of all while its owner is away.
        """
        for check_in in reversed(self.people):
            if not self._fresh(check_in) and not (self.away and check_in is self.newest):
                return None
            if check_in.confidence is not None:
                return check_in
        return None

    @lazy
    def _progress(self) -> Progress:
        return progress_on(self.key_result, self.subject.evidence, self.day, closed=self.closed)

    @property
    def progress(self) -> Fraction | None:
        """Return the progress, not clamped."""
        return self._progress[0]

    @property
    def arithmetic(self) -> Arithmetic:
        """Return how the progress came about."""
        return self._progress[1]

    @lazy
    def expected(self) -> Fraction:
        """Return where it should be on the day."""
        return self.subject.path.on(self.day)

    @lazy
    def expected_then(self) -> Fraction | None:
        """Return where it should have been on the day of its newest value."""
        return self.subject.path.on(self.point.date) if self.point else None

    @lazy
    def pace(self) -> Fraction | None:
        """Return progress − what was expected on the day of the newest value."""
        if not has_pace(self.key_result) or self.expected_then is None or self.progress is None:
            return None
        return self.progress - self.expected_then

    @property
    def too_early(self) -> bool:
        """Tell whether the cycle is in its quiet start."""
        return self.day <= self.frame.quiet_until

    @lazy
    def pace_verdict(self) -> Status | None:
        """Return what the pace means; nothing in the quiet start."""
        if self.too_early or self.pace is None:
            return None
        return pace_verdict(self.pace, self.frame.on_track, self.frame.at_risk)


def has_pace(key_result: KeyResult) -> bool:
    """Tell whether a kind moves along a path: not maintain, limit, or a milestone in words."""
    if key_result.kind is Kind.MILESTONE:
        return bool(key_result.steps)
    return key_result.kind in (Kind.METRIC, Kind.RUBRIC)


def confidence_of(check_in: CheckIn | None) -> Fraction | None:
    """Return the confidence that a check-in states."""
    if check_in is None or check_in.confidence is None:
        return None
    return fraction(check_in.confidence)
