"""Commands that look back read the files as git had them, and never touch the work tree."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command import okrsite_inside, write_tree
from repositories import Repository, git

from okrsite.company import load_company
from okrsite.keep import Keep
from okrsite.site.content import NoPastError

PLAN = """\
objectives:
  - id: grow
    title: Grow
    key_results:
      - {id: sales, title: Raise sales from 0 to 10}
"""
SOURCE = "content/okrs"
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return a repository in which a target was lowered and a picture changed."""
    made = Repository.new(tmp_path / "acme")
    made.write({"mkdocs.yml": "site_name: Acme\nplugins: [{okrsite: {as_of: 2026-12-01}}]\n"})
    made.write({f"{SOURCE}/2026-q4.yml": PLAN})
    made.commit("2026-09-20", "Plan")
    made.write({f"{SOURCE}/checkins/2026-11-02.yml": "key_results: {sales: 4}\n"})
    made.commit("2026-11-02", "Check in")
    made.change(f"{SOURCE}/2026-q4.yml", "to 10", "to 5")
    made.commit("2026-11-20", "Half will do")
    return made


def run(repository: Repository, *words: str) -> str:
    done = okrsite_inside(*words, cwd=repository.root)
    assert done.returncode == 0, done.stderr
    return done.stdout


def sales(document: str) -> dict[str, object]:
    (row,) = json.loads(document)["key_results"]
    return {name: row[name] for name in ("target", "current", "progress")}


@pytest.mark.parametrize(
    ("at", "expected", "as_of"),
    [
        ("HEAD", {"target": 5, "current": 4, "progress": 0.8}, "2026-11-20"),
        ("HEAD~1", {"target": 10, "current": 4, "progress": 0.4}, "2026-11-02"),
        ("2026-11-19", {"target": 10, "current": 4, "progress": 0.4}, "2026-11-19"),
        ("2026-11-20", {"target": 5, "current": 4, "progress": 0.8}, "2026-11-20"),
        ("main~2", {"target": 10, "current": None, "progress": 0}, "2026-09-20"),
    ],
)
def test_export_tells_what_it_was(
    repository: Repository, at: str, expected: dict[str, object], as_of: str
) -> None:
    said = run(repository, "export", "--at", at)
    assert sales(said) == expected
    assert json.loads(said)["as_of"] == as_of


def test_the_day_to_speak_of_can_be_another(repository: Repository) -> None:
    said = run(repository, "export", "--at", "HEAD~1", "--as-of", "2026-10-10")
    assert sales(said)["current"] is None


def test_the_work_tree_is_neither_read_nor_touched(repository: Repository) -> None:
    before = run(repository, "export", "--at", "HEAD")
    (repository.root / SOURCE / "2026-q4.yml").write_text("broken: [")
    status = git(repository.root, "status", "--porcelain")
    assert run(repository, "export", "--at", "HEAD") == before
    run(repository, "check", "--at", "HEAD")
    assert git(repository.root, "status", "--porcelain").startswith(status)


def test_show_and_check_look_back(repository: Repository) -> None:
    assert "(4 − 0) ÷ (10 − 0) = 40" in run(
        repository, "show", "company/grow/sales", "--at", "HEAD~1"
    )
    repository.write({f"{SOURCE}/2026-q4.yml": PLAN + "        stretch: [\n"})
    repository.commit("2026-11-21", "Break it")
    assert okrsite_inside("check", cwd=repository.root).returncode == 1
    assert okrsite_inside("check", "--at", "HEAD~1", cwd=repository.root).returncode == 0


def test_build_looks_back_also_from_its_cache(repository: Repository) -> None:
    for _ in range(2):
        run(repository, "build", "--at", "HEAD~1", "--site-dir", "then")
    run(repository, "build", "--site-dir", "now")
    then, now = (repository.root / each / "data/okrs.json" for each in ("then", "now"))
    assert sales(then.read_text())["target"] == 10
    assert sales(now.read_text())["target"] == 5


def test_a_commit_between_two_builds_is_told(repository: Repository) -> None:
    """The files are the same to the byte, and yet one more change has happened to them."""
    run(repository, "build")
    repository.change(f"{SOURCE}/2026-q4.yml", "to 5", "to 7")
    repository.commit("2026-11-24", "More")
    repository.change(f"{SOURCE}/2026-q4.yml", "to 7", "to 5")
    repository.commit("2026-11-25", "Less")
    run(repository, "build")
    document = json.loads((repository.root / "site/data/okrs.json").read_text())
    assert [row["why"] for row in document["amendments"]] == ["Half will do", "More", "Less"]
    page = (repository.root / "site/teams/company/2026-q4/grow/index.html").read_text()
    assert page.count("target 7 → 5") >= 1


@pytest.mark.parametrize("at", ["nope", "2020-01-01", "--help"])
def test_what_was_not_is_wrong_usage(repository: Repository, at: str) -> None:
    done = okrsite_inside("export", f"--at={at}", cwd=repository.root)
    assert done.returncode == 2
    assert "commit" in done.stderr


def test_without_a_repository_it_is_wrong_usage(tmp_path: Path) -> None:
    write_tree(tmp_path, {"2026-q4.yml": PLAN})
    done = okrsite_inside("export", "--at", "HEAD", cwd=tmp_path)
    assert done.returncode == 2
    assert "no repository" in done.stderr


class TestIncomplete:
    """Where git does not have it all, nothing wrong is told, and it is said once."""

    @pytest.fixture
    def shallow(self, repository: Repository, tmp_path: Path) -> Path:
        git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{repository.root}", "clone")
        return tmp_path / "clone"

    def test_a_shallow_clone_tells_no_amendment(self, shallow: Path) -> None:
        loaded = load_company(shallow / SOURCE, None, now=NOW)
        assert loaded.company.history == "shallow"
        assert loaded.company.plans[0].amendments == ()
        assert [problem.code for problem in loaded.problems] == ["OKR-H001"]

    def test_its_pages_say_so_once(self, shallow: Path) -> None:
        done = okrsite_inside("build", cwd=shallow)
        assert done.stderr.count("OKR-H001") == 1
        page = (shallow / "site/teams/company/2026-q4/grow/index.html").read_text()
        assert page.count("The history is incomplete here") == 1

    def test_what_lies_in_it_can_be_read(self, shallow: Path) -> None:
        assert load_company(shallow / SOURCE, None, now=NOW, at="HEAD").company.plans
        with pytest.raises(NoPastError, match="fetch-depth"):
            load_company(shallow / SOURCE, None, now=NOW, at="2026-10-01")

    def test_a_folder_without_git_says_nothing(self, tmp_path: Path) -> None:
        write_tree(tmp_path, {"2026-q4.yml": PLAN})
        loaded = load_company(tmp_path, None, now=NOW)
        assert (loaded.company.history, loaded.problems) == ("repository", ())

    @pytest.mark.parametrize("how", ["detached", "worktree"])
    def test_elsewhere_in_git_it_is_the_same(
        self, repository: Repository, tmp_path: Path, how: str
    ) -> None:
        there = repository.root
        if how == "detached":
            repository.git("checkout", "--quiet", "--detach")
        else:
            there = tmp_path / "linked"
            repository.git("worktree", "add", "--quiet", "--detach", str(there))
        plan = load_company(there / SOURCE, None, now=NOW).company.plans[0]
        assert [each.why for each in plan.amendments] == ["Half will do"]


def test_what_is_kept_of_the_log_goes_on(repository: Repository, tmp_path: Path) -> None:
    source, keep = repository.root / SOURCE, Keep(tmp_path / "cache", "1")
    before = load_company(source, None, now=NOW, keep=keep).company
    repository.write({f"{SOURCE}/checkins/2026-11-23.yml": "key_results: {sales: 5}\n"})
    repository.commit("2026-11-23", "Check in")
    after = load_company(source, None, now=NOW, keep=keep).company
    assert after == load_company(source, None, now=NOW).company
    assert after.plans[0].amendments == before.plans[0].amendments


def test_a_check_in_is_signed_as_soon_as_it_is_committed(
    repository: Repository, tmp_path: Path
) -> None:
    """Whether the company is resolved whole or only its evidence is renewed."""
    source, keep = repository.root / SOURCE, Keep(tmp_path / "cache", "1")
    repository.write({f"{SOURCE}/people.yml": "ana: {name: Ana Sousa}\n"})
    repository.commit("2026-11-21", "People")
    load_company(source, None, now=NOW, keep=keep)
    repository.write({f"{SOURCE}/checkins/2026-11-23.yml": "key_results: {sales: 5}\n"})
    for by in ("", "ana"):
        company = load_company(source, None, now=NOW, keep=keep).company
        assert company == load_company(source, None, now=NOW).company
        assert company.plans[0].objectives[0].key_results[0].check_ins[-1].by == by
        repository.commit("2026-11-23", "Check in")
