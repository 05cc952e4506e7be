"""The fields of every file → JSON Schemas, by which editors complete and check while people type.

They are made of the tables that the reader itself reads by, so that they know exactly its fields.
They are kinder than `okrsite check`: what only the meaning tells apart, such as a number in another
unit, passes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from okrsite.model import Cadence, InitiativeState, Kind, Level, ObjectiveType, State, Status
from okrsite.read import schema
from okrsite.read.fields import Fields
from okrsite.read.rules import DAYS, MONTHS, SEVERITIES

Schema = dict[str, Any]

FILES = {
    "plan": ("CYCLE.yml: the objectives of a team or person", schema.PLAN),
    "check-in": ("checkins/DATE.yml: what is new", schema.CHECK_IN),
    "feedback": ("feedback/DATE.PERSON.yml: praise, questions and suggestions", schema.FEEDBACK),
    "team": ("team.md: what a team is, above its prose", schema.TEAM),
    "okrs": ("okrs.yml: the company-wide rules", schema.RULES),
    "people": ("people.yml: the directory of people", schema.PEOPLE),
}
"""Each kind of file with its fields."""

_DIALECT = "http://json-schema.org/draft-07/schema#"
"""What editors' YAML plugins understand."""
_VALUE: Schema = {"type": ["string", "number", "boolean", "null"]}
_NAMES = {
    id(fields): name.lower()
    for name, fields in vars(schema).items()
    if isinstance(fields, Fields) and fields.keys and not name.startswith("_")
}
_EVERYWHERE: dict[str, Iterable[str]] = {
    "status": Status,
    "checkin_every": Cadence,
    "every": Cadence,
    "type": ObjectiveType,
    "level": Level,
    "origin": ("top-down", "bottom-up"),
    "indicator": ("leading", "lagging"),
    "priority": ("P0", "P1", "P2", "P3", "P4"),
    "day": DAYS,
    "sharing": DAYS,
    "fiscal_year_start": [month.title() for month in MONTHS],
}
_WORDS: dict[str, dict[str, Iterable[str]]] = {
    "objective": {"state": State},
    "key_result": {"state": State, "kind": Kind},
    "initiative": {"state": InitiativeState},
    "work": {"state": InitiativeState},
    "feedback_entry": {"kind": ("praise", "question", "suggestion")},
    "feedback": {"kind": ("praise", "question", "suggestion")},
    "rules": {"rules": SEVERITIES},
}
"""What to offer for a field, by what it is a field of."""


def editor_schemas() -> dict[str, Schema]:
    """Return the schema of each kind of file, by the names in `FILES`."""
    return {name: _file(about, fields) for name, (about, fields) in FILES.items()}


def _file(about: str, fields: Fields) -> Schema:
    writer = _Writer()
    whole = writer.build(fields, _NAMES.get(id(fields), ""))
    defs = {"$defs": writer.defs} if writer.defs else {}
    return {"$schema": _DIALECT, "description": about, **whole, **defs}


class _Writer:
    def __init__(self) -> None:
        self.defs: dict[str, Schema] = {}

    def of(self, fields: Fields) -> Schema:
        """Return what may stand where fields tell; what has a name is told once."""
        name = _NAMES.get(id(fields))
        if name is None:
            return self.build(fields, "")
        if name not in self.defs:
            # Noted before it is told, as it may hold itself.
            self.defs[name] = {}
            self.defs[name].update(self.build(fields, name))
        return {"$ref": f"#/$defs/{name}"}

    def build(self, fields: Fields, name: str) -> Schema:
        ways: list[Schema] = []
        if fields.text:
            ways.append(_VALUE)
        if fields.items is not None:
            ways.append({"type": "array", "items": self._item(fields.items)})
        if fields.keys or fields.others is not None:
            ways.append(self._mapping(fields, name))
        # What is neither is ids, dates, numbers, or lists of them.
        return {} if not ways else ways[0] if len(ways) == 1 else {"anyOf": ways}

    def _mapping(self, fields: Fields, name: str) -> Schema:
        known = {key: self._field(key, each, name) for key, each in fields.keys.items()}
        # Below a sentence others stand for its list, which its title leads to as its only key.
        is_free = fields.others is not None and not (fields.text and fields.keys)
        others = self.of(fields.others) if is_free and fields.others is not None else False
        return {"type": "object", "properties": known, "additionalProperties": others}

    def _field(self, key: str, fields: Fields, name: str) -> Schema:
        words = _WORDS.get(name, {}).get(key) or _EVERYWHERE.get(key)
        if words is None:
            return self.of(fields)
        offered: Schema = {"enum": [str(word) for word in words]}
        if fields.others is not None:
            return {"type": "object", "additionalProperties": offered}
        # Other spellings are read as well: ``green``, ``Active``, ``p1``.
        return {"anyOf": [offered, _VALUE]}

    def _item(self, item: Fields) -> Schema:
        """Return an item: a sentence with a colon in it is, to YAML, a key with its value."""
        if not item.text:
            return self.of(item)
        below = [_VALUE] if item.others is None else [_VALUE, self.of(item.others)]
        if item.keys:
            below.append({"type": "object"})
        titled: Schema = {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "propertyNames": {"not": {"enum": [*item.keys]}},
            "additionalProperties": {"anyOf": below},
        }
        return {"anyOf": [self.of(item), titled]}
