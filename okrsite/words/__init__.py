"""The site's own words in a language: messages, dates, numbers, statuses and their reasons."""

from okrsite.words.because import say_arithmetic, say_because, say_pace, say_pace_of
from okrsite.words.catalog import N_
from okrsite.words.changes import say_change, say_value
from okrsite.words.language import NONE, Words, round_half_up
from okrsite.words.statuses import (
    CADENCE_WORDS,
    INITIATIVE_WORDS,
    KIND_WORDS,
    LEVEL_WORDS,
    PHASE_WORDS,
    STATE_WORDS,
    STATUS_EMOJI,
    STATUS_SIGNS,
    STATUS_WORDS,
    TYPE_WORDS,
    say_status,
)

__all__ = [
    "CADENCE_WORDS",
    "INITIATIVE_WORDS",
    "KIND_WORDS",
    "LEVEL_WORDS",
    "NONE",
    "N_",
    "PHASE_WORDS",
    "STATE_WORDS",
    "STATUS_EMOJI",
    "STATUS_SIGNS",
    "STATUS_WORDS",
    "TYPE_WORDS",
    "Words",
    "round_half_up",
    "say_arithmetic",
    "say_because",
    "say_change",
    "say_pace",
    "say_pace_of",
    "say_status",
    "say_value",
]
