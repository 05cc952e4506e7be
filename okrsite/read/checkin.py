"""A check-in or feedback file → records; values stay as typed until their key result is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from okrsite.model import Ask, InitiativeState, Place, Priority, Status
from okrsite.model.quick import quick_replace as replace
from okrsite.read import schema
from okrsite.read.form import Form
from okrsite.read.nodes import Broken, Mapping, Node, Scalar, Sequence, is_empty
from okrsite.read.private import lines_around
from okrsite.read.records import (
    AskRecord,
    CheckInRecord,
    FeedbackRecord,
    ItemRecord,
    Text,
    WorkRecord,
)
from okrsite.read.scalars import read_confidence, read_status, status_word
from okrsite.read.sheet import Sheet
from okrsite.tree import SourceFile

NO_NUMBER = frozenset({"", "n/a", "na", "-", "–", "—", "?", "none", "tbd"})
DONE = frozenset(
    {"done", "true", "yes", "✓", "✔", "x", "完成", "已完成", "erledigt", "feito", "hecho"}
)
KINDS = ("praise", "question", "suggestion")
_PRIORITY = re.compile(r"(?:\[(P[0-4])\]|(P[0-4])\b[:.)]?)\s*(.+)", re.IGNORECASE | re.DOTALL)


def read_check_in(node: Node | None, file: SourceFile, sheet: Sheet) -> CheckInRecord:
    """Return what a check-in file says."""
    whole = Place(sheet.path, 1, 1, len(sheet.lines) + 1, 1)
    if node is None:
        return _empty(file, (whole,) if sheet.problems else ())
    if not isinstance(node, Mapping):
        sheet.report(
            "OKR-S002",
            node.place,
            "this check-in has no keys",
            "begin with key_results: and write each as REFERENCE: value",
        )
        return _empty(file, (whole,))
    form = Form(sheet, node, "a check-in", schema.CHECK_IN)
    record = _empty(file, tuple(_blocks(form, whole)))
    if form.is_private:
        return record
    return replace(
        record,
        by=form.name("by"),
        cycle=form.text("cycle"),
        key_results=read_items(form, "key_results"),
        objectives=read_items(form, "objectives"),
        initiatives=_work(form),
        health=_health(form),
        priorities=tuple(_priority(text.value) for text in form.texts("priorities")),
        upcoming=tuple(text.value for text in form.texts("upcoming")),
        wins=tuple(text.value for text in form.texts("wins")),
        asks=_asks(form),
        note=form.prose("note"),
    )


def _empty(file: SourceFile, blocks: tuple[Place, ...]) -> CheckInRecord:
    """Return the record of a file of which nothing is known but these parts."""
    naming = file.naming
    day, place = naming.date or date.min, Place(file.path)
    return CheckInRecord(file.path, naming.folder, day, naming.person, place, blocks=blocks)


def _blocks(form: Form, whole: Place) -> Iterator[Place]:
    """Yield the parts that speak of items; all of the file where some key was lost."""
    if form.node.broken or form.lost:
        yield whole
    for name in ("key_results", "objectives", "initiatives", "health"):
        if (node := form.node_of(name)) and not is_empty(node):
            last = lines_around(node.place, form.sheet.lines)[-1]
            yield Place(form.sheet.path, form.key_place(name).line, 1, last, 1)


def read_items(form: Form, name: str) -> tuple[ItemRecord, ...]:
    """Return what a check-in says about each key result (or objective) that it names."""
    if form.node_of(name) is None or _is_blank(form, name):
        return ()
    node = form.mapping(name)
    return tuple(
        read_item(form.sheet, Text(pair.key.text, pair.key.place), pair.value, None)
        for pair in (node.pairs if node else ())
    )


def read_item(sheet: Sheet, name: Text, node: Node, day: date | None) -> ItemRecord:
    """Return what is said about one item: a value alone, or fields."""
    if isinstance(node, Broken):
        return ItemRecord(name, node.place, day, is_broken=True)
    if isinstance(node, Scalar):
        value, done, status = _said(Text(node.text, node.place))
        return ItemRecord(name, name.place, day, value=value, done=done, status=status)
    if not isinstance(node, Mapping):
        sheet.report(
            "OKR-S002",
            node.place,
            f"{name.value}: has a list where a value is meant",
            "write steps as done: with the list below it",
        )
        return ItemRecord(name, node.place, day, is_broken=True)
    form = Form(sheet, node, "a check-in of one key result", schema.ITEM)
    if form.is_private:
        return ItemRecord(name, node.place, day, is_broken=True)
    value, said_done, said_status = _said(_stated(form, "value"))
    undone = _undone(form)
    confidence = None if _is_blank(form, "confidence") else read_confidence(form)
    forecast = _stated(form, "forecast")
    status = None if _is_blank(form, "status") else read_status(form)
    steps, done = _steps(form, "done")
    return ItemRecord(
        name,
        node.place,
        day,
        value=value,
        steps=steps,
        undone=undone,
        done=done or said_done,
        confidence=confidence,
        forecast=forecast,
        status=status or said_status,
        note=form.prose("note"),
        blocker=form.prose("blocker"),
        decision=form.prose("decision"),
        ask=form.prose("ask"),
    )


def read_feedback(node: Node | None, file: SourceFile, sheet: Sheet) -> tuple[FeedbackRecord, ...]:
    """Return the entries of a feedback file; one entry need not be a list."""
    if node is None:
        return ()
    nodes = node.items if isinstance(node, Sequence) else (node,)
    found = (_feedback(entry, file, sheet) for entry in sheet.readable(nodes))
    return tuple(record for record in found if record)


def _said(value: Text | None) -> tuple[Text | None, bool, Status | None]:
    """Return what a value says: a number or share as typed, or done, or a status."""
    if value is None:
        return None, False, None
    low = value.value.casefold()
    if low in NO_NUMBER:
        return None, False, None
    if low in DONE:
        return None, True, None
    status = status_word(value.value)
    return (None if status else value), False, status


def _stated(form: Form, name: str) -> Text | None:
    """Return a line of text, unless it says nothing."""
    return form.text(name) if name in form and not _is_blank(form, name) else None


def _is_blank(form: Form, name: str) -> bool:
    """Tell whether a field says nothing: empty, `n/a`, `-` or `?`."""
    node = form.node_of(name)
    return isinstance(node, Scalar) and node.text.casefold() in NO_NUMBER


def _steps(form: Form, name: str) -> tuple[tuple[Text, ...], bool]:
    """Return the steps that a field names, or that it says yes to the whole."""
    if name not in form or _is_blank(form, name):
        return (), False
    texts = form.texts(name)
    if len(texts) == 1 and texts[0].value.casefold() in DONE:
        return (), True
    return texts, False


def _undone(form: Form) -> tuple[Text, ...]:
    steps, whole = _steps(form, "undone")
    if whole:
        form.sheet.report(
            "OKR-S002",
            form.place_of("undone"),
            "undone: names no step",
            "write the step's title, or value: with the share that is left, such as 80%",
        )
    return steps


def _work(form: Form) -> tuple[WorkRecord, ...]:
    if _is_blank(form, "initiatives"):
        return ()
    node = form.mapping("initiatives")
    found: list[WorkRecord] = []
    for pair in node.pairs if node else ():
        name = Text(pair.key.text, pair.key.place)
        if is_empty(pair.value):
            form.complain_empty(pair.key)
            continue
        state, because = _work_state(pair.value, form)
        if state:
            found.append(WorkRecord(name, state, because))
    return tuple(found)


def _work_state(node: Node, form: Form) -> tuple[InitiativeState | None, str]:
    words = [word.value for word in InitiativeState]
    if isinstance(node, Scalar):
        word = form.one_of("state", Text(node.text, node.place), words)
        return (InitiativeState(word) if word else None), ""
    if not isinstance(node, Mapping):
        form.wrong_shape("initiatives", node, f"one of {', '.join(words)}")
        return None, ""
    inner = Form(form.sheet, node, "an initiative", schema.WORK)
    state = (
        inner.choice("state", InitiativeState) if inner.require("state", "state: done") else None
    )
    return state, inner.prose("because")


def _health(form: Form) -> tuple[tuple[Text, Text], ...]:
    if _is_blank(form, "health"):
        return ()
    node = form.mapping("health")
    found: list[tuple[Text, Text]] = []
    for pair in node.pairs if node else ():
        if not isinstance(pair.value, Scalar):
            form.wrong_shape(pair.key.text, pair.value, "a number or a status word")
        elif pair.value.text.casefold() not in NO_NUMBER:
            found.append(
                (Text(pair.key.text, pair.key.place), Text(pair.value.text, pair.value.place))
            )
    return tuple(found)


def _priority(text: str) -> Priority:
    match = _PRIORITY.fullmatch(text)
    return Priority(match[3], (match[1] or match[2]).upper()) if match else Priority(text)


def _asks(form: Form) -> tuple[AskRecord, ...]:
    found: list[AskRecord] = []
    for node in form.items("asks"):
        if isinstance(node, Scalar):
            found.append(AskRecord(Ask(node.text), None))
        elif isinstance(node, Mapping):
            inner = Form(form.sheet, node, "an ask", schema.ASK)
            text = inner.text("text") if inner.require("text", "text: what you need") else None
            if text and not inner.is_private:
                found.append(AskRecord(Ask(text.value, by=inner.day("by")), inner.name("to")))
        else:
            form.wrong_shape("asks", node, "a sentence, or text: with to: and by:")
    return tuple(found)


def _feedback(node: Node, file: SourceFile, sheet: Sheet) -> FeedbackRecord | None:
    if not isinstance(node, Mapping):
        sheet.report(
            "OKR-S002",
            node.place,
            "a feedback entry has no keys",
            "write {about: …, kind: question, text: …} on lines of their own",
        )
        return None
    form = Form(sheet, node, "a feedback entry", schema.FEEDBACK_ENTRY)
    kind = form.word("kind", KINDS) if form.require("kind", "kind: question") else ""
    text = form.text("text") if form.require("text", "text: …") else None
    if not kind or text is None or form.is_private:
        return None
    naming = file.naming
    return FeedbackRecord(
        naming.folder,
        naming.date or date.min,
        naming.person,
        node.place,
        kind,
        text.value,
        form.text("about"),
        form.prose("answer"),
    )
