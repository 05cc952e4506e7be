"""A stop in the order of reviews → a page of screens: the order, its teams, what comes next."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from okrsite import urls
from okrsite.model import Status
from okrsite.model.quick import quick_dataclass
from okrsite.views.actions import review_action
from okrsite.views.clock import next_check_in, say_week
from okrsite.views.context import Context
from okrsite.views.fragments import (
    CountView,
    Crumb,
    DateView,
    HeadView,
    MoreView,
    PersonLink,
)
from okrsite.views.listing import neighbours
from okrsite.views.parts import view_counts, view_date, view_person
from okrsite.views.review_order import HOUR, Stop, next_review, share_minutes
from okrsite.views.review_team import TeamReview, view_team_review
from okrsite.views.split import MOST_ROWS, cut
from okrsite.views.weekly import AskView

_MOST_NAMES, _MOST_ASKED = 12, 10
"""Teams of a department that the order names, and asks that the last screen repeats."""
AGENDA, CLOSING = "_order", "_closing"
"""Anchors of the first screen of several teams, and of every review's last."""


@quick_dataclass(frozen=True, slots=True)
class AgendaRow:
    """A team, or a department with its teams, in the order of a review."""

    name: str
    url: str
    """Where its screens begin, here or on a page of their own; empty where it has none."""
    here: str
    """The anchor of its first screen, if its screens stand on this page."""
    lead: PersonLink | None
    teams: tuple[str, ...]
    """The names of the teams in it that have their own page, or all of them on this one."""
    screens: int
    minutes: int
    """Its share of an hour, by screens."""
    counts: tuple[CountView, ...]
    """Of all key results in it that are under review."""


@quick_dataclass(frozen=True, slots=True)
class ReviewView:
    """All that a review's page may show."""

    head: HeadView
    cycle: str
    """``2026-Q4 · week 8 of 13``."""
    start: str
    """The anchor that screens begin at."""
    agenda: str
    """The anchor of the order of teams; empty where one team speaks alone."""
    order: tuple[AgendaRow, ...]
    shared: str
    """``24 screens share 60 minutes``."""
    minutes: int
    """The hour that is shared."""
    screens: int
    """How many share it, also those on other pages."""
    teams: tuple[TeamReview, ...]
    closing: str
    """The anchor of the last screen; empty where there is nothing to review."""
    dates: tuple[tuple[str, DateView], ...]
    """``next review``, ``next check-in``, ``grading due``, with the day."""
    asked: tuple[tuple[PersonLink, AskView], ...]
    """What teams ask of others, by whom."""
    following: MoreView | None
    """Whose review comes after this one."""
    before: tuple[str, str]
    """Name and address of the page before this one; empty where there is none."""
    after: tuple[str, str]
    empty: str
    """What to say where nobody has anything to review."""


def agenda_pages(stop: Stop) -> int:
    """Return how many pages the order of a review takes."""
    return max(len(cut(stop.below, MOST_ROWS)), 1)


def stop_url(context: Context, stop: Stop) -> str:
    """Return the address of a team's review; the company's own is everybody's."""
    return urls.review_url("" if stop is context.reviews.top else stop.id)


def view_review(context: Context, id: str, number: int = 1) -> ReviewView:
    """Return the review of a team and of what is below it, or a later page of its order."""
    reviews, say = context.reviews, context.words.gettext
    stop = reviews.stops[id]
    stops = _on_page(stop) if number == 1 else []
    speaking = [each for each in stops if each.plans]
    order = _agenda(context, stop, number) if len(stops) > 1 or stop.below else ()
    teams = tuple(view_team_review(context, each) for each in speaking)
    minutes = context.words.ngettext("{n} minute", "{n} minutes", HOUR)
    before, after = _beside(context, stop, number)
    following = MoreView(say("Next: {name}", name=after[0]), after[1]) if after[0] else None
    return ReviewView(
        head=_head(context, stop),
        cycle=_cycle(context, stop),
        start=urls.START,
        agenda=AGENDA if order else "",
        order=order,
        shared=context.words.ngettext(
            "{n} screen shares {minutes}",
            "{n} screens share {minutes}",
            stop.screens,
            minutes=minutes,
        ),
        minutes=HOUR,
        screens=stop.screens,
        teams=teams,
        closing=CLOSING if stop.screens else "",
        dates=_dates(context, stop),
        asked=tuple((t.team, ask) for t in teams for ask in t.asks if ask.to)[:_MOST_ASKED],
        following=following,
        before=before,
        after=after,
        empty="" if stop.screens else say("Nobody has planned a cycle yet."),
    )


def _on_page(stop: Stop) -> list[Stop]:
    """Return whose screens stand on a page: all below a stop, or where these are many its own."""
    return list(stop.walk()) if stop.is_whole else [stop]


def _agenda(context: Context, stop: Stop, number: int) -> tuple[AgendaRow, ...]:
    """Return the order of a review: first the team itself, then what is right below it."""
    parts = cut(stop.below, MOST_ROWS)
    listed = list(parts[number - 1]) if parts else []
    shares = dict(zip(map(id, stop.below), share_minutes(_screens(stop))[1:], strict=True))
    rows = [_row(context, each, each, stop.is_whole, shares[id(each)]) for each in listed]
    if number == 1 and stop.plans:
        alone = Stop(stop.team, stop.plans, stop.heard, ())
        rows.insert(0, _row(context, stop, alone, True, share_minutes(_screens(stop))[0]))
    return tuple(rows)


def _screens(stop: Stop) -> list[int]:
    return [stop.own_screens, *(each.screens for each in stop.below)]


def _row(context: Context, stop: Stop, counted: Stop, here: bool, minutes: int) -> AgendaRow:
    """Return a line of the order; `counted` is what of the stop it stands for."""
    spoken = [each for each in counted.walk() if each.plans]
    anchor = spoken[0].id if here and spoken else ""
    url = stop_url(context, stop) if counted.screens and not anchor else ""
    counts: Counter[Status] = Counter()
    for each in spoken:
        counts.update(context.measures.counts(each.id, each.plans[0].cycle))
    team = counted.team
    names = [each.team.title for each in counted.below if each.team]
    return AgendaRow(
        name=team.title if team else context.company.name,
        url=url,
        here=anchor,
        lead=view_person(context, team.lead) if team and team.lead else None,
        teams=tuple(names[:_MOST_NAMES]),
        screens=counted.screens,
        minutes=minutes,
        counts=view_counts(context, counts),
    )


def _head(context: Context, stop: Stop) -> HeadView:
    say = context.words.gettext
    home = Crumb(say("Home"), urls.HOME)
    actions = tuple(review_action(context, stop.id, main=True))
    lead = say(
        "On a projector the arrow keys go from screen to screen; printed, each team has its page."
    )
    if stop is context.reviews.top or stop.team is None:
        title = say("Review")
        return HeadView(title, title, (home,), actions, lead)
    title = say("Review of {team}", team=stop.team.title)
    whole = Crumb(say("Review"), urls.REVIEW)
    known = context.reviews.stops
    above = [
        Crumb(each.title, urls.review_url(each.id))
        for each in context.company.ancestors(stop.id)
        if each.parent and each.id in known
    ]
    return HeadView(title, title, (home, whole, *above), actions, lead)


def _beside(context: Context, stop: Stop, number: int) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return whose reviews come before and after; of a long order the pages."""
    url, pages = stop_url(context, stop), agenda_pages(stop)
    if pages > 1:
        return neighbours(context, url, number, pages)
    found = context.reviews.beside.get(stop.id, (None, None))
    before, after = (
        (_name(context, each), stop_url(context, each)) if each else ("", "") for each in found
    )
    return before, after


def _name(context: Context, stop: Stop) -> str:
    return stop.team.title if stop.team else context.company.name


def _dates(context: Context, stop: Stop) -> tuple[tuple[str, DateView], ...]:
    """Return what comes after this review, as far as it is known."""
    say, company = context.words.gettext, context.company
    first = next((each for each in stop.walk() if each.plans), None)
    if first is None:
        return ()
    cycle, tomorrow = company.cycle(first.plans[0].cycle), company.as_of + timedelta(days=1)
    review = next_review(cycle, tomorrow) or _soonest(context, tomorrow)
    days = [
        (say("next review"), review),
        (say("next check-in"), next_check_in(context, company.as_of)),
        (say("grading due"), cycle.grading_due if cycle.grading_due >= company.as_of else None),
    ]
    return tuple((word, view_date(context, day)) for word, day in days if day)


def _cycle(context: Context, stop: Stop) -> str:
    """Return which cycle is under review, and where today lies in it."""
    first = next((each for each in stop.walk() if each.plans), None)
    if first is None:
        return ""
    cycle = context.company.cycle(first.plans[0].cycle)
    return f"{cycle.name} · {say_week(context, cycle)}"


def _soonest(context: Context, day: date) -> date | None:
    """Return the first review of any cycle from a day on."""
    found = (next_review(cycle, day) for cycle in context.company.cycles)
    return min((each for each in found if each), default=None)
