"""What stands in braces or brackets → the pieces in it, or the first mistake."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field
from typing import NoReturn

from okrsite.model.quick import quick_dataclass
from okrsite.read.fields import Fields
from okrsite.read.line import QUOTED, is_comment, unquote
from okrsite.read.nodes import Scalar
from okrsite.read.skeleton import MOST_LEVELS, MOST_NODES, Piece, Skeleton, TooMuchError

_PLAIN_END = re.compile(r"[,\[\]{}]|:(?=[\s,\[\]{}]|$)|(?<=\s)#")
_TEXT_END = re.compile(r"[,\[\]{}]|(?<=\s)#")
_SIGN = re.compile(r"\S")
_NO_SPACE = re.compile(r"[\w-]+:(?=\S)")
_SPLIT_NUMBER = re.compile(r"\d,\d")
_SIGNS = frozenset("\"':,[]{}&*!-?")
_SIGN_ALONE = re.compile(r"-\s+[^\s,\]}]")
_SIGN_APART = re.compile(r"[-?](?=[\s,\]}]|$)")


@quick_dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake inside braces or brackets; lines and columns count from 0."""

    code: str
    span: tuple[int, int, int]
    message: str
    mend: str


@dataclass(slots=True)
class Flow:
    """What was found between an opening bracket and the one that closes it."""

    closed: bool
    line: int
    """Of the closing bracket, or the last line that could hold it."""
    column: int
    """One past the closing bracket."""
    pieces: list[Piece] = field(default_factory=list)
    mistake: Mistake | None = None


class _FoundError(Exception):
    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.message)
        self.mistake = mistake


class _OpenError(Exception):
    """The lines end before the brackets do."""


def scan_flow(skeleton: Skeleton, line: int, column: int, last: int, fields: Fields) -> Flow:
    """Return what begins at a bracket and may go on until the last line."""
    scan = _Scan(skeleton, line, column, last)
    try:
        scan.collection(fields, 1)
    except _OpenError:
        return Flow(False, last, len(skeleton.lines[last]))
    except _FoundError as found:
        return _count_brackets(skeleton, line, column, last, found.mistake)
    return Flow(True, scan.line, scan.column, scan.pieces)


def _count_brackets(
    skeleton: Skeleton, line: int, column: int, last: int, mistake: Mistake
) -> Flow:
    """Find the closing bracket in spite of a mistake."""
    depth = 0
    for number in range(line, last + 1):
        text = skeleton.lines[number]
        for at in range(column if number == line else 0, len(text)):
            depth += (text[at] in "[{") - (text[at] in "]}")
            if depth == 0:
                return Flow(True, number, at + 1, mistake=mistake)
    return Flow(False, last, len(skeleton.lines[last]), mistake=mistake)


def _end_of(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.search(text, start)
    return found.start() if found else len(text)


class _Scan:
    """A cursor over the lines that braces or brackets may take."""

    def __init__(self, skeleton: Skeleton, line: int, column: int, last: int) -> None:
        self.skeleton = skeleton
        self.line = line
        self.column = column
        self.text = skeleton.lines[line]
        self.last = last
        self.pieces: list[Piece] = []

    def collection(self, fields: Fields, depth: int) -> None:
        """Read from an opening bracket to past the closing one."""
        if depth > MOST_LEVELS:
            raise TooMuchError(f"more than {MOST_LEVELS} levels", self.line)
        is_mapping = self._next() == "{"
        closing = "}" if is_mapping else "]"
        self.column += 1
        while (sign := self._next()) != closing:
            if is_mapping:
                self._pair(sign, fields, depth)
            else:
                self._item(sign, fields.item, depth)
            sign = self._next()
            if sign == ",":
                self.column += 1
            elif sign != closing:
                self._fail(
                    "OKR-Y019",
                    (self.line, self.column, self.column + 1),
                    f"'{sign}' stands where a comma or {closing} is meant",
                    "put each text on a line of its own, or in quotes",
                )
        self.column += 1

    def _item(self, sign: str, fields: Fields, depth: int) -> None:
        if sign in "[{":
            self.collection(fields, depth + 1)
            return
        key = self._scalar(sign, fields, fields.text, fields.keys)
        if fields.text and _SPLIT_NUMBER.match(self.text, max(self.column - 1, 0)):
            self._fail(
                "OKR-Y016",
                (self.line, self.column - 1, self.column + 2),
                "the comma splits a number here",
                "put each text on a line of its own, or in quotes",
            )
        if self._next() == ":":
            self._value(key, fields, depth)

    def _pair(self, sign: str, fields: Fields, depth: int) -> None:
        key = self._scalar(sign, fields, False, fields.keys)
        if self._next() == ":":
            self._value(key, fields, depth)
        else:
            self._no_value(key)

    def _value(self, key: Piece, fields: Fields, depth: int) -> None:
        self.column += 1
        sign = self._next()
        if sign in ",]}":
            self._no_value(key)
        below = fields.below(self._name(key))
        if sign in "[{":
            self.collection(below, depth + 1)
        else:
            self._scalar(sign, below, below.text, ())

    def _scalar(self, sign: str, fields: Fields, takes_colons: bool, keys: Container[str]) -> Piece:
        if sign in _SIGNS:
            if sign in "\"'":
                return self._quoted()
            self._check_sign(sign, fields)
        text, start = self.text, self.column
        end = _end_of(_PLAIN_END, text, start)
        # `[P1: move it, P2: guide]`: only after a field's name is a colon more than a sign.
        if takes_colons and text[end : end + 1] == ":" and text[start:end].rstrip() not in keys:
            end = _end_of(_TEXT_END, text, start)
        self.column = end
        piece = text[start:end].rstrip()
        end = start + len(piece)
        scalar = Scalar(piece, self.skeleton.place(self.line, start, self.line, end))
        return self._add(Piece(self.line, start, end, scalar))

    def _check_sign(self, sign: str, fields: Fields) -> None:
        """Report a sign that no text may begin with."""
        span = (self.line, self.column, self.column + 1)
        if sign in ":,[]{}":
            code = "OKR-Y010" if sign in ",:" else "OKR-Y019"
            self._fail(code, span, f"a text is missing before the {sign}", f"take out the {sign}")
        if sign in "&*!" and not fields.text:
            code = "OKR-Y004" if sign == "!" else "OKR-Y003"
            what = f"'{sign}' has a meaning in YAML here"
            self._fail(code, span, what, "put the text in quotes")
        # A dash alone is what people write for no number.
        alone = _SIGN_ALONE if fields.text else _SIGN_APART
        if alone.match(self.text, self.column):
            what = f"'{sign}' stands inside brackets"
            self._fail("OKR-Y001", span, what, f"take out the {sign}")

    def _quoted(self) -> Piece:
        found = QUOTED.match(self.text, self.column)
        if not found:
            self._fail(
                "OKR-Y019",
                (self.line, self.column, self.column + 1),
                "this quote is not closed in its line",
                "close it, or put the text on a line of its own",
            )
        self.column = found.end()
        return self._add(Piece(self.line, found.start(), found.end(), None))

    def _add(self, text: Piece) -> Piece:
        self.pieces.append(text)
        if len(self.pieces) > MOST_NODES:
            raise TooMuchError(f"more than {MOST_NODES:,} parts", self.line)
        return text

    def _name(self, text: Piece) -> str:
        if text.scalar:
            return text.scalar.text
        return unquote(self.skeleton.lines[text.line][text.column : text.end])

    def _no_value(self, key: Piece) -> NoReturn:
        name = self._name(key)
        span = (key.line, key.column, key.end)
        before = self.skeleton.lines[key.line][max(key.column - 1, 0) : key.column]
        if before == ",":
            self._fail(
                "OKR-Y016",
                span,
                f"'{name}' has no value: the comma before it splits the text",
                "put it on its own line, or in quotes",
            )
        if found := _NO_SPACE.match(name):
            mend = f"write {found.group()} {name[found.end() :]}"
            self._fail("OKR-Y012", span, f"a space is missing after '{found.group()}'", mend)
        self._fail(
            "OKR-Y016",
            span,
            f"'{name}' has no value inside the braces",
            f"write {name}: and its value, or put the text on its own line without braces",
        )

    def _next(self) -> str:
        """Return the next sign that is neither space nor comment, and move to it."""
        sign = self.text[self.column : self.column + 1]
        if sign and sign != "#" and not sign.isspace():
            return sign
        while True:
            if found := _SIGN.search(self.text, self.column):
                self.column = found.start()
                sign = found.group()
                if sign != "#":
                    return sign
                if not is_comment(self.text[self.column :]):
                    self._cut_by_hash()
            if self.line == self.last:
                raise _OpenError
            self.line += 1
            self.column = 0
            self.text = self.skeleton.lines[self.line]

    def _cut_by_hash(self) -> NoReturn:
        word = self.text[self.column :].split()[0].rstrip(",]}")
        self._fail(
            "OKR-Y009",
            (self.line, self.column, self.column + len(word)),
            f"'{word}' would begin a comment, which cuts the text",
            "put the text in quotes",
        )

    def _fail(self, code: str, span: tuple[int, int, int], message: str, mend: str) -> NoReturn:
        raise _FoundError(Mistake(code, span, message, mend))
