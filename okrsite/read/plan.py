"""A plan file → its objectives, health metrics, amendments and retrospective."""

from __future__ import annotations

import re

from okrsite.model import Cadence, Place, Retrospective
from okrsite.model.quick import quick_replace as replace
from okrsite.problems import nearest
from okrsite.read import schema
from okrsite.read.form import Form
from okrsite.read.nodes import Mapping, Node, Scalar, Sequence, is_empty, start_of
from okrsite.read.objective import read_objective
from okrsite.read.records import (
    AmendmentRecord,
    HealthRecord,
    ObjectiveRecord,
    PlanRecord,
    Text,
)
from okrsite.read.scalars import read_grade
from okrsite.read.sheet import Sheet
from okrsite.sentences import read_target
from okrsite.tree import SourceFile

_OPERATOR = re.compile(r"(?:>=|<=|≥|≤|>|<|=)\s*[^\s<>=≥≤]")


def read_plan(node: Node | None, prose: str, file: SourceFile, sheet: Sheet) -> PlanRecord:
    """Return what a plan says; a bare list is its objectives."""
    record = _read(node, prose, file, sheet)
    return replace(record, doubtful=tuple(sheet.doubtful))


def _read(node: Node | None, prose: str, file: SourceFile, sheet: Sheet) -> PlanRecord:
    naming = file.naming
    empty = PlanRecord(
        file.path, naming.folder, naming.cycle, naming.person, Place(file.path), prose=prose
    )
    if node is None:
        return replace(empty, visibility_lost=sheet.may_hide())
    if isinstance(node, Sequence):
        return replace(empty, objectives=_objectives(node.items, sheet))
    if not isinstance(node, Mapping):
        sheet.report(
            "OKR-S002",
            node.place,
            "this plan is one text rather than a list of objectives",
            "begin with objectives: and write each objective below it after a dash",
        )
        return empty
    if _is_title_list(node):
        lost = sheet.may_have_said(node)
        return replace(empty, objectives=_objectives((node,), sheet), visibility_lost=lost)
    if _is_objective(node):
        return replace(empty, visibility_lost=_complain_bare(node, sheet))
    form = Form(sheet, node, "a plan", schema.PLAN)
    _check_objectives(form, prose)
    return replace(
        empty,
        objectives=_objectives(form.items("objectives"), sheet),
        health=_health(form),
        amendments=_amendments(form),
        retrospective=_retrospective(form),
        grade=read_grade(form),
        grade_note=form.prose("grade_note"),
        checkin_every=form.choice("checkin_every", Cadence),
        visibility=form.text("visibility"),
        visibility_lost=form.is_private,
    )


def _is_title_list(node: Mapping) -> bool:
    """Tell whether a plan is one objective written as `Title: [key results]`."""
    only = node.pairs[0] if len(node.pairs) == 1 else None
    return bool(
        only
        and isinstance(only.value, Sequence)
        and only.key.text not in schema.PLAN.keys
        and not nearest(only.key.text, schema.PLAN.keys, 1)
    )


def _is_objective(node: Mapping) -> bool:
    """Tell whether a plan is the fields of one objective, without the list around them."""
    keys = {pair.key.text for pair in node.pairs}
    return bool(keys & {"title", "key_results"}) and "objectives" not in keys


def _complain_bare(node: Mapping, sheet: Sheet) -> bool:
    """Report the fields of an objective; tell whether they may have said who may see them."""
    first = node.pairs[0].key
    sheet.report(
        "OKR-S003",
        first.place,
        "this plan is one objective without the list around it",
        f"write objectives: above, and indent it:\nobjectives:\n  - {first.text}: …",
    )
    return sheet.speaks_of_visibility(node)


def _check_objectives(form: Form, prose: str) -> None:
    if "objectives" not in form and "objectives" not in form.lost and not prose:
        complain_no_objectives(start_of(form.node), form.sheet)


def complain_no_objectives(place: Place, sheet: Sheet) -> None:
    """Report a plan in which nothing tells of objectives."""
    sheet.report(
        "OKR-S003",
        place,
        "this plan has no objectives:",
        "add objectives: with a list below it, or objectives: [] for a team that set none",
    )


def _objectives(nodes: tuple[Node, ...], sheet: Sheet) -> tuple[ObjectiveRecord, ...]:
    found = (read_objective(node, sheet) for node in sheet.readable(nodes))
    return tuple(record for record in found if record)


def _health(form: Form) -> tuple[HealthRecord, ...]:
    found: list[HealthRecord] = []
    for node in form.items("health"):
        record = (
            _health_sentence(node, form.sheet)
            if isinstance(node, Scalar)
            else _health_fields(node, form)
        )
        if record:
            found.append(record)
    return tuple(found)


def _health_sentence(node: Scalar, sheet: Sheet) -> HealthRecord:
    """Read `Team health >= 4`: a title, an operator and a target; or a title alone."""
    match = _OPERATOR.search(node.text)
    read = read_target(node.text[match.start() :], sheet.language) if match else None
    if match is None or not isinstance(read, tuple):
        return HealthRecord(Text(node.text, node.place), node.place)
    title = node.text[: match.start()].rstrip(" :")
    return HealthRecord(Text(title, node.place), node.place, None, *read)


def _health_fields(node: Node, form: Form) -> HealthRecord | None:
    if not isinstance(node, Mapping):
        form.wrong_shape("health", node, "a sentence such as Team health >= 4")
        return None
    inner = Form(form.sheet, node, "a health metric", schema.HEALTH)
    title = inner.text("title") if inner.require("title", "title: Morale") else None
    text = inner.text("target")
    if title is None or inner.is_private:
        return None
    read = read_target(text.value, form.sheet.language) if text else None
    if text and not isinstance(read, tuple):
        inner.sheet.report(
            "OKR-N001",
            text.place,
            f"'{text.value}' is no target",
            'write a number with its side, such as target: ">= 4"',
        )
    bound, target = read if isinstance(read, tuple) else (None, None)
    return HealthRecord(title, node.place, inner.text("id"), bound, target)


def _amendments(form: Form) -> tuple[AmendmentRecord, ...]:
    found: list[AmendmentRecord] = []
    for node in form.items("amendments"):
        if not isinstance(node, Mapping):
            form.wrong_shape("amendments", node, "date:, about: and why:")
            continue
        inner = Form(form.sheet, node, "an amendment", schema.AMENDMENT)
        has_date = inner.require("date", "date: 2026-11-02")
        day = inner.day("date") if has_date else None
        why = inner.text("why") if inner.require("why", "why: …") else None
        if day and why and not inner.is_private:
            found.append(AmendmentRecord(day, inner.text("about"), why.value, node.place))
    return tuple(found)


def _retrospective(form: Form) -> Retrospective | None:
    node = form.mapping("retrospective")
    if node is None:
        return None
    inner = Form(form.sheet, node, "a retrospective", schema.RETROSPECTIVE)
    lists = {
        name: tuple(text.value for text in inner.texts(name))
        for name in schema.RETROSPECTIVE.keys
        if (found := inner.node_of(name)) is not None and not is_empty(found)
    }
    return Retrospective(**lists) if any(lists.values()) and not inner.is_private else None
