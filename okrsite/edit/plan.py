"""A plan and what is added to it - grades, a retrospective, an objective → the plan with these."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping as Lookup
from dataclasses import dataclass

from okrsite.edit.change import Keys, extend, find, give_fields, put
from okrsite.edit.page import CannotEditError, Data, Page, data_of, read_page
from okrsite.model import Place
from okrsite.read import schema
from okrsite.read.form import title_pair
from okrsite.read.nodes import Mapping, Node, Sequence
from okrsite.read.plan import read_plan
from okrsite.read.records import PlanRecord
from okrsite.read.sheet import Sheet
from okrsite.tree import FileKind, Naming, SourceFile

_LESSONS: dict[str, Data] = {name: [] for name in schema.RETROSPECTIVE.keys}
_BEFORE_LISTS = (
    *("id", "aka", "title", "why", "description", "type", "origin", "kind", "state"),
    *("cancelled_because", "owner", "contributors", "supports", "depends_on", "continues"),
    *("priority", "indicator", "weight", "tags", "visibility", "baseline", "target", "start"),
    *("due", "done", "stretch", "grade", "grade_note"),
)
"""Fields of one line each: a grade stands after those that there are, before lists."""
_OF_PLAN = (
    *("visibility", "checkin_every", "grade", "grade_note", "objectives", "health"),
    *("amendments", "retrospective"),
)

Item = tuple[int, int | None]
"""An objective by its number in the plan, and a key result in it or None for itself; from 0."""


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade as it is written, and its note; an empty one leaves what is there."""

    grade: str
    note: str = ""


def grade_plan(
    path: str, data: bytes, grades: Lookup[Item, Grade], *, retrospective: bool
) -> bytes:
    """Return a plan's bytes with grades in it, and with an empty retrospective if asked for.

    CannotEditError where an item has a grade already, or where the plan would say anything else;
    UnreadableError where it has mistakes.
    """
    page = read_page(path, data, schema.PLAN)
    before = _record(page)
    for item, grade in grades.items():
        page = _grade(page, item, grade)
    if retrospective and find(page.node, ("retrospective",)) is None:
        page = _named(page)
        page = put(page, ("retrospective",), _LESSONS, _OF_PLAN)
    if _essence(_record(page)) != _essence(before):
        raise CannotEditError(
            "this plan is written in a way that cannot be changed safely",
            Place(path),
            "write the grades into the file by hand",
        )
    return page.data


def add_objective(path: str, data: bytes, objective: Data) -> bytes:
    """Return a plan's bytes with one more objective at the end; `data` is empty for a new plan.

    CannotEditError and UnreadableError as `grade_plan`.
    """
    page = read_page(path, data, schema.PLAN)
    if isinstance(page.node, Sequence):
        return extend(page, (), [objective]).data
    if isinstance(page.node, Mapping) and title_pair(page.node, schema.PLAN):
        raise CannotEditError(
            "this plan is one title with its key results",
            page.node.place,
            "write objectives: above it, and the title below that after a dash",
        )
    return extend(page, ("objectives",), [objective], _OF_PLAN).data


def objective_nodes(page: Page) -> list[dict[str, Data]]:
    """Return what a plan says about each objective, field by field, however short it is written."""
    found: list[dict[str, Data]] = []
    for keys in _items(page.node):
        node = find(page.node, keys)
        short = title_pair(node, schema.OBJECTIVE) if isinstance(node, Mapping) else None
        said = data_of(short.value if short else node)
        title: dict[str, Data] = {"title": short.key.text} if short else {}
        if isinstance(said, dict):
            fields = {**title, **said}
        elif short and isinstance(said, list):
            fields = {**title, "key_results": said}
        else:
            fields = {"title": said.removeprefix("[ ] ") if isinstance(said, str) else ""}
        found.append(fields)
    return found


def _grade(page: Page, item: Item, grade: Grade) -> Page:
    """Give an item its grade."""
    index, key_result = item
    keys = _items(page.node)[index]
    if key_result is not None:
        inside = _key_results(page.node, keys)
        keys = inside[key_result]
    page, keys = _with_fields(page, keys, "key_results" if key_result is None else "")
    node = find(page.node, keys)
    for name, value in (("grade", grade.grade), ("grade_note", grade.note)):
        if not value:
            continue
        if isinstance(node, Mapping) and node.get(name):
            raise CannotEditError(
                f"this has a {name} already, which people gave", node.place, "change it by hand"
            )
        page = put(page, (*keys, name), value, _BEFORE_LISTS)
    return page


def _with_fields(page: Page, keys: Keys, below: str) -> tuple[Page, Keys]:
    """Return a plan in which an item has fields, and where they are."""
    node = find(page.node, keys)
    fields = schema.OBJECTIVE if below else schema.KEY_RESULT
    if isinstance(node, Mapping):
        short = title_pair(node, fields)
        if short is None:
            return page, keys
        if isinstance(short.value, Mapping):
            return page, (*keys, short.key.text)
    return give_fields(page, keys, below), keys


def _named(page: Page) -> Page:
    """Return a plan whose list of objectives has its name, so that more can stand beside it."""
    if not isinstance(page.node, Sequence):
        return page
    start = page.span(page.node.place)[0]
    return page.replaced(start, start, "objectives:\n")


def _items(node: Node | None) -> list[Keys]:
    """Return where each objective of a plan stands."""
    if isinstance(node, Sequence):
        return [(index,) for index in range(len(node.items))]
    if isinstance(node, Mapping) and title_pair(node, schema.PLAN):
        return [()]
    return _each(node, ("objectives",))


def _key_results(node: Node | None, keys: Keys) -> list[Keys]:
    """Return where each key result of an objective stands."""
    objective = find(node, keys)
    short = title_pair(objective, schema.OBJECTIVE) if isinstance(objective, Mapping) else None
    if short and isinstance(short.value, Sequence):
        return _each(node, (*keys, short.key.text))
    if short:
        keys = (*keys, short.key.text)
    return _each(node, (*keys, "key_results"))


def _each(node: Node | None, keys: Keys) -> list[Keys]:
    """Return where each item of a list stands; a single value is a list of one."""
    found = find(node, keys)
    if isinstance(found, Sequence):
        return [(*keys, index) for index in range(len(found.items))]
    return [keys] if found is not None else []


def _record(page: Page) -> PlanRecord:
    """Return what a plan says."""
    sheet = Sheet(page.path, lines=tuple(page.text.splitlines()))
    file = SourceFile(page.path, Naming(FileKind.PLAN), page.data)
    return read_plan(page.node, page.prose, file, sheet)


def _essence(value: object) -> object:
    """Return all that a record says but for its places, grades and retrospective."""
    if isinstance(value, Place):
        return None
    if isinstance(value, tuple | list):
        return tuple(map(_essence, value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        left_out = ("grade", "grade_note", "retrospective", "doubtful")
        names = (f.name for f in dataclasses.fields(value) if f.name not in left_out)
        return {name: _essence(getattr(value, name)) for name in names}
    return value
