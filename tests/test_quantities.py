"""Texts and the quantities that they are: golden cases, then how they are written back."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from okrsite.model import Quantity, Style
from okrsite.quantities import (
    Unread,
    convert,
    find_quantity,
    fold,
    next_number,
    read_quantity,
    read_value,
    same_unit,
    write_quantity,
    written_alike,
)
from okrsite.sentences import read_target

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("cases").joinpath("quantities.yml").read_text("utf-8")
)


def named(section: str) -> list[Any]:
    """Return the cases of a section, each under its text."""
    return [pytest.param(case, id=repr(case["text"])) for case in CASES[section]]


def quantity(text: str, language: str = "en") -> Quantity:
    """Return a quantity that is known to be one."""
    read = read_quantity(text, language)
    assert isinstance(read, Quantity), read
    return read


def as_case(read: Quantity | Unread) -> dict[str, Any]:
    """Return what was read as the cases write it."""
    if isinstance(read, Unread):
        readings = {"readings": list(read.readings)} if read.readings else {}
        return {"reason": read.reason, **readings}
    return {"value": read.value, "unit": read.unit}


def expected(case: dict[str, Any]) -> dict[str, Any]:
    """Return what a case expects, its value as a number."""
    if "reason" in case:
        return {key: case[key] for key in ("reason", "readings") if key in case}
    return {"value": Decimal(case["value"]), "unit": case.get("unit", "")}


@pytest.mark.parametrize("case", named("read"))
def test_a_text_is_the_quantity_it_says(case: dict[str, Any]) -> None:
    read = read_quantity(case["text"], case.get("language", "en"))

    assert as_case(read) == expected(case)


@pytest.mark.parametrize("case", [p for p in named("read") if "value" in p.values[0]])
def test_a_quantity_is_written_back_as_it_was_typed(case: dict[str, Any]) -> None:
    read = quantity(case["text"], case.get("language", "en"))

    assert write_quantity(read) == case.get("written", case["text"])


@pytest.mark.parametrize("case", named("values"))
def test_a_value_is_read_in_its_key_results_style(case: dict[str, Any]) -> None:
    like = quantity(case["like"], "de" if "Nutzer" in case["like"] else "en")

    read = read_value(case["text"], like, case.get("language", "en"))

    assert as_case(read) == expected(case)
    assert isinstance(read, Unread) or read.style == like.style


@pytest.mark.parametrize("case", named("targets"))
def test_a_target_is_a_bound_and_a_quantity(case: dict[str, Any]) -> None:
    read = read_target(case["text"])

    if isinstance(read, Unread):
        assert as_case(read) == expected(case)
    else:
        bound, target = read
        assert bound == case.get("bound")
        assert as_case(target) == expected(case)


@pytest.mark.parametrize(
    ("text", "like", "message"),
    [
        ("", "62%", "nothing is written"),
        ("0.4", "62%", "'0.4' can mean 40% or 0.4%"),
        ("1.200", "900 ms", "'1.200' can mean 1200 or 1.2"),
        ("1.4", "$1.2M", "'1.4' can mean $1.4M or 1.4"),
        ("5%", "900 ms", "'5%' is in %, the key result in ms"),
        ("3 outages", "6 incidents", "'3 outages' counts outages, the key result incidents"),
        ("100 min", "1.5 h", "'100 min' is no exact number of h"),
        ("45%", "6", "'45%' is in %, the key result in a bare number"),
        ("10-12", "62%", "'10-12' is a range, not one number"),
        ("40k+", "40k", "'40k+' says 'or more', not how much"),
        ("2026-11-16", "6", "'2026-11-16' is a date, not a number"),
        ("1_000", "6", "'1_000' is more than one number"),
        ("5 ms p95", "6", "'5 ms p95' is more than one number"),
        ("5 ms fast", "6", "'5 ms fast' is more than a number and its unit"),
        ("#5", "6", "'#5' is no number by itself"),
        ("five", "6", "'five' is no number"),
        ("9" * 200, "6", "the text is too long to be a number"),
    ],
)
def test_what_is_unread_says_why(text: str, like: str, message: str) -> None:
    read = read_value(text, quantity(like))

    assert isinstance(read, Unread)
    assert read.message == message


MILLIONS = Style(prefix="$", magnitude="M", scale=Decimal(10) ** 6, places=1)


@pytest.mark.parametrize(
    ("value", "style", "text"),
    [
        ("1234567", MILLIONS, "$1.234567M"),
        ("-1400000", MILLIONS, "-$1.4M"),
        ("1000000", MILLIONS, "$1M"),
        ("0", MILLIONS, "$0"),
        ("5.8", Style(), "5.8"),
        ("5.80", Style(places=2), "5.80"),
        ("5.800", Style(places=2), "5.80"),
        ("5.00", Style(places=2), "5"),
        ("1234567.5", Style(decimal=",", group=".", suffix=" €"), "1.234.567,5 €"),
        ("12000", Style(group="\u202f", suffix=" ms"), "12\u202f000 ms"),
        ("0", Style(magnitude="k", scale=Decimal(1000)), "0k"),
    ],
)
def test_a_quantity_is_written_in_a_style_with_all_its_digits(
    value: str, style: Style, text: str
) -> None:
    assert write_quantity(Quantity(Decimal(value), style=style)) == text
    assert write_quantity(Quantity(Decimal(value)), style) == text


def test_the_style_keeps_the_very_thousands_mark_that_was_typed() -> None:
    assert quantity("1\u2009200").style.group == "\u2009"
    assert quantity("1’200").style.group == "’"


@pytest.mark.parametrize(
    ("text", "like", "result"),
    [
        ("90 min", "1 h", "1.5"),
        ("2 weeks", "1 day", "14"),
        ("2 years", "1 month", "24"),
        ("1.5 GB", "1 MB", "1500"),
        ("5 ‰", "1 %", "0.5"),
        ("100 min", "1 h", None),
        ("1 month", "1 day", None),
        ("5 %", "1 pp", None),
        ("5 EUR", "1 USD", None),
        ("5", "1 h", None),
    ],
)
def test_a_unit_converts_exactly_or_not_at_all(text: str, like: str, result: str | None) -> None:
    converted = convert(quantity(text), quantity(like))

    assert (converted and converted.value) == (result and Decimal(result))
    assert converted is None or converted.unit == quantity(like).unit


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("6 incidents", "1 incident", True),
        ("3 posts", "12 blog posts", True),
        ("3 Posts", "12 blog posts", True),
        ("3 outages", "6 incidents", False),
        ("¥5", "5 元", True),
        ("5 kr", "5 SEK", True),
        ("5 USD", "$5", True),
        ("5 USD", "5 EUR", False),
        ("5", "5 incidents", False),
        ("5 ms", "5 s", False),
    ],
)
def test_units_are_one_by_meaning(a: str, b: str, *, same: bool) -> None:
    assert same_unit(quantity(a), quantity(b)) is same
    assert same_unit(quantity(b), quantity(a)) is same


def test_a_quantity_is_found_where_it_stands_in_a_sentence() -> None:
    text = fold("Grow to R$ 1,2 milhão+ by 2027")

    found = find_quantity(text, next_number(text, 0), "pt")

    assert text[found.start : found.end] == "R$ 1,2 milhão+"
    assert found.quantity == Quantity(Decimal(1200000), "BRL")
    assert (found.has_unit, found.has_magnitude, found.plus) == (True, True, True)
    assert next_number(text, len(text)) == -1


@pytest.mark.parametrize(
    ("text", "start"),
    [("5 of millions", 0), ("2 millones de personas", 0), ("5 d'or", 0)],
)
def test_a_thing_after_of_is_no_currency(text: str, start: int) -> None:
    found = find_quantity(text, start, "es")

    assert not isinstance(found.quantity, Unread)
    assert found.quantity.unit in ("", "days")


def test_a_plain_space_groups_thousands_only_where_it_may() -> None:
    assert find_quantity("1 200 users", 0, spaces=True).end == len("1 200")
    assert find_quantity("1 200 users", 0, spaces=False).end == 1


@pytest.mark.parametrize(
    ("baseline", "target", "language", "value", "written"),
    [
        ("90 %", "97 %", "en", "85.5 %", "85.5 %"),
        ("90 %", "97 %", "de", "85,5 %", "85,5 %"),
        ("90 %", "97 %", "fr-CA", "85,5", "85,5 %"),
        (None, "97 %", "pt", "85,5 %", "85,5 %"),
        ("2 h", "1 h", "de", "1,5", "1,5 h"),
        ("90 h", "60 h", "de", "4290 min", "71.5 h"),
        # What a key result shows weighs more than how a value is typed.
        ("82,5 %", "97 %", "en", "85.5 %", "85,5 %"),
        ("12.500 €", "16.000 €", "de", "15.800,5 €", "15.800,5 €"),
    ],
)
def test_decimals_are_written_as_the_key_result_shows_or_as_typed(
    baseline: str | None, target: str, language: str, value: str, written: str
) -> None:
    ends = [read_quantity(text, language) if text else None for text in (baseline, target)]
    assert not any(isinstance(end, Unread) for end in ends)
    _, like = written_alike(*ends)  # type: ignore[arg-type]
    assert like
    read = read_value(value, like, language)
    assert isinstance(read, Quantity)
    assert write_quantity(read) == written
