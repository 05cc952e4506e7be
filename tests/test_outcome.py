"""What plans came to, and what of retrospectives the following plans speak of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from builders import check_in, company, cycle, key_result, objective, person, plan, step
from hypothesis import given
from hypothesis import strategies as st

from okrsite.measure import Lesson, Midway, Outcome, find_lessons, measure_company
from okrsite.measure.lessons import alike, words_of
from okrsite.model import Amendment, Company, Initiative, ObjectiveType, Place, Plan

MIDDLE = "2026-11-16"
"""Day 46 of 92."""
OVER = "2027-02-01"


def outcome(*plans: Plan, as_of: str = OVER, **more: object) -> Outcome:
    house: Company = company(*plans, as_of=as_of, **more)
    return measure_company(house).outcome(plans[0].owner, plans[0].cycle)


def midway(*check_ins: object, **fields: object) -> Midway:
    result = key_result("a", *check_ins, **({"grade": "0.7"} | fields))  # type: ignore[arg-type]
    (found,) = outcome(plan(objective("trust", result))).midway
    return found


def test_the_newest_confidence_until_the_middle_day_counts() -> None:
    said = midway(
        check_in("2026-11-09", 10, confidence=8),
        check_in(MIDDLE, 20, confidence=6),
        check_in("2026-11-17", 30, confidence=2),
    )
    assert said == Midway(Fraction(6), said.grade, achieved=True)


def test_a_confidence_that_is_too_old_is_none() -> None:
    assert midway(check_in("2026-11-06", 10, confidence=8)).confidence == 8
    assert midway(check_in("2026-11-05", 10, confidence=8)).confidence is None
    assert midway().confidence is None


def test_somebody_away_is_still_believed() -> None:
    result = key_result("a", check_in("2026-10-26", 10, confidence=8), grade="0.7")
    away = (person("ana", away=[(date(2026, 11, 10), date(2026, 11, 20))]),)
    (found,) = outcome(plan(objective("trust", result)), people=away).midway
    assert found.confidence == 8


@pytest.mark.parametrize(
    ("kind", "grade", "achieved"),
    [("committed", "0.99", False), ("committed", "1", True), ("learning", "0.7", True)],
)
def test_what_is_achieved_depends_on_what_was_promised(
    kind: str, grade: str, achieved: bool
) -> None:
    graded = replace(objective("trust", key_result("a", grade=grade)), type=ObjectiveType(kind))
    (found,) = outcome(plan(graded)).midway
    assert found.achieved is achieved


def test_only_what_was_active_to_the_end_counts() -> None:
    kept = objective("a", key_result("x"), key_result("y", state="cancelled"))
    found = outcome(plan(kept, objective("b", key_result("z"), state="paused"), objective("c")))
    assert [each.objective for each in found.objectives] == ["a", "c"]
    # An objective without key results stands for itself.
    assert len(found.midway) == 2
    assert found.key_results == 1


def test_a_running_cycle_has_no_grades_and_no_midway() -> None:
    graded = objective("trust", key_result("a", grade="0.7"), grade="0.7")
    found = outcome(plan(graded), as_of="2026-11-20")
    assert (found.grade, found.objectives[0].grade, found.midway) == (None, None, ())


def test_up_to_date_is_added_up_over_the_weeks() -> None:
    result = key_result("a", check_in("2026-10-05", 10))
    found = outcome(plan(objective("trust", result)), as_of="2026-10-28")
    # As of 7, 14, 21 and 28 October: two, nine, sixteen and twenty-three days old.
    assert (found.fresh, found.of) == (2, 4)


def test_of_a_title_alone_nothing_counts() -> None:
    hidden = replace(objective("trust", key_result("a", grade="0.7")), title_only=True)
    assert outcome(plan(hidden)).objectives == ()


def test_without_a_plan_there_is_nothing() -> None:
    house = company(plan(objective("trust")))
    assert measure_company(house).outcome("nobody", "2026-q4") == Outcome()


def lessons(*sentences: str, **fields: object) -> tuple[Lesson, ...]:
    """Return what of some sentences a plan says that holds these fields of a key result."""
    return find_lessons(sentences, plan(objective("o", key_result("k", **fields))))


def test_a_lesson_is_quoted_or_shares_half_of_its_words() -> None:
    quoted, shared, one, other = lessons(
        "restore drills",
        "Restore backups in weekly drills, by strangers",
        "Restore everything by hand somehow",
        "Hire three nurses",
        title="Increase weekly restore drills from 1 to 4",
    )
    assert (quoted.found, quoted.quoted, str(quoted.about)) == (True, True, "platform@2026-q4/o/k")
    assert (shared.found, shared.quoted) == (True, False)
    assert shared.shared == ("Restore", "weekly", "drills")
    assert (one.found, other.found) == (False, False)


@pytest.mark.parametrize(
    "field",
    [
        {"title": "Move nightly batch"},
        {"description": "We move the nightly batch"},
        {"steps": [step("Move the nightly batch")], "kind": "milestone"},
        {"rubric": {"1": "The nightly batch has moved"}, "kind": "rubric"},
    ],
)
def test_lessons_are_looked_for_in_all_that_a_plan_says(field: dict[str, object]) -> None:
    (found,) = lessons("Move the nightly batch", **field)
    assert found.found


def test_lessons_are_looked_for_in_amendments_initiatives_and_prose() -> None:
    place = Place("platform/2026-q4.yml")
    own = objective("o", initiatives=(Initiative("Train nurses"),), why="Because wards wait")
    amended = (Amendment(date(2026, 11, 2), own.ref, "The provider insisted", place),)
    whole = plan(own, amendments=amended, prose="## How\n\nPatients come first.")
    found = find_lessons(
        ("Training of nurses", "Wards that wait", "Provider who insists", "Patients first"), whole
    )
    assert [str(each.about) if each.about else "" for each in found] == [
        *["platform@2026-q4/o"] * 3,
        "",
    ]
    assert [each.found for each in found] == [True] * 4


def test_evidence_is_no_text_of_a_plan() -> None:
    (found,) = lessons(
        "Nightly batch", check_ins=(check_in("2026-11-16", 1, note="Nightly batch"),)
    )
    assert not found.found


def test_short_and_empty_words_tell_nothing() -> None:
    assert not words_of("it is so, with that from this")
    (found,) = lessons("It is so", title="It is so")
    assert not found.found


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("drill", "drills", True),
        ("rehearse", "rehearsal", True),
        ("week", "weekly", True),
        ("data", "date", False),
        ("plan", "plain", False),
        ("train", "trade", False),
    ],
)
def test_endings_do_not_count(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same


def test_accents_case_and_scripts_without_spaces() -> None:
    accents, chinese = lessons(
        "REDUZIR FATURAS às clínicas",
        "提升护士活跃率",
        title="护士周活跃率 from 45% to 70%",
        description="reduzir as faturas nas CLINICAS",
    )
    assert accents.found
    assert chinese.found


@given(st.lists(st.text(max_size=40), max_size=4), st.text(max_size=80))
def test_every_lesson_has_its_answer(sentences: list[str], text: str) -> None:
    found = lessons(*sentences, title=text or "x")
    assert [each.text for each in found] == sentences
    assert all(each.found == bool(each.shared) for each in found)


@given(st.text(alphabet="abcdefgh ", min_size=1, max_size=60))
def test_what_a_plan_repeats_to_the_letter_is_found(text: str) -> None:
    (found,) = lessons(text, title=text)
    assert found.found == bool(words_of(text))


def test_a_year_and_a_quarter_have_their_own_middle() -> None:
    year = cycle("2026", "2026-01-01", "2026-12-31")
    result = key_result("platform@2026/trust/a", check_in("2026-07-01", 1, confidence=5), grade="1")
    own = objective("platform@2026/trust", result)
    (found,) = outcome(plan(own), cycles=(year,)).midway
    assert found.confidence == 5
