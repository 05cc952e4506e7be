"""An objective on a day → its means, its status and grade, and its `ObjectiveMeasure`."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction

from okrsite.measure.exact import clamp, fraction, mean
from okrsite.measure.expected import pace_verdict
from okrsite.measure.key_results import measure_moment, steps_of
from okrsite.measure.lazy import lazy
from okrsite.measure.moment import Frame, Moment, Subject, confidence_of, frame_of, subject_of
from okrsite.measure.results import (
    Because,
    Fact,
    KeyResultMeasure,
    Mean,
    ObjectiveMeasure,
    Standing,
)
from okrsite.measure.status import by_declaration, by_state, decide
from okrsite.measure.verdicts import (
    RANK,
    Verdict,
    confidence_colour,
    ended,
    is_gloomier,
    is_watermelon,
)
from okrsite.model import Company, KeyResult, Kind, Objective, Plan, Reference, State, Status
from okrsite.model.quick import quick_dataclass


@quick_dataclass(frozen=True, slots=True)
class ObjectiveSubject:
    """An objective with all that does not depend on the day."""

    objective: Objective
    own: Subject
    """The objective itself as a milestone: what is checked in under its own reference."""
    key_results: tuple[Subject, ...]

    @property
    def active(self) -> bool:
        """Tell whether it counts in means and counts."""
        return self.objective.state is State.ACTIVE


def objective_subject(objective: Objective, frame: Frame, company: Company) -> ObjectiveSubject:
    """Return an objective with the evidence about it and its key results gathered."""
    return ObjectiveSubject(
        objective=objective,
        own=subject_of(_as_milestone(objective), objective, frame, company),
        key_results=tuple(
            subject_of(key_result, objective, frame, company)
            for key_result in objective.key_results
        ),
    )


def _as_milestone(objective: Objective) -> KeyResult:
    return KeyResult(
        ref=objective.ref,
        title=objective.title,
        kind=Kind.MILESTONE,
        place=objective.place,
        owners=objective.owners,
        grade=objective.grade,
        grade_note=objective.grade_note,
        done=objective.done,
        check_ins=objective.check_ins,
    )


class ObjectiveMoment:
    """One objective on one day; like a `Moment`, it works out only what it is asked for."""

    def __init__(self, subject: ObjectiveSubject, as_of: date) -> None:
        self.subject = subject
        self.objective = subject.objective
        self.own = Moment(subject.own, as_of)
        self.key_results = tuple(Moment(each, as_of) for each in subject.key_results)

    @lazy
    def counted(self) -> tuple[Moment, ...]:
        """Return the key results that count in its mean; without any, it stands for itself."""
        if not self.key_results:
            return (self.own,)
        return tuple(each for each in self.key_results if each.key_result.state is State.ACTIVE)

    @lazy
    def verdicts(self) -> dict[Moment, Verdict]:
        """Return the status of each key result that counts."""
        return {moment: decide(moment) for moment in self.counted}

    @lazy
    def progress(self) -> Mean:
        """Return the weighted mean of the clamped progress."""
        measured = [
            (clamp(moment.progress), fraction(moment.key_result.weight))
            for moment in self.counted
            if moment.progress is not None
        ]
        return Mean(mean(measured), len(measured), len(self.counted))

    @lazy
    def grade(self) -> Decimal | Fraction | None:
        """Return its own grade, else the mean of its key results' if all are graded."""
        if not self.own.closed:
            return None
        if self.objective.grade is not None:
            return self.objective.grade
        graded = [moment.key_result for moment in self.counted]
        return mean_grade([(each.grade, fraction(each.weight)) for each in graded])

    @lazy
    def confidence(self) -> Fraction | None:
        """Return what is declared for it, else the weighted mean of its key results'."""
        declared = confidence_of(self.own.confident)
        return self.mean_confidence if declared is None else declared

    @lazy
    def mean_confidence(self) -> Fraction | None:
        """Return the weighted mean of its key results' confidence."""
        return mean(
            (confidence_of(moment.confident), fraction(moment.key_result.weight))
            for moment in self.counted
        )

    @lazy
    def verdict(self) -> Verdict:
        """Return its status: the first of these that applies."""
        if not self.key_results:
            return self.verdicts[self.own]
        return (
            by_state(self.own)  #      1  paused or cancelled: that
            or self._by_grade()  #     2  the cycle is closed: by its grade, else progress
            or self._by_word()  #      3  what a check-in declares for it, if fresh
            or self._by_worst()  #     4  the worst of its key results
        )

    def _by_grade(self) -> Verdict | None:
        if not self.own.closed:
            return None
        return ended(self.grade, self.progress.value, committed=self.subject.own.committed)

    def _by_word(self) -> Verdict | None:
        return by_declaration(self.own) if self.own.heard else None

    def _by_worst(self) -> Verdict:
        if not self.verdicts:
            return Status.UNKNOWN, Because("empty")
        statuses = {moment: verdict[0] for moment, verdict in self.verdicts.items()}
        # Ties go to the key result that stands first in the plan.
        moment = min(statuses, key=lambda each: RANK[statuses[each]])
        status = statuses[moment]
        facts: dict[str, Fact] = {
            "key_result": moment.key_result.ref,
            "status": status,
            "count": sum(1 for each in statuses.values() if each is status),
            "of": len(statuses),
        }
        return status, Because("worst", facts)

    def standing(self) -> Standing:
        """Return how it stands."""
        return Standing(self.progress.value, self.verdict[0], self.confidence)

    def standing_of(self, key_result: str) -> Standing:
        """Return how one of its key results stands; KeyError where it has none of that id."""
        found = (each for each in self.key_results if each.key_result.ref.key_result == key_result)
        moment = next(found, None)
        if moment is None:
            raise KeyError(key_result)
        status, because = self.verdicts.get(moment) or decide(moment)
        last = because.facts.get("last")
        return Standing(
            progress=moment.progress,
            status=status,
            confidence=confidence_of(moment.confident),
            current=moment.point.value if moment.point else None,
            steps_done=steps_of(moment),
            last=last if isinstance(last, Status) else None,
        )


def mean_grade(
    grades: list[tuple[Decimal | Fraction | None, Fraction]],
) -> Fraction | None:
    """Return the weighted mean of grades if all are given, else None: ungraded."""
    if any(grade is None for grade, _ in grades):
        return None
    return mean((Fraction(grade), weight) for grade, weight in grades if grade is not None)


def measure_objective(
    objective: Objective, plan: Plan, company: Company, as_of: date
) -> ObjectiveMeasure:
    """Return the measure of an objective of a plan; what is dated after `as_of` is not seen."""
    subject = objective_subject(objective, frame_of(plan, company), company)
    return measure_objective_moment(ObjectiveMoment(subject, as_of))


def measure_objective_moment(moment: ObjectiveMoment) -> ObjectiveMeasure:
    """Return the measure of one objective on one day, its key results' included."""
    measures = {
        each: measure_moment(each, moment.verdicts.get(each) or decide(each))
        for each in moment.key_results or (moment.own,)
    }
    counted = [measures[each] for each in moment.counted]
    pace = mean((each.pace, each.weight) for each in counted)
    verdict = None if moment.own.too_early or pace is None else _pace_verdict(moment, pace)
    status, because = moment.verdict
    return ObjectiveMeasure(
        ref=moment.objective.ref,
        as_of=moment.own.day,
        active=moment.subject.active,
        weight=fraction(moment.objective.weight),
        progress=moment.progress.value,
        measured=moment.progress.measured,
        of=moment.progress.of,
        expected=mean((each.expected, each.weight) for each in counted if each.measured),
        pace=pace,
        pace_verdict=verdict,
        confidence=moment.confidence,
        confidence_declared=moment.own.confident is not None,
        confidence_before=_confidence_before(moment, counted),
        status=status,
        because=because,
        watermelon=is_watermelon(_said(moment), verdict),
        gloomier=is_gloomier(_said(moment), verdict),
        grade=moment.grade,
        counts=counts_of(moment),
        last_check_in=_last_check_in(moment),
        key_results=tuple(measures[each] for each in moment.key_results),
        own=measures.get(moment.own),
    )


def counts_of(moment: ObjectiveMoment) -> Counter[Status]:
    """Return how many of an active objective's active key results have which status."""
    return Counter([status for _, status in statuses_of(moment)])


def statuses_of(moment: ObjectiveMoment) -> list[tuple[Reference, Status]]:
    """Return an active objective's active key results, each with its status."""
    if not moment.subject.active or not moment.key_results:
        return []
    return [(each.key_result.ref, status) for each, (status, _) in moment.verdicts.items()]


def _pace_verdict(moment: ObjectiveMoment, pace: Fraction) -> Status:
    frame = moment.own.frame
    return pace_verdict(pace, frame.on_track, frame.at_risk)


def _said(moment: ObjectiveMoment) -> Verdict:
    """Return what people say of it: what they declared, else the colour of the confidence."""
    if moment.verdict[1].rule == "worst" and moment.confidence is not None:
        return confidence_colour(moment.confidence), Because("confidence")
    return moment.verdict


def _confidence_before(moment: ObjectiveMoment, counted: list[KeyResultMeasure]) -> Fraction | None:
    """Return the confidence before: the one declared before, or the mean of all those before."""
    stated = [said for said in moment.own.people if said.confidence is not None]
    if moment.own.confident:
        return confidence_of(stated[-2]) if len(stated) > 1 else None
    if all(each.confidence_before is None for each in counted):
        return None
    return mean(
        (each.confidence if each.confidence_before is None else each.confidence_before, each.weight)
        for each in counted
    )


def _last_check_in(moment: ObjectiveMoment) -> date | None:
    newest = [each.newest.date for each in (moment.own, *moment.key_results) if each.newest]
    return max(newest, default=None)
