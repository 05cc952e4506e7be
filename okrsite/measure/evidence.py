"""A key result's check-ins, feed rows and dates of done → what was known after each day.

Nothing here depends on the day for which one measures: that is looked up in what is gathered.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from okrsite.measure.exact import ONE, ZERO, fraction, total
from okrsite.measure.results import Point
from okrsite.model import CheckIn, KeyResult, Kind
from okrsite.model.quick import quick_dataclass

COUNTED = frozenset({Kind.METRIC, Kind.LIMIT, Kind.MAINTAIN})
"""Kinds whose check-ins give a number; the others give a share."""


@quick_dataclass(frozen=True, slots=True)
class Ending:
    """That somebody said it is done: how, when and who."""

    how: str
    """``plan``, ``check-in``, ``steps`` (all of them) or ``share`` (100 %)."""
    date: date
    by: str = ""


@quick_dataclass(frozen=True, slots=True)
class Evidence:
    """What was said about one key result, oldest first."""

    people: tuple[CheckIn, ...]
    """Check-ins by persons; a feed's rows and what another file of the day overrules are not."""
    people_days: tuple[date, ...]
    points: tuple[Point, ...]
    """The value that counts on each day that has one."""
    point_days: tuple[date, ...]
    steps: tuple[tuple[date | None, ...], ...]
    """After each point, when each step was done; empty for what has no steps."""
    endings: tuple[tuple[date, Ending | None], ...]
    """Each day on which it was said to be done, or that was taken back (None)."""

    def people_until(self, day: date) -> int:
        """Return how many check-ins by persons there are up to a day, that day included."""
        return bisect_right(self.people_days, day)

    def points_until(self, day: date) -> int:
        """Return how many points there are up to a day, that day included."""
        return bisect_right(self.point_days, day)

    def ending(self, day: date) -> Ending | None:
        """Return how it was said to be done, if that stands on a day."""
        found = None
        for said, ending in self.endings:
            if said <= day:
                found = ending
        return found


class Told(NamedTuple):
    """The fields of `Evidence` that depend on the kind."""

    points: tuple[Point, ...]
    steps: tuple[tuple[date | None, ...], ...]
    endings: tuple[tuple[date, Ending | None], ...]


def gather(key_result: KeyResult) -> Evidence:
    """Return the evidence about a key result, whatever its dates."""
    counting = [check_in for check_in in key_result.check_ins if not check_in.overruled]
    people = tuple(check_in for check_in in counting if not check_in.from_feed)
    counting = _without_outdone_rows(counting)
    if key_result.kind in COUNTED:
        told = Told(_numbers(counting), (), _first_ending(key_result, people))
    else:
        told = _Shares(key_result).follow(counting)
    return Evidence(
        people=people,
        people_days=tuple(check_in.date for check_in in people),
        points=told.points,
        point_days=tuple(point.date for point in told.points),
        steps=told.steps,
        endings=told.endings,
    )


def _without_outdone_rows(check_ins: list[CheckIn]) -> list[CheckIn]:
    """Leave out a feed's rows on days for which a person gave a value."""
    if not any(check_in.from_feed for check_in in check_ins):
        return check_ins
    spoken = {said.date for said in check_ins if said.has_evidence and not said.from_feed}
    return [said for said in check_ins if not said.from_feed or said.date not in spoken]


def _numbers(check_ins: list[CheckIn]) -> tuple[Point, ...]:
    by_day = {said.date: said for said in check_ins if said.value is not None}
    return tuple(Point(day, said.value, None, said.from_feed, said) for day, said in by_day.items())


def _first_ending(
    key_result: KeyResult, people: tuple[CheckIn, ...]
) -> tuple[tuple[date, Ending | None], ...]:
    """Of a number nothing takes `done` back but the number itself, so the earliest counts."""
    found = [Ending("plan", key_result.done)] if key_result.done else []
    found += [Ending("check-in", said.date, said.by) for said in people if said.done]
    return tuple((ending.date, ending) for ending in sorted(found, key=lambda e: e.date)[:1])


@dataclass(slots=True)
class _Shares:
    """Follows a milestone or rubric through all that was said about it.

    The newest word decides: steps done by weight, else a percentage or level. Done makes a
    milestone 1. A step undone, or a later and lower share, takes done back.
    """

    key_result: KeyResult
    share: Fraction = ZERO
    whole: bool = False
    """Said to be done as a whole, not by its steps or its percentage."""
    ending: Ending | None = None
    steps: list[date | None] = field(default_factory=list)
    points: dict[date, tuple[Point, tuple[date | None, ...]]] = field(default_factory=dict)
    endings: list[tuple[date, Ending | None]] = field(default_factory=list)

    def follow(self, check_ins: list[CheckIn]) -> Told:
        """Return the points, the steps after each, and the endings."""
        self.steps = [None] * len(self.key_result.steps)
        said = [(check_in, False) for check_in in check_ins if check_in.has_evidence]
        words = sorted([*self._planned(), *said], key=lambda word: word[0].date)
        for check_in, from_plan in words:
            self._hear(check_in, from_plan)
        points = tuple(point for point, _ in self.points.values())
        steps = tuple(steps for _, steps in self.points.values()) if self.steps else ()
        return Told(points, steps, tuple(self.endings))

    def _planned(self) -> list[tuple[CheckIn, bool]]:
        """Read the plan's own dates of done as if somebody had checked them in, first that day."""
        place = self.key_result.place
        words = [
            (CheckIn(step.done, place, steps_done=(index,)), True)
            for index, step in enumerate(self.key_result.steps)
            if step.done
        ]
        if self.key_result.done:
            words.append((CheckIn(self.key_result.done, place, done=True), True))
        return words

    def _hear(self, said: CheckIn, from_plan: bool) -> None:
        if said.share is not None:
            self._hear_share(said, fraction(said.share))
        if said.steps_done or said.steps_undone:
            self._hear_steps(said)
        if said.done:
            self._hear_done(said, "plan" if from_plan else "check-in")
        self.endings.append((said.date, self.ending))
        point = Point(said.date, None, self.share, said.from_feed, None if from_plan else said)
        self.points.pop(said.date, None)
        self.points[said.date] = (point, tuple(self.steps))

    def _hear_share(self, said: CheckIn, share: Fraction) -> None:
        if share < self.share:
            self.ending, self.whole = None, False
        self.share = share
        if share == 1 and self.key_result.kind is Kind.MILESTONE:
            self.ending = self.ending or Ending("share", said.date, said.by)

    def _hear_steps(self, said: CheckIn) -> None:
        for index in said.steps_done:
            self.steps[index] = self.steps[index] or said.date
        for index in said.steps_undone:
            self.steps[index] = None
            self.ending, self.whole = None, False
        if not self.whole:
            self.share = steps_share(self.key_result, tuple(self.steps))
        if all(self.steps):
            self.ending = self.ending or Ending("steps", said.date, said.by)

    def _hear_done(self, said: CheckIn, how: str) -> None:
        self.whole = True
        if self.ending is None or self.ending.how in ("steps", "share"):
            self.ending = Ending(how, said.date, said.by)
        if self.key_result.kind is Kind.MILESTONE:
            self.share = ONE
        elif not self.share and self.key_result.rubric:
            self.share = fraction(self.key_result.rubric[-1].grade)


def steps_weight(key_result: KeyResult, steps: tuple[date | None, ...]) -> Fraction:
    """Return the weight of the steps that have a date of done."""
    pairs = zip(key_result.steps, steps, strict=True)
    return total([step.weight for step, day in pairs if day])


def whole_weight(key_result: KeyResult) -> Fraction:
    """Return the weight of all steps; 0 where there are none."""
    return total([step.weight for step in key_result.steps])


def steps_share(key_result: KeyResult, steps: tuple[date | None, ...]) -> Fraction:
    """Return weight done ÷ weight; 0 where no step weighs anything."""
    return part_of(steps_weight(key_result, steps), whole_weight(key_result))


def part_of(weight: Fraction, whole: Fraction) -> Fraction:
    """Return a weight as a share of the whole; 0 where that is nothing."""
    return weight / whole if whole else ZERO
