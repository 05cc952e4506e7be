"""File names: right, nearly right and strange; what is read of a folder, and what is not."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import Tree, write_files

from okrsite.tree import (
    FileKind,
    Naming,
    find_misnamed_rules,
    name_file,
    read_date,
    read_listing,
    sort_listing,
    stray_problems,
)

EMPTY = "objectives: []\n"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def named(path: str, *cycles: str) -> Naming:
    return name_file(path, frozenset(cycles))


def listed(root: Path, files: dict[str, str], **options: object) -> list[str]:
    return list(read_listing(write_files(root, files), **options).data)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "kind", "folder"),
    [
        ("okrs.yml", FileKind.RULES, ""),
        ("people.yml", FileKind.PEOPLE, ""),
        ("team.md", FileKind.TEAM, ""),
        ("engineering/platform/team.md", FileKind.TEAM, "engineering/platform"),
        ("2026.yml", FileKind.PLAN, ""),
        ("2026-Q4.yaml", FileKind.PLAN, ""),
        ("platform/2026-h1.md", FileKind.PLAN, "platform"),
        ("platform/2026-11.yml", FileKind.PLAN, "platform"),
        ("platform/fy27-q1.yml", FileKind.PLAN, "platform"),
        ("platform/2026-q4/2026-q4.yml", FileKind.PLAN, "platform"),
        ("platform/checkins/2026-11-16.yml", FileKind.CHECK_IN, "platform"),
        ("platform/checkins/2026-q4/2026-11-16.yml", FileKind.CHECK_IN, "platform"),
        ("platform/2026-q4/checkins/2026-11-16.yml", FileKind.CHECK_IN, "platform"),
        ("platform/feedback/2026-10-14.dana.yml", FileKind.FEEDBACK, "platform"),
        ("checkins/2026-11-16.yaml", FileKind.CHECK_IN, ""),
    ],
)
def test_a_name_says_what_a_file_is(path: str, kind: FileKind, folder: str) -> None:
    naming = named(path)
    assert (naming.kind, naming.folder) == (kind, folder)


def test_a_plan_is_named_by_its_cycle_and_perhaps_a_person() -> None:
    naming = named("platform/2026-Q4.ana.yml")
    assert (naming.cycle, naming.person) == ("2026-q4", "ana")
    assert named("2026-q4.ana.sousa.md").person == "ana.sousa"


def test_a_check_in_is_named_by_its_day_and_perhaps_a_person() -> None:
    naming = named("platform/checkins/2026-11-16.bo.yml")
    assert (naming.date, naming.person) == (date(2026, 11, 16), "bo")


def test_a_cycle_that_the_rules_name_is_one_in_either_case() -> None:
    assert named("2026-C5.yml", "2026-c5").kind is FileKind.PLAN
    assert named("2026-c5/platform/2026-c5.yml", "2026-c5").folder == "2026-c5/platform"
    assert named("platform/2026-c5/checkins/2026-09-14.yml", "2026-c5").folder == "platform"
    assert named("2026-c5.yml").kind is FileKind.STRAY


@pytest.mark.parametrize(
    ("path", "rights"),
    [
        ("2026q4.yml", ["2026-q4.yml"]),
        ("2026_Q4.yml", ["2026-q4.yml"]),
        ("2026 q4.yml", ["2026-q4.yml"]),
        ("2026.q4.yml", ["2026-q4.yml"]),
        ("Q4-2026.yml", ["2026-q4.yml"]),
        ("q4 26.yml", ["2026-q4.yml"]),
        ("4Q2026.md", ["2026-q4.md"]),
        ("H1 2026.yaml", ["2026-h1.yaml"]),
        ("FY27Q1.yml", ["fy27-q1.yml"]),
        ("fy2027.yml", ["fy27.yml"]),
        ("Q1 FY27.yml", ["fy27-q1.yml"]),
        ("2026-9.yml", ["2026-09.yml"]),
        ("09-2026.yml", ["2026-09.yml"]),
        ("2026.09.yml", ["2026-09.yml"]),
        ("team/2026q4.ana.yml", ["team/2026-q4.ana.yml"]),
        ("okrs.yaml", ["okrs.yml"]),
        ("OKRs.yml", ["okrs.yml"]),
        ("engineering/okrs.yml", ["okrs.yml"]),
        ("engineering/people.yml", ["people.yml"]),
        ("People.yml", ["people.yml"]),
        ("platform/TEAM.md", ["platform/team.md"]),
        ("platform/team.yml", ["platform/team.md"]),
        ("platform/teams.md", ["platform/team.md"]),
        ("platform/2026-q4/team.md", ["platform/team.md"]),
        ("2026-11-16.yml", ["checkins/2026-11-16.yml"]),
        ("platform/2026.11.16.bo.yml", ["platform/checkins/2026-11-16.bo.yml"]),
        ("checkins/16.11.2026.yml", ["checkins/2026-11-16.yml"]),
        ("checkins/11.16.2026.yml", ["checkins/2026-11-16.yml"]),
        ("checkins/11-16-2026.yml", ["checkins/2026-11-16.yml"]),
        ("checkins/04-05-2026.yml", ["checkins/2026-05-04.yml", "checkins/2026-04-05.yml"]),
        ("checkins/04.05.2026.yml", ["checkins/2026-05-04.yml"]),
        ("checkins/2026-11-9.yml", ["checkins/2026-11-09.yml"]),
        ("checkins/2026_11_16-bo.yml", ["checkins/2026-11-16.bo.yml"]),
        ("checkins/20261116.yml", ["checkins/2026-11-16.yml"]),
        ("checkins/2026-W47.yml", ["checkins/2026-11-16.yml"]),
        ("checkins/w47-2026.bo.yml", ["checkins/2026-11-16.bo.yml"]),
        ("checkins/2026-11-16.md", ["checkins/2026-11-16.yml"]),
        ("feedback/2026-10-14.yml", ["feedback/2026-10-14.PERSON.yml"]),
    ],
)
def test_a_name_nearly_right_is_answered_with_the_right_one(path: str, rights: list[str]) -> None:
    naming = named(path)
    assert naming.kind is FileKind.STRAY
    assert list(naming.right_names) == rights


@pytest.mark.parametrize(
    "path",
    ["budget.yml", "2026-13.yml", "2026-5q.yml", "notes.md", "checkins/x.png", "2026-c5.yml"],
)
def test_a_strange_name_is_answered_with_none(path: str) -> None:
    naming = named(path)
    assert (naming.kind, naming.right_names, naming.example) == (FileKind.STRAY, (), "")


@pytest.mark.parametrize(
    "path", ["checkins/monday.yml", "checkins/2026-02-30.yml", "checkins/2026-W54.yml"]
)
def test_a_check_in_without_a_day_is_answered_with_an_example(path: str) -> None:
    assert named(path).example == "2026-11-16.yml"


@given(st.text(max_size=20), st.sampled_from([".yml", ".yaml", ".md", ".txt"]))
def test_a_right_name_is_right(stem: str, ending: str) -> None:
    if "/" in stem or not stem.strip(" ."):
        return
    for folder in ("", "checkins/"):
        for right in named(f"{folder}{stem}{ending}").right_names:
            assert named(right).kind is not FileKind.STRAY


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    assert read_date(day.isoformat()) == day


@pytest.mark.parametrize("text", ["2026-11-31", "2026-1-1", "16.11.2026", "", "２０２６-11-16"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_date(text) is None


# ---------------------------------------------------------------- a folder


def test_dotfiles_and_a_project_s_own_files_are_not_content(tmp_path: Path) -> None:
    files = {
        "2026-q4.yml": EMPTY,
        ".git/2026-q4.yml": EMPTY,
        ".secret.yml": EMPTY,
        "README.md": "",
        "Readme-first.yml": "",
        "CONTRIBUTING.md": "",
        "~$plan.yml": "",
        "plan.yml~": "",
        "venv/pyvenv.cfg": "",
        "venv/2026-q4.yml": EMPTY,
    }
    assert listed(tmp_path, files) == ["2026-q4.yml"]


def test_what_is_excluded_is_not_content(tmp_path: Path) -> None:
    files = {"2026-q4.yml": EMPTY, "site/2026-q4.yml": EMPTY, "mkdocs.yml": ""}
    found = listed(tmp_path, files, exclude=[tmp_path / "site", tmp_path / "mkdocs.yml"])
    assert found == ["2026-q4.yml"]


def test_links_are_never_followed(tmp_path: Path) -> None:
    outside = write_files(tmp_path / "outside", {"2026-q3.yml": EMPTY})
    root = tmp_path / "okrs"
    listing = read_listing(
        write_files(
            root,
            {
                "2026-q4.yml": EMPTY,
                "2026-q3.yml": f"-> {outside}/2026-q3.yml",
                "platform": f"-> {outside}",
                "loop": "-> .",
            },
        )
    )
    assert list(listing.data) == ["2026-q4.yml"]
    assert [(p.code, p.place.path) for p in listing.problems] == [
        ("OKR-F005", "loop"),
        ("OKR-F005", "platform"),
        ("OKR-F005", "2026-q3.yml"),
    ]


def test_a_folder_that_cannot_be_opened_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, {"2026-q4.yml": EMPTY, "locked/2026-q4.yml": EMPTY})
    scan = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    (problem,) = read_listing(tmp_path).problems
    assert (problem.code, problem.place.path) == ("OKR-F006", "locked")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
def test_a_name_that_is_no_text_is_a_problem(tmp_path: Path) -> None:
    write_files(tmp_path, {"2026-q4.yml": EMPTY})
    for name in (b"te\xe9m/2026-q4.yml", b"caf\xe9.md"):
        path = tmp_path / os.fsdecode(name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(EMPTY)
    listing = read_listing(tmp_path)
    assert list(listing.data) == ["2026-q4.yml"]
    assert [problem.code for problem in listing.problems] == ["OKR-F006", "OKR-F006"]


def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    write_files(tmp_path, {"2026-q4.yml": EMPTY})
    os.mkfifo(tmp_path / "2026-q3.yml")
    assert list(read_listing(tmp_path).data) == ["2026-q4.yml"]


@pytest.mark.parametrize(
    "pattern",
    [
        "*.bak.yml",
        "old",
        "old/",
        "platform/*/budget*",
        "platform/old",
        "budget*",
        "platform/old/b*",
    ],
)
def test_what_the_rules_ignore_is_ignored(tmp_path: Path, pattern: str) -> None:
    files = {"platform/old/budget.bak.yml": "", "2026-q4.yml": EMPTY}
    sorted_ = sort_listing(read_listing(write_files(tmp_path, files)), ignore=[pattern])
    assert sorted_.strays == ()
    assert [file.path for file in sorted_.files] == ["2026-q4.yml"]


@pytest.mark.parametrize("exclude", [(), ("site",)])
def test_a_link_to_itself_is_a_link(tmp_path: Path, exclude: tuple[str, ...]) -> None:
    (tmp_path / "2026-q4.yml").write_text("- Grow\n", encoding="utf-8")
    (tmp_path / "loop").symlink_to("loop")
    listing = read_listing(tmp_path, [tmp_path / name for name in exclude])
    assert list(listing.data) == ["2026-q4.yml"]
    assert [(problem.code, problem.place.path) for problem in listing.problems] == [
        ("OKR-F005", "loop")
    ]


def test_an_ignored_link_is_no_problem(tmp_path: Path) -> None:
    root = write_files(tmp_path, {"2026-q4.yml": EMPTY, "old.yml": "-> 2026-q4.yml"})
    assert sort_listing(read_listing(root), ignore=["old.yml"]).problems == ()


def test_a_stray_that_nothing_uses_is_a_warning() -> None:
    problems = stray_problems(["a.png", "b.csv"], {"b.csv"})
    assert [(p.code, p.place.path, p.severity) for p in problems] == [
        ("OKR-F002", "a.png", "warning")
    ]


def test_rules_and_teams_that_are_there_but_not_read_are_known(tmp_path: Path) -> None:
    files = {
        "okrs.yaml": "",
        "a/team.md": "-> nowhere.md",
        "b/Team.md": "",
        "2026-q3.yml": "-> nowhere.yml",
    }
    listing = read_listing(write_files(tmp_path, files))
    assert find_misnamed_rules(listing) == "okrs.yaml"
    unread = {(path, naming.kind) for path, naming in sort_listing(listing).unread}
    assert unread == {
        ("okrs.yaml", FileKind.RULES),
        ("a/team.md", FileKind.TEAM),
        ("b/Team.md", FileKind.TEAM),
    }


def test_only_the_first_mebibyte_and_one_byte_are_read(tmp_path: Path) -> None:
    (tmp_path / "2026-q4.yml").write_bytes(b"#" * (3 << 20))
    assert len(read_listing(tmp_path).data["2026-q4.yml"]) == (1 << 20) + 1


# ---------------------------------------------------------------- folders and teams


def test_a_folder_with_a_team_md_a_plan_or_check_ins_is_a_team(tree: Tree) -> None:
    company = tree.company(
        {
            "2026-q4.yml": EMPTY,
            "engineering/team.md": "---\ntitle: Engineering\n---\n",
            "engineering/plain/platform/2026-q4.yml": EMPTY,
            "sales/checkins/2026-11-16.yml": "note: A quiet week\n",
            "2026/marketing/2026-q4.yml": EMPTY,
        }
    )
    assert [(team.id, team.parent, team.level.value) for team in company.teams] == [
        ("company", "", "company"),
        ("marketing", "company", "team"),
        ("engineering", "company", "department"),
        ("platform", "engineering", "team"),
        ("sales", "company", "team"),
    ]


def test_a_parent_in_team_md_wins_over_the_folder(tree: Tree) -> None:
    company = tree.company(
        {
            "2026-q4.yml": EMPTY,
            "a/team.md": "---\ntitle: Alpha\n---\n",
            "a/b/team.md": "---\nparent: c\n---\n",
            "c/team.md": "---\nlevel: team\n---\n",
            "d/team.md": "---\nparent: company\n---\n",
            "a/e/team.md": "---\nparent: Alpha\nlevel: department\n---\n",
        }
    )
    found = {team.id: (team.parent, team.level.value) for team in company.teams}
    assert found["b"] == ("c", "team")
    assert found["c"] == ("company", "team")
    assert found["d"] == ("company", "team")
    assert found["a"] == ("company", "department")
    assert found["e"] == ("a", "department")


def test_a_company_is_named_by_its_rules_its_team_md_or_its_project(tree: Tree) -> None:
    plan = {"2026-q4.yml": EMPTY}
    by_team = {**plan, "team.md": "---\ntitle: Quay\n---\n"}
    assert tree.company(plan).name == "Harbor"
    assert tree.company(by_team).name == "Quay"
    assert tree.company({**by_team, "okrs.yml": "company: Pier\n"}).name == "Pier"


def test_a_team_md_says_all_that_a_team_has(tree: Tree) -> None:
    company = tree.company(
        {
            "people.yml": "ana: Ana Sousa\nbo: Bo Li\n",
            "platform/team.md": (
                "---\ntitle: The platform\nid: plat\nlead: Ana Sousa\nchampion: '@bo'\n"
                "sponsor: bo\nmembers: [ana, Bo Li, ana]\nvision: Nobody has to think about us.\n"
                "mission: Keep every product online.\n"
                "priorities: [{id: trust-us, title: Hospitals can rely on us}]\n"
                'links: {Chat: "https://chat.example.com/p"}\nlanguage: pt\n'
                "checkin_every: fortnight\naka: platform\n---\n\n# About us\n"
            ),
        }
    )
    team = company.team("plat")
    assert team
    assert (team.title, team.lead, team.champion, team.sponsor) == (
        "The platform",
        "ana",
        "bo",
        "bo",
    )
    assert team.members == ("ana", "bo")
    assert team.vision == "Nobody has to think about us."
    assert team.mission == "Keep every product online."
    assert [(p.id, p.title) for p in team.priorities] == [("trust-us", "Hospitals can rely on us")]
    assert team.links == (("Chat", "https://chat.example.com/p"),)
    assert (team.language, company.languages["plat"]) == ("pt", "pt")
    assert str(team.checkin_every) == "fortnight"
    assert team.aka == ("platform",)
    assert team.prose == "# About us"


def test_a_team_writes_in_the_language_of_the_team_above(tree: Tree) -> None:
    company = tree.company(
        {
            "okrs.yml": "language: de\n",
            "2026-q4.yml": EMPTY,
            "br/team.md": "---\nlanguage: pt-BR\n---\n",
            "br/sp/2026-q4.yml": (
                "objectives:\n  - title: Crescer\n    key_results:\n"
                "      - {id: sales, title: Aumentar vendas de 1.200 para 2.400}\n"
            ),
            "br/sp/checkins/2026-11-16.yml": "key_results:\n  sales: 1.500\n",
        }
    )
    assert company.languages == {"company": "de", "br": "pt", "sp": "pt"}
    (kr,) = next(company.objectives()).key_results
    assert kr.baseline
    assert kr.check_ins[0].value
    assert (kr.baseline.value, kr.check_ins[0].value.value) == (1200, 1500)


def test_two_folders_of_one_name_are_a_clash(tree: Tree) -> None:
    problems = tree.problems({"a/x/2026-q4.yml": EMPTY, "b/x/2026-q4.yml": EMPTY})
    assert problems == [
        "OKR-I002 b/x:1:1 two teams have the id 'x' => add an id: of its own to b/x/team.md"
    ]
