"""A file's lines → its skeleton: the same lines with every plain text replaced by ``x``.

libyaml reads the skeleton, so nothing in a sentence can be mistaken for YAML; what was typed at
each ``x`` is kept beside it, by line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from okrsite.model import Place
from okrsite.problems import Problem
from okrsite.read.nodes import Broken, Scalar

_SPACE = re.compile(r"[^\S ]")

UNREADABLE = "\ufffd"
"""Stands for a character that was lost or must not be there; it has been reported."""

MOST_NODES = 100_000
MOST_LINES = 100_000
MOST_LEVELS = 20
MOST_PROBLEMS = 1_000


class TooMuchError(Exception):
    """A file has more parts, levels or mistakes than anybody would write by hand."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.what = what
        self.line = line


class Stray(Broken):
    """Something that cannot be read and may be part of what stands before or around it."""


class Raw(NamedTuple):
    """A quoted text, a block of text or a list in brackets, which libyaml reads by itself."""

    line: int
    column: int
    end_line: int
    end_column: int
    """One past its last character."""
    parent: int
    """The column that its further lines are indented beyond, or -1."""
    checked: bool | None = None
    is_key: bool = False


class Piece(NamedTuple):
    """A text inside braces or brackets; a quoted one is left to libyaml."""

    line: int
    column: int
    end: int
    scalar: Scalar | None


@dataclass(slots=True)
class Skeleton:
    """What libyaml is to read, and what was masked; lines and columns count from 0 in here."""

    path: str
    lines: list[str]
    """As typed."""
    first_line: int = 1
    """The number of the first of them in its file."""
    out: list[str] = field(default_factory=list)
    typed: dict[tuple[int, int], Scalar | Broken] = field(default_factory=dict)
    """What stood at each ``x``; a broken key takes its whole pair with it."""
    raws: dict[tuple[int, int], Raw] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    tabs: dict[int, int] = field(default_factory=dict)
    """How many tabs a line begins with; each is read as two columns."""

    def __post_init__(self) -> None:
        self.out = [""] * len(self.lines)

    def place(self, line: int, column: int, end_line: int, end_column: int) -> Place:
        """Return the place of a span that is given in lines and columns from 0."""
        first = self.first_line
        if self.tabs:
            column = max(column - self.tabs.get(line, 0), 0)
            end_column = max(end_column - self.tabs.get(end_line, 0), 0)
        return Place(self.path, line + first, column + 1, end_line + first, end_column + 1)

    def put(self, line: int, column: int, text: str) -> None:
        """Write a piece of a line at a column, or behind what is there."""
        self.out[line] = self.out[line].ljust(column) + text

    def mask(self, line: int, column: int, node: Scalar | Broken, width: int = 1) -> None:
        """Write an ``x`` for a node; a text with an unreadable character is broken."""
        self.out[line] = self.out[line].ljust(column) + "x" * width
        self.typed[line, column] = _checked(node)
        if len(self.typed) > MOST_NODES:
            raise TooMuchError(f"more than {MOST_NODES:,} parts", line)

    def copy(self, raw: Raw, pieces: Iterable[Piece] = ()) -> None:
        """Leave a span to libyaml as it is, but for the pieces in it, which are in order."""
        self.raws[raw.line, raw.column] = raw
        if len(self.raws) + len(self.typed) > MOST_NODES:
            raise TooMuchError(f"more than {MOST_NODES:,} parts", raw.line)
        line, column = raw.line, raw.column
        out = self.out[line].ljust(column)
        for piece in pieces:
            while line < piece.line:
                self.out[line] = out + _spaced(self.lines[line][column:])
                line, column, out = line + 1, 0, ""
            out += _spaced(self.lines[line][column : piece.column])
            if piece.scalar:
                self.typed[line, piece.column] = _checked(piece.scalar)
                out += "x" * (piece.end - piece.column)
            else:
                out += self.lines[line][piece.column : piece.end]
            column = piece.end
        clean = _spaced if self.lines[raw.line][raw.column] in "[{" else str
        while line < raw.end_line:
            self.out[line] = out + clean(self.lines[line][column:])
            line, column, out = line + 1, 0, ""
        self.out[line] = out + clean(self.lines[line][column : raw.end_column])

    def report(
        self,
        code: str,
        span: tuple[int, int, int],
        message: str,
        mend: str,
        hint: str = "",
        also: tuple[tuple[Place, str], ...] = (),
    ) -> None:
        """Note a problem at a line, from one column to another."""
        line, column, end = span
        place = self.place(line, column, line, max(end, column + 1))
        self.problems.append(Problem(code, place, message, mend, hint, also))
        if len(self.problems) > MOST_PROBLEMS:
            raise TooMuchError(f"more than {MOST_PROBLEMS:,} mistakes", line)


def _checked(node: Scalar | Broken) -> Scalar | Broken:
    return Broken(node.place) if isinstance(node, Scalar) and UNREADABLE in node.text else node


def _spaced(text: str) -> str:
    """Return what stands between two pieces; every kind of space there is a space."""
    return text if text.isascii() and "\t" not in text else _SPACE.sub(" ", text)
