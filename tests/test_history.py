"""Git's log → what each plan was and how it changed; by repositories made for each case."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from repositories import ANA, BO, Repository, git

from okrsite.audience import see_company
from okrsite.history import (
    Log,
    Missing,
    NoHistoryError,
    NoSuchCommitError,
    Past,
    find_commit,
    find_commit_of_day,
    open_repository,
    read_log,
    tell_history,
)
from okrsite.measure import measure_company
from okrsite.model import Amendment, Company, Plan, Reference
from okrsite.read import read_company
from okrsite.resolve import resolve_company
from okrsite.tree import read_listing

PLAN = """\
objectives:
  - id: trust
    title: Be trusted
    key_results:
      - id: sev1
        title: Reduce incidents from 6 to 2
      - id: latency
        title: Improve latency from 900 ms to 600 ms
"""
PEOPLE = "ana: {name: Ana Sousa, email: ana@acme.example}\nbo: {name: Bo Lindqvist}\n"
PLATFORM = "okrs/platform/2026-q4.yml"


def planned(root: Path) -> Repository:
    """Make a repository whose only plan was committed before its cycle began."""
    made = Repository.new(root)
    made.write({PLATFORM: PLAN, "okrs/people.yml": PEOPLE})
    made.commit("2026-09-20", "Plans for the fourth quarter")
    return made


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return planned(tmp_path / "acme")


def company_of(root: Path, as_of: str = "2026-12-20") -> Company:
    """Return the company in a folder, with its past."""
    reading, day = read_company(root), date.fromisoformat(as_of)
    whole = resolve_company(reading, day, day)
    assert whole.ground
    git_of = open_repository(root)
    return tell_history(whole.company, reading, whole.ground, git_of, read_log(git_of))


def plan_of(repository: Repository, owner: str = "platform", as_of: str = "2026-12-20") -> Plan:
    plan = company_of(repository.root / "okrs", as_of).plan(owner, "2026-q4")
    assert plan
    return plan


def told(amendment: Amendment) -> str:
    """Return an amendment in a line."""
    change = amendment.change
    if change is None:
        return f"{amendment.date} {amendment.about}: {amendment.why}"
    values = [
        "–" if v is None else f"{v.quantity.value:f}" if v.quantity else str(v.day or v.text)
        for v in (change.before, change.after)
    ]
    about = amendment.about
    name = "plan" if about is None else "/".join(filter(None, (about.objective, about.key_result)))
    who = amendment.by or amendment.author
    return f"{amendment.date} {name} {change.term}: {' → '.join(values)} ({who}: {amendment.why})"


def amendments(repository: Repository, **where: str) -> list[str]:
    return [told(each) for each in plan_of(repository, **where).amendments]


class TestAmendments:
    def test_a_plan_that_nobody_changed_has_none(self, repository: Repository) -> None:
        plan = plan_of(repository)
        assert (plan.amendments, plan.original) == ((), None)

    def test_a_change_in_the_planning_days_is_none(self, repository: Repository) -> None:
        repository.change(PLATFORM, "to 2", "to 3")
        repository.commit("2026-10-12", "Less ambitious")
        assert amendments(repository) == []

    def test_a_target_that_was_lowered(self, repository: Repository) -> None:
        repository.change(PLATFORM, "to 2", "to 4")
        repository.commit("2026-11-02", "The old target was measured without TLS", BO)
        assert amendments(repository) == [
            "2026-11-02 trust/sev1 target: 2 → 4 (bo: The old target was measured without TLS)"
        ]
        (objective,) = plan_of(repository).original or ()
        assert [kr.target and kr.target.value for kr in objective.key_results] == [2, 600]

    def test_the_plan_s_own_reason_counts_before_the_commit_s(self, repository: Repository) -> None:
        repository.change(PLATFORM, "to 600 ms", "to 700 ms")
        reason = "amendments: [{date: 2026-11-02, about: trust/latency, why: No TLS then.}]\n"
        repository.write({PLATFORM: (repository.root / PLATFORM).read_text() + reason})
        repository.commit("2026-11-02", "Update okrs/platform/2026-q4.yml")
        assert amendments(repository) == [
            "2026-11-02 trust/latency target: 600 → 700 (ana: No TLS then.)"
        ]

    @pytest.mark.parametrize(
        "subject",
        [
            "Update 2026-q4.yml",
            "Update okrs/platform/2026-q4.yml",
            "Edit 2026-q4.yml",
            "Merge branch 'main' of github.com:acme/okrs",
            "Add files via upload",
        ],
    )
    def test_what_a_forge_writes_is_no_reason(self, repository: Repository, subject: str) -> None:
        repository.change(PLATFORM, "to 2", "to 4")
        repository.commit("2026-11-02", subject)
        assert amendments(repository) == ["2026-11-02 trust/sev1 target: 2 → 4 (ana: )"]

    def test_what_came_and_went(self, repository: Repository) -> None:
        repository.change(
            PLATFORM,
            "      - id: latency\n        title: Improve latency from 900 ms to 600 ms\n",
            "      - id: drills\n        title: Run restore drills from 1 to 4\n",
        )
        repository.commit("2026-11-09", "Drills matter more")
        assert amendments(repository) == [
            "2026-11-09 trust/drills added: – → Run restore drills from 1 to 4 (ana: Drills matter more)",
            "2026-11-09 trust/latency removed: Improve latency from 900 ms to 600 ms → – "
            "(ana: Drills matter more)",
        ]
        (objective,) = plan_of(repository).original or ()
        assert [kr.ref.key_result for kr in objective.key_results] == ["sev1", "latency", "drills"]

    def test_a_title_without_an_id_that_is_reworded(self, repository: Repository) -> None:
        repository.change(
            PLATFORM, "      - id: sev1\n        title: Reduce inc", "      - Reduce inc"
        )
        repository.commit("2026-09-21", "No id")
        repository.change(PLATFORM, "Reduce incidents", "Reduce severe incidents")
        repository.commit("2026-11-09", "Clearer")
        assert amendments(repository) == [
            "2026-11-09 trust/reduce-severe-incidents-from title: Reduce incidents from 6 to 2 → "
            "Reduce severe incidents from 6 to 2 (ana: Clearer)"
        ]

    def test_a_former_id_is_followed(self, repository: Repository) -> None:
        repository.change(PLATFORM, "id: sev1\n", "id: incidents\n        aka: [sev1]\n")
        repository.commit("2026-11-01", "A better id")
        repository.change(PLATFORM, "to 2", "to 3")
        repository.commit("2026-11-09", "Too ambitious")
        assert amendments(repository) == [
            "2026-11-09 trust/incidents target: 2 → 3 (ana: Too ambitious)"
        ]

    def test_a_team_that_moved_keeps_its_past(self, repository: Repository) -> None:
        repository.change(PLATFORM, "to 2", "to 3")
        repository.commit("2026-11-02", "Too ambitious")
        (repository.root / "okrs/engineering").mkdir()
        repository.git("mv", "okrs/platform", "okrs/engineering/platform")
        repository.commit("2026-11-10", "Reorganised")
        repository.change("okrs/engineering/platform/2026-q4.yml", "to 3", "to 4")
        repository.commit("2026-11-16", "Still too ambitious")
        assert amendments(repository) == [
            "2026-11-02 trust/sev1 target: 2 → 3 (ana: Too ambitious)",
            "2026-11-16 trust/sev1 target: 3 → 4 (ana: Still too ambitious)",
        ]

    def test_a_plan_that_was_committed_late_has_two_weeks(self, repository: Repository) -> None:
        repository.write({"okrs/data/2026-q4.yml": PLAN})
        repository.commit("2026-11-01", "Late")
        repository.change("okrs/data/2026-q4.yml", "to 2", "to 3")
        repository.commit("2026-11-10", "Within two weeks")
        repository.change("okrs/data/2026-q4.yml", "to 3", "to 4")
        repository.commit("2026-11-20", "After them")
        assert amendments(repository, owner="data") == [
            "2026-11-20 trust/sev1 target: 3 → 4 (ana: After them)"
        ]

    def test_a_closed_cycle_that_was_imported_whole_has_none(self, repository: Repository) -> None:
        repository.write({"okrs/data/2026-q4.yml": PLAN})
        repository.commit("2027-01-20", "Import")
        repository.change("okrs/data/2026-q4.yml", "to 2", "to 3")
        repository.commit("2027-02-20", "Correct the import")
        assert amendments(repository, owner="data", as_of="2027-03-01") == []

    def test_a_draft_that_becomes_active_is_added_then(self, repository: Repository) -> None:
        draft = "  - id: next\n    title: Next\n    state: draft\n    key_results: [Sales from 1 to 9]\n"
        repository.write({PLATFORM: PLAN + draft})
        repository.commit("2026-10-01", "An idea")
        repository.change(PLATFORM, "from 1 to 9", "from 1 to 8")
        repository.commit("2026-11-01", "Still an idea")
        repository.change(PLATFORM, "    state: draft\n", "")
        repository.commit("2026-11-05", "We do it")
        assert amendments(repository) == ["2026-11-05 next added: – → Next (ana: We do it)"]
        original = plan_of(repository).original or ()
        assert [kr.title for kr in original[1].key_results] == ["Sales from 1 to 8"]

    def test_a_merge_counts_on_its_day_for_its_author(self, repository: Repository) -> None:
        repository.branch("lower")
        repository.change(PLATFORM, "to 2", "to 4")
        repository.commit("2026-10-10", "Lower the target", ANA)
        repository.switch("main")
        repository.merge("2026-11-20", "lower", BO)
        assert amendments(repository) == [
            "2026-11-20 trust/sev1 target: 2 → 4 (ana: Lower the target)"
        ]

    def test_of_a_branch_each_change_is_whose_commit_made_it(self, repository: Repository) -> None:
        repository.branch("lower")
        repository.change(PLATFORM, "to 2", "to 4")
        repository.commit("2026-10-10", "Lower the target", ANA)
        repository.change(PLATFORM, "title: Be trusted\n", "title: Be trusted\n    weight: 2\n")
        repository.commit("2026-10-11", "It weighs more", BO)
        repository.change(PLATFORM, "title: Be trusted\n", "title: Be trusted\n    why: Outages\n")
        repository.commit("2026-10-12", "Fix a typo", BO)
        repository.switch("main")
        repository.merge("2026-11-20", "lower", BO)
        assert amendments(repository) == [
            "2026-11-20 trust weight: 1 → 2 (bo: It weighs more)",
            "2026-11-20 trust/sev1 target: 2 → 4 (ana: Lower the target)",
        ]

    def test_a_branch_that_was_changed_back_and_forth_ends_with_its_last_word(
        self, repository: Repository
    ) -> None:
        repository.branch("lower")
        for target, subject, author in (
            ("to 4", "Four", BO),
            ("to 5", "Five", ANA),
            ("to 4", "Four after all", ANA),
        ):
            before = "to 5" if subject == "Four after all" else "to 4" if author == ANA else "to 2"
            repository.change(PLATFORM, before, target)
            repository.commit("2026-10-10", subject, author)
        repository.switch("main")
        repository.merge("2026-11-20", "lower", BO)
        assert amendments(repository) == [
            "2026-11-20 trust/sev1 target: 2 → 4 (ana: Four after all)"
        ]

    @pytest.mark.parametrize("is_followed", [False, True])
    def test_a_merge_of_two_sides_credits_who_changed_what(
        self, repository: Repository, is_followed: bool
    ) -> None:
        repository.branch("lower")
        repository.change(PLATFORM, "to 2", "to 4")
        repository.commit("2026-10-10", "Lower the target", ANA)
        repository.switch("main")
        repository.change(PLATFORM, "to 600 ms", "to 650 ms")
        repository.commit("2026-11-02", "Slower", BO)
        repository.merge("2026-11-20", "lower", BO)
        if is_followed:
            repository.change(PLATFORM, "to 650 ms", "to 660 ms")
            repository.commit("2026-11-21", "Slower still", BO)
        told = [
            "2026-11-02 trust/latency target: 600 → 650 (bo: Slower)",
            "2026-11-20 trust/sev1 target: 2 → 4 (ana: Lower the target)",
            "2026-11-21 trust/latency target: 650 → 660 (bo: Slower still)",
        ]
        assert amendments(repository) == told[: 2 + is_followed]

    def test_what_a_merge_decides_itself_is_whose_merge_it_is(self, repository: Repository) -> None:
        repository.branch("lower")
        repository.change(PLATFORM, "to 2", "to 4")
        repository.change(PLATFORM, "title: Be trusted\n", "title: Be trusted\n    weight: 2\n")
        repository.commit("2026-10-10", "Lower the target", ANA)
        repository.switch("main")
        repository.change(PLATFORM, "to 2", "to 3")
        repository.commit("2026-11-02", "A little", ANA)
        who = ("-c", "user.name=Bo", "-c", "user.email=bo@example.com")
        repository.git(*who, "merge", "--quiet", "--no-commit", "-X", "ours", "lower")
        repository.change(PLATFORM, "to 3", "to 5")
        repository.commit("2026-11-20", "Merge branch 'lower'", BO)
        assert amendments(repository) == [
            "2026-11-02 trust/sev1 target: 2 → 3 (ana: A little)",
            "2026-11-20 trust weight: 1 → 2 (ana: Lower the target)",
            "2026-11-20 trust/sev1 target: 3 → 5 (bo: )",
        ]

    def test_what_a_branch_took_from_main_is_whose_it_was_there(
        self, repository: Repository
    ) -> None:
        repository.branch("lower")
        repository.change(PLATFORM, "title: Be trusted\n", "title: Be trusted\n    weight: 2\n")
        repository.commit("2026-10-10", "It weighs more", ANA)
        repository.switch("main")
        repository.change(PLATFORM, "to 2", "to 4")
        repository.commit("2026-11-02", "Lower the target", BO)
        repository.switch("lower")
        repository.merge("2026-11-03", "main", ANA)
        repository.switch("main")
        repository.merge("2026-11-20", "lower", BO)
        assert amendments(repository) == [
            "2026-11-02 trust/sev1 target: 2 → 4 (bo: Lower the target)",
            "2026-11-20 trust weight: 1 → 2 (ana: It weighs more)",
        ]

    def test_a_branch_within_a_branch_is_whose_commits_it_has(self, repository: Repository) -> None:
        repository.branch("inner")
        repository.change(PLATFORM, "to 2", "to 4")
        repository.commit("2026-10-10", "Lower the target", ANA)
        repository.branch("outer", "main")
        repository.change(PLATFORM, "to 600 ms", "to 650 ms")
        repository.commit("2026-10-11", "Slower", BO)
        repository.merge("2026-10-12", "inner", BO)
        repository.switch("main")
        repository.merge("2026-11-20", "outer", BO)
        assert amendments(repository) == [
            "2026-11-20 trust/sev1 target: 2 → 4 (ana: Lower the target)",
            "2026-11-20 trust/latency target: 600 → 650 (bo: Slower)",
        ]

    def test_a_plan_that_moved_on_a_branch_is_followed_there(self, repository: Repository) -> None:
        repository.branch("lower")
        repository.change(PLATFORM, "to 2", "to 4")
        repository.commit("2026-10-10", "Lower the target", ANA)
        repository.git("mv", "okrs/platform", "okrs/base")
        repository.write({"okrs/base/team.md": "---\nid: platform\n---\n"})
        repository.commit("2026-10-11", "Call it base", BO)
        repository.switch("main")
        repository.merge("2026-11-20", "lower", BO)
        assert amendments(repository) == [
            "2026-11-20 trust/sev1 target: 2 → 4 (ana: Lower the target)"
        ]

    def test_a_version_that_could_not_be_read_is_passed_over(self, repository: Repository) -> None:
        repository.change(PLATFORM, "to 2", "to 3\n      - {title: x")
        repository.commit("2026-11-02", "Broken")
        repository.change(PLATFORM, "to 3\n      - {title: x", "to 4")
        repository.commit("2026-11-03", "Mended")
        assert amendments(repository) == ["2026-11-03 trust/sev1 target: 2 → 4 (ana: Mended)"]

    @pytest.mark.parametrize("is_committed", [True, False])
    def test_what_stands_behind_a_mistake_was_not_removed(
        self, repository: Repository, is_committed: bool
    ) -> None:
        repository.change(PLATFORM, "to 2", "to 4")
        repository.commit("2026-11-02", "Lower")
        repository.change(PLATFORM, "      - id: latency\n", "      - [x\n")
        if is_committed:
            repository.commit("2026-11-03", "Break it")
        assert amendments(repository) == ["2026-11-02 trust/sev1 target: 2 → 4 (ana: Lower)"]

    def test_what_is_not_committed_has_no_author(self, repository: Repository) -> None:
        repository.change(PLATFORM, "to 2", "to 4")
        (only,) = plan_of(repository).amendments
        assert (only.by, only.author, only.commit) == ("", "", "")
        assert told(only).startswith("2026-12-20 trust/sev1 target: 2 → 4")

    def test_what_lies_after_the_day_is_not_told(self, repository: Repository) -> None:
        repository.change(PLATFORM, "to 2", "to 4")
        repository.commit("2026-11-20", "Later")
        assert amendments(repository, as_of="2026-11-19") == []

    def test_evidence_is_none(self, repository: Repository) -> None:
        repository.write({"okrs/platform/checkins/2026-11-16.yml": "key_results: {sev1: 4}\n"})
        repository.change(
            PLATFORM,
            "to 600 ms\n",
            "to 600 ms\n        done: 2026-11-20\n        initiatives: [Cache]\n",
        )
        repository.commit("2026-11-20", "Done")
        assert amendments(repository) == []

    def test_a_mailmap_of_the_tree_forges_nobody(self, repository: Repository) -> None:
        repository.write({".mailmap": "Mallory <mallory@evil.example> <ana@acme.example>\n"})
        repository.change(PLATFORM, "to 2", "to 4")
        repository.commit("2026-11-02", "Lower")
        assert amendments(repository) == ["2026-11-02 trust/sev1 target: 2 → 4 (ana: Lower)"]


class TestAuthors:
    """Check-ins in which nobody is named are their first commit's author's."""

    def signed(self, repository: Repository) -> list[str]:
        company = company_of(repository.root / "okrs")
        (objective,) = company.plans[0].objectives
        named = {weekly.date: weekly.by for weekly in company.weeklies}
        said = objective.key_results[0].check_ins
        assert {each.date: each.by for each in said} == named
        return [each.by for each in said]

    def check_in(self, repository: Repository, name: str, more: str = "") -> str:
        path = f"okrs/platform/checkins/{name}.yml"
        repository.write({path: f"key_results: {{sev1: 4}}\nnote: x\n{more}"})
        return path

    def test_it_is_who_committed_the_file_first(self, repository: Repository) -> None:
        path = self.check_in(repository, "2026-11-09")
        repository.commit("2026-11-09", "Check in", BO)
        repository.change(path, "sev1: 4", "sev1: 3")
        repository.commit("2026-11-10", "Correct a number", ANA)
        assert self.signed(repository) == ["bo"]

    def test_what_the_file_says_counts_before(self, repository: Repository) -> None:
        self.check_in(repository, "2026-11-09", "by: ana\n")
        self.check_in(repository, "2026-11-16.ana")
        repository.commit("2026-11-16", "Check in", BO)
        assert self.signed(repository) == ["ana", "ana"]

    def test_who_is_in_no_list_is_nobody(self, repository: Repository) -> None:
        self.check_in(repository, "2026-11-09")
        repository.commit("2026-11-09", "Check in", "Bot <bot@acme.example>")
        assert self.signed(repository) == [""]

    def test_nobody_knows_before_it_is_committed(self, repository: Repository) -> None:
        self.check_in(repository, "2026-11-09")
        assert self.signed(repository) == [""]

    def test_it_stays_when_the_team_moves(self, repository: Repository) -> None:
        self.check_in(repository, "2026-11-09")
        repository.commit("2026-11-09", "Check in", BO)
        (repository.root / "okrs/engineering").mkdir()
        repository.git("mv", "okrs/platform", "okrs/engineering/platform")
        repository.commit("2026-11-10", "Reorganise")
        assert self.signed(repository) == ["bo"]


class TestMissing:
    def test_no_repository(self, tmp_path: Path) -> None:
        assert why(tmp_path) is Missing.REPOSITORY

    def test_no_commit(self, tmp_path: Path) -> None:
        Repository.new(tmp_path)
        assert why(tmp_path) is Missing.COMMIT

    def test_no_git(self, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")
        assert why(repository.root) is Missing.GIT

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="not root")
    def test_somebody_else_s(self, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        for path in (repository.root, repository.root / ".git"):
            os.chown(path, 12345, 12345)
        assert why(repository.root) is Missing.OWNER

    def test_a_blob_that_is_gone(self, repository: Repository) -> None:
        blob = repository.git("rev-parse", f"HEAD:{PLATFORM}")
        (repository.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
        with pytest.raises(NoHistoryError) as told:
            list(open_repository(repository.root).blobs([blob]))
        assert told.value.why is Missing.DAMAGED

    def test_a_clone_that_was_cut_short_says_so(
        self, repository: Repository, tmp_path: Path
    ) -> None:
        repository.commit("2026-10-01", "Another")
        git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{repository.root}", "clone")
        assert open_repository(tmp_path / "clone").shallow
        assert not open_repository(repository.root).shallow


def why(folder: Path) -> Missing:
    with pytest.raises(NoHistoryError) as told:
        open_repository(folder)
    return told.value.why


class TestLog:
    def test_it_goes_on_from_what_is_known(self, repository: Repository) -> None:
        known = read_log(open_repository(repository.root / "okrs"))
        repository.change(PLATFORM, "to 2", "to 4")
        repository.commit("2026-11-02", "Lower")
        now = open_repository(repository.root / "okrs")
        assert read_log(now, known) == read_log(now)
        assert len(read_log(now).touches) == 3

    def test_a_rewritten_branch_is_read_anew(self, repository: Repository) -> None:
        repository.change(PLATFORM, "to 2", "to 4")
        repository.commit("2026-11-02", "Lower")
        known = read_log(open_repository(repository.root / "okrs"))
        repository.git("reset", "--quiet", "--hard", "HEAD~1")
        repository.change(PLATFORM, "to 2", "to 3")
        repository.commit("2026-11-03", "Another way")
        now = open_repository(repository.root / "okrs")
        found = read_log(now, known)
        assert found == read_log(now)
        assert "Lower" not in {touch.commit.subject for touch in found.touches}

    def test_what_is_known_of_a_commit_that_is_gone_is_nothing(
        self, repository: Repository
    ) -> None:
        now = open_repository(repository.root / "okrs")
        assert read_log(now, Log("f" * 40, now.below)) == read_log(now)

    def test_strange_names_and_subjects_do_not_confuse_it(self, repository: Repository) -> None:
        subject = "\x01:100644 100644 a b M \u202e ümlaut"
        repository.write({"okrs/a\nb\tc/2026-q4.yml": PLAN})
        repository.commit("2026-11-02", subject, "Zoë \x01 <z@x>")
        *_, last = read_log(open_repository(repository.root / "okrs")).touches
        assert last.path == "a\nb\tc/2026-q4.yml"
        assert last.commit.subject == subject

    @pytest.mark.parametrize("after", range(4))
    def test_a_long_one_is_told_by_two_commands(
        self, repository: Repository, monkeypatch: pytest.MonkeyPatch, after: int
    ) -> None:
        repository.branch("lower")
        repository.change(PLATFORM, "to 2", "to 4")
        repository.commit("2026-10-10", "Lower the target", ANA)
        repository.git("mv", PLATFORM, "okrs/platform/2026-q4.yaml")
        repository.commit("2026-10-11", "Move it", ANA)
        repository.switch("main")
        for number in range(2):
            repository.write({f"okrs/platform/checkins/2026-11-0{number + 2}.yml": "{}"})
            repository.commit("2026-10-12", "Before")
        repository.merge("2026-10-20", "lower", BO)
        for number in range(after):
            repository.write({f"okrs/platform/checkins/2026-11-1{number}.yml": "{}"})
            repository.commit("2026-11-13", "After")
        now = open_repository(repository.root / "okrs")
        by_one = read_log(now)
        monkeypatch.setattr("okrsite.history.log._MANY", 1)
        assert read_log(now) == by_one
        assert [(t.commit.subject, t.old_path) for t in by_one.touches if t.old_path] == [
            ("Move it", "platform/2026-q4.yml")
        ]

    def test_hooks_and_variables_lead_nowhere(
        self, repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = Repository.new(tmp_path / "other")
        monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
        assert read_log(open_repository(repository.root / "okrs")).touches


class TestPast:
    def test_it_is_what_lay_there(self, repository: Repository) -> None:
        before = read_listing(repository.root / "okrs")
        first = repository.git("rev-parse", "HEAD")
        repository.change(PLATFORM, "to 2", "to 4")
        repository.write({"okrs/data/2026-q4.yml": PLAN, "okrs/README.md": "hello"})
        repository.commit("2026-11-02", "Lower")
        now = open_repository(repository.root / "okrs")
        assert Past(now, first).listing() == before
        assert Past(now, now.head).listing() == read_listing(repository.root / "okrs")

    def test_the_work_tree_is_not_looked_at(self, repository: Repository) -> None:
        before = Past(open_repository(repository.root / "okrs"), "HEAD").listing()
        repository.change(PLATFORM, "to 2", "to 4")
        (repository.root / "okrs/people.yml").unlink()
        assert Past(open_repository(repository.root / "okrs"), "HEAD").listing() == before

    def test_links_are_not_followed(self, repository: Repository) -> None:
        (repository.root / "okrs/link.yml").symlink_to("/etc/passwd")
        repository.commit("2026-11-02", "A link")
        listing = Past(open_repository(repository.root / "okrs"), "HEAD").listing()
        assert [problem.code for problem in listing.problems] == ["OKR-F005"]
        assert "link.yml" not in listing.data

    @pytest.mark.parametrize("name", ["--help", "-x", "nope", f"HEAD:{PLATFORM}", ""])
    def test_what_is_no_commit_is_refused(self, repository: Repository, name: str) -> None:
        with pytest.raises(NoSuchCommitError):
            find_commit(open_repository(repository.root), name)

    def test_a_day_is_its_last_commit(self, repository: Repository) -> None:
        first = repository.git("rev-parse", "HEAD")
        second = repository.commit("2026-10-01", "Another")
        now = open_repository(repository.root)
        assert find_commit_of_day(now, date(2026, 9, 30), "UTC") == first
        assert find_commit_of_day(now, date(2026, 10, 1), "UTC") == second
        with pytest.raises(NoSuchCommitError):
            find_commit_of_day(now, date(2026, 9, 19), "UTC")


def test_no_command_of_the_repository_runs(repository: Repository, tmp_path: Path) -> None:
    """Nothing that a tree or a hostile configuration of a clone names is started."""
    proof = tmp_path / "proof"
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {proof}\ncat\n")
    trap.chmod(0o755)
    repository.write({".gitattributes": "* diff=trap filter=trap\n", ".mailmap": ""})
    for name in ("diff.trap.textconv", "diff.trap.command", "filter.trap.smudge", "diff.external"):
        repository.git("config", name, str(trap))
    for name in ("core.fsmonitor", "core.pager", "core.sshCommand"):
        repository.git("config", name, str(trap))
    repository.change(PLATFORM, "to 2", "to 4")
    subprocess.run(
        ["git", "-c", "filter.trap.smudge=cat", "-C", str(repository.root), "add", "-A"], check=True
    )
    proof.unlink(missing_ok=True)
    assert len(company_of(repository.root / "okrs").plans) == 1
    Past(open_repository(repository.root / "okrs"), "HEAD").listing()
    assert not proof.exists()


TWO = """\
objectives:
  - id: trust
    title: Be trusted
    key_results:
      - {id: drills, title: Raise restore drills from 0 to 4}
      - {id: latency, title: Improve latency from 900 ms to 600 ms}
"""
CHECK_IN = "okrs/platform/checkins/2026-11-16.yml"
TRUST = Reference("platform", "2026-q4", "trust")


class TestOriginal:
    """The score by what was promised at first, beside the one by what is promised now."""

    @pytest.fixture
    def two(self, repository: Repository) -> Repository:
        repository.write({PLATFORM: TWO})
        repository.commit("2026-09-21", "Two metrics")
        return repository

    def test_a_lowered_target_does_not_flatter(self, two: Repository) -> None:
        two.change(PLATFORM, "from 0 to 4", "from 0 to 2")
        two.write({CHECK_IN: "key_results: {drills: 1}\n"})
        two.commit("2026-11-16", "Lower")
        # Of the other key result nothing is known, so that it stands at its baseline.
        assert progress(two) == (Fraction(1, 4), Fraction(1, 8))

    def test_nothing_changed(self, repository: Repository) -> None:
        measures = measure_company(company_of(repository.root / "okrs"))
        assert measures.original(TRUST) is None

    def test_what_was_cancelled_counts_as_it_stood(self, two: Repository) -> None:
        two.write({CHECK_IN: "key_results: {drills: 4, latency: 900 ms}\n"})
        cancelled = "600 ms, state: cancelled, cancelled_because: No time}"
        two.change(PLATFORM, "600 ms}", cancelled)
        two.commit("2026-11-16", "Give up on latency")
        assert progress(two) == (1, Fraction(1, 2))

    def test_what_was_added_since_was_not_promised_then(self, two: Repository) -> None:
        more = "      - {id: hires, title: Hire 2 people, kind: metric, baseline: 0, target: 2}\n"
        last = "      - {id: latency, title: Improve latency from 900 ms to 600 ms}\n"
        two.write({CHECK_IN: "key_results: {drills: 4, hires: 2}\n"})
        two.change(PLATFORM, last, last + more)
        two.commit("2026-11-16", "Hire, too")
        assert progress(two) == (Fraction(2, 3), Fraction(1, 2))

    def test_an_objective_that_was_added_promised_what_it_had_then(self, two: Repository) -> None:
        late = "  - id: late\n    title: Late\n    key_results:\n      - Sales from 0 to 4\n"
        (two.root / PLATFORM).write_text((two.root / PLATFORM).read_text() + late)
        two.commit("2026-11-02", "One more")
        two.change(PLATFORM, "Sales from 0 to 4", "Sales from 0 to 2")
        two.write({CHECK_IN: "key_results: {late/sales-from: 1}\n"})
        two.commit("2026-11-16", "Less of it")
        measures = measure_company(company_of(two.root / "okrs"))
        original = measures.original(Reference("platform", "2026-q4", "late"))
        assert original
        assert original.progress == Fraction(1, 4)

    def test_what_is_gone_says_nothing_more(self, two: Repository) -> None:
        two.write({CHECK_IN: "key_results: {drills: 4}\n"})
        two.change(
            PLATFORM, "      - {id: latency, title: Improve latency from 900 ms to 600 ms}\n", ""
        )
        two.commit("2026-11-16", "Drop it")
        assert progress(two) == (1, Fraction(1, 2))

    def test_values_in_another_unit_say_nothing_of_it(self, two: Repository) -> None:
        two.change(PLATFORM, "from 900 ms to 600 ms", "from 20 % to 60 %")
        two.write({CHECK_IN: "key_results: {drills: 4, latency: 60%}\n"})
        two.commit("2026-11-16", "Measure another thing")
        assert progress(two) == (1, Fraction(1, 2))

    def test_steps_are_counted_by_their_names(self, two: Repository) -> None:
        step = "title: Drill, milestones: [Plan, Train, Run]}"
        two.change(PLATFORM, "title: Raise restore drills from 0 to 4}", step)
        two.commit("2026-09-22", "Steps")
        two.change(PLATFORM, "[Plan, Train, Run]", "[Run, Celebrate]")
        two.write({CHECK_IN: "key_results: {drills: {done: [Run, Celebrate]}}\n"})
        two.commit("2026-11-16", "Fewer steps")
        assert progress(two) == (Fraction(1, 2), Fraction(1, 6))


def progress(repository: Repository) -> tuple[Fraction | None, Fraction | None]:
    """Return the objective's progress as amended, and by what was promised at first."""
    measures = measure_company(company_of(repository.root / "okrs"))
    original = measures.original(TRUST)
    assert original
    return measures.objective(TRUST).progress, original.progress


class TestGate:
    """Nobody learns from the past what was hidden then, or is hidden now."""

    RULES = "audiences: [public, internal, leadership]\ndefault_visibility: internal\n"

    def seen(self, repository: Repository, audience: str) -> list[str]:
        company = see_company(company_of(repository.root / "okrs"), audience)
        plan = company.plan("platform", "2026-q4")
        return [told(each) for each in plan.amendments] if plan else []

    def test_what_is_hidden_today(self, repository: Repository) -> None:
        repository.write({"okrs/okrs.yml": self.RULES})
        repository.change(PLATFORM, "to 2\n", "to 4\n")
        repository.commit("2026-11-02", "SECRET")
        repository.change(PLATFORM, "to 4\n", "to 4\n        visibility: leadership\n")
        repository.commit("2026-11-03", "Hide it")
        assert self.seen(repository, "internal") == []
        assert len(self.seen(repository, "leadership")) == 1

    def test_what_was_hidden_then(self, repository: Repository) -> None:
        hidden = "to 2\n        visibility: leadership\n"
        repository.write({"okrs/okrs.yml": self.RULES})
        repository.change(PLATFORM, "to 2\n", hidden)
        repository.commit("2026-09-21", "Hidden")
        repository.change(PLATFORM, hidden, hidden.replace("to 2", "to 3"))
        repository.commit("2026-11-02", "SECRET")
        repository.change(PLATFORM, hidden.replace("to 2", "to 3"), "to 3\n")
        repository.commit("2026-11-03", "Everybody may know")
        assert self.seen(repository, "internal") == []
        company = see_company(company_of(repository.root / "okrs"), "internal")
        (objective,) = company.plans[0].original or ()
        assert [kr.ref.key_result for kr in objective.key_results] == ["latency"]

    def test_what_went(self, repository: Repository) -> None:
        hidden = "to 2\n        visibility: leadership\n"
        repository.write({"okrs/okrs.yml": self.RULES})
        repository.change(PLATFORM, "to 2\n", hidden)
        repository.commit("2026-09-21", "Hidden")
        repository.write(
            {
                PLATFORM: "objectives:\n  - id: trust\n    title: Be trusted\n    key_results: [Sales from 1 to 9]\n"
            }
        )
        repository.commit("2026-11-02", "SECRET")
        seen = self.seen(repository, "internal")
        assert [line for line in seen if "sev1" in line] == []
        assert [line for line in seen if "latency removed" in line]
        assert [line for line in self.seen(repository, "leadership") if "sev1 removed" in line]

    def test_what_it_supported(self, repository: Repository) -> None:
        strategy = "visibility: leadership\nobjectives:\n  - id: merger\n    title: Merge\n    key_results: [Talks from 1 to 4]\n"
        repository.write({"okrs/okrs.yml": self.RULES, "okrs/strategy/2026-q4.yml": strategy})
        repository.change(
            PLATFORM, "title: Be trusted\n", "title: Be trusted\n    supports: strategy/merger\n"
        )
        repository.commit("2026-11-02", "SECRET")
        assert self.seen(repository, "internal") == []
        assert len(self.seen(repository, "leadership")) == 1

    def test_who_commits_is_nothing_for_visitors(self, repository: Repository) -> None:
        repository.write({"okrs/okrs.yml": self.RULES})
        public = PLAN.replace("objectives:\n  - id", "visibility: public\nobjectives:\n  - id", 1)
        repository.write({PLATFORM: public})
        repository.commit("2026-09-21", "For everybody")
        repository.change(PLATFORM, "to 2", "to 4")
        repository.commit("2026-11-02", "Lower", "Mallory Quux <m@acme.example>")
        assert "Mallory Quux" in self.seen(repository, "internal")[0]
        (line,) = self.seen(repository, "public")
        assert "Mallory" not in line
