"""Git's log → check-ins that were corrected later; by repositories made for each case."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command import is_told, okrsite_inside
from repositories import ANA, BO, Repository
from test_history import PEOPLE, PLAN, PLATFORM, amendments, company_of, plan_of, told

from okrsite.audience import see_company
from okrsite.company import load_company
from okrsite.keep import Keep
from okrsite.model import Amendment, Company

CHECK_INS = "okrs/platform/checkins"
SAID = f"{CHECK_INS}/2026-11-09.yml"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return a repository with a plan, and a check-in that was committed on its day."""
    made = Repository.new(tmp_path / "acme")
    made.write({PLATFORM: PLAN, "okrs/people.yml": PEOPLE})
    made.commit("2026-09-20", "Plans for the fourth quarter")
    made.write({SAID: "key_results:\n  latency: 720\n  sev1: {value: 3, note: Quiet}\n"})
    made.commit("2026-11-09", "Check in", BO)
    return made


def corrections(repository: Repository, **where: str) -> list[str]:
    return [in_full(each) for each in plan_of(repository, **where).corrections]


def in_full(amendment: Amendment) -> str:
    """Return a correction in a line, with the day and the file of the check-in."""
    change = amendment.change
    assert change
    assert change.day
    return f"{change.day} in {change.file.removeprefix('platform/')}: {told(amendment)}"


IN = "2026-11-09 in checkins/2026-11-09.yml: "


class TestCorrected:
    def test_a_value_that_was_wrong(self, repository: Repository) -> None:
        repository.change(SAID, "720", "780")
        repository.commit("2026-11-10", "The wrong dashboard", ANA)
        assert corrections(repository) == [
            f"{IN}2026-11-10 trust/latency value: 720 → 780 (ana: The wrong dashboard)"
        ]
        assert amendments(repository) == []

    def test_twice(self, repository: Repository) -> None:
        for day, old, new in (("2026-11-10", "720", "780"), ("2026-11-12", "780", "790")):
            repository.change(SAID, old, new)
            repository.commit(day, "Update 2026-11-09.yml", BO)
        assert corrections(repository) == [
            f"{IN}2026-11-10 trust/latency value: 720 → 780 (bo: )",
            f"{IN}2026-11-12 trust/latency value: 780 → 790 (bo: )",
        ]

    def test_a_value_that_was_taken_back(self, repository: Repository) -> None:
        repository.change(SAID, "value: 3, ", "")
        repository.commit("2026-11-10", "Nobody counted", ANA)
        assert corrections(repository) == [
            f"{IN}2026-11-10 trust/sev1 value: 3 → – (ana: Nobody counted)"
        ]

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("720", "720 ms"),
            ("720", "0.72 s"),
            ("720", "{value: 720, confidence: 5}"),
            ("Quiet", "Quiet at last"),
            ("  latency", "  trust/latency"),
            ("key_results", "note: Late\nkey_results"),
        ],
    )
    def test_the_same_in_other_words_is_none(
        self, repository: Repository, old: str, new: str
    ) -> None:
        repository.change(SAID, old, new)
        repository.commit("2026-11-10", "Tidy")
        assert corrections(repository) == []

    def test_what_was_changed_the_same_day_was_just_written(self, repository: Repository) -> None:
        repository.change(SAID, "720", "780")
        repository.commit("2026-11-09", "A slip of the pen")
        assert corrections(repository) == []

    def test_what_is_only_completed_is_none(self, repository: Repository) -> None:
        repository.change(SAID, "value: 3, note: Quiet", "note: Quiet")
        repository.commit("2026-11-09", "No number yet")
        repository.change(SAID, "note: Quiet", "value: 4, note: Quiet")
        repository.commit("2026-11-11", "Here it is")
        assert corrections(repository) == []

    def test_what_is_not_committed_is_none_yet(self, repository: Repository) -> None:
        repository.change(SAID, "720", "780")
        assert corrections(repository) == []

    def test_what_lies_after_the_day_is_not_told(self, repository: Repository) -> None:
        repository.change(SAID, "720", "780")
        repository.commit("2026-11-20", "Later")
        assert corrections(repository, as_of="2026-11-19") == []

    @pytest.mark.parametrize("broken", ["latency: [720", "latency: fast", "latency: {value: 1,2}"])
    def test_a_version_that_could_not_be_read_is_passed_over(
        self, repository: Repository, broken: str
    ) -> None:
        repository.change(SAID, "latency: 720", broken)
        repository.commit("2026-11-10", "Broken")
        repository.change(SAID, broken, "latency: 780")
        repository.commit("2026-11-11", "Mended")
        assert corrections(repository) == [
            f"{IN}2026-11-11 trust/latency value: 720 → 780 (ana: Mended)"
        ]

    def test_steps_and_shares(self, repository: Repository) -> None:
        more = (
            "      - {id: book, title: Publish the book, milestones: [Draft, Print]}\n"
            "      - {id: talk, title: Give the talk}\n"
        )
        repository.write({PLATFORM: PLAN + more})
        repository.commit("2026-09-21", "Two milestones")
        text = "key_results:\n  book: {done: [Draft]}\n  talk: 2/5\n"
        repository.write({f"{CHECK_INS}/2026-11-16.yml": text})
        repository.commit("2026-11-16", "Check in")
        repository.change(f"{CHECK_INS}/2026-11-16.yml", "[Draft]", "[Draft, Print]")
        repository.change(f"{CHECK_INS}/2026-11-16.yml", "2/5", "done")
        repository.commit("2026-11-17", "More than I thought")
        assert [line.partition(": ")[2] for line in corrections(repository)] == [
            "2026-11-17 trust/book value: [x] Draft → [x] Draft\n[x] Print "
            "(ana: More than I thought)",
            "2026-11-17 trust/talk value: 40 → 100 (ana: More than I thought)",
        ]

    def test_check_ins_that_a_plan_keeps_itself(self, repository: Repository) -> None:
        kept = "600 ms\n        checkins: {2026-11-02: 800, 2026-11-16: 700}"
        repository.change(PLATFORM, "600 ms", kept)
        repository.commit("2026-11-16", "Check in")
        repository.change(PLATFORM, "id: trust\n", "id: faith\n    aka: [trust]\n")
        repository.commit("2026-11-17", "A better id")
        repository.change(PLATFORM, "2026-11-02: 800", "2026-11-02: 810")
        repository.commit("2026-11-18", "The wrong dashboard", BO)
        (line,) = corrections(repository)
        assert line == (
            "2026-11-02 in 2026-q4.yml: 2026-11-18 faith/latency value: 800 → 810 "
            "(bo: The wrong dashboard)"
        )


class TestWhereItLies:
    """Files go elsewhere, come back, and are made on branches."""

    def test_a_team_that_moved(self, repository: Repository) -> None:
        repository.change(SAID, "720", "780")
        repository.commit("2026-11-10", "The wrong dashboard")
        (repository.root / "okrs/engineering").mkdir()
        repository.git("mv", "okrs/platform", "okrs/engineering/platform")
        repository.commit("2026-11-11", "Reorganise")
        (line,) = corrections(repository)
        assert line == (
            "2026-11-09 in engineering/platform/checkins/2026-11-09.yml: "
            "2026-11-10 trust/latency value: 720 → 780 (ana: The wrong dashboard)"
        )

    def test_a_file_that_went_and_came_back_with_another_number(
        self, repository: Repository
    ) -> None:
        text = (repository.root / SAID).read_text()
        (repository.root / SAID).unlink()
        repository.commit("2026-11-10", "Take it away")
        assert corrections(repository) == [
            f"{IN}2026-11-10 trust/latency value: 720 → – (ana: Take it away)",
            f"{IN}2026-11-10 trust/sev1 value: 3 → – (ana: Take it away)",
        ]
        repository.write({SAID: text.replace("720", "780")})
        repository.commit("2026-11-12", "Put it back", BO)
        assert corrections(repository) == [
            f"{IN}2026-11-12 trust/latency value: 720 → 780 (bo: Put it back)"
        ]

    def test_what_now_stands_in_somebody_s_own_file(self, repository: Repository) -> None:
        (repository.root / SAID).unlink()
        own = "# By the one who measured it, and who writes a longer file than the team does.\n"
        text = f"{own}key_results:\n  trust/sev1:\n    value: 3\n  trust/latency:\n    value: 790\n"
        repository.write({f"{CHECK_INS}/2026-11-09.bo.yml": text})
        repository.commit("2026-11-20", "Whose it is")
        assert corrections(repository) == [
            "2026-11-09 in checkins/2026-11-09.bo.yml: "
            "2026-11-20 trust/latency value: 720 → 790 (ana: Whose it is)"
        ]

    def test_a_file_s_place_that_another_took_has_not_its_past(
        self, repository: Repository
    ) -> None:
        repository.git("mv", SAID, f"{CHECK_INS}/2026-11-02.yml")
        repository.commit("2026-11-10", "It was the week before")
        repository.write({SAID: "key_results: {latency: 700}\n"})
        repository.commit("2026-11-11", "And this is the week")
        # The number of the second is no correction of the first, which now has its own day.
        assert corrections(repository) == []

    def test_a_branch_counts_on_the_day_of_its_merge_for_its_author(
        self, repository: Repository
    ) -> None:
        repository.git("checkout", "--quiet", "-b", "right")
        repository.change(SAID, "720", "780")
        repository.commit("2026-11-10", "The wrong dashboard", ANA)
        repository.git("checkout", "--quiet", "main")
        repository.merge("2026-11-12", "right", BO)
        assert corrections(repository) == [
            f"{IN}2026-11-12 trust/latency value: 720 → 780 (ana: The wrong dashboard)"
        ]

    def test_branches_that_merge_each_other(self, repository: Repository) -> None:
        """Two lines take over each other's state, so that there are two nearest common ones."""
        two = "  latency: 720\n\n\n\n\n"
        repository.change(SAID, "  latency: 720\n", two)
        repository.commit("2026-11-09", "Room for two to write in one file")
        repository.git("checkout", "--quiet", "-b", "side")
        repository.change(SAID, "value: 3", "value: 4")
        side = repository.commit("2026-11-10", "One more", BO)
        repository.git("checkout", "--quiet", "main")
        repository.change(SAID, "720", "780")
        main = repository.commit("2026-11-10", "The wrong dashboard", ANA)
        repository.merge("2026-11-11", side)
        repository.git("checkout", "--quiet", "side")
        repository.merge("2026-11-11", main)
        repository.change(SAID, "value: 4", "value: 5")
        repository.commit("2026-11-12", "And another", BO)
        repository.git("checkout", "--quiet", "main")
        repository.merge("2026-11-13", "side")
        # The first merge's file is on neither line, so that it is who merged that changed it.
        assert corrections(repository) == [
            f"{IN}2026-11-10 trust/latency value: 720 → 780 (ana: The wrong dashboard)",
            f"{IN}2026-11-11 trust/sev1 value: 3 → 4 (bo: )",
            f"{IN}2026-11-13 trust/sev1 value: 4 → 5 (bo: And another)",
        ]

    def test_names_that_are_no_text(self, repository: Repository) -> None:
        strange = os.fsencode(repository.root / CHECK_INS) + b"/2026-11-02.\xff.yml"
        Path(os.fsdecode(strange)).write_text("key_results: {latency: 800}\n")
        repository.commit("2026-11-10", "A strange name")
        Path(os.fsdecode(strange)).write_text("key_results: {latency: 810}\n")
        repository.change(SAID, "720", "780")
        repository.commit("2026-11-11", "The wrong dashboard")
        Path(os.fsdecode(strange)).unlink()
        repository.commit("2026-11-12", "A name that nobody can write")
        assert corrections(repository) == [
            f"{IN}2026-11-11 trust/latency value: 720 → 780 (ana: The wrong dashboard)"
        ]


class TestLate:
    """A check-in that is older than a week is changed by an amendment."""

    @pytest.mark.parametrize(
        ("day", "found"),
        [
            ("2026-11-16", []),
            (
                "2026-11-17",
                ["2026-11-17 trust/latency value: 720 → 780 (ana: The wrong dashboard)"],
            ),
        ],
    )
    def test_a_week_is_time_enough(
        self, repository: Repository, day: str, found: list[str]
    ) -> None:
        repository.change(SAID, "720", "780")
        repository.commit(day, "The wrong dashboard")
        assert amendments(repository) == found
        assert len(corrections(repository)) == 1

    def test_a_check_in_that_is_written_late_is_none(self, repository: Repository) -> None:
        repository.write({f"{CHECK_INS}/2026-10-26.yml": "key_results: {latency: 800}\n"})
        repository.commit("2026-11-20", "Better late than never")
        repository.write({f"{CHECK_INS}/2026-10-26.yml": "key_results: {latency: 800, sev1: 2}\n"})
        repository.commit("2026-11-22", "And this one")
        assert (amendments(repository), corrections(repository)) == ([], [])

    def test_confidence_and_status(self, repository: Repository) -> None:
        said = "value: 3, confidence: 4, status: off-track"
        repository.change(SAID, "value: 3", said)
        repository.commit("2026-11-09", "In full")
        repository.change(SAID, said, "value: 3, confidence: 8/10, status: green")
        repository.commit("2026-11-30", "Look better", BO)
        assert amendments(repository) == [
            "2026-11-30 trust/sev1 confidence: 4 → 8 (bo: Look better)",
            "2026-11-30 trust/sev1 status: off-track → on-track (bo: Look better)",
        ]
        assert corrections(repository) == []

    def test_one_that_went(self, repository: Repository) -> None:
        repository.change(SAID, "  latency: 720\n", "")
        repository.commit("2026-11-20", "Nobody saw it")
        assert amendments(repository) == [
            "2026-11-20 trust/latency value: 720 → – (ana: Nobody saw it)"
        ]
        (repository.root / SAID).unlink()
        repository.commit("2026-11-21", "Nor this")
        assert amendments(repository)[1:] == ["2026-11-21 trust/sev1 value: 3 → – (ana: Nor this)"]

    def test_the_plan_s_own_reason_counts_before_the_commit_s(self, repository: Repository) -> None:
        repository.change(SAID, "720", "780")
        reason = "amendments: [{date: 2026-11-20, about: trust/latency, why: No TLS then.}]\n"
        repository.write({PLATFORM: PLAN + reason})
        repository.commit("2026-11-20", "Update 2026-11-09.yml")
        assert amendments(repository) == [
            "2026-11-20 trust/latency value: 720 → 780 (ana: No TLS then.)"
        ]

    def test_it_stands_among_the_changes_of_the_plan(self, repository: Repository) -> None:
        repository.change(PLATFORM, "to 2", "to 4")
        repository.commit("2026-11-02", "Less")
        repository.change(SAID, "720", "780")
        repository.commit("2026-11-20", "The wrong dashboard")
        repository.change(PLATFORM, "to 4", "to 5")
        repository.commit("2026-11-22", "Even less")
        assert [line[:10] for line in amendments(repository)] == [
            "2026-11-02",
            "2026-11-20",
            "2026-11-22",
        ]

    def test_a_plan_that_is_not_settled_has_none(self, repository: Repository) -> None:
        repository.write({"okrs/data/2026-q4.yml": PLAN})
        said = "okrs/data/checkins/2026-11-02.yml"
        repository.write({said: "key_results: {sev1: 3}\n"})
        repository.commit("2026-11-10", "Late")
        repository.change(said, "3", "4")
        repository.commit("2026-11-20", "Within the two weeks that a late plan has")
        assert amendments(repository, owner="data") == []
        assert len(corrections(repository, owner="data")) == 1

    def test_a_closed_cycle_that_was_imported_whole_has_none(self, repository: Repository) -> None:
        repository.write({"okrs/data/2026-q4.yml": PLAN})
        said = "okrs/data/checkins/2026-11-02.yml"
        repository.write({said: "key_results: {sev1: 3}\n"})
        repository.commit("2027-01-20", "Import")
        repository.change(said, "3", "4")
        repository.commit("2027-02-20", "Correct the import")
        assert amendments(repository, owner="data", as_of="2027-03-01") == []


class TestGate:
    """Nobody learns from a correction what was hidden then, or is hidden now."""

    RULES = "audiences: [public, internal, leadership]\ndefault_visibility: internal\n"
    HIDDEN = "600 ms\n        visibility: leadership"

    def seen(self, repository: Repository, audience: str) -> list[str]:
        company = see_company(company_of(repository.root / "okrs"), audience)
        plan = company.plan("platform", "2026-q4")
        assert plan
        assert len(plan.corrections) == len(plan.amendments)
        return [told(each) for each in plan.corrections]

    def correct(self, repository: Repository, day: str = "2026-11-20") -> None:
        repository.change(SAID, "720", "780")
        repository.commit(day, "SECRET")

    def test_what_is_hidden_today(self, repository: Repository) -> None:
        repository.write({"okrs/okrs.yml": self.RULES})
        self.correct(repository)
        assert len(self.seen(repository, "internal")) == 1
        repository.change(PLATFORM, "600 ms", self.HIDDEN)
        repository.commit("2026-11-21", "Hide it")
        assert self.seen(repository, "internal") == []
        assert len(self.seen(repository, "leadership")) == 1

    @pytest.mark.parametrize("opened", ["2026-11-12", "2026-11-22"])
    def test_what_was_hidden_while_the_old_value_stood(
        self, repository: Repository, opened: str
    ) -> None:
        repository.write({"okrs/okrs.yml": self.RULES})
        repository.change(PLATFORM, "600 ms", self.HIDDEN)
        repository.commit("2026-11-09", "Hidden when it was written")
        if opened > "2026-11-20":
            self.correct(repository)
        repository.change(PLATFORM, self.HIDDEN, "600 ms")
        repository.commit(opened, "Everybody may know")
        if opened < "2026-11-20":
            self.correct(repository)
        assert self.seen(repository, "internal") == []
        assert len(self.seen(repository, "leadership")) == 1

    def test_what_was_hidden_before_or_after_is_no_secret(self, repository: Repository) -> None:
        repository.write({"okrs/okrs.yml": self.RULES})
        repository.change(PLATFORM, "600 ms", self.HIDDEN)
        repository.commit("2026-09-21", "Hidden")
        repository.change(PLATFORM, self.HIDDEN, "600 ms")
        repository.commit("2026-11-01", "Open")
        self.correct(repository)
        assert len(self.seen(repository, "internal")) == 1

    def test_what_could_not_be_read_may_have_been_hidden(self, repository: Repository) -> None:
        repository.write({"okrs/okrs.yml": self.RULES})
        broken = "600 ms\n      - {title: x\n"
        repository.change(PLATFORM, "600 ms\n", broken)
        repository.commit("2026-11-10", "Broken")
        repository.change(PLATFORM, broken, "600 ms\n")
        repository.commit("2026-11-11", "Mended")
        self.correct(repository)
        assert self.seen(repository, "internal") == []

    def test_who_commits_is_nothing_for_visitors(self, repository: Repository) -> None:
        repository.write({"okrs/okrs.yml": self.RULES})
        public = PLAN.replace("objectives:\n  - id", "visibility: public\nobjectives:\n  - id", 1)
        repository.write({PLATFORM: public})
        repository.commit("2026-09-21", "For everybody")
        repository.change(SAID, "720", "780")
        repository.commit("2026-11-20", "The wrong dashboard", "Mallory Quux <m@acme.example>")
        assert "Mallory Quux" in self.seen(repository, "internal")[0]
        (line,) = self.seen(repository, "public")
        assert "Mallory" not in line


class TestTold:
    """Pages, data and what is kept from build to build have it."""

    NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)

    def test_a_build_that_keeps_what_it_knows_tells_the_same(
        self, repository: Repository, tmp_path: Path
    ) -> None:
        keep, source = Keep(tmp_path / "cache", "1"), repository.root / "okrs"
        new = f"{CHECK_INS}/2026-11-16.yml"

        def load(kept: Keep | None) -> Company:
            return load_company(source, None, now=self.NOW, keep=kept).company

        def steps() -> Iterator[str]:
            repository.change(SAID, "720", "780")
            repository.commit("2026-11-20", "The wrong dashboard")
            yield "corrected"
            repository.write({new: "key_results: {latency: 700}\n"})
            yield "checked in again"
            repository.commit("2026-11-21", "Check in")
            yield "committed"
            repository.change(new, "700", "710")
            repository.change(SAID, "value: 3", "value: 4")
            yield "not committed"
            repository.commit("2026-11-23", "Two more")
            yield "corrected again"
            (repository.root / SAID).unlink()
            repository.commit("2026-11-24", "Gone")
            yield "gone"

        assert load(keep) == load(None)
        for name in steps():
            assert load(keep) == load(None), name

    def test_pages_and_data(self, repository: Repository, tmp_path: Path) -> None:
        repository.write(
            {
                "mkdocs.yml": "site_name: Acme\nplugins: [{okrsite: {source: okrs}}]\n",
                "docs/index.md": "# Acme\n",
                "okrs/okrs.yml": "company: Acme\n",
            }
        )
        repository.change(SAID, "720", "780")
        repository.commit("2026-11-20", "The wrong dashboard")
        site = tmp_path / "site"
        done = okrsite_inside(
            *("build", "--strict", "--as-of", "2026-12-20", "--site-dir", site, "--no-cache"),
            cwd=repository.root,
        )
        assert done.returncode == 0, done.stderr
        page = (site / "teams/platform/2026-q4/trust/index.html").read_text(encoding="utf-8")
        text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
        assert "780 ms · corrected on 20 Nov by Ana Sousa; it was 720 ms" in text
        assert text.count("corrected on") == 1
        assert "value of 9 Nov 720 ms → 780 ms" in text
        data = json.loads((site / "data/okrs.json").read_text(encoding="utf-8"))
        rows = {row["ref"].rpartition("/")[2]: row["corrected"] for row in data["check_ins"]}
        was = {"date": "2026-11-20", "by": "ana", "before": {"value": 720, "unit": "ms"}}
        assert rows == {"latency": [was], "sev1": []}
        (amendment,) = data["amendments"]
        assert (amendment["term"], amendment["check_in"]) == ("value", "2026-11-09")

    def test_no_byte_of_a_site_tells_what_was_hidden_then(
        self, repository: Repository, tmp_path: Path
    ) -> None:
        rules = "audiences: [public, internal, leadership]\ndefault_visibility: internal\n"
        repository.write(
            {
                "mkdocs.yml": "site_name: Acme\nplugins: [{okrsite: {source: okrs}}]\n",
                "docs/index.md": "# Acme\n",
                "okrs/okrs.yml": rules,
            }
        )
        repository.change(PLATFORM, "600 ms", TestGate.HIDDEN)
        repository.change(SAID, "720", "72111")
        repository.commit("2026-11-09", "Hidden, and kanarihidden")
        repository.change(PLATFORM, TestGate.HIDDEN, "600 ms")
        repository.commit("2026-11-12", "Everybody may know")
        repository.change(SAID, "72111", "780")
        repository.commit("2026-11-20", "kanarihidden", "Kanari Hidden <k@acme.example>")
        assert not is_told(rb"72[,. ]?111|kanari", repository.root, "internal", tmp_path)
        assert is_told(rb"72[,. ]?111|kanari", repository.root, "leadership", tmp_path)
