"""Statuses, phases, kinds and the like → the words that people read."""

from __future__ import annotations

from okrsite.model import (
    Cadence,
    InitiativeState,
    Kind,
    Level,
    ObjectiveType,
    Phase,
    State,
    Status,
)
from okrsite.words.catalog import N_
from okrsite.words.language import Words

STATUS_WORDS = {
    Status.ON_TRACK: N_("On track"),
    Status.AT_RISK: N_("At risk"),
    Status.OFF_TRACK: N_("Off track"),
    Status.ACHIEVED: N_("Achieved"),
    Status.MISSED: N_("Missed"),
    Status.NOT_STARTED: N_("Not started"),
    Status.OUTDATED: N_("Outdated"),
    Status.PAUSED: N_("Paused"),
    Status.CANCELLED: N_("Cancelled"),
    Status.UNKNOWN: N_("Unknown"),
}

STATUS_SIGNS = {
    Status.ON_TRACK: "●",
    Status.AT_RISK: "▲",
    Status.OFF_TRACK: "■",
    Status.ACHIEVED: "✓",
    Status.MISSED: "✗",
    Status.NOT_STARTED: "–",
    Status.OUTDATED: "○",
    Status.PAUSED: "‖",
    Status.CANCELLED: "/",
    Status.UNKNOWN: "?",
}
"""For where nothing can be drawn."""

PHASE_WORDS = {
    Phase.UPCOMING: N_("upcoming"),
    Phase.PLANNING: N_("planning"),
    Phase.DELIVERY: N_("delivery"),
    Phase.REVIEW: N_("review"),
    Phase.CLOSED: N_("closed"),
}

TYPE_WORDS = {
    ObjectiveType.COMMITTED: N_("committed"),
    ObjectiveType.ASPIRATIONAL: N_("aspirational"),
    ObjectiveType.LEARNING: N_("learning"),
}

KIND_WORDS = {
    Kind.METRIC: N_("metric"),
    Kind.LIMIT: N_("limit"),
    Kind.MAINTAIN: N_("to maintain"),
    Kind.MILESTONE: N_("milestone"),
    Kind.RUBRIC: N_("rubric"),
}

LEVEL_WORDS = {
    Level.COMPANY: N_("Company"),
    Level.DEPARTMENT: N_("Department"),
    Level.TEAM: N_("Team"),
}

STATE_WORDS = {
    State.DRAFT: N_("draft"),
    State.PROPOSED: N_("proposed"),
    State.ACTIVE: N_("active"),
    State.PAUSED: N_("paused"),
    State.CANCELLED: N_("cancelled"),
}

INITIATIVE_WORDS = {
    InitiativeState.TODO: N_("to do"),
    InitiativeState.DOING: N_("doing"),
    InitiativeState.DONE: N_("done"),
    InitiativeState.DROPPED: N_("dropped"),
}

CADENCE_WORDS = {
    Cadence.WEEK: N_("every week"),
    Cadence.FORTNIGHT: N_("every fortnight"),
    Cadence.MONTH: N_("every month"),
}


STATUS_EMOJI = {
    Status.ON_TRACK: "🟢",
    Status.AT_RISK: "🟡",
    Status.OFF_TRACK: "🔴",
    Status.ACHIEVED: "✅",
    Status.MISSED: "❌",
    Status.OUTDATED: "⚪",
    Status.UNKNOWN: "⚪",
    Status.NOT_STARTED: "⚪",
    Status.PAUSED: "⚪",
    Status.CANCELLED: "⚪",
}
"""Signs that chat and forges show in colour; the word stands beside them."""


def say_status(words: Words, status: Status) -> str:
    """Return a status as it stands inside a sentence: ``on track``."""
    word = words.gettext(STATUS_WORDS[status])
    return word[:1].lower() + word[1:]
