"""What is new about objectives and key results → rows: what moved, how far, and what was said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from okrsite import urls
from okrsite.changes import ItemNews, PlanNews
from okrsite.measure import WORST_FIRST, Standing
from okrsite.model import CheckIn, Status
from okrsite.model.quick import quick_dataclass
from okrsite.prose import plain, shorten
from okrsite.quantities import write_quantity
from okrsite.views.context import Context
from okrsite.views.fragments import BadgeView, DateView, PersonLink
from okrsite.views.parts import plain_badge, view_date, view_person
from okrsite.words import say_status

BIG_STEP = Fraction(1, 5)
"""From this on, progress that moved in one go is worth a row although the status stays."""
BIG_FALL = 3
"""The same of confidence."""
_MOST_SAID = 160
"""Characters of what was said; the rest stands on the page that the row leads to."""
_STOPPED = (Status.PAUSED, Status.CANCELLED)
"""What amendments tell, with the reason."""


@quick_dataclass(frozen=True, slots=True)
class MoveRow:
    """What moved about an objective or a key result between two days."""

    badge: BadgeView
    """How it stands now."""
    before: str
    """The word of the status that it had; nothing where that is the same."""
    title: str
    """Inline Markdown."""
    url: str
    figures: tuple[str, ...]
    """``now 720 ms, 900 ms before``, ``confidence 7 → 4``; only what is another."""
    word: str
    """What was said: ``Blocker``, ``Decision``; nothing for a note."""
    said: str
    """The beginning of it, as plain text; or nothing."""
    by: PersonLink | None
    date: DateView | None
    """Of the newest check-in about it."""


def is_move(item: ItemNews) -> bool:
    """Tell whether an item moved by enough to be told, and somebody said so.

    Of an objective with key results these are told; that something is outdated or was stopped
    stands elsewhere.
    """
    if item.after is None or item.after.status in _STOPPED:
        return False
    if not (item.check_ins or item.steps):
        return False
    step, confidence = item.moved_by, item.confidence_by
    return (
        item.turns
        or (step is not None and abs(step) >= BIG_STEP)
        or (confidence is not None and abs(confidence) >= BIG_FALL)
    )


def moves_of(news: PlanNews) -> list[ItemNews]:
    """Return what moved in a plan by enough to be told, the worst first."""
    found = [item for item in news.items if is_move(item)]
    return sorted(found, key=gravity)


def gravity(item: ItemNews) -> int:
    """Return the place of what moved among others: the worst status first."""
    return WORST_FIRST.index(item.after.status) if item.after else 0


def view_move(context: Context, item: ItemNews) -> MoveRow:
    """Return the row of an item that is there now."""
    before, after, words = item.before, item.after, context.words
    if after is None:
        raise ValueError(f"{item.ref} is gone")
    newest = item.check_ins[-1] if item.check_ins else None
    word, said = _said(context, item.check_ins)
    return MoveRow(
        badge=plain_badge(context, after.status),
        before=say_status(words, before.known) if before and item.turns else "",
        title=item.title,
        url=urls.reference_url(context.company, item.ref),
        figures=tuple(_figures(context, before, after)),
        word=word,
        said=said,
        by=view_person(context, newest.by) if newest and newest.by else None,
        date=view_date(context, newest.date) if newest else None,
    )


def _figures(context: Context, before: Standing | None, after: Standing) -> Iterator[str]:
    words, old = context.words, before or Standing(None, after.status, None)
    if after.current is not None and after.current != old.current:
        was = write_quantity(old.current) if old.current is not None else ""
        now = write_quantity(after.current)
        yield f"{was} → {now}" if was else now
    if after.progress != old.progress:
        share = words.percent(after.progress)
        if old.progress is None:
            yield words.gettext("progress {progress}", progress=share)
        else:
            was = words.percent(old.progress)
            yield words.gettext("progress {before} → {after}", before=was, after=share)
    if after.confidence is not None and after.confidence != old.confidence:
        number = words.number(after.confidence)
        if old.confidence is None:
            yield words.gettext("confidence {number}", number=number)
        else:
            was = words.number(old.confidence)
            yield words.gettext("confidence {before} → {after}", before=was, after=number)


def _said(context: Context, check_ins: Iterable[CheckIn]) -> tuple[str, str]:
    """Return what the newest check-in that says anything says first: what is in the way."""
    say = context.words.gettext
    for check_in in reversed(list(check_ins)):
        for word, text in (
            (say("Blocker"), check_in.blocker),
            (say("Decision"), check_in.decision),
            ("", check_in.note),
        ):
            if text:
                return word, shorten(plain(text), _MOST_SAID)
    return "", ""
