"""`okrsite export`: tables for spreadsheets, outlines for people, and no text that calculates."""

from __future__ import annotations

import csv
import io
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from builders import check_in, company, key_result, objective, plan, step, team
from click.testing import CliRunner, Result
from command import write_tree
from hostile import hostile_company
from openpyxl import load_workbook

from okrsite.cli import okrsite
from okrsite.data import TABLES, Sheet, make_document, write_markdown, write_opml, write_workbook
from okrsite.measure import measure_company
from okrsite.model import Company
from okrsite.words import Words

PLAN = """\
objectives:
  - id: trust
    title: Be *trusted*
    why: Two outages.
    key_results:
      - {id: sev1, title: Reduce incidents from 6 to 2}
"""
CHECK_IN = 'key_results:\n  trust/sev1: {value: 5, confidence: 8, note: "=1+1"}\n'


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    files = {
        "okrs.yml": "company: Acme\n",
        "platform/2026-q4.yml": PLAN,
        "platform/checkins/2026-11-16.yml": CHECK_IN,
    }
    return write_tree(tmp_path / "okrs", files)


def export(source: Path, *words: str | Path) -> Result:
    order = ["export", "--source", source, "--as-of", "2026-11-20", *words]
    return CliRunner().invoke(okrsite, [*map(str, order)])


def sheet(house: Company) -> Sheet:
    return Sheet(house, measure_company(house), Words("en", house.as_of))


def document(house: Company) -> dict[str, Any]:
    made = sheet(house)
    return dict(make_document(made.company, made.measures, made.words))


def test_csv_is_a_table(acme: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert export(acme, "--format", "csv", "--out", out).exit_code == 0
    [row] = csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig"), newline=""))
    assert (row["ref"], row["current"]) == ("platform@2026-q4/trust/sev1", "5")
    assert export(acme, "--format", "csv", "--table", "check_ins", "--out", out).exit_code == 0
    [row] = csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig"), newline=""))
    assert row["note"] == "'=1+1"


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_a_csv(acme: Path, table: str) -> None:
    done = export(acme, "--format", "csv", "--table", table)
    assert done.exit_code == 0
    assert done.stdout_bytes.startswith(b"\xef\xbb\xbfref,")


def test_a_table_is_for_csv_alone(acme: Path) -> None:
    done = export(acme, "--format", "opml", "--table", "teams")
    assert done.exit_code == 2
    assert "--table is for --format csv" in done.stderr


def test_a_workbook_has_a_sheet_for_each_table(acme: Path, tmp_path: Path) -> None:
    out = tmp_path / "okrs.xlsx"
    assert export(acme, "--format", "xlsx", "--out", out).exit_code == 0
    book = load_workbook(out)
    assert book.sheetnames == [*TABLES]
    rows = [[cell.value for cell in row] for row in book["key_results"]]
    found = dict(zip(rows[0], rows[1], strict=True))
    assert found["ref"] == "platform@2026-q4/trust/sev1"
    assert (found["current"], found["current_date"]) == (5, datetime(2026, 11, 16))
    assert found["outdated"] is False
    assert found["grade"] is None


@pytest.mark.parametrize(
    "payload", ["=1+1", "-1+1", "@SUM(1)", "\t=1", "=1+1" * 20_000, "\x00\x0b=1"]
)
def test_no_text_of_a_workbook_is_calculated(payload: str) -> None:
    book = load_workbook(io.BytesIO(write_workbook(document(hostile_company(payload)))))
    cells = [cell for each in book for row in each for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b", "d"}
    assert any(cell.quotePrefix for cell in cells)
    assert all(len(cell.value) <= 32_767 for cell in cells if isinstance(cell.value, str))


def test_a_number_of_a_workbook_is_one() -> None:
    sev1 = key_result("sev1", check_in("2026-11-09", "-5.5"), baseline=-9, target=1)
    book = load_workbook(io.BytesIO(write_workbook(document(company(plan(objective("a", sev1)))))))
    rows = [[cell.value for cell in row] for row in book["key_results"]]
    assert dict(zip(rows[0], rows[1], strict=True))["current"] == -5.5


def test_a_workbook_does_not_tell_when_it_was_written() -> None:
    house = document(company(plan(objective("a", key_result("b")))))
    data = write_workbook(house)
    assert data == write_workbook(house)
    properties = load_workbook(io.BytesIO(data)).properties
    assert properties.created == properties.modified == datetime(2026, 11, 16)


def test_without_openpyxl_a_workbook_s_mend_is_told(
    acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    done = export(acme, "--format", "xlsx", "--out", tmp_path / "okrs.xlsx")
    assert done.exit_code == 2
    assert 'pip install "okrsite[xlsx]"' in done.stderr
    assert not (tmp_path / "okrs.xlsx").exists()


def test_markdown_is_as_people_write_okrs(acme: Path) -> None:
    done = export(acme, "--format", "markdown")
    assert done.stdout == (
        "# Acme, 20 Nov 2026\n"
        "\n"
        "## 2026-Q4\n"
        "\n"
        "### Platform\n"
        "\n"
        "#### Be *trusted*\n"
        "\n"
        "On track · confidence 8 of 10\n"
        "\n"
        "> Two outages.\n"
        "\n"
        "- Reduce incidents from 6 to 2 (On track · confidence 8 of 10)\n"
    )


def test_an_outline_has_teams_in_teams_and_steps_in_key_results() -> None:
    ship = key_result("ship", kind="milestone", steps=(step("Draft"), step("Drill")))
    teams = (team("company"), team("engineering"), team("platform", parent="engineering"))
    text = write_opml(sheet(company(plan(objective("trust", ship)), teams=teams)))
    root = ET.fromstring(text)  # noqa: S314 - our own
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert root.findtext("head/dateCreated") == "16 Nov 2026 12:00:00 GMT"
    path = "body/outline/outline/outline/outline/outline/outline/outline"
    assert [each.get("text") for each in root.iterfind(path)] == ["Draft", "Drill"]
    titles = [each.get("text") for each in root.iter("outline")]
    assert titles[:4] == ["Company", "Engineering", "Platform", "2026-Q4"]


@pytest.mark.parametrize("payload", ['"/><script>', "]]>&amp;<", "\x00\x0b", "one\ntwo"])
def test_what_people_write_is_text_in_an_outline(payload: str) -> None:
    made = sheet(hostile_company(payload))
    root = ET.fromstring(write_opml(made))  # noqa: S314 - our own
    assert {each.tag for each in root.iter()} <= {
        "opml",
        "head",
        "title",
        "dateCreated",
        "body",
        "outline",
    }


def test_of_which_only_the_title_is_known_nothing_else_is_told() -> None:
    dark = objective("dark", title="Dark", title_only=True)
    made = sheet(company(plan(dark), as_of=date(2026, 11, 16)))
    assert write_markdown(made).endswith("#### Dark\n")
    assert 'text="Dark" type="objective">' in write_opml(made)


def test_where_it_cannot_be_written_says_so(acme: Path, tmp_path: Path) -> None:
    done = export(acme, "--format", "opml", "--out", tmp_path / "no" / "such")
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr
