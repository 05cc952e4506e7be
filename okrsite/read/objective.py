"""One item of a plan's `objectives` → an objective's record with its key results."""

from __future__ import annotations

from enum import StrEnum
from typing import cast

from okrsite.model import ObjectiveType, State
from okrsite.model.quick import quick_replace as replace
from okrsite.read import schema
from okrsite.read.form import Form, title_pair
from okrsite.read.key_result import read_key_result
from okrsite.read.nodes import Known, Mapping, Node, Scalar, Sequence
from okrsite.read.parts import (
    UNDATED,
    check_cancelled,
    read_dated_items,
    read_done,
    read_initiatives,
    read_weight,
)
from okrsite.read.records import KeyResultRecord, ObjectiveRecord, Text
from okrsite.read.scalars import read_grade
from okrsite.read.sheet import Sheet
from okrsite.sentences import without_prefix


class Origin(StrEnum):
    """Who set an objective."""

    TOP_DOWN = "top-down"
    BOTTOM_UP = "bottom-up"


def read_objective(node: Node, sheet: Sheet) -> ObjectiveRecord | None:
    """Return an objective: a sentence, a title with its key results, or fields."""
    if isinstance(node, Known):
        return cast("ObjectiveRecord", node.record)
    if isinstance(node, Scalar):
        done = UNDATED if node.checked else None
        return ObjectiveRecord(_title(node), node.place, done=done)
    if not isinstance(node, Mapping):
        sheet.doubt(node)
        sheet.report(
            "OKR-S002",
            node.place,
            "a list stands where an objective is meant",
            "write its title after the dash, and its key results below key_results:",
        )
        return None
    short = title_pair(node, schema.OBJECTIVE)
    if short is None or isinstance(short.value, Scalar):
        form = Form(sheet, node, "an objective", schema.OBJECTIVE)
        return _from_fields(form, None, node)
    title = _title(short.key)
    if isinstance(short.value, Mapping):
        form = Form(sheet, short.value, "an objective", schema.OBJECTIVE)
        return _from_fields(form, title, node)
    items = short.value.items if isinstance(short.value, Sequence) else ()
    return ObjectiveRecord(
        title,
        node.place,
        key_results=_key_results(items, sheet, State.ACTIVE),
        visibility_lost=sheet.may_have_said(node, short.value),
    )


def _title(node: Scalar) -> Text:
    """Return a title without a leading `O:`."""
    return Text(without_prefix(node.text)[0], node.place)


def _from_fields(form: Form, title: Text | None, node: Mapping) -> ObjectiveRecord | None:
    if title is None and form.require("title", "title: What we want to reach"):
        stated = form.text("title")
        title = stated and replace(stated, value=without_prefix(stated.value)[0])
    state = form.choice("state", State) or State.ACTIVE
    results = _key_results(form.items("key_results"), form.sheet, state)
    if title is None:
        form.sheet.doubt(form.node)
        return None
    because = form.prose("cancelled_because")
    check_cancelled(form, state, because)
    return ObjectiveRecord(
        title=title,
        place=node.place,
        id=form.text("id"),
        key_results=results,
        why=form.prose("why"),
        type=form.choice("type", ObjectiveType),
        origin=str(form.choice("origin", Origin) or ""),
        state=state,
        cancelled_because=because,
        owners=form.names("owner"),
        contributors=form.names("contributors"),
        supports=form.names("supports"),
        depends_on=form.names("depends_on"),
        continues=form.name("continues"),
        weight=read_weight(form),
        tags=tuple(text.value for text in form.names("tags")),
        visibility=form.text("visibility"),
        visibility_lost=form.is_private or form.sheet.may_have_said(node),
        initiatives=read_initiatives(form),
        votes=form.names("votes"),
        grade=read_grade(form),
        grade_note=form.prose("grade_note"),
        done=read_done(form),
        aka=form.names("aka"),
        ignore=tuple(text.value for text in form.names("ignore")),
        check_ins=read_dated_items(form, title),
    )


def _key_results(
    nodes: tuple[Node, ...], sheet: Sheet, state: State
) -> tuple[KeyResultRecord, ...]:
    found = (read_key_result(node, sheet, state) for node in sheet.readable(nodes))
    return tuple(record for record in found if record)
