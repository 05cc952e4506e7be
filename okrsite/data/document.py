"""The whole document: its tables, and how they are written as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from okrsite.data import evidence, plans, teams
from okrsite.data.cells import Row, Sheet
from okrsite.keep import Ledger, decode, encode
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
    draw: Callable[[], bytes]
    """Gives its bytes."""
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
    return _join(
        (name, _rows([_lines(value)]) if isinstance(value, list) else _write(value))
        for name, value in document.items()
    )


@dataclass(frozen=True)
class Writer:
    """Writes the data files of a site, plan by plan: what is known of a plan is not done again."""

    sheet: Sheet
    ledger: Ledger
    made_from: Callable[[Plan], str]
    """The digest of everything that a plan's rows follow from."""

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

    def _whole(self) -> bytes:
        company = self.sheet.company
        of_plans = [self._of_plan(plan) for plan in company.plans]
        self.ledger.save()
        tables = (
            (
                name,
                _rows(each[name] for each in of_plans)
                if name in OF_PLANS
                else _rows([_lines(OF_COMPANY[name](self.sheet))]),
            )
            for name in _TABLES
        )
        head = ((name, _write(value)) for name, value in _head(self.sheet).items())
        return _join((*head, *tables)).encode()

    def _check_ins_of(self, cycle: Cycle) -> DataFile:
        def draw() -> bytes:
            plans = self.sheet.company.plans_in(cycle.id)
            rows = _rows([self._of_plan(plan)["check_ins"] for plan in plans])
            head = (("version", _write(VERSION)), ("cycle", _write(cycle.id)))
            return _join((*head, ("check_ins", rows))).encode()

        about = self.sheet.words.gettext("The check-ins of {cycle} alone", cycle=cycle.name)
        path = f"data/{cycle.id}/check-ins.json"
        return DataFile(path, draw, about, (("plans_in", cycle.id),))

    def _of_plan(self, plan: Plan) -> dict[str, str]:
        """Return the lines of a plan's rows, table by table."""
        key, made_from = f"{plan.owner}@{plan.cycle}", self.made_from(plan)
        data = self.ledger.get(key, made_from)
        known = None if data is None else decode(data, dict[str, str])
        if known is None:
            known = {name: _lines(rows(self.sheet, plan)) for name, rows in OF_PLANS.items()}
            with suppress(UnicodeEncodeError):  # a path that is no UTF-8 cannot be kept
                self.ledger.put(key, made_from, encode(known))
        return known


def _lines(rows: Iterable[Row]) -> str:
    return ",\n".join(f"  {_write(row)}" for row in rows)


def _rows(lines: Iterable[str]) -> str:
    joined = ",\n".join(filter(None, lines))
    return f"[\n{joined}\n ]" if joined else "[]"


def _join(parts: Iterable[tuple[str, str]]) -> str:
    return "{\n" + ",\n".join(f" {_write(name)}: {text}" for name, text in parts) + "\n}\n"


_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _write(value: object) -> str:
    return _encoder.encode(value)
