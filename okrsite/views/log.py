"""Check-ins about a key result or an objective → the rows of its log, newest first.

A page of an objective has room for so many; the rest stand on pages of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby

from okrsite.charts.strokes import MOST_SPOTS
from okrsite.model import Amendment, CheckIn, KeyResult, Objective
from okrsite.model.change import Term
from okrsite.model.quick import quick_dataclass
from okrsite.prose import plain
from okrsite.quantities import write_quantity
from okrsite.views.context import Context
from okrsite.views.fragments import BadgeView, DateView, NoteView, PersonLink
from okrsite.views.parts import plain_badge, view_date, view_person
from okrsite.views.room import KEY_RESULT_ROOM, MOST_CHARTS, STORY_ROOM, USUAL_KEY_RESULTS
from okrsite.words import NONE, say_value

_CHART, _SPOT, _NOTED = 2400, 210, 150
"""Characters of a chart without points, of each point on it, and of its note."""


@quick_dataclass(frozen=True, slots=True)
class LogRow:
    """One check-in about a key result or an objective."""

    date: DateView
    by: PersonLink | None
    value: str
    confidence: str
    badge: BadgeView | None
    """A status that it declares."""
    notes: tuple[NoteView, ...]
    overruled: bool
    corrected: tuple[str, ...] = ()
    """``corrected on 20 Nov 2026 by Bo Lindqvist; it was 720 ms``, oldest first."""
    feed: tuple[tuple[str, str], ...] = ()
    """Days and values where the row stands for a run of a feed's values, newest first."""


def newest_first(check_ins: Sequence[CheckIn], as_of: date) -> list[CheckIn]:
    """Return check-ins up to today, newest first."""
    return [check_in for check_in in reversed(check_ins) if check_in.date <= as_of]


def logged(objective: Objective, as_of: date) -> dict[str, int]:
    """Return how many check-ins an objective's page lists, by key result, newest first.

    Those about the objective as a whole stand under nothing. What the page has room for is shared
    out evenly, so that each shows something, except that only the first key results show any.
    """
    drawn = {kr.ref for kr in objective.key_results[:MOST_CHARTS]} | {objective.ref}
    said = {
        item.ref.key_result: newest_first(item.check_ins, as_of)
        for item in objective.items()
        if item.check_ins and item.ref in drawn
    }
    weights = {name: [_weight(check_in) for check_in in each] for name, each in said.items()}
    more = max(len(objective.key_results) - USUAL_KEY_RESULTS, 0)
    room = STORY_ROOM - KEY_RESULT_ROOM * more - sum(_chart(each) for n, each in said.items() if n)
    if not weights or sum(map(sum, weights.values())) <= room:
        return {name: len(each) for name, each in weights.items()}
    share = max(room, 0) // len(weights)
    return {name: _fitting(each, share) for name, each in weights.items()}


def _chart(check_ins: list[CheckIn]) -> int:
    """Return about how many characters the chart of some check-ins takes."""
    noted = sum(bool(check_in.note or check_in.blocker) for check_in in check_ins)
    return _CHART + _SPOT * min(len(check_ins), MOST_SPOTS) + _NOTED * min(noted, MOST_SPOTS)


def _weight(check_in: CheckIn) -> int:
    """Return about how many characters a check-in takes on a page."""
    if check_in.from_feed:
        return 50
    said = (check_in.note, check_in.blocker, check_in.decision, check_in.ask)
    return 260 + sum(len(text) + 80 for text in said if text)


def _fitting(weights: list[int], room: int) -> int:
    used = 0
    for count, weight in enumerate(weights):
        used += weight
        if count and used > room:
            return count
    return len(weights)


def view_log(
    context: Context, check_ins: Sequence[CheckIn], item: KeyResult | Objective
) -> tuple[LogRow, ...]:
    """Return the rows of an item's check-ins that are newest first already."""
    rows: list[LogRow] = []
    key_result = item if isinstance(item, KeyResult) else None
    corrected = _corrected(context, item)
    for from_feed, run in groupby(check_ins, key=lambda check_in: check_in.from_feed):
        if from_feed:
            rows.append(_feed_row(context, list(run), key_result))
            continue
        for check_in in run:
            found = corrected.get((check_in.date, check_in.place.path), ())
            rows.append(_log_row(context, check_in, key_result, tuple(found)))
    return tuple(rows)


def _corrected(context: Context, item: KeyResult | Objective) -> dict[tuple[date, str], list[str]]:
    """Return what is said of corrections, by the day and the file of the check-in."""
    found: dict[tuple[date, str], list[str]] = {}
    plan = context.company.plan(item.ref.owner, item.ref.cycle)
    for each in plan.corrections if plan else ():
        change = each.change
        if each.about == item.ref and change and change.day:
            found.setdefault((change.day, change.file), []).append(_say_corrected(context, each))
    return found


def _say_corrected(context: Context, correction: Amendment) -> str:
    words = context.words
    by = view_person(context, correction.by).name if correction.by else correction.author
    before = correction.change.before if correction.change else None
    value = say_value(words, Term.VALUE, before)
    day = words.date(correction.date)
    if not by:
        return words.gettext("corrected on {date}; it was {value}", date=day, value=value)
    return words.gettext(
        "corrected on {date} by {who}; it was {value}", date=day, who=by, value=value
    )


def _feed_row(context: Context, run: list[CheckIn], key_result: KeyResult | None) -> LogRow:
    """Return one row for a run of a feed's values: they are many and say nothing else."""
    values = tuple(
        (context.words.date(each.date), _said_value(context, each, key_result)) for each in run
    )
    newest = view_date(context, run[0].date)
    return LogRow(newest, None, "", NONE, None, (), overruled=False, feed=values)


def _log_row(
    context: Context, check_in: CheckIn, key_result: KeyResult | None, corrected: tuple[str, ...]
) -> LogRow:
    words, confidence = context.words, check_in.confidence
    return LogRow(
        date=view_date(context, check_in.date),
        by=view_person(context, check_in.by) if check_in.by else None,
        value=_said_value(context, check_in, key_result),
        confidence=words.number(confidence) if confidence is not None else NONE,
        badge=plain_badge(context, check_in.status) if check_in.status else None,
        notes=view_notes(context, check_in),
        overruled=check_in.overruled,
        corrected=corrected,
    )


def _said_value(context: Context, check_in: CheckIn, key_result: KeyResult | None) -> str:
    """Return what a check-in says in numbers: a value, a share, steps, or that it is done."""
    words = context.words
    said = []
    if check_in.value is not None:
        said.append(write_quantity(check_in.value))
    if check_in.share is not None:
        said.append(words.percent(Fraction(check_in.share)))
    steps = key_result.steps if key_result else ()
    if check_in.steps_done and steps:
        titles = [plain(steps[i].title) for i in check_in.steps_done if i < len(steps)]
        said.append(words.gettext("done: {steps}", steps=words.list(titles)))
    if check_in.steps_undone and steps:
        titles = [plain(steps[i].title) for i in check_in.steps_undone if i < len(steps)]
        said.append(words.gettext("taken back: {steps}", steps=words.list(titles)))
    if check_in.done:
        said.append(words.gettext("done"))
    return ", ".join(said) or NONE


def view_notes(context: Context, check_in: CheckIn) -> tuple[NoteView, ...]:
    """Return what a check-in says in words: its note, blocker, decision and ask."""
    if not (check_in.note or check_in.blocker or check_in.decision or check_in.ask):
        return ()
    say = context.words.gettext
    parts = [
        ("note", "", check_in.note),
        ("blocker", say("Blocker"), check_in.blocker),
        ("decision", say("Decision"), check_in.decision),
        ("ask", say("Ask"), check_in.ask),
    ]
    source = check_in.place.path
    return tuple(
        NoteView(text, None, None, source, kind, label) for kind, label, text in parts if text
    )
