"""Rows, one after another, and how far they have been turned into a skeleton."""

from __future__ import annotations

from dataclasses import dataclass, field

from okrsite.read.line import Row
from okrsite.read.nodes import Broken
from okrsite.read.skeleton import Skeleton, Stray
from okrsite.read.source import LOST


@dataclass(slots=True)
class Cursor:
    """The rows of a file, with the one at hand."""

    skeleton: Skeleton
    rows: list[Row]
    at: int = 0
    has_odd_spaces: bool = True
    """Whether there is any space in the file but ordinary ones."""
    flagged: set[int] = field(default_factory=set)
    """Lines whose spaces were reported, so that nothing more is said about their indent."""

    def below(self, parent: int) -> Row | None:
        """Return the row after the one at hand, where it is indented further than `parent`."""
        if self.at + 1 < len(self.rows):
            row = self.rows[self.at + 1]
            return row if row.column > parent else None
        return None

    def tail(self, parent: int) -> list[Row]:
        """Return all rows after the one at hand that are indented further than `parent`."""
        end = self.at + 1
        while end < len(self.rows) and self.rows[end].column > parent:
            end += 1
        return self.rows[self.at + 1 : end]

    def skip(self, parent: int) -> None:
        """Go past the row at hand and all below it."""
        self.at += 1
        while self.at < len(self.rows) and self.rows[self.at].column > parent:
            self.at += 1

    def go_past(self, line: int) -> None:
        """Go to the first row after a line."""
        self.at += 1
        while self.at < len(self.rows) and self.rows[self.at].line <= line:
            self.at += 1

    def last_line(self, line: int, parent: int, closing: str = "") -> int:
        """Return the last line that may belong to what begins in a line.

        Lines belong to it while they are indented further than `parent`, or begin with a bracket
        of `closing`.
        """
        lines = self.skeleton.lines
        last = line
        for number in range(line + 1, len(lines)):
            text = lines[number].lstrip()
            if not text:
                continue
            column = len(lines[number]) - len(text)
            if number in self.skeleton.tabs:
                column = parent + 1  # whatever it means, it is no line beside the first
            if column <= parent and not (column == parent and text[0] in closing):
                break
            last = number
        return last

    def is_torn(self, line: int, last: int) -> bool:
        """Tell whether a merge or a tab has torn the lines that begin in one; report tabs."""
        if any(LOST in text for text in self.skeleton.lines[line : last + 1]):
            return True
        tabbed = [n for n in range(line + 1, last + 1) if n in self.skeleton.tabs]
        if tabbed:
            self.check_gap(Row(tabbed[0], 2 * self.skeleton.tabs[tabbed[0]], ""), -1, 0)
        return bool(tabbed)

    def broken(self, row: Row, last: int = -1) -> Broken:
        """Return a node for what cannot be read, from a row to the end of its last line.

        Over several lines it may have swallowed what belongs to something else.
        """
        end = max(row.line, last)
        width = len(self.skeleton.lines[end].rstrip())
        place = self.skeleton.place(row.line, row.column, end, max(width, row.column + 1))
        return Stray(place) if end > row.line or row.text == LOST else Broken(place)

    def give_up(self, row: Row, parent: int) -> None:
        """Mask a row and all below it as something that cannot be read."""
        tail = self.tail(parent)
        self.skeleton.mask(row.line, row.column, self.broken(row, tail[-1].line if tail else -1))
        self.skip(parent)

    def visit(self, row: Row) -> None:
        """Report a row that is indented by anything but spaces."""
        self.check_gap(row, -row.column, 0)

    def check_gap(self, row: Row, start: int, end: int) -> None:
        """Report what separates a row's parts, from one column of it to another, if no space."""
        if not self.has_odd_spaces:
            return
        first, last = row.column + start, row.column + end
        gap = self.skeleton.lines[row.line][first:last]
        odd = gap.strip(" ")
        if start >= 0 and gap[:1] == " " and "\t" not in odd:
            return  # an ordinary space parts them, whatever follows it
        tabs = self.skeleton.tabs.get(row.line, 0) if start < 0 else 0
        if not (odd or tabs) or row.line in self.flagged or odd[:1] == "-":
            return
        repeated = start < 0 and row.line - 1 in self.flagged
        self.flagged.add(row.line)
        if repeated:
            return
        if tabs or "\t" in odd:
            code, what, mend = "OKR-Y007", "a tab stands here", "write spaces instead of tabs"
        else:
            code, what = "OKR-Y014", "spaces stand here that are none for YAML (no-break or wide)"
            mend = "delete them and type ordinary spaces"
        self.skeleton.report(code, (row.line, first, last), what, mend)

    def report(self, row: Row, code: str, message: str, mend: str) -> None:
        """Report a row, unless its spaces were reported and explain it."""
        if row.line not in self.flagged:
            self.skeleton.report(code, self.span(row), message, mend)

    def span(self, row: Row, width: int = 0) -> tuple[int, int, int]:
        """Return the columns of a row, or of its beginning."""
        return row.line, row.column, row.column + (width or len(row.text))

    def corrected(self, row: Row, text: str) -> str:
        """Return a row's line with another text from the row's column on."""
        before = self.skeleton.lines[row.line][: row.column].strip()
        return f"{before} {text}" if before else text
