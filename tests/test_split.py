"""Long lists: split by department, nothing lost, nothing too long; short ones are left alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from builders import company, key_result, objective, plan, team
from hypothesis import given
from hypothesis import strategies as st

from okrsite.model import Company, Level
from okrsite.views import split
from okrsite.views.room import (
    MOST_KEY_RESULTS,
    MOST_OBJECTIVE_ROWS,
    rows_of,
    share_out,
    stretches,
    team_room,
)
from okrsite.views.split import MOST_ROWS, Part, cut, split_rows

FEW = 4
"""Rows of a page, so that small companies have long lists."""


def a_tree(*parents: str) -> Company:
    """Return a company with a team for each parent's id: `t0` below the first, and so on."""
    below = [team(f"t{place}", parent=parent) for place, parent in enumerate(parents)]
    return company(teams=(team("company"), *below))


def of_each(house: Company) -> list[tuple[tuple[str, ...], str]]:
    return [((each.id,), each.id) for each in house.teams if each.level is not Level.COMPANY]


def entries(part: Part[str]) -> int:
    return len(part.rows) + len(part.parts)


def below_two_departments(count: int) -> Company:
    """Return two departments and a team beside them, with so many teams in all."""
    parents = ["t0" if place % 2 else "t1" for place in range(count - 3)]
    return a_tree("company", "company", *parents, "company")


def test_as_many_rows_as_a_page_holds_stay_on_it() -> None:
    house = below_two_departments(MOST_ROWS)
    part = split_rows(house, of_each(house))
    assert (part.path, part.parts, part.size) == ("", (), MOST_ROWS)
    assert list(part.rows) == [f"t{place}" for place in range(MOST_ROWS)]


def test_one_more_splits_them_by_department() -> None:
    house = below_two_departments(MOST_ROWS + 1)
    part = split_rows(house, of_each(house))
    assert [(each.path, each.team.id, each.size) for each in part.parts if each.team] == [
        ("t0/", "t0", 100),
        ("t1/", "t1", 100),
    ]
    assert part.rows == (f"t{MOST_ROWS}",)
    assert part.size == MOST_ROWS + 1
    assert part.parts[0].rows[0] == "t0"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(split, "MOST_ROWS", FEW)


@pytest.mark.usefixtures("few")
def test_a_department_that_is_too_long_is_split_at_those_below_it() -> None:
    house = a_tree("company", "t0", "t0", "t1", "t1", "t2", "t2")
    (whole,) = split_rows(house, of_each(house)).parts
    assert (whole.path, whole.rows) == ("t0/", ("t0",))
    assert [(each.path, each.rows) for each in whole.parts] == [
        ("t1/", ("t1", "t3", "t4")),
        ("t2/", ("t2", "t5", "t6")),
    ]


@pytest.mark.usefixtures("few")
def test_where_there_is_no_department_a_list_is_cut_into_stretches() -> None:
    house = a_tree(*["company"] * 9)
    part = split_rows(house, of_each(house))
    assert [(each.path, each.stretch, len(each.rows)) for each in part.parts] == [
        ("-1/", 1, 3),
        ("-2/", 2, 3),
        ("-3/", 3, 3),
    ]
    assert part.rows == ()


@pytest.mark.usefixtures("few")
def test_a_team_with_very_many_rows_has_its_own_page() -> None:
    house = a_tree("company", "company")
    rows = [(("t0",), f"r{place}") for place in range(6)]
    (own,) = split_rows(house, [*rows, (("t1",), "other")]).parts
    assert (own.path, [each.path for each in own.parts]) == ("t0/", ["t0/-1/", "t0/-2/"])


@pytest.mark.usefixtures("few")
def test_a_departments_own_rows_stand_on_its_page() -> None:
    house = a_tree(*["company"] * 6)
    rows = [(("company",), "boss"), *(((f"t{place}",), f"r{place}") for place in range(6))]
    part = split_rows(house, rows)
    assert part.rows == ("boss",)
    assert [each.rows for each in part.parts] == [("r0", "r1", "r2"), ("r3", "r4", "r5")]


@pytest.mark.usefixtures("few")
def test_who_is_in_two_departments_stands_in_both_and_counts_once() -> None:
    house = a_tree("company", "company", "t0", "t1")
    rows = [(("t2", "t3"), "ana"), *(((f"t{p % 4}",), f"r{p}") for p in range(8))]
    part = split_rows(house, rows)
    assert part.size == 9
    assert [("ana" in each.rows, each.size) for each in part.parts] == [(True, 5), (True, 5)] or [
        ("ana" in each.all_rows(), each.size) for each in part.parts
    ] == [(True, 5), (True, 5)]
    assert len(part.all_rows()) == 9


@pytest.mark.usefixtures("few")
def test_a_list_below_a_team_leaves_out_the_others() -> None:
    house = a_tree("company", "t0", "t0", "company")
    top = house.team("t0")
    part = split_rows(house, [(("t1",), "t1"), (("t2",), "t2")], top, "t0/")
    assert (part.path, part.team, part.rows) == ("t0/", top, ("t1", "t2"))


@st.composite
def trees(draw: st.DrawFn) -> Company:
    """Return companies whose teams hang anywhere above themselves, or nowhere."""
    count = draw(st.integers(0, 30))
    parents = [
        draw(st.sampled_from(["company", "nowhere", *(f"t{above}" for above in range(place))]))
        for place in range(count)
    ]
    return a_tree(*parents)


@st.composite
def lists(draw: st.DrawFn) -> tuple[Company, list[tuple[list[str], str]]]:
    house = draw(trees())
    ids = [*(each.id for each in house.teams), "stranger"]
    some = st.lists(st.sampled_from(ids), max_size=3, unique=True)
    teams = draw(st.lists(some, max_size=60))
    return house, [(each, f"r{place}") for place, each in enumerate(teams)]


def _pages(part: Part[str]) -> Iterator[Part[str]]:
    return (each for each, _ in part.pages())


@given(lists())
def test_nothing_is_lost_and_no_page_is_long(
    made: tuple[Company, list[tuple[list[str], str]]],
) -> None:
    house, rows = made
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(split, "MOST_ROWS", FEW)
        whole = split_rows(house, rows)
    pages = list(_pages(whole))
    names = {row for _, row in rows}
    assert {row for page in pages for row in page.rows} == names
    assert set(whole.all_rows()) == names
    assert all(len(page.rows) <= FEW for page in pages)
    # What is cut into stretches may have many; they are cut again nowhere.
    assert all(entries(page) <= FEW or page.parts[0].stretch for page in pages)
    assert all(page.size == len(page.all_rows()) for page in pages)
    assert len({page.path for page in pages}) == len(pages)


@given(lists())
def test_a_short_list_keeps_its_order(made: tuple[Company, list[tuple[list[str], str]]]) -> None:
    house, rows = made
    assert split_rows(house, rows) == Part("", None, 0, len(rows), tuple(row for _, row in rows))


@given(st.integers(0, 100), st.integers(1, 9))
def test_stretches_are_even_and_whole(count: int, most: int) -> None:
    found = cut(range(count), most)
    assert [each for stretch in found for each in stretch] == list(range(count))
    assert all(0 < len(stretch) <= most for stretch in found)
    assert max(map(len, found), default=0) - min(map(len, found), default=0) <= 1
    assert len(found) == -(-count // most)


@given(st.lists(st.integers(0, 30), max_size=6), st.integers(0, 40))
def test_room_is_shared_out_and_none_of_it_in_vain(lengths: list[int], room: int) -> None:
    shares = share_out(lengths, room)
    assert all(0 <= share <= length for share, length in zip(shares, lengths, strict=True))
    assert sum(shares) == min(sum(lengths), room)


@given(st.lists(st.integers(0, 20), max_size=12))
def test_a_long_plan_goes_on_over_pages(counts: list[int]) -> None:
    own = [
        objective(f"o{place}", *(key_result(f"k{number}") for number in range(count)))
        for place, count in enumerate(counts)
    ]
    pages = stretches(own)
    assert [each for page in pages for each in page] == own
    assert all(len(page) == 1 or rows_of(page) <= MOST_OBJECTIVE_ROWS for page in pages)
    assert all(rows_of(page) <= MOST_KEY_RESULTS + 1 for page in pages if len(page) == 1)


@given(st.integers(0, 9), st.integers(0, 500), st.integers(0, 500), st.integers(0, 50_000))
def test_a_team_always_shows_something(plans: int, ties: int, teams: int, beside: int) -> None:
    own = [plan(objective("o", key_result("k"))).objectives] * plans
    room = team_room(own, ties, teams, beside)
    assert room.plans == (1,) * plans
    assert min(ties, 1) <= room.ties <= ties
    assert min(teams, 1) <= room.teams <= teams
