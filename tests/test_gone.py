"""Check-ins that speak of what no plan has: git tells whether it was there once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from repositories import Repository, git
from test_history import PLATFORM, amendments, planned

from okrsite.checked import check_company
from okrsite.company import load_company
from okrsite.keep import Keep

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATENCY = "      - id: latency\n        title: Improve latency from 900 ms to 600 ms\n"
GONE = "'{}' is in a check-in, but in no plan any more"
NEVER = "no key result in this team's plan is called '{}'"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return a repository whose plan lost a key result that had been checked in."""
    made = planned(tmp_path / "acme")
    made.write({"okrs/platform/checkins/2026-11-09.yml": "key_results:\n  latency: 720\n"})
    made.commit("2026-11-09", "Check in")
    made.change(PLATFORM, LATENCY, "")
    made.commit("2026-11-16", "It is fast enough")
    return made


def check_in(repository: Repository, day: str, name: str) -> None:
    text = f"key_results:\n  {name}: 720\n"
    repository.write({f"okrs/platform/checkins/{day}.yml": text})


def problems(root: Path, keep: Keep | None = None) -> list[tuple[str, str]]:
    checked, _ = check_company(root / "okrs", None, now=NOW, keep=keep)
    loaded = load_company(root / "okrs", None, "leadership", now=NOW, keep=keep)
    found = [(p.code, p.message) for p in checked.problems if p.code.startswith("OKR-C")]
    assert found == [(p.code, p.message) for p in loaded.problems if p.code.startswith("OKR-C")]
    return found


def test_what_was_in_the_plan_once_is_a_warning(repository: Repository) -> None:
    assert problems(repository.root) == [("OKR-C013", GONE.format("latency"))]


def test_and_its_past_stays_with_its_objective(repository: Repository) -> None:
    assert amendments(repository) == [
        "2026-11-16 trust/latency removed: Improve latency from 900 ms to 600 ms → – "
        "(ana: It is fast enough)"
    ]


@pytest.mark.parametrize(
    "name", ["trust/latency", "platform/trust/latency", "Improve latency from 900 ms to 600 ms"]
)
def test_by_every_name_that_it_had(repository: Repository, name: str) -> None:
    check_in(repository, "2026-11-09", name)
    assert problems(repository.root) == [("OKR-C013", GONE.format(name))]


def test_what_never_was_is_a_mistake_however_often_it_is_made(repository: Repository) -> None:
    for day in ("2026-11-09", "2026-11-16"):
        check_in(repository, day, "uptime")
    assert problems(repository.root) == [("OKR-C001", NEVER.format("uptime"))]


def test_also_after_the_team_has_moved(repository: Repository) -> None:
    (repository.root / "okrs/engineering").mkdir()
    repository.git("mv", "okrs/platform", "okrs/engineering/platform")
    repository.commit("2026-11-17", "Reorganise")
    assert problems(repository.root) == [("OKR-C013", GONE.format("latency"))]


@pytest.mark.parametrize("depth", ["--depth=1", ""])
def test_where_git_cannot_tell_how_often_it_is_used_tells(
    repository: Repository, tmp_path: Path, depth: str
) -> None:
    there = tmp_path / "there"
    words = [word for word in ("clone", "--quiet", depth) if word]
    git(tmp_path, *words, f"file://{repository.root}", str(there))
    if not depth:
        (there / ".git").rename(tmp_path / "elsewhere")
    assert problems(there) == [("OKR-C001", NEVER.format("latency"))]
    check_in(Repository(there), "2026-11-16", "latency")
    assert problems(there) == [
        ("OKR-C013", GONE.format("latency").replace("a check-in", "2 check-ins"))
    ]


def test_what_is_kept_of_a_check_does_not_outlive_what_git_tells(
    repository: Repository, tmp_path: Path
) -> None:
    keep = Keep(tmp_path / "cache", "1")
    check_in(repository, "2026-11-09", "uptime")
    assert problems(repository.root, keep) == [("OKR-C001", NEVER.format("uptime"))]
    repository.change(PLATFORM, "id: sev1", "id: uptime")
    repository.commit("2026-11-17", "Uptime")
    repository.change(PLATFORM, "id: uptime", "id: sev1")
    repository.commit("2026-11-18", "No, incidents")
    assert problems(repository.root, keep) == [("OKR-C013", GONE.format("uptime"))]


def test_nobody_learns_of_it_who_may_not_see_the_check_in(repository: Repository) -> None:
    rules = "audiences: [public, internal, leadership]\ndefault_visibility: internal\n"
    repository.write({"okrs/okrs.yml": rules})
    told = [
        [p.code for p in load_company(repository.root / "okrs", None, who, now=NOW).problems]
        for who in ("internal", "leadership")
    ]
    assert told == [[], ["OKR-C013"]]
