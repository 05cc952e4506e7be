"""A company's rhythm and its cycles' dates → `calendar.ics` (RFC 5545)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from okrsite import urls
from okrsite.asset import Asset
from okrsite.feeds.teller import Teller, authority
from okrsite.keep import Piece
from okrsite.model import Cadence, Cycle, Rules
from okrsite.views.context import Context

if TYPE_CHECKING:
    from icalendar import Event

_DAY = timedelta(days=1)
_SPAN = timedelta(days=366)
"""How long a cycle stays in the calendar after it was graded."""
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_EVERY = {Cadence.WEEK: 1, Cadence.FORTNIGHT: 2}
"""Weeks between two days of a series."""


@dataclass(frozen=True, slots=True)
class _Date:
    """An entry of the calendar."""

    name: str
    """What its id begins with; stays the same when the day is moved."""
    day: date
    title: str
    url: str
    rule: dict[str, object] | None = None
    """How it comes again."""


def calendar_files(context: Context) -> Iterator[Asset]:
    """Yield the company's calendar."""
    yield Asset(urls.CALENDAR, lambda: _draw(context))


def _draw(context: Context) -> list[Piece]:
    # Slow to import, and not wanted where the calendar stays as it was.
    from icalendar import Calendar, vText

    # Made of what every page is made of, and of nothing else.
    context.watch.note("everywhere")
    name = context.company.name or context.words.gettext("OKRs")
    title = context.words.gettext("{company}: OKR dates", company=name)
    calendar = Calendar()
    calendar.add("prodid", "-//okrsite//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # Left to itself, the library does not escape names that it does not know as text.
    calendar.add("name", vText(_line(title)))
    calendar.add("x-wr-calname", vText(_line(title)))
    calendar.add("refresh-interval", _DAY, parameters={"VALUE": "DURATION"})
    for entry in _dates(context):
        calendar.add_component(_event(context, entry))
    return [calendar.to_ical()]


def _event(context: Context, entry: _Date) -> Event:
    from icalendar import Event

    teller = Teller(context, urls.CALENDAR)
    event = Event()
    event.add("uid", f"{entry.name}@{authority(context)}")
    event.add("dtstamp", datetime.combine(context.company.as_of, time(12), UTC))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + _DAY)
    event.add("summary", _line(entry.title))
    # Nobody is busy all day because of a review.
    event.add("transp", "TRANSPARENT")
    if entry.rule:
        event.add("rrule", entry.rule)
    if context.address:
        event.add("url", teller.href(entry.url))
    return event


def _dates(context: Context) -> Iterator[_Date]:
    company = context.company
    told = [each for each in company.cycles if each.grading_due >= company.as_of - _SPAN]
    for cycle in told:
        yield from _of_cycle(context, cycle)
    if told:
        first, last = min(each.start for each in told), max(each.end for each in told)
        yield from _series(context, first, last)


def _of_cycle(context: Context, cycle: Cycle) -> Iterator[_Date]:
    """Yield the days of a cycle, in their order."""
    say, name = context.words.gettext, cycle.name
    days = [
        ("start", cycle.start, say("{cycle} begins", cycle=name)),
        ("settled", cycle.planning_ends, say("The plans for {cycle} are settled", cycle=name)),
        *(
            (f"review-{number}", day, say("Review of {cycle}", cycle=name))
            for number, day in enumerate(cycle.reviews, 1)
        ),
        ("end", cycle.end, say("{cycle} ends", cycle=name)),
        ("grading", cycle.grading_due, say("Grades of {cycle} are due", cycle=name)),
    ]
    for what, day, title in sorted(days, key=lambda each: each[1]):
        yield _Date(f"{cycle.id}-{what}", day, title, urls.CYCLES)


def _series(context: Context, first: date, last: date) -> Iterator[_Date]:
    """Yield the days that come again and again, as long as there are cycles."""
    rules, say, url = context.company.rules, context.words.gettext, urls.HOW_WE_WORK
    day, rule = _check_ins(rules, first)
    yield _Date("check-in", day, say("Check in your OKRs"), url, {**rule, "until": last})
    sharing = _on(first, rules.sharing_day)
    rule = {"freq": "weekly", "until": last}
    yield _Date("sharing", sharing, say("Share the week’s wins"), url, rule)


def _check_ins(rules: Rules, first: date) -> tuple[date, dict[str, object]]:
    """Return the first day to check in, and how it comes again: once a month on such a weekday."""
    weekday = rules.checkin_day
    if rules.every is not Cadence.MONTH:
        return _on(first, weekday), {"freq": "weekly", "interval": _EVERY[rules.every]}
    day = _on(first.replace(day=1), weekday)
    if day < first:
        day = _on((first.replace(day=1) + 31 * _DAY).replace(day=1), weekday)
    return day, {"freq": "monthly", "byday": f"1{_WEEKDAYS[weekday]}"}


def _line(text: str) -> str:
    """Return text without the control characters that a calendar must not hold."""
    return "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)


def _on(day: date, weekday: int) -> date:
    """Return the first such weekday from a day on."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)
