"""Twelve weeks of three teams in git: what happened is told, exactly, or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from command import okrsite_inside
from repositories import BO, Repository, git
from test_history import told

from okrsite.company import Loaded, load_company
from okrsite.keep import Keep

CASE = yaml.safe_load((Path(__file__).with_name("cases") / "story.yml").read_text(encoding="utf-8"))
NOW = datetime(2026, 12, 22, 12, tzinfo=UTC)
SOURCE = "content/okrs"
PLANS = {team: f"{SOURCE}/{team}/2026-q4.yml" for team in ("platform", "data", "sales")}
MOVED = f"{SOURCE}/engineering/platform"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Return the repository whose story `cases/story.yml` tells."""
    made = Repository.new(tmp_path_factory.mktemp("story") / "acme")
    made.write(CASE["files"])
    made.commit("2026-09-20", "Plans for the fourth quarter")
    # In the planning days a plan may change.
    made.change(PLANS["data"], "from 0 to 9", "from 0 to 10")
    made.commit("2026-10-10", "A round number")
    check_in(made, 1, 5)
    made.change(PLANS["platform"], "to 600 ms", "to 700 ms")
    append(
        made,
        PLANS["platform"],
        "amendments:\n  - {date: 2026-11-02, about: trust/latency, "
        "why: The old target was measured without TLS.}\n",
    )
    made.commit("2026-11-02", "Update 2026-q4.yml", BO)
    made.change(PLANS["sales"], "to 100", "to 80")
    made.commit("2026-11-09", "Update 2026-q4.yml")
    check_in(made, 6, 6)
    made.change(
        PLANS["data"],
        "  - id: know\n    title: Know more\n",
        "  - id: knowledge\n    aka: [know]\n    title: Decide by what we know\n",
    )
    made.commit("2026-11-10", "Say what knowing is for")
    reorganise(made)
    check_in(made, 7, 8)
    merge(made)
    rewrite(made)
    check_in(made, 9, 12)
    return made


def append(repository: Repository, path: str, text: str) -> None:
    repository.write({path: (repository.root / path).read_text(encoding="utf-8") + text})


def check_in(repository: Repository, first: int, last: int) -> None:
    """Commit the check-ins of all teams, one week after another."""
    for week in range(first, last + 1):
        day = date(2026, 10, 5) + timedelta(weeks=week - 1)
        platform = MOVED if (repository.root / MOVED).exists() else f"{SOURCE}/platform"
        repository.write(
            {
                f"{platform}/checkins/{day}.yml": f"key_results: {{latency: {900 - 15 * week} ms}}\n",
                f"{SOURCE}/data/checkins/{day}.yml": f"key_results: {{reports: {week / 2:g}}}\n",
                f"{SOURCE}/sales/checkins/{day}.yml": f"key_results: {{customers: {5 * week}}}\n",
            }
        )
        repository.commit(str(day), "Check in")


def reorganise(repository: Repository) -> None:
    """Move a team and amend it in the same commit; copy another team's plan for the next quarter."""
    repository.write({f"{SOURCE}/engineering/team.md": "---\ntitle: Engineering\n---\n"})
    repository.git("mv", f"{SOURCE}/platform", MOVED)
    repository.change(f"{MOVED}/2026-q4.yml", "to 700 ms", "to 650 ms")
    text = (repository.root / PLANS["sales"]).read_text(encoding="utf-8")
    repository.write({f"{SOURCE}/sales/2027-q1.yml": text})
    repository.commit("2026-11-16", "Reorganise, and try a little harder")


def merge(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "fewer-reports")
    repository.change(PLANS["data"], "from 0 to 10", "from 0 to 8")
    repository.commit("2026-11-18", "Two reports are enough for the board", BO)
    repository.git("checkout", "--quiet", "main")
    append(repository, PLANS["sales"], "# a comment\n")
    repository.commit("2026-11-19", "A comment")
    repository.merge("2026-11-20", "fewer-reports")


def rewrite(repository: Repository) -> None:
    """Commit what is then taken back, as if it never was; what was kept of it must not stay."""
    repository.change(PLANS["sales"], "to 80", "to 50")
    repository.commit("2026-11-24", "Give up")
    keep = Keep(repository.root.parent / "cache", "1")
    assert "Give up" in str(load_company(repository.root / SOURCE, None, now=NOW, keep=keep))
    repository.git("reset", "--quiet", "--hard", "HEAD~1")
    repository.change(PLANS["sales"], "to 80", "to 75")
    repository.commit("2026-11-25", "Two deals slip into January")


def load(root: Path, keep: Keep | None = None) -> Loaded:
    return load_company(root / SOURCE, None, now=NOW, keep=keep)


def amendments(loaded: Loaded) -> dict[str, list[str]]:
    return {
        f"{plan.owner}@{plan.cycle}": [told(each) for each in plan.amendments]
        for plan in loaded.company.plans
        if plan.amendments
    }


def values(loaded: Loaded) -> list[tuple[str, object, object]]:
    """Return every progress and status."""
    results = (kr for o in loaded.company.objectives() for kr in o.key_results)
    measures = [(str(kr.ref), loaded.measures.key_result(kr.ref)) for kr in results]
    return [(ref, measure.progress, measure.status) for ref, measure in measures]


def test_what_happened_is_told(repository: Repository) -> None:
    assert amendments(load(repository.root)) == CASE["amendments"]


def test_what_was_kept_before_a_rewrite_is_not_told(repository: Repository) -> None:
    keep = Keep(repository.root.parent / "cache", "1")
    assert amendments(load(repository.root, keep)) == CASE["amendments"]


def test_the_score_by_what_was_promised_stands_beside_the_current_one(
    repository: Repository,
) -> None:
    plans = load(repository.root).company.plans
    targets = {
        plan.owner: [
            str(kr.target.value) for o in plan.original for kr in o.key_results if kr.target
        ]
        for plan in plans
        if plan.original
    }
    assert targets == CASE["original"]


def test_pages_and_charts_tell_it(repository: Repository, tmp_path: Path) -> None:
    done = okrsite_inside(
        "build",
        "--as-of",
        "2026-12-22",
        "--site-dir",
        tmp_path / "site",
        "--no-cache",
        cwd=repository.root,
    )
    assert done.returncode == 0, done.stderr
    for path, expected in CASE["pages"].items():
        page = (tmp_path / "site" / path).read_text(encoding="utf-8")
        text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
        assert [line for line in expected if line not in text] == []
        assert "Give up" not in page


def test_a_diff_tells_it(repository: Repository) -> None:
    words = ("--source", SOURCE, "--as-of", "2026-12-22")
    done = okrsite_inside("diff", "2026-10-31", "HEAD", *words, cwd=repository.root)
    assert done.stdout == CASE["diff"]


def test_a_digest_tells_it(repository: Repository) -> None:
    words = ("--source", SOURCE, "--as-of", "2026-12-22", "--since", "2026-11-09")
    done = okrsite_inside("digest", *words, cwd=repository.root)
    assert done.stdout == CASE["digest"]


def clone(repository: Repository, there: Path, *words: str) -> Path:
    git(repository.root.parent, "clone", "--quiet", *words, f"file://{repository.root}", str(there))
    return there


def detached(repository: Repository, there: Path) -> Path:
    clone(repository, there)
    git(there, "checkout", "--quiet", "--detach")
    return there


def linked(repository: Repository, there: Path) -> Path:
    main = clone(repository, there.with_name("main"))
    git(main, "worktree", "add", "--quiet", "--detach", str(there))
    return there


def submodule(repository: Repository, there: Path) -> Path:
    outer = Repository.new(there.with_name("outer"))
    outer.commit("2026-12-20", "Around")
    allowed = ("-c", "protocol.file.allow=always")
    outer.git(*allowed, "submodule", "--quiet", "add", f"file://{repository.root}", "inner")
    return outer.root / "inner"


def shallow(repository: Repository, there: Path) -> Path:
    return clone(repository, there, "--depth", "1")


def partial(repository: Repository, there: Path) -> Path:
    """Clone without what only the past holds."""
    repository.git("config", "uploadpack.allowFilter", "true")
    return clone(repository, there, "--filter=blob:none")


def without_git(repository: Repository, there: Path) -> Path:
    shutil.copytree(repository.root, there)
    shutil.rmtree(there / ".git")
    return there


@pytest.mark.parametrize("elsewhere", [clone, detached, linked, submodule])
def test_it_is_the_same_elsewhere_in_git(
    repository: Repository, tmp_path: Path, elsewhere: Callable[[Repository, Path], Path]
) -> None:
    loaded = load(elsewhere(repository, tmp_path / "there"))
    assert amendments(loaded) == CASE["amendments"]
    assert values(loaded) == values(load(repository.root))
    assert loaded.problems == load(repository.root).problems


@pytest.mark.parametrize(
    ("elsewhere", "history", "notices"),
    [(shallow, "shallow", 1), (partial, "damaged", 1), (without_git, "repository", 0)],
)
def test_where_git_has_less_nothing_wrong_is_told(
    repository: Repository,
    tmp_path: Path,
    elsewhere: Callable[[Repository, Path], Path],
    history: str,
    notices: int,
) -> None:
    loaded = load(elsewhere(repository, tmp_path / "there"))
    assert loaded.company.history == history
    # What the plans say themselves stays; nothing of it claims to be from git.
    assert amendments(loaded) == CASE["said"]
    assert [plan.original for plan in loaded.company.plans if plan.original] == []
    assert values(loaded) == values(load(repository.root))
    codes = [problem.code for problem in loaded.problems]
    assert codes.count("OKR-H001") == notices


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="not root")
def test_what_belongs_to_somebody_else_is_not_trusted(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = clone(repository, tmp_path / "there")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for path in (there, there / ".git"):
        os.chown(path, 12345, 12345)
    loaded = load(there)
    assert (loaded.company.history, amendments(loaded)) == ("owner", CASE["said"])
    (notice,) = (problem for problem in loaded.problems if problem.code == "OKR-H001")
    assert "safe.directory" in notice.mend
