"""A plan's versions → the days on which what is ticked without a day (`- [x]`) was ticked.

The main line tells it: the commit from which on the mark has stood there. What was ticked when the
file first came was ticked before, and nobody can tell when.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from okrsite.history.compare import match_plans
from okrsite.model import KeyResult, Objective, Plan, Reference, Step
from okrsite.model.quick import quick_dataclass
from okrsite.model.quick import quick_replace as replace
from okrsite.read import UNDATED

Place = tuple[Reference, int | None]
"""An item and the number of one of its steps; None for the item itself."""


@quick_dataclass(frozen=True, slots=True)
class Mark:
    """The day on which an item, or one of its steps, was ticked."""

    ref: Reference
    step: int | None
    day: date


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
    days = {(mark.ref, mark.step): mark.day if mark.day <= as_of else None for mark in marks}
    if not days:
        return plan
    objectives = (
        replace(
            objective,
            done=days.get((objective.ref, None), objective.done),
            key_results=tuple(_dated(kr, days) for kr in objective.key_results),
        )
        for objective in plan.objectives
    )
    return replace(plan, objectives=tuple(objectives))


def _dated(kr: KeyResult, days: Mapping[Place, date | None]) -> KeyResult:
    steps = tuple(
        replace(step, done=days.get((kr.ref, number), step.done))
        for number, step in enumerate(kr.steps)
    )
    return replace(kr, done=days.get((kr.ref, None), kr.done), steps=steps)


def _undated(plan: Plan) -> Iterator[Place]:
    for objective in plan.objectives:
        for item in objective.items():
            if item.done == UNDATED:
                yield item.ref, None
            for number, step in enumerate(_steps(item)):
                if step.done == UNDATED:
                    yield item.ref, number


def _place_before(
    place: Place, later: Plan, before: Plan, were: Mapping[Reference, Reference]
) -> Place | None:
    """Return where an item or step stood in the version before; None where it was not there."""
    ref, number = place
    old, new = _item(before, were.get(ref)), _item(later, ref)
    if old is None or new is None:
        return None
    if number is None:
        return old.ref, None
    titles = [step.title.casefold() for step in _steps(old)]
    title = _steps(new)[number].title.casefold()
    if title in titles:
        return old.ref, titles.index(title)
    # As many as before: its words were mended.
    return (old.ref, number) if len(titles) == len(_steps(new)) else None


def _done(plan: Plan, place: Place) -> date | None:
    item = _item(plan, place[0])
    if item is None or place[1] is None:
        return item.done if item else None
    return _steps(item)[place[1]].done


def _steps(item: Objective | KeyResult) -> tuple[Step, ...]:
    return item.steps if isinstance(item, KeyResult) else ()


def _item(plan: Plan, ref: Reference | None) -> Objective | KeyResult | None:
    items = (item for objective in plan.objectives for item in objective.items())
    return next((item for item in items if item.ref == ref), None)
