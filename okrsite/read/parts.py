"""What objectives and key results have in common: initiatives, `done`, weights, their check-ins."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from okrsite.model import InitiativeState, State
from okrsite.read import schema
from okrsite.read.checkin import read_item
from okrsite.read.form import Form, title_pair
from okrsite.read.nodes import Mapping, Node, Scalar
from okrsite.read.records import InitiativeRecord, ItemRecord, Text
from okrsite.read.scalars import read_link

_YES = {"yes", "true", "y", "ok", "done", "x"}
_LIGHTEST, _HEAVIEST = Decimal("0.001"), Decimal(1000)

UNDATED = date.min
"""The day of something that is said to be done without a day: done since ever."""


def read_weight(form: Form) -> Decimal:
    """Return how much an item counts in a mean; 1 where nothing says so."""
    return form.number("weight", _LIGHTEST, _HEAVIEST) or Decimal(1)


def read_done(form: Form) -> date | None:
    """Return the day on which something was done."""
    text = form.text("done")
    if text is None:
        return None
    if text.value.casefold() in _YES:
        form.sheet.report(
            "OKR-S009",
            text.place,
            f"done: {text.value} does not say when",
            "write the day, such as done: 2026-11-16",
        )
        return None
    return form.date_of(text)


def check_cancelled(form: Form, state: State | None, because: str) -> None:
    """Report a cancelled item that does not say why."""
    if state is State.CANCELLED and not because and "cancelled_because" not in form.lost:
        form.sheet.report(
            "OKR-S011",
            form.place_of("state"),
            f"{form.what} is cancelled without a reason",
            "add cancelled_because: and why, for those who counted on it",
        )


def read_initiatives(form: Form) -> tuple[InitiativeRecord, ...]:
    """Return the pieces of work below an item: sentences, or titles with fields."""
    found = (_initiative(node, form) for node in form.items("initiatives"))
    return tuple(record for record in found if record)


def read_dated_items(form: Form, title: Text) -> tuple[ItemRecord, ...]:
    """Return the check-ins that a plan keeps under an item itself, by date."""
    found: list[ItemRecord] = []
    node = form.mapping("checkins")
    for pair in node.pairs if node else ():
        day = form.date_of(Text(pair.key.text, pair.key.place))
        if day:
            name = Text(title.value, pair.key.place)
            found.append(read_item(form.sheet, name, pair.value, day))
    return tuple(found)


def title_of(node: Node, form: Form, what: str) -> tuple[Text | None, Form | None]:
    """Return the title of a sentence or of a mapping with fields, and the form of the latter."""
    if isinstance(node, Scalar):
        return Text(node.text, node.place), None
    if not isinstance(node, Mapping):
        form.wrong_shape(what, node, "a sentence, or title: with fields")
        return None, None
    fields = schema.STEP if what == "milestones" else schema.INITIATIVE
    only = title_pair(node, fields)
    if only and isinstance(only.value, Mapping):
        # `- Title: {owner: ana}`
        inner = Form(form.sheet, only.value, f"an item of {what}", fields)
        return Text(only.key.text, only.key.place), inner
    inner = Form(form.sheet, node, f"an item of {what}", fields)
    return (inner.text("title") if inner.require("title", "title: …") else None), inner


def _initiative(node: Node, form: Form) -> InitiativeRecord | None:
    title, inner = title_of(node, form, "initiatives")
    if title is None:
        return None
    checked = isinstance(node, Scalar) and node.checked
    state = InitiativeState.DONE if checked else InitiativeState.TODO
    if inner is None:
        return InitiativeRecord(title.value, node.place, state=state)
    link = inner.text("link")
    done = read_done(inner)
    if inner.is_private:
        return None
    stated = inner.choice("state", InitiativeState)
    return InitiativeRecord(
        title=title.value,
        place=node.place,
        owner=inner.name("owner"),
        link=read_link(inner, link) if link else "",
        state=stated or (InitiativeState.DONE if done else state),
        because=inner.prose("because"),
        done=done,
    )
