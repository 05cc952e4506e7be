"""Lists: all OKRs of a cycle, what waits for somebody, and what is proposed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browser import Chromium, Tab, serve
from builders import check_in, company, cycle, key_result, objective, person, plan, team
from site_builder import Site

from okrsite.forge import Forge
from okrsite.measure import measure_company
from okrsite.model import Company, Level, State, Status
from okrsite.views import (
    AttentionView,
    Context,
    OkrsView,
    ProposalsView,
    view_attention_page,
    view_okrs,
    view_proposals,
)
from okrsite.views.okrs import okr_parts
from okrsite.views.proposals import proposal_parts
from okrsite.views.waiting import attention_parts
from okrsite.words import Words

FORGE = Forge("https://github.com/harbor/okrs", source="content/okrs")
NEXT = cycle("2027-q1", "2027-01-01", "2027-03-31")


def context(house: Company, **more: Any) -> Context:
    words = Words("en", house.as_of)
    return Context(company=house, measures=measure_company(house), words=words, **more)


def okrs(house: Company) -> OkrsView:
    here, now = context(house), house.cycles[0]
    return view_okrs(here, now, okr_parts(here, now))


def waiting(house: Company) -> AttentionView:
    here = context(house)
    return view_attention_page(here, attention_parts(here))


def proposals(house: Company, **more: Any) -> ProposalsView:
    here = context(house, **more)
    return view_proposals(here, proposal_parts(here))


class TestAllOkrs:
    def test_each_objective_stands_before_its_key_results(self) -> None:
        trust = objective("trust", key_result("sev1"), key_result("drills"))
        rows = okrs(company(plan(trust, objective("cost", key_result("bill"))))).rows
        assert [row.ref.rpartition("/")[2] for row in rows if not row.is_objective] == [
            *("sev1", "drills"),
            "bill",
        ]
        assert [row.is_objective for row in rows] == [True, False, False, True, False]

    def test_rows_can_be_narrowed_down_and_sorted_by_what_they_say(self) -> None:
        latency = key_result(
            "latency",
            baseline="900 ms",
            target="600 ms",
            owners=("ana",),
            tags=("speed",),
            check_ins=(check_in("2026-11-16", "720 ms", confidence=5),),
        )
        house = company(
            plan(objective("trust", latency, owners=("bo",))),
            people=(person("ana", name="Ana Sousa"), person("bo", name="Bo")),
        )
        whole, row = okrs(house).rows
        assert [one.name for one in whole.owners] == ["Bo"]
        assert [one.name for one in row.owners] == ["Ana Sousa"]
        assert (row.type, row.tags, row.progress) == ("metric", ("speed",), "60\N{NO-BREAK SPACE}%")
        assert row.progress_number == "0.6000"
        assert row.confidence == "5"
        assert row.badge
        assert row.badge.status == "at-risk"

    def test_what_has_no_number_is_sorted_as_nothing(self) -> None:
        ceiling = key_result("sev1", kind="limit", target="2 incidents")
        row = okrs(company(plan(objective("trust", ceiling)))).rows[1]
        assert (row.progress, row.progress_number, row.confidence) == ("–", "", "–")

    def test_grades_are_shown_once_there_are_some(self) -> None:
        assert not okrs(company(plan(objective("trust", key_result("sev1"))))).graded

    def test_of_a_title_nothing_else_is_told(self) -> None:
        whole = objective("trust", key_result("sev1"), owners=("ana",), title_only=True)
        row = okrs(company(plan(whole))).rows[0]
        assert (row.badge, row.owners, row.type, row.state) == (None, (), "", "")

    def test_past_two_hundred_rows_departments_have_their_own_pages(self) -> None:
        plans = [
            plan(
                *(
                    objective(f"t{number}@2026-q4/o{n}", *(key_result(f"k{k}") for k in range(4)))
                    for n in range(8)
                ),
            )
            for number in range(6)
        ]
        teams = [team("house", level=Level.COMPANY), team("west", parent="house")]
        teams += [team(f"t{number}", parent="west") for number in range(6)]
        here = context(company(*plans, teams=tuple(teams)))
        part = okr_parts(here, here.company.cycles[0])
        assert part.size == 6 * 8 * 5
        assert all(len(page.rows) <= 200 for page, _ in part.pages())
        assert len(part.all_rows()) == part.size


class TestAttention:
    def test_what_is_off_track_waits_for_its_owner(self) -> None:
        drills = key_result(
            "drills",
            baseline=1,
            target=4,
            owners=("chen",),
            check_ins=(check_in("2026-11-16", 1, status=Status.OFF_TRACK),),
        )
        house = company(plan(objective("trust", drills)), people=(person("chen", name="Chen Hao"),))
        row = waiting(house).rows[0]
        assert (row.kind, row.reason) == ("undecided", "no decision recorded")
        assert row.waits_for
        assert row.waits_for.name == "Chen Hao"

    def test_what_nobody_owns_waits_for_the_lead(self) -> None:
        kr = key_result(
            "drills", baseline=1, target=4, owners=(), check_ins=(check_in("2026-11-16", 3),)
        )
        house = company(
            plan(objective("trust", kr)),
            teams=(team("platform", lead="ana"),),
            people=(person("ana", name="Ana Sousa"),),
        )
        row = waiting(house).rows[0]
        assert row.kind == "unowned"
        assert row.waits_for
        assert row.waits_for.name == "Ana Sousa"

    @pytest.mark.parametrize(
        ("status", "waits"),
        [(Status.OFF_TRACK, True), (Status.AT_RISK, False), (Status.ON_TRACK, False)],
    )
    def test_what_depends_on_something_stuck_waits_for_the_other_side(
        self, status: Status, waits: bool
    ) -> None:
        pipeline = key_result(
            "pipeline",
            title="Nightly load",
            baseline=1,
            target=4,
            owners=("rui",),
            check_ins=(check_in("2026-11-16", 3, status=status, decision="Wait."),),
        )
        needy = objective(
            "trust",
            key_result("sev1", baseline=1, target=4, owners=("ana",)),
            depends_on=("data@2026-q4/load/pipeline",),
        )
        house = company(
            plan(needy),
            plan(objective("data@2026-q4/load", pipeline)),
            teams=(team("platform"), team("data", title="Data")),
            people=(person("rui", name="Rui"), person("ana")),
        )
        found = [row for row in waiting(house).rows if row.kind == "dependency"]
        assert len(found) == waits
        if waits:
            assert found[0].reason == "depends on “Nightly load” of Data: off track"
            assert found[0].waits_for
            assert found[0].waits_for.name == "Rui"
            assert found[0].url == "teams/platform/2026-q4/trust/"

    def test_a_hidden_dependency_says_nothing(self) -> None:
        needy = objective("trust", key_result("sev1", owners=("ana",)), depends_on=(None,))
        assert all(row.kind != "dependency" for row in waiting(company(plan(needy))).rows)

    def test_the_gravest_come_first_and_are_counted(self) -> None:
        fallen = key_result(
            "fallen",
            baseline=1,
            target=4,
            owners=("ana",),
            check_ins=(
                check_in("2026-11-09", 3, confidence=9),
                check_in("2026-11-16", 3, confidence=5),
            ),
        )
        red = key_result(
            "red",
            baseline=1,
            target=4,
            owners=("ana",),
            check_ins=(check_in("2026-11-16", 1, status=Status.OFF_TRACK),),
        )
        view = waiting(company(plan(objective("trust", fallen, red)), people=(person("ana"),)))
        assert [row.kind for row in view.rows] == ["undecided", "fell"]
        assert [(group.kind, group.count) for group in view.groups] == [
            ("undecided", 1),
            ("fell", 1),
        ]


class TestProposals:
    def test_what_most_people_back_comes_first_beside_its_aim(self) -> None:
        aim = objective("company@2026-q4/reliable", key_result("sev1"), title="Be reliable")
        towards = ("company@2026-q4/reliable",)
        house = company(
            plan(aim),
            plan(
                objective(
                    "platform@2027-q1/a", state=State.PROPOSED, supports=towards, votes=("ana",)
                ),
                objective(
                    "platform@2027-q1/b",
                    state=State.PROPOSED,
                    supports=towards,
                    votes=("ana", "bo"),
                ),
                objective("platform@2027-q1/c", state=State.PROPOSED),
                objective("platform@2027-q1/d"),
            ),
            cycles=(cycle(), NEXT),
            teams=(team("company", level=Level.COMPANY), team("platform")),
            people=(person("ana"), person("bo")),
        )
        (found,) = proposals(house).cycles
        assert found.name == "2027-Q1"
        towards_it, without = found.groups
        assert towards_it.aim
        assert towards_it.aim.title == "Be reliable"
        assert [one.backed for one in towards_it.proposals] == ["2 backers", "1 backer"]
        assert without.aim is None
        assert [one.backed for one in without.proposals] == ["nobody has backed it yet"]

    def test_the_company_s_own_come_first(self) -> None:
        house = company(
            plan(objective("platform@2027-q1/x", state=State.PROPOSED)),
            plan(objective("company@2027-q1/y", state=State.PROPOSED)),
            cycles=(cycle(), NEXT),
            teams=(team("company", level=Level.COMPANY), team("platform")),
        )
        groups = proposals(house).cycles[0].groups
        assert [group.is_company for group in groups] == [True, False]

    def test_backing_opens_the_plan(self) -> None:
        house = company(plan(objective("x", state=State.PROPOSED)))
        one = proposals(house, forge=FORGE).cycles[0].groups[0].proposals[0]
        assert [action.kind for action in one.actions] == ["back", "discuss"]
        assert one.actions[0].href.endswith("/content/okrs/platform/2026-q4.yml")

    def test_of_closed_cycles_nothing_is_proposed_any_more(self) -> None:
        past = cycle("2026-q3", "2026-07-01", "2026-09-30")
        house = company(
            plan(objective("x", state=State.PROPOSED), cycle="2026-q3"),
            cycles=(past, cycle(), NEXT),
        )
        view = proposals(house)
        assert view.cycles == ()
        assert view.next_plan == "2027-q1.yml"


@pytest.fixture(scope="module")
def address(demo: Site) -> Iterator[str]:
    with serve(demo.root) as served:
        yield served.address


@pytest.fixture
def tab(browser: Chromium) -> Iterator[Tab]:
    with browser.tab() as tab:
        yield tab


SHOWN = """
[...document.querySelectorAll("article tbody tr")].filter((row) => row.checkVisibility()).length
"""
TEAMS = """
[...new Set([...document.querySelectorAll("article tbody tr")]
  .filter((row) => row.checkVisibility()).map((row) => row.cells[1].textContent.trim()))]
"""
PROGRESS = """
[...document.querySelectorAll("article tbody tr")].map((row) => row.cells[5].dataset.sort)
"""


def choose(tab: Tab, name: str, value: str) -> None:
    """Choose a value of a facet, or write a text, as somebody would."""
    tab.value(
        f"(() => {{ const c = document.querySelector('.okr-filter [name={name}]');"
        f" c.value = '{value}'; c.dispatchEvent(new Event('input', {{bubbles: true}})); }})()"
    )


@pytest.mark.browser
class TestNarrowingDown:
    def test_what_is_chosen_stands_in_the_address(self, address: str, tab: Tab) -> None:
        tab.open(f"{address}okrs/2026-q4/")
        whole = tab.value(SHOWN)
        choose(tab, "team", "Platform")
        assert tab.value(TEAMS) == ["Platform"]
        choose(tab, "status", "off-track")
        assert tab.value("location.search") == "?team=Platform&status=off-track"
        assert tab.value("document.querySelector('.okr-filter output').textContent") == (
            f"1 / {whole}"
        )
        choose(tab, "team", "")
        choose(tab, "status", "")
        assert tab.value("location.search") == ""
        assert tab.value(SHOWN) == whole

    def test_an_address_can_be_sent_on(self, address: str, tab: Tab) -> None:
        tab.open(f"{address}okrs/2026-q4/?team=Data&text=minutes&sort=-6")
        assert tab.value(TEAMS) == ["Data"]
        assert tab.value("document.querySelector('.okr-filter [name=text]').value") == "minutes"
        assert tab.value("document.querySelector('[aria-sort]').cellIndex") == 5

    def test_what_nobody_could_choose_is_ignored(self, address: str, tab: Tab) -> None:
        tab.open(f"{address}okrs/2026-q4/?team=Nowhere&sort=99")
        assert tab.value(SHOWN) > 100
        assert tab.errors == []

    def test_columns_sort_up_down_and_back(self, address: str, tab: Tab) -> None:
        tab.open(f"{address}okrs/2026-q4/")
        before = tab.value(PROGRESS)
        button = "document.querySelectorAll('.okr-sort')[5]"
        tab.value(f"{button}.focus()")
        tab.press("Enter")
        numbers = [float(each) for each in tab.value(PROGRESS) if each]
        assert numbers == sorted(numbers)
        assert tab.value(f"{button}.closest('th').getAttribute('aria-sort')") == "ascending"
        tab.press("Enter")
        numbers = [float(each) for each in tab.value(PROGRESS) if each]
        assert numbers == sorted(numbers, reverse=True)
        assert tab.value(PROGRESS)[-1] == "", "what has no number comes last either way"
        tab.press("Enter")
        assert tab.value(PROGRESS) == before

    @pytest.mark.parametrize("url", ["okrs/2026-q4/", "attention/", "teams/", "people/"])
    def test_every_choice_leaves_something(self, address: str, tab: Tab, url: str) -> None:
        tab.open(address + url)
        names = tab.value("[...document.querySelectorAll('.okr-filter select')].map((s) => s.name)")
        assert names
        for name in names:
            options = f"document.querySelector('.okr-filter select[name={name}]').options"
            for place in range(1, min(tab.value(f"{options}.length"), 6)):
                choose(tab, name, tab.value(f"{options}[{place}].value"))
                assert tab.value(SHOWN) >= 1, (name, place)
            choose(tab, name, "")
