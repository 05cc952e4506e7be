"""`people.yml` → one record a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from okrsite.model import Person
from okrsite.read import schema
from okrsite.read.form import Form
from okrsite.read.nodes import Broken, Mapping, Node, Scalar, is_empty
from okrsite.read.records import PersonRecord, Text
from okrsite.read.sheet import Sheet


def read_people(node: Node | None, sheet: Sheet) -> tuple[PersonRecord, ...]:
    """Return the people, in the order of the file."""
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        sheet.report(
            "OKR-S002",
            node.place,
            "people.yml is no directory of handles",
            "write a handle and its name on each line: `ana: {name: Ana Sousa}`",
        )
        return ()
    people = (_person(pair.key, pair.value, sheet) for pair in node.pairs)
    return tuple(person for person in people if person)


def _person(key: Scalar, node: Node, sheet: Sheet) -> PersonRecord | None:
    id = Text(key.text, key.place)
    if isinstance(node, Scalar):
        # `ana: Ana Sousa` and a bare `ana:` say all that is needed.
        name = "" if is_empty(node) else node.text
        return PersonRecord(Person(id.value, name or id.value, place=key.place), id)
    if isinstance(node, Broken):
        return PersonRecord(Person(id.value, id.value, place=key.place), id)
    if not isinstance(node, Mapping):
        sheet.report(
            "OKR-S002",
            node.place,
            f"'{id.value}' has a list where a name is meant",
            f"write {id.value}: {{name: …}}",
        )
        return None
    form = Form(sheet, node, "a person", schema.PERSON)
    aka = form.names("aka")
    person = Person(
        id=id.value,
        name=str(form.text("name") or id.value),
        title=form.prose("title"),
        email=form.prose("email"),
        github=form.prose("github").removeprefix("@"),
        avatar=form.prose("avatar"),
        away=_read_away(form, form.names("away")),
        left=form.day("left"),
        aka=tuple(text.value for text in aka),
        place=key.place,
    )
    return PersonRecord(person, id, aka)


def _read_away(form: Form, texts: Iterable[Text]) -> tuple[tuple[date, date], ...]:
    """Return spans such as 2026-08-10..2026-08-28, both days inside; one day is a span."""
    spans: list[tuple[date, date]] = []
    for text in texts:
        first, dots, last = text.value.partition("..")
        start = form.date_of(Text(first.strip(), text.place))
        end = form.date_of(Text(last.strip(), text.place)) if dots else start
        if start and end and end < start:
            form.sheet.report(
                "OKR-D001", text.place, f"{end} is before {start}", f"write {end}..{start}"
            )
        elif start and end:
            spans.append((start, end))
    return tuple(spans)
