"""What is new between two days, worked out from what is dated."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from builders import PLACE, check_in, company, cycle, day, key_result, objective, plan, ref, step

from okrsite.changes import News, company_since, last_review
from okrsite.measure import Standing, measure_company
from okrsite.model import (
    Amendment,
    Company,
    Feedback,
    Initiative,
    InitiativeState,
    Plan,
    Quantity,
    Status,
    Weekly,
)
from okrsite.model.change import Change, Term, Value

SINCE, UNTIL = "2026-11-09", "2026-11-16"
TRUST = "platform@2026-q4/trust"


def news(made: Company, since: str = SINCE) -> News:
    now = measure_company(made)
    return company_since(now.on(day(since)), now)


def of_plan(*objectives: object, since: str = SINCE, **fields: object) -> News:
    return news(company(plan(*objectives, **fields), as_of=UNTIL), since)  # type: ignore[arg-type]


def told(found: News) -> dict[str, object]:
    """Return the check-ins, by item, of all that is new."""
    return {str(i.ref): [c.date for c in i.check_ins] for p in found.plans for i in p.items}


def test_the_first_day_is_over_and_the_last_one_counts() -> None:
    days = ["2026-11-02", SINCE, "2026-11-10", UNTIL, "2026-11-17"]
    found = of_plan(objective("trust", key_result("sev1", *(check_in(d, 10) for d in days))))
    assert told(found) == {f"{TRUST}/sev1": [day("2026-11-10"), day(UNTIL)]}


def test_a_standing_is_that_of_the_day() -> None:
    said = [check_in("2026-11-02", 50, confidence=8), check_in(UNTIL, 20, confidence=3)]
    found = of_plan(objective("trust", key_result("sev1", *said)))
    whole, item = found.plans[0].items
    assert item.before == Standing(Fraction(1, 2), Status.ON_TRACK, Fraction(8), Quantity(50))
    assert item.after == Standing(Fraction(1, 5), Status.OFF_TRACK, Fraction(3), Quantity(20))
    assert (item.flips, item.moved_by, item.confidence_by) == (True, Fraction(-3, 10), -5)
    assert (whole.flips, whole.is_told, item.is_told) == (True, False, True)


def test_days_alone_make_something_outdated() -> None:
    found = of_plan(objective("trust", key_result("sev1", check_in("2026-11-01", 50))))
    item = found.plans[0].items[-1]
    assert item.before
    assert item.after
    assert (item.before.status, item.after.status) == (Status.ON_TRACK, Status.OUTDATED)
    assert not item.is_told


def test_nothing_is_no_news() -> None:
    found = of_plan(objective("trust", key_result("sev1", check_in("2026-11-08", 50))))
    assert found.plans == ()


def test_steps_and_initiatives_that_were_done_are_told_with_their_days() -> None:
    drills = key_result(
        "drills",
        check_in("2026-11-12", steps_done=[1]),
        kind="milestone",
        steps=[step("Write", done="2026-11-01"), step("Try"), step("Tell")],
        initiatives=(
            Initiative("Old", done=day("2026-11-03"), state=InitiativeState.DONE),
            Initiative("New", done=day("2026-11-13"), state=InitiativeState.DONE),
            Initiative("Open"),
        ),
    )
    item = of_plan(objective("trust", drills)).plans[0].items[-1]
    assert [(each.title, each.done) for each in item.steps] == [("Try", day("2026-11-12"))]
    assert [each.title for each in item.initiatives] == ["New"]


def amendment(on: str, about: str | None, why: str = "", change: Change | None = None) -> Amendment:
    return Amendment(day(on), ref(about) if about else None, why, PLACE, change)


def moved(on: str, about: str, why: str = "") -> Amendment:
    target = Change(Term.TARGET, Value(quantity=Quantity(90)), Value(quantity=Quantity(100)))
    return amendment(on, about, why, target)


def amended(*amendments: Amendment) -> News:
    return of_plan(objective("trust", key_result("sev1")), amendments=amendments)


def test_amendments_are_told_with_their_newest_reason() -> None:
    about = f"{TRUST}/sev1"
    found = amended(
        moved("2026-11-01", about, "long ago"),
        moved("2026-11-10", about, "more customers"),
        moved("2026-11-12", about),
        moved("2026-11-17", about, "to come"),
    )
    (item,) = found.plans[0].items
    assert [each.date.day for each in item.amendments] == [10, 12]
    assert [change.term for change in item.changes] == [Term.TARGET, Term.TARGET]
    assert (item.why, item.is_commitment) == ("more customers", True)


def test_what_was_added_did_not_stand_before() -> None:
    added = amendment("2026-11-10", TRUST, "", Change(Term.ADDED, None, Value("trust")))
    found = of_plan(
        objective("trust", key_result("sev1", check_in("2026-11-10", 10))), amendments=(added,)
    )
    assert [item.before for item in found.plans[0].items] == [None, None]
    assert all(item.after for item in found.plans[0].items)


def test_what_went_is_told_by_the_title_that_it_had() -> None:
    removed = Change(Term.REMOVED, Value("Halve the bill"), None)
    found = amended(amendment("2026-11-10", f"{TRUST}/cost", "nobody had time", removed))
    (gone,) = found.plans[0].items
    assert (gone.title, gone.why, gone.before, gone.after) == (
        *("Halve the bill", "nobody had time"),
        *(None, None),
    )


def test_a_reason_for_the_whole_plan_is_the_plans() -> None:
    found = amended(amendment("2026-11-10", None, "budget cut"))
    assert [each.why for each in found.plans[0].amendments] == ["budget cut"]
    assert found.plans[0].items == ()


def test_a_cycle_that_is_over_moves_no_more() -> None:
    old = objective("platform@2026-q1/trust", key_result("sev1", check_in("2026-03-20", 50)))
    made = company(plan(old), as_of=UNTIL, cycles=(cycle("2026-q1", "2026-01-01", "2026-03-31"),))
    assert news(made).plans == ()


def test_of_what_only_a_title_is_known_nothing_is_told_but_of_what_is_inside() -> None:
    hidden = objective("trust", key_result("sev1", check_in(UNTIL, 50)))
    found = of_plan(replace(hidden, title_only=True))
    assert list(told(found)) == [f"{TRUST}/sev1"]


def test_wins_and_feedback_come_with_their_days() -> None:
    made = replace(
        company(as_of=UNTIL),
        weeklies=tuple(
            Weekly("platform", "platform", day(on), PLACE, wins=(on,))
            for on in (SINCE, "2026-11-16", "2026-11-17")
        ),
        feedback=tuple(
            Feedback("platform", day(on), "bo", "question", "Why?", PLACE)
            for on in (SINCE, "2026-11-10")
        ),
    )
    found = news(made)
    assert [weekly.wins for weekly in found.weeklies] == [("2026-11-16",)]
    assert [entry.date for entry in found.feedback] == [day("2026-11-10")]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-10-14", None),
        ("2026-10-15", "2026-10-14"),
        ("2026-11-16", "2026-10-14"),
        ("2026-11-17", "2026-11-16"),
    ],
)
def test_the_last_review_is_one_that_was(as_of: str, expected: str | None) -> None:
    assert last_review(cycle(), day(as_of)) == (day(expected) if expected else None)


def test_one_plan_is_measured_on_two_days_as_by_itself() -> None:
    said = [check_in("2026-11-02", 50, confidence=8), check_in(UNTIL, 20, confidence=3)]
    made: Plan = plan(objective("trust", key_result("sev1", *said)))
    now = measure_company(company(made, as_of=UNTIL))
    then, alone = now.on(day(SINCE)), measure_company(company(made, as_of=UNTIL), day(SINCE))
    for item in made.objectives[0].items():
        measure = alone.key_result if item.ref.key_result else alone.objective
        whole, standing = measure(item.ref), then.standing(item.ref)
        assert (standing.progress, standing.status) == (whole.progress, whole.status)
        assert standing.confidence == whole.confidence
