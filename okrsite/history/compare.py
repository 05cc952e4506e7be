"""Two versions of one plan → what changed between them, item by item.

Items are the same where their references are, or a former id (`aka`) says so; or where one goes
as another comes beside it that has the same numbers, or nearly the same title: somebody who
corrects a title that no id stands beside does not mean another key result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from okrsite.model import KeyResult, Objective, Plan, Quantity, Reference, State
from okrsite.model.change import Change, Term, Value
from okrsite.model.quick import quick_dataclass

Item = TypeVar("Item", Objective, KeyResult)

_ALIKE = 0.6
"""So alike are two titles of which one is the other, reworded."""


@quick_dataclass(frozen=True, slots=True)
class ItemChange:
    """What changed about one item."""

    before: Objective | KeyResult | None
    after: Objective | KeyResult | None
    changes: tuple[Change, ...]

    @property
    def ref(self) -> Reference:
        """Return what it is called now, or was called last."""
        item = self.after or self.before
        if item is None:
            raise AssertionError
        return item.ref

    def because(self, change: Change) -> str:
        """Return why the plan itself says that a change was made: it does of what is cancelled."""
        if self.after is None or change.term is not Term.STATE:
            return ""
        return self.after.cancelled_because if self.after.state is State.CANCELLED else ""

    @property
    def unexplained(self) -> tuple[Change, ...]:
        """Return the changes that need a reason, without those for which the plan has one."""
        return tuple(c for c in self.changes if c.is_serious and not self.because(c))

    def visibility(self, rank: Callable[[str], int]) -> str:
        """Return the narrower of the audiences that the item was meant for, before and after."""
        found = [item.visibility for item in (self.before, self.after) if item]
        return max(found, key=rank)


def is_committed(item: Objective | KeyResult) -> bool:
    """Tell whether a plan promises an item: drafts and proposals promise nothing yet."""
    return item.state not in (State.DRAFT, State.PROPOSED)


def compare_plans(before: Plan | None, after: Plan | None) -> tuple[ItemChange, ...]:
    """Return what changed between two versions of a plan, in the order of the later one.

    What a plan says of an objective that is only drafted or proposed is no change.
    """
    old = _committed(before.objectives) if before else ()
    new = _committed(after.objectives) if after else ()
    return tuple(_compare_objectives(old, new))


def match_plans(before: Plan, after: Plan) -> dict[Reference, Reference]:
    """Return what each item of a later version was called in an earlier one."""
    found: dict[Reference, Reference] = {}
    for old, new in _pairs(before.objectives, after.objectives):
        if old and new:
            found[new.ref] = old.ref
            for old_kr, new_kr in _pairs(old.key_results, new.key_results):
                if old_kr and new_kr:
                    found[new_kr.ref] = old_kr.ref
    return found


def _committed(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(item for item in items if is_committed(item))


def _compare_objectives(
    before: Sequence[Objective], after: Sequence[Objective]
) -> Iterator[ItemChange]:
    for old, new in _pairs(before, after):
        if old == new:
            continue
        changes = tuple(_of_objective(old, new))
        if changes:
            yield ItemChange(old, new, changes)
        if old and new:
            # A whole objective that came or went is one change, not one for each key result.
            yield from _compare_key_results(old, new)


def _compare_key_results(old: Objective, new: Objective) -> Iterator[ItemChange]:
    for before, after in _pairs(_committed(old.key_results), _committed(new.key_results)):
        changes = () if before == after else tuple(_of_key_result(before, after))
        if changes:
            yield ItemChange(before, after, changes)


def _pairs(
    before: Sequence[Item], after: Sequence[Item]
) -> Iterator[tuple[Item | None, Item | None]]:
    """Yield items with what they were, those that came, then those that went."""
    known = {_id(item): item for item in before}
    found: dict[int, Item] = {}
    for index, item in enumerate(after):
        # A former id counts only where nothing bears it any more.
        old = known.get(_id(item)) or next((known[n] for n in item.aka if n in known), None)
        if old is not None and old not in found.values():
            found[index] = old
    taken = set(map(_id, found.values()))
    left = [item for item in before if _id(item) not in taken]
    for index, item in enumerate(after):
        if index not in found and (old := _reworded(item, left)):
            found[index] = old
            left.remove(old)
    for index, item in enumerate(after):
        yield found.get(index), item
    for item in left:
        yield item, None


def _reworded(item: Item, left: Sequence[Item]) -> Item | None:
    """Return which of some items that went has become an item that came, or None."""
    same = [old for old in left if _numbers(old) is not None and _numbers(old) == _numbers(item)]
    if len(same) == 1:
        return same[0]
    rated = [(SequenceMatcher(None, old.title, item.title).ratio(), old) for old in left]
    best = max(rated, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= _ALIKE else None


def _numbers(item: Objective | KeyResult) -> object:
    if isinstance(item, KeyResult) and item.target is not None:
        return item.kind, item.baseline, item.target, item.bound
    return None


def _id(item: Objective | KeyResult) -> str:
    return item.ref.key_result or item.ref.objective


def _of_objective(before: Objective | None, after: Objective | None) -> Iterator[Change]:
    if before is None or after is None:
        yield _came_or_went(before, after)
        return
    yield from _of_both(before, after)
    yield from _changed(Term.TYPE, _slug(before.type), _slug(after.type))
    targets = [
        _lines(str(link.target) for link in item.supports if link.target)
        for item in (before, after)
    ]
    yield from _changed(Term.SUPPORTS, *targets)


def _of_key_result(before: KeyResult | None, after: KeyResult | None) -> Iterator[Change]:
    if before is None or after is None:
        yield _came_or_went(before, after)
        return
    own = tuple(_of_both(before, after))
    numbers = tuple(_of_numbers(before, after))
    # Where the numbers stand in the title, it has to change with them.
    yield from (c for c in own if c.term is not Term.TITLE or not numbers)
    yield from numbers
    for term in (Term.START, Term.DUE):
        yield from _changed(term, *(_day(getattr(kr, term.value)) for kr in (before, after)))
    definitions = [_lines(_said(kr)) for kr in (before, after)]
    if definitions[0] is not None:
        # The first one completes what was there.
        yield from _changed(Term.DEFINITION, *definitions)


def _of_both(before: Item, after: Item) -> Iterator[Change]:
    yield from _changed(Term.TITLE, _text(before.title), _text(after.title))
    yield from _changed(Term.STATE, _slug(before.state), _slug(after.state))
    yield from _changed(Term.WEIGHT, _text(str(before.weight)), _text(str(after.weight)))
    owners = [_lines(() if item.owner_inferred else item.owners) for item in (before, after)]
    if owners[0] is not None:
        yield from _changed(Term.OWNER, *owners)
    grades = [_text("" if item.grade is None else str(item.grade)) for item in (before, after)]
    if grades[0] is not None:
        yield from _changed(Term.GRADE, *grades)


def _of_numbers(before: KeyResult, after: KeyResult) -> Iterator[Change]:
    yield from _changed(Term.KIND, _slug(before.kind), _slug(after.kind))
    units = [_unit(kr) for kr in (before, after)]
    if units[0] is not None and units[1] is not None:
        yield from _changed(Term.UNIT, *units)
    yield from _changed(Term.BASELINE, _number(before.baseline), _number(after.baseline))
    yield from _changed(Term.TARGET, _number(before.target), _number(after.target))
    if before.target is not None and after.target is not None and not before.baseline:
        # With a baseline, the target's side of it tells which values are good.
        yield from _changed(Term.BOUND, _slug(before.bound), _slug(after.bound))
    yield from _changed(Term.STRETCH, _number(before.stretch), _number(after.stretch))
    for term, lines in _LINES.items():
        yield from _changed(term, _lines(lines(before)), _lines(lines(after)))


def _came_or_went(before: Item | None, after: Item | None) -> Change:
    if before is None:
        return Change(Term.ADDED, None, _text(after.title if after else ""))
    return Change(Term.REMOVED, _text(before.title), None)


def _changed(term: Term, before: Value | None, after: Value | None) -> Iterator[Change]:
    if before != after:
        yield Change(term, before, after)


def _text(text: str) -> Value | None:
    return Value(text) if text else None


def _slug(word: str) -> Value:
    return Value(str(word))


def _lines(lines: Iterable[str]) -> Value | None:
    return _text("\n".join(lines))


def _number(quantity: Quantity | None) -> Value | None:
    return Value(quantity=quantity) if quantity is not None else None


def _day(day: object) -> Value | None:
    return Value(day=day) if day is not None else None  # type: ignore[arg-type]


def _unit(key_result: KeyResult) -> Value | None:
    return Value(key_result.target.unit) if key_result.target is not None else None


def _checkpoints(key_result: KeyResult) -> Iterator[str]:
    for day, quantity in key_result.checkpoints:
        yield f"{day}: {quantity.value:f} {quantity.unit}".rstrip()


def _levels(key_result: KeyResult) -> Iterator[str]:
    for level in key_result.rubric:
        yield f"{level.grade}: {level.text}"


def _steps(key_result: KeyResult) -> Iterator[str]:
    for step in key_result.steps:
        # That a step is done is evidence.
        yield step.title if step.weight == 1 else f"{step.title} ({step.weight})"


_LINES: dict[Term, Callable[[KeyResult], Iterator[str]]] = {
    Term.CHECKPOINTS: _checkpoints,
    Term.RUBRIC: _levels,
    Term.STEPS: _steps,
}


def _said(key_result: KeyResult) -> Iterator[str]:
    said = key_result.definition
    if said:
        yield from filter(None, (said.text, said.counts, said.excludes, said.source))
