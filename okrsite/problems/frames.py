"""A problem → the frame that a person reads: source line, carets, hint, mend and link."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from okrsite.model import Place
from okrsite.problems.codes import Severity
from okrsite.problems.neutral import neutral, neutral_cells, neutral_path
from okrsite.problems.problem import Problem

# Columns of source that are shown; a longer line is cut around the caret.
_WIDTH = 100
_BEFORE = 40
_TAB = 4

_BREAK = re.compile("\r\n|[\n\r]")

Lines = Mapping[str, Sequence[str]]
"""Path to the lines of a file."""

_COLOURS = {
    Severity.ERROR: "1;31",
    Severity.WARNING: "1;33",
    Severity.ADVICE: "1;36",
}
_GUTTER = "34"


@dataclass(frozen=True, slots=True)
class Paint:
    """Whether and how to colour."""

    on: bool

    def __call__(self, text: str, style: str) -> str:
        """Return a text in an ANSI style, or as it is."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.on and text else text


def source_lines(text: str) -> list[str]:
    """Return the lines that places count."""
    return _BREAK.split(text.removeprefix("\ufeff"))


def frame_problem(problem: Problem, sources: Lines, link: str, paint: Paint) -> str:
    """Return the lines that show one problem; each of its places has a frame."""
    style = _COLOURS[problem.severity]
    places = ((problem.place, problem.hint), *problem.also)
    gutter = max(len(str(place.line)) for place, _ in places)
    head = paint(f"{problem.severity}[{problem.code}]", style)
    lines = [f"{head}: {neutral(problem.message)}"]
    for place, words in places:
        lines += _frame(place, neutral(words), sources, gutter, paint, style)
    sign = paint("=", _GUTTER)
    first, *more = [neutral(line) for line in problem.mend.split("\n")]
    if problem.mend:
        lines.append(f"{' ' * gutter} {sign} mend: {first}")
        lines += [f"{' ' * gutter}         {line}".rstrip() for line in more]
    lines.append(f"{' ' * gutter} {sign} read: {link}")
    return "\n".join(lines)


def _frame(
    place: Place, words: str, sources: Lines, gutter: int, paint: Paint, style: str
) -> list[str]:
    margin, bar = " " * gutter, paint("│", _GUTTER)
    corner = f"{margin} {paint('┌─', _GUTTER)} "
    path = neutral_path(place.path)
    line = _source_line(place, sources)
    if line is None:
        where = path if _is_whole_file(place) else f"{path}:{place.line}:{place.column}"
        return [corner + where, *([f"{margin} {bar} {words}"] if words else [])]
    shown, indent, carets = _window(line, place)
    number = paint(str(place.line).rjust(gutter), _GUTTER)
    pointer = " " * indent + paint("^" * carets + (f" {words}" if words else ""), style)
    return [
        f"{corner}{path}:{place.line}:{place.column}",
        f"{number} {bar} {shown}".rstrip(),
        f"{margin} {bar} {pointer}",
    ]


def _is_whole_file(place: Place) -> bool:
    return place == Place(place.path)


def _source_line(place: Place, sources: Lines) -> str | None:
    """Return the line that a place begins in; None where the file as a whole is meant."""
    lines = sources.get(place.path)
    if lines is None or _is_whole_file(place):
        return None
    return lines[place.line - 1] if place.line <= len(lines) else ""


def _window(line: str, place: Place) -> tuple[str, int, int]:
    """Return the part of a line to show, the columns before the carets, and their number."""
    start = place.column - 1
    stop = place.end_column - 1 if place.end_line == place.line else len(line.rstrip())
    first = max(0, start - 2 * _WIDTH)
    cells = _cells(line[first : start + 4 * _WIDTH])
    widths = [_columns(cell) for cell in cells]
    left, right = _bounds(widths, start - first)
    before, after = first + left > 0, first + right < len(line)
    shown = "…" * before + "".join(cells[left:right]) + "…" * after
    past_the_end = max(0, start - len(line))
    indent = before + sum(widths[left : start - first]) + past_the_end
    carets = sum(widths[start - first : min(stop - first, right)])
    return shown, indent, max(1, carets)


def _bounds(widths: list[int], caret: int) -> tuple[int, int]:
    """Return the first and one past the last cell that fit the width with the caret inside."""
    if sum(widths) <= _WIDTH:
        return 0, len(widths)
    left, room = min(caret, len(widths)), _BEFORE
    while left > 0 and widths[left - 1] <= room:
        left -= 1
        room -= widths[left]
    right, room = left, _WIDTH
    while right < len(widths) and widths[right] <= room:
        room -= widths[right]
        right += 1
    return left, right


def _cells(line: str) -> list[str]:
    """Return what to print for each character, tabs as the spaces up to their stop."""
    cells, column = neutral_cells(line), 0
    for index, character in enumerate(line):
        if character == "\t":
            cells[index] = " " * (_TAB - column % _TAB)
        column += _columns(cells[index])
    return cells


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(_column(character) for character in text)


def _column(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
