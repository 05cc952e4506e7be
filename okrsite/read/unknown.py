"""A key that the format does not know → the field that was probably meant, and what to do."""

from __future__ import annotations

from collections.abc import Collection

from okrsite.problems import nearest
from okrsite.read.nodes import Pair
from okrsite.read.private import FIELD, is_visibility, names_audience

_OTHER_WORDS: dict[str, str] = {
    "about": "why",
    "aim": "title",
    "assignee": "owner",
    "because": "cancelled_because",
    "comment": "note",
    "deadline": "due",
    "dependencies": "depends_on",
    "depends": "depends_on",
    "dri": "owner",
    "end": "due",
    "from": "baseline",
    "goal": "target",
    "goals": "objectives key_results",
    "initial": "baseline",
    "krs": "key_results",
    "labels": "tags",
    "leader": "lead",
    "manager": "lead",
    "name": "title",
    "objective": "title",
    "okrs": "objectives",
    "parent": "supports",
    "people": "members",
    "projects": "initiatives",
    "reason": "why",
    "responsible": "owner",
    "results": "key_results",
    "score": "grade",
    "start_value": "baseline",
    "steps": "milestones",
    "tasks": "initiatives",
    "to": "target",
}
_EVIDENCE = {"actual", "confidence", "current", "forecast", "progress", "status", "value"}


def guess_field(pair: Pair, known: Collection[str], audiences: Collection[str]) -> str:
    """Return the known field that a key was probably meant as, or nothing."""
    key = pair.key.text
    if is_visibility(key) and FIELD in known:
        return FIELD
    if _is_evidence(key, known):
        return ""
    for other in _OTHER_WORDS.get(key.casefold(), "").split():
        if other in known:
            return other
    near = nearest(key, known, 1)
    if near:
        return near[0]
    if is_visibility(key) or names_audience(pair.value, audiences):
        return FIELD
    return "title" if " " in key and "title" in known else ""


def _is_evidence(key: str, known: Collection[str]) -> bool:
    return key.casefold() in _EVIDENCE and "checkins" in known


def mend_unknown(key: str, meant: str, known: Collection[str]) -> str:
    """Return what to do about a key, given the field that it was probably meant as."""
    if meant == "title" and " " in key:
        return f"write title: {key}, and what is below it as fields of their own"
    if meant and meant in known:
        return f"write {meant}:"
    if meant:
        return f"remove it: teams, plans, objectives and key results have {FIELD}:"
    if _is_evidence(key, known):
        return "write it into a check-in, such as checkins/2026-11-16.yml, under this reference"
    return "remove it, or put it into the description"
