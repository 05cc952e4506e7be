"""What somebody answers about one key result → what is wrong with it, told before it is written."""

from __future__ import annotations

from datetime import date

from okrsite.edit import CannotEditError, Said, edit_check_in
from okrsite.edit.check_in import Fields
from okrsite.edit.page import read_page
from okrsite.model import KeyResult, Objective, Place, Rules
from okrsite.problems import Problem
from okrsite.read import schema
from okrsite.read.checkin import read_check_in
from okrsite.read.sheet import Sheet
from okrsite.resolve.desk import Desk
from okrsite.resolve.values import resolve_check_in
from okrsite.tree import FileKind, Naming, SourceFile

_PATH = "check-in.yml"


def problems_of(
    item: KeyResult | Objective, fields: Fields, language: str, day: date, rules: Rules
) -> list[Problem]:
    """Return what reading a check-in would say about an answer; nothing where it is fine."""
    said = Said(key_results={item.ref.key_result or item.ref.objective: fields})
    try:
        data = edit_check_in(_PATH, b"", said)
    except CannotEditError as error:
        return [Problem("OKR-Y020", Place(_PATH), error.message, error.mend)]
    page = read_page(_PATH, data, schema.CHECK_IN)
    sheet = Sheet(_PATH, language, lines=tuple(page.text.split("\n")))
    naming = Naming(FileKind.CHECK_IN, date=day)
    record = read_check_in(page.node, SourceFile(_PATH, naming, data), sheet)
    desk = Desk(rules, day, day)
    for each in record.key_results:
        resolve_check_in(each, item, day, "", language, desk)
    return [*sheet.problems, *desk.problems]
