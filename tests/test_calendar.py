"""The calendar: a company's rhythm and its cycles' dates, as calendars read them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from builders import company, cycle, objective, plan
from dateutil.rrule import rrulestr
from drawing import files, rendered
from icalendar import Calendar

from okrsite.model import Cadence, Company, Rules

FIFTH = cycle("2026-c5", "2026-09-07", "2026-10-18", name="Cycle 5", grading_due="2026-10-25")


def calendar(house: Company, **more: Any) -> str:
    return files(house, "calendar.ics", **more)["calendar.ics"]


def a_company(**rules: Any) -> Company:
    return company(
        plan(objective("platform@2026-q4/trust")), rules=Rules(company="Harbor", **rules)
    )


def events(text: str) -> dict[str, Any]:
    """Return events by what their ids begin with."""
    found = list(Calendar.from_ical(text).walk("VEVENT"))
    named = {str(event["uid"]).partition("@")[0]: event for event in found}
    assert len(named) == len(found)
    return named


def days(text: str, name: str) -> list[date]:
    """Return the days on which an event comes, as a calendar works them out."""
    event = events(text)[name]
    start = event["dtstart"].dt
    rule = event["rrule"].to_ical().decode()
    return [moment.date() for moment in rrulestr(rule, dtstart=_moment(start))]


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def test_holds_the_dates_of_a_cycle() -> None:
    found = events(calendar(a_company()))
    assert {
        name: (e["dtstart"].dt.isoformat(), str(e["summary"])) for name, e in found.items()
    } == {
        "2026-q4-start": ("2026-10-01", "2026-Q4 begins"),
        "2026-q4-review-1": ("2026-10-14", "Review of 2026-Q4"),
        "2026-q4-settled": ("2026-10-14", "The plans for 2026-Q4 are settled"),
        "2026-q4-review-2": ("2026-11-16", "Review of 2026-Q4"),
        "2026-q4-end": ("2026-12-31", "2026-Q4 ends"),
        "2026-q4-review-3": ("2027-01-12", "Review of 2026-Q4"),
        "2026-q4-grading": ("2027-01-14", "Grades of 2026-Q4 are due"),
        "check-in": ("2026-10-05", "Check in your OKRs"),
        "sharing": ("2026-10-02", "Share the week’s wins"),
    }


def test_every_event_is_a_whole_day_on_which_nobody_is_busy() -> None:
    for event in events(calendar(a_company())).values():
        assert not event.errors
        assert type(event["dtstart"].dt) is date
        assert event["dtend"].dt - event["dtstart"].dt == timedelta(days=1)
        assert event["transp"] == "TRANSPARENT"
        assert event["url"] in (
            "https://okrs.example.com/cycles/",
            "https://okrs.example.com/how-we-work/",
        )
        assert event["dtstamp"].dt.isoformat() == "2026-11-16T12:00:00+00:00"


def test_is_a_calendar_as_the_standard_has_it() -> None:
    text = calendar(a_company())
    read = Calendar.from_ical(text)
    assert read["version"] == "2.0"
    assert str(read["x-wr-calname"]) == "Harbor: OKR dates"
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert read.to_ical().decode() == text


def test_check_ins_come_on_their_day_until_the_last_cycle_ends() -> None:
    found = days(calendar(a_company(checkin_day=1)), "check-in")
    assert found[0] == date(2026, 10, 6)
    assert found[-1] == date(2026, 12, 29)
    assert {day.weekday() for day in found} == {1}
    assert len(found) == 13


def test_check_ins_come_every_fortnight_where_that_is_the_rhythm() -> None:
    found = days(calendar(a_company(every=Cadence.FORTNIGHT)), "check-in")
    assert found[:2] == [date(2026, 10, 5), date(2026, 10, 19)]


@pytest.mark.parametrize(
    ("start", "first"), [("2026-10-01", "2026-10-05"), ("2026-10-06", "2026-11-02")]
)
def test_check_ins_come_once_a_month_where_that_is_the_rhythm(start: str, first: str) -> None:
    house = company(
        plan(objective()),
        cycles=(cycle(start=start),),
        rules=Rules(every=Cadence.MONTH),
    )
    found = days(calendar(house), "check-in")
    assert [day.isoformat() for day in found][:1] == [first]
    assert all(day.weekday() == 0 and day.day <= 7 for day in found)


def test_sharing_is_every_week() -> None:
    assert {day.weekday() for day in days(calendar(a_company()), "sharing")} == {4}


def test_a_cycle_of_long_ago_is_not_in_it() -> None:
    old = cycle("2024-q4", "2024-10-01", "2024-12-31")
    house = company(plan(objective()), cycles=(old, FIFTH, cycle()))
    names = set(events(calendar(house)))
    assert not {name for name in names if name.startswith("2024")}
    assert "2026-c5-grading" in names


def test_without_a_cycle_there_is_a_calendar_all_the_same() -> None:
    assert events(calendar(company(cycles=()))) == {}


def test_speaks_the_site_s_language() -> None:
    found = events(calendar(a_company(language="de")))
    assert str(found["2026-q4-start"]["summary"]) == "2026-Q4 beginnt"


def test_a_name_is_text() -> None:
    hostile = "Harbor\r\nBEGIN:VEVENT;,\\ é 中"
    text = calendar(company(plan(objective()), rules=Rules(company=hostile)))
    read = Calendar.from_ical(text)
    assert len(read.walk("VEVENT")) == len(events(calendar(a_company())))
    assert "VEVENT\\;\\,\\\\ é 中" in text.replace("\r\n ", "")


def test_ids_stay_when_the_address_is_not_known() -> None:
    text = calendar(a_company(), address="")
    assert "UID:2026-q4-start@harbor.invalid" in text
    assert "URL" not in text


def test_hangs_on_no_plan() -> None:
    site = rendered(a_company())
    [asset] = [asset for asset in site.assets if asset.url == "calendar.ics"]
    with site.watch.reading() as parts:
        asset.draw()
    assert parts == {("everywhere",)}
    assert site.digest(parts)
