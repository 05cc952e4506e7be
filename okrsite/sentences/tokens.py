"""A masked title → words with the parts they play, numbers, and marks between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from okrsite.quantities import Found, find_quantity
from okrsite.sentences.plain import OBJECT
from okrsite.sentences.words import LEXICONS, Lexicon, Role

Sort = Literal["word", "number", "arrow", "stop"]

_LETTER = "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u024f\u0370-\u1fff"
_WORD = re.compile(rf"[{_LETTER}](?:[{_LETTER}0-9_]|[-'.+&@](?=[{_LETTER}0-9]))*\+*")
_CJK = re.compile(r"[\u3400-\u9fff、]")
_OPERATOR = re.compile(r">=|<=|≥|≤|≧|≦|⩾|⩽|>|<")
_ARROW = re.compile(r"-+>|→|➔|➜|⟶|⇒|➡")
_MARK = re.compile(r"[~≈&/↑↓⬆⬇]")
_STOP = re.compile(r"[.;:!?…。；：！？|(),–—=]")
_ABBREVIATED = re.compile(r"min|max|mind|ca|approx|aprox|nr|no|n|mín|máx|vs")
OPERATORS = {
    ">=": Role.AT_LEAST,
    "≥": Role.AT_LEAST,
    "≧": Role.AT_LEAST,
    "⩾": Role.AT_LEAST,
    "<=": Role.AT_MOST,
    "≤": Role.AT_MOST,
    "≦": Role.AT_MOST,
    "⩽": Role.AT_MOST,
    ">": Role.ABOVE,
    "<": Role.BELOW,
}
_GLUE = re.compile(r"[\w.,:/%'–+-]+", re.ASCII)
_LATIN = ("en", "de", "fr", "es", "pt")
_HINTS = {
    "en": re.compile(r"\bthe\b|\band\b|\bof\b"),
    "de": re.compile(r"[äöß]|\bund\b|\bder\b|ung\b"),
    "fr": re.compile(r"[èœûî]|\b[ldn]'|\bles\b|\bet\b"),
    "es": re.compile(r"ñ|ción\b|[¿¡]|\bel\b|\blos\b|\blas\b|\by\b|\bdel\b"),
    "pt": re.compile(r"[ãõ]|\bpara (?=\d)|\bno m[áí]|\b(?:dos|das|e|do|ao|em)\b"),
}
"""What only one of the languages has; counts as two of its words."""
_SPACED_THOUSANDS = frozenset(("de", "fr", "es", "pt"))


@dataclass(slots=True)
class Token:
    """A piece of a sentence."""

    sort: Sort
    text: str
    """A word's is in lower case."""
    start: int
    end: int
    roles: frozenset[Role] = frozenset()
    found: Found | None = None
    """Of a number."""
    written: str = ""
    """A word as typed."""
    joined: str = ""
    """What is glued to a number, which makes it a name, a range or a fraction."""


@dataclass(slots=True)
class Tokens:
    """The pieces of a sentence and the language whose words they are."""

    language: str
    items: list[Token] = field(default_factory=list)
    named: bool = False
    """One of its numbers belongs to a name: Python 3.12."""

    firsts: dict[Role, int] = field(default_factory=dict)
    """Where each part is first played."""

    def before(self, at: int) -> list[Token]:
        """Return the tokens before a place; all of a German sentence, whose verbs end it."""
        return self.items if self.language == "de" else self.items[:at]

    def says(self, at: int, *roles: Role) -> bool:
        """Tell whether a word before a place (in German: anywhere) plays one of the parts."""
        end = len(self.items) if self.language == "de" else at
        return any(self.firsts.get(role, end) < end for role in roles)


def split(masked: str, title: str, language: str) -> Tokens:
    """Return the tokens of a masked title; `language` decides only separators in doubt."""
    spoken = _spoken(masked, language)
    tokens = Tokens(spoken)
    latin = LEXICONS["en" if spoken == "zh" else spoken]
    # Whoever writes German writes German numbers; English is written with anybody's.
    separators = language if spoken == "en" else spoken
    at = 0
    while at < len(masked):
        if masked[at] in " \u00a0":
            at += 1
        elif match := _WORD.match(masked, at):
            at, word = match.end(), match.group()
            tokens.items.append(Token("word", word.lower(), match.start(), at, written=word))
        else:
            at = _take(masked, title, at, tokens, separators)
    tokens.items = _phrased(tokens.items, latin, LEXICONS["zh"])
    for place, token in enumerate(tokens.items):
        for role in token.roles:
            tokens.firsts.setdefault(role, place)
    return tokens


def _spoken(masked: str, language: str) -> str:
    """Return the language whose words the text has most of; of equals the given one."""
    if _CJK.search(masked):
        return "zh"
    # A capital by itself is a name or a placeholder, not Spanish "y".
    words = [word.lower() for word in _WORD.findall(masked) if len(word) > 1 or word.islower()]
    text = masked[:1].lower() + masked[1:]
    scores = {code: _likeness(code, words, text) for code in _LATIN}
    best = max(scores.values())
    equals = [code for code in _LATIN if scores[code] == best]
    return language if language in equals else equals[0]


def _likeness(code: str, words: list[str], text: str) -> int:
    known = LEXICONS[code].words
    return len([word for word in words if word in known]) + 2 * len(_HINTS[code].findall(text))


def _take(masked: str, title: str, at: int, tokens: Tokens, separators: str) -> int:
    """Append the number or sign at a place, if there is one, and return where to go on."""
    char = masked[at]
    if char.isascii() and char.isdigit():
        return _take_number(masked, title, at, tokens, separators)
    if char == OBJECT:
        tokens.items.append(Token("word", OBJECT, at, at + 1))
        return at + 1
    if _CJK.match(char):
        return _take_chinese(masked, at, tokens)
    return _take_symbol(masked, at, tokens)


def _take_chinese(masked: str, at: int, tokens: Tokens) -> int:
    """Take the longest phrase known, else one character."""
    lexicon = LEXICONS["zh"]
    ahead = masked[at : at + lexicon.most_letters]
    phrases = (ahead[:length] for length in range(len(ahead), 1, -1))
    phrase = next((phrase for phrase in phrases if phrase in lexicon.phrases), ahead[0])
    end = at + len(phrase)
    tokens.items.append(Token("word", phrase, at, end, lexicon.roles(phrase), written=phrase))
    return end


def _take_symbol(masked: str, at: int, tokens: Tokens) -> int:
    if match := _ARROW.match(masked, at):
        tokens.items.append(Token("arrow", "→", at, match.end()))
    elif match := _OPERATOR.match(masked, at):
        roles = frozenset({OPERATORS[match.group()]})
        tokens.items.append(Token("word", match.group(), at, match.end(), roles))
    elif match := _MARK.match(masked, at):
        tokens.items.append(Token("word", match.group(), at, match.end(), written=match.group()))
    elif masked[at] == "." and tokens.items and _ABBREVIATED.fullmatch(tokens.items[-1].text):
        return at + 1
    elif match := _STOP.match(masked, at):
        tokens.items.append(Token("stop", match.group(), at, match.end()))
    else:
        return at + 1
    return match.end()


def _take_number(masked: str, title: str, at: int, tokens: Tokens, separators: str) -> int:
    spaces = tokens.language in _SPACED_THOUSANDS
    found = find_quantity(masked, at, separators, spaces=spaces, original=title)
    while tokens.items and tokens.items[-1].end > found.start:
        tokens.items.pop()  # a currency before its number
    before = masked[found.start - 1] if found.start else " "
    end, joined = _joined(masked, found.end)
    if before in "_#@/№§^\\" or (before in ".-:" and found.start > 1):
        joined = joined or before
    text = masked[found.start : found.end]
    tokens.items.append(Token("number", text, found.start, end, found=found, joined=joined))
    return end


def _joined(masked: str, end: int) -> tuple[int, str]:
    """Return where a number ends with all that is glued to it, and what that is."""
    tail = masked[end : end + 1]
    follow = masked[end + 1 : end + 2]
    glued = tail == "_" or (tail.isalnum() and not _CJK.match(tail))
    if glued or (tail and tail in "-–:/.'" and follow.isalnum()):
        if tail == "/" and follow.isalpha():
            return end, ""
        glue = _GLUE.match(masked, end)
        return (glue.end(), glue.group()) if glue else (end, tail)
    return end, ""


def _phrased(items: list[Token], latin: Lexicon, chinese: Lexicon) -> list[Token]:
    """Join words that are one phrase, and give every word the parts it plays."""
    joined: list[Token] = []
    at = 0
    while at < len(items):
        token, taken = _phrase(items, at, latin, chinese)
        joined.append(token)
        at += taken
    return joined


def _phrase(items: list[Token], at: int, latin: Lexicon, chinese: Lexicon) -> tuple[Token, int]:
    first = items[at]
    if first.sort != "word" or first.roles or _CJK.match(first.text):
        return first, 1
    taken = _phrase_length(items, at, latin) if first.text in latin.openers else 1
    if taken == 1:
        first.roles = latin.roles(first.text) or chinese.roles(first.text)
        return first, 1
    phrase = " ".join([token.text for token in items[at : at + taken]])
    roles = latin.roles(phrase) or chinese.roles(phrase)
    return Token("word", phrase, first.start, items[at + taken - 1].end, roles), taken


def _phrase_length(items: list[Token], at: int, latin: Lexicon) -> int:
    """Return how many words the longest phrase takes that begins at a place, or one."""
    words: list[str] = []
    longest = 1
    for token in items[at : at + latin.most_words]:
        if token.sort != "word" or _CJK.match(token.text):
            break
        words.append(token.text)
        if len(words) > 1 and " ".join(words) in latin.phrases:
            longest = len(words)
    return longest
