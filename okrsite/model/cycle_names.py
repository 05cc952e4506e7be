"""A cycle's known name → its dates: ``2026``, ``2026-h1``, ``2026-q4``, ``2026-11``, ``fy27``."""

from __future__ import annotations

import re
from datetime import date, timedelta

from okrsite.model.cycle import Cycle

_CALENDAR = re.compile(
    r"(?P<year>(?:19|20|21)\d\d)(?:-(?:h(?P<half>[12])|q(?P<quarter>[1-4])|(?P<month>\d\d)))?"
)
_FISCAL = re.compile(r"fy(?P<year>\d\d)(?:-(?:h(?P<half>[12])|q(?P<quarter>[1-4])))?")


def is_known_name(name: str) -> bool:
    """Tell whether a name is one that needs no entry in `okrs.yml` (in either case)."""
    lower = name.lower()
    return bool(_FISCAL.fullmatch(lower)) or _calendar_months(lower) is not None


def is_fiscal_name(name: str) -> bool:
    """Tell whether a name is a fiscal year, half or quarter."""
    return bool(_FISCAL.fullmatch(name.lower()))


def known_cycle(name: str, fiscal_year_start: int, planning_days: int) -> Cycle | None:
    """Return the cycle of a known name, or None.

    `fiscal_year_start` is a month from 1; a fiscal year is named by the year in which it ends.
    """
    lower = name.lower()
    span = _calendar_months(lower) or _fiscal_months(lower, fiscal_year_start)
    if span is None:
        return None
    first_month, months = span
    return make_cycle(
        lower, _month(first_month), _month(first_month + months) - timedelta(days=1), planning_days
    )


def make_cycle(
    id: str,
    start: date,
    end: date,
    planning_days: int,
    *,
    name: str = "",
    reviews: tuple[date, ...] = (),
    grading_due: date | None = None,
) -> Cycle:
    """Return a cycle with the defaults that its dates imply.

    Reviews default to day 14, the middle and 12 days after the end; grading is due 14 days after
    the end; the planning days are at most 15 % of the cycle.
    """
    days = (end - start).days + 1
    usual = (
        start + timedelta(days=13),
        start + timedelta(days=days // 2),
        end + timedelta(days=12),
    )
    return Cycle(
        id=id,
        name=name or (id.upper() if is_known_name(id) else id),
        start=start,
        end=end,
        reviews=tuple(sorted(set(reviews or usual))),
        grading_due=grading_due or end + timedelta(days=14),
        planning_days=min(planning_days, days * 15 // 100),
    )


def _month(index: int) -> date:
    """Return the first day of a month counted from year 0."""
    return date(index // 12, index % 12 + 1, 1)


def _calendar_months(name: str) -> tuple[int, int] | None:
    match = _CALENDAR.fullmatch(name)
    if not match:
        return None
    first = int(match["year"]) * 12
    if match["month"]:
        month = int(match["month"])
        return (first + month - 1, 1) if 1 <= month <= 12 else None
    return _part(first, match)


def _fiscal_months(name: str, fiscal_year_start: int) -> tuple[int, int] | None:
    match = _FISCAL.fullmatch(name)
    if not match:
        return None
    ends_in = 2000 + int(match["year"])
    starts_in = ends_in if fiscal_year_start == 1 else ends_in - 1
    return _part(starts_in * 12 + fiscal_year_start - 1, match)


def _part(first: int, match: re.Match[str]) -> tuple[int, int]:
    if match["half"]:
        return first + 6 * (int(match["half"]) - 1), 6
    if match["quarter"]:
        return first + 3 * (int(match["quarter"]) - 1), 3
    return first, 12
