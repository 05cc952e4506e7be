"""What is new in a plan since its last review → the lines that tell how things moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from okrsite import urls
from okrsite.changes.news import ItemNews
from okrsite.changes.since import plan_since
from okrsite.measure import Measures, Standing
from okrsite.model import Plan, Status
from okrsite.prose import plain
from okrsite.quantities import write_quantity
from okrsite.views.context import Context
from okrsite.views.fragments import ChangeRow
from okrsite.words import STATUS_WORDS

_GRAVITY = {
    Status.OFF_TRACK: 0,
    Status.MISSED: 0,
    Status.AT_RISK: 1,
    Status.OUTDATED: 2,
    Status.UNKNOWN: 3,
    Status.NOT_STARTED: 3,
}
"""How much a status weighs that something has come to; all others weigh little."""
_LITTLE = 4


def view_moves(
    context: Context, plans: Iterable[Plan], then: Measures, most: int
) -> tuple[tuple[ChangeRow, ...], int]:
    """Return how items moved since a day, what fell behind first, and how many are left out."""
    news = (item for plan in plans for item in plan_since(plan, then, context.measures).items)
    moved = sorted(filter(_has_moved, news), key=_weight)
    return tuple(_row(context, item) for item in moved[:most]), max(len(moved) - most, 0)


def _has_moved(item: ItemNews) -> bool:
    """Tell whether something is new that is more than words."""
    return item.before != item.after or bool(item.steps or item.initiatives)


def _weight(item: ItemNews) -> tuple[float, ...]:
    """Return what orders moves: another status, what it is now, then how far the numbers went."""
    now = _GRAVITY.get(item.after.status, _LITTLE) if item.after else _LITTLE
    moved = item.moved_by or 0
    return not item.flips, now, bool(item.ref.key_result), -float(abs(moved))


def _row(context: Context, item: ItemNews) -> ChangeRow:
    url = urls.reference_url(context.company, item.ref) if item.after else ""
    kind = item.after.status if item.after else Status.CANCELLED
    return ChangeRow(kind.value, "", item.title, url, ", ".join(_told(context, item)))


def _told(context: Context, item: ItemNews) -> Iterator[str]:
    words, say = context.words, context.words.gettext
    before, after = item.before, item.after
    if after is None:
        yield say("no longer in the plan")
        return
    if before is None:
        yield say("new")
        return
    if before.status is not after.status:
        yield _arrow(say(STATUS_WORDS[before.status]), say(STATUS_WORDS[after.status]))
    values = _value(context, before), _value(context, after)
    if values[0] != values[1]:
        yield _arrow(*values)
    if before.confidence is not None and after.confidence is not None:
        then, now = words.number(before.confidence), words.number(after.confidence)
        if then != now:
            yield say("confidence {change}", change=_arrow(then, now))
    done = [plain(step.title) for step in item.steps]
    done += [plain(initiative.title) for initiative in item.initiatives]
    if done:
        yield say("done: {steps}", steps=words.list(done))


def _value(context: Context, standing: Standing) -> str:
    """Return the value of a key result that is counted, else how far something is."""
    if standing.current is not None:
        return write_quantity(standing.current)
    return context.words.percent(standing.progress)


def _arrow(before: str, after: str) -> str:
    return f"{before} → {after}"
