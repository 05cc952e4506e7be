"""A plan's versions → the days on which what is ticked without a day (`- [x]`) was ticked.

The main line tells it: the commit from which on the mark has stood there. What was ticked when the
file first came was ticked before, and nobody can tell when.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

from okrsite.history.compare import match_plans
from okrsite.model import (
    Initiative,
    InitiativeState,
    KeyResult,
    Objective,
    Plan,
    Reference,
    Step,
)
from okrsite.model.quick import quick_dataclass
from okrsite.model.quick import quick_replace as replace
from okrsite.read import UNDATED


class Part(StrEnum):
    """What of an item was ticked."""

    ITEM = "item"
    STEP = "step"
    INITIATIVE = "initiative"


Place = tuple[Reference, Part, int]
"""An item, which part of it, and the number of that among its like."""


@quick_dataclass(frozen=True, slots=True)
class Mark:
    """The day on which an item, or a part of it, was ticked."""

    ref: Reference
    part: Part
    number: int
    day: date

    @property
    def place(self) -> Place:
        """Return where it stands."""
        return self.ref, self.part, self.number


@quick_dataclass(frozen=True, slots=True)
class _Sought:
    """A mark that is followed back."""

    now: Place
    then: Place
    """Where it stood in the version that was seen last."""
    since: date


def has_undated(plan: Plan) -> bool:
    """Tell whether something of a plan is ticked without a day."""
    return next(_undated(plan), None) is not None


def find_marks(plan: Plan, since: date, versions: Sequence[tuple[date, Plan]]) -> tuple[Mark, ...]:
    """Return when each mark of a plan came; `versions` are those before it, the newest first.

    `since` is the day of the plan's own version.
    """
    found: list[Mark] = []
    sought, later = [_Sought(place, place, since) for place in _undated(plan)], plan
    for day, before in versions:
        were, left = match_plans(before, later), []
        for mark in sought:
            then = _place_before(mark.then, later, before, were)
            done = _done(before, then) if then else None
            if then and done == UNDATED:
                left.append(_Sought(mark.now, then, day))
            else:
                found.append(Mark(*mark.now, done or mark.since))
        sought, later = left, before
    return tuple(found)


def date_marks(plan: Plan, marks: Sequence[Mark], as_of: date) -> Plan:
    """Return a plan whose marks have their days; what was ticked later is not ticked yet."""
    if not marks:
        return plan
    days = _Days({mark.place: mark.day for mark in marks}, as_of)
    objectives = (
        replace(
            objective,
            done=days.of(objective.ref, Part.ITEM, 0, objective.done),
            key_results=tuple(days.key_result(kr) for kr in objective.key_results),
            initiatives=days.initiatives(objective),
        )
        for objective in plan.objectives
    )
    return replace(plan, objectives=tuple(objectives))


def date_initiative(initiative: Initiative, ticked: date | None, as_of: date) -> Initiative:
    """Return an initiative that its plan ticks since a day, beside what check-ins say of it."""
    if ticked is None or ticked == UNDATED:
        return initiative
    initiative = replace(initiative, ticked=ticked)
    if initiative.state is not InitiativeState.DONE:
        # A check-in took it back.
        return initiative
    if ticked <= as_of:
        return replace(initiative, done=min(initiative.done or ticked, ticked))
    # Without its mark only a check-in makes it done.
    state = InitiativeState.DONE if initiative.done else InitiativeState.TODO
    return replace(initiative, state=state)


@quick_dataclass(frozen=True, slots=True)
class _Days:
    """The days of marks, as they are known on a day."""

    by_place: Mapping[Place, date]
    as_of: date

    def of(self, ref: Reference, part: Part, number: int, default: date | None) -> date | None:
        """Return when something was ticked; None where that lies ahead."""
        day = self.by_place.get((ref, part, number))
        if day is None:
            return default
        return day if day <= self.as_of else None

    def key_result(self, kr: KeyResult) -> KeyResult:
        steps = tuple(
            replace(step, done=self.of(kr.ref, Part.STEP, number, step.done))
            for number, step in enumerate(kr.steps)
        )
        done = self.of(kr.ref, Part.ITEM, 0, kr.done)
        return replace(kr, done=done, steps=steps, initiatives=self.initiatives(kr))

    def initiatives(self, item: Objective | KeyResult) -> tuple[Initiative, ...]:
        return tuple(
            date_initiative(
                each, self.by_place.get((item.ref, Part.INITIATIVE, number)), self.as_of
            )
            for number, each in enumerate(item.initiatives)
        )


def _undated(plan: Plan) -> Iterator[Place]:
    for objective in plan.objectives:
        for item in objective.items():
            if item.done == UNDATED:
                yield item.ref, Part.ITEM, 0
            for number, step in enumerate(_steps(item)):
                if step.done == UNDATED:
                    yield item.ref, Part.STEP, number
            for number, initiative in enumerate(item.initiatives):
                if initiative.ticked == UNDATED:
                    yield item.ref, Part.INITIATIVE, number


def _place_before(
    place: Place, later: Plan, before: Plan, were: Mapping[Reference, Reference]
) -> Place | None:
    """Return where something stood in the version before; None where it was not there."""
    ref, part, number = place
    old, new = _item(before, were.get(ref)), _item(later, ref)
    if old is None or new is None:
        return None
    if part is Part.ITEM:
        return old.ref, part, number
    titles, now = _titles(old, part), _titles(new, part)
    if now[number] in titles:
        return old.ref, part, titles.index(now[number])
    # As many as before: its words were mended.
    return (old.ref, part, number) if len(titles) == len(now) else None


def _done(plan: Plan, place: Place) -> date | None:
    ref, part, number = place
    item = _item(plan, ref)
    if item is None:
        return None
    if part is Part.INITIATIVE:
        return item.initiatives[number].ticked or item.initiatives[number].done
    return item.done if part is Part.ITEM else _steps(item)[number].done


def _titles(item: Objective | KeyResult, part: Part) -> list[str]:
    all_of_it = _steps(item) if part is Part.STEP else item.initiatives
    return [each.title.casefold() for each in all_of_it]


def _steps(item: Objective | KeyResult) -> tuple[Step, ...]:
    return item.steps if isinstance(item, KeyResult) else ()


def _item(plan: Plan, ref: Reference | None) -> Objective | KeyResult | None:
    items = (item for objective in plan.objectives for item in objective.items())
    return next((item for item in items if item.ref == ref), None)
