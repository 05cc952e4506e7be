"""Who may see what: the rules of visibility, and that nothing hidden is left behind the gate."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_companies import AUDIENCES, MadeCompany, companies
from trees import Tree, resolve_files

from okrsite.audience import may_see, see_company
from okrsite.data import make_document, write_document
from okrsite.measure import measure_company
from okrsite.model import Company, Place, Rules
from okrsite.problems import FORMATS, format_problems
from okrsite.resolve import Resolution
from okrsite.words import Words

EMPTY = "objectives: []\n"
TEAM = "---\ntitle: Platform\nvision: CANARY\n{}---\nCANARY\n"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def titles(company: Company) -> list[str]:
    return [item.title for o in company.objectives() for item in o.items()]


def teams(company: Company) -> list[tuple[str, bool]]:
    return [(team.id, team.title_only) for team in company.teams]


# ---------------------------------------------------------------- the rules


def test_audiences_are_ordered_the_widest_first() -> None:
    rules = Rules()
    assert may_see(rules, "internal", "public")
    assert may_see(rules, "internal", "internal")
    assert not may_see(rules, "internal", "leadership")
    with pytest.raises(ValueError, match="not in tuple"):
        may_see(rules, "everybody", "public")


def test_what_names_no_audience_is_meant_for_the_default_one(tree: Tree) -> None:
    files = {"2026-q4.yml": "- Make it trusted\n"}
    assert titles(tree.seen(files, "public")) == []
    assert titles(tree.seen(files, "internal")) == ["Make it trusted"]
    files["okrs.yml"] = "default_visibility: public\n"
    assert titles(tree.seen(files, "public")) == ["Make it trusted"]


PLAN = """\
visibility: {plan}
objectives:
  - title: One
    visibility: {objective}
    key_results:
      - title: Two
        visibility: {kr}
      - title: Three
"""


def filled(**said: str) -> str:
    lines = PLAN.format(**({"plan": "", "objective": "", "kr": ""} | said)).splitlines()
    return "\n".join(line for line in lines if not line.endswith("visibility: ")) + "\n"


@pytest.mark.parametrize(
    ("said", "public", "internal", "leadership"),
    [
        ({}, [], ["One", "Two", "Three"], ["One", "Two", "Three"]),
        ({"plan": "public"}, ["One", "Two", "Three"], ["One", "Two", "Three"], None),
        ({"plan": "leadership"}, [], [], ["One", "Two", "Three"]),
        ({"objective": "public"}, ["One", "Two", "Three"], None, None),
        ({"kr": "leadership"}, [], ["One", "Three"], ["One", "Two", "Three"]),
        # Wider than the default: shown as far as that needs.
        ({"kr": "public"}, ["One", "Two"], ["One", "Two", "Three"], None),
        ({"objective": "leadership"}, [], [], ["One", "Two", "Three"]),
        ({"plan": "public", "objective": "internal"}, [], ["One", "Two", "Three"], None),
        ({"plan": "public", "kr": "internal"}, ["One", "Three"], None, None),
    ],
)
def test_a_thing_is_meant_for_whom_the_nearest_around_it_names(
    tree: Tree,
    said: dict[str, str],
    public: list[str],
    internal: list[str] | None,
    leadership: list[str] | None,
) -> None:
    files = {"2026-q4.yml": filled(**said)}
    assert titles(tree.seen(files, "public")) == public
    if internal is not None:
        assert titles(tree.seen(files, "internal")) == internal
    if leadership is not None:
        assert titles(tree.seen(files, "leadership")) == leadership


def test_a_team_s_audience_is_that_of_all_below_it(tree: Tree) -> None:
    files = {
        "2026-q4.yml": EMPTY,
        "a/team.md": "---\nvisibility: leadership\n---\n",
        "a/b/team.md": "---\ntitle: B\n---\n",
        "a/b/2026-q4.yml": "- Deep\n",
        "c/team.md": "---\nparent: a\n---\n",
        "c/2026-q4.yml": "- Adopted\n",
    }
    assert titles(tree.seen(files, "internal")) == []
    assert teams(tree.seen(files, "internal")) == [("company", False)]
    assert titles(tree.seen(files, "leadership")) == ["Deep", "Adopted"]


def test_nothing_is_wider_than_what_names_an_audience_around_it(tree: Tree) -> None:
    files = {"2026-q4.yml": filled(plan="leadership", kr="public")}
    found = tree.resolve(files)
    assert [p.code for p in found.problems] == ["OKR-V002"]
    assert titles(see_company(found.company, "public")) == []
    assert titles(see_company(found.company, "internal")) == []


@pytest.mark.parametrize(
    "line",
    [
        "visibility: leaders",
        "visibility: Leadership",
        "visibility:",
        "visiblity: leadership",
        "Visibility: leadership",
        "audience: leadership",
        "private: true",
        "confidential: yes",
        "show_to: leadership",
        "sichtbarkeit: leadership",
        "visibility:leadership",
        "visibility leadership",
        "visibility: leadership #1",
        "visibility: “leadership”",
        "visibility：leadership",
        "visibility: [leadership]",
        "visibility: {only: leadership}",
        "visibility: &x leadership",
        'visibility: "leadership',
        "visibility: leadership\n{0}visibility: public",
    ],
)
def test_what_cannot_be_read_about_visibility_counts_as_the_narrowest(
    tree: Tree, line: str
) -> None:
    def spread(indent: int) -> str:
        return line.replace("{0}", " " * indent)

    trees: list[dict[str, str | bytes]] = [
        {"2026-q4.yml": EMPTY, "a/team.md": TEAM.format(f"{line.replace('{0}', '')}\n")},
        {"2026-q4.yml": f"{line.replace('{0}', '')}\nobjectives:\n  - CANARY\nhealth: [CANARY]\n"},
        {"2026-q4.yml": f"objectives:\n  - title: CANARY\n    {spread(4)}\n    why: CANARY\n"},
        {
            "2026-q4.yml": (
                "objectives:\n  - title: Open\n    key_results:\n      - title: CANARY\n"
                f"        {spread(8)}\n        description: CANARY\n"
            )
        },
        {"2026-q4.yml": f"objectives:\n  - CANARY:\n      {spread(6)}\n      why: CANARY\n"},
    ]
    for files in trees:
        found = tree.resolve(files)
        assert any(problem.severity == "error" for problem in found.problems), files
        for audience in ("public", "internal"):
            assert "CANARY" not in repr(see_company(found.company, audience)), files


@pytest.mark.parametrize(
    "line",
    [
        "visibility leadership",
        "&x visibility: leadership",
        "- visibility: leadership",
        "? visibility: leadership",
        "visi\x07bility: leadership",
        '"visibility: leadership',
        "{visibility: leadership}",
        "  visibility: leadership",
    ],
)
@pytest.mark.parametrize(
    "plan",
    [
        "- CANARY:\n    why: CANARY\n  {}\n",
        "- CANARY:\n    - CANARY to 5\n  {}\n",
        "- Open:\n  - CANARY:\n      description: CANARY\n    {}\n",
        "- Open:\n  - title: CANARY\n    {}\n",
    ],
)
def test_so_does_a_line_beside_a_short_form(tree: Tree, plan: str, line: str) -> None:
    found = tree.resolve({"2026-q4.yml": plan.replace("{}", line)})
    assert "CANARY" not in repr(see_company(found.company, "internal"))


def test_an_owner_called_like_an_audience_is_an_owner(tree: Tree) -> None:
    problems = tree.problems({"2026-q4.yml": "- {title: A, owners: leadership}\n"})
    assert problems[0].endswith("=> write owner:")


def test_a_visibility_in_another_case_is_told_what_to_write(tree: Tree) -> None:
    problems = tree.problems({"2026-q4.yml": "- {title: A, visibility: Leadership}\n"})
    assert problems[0].endswith("=> write leadership")


@pytest.mark.parametrize(
    "text",
    [
        b"---\ntitle: CANARY\nvisibility: leadership\n",
        b"\xff\xfe",
        b"---\n- CANARY\n---\n",
        b"---\n\x00visibility leadership\n---\n",
        b"title: CANARY\nvisibility: leadership\n",
    ],
)
def test_all_under_an_unreadable_team_md_is_left_out(tree: Tree, text: bytes) -> None:
    files = {"2026-q4.yml": EMPTY, "a/team.md": text, "a/b/2026-q4.yml": "- CANARY\n"}
    found = tree.resolve(files)
    assert "OKR-V003" in {problem.code for problem in found.problems}
    assert "CANARY" not in repr(see_company(found.company, "internal"))
    assert "CANARY" in titles(see_company(found.company, "leadership"))


@pytest.mark.parametrize("name", ["a/team.md", "a/Team.md", "a/team.yml"])
def test_all_under_a_team_md_that_is_not_read_is_left_out(tree: Tree, name: str) -> None:
    content = "-> ../secret.md" if name == "a/team.md" else "---\nvisibility: leadership\n---\n"
    files = {"2026-q4.yml": EMPTY, name: content, "a/2026-q4.yml": "- CANARY\n"}
    found = tree.resolve(files)
    assert "OKR-V003" in {problem.code for problem in found.problems}
    assert "CANARY" not in repr(see_company(found.company, "internal"))


def test_a_plan_that_speaks_of_visibility_and_cannot_be_read_is_hidden(tree: Tree) -> None:
    open_, closed = "objectives:\n  - A\n 'b\n", "objectives:\n  - A\n 'visibility: leadership\n"
    for text, shown in ((open_, True), (closed, False), ("\x00" * 9, False)):
        found = tree.resolve({"2026-q4.yml": EMPTY, "platform/2026-q4.yml": text})
        company = see_company(found.company, "internal")
        assert any(file.path == "platform/2026-q4.yml" for file in company.broken) is shown


PARTS = {
    "initiatives": "    initiatives:\n      - title: CANARY\n        visibility: leadership\n",
    "health": "health:\n  - title: CANARY\n    visibility: leadership\n",
    "amendments": (
        "amendments:\n  - date: 2026-11-02\n    why: CANARY\n    visibility: leadership\n"
    ),
    "retrospective": "retrospective:\n  learned: [CANARY]\n  visibility: leadership\n",
}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_a_part_that_cannot_be_hidden_by_itself_is_left_out_if_asked_to(
    tree: Tree, part: str
) -> None:
    for name in ("2026-q4.yml", "2026-q3.yml"):
        found = tree.resolve({name: f"objectives:\n  - title: Open\n{part}"})
        assert [p.code for p in found.problems] == ["OKR-S001"]
        assert "CANARY" not in repr(see_company(found.company, "leadership").plans)


@pytest.mark.parametrize(
    "text",
    [
        "note: CANARY\nvisibility: leadership\n",
        "asks:\n  - text: CANARY\n    visibility: leadership\n",
        "key_results:\n  open:\n    note: CANARY\n    visibility: leadership\n",
    ],
)
def test_so_is_a_check_in(tree: Tree, text: str) -> None:
    files = {"2026-q4.yml": "- {id: open, title: Open}\n", "checkins/2026-11-16.yml": text}
    found = tree.resolve(files)
    assert [p.code for p in found.problems] == ["OKR-S001"]
    assert "CANARY" not in repr(see_company(found.company, "leadership"))


def test_so_is_feedback(tree: Tree) -> None:
    text = "- {kind: praise, text: CANARY, visibility: leadership}\n"
    found = tree.resolve({"2026-q4.yml": EMPTY, "feedback/2026-11-01.dana.yml": text})
    assert [p.code for p in found.problems] == ["OKR-S001"]
    assert found.company.feedback == ()


# ---------------------------------------------------------------- shown as far as needed


def test_of_an_objective_with_something_wider_only_the_title_is_known(tree: Tree) -> None:
    files = {
        "2026-q4.yml": (
            "objectives:\n"
            "  - id: trust\n    title: Make it trusted\n    why: CANARY\n    type: committed\n"
            "    origin: top-down\n    state: paused\n    owner: canary\n    contributors: [canary]\n"
            "    votes: [canary]\n    tags: [CANARY]\n    weight: 7\n    aka: canary-old\n"
            "    supports: other\n    depends_on: [other]\n    initiatives: [CANARY]\n"
            "    key_results:\n      - {title: Open, visibility: public}\n      - CANARY closed\n"
            "  - {id: other, title: CANARY other}\n"
            "health: [CANARY health]\n"
            "amendments: [{date: 2026-11-02, why: CANARY}]\n"
        ),
        "team.md": "---\ntitle: Harbor\nlead: canary\nvision: CANARY\nlinks: {CANARY: a}\n---\nCANARY",
        "checkins/2026-11-16.yml": "objectives: {trust: {note: CANARY}}\nnote: CANARY\nby: canary\n",
    }
    company = tree.seen(files, "public")
    assert "canary" not in repr(company).lower()
    (objective,) = company.objectives()
    assert objective.title_only
    assert company.plans[0].title_only
    assert company.teams[0].title_only
    assert titles(company) == ["Make it trusted", "Open"]
    shown = {
        field.name
        for field in dataclasses.fields(objective)
        if getattr(objective, field.name) not in ("", (), None, False)
        and getattr(objective, field.name) != field.default
    }
    assert shown == {"ref", "title", "place", "team", "key_results", "title_only"}


def test_teams_above_something_visible_show_their_titles(tree: Tree) -> None:
    files = {
        "2026-q4.yml": EMPTY,
        "a/team.md": "---\ntitle: Alpha\nvision: CANARY\n---\n",
        "a/b/team.md": "---\nvisibility: public\n---\n",
        "c/2026-q4.yml": "- CANARY\n",
    }
    company = tree.seen(files, "public")
    assert teams(company) == [("company", True), ("a", True), ("b", False)]
    assert "CANARY" not in repr(company)


def test_a_department_whose_only_team_is_hidden_is_a_team(tree: Tree) -> None:
    files = {
        "2026-q4.yml": EMPTY,
        "a/2026-q4.yml": EMPTY,
        "a/b/team.md": "---\nvisibility: leadership\n---\n",
        "c/team.md": "---\nlevel: department\n---\n",
        "c/d/team.md": "---\nvisibility: leadership\n---\n",
    }
    seen = {team.id: team.level.value for team in tree.seen(files, "internal").teams}
    assert seen == {"company": "company", "a": "team", "c": "department"}
    all_ = {team.id: team.level.value for team in tree.seen(files, "leadership").teams}
    assert all_["a"] == "department"


# ---------------------------------------------------------------- what names something hidden

TWO = {
    "open/2026-q4.yml": (
        "objectives:\n  - id: trust\n    title: Trust\n    owner: [closed, canary]\n"
        "    contributors: [closed]\n    supports: closed/secret\n"
        "    depends_on: [closed/secret/kr, open/mine]\n    continues: closed/secret\n"
        "    initiatives: [{title: Work, owner: closed}]\n"
        "    key_results: [{title: Up to 5, owner: closed}]\n"
        "  - {id: mine, title: CANARY mine, visibility: leadership}\n"
        "amendments:\n  - {date: 2026-11-02, about: mine, why: CANARY}\n"
        "  - {date: 2026-11-02, about: trust, why: Open}\n"
    ),
    "open/checkins/2026-11-16.yml": (
        "key_results: {mine: {note: CANARY}}\nasks: [{text: Help, to: closed}]\n"
    ),
    "open/feedback/2026-11-02.dana.yml": (
        "- {about: mine, kind: praise, text: CANARY}\n- {about: trust, kind: praise, text: Good}\n"
    ),
    "closed/team.md": "---\nvisibility: leadership\nlead: canarylead\n---\n",
    "closed/2026-q4.yml": (
        "- {id: secret, title: CANARY, owner: canaryowner,"
        " key_results: [{id: kr, title: CANARY to 5}]}\n"
    ),
    "closed/2026.yml": "- CANARY of the year\n",
    "closed/feedback/2026-11-02.canaryvisitor.yml": "- {kind: praise, text: CANARY}\n",
    "closed/checkins/2026-11-16.canarywriter.yml": "note: CANARY\n",
}


def test_a_reference_to_something_left_out_is_restricted(tree: Tree) -> None:
    company = tree.seen(TWO, "internal")
    trust = next(company.objectives())
    assert [link.restricted for link in trust.supports] == [True]
    assert [link.restricted for link in trust.depends_on] == [True, True]
    assert trust.continues
    assert trust.continues.restricted
    seen = [o for o in tree.seen(TWO, "leadership").objectives() if o.title == "Trust"]
    assert str(seen[0].supports[0].target) == "closed@2026-q4/secret"


def test_nothing_names_what_was_left_out(tree: Tree) -> None:
    company = tree.seen(TWO, "internal")
    text = repr(without_places(company))
    # Only that somebody visible names a person tells of the person.
    assert "CANARY" not in text
    assert "closed" not in text
    assert {person.id for person in company.people} == {"canary", "dana"}
    trust = next(company.objectives())
    assert trust.owners == ("canary",)
    assert trust.contributors == ()
    assert [cycle.id for cycle in company.cycles] == ["2026-q4"]
    assert [a.why for a in company.plans[0].amendments] == ["Open"]
    assert [f.text for f in company.feedback] == ["Good"]
    assert company.weeklies[0].asks[0].to == ""


def test_a_week_that_speaks_of_hidden_plans_alone_is_hidden(tree: Tree) -> None:
    files = {
        "2026-q4.yml": "visibility: leadership\nobjectives: [CANARY]\n",
        "2026-q3.yml": EMPTY,
        "checkins/2026-11-16.yml": "note: CANARY\n",
        "checkins/2026-09-14.yml": "note: Open\n",
    }
    company = tree.seen(files, "internal")
    assert [week.note for week in company.weeklies] == ["Open"]
    files["2026.yml"] = EMPTY
    weeks = tree.seen(files, "internal").weeklies
    assert [(week.note, week.cycles) for week in weeks] == [
        ("Open", ("2026-q3", "2026")),
        ("CANARY", ("2026",)),
    ]


def test_of_two_plans_for_one_owner_the_visible_one_counts(tree: Tree) -> None:
    files = {
        "2026-q4.yml": EMPTY,
        "a/team.md": "---\nvisibility: leadership\n---\n",
        "a/2026-q4.ana.yml": "- CANARY\n",
        "b/2026-q4.ana.yml": "- Open\n",
    }
    found = tree.resolve(files)
    assert titles(see_company(found.company, "internal")) == ["Open"]
    assert found.problems_for("internal") == ()


def test_of_two_teams_with_one_id_the_visible_one_keeps_it(tree: Tree) -> None:
    files = {
        "a/x/team.md": "---\nvisibility: leadership\n---\n",
        "b/x/team.md": "---\ntitle: Open\n---\n",
        "2026-q4.yml": EMPTY,
    }
    found = tree.resolve(files)
    team = see_company(found.company, "internal").team("x")
    assert team
    assert team.folder == "b/x"
    assert found.problems_for("internal") == ()


# ---------------------------------------------------------------- mistakes


def test_mistakes_in_hidden_parts_are_told_to_those_who_may_see_them(tree: Tree) -> None:
    files = {
        "2026-q4.yml": (
            "- id: open\n  title: Open\n  weight: heavy\n"
            "- id: closed\n  title: CANARY\n  weight: CANARY\n  visibility: leadership\n"
            "- visibility: leadership\n  weight: CANARY\n"
        ),
        "checkins/2026-11-16.yml": (
            "key_results:\n  open: CANARY fast\n  closed: CANARY\n  canary: 5\nnote: x\n"
        ),
        "checkins/2026-11-09.yml": "key_results:\n  closed: {value: 9,8%}\n",
        "closed/team.md": "---\nvisibility: leadership\ncanary: 5\n---\n",
        "closed/2026q4.yml": EMPTY,
    }
    found = tree.resolve(files)
    told = {
        audience: [(p.code, str(p.place)) for p in found.problems_for(audience)]
        for audience in ("public", "internal", "leadership")
    }
    assert told["public"] == []
    assert told["internal"] == [
        ("OKR-S007", "2026-q4.yml:3:11"),
        ("OKR-C005", "checkins/2026-11-16.yml:2:9"),
    ]
    assert len(told["leadership"]) == 9
    company = see_company(found.company, "internal")
    assert [(file.path, file.problems) for file in company.broken] == [
        ("2026-q4.yml", (("OKR-S007", 0, ""),)),
        ("checkins/2026-11-16.yml", (("OKR-C005", 0, ""),)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "key_results:\n  closed: {value: 5\n",
        "closed: 5\n",
        "- closed: 5\n",
        "closed\n",
        "key_results:\n  closed:\n    valeu: 5\n",
        "key_results\n  closed: 5\n",
        "initiatives:\n  closed: finished\n",
        "health:\n  closed: fine\n",
        "key_results: [closed]\n",
        "key_results:\n  clsoed: 5\n",
    ],
)
def test_a_check_in_that_may_speak_of_something_hidden_is_told_to_few(
    tree: Tree, text: str
) -> None:
    plan = "- Open\n- {id: closed, title: CANARY, visibility: leadership}\n"
    found = tree.resolve({"2026-q4.yml": plan, "checkins/2026-11-16.yml": text})
    assert found.problems
    assert found.problems_for("internal") == ()
    assert see_company(found.company, "internal").broken == ()


def test_what_is_told_names_nothing_hidden(tree: Tree) -> None:
    files = {
        "2026-q4.yml": "- {id: canary, title: CANARY, visibility: leadership}\n- {id: b, title: B}\n",
        "canary/team.md": "---\nvisibility: leadership\n---\n",
        "canary/2026.yml": "- {id: loop, title: L, supports: platform@2026-q4/one}\n",
        "platform/2026-q4.yml": (
            "- {id: one, title: One, supports: [company/canery, canery/loop, company@2025-q9/x]}\n"
            "- {id: two, title: Two, supports: canary}\n- {id: four, title: Four}\n"
            "- {id: three, title: Three, supports: [canary/loop, CANARY, Canary]}\n"
        ),
        "platform/team.md": "---\nparent: canery\n---\n",
        "platform/checkins/2026-11-16.yml": "key_results: {canary/loopp: 1}\n",
    }
    found = tree.resolve(files)
    assert found.problems_for("leadership") == found.problems
    problems = found.problems_for("internal")
    assert problems
    for format in FORMATS:
        text = format_problems(problems, format, {})
        assert not re.search("canary(?!')", text.replace("'canary'", "").replace("'CANARY'", ""))


def test_a_ring_through_something_hidden_is_cut_in_there(tree: Tree) -> None:
    for hidden in ("a", "b", "c"):
        plan = "".join(
            f"- {{id: {id}, title: T{id}, supports: {next_}"
            f"{', visibility: leadership' if id == hidden else ''}}}\n"
            for id, next_ in ("ab", "bc", "ca")
        )
        found = tree.resolve({"2026-q4.yml": plan})
        assert [p.code for p in found.problems] == ["OKR-R003"]
        assert found.problems_for("internal") == ()
        company = see_company(found.company, "internal")
        assert [len(objective.supports) for objective in company.objectives()] == [1, 1]


def test_a_feed_s_mistakes_are_those_of_the_key_result(tree: Tree) -> None:
    files = {
        "2026-q4.yml": (
            "- title: A\n  key_results:\n"
            "    - {title: Raise A to 5, feed: a.csv, visibility: leadership}\n"
            "    - {title: Raise B to 5, feed: b.csv}\n"
        ),
        "a.csv": "2026-11-16,CANARY\n",
        "b.csv": "2026-11-16,many\n",
    }
    found = tree.resolve(files)
    assert [p.place.path for p in found.problems_for("internal")] == ["b.csv"]
    assert [p.place.path for p in found.problems_for("leadership")] == ["a.csv", "b.csv"]


# ---------------------------------------------------------------- all of it at once


def without_places(value: Any) -> Any:
    """Return a value without the lines at which things stand."""
    if isinstance(value, Place):
        return value.path
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return (
            type(value).__name__,
            *((f.name, without_places(getattr(value, f.name))) for f in fields),
        )
    if isinstance(value, tuple | list):
        return [without_places(each) for each in value]
    if isinstance(value, dict):
        return {key: without_places(each) for key, each in value.items()}
    return value


def document(company: Company) -> str:
    words = Words("en", company.as_of)
    return write_document(make_document(company, measure_company(company), words))


def resolved(files: dict[str, str]) -> Resolution:
    with TemporaryDirectory() as folder:
        return resolve_files(Path(folder), files)


@settings(deadline=None, max_examples=60)
@given(companies(), st.sampled_from(AUDIENCES[:-1]))
def test_nothing_of_what_is_hidden_is_left(made: MadeCompany, audience: str) -> None:
    found = resolved(made.files(audience, "one"))
    company = see_company(found.company, audience)
    assert "canary" not in repr(company).casefold()
    assert "canary" not in document(company).casefold()
    told = format_problems(found.problems_for(audience), "json", {})
    assert "canary" not in told.casefold()


@settings(deadline=None, max_examples=60)
@given(companies(), st.sampled_from(AUDIENCES[:-1]))
def test_what_is_hidden_changes_nothing(made: MadeCompany, audience: str) -> None:
    one, other = (resolved(made.files(audience, variant)) for variant in ("one", "other"))
    seen, unchanged = see_company(one.company, audience), see_company(other.company, audience)
    assert without_places(seen) == without_places(unchanged)
    assert document(seen) == document(unchanged)
    told, again = (found.problems_for(audience) for found in (one, other))
    assert [without_places(p) for p in told] == [without_places(p) for p in again]


@settings(deadline=None, max_examples=30)
@given(companies(), st.sampled_from(AUDIENCES))
def test_what_is_not_hidden_is_there(made: MadeCompany, audience: str) -> None:
    company = see_company(resolved(made.files(audience, "one")).company, audience)
    assert sorted(titles(company)) == sorted(made.visible_titles(audience))


@settings(deadline=None, max_examples=30)
@given(companies())
def test_the_narrowest_audience_sees_everything(made: MadeCompany) -> None:
    found = resolved(made.files(AUDIENCES[-1], "one"))
    company = see_company(found.company, AUDIENCES[-1])
    everything = replace(found.company, audience=AUDIENCES[-1])
    assert without_places(replace(company, broken=())) == without_places(
        replace(everything, broken=())
    )
    assert found.problems_for(AUDIENCES[-1]) == found.problems
