"""The words after a number → the noun that it counts, as far as that is certain."""

from __future__ import annotations

import re
from typing import NamedTuple

from okrsite.sentences.tokens import Token, Tokens
from okrsite.sentences.words import Role

_MOST_WORDS = 4
_ENDS_NOUN = frozenset(
    {
        Role.STOP,
        Role.AND,
        Role.PER,
        Role.OR_MORE,
        Role.OR_LESS,
        Role.UP,
        Role.DOWN,
        Role.BETTER,
        Role.KEEP,
        Role.WIN,
        Role.REACH,
        Role.FROM,
        Role.TO,
        Role.BY,
        Role.NEW,
        Role.NOT,
        Role.WINDOW,
        Role.OTHER,
        Role.ABOVE,
        Role.BELOW,
    }
)
_CLASSIFIERS = "个名次家条篇位项起人款件场座套台种份本宗例笔"
_PEOPLE = re.compile(r"people|children|men|women|personnes|personas|pessoas|gens")


class Noun(NamedTuple):
    """What a number counts."""

    words: str = ""
    """As written; empty where it is not certain."""
    gap: str = " "
    """Between number and noun."""
    end: int = 0
    """Past it among the tokens."""
    new: bool = False
    """Called new or additional."""
    heads: tuple[Token, ...] = ()
    """The words that follow the number, up to where its noun must have ended."""


NO_NOUN = Noun()


def noun_after(tokens: Tokens, at: int) -> Noun:
    """Return the noun after the number at a place; one whose end is in doubt has no words."""
    items, start, new = tokens.items, at + 1, False
    while start < len(items) and Role.NEW in items[start].roles:
        start, new = start + 1, True
    heads = _heads(items, start)
    if tokens.language == "zh":
        return _chinese(items, start, heads, new=new)
    count = _length(heads, tokens.language)
    end = start + count
    if count and end < len(items) and Role.NEW in items[end].roles:
        end, new = end + 1, True
    words = " ".join(token.written for token in heads[:count])
    return Noun(words, " ", end, new, heads)


def _heads(items: list[Token], start: int) -> tuple[Token, ...]:
    heads: list[Token] = []
    for token in items[start : start + _MOST_WORDS]:
        if token.sort != "word" or token.roles & _ENDS_NOUN or not token.written:
            break
        heads.append(token)
    return tuple(heads)


def _length(heads: tuple[Token, ...], language: str) -> int:
    """Return how many words the noun has: up to the first plural, in German the first noun."""
    for count, token in enumerate(heads, start=1):
        if _is_plural(token) and not any(map(_is_plural, heads[count : count + 1])):
            return count
    if language == "de":
        for count, token in enumerate(heads, start=1):
            if token.written[0].isupper():
                return count
    return 0


def _is_plural(token: Token) -> bool:
    word = token.text
    if token.roles & {Role.EVENT, Role.ACTOR, Role.DEFECT} and not token.roles & {Role.OPEN}:
        return True
    if _PEOPLE.fullmatch(word):
        return True
    if token.written[:1].isupper() and not token.written.islower():
        return False
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _chinese(items: list[Token], start: int, heads: tuple[Token, ...], *, new: bool) -> Noun:
    if start >= len(items) or items[start].text not in _CLASSIFIERS:
        return Noun("", "", start, new, heads)
    end = start + 1
    new = new or (end < len(items) and Role.NEW in items[end].roles)
    return Noun(items[start].text, "", end, new, heads)
