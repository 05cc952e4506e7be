"""The whole document: its tables, and how they are written as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from okrsite.by_plan import ByPlan
from okrsite.cells import Row
from okrsite.data import csv_text, evidence, plans, schema, teams
from okrsite.data.schema import VERSION
from okrsite.data.sheet import Sheet
from okrsite.keep import Piece, write_json
from okrsite.measure import Measures
from okrsite.model import Company, Cycle, Plan
from okrsite.words import N_, Words

Document = dict[str, object]

OF_PLANS: dict[str, Callable[[Sheet, Plan], Iterator[Row]]] = {
    "plans": plans.plan_rows,
    "objectives": plans.objective_rows,
    "key_results": plans.key_result_rows,
    "check_ins": evidence.check_in_rows,
    "milestones": plans.milestone_rows,
    "initiatives": plans.initiative_rows,
    "health": evidence.health_rows,
    "amendments": evidence.amendment_rows,
    "retrospectives": evidence.retrospective_rows,
}
"""Tables whose rows follow from one plan each."""
OF_COMPANY: dict[str, Callable[[Sheet], Iterator[Row]]] = {
    "cycles": teams.cycle_rows,
    "teams": teams.team_rows,
    "people": teams.person_rows,
    "weekly": evidence.weekly_rows,
    "feedback": evidence.feedback_rows,
}
_TABLES = (
    *("cycles", "teams", "people", "plans", "objectives", "key_results", "check_ins"),
    *("milestones", "initiatives", "health", "weekly", "amendments", "feedback"),
    "retrospectives",
)
"""In the order in which they are written."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of the site that is made for programs."""

    url: str
    """``data/okrs.json``."""
    draw: Callable[[], list[Piece]]
    """Gives its bytes, in pieces."""
    text: str
    """What it holds, in the reader's language."""
    parts: tuple[tuple[str, ...], ...]
    """The parts of a company that it is made from, as `okrsite.watch` names them."""


def make_document(company: Company, measures: Measures, words: Words) -> Document:
    """Return the document: every row has its `ref` with the cycle spelt out, `url` and `source`.

    Numbers are numbers in the unit; shares are 0 to 1; what is unknown is None; dates are ISO 8601.
    """
    sheet = Sheet(company, measures, words)
    tables: Document = {
        name: [row for plan in company.plans for row in OF_PLANS[name](sheet, plan)]
        if name in OF_PLANS
        else list(OF_COMPANY[name](sheet))
        for name in _TABLES
    }
    return {**_head(sheet), **tables}


def _head(sheet: Sheet) -> Document:
    company = sheet.company
    return {
        "version": VERSION,
        "company": company.name,
        "as_of": company.as_of.isoformat(),
        "audience": company.audience,
        "rules": teams.rules_row(sheet),
    }


def write_document(document: Document) -> str:
    """Return a document as JSON text: a row on a line, so that two of them compare well."""
    pieces = _document(
        (name, _rows([_lines(value)]) if isinstance(value, list) else [write_json(value)])
        for name, value in document.items()
    )
    return b"".join(pieces).decode()


@dataclass(frozen=True)
class Writer:
    """Writes the data files of a site, plan by plan: what is known of a plan is not done again."""

    sheet: Sheet
    by_plan: ByPlan

    def files(self) -> tuple[DataFile, ...]:
        """Return the whole document, and each cycle's check-ins."""
        whole = DataFile(
            "data/okrs.json",
            self._whole,
            self.sheet.words.gettext(
                "Everything: teams, people, objectives, key results, check-ins, with all numbers"
            ),
            (("plans",), ("weeklies",), ("feedback",)),
        )
        return (
            whole,
            self._csv("key_results", self._say(_KEY_RESULTS)),
            self._csv("check_ins", self._say(_CHECK_INS)),
            *map(self._check_ins_of, reversed(self.sheet.company.cycles)),
            _schema(schema.FILE, schema.document_schema(), self._say(_FIELDS)),
            _schema(schema.CHECK_INS, schema.check_ins_schema(), self._say(_OF_CYCLES)),
        )

    def _say(self, message: str) -> str:
        return self.sheet.words.gettext(message)

    def _csv(self, table: str, about: str) -> DataFile:
        def draw() -> list[Piece]:
            plans = self.sheet.company.plans
            header = csv_text.write_header(csv_text.COLUMNS[table])
            return [header, *(self._of_plan(plan)[f"{table}.csv"] for plan in plans)]

        return DataFile(f"data/{table.replace('_', '-')}.csv", draw, about, (("plans",),))

    def _whole(self) -> list[Piece]:
        of_plans = [self._of_plan(plan) for plan in self.sheet.company.plans]
        self.by_plan.save("rows")
        head = {"$schema": schema.FILE, **_head(self.sheet)}
        pieces: dict[str, Sequence[Piece]] = {
            name: [write_json(value)] for name, value in head.items()
        }
        pieces |= {name: self._table(name, of_plans) for name in _TABLES}
        return _document(pieces.items())

    def _table(self, name: str, of_plans: Iterable[dict[str, Piece]]) -> list[Piece]:
        if name in OF_PLANS:
            return _rows(each[name] for each in of_plans)
        return _rows([_lines(OF_COMPANY[name](self.sheet))])

    def _check_ins_of(self, cycle: Cycle) -> DataFile:
        def draw() -> list[Piece]:
            plans = self.sheet.company.plans_in(cycle.id)
            rows = _rows(self._of_plan(plan)["check_ins"] for plan in plans)
            pieces: dict[str, Sequence[Piece]] = {
                "$schema": [write_json(f"../{schema.CHECK_INS}")],
                "version": [write_json(VERSION)],
                "cycle": [write_json(cycle.id)],
                "check_ins": rows,
            }
            return _document(pieces.items())

        about = self.sheet.words.gettext("The check-ins of {cycle} alone", cycle=cycle.name)
        path = f"data/{cycle.id}/check-ins.json"
        return DataFile(path, draw, about, (("plans_in", cycle.id),))

    def _of_plan(self, plan: Plan) -> dict[str, Piece]:
        """Return the lines of a plan's rows, table by table."""

        def write() -> dict[str, Piece]:
            tables = {name: list(rows(self.sheet, plan)) for name, rows in OF_PLANS.items()}
            lines: dict[str, Piece] = {name: _lines(rows) for name, rows in tables.items()}
            for name, columns in csv_text.COLUMNS.items():
                lines[f"{name}.csv"] = csv_text.write_rows(columns, tables[name])
            return lines

        return self.by_plan.get("rows", plan, _OfPlan, write)


_OfPlan = dict[str, memoryview]
"""As it is read; nothing is copied."""
_KEY_RESULTS = N_("The key results with all numbers, one a row, for spreadsheets")
_CHECK_INS = N_("All check-ins, one a row, for spreadsheets")
_FIELDS = N_("What each field of okrs.json means, as a JSON Schema")
_OF_CYCLES = N_("The same for the check-ins of a cycle")


def _schema(name: str, document: schema.Schema, about: str) -> DataFile:
    def draw() -> list[Piece]:
        return [json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"]

    return DataFile(f"data/{name}", draw, about, (("everywhere",),))


def _lines(rows: Iterable[Row]) -> bytes:
    return b",\n".join(b"  " + write_json(row) for row in rows)


def _rows(lines: Iterable[Piece]) -> list[Piece]:
    """Return a list of rows that are given some lines at a time."""
    pieces: list[Piece] = [b"[\n"]
    for some in lines:
        if len(some):
            pieces += (some, b",\n")
    if len(pieces) == 1:
        return [b"[]"]
    pieces[-1] = b"\n ]"
    return pieces


def _document(parts: Iterable[tuple[str, Sequence[Piece]]]) -> list[Piece]:
    pieces: list[Piece] = []
    for name, value in parts:
        pieces += (b",\n " if pieces else b"{\n ", write_json(name), b": ", *value)
    return [*pieces, b"\n}\n"]
