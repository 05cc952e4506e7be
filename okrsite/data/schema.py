"""The tables of `okrs.json` and what each field means → its JSON Schema.

A test holds every row against it, so that no field is told that isn't there, or the other way.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from okrsite.model import (
    Bound,
    Cadence,
    CycleState,
    InitiativeState,
    Kind,
    Level,
    ObjectiveType,
    Phase,
    State,
    Status,
)
from okrsite.model.change import Term

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
VERSION = 1
"""Rises where a key goes away or changes its meaning; new keys do not raise it."""
FILE = "okrs.schema.json"
CHECK_INS = "check-ins.schema.json"


def _of(kind: str, about: str = "", *, null: bool = True, **more: object) -> Schema:
    said = {"description": about} if about else {}
    return {"type": [kind, "null"] if null else kind, **more, **said}


def _text(about: str = "") -> Schema:
    return _of("string", about)


def _name(about: str = "") -> Schema:
    return _of("string", about, null=False)


def _number(about: str = "") -> Schema:
    return _of("number", about)


def _share(about: str) -> Schema:
    return _of("number", f"{about}; 1 is 100 %, not clamped")


def _count(about: str = "") -> Schema:
    return _of("integer", about, null=False, minimum=0)


def _flag(about: str = "") -> Schema:
    return _of("boolean", about, null=False)


def _day(about: str = "", *, null: bool = True) -> Schema:
    return _of("string", about, null=null, format="date")


def _word(words: type[StrEnum], about: str = "", *, null: bool = False) -> Schema:
    said = {"description": about} if about else {}
    return {"enum": [*words, None] if null else [*words], **said}


def _list(items: Schema, about: str = "") -> Schema:
    return _of("array", about, null=False, items=items)


def _names(about: str = "") -> Schema:
    return _list({"type": "string"}, about)


def _object(fields: dict[str, Schema], about: str = "", *, null: bool = False) -> Schema:
    return _of("object", about, null=null, properties=fields, required=[*fields])


def _texts(about: str) -> Schema:
    return _of("object", about, null=False, additionalProperties={"type": "string"})


_ROW = {
    "ref": _name("its full name, with the cycle spelt out: platform@2026-q4/trust/sev1"),
    "url": _name("its page, relative to the folder that the site's OKRs lie in"),
    "source": _text("the file it stands in, with its line for the narrowest audience"),
}
_MEASURED = {
    "progress": _share("0 at the baseline, 1 at the target"),
    "expected": _share("where it should be today"),
}
_JUDGED = {
    "pace": _number("progress less what was expected on the day of the newest value"),
    "confidence": _number("0 to 10"),
    "status": _word(Status),
    "because": _text("the rule that decided the status, with its arithmetic"),
}
_GRADED = {
    "grade": _number("0 to 1, once the cycle is closed"),
    "grade_note": _text(),
}
_LIFE = {
    "state": _word(State),
    "cancelled_because": _text(),
    "weight": _number(),
    "done": _day("the day that its plan says, else git of what is ticked"),
    "tags": _names(),
    "aka": _names("former ids"),
    "ignore": _names("rules of the coach that do not apply"),
    "visibility": _text("the audience that it is meant for"),
}

TABLES: dict[str, dict[str, Schema]] = {
    "cycles": {
        **_ROW,
        "name": _name(),
        "start": _day(null=False),
        "end": _day("the last day", null=False),
        "reviews": _list(_day(null=False)),
        "grading_due": _day(null=False),
        "planning_ends": _day("the first day on which an edit is an amendment", null=False),
        "weeks": _count(),
        "state": _word(CycleState),
        "phase": _word(Phase),
    },
    "teams": {
        **_ROW,
        "title": _name(),
        "level": _word(Level),
        "folder": _name("in the source folder; empty for the company"),
        "parent": _text("the id of the team above"),
        **dict.fromkeys(("lead", "champion", "sponsor"), _text("a handle")),
        "members": _names("handles"),
        **dict.fromkeys(("vision", "mission"), _text()),
        "priorities": _list(_object({"id": _name(), "title": _name()}), "standing ones"),
        "links": _texts("names and addresses"),
        "language": _text("of what the team writes"),
        "checkin_every": _word(Cadence, null=True),
        "aka": _names("former ids"),
        "prose": _text("Markdown"),
        "visibility": _text("the audience that it is meant for"),
    },
    "people": {
        **_ROW,
        "name": _name(),
        **dict.fromkeys(("title", "email", "github", "avatar"), _text()),
        "away": _list(_object({"first": _day(), "last": _day()})),
        "left": _day(),
        "aka": _names("former handles"),
        "listed": _flag("whether people.yml names them"),
    },
    "plans": {
        **_ROW,
        "owner": _name("a team's id or a person's handle"),
        "team": _name("the team in whose folder it lies"),
        "cycle": _name(),
        **_MEASURED,
        "confidence": _number("0 to 10"),
        "status": _word(Status, "the worst of its active objectives", null=True),
        **_GRADED,
        "checkin_every": _text("where it differs from the team's"),
        "prose": _text("Markdown"),
        "visibility": _text("the audience that it is meant for"),
    },
    "objectives": {
        **_ROW,
        "team": _name("the team in whose folder the plan lies"),
        "cycle": _name(),
        "title": _name("inline Markdown"),
        "why": _text("Markdown"),
        "type": _word(ObjectiveType, null=True),
        "origin": _text("top-down or bottom-up"),
        "owner": _text("the first of the owners, who answers"),
        "owners": _names("handles or team ids"),
        "contributors": _names("handles or team ids"),
        "supports": _names("references; restricted stands for one that may not be known"),
        "depends_on": _names("references, likewise"),
        "continues": _text("the reference of what it carries on"),
        "votes": _names("handles"),
        **_MEASURED,
        "measured": _count("how many of its key results have a measure"),
        "of": _count("how many key results it is the mean of"),
        **_JUDGED,
        "watermelon": _flag("said to be on track while its pace is off track"),
        **_GRADED,
        **_LIFE,
    },
    "key_results": {
        **_ROW,
        "objective": _name("the objective's ref"),
        "owner": _text("the first of the owners, who answers"),
        "owners": _names("handles or team ids"),
        "title": _name("inline Markdown"),
        "description": _text("Markdown"),
        "kind": _word(Kind),
        "baseline": _number("in the unit"),
        "target": _number("in the unit"),
        "unit": _text(),
        "bound": _word(Bound, "on which side of the target a value is good", null=True),
        "is_change": _flag("target and values are the change so far"),
        "current": _number("the newest value, in the unit"),
        "current_date": _day(),
        **_MEASURED,
        **_JUDGED,
        "outdated": _flag("its newest check-in is too old"),
        "watermelon": _flag("said to be on track while its pace is off track"),
        "last_check_in": _day("by a person"),
        **_GRADED,
        "priority": _text("P0 to P4"),
        "indicator": _text("leading or lagging"),
        "start": _day(),
        "due": _day(),
        "stretch": _number("in the unit"),
        "checkpoints": _list(_object({"date": _day(), "value": _number()}), "the expected path"),
        "rubric": _list(_object({"grade": _number(), "text": _name()})),
        "definition": _object(
            dict.fromkeys(("text", "counts", "excludes", "source", "contributes"), _text()),
            "what the number means",
            null=True,
        ),
        **_LIFE,
    },
    "check_ins": {
        **_ROW,
        "date": _day(null=False),
        "by": _text("a handle"),
        "value": _number("in the unit"),
        "unit": _text(),
        "share": _number("of a milestone or rubric, 0 to 1"),
        "steps_done": _names("titles"),
        "steps_undone": _names("titles"),
        "done": _flag("the whole is said to be done"),
        "confidence": _number("0 to 10"),
        "forecast": _number("in the unit"),
        "status": _word(Status, "as declared", null=True),
        **dict.fromkeys(("note", "blocker", "decision", "ask"), _text("Markdown")),
        "from_feed": _flag("a row of a feed: a value and nothing else"),
        "overruled": _flag("another file of the same day counts instead"),
        "corrected": _list(
            _object(
                {
                    "date": _day(null=False),
                    "by": _text("a handle, else the commit's author"),
                    "before": {"$ref": "#/$defs/said"},
                }
            ),
            "when its value was another, as git tells, oldest first",
        ),
    },
    "milestones": {
        **_ROW,
        "title": _name(),
        "weight": _number(),
        "done": _flag(),
        "done_on": _day(),
    },
    "initiatives": {
        **_ROW,
        "title": _name(),
        "owner": _text(),
        "link": _text(),
        "state": _word(InitiativeState),
        "because": _text(),
        "done_on": _day(),
    },
    "health": {
        **_ROW,
        "title": _name(),
        "bound": _word(Bound, null=True),
        "target": _number("in the unit"),
        "unit": _text(),
        "date": _day(),
        "value": _number("in the unit"),
        "status": _text("where a word is given instead of a number"),
    },
    "weekly": {
        **_ROW,
        "team": _name(),
        "date": _day(null=False),
        "by": _text("a handle"),
        "cycles": _names(),
        "priorities": _list(_object({"level": _text("P1"), "text": _name()})),
        "upcoming": _names(),
        "wins": _names(),
        "asks": _list(_object({"text": _name(), "to": _text("a team's id"), "by": _day()})),
        "note": _text("Markdown"),
    },
    "amendments": {
        **_ROW,
        "date": _day(),
        "term": _word(Term, "what changed; null where the plan alone tells of it", null=True),
        "before": {"$ref": "#/$defs/said"},
        "after": {"$ref": "#/$defs/said"},
        "check_in": _day("of the check-in that was changed; null where it is the plan that was"),
        "by": _text("a handle, else the commit's author"),
        "why": _text(),
        "commit": _text(),
    },
    "feedback": {
        **_ROW,
        "team": _name(),
        "date": _day(null=False),
        "by": _text("a handle"),
        "kind": _name("praise, question or suggestion"),
        "text": _name("Markdown"),
        "answer": _text("Markdown"),
    },
    "retrospectives": {
        **_ROW,
        **dict.fromkeys(("went_well", "to_improve", "learned", "next"), _names()),
    },
}
"""Each table's fields."""

_SAID = {
    "description": "a number with its unit, a day, or a text",
    "anyOf": [
        {"type": ["string", "null"]},
        _object({"value": _number(), "unit": _name()}),
    ],
}
_RULES = _object(
    {
        "language": _name("of the site's own words"),
        "timezone": _name(),
        "fiscal_year_start": _count("the number of its month"),
        "roles": _texts("roles and handles"),
        "checkins": _object(
            {
                "every": _word(Cadence),
                "day": _count("0 is Monday"),
                "sharing": _count("0 is Monday"),
                "grace_days": _count(),
            }
        ),
        "pace": _object(
            {
                "on_track": _number("points behind that are still on track"),
                "at_risk": _number("points behind that are still at risk"),
                "quiet_start": _number("percent of a cycle"),
            }
        ),
        "limits": _object({"objectives": _count(), "key_results": _count()}),
        "planning_days": _count(),
        "audiences": _names("the widest first"),
        "default_visibility": _name(),
        "rules": _texts("severities of the coach's rules"),
        "links": _texts("names and addresses"),
    }
)


def document_schema() -> Schema:
    """Return the schema of the whole document; further fields may come without a new version."""
    head = {
        "$schema": _name("where this schema lies"),
        "version": {"const": VERSION, "description": "rises where a field goes or means another"},
        "company": _name(),
        "as_of": _day("the day that everything is told for", null=False),
        "audience": _name("who may see what is in it"),
        "rules": _RULES,
    }
    tables = {name: _table(name) for name in TABLES}
    return {
        "$schema": DIALECT,
        "title": "okrs.json",
        "description": "A company's OKRs as flat tables. Numbers are numbers in their unit, shares "
        "0 to 1, days ISO 8601; what is unknown is null.",
        **_object({**head, **tables}),
        "required": [name for name in (*head, *tables) if name != "$schema"],
        "$defs": {"said": _SAID, **{name: _object(fields) for name, fields in TABLES.items()}},
    }


def check_ins_schema() -> Schema:
    """Return the schema of the check-ins of one cycle."""
    fields = {
        "$schema": _name("where this schema lies"),
        "version": {"const": VERSION},
        "cycle": _name(),
        "check_ins": _table("check_ins"),
    }
    return {
        "$schema": DIALECT,
        "title": "check-ins.json",
        **_object(fields),
        "required": ["version", "cycle", "check_ins"],
        "$defs": {"said": _SAID, "check_ins": _object(TABLES["check_ins"])},
    }


def _table(name: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}
