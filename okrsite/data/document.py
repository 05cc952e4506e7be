"""The whole document: its tables, and how they are written as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from okrsite.by_plan import ByPlan
from okrsite.cells import Row
from okrsite.data import evidence, plans, teams
from okrsite.data.sheet import Sheet
from okrsite.keep import Piece, write_json
from okrsite.measure import Measures
from okrsite.model import Company, Cycle, Plan
from okrsite.words import Words

VERSION = 1
"""Rises where a key goes away or changes its meaning; new keys do not raise it."""

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
        return (whole, *map(self._check_ins_of, reversed(self.sheet.company.cycles)))

    def _whole(self) -> list[Piece]:
        of_plans = [self._of_plan(plan) for plan in self.sheet.company.plans]
        self.by_plan.save("rows")
        pieces: dict[str, Sequence[Piece]] = {
            name: [write_json(value)] for name, value in _head(self.sheet).items()
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
            return {name: _lines(rows(self.sheet, plan)) for name, rows in OF_PLANS.items()}

        return self.by_plan.get("rows", plan, _OfPlan, write)


_OfPlan = dict[str, memoryview]
"""As it is read; nothing is copied."""


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
