"""Large companies: pages stay small, lists are split, nothing is out of reach, no figure is cut."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from benchmarks.company import AS_OF, write_company
from breadth import LONG
from builders import check_in, company, key_result, objective, person, plan, team
from cramped import cramp
from drawing import BASE, Outline, drawn, ids_and_links, leads_nowhere, rendered

from okrsite.company import load_company
from okrsite.measure import measure_company
from okrsite.model import Ask, Company, Feedback, Level, Objective, Place, Plan, Weekly
from okrsite.views import (
    Context,
    view_alignment,
    view_cycle,
    view_objective,
    view_people_index,
    view_person_page,
    view_team,
    view_teams,
)
from okrsite.views.people import people_of
from okrsite.views.split import MOST_ROWS
from okrsite.views.within import cycle_parts
from okrsite.watch import Part
from okrsite.words import Words

DEMO = Path(__file__).parents[1] / "content" / "okrs"
SHELL, SHELL_ZIPPED = 17_000, 5_500
"""What Material's page around ours takes, at most."""
MOST, MOST_ZIPPED = 80_000 - SHELL, 20_000 - SHELL_ZIPPED
PLACE = Place("platform/checkins/2026-11-16.yml")


def context(house: Company) -> Context:
    words = Words("en", house.as_of)
    return Context(company=house, measures=measure_company(house), words=words)


def a_department(name: str, size: int, cycle: str = "2026-q4") -> Iterator[tuple[Any, Plan, Any]]:
    """Yield the teams of a department, itself first, each with its plan and its lead."""
    for place in range(size):
        id = f"{name}-{place}" if place else name
        lead = person(f"{id}-lead", name=f"Lead of {id}")
        own = team(id, parent=name if place else "company", lead=lead.id, members=(lead.id,))
        above = f"{name}@{cycle}/aim" if place else f"company@{cycle}/top"
        aim = objective(
            f"{id}@{cycle}/aim",
            key_result("kr", check_in("2026-11-16", 10 * (place % 10)), owners=(lead.id,)),
            supports=[above],
            owners=(lead.id,),
        )
        yield own, plan(aim), lead


def a_company(*departments: int) -> Company:
    """Return a company of departments with so many teams each, themselves counted."""
    made = [each for n, size in enumerate(departments) for each in a_department(f"d{n}", size)]
    boss = person("boss", name="Boss")
    top = objective("company@2026-q4/top", key_result("kr"), owners=("boss",))
    root = replace(team("company"), members=("boss",), lead="boss")
    return company(
        plan(top),
        *(own for _, own, _ in made),
        teams=(root, *(each for each, _, _ in made)),
        people=(boss, *(lead for _, _, lead in made)),
    )


def flat(count: int) -> Company:
    """Return a company of teams without any department."""
    house = a_company(count)
    teams = [replace(each, parent="company", level=Level.TEAM) for each in house.teams[1:]]
    return replace(house, teams=(house.teams[0], *teams))


NAVIGATION = ("", "teams/", "people/", "alignment/", "cycles/", "how-we-work/", "data/")


def reached(pages: dict[str, str]) -> set[str]:
    """Return the pages that links lead to from what the navigation names.

    The company's own page is linked from the start page, if it has objectives.
    """
    found = {*NAVIGATION, "teams/company/"}
    waiting = list(found)
    while waiting:
        here = waiting.pop()
        for link in ids_and_links(pages[here])[1]:
            target = urlsplit(urljoin(BASE + here, link))
            url = unquote(target.path[1:])
            if target.netloc == urlsplit(BASE).netloc and url in pages and url not in found:
                found.add(url)
                waiting.append(url)
    return found


_SMALL = re.compile(
    r"teams/[^/]+/(2\d{3}[^/]*/(-\d+/|[^/-][^/]*/)?)?|people/[^/]+/(2\d{3}[^/]*/([^/]+/)?)?"
)


def is_small(url: str) -> bool:
    """Tell whether a page is an objective's, a team's or a person's, or of a team's cycle."""
    return bool(_SMALL.fullmatch(url))


@pytest.fixture(scope="module")
def large() -> dict[str, str]:
    return drawn(a_company(90, 80, 81))


@pytest.fixture(scope="module")
def without_departments() -> dict[str, str]:
    return drawn(flat(250))


def test_every_page_of_a_large_company_is_within_reach(large: dict[str, str]) -> None:
    assert sum(url.count("/") == 2 for url in large if url.startswith("teams/")) == 252
    assert reached(large) == set(large)
    assert list(leads_nowhere(large)) == []


def test_every_page_of_a_company_without_departments_is_within_reach(
    without_departments: dict[str, str],
) -> None:
    pages = without_departments
    assert {"teams/-1/", "teams/-2/", "people/-2/", "alignment/-2/", "cycles/2026-q4/-2/"} <= set(
        pages
    )
    assert reached(pages) == set(pages)
    assert list(leads_nowhere(pages)) == []


@pytest.mark.parametrize("company", ["large", "without_departments"])
def test_lists_are_no_longer_than_a_page_holds(
    company: str, request: pytest.FixtureRequest
) -> None:
    for url, html in request.getfixturevalue(company).items():
        assert html.count("data-okr-row") <= MOST_ROWS, url
        assert html.count('class="okr-node__row"') <= 2 * MOST_ROWS, url


def test_pages_of_a_large_company_stay_small(large: dict[str, str]) -> None:
    heavy = {url: len(html.encode()) for url, html in large.items() if is_small(url)}
    assert {url: size for url, size in heavy.items() if size > MOST} == {}


@pytest.mark.parametrize(("size", "split"), [(MOST_ROWS // 2, False), (MOST_ROWS // 2 + 1, True)])
def test_lists_are_split_past_what_a_page_holds(size: int, split: bool) -> None:
    house = a_company(MOST_ROWS // 2, size)
    here, cycle = context(house), house.cycle("2026-q4")
    # The company itself is no row of the list of teams, and one of each of the others.
    assert bool(view_teams(here).departments) is split
    small = context(a_company(MOST_ROWS // 2, size - 1))
    for view in (view_people_index, view_alignment, lambda c: view_cycle(c, cycle)):
        assert bool(view(small).departments) is split
        assert view(here).departments


def number(text: str) -> int:
    return int(text.replace(",", ""))


def test_counts_on_an_index_are_those_of_its_pages() -> None:
    house = a_company(90, 80, 81)
    here, cycle = context(house), house.cycle("2026-q4")
    whole = cycle_parts(here, cycle)
    index = view_cycle(here, cycle)
    pages = [view_cycle(here, cycle, part, (whole,)) for part in whole.parts]
    for row, page in zip(index.departments, pages, strict=True):
        assert (number(row.size), row.counts) == (len(page.teams), page.counts)
        assert row.check_ins == page.check_ins.value
    totals = {count.status: count.count for count in index.counts}
    below = [count for page in pages for count in page.counts]
    own = {group.badge.status: len(group.rows) for group in index.groups}
    for status, total in totals.items():
        assert total == own[status] + sum(c.count for c in below if c.status == status)
    assert sum(totals.values()) == 252
    assert len(index.teams) == 1


def test_an_index_of_teams_counts_those_below_each() -> None:
    index = view_teams(context(a_company(90, 80, 81)))
    assert index.head.lead == "251 teams"
    assert [(row.name, row.url, row.size) for row in index.departments] == [
        ("D0", "teams/d0/", "89"),
        ("D1", "teams/d1/", "79"),
        ("D2", "teams/d2/", "80"),
    ]


def test_an_index_of_people_counts_those_of_its_pages() -> None:
    here = context(a_company(90, 80, 81))
    index, whole = view_people_index(here), people_of(here)
    pages = [view_people_index(here, part, (whole,)) for part in whole.parts]
    assert [number(row.size) for row in index.departments] == [len(page.people) for page in pages]
    assert index.head.lead == "252 people"
    assert [row.person.name for row in index.people] == ["Boss"]


def test_a_split_tree_counts_all_that_supports_an_objective() -> None:
    house = a_company(150, 80)
    index = view_alignment(context(house))
    (top,) = index.tree
    assert [node.title for node in top.children] == ["aim", "aim"]
    assert top.beyond == ()
    assert [one.text for node in top.children for one in node.beyond] == [
        "D0: 149 objectives",
        "D1: 79 objectives",
    ]
    assert index.matrix is not None
    found = [
        (row.team.url, cell.direct, cell.indirect)
        for row in index.matrix.rows
        for cell in row.cells
    ]
    assert found == [("alignment/d0/", 1, 149), ("alignment/d1/", 1, 79)]


def test_a_departments_tree_tells_what_it_hangs_below() -> None:
    house = a_company(150, 80)
    here = context(house)
    whole = here.cascade.whole
    (top,) = view_alignment(here, whole.parts[0], (whole,)).tree
    assert top.above == (("top", "alignment/#company.2026-q4.top"),)
    assert len(top.children) == 149


def test_what_supports_from_elsewhere_is_counted() -> None:
    house = a_company(150, 80)
    stray = objective("d1@2026-q4/stray", supports=["d0@2026-q4/aim"])
    plans = [
        replace(p, objectives=(*p.objectives, stray)) if p.owner == "d1" else p for p in house.plans
    ]
    here = context(replace(house, plans=tuple(plans)))
    whole = here.cascade.whole
    (top,) = view_alignment(here, whole.parts[0], (whole,)).tree
    assert [(one.text, one.url) for one in top.beyond] == [
        ("1 objective of other departments", "teams/d0/2026-q4/aim/")
    ]


def test_the_heat_map_of_departments_piles_up_their_key_results() -> None:
    house = a_company(150, 80)
    view = view_cycle(context(house), house.cycle("2026-q4"))
    assert view.heat is not None
    assert view.heat.stacked
    assert [(row.name, row.url) for row in view.heat.rows] == [
        ("D0", "cycles/2026-q4/d0/"),
        ("D1", "cycles/2026-q4/d1/"),
    ]
    piles = [cell.pile for row in view.heat.rows for cell in row.cells if cell.pile]
    assert len(piles) == 14
    for pile in piles:
        assert sum(float(height) for _, _, height in pile) == pytest.approx(100, abs=0.5)
        assert float(pile[-1][1]) == pytest.approx(0, abs=0.5)


def test_a_company_objective_shows_some_of_very_many_supporters_and_the_mean_of_all() -> None:
    house = a_company(*[2] * 120)
    top = house.plans[0].objectives[0]
    ties = view_objective(context(house), top).ties
    assert len(ties.supporters) < 120
    assert ties.more is not None
    assert (ties.more.text, ties.more.url) == (
        "All 120 objectives",
        "teams/company/2026-q4/top/ties/",
    )
    # Every department's own stands at 0.
    assert ties.supporters_mean == "0\N{NO-BREAK SPACE}%"
    pages = drawn(house)
    assert pages["teams/company/2026-q4/top/ties/"].count('class="okr-tie"') == 120


def test_very_many_ties_are_split_by_department() -> None:
    house = a_company(120, 120)
    flat_ = [
        replace(
            p,
            objectives=tuple(
                replace(o, supports=house.plans[1].objectives[0].supports) for o in p.objectives
            ),
        )
        for p in house.plans[1:]
    ]
    pages = drawn(replace(house, plans=(house.plans[0], *flat_)))
    base = "teams/company/2026-q4/top/ties/"
    assert {base, f"{base}d0/", f"{base}d1/"} <= set(pages)
    assert pages[f"{base}d0/"].count('class="okr-tie"') == 120
    assert reached(pages) == set(pages)


def weekly(count: int) -> list[date]:
    return [date(2026, 11, 16) - timedelta(days=7 * week) for week in range(count)][::-1]


def test_a_long_story_has_a_page_of_its_own() -> None:
    said = [check_in(day, 10, by="ana", confidence=5, note="n" * 200) for day in weekly(45)]
    results = [key_result(f"kr{n}", *said) for n in range(4)]
    house = company(plan(objective("platform@2026/trust", *results)))
    view = view_objective(context(house), house.plans[0].objectives[0])
    for shown in view.key_results:
        assert shown.said == 45
        assert 0 < len(shown.log) == shown.shown < 45
        assert shown.chart is not None
        assert shown.all_check_ins is not None
        assert shown.all_check_ins.text == "All 45 values"
    pages = drawn(house)
    own = "teams/platform/2026/trust/"
    assert len(pages[own].encode()) < MOST
    assert pages[f"{own}check-ins/kr0/"].count("<time") == 45
    assert reached(pages) == set(pages)


def test_a_very_long_story_goes_on_over_pages() -> None:
    said = [check_in(date(2026, 1, 1) + timedelta(days=n), n) for n in range(310)]
    pages = drawn(company(plan(objective("platform@2026/trust", key_result("kr", *said)))))
    own = "teams/platform/2026/trust/check-ins/kr/"
    counts = [pages[url].count("<time") for url in (own, f"{own}-2/", f"{own}-3/", f"{own}-4/")]
    assert sum(counts) == 310
    assert max(counts) <= 100
    assert reached(pages) == set(pages)


def test_very_many_key_results_are_drawn_only_at_first() -> None:
    results = [
        key_result(f"kr{n}", check_in("2026-11-02", 1), check_in("2026-11-09", 2))
        for n in range(12)
    ]
    silent = [key_result(f"silent{n}") for n in range(12)]
    house = company(plan(objective("trust", *results), objective("quiet", *silent)))
    view = view_objective(context(house), house.plans[0].objectives[0])
    assert [kr.chart is not None for kr in view.key_results] == [True] * 5 + [False] * 7
    assert all(kr.newest for kr in view.key_results)
    pages = drawn(house)
    assert len(pages["teams/platform/2026-q4/trust/"].encode()) < MOST
    assert reached(pages) == set(pages)


def test_a_long_plan_goes_on_over_pages() -> None:
    results = [key_result(f"k{n}", check_in("2026-11-16", 50)) for n in range(4)]
    house = company(plan(*(objective(f"o{n}", *results) for n in range(20))))
    pages = drawn(house)
    team_page, base = pages["teams/platform/"], "teams/platform/2026-q4/"
    shown = [
        pages[url].count('class="okr-o"') for url in (base, *(f"{base}-{n}/" for n in (2, 3, 4)))
    ]
    assert (sum(shown), f"{base}-5/" in pages) == (20, False)
    assert (
        f"and {20 - team_page.count('class=&quot;okr-o&quot;'.replace('&quot;', chr(34)))} more"
        in team_page
    )
    assert all(len(html.encode()) < MOST for url, html in pages.items() if is_small(url))
    assert reached(pages) == set(pages)


def test_somebody_with_very_much_has_a_page_that_lists_it() -> None:
    teams = [team(f"t{n}", lead="ana", members=("ana",)) for n in range(60)]
    plans = [
        plan(
            objective(
                f"t{n}@2026-q4/o", key_result("a", check_in("2026-10-05", 9)), key_result("b")
            )
        )
        for n in range(60)
    ]
    house = company(*plans, teams=(team("company"), *teams))
    ana = house.people[0]
    view = view_person_page(context(house), ana)
    assert view.owing == 120
    assert len(view.owes) < 120
    assert view.more is not None
    assert view.more.text == "All that Ana owns, leads and owes: 60 objectives, 0 key results"
    pages = drawn(house)
    listed = pages["people/ana/owns/"] + pages["people/ana/owns/-2/"]
    assert listed.count('class="okr-tie"') == 60 + 60 + 120
    assert listed.count("due ") == 120
    assert len(pages["people/ana/"].encode()) < MOST
    assert reached(pages) == set(pages)


def a_busy_team() -> Company:
    """Return a department with very many teams, people, ties, asks and pieces of feedback."""
    day = date(2026, 11, 16)
    results = [key_result(f"k{n}", *(check_in(d, n) for d in weekly(6))) for n in range(4)]
    own = [objective(f"big@2026-q4/o{n}", *results) for n in range(5)]
    below = [
        plan(objective(f"t{n}@2026-q4/x", supports=[f"big@2026-q4/o{n % 5}"])) for n in range(70)
    ]
    people = [person(f"p{n}") for n in range(130)]
    teams = [team(f"t{n}", parent="big") for n in range(70)]
    big = team("big", members=tuple(each.id for each in people))
    ask = Ask("Two days of a database engineer", "big", day)
    return company(
        plan(*own),
        *below,
        teams=(team("company"), big, *teams),
        people=(person("ana"), *people),
        weeklies=tuple(Weekly(t.id, t.id, day, PLACE, asks=(ask,)) for t in teams),
        feedback=tuple(
            Feedback("big", day, "ana", "praise", "Good work. " * 20, PLACE) for _ in range(60)
        ),
    )


def test_a_busy_department_shows_the_first_of_everything_and_where_the_rest_is() -> None:
    house = a_busy_team()
    big = house.team("big")
    assert big is not None
    view = view_team(context(house), big)
    more = [
        view.ties.more,
        view.all_teams,
        view.all_people,
        view.all_feedback,
        view.weekly.all_asks,
    ]
    assert [(each.text, each.url) for each in more if each] == [
        ("All 70 objectives", "teams/big/ties/"),
        ("All 70 teams", "teams/big/teams/"),
        ("All 130 people", "people/big/"),
        ("All 60 pieces of feedback", "teams/big/feedback/"),
        ("All 70 asks", "teams/big/asks/"),
    ]
    assert view.people == 130
    pages = drawn(house)
    assert len(pages["teams/big/"].encode()) < MOST
    assert len(gzip.compress(pages["teams/big/"].encode())) < MOST_ZIPPED
    assert pages["teams/big/teams/"].count("data-okr-row") == 70
    assert pages["people/big/"].count("data-okr-row") == 130
    assert pages["teams/big/asks/"].count('class="okr-tie"') == 70
    assert reached(pages) == set(pages)


@pytest.fixture(scope="module")
def demo() -> Company:
    as_of, now = date(2026, 11, 20), datetime(2026, 11, 20, 12, tzinfo=UTC)
    return load_company(DEMO, as_of, "internal", now=now).company


Kept = dict[str, tuple[str, tuple[Part, ...], str]]
"""By address: a page's HTML, the parts of the company that it reads, and their digest."""


@pytest.fixture(scope="module")
def kept(demo: Company) -> Kept:
    """Draw every page of the demo in cramped pages."""
    with pytest.MonkeyPatch.context() as patch:
        cramp(patch)
        before = rendered(demo)
        found = {}
        for page in before.pages:
            with before.watch.reading() as parts:
                html = page.draw()
            found[page.url] = html, tuple(parts), before.digest(parts)
    return found


def test_the_demo_in_cramped_pages_is_whole(demo: Company, kept: Kept) -> None:
    pages = {url: html for url, (html, _, _) in kept.items()}
    assert {page.url for page in rendered(demo).pages} < set(pages)
    for url, html in pages.items():
        outline = Outline(html)
        assert outline.faults == [], url
        assert sorted(outline.ids) == sorted(set(outline.ids)), url
        assert outline.headings.count(1) == 1, url
        assert all(after - before <= 1 for before, after in pairwise(outline.headings)), url
    assert list(leads_nowhere(pages)) == []
    assert reached(pages) == set(pages)


def edited(house: Company, owner: str) -> Iterator[Company]:
    """Yield a company in which one plan is another: its numbers, its titles, its objectives."""
    (old,) = (p for p in house.plans if (p.owner, p.cycle) == (owner, "2026-q4"))

    def with_objectives(change: Any) -> Company:
        new = replace(old, objectives=change(old.objectives))
        return replace(house, plans=tuple(new if p is old else p for p in house.plans))

    def said(each: Objective) -> Objective:
        value = check_in("2026-11-19", 3, confidence=2, blocker="Nobody is here")
        key_results = [replace(kr, check_ins=(*kr.check_ins, value)) for kr in each.key_results]
        return replace(each, key_results=tuple(key_results))

    yield with_objectives(lambda own: tuple(said(each) for each in own))
    yield with_objectives(lambda own: tuple(replace(each, title="Another") for each in own))
    yield with_objectives(lambda own: tuple(replace(each, supports=()) for each in own))
    yield with_objectives(lambda own: own[:-1])
    yield replace(house, plans=tuple(p for p in house.plans if p is not old))


@pytest.mark.parametrize("owner", ["platform", "engineering", "company", "ana"])
def test_what_need_not_be_drawn_again_would_be_the_same(
    demo: Company, kept: Kept, owner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cramp(monkeypatch)
    for house in edited(demo, owner):
        after = rendered(house)
        for page in after.pages:
            html, parts, digest = kept.get(page.url, ("", (), ""))
            if after.digest(parts) == digest:
                assert page.draw() == html, page.url


@pytest.mark.slow
def test_pages_stay_small_at_a_thousand_objectives(tmp_path: Path) -> None:
    objectives = 1000 if LONG else 300
    write_company(tmp_path, objectives)
    as_of = date.fromisoformat(AS_OF)
    now = datetime(as_of.year, as_of.month, as_of.day, 12, tzinfo=UTC)
    pages = drawn(load_company(tmp_path / "content" / "okrs", as_of, now=now).company)
    small = {url: html.encode() for url, html in pages.items() if is_small(url)}
    assert len(small) > 2.3 * objectives
    assert {url: len(html) for url, html in small.items() if len(html) > MOST} == {}
    zipped = {url: len(gzip.compress(html)) for url, html in small.items()}
    assert {url: size for url, size in zipped.items() if size > MOST_ZIPPED} == {}
    assert max(len(html.encode()) for html in pages.values()) < 700_000
    assert reached(pages) == set(pages)
