"""A content file's bytes → its nodes and lines, and the same file with a span replaced.

Nothing but the span changes, to the byte: neither line ends nor a byte order mark nor comments.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from okrsite.model import Place
from okrsite.problems import Problem
from okrsite.read.bytes_text import decode
from okrsite.read.fields import Fields
from okrsite.read.front_matter import read_front_matter
from okrsite.read.nodes import Mapping, Node, Scalar, Sequence
from okrsite.read.yaml_text import read_nodes

_BOM = b"\xef\xbb\xbf"
_BREAK = re.compile("\r\n|[\n\r]")

Data = str | list["Data"] | dict[str, "Data"]
"""What nodes say, without their places."""


class CannotEditError(Exception):
    """A file cannot be changed as it should be; it is left alone."""

    def __init__(self, message: str, place: Place, mend: str) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.mend = mend


class UnreadableError(Exception):
    """A file has mistakes, so that nobody knows what a change of it would do."""

    def __init__(self, problems: list[Problem], texts: dict[str, str]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems
        self.texts = texts


@dataclass(frozen=True)
class Page:
    """A file that is being changed."""

    path: str
    fields: Fields
    """What may stand in it."""
    text: str = ""
    """As it is written, line ends included."""
    bom: bool = False
    node: Node | None = field(default=None, repr=False)
    prose: str = field(default="", repr=False)
    """What stands below the front matter of a Markdown file."""

    @property
    def data(self) -> bytes:
        """Return the file's bytes."""
        return self.bom * _BOM + self.text.encode()

    @cached_property
    def _breaks(self) -> list[re.Match[str]]:
        return list(_BREAK.finditer(self.text))

    @property
    def newline(self) -> str:
        """Return how most lines of the file end."""
        ends = [found.group() for found in self._breaks]
        return max(dict.fromkeys(ends), key=ends.count, default="\n")

    def offset(self, line: int, column: int) -> int:
        """Return where in the text a place begins, both counted from 1."""
        start = self._breaks[line - 2].end() if line > 1 else 0
        return start + column - 1

    def line_end(self, line: int) -> int:
        """Return where in the text a line ends, before its line end."""
        return self._breaks[line - 1].start() if line <= len(self._breaks) else len(self.text)

    def written(self, place: Place) -> str:
        """Return what stands at a place."""
        return self.text[slice(*self.span(place))]

    def span(self, place: Place) -> tuple[int, int]:
        """Return where in the text a place begins and ends."""
        start = self.offset(place.line, place.column)
        return start, self.offset(place.end_line, place.end_column)

    def replaced(self, start: int, end: int, text: str) -> Page:
        """Return the file with other text between two offsets, read anew."""
        new = text.replace("\n", self.newline)
        return read_page(
            self.path,
            self.bom * _BOM + (self.text[:start] + new + self.text[end:]).encode(),
            self.fields,
        )

    def inserted_below(self, line: int, lines: list[str]) -> Page:
        """Return the file with new lines below one; below line 0 they are its first."""
        if line:
            at = self.line_end(line)
            return self.replaced(at, at, "".join(f"\n{each}" for each in lines))
        return self.replaced(0, 0, "".join(f"{each}\n" for each in lines))

    def appended(self, lines: list[str]) -> Page:
        """Return a file in which nothing but comments stands, with lines at its end."""
        first = "" if not self.text or self.text.endswith(("\n", "\r")) else "\n"
        end = len(self.text)
        return self.replaced(end, end, first + "".join(f"{each}\n" for each in lines))


def read_page(path: str, data: bytes, fields: Fields) -> Page:
    """Return a file to change; UnreadableError where something in it cannot be read."""
    text, problems = decode(data, path)
    node, prose = None, ""
    if text is not None and not problems:
        if path.lower().endswith(".md"):
            node, prose, _, problems = read_front_matter(text, path, fields)
        else:
            node, problems = read_nodes(text, path, schema=fields)
    if text is None or problems:
        raise UnreadableError(problems, {path: text or ""})
    whole = data.decode("utf-8-sig")
    return Page(path, fields, whole, data.startswith(_BOM), node, prose)


def data_of(node: Node | None) -> Data | None:
    """Return what a node says; None where there is none.

    A checkbox, which is no part of a text, stands before it.
    """
    if isinstance(node, Scalar):
        return _ticked(node)
    if isinstance(node, Mapping):
        return {_ticked(pair.key): _data(pair.value) for pair in node.pairs}
    return [_data(item) for item in node.items] if isinstance(node, Sequence) else None


def _data(node: Node) -> Data:
    found = data_of(node)
    if found is None:
        raise TypeError(f"nothing can be said of {node!r}")
    return found


def _ticked(node: Scalar) -> str:
    if node.checked is None:
        return node.text
    return f"[{'x' if node.checked else ' '}] {node.text}"
