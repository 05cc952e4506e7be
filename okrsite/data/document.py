"""The whole document: its tables, and how they are written as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from okrsite.data import evidence, plans, teams
from okrsite.data.cells import Row, Sheet
from okrsite.measure import Measures
from okrsite.model import Company, Cycle
from okrsite.words import Words

VERSION = 1
"""Rises where a key goes away or changes its meaning; new keys do not raise it."""

Document = dict[str, object]


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of the site that is made for programs."""

    url: str
    """``data/okrs.json``."""
    data: bytes
    text: str
    """What it holds, in the reader's language."""


def make_document(company: Company, measures: Measures, words: Words) -> Document:
    """Return the document: every row has its `ref` with the cycle spelt out, `url` and `source`.

    Numbers are numbers in the unit; shares are 0 to 1; what is unknown is None; dates are ISO 8601.
    """
    sheet = Sheet(company, measures, words)
    tables = {
        "cycles": teams.cycle_rows,
        "teams": teams.team_rows,
        "people": teams.person_rows,
        "plans": plans.plan_rows,
        "objectives": plans.objective_rows,
        "key_results": plans.key_result_rows,
        "check_ins": evidence.check_in_rows,
        "milestones": plans.milestone_rows,
        "initiatives": plans.initiative_rows,
        "health": evidence.health_rows,
        "weekly": evidence.weekly_rows,
        "amendments": evidence.amendment_rows,
        "feedback": evidence.feedback_rows,
        "retrospectives": evidence.retrospective_rows,
    }
    return {
        "version": VERSION,
        "company": company.name,
        "as_of": company.as_of.isoformat(),
        "audience": company.audience,
        "rules": teams.rules_row(sheet),
        **{name: list(rows(sheet)) for name, rows in tables.items()},
    }


def write_document(document: Document) -> str:
    """Return a document as JSON text: a row on a line, so that two of them compare well."""
    parts = []
    for name, value in document.items():
        text = _write_rows(value) if isinstance(value, list) else _write(value)
        parts.append(f" {_write(name)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def write_assets(company: Company, measures: Measures, words: Words) -> tuple[DataFile, ...]:
    """Return the data files of a site: the whole document, and each cycle's check-ins."""
    say = words.gettext
    whole = DataFile(
        "data/okrs.json",
        write_document(make_document(company, measures, words)).encode(),
        say("Everything: teams, people, objectives, key results, check-ins, with all numbers"),
    )
    sheet = Sheet(company, measures, words)
    return (whole, *(_check_ins_of(sheet, cycle) for cycle in reversed(company.cycles)))


def _check_ins_of(sheet: Sheet, cycle: Cycle) -> DataFile:
    rows = list(evidence.check_in_rows(sheet, cycle.id))
    text = write_document({"version": VERSION, "cycle": cycle.id, "check_ins": rows})
    about = sheet.words.gettext("The check-ins of {cycle} alone", cycle=cycle.name)
    return DataFile(f"data/{cycle.id}/check-ins.json", text.encode(), about)


def _write_rows(rows: Iterable[Row]) -> str:
    lines = [f"  {_write(row)}" for row in rows]
    return "[\n" + ",\n".join(lines) + "\n ]" if lines else "[]"


def _write(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
