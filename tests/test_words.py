"""The site's own words, dates and numbers; every rule of a status has its sentence."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from builders import check_in, company, key_result, objective, plan, quantity
from hypothesis import given
from hypothesis import strategies as st

from okrsite.measure import Arithmetic, Because, measure_company
from okrsite.model import KeyResult, Reference, Status
from okrsite.words import (
    NONE,
    STATUS_WORDS,
    Words,
    say_arithmetic,
    say_because,
    say_pace,
)
from okrsite.words.catalog import read_catalog

TODAY = date(2026, 11, 22)
ENGLISH = Words("en", TODAY)


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (Fraction(52, 100), "52\N{NO-BREAK SPACE}%"),
        (Fraction(112, 100), "112\N{NO-BREAK SPACE}%"),
        (Fraction(-8, 100), "\N{MINUS SIGN}8\N{NO-BREAK SPACE}%"),
        (Fraction(1, 200), "1\N{NO-BREAK SPACE}%"),
        (Fraction(0), "0\N{NO-BREAK SPACE}%"),
        (None, NONE),
    ],
)
def test_a_share_is_a_percentage(share: Fraction | None, expected: str) -> None:
    assert ENGLISH.percent(share) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Fraction(20, 3), "6.7"), (7, "7"), (Decimal("5.55"), "5.6"), (Decimal(12345), "12,345")],
)
def test_a_number_has_the_decimals_that_it_needs(value: Decimal | Fraction, expected: str) -> None:
    assert ENGLISH.number(value) == expected


def test_numbers_and_dates_follow_the_language() -> None:
    german = Words("de", TODAY)
    assert german.number(Decimal("6.5")) == "6,5"
    assert german.date(date(2026, 11, 16)) == "16. Nov."
    assert Words("zh", TODAY).date(date(2026, 11, 16)) == "11月16日"
    assert Words("en-US", TODAY).date(date(2026, 11, 16)) == "Nov 16"


@pytest.mark.parametrize(
    ("day", "short", "relative"),
    [
        (date(2026, 11, 16), "16 Nov", "6 days ago"),
        (date(2027, 1, 12), "12 Jan", "in 2 months"),
        (date(2025, 11, 16), "16 Nov 2025", "12 months ago"),
        (TODAY, "22 Nov", "today"),
    ],
)
def test_a_day_has_its_year_only_where_it_could_be_another(
    day: date, short: str, relative: str
) -> None:
    assert ENGLISH.date(day) == short
    assert ENGLISH.relative(day) == relative


def test_a_grade_has_one_decimal_or_two() -> None:
    assert [ENGLISH.grade(Decimal(text)) for text in ("0.7", "0.65", "1")] == ["0.7", "0.65", "1.0"]
    assert ENGLISH.grade(Fraction(2, 3)) == "0.67"


def test_an_unknown_language_is_english() -> None:
    assert Words("tlh", TODAY).gettext("Teams") == "Teams"
    assert Words("", TODAY).language == "en"


def test_plurals() -> None:
    one, many = "{n} key result", "{n} key results"
    assert [ENGLISH.ngettext(one, many, n) for n in (0, 1, 2)] == [
        "0 key results",
        "1 key result",
        "2 key results",
    ]


@given(share=st.fractions(-2, 2))
def test_pace_says_which_way(share: Fraction) -> None:
    said = say_pace(ENGLISH, share)
    if said != "as expected":
        assert said.endswith("ahead" if share > 0 else "behind")


def test_every_status_has_a_word() -> None:
    assert set(STATUS_WORDS) == set(Status)


SEV1 = Reference("platform", "2026-q4", "trust", "sev1")
LATENCY = key_result("sev1", title="Cut *p95*", baseline="900 ms", target="600 ms")
HOUSE = company(plan(objective("trust", LATENCY)))
ON = date(2026, 11, 16)
MS = quantity("720 ms")
POINTS = {"on_track": Fraction(1, 10), "at_risk": Fraction(1, 4)}


def becauses() -> Iterator[tuple[Because, str]]:
    """Yield every rule with its facts, and what must be said of it."""
    yield Because("paused", {"whose": "key-result", "why": ""}), "it is paused"
    yield Because("paused", {"whose": "objective", "why": "No money"}), "No money"
    yield (
        Because("cancelled", {"whose": "key-result", "why": "Sold *it*"}),
        "it was cancelled: Sold it",
    )
    graded = {"graded": True, "progress": None, "committed": False}
    yield (
        Because("closed", {**graded, "grade": Decimal("0.5"), "needed": Fraction(7, 10)}),
        "graded 0.5; 0.7 is success",
    )
    open_grade = {"graded": False, "grade": None, "needed": Fraction(1), "committed": True}
    yield (
        Because("closed", {**open_grade, "progress": Fraction(62, 100)}),
        "not graded; it ended at 62\N{NO-BREAK SPACE}%; a committed objective needs 1.0",
    )
    yield Because("closed", {**open_grade, "progress": None}), "nobody graded it"
    done = {"by": "bo", "date": ON, "progress": Fraction(1)}
    yield Because("done", {**done, "how": "check-in"}), "said to be done (Bo, 16 Nov)"
    yield Because("done", {**done, "how": "plan"}), "done on 16 Nov"
    yield Because("done", {**done, "how": "steps"}), "all its steps"
    yield Because("upcoming", {"starts": date(2027, 1, 1)}), "starts on 1 Jan"
    yield Because("not-started", {"days": 53, "of": 92, "late": True}), "day 53 of 92; more than"
    silent = {"date": date(2026, 10, 26), "by": "bo", "days": 27, "allowed": 10}
    yield (
        Because("outdated", {**silent, "last": Status.ON_TRACK, "last_rule": "pace"}),
        "(Bo, 26 Oct) is 27 days old, and 10 are allowed; last known: on track",
    )
    said = {"by": "bo", "date": ON, "away": False}
    yield Because("declared", {**said, "status": Status.AT_RISK}), "declared (Bo, 16 Nov)"
    sure = Because("confidence", {**said, "confidence": Fraction(5)})
    yield sure, "confidence is 5 of 10 (Bo, 16 Nov)"
    yield Because("overdue", {"due": ON, "progress": Fraction(3, 5)}), "due on 16 Nov"
    kept = {"kept": False, "value": quantity("3"), "target": quantity("4"), "date": ON}
    yield Because("kept", kept), "3 (16 Nov) does not keep to 4"
    limit = {"target": quantity("4"), "date": ON, "share": Fraction(1, 2)}
    yield (
        Because("limit", {**limit, "value": quantity("3"), "allowed": Fraction(2)}),
        "3 so far, and at most 4 by the end; after 50\N{NO-BREAK SPACE}% of the time 2 would",
    )
    behind = {"progress": Fraction(40, 100), "expected": Fraction(52, 100), "date": ON}
    yield (
        Because("pace", {**behind, **POINTS, "pace": Fraction(-12, 100)}),
        "12 points behind; 10 points are tolerated",
    )
    early = {"until": ON, "progress": Fraction(0), "expected": Fraction(0)}
    yield Because("too-early", early), "until 16 Nov"
    for why in ("kind", "baseline", "value", "target"):
        yield Because("no-measure", {"why": why}), "n"
    worst = {"key_result": SEV1, "status": Status.AT_RISK, "count": 1, "of": 3}
    yield Because("worst", worst), "1 of 3 key results is at risk: Cut p95"
    yield Because("empty", {}), "no active key result"


@pytest.mark.parametrize(
    ("because", "expected"), [pytest.param(b, text, id=b.rule) for b, text in becauses()]
)
def test_every_rule_has_a_sentence_with_its_arithmetic(because: Because, expected: str) -> None:
    assert expected in say_because(ENGLISH, because, HOUSE)


def test_the_rules_said_are_the_rules_documented() -> None:
    from okrsite.words.because import _RULES

    documented = Because.__doc__ or ""
    assert {rule for rule in _RULES if f"``{rule}``" not in documented} == set()
    assert {because.rule for because, _ in becauses()} == set(_RULES)


def test_a_metrics_progress_shows_its_sum() -> None:
    facts = {"current": MS, "baseline": quantity("900 ms"), "target": quantity("600 ms")}
    said = say_arithmetic(ENGLISH, Arithmetic("metric", facts))
    assert said == "(720 − 900) ÷ (600 − 900) = 60\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(
    ("done", "of", "expected"),
    [
        (1, 3, "1 of 3 steps done"),
        (Fraction(2, 3), 2, "1 of 3 steps done"),
        (1, 4, "1 of 3 steps done, by weight 1 of 4"),
        (Fraction(1, 2), Fraction(7, 2), "1 of 3 steps done, by weight 0.5 of 3.5"),
    ],
)
def test_steps_that_weigh_more_than_others_say_so(
    done: Fraction, of: Fraction, expected: str
) -> None:
    facts = {"done": Fraction(done), "of": Fraction(of), "steps_done": 1, "steps": 3}
    assert say_arithmetic(ENGLISH, Arithmetic("steps", facts)) == expected


CASES = [
    key_result("a", check_in("2026-11-16", 50)),
    key_result("b", check_in("2026-11-16", 50, confidence=3, by="bo")),
    key_result("c", check_in("2026-10-05", 50)),
    key_result("d"),
    key_result("e", kind="milestone", steps=("One", "Two")),
    key_result("f", kind="limit", target=4),
    key_result("g", kind="maintain", target=4),
    key_result("h", kind="rubric", rubric={"0.3": "Some", "1.0": "All"}),
    key_result("i", baseline=None, target=80),
    key_result("j", state="paused"),
    key_result("k", state="cancelled", cancelled_because="Sold"),
]


@pytest.mark.parametrize("kr", CASES, ids=lambda kr: kr.ref.key_result)
@pytest.mark.parametrize("as_of", ["2026-09-30", "2026-10-03", "2026-11-16", "2027-02-01"])
def test_whatever_is_measured_can_be_said(kr: KeyResult, as_of: str) -> None:
    house = company(plan(objective("trust", kr)), as_of=as_of)
    measures = measure_company(house)
    own = measures.objective(Reference("platform", "2026-q4", "trust"))
    words = Words("en", house.as_of)
    for measure in (own, *own.key_results):
        assert say_because(words, measure.because, house)


def test_a_missing_catalog_is_english() -> None:
    assert read_catalog("xx").gettext("Teams") == "Teams"
