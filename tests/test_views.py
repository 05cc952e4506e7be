"""Views: everything that a page shows is worked out here, in words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from builders import (
    check_in,
    company,
    cycle,
    key_result,
    objective,
    person,
    plan,
    quantity,
    ref,
    team,
)
from hypothesis import given
from hypothesis import strategies as st

from okrsite.forge import Forge
from okrsite.measure import measure_company
from okrsite.model import (
    Amendment,
    Ask,
    BrokenFile,
    Company,
    Feedback,
    HealthMetric,
    KeyResult,
    Place,
    Plan,
    Priority,
    Quantity,
    Retrospective,
    Rules,
    Status,
    Style,
    Team,
    Weekly,
)
from okrsite.model.basics import Bound
from okrsite.quantities import read_quantity
from okrsite.views import (
    Context,
    view_alignment,
    view_cycle,
    view_cycles,
    view_home,
    view_objective,
    view_people_index,
    view_person_page,
    view_plan_page,
    view_team,
    view_teams,
)
from okrsite.views.bars import view_bar
from okrsite.views.fragments import BarView, KeyResultRow, ObjectiveRow
from okrsite.watched import Digests
from okrsite.words import Words

FORGE = Forge("https://github.com/harbor/okrs", source="content/okrs")
PLACE = Place("platform/checkins/2026-11-16.yml")
MS = Style(suffix=" ms")


def context(house: Company, **more: Any) -> Context:
    words = Words("en", house.as_of)
    return Context(company=house, measures=measure_company(house), words=words, **more)


def bar_of(kr: KeyResult, **more: Any) -> BarView | None:
    house = company(plan(objective("trust", kr)), **more)
    here = context(house)
    own = house.plans[0].objectives[0].key_results[0]
    return view_bar(here, own, here.measures.key_result(own.ref))


def the_bar(kr: KeyResult) -> BarView:
    bar = bar_of(kr)
    assert bar is not None
    return bar


def the_team(house: Company, id: str) -> Team:
    found = house.team(id)
    assert found is not None
    return found


def row_of(kr: KeyResult, **more: Any) -> KeyResultRow:
    return objective_row(company(plan(objective("trust", kr)), **more)).key_results[0]


def objective_row(house: Company) -> ObjectiveRow:
    return view_objective(context(house), house.plans[0].objectives[0]).row


def spoken(plan_: Plan, **more: Any) -> dict[str, Any]:
    """Return a company's arguments: one plan and a weekly check-in of its team."""
    weekly = Weekly("platform", "platform", date(2026, 11, 16), PLACE, by="bo")
    return {"weeklies": (replace(weekly, **more),)}


def latency(*check_ins: Any, **fields: Any) -> KeyResult:
    ends = {"baseline": quantity("900 ms"), "target": quantity("600 ms")}
    styled = {name: replace(end, style=MS) for name, end in ends.items() if end}
    return key_result("latency", *check_ins, **(styled | fields))


def test_a_bar_runs_from_baseline_to_target_in_its_own_unit() -> None:
    value = quantity("720 ms")
    assert value is not None
    bar = bar_of(latency(check_in("2026-11-16", replace(value, style=MS))))
    assert bar is not None
    assert (bar.start_label, bar.now_label, bar.end_label) == ("900", "720", "600 ms")
    assert (bar.fill, bar.expected, bar.target) == ("60", "51.09", "100")


@pytest.mark.parametrize(
    ("ends", "value", "labels"),
    [
        (("€84k", "€110k"), "€96k", ("€84k", "€96k", "€110k")),
        (("900 ms", "1200 ms"), "1100 ms", ("900", "1100", "1200 ms")),
        (("12.500 €", "16.000 €"), "15.800 €", ("", "15.800", "16.000 €")),
    ],
)
def test_a_bar_says_below_it_what_there_is_room_for(
    ends: tuple[str, str], value: str, labels: tuple[str, str, str]
) -> None:
    baseline, target, current = (read_quantity(text, "de") for text in (*ends, value))
    assert isinstance(current, Quantity)
    bar = bar_of(key_result("k", check_in("2026-11-16", current), baseline=baseline, target=target))
    assert bar is not None
    assert (bar.start_label, bar.now_label, bar.end_label) == labels


def test_a_bar_stops_at_its_ends_while_words_go_on() -> None:
    beyond, below = key_result("a", check_in("2026-11-16", 112)), check_in("2026-11-16", -8)
    assert the_bar(beyond).fill == "100"
    assert row_of(beyond).progress == "112\N{NO-BREAK SPACE}%"
    row = row_of(key_result("b", below))
    assert row.progress == "\N{MINUS SIGN}8\N{NO-BREAK SPACE}%"
    assert row.bar is not None
    assert row.bar.fill == "0"


def test_a_stretch_lies_beyond_the_target() -> None:
    bar = bar_of(key_result("a", check_in("2026-11-16", 50), stretch=150))
    assert bar is not None
    assert (bar.target, bar.stretch, bar.fill) == ("92", "100", "46")
    assert bar.stretch_label == "stretch 150"


def test_a_limit_shows_what_is_used_up() -> None:
    bar = bar_of(key_result("a", check_in("2026-11-16", 1), kind="limit", target=2))
    assert bar is not None
    assert (bar.fill, bar.now_label, bar.end_label) == ("50", "1 so far", "at most 2")


def test_a_limit_of_nothing_is_full_at_the_first() -> None:
    none = bar_of(key_result("a", check_in("2026-11-16", 0), kind="limit", target=0))
    one = bar_of(key_result("a", check_in("2026-11-16", 1), kind="limit", target=0))
    assert none is not None
    assert one is not None
    assert (none.fill, one.fill) == ("0", "100")


def test_a_milestone_counts_its_steps() -> None:
    steps = key_result("a", check_in("2026-11-16", steps_done=[0]), kind="milestone", steps="xyz")
    assert the_bar(steps).now_label == "1 of 3 steps"


def test_a_metric_without_a_baseline_names_the_good_side() -> None:
    bar = bar_of(key_result("a", check_in("2026-11-16", 70), baseline=None, target=80))
    assert bar is not None
    assert (bar.end_label, bar.expected) == ("≥ 80", "")


def test_a_placeholder_without_a_target_has_no_bar() -> None:
    assert bar_of(key_result("a", baseline=None, target=None)) is None


@given(value=st.integers(-1000, 1000), target=st.integers(-50, 50).filter(bool))
def test_positions_stay_inside_the_bar(value: int, target: int) -> None:
    bar = bar_of(key_result("a", check_in("2026-11-16", value), target=target, stretch=target * 2))
    assert bar is not None
    positions = (bar.fill, bar.expected or "0", bar.target, bar.stretch)
    assert all(0 <= float(position) <= 100 for position in positions)
    assert float(bar.fill) <= float(bar.target)


def test_confidence_is_a_number_with_its_trend() -> None:
    said = [check_in("2026-11-09", 40, confidence=7), check_in("2026-11-16", 50, confidence=5)]
    confidence = row_of(key_result("a", *said)).confidence
    assert (confidence.value, confidence.trend, confidence.status) == ("5", "down", "at-risk")
    assert confidence.spoken == "confidence 5 of 10, 7 before"
    assert confidence.spark is not None
    assert len(confidence.spark.points.split()) == 2


def test_a_badge_says_why() -> None:
    badge = row_of(key_result("a", check_in("2026-11-16", 50, status="at-risk", by="bo"))).badge
    assert (badge.status, badge.word) == ("at-risk", "At risk")
    assert badge.because == "declared (Bo, 16 Nov)"


def test_a_watermelon_is_marked() -> None:
    badge = row_of(key_result("a", check_in("2026-11-16", 1, status="on-track"))).badge
    assert [mark.kind for mark in badge.marks] == ["watermelon"]


def test_only_the_title_of_a_title_only_objective_shows() -> None:
    house = company(plan(objective("trust", key_result("a"), title_only=True, owners=())))
    view = view_objective(context(house), house.plans[0].objectives[0])
    assert view.title_only
    assert (view.row.badge, view.row.confidence, view.row.kind) == (None, None, "")
    assert len(view.row.key_results) == 1


def test_what_is_restricted_has_no_name() -> None:
    house = company(plan(objective("trust", key_result("a"), supports=(None,))))
    (target,) = objective_row(house).supports
    assert (target.restricted, target.title, target.url) == (True, "", "")


def test_ties_go_up_down_and_sideways() -> None:
    top = objective("company@2026-q4/reliable", key_result("up"))
    data = objective("data@2026-q4/pipeline", key_result("p"), supports=["platform@2026-q4/trust"])
    needs = objective("mobile@2026-q4/app", depends_on=["platform@2026-q4/trust/sev1"])
    fields = {"supports": ["company@2026-q4/reliable"], "depends_on": ["data@2026-q4/pipeline"]}
    own = objective("trust", key_result("sev1"), **fields)
    house = company(plan(top), plan(own), plan(data), plan(needs))
    ties = view_objective(context(house), own).ties
    assert [one.title for one in ties.supports] == ["reliable"]
    assert [one.title for one in ties.supporters] == ["pipeline"]
    assert [one.title for one in ties.depends_on] == ["pipeline"]
    assert [one.title for one in ties.needed_by] == ["app"]
    assert objective_row(house).supporters == "supported by Platform (0\N{NO-BREAK SPACE}%)"


def test_a_cycle_is_named_only_where_it_is_another() -> None:
    year = objective("company@2026/lead")
    own = objective("company@2026-q4/win", supports=["company@2026/lead"])
    house = company(plan(own), plan(year))
    (target,) = objective_row(house).supports
    assert (target.title, target.cycle) == ("lead", "2026")


def test_a_team_shows_its_weekly_page() -> None:
    own = plan(
        objective(
            "trust", key_result("a", check_in("2026-11-16", 5, blocker="No room", ask="Two"))
        ),
        health=(
            HealthMetric("m", "Morale", PLACE, Bound.AT_LEAST, quantity(4), ()),
            HealthMetric(
                *("p", "Pages", PLACE, Bound.AT_MOST, quantity(5)),
                ((date(2026, 11, 16), Quantity(Decimal(6))),),
            ),
        ),
    )
    said = spoken(
        own,
        priorities=(Priority("Move the batch", "P1"),),
        upcoming=("Load test",),
        wins=("Zero Sev-1",),
        asks=(Ask("Two days", "data", date(2026, 11, 23)),),
    )
    house = company(own, plan(objective("data@2026-q4/x")), **said)
    view = view_team(context(house), the_team(house, "platform"))
    weekly = view.weekly
    assert [(p.level, p.text) for p in weekly.priorities] == [("P1", "Move the batch")]
    assert weekly.upcoming == ("Load test",)
    assert [ask.text for ask in weekly.asks] == ["Two days", "Two"]
    assert [blocker.text for blocker in weekly.blockers] == ["No room"]
    assert [win.text for win in weekly.wins] == ["Zero Sev-1"]
    assert [row.badge.status for row in weekly.health] == ["unknown", "at-risk"]
    other = view_team(context(house), the_team(house, "data"))
    assert [ask.text for ask in other.weekly.asked_of_us] == ["Two days"]


def test_old_news_is_called_old() -> None:
    own = plan(objective("trust", key_result("a")))
    fresh = company(own, as_of="2026-11-26", **spoken(own))
    stale = company(own, as_of="2026-11-27", **spoken(own))
    views = [view_team(context(h), the_team(h, "platform")) for h in (fresh, stale)]
    assert [view.weekly.stale for view in views] == [False, True]


def test_a_team_without_okrs_shows_the_lines_to_write() -> None:
    house = company(plan(objective("company@2026-q4/x")), teams=(team("company"), team("new")))
    empty = view_team(context(house, forge=FORGE), the_team(house, "new")).empty
    assert empty is not None
    assert empty.path == "new/2026-q4.yml"
    assert len(empty.example.splitlines()) == 3
    assert empty.href.startswith("https://github.com/harbor/okrs/new/main?filename=content%2Fokrs")


def test_the_lines_to_write_are_a_valid_plan(tmp_path: Any) -> None:
    read = pytest.importorskip("okrsite.read")
    house = company(plan(objective("company@2026-q4/x")), teams=(team("company"), team("new")))
    empty = view_team(context(house), the_team(house, "new")).empty
    assert empty is not None
    (tmp_path / "new").mkdir()
    (tmp_path / empty.path).write_text(empty.example, encoding="utf-8")
    reading = read.read_company(tmp_path)
    assert [problem.message for problem in reading.problems] == []
    (record,) = reading.records.plans
    assert len(record.objectives) == 1


def test_a_check_in_begins_with_what_was_known() -> None:
    known = key_result("a", check_in("2026-11-16", 50), title="Cut *p95*")
    own = plan(objective("trust", known, key_result("b", state="paused")))
    house = company(own, as_of="2026-11-17")
    help_ = view_team(context(house, forge=FORGE), the_team(house, "platform")).check_in
    assert help_ is not None
    assert help_.path == "platform/checkins/2026-11-16.yml"
    assert "  # Cut p95 (50 on 16 Nov)\n  trust/a:\n" in help_.text
    assert "trust/b" not in help_.text


@pytest.mark.parametrize(
    ("as_of", "page"),
    [
        # The week's file is there, and is edited.
        ("2026-11-16", "edit/main/content/okrs/platform/checkins/2026-11-16.yml"),
        ("2026-11-22", "edit/main/content/okrs/platform/checkins/2026-11-16.yml"),
        ("2026-11-23", "new/main?filename=content%2Fokrs%2Fplatform%2Fcheckins%2F2026-11-23.yml"),
        ("2026-11-29", "new/main?filename=content%2Fokrs%2Fplatform%2Fcheckins%2F2026-11-23.yml"),
        # The cycle began on a Thursday, and what Monday's file says belongs to the last one.
        ("2026-10-02", "new/main?filename=content%2Fokrs%2Fplatform%2Fcheckins%2F2026-10-02.yml"),
    ],
)
def test_the_check_in_button_opens_this_week_s_file(as_of: str, page: str) -> None:
    said = (check_in("2026-11-09", 1), check_in("2026-11-16", 2))
    said_so_far = [each for each in said if str(each.date) <= as_of]
    house = company(plan(objective("trust", key_result("a", *said_so_far))), as_of=as_of)
    (button, *_) = view_team(context(house, forge=FORGE), the_team(house, "platform")).head.actions
    assert button.kind == "check-in"
    assert button.href.startswith(f"https://github.com/harbor/okrs/{page}")


def test_what_a_closed_cycle_still_takes_is_named_with_it() -> None:
    house = company(plan(objective("trust", key_result("a"))), as_of="2027-01-06")
    text = view_team(context(house, forge=FORGE), the_team(house, "platform")).check_in
    assert text is not None
    assert "  platform@2026-q4/trust/a:\n" in text.text


def test_buttons_lead_to_the_forge_and_follow_only_where_there_is_a_feed() -> None:
    house = company(plan(objective("trust", key_result("a"))))
    platform = the_team(house, "platform")
    (review,) = view_team(context(house), platform).head.actions
    assert (review.kind, review.url) == ("review", "review/platform/#_start")
    actions = view_team(context(house, forge=FORGE, feeds=True), platform).head.actions
    assert [action.kind for action in actions] == [
        "check-in",
        "review",
        "edit",
        "discuss",
        "follow",
    ]
    discussed = context(house, discuss="https://talk.example/?about={ref}")
    (_, talk) = view_team(discussed, platform).head.actions
    assert talk.href == "https://talk.example/?about=platform"


def test_a_broken_file_is_quoted_only_to_the_narrowest_audience() -> None:
    broken = BrokenFile("platform", "platform/2026-q4.yml", (("OKR-Y001", 3, "secret words"),))
    house = company(plan(objective("trust")), broken=(broken,))
    platform = the_team(house, "platform")
    (open_,) = view_team(context(house, quotes_source=True), platform).broken.files
    (closed,) = view_team(context(house), platform).broken.files
    assert open_.problems == (("OKR-Y001", 3, "secret words"),)
    assert closed.problems == (("OKR-Y001", 3, ""),)


def test_counts_on_home_add_up() -> None:
    results = [
        key_result(id, check_in("2026-11-16", v)) for id, v in zip("abc", (90, 30, 1), strict=True)
    ]
    house = company(plan(objective("trust", *results)))
    view = view_home(context(house))
    assert sum(count.count for count in view.counts) == 3
    assert view.counts_label == "3 key results of 1 team"
    assert view.counts[0].url == "cycles/2026-q4/#_on-track"
    groups = view_cycle(context(house), house.cycle("2026-q4")).groups
    counted = [(count.status, count.count) for count in view.counts]
    assert [(group.badge.status, len(group.rows)) for group in groups] == counted


def test_what_waits_comes_gravest_first_with_its_reason() -> None:
    falling = [check_in("2026-11-02", 60, confidence=9), check_in("2026-11-16", 60, confidence=6)]
    undecided = check_in("2026-11-16", 5, confidence=2)
    decided = check_in("2026-11-16", 5, confidence=2, decision="Stop the rewrite")
    house = company(
        plan(
            objective(
                "trust",
                key_result("falls", *falling),
                key_result("stuck", undecided),
                key_result("decided", decided),
                key_result("silent", check_in("2026-10-20", 50)),
                key_result("idle"),
            )
        )
    )
    rows = view_home(context(house)).attention
    assert [(row.title, row.reason) for row in rows] == [
        ("stuck", "no decision recorded"),
        ("falls", "confidence fell from 9 to 6"),
        ("silent", "was on track on 20 Oct; Ana owes a check-in"),
        ("idle", "not started, and more than a third of the time is gone"),
    ]


def test_home_tells_what_moved_in_a_week() -> None:
    moved = key_result(
        "a", check_in("2026-11-09", 50, confidence=8), check_in("2026-11-16", 50, confidence=5)
    )
    about = ref("platform@2026-q4/trust/a")
    older = Amendment(date(2026, 11, 10), about, "A week ago", PLACE)
    amended = Amendment(date(2026, 11, 11), about, "No TLS", PLACE)
    changed = plan(objective("trust", moved), amendments=(older, amended))
    house = company(changed, as_of="2026-11-17")
    changes = view_home(context(house)).changes
    assert [(row.kind, row.text) for row in changes] == [
        ("amendment", "No TLS"),
        ("at-risk", "On track → At risk"),
    ]


def test_an_empty_company_has_its_pages() -> None:
    empty = Company(Rules(), date(2026, 11, 22))
    here = context(empty)
    assert view_home(here).clocks == ()
    assert view_teams(here).teams == ()
    assert view_people_index(here).people == ()
    assert view_alignment(here).tree == ()
    assert view_cycles(here).cycles == ()


def test_a_closed_cycle_has_grades_and_what_was_learned() -> None:
    graded = objective("trust", key_result("a", grade="0.8", grade_note="Well"), grade="0.7")
    learned = Retrospective(went_well=("The drills",))
    house = company(plan(graded, retrospective=learned), as_of="2027-02-01")
    view = view_plan_page(context(house), house.plans[0])
    assert [(row.grade, row.key_results) for row in view.grades] == [
        ("0.7", (("a", "0.8", "Well"),))
    ]
    assert view.retrospective is not None
    assert view.retrospective.parts == (("Went well", ("The drills",)),)
    page = view_cycle(context(house), house.cycle("2026-q4"))
    assert page.grades is not None
    assert [(row.name, [band.count for band in row.bands]) for row in page.grades.types] == [
        ("aspirational", [0, 0, 1])
    ]
    assert [row.name for row in page.grades.levels] == ["Team"]
    assert page.grades.said == "1 of 1 objective graded, mean 0.7"


def test_a_running_cycle_hides_grades_and_retrospectives() -> None:
    graded = objective("trust", key_result("a", grade="0.8"), grade="0.7")
    house = company(plan(graded, retrospective=Retrospective(went_well=("The drills",))))
    view = view_plan_page(context(house), house.plans[0])
    assert (view.grades, view.retrospective) == ((), None)


def test_an_upcoming_cycle_tells_who_has_planned() -> None:
    draft, done = objective("data@2026-q4/x", state="draft"), objective("mobile@2026-q4/y")
    teams = tuple(team(id) for id in ("company", "data", "mobile", "design"))
    house = company(plan(draft), plan(done), teams=teams, as_of="2026-09-20")
    planning = view_cycle(context(house), house.cycle("2026-q4")).planning
    assert planning is not None
    assert [count.count for count in planning.counts] == [1, 1, 1]
    assert [(row.name, row.state) for row in planning.rows] == [
        ("Data", "draft"),
        ("Mobile", "plan"),
        ("Design", "nothing"),
    ]


def test_the_tree_hangs_each_objective_once_in_full() -> None:
    top = objective("company@2026-q4/top", key_result("k"))
    above = ["company@2026-q4/top", "company@2026-q4/top/k"]
    middle = objective("data@2026-q4/middle", supports=above)
    both = objective("mobile@2026-q4/both", supports=["data@2026-q4/middle", "company@2026-q4/top"])
    orphan = objective("design@2026-q4/alone")
    house = company(plan(top), plan(middle), plan(both), plan(orphan))
    view = view_alignment(context(house))
    (root,) = view.tree
    assert [child.title for child in root.children] == ["middle", "both"]
    assert [child.title for child in root.children[0].children] == ["both"]
    assert (root.children[0].children[0].elsewhere, root.children[1].elsewhere) == (
        "",
        "alignment/#mobile.2026-q4.both",
    )
    assert [one.title for one in view.orphans] == ["alone"]
    assert view.matrix is not None
    assert [(row.team.name, row.total) for row in view.matrix.rows] == [
        ("Data", 1),
        ("Mobile", 1),
        ("Design", 0),
    ]


def test_the_tree_leaves_closed_cycles_alone() -> None:
    old = cycle("2026-q3", "2026-07-01", "2026-09-30")
    year = cycle("2026", "2026-01-01", "2026-12-31")
    top = objective("company@2026/top")
    closed = objective("company@2026-q3/then", supports=["company@2026/top"])
    house = company(plan(top), plan(closed), cycles=(year, old))
    assert [node.children for node in view_alignment(context(house)).tree] == [()]


def test_a_person_owes_what_nobody_else_answers_for() -> None:
    owed = key_result("a", check_in("2026-10-20", 50), owners=("bo", "ana"))
    house = company(plan(objective("trust", owed)))
    views = {p.id: view_person_page(context(house), p) for p in house.people}
    assert [row.title for row in views["bo"].owes] == ["a"]
    assert views["ana"].owes == ()
    assert [one.row.title for one in views["bo"].key_results] == ["a"]
    assert [row.title for row in views["ana"].objectives] == ["trust"]


@pytest.mark.parametrize(("as_of", "owed"), [("2026-11-22", 0), ("2026-11-23", 1)])
def test_a_week_ends_on_sunday(as_of: str, owed: int) -> None:
    said = key_result("a", check_in("2026-11-16", 50), owners=("bo",))
    house = company(plan(objective("trust", said)), as_of=as_of)
    assert len(view_person_page(context(house), house.people[1]).owes) == owed


def test_who_is_away_owes_nothing() -> None:
    owed = key_result("a", check_in("2026-10-20", 50), owners=("bo",))
    away = person("bo", away=(("2026-10-01", "2026-11-30"),))
    house = company(plan(objective("trust", owed)), people=(person("ana"), away))
    view = view_person_page(context(house), away)
    assert view.owes == ()
    assert [(first.iso, last.iso) for first, last in view.away] == [("2026-10-01", "2026-11-30")]


def test_feedback_stands_beside_what_it_is_about() -> None:
    about = ref("platform@2026-q4/trust/a")
    question = Feedback(
        *("platform", date(2026, 11, 14), "bo", "question", "Why?", PLACE),
        about=about,
        answer="So.",
    )
    house = company(plan(objective("trust", key_result("a"))), feedback=(question,))
    view = view_objective(context(house), house.plans[0].objectives[0])
    assert [(row.word, row.text, row.answer) for row in view.feedback] == [
        ("Question", "Why?", "So.")
    ]


def test_health_words_are_badges() -> None:
    metric = HealthMetric("m", "Morale", PLACE, None, None, ((date(2026, 11, 16), Status.AT_RISK),))
    house = company(plan(objective("trust"), health=(metric,)))
    (row,) = view_plan_page(context(house), house.plans[0]).health
    assert (row.value, row.badge.status, row.target) == ("At risk", "at-risk", "")


def test_a_check_in_changes_no_closed_cycle() -> None:
    """Lessons look into the plans that follow, but only at what these say."""
    learned = Retrospective(next=("Restore drills",))
    before = plan(objective("platform@2026-q3/old"), retrospective=learned)
    now = plan(objective("trust", key_result("a", title="Weekly restore drills")))
    quarters = (cycle("2026-q3", "2026-07-01", "2026-09-30"), cycle())
    house = company(before, now, cycles=quarters, as_of="2026-11-20")
    here = context(house)
    with here.watch.reading() as parts:
        page = view_cycle(here, house.cycle("2026-q3"))
    assert page.retrospectives is not None
    assert [row.state for row in page.retrospectives.teams[0].lessons] == ["found"]
    assert ("texts", "platform", "2026-q4") in parts
    assert ("plan", "platform", "2026-q4") not in parts

    said = Digests(house, {}, here.parts).of(("texts", "platform", "2026-q4"))
    checked = plan(
        objective(
            "trust", key_result("a", check_in("2026-11-16", 5), title="Weekly restore drills")
        )
    )
    later = context(company(before, checked, cycles=quarters, as_of="2026-11-20"))
    assert Digests(later.company, {}, later.parts).of(("texts", "platform", "2026-q4")) == said
    renamed = plan(objective("trust", key_result("a", title="Weekly fire drills")))
    other = context(company(before, renamed, cycles=quarters, as_of="2026-11-20"))
    assert Digests(other.company, {}, other.parts).of(("texts", "platform", "2026-q4")) != said
