"""Git's log → when what a plan ticks without a day was ticked; by repositories made for each case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from repositories import BO, Repository
from test_history import PLATFORM, company_of

from okrsite.company import load_company
from okrsite.keep import Keep
from okrsite.measure import measure_company
from okrsite.model import Company, Initiative, KeyResult, Reference
from okrsite.read import read_company
from okrsite.resolve import resolve_company

PLAN = """\
objectives:
  - id: trust
    title: Be trusted
    key_results:
      - id: book
        title: Publish the incident book
        milestones:
          - Draft reviewed
          - Printed
      - Give the talk
"""
BOOK = Reference("platform", "2026-q4", "trust", "book")
UNKNOWN = date.min


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return a repository with a plan of milestones in which nothing is ticked."""
    made = Repository.new(tmp_path / "acme")
    made.write({PLATFORM: PLAN})
    made.commit("2026-09-20", "Plans for the fourth quarter")
    return made


def results(repository: Repository, as_of: str) -> list[KeyResult]:
    plan = company_of(repository.root / "okrs", as_of).plan("platform", "2026-q4")
    assert plan
    return list(plan.objectives[0].key_results)


def steps(repository: Repository, as_of: str = "2026-12-20") -> list[date | None]:
    return [step.done for step in results(repository, as_of)[0].steps]


def tick(repository: Repository, words: str, day: str) -> None:
    repository.change(PLATFORM, f"- {words}\n", f"- [x] {words}\n")
    repository.commit(day, "Tick", BO)


def test_a_step_is_done_on_the_day_on_which_it_was_ticked(repository: Repository) -> None:
    tick(repository, "Draft reviewed", "2026-11-03")
    repository.change(PLATFORM, "Be trusted", "Be trusted by all")
    repository.commit("2026-11-20", "Other words")
    assert steps(repository) == [date(2026, 11, 3), None]


def test_so_is_a_key_result_in_one_line(repository: Repository) -> None:
    tick(repository, "Give the talk", "2026-11-10")
    _, talk = results(repository, "2026-12-20")
    assert (talk.done, talk.is_ticked) == (date(2026, 11, 10), True)


def test_what_was_ticked_at_first_was_ticked_nobody_knows_when(tmp_path: Path) -> None:
    made = Repository.new(tmp_path / "acme")
    made.write({PLATFORM: PLAN.replace("- Draft", "- [x] Draft")})
    made.commit("2026-09-20", "Plans for the fourth quarter")
    assert steps(made) == [UNKNOWN, None]
    tick(made, "Printed", "2026-11-10")
    assert steps(made) == [UNKNOWN, date(2026, 11, 10)]


def test_the_mark_that_stands_is_the_one_that_counts(repository: Repository) -> None:
    tick(repository, "Draft reviewed", "2026-11-03")
    repository.change(PLATFORM, "[x] Draft reviewed", "Draft reviewed")
    repository.commit("2026-11-05", "Not yet")
    tick(repository, "Draft reviewed", "2026-11-12")
    assert steps(repository) == [date(2026, 11, 12), None]


def test_it_is_followed_through_other_words_and_places(repository: Repository) -> None:
    tick(repository, "Draft reviewed", "2026-11-03")
    repository.change(PLATFORM, "[x] Draft reviewed", "[x] The draft is reviewed")
    repository.change(PLATFORM, "id: book", "id: the-book\n        aka: [book]")
    repository.commit("2026-11-05", "Better words")
    repository.change(PLATFORM, "milestones:\n", "milestones:\n          - Authors found\n")
    repository.commit("2026-11-06", "One step more, before the others")
    (repository.root / "okrs/engineering").mkdir()
    repository.git("mv", "okrs/platform", "okrs/engineering/platform")
    repository.commit("2026-11-10", "Reorganise")
    assert steps(repository) == [None, date(2026, 11, 3), None]


def test_a_day_that_was_written_once_still_tells(repository: Repository) -> None:
    dated = "- {title: Draft reviewed, done: 2026-10-20}"
    repository.change(PLATFORM, "- Draft reviewed", dated)
    repository.commit("2026-11-03", "Done a while ago")
    repository.change(PLATFORM, dated, "- [x] Draft reviewed")
    repository.commit("2026-11-20", "Tidy")
    assert steps(repository) == [date(2026, 10, 20), None]


def test_what_came_ticked_was_done_when_it_came(repository: Repository) -> None:
    repository.change(PLATFORM, "- Printed\n", "- Printed\n          - [x] Paper bought\n")
    repository.commit("2026-11-07", "We had forgotten this one")
    assert steps(repository) == [None, None, date(2026, 11, 7)]


def test_what_is_not_committed_is_ticked_today(repository: Repository) -> None:
    repository.change(PLATFORM, "- Draft", "- [x] Draft")
    assert steps(repository, "2026-11-20") == [date(2026, 11, 20), None]


def test_what_was_ticked_later_is_not_ticked_yet(repository: Repository) -> None:
    tick(repository, "Draft reviewed", "2026-11-03")
    assert steps(repository, "2026-11-02") == [None, None]


def test_a_merge_ticks_on_its_day(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "draft")
    tick(repository, "Draft reviewed", "2026-10-12")
    repository.git("checkout", "--quiet", "main")
    repository.merge("2026-11-20", "draft")
    assert steps(repository) == [date(2026, 11, 20), None]


def test_a_file_that_went_and_came_back_keeps_its_marks(repository: Repository) -> None:
    tick(repository, "Draft reviewed", "2026-11-03")
    text = (repository.root / PLATFORM).read_text()
    (repository.root / PLATFORM).unlink()
    repository.commit("2026-11-04", "Gone")
    repository.write({PLATFORM: text})
    repository.commit("2026-11-20", "Back")
    assert steps(repository) == [date(2026, 11, 3), None]


def test_without_git_nobody_knows(tmp_path: Path) -> None:
    path = tmp_path / PLATFORM
    path.parent.mkdir(parents=True)
    path.write_text(PLAN.replace("- Draft", "- [x] Draft"))
    company = resolve_company(read_company(tmp_path / "okrs"), date(2026, 12, 20)).company
    (book, _) = company.plans[0].objectives[0].key_results
    assert [step.done for step in book.steps] == [UNKNOWN, None]


def test_progress_moves_on_that_day(repository: Repository) -> None:
    tick(repository, "Draft reviewed", "2026-11-03")
    company = company_of(repository.root / "okrs")
    days = (date(2026, 11, 2), date(2026, 11, 3))
    measured = [measure_company(company, day).key_result(BOOK).progress for day in days]
    assert measured == [0, Fraction(1, 2)]


def test_it_counts_by_what_was_promised_too(repository: Repository) -> None:
    tick(repository, "Draft reviewed", "2026-11-03")
    repository.change(PLATFORM, "          - Printed\n", "")
    repository.commit("2026-11-20", "Nobody reads paper")
    company = company_of(repository.root / "okrs")
    measures, trust = measure_company(company), Reference("platform", "2026-q4", "trust")
    original = measures.original(trust)
    assert original
    assert (measures.objective(trust).progress, original.progress) == (
        Fraction(1, 2),
        Fraction(1, 4),
    )


class TestInitiatives:
    """They are ticked as steps are; a check-in may say more of them."""

    SAID = "okrs/platform/checkins"
    WORK = "    initiatives:\n      - Query cache\n      - {title: Index, owner: ana}\n"

    @pytest.fixture
    def repository(self, tmp_path: Path) -> Repository:
        made = Repository.new(tmp_path / "acme")
        made.write({PLATFORM: PLAN + self.WORK})
        made.commit("2026-09-20", "Plans for the fourth quarter")
        return made

    def told(self, repository: Repository, as_of: str = "2026-12-20") -> list[tuple[str, str]]:
        plan = company_of(repository.root / "okrs", as_of).plan("platform", "2026-q4")
        assert plan
        return list(map(in_short, plan.objectives[0].initiatives))

    def say(self, repository: Repository, day: str, state: str) -> None:
        text = f"initiatives: {{Query cache: {state}}}\n"
        repository.write({f"{self.SAID}/{day}.yml": text})
        repository.commit(day, "Check in")

    def test_are_done_on_the_day_of_the_commit(self, repository: Repository) -> None:
        tick(repository, "Query cache", "2026-11-03")
        assert self.told(repository) == [("done", "2026-11-03"), ("todo", "")]
        assert self.told(repository, "2026-11-02") == [("todo", ""), ("todo", "")]

    def test_or_of_the_one_that_said_so_in_a_word(self, repository: Repository) -> None:
        repository.change(PLATFORM, "{title: Index,", "{title: Index, state: done,")
        repository.commit("2026-11-03", "Done")
        repository.change(PLATFORM, "- Query cache", "- Query cache for all")
        repository.commit("2026-11-04", "Other words")
        assert self.told(repository) == [("todo", ""), ("done", "2026-11-03")]

    def test_that_were_ticked_at_first_were_done_nobody_knows_when(self, tmp_path: Path) -> None:
        made = Repository.new(tmp_path / "other")
        made.write({PLATFORM: PLAN + self.WORK.replace("- Query", "- [x] Query")})
        made.commit("2026-09-20", "Plan")
        assert self.told(made) == [("done", ""), ("todo", "")]

    def test_of_a_key_result(self, repository: Repository) -> None:
        text = "      - title: Give the talk\n        initiatives:\n          - Slides\n"
        repository.change(PLATFORM, "      - Give the talk\n", text)
        repository.commit("2026-09-21", "Slides")
        tick(repository, "Slides", "2026-11-05")
        _, talk = results(repository, "2026-12-20")
        assert list(map(in_short, talk.initiatives)) == [("done", "2026-11-05")]

    @pytest.mark.parametrize(
        ("said", "state", "expected"),
        [
            ("2026-10-26", "done", ("done", "2026-10-26")),
            ("2026-11-09", "done", ("done", "2026-11-03")),
            ("2026-11-09", "doing", ("doing", "")),
            ("2026-10-26", "doing", ("doing", "")),
        ],
    )
    def test_the_earlier_of_mark_and_check_in_counts(
        self, repository: Repository, said: str, state: str, expected: tuple[str, str]
    ) -> None:
        """And what the newest check-in says of its state, as without git."""
        if said < "2026-11-03":
            self.say(repository, said, state)
        tick(repository, "Query cache", "2026-11-03")
        if said > "2026-11-03":
            self.say(repository, said, state)
        assert self.told(repository)[0] == expected

    @pytest.mark.parametrize("as_of", [None, date(2026, 11, 2), date(2026, 11, 12)])
    def test_a_build_that_keeps_what_it_knows_tells_the_same(
        self, repository: Repository, tmp_path: Path, as_of: date | None
    ) -> None:
        keep, now = Keep(tmp_path / "cache", "1"), datetime(2026, 12, 20, 12, tzinfo=UTC)

        def load(kept: Keep | None) -> Company:
            return load_company(repository.root / "okrs", as_of, now=now, keep=kept).company

        def steps() -> Iterator[str]:
            tick(repository, "Query cache", "2026-11-03")
            yield "ticked"
            for day, state in (
                ("2026-10-26", "doing"),
                ("2026-11-01", "done"),
                ("2026-11-09", "done"),
                ("2026-11-10", "doing"),
                ("2026-11-16", "done"),
            ):
                self.say(repository, day, state)
                yield f"{state} on {day}"

        assert load(keep) == load(None)
        for name in steps():
            assert load(keep) == load(None), name


def in_short(initiative: Initiative) -> tuple[str, str]:
    return str(initiative.state), str(initiative.done or "")
