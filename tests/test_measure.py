"""Numbers and badges: golden cases worked out by hand, then what needs a whole company."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import builders
import pytest
import yaml

from okrsite.measure import (
    Because,
    Mean,
    Measures,
    confidence_colour,
    measure_company,
    measure_key_result,
    measure_objective,
    worst,
)
from okrsite.measure.lazy import lazy
from okrsite.model import Bound, Company, ObjectiveType, Quantity, Reference, Rules, Status

CASES = Path(__file__).parent / "cases" / "measure"
FIRST = date(2026, 1, 1)
"""The first of the 100 days of the cases' cycle."""


def load_cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in sorted(CASES.glob("*.yml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def on_day(value: date | int, first: date = FIRST) -> date:
    """A date as it is, or a day of the cycle: 1 is the first."""
    return value if isinstance(value, date) else first + timedelta(days=value - 1)


def build_check_ins(said: list[dict[str, Any]]) -> list[Any]:
    return [
        builders.check_in(on_day(each["day"]), **{k: v for k, v in each.items() if k != "day"})
        for each in said
    ]


def build_key_result(written: dict[str, Any], index: int = 1) -> Any:
    given = dict(written)
    said = build_check_ins(given.pop("check_ins", []))
    for name in ("start", "due", "done"):
        if name in given:
            given[name] = on_day(given[name])
    if "checkpoints" in given:
        given["checkpoints"] = {on_day(on): at for on, at in given["checkpoints"].items()}
    if "steps" in given:
        given["steps"] = [
            builders.step(**(each | ({"done": on_day(each["done"])} if "done" in each else {})))
            for each in given["steps"]
        ]
    if "bound" in given:
        given["bound"] = Bound(given["bound"])
    if "owners" in given:
        given["owners"] = tuple(given["owners"])
    return builders.key_result(given.pop("id", f"k{index}"), *said, **given)


def build_objective(written: dict[str, Any], cycle: str) -> Any:
    given = dict(written)
    key_results = [
        build_key_result(each, index) for index, each in enumerate(given.pop("key_results"), 1)
    ]
    given["check_ins"] = tuple(build_check_ins(given.pop("check_ins", [])))
    if "done" in given:
        given["done"] = on_day(given["done"])
    if "type" in given:
        given["type"] = ObjectiveType(given["type"])
    name = given.pop("id", "trust")
    return builders.objective(f"platform@{cycle}/{name}", *key_results, **given)


def build_company(case: dict[str, Any]) -> Company:
    cycle = builders.cycle("c", **case.get("cycle", {"start": FIRST, "end": on_day(100)}))
    if "key_result" in case:
        single = {**case.get("objective", {}), "key_results": [case["key_result"]]}
        written = [single]
    else:
        written = case.get("objectives") or [case["objective"]]
    plan = builders.plan(
        *(build_objective(each, cycle.id) for each in written), **case.get("plan", {})
    )
    person = dict(case.get("person", {}))
    person["away"] = [[on_day(day) for day in span] for span in person.get("away", [])]
    rules: dict[str, Any] = {
        name: value if name == "grace_days" else Decimal(value)
        for name, value in case.get("rules", {}).items()
    }
    return builders.company(
        plan,
        as_of=on_day(case["as_of"]),
        cycles=(cycle,),
        people=(builders.person(**person),),
        rules=Rules(**rules),
    )


def measured(case: dict[str, Any]) -> Any:
    company = build_company(case)
    owner = measure_company(company).owner("platform", "c")
    assert owner is not None
    if "objectives" in case:
        return owner
    [objective] = owner.objectives
    return objective.key_results[0] if "key_result" in case else objective


def plain(value: Any) -> Any:
    """A result as a case writes it: days as dates, exact numbers as fractions, enums as words."""
    match value:
        case bool() | None | date():
            return value
        case Status():
            return value.value
        case Quantity():
            return Fraction(value.value)
        case Because():
            return value.rule
        case int() | Fraction() | Decimal():
            return Fraction(value)
        case Mapping():
            return {plain(name): plain(each) for name, each in value.items()}
        case tuple() | list():
            return [plain(each) for each in value]
    return str(value)


DAYS = frozenset(
    {"as_of", "current_date", "confidence_date", "last_check_in", "check_in_due", "steps_done"}
    | {"start", "due", "date", "starts"}
)


def wanted(name: str, value: Any) -> Any:
    """What a case expects, as `plain` gives it."""
    if isinstance(value, Mapping):
        return {each: wanted(each, inner) for each, inner in value.items()}
    if isinstance(value, list):
        return [wanted(name, each) for each in value]
    if name in DAYS and value is not None:
        return on_day(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float) or re.fullmatch(r"-?\d+/\d+", value):
        return Fraction(str(value))
    return value


def found(measure: Any, name: str) -> Any:
    if name == "arithmetic":
        return measure.arithmetic.formula
    if name == "points":
        return [point.value or point.share for point in measure.history]
    if name == "facts":
        return measure.because.facts
    return getattr(measure, name)


@pytest.mark.parametrize("case", load_cases())
def test_golden(case: dict[str, Any]) -> None:
    measure = measured(case)
    expected = {name: wanted(name, value) for name, value in case["expect"].items()}
    actual = {name: plain(found(measure, name)) for name in expected}
    if "facts" in expected:
        actual["facts"] = {name: actual["facts"].get(name) for name in expected["facts"]}
    assert actual == expected


def test_every_rule_has_a_case() -> None:
    ruled = {
        str(case.values[0]["expect"].get("because"))
        for case in load_cases()
        if "because" in case.values[0]["expect"]
    }
    assert ruled == {
        "paused", "cancelled", "closed", "done", "upcoming", "not-started", "outdated",
        "declared", "confidence", "overdue", "kept", "limit", "pace", "too-early", "no-measure",
        "worst", "empty",
    }  # fmt: skip


def quarter(*key_results: Any, as_of: str = "2026-11-16", **fields: Any) -> Measures:
    """A company with one objective, platform@2026-q4/trust."""
    plan = builders.plan(builders.objective("trust", *key_results, **fields))
    return measure_company(builders.company(plan, as_of=as_of))


TRUST = builders.ref("platform@2026-q4/trust")
SEV1 = builders.ref("platform@2026-q4/trust/sev1")


def test_a_company_is_measured_as_of_its_own_day_or_an_earlier_one() -> None:
    said = [builders.check_in("2026-11-09", 30), builders.check_in("2026-11-16", 60)]
    company = builders.company(
        builders.plan(builders.objective("trust", builders.key_result("sev1", *said)))
    )
    assert measure_company(company).key_result(SEV1).progress == Fraction(3, 5)
    earlier = measure_company(company, date(2026, 11, 15))
    assert earlier.key_result(SEV1).progress == Fraction(3, 10)


def test_measures_are_worked_out_once() -> None:
    measures = quarter(builders.key_result("sev1"))
    assert measures.key_result(SEV1) is measures.key_result(SEV1)
    assert measures.objective(SEV1) is measures.objective(TRUST)
    assert measures.owner("platform", "2026-q4") is measures.owner("platform", "2026-q4")
    assert measures.cycle("2026-q4") is measures.cycle("2026-q4")
    assert measures.weeks("platform", "2026-q4") is measures.weeks("platform", "2026-q4")


def test_the_parts_measured_alone_are_the_same() -> None:
    key_result = builders.key_result("sev1", builders.check_in("2026-11-16", 40, confidence=5))
    objective = builders.objective("trust", key_result)
    plan = builders.plan(objective)
    company = builders.company(plan)
    measures = measure_company(company)
    alone = measure_objective(objective, plan, company, company.as_of)
    assert alone == measures.objective(TRUST)
    inner = objective.key_results[0]
    assert measure_key_result(inner, objective, plan, company, company.as_of) == (
        measures.key_result(SEV1)
    )


def test_strangers_have_no_measure() -> None:
    measures = quarter(builders.key_result("sev1"))
    assert measures.owner("platform", "2027-q1") is None
    assert measures.weeks("nobody", "2026-q4") == ()
    with pytest.raises(KeyError):
        measures.objective(builders.ref("nobody@2026-q4/trust"))
    with pytest.raises(KeyError):
        measures.key_result(builders.ref("platform@2026-q4/trust/other"))


def test_a_cycle_counts_active_key_results_of_all_owners() -> None:
    fine = builders.key_result("fine", builders.check_in("2026-11-16", 60))
    late = builders.key_result("late", builders.check_in("2026-11-16", 1))
    idle = builders.key_result("idle", state="paused")
    company = builders.company(
        builders.plan(builders.objective("platform@2026-q4/trust", fine, late, idle)),
        builders.plan(builders.objective("data@2026-q4/pipeline", fine)),
        builders.plan(builders.objective("data@2026/reliable", fine)),
        builders.plan(builders.objective("mobile@2026-q4/idea", fine, state="draft")),
    )
    counted = measure_company(company).cycle("2026-q4")
    assert counted.counts == {Status.ON_TRACK: 2, Status.OFF_TRACK: 1}
    assert counted.of == 3
    assert counted.time_gone == Fraction(47, 92)
    assert counted.cycle.id == "2026-q4"


def test_several_cycles_have_their_own_clocks_and_means() -> None:
    company = builders.company(
        builders.plan(
            builders.objective(
                "data@2026-q4/a", builders.key_result("k", builders.check_in("2026-11-16", 40))
            )
        ),
        builders.plan(
            builders.objective(
                "data@2026/b", builders.key_result("k", builders.check_in("2026-11-16", 80))
            )
        ),
    )
    measures = measure_company(company)
    short, long = measures.owner("data", "2026-q4"), measures.owner("data", "2026")
    assert short is not None
    assert long is not None
    assert (short.progress, short.time_gone) == (Fraction(2, 5), Fraction(47, 92))
    assert (long.progress, long.time_gone) == (Fraction(4, 5), Fraction(320, 365))


# Support


def supported(*supporters: Any) -> Measures:
    own = builders.objective(
        "company@2026-q4/reliable", builders.key_result("k", builders.check_in("2026-11-16", 10))
    )
    return measure_company(
        builders.company(builders.plan(own), *(builders.plan(each) for each in supporters))
    )


def supporter(team: str, value: int, **fields: Any) -> Any:
    key_result = builders.key_result("k", builders.check_in("2026-11-16", value))
    given = {"supports": ["company@2026-q4/reliable"]} | fields
    return builders.objective(f"{team}@2026-q4/o", key_result, **given)


RELIABLE = builders.ref("company@2026-q4/reliable")


def test_support_is_a_mean_of_its_own_beside_the_progress() -> None:
    measures = supported(supporter("data", 40), supporter("mobile", 180, weight=9))
    assert measures.support_mean(RELIABLE) == Mean(Fraction(7, 10), 2, 2)
    assert measures.objective(RELIABLE).progress == Fraction(1, 10)
    company = measures.owner("company", "2026-q4")
    assert company is not None
    assert company.progress == Fraction(1, 10)


def test_nothing_that_supports_is_none() -> None:
    assert supported().support_mean(RELIABLE) == Mean(None, 0, 0)


def test_support_leaves_out_what_is_not_active_and_says_what_has_no_measure() -> None:
    unmeasured = builders.objective(
        "web@2026-q4/o",
        builders.key_result("k", baseline=None, target=80),
        supports=["company@2026-q4/reliable"],
    )
    measures = supported(supporter("data", 40), supporter("mobile", 90, state="paused"), unmeasured)
    assert measures.support_mean(RELIABLE) == Mean(Fraction(2, 5), 1, 2)


def test_who_supports_twice_counts_once() -> None:
    twice = supporter("data", 40, supports=["company@2026-q4/reliable"] * 2)
    assert supported(twice).support_mean(RELIABLE) == Mean(Fraction(2, 5), 1, 1)
    both = ["company@2026-q4/reliable", "company@2026-q4/reliable/k"]
    assert supported(supporter("data", 40, supports=both)).support_mean(RELIABLE).of == 1


def test_what_supports_a_key_result_supports_its_objective() -> None:
    below = supporter("data", 40, supports=["company@2026-q4/reliable/k"])
    assert supported(below, supporter("mobile", 60)).support_mean(RELIABLE) == Mean(
        Fraction(1, 2), 2, 2
    )


# Weeks


def test_past_weeks_are_as_of_their_last_day_and_this_one_as_of_today() -> None:
    said = [
        builders.check_in("2026-10-12", 2, status="off-track", confidence=2),
        builders.check_in("2026-10-15", 30, status="on-track", confidence=8),
        builders.check_in("2026-10-22", 30, status="at-risk", confidence=6),
    ]
    weeks = quarter(builders.key_result("sev1", *said), as_of="2026-10-23").weeks(
        "platform", "2026-q4"
    )
    # Weeks run from the first of October, a Thursday, so each ends on a Wednesday.
    assert [(week.week, week.end, week.as_of) for week in weeks] == [
        (1, date(2026, 10, 7), date(2026, 10, 7)),
        (2, date(2026, 10, 14), date(2026, 10, 14)),
        (3, date(2026, 10, 21), date(2026, 10, 21)),
        (4, date(2026, 10, 28), date(2026, 10, 23)),
    ]
    assert [week.status for week in weeks] == ["not-started", "off-track", "on-track", "at-risk"]
    assert [week.confidence for week in weeks] == [None, 2, 8, 6]
    assert [week.progress for week in weeks] == [
        0,
        Fraction(1, 50),
        Fraction(3, 10),
        Fraction(3, 10),
    ]
    assert [week.checked_in for week in weeks] == [0, 1, 1, 1]
    assert [dict(week.counts) for week in weeks][1] == {Status.OFF_TRACK: 1}


def test_a_week_without_a_check_in_is_fresh_until_cadence_plus_grace() -> None:
    said = builders.check_in("2026-10-07", 2)
    weeks = quarter(builders.key_result("sev1", said), as_of="2026-10-21").weeks(
        "platform", "2026-q4"
    )
    assert [week.checked_in for week in weeks] == [1, 0, 0]
    assert [week.fresh for week in weeks] == [1, 1, 0]
    assert [week.of for week in weeks] == [1, 1, 1]
    assert weeks[2].status is Status.OUTDATED


def test_the_last_week_takes_the_rest_and_is_still_running_on_its_last_day() -> None:
    measures = quarter(builders.key_result("sev1", grade="0.9"), as_of="2027-03-01")
    weeks = measures.weeks("platform", "2026-q4")
    assert len(weeks) == 13
    assert weeks[-1].end == date(2026, 12, 31)
    assert weeks[-1].status is Status.NOT_STARTED
    assert measures.objective(TRUST).status is Status.ACHIEVED


@pytest.mark.parametrize(
    ("days", "weeks"), [(1, 1), (7, 1), (10, 1), (11, 2), (42, 6), (90, 13), (92, 13), (95, 14)]
)
def test_weeks_are_days_by_seven_rounded(days: int, weeks: int) -> None:
    last = FIRST + timedelta(days=days - 1)
    cycle = builders.cycle("c", FIRST, last)
    plan = builders.plan(builders.objective("platform@c/trust", builders.key_result()))
    company = builders.company(plan, as_of=last, cycles=(cycle,))
    found = measure_company(company).weeks("platform", "c")
    assert len(found) == weeks
    assert found[-1].end == last


def test_no_week_before_the_cycle() -> None:
    assert quarter(builders.key_result(), as_of="2026-09-30").weeks("platform", "2026-q4") == ()


def test_a_cycles_weeks_add_up_counts_and_average_nothing() -> None:
    fine = builders.key_result("k", builders.check_in("2026-10-05", 5, confidence=8))
    red = builders.key_result("k", builders.check_in("2026-10-05", 5, status="off-track"))
    company = builders.company(
        builders.plan(builders.objective("platform@2026-q4/a", fine)),
        builders.plan(builders.objective("data@2026-q4/b", red)),
        builders.plan(builders.objective("web@2026-q4/c", fine, state="draft")),
        as_of="2026-10-07",
    )
    [week] = measure_company(company).cycle_weeks("2026-q4")
    assert week.counts == {Status.ON_TRACK: 1, Status.OFF_TRACK: 1}
    assert (week.checked_in, week.fresh, week.of) == (2, 2, 2)
    assert week.status is Status.OFF_TRACK
    assert (week.progress, week.confidence) == (None, None)


def test_a_cycle_without_plans_has_no_weeks() -> None:
    assert measure_company(builders.company()).cycle_weeks("2026-q4") == ()
    assert measure_company(builders.company()).cycle("2026-q4").of == 0


def test_an_objective_without_key_results_counts_in_check_ins_of_its_week() -> None:
    said = builders.check_in("2026-11-16", share="0.4")
    week = quarter(check_ins=(said,)).weeks("platform", "2026-q4")[-1]
    assert (week.checked_in, week.of, dict(week.counts)) == (1, 1, {})
    assert week.progress == Fraction(2, 5)


# What went wrong elsewhere


def test_a_quarter_starts_on_its_first_day() -> None:
    measures = quarter(builders.key_result("sev1"), as_of="2026-10-01")
    assert measures.key_result(SEV1).because.rule == "not-started"
    assert measures.cycle("2026-q4").time_gone == Fraction(1, 92)
    assert len(measures.weeks("platform", "2026-q4")) == 1


def test_a_later_dated_item_changes_nothing_of_today() -> None:
    today = builders.check_in("2026-11-16", 40, confidence=5, status="at-risk")
    tomorrow = builders.check_in("2026-11-17", 99, confidence=9, status="on-track", done=True)
    without = quarter(builders.key_result("sev1", today)).objective(TRUST)
    assert quarter(builders.key_result("sev1", today, tomorrow)).objective(TRUST) == without


def test_an_empty_plan_is_none_and_no_nan() -> None:
    company = builders.company(builders.plan())
    owner = measure_company(company).owner("platform", "2026-q4")
    assert owner is not None
    assert (owner.progress, owner.expected, owner.confidence, owner.status) == (None,) * 4
    assert owner.counts == {}


def test_an_individuals_plan_is_measured_like_a_teams() -> None:
    key_result = builders.key_result("k", builders.check_in("2026-11-16", 40))
    own = builders.objective("ana@2026-q4/focus", key_result, team="platform")
    measures = measure_company(builders.company(builders.plan(own)))
    owner = measures.owner("ana", "2026-q4")
    assert owner is not None
    assert owner.progress == Fraction(2, 5)


def test_a_chart_gets_the_corners_of_the_expected_path() -> None:
    straight = builders.key_result("sev1")
    assert quarter(straight).key_result(SEV1).expected_path == (
        (date(2026, 10, 1), Fraction(1, 92)),
        (date(2026, 12, 31), Fraction(1)),
    )
    bent = builders.key_result("sev1", baseline=900, target=600, checkpoints={"2026-10-31": 820})
    assert quarter(bent).key_result(SEV1).expected_path == (
        (date(2026, 10, 1), Fraction(0)),
        (date(2026, 10, 31), Fraction(4, 15)),
        (date(2026, 12, 31), Fraction(1)),
    )


# Words and colours


def test_colours_of_confidence() -> None:
    assert [confidence_colour(Fraction(each)) for each in (10, 7, 4, 0)] == [
        "on-track", "on-track", "at-risk", "off-track",
    ]  # fmt: skip


def test_the_worst_of_nothing_is_none() -> None:
    assert worst([]) is None
    assert worst([Status.ACHIEVED, Status.UNKNOWN, Status.ON_TRACK]) is Status.UNKNOWN


def documented(nouns: type) -> dict[str, str]:
    """What a docstring's list says of each rule or formula."""
    text = (nouns.__doc__ or "").replace("\n\n", "\n    - ")
    entries = [" ".join(entry.split()) for entry in text.split("\n    - ")]
    pairs = [entry.partition(" — ") for entry in entries]
    return {name: rest for names, _, rest in pairs for name in re.findall(r"``([a-z-]+)``", names)}


@pytest.mark.parametrize("case", load_cases())
def test_facts_are_those_that_are_documented(case: dict[str, Any]) -> None:
    measure = measured(case)
    for given, name in [("because", "rule"), ("arithmetic", "formula")]:
        told = getattr(measure, given, None)
        if told is not None:
            text = documented(type(told))[getattr(told, name)]
            strangers = [fact for fact in told.facts if not re.search(rf"\b{fact}\b", text)]
            assert strangers == [], text


def test_everything_a_measure_holds_is_named_in_the_golden_cases_or_here() -> None:
    measure = quarter(
        builders.key_result("sev1", builders.check_in("2026-11-16", 40, confidence=5, by="bo"))
    ).key_result(SEV1)
    assert measure.ref == Reference("platform", "2026-q4", "trust", "sev1")
    assert measure.confidence_by == "bo"
    assert measure.confidence_history == ((date(2026, 11, 16), Fraction(5)),)
    assert measure.weight == 1
    assert measure.baseline == Quantity(Decimal(0))
    assert measure.target == Quantity(Decimal(100))
    assert all(getattr(measure, field.name) is not ... for field in fields(measure))


def test_lazy_is_seen_on_the_class() -> None:
    class Thing:
        @lazy
        def answer(self) -> int:
            """Return it."""
            return 42

    assert isinstance(Thing.answer, lazy)
    assert Thing().answer == 42
