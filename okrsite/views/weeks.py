"""Today and the current cycle → the last weeks, newest first: what happened in each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from okrsite.model import Company, Cycle, CycleState
from okrsite.model.quick import quick_dataclass
from okrsite.words import Words

_WEEK = timedelta(days=7)


@quick_dataclass(frozen=True, slots=True)
class Week:
    """The days after one, up to another."""

    since: date
    until: date
    number: int = 0
    """Which week of `cycle` it is; 0 before that cycle began, or without one."""
    cycle: Cycle | None = None

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.since < day <= self.until


def weeks_back(company: Company) -> Iterator[Week]:
    """Yield the week that runs, then those before it, without end.

    They are those of the shortest cycle that runs, as heat maps and charts have them; else, and
    before it began, spans of seven days.
    """
    cycle = next(iter(company.cycles_in(CycleState.ACTIVE)), None)
    until = company.as_of
    if cycle is not None:
        for number in range(cycle.week_of(until), 0, -1):
            since = cycle.week_end(number - 1) if number > 1 else cycle.start - timedelta(days=1)
            yield Week(since, until, number, cycle)
            until = since
    while True:
        yield Week(until - _WEEK, until)
        until -= _WEEK


def say_days(words: Words, week: Week) -> str:
    """Return the days of a week: ``16 Nov – 22 Nov``."""
    first = week.since + timedelta(days=1)
    if first >= week.until:
        return words.date(week.until)
    return f"{words.date(first)} – {words.date(week.until)}"


def say_number(words: Words, week: Week) -> str:
    """Return which week it is: ``week 8 of 13``; nothing outside the running cycle."""
    if week.cycle is None:
        return ""
    return words.gettext("week {week} of {weeks}", week=week.number, weeks=week.cycle.weeks)
