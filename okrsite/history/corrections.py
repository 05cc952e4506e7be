"""Versions of what was checked in → the values that were another at first: since when, until when.

Of several versions of one day the last counts: who corrects a number on the day on which it was
committed has just written it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from okrsite.history.touch import Commit
from okrsite.model import CheckIn, KeyResult, Objective, Quantity, Reference, Style
from okrsite.model.change import Change, Term, Value
from okrsite.model.quick import quick_dataclass

Key = tuple[Reference, date]
"""What was said of an item on a day; the check-in's day, not the commit's."""
Item = KeyResult | Objective
Elsewhere = Callable[[Key], tuple[str, CheckIn] | None]
"""Tells which other file says something under a key, and what."""

_HUNDREDTH = Decimal("0.01")


@quick_dataclass(frozen=True, slots=True)
class Said:
    """What one file said after a commit."""

    commit: Commit
    day: date
    """The commit's, in the company's time zone."""
    check_ins: Mapping[Key, CheckIn | None]
    """None where something was said that cannot be read."""


@quick_dataclass(frozen=True, slots=True)
class Correction:
    """A change of what was checked in."""

    about: Reference
    change: Change
    since: date
    """When that was committed which it changed."""
    day: date
    commit: Commit


def find_corrections(
    path: str,
    versions: Sequence[Said],
    items: Mapping[Reference, Item],
    elsewhere: Elsewhere = lambda _key: None,
) -> Iterator[Correction]:
    """Yield what was changed in one file; `items` are those that there are today."""
    last = list({version.day: version for version in versions}.values())
    keys = dict.fromkeys(key for v in last for key, said in v.check_ins.items() if said)
    for key in keys if len(last) > 1 else ():
        if item := items.get(key[0]):
            story = list(_story(path, last, key, elsewhere))
            for term, read in _TERMS.items():
                yield from _changes(key, term, [(v, f, read(said, item)) for v, f, said in story])


def compare_said(
    day: date, before: tuple[CheckIn | None, Item], after: tuple[CheckIn | None, Item]
) -> Iterator[Change]:
    """Yield how what was said of an item on a day became another; each with the item of then."""
    for term, read in _TERMS.items():
        was, now = read(*before), read(*after)
        if was is not None and was != now:
            yield Change(term, was, now, day)


def _story(
    path: str, versions: Sequence[Said], key: Key, elsewhere: Elsewhere
) -> Iterator[tuple[Said, str, CheckIn | None]]:
    """Yield what versions said under a key, and in which file: None where it was taken away.

    What was away for some time was never taken away, and what cannot be read is passed over.
    """
    said = [
        (version, version.check_ins.get(key))
        for version in versions
        if key not in version.check_ins or version.check_ins[key]
    ]
    there = [index for index, (_, check_in) in enumerate(said) if check_in]
    yield from ((said[index][0], path, said[index][1]) for index in there)
    for version, _ in said[there[-1] + 1 : there[-1] + 2]:
        moved = elsewhere(key)
        yield (version, *moved) if moved else (version, path, None)


def _changes(
    key: Key, term: Term, story: Iterable[tuple[Said, str, Value | None]]
) -> Iterator[Correction]:
    """Yield each change of a term; what was not said before was only completed."""
    was, since = None, date.min
    for version, path, now in story:
        if was == now:
            continue
        if was is not None:
            change = Change(term, was, now, key[1], path)
            yield Correction(key[0], change, since, version.day, version.commit)
        was, since = now, version.day


def _value(said: CheckIn | None, item: Item) -> Value | None:
    if said is None:
        return None
    if said.value is not None:
        return Value(quantity=said.value)
    share = Decimal(1) if said.done else said.share
    lines = [*_steps("[x]", said.steps_done, item), *_steps("[ ]", said.steps_undone, item)]
    if share is None:
        return Value("\n".join(lines)) if lines else None
    percent = (share * 100).quantize(_HUNDREDTH).normalize()
    return Value(quantity=Quantity(percent, "%", Style(suffix="%")))


def _steps(mark: str, indexes: tuple[int, ...], item: Item) -> Iterator[str]:
    steps = item.steps if isinstance(item, KeyResult) else ()
    return (f"{mark} {steps[index].title}" for index in sorted(indexes))


def _confidence(said: CheckIn | None, _item: Item) -> Value | None:
    if said is None or said.confidence is None:
        return None
    return Value(quantity=Quantity(said.confidence.normalize()))


def _status(said: CheckIn | None, _item: Item) -> Value | None:
    return Value(said.status.value) if said and said.status else None


_TERMS: dict[Term, Callable[[CheckIn | None, Item], Value | None]] = {
    Term.VALUE: _value,
    Term.CONFIDENCE: _confidence,
    Term.STATUS: _status,
}
