"""A key result and a day → the facts that the rules of status ask for, each worked out on demand.

Past weeks of thousands of key results are decided by what somebody declared: then nobody needs
their progress. So all but the plainest facts are properties that are computed when a rule asks,
and kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from okrsite.measure.evidence import Evidence, gather
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
from okrsite.model.quick import quick_dataclass


@quick_dataclass(frozen=True, slots=True)
class Frame:
    """What a plan's cycle and the company's rules give to all its key results."""

    cycle: Cycle
    cadence_days: int
    allowed_days: int
    """Cadence plus grace: how old a check-in may be."""
    on_track: Fraction
    at_risk: Fraction
    quiet_until: date
    last_day: date
    """The last day to measure for: a closed cycle is measured as of its grading date."""

    def closed(self, as_of: date) -> bool:
        """Tell whether the cycle is over on a day."""
        return as_of > self.cycle.end

    def day(self, as_of: date) -> date:
        """Return the day to measure for."""
        return as_of if as_of < self.last_day else self.last_day


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
        last_day=max(cycle.grading_due, cycle.end),
    )


@quick_dataclass(frozen=True, slots=True)
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
        self.frame = frame = subject.frame
        self.as_of = as_of
        self.day = day = frame.day(as_of)
        self.closed = frame.closed(as_of)
        """Its cycle is over."""
        evidence = subject.evidence
        self._people = evidence.people_until(day)
        self._points = evidence.points_until(day)
        self.newest = evidence.people[self._people - 1] if self._people else None
        """The newest check-in by a person."""
        self.point = evidence.points[self._points - 1] if self._points else None
        """The newest dated value, share or word done, from a person, feed or plan."""
        self.ending = evidence.ending(day) if evidence.endings else None
        """How it was said to be done, if that stands."""
        self.stale = self.newest is not None and not self._fresh(self.newest)
        """The newest check-in is older than cadence plus grace."""
        owner = subject.owner
        self.away = owner is not None and bool(owner.away) and owner.is_away(day)
        """Its owner is away."""
        self.heard = self.newest is not None and (self.away or not self.stale)
        """The newest check-in still speaks: it is fresh, or its owner away."""

    @property
    def people(self) -> Sequence[CheckIn]:
        """Return the check-ins by persons, oldest first."""
        return self.subject.evidence.people[: self._people]

    @property
    def points(self) -> Sequence[Point]:
        """Return the value that counts on each day that has one, oldest first."""
        return self.subject.evidence.points[: self._points]

    def _fresh(self, check_in: CheckIn) -> bool:
        return (self.day - check_in.date).days <= self.frame.allowed_days

    @lazy
    def confident(self) -> CheckIn | None:
        """Return the newest check-in with a confidence that counts.

        It is within cadence plus grace, or the newest of all while its owner is away.
        """
        people = self.subject.evidence.people
        for index in range(self._people - 1, -1, -1):
            check_in = people[index]
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
