"""`okrsite check --base` counts what a change brought or touched, and asks it for its reasons."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import guide
import pytest
import yaml
from command import okrsite_inside
from repositories import Repository, git

from okrsite.checked_change import CheckedChange, check_change
from okrsite.problems import FORMATS, format_problems

CASES_FILE = Path(__file__).with_name("cases") / "check_base.yml"
CASES: list[dict[str, Any]] = yaml.safe_load(CASES_FILE.read_text(encoding="utf-8"))
PLAN = "okrs/platform/2026-q4.yml"
FILES = {
    "okrs/okrs.yml": "company: Acme\n",
    "okrs/people.yml": "ana: {name: Ana Sousa}\nbo: {name: Bo Lind}\n",
    "okrs/2026-q4.yml": """\
objectives:
  - {id: reliable, title: Be reliable, key_results: [Raise NPS from 20 to 40]}
""",
    PLAN: """\
objectives:
  - id: trust
    title: Be trusted
    supports: company/reliable
    key_results:
      - {id: drills, title: Raise restore drills from 0 to 4}
      - {id: latency, title: Improve latency from 900 ms to 600 ms}
""",
    "okrs/platform/checkins/2026-11-09.yml": "key_results: {drills: 1, latency: 800 ms}\n",
}
NOW = datetime(2027, 6, 1, 12, tzinfo=UTC)


def prepare(case: dict[str, Any], root: Path) -> Repository:
    repository = Repository.new(root)
    repository.write({**FILES, **case.get("before", {})})
    repository.commit(str(case.get("committed", "2026-09-20")), "Plans")
    for path, text in case["after"].items():
        if text is None:
            (root / path).unlink()
        else:
            repository.write({path: text})
    return repository


def check(case: dict[str, Any], root: Path) -> tuple[CheckedChange, Mapping[str, str]]:
    repository = prepare(case, root)
    day = date.fromisoformat(str(case.get("as_of", "2026-11-16")))
    return check_change(repository.root / "okrs", "HEAD", day, now=NOW)


def told(found: CheckedChange) -> list[dict[str, str]]:
    return [
        {"code": p.code, "at": str(p.place), "message": p.message, "mend": p.mend}
        for p in found.checked.problems
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_it_tells_what_a_change_is_answerable_for(case: dict[str, Any], tmp_path: Path) -> None:
    found, texts = check(case, tmp_path / "acme")
    assert told(found) == case["problems"]
    for format in FORMATS:
        text = format_problems(found.checked.problems, format, texts, root="okrs")
        for problem in found.checked.problems:
            assert problem.code.lower() in text.lower()
    assert found.elsewhere == case.get("elsewhere", 0)


BROKEN = """\
objectives:
  - {id: know, title: Know more, supports: company/nothing, key_results: [Reports from 0 to 9]}
"""
AS_OF = ("--source", "okrs", "--as-of", "2026-11-16", "--no-cache")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return a repository with a mistake in a plan of another team's."""
    made = Repository.new(tmp_path / "acme")
    made.write({**FILES, "okrs/data/2026-q4.yml": BROKEN})
    made.commit("2026-09-20", "Plans")
    return made


def run(repository: Repository, *words: str) -> subprocess.CompletedProcess[str]:
    return okrsite_inside("check", *words, *AS_OF, cwd=repository.root)


def test_nobody_waits_for_another_team_s_mistake(repository: Repository) -> None:
    assert run(repository).returncode == 1
    done = run(repository, "--base", "HEAD")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "No problems in what was changed.",
        "1 more problem has nothing to do with this change.",
    ]


def test_what_is_changed_without_a_reason_is_refused(repository: Repository) -> None:
    repository.change(PLAN, "to 600 ms", "to 700 ms")
    done = run(repository, "--base", "main", "--format", "concise")
    assert done.returncode == 1
    assert done.stdout == (
        "platform/2026-q4.yml:7:9: error[OKR-H002] the target of 'trust/latency' changed after "
        "the planning days, and the plan does not say why — add to the plan's amendments: "
        "{date: 2026-11-16, about: trust/latency, why: …}\n"
    )


def test_a_mend_is_enough(repository: Repository) -> None:
    repository.change(PLAN, "to 600 ms", "to 700 ms")
    document = json.loads(run(repository, "--base", "main", "--format", "json").stdout)
    entry = document["problems"][0]["mend"].partition(": ")[2].replace("…", "No TLS then.")
    text = (repository.root / PLAN).read_text(encoding="utf-8")
    repository.write({PLAN: f"{text}amendments:\n  - {entry}\n"})
    assert run(repository, "--base", "main").returncode == 0


def test_what_others_did_meanwhile_is_not_the_change_s(repository: Repository) -> None:
    """A branch is compared with where it left the other one."""
    repository.git("checkout", "--quiet", "-b", "branch")
    repository.write({"okrs/platform/checkins/2026-11-16.yml": "key_results: {drills: 2}\n"})
    repository.commit("2026-11-16", "Check in")
    repository.git("checkout", "--quiet", "main")
    repository.change(PLAN, "to 600 ms", "to 700 ms")
    repository.commit("2026-11-16", "Lower, without a reason")
    repository.git("checkout", "--quiet", "branch")
    assert run(repository, "--base", "main").returncode == 0


def test_both_sides_can_be_read_from_git(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "branch")
    repository.change(PLAN, "to 600 ms", "to 700 ms")
    repository.commit("2026-11-16", "Lower")
    repository.git("checkout", "--quiet", "main")
    done = run(repository, "--base", "main", "--at", "branch", "--format", "concise")
    assert (done.returncode, done.stdout.count("OKR-H002")) == (1, 1)


def test_only_some_files_can_be_asked_for(repository: Repository) -> None:
    repository.change(PLAN, "to 600 ms", "to 700 ms")
    assert run(repository, "okrs/data", "--base", "main").returncode == 0


def test_an_audience_learns_nothing_of_what_is_hidden(repository: Repository) -> None:
    repository.write({"okrs/platform/team.md": "---\nvisibility: leadership\n---\n"})
    repository.commit("2026-10-01", "Hide")
    repository.write({"okrs/platform/team.md": "---\nvisibility: internal\n---\n"})
    repository.change(PLAN, "to 600 ms", "to 700 ms")
    assert run(repository, "--base", "main", "--audience", "public").stdout == (
        "No problems in what was changed.\n"
    )
    assert "OKR-V005" in run(repository, "--base", "main", "--audience", "leadership").stdout


@pytest.mark.parametrize("base", ["nope", "--help", "2020-01-01", ""])
def test_what_is_no_commit_is_wrong_usage(repository: Repository, base: str) -> None:
    done = run(repository, f"--base={base}")
    assert done.returncode == (2 if base else 1)
    assert "commit" in done.stderr or not base


def test_nothing_in_common_is_wrong_usage(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "--orphan", "other")
    repository.commit("2026-11-16", "Another beginning")
    done = run(repository, "--base", "main")
    assert done.returncode == 2
    assert "nothing in common" in done.stderr


def test_a_clone_that_was_cut_short_says_the_mend(repository: Repository, tmp_path: Path) -> None:
    repository.commit("2026-10-01", "Another")
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{repository.root}", "clone")
    done = run(Repository(tmp_path / "clone"), "--base", "HEAD~1")
    assert done.returncode == 2
    assert "fetch-depth" in done.stderr


def test_without_git_it_is_wrong_usage(tmp_path: Path) -> None:
    Repository(tmp_path).write(FILES)
    done = run(Repository(tmp_path), "--base", "main")
    assert done.returncode == 2
    assert "repository" in done.stderr


@pytest.mark.parametrize("code", ["OKR-H002", "OKR-H003", "OKR-V005"])
def test_the_guide_shows_what_is_told(code: str, repository: Repository) -> None:
    repository.write({"okrs/platform/team.md": "---\nvisibility: leadership\n---\n"})
    repository.commit("2026-10-01", "Hide")
    repository.write({"okrs/platform/team.md": "---\nvisibility: internal\n---\n"})
    repository.change(PLAN, "to 600 ms", "to 700 ms")
    repository.change(PLAN, "id: drills, ", "")
    said = run(repository, "--base", "main").stdout
    sections = guide.sections(guide.PROBLEMS.read_text(encoding="utf-8"))
    shown = next(each.message for each in sections if each.code == code)
    assert shown in re.sub(r"\n  = read: .*", "", said)
