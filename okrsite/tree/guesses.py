"""Names written nearly right → the cycle or the day that was meant: Q4-2026, 16.11.2026, W47."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from okrsite.model.cycle_names import is_known_name

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_QUARTER = re.compile(
    r"(?P<fy>fy)?[-_ .]?(?P<year>\d{4}|\d\d)[-_ .]?(?P<part>[qh][1-4])"
    r"|(?P<part2>[qh][1-4])[-_ .]?(?P<fy2>fy)?[-_ .]?(?P<year2>\d{4}|\d\d)"
    r"|(?P<part3>[1-4])(?P<kind3>[qh])[-_ .]?(?P<year3>\d{4}|\d\d)"
    r"|(?P<fy4>fy)[-_ .]?(?P<year4>\d{4}|\d\d)",
    re.ASCII,
)
_MONTH = re.compile(r"(\d{4})[-_ .](\d{1,2})|(\d{1,2})[-_ .](\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-_. ](\d{1,2})[-_. ](\d{1,2})(?!\d)", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?!\d)", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-_. ])(\d{1,2})[-_. ](\d{4})(?!\d)", re.ASCII)
_WEEK = re.compile(r"(?:(\d{4})[-_. ]?w(\d{1,2})|w(\d{1,2})[-_. ](\d{4}))(?!\d)", re.ASCII)


def read_date(text: str) -> date | None:
    """Return the day of an ISO date such as 2026-11-16, or None where there is no such day."""
    match = _DATE.fullmatch(text)
    return _day(*match.groups()) if match else None


def guess_cycle(stem: str) -> str:
    """Return the known name of a cycle written otherwise: 2026q4, Q4-2026, 1Q2018, 2026_9."""
    match = _QUARTER.fullmatch(stem.lower())
    if not match:
        month = _MONTH.fullmatch(stem)
        name = f"{month[1] or month[4]}-{int(month[2] or month[3]):02}" if month else ""
        return name if is_known_name(name) else ""
    groups = match.groupdict()
    year = next(groups[key] for key in ("year", "year2", "year3", "year4") if groups[key])
    part = groups["part"] or groups["part2"] or ""
    if groups["part3"]:
        part = f"{groups['kind3']}{groups['part3']}"
    fiscal = bool(groups["fy"] or groups["fy2"] or groups["fy4"])
    head = f"fy{year[-2:]}" if fiscal else (year if len(year) == 4 else f"20{year}")
    name = f"{head}-{part}" if part else head
    return name if is_known_name(name) else ""


def guess_days(stem: str) -> tuple[tuple[date, ...], str]:
    """Return the days that a name may mean, and the person behind: 16.11.2026, 2026-11-9.bo.

    A week is its Monday; 04-05-2026 may be two days.
    """
    for pattern, read in _DAYS:
        match = pattern.match(stem.lower())
        if not match:
            continue
        days = tuple(day for day in read(match) if day)
        rest = stem[match.end() :]
        person = rest[1:] if rest[:1] in (".", "-", "_") else ""
        if days and (person or not rest):
            return tuple(dict.fromkeys(days)), person
    return (), ""


def _year_first(match: re.Match[str]) -> Iterator[date | None]:
    yield _day(match[1], match[2], match[3])


def _year_last(match: re.Match[str]) -> Iterator[date | None]:
    yield _day(match[4], match[3], match[1])
    # Only with dots is it certain that the day comes first.
    if match[2] != "." or int(match[3]) > 12:
        yield _day(match[4], match[1], match[3])


def _week(match: re.Match[str]) -> Iterator[date | None]:
    year, week = match[1] or match[4], match[2] or match[3]
    try:
        yield date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        yield None


_DAYS = (
    (_YEAR_FIRST, _year_first),
    (_COMPACT, _year_first),
    (_YEAR_LAST, _year_last),
    (_WEEK, _week),
)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
