"""Sentences and what they read to: golden cases in six languages, and texts meant to hurt."""

import re
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from okrsite.model import Bound, Kind, Quantity
from okrsite.sentences import Sentence, read_sentence

ROWS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("cases").joinpath("sentences.yml").read_text("utf-8")
)
CASES = [case for row in ROWS for case in row["cases"]]


def quantity(text: str | None) -> Quantity | None:
    """Return a quantity of the cases: its value and its unit."""
    if text is None:
        return None
    value, _, unit = text.partition(" ")
    return Quantity(Decimal(value), unit)


def expected(case: dict[str, Any]) -> Sentence:
    """Return the sentence that a case expects."""
    return Sentence(
        title=case.get("title", case["text"]),
        priority=case.get("priority", ""),
        kind=Kind(case["kind"]),
        baseline=quantity(case.get("baseline")),
        target=quantity(case.get("target")),
        bound=Bound(case.get("bound", "at-least")),
        is_change=case.get("is_change", False),
        falling=case.get("falling", False),
        unread=case.get("unread", ""),
        placeholder=case.get("placeholder", False),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["text"]))
def test_a_sentence_reads_as_the_table_says(case: dict[str, Any]) -> None:
    assert read_sentence(case["text"], case.get("language", "en")) == expected(case)


@pytest.mark.parametrize("language", ["de", "fr", "es", "pt", "zh", "sv", "de-CH", ""])
def test_a_plans_language_decides_nothing_but_separators(language: str) -> None:
    doubtful = re.compile(r"\d[.,]\d{3}(?!\d)")
    for case in CASES:
        if not doubtful.search(case["text"]):
            assert read_sentence(case["text"], language) == expected(case)


def test_every_kind_has_cases_in_every_language_of_the_format() -> None:
    kinds = Counter(case["kind"] for case in CASES)

    assert min(kinds[kind] for kind in ("metric", "limit", "maintain", "milestone")) >= 20


HOSTILE = """1.|from |1 |1 000 |from 1 to |de 1 a |从1到|[|](|`|<a|~~|"|"a" |(|((1|$|X%|to 5 |KR1:
1/|[P0] |1-|at least |->|=>|**|_|http://|1e|１|May 5|5 de |5 or more |零|百分之|zero incidents
keep 5% |≥ 5 """.replace("\n", "|").split("|")


def calls_of(text: str) -> int:
    """Return how many functions reading a text calls."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        read_sentence(text)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_text_twice_as_long_is_twice_the_work(piece: str) -> None:
    short = piece * (1_000 // len(piece))

    assert calls_of(short * 2) <= 2.5 * calls_of(short)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_text_of_any_length_comes_to_an_end(piece: str) -> None:
    assert read_sentence(piece * (100_000 // len(piece))).kind is Kind.MILESTONE


def test_a_title_too_long_for_a_sentence_is_not_read() -> None:
    read = read_sentence("Raise activation from 62% to 78% " * 100)

    assert (read.kind, read.unread) == (Kind.MILESTONE, "it is too long for a sentence")


def test_a_title_keeps_its_markdown_and_loses_only_its_prefix() -> None:
    read = read_sentence(
        "  [P1] **KR 2:** Raise *activation* of `core` ([#5](https://x.example/5))  "
    )

    assert read.title == "Raise *activation* of `core` ([#5](https://x.example/5))"
    assert read.priority == "P1"


def test_both_ends_keep_the_style_of_their_own_or_take_the_others() -> None:
    read = read_sentence("Umsatz von 1,2 auf 1,5 €")

    assert read.baseline is not None
    assert read.target is not None
    assert read.baseline.style.suffix == read.target.style.suffix == " €"
    assert read.baseline.style.decimal == ","
