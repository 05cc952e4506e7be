"""The pages of changes and wins: what they tell, in which week, and that nothing is told twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from builders import (
    PLACE,
    check_in,
    company,
    cycle,
    day,
    key_result,
    objective,
    plan,
    quantity,
    ref,
    team,
)
from drawing import rendered
from test_views import context

from okrsite.measure import Standing
from okrsite.model import Amendment, Company, Feedback, Status, Weekly
from okrsite.model.change import Change, Term, Value
from okrsite.prose import shorten
from okrsite.views import split, view_changes, view_wins_page
from okrsite.views.changes import WeekChanges
from okrsite.views.weeks import weeks_back

AS_OF = "2026-11-20"


def a_company(*check_ins: Any, **fields: Any) -> Company:
    trust = objective("trust", key_result("sev1", *check_ins, title="Sev-1"))
    return company(plan(trust, **fields), as_of=AS_OF)


def weeks(house: Company) -> tuple[WeekChanges, ...]:
    return view_changes(context(house)).weeks


def test_weeks_are_those_of_the_cycle() -> None:
    found = [(week.days, week.number) for week in weeks(a_company())]
    assert found == [
        ("19 Nov – 20 Nov", "week 8 of 13"),
        ("12 Nov – 18 Nov", "week 7 of 13"),
        ("5 Nov – 11 Nov", "week 6 of 13"),
    ]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-10-03", [("2026-09-30", 1), ("2026-09-23", 0)]),
        ("2026-12-31", [("2026-12-23", 13), ("2026-12-16", 12)]),
        ("2027-02-03", [("2027-01-27", 0), ("2027-01-20", 0)]),
    ],
)
def test_before_a_cycle_and_without_one_weeks_go_on(
    as_of: str, expected: list[tuple[str, int]]
) -> None:
    found = weeks_back(company(cycles=(cycle(),), as_of=as_of))
    pairs = [next(found) for _ in expected]
    assert [(str(week.since), week.number) for week in pairs] == expected


def test_the_weeks_of_a_cycle_leave_no_day_out() -> None:
    found = weeks_back(company(cycles=(cycle(),), as_of="2026-12-31"))
    spans = [next(found) for _ in range(16)]
    assert all(later.since == earlier.until for later, earlier in pairwise(spans))
    assert spans[12].since == date(2026, 9, 30)


def test_a_flip_is_told_with_what_moved_and_what_was_said() -> None:
    house = a_company(
        check_in("2026-11-09", 50, confidence=8),
        check_in("2026-11-16", 52, confidence=6, by="bo", note="All *quiet*", blocker="No staff"),
    )
    _, week, _ = weeks(house)
    (found,) = week.teams
    (row,) = found.moves
    assert (week.summary, found.owner.name) == ("1 move", "Platform")
    assert (row.title, row.url) == ("Sev-1", "teams/platform/2026-q4/trust/#sev1")
    assert (row.badge.word, row.before) == ("At risk", "on track")
    assert row.figures == (
        "50 → 52",
        "progress 50\N{NO-BREAK SPACE}% → 52\N{NO-BREAK SPACE}%",
        "confidence 8 → 6",
    )
    assert (row.word, row.said) == ("Blocker", "No staff")
    assert row.by
    assert row.by.name == "Bo"


def test_the_newest_word_that_says_something_is_told_as_plain_text() -> None:
    house = a_company(
        check_in("2026-11-12", 90, note="All **quiet** " + "and so on " * 40),
        check_in("2026-11-16", 92),
    )
    (row,) = weeks(house)[1].teams[0].moves
    assert row.said.startswith("All quiet and so on")
    assert len(row.said) <= 161
    assert row.said.endswith("so on…")


@pytest.mark.parametrize(
    ("before", "after", "is_told"),
    [
        ((50, 8), (69, 8), False),
        ((50, 8), (70, 8), True),
        ((50, 8), (50, 7), False),
        ((60, 10), (60, 7), True),
    ],
    ids=["19 points", "20 points", "one less sure", "three less sure"],
)
def test_small_steps_are_not_told(
    before: tuple[int, int], after: tuple[int, int], is_told: bool
) -> None:
    house = a_company(
        check_in("2026-11-09", before[0], confidence=before[1]),
        check_in("2026-11-16", after[0], confidence=after[1]),
    )
    assert bool(weeks(house)[1].teams) is is_told


def test_silence_is_no_move() -> None:
    house = a_company(check_in("2026-11-02", 50, confidence=8))
    assert [week.teams for week in weeks(house)] == [(), (), ()]
    assert weeks(house)[0].summary == "nothing was amended, and nothing moved by much"


def amended(on: str, why: str) -> Amendment:
    about = ref("platform@2026-q4/trust/sev1")
    values = (Value(quantity=quantity(90)), Value(quantity=quantity(100)))
    return Amendment(day(on), about, why, PLACE, Change(Term.TARGET, *values), by="bo")


def test_amendments_stand_in_their_week_with_who_and_why() -> None:
    house = a_company(amendments=(amended("2026-11-10", "*too* much"), amended("2026-11-18", "x")))
    _, last, before = weeks(house)
    assert (last.summary, before.summary) == ("1 amendment", "1 amendment")
    (row,) = before.teams[0].amendments
    assert (row.changes, row.why) == (("target 90 → 100",), "*too* much")
    assert row.by
    assert row.by.name == "Bo"


def test_the_worst_comes_first_and_the_rest_is_counted() -> None:
    falls = [
        key_result(
            f"k{n}",
            check_in("2026-11-09", 60, confidence=8),
            check_in("2026-11-16", 1, confidence=2),
        )
        for n in range(9)
    ]
    rises = key_result(
        "up", check_in("2026-11-09", 0, status="off-track"), check_in("2026-11-16", 60)
    )
    house = company(plan(objective("trust", rises, *falls)), as_of=AS_OF)
    (found,) = weeks(house)[1].teams
    assert [row.badge.status for row in found.moves] == ["off-track"] * 5
    assert found.more
    assert (found.more.text, found.more.url) == ("and 5 more", "teams/platform/")


def many_teams(count: int) -> Company:
    teams = (team("company"), *(team(f"d{n}") for n in range(3)))
    below = [team(f"t{n}", parent=f"d{n % 3}") for n in range(count)]
    plans = [
        plan(
            objective(
                f"t{n}@2026-q4/aim",
                key_result("sales", check_in("2026-11-09", 50), check_in("2026-11-16", 10)),
            )
        )
        for n in range(count)
    ]
    weeklies = tuple(
        Weekly(f"t{n}", f"t{n}", day("2026-11-16"), PLACE, wins=(f"Win {n}",)) for n in range(count)
    )
    return replace(company(*plans, as_of=AS_OF, teams=(*teams, *below)), weeklies=weeklies)


@pytest.mark.parametrize("base", ["changes/", "wins/"])
def test_long_lists_are_split_by_department_and_nothing_is_lost(
    base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(split, "MOST_ROWS", 10)
    pages = {page.url: page for page in rendered(many_teams(24)).pages}
    found = [url for url in pages if url.startswith(base)]
    assert found == [base, f"{base}d0/", f"{base}d1/", f"{base}d2/"]
    drawn = {url: pages[url].draw() for url in found}
    assert "d1/" in drawn[base]
    for n in range(24):
        said = sum(f"teams/t{n}/" in html for html in drawn.values())
        assert said == 1, n
    assert {pages[url].place for url in found} == {""}


def test_wins_come_newest_first_and_once() -> None:
    def weekly(on: str, *wins: str) -> Weekly:
        return Weekly("platform", "platform", day(on), PLACE, by="ana", wins=wins)

    house = replace(
        a_company(),
        weeklies=(
            weekly("2026-09-30", "Before the cycle"),
            weekly("2026-11-09", "Two drills"),
            weekly("2026-11-16", "Two drills", "No alarm"),
            weekly("2026-11-23", "To come"),
        ),
        feedback=(
            Feedback("platform", day("2026-11-17"), "bo", "praise", "Well *done*", PLACE),
            Feedback("platform", day("2026-11-17"), "bo", "question", "Why?", PLACE),
        ),
    )
    view = view_wins_page(context(house))
    assert [[win.text for win in week.wins] for week in view.weeks] == [
        ["Well *done*", "No alarm"],
        ["Two drills"],
    ]
    praise, win = view.weeks[0].wins
    assert (praise.is_praise, praise.by and praise.by.name) == (True, "Bo")
    assert (win.team.name, win.by and win.by.name) == ("Platform", "Ana")
    assert view.head.lead == "3 wins and pieces of praise"


def test_a_page_of_wins_follows_from_the_wins_on_it() -> None:
    first, second = many_teams(3), many_teams(3)
    other = replace(second, weeklies=(*second.weeklies[:2], replace(second.weeklies[2], wins=())))
    pages = [list(context(house).wins.page("")) for house in (first, second, other)]
    assert pages[0] == pages[1] != pages[2]


def test_a_text_is_cut_at_a_word() -> None:
    assert shorten("one two three", 13) == "one two three"
    assert shorten("one two, three", 10) == "one two…"
    assert shorten("上线医院从三家增加到八家", 4) == "上线医院…"


def test_a_young_cycle_shows_the_weeks_before() -> None:
    house = replace(a_company(), as_of=day("2026-10-02"))
    assert context(house).wins.weeks[-1].since == day("2026-09-30") - timedelta(days=21)


def test_a_standing_of_another_day_is_kept_apart() -> None:
    measures = context(a_company(check_in("2026-11-16", 50))).measures
    sev1 = ref("platform@2026-q4/trust/sev1")
    before = measures.on(day("2026-11-15")).standing(sev1)
    assert before == Standing(before.progress, Status.NOT_STARTED, None)
    assert measures.standing(sev1).current == quantity(50)
    assert measures.on(measures.as_of) is measures
