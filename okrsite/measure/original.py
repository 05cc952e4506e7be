"""What an objective promised at first, and what was checked in since → one that can be measured."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from okrsite.model import CheckIn, KeyResult, Objective, Reference, State


def with_evidence_of(
    promised: Objective, today: Objective | None, added: Collection[Reference | None] = ()
) -> Objective:
    """Return an objective as it was promised, with the evidence there is about it today.

    It goes without the key results that were `added` since. What was paused or
    cancelled since still counts; what is gone has no evidence any more.
    """
    found = {kr.ref: kr for kr in today.key_results} if today else {}
    return replace(
        promised,
        state=State.ACTIVE,
        key_results=tuple(
            _result(kr, found.get(kr.ref)) for kr in promised.key_results if kr.ref not in added
        ),
        check_ins=today.check_ins if today else (),
        done=today.done if today else None,
        grade=None,
    )


def _result(promised: KeyResult, today: KeyResult | None) -> KeyResult:
    if today is None:
        return replace(promised, state=State.ACTIVE, grade=None)
    check_ins = tuple(_evidence(promised, today)) if _is_comparable(promised, today) else ()
    # That a step is done is evidence, wherever it stands.
    done = {step.title: step.done for step in today.steps}
    return replace(
        promised,
        state=State.ACTIVE,
        check_ins=check_ins,
        steps=tuple(replace(s, done=done.get(s.title, s.done)) for s in promised.steps),
        done=today.done,
        grade=None,
    )


def _is_comparable(promised: KeyResult, today: KeyResult) -> bool:
    """Tell whether values of today say something about what was promised: in the same unit."""
    units = {kr.target.unit for kr in (promised, today) if kr.target is not None}
    return promised.kind is today.kind and len(units) <= 1


def _evidence(promised: KeyResult, today: KeyResult) -> Iterator[CheckIn]:
    """Yield check-ins whose steps are counted among those that were promised."""
    titles = [step.title for step in promised.steps]
    if titles == [step.title for step in today.steps]:
        yield from today.check_ins
        return
    places = {
        index: titles.index(step.title)
        for index, step in enumerate(today.steps)
        if step.title in titles
    }
    for check_in in today.check_ins:
        done, undone = (
            tuple(places[index] for index in indexes if index in places)
            for indexes in (check_in.steps_done, check_in.steps_undone)
        )
        yield replace(check_in, steps_done=done, steps_undone=undone)
