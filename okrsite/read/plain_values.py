"""A value in a plain file: quoted, in brackets, below a ``|`` or ``>``, or as it is typed."""

from __future__ import annotations

import re

from okrsite.model import Place
from okrsite.read.fields import Fields
from okrsite.read.line import BLOCK_HEADER, BULLET
from okrsite.read.nodes import Mapping, Node, Pair, Scalar, Sequence

_DOUBTFUL = frozenset("\"'{|&*!?#:,“”„‟‘’‚‛")
"""What texts that may be something else begin with."""
_QUOTED = re.compile(r'"[^"\\]*"' r"|'[^']*'")
_WORDS = re.compile(r"\w[\w/.@-]*(?: \w[\w/.@-]*)*")
_KEY = re.compile(r"(\w[\w/.@-]*): +")
_VALUE = re.compile(r'[\w<>=$€£+~(][^,:#\[\]{}"\'&*!|?]*|"[^"\\]*"')
_COMMA = re.compile(r" *, +")


class NotPlainError(Exception):
    """Something stands in the file that needs more care."""


def is_plain_text(text: str, fields: Fields) -> bool:
    """Tell whether a text behind a key or dash is what was typed, and raises no doubt."""
    sign = text[0]
    if sign in _DOUBTFUL or "#" in text or text[-1] == ":":
        return False
    if fields.items and (sign == "[" or BULLET.match(text)):
        return False
    if fields.text:
        return sign != ">" or not BLOCK_HEADER.match(text)
    return sign not in "[>" and ": " not in text


def unquoted(text: str) -> str:
    """Return what stands in quotes, none of which are inside."""
    if not _QUOTED.fullmatch(text):
        raise NotPlainError
    return text[1:-1]


def read_flow(text: str, place: Place, fields: Fields) -> Node:
    """Return a list of words in brackets, or a mapping in braces from words to short texts."""
    if text[0] == "[":
        return _list(text, place)
    if fields.text and not (fields.keys or fields.others):
        raise NotPlainError
    return _mapping(text, place)


def _list(text: str, place: Place) -> Sequence:
    items: list[Node] = []
    at = 1
    while True:
        found = _WORDS.match(text, at)
        if not found:
            raise NotPlainError
        items.append(Scalar(found[0], _part(place, at, found.end())))
        if found.end() == len(text) - 1 and text[-1] == "]":
            return Sequence(tuple(items), place)
        at = _after_comma(text, found.end())


def _mapping(text: str, place: Place) -> Mapping:
    pairs: dict[str, Pair] = {}
    at = 1
    while True:
        key = _KEY.match(text, at)
        value = _VALUE.match(text, key.end()) if key else None
        if not key or not value or key[1] in pairs:
            raise NotPlainError
        said = value[0].rstrip()
        start, end = value.start(), value.start() + len(said)
        where = _part(place, start, end)
        is_quoted = said[0] == '"'
        node = Scalar(said[1:-1], where, "quoted") if is_quoted else Scalar(said, where)
        pairs[key[1]] = Pair(Scalar(key[1], _part(place, at, key.end(1))), node)
        if value.end() == len(text) - 1 and text[-1] == "}":
            return Mapping(tuple(pairs.values()), place)
        at = _after_comma(text, end)


def _after_comma(text: str, at: int) -> int:
    comma = _COMMA.match(text, at)
    if not comma:
        raise NotPlainError
    return comma.end()


def _part(place: Place, start: int, end: int) -> Place:
    column = place.column
    return Place(place.path, place.line, column + start, place.line, column + end)


def read_block(lines: list[str], number: int, parent: int, *, folds: bool) -> tuple[str, int]:
    """Return the text in the lines below one, and the number of its last line.

    `parent` is the column that these lines are indented beyond.
    """
    first = lines[number + 1] if number + 1 < len(lines) else ""
    indent = len(first) - len(first.lstrip())
    if indent <= parent or not first.strip():
        raise NotPlainError
    found: list[str] = []
    last = 0
    for line in lines[number + 1 :]:
        text = line.lstrip()
        if text:
            column = len(line) - len(text)
            if column <= parent:
                break
            if column < indent or (folds and (column > indent or text[-1] == " ")):
                raise NotPlainError
            last = len(found)
        elif line:
            raise NotPlainError
        found.append(line[indent:])
    del found[last + 1 :]
    return (_folded(found) if folds else "\n".join(found)), number + 1 + last


def _folded(lines: list[str]) -> str:
    """Return lines as one text: a space between lines, a line end for each empty line."""
    text = lines[0]
    blank = 0
    for line in lines[1:]:
        if line:
            text += ("\n" * blank or " ") + line
            blank = 0
        else:
            blank += 1
    return text
