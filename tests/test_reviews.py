"""Reviews: who speaks in which order, what is new since the last one, and on which page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from builders import check_in, company, cycle, key_result, objective, plan, ref, team
from drawing import drawn, rendered
from hypothesis import given
from hypothesis import strategies as st

from okrsite.forge import Forge
from okrsite.measure import measure_company
from okrsite.model import Amendment, Ask, Company, Feedback, Place, Plan, Weekly
from okrsite.views import Context, view_review
from okrsite.views.review import ReviewView
from okrsite.views.review_order import ReviewOrder, share_minutes
from okrsite.views.review_team import TeamReview
from okrsite.words import Words

PLACE = Place("platform/checkins/2026-11-16.yml")
AS_OF = "2026-11-20"
"""After the review of 16 November, before that of 12 January."""


def context(house: Company, **more: Any) -> Context:
    words = Words("en", house.as_of)
    return Context(company=house, measures=measure_company(house), words=words, **more)


def review(house: Company, id: str = "company", **more: Any) -> ReviewView:
    return view_review(context(house, **more), id)


def of_platform(*key_results: Any, as_of: str = AS_OF, **more: Any) -> TeamReview:
    """Return the screens of a team with one objective."""
    own = plan(objective("trust", *key_results), **more.pop("plan", {}))
    (found,) = review(company(own, as_of=as_of, **more), "platform").teams
    return found


def squeezed(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def said(kind: str, on: str, text: str, answer: str = "") -> Feedback:
    return Feedback("platform", date.fromisoformat(on), "bo", kind, text, PLACE, answer=answer)


def one_each(*ids: str, size: int = 1) -> list[Plan]:
    """Return a plan for each team: an objective with so many key results."""
    results = [key_result(f"k{n}") for n in range(size)]
    return [plan(objective(f"{id}@2026-q4/o", *results)) for id in ids]


def departments(size: int = 1) -> Company:
    """Return a company with two departments of two teams each."""
    names = ("company", "eng", "web", "app", "ops", "law", "tax")
    parents = {"web": "eng", "app": "eng", "law": "ops", "tax": "ops"}
    teams = [team(id, **({"parent": parents[id]} if id in parents else {})) for id in names]
    return company(*one_each(*names, size=size), teams=tuple(teams), as_of=AS_OF)


class TestOrder:
    def test_the_company_speaks_first_then_each_department_with_its_teams(self) -> None:
        spoken = [stop.id for stop in ReviewOrder(departments()).top.walk()]
        assert spoken == ["company", "eng", "web", "app", "ops", "law", "tax"]

    def test_a_short_review_stands_on_one_page(self) -> None:
        view = review(departments())
        assert [each.anchor for each in view.teams] == [
            *("company", "eng", "web", "app", "ops", "law", "tax")
        ]
        assert [(row.name, row.here, row.url) for row in view.order] == [
            ("Company", "company", ""),
            ("Eng", "eng", ""),
            ("Ops", "ops", ""),
        ]

    def test_a_long_one_goes_on_from_page_to_page(self) -> None:
        house = departments(size=9)  # 70 rows in all, 30 in a department
        view = review(house)
        assert [each.anchor for each in view.teams] == ["company"]
        assert [(row.name, row.here, row.url) for row in view.order] == [
            ("Company", "company", ""),
            ("Eng", "", "review/eng/"),
            ("Ops", "", "review/ops/"),
        ]
        assert (view.before, view.after) == (("", ""), ("Eng", "review/eng/"))
        eng = review(house, "eng")
        assert [each.anchor for each in eng.teams] == ["eng", "web", "app"]
        assert (eng.before, eng.after) == (("Company", "review/"), ("Ops", "review/ops/"))
        # Its teams stand there already; their own pages lead from one to the next.
        assert review(house, "web").after == ("App", "review/app/")
        assert review(house, "app").after == ("", "")

    def test_a_department_with_too_many_teams_leads_into_them(self) -> None:
        names = [f"t{n}" for n in range(8)]
        teams = (team("company"), team("eng"), *(team(id, parent="eng") for id in names))
        house = company(*one_each(*names, size=9), teams=teams, as_of=AS_OF)
        assert review(house).after == ("Eng", "review/eng/")
        assert review(house, "eng").after == ("T0", "review/t0/")
        assert review(house, "t0").after == ("T1", "review/t1/")
        assert review(house, "t7").after == ("", "")

    def test_minutes_follow_the_screens_and_add_up(self) -> None:
        rows = review(departments()).order
        assert [row.screens for row in rows] == [2, 6, 6]
        assert [row.minutes for row in rows] == [8, 26, 26]

    @given(st.lists(st.integers(0, 500), min_size=1, max_size=40), st.integers(1, 600))
    def test_shares_add_up_and_keep_their_order(self, screens: list[int], minutes: int) -> None:
        shares = share_minutes(screens, minutes)
        assert sum(shares) == (minutes if sum(screens) else 0)
        for screen, share in zip(screens, shares, strict=True):
            assert abs(share - minutes * screen / max(sum(screens), 1)) < 1

    def test_who_has_no_plan_is_named_and_has_no_page(self) -> None:
        teams = (team("company"), team("platform"), team("new"))
        house = company(*one_each("platform"), teams=teams, as_of=AS_OF)
        rows = {row.name: row for row in review(house).order}
        assert (rows["New"].screens, rows["New"].url, rows["New"].here) == (0, "", "")
        assert "review/new/" not in {page.url for page in rendered(house).pages}

    def test_a_company_without_plans_says_so(self) -> None:
        view = review(company(teams=(team("company"),)))
        assert view.empty == "Nobody has planned a cycle yet."
        assert (view.teams, view.closing, view.head.actions) == ((), "", ())

    def test_after_a_quarter_its_last_review_comes_before_the_next_one_s_first(self) -> None:
        new = cycle("2027-q1", "2027-01-01", "2027-03-31")
        plans = (*one_each("platform"), plan(objective("platform@2027-q1/next", key_result("a"))))
        cycles = (cycle(), new)
        names = {
            day: review(company(*plans, as_of=day, cycles=cycles), "platform").teams[0].cycle
            for day in ("2026-12-30", "2027-01-12", "2027-01-13")
        }
        assert list(names.values()) == ["2026-Q4", "2026-Q4", "2027-Q1"]

    def test_a_year_s_objectives_come_after_those_of_its_quarter(self) -> None:
        plans = (*one_each("company"), plan(objective("company@2026/lead", key_result("a"))))
        (found,) = review(company(*plans, as_of=AS_OF)).teams
        assert [(each.row.title, each.cycle) for each in found.objectives] == [
            ("o", ""),
            ("lead", "2026"),
        ]

    def test_a_long_plan_shows_its_first_objectives_and_where_the_rest_is(self) -> None:
        results = [key_result(f"k{n}") for n in range(4)]
        many = plan(*(objective(f"o{n}", *results) for n in range(12)))
        (found,) = review(company(many, as_of=AS_OF), "platform").teams
        assert len(found.objectives) == 10
        assert found.more is not None
        assert (found.more.text, found.more.url) == (
            "and 2 more objectives",
            "teams/platform/2026-q4/",
        )


class TestSince:
    def test_it_is_told_from_the_last_review_else_from_the_start(self) -> None:
        quiet = key_result("a")
        assert of_platform(quiet).since == "Since the review of 16 Nov"
        assert of_platform(quiet, as_of="2026-11-16").since == "Since the review of 14 Oct"
        assert of_platform(quiet, as_of="2026-10-14").since == "Since it began on 1 Oct"

    def test_what_fell_behind_comes_first(self) -> None:
        better = [
            check_in("2026-11-09", 20, confidence=5),
            check_in("2026-11-18", 60, confidence=8),
        ]
        worse = [
            check_in("2026-11-09", 50, confidence=8),
            check_in("2026-11-18", 55, confidence=3),
        ]
        moves = of_platform(key_result("up", *better), key_result("down", *worse)).moves
        assert [(row.title, row.kind, squeezed(row.text)) for row in moves] == [
            ("trust", "off-track", "At risk → Off track, 35 % → 58 %, confidence 6.5 → 5.5"),
            ("down", "off-track", "On track → Off track, 50 → 55, confidence 8 → 3"),
            ("up", "on-track", "At risk → On track, 20 → 60, confidence 5 → 8"),
        ]

    def test_what_was_said_on_the_day_of_the_review_is_old(self) -> None:
        on_the_day = key_result("a", check_in("2026-11-16", 40, decision="Stop it"))
        found = of_platform(on_the_day)
        assert (found.moves, found.decisions) == ((), ())

    def test_asks_blockers_and_decisions_are_collected(self) -> None:
        words = [
            check_in("2026-11-17", 40, decision="Hire", blocker="An old one"),
            check_in("2026-11-19", 41, decision="Buy", blocker="No room", ask="Two days"),
        ]
        weekly = Weekly(
            *("platform", "platform", date(2026, 11, 19), PLACE),
            asks=(Ask("An engineer", "data", date(2026, 11, 23)),),
            wins=("Zero Sev-1",),
        )
        found = of_platform(key_result("a", *words), weeklies=(weekly,))
        assert [ask.text for ask in found.asks] == ["An engineer", "Two days"]
        assert [each.text for each in found.blockers] == ["No room"]
        assert [each.text for each in found.decisions] == ["Buy", "Hire"]
        assert [win.text for win in found.wins] == ["Zero Sev-1"]

    def test_amendments_since_then_are_told(self) -> None:
        dated = [
            Amendment(date(2026, 11, day), ref("platform@2026-q4/trust"), f"On the {day}th", PLACE)
            for day in (18, 12, 17)
        ]
        found = of_platform(key_result("a"), plan={"amendments": tuple(dated)})
        assert [row.why for row in found.amendments] == ["On the 18th", "On the 17th"]

    def test_a_key_result_shows_its_confidence_then_and_now_and_the_newest_words(self) -> None:
        words = [
            check_in("2026-11-09", 40, confidence=7, note="Old"),
            check_in("2026-11-18", 50, confidence=5, note="*New*", by="bo"),
        ]
        (shown,) = of_platform(key_result("a", *words)).objectives
        (row,) = shown.key_results
        assert (row.confidence_then, row.row.confidence.value) == ("7", "5")
        assert row.said is not None
        assert [note.text for note in row.said.notes] == ["*New*"]
        assert (row.said.date.text, row.said.by and row.said.by.name) == ("18 Nov", "Bo")
        assert squeezed(shown.progress) == "40 % → 50 %"

    def test_only_the_title_of_what_is_restricted_shows(self) -> None:
        own = plan(objective("trust", key_result("a"), title_only=True, owners=()))
        (found,) = review(company(own, as_of=AS_OF), "platform").teams
        (shown,) = found.objectives
        assert (shown.row.badge, shown.bar, shown.confidence_then, shown.question) == (
            *(None, None, "", None),
        )
        assert len(shown.key_results) == 1


class TestVoices:
    def test_open_questions_come_first_then_the_newest(self) -> None:
        voices = (
            said("praise", "2026-11-01", "Well done"),
            said("question", "2026-10-20", "Why?"),
            said("question", "2026-11-02", "How?", answer="So."),
            said("praise", "2026-09-20", "Last quarter's"),
        )
        found = of_platform(key_result("a"), feedback=voices)
        assert [row.text for row in found.feedback] == ["Why?", "How?", "Well done"]
        assert found.voices == "platform.voices"

    def test_a_question_opens_a_file_to_fill_in(self) -> None:
        house = company(plan(objective("trust", key_result("a"))), as_of=AS_OF)
        forge = Forge("https://github.com/harbor/okrs", source="content/okrs")
        (found,) = review(house, "platform", forge=forge).teams
        (shown,) = found.objectives
        whole, one = shown.question, shown.key_results[0].question
        assert whole is not None
        assert one is not None
        assert one.href == (
            "https://github.com/harbor/okrs/new/main"
            "?filename=content%2Fokrs%2Fplatform%2Ffeedback%2F2026-11-20.YOUR-HANDLE.yml"
            "&value=-%20about%3A%20trust%2Fa%0A%20%20kind%3A%20question%0A%20%20text%3A%20"
        )
        assert "about%3A%20trust%0A" in whole.href

    @pytest.mark.parametrize(
        ("discuss", "asked"), [("https://x.example/?{ref}", True), ("", False)]
    )
    def test_without_a_forge_it_is_discussed(self, discuss: str, asked: bool) -> None:
        house = company(plan(objective("trust", key_result("a"))), as_of=AS_OF)
        (found,) = review(house, "platform", discuss=discuss).teams
        question = found.objectives[0].key_results[0].question
        assert bool(question) is asked
        if question:
            assert question.href == "https://x.example/?platform%402026-q4%2Ftrust%2Fa"


class TestClosing:
    def test_it_says_what_comes_next_and_what_was_asked(self) -> None:
        ask = Ask("An engineer", "data", date(2026, 11, 23))
        weekly = Weekly("platform", "platform", date(2026, 11, 19), PLACE, asks=(ask,))
        house = company(*one_each("platform"), as_of=AS_OF, weeklies=(weekly,))
        view = review(house)
        assert [(word, day.text) for word, day in view.dates] == [
            ("next review", "12 Jan"),
            ("next check-in", "23 Nov"),
            ("grading due", "14 Jan"),
        ]
        assert [(team.name, each.text) for team, each in view.asked] == [
            ("Platform", "An engineer")
        ]

    def test_on_the_day_of_a_review_the_one_after_it_is_next(self) -> None:
        house = company(*one_each("platform"), as_of="2026-11-16")
        assert dict(review(house).dates)["next review"].text == "12 Jan"


def test_a_check_in_redraws_its_team_and_those_above_it_alone() -> None:
    before = departments(size=9)

    def digests(house: Company) -> dict[str, str]:
        result = rendered(house)
        found = {}
        for page in result.pages:
            if page.url.startswith("review/"):
                with result.watch.reading() as parts:
                    page.draw()
                found[page.url] = result.digest(parts)
        return found

    changed = one_each("web", size=8)[0].objectives[0]
    word = key_result("k8", check_in("2026-11-18", 10))
    plans = {each.owner: each for each in before.plans}
    plans["web"] = plan(objective("web@2026-q4/o", *changed.key_results, word))
    after = company(*plans.values(), teams=before.teams, as_of=AS_OF)
    old, new = digests(before), digests(after)
    assert {url for url in old if old[url] != new[url]} == {
        *("review/web/", "review/eng/", "review/")
    }


def test_each_team_with_a_plan_has_a_page_and_a_button_leads_there() -> None:
    pages = drawn(departments())
    assert {"review/", "review/eng/", "review/web/", "review/tax/"} <= set(pages)
    assert 'href="../../review/web/#_start"' in pages["teams/web/"]
    assert 'href="review/#_start"' in pages[""]
    assert 'id="_start"' in pages["review/"]
