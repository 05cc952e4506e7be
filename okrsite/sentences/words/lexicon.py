"""Lists of phrases by the part they play → one look-up from phrase to parts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from okrsite.model.quick import quick_dataclass


class Role(Enum):
    """The part that a word or phrase plays around a number."""

    FROM = auto()
    TO = auto()
    BY = auto()
    AT = auto()
    """Before a number that is kept: `hold at 3`."""
    UP = auto()
    """A verb of increase."""
    DOWN = auto()
    BETTER = auto()
    """A verb of change whose direction the number's meaning tells: improve."""
    MOVE = auto()
    """A verb that makes `to 40` an end: bring, get."""
    KEEP = auto()
    HOLD = auto()
    """Keeps only with a bound or `at`: hold 3 workshops keeps nothing."""
    WIN = auto()
    REACH = auto()
    UPGRADE = auto()
    """Its bare numbers are versions: from 14 to 16."""
    SOFTWARE = auto()
    """Has versions by name."""
    AT_LEAST = auto()
    AT_MOST = auto()
    ABOVE = auto()
    BELOW = auto()
    NOT = auto()
    UP_TO = auto()
    ABOUT = auto()
    BETWEEN = auto()
    OR_MORE = auto()
    OR_LESS = auto()
    NEW = auto()
    ZERO = auto()
    WINDOW = auto()
    """Before a stretch of time that is no result: within 30 days."""
    LABEL = auto()
    """Before a number that names: tier 1, version 2."""
    PER = auto()
    CYCLE = auto()
    """A stretch as long as a cycle."""
    RATE = auto()
    """A stretch shorter than a cycle."""
    ADVERB = auto()
    """Speaks of a rate or cycle by itself: weekly, quarterly."""
    AND = auto()
    OF = auto()
    FILLER = auto()
    """Stands between a mark and its number without changing either."""
    STOP = auto()
    """No part of a counted noun."""
    NUMBER = auto()
    """A number as a word."""
    EVENT = auto()
    """Something bad whose count only grows: incidents."""
    DEFECT = auto()
    """Something bad that can be mended, so that its count may fall: bugs."""
    OPEN = auto()
    """Says that a count is of what is there now, or a mean."""
    LOWER = auto()
    """A thing of which less is better."""
    SPAN = auto()
    """A length of time of which less is better, unless it is a share."""
    HIGHER = auto()
    """A length of time of which more is better."""
    ACTOR = auto()
    """Who may do something: reviewed by 3 teams."""
    ONE = auto()
    """Counts only after a bound: at least one."""
    CLAUSE = auto()
    """Opens a clause whose numbers only describe: cases that take more than 2 days."""
    WITH = auto()
    """Before a number that only describes: deals with at least 80% chance."""
    PERIOD = auto()
    """A stretch of time that is counted like a thing: 3 sprints."""
    TIMES = auto()
    """Counts repetitions."""
    OTHER = auto()
    """A phrase that only looks like another: reach out to."""

    # Enum's own hash is Python code, and sets of roles are looked into at every word.
    __hash__ = object.__hash__


_SOFTWARE = """python java jdk node php ruby rails django postgres postgresql mysql mariadb
    kubernetes k8s terraform elasticsearch kafka redis mongodb react angular typescript kotlin
    scala ubuntu debian windows android ios openssl openjdk"""
"""Names after which bare numbers are versions, in every language."""


@quick_dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of one language."""

    phrases: Mapping[str, frozenset[Role]]
    """By their words in lower case, one space apart."""
    words: frozenset[str]
    """Every word of every phrase."""
    openers: frozenset[str]
    """The first word of every phrase of several."""
    most_words: int
    """In the longest phrase."""
    most_letters: int

    def roles(self, phrase: str) -> frozenset[Role]:
        """Return the parts a phrase plays, or nothing."""
        return self.phrases.get(phrase, frozenset())


def lexicon(words: Mapping[Role, str]) -> Lexicon:
    """Return the look-up of a language from its lists, phrases being separated by commas."""
    phrases: dict[str, set[Role]] = {name: {Role.SOFTWARE} for name in _SOFTWARE.split()}
    for role, listed in words.items():
        for phrase in listed.split(","):
            spaced = " ".join(phrase.split())
            if spaced:
                phrases.setdefault(spaced, set()).add(role)
    return Lexicon(
        {phrase: frozenset(roles) for phrase, roles in phrases.items()},
        frozenset(word for phrase in phrases for word in phrase.split()),
        frozenset(phrase.split()[0] for phrase in phrases if " " in phrase),
        max(phrase.count(" ") + 1 for phrase in phrases),
        max(map(len, phrases)),
    )
