"""Wins and praise → the pages that list them, by week."""

from __future__ import annotations

from okrsite import urls
from okrsite.model.quick import quick_dataclass
from okrsite.views.context import Context
from okrsite.views.fragments import (
    Crumb,
    DateView,
    HeadView,
    LinkView,
    PartRow,
    PersonLink,
)
from okrsite.views.parting import part_head, part_rows
from okrsite.views.parts import title_link, view_date, view_person
from okrsite.views.split import Part
from okrsite.views.told import Win
from okrsite.views.weeks import Week, say_days, say_number


@quick_dataclass(frozen=True, slots=True)
class WinRow:
    """A win, or somebody's praise."""

    is_praise: bool
    text: str
    """Inline Markdown; of praise, Markdown."""
    team: PersonLink
    by: PersonLink | None
    """Who wrote it down, or praised."""
    date: DateView
    about: LinkView | None
    source: str
    """The file that praise stands in, which names pictures relative to itself."""


@quick_dataclass(frozen=True, slots=True)
class WeekWins:
    """The wins of one week."""

    anchor: str
    days: str
    """``16 Nov – 22 Nov``."""
    number: str
    """``week 8 of 13``, or nothing."""
    wins: tuple[WinRow, ...]
    """Newest first."""


@quick_dataclass(frozen=True, slots=True)
class WinsView:
    """All that a page of wins may show: of the whole company, or of a department."""

    head: HeadView
    beside: LinkView
    """The page of changes."""
    departments: tuple[PartRow, ...]
    """Those whose wins stand on pages of their own, past 200 wins."""
    weeks: tuple[WeekWins, ...]
    """Newest first; those without any are left out."""


def view_wins_page(
    context: Context, part: Part[Win] | None = None, above: tuple[Part[Win], ...] = ()
) -> WinsView:
    """Return a page of wins."""
    words, part = context.words, part or context.wins.whole
    context.watch.note("wins", part.path)

    def name_of(win: Win) -> str:
        return view_person(context, win.owner).name

    lead = words.ngettext("{n} win and piece of praise", "{n} wins and pieces of praise", part.size)
    crumb = Crumb(words.gettext("Wins"), urls.WINS)
    weeks = (_week(context, week, part.rows) for week in context.wins.weeks)
    return WinsView(
        head=part_head(context, crumb, part, above, lead if part.size else "", name_of),
        beside=LinkView(words.gettext("Changes"), urls.CHANGES, None),
        departments=part_rows(context, part, urls.WINS, name_of),
        weeks=tuple(week for week in weeks if week.wins),
    )


def _week(context: Context, week: Week, wins: tuple[Win, ...]) -> WeekWins:
    words = context.words
    return WeekWins(
        anchor=week.until.isoformat(),
        days=say_days(words, week),
        number=say_number(words, week),
        wins=tuple(_row(context, win) for win in wins if week.holds(win.date)),
    )


def _row(context: Context, win: Win) -> WinRow:
    return WinRow(
        is_praise=win.is_praise,
        text=win.text,
        team=view_person(context, win.owner),
        by=view_person(context, win.by) if win.by and win.by != win.owner else None,
        date=view_date(context, win.date),
        about=title_link(context, win.about) if win.about else None,
        source=win.source,
    )
