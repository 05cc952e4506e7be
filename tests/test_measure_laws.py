"""What holds for any numbers, dates and words: the laws of measuring."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import builders
from hypothesis import assume, settings
from hypothesis import given as given_any
from hypothesis import strategies as st

from okrsite.measure import (
    KeyResultMeasure,
    ObjectiveMeasure,
    measure_company,
    worst,
)
from okrsite.measure.exact import clamp, fraction, mean, way
from okrsite.measure.expected import pace_verdict, time_gone
from okrsite.model import Bound, CheckIn, Kind, Status


def given(*strategies: Any) -> Any:
    """Like hypothesis' own, without a limit of time: the machine may be busy."""
    return lambda law: settings(deadline=None)(given_any(*strategies)(law))


FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)

numbers = st.decimals(-1_000_000, 1_000_000, places=3, allow_nan=False)
positive = st.decimals("0.001", 1000, places=3)
shares = st.decimals(0, 1, places=2)
days = st.dates(FIRST, LAST)
confidences = st.one_of(st.none(), st.decimals(0, 10, places=1))
statuses = st.one_of(st.none(), st.sampled_from(Status))


@st.composite
def check_ins(draw: st.DrawFn, kind: Kind, steps: int) -> CheckIn:
    counted = kind in (Kind.METRIC, Kind.LIMIT, Kind.MAINTAIN)
    indexes = st.lists(st.integers(0, steps - 1), max_size=2) if steps else st.just([])
    return builders.check_in(
        draw(days),
        draw(st.one_of(st.none(), numbers)) if counted else None,
        share=None if counted else draw(st.one_of(st.none(), shares)),
        steps_done=() if counted else draw(indexes),
        steps_undone=() if counted else draw(indexes),
        done=draw(st.booleans()),
        confidence=draw(confidences),
        status=draw(statuses),
        from_feed=draw(st.booleans()) if counted else False,
        overruled=draw(st.booleans()),
    )


@st.composite
def key_results(draw: st.DrawFn, name: str = "k", kinds: Iterable[Kind] = Kind) -> Any:
    kind = draw(st.sampled_from(list(kinds)))
    steps = draw(st.integers(0, 3)) if kind is Kind.MILESTONE else 0
    said = draw(st.lists(check_ins(kind, steps), max_size=6))
    fields: dict[str, Any] = {
        "kind": kind,
        "steps": [builders.step(f"s{each}") for each in range(steps)],
        "bound": draw(st.sampled_from(Bound)),
        "state": draw(st.sampled_from(["active", "active", "paused", "draft"])),
        "weight": draw(positive),
        "grade": draw(st.one_of(st.none(), shares)),
        "done": draw(st.one_of(st.none(), days)),
    }
    if kind in (Kind.METRIC, Kind.LIMIT, Kind.MAINTAIN):
        fields["baseline"] = draw(st.one_of(st.none(), numbers))
        fields["target"] = draw(numbers)
    ordered = sorted(said, key=lambda each: each.date)
    return builders.key_result(name, *ordered, **fields)


@st.composite
def objectives(draw: st.DrawFn) -> Any:
    count = draw(st.integers(0, 3))
    parts = [draw(key_results(f"k{each}")) for each in range(count)]
    said = sorted(draw(st.lists(check_ins(Kind.MILESTONE, 0), max_size=3)), key=lambda c: c.date)
    return builders.objective("trust", *parts, check_ins=tuple(said))


def measure(objective: Any, as_of: date) -> ObjectiveMeasure:
    company = builders.company(builders.plan(objective), as_of=as_of)
    return measure_company(company).objective(objective.ref)


def measure_metric(baseline: Decimal, target: Decimal, value: Decimal) -> KeyResultMeasure:
    key_result = builders.key_result(
        "k", builders.check_in("2026-11-16", value), baseline=baseline, target=target
    )
    return measure(builders.objective("trust", key_result), date(2026, 11, 16)).key_results[0]


@given(numbers, numbers)
def test_0_at_the_baseline_and_1_at_the_target(baseline: Decimal, target: Decimal) -> None:
    assume(baseline != target)
    assert measure_metric(baseline, target, baseline).progress == 0
    assert measure_metric(baseline, target, target).progress == 1


@given(numbers, numbers, numbers, positive, numbers)
def test_the_unit_changes_nothing(
    baseline: Decimal, target: Decimal, value: Decimal, scale: Decimal, shift: Decimal
) -> None:
    assume(baseline != target)
    converted = [each * scale + shift for each in (value, baseline, target)]
    assert way(*converted) == way(value, baseline, target)


@given(numbers, numbers, numbers)
def test_the_sign_changes_nothing(baseline: Decimal, target: Decimal, value: Decimal) -> None:
    assume(baseline != target)
    rising, falling = (
        measure_metric(baseline, target, value),
        measure_metric(-baseline, -target, -value),
    )
    assert falling.progress == rising.progress
    assert falling.pace == rising.pace
    assert falling.status == rising.status


@given(numbers, numbers, numbers, numbers)
def test_nearer_to_the_target_is_never_less(
    baseline: Decimal, target: Decimal, one: Decimal, other: Decimal
) -> None:
    assume(baseline != target)
    low, high = sorted((one, other), reverse=target < baseline)
    assert way(low, baseline, target) <= way(high, baseline, target)


@given(st.lists(st.tuples(st.fractions(), st.fractions(min_value="1/1000")), min_size=1))
def test_a_mean_lies_between_the_least_and_the_most(
    parts: list[tuple[Fraction, Fraction]],
) -> None:
    found = mean(parts)
    values = [value for value, _ in parts]
    assert found is not None
    assert min(values) <= found <= max(values)
    assert found == sum(v * w for v, w in parts) / sum(w for _, w in parts)


@given(st.lists(st.tuples(st.fractions(), st.fractions(min_value="1/1000"))), positive)
def test_a_mean_knows_weights_only_by_their_ratio_and_no_order(
    parts: list[tuple[Fraction, Fraction]], scale: Decimal
) -> None:
    heavier = [(value, weight * fraction(scale)) for value, weight in reversed(parts)]
    assert mean(heavier) == mean(parts)
    assert mean([*parts, (None, Fraction(7))]) == mean(parts)


@given(st.fractions())
def test_clamped_is_within_0_and_1_and_clamping_twice_is_once(share: Fraction) -> None:
    assert clamp(share) == min(max(share, 0), 1) == clamp(clamp(share))


@given(st.fractions(-2, 2), st.fractions(-2, 2))
def test_more_pace_is_never_a_worse_verdict(one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))
    limits = Fraction(1, 10), Fraction(1, 4)
    verdicts = [pace_verdict(low, *limits), pace_verdict(high, *limits)]
    assert worst(verdicts) is verdicts[0]


@given(days, days, days)
def test_time_gone_is_a_share_that_only_grows(start: date, end: date, day: date) -> None:
    start, end = sorted((start, end))
    today, tomorrow = time_gone(start, end, day), time_gone(start, end, day + timedelta(1))
    assert 0 <= today <= tomorrow <= 1
    assert (today == 0) == (day < start)
    assert (today == 1) == (day >= end)


@given(objectives(), days)
def test_nothing_dated_later_changes_anything(objective: Any, as_of: date) -> None:
    def cut(item: Any) -> Any:
        said = tuple(each for each in item.check_ins if each.date <= as_of)
        done = item.done if item.done and item.done <= as_of else None
        return replace(item, check_ins=said, done=done)

    known = replace(cut(objective), key_results=tuple(map(cut, objective.key_results)))
    assert measure(objective, as_of) == measure(known, as_of)


@given(objectives(), days)
def test_any_objective_has_an_exact_and_consistent_measure(objective: Any, as_of: date) -> None:
    found = measure(objective, as_of)
    parts = [each for each in found.key_results if each.active]
    assert found.measured <= found.of
    assert (found.progress is None) == (found.measured == 0)
    assert sum(found.counts.values()) == len(parts)
    measured = [each.shown for each in parts if each.shown is not None]
    if measured:
        assert found.progress is not None
        assert min(measured) <= found.progress <= max(measured)
    for each in found.key_results:
        assert each.shown is None or 0 <= each.shown <= 1
        assert each.grade is None
        assert not (each.watermelon and each.gloomier)
        assert each.outdated == (each.because.rule == "outdated")
        assert each.pace_verdict is None or each.pace is not None
        assert list(each.history) == sorted(each.history, key=lambda point: point.date)
        assert len({point.date for point in each.history}) == len(each.history)


@given(objectives(), st.integers(1, 60))
def test_a_closed_cycle_stands_still_after_its_grading_date(objective: Any, later: int) -> None:
    due = LAST + timedelta(days=14)
    assert measure(objective, due + timedelta(days=later)) == measure(objective, due)


@given(objectives(), days)
def test_the_week_of_a_day_agrees_with_the_measure_of_that_day(objective: Any, as_of: date) -> None:
    company = builders.company(builders.plan(objective), as_of=as_of)
    measures = measure_company(company)
    week, owner = measures.weeks("platform", "2026-q4")[-1], measures.owner("platform", "2026-q4")
    assert owner is not None
    assert (week.counts, week.status) == (owner.counts, owner.status)
    assert (week.progress, week.confidence) == (owner.progress, owner.confidence)


@given(key_results(kinds=[Kind.METRIC]), days, days)
def test_a_feed_never_hides_what_people_say(key_result: Any, as_of: date, row: date) -> None:
    fed = builders.check_in(row, 5, from_feed=True)
    said = sorted([fed, *key_result.check_ins], key=lambda each: each.date)
    before = measure(builders.objective("trust", key_result), as_of).key_results[0]
    after = measure(
        builders.objective("trust", replace(key_result, check_ins=tuple(said))), as_of
    ).key_results[0]
    assert after.last_check_in == before.last_check_in
    assert after.check_in_due == before.check_in_due or "done" in (
        after.because.rule,
        before.because.rule,
    )
    assert (after.confidence, after.confidence_history) == (
        before.confidence,
        before.confidence_history,
    )
    if before.because.rule == "declared" and after.because.rule != "done":
        assert after.because == before.because
