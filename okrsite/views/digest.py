"""A company and a day → what came since: wins, changes, moves, what waits, asks, what is owed.

Rows hold plain text and whole addresses, so that they can be written in any format.
"""

from __future__ import annotations

from datetime import date

from okrsite import urls
from okrsite.model import Person, Status, Team
from okrsite.model.quick import quick_dataclass
from okrsite.views.amendments import say_incomplete
from okrsite.views.context import Context
from okrsite.views.parts import COUNT_ORDER
from okrsite.views.scope import Scope, scope_of
from okrsite.views.telling import DigestRow, Kind, Telling
from okrsite.words import say_status

_MOST = {
    Kind.OWED: 20,
    Kind.WINS: 12,
    Kind.AMENDMENTS: 12,
    Kind.MOVES: 12,
    Kind.ATTENTION: 8,
    Kind.ASKS: 12,
    Kind.QUESTIONS: 8,
}
"""Rows of a section; how many more there are stands below."""
_LISTED = {
    Kind.WINS: urls.WINS,
    Kind.AMENDMENTS: urls.CHANGES,
    Kind.MOVES: urls.CHANGES,
    Kind.ATTENTION: urls.ATTENTION,
}
_ORDER = (
    *(Kind.WINS, Kind.AMENDMENTS, Kind.MOVES, Kind.ATTENTION),
    *(Kind.ASKS, Kind.QUESTIONS, Kind.OWED),
)
_ORDER_FOR_ONE = (Kind.OWED, Kind.ATTENTION, Kind.ASKS, Kind.MOVES, Kind.AMENDMENTS, Kind.WINS)
"""What somebody must do comes first."""


@quick_dataclass(frozen=True, slots=True)
class DigestSection:
    """What is told of one kind."""

    kind: Kind
    title: str
    rows: tuple[DigestRow, ...]
    more: str
    """``and 3 more``, or nothing."""
    url: str
    """Where the site lists all; empty where it does not, or where nobody said where it is."""


@quick_dataclass(frozen=True, slots=True)
class DigestView:
    """All that a digest tells."""

    company: str
    about: str
    """The team or person that it is for; empty for all."""
    title: str
    """``Harbor · Platform: 14 Nov – 20 Nov``."""
    url: str
    """Where to read on; empty where nobody said where the site is."""
    since: date
    """The first day that it tells of."""
    until: date
    language: str
    direction: str
    """``ltr`` or ``rtl``."""
    summary: str
    """``71 on track · 4 off track``; or nothing."""
    sections: tuple[DigestSection, ...]
    """Those that have rows."""
    empty: str
    """What to say where there are none."""
    notice: str
    """That amendments may be missing, and why; or nothing."""


def view_digest(
    context: Context,
    since: date,
    about: Team | Person | None = None,
    *,
    directory_urls: bool = True,
) -> DigestView:
    """Return the digest from a day on, that day included, to the company's own.

    It is for all, for a team and those below it, or for one person. Without `directory_urls`
    links name the ``index.html``.
    """
    words, until, scope = context.words, context.company.as_of, scope_of(context, about)
    telling = Telling(context, scope, since, directory_urls=directory_urls)
    name = "" if about is None else about.title if isinstance(about, Team) else about.name
    days = words.date(until) if since == until else f"{words.date(since)} – {words.date(until)}"
    whose = " · ".join(dict.fromkeys(filter(None, (context.company.name, name))))
    order = _ORDER_FOR_ONE if scope.person else _ORDER
    sections = tuple(s for kind in order if (s := _section(context, telling, kind)).rows)
    page = urls.owner_url(context.company, about.id) if about else urls.HOME
    return DigestView(
        company=context.company.name,
        about=name,
        title=words.namely(whose, days),
        url=telling.link(page),
        since=since,
        until=until,
        language=words.tag,
        direction=words.direction,
        summary="" if scope.person else _summary(context, scope),
        sections=sections,
        empty="" if sections else _nothing(context, scope),
        notice=say_incomplete(context),
    )


def _section(context: Context, telling: Telling, kind: Kind) -> DigestSection:
    say, for_one = context.words.gettext, bool(telling.scope.person)
    titles = {
        Kind.WINS: say("Wins"),
        Kind.AMENDMENTS: say("Amendments"),
        Kind.MOVES: say("What moved"),
        Kind.ATTENTION: say("Needs a decision"),
        Kind.ASKS: say("Asks and blockers"),
        Kind.QUESTIONS: say("Questions"),
        Kind.OWED: say("You owe these check-ins") if for_one else say("Who owes a check-in"),
    }
    rows = telling.rows(kind)
    left = len(rows) - _MOST[kind]
    more = context.words.ngettext("and {n} more", "and {n} more", left) if left > 0 else ""
    url = telling.link(_LISTED[kind]) if kind in _LISTED else ""
    return DigestSection(kind, titles[kind], rows[: _MOST[kind]], more, url)


def _summary(context: Context, scope: Scope) -> str:
    """Return how the key results of the shortest running cycle stand."""
    counts: dict[Status, int] = {}
    for plan in scope.plans:
        if plan.cycle == context.now:
            for status, count in context.measures.counts(plan.owner, plan.cycle).items():
                counts[status] = counts.get(status, 0) + count
    words = context.words
    return " · ".join(
        f"{counts[status]} {say_status(words, status)}"
        for status in COUNT_ORDER
        if status in counts
    )


def _nothing(context: Context, scope: Scope) -> str:
    say = context.words.gettext
    if scope.person:
        return say("You owe no check-in, and nothing of yours is new.")
    return say("Nothing is new, and nobody owes a check-in.")
