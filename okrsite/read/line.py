"""One line's text → its parts: dash, key, value, comment; no schema, no YAML library."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|' r"'(?:[^']|'')*'", re.DOTALL)
"""A quoted text that is closed."""

BULLET = re.compile(r"(?:[-*+•‣◦▪●·–—]|\d{1,3}[.)、]|[a-zA-Z]\))(?:\s|$)")
"""What people begin the items of a list with."""

WORD_COLON = re.compile(r"\w[\w/@.-]*(?::(?=\s|$)|：)")
"""What a key and its value begin with."""

BLOCK_HEADER = re.compile(r"[|>](?:[1-9]?[-+]?|[-+][1-9])(?:\s+#(?:\s.*)?)?$")
"""What a block of text begins with: ``|``, ``>-``."""

CHECKBOX = re.compile(r"\[([ xX])\](?:\s+|$)")

_NUMBER_OF = re.compile(r"# of\b", re.IGNORECASE)
"""`Double the # of users`: no comment begins like that."""
_COMMENT = re.compile(r"(?:^|[ \t])#")
_CURLY_OPEN, _CURLY_CLOSE = "“”„‟‘’‚‛", "”“’‘"
_CURLY = re.compile(f"[{_CURLY_OPEN}{_CURLY_CLOSE}]")


class Row(NamedTuple):
    """What stands in a line from its first sign on; lines and columns count from 0."""

    line: int
    column: int
    text: str
    """Never empty, never a comment; without the spaces at its end."""


class Key(NamedTuple):
    """A key at the beginning of a text."""

    text: str
    """Without quotes."""
    width: int
    """How many columns it takes, quotes included."""
    value_at: int
    """Where in the text its value begins; the text's length where it has none."""


class Title(NamedTuple):
    """A text above a list or fields."""

    text: str
    colon: str
    """The colon that it ends in, which may be a full-width one, or nothing."""
    clash: int
    """Where a # cuts it, or -1."""


def is_dash(text: str) -> bool:
    """Tell whether a text begins an item of a list."""
    return text[0] == "-" and (len(text) == 1 or text[1].isspace())


def is_comment(text: str) -> bool:
    """Tell whether a text is a comment: a # with a space or nothing after it."""
    return text[:1] == "#" and text[1:2] in ("", " ", "\t")


@functools.lru_cache(maxsize=256)  # each row is asked for its key up to four times
def split_key(text: str) -> Key | None:
    """Return the key that a text begins with, or None."""
    if text[0] in "\"'":
        return _split_quoted_key(text)
    cut = text.find(": ")
    if cut < 0:
        cut = text.find(":\t")
    if cut < 0:
        if text[-1] != ":":
            return None
        cut = len(text) - 1
    key = text[:cut].rstrip()
    if not key or key[0] == "#" or " #" in key:
        return None
    return Key(key, len(key), _after_spaces(text, cut + 1))


def split_title(text: str) -> Title | None:
    """Return the title that a text would be with something below it, or None."""
    whole, clash = cut_comment(text)
    if clash >= 0:
        whole = text
    quoted = QUOTED.match(whole) if text[0] in "\"'" else None
    if text[0] in "{|" or (text[0] in "\"'" and (not quoted or quoted.end() == len(whole))):
        return None
    title = whole.rstrip(":：").rstrip()
    if not title or (quoted and quoted.end() == len(title)):
        return None
    return Title(title, whole[-1] if whole[-1] in ":：" else "", clash)


def _split_quoted_key(text: str) -> Key | None:
    found = QUOTED.match(text)
    if not found:
        return None
    rest = text[found.end() :].lstrip(" ")
    if rest[:1] != ":" or rest[1:2] not in ("", " ", "\t"):
        return None
    value_at = _after_spaces(text, len(text) - len(rest) + 1)
    return Key(unquote(found.group()), found.end(), value_at)


def unquote(text: str) -> str:
    """Return what a quoted key says; escapes other than of quotes and backslashes stay."""
    inner = text[1:-1]
    if text[0] == "'":
        return inner.replace("''", "'")
    return re.sub(r'\\(["\\])', r"\1", inner)


def _after_spaces(text: str, start: int) -> int:
    return len(text) - len(text[start:].lstrip())


def cut_comment(text: str) -> tuple[str, int]:
    """Return a text without the comment at its end, and where a # cuts into it, or -1."""
    if "#" not in text:
        return text, -1
    found = _COMMENT.search(text)
    if not found:
        return text, -1
    sign = found.end() - 1
    begins_comment = is_comment(text[sign:]) and not _NUMBER_OF.match(text, sign)
    return text[: found.start()].rstrip(), -1 if begins_comment else sign


def quote(text: str) -> str:
    """Return a text in the quotes that need no backslash, where there are such."""
    if "'" not in text or '"' not in text:
        mark = "'" if '"' in text or "\\" in text else '"'
        if mark == '"' or "'" not in text:
            return f"{mark}{text}{mark}"
    return "'" + text.replace("'", "''") + "'"


def is_curly(text: str) -> bool:
    """Tell whether a text stands in curly quotes as a whole."""
    inner = text[1:-1]
    return (
        len(text) > 1
        and text[0] in _CURLY_OPEN
        and text[-1] in _CURLY_CLOSE
        and not _CURLY.search(re.sub(r"(?<=\w)’(?=\w)", "", inner))
    )
