"""Check-ins, feeds and feedback: which item a name means, what counts, and what a day holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from trees import Tree

from okrsite.measure import KeyResultMeasure, measure_company
from okrsite.model import (
    CheckIn,
    Company,
    InitiativeState,
    KeyResult,
    Objective,
    Quantity,
    Reference,
    Status,
    Weekly,
)

PLAN = """\
objectives:
  - id: trust
    title: Make it trusted
    owner: ana
    aka: [faith]
    initiatives: [Query cache, {title: Drills, done: 2026-11-02}]
    key_results:
      - id: sev1
        title: Reduce Sev-1 incidents from 6 to 2
        aka: [p1]
      - {id: latency, title: Improve latency from 900 ms to 600 ms, owner: bo}
      - {id: share, title: Raise the share from 62% to 78%}
      - id: playbook
        title: Publish the playbook
        milestones: [Draft reviewed, Everybody trained]
      - id: community
        title: Grow the community
        rubric:
          0.3: Twenty new contributors
          0.7: Forty, and
          1.0: Seventy
      - {id: change, title: Raise praise by 20%}
  - {id: guide, title: Write the guide}
health:
  - Team health >= 4
"""


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def items(company: Company) -> dict[str, KeyResult | Objective]:
    found = {str(o.ref): o for o in company.objectives()}
    return {**found, **{str(kr.ref): kr for o in company.objectives() for kr in o.key_results}}


def said(tree: Tree, text: str, item: str = "trust/sev1", **options: Any) -> CheckIn:
    """Return what one check-in file says of an item of `PLAN`."""
    company = tree.company({"2026-q4.yml": PLAN, "checkins/2026-11-16.yml": text}, **options)
    (check_in,) = items(company)[f"company@2026-q4/{item}"].check_ins
    return check_in


def value(check_in: CheckIn) -> Decimal | None:
    return check_in.value.value if check_in.value else None


def weekly(tree: Tree, text: str) -> Weekly:
    company = tree.company({"2026-q4.yml": PLAN, "checkins/2026-11-16.yml": text})
    (found,) = company.weeklies
    return found


# ---------------------------------------------------------------- what a check-in says


def test_a_value_is_enough(tree: Tree) -> None:
    check_in = said(tree, "key_results:\n  trust/sev1: 2\n")
    assert (check_in.date, value(check_in)) == (date(2026, 11, 16), 2)
    assert check_in.place.path == "checkins/2026-11-16.yml"


def test_a_check_in_says_all_that_the_format_names(tree: Tree) -> None:
    check_in = said(
        tree,
        "by: bo\nkey_results:\n  trust/latency:\n    value: 720 ms\n    confidence: 5\n"
        "    forecast: 650 ms\n    status: at-risk\n    note: p95 follows the batch window.\n"
        "    blocker: No capacity: none\n    decision: Stop the rewrite\n    ask: Two days\n",
        "trust/latency",
    )
    assert check_in.forecast
    assert (value(check_in), check_in.confidence, check_in.forecast.value) == (720, 5, 650)
    assert (check_in.status, check_in.by) == (Status.AT_RISK, "bo")
    assert check_in.note == "p95 follows the batch window."
    assert (check_in.blocker, check_in.decision) == ("No capacity: none", "Stop the rewrite")
    assert check_in.ask == "Two days"


@pytest.mark.parametrize(
    ("written", "tenths"),
    [("7", "7"), ("7/10", "7"), ("70%", "7"), ("7.5", "7.5"), ("0", "0"), ("4/5", "8"), ("1", "1")],
)
def test_confidence_is_one_in_any_writing(tree: Tree, written: str, tenths: str) -> None:
    text = f"key_results:\n  sev1: {{value: 2, confidence: {written}}}\n"
    assert said(tree, text).confidence == Decimal(tenths)


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("on-track", Status.ON_TRACK),
        ("On track", Status.ON_TRACK),
        ("green", Status.ON_TRACK),
        ("🟢", Status.ON_TRACK),
        ("amber", Status.AT_RISK),
        ("yellow", Status.AT_RISK),
        ("at_risk", Status.AT_RISK),
        ("🔴", Status.OFF_TRACK),
        ("red", Status.OFF_TRACK),
        ("achieved", Status.ACHIEVED),
        ("not-started", Status.NOT_STARTED),
    ],
)
def test_a_status_may_stand_for_the_value(tree: Tree, written: str, status: Status) -> None:
    assert said(tree, f"key_results:\n  sev1: {written}\n").status is status
    text = f"key_results:\n  sev1:\n    value: 3\n    status: {written}\n"
    assert said(tree, text).status is status


@pytest.mark.parametrize("nothing", ["n/a", "-", "?", "", "N/A", "–"])
def test_no_number_this_week_is_none(tree: Tree, nothing: str) -> None:
    check_in = said(tree, f"key_results:\n  sev1: {nothing}\n")
    assert not check_in.has_evidence
    text = f"key_results:\n  sev1:\n    value: {nothing}\n    confidence: {nothing}\n    note: x\n"
    check_in = said(tree, text)
    assert (check_in.value, check_in.confidence, check_in.note) == (None, None, "x")


@pytest.mark.parametrize(
    ("item", "written", "expected"),
    [
        ("latency", "720", "720"),
        ("latency", "720 ms", "720"),
        ("latency", "0.72 s", "720"),
        ("share", "70", "70"),
        ("share", "70%", "70"),
        ("share", "0.7%", "0.7"),
        ("change", "-9%", "-9"),
        ("change", "5", "5"),
    ],
)
def test_a_value_is_read_in_the_key_result_s_own_style(
    tree: Tree, item: str, written: str, expected: str
) -> None:
    check_in = said(tree, f"key_results:\n  {item}: {written}\n", f"trust/{item}")
    assert value(check_in) == Decimal(expected)


@pytest.mark.parametrize(
    ("written", "share", "done", "undone", "whole"),
    [
        ("40%", "0.4", (), (), False),
        ("2/5", "0.4", (), (), False),
        ("done", None, (), (), True),
        ("Draft reviewed", None, (0,), (), False),
        ("draft", None, (0,), (), False),
        ("{done: [Draft reviewed]}", None, (0,), (), False),
        ("{done: Draft reviewed}", None, (0,), (), False),
        ("{done: true}", None, (), (), True),
        ("{done: [Draft, everybody]}", None, (0, 1), (), False),
        ("{undone: [Draft]}", None, (), (0,), False),
        ("{value: 50%, done: [Draft]}", "0.5", (0,), (), False),
    ],
)
def test_a_milestone_is_a_share_or_its_steps(
    tree: Tree,
    written: str,
    share: str | None,
    done: tuple[int, ...],
    undone: tuple[int, ...],
    whole: bool,
) -> None:
    check_in = said(tree, f"key_results:\n  playbook: {written}\n", "trust/playbook")
    assert check_in.share == (Decimal(share) if share else None)
    assert (check_in.steps_done, check_in.steps_undone) == (done, undone)
    assert check_in.done is whole


@pytest.mark.parametrize(
    ("written", "grade"),
    [("1", "1"), ("1.0", "1"), ("0.3", "0.3"), ("forty", "0.7"), ("Seventy", "1"), ("0", "0")],
)
def test_a_rubric_s_level_is_named_by_its_key_or_its_words(
    tree: Tree, written: str, grade: str
) -> None:
    check_in = said(tree, f"key_results:\n  community: {written}\n", "trust/community")
    assert check_in.share == Decimal(grade)


def test_undone_names_a_step(tree: Tree) -> None:
    problems = tree.problems(
        {
            "2026-q4.yml": PLAN,
            "checkins/2026-11-16.yml": "key_results:\n  playbook: {undone: yes}\n",
        }
    )
    assert [line.split()[:2] for line in problems] == [["OKR-S002", "checkins/2026-11-16.yml:2:22"]]


def test_someone_may_judge_the_whole(tree: Tree) -> None:
    text = "objectives:\n  trust: {status: at-risk, confidence: 5, note: Hm}\n"
    check_in = said(tree, text, "trust")
    assert (check_in.status, check_in.confidence, check_in.note) == (Status.AT_RISK, 5, "Hm")


def test_an_objective_without_key_results_is_checked_in_as_a_milestone(tree: Tree) -> None:
    assert said(tree, "key_results:\n  guide: 40%\n", "guide").share == Decimal("0.4")
    assert said(tree, "objectives:\n  guide: done\n", "guide").done


def test_the_rest_of_a_file_belongs_to_the_week(tree: Tree) -> None:
    found = weekly(
        tree,
        "by: bo\nnote: |\n  A quiet week.\npriorities: [P1 Move the batch, '[p2] Playbook', Rest]\n"
        "upcoming:\n  - Load test: with data\nwins: Zero Sev-1\n"
        "asks:\n  - {text: Two days of a database engineer, to: company, by: 2026-11-23}\n"
        "  - A quiet room\n",
    )
    assert (found.owner, found.team, found.by) == ("company", "company", "bo")
    assert found.cycles == ("2026-q4",)
    assert [(p.level, p.text) for p in found.priorities] == [
        ("P1", "Move the batch"),
        ("P2", "Playbook"),
        ("", "Rest"),
    ]
    assert found.upcoming == ("Load test: with data",)
    assert found.wins == ("Zero Sev-1",)
    assert [(a.text, a.to, a.by) for a in found.asks] == [
        ("Two days of a database engineer", "company", date(2026, 11, 23)),
        ("A quiet room", "", None),
    ]
    assert found.note == "A quiet week."


def test_an_empty_file_says_nothing(tree: Tree) -> None:
    for text in ("", "key_results:\n", "key_results: {}\n", "note:\n", "asks: []\n"):
        company = tree.company({"2026-q4.yml": PLAN, "checkins/2026-11-16.yml": text})
        assert company.weeklies == ()


def test_a_note_alone_needs_no_plan(tree: Tree) -> None:
    files = {"checkins/2026-02-02.yml": "note: Moved house\n", "2026-q4.yml": PLAN}
    assert [found.cycles for found in tree.company(files).weeklies] == [()]


def test_health_values_are_numbers_or_status_words(tree: Tree) -> None:
    company = tree.company(
        {
            "2026-q4.yml": PLAN + "  - Mood\n",
            "checkins/2026-11-02.yml": "health: {team-health: 4.2, mood: green}\n",
            "checkins/2026-11-09.yml": "health:\n  Team health: 3\n  Mood: at-risk\n",
            "checkins/2026-11-16.yml": "health: {team: 5, mood: n/a}\n",
        }
    )
    team, mood = company.plans[0].health
    assert [(day.day, v.value) for day, v in team.values if isinstance(v, Quantity)] == [
        (2, Decimal("4.2")),
        (9, 3),
        (16, 5),
    ]
    assert [v for _, v in mood.values] == [Status.ON_TRACK, Status.AT_RISK]


def test_initiatives_are_done_since_they_were_first_said_to_be(tree: Tree) -> None:
    company = tree.company(
        {
            "2026-q4.yml": PLAN,
            "checkins/2026-10-12.yml": "initiatives: {Query cache: done}\n",
            "checkins/2026-10-19.yml": "initiatives: {Query cache: doing}\n",
            "checkins/2026-11-09.yml": "initiatives: {query: done, Drills: done}\n",
            "checkins/2026-11-16.yml": "initiatives: {Query cache: {state: done, because: x}}\n",
        }
    )
    cache, drills = items(company)["company@2026-q4/trust"].initiatives
    assert (cache.state, cache.done, cache.because) == (
        InitiativeState.DONE,
        date(2026, 11, 9),
        "x",
    )
    assert (drills.state, drills.done) == (InitiativeState.DONE, date(2026, 11, 2))


def test_an_initiative_may_be_dropped_or_begun_again(tree: Tree) -> None:
    company = tree.company(
        {
            "2026-q4.yml": PLAN,
            "checkins/2026-11-09.yml": (
                "initiatives:\n  Query cache: {state: dropped, because: Too dear}\n"
                "  Drills: doing\n"
            ),
        }
    )
    cache, drills = items(company)["company@2026-q4/trust"].initiatives
    assert (cache.state, cache.because) == (InitiativeState.DROPPED, "Too dear")
    assert (drills.state, drills.done) == (InitiativeState.DOING, None)


# ---------------------------------------------------------------- which item is meant


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("trust/sev1", "trust/sev1"),
        ("sev1", "trust/sev1"),
        ("SEV1", "trust/sev1"),
        ("faith/sev1", "trust/sev1"),
        ("p1", "trust/sev1"),
        ("company/trust/sev1", "trust/sev1"),
        ("company@2026-q4/trust/sev1", "trust/sev1"),
        ("Reduce Sev-1 incidents from 6 to 2", "trust/sev1"),
        ("reduce sev", "trust/sev1"),
        ("sev", "trust/sev1"),
        ("trust/se", "trust/sev1"),
        ("Publish", "trust/playbook"),
        ("comm", "trust/community"),
    ],
)
def test_a_name_is_a_reference_an_id_a_title_or_a_beginning(
    tree: Tree, name: str, item: str
) -> None:
    assert said(tree, f"key_results:\n  {name}:\n    note: x\n", item).note == "x"


def test_what_is_written_whole_wins_over_a_beginning(tree: Tree) -> None:
    plan = (
        "- id: trust\n  title: Trust\n  key_results:\n    - {id: up, title: Raise it to 5}\n"
        "    - {id: uptime, title: Uptime to 99%}\n    - {id: upper, title: Up}\n"
    )
    files = {"2026-q4.yml": plan, "checkins/2026-11-16.yml": "key_results: {uptime: 98%}\n"}
    assert len(items(tree.company(files))["company@2026-q4/trust/uptime"].check_ins) == 1
    files["checkins/2026-11-16.yml"] = "key_results: {up: 3}\n"
    assert [line.split()[0] for line in tree.problems(files)] == ["OKR-C002"]


def aims(objective: str, *key_results: str) -> str:
    """Return a plan of one objective with key results by id."""
    lines = "".join(f"    - {{id: {id}, title: Raise {id} to 5}}\n" for id in key_results)
    return f"- id: {objective}\n  title: {objective.title()}\n  key_results:\n{lines}"


OWN = {
    "people.yml": "ana: Ana Sousa\n",
    "2026.yml": aims("year", "both"),
    "platform/2026.yml": aims("long", "both", "slow"),
    "platform/2026-q4.yml": aims("short", "both", "own"),
    "platform/2026-q4.ana.yml": aims("focus", "own"),
}


@pytest.mark.parametrize(
    ("file", "name", "item"),
    [
        ("2026-11-16.yml", "both", "platform@2026-q4/short/both"),
        ("2026-11-16.yml", "slow", "platform@2026/long/slow"),
        ("2026-11-16.yml", "long/both", "platform@2026/long/both"),
        ("2026-11-16.yml", "own", "platform@2026-q4/short/own"),
        ("2026-11-16.ana.yml", "own", "ana@2026-q4/focus/own"),
        ("2026-11-16.ana.yml", "both", "platform@2026-q4/short/both"),
        ("2026-11-16.ana.yml", "short/own", "platform@2026-q4/short/own"),
        ("2026-11-16.yml", "ana/focus/own", "ana@2026-q4/focus/own"),
        ("2026-11-16.yml", "company/year/both", "company@2026/year/both"),
    ],
)
def test_the_writer_s_own_come_first_then_the_team_s_the_shortest_first(
    tree: Tree, file: str, name: str, item: str
) -> None:
    company = tree.company({**OWN, f"platform/checkins/{file}": f"key_results:\n  {name}: 1\n"})
    assert [ref for ref, found in items(company).items() if found.check_ins] == [item]


TWO = {
    "2026-q3.yml": (
        "- {id: trust, title: T, key_results: [{id: sev1, title: Cut A from 6 to 2},"
        " {id: old, title: Cut B from 6 to 2}]}\n"
    ),
    "2026-q4.yml": (
        "- {id: trust, title: T, key_results: [{id: sev1, title: Cut A from 5 to 1},"
        " {id: older, title: Cut C from 6 to 2}]}\n"
    ),
}


@pytest.mark.parametrize(
    ("day", "name", "expected"),
    [
        # In the cycle itself.
        ("2026-09-28", "sev1", "company@2026-q3/trust/sev1"),
        # Until grading is due, what both have asks for the cycle.
        ("2026-10-05", "sev1", "OKR-C003"),
        ("2026-10-14", "sev1", "OKR-C003"),
        ("2026-10-15", "sev1", "company@2026-q4/trust/sev1"),
        ("2026-10-05", "company@2026-q3/trust/sev1", "company@2026-q3/trust/sev1"),
        ("2026-10-05", "company@2026-q4/trust/sev1", "company@2026-q4/trust/sev1"),
        # What only the old one has goes there, though the new one has something like it.
        ("2026-10-05", "old", "company@2026-q3/trust/old"),
        ("2026-10-05", "trust/old", "company@2026-q3/trust/old"),
        ("2026-10-05", "older", "company@2026-q4/trust/older"),
        ("2026-10-15", "trust/olde", "company@2026-q4/trust/older"),
    ],
)
def test_between_two_cycles_a_name_must_tell_which(
    tree: Tree, day: str, name: str, expected: str
) -> None:
    files = {**TWO, f"checkins/{day}.yml": f"key_results:\n  {name}: 3\n"}
    found = tree.resolve(files)
    codes = [problem.code for problem in found.problems]
    refs = [ref for ref, item in items(found.company).items() if item.check_ins]
    assert codes + refs == [expected]


def test_late_numbers_name_their_cycle(tree: Tree) -> None:
    files = {**TWO, "checkins/2026-11-16.yml": "cycle: 2026-Q3\nkey_results: {sev1: 3}\n"}
    company = tree.company(files)
    refs = [ref for ref, item in items(company).items() if item.check_ins]
    assert refs == ["company@2026-q3/trust/sev1"]


def test_a_file_for_an_unknown_cycle_keeps_its_week(tree: Tree) -> None:
    text = "cycle: 2026-q9\nkey_results: {sev1: 3}\nnote: Late\n"
    found = tree.resolve({**TWO, "checkins/2026-11-16.yml": text})
    assert [problem.code for problem in found.problems] == ["OKR-F004"]
    assert [week.note for week in found.company.weeklies] == ["Late"]


def test_the_writer_is_named_in_the_file_else_in_its_name(tree: Tree) -> None:
    people = {"2026-q4.yml": PLAN, "people.yml": "ana: Ana Sousa\nbo: Bo Li\n"}
    text = "key_results: {sev1: 3}\n"
    for path, content, writer in (
        ("checkins/2026-11-16.yml", text, ""),
        ("checkins/2026-11-16.bo.yml", text, "bo"),
        ("checkins/2026-11-16.yml", f"by: Ana Sousa\n{text}", "ana"),
        ("checkins/2026-11-16.bo.yml", f"by: '@ana'\n{text}", "ana"),
    ):
        company = tree.company({**people, path: content})
        (check_in,) = items(company)["company@2026-q4/trust/sev1"].check_ins
        assert check_in.by == writer


# ---------------------------------------------------------------- which of a day counts


def day_of(tree: Tree, *files: tuple[str, str], plan: str = PLAN) -> list[tuple[str, bool]]:
    """Return the notes on one item of a day, the one that counts last."""
    company = tree.company(
        {
            "2026-q4.yml": plan,
            "people.yml": "ana: Ana\nbo: Bo\nchen: Chen\n",
            **{f"checkins/{path}.yml": text for path, text in files},
        }
    )
    check_ins = items(company)["company@2026-q4/trust/latency"].check_ins
    return [(check_in.note, check_in.overruled) for check_in in check_ins]


def noted(note: str) -> str:
    return f"key_results: {{latency: {{value: 700, note: {note}}}}}\n"


def test_of_two_files_of_one_day_the_owner_s_counts(tree: Tree) -> None:
    files = [("2026-11-16.bo", noted("bo")), ("2026-11-16", noted("team"))]
    assert day_of(tree, *files) == [("team", True), ("bo", False)]


def test_else_the_team_file_counts_else_the_first_by_name(tree: Tree) -> None:
    team, ana, chen = (
        ("2026-11-16", noted("team")),
        ("2026-11-16.ana", noted("ana")),
        ("2026-11-16.chen", noted("chen")),
    )
    assert day_of(tree, ana, team) == [("ana", True), ("team", False)]
    assert day_of(tree, ana, chen) == [("chen", True), ("ana", False)]


def test_a_team_file_by_the_owner_is_the_owner_s(tree: Tree) -> None:
    by_owner = ("2026-11-16", f"by: bo\n{noted('team')}")
    assert day_of(tree, ("2026-11-16.ana", noted("ana")), by_owner)[-1] == ("team", False)


def test_days_come_in_order(tree: Tree) -> None:
    assert day_of(tree, ("2026-11-16", noted("b")), ("2026-11-09", noted("a"))) == [
        ("a", False),
        ("b", False),
    ]


# ---------------------------------------------------------------- check-ins in a plan


def test_a_small_team_may_keep_check_ins_in_the_plan(tree: Tree) -> None:
    plan = (
        "- id: trust\n  title: Trust\n  checkins: {2026-11-02: 40%}\n  key_results:\n"
        "    - id: latency\n      title: Improve latency from 900 ms to 600 ms\n"
        "      checkins:\n        2026-11-16: 720\n        2026-11-09: {value: 730, note: Hm}\n"
        "        2026-11-30: 700\n"
    )
    company = tree.company({"2026-q4.yml": plan})
    latency = items(company)["company@2026-q4/trust/latency"]
    assert [(c.date.day, value(c), c.note) for c in latency.check_ins] == [
        (9, 730, "Hm"),
        (16, 720, ""),
    ]
    assert items(company)["company@2026-q4/trust"].check_ins[0].share == Decimal("0.4")
    assert latency.check_ins[1].place.line == 8


# ---------------------------------------------------------------- feeds


FED = (
    "- id: trust\n  title: Trust\n  key_results:\n"
    "    - {id: latency, title: Improve latency from 900 ms to 600 ms, feed: p95.csv}\n"
)


def fed(tree: Tree, rows: str, **files: str) -> tuple[CheckIn, ...]:
    company = tree.company(
        {
            "platform/2026-q4.yml": FED,
            "platform/p95.csv": rows,
            **{f"platform/checkins/{day}.yml": text for day, text in files.items()},
        }
    )
    return items(company)["platform@2026-q4/trust/latency"].check_ins


def test_a_feed_is_values_and_nothing_else(tree: Tree) -> None:
    found = fed(tree, "date,value\n2026-11-09,720\n\n2026-11-16,0.7 s\n2026-11-30,1\n2026-11-17,\n")
    assert [(c.date.day, value(c), c.from_feed, c.overruled) for c in found] == [
        (9, 720, True, False),
        (16, 700, True, False),
    ]
    assert found[0].place.line == 2


def test_a_person_s_value_wins_over_a_feed_s_of_the_day(tree: Tree) -> None:
    found = fed(tree, "2026-11-16,720\n", **{"2026-11-16": "key_results: {latency: 710}\n"})
    assert [(value(c), c.from_feed, c.overruled) for c in found] == [
        (720, True, True),
        (710, False, False),
    ]


def test_a_person_s_word_does_not_hide_a_feed_s_value(tree: Tree) -> None:
    text = "key_results: {latency: {note: Hm, confidence: 4}}\n"
    found = fed(tree, "2026-11-16,720\n", **{"2026-11-16": text})
    assert [(value(c), c.note, c.overruled) for c in found] == [
        (720, "", False),
        (None, "Hm", False),
    ]


def test_of_two_rows_of_a_day_the_last_counts(tree: Tree) -> None:
    found = fed(tree, "2026-11-16,720\n2026-11-16,710\n")
    assert [(value(c), c.overruled) for c in found] == [(720, True), (710, False)]


def test_a_feed_lies_beside_its_plan_or_at_the_top(tree: Tree) -> None:
    for path in ("platform/metrics/p95.csv", "metrics/p95.csv"):
        files = {
            "platform/2026-q4.yml": FED.replace("p95.csv", "metrics/p95.csv"),
            path: "2026-11-16,720\n",
        }
        found = tree.resolve(files)
        assert found.problems == ()
        assert items(found.company)["platform@2026-q4/trust/latency"].check_ins


def test_a_feed_never_leaves_the_tree(tree: Tree) -> None:
    files = {"platform/2026-q4.yml": FED.replace("p95.csv", "../../../etc/p95.csv")}
    assert [line.split()[0] for line in tree.problems(files)] == ["OKR-C017"]


def fed_problems(tree: Tree, rows: str | bytes) -> list[str]:
    """Return the place and the message of each problem in a feed."""
    found = tree.resolve({"platform/2026-q4.yml": FED, "platform/p95.csv": rows})
    assert {problem.code for problem in found.problems} <= {"OKR-C017"}
    return [f"{p.place.path}:{p.place.line} {p.message}" for p in found.problems]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("2026-11-16,720\n2026-11-17,1,200\n", "2 '2026-11-17,1,200' is no row of date and value"),
        ("date,value\n2026-11-17,1,200\n", "2 '2026-11-17,1,200' is no row of date and value"),
        ("2026-11-16;720\n", "1 '2026-11-16;720' is no row of date and value"),
        ("2026-11-16\n", "1 '2026-11-16' is no row of date and value"),
        ("16/11/2026,720\n", "1 '16/11/2026,720' is no row of date and value"),
        ("2026-02-30,720\n", "1 '2026-02-30,720' is no row of date and value"),
        ("\n\n2026-11-16,fast\n", "3 "),
        (b"2026-11-16,720 \xe9\n", "1 this feed is no CSV file in UTF-8"),
        ('2026-11-16,"720\n', "1 this feed is no CSV file in UTF-8"),
    ],
)
def test_what_of_a_feed_cannot_be_read_is_told_with_its_line(
    tree: Tree, rows: str | bytes, message: str
) -> None:
    [problem] = fed_problems(tree, rows)
    assert problem.startswith(f"platform/p95.csv:{message}")


def test_a_feed_may_have_more_columns_where_its_header_names_them(tree: Tree) -> None:
    assert not fed_problems(tree, "date,value,by\n2026-11-16,720,grafana\n")
    [found] = fed(tree, "\ufeffDate,Value,By\r\n2026-11-16,720,grafana\r\n")
    assert (value(found), found.by) == (720, "")


def test_a_row_that_cannot_be_read_hides_no_other(tree: Tree) -> None:
    rows = "2026-11-09,720\nyesterday,710\n2026-11-16,700\n"
    found = tree.resolve({"platform/2026-q4.yml": FED, "platform/p95.csv": rows})
    values = items(found.company)["platform@2026-q4/trust/latency"].check_ins
    assert [value(each) for each in values] == [720, 700]


def fed_measure(tree: Tree, rows: str, as_of: str, **files: str) -> KeyResultMeasure:
    company = tree.company(
        {
            "platform/2026-q4.yml": FED,
            "platform/p95.csv": rows,
            **{f"platform/checkins/{day}.yml": text for day, text in files.items()},
        }
    )
    measures = measure_company(company, date.fromisoformat(as_of))
    return measures.key_result(Reference("platform", "2026-q4", "trust", "latency"))


SAID = {
    "2026-11-09": "key_results: {latency: {value: 800, status: off-track, confidence: 3, note: Slow}}\n"
}


def test_a_feed_moves_progress_and_leaves_a_person_s_word_standing(tree: Tree) -> None:
    measure = fed_measure(tree, "2026-11-10,630\n2026-11-16,600\n", "2026-11-16", **SAID)
    assert (measure.current and measure.current.value, measure.current_from_feed) == (600, True)
    assert measure.progress == 1
    assert (measure.status, measure.because.rule) == (Status.OFF_TRACK, "declared")
    assert measure.confidence == 3
    assert measure.last_check_in == date(2026, 11, 9)


def test_a_feed_is_no_check_in_for_the_cadence(tree: Tree) -> None:
    rows = "".join(f"2026-11-{day:02},650\n" for day in range(10, 21))
    measure = fed_measure(tree, rows, "2026-11-20", **SAID)
    assert measure.status is Status.OUTDATED
    assert measure.owes


def test_a_feed_alone_is_no_word_of_anybody(tree: Tree) -> None:
    measure = fed_measure(tree, "2026-11-16,690\n", "2026-11-16")
    assert (measure.last_check_in, measure.confidence) == (None, None)
    assert measure.because.rule == "pace"


def test_a_feed_on_a_milestone_is_a_mistake(tree: Tree) -> None:
    plan = "- {id: trust, title: Trust, key_results: [{title: Ship it, feed: p95.csv}]}\n"
    problems = tree.problems({"2026-q4.yml": plan, "p95.csv": "2026-11-16,720\n"})
    assert [line.split()[0] for line in problems] == ["OKR-S012"]


# ---------------------------------------------------------------- feedback


def feedback(tree: Tree, about: str) -> str:
    text = f"- {{about: {about}, kind: question, text: Why?, answer: Because}}\n"
    found = tree.resolve({"2026-q4.yml": PLAN, "feedback/2026-11-01.dana.yml": text})
    errors = [p.code for p in found.problems if p.severity == "error"]
    return errors[0] if errors else str(found.company.feedback[0].about)


@pytest.mark.parametrize(
    ("about", "item"),
    [
        # The exact id of an objective wins over the beginnings of its key results.
        ("trust", "company@2026-q4/trust"),
        ("Make it trusted", "company@2026-q4/trust"),
        ("trust/sev1", "company@2026-q4/trust/sev1"),
        ("sev1", "company@2026-q4/trust/sev1"),
        ("company/trust", "company@2026-q4/trust"),
        ("guide", "company@2026-q4/guide"),
        ("company", "None"),
        ("faith", "company@2026-q4/trust"),
        ("nothing", "OKR-C001"),
        ("trust/", "OKR-C002"),
    ],
)
def test_feedback_is_about_an_objective_a_key_result_or_the_team(
    tree: Tree, about: str, item: str
) -> None:
    assert feedback(tree, about) == item


def test_feedback_says_all_that_the_format_names(tree: Tree) -> None:
    company = tree.company(
        {
            "2026-q4.yml": PLAN,
            "people.yml": "dana: Dana\n",
            "feedback/2026-11-01.dana.yml": (
                "- {kind: praise, text: Well done}\n"
                "- {about: sev1, kind: Question, text: Why?, answer: Because}\n"
                "- kind: suggestion\n  text: Do more\n"
            ),
            "feedback/2026-11-02.eva.yml": "kind: praise\ntext: Yes\n",
            "feedback/2026-11-21.dana.yml": "- {kind: praise, text: Not yet}\n",
        }
    )
    found = [(f.date.day, f.by, f.kind, f.text, f.answer) for f in company.feedback]
    assert found == [
        (1, "dana", "praise", "Well done", ""),
        (1, "dana", "question", "Why?", "Because"),
        (1, "dana", "suggestion", "Do more", ""),
        (2, "eva", "praise", "Yes", ""),
    ]


# ---------------------------------------------------------------- the day that is looked at


def test_what_is_dated_later_is_as_if_not_yet_written(tree: Tree) -> None:
    files = {
        "2026-q4.yml": (
            "objectives:\n  - id: trust\n    title: Trust\n    done: 2026-11-18\n"
            "    initiatives: [{title: Cache, done: 2026-11-18}]\n    key_results:\n"
            "      - {id: ship, title: Ship it, done: 2026-11-18,"
            " milestones: [{title: Draft, done: 2026-11-18}]}\n"
            "amendments: [{date: 2026-11-18, why: It was wrong}]\nhealth: [Mood]\n"
        ),
        "checkins/2026-11-18.yml": (
            "key_results: {ship: 40%}\nobjectives: {trust: green}\nhealth: {mood: green}\n"
            "initiatives: {Cache: done}\nnote: Later\n"
        ),
        "feedback/2026-11-18.dana.yml": "- {kind: praise, text: Later}\n",
    }
    before, after = (tree.company(files, as_of=day) for day in ("2026-11-17", "2026-11-18"))

    def told(company: Company) -> list[object]:
        trust = next(company.objectives())
        (ship,) = trust.key_results
        return [
            trust.done,
            trust.initiatives[0].done,
            trust.initiatives[0].state.value == "done",
            ship.done,
            ship.steps[0].done,
            trust.check_ins,
            ship.check_ins,
            company.plans[0].amendments,
            company.plans[0].health[0].values,
            company.weeklies,
            company.feedback,
        ]

    assert not any(told(before))
    assert all(told(after))


@pytest.mark.parametrize(("ahead", "codes"), [(14, []), (15, ["OKR-C010"])])
def test_a_check_in_more_than_14_days_ahead_is_an_error(
    tree: Tree, ahead: int, codes: list[str]
) -> None:
    day = date.fromordinal(date(2026, 11, 20).toordinal() + ahead)
    files = {"2026-q4.yml": PLAN, f"checkins/{day}.yml": "note: x\n"}
    assert [line.split()[0] for line in tree.problems(files)] == codes
    # Who looks at an earlier day on purpose is not told of what was written since.
    assert tree.problems(files, as_of="2026-10-02", today=str(day)) == []


# ---------------------------------------------------------------- what is gone


def test_check_ins_of_a_key_result_that_is_gone_are_a_warning(tree: Tree) -> None:
    files = {"2026-q4.yml": PLAN} | {
        f"checkins/2026-11-{day:02}.yml": "key_results: {uptime: 99%}\n" for day in (2, 9, 16)
    }
    (problem,) = tree.resolve(files).problems
    assert (problem.code, problem.severity) == ("OKR-C013", "warning")
    assert problem.place.path == "checkins/2026-11-02.yml"
    assert problem.message == "'uptime' is in 3 check-ins, but in no plan any more"


def test_a_name_mistyped_twice_is_told_what_was_meant(tree: Tree) -> None:
    files = {"2026-q4.yml": PLAN} | {
        f"checkins/2026-11-{day:02}.yml": "key_results: {latencey: 700}\n" for day in (9, 16)
    }
    (problem,) = tree.resolve(files).problems
    assert problem.mend.endswith("; if trust/latency was meant, write that")
