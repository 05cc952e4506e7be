"""One item of `key_results` → a key result's record."""

from __future__ import annotations

from enum import StrEnum
from typing import cast

from okrsite.model import Definition, State
from okrsite.read import schema
from okrsite.read.form import Form, title_pair
from okrsite.read.nodes import Known, Mapping, Node, Scalar, Sequence
from okrsite.read.numbers import read_numbers
from okrsite.read.parts import (
    UNDATED,
    check_cancelled,
    read_dated_items,
    read_done,
    read_initiatives,
    read_weight,
)
from okrsite.read.records import KeyResultRecord, Text
from okrsite.read.scalars import read_grade
from okrsite.read.sheet import Sheet
from okrsite.sentences import Sentence, read_sentence

PRIORITIES = ("P0", "P1", "P2", "P3", "P4")


class Indicator(StrEnum):
    """Whether a number moves before or after the outcome."""

    LEADING = "leading"
    LAGGING = "lagging"


def read_key_result(node: Node, sheet: Sheet, state: State) -> KeyResultRecord | None:
    """Return a key result: a sentence, a title with fields below it, or fields.

    `state` is its objective's: in a draft, numbers may still be placeholders.
    """
    if isinstance(node, Known):
        return cast("KeyResultRecord", node.record)
    if isinstance(node, Scalar):
        return _of_sentence(node, sheet, state)
    if not isinstance(node, Mapping):
        sheet.doubt(node)
        sheet.report(
            "OKR-S002",
            node.place,
            "a list stands where a key result is meant",
            "write its sentence after the dash",
        )
        return None
    only = title_pair(node, schema.KEY_RESULT)
    if only:
        title = Text(only.key.text, only.key.place)
        if isinstance(only.value, Sequence):
            sheet.doubt(node)
            sheet.report(
                "OKR-S002",
                only.value.place,
                f"'{title.value}' is a key result, and has a list below it",
                "write title: before its sentence, and milestones: above the list",
            )
            return None
        if isinstance(only.value, Mapping):
            form = Form(sheet, only.value, "a key result", schema.KEY_RESULT)
            return _from_fields(form, title, node, state)
    return _from_fields(Form(sheet, node, "a key result", schema.KEY_RESULT), None, node, state)


def _of_sentence(node: Scalar, sheet: Sheet, state: State) -> KeyResultRecord:
    sentence = read_sentence(node.text, sheet.language)
    empty = Form(sheet, Mapping((), node.place), "a key result", schema.KEY_RESULT)
    title = Text(sentence.title, node.place)
    numbers = read_numbers(empty, title, sentence, state)
    done = UNDATED if node.checked else None
    return KeyResultRecord(title, node.place, numbers, priority=sentence.priority, done=done)


def _from_fields(
    form: Form, title: Text | None, node: Mapping, state: State
) -> KeyResultRecord | None:
    if title is None and form.require("title", "title: Reduce … from 6 to 2"):
        title = form.text("title")
    own_state = form.choice("state", State)
    because = form.prose("cancelled_because")
    check_cancelled(form, own_state, because)
    sentence = read_sentence(title.value if title else "", form.sheet.language)
    if title is None:
        form.sheet.doubt(form.node)
        return None
    title = Text(sentence.title, title.place)
    return KeyResultRecord(
        title=title,
        place=node.place,
        numbers=read_numbers(form, title, sentence, own_state or state),
        id=form.text("id"),
        description=form.prose("description"),
        owners=form.names("owner"),
        priority=_priority(form, sentence),
        indicator=str(form.choice("indicator", Indicator) or ""),
        start=form.day("start"),
        due=form.day("due"),
        dates_place=next((form.place_of(n) for n in ("due", "start") if n in form), None),
        definition=_definition(form),
        feed=form.text("feed"),
        initiatives=read_initiatives(form),
        state=own_state,
        cancelled_because=because,
        weight=read_weight(form),
        grade=read_grade(form),
        grade_note=form.prose("grade_note"),
        done=read_done(form),
        tags=tuple(text.value for text in form.names("tags")),
        visibility=form.text("visibility"),
        visibility_lost=form.is_private or form.sheet.may_have_said(node),
        aka=form.names("aka"),
        ignore=tuple(text.value for text in form.names("ignore")),
        check_ins=read_dated_items(form, title),
    )


def _priority(form: Form, sentence: Sentence) -> str:
    word = form.word("priority", PRIORITIES)
    if word and sentence.priority and word != sentence.priority:
        form.sheet.report(
            "OKR-N003",
            form.place_of("priority"),
            f"the title says {sentence.priority}, and priority: says {word}",
            "leave one of them",
        )
    return word or sentence.priority


def _definition(form: Form) -> Definition | None:
    node = form.node_of("definition")
    if isinstance(node, Scalar):
        text = form.prose("definition")
        return Definition(text=text) if text else None
    mapping = form.mapping("definition")
    if mapping is None:
        return None
    inner = Form(form.sheet, mapping, "a definition", schema.DEFINITION)
    return Definition(**{name: inner.prose(name) for name in schema.DEFINITION.keys})
