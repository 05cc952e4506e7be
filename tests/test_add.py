"""`okrsite add` writes what belongs where, and a cycle is carried through by commands alone."""

import re
import shutil
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from command import ROOT, okrsite_inside, write_tree
from trees import resolve_files

ACME = {
    "okrs.yml": "company: Acme\nlanguage: en\n",
    "people.yml": "ana: {name: Ana Sousa}\n",
    "2026.yml": "objectives:\n  - id: grow\n    title: Grow\n",
    "engineering/team.md": "---\ntitle: Engineering\n---\n",
    "engineering/platform/team.md": "---\ntitle: Platform\nlead: ana\n---\n",
    "engineering/platform/2026-q4.yml": "# Ours, by hand.\n- id: trust\n  title: Be trusted\n"
    "  key_results:\n    - id: sev1\n      title: Sev-1 incidents from 6 to 2\n# The end.\n",
}


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    return write_tree(tmp_path, {f"content/okrs/{path}": text for path, text in ACME.items()})


def add(folder: Path, *words: str, as_of: str = "2026-11-20") -> CompletedProcess[str]:
    return okrsite_inside("add", *words, "--as-of", as_of, cwd=folder)


def written(folder: Path, *words: str, as_of: str = "2026-11-20") -> dict[str, str]:
    done = add(folder, *words, as_of=as_of)
    assert done.returncode == 0, done.stderr
    return files(folder)


def files(folder: Path) -> dict[str, str]:
    """Return the files that are new or have changed, by path."""
    source = folder / "content/okrs"
    now = {p.relative_to(source).as_posix(): p for p in source.rglob("*") if p.is_file()}
    read = {path: file.read_text(encoding="utf-8") for path, file in now.items()}
    return {path: text for path, text in read.items() if ACME.get(path) != text}


def test_a_team_is_added_below_another(acme: Path) -> None:
    found = written(
        *(acme, "team", "Data: Platform", "--parent", "Engineering"),
        *("--lead", "ana", "--member", "ana"),
    )
    assert found == {
        "engineering/data-platform/team.md": '---\ntitle: "Data: Platform"\nlead: ana\n'
        "members:\n  - ana\n---\n"
    }


def test_a_team_is_added_below_the_company(acme: Path) -> None:
    assert written(acme, "team", "Sales") == {"sales/team.md": "---\ntitle: Sales\n---\n"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["team", "Platform"], "'platform' is taken"),
        (["team", "Ana"], "'ana' is taken"),
        (["team", "2026-q4"], "means something else"),
        (["team", "🚀"], "no letter"),
        (["team", "Sales", "--parent", "enginering"], "did you mean engineering?"),
        (["objective", "sales", "Sell"], "no team or person is called 'sales'"),
        (["objective", "platform", "Sell", "--cycle", "q4"], "'q4' is none of the calendar's"),
        (["objective", "platform", "Sell", "--cycle", "fy27"], "needs fiscal_year_start:"),
        (["cycle", "2026-q3", "--from", "2026-q4"], "does not come after"),
        (["cycle", "2027-q1", "--from", "2026-q3"], "no cycle is called '2026-q3'"),
        (["cycle", "2027-q1", "--from", "2026-q4", "--team", "engineering"], "nobody there"),
        (["cycle", "2027-q1"], "--from"),
    ],
)
def test_wrong_usage_is_told(acme: Path, words: list[str], says: str) -> None:
    done = add(acme, *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert files(acme) == {}


def test_an_objective_stands_at_the_end_of_the_running_plan(acme: Path) -> None:
    found = written(
        *(acme, "objective", "platform", "Take on more: be fast", "--kr", "Latency from 9 to 6 ms"),
        *("--kr", "[P0] 80% of users: happy", "--supports", "company/grow", "--type", "committed"),
    )
    assert found == {
        "engineering/platform/2026-q4.yml": "# Ours, by hand.\n- id: trust\n  title: Be trusted\n"
        "  key_results:\n    - id: sev1\n      title: Sev-1 incidents from 6 to 2\n"
        '- title: "Take on more: be fast"\n  type: committed\n  supports: company/grow\n'
        '  key_results:\n    - Latency from 9 to 6 ms\n    - "[P0] 80% of users: happy"\n'
        "# The end.\n"
    }


def test_an_objective_begins_a_plan_where_there_is_none(acme: Path) -> None:
    found = written(acme, "objective", "engineering", "Be calm", "--state", "draft")
    assert found == {
        "engineering/2026-q4.yml": "objectives:\n  - title: Be calm\n    state: draft\n"
    }
    again = written(acme, "objective", "ana", "Learn", "--cycle", "2027-Q1")
    assert again["engineering/platform/2027-q1.ana.yml"] == "objectives:\n  - title: Learn\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("objectives: []\n", "objectives:\n  - title: Sell\n"),
        (
            "objectives:\n    - A\nhealth: []\n",
            "objectives:\n    - A\n    - title: Sell\nhealth: []\n",
        ),
        ("objectives: A sentence\n", "objectives:\n  - A sentence\n  - title: Sell\n"),
    ],
)
def test_an_objective_fits_into_plans_as_people_write_them(
    acme: Path, before: str, after: str
) -> None:
    plan = acme / "content/okrs/engineering/2026-q4.yml"
    plan.write_text(before)
    done = add(acme, "objective", "engineering", "Sell", "--cycle", "2026-q4")
    assert done.returncode == 0, done.stderr
    assert plan.read_text() == after


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--supports", "company/growth"], "OKR-R002"),
        (["--kr", "Sales from $X to $Y"], "OKR-N006"),
        (["--id", "No Id"], "OKR-I001"),
        (["--id", "trust"], "OKR-I002"),
    ],
)
def test_what_would_be_wrong_is_explained_and_not_written(
    acme: Path, words: list[str], code: str
) -> None:
    done = add(acme, "objective", "platform", "Sell", *words)
    assert done.returncode == 1
    assert code in done.stderr
    assert files(acme) == {}


LAST = """\
visibility: leadership
objectives:
  - id: trust
    title: Be trusted
    why: It: matters
    visibility: leadership
    owner: ana
    supports: [company/grow, engineering/calm]
    key_results:
      - id: sev1
        title: Sev-1 incidents from 6 to 2
        due: 2026-12-18
        grade: 0.4
      - Latency from 9 ms to 6 ms
      - id: book
        title: Publish the book
        milestones: [{title: Draft, done: 2026-11-02}, Printed]
      - id: gone
        title: Calls from 9 to 1
        state: cancelled
        cancelled_because: Nobody calls.
    initiatives: [Batch]
  - id: done
    title: Be done
    grade: 1.0
  - Speak Chinese:
      - Words from 0 to 500
health:
  - {id: morale, title: Morale, target: ">= 4"}
retrospective:
  learned: Drills beat documents
  next: [Four drills, "Objectives: fewer"]
"""
NEXT = """\
# What 2026-Q4 taught:
#   learned: Drills beat documents
#   next: Four drills
#   next: Objectives: fewer
#
# What is still open of 2026-Q4 stands below as drafts.
# To take one up, set its numbers anew and delete its line state: draft.
visibility: leadership
objectives:
  # supports company@2026/grow, which 2027-Q1 does not have
  # supports engineering@2026-q4/calm, which 2027-Q1 does not have
  - id: trust
    title: Be trusted
    why: "It: matters"
    visibility: leadership
    owner: ana
    initiatives:
      - Batch
    continues: platform@2026-q4/trust
    state: draft
    key_results:
      # 2026-Q4 ended at 4, grade 0.4
      - id: sev1
        title: Sev-1 incidents from 6 to 2
      # 2026-Q4 ended without a value
      - id: latency-from
        title: Latency from 9 ms to 6 ms
      # 2026-Q4 ended with 1 of 2 steps done
      - id: book
        title: Publish the book
        milestones:
          - Printed
  - id: speak-chinese
    title: Speak Chinese
    continues: platform@2026-q4/speak-chinese
    state: draft
    key_results:
      # 2026-Q4 ended without a value
      - id: words-from
        title: Words from 0 to 500
health:
  - id: morale
    title: Morale
    target: ">= 4"
"""


def test_the_next_cycle_begins_with_what_is_open(acme: Path) -> None:
    write_tree(
        acme / "content/okrs",
        {
            "engineering/platform/2026-q4.yml": LAST,
            "engineering/platform/checkins/2026-12-14.yml": "key_results:\n  sev1: 4\n",
            "engineering/2026-q4.yml": "objectives:\n  - id: calm\n    title: Be calm\n    grade: 0.9\n",
        },
    )
    done = add(acme, "cycle", "2027-Q1", "--from", "2026-q4", as_of="2027-01-05")
    assert done.returncode == 0, done.stderr
    found = files(acme)
    assert found["engineering/platform/2027-q1.yml"] == NEXT
    assert found["engineering/2027-q1.yml"] == (
        "# Nothing of 2026-Q4 is still open; write the objectives below.\nobjectives: []\n"
    )
    assert "2 objectives of 2026-Q4 go on in 2027-Q1." in done.stdout
    again = add(acme, "cycle", "2027-Q1", "--from", "2026-q4", as_of="2027-01-05")
    assert again.returncode == 0
    assert "left alone; still open: trust, speak-chinese" in again.stdout
    assert files(acme) == found


def test_what_goes_on_can_be_active_at_once(acme: Path) -> None:
    found = written(acme, "cycle", "2027-q1", "--from", "2026-q4", "--active", as_of="2027-01-05")
    assert found == {
        "engineering/platform/2027-q1.yml": "# What is still open of 2026-Q4 goes on: set its "
        "numbers anew.\nobjectives:\n  - id: trust\n    title: Be trusted\n"
        "    continues: platform@2026-q4/trust\n    key_results:\n"
        "      # 2026-Q4 ended without a value\n      - id: sev1\n"
        "        title: Sev-1 incidents from 6 to 2\n"
    }


@pytest.mark.parametrize("command", [["team"], ["objective"], ["cycle"], []])
def test_help_shows_an_example(acme: Path, command: list[str]) -> None:
    done = okrsite_inside("add", *command, "--help", cwd=acme)
    assert re.search(r"Examples?:\n +okrsite add ", done.stdout)


def pages(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*.html")}


@pytest.mark.slow
def test_a_cycle_is_carried_through_by_commands_alone(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    site = tmp_path / "site"

    def run(*words: str, as_of: str) -> str:
        done = okrsite_inside(*words, "--as-of", as_of, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def build(as_of: str) -> set[str]:
        run("build", "--strict", "--site-dir", str(site), as_of=as_of)
        return pages(site)

    def page(path: str) -> str:
        text = (site / path / "index.html").read_text(encoding="utf-8")
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))

    first = build("2027-01-05")
    assert "0.68" not in page("teams/onboarding/2026-q4/first-week")

    # Close: the grade is what the evidence comes to, as people would have it.
    run(
        "close",
        "2026-q4",
        "--yes",
        "--note",
        "within-a-week=One hospital waited",
        as_of="2027-01-05",
    )
    closed = build("2027-01-05")
    assert first <= closed
    objective = page("teams/onboarding/2026-q4/first-week")
    assert "0.68" in objective
    assert "One hospital waited" in objective

    # A lesson, and the next cycle.
    plan = tmp_path / "content/okrs/customer/onboarding/2026-q4.md"
    text = plan.read_text(encoding="utf-8")
    assert text.count("  learned: []\n") == 1
    plan.write_text(text.replace("  learned: []\n", "  learned:\n    - Films beat posters\n"))
    run(
        "add",
        "cycle",
        "2027-q1",
        "--from",
        "2026-q4",
        "--active",
        "--team",
        "onboarding",
        as_of="2027-01-05",
    )
    run("add", "cycle", "2027-q1", "--from", "2026-q4", as_of="2027-01-05")
    new = tmp_path / "content/okrs/customer/onboarding/2027-q1.yml"
    assert "#   learned: Films beat posters\n" in new.read_text(encoding="utf-8")
    run(
        "add",
        "objective",
        "onboarding",
        "Hospitals teach hospitals",
        "--id",
        "teach",
        "--kr",
        "Visits from 0 to 6",
        as_of="2027-01-05",
    )
    begun = build("2027-01-05")
    assert closed <= begun
    assert "teams/onboarding/2027-q1/teach/index.html" in begun
    assert "teams/support/2027-q1/index.html" in begun
    html = (site / "teams/onboarding/2027-q1/first-week/index.html").read_text(encoding="utf-8")
    assert 'href="../../2026-q4/first-week/"' in html

    # The first check-in counts, with a name that both cycles have spelt out.
    run(
        "checkin",
        "onboarding",
        "visits=2",
        "onboarding@2027-q1/first-week/imports=50%",
        "--confidence",
        "8",
        as_of="2027-01-12",
    )
    checked = build("2027-01-12")
    assert begun <= checked
    assert "2" in page("teams/onboarding/2027-q1/teach")
    shown = run("show", "onboarding/teach", as_of="2027-01-12")
    assert "(2 − 0) ÷ (6 − 0) = 33" in shown
    assert "2 on 11 Jan" in shown
    problems = resolve_files(tmp_path / "content/okrs", {}, as_of="2027-01-12").problems
    assert [str(each.place) for each in problems if each.severity == "error"] == []
