"""What changed in a plan → a short sentence about it."""

from __future__ import annotations

from okrsite.model import Kind, ObjectiveType, State, Status
from okrsite.model.change import Change, Term, Value
from okrsite.quantities import write_quantity
from okrsite.words.catalog import N_
from okrsite.words.language import NONE, Words
from okrsite.words.statuses import KIND_WORDS, STATE_WORDS, STATUS_WORDS, TYPE_WORDS

TERM_WORDS = {
    Term.ADDED: N_("added"),
    Term.REMOVED: N_("removed"),
    Term.TITLE: N_("title"),
    Term.KIND: N_("kind"),
    Term.BASELINE: N_("baseline"),
    Term.TARGET: N_("target"),
    Term.UNIT: N_("unit"),
    Term.BOUND: N_("direction"),
    Term.STRETCH: N_("stretch"),
    Term.CHECKPOINTS: N_("checkpoints"),
    Term.RUBRIC: N_("rubric"),
    Term.STEPS: N_("steps"),
    Term.DEFINITION: N_("definition"),
    Term.OWNER: N_("owner"),
    Term.START: N_("start"),
    Term.DUE: N_("due"),
    Term.WEIGHT: N_("weight"),
    Term.TYPE: N_("type"),
    Term.STATE: N_("state"),
    Term.SUPPORTS: N_("supports"),
    Term.GRADE: N_("grade"),
    Term.VALUE: N_("value"),
    Term.CONFIDENCE: N_("confidence"),
    Term.STATUS: N_("status"),
}
_BOUND_SIGNS = {"at-least": "≥", "at-most": "≤", "above": ">", "below": "<", "exactly": "="}


def say_change(words: Words, change: Change) -> str:
    """Return what changed: ``target 600 ms → 700 ms``, ``value of 16 Nov 2026 720 → 700``."""
    term = words.gettext(TERM_WORDS[change.term])
    if change.day:
        term = words.gettext("{term} of {date}", term=term, date=words.date(change.day))
    if change.term in (Term.ADDED, Term.REMOVED):
        return term
    before, after = (say_value(words, change.term, v) for v in (change.before, change.after))
    return words.gettext("{term} {before} → {after}", term=term, before=before, after=after)


def say_value(words: Words, term: Term, value: Value | None) -> str:
    """Return a value as people read it; a dash where nothing was said."""
    if value is None:
        return NONE
    if value.quantity is not None:
        return write_quantity(value.quantity)
    if value.day is not None:
        return words.date(value.day)
    text = value.text
    if not text:
        return NONE
    if term is Term.KIND:
        return words.gettext(KIND_WORDS[Kind(text)])
    if term is Term.STATE:
        return words.gettext(STATE_WORDS[State(text)])
    if term is Term.TYPE:
        return words.gettext(TYPE_WORDS[ObjectiveType(text)])
    if term is Term.STATUS:
        return words.gettext(STATUS_WORDS[Status(text)])
    if term is Term.BOUND:
        return _BOUND_SIGNS[text]
    return ", ".join(text.splitlines())
