"""What the fields of plans, people, teams and rules say once they are read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from trees import Tree, line_of

from okrsite.measure import measure_company
from okrsite.model import (
    Bound,
    Cadence,
    Definition,
    InitiativeState,
    KeyResult,
    Kind,
    ObjectiveType,
    Quantity,
    State,
)
from okrsite.read import schema
from okrsite.read.fields import Fields

EMPTY = "objectives: []\n"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def ends(kr: KeyResult) -> tuple[str, str | None, str | None]:
    def shown(quantity: Quantity | None) -> str | None:
        return f"{quantity.value:f} {quantity.unit}".strip() if quantity else None

    return kr.kind.value, shown(kr.baseline), shown(kr.target)


# ---------------------------------------------------------------- short forms


def test_the_smallest_file_is_an_objective_with_sentences(tree: Tree) -> None:
    plan = tree.plan("- Make it trusted:\n    - Reduce incidents from 6 to 2\n    - Ship it\n")
    (objective,) = plan.objectives
    assert objective.title == "Make it trusted"
    assert [kr.title for kr in objective.key_results] == ["Reduce incidents from 6 to 2", "Ship it"]


@pytest.mark.parametrize(
    "text",
    [
        "objectives:\n  - title: Make it trusted\n    key_results: [Ship it]\n",
        "objectives:\n  - title: Make it trusted\n    key_results: Ship it\n",
        "objectives:\n  title: Make it trusted\n  key_results:\n    - Ship it\n",
        "objectives:\n  - Make it trusted:\n      key_results:\n        - Ship it\n",
        "- title: Make it trusted\n  key_results:\n    - title: Ship it\n",
        "- Make it trusted:\n    - Ship it\n",
        "Make it trusted:\n  - Ship it\n",
        "objectives:\n  - 'O1: Make it trusted':\n    - 'KR1: Ship it'\n",
        "objectives:\n  - title: 'O: Make it trusted'\n    key_results: ['KR 1: Ship it']\n",
    ],
)
def test_short_forms_say_the_same(tree: Tree, text: str) -> None:
    (objective,) = tree.plan(text).objectives
    assert objective.title == "Make it trusted"
    assert [kr.title for kr in objective.key_results] == ["Ship it"]


def test_an_objective_may_be_a_sentence_alone(tree: Tree) -> None:
    assert [o.title for o in tree.plan("objectives: Make it trusted\n").objectives] == [
        "Make it trusted"
    ]
    assert [o.title for o in tree.plan("- Make it trusted\n- And loved\n").objectives] == [
        "Make it trusted",
        "And loved",
    ]


def test_a_key_result_may_be_a_title_with_its_fields(tree: Tree) -> None:
    plan = tree.plan(
        "- Make it trusted:\n    - Reduce incidents from 6 to 2:\n        owner: bo\n"
        "    - Ship it:\n        milestones: [Draft]\n"
    )
    first, second = plan.objectives[0].key_results
    assert (first.title, first.owners) == ("Reduce incidents from 6 to 2", ("bo",))
    assert [step.title for step in second.steps] == ["Draft"]


def test_no_objectives_is_a_team_that_set_none(tree: Tree) -> None:
    assert tree.plan("objectives: []\n").objectives == ()


def test_a_markdown_plan_is_its_front_matter_and_prose(tree: Tree) -> None:
    plan = tree.plan(
        "---\n- Make it trusted:\n    - Ship it\n---\n\n# Why\n\nBecause.\n", path="2026-q4.md"
    )
    assert [o.title for o in plan.objectives] == ["Make it trusted"]
    assert plan.prose == "# Why\n\nBecause."
    assert plan.place.path == "2026-q4.md"


def test_a_priority_in_a_title_is_the_priority(tree: Tree) -> None:
    assert tree.key_result("'[P0] Ship it'").priority == "P0"
    assert tree.key_result("'[P0] Ship it'").title == "Ship it"
    assert tree.key_result("Ship it", "priority: p2").priority == "P2"


# ---------------------------------------------------------------- all fields


def test_an_objective_has_all_the_fields_that_the_format_names(tree: Tree) -> None:
    company = tree.company(
        {
            "people.yml": "ana: Ana Sousa\nbo: Bo Li\nchen: Chen Wu\n",
            "mobile/2026-q4.yml": EMPTY,
            "2026-q3.yml": "- {id: steady, title: Keep it steady}\n",
            "2026-q4.yml": (
                "objectives:\n"
                "  - id: trust\n"
                "    title: Make the *platform* trusted\n"
                "    why: Two outages in August cost us three renewals.\n"
                "    type: committed\n"
                "    origin: bottom-up\n"
                "    state: proposed\n"
                "    owner: [ana, mobile]\n"
                "    contributors: [mobile, '@chen']\n"
                "    supports: reliable\n"
                "    depends_on: [reliable]\n"
                "    continues: company@2026-q3/steady\n"
                "    weight: 2.5\n"
                "    tags: [reliability, Über uns]\n"
                "    visibility: public\n"
                "    votes: [ana, Chen Wu]\n"
                "    aka: old-trust\n"
                "    ignore: [task-like]\n"
                "    initiatives:\n"
                "      - Performance profiling\n"
                "      - {title: Move the batch, owner: chen, link: https://example.com/1}\n"
                "      - [x] Hire\n"
                "      - Buy a cache:\n"
                "          owner: bo\n"
                "          done: 2026-11-02\n"
                "      - {title: Rewrite, state: dropped, because: Too dear}\n"
                "  - {id: reliable, title: Be reliable}\n"
            ),
        }
    )
    plan = company.plan("company", "2026-q4")
    assert plan
    objective = plan.objectives[0]
    assert objective.title == "Make the *platform* trusted"
    assert objective.why == "Two outages in August cost us three renewals."
    assert objective.type is ObjectiveType.COMMITTED
    assert objective.origin == "bottom-up"
    assert objective.state is State.PROPOSED
    assert objective.owners == ("ana", "mobile")
    assert objective.contributors == ("mobile", "chen")
    assert [str(link.target) for link in objective.supports] == ["company@2026-q4/reliable"]
    assert [str(link.target) for link in objective.depends_on] == ["company@2026-q4/reliable"]
    assert objective.continues
    assert str(objective.continues.target) == "company@2026-q3/steady"
    assert objective.weight == Decimal("2.5")
    assert objective.tags == ("reliability", "Über uns")
    assert objective.visibility == "public"
    assert objective.votes == ("ana", "chen")
    assert objective.aka == ("old-trust",)
    assert objective.ignore == ("task-like",)
    work = [(i.title, i.owner, i.state, i.done) for i in objective.initiatives]
    assert work == [
        ("Performance profiling", "", InitiativeState.TODO, None),
        ("Move the batch", "chen", InitiativeState.TODO, None),
        ("Hire", "", InitiativeState.DONE, None),
        ("Buy a cache", "bo", InitiativeState.DONE, date(2026, 11, 2)),
        ("Rewrite", "", InitiativeState.DROPPED, None),
    ]
    assert objective.initiatives[1].link == "https://example.com/1"
    assert objective.initiatives[4].because == "Too dear"


def test_what_is_not_said_about_an_objective_has_its_default(tree: Tree) -> None:
    objective = tree.objective("- Make it trusted\n")
    assert objective.type is ObjectiveType.ASPIRATIONAL
    assert objective.type_inferred
    assert objective.state is State.ACTIVE
    assert objective.weight == 1
    assert objective.owners == ()
    assert objective.visibility == "internal"


def test_a_key_result_has_all_the_fields_that_the_format_names(tree: Tree) -> None:
    kr = tree.key_result(
        "Improve p95 API latency from 900 ms to 600 ms",
        "id: latency\n"
        "description: At the **load balancer**\n"
        "kind: metric\n"
        "owner: bo\n"
        "priority: P1\n"
        "indicator: leading\n"
        "start: 2026-11-02\n"
        "due: 2026-12-18\n"
        "stretch: 500 ms\n"
        "checkpoints: {2026-11-30: 700 ms, 2026-11-15: 0.82 s}\n"
        "definition:\n"
        "  counts: Requests to public endpoints\n"
        "  excludes: Health checks\n"
        "  source: https://grafana.example.com/d/p95\n"
        "  contributes: Timeouts are what customers call an outage\n"
        "initiatives: Query cache\n"
        "weight: 3\n"
        "tags: speed\n"
        "visibility: leadership\n"
        "aka: [p95]\n"
        "ignore: [no-owner]",
    )
    assert kr.ref.key_result == "latency"
    assert kr.description == "At the **load balancer**"
    assert ends(kr) == ("metric", "900 ms", "600 ms")
    assert (kr.owners, kr.owner_inferred) == (("bo",), False)
    assert (kr.priority, kr.indicator) == ("P1", "leading")
    assert (kr.start, kr.due) == (date(2026, 11, 2), date(2026, 12, 18))
    assert kr.stretch
    assert kr.stretch.value == 500
    assert [(day, at.value) for day, at in kr.checkpoints] == [
        (date(2026, 11, 15), 820),
        (date(2026, 11, 30), 700),
    ]
    assert kr.definition == Definition(
        "",
        "Requests to public endpoints",
        "Health checks",
        "https://grafana.example.com/d/p95",
        "Timeouts are what customers call an outage",
    )
    assert [i.title for i in kr.initiatives] == ["Query cache"]
    assert (kr.weight, kr.tags, kr.visibility) == (3, ("speed",), "leadership")
    assert (kr.aka, kr.ignore) == (("p95",), ("no-owner",))
    assert kr.inferred == ("baseline", "target")


def test_a_definition_may_be_a_sentence(tree: Tree) -> None:
    kr = tree.key_result("Raise it to 5", "definition: All of them")
    assert kr.definition == Definition("All of them")


def test_steps_may_have_weights_days_and_boxes(tree: Tree) -> None:
    kr = tree.key_result(
        "Publish the playbook",
        "milestones:\n"
        "  - Draft reviewed\n"
        "  - {title: Everybody trained, weight: 2, done: 2026-11-02}\n"
        "  - [x] Idea\n"
        "  - [ ] Printed\n"
        "  - Sent:\n"
        "      done: 2026-12-02",
    )
    assert kr.kind is Kind.MILESTONE
    assert [(s.title, s.weight, s.done) for s in kr.steps] == [
        ("Draft reviewed", 1, None),
        ("Everybody trained", 2, date(2026, 11, 2)),
        ("Idea", 1, date.min),
        ("Printed", 1, None),
        # Dated later than the day that is looked at.
        ("Sent", 1, None),
    ]


def test_a_rubric_is_its_levels_by_grade(tree: Tree) -> None:
    kr = tree.key_result(
        "Grow the community", "rubric:\n  1.0: Seventy\n  0.3: Twenty new, at most\n  0.7: Forty"
    )
    assert kr.kind is Kind.RUBRIC
    assert [(str(level.grade), level.text) for level in kr.rubric] == [
        ("0.3", "Twenty new, at most"),
        ("0.7", "Forty"),
        ("1.0", "Seventy"),
    ]


@pytest.mark.parametrize(
    ("written", "grade"),
    [("0.7", "0.7"), ("70%", "0.7"), ("7/10", "0.7"), ("1", "1"), ("0", "0"), ("4/5", "0.8")],
)
def test_a_grade_is_a_share_in_any_writing(tree: Tree, written: str, grade: str) -> None:
    text = f"grade: {written}\ngrade_note: |\n  Late\nobjectives: []\n"
    plan = tree.plan(text, path="2026-q3.yml")
    assert plan.grade == Decimal(grade)
    assert plan.grade_note == "Late"


def test_grades_and_retrospectives_show_once_the_cycle_is_closed(tree: Tree) -> None:
    text = (
        "objectives:\n  - title: Make it trusted\n    grade: 0.7\n    grade_note: Late\n"
        "    key_results: [{title: Ship it, grade: 60%, grade_note: Late}]\n"
        "grade: 7/10\ngrade_note: Well\n"
        "retrospective:\n  went_well: We drilled\n  to_improve: []\n  learned:\n    - A, b: c\n"
    )
    closed = tree.plan(text, path="2026-q3.yml")
    assert (closed.grade, closed.grade_note) == (Decimal("0.7"), "Well")
    assert closed.objectives[0].grade == Decimal("0.7")
    assert closed.objectives[0].key_results[0].grade == Decimal("0.6")
    assert closed.retrospective
    assert closed.retrospective.went_well == ("We drilled",)
    assert closed.retrospective.learned == ("A, b: c",)
    running = tree.plan(text)
    assert (running.grade, running.grade_note, running.retrospective) == (None, "", None)
    assert running.objectives[0].grade is None
    assert running.objectives[0].grade_note == ""
    assert running.objectives[0].key_results[0].grade is None


def test_an_empty_retrospective_is_none(tree: Tree) -> None:
    text = "objectives: []\nretrospective:\n  went_well: []\n  learned: []\n"
    assert tree.plan(text, path="2026-q3.yml").retrospective is None


def test_health_metrics_are_sentences_or_fields(tree: Tree) -> None:
    plan = tree.plan(
        "objectives: []\n"
        "health:\n"
        "  - Team health >= 4\n"
        "  - {id: morale, title: Morale, target: '>= 4'}\n"
        "  - Error budget\n"
        "  - On-call pages < 5 per week\n"
        "  - {title: Uptime}\n"
    )
    found = [(m.id, m.title, m.bound, m.target and m.target.value) for m in plan.health]
    assert found == [
        ("team-health", "Team health", Bound.AT_LEAST, 4),
        ("morale", "Morale", Bound.AT_LEAST, 4),
        ("error-budget", "Error budget", None, None),
        ("call-pages", "On-call pages < 5 per week", None, None)
        if plan.health[3].target is None
        else (plan.health[3].id, "On-call pages", Bound.BELOW, 5),
        ("uptime", "Uptime", None, None),
    ]


def test_amendments_say_when_about_what_and_why(tree: Tree) -> None:
    plan = tree.plan(
        "objectives:\n  - {id: trust, title: Make it trusted}\n"
        "amendments:\n"
        "  - {date: 2026-11-02, about: trust, why: It was wrong}\n"
        "  - {date: 2026-11-03, why: We got larger}\n"
        "  - {date: 2026-12-03, why: Not yet}\n"
    )
    assert [(a.date.day, str(a.about), a.why) for a in plan.amendments] == [
        (2, "company@2026-q4/trust", "It was wrong"),
        (3, "None", "We got larger"),
    ]


@pytest.mark.parametrize("every", list(Cadence))
def test_a_plan_may_have_its_own_cadence(tree: Tree, every: Cadence) -> None:
    assert tree.plan(f"checkin_every: {every}\nobjectives: []\n").checkin_every == every


def test_cancelled_items_say_why(tree: Tree) -> None:
    objective = tree.objective(
        "- title: Make it trusted\n  state: cancelled\n  cancelled_because: We sold it\n"
        "  key_results:\n    - {title: Ship it, state: paused}\n"
    )
    assert (objective.state, objective.cancelled_because) == (State.CANCELLED, "We sold it")
    assert objective.key_results[0].state is State.PAUSED


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("title", "fields", "expected"),
    [
        ("Latency", "baseline: 900 ms\ntarget: 600 ms", ("metric", "900 ms", "600 ms")),
        ("Latency", "baseline: 900\ntarget: 600 ms", ("metric", "900 ms", "600 ms")),
        ("Latency", "baseline: 0.9 s\ntarget: 600 ms", ("metric", "900 ms", "600 ms")),
        ("Latency", "baseline: 900 ms\ntarget: 600", ("metric", "900 ms", "600 ms")),
        ("Improve latency to 600 ms", "baseline: 900", ("metric", "900 ms", "600 ms")),
        ("Improve latency to 600 ms", "target: 600", ("metric", None, "600 ms")),
        ("Improve latency to 600 ms", "target: 0.6 s", ("metric", None, "0.6 s")),
        ("Uptime", "target: '>= 99.9%'", ("maintain", None, "99.9 %")),
        ("Uptime", "baseline: 99%\ntarget: '>= 99.9%'", ("metric", "99 %", "99.9 %")),
        ("Raise it to 80%", "kind: maintain", ("maintain", None, "80 %")),
        ("Close at most 3 escalations", "", ("limit", None, "3 escalations")),
        ("Raise it by 20%", "", ("metric", "0 %", "20 %")),
        ("Raise it by 20%", "baseline: 60", ("metric", "60", "72")),
        ("Reduce it by 20%", "baseline: 60", ("metric", "60", "48")),
        ("Reduce it by 20%", "baseline: 60\ntarget: 48", ("metric", "60", "48")),
        ("Raise it by 30 points", "baseline: 60", ("metric", "60", "90")),
        ("Raise it by 5 pp", "baseline: 60%", ("metric", "60 %", "65 %")),
        ("Raise it by 20%", "target: 72", ("metric", None, "72")),
        ("Raise it by 20%", "target: 20%", ("metric", "0 %", "20 %")),
        ("Cut it by 200 ms", "baseline: 1 s", ("metric", "1 s", "0.8 s")),
        ("Raise it by 20%", "baseline: 60%\ntarget: 72%", ("metric", "60 %", "72 %")),
        ("Ship it", "kind: milestone", ("milestone", None, None)),
        ("Raise it from 1 to 5", "milestones: [One]", ("milestone", None, None)),
    ],
)
def test_fields_and_sentence_make_the_numbers(
    tree: Tree, title: str, fields: str, expected: tuple[str, str | None, str | None]
) -> None:
    assert ends(tree.key_result(title, fields)) == expected


def test_a_change_with_a_baseline_has_raw_values(tree: Tree) -> None:
    assert tree.key_result("Raise it by 20%").is_change
    assert not tree.key_result("Raise it by 20%", "baseline: 60").is_change
    assert tree.key_result("Reduce it by 20%").falling_words


def test_a_stated_side_wins(tree: Tree) -> None:
    assert tree.key_result("Latency", "kind: metric\ntarget: < 200 ms").bound is Bound.BELOW


def test_placeholders_are_for_drafts(tree: Tree) -> None:
    text = (
        "- title: Make it trusted\n  state: draft\n  key_results: [Raise it from X to Y]\n"
        "- title: Make it loved\n  key_results:\n"
        "    - {title: Raise it to TBD, state: draft}\n"
        "    - {title: Raise that to TBD, target: 5}\n"
    )
    plan = tree.plan(text)
    assert plan.objectives[1].key_results[1].target


def test_what_is_read_from_the_sentence_is_known(tree: Tree) -> None:
    assert tree.key_result("Raise it from 1 to 5").inferred == ("kind", "baseline", "target")
    assert tree.key_result("Raise it to 5", "kind: metric").inferred == ("target",)
    assert tree.key_result("Ship it").inferred == ("kind",)


def test_a_number_that_is_not_certain_is_told(tree: Tree) -> None:
    kr = tree.key_result("Hire 4 engineers and 2 designers")
    assert kr.kind is Kind.MILESTONE
    assert kr.unread


# ---------------------------------------------------------------- people and rules


def test_people_have_all_that_the_format_names(tree: Tree) -> None:
    company = tree.company(
        {
            "2026-q4.yml": EMPTY,
            "people.yml": (
                "ana:\n  name: Ana Sousa\n  title: Staff engineer\n  email: ana@example.com\n"
                "  github: '@anasousa'\n  avatar: ana.png\n"
                "  away: [2026-08-10..2026-08-28, 2026-12-24]\n  left: 2026-11-30\n  aka: as\n"
                "bo: Bo Li\n"
                "chen:\n"
            ),
            "ana.png": "",
        }
    )
    ana = company.person("ana")
    assert ana
    assert (ana.name, ana.title, ana.email) == ("Ana Sousa", "Staff engineer", "ana@example.com")
    assert (ana.github, ana.avatar, ana.aka) == ("anasousa", "ana.png", ("as",))
    assert ana.away == (
        (date(2026, 8, 10), date(2026, 8, 28)),
        (date(2026, 12, 24), date(2026, 12, 24)),
    )
    assert ana.left == date(2026, 11, 30)
    assert [person.name for person in company.people] == ["Ana Sousa", "Bo Li", "chen"]


def test_rules_have_all_that_the_format_names(tree: Tree) -> None:
    company = tree.company(
        {
            "2026-q4.yml": EMPTY,
            "people.yml": "dana: Dana\neva: Eva\n",
            "okrs.yml": (
                "company: Quay\nlanguage: de\ntimezone: Europe/Lisbon\n"
                "fiscal_year_start: July\nroles: {okr_lead: dana, sponsor: Eva}\n"
                "checkins: {every: fortnight, day: tuesday, sharing: Thursday, grace_days: 5}\n"
                "pace: {on_track: 5, at_risk: 20, quiet_start: 15%}\n"
                "limits: {objectives: 3, key_results: 6}\nplanning_days: 7\n"
                "audiences: [all, staff, board]\ndefault_visibility: staff\n"
                "cycles:\n  - id: 2026-c5\n    name: Cycle 5\n    start: 2026-09-07\n"
                "    end: 2026-10-18\n    reviews: [2026-10-21]\n    grading_due: 2026-10-25\n"
                "rules: {task-like: off, no-owner: error}\n"
                'links: {discuss: "https://git.example.com/new?title={ref}"}\n'
                'ignore: ["*.bak"]\n'
            ),
        }
    )
    rules = company.rules
    assert (rules.company, rules.language, rules.timezone) == ("Quay", "de", "Europe/Lisbon")
    assert rules.fiscal_year_start == 7
    assert rules.roles == (("okr_lead", "dana"), ("sponsor", "eva"))
    assert (rules.every, rules.checkin_day, rules.sharing_day) == (Cadence.FORTNIGHT, 1, 3)
    assert (rules.grace_days, rules.planning_days) == (5, 7)
    assert (rules.on_track, rules.at_risk, rules.quiet_start) == (5, 20, 15)
    assert (rules.max_objectives, rules.max_key_results) == (3, 6)
    assert rules.audiences == ("all", "staff", "board")
    assert rules.default_visibility == "staff"
    assert rules.severities == (("task-like", "off"), ("no-owner", "error"))
    assert rules.links == (("discuss", "https://git.example.com/new?title={ref}"),)
    (cycle,) = rules.cycles
    assert (cycle.id, cycle.name) == ("2026-c5", "Cycle 5")
    assert cycle.reviews == (date(2026, 10, 21),)
    assert cycle.grading_due == date(2026, 10, 25)


def test_a_month_may_be_a_number(tree: Tree) -> None:
    rules = "fiscal_year_start: 7\n"
    company = tree.company({"fy27-q1.yml": EMPTY, "okrs.yml": rules})
    assert company.cycle("fy27-q1").start == date(2026, 7, 1)


@pytest.mark.parametrize(
    "text",
    [
        "fiscal_year_start: Juli\n",
        "checkins: {day: someday}\n",
        "checkins: weekly\n",
        "pace: 10\n",
        "limits: [3]\n",
        "limits: {objectives: none}\n",
        "planning_days: many\n",
        "planning_days: -1\n",
        "cycles: 2026-c5\n",
        "rules: {task-like: loud}\n",
        "roles: {okr_lead: [dana]}\n",
        "roles:\n  okr_lead:\n",
        "company:\n",
        "colour: red\n",
    ],
)
def test_rules_that_cannot_be_read_are_one_problem_and_not_a_stop(tree: Tree, text: str) -> None:
    found = tree.resolve({"2026-q4.yml": EMPTY, "okrs.yml": text})
    errors = [p for p in found.problems if p.severity == "error"]
    assert len(errors) == 1, list(map(line_of, errors))
    assert errors[0].place.path == "okrs.yml"


@pytest.mark.parametrize(
    "text",
    [
        "audiences: [public, internal\n",
        "audiences:\n",
        "audiences: []\n",
        "audiences: public, internal\n",
        "audiences: [public, public]\n",
        "audiance: [public, internal]\n",
        "default_visibility: everybody\n",
        "default_visibility: [a]\n",
        "visibility: leadership\n",
        'company: "a\n',
        "roles: {okr_lead: }\n",
        "- company\n",
        "just text\n",
        "\x00",
    ],
)
def test_rules_whose_audiences_may_be_lost_stop_every_build(tree: Tree, text: str) -> None:
    found = tree.resolve({"2026-q4.yml": EMPTY, "okrs.yml": text})
    assert "OKR-V004" in {problem.code for problem in found.problems}


def test_empty_rules_are_the_defaults(tree: Tree) -> None:
    for text in ("", "# nothing yet\n", "{}\n"):
        company = tree.company({"2026-q4.yml": EMPTY, "okrs.yml": text})
        assert company.rules.audiences == ("public", "internal", "leadership")


# ---------------------------------------------------------------- what stands around an error


def test_a_broken_part_leaves_the_rest(tree: Tree) -> None:
    found = tree.resolve(
        {
            "2026-q4.yml": (
                "objectives:\n"
                "  - title: Make it trusted\n"
                "    type: comitted\n"
                "    weight: heavy\n"
                "    key_results:\n"
                "      - title: Be #1 in Europe\n"
                "      - Reduce incidents from 6 to 2\n"
                "      - {target: 5}\n"
                "  - owner: ana\n"
                "  - Make it loved\n"
                "health:\n  - [a]\n  - Morale\n"
                "amendments:\n  - late\n  - {date: soon, why: x}\n  - {date: 2026-11-02, why: y}\n"
                "retrospective: good\n"
            )
        }
    )
    (plan,) = found.company.plans
    assert [o.title for o in plan.objectives] == ["Make it trusted", "Make it loved"]
    assert [kr.title for kr in plan.objectives[0].key_results] == ["Reduce incidents from 6 to 2"]
    assert [metric.title for metric in plan.health][-1] == "Morale"
    assert [a.why for a in plan.amendments] == ["y"]
    (broken,) = found.company.broken
    assert (broken.team, broken.path) == ("company", "2026-q4.yml")
    assert len(broken.problems) == len([p for p in found.problems if p.severity == "error"])


def test_a_wrong_target_needs_no_second_report(tree: Tree) -> None:
    problems = tree.problems(
        {
            "2026-q4.yml": (
                "- title: Make it trusted\n  key_results:\n"
                "    - {id: readers, title: Readers, baseline: 10, target: many}\n"
                "    - {id: fans, title: Fans, baseline: many, target: 10}\n"
            ),
            "checkins/2026-11-16.yml": "key_results: {readers: 12, fans: 5}\n",
        }
    )
    assert [line.split()[0] for line in problems] == ["OKR-N001", "OKR-N001"]


# ---------------------------------------------------------------- any shape anywhere

SHAPES = [
    "",
    " a",
    " []",
    " {}",
    " [a, b]",
    " {a: b}",
    " {a: }",
    "\n  - a",
    "\n  - - a",
    "\n  -\n    - a",
    "\n  -\n    -\n      - a",
    "\n  - a: b\n    c: d",
    "\n  - a:\n      - b",
    "\n  - a:\n      b:\n        c: d",
    "\n  - {title: a, id: b, text: c}",
    "\n  a: b",
    "\n  a:\n    - b",
    "\n  a:\n    b:\n      c: d",
    "\n  2026-11-09:\n    - b",
    "\n  2026-11-09: {value: [a], done: {a: b}}",
    "\n  2026-11-31: 5",
    "\n  2026-11-09:\n    value:\n      a: b",
    "\n  0.5:\n    - b",
    "\n  0.5:\n    a: b",
    "\n  trust:\n    - b",
    "\n  trust:",
    "\n  trust: {confidence: high, forecast: {a: b}, status: [a]}",
    "\n  trust: {state: {a: b}}",
    ' "a',
    " [a",
    " |\n  a",
    " >-\n  a\n  b",
    ' ""',
    " *a",
    " &a b",
    " !!a b",
    " “a”",
    " a #1",
    " 2026-11-31",
    " -5",
    " 99999999999999999999999999999999999999999999999999",
    " " + "a" * 3000,
]


def indented(text: str, by: int) -> str:
    return text.replace("\n", "\n" + " " * by)


def forms() -> Iterator[tuple[str, str, str]]:
    """Yield a file's path, what stands around a field, and the field, for all that there are."""
    item = (
        "- id: trust\n  title: Trust\n  {0}\n  key_results:\n  - {{id: kr, title: Raise A to 5}}\n"
    )
    result = "- title: Trust\n  key_results:\n  - id: kr\n    title: Raise A to 5\n    {0}\n"
    step = "- title: Trust\n  key_results:\n  - title: Ship\n    milestones:\n    - title: a\n      {0}\n"
    work = "- title: Trust\n  initiatives:\n  - title: a\n    {0}\n"
    health = "objectives: []\nhealth:\n- title: a\n  {0}\n"
    amendment = "objectives: []\namendments:\n- date: 2026-11-02\n  why: a\n  {0}\n"
    said = "key_results:\n  trust:\n    note: a\n    {0}\n"
    for path, text, fields in (
        ("2026-q4.yml", "objectives: []\n{0}\n", schema.PLAN),
        ("2026-q3.yml", item, schema.OBJECTIVE),
        ("2026-q3.yml", result, schema.KEY_RESULT),
        ("2026-q3.yml", step, schema.STEP),
        ("2026-q3.yml", work, schema.INITIATIVE),
        ("2026-q3.yml", health, schema.HEALTH),
        ("2026-q3.yml", amendment, schema.AMENDMENT),
        ("2026-q3.yml", "objectives: []\nretrospective:\n  {0}\n", schema.RETROSPECTIVE),
        ("checkins/2026-11-16.yml", "{0}\n", schema.CHECK_IN),
        ("checkins/2026-11-16.yml", said, schema.ITEM),
        ("checkins/2026-11-16.yml", "asks:\n- text: a\n  {0}\n", schema.ASK),
        ("feedback/2026-11-16.dana.yml", "- text: a\n  {0}\n", schema.FEEDBACK_ENTRY),
        ("team.md", "---\n{0}\n---\n", schema.TEAM),
        ("team.md", "---\npriorities:\n- id: a\n  {0}\n---\n", schema.PRIORITY),
        ("people.yml", "ana:\n  email: a\n  {0}\n", schema.PERSON),
        ("people.yml", "{0}\n", Fields(keys={"ana": schema.PERSON})),
        ("okrs.yml", "{0}\n", schema.RULES),
        ("okrs.yml", "cycles:\n- id: 2026-c5\n  {0}\n", schema.CYCLE),
        ("okrs.yml", "checkins:\n  {0}\n", schema.CHECKINS_RULE),
        ("okrs.yml", "pace:\n  {0}\n", schema.PACE_RULE),
    ):
        for field in fields.keys:
            yield path, text, field


@pytest.mark.parametrize(("path", "text", "field"), list(forms()))
def test_any_shape_in_any_field_is_read_or_told(
    tree: Tree, path: str, text: str, field: str
) -> None:
    around = {"2026-q4.yml": "- {id: trust, title: Trust}\n"}
    column = len(text.partition("{0}")[0].rpartition("\n")[2])
    for shape in SHAPES:
        content = text.format(indented(f"{field}:{shape}", column))
        found = tree.resolve({**around, path: content})
        for problem in found.problems:
            assert problem.place.path in (path, "."), content
            assert problem.place.line <= content.count("\n") + 1, content
            assert problem.mend, content
        measures = measure_company(found.company)
        for objective in found.company.objectives():
            for kr in objective.key_results:
                measures.key_result(kr.ref)
