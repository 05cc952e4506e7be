"""`team.md` → one record a team."""

from __future__ import annotations

from dataclasses import replace

from okrsite.model import Cadence, Level, Place
from okrsite.read import schema
from okrsite.read.form import Form
from okrsite.read.nodes import Mapping, Node
from okrsite.read.records import TeamRecord, Text
from okrsite.read.scalars import read_language, read_link, split_pairs
from okrsite.read.sheet import Sheet


def read_team(node: Node | None, prose: str, folder: str, sheet: Sheet) -> TeamRecord:
    """Return what a team.md says; one that cannot be read at all is marked so."""
    record = TeamRecord(folder, Place(sheet.path), prose=prose)
    if node is None:
        return replace(record, unreadable=bool(sheet.problems))
    if not isinstance(node, Mapping):
        sheet.report(
            "OKR-S002",
            node.place,
            "the front matter of team.md holds no keys",
            "write title: NAME between the two lines of ---",
        )
        return replace(record, unreadable=True)
    form = Form(sheet, node, "team.md", schema.TEAM)
    return replace(
        record,
        place=node.place,
        id=form.text("id"),
        title=str(form.text("title") or ""),
        level=form.choice("level", Level),
        parent=form.name("parent"),
        lead=form.name("lead"),
        champion=form.name("champion"),
        sponsor=form.name("sponsor"),
        members=form.names("members"),
        vision=form.prose("vision"),
        mission=form.prose("mission"),
        priorities=_priorities(form),
        links=tuple(
            (k.value, v.value) for k, v in split_pairs(form, "links") if read_link(form, v)
        ),
        language=read_language(form),
        checkin_every=form.choice("checkin_every", Cadence),
        visibility=form.text("visibility"),
        aka=form.names("aka"),
        unreadable=form.is_private,
    )


def _priorities(form: Form) -> tuple[tuple[Text, str], ...]:
    found: list[tuple[Text, str]] = []
    for node in form.items("priorities"):
        if not isinstance(node, Mapping):
            form.wrong_shape("priorities", node, "{id: trust-us, title: Hospitals can rely on us}")
            continue
        inner = Form(form.sheet, node, "a standing priority", schema.PRIORITY)
        id = inner.text("id") if inner.require("id", "id: trust-us") else None
        title = inner.text("title") if inner.require("title", "title: …") else None
        if id and title and not inner.is_private:
            found.append((id, title.value))
    return tuple(found)
