"""A file's text → its rows, and what disturbs all reading: conflicts, documents, odd signs."""

from __future__ import annotations

import re

from okrsite.model import Place
from okrsite.read.line import Row, is_comment
from okrsite.read.skeleton import UNREADABLE, Skeleton

LOST = "\x00"
"""The text of a row that stands for two versions of some lines, left by an unresolved merge."""

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd-\uffff\ud800-\udfff]"
)
_ODD_SPACE = re.compile(r"[^\S ]")
_CONFLICT = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: (.*))?$")
_SEPARATOR = re.compile(r"(---|\.\.\.)(?:\s+(.*))?$")


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, whatever its line ends."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")


def has_controls(text: str) -> bool:
    """Tell whether a text holds a character that must not be in any file."""
    # None of these is printable but one; it costs a tenth of what the search does.
    is_clean = text.replace("\n", " ").isprintable() and UNREADABLE not in text
    return not is_clean and bool(_CONTROL.search(text))


def rows_of(skeleton: Skeleton) -> list[Row]:
    """Return what a file's lines hold, after reporting what must not be in them."""
    text = "\n".join(skeleton.lines)
    if has_controls(text):
        clean_lines(skeleton)
    if any(f"\n{mark * 7}" in f"\n{text}" for mark in "<=>"):
        blank_conflicts(skeleton)
    if "\n\t" in f"\n{text}":
        _widen_tabs(skeleton)
    rows: list[Row] = []
    begun = False
    for number, line in enumerate(skeleton.lines):
        stripped = line.strip()
        if not stripped or stripped[0] == "#":
            continue
        if line[0] in "-.%" and _is_marker(line, begun):
            if _ends(skeleton, number, begun):
                break
            begun = line[0] != "%"
            continue
        begun = True
        rows.append(Row(number, len(line) - len(line.lstrip()), stripped))
    return rows


def _widen_tabs(skeleton: Skeleton) -> None:
    """Read each tab that a line begins with as two spaces, as most who type them mean it."""
    for number, line in enumerate(skeleton.lines):
        rest = line.lstrip("\t")
        if rest and rest != line:
            skeleton.tabs[number] = len(line) - len(rest)
            skeleton.lines[number] = "  " * skeleton.tabs[number] + rest


def has_odd_spaces(skeleton: Skeleton) -> bool:
    """Tell whether there is any space in the lines but ordinary ones."""
    return bool(skeleton.tabs) or any(_ODD_SPACE.search(line) for line in skeleton.lines)


def clean_lines(skeleton: Skeleton) -> None:
    """Report control characters, and put a harmless sign in their place."""
    report_controls(skeleton)
    skeleton.lines[:] = [_CONTROL.sub(UNREADABLE, line) for line in skeleton.lines]


def report_controls(skeleton: Skeleton) -> None:
    """Report control characters, and signs that stand for a character that was lost."""
    for number, line in enumerate(skeleton.lines):
        for found in _CONTROL.finditer(line):
            sign = found.group()
            what = "a character was lost here" if sign == UNREADABLE else "a control character"
            skeleton.report(
                "OKR-Y020",
                (number, found.start(), found.end()),
                f"{what} (U+{ord(sign):04X})",
                "delete it, and type the text around it again",
            )


def blank_conflicts(skeleton: Skeleton) -> None:
    """Report what a merge left in two versions, and put one lost row in its place."""
    marks = [
        (number, found.group(1)[0], found.group(2) or "")
        for number, line in enumerate(skeleton.lines)
        if (found := _CONFLICT.match(line))
    ]
    while marks:
        end = next((i for i, mark in enumerate(marks) if mark[1] == ">"), len(marks) - 1)
        _blank_conflict(skeleton, marks[: end + 1])
        marks = marks[end + 1 :]


def _blank_conflict(skeleton: Skeleton, marks: list[tuple[int, str, str]]) -> None:
    first, last = marks[0][0], marks[-1][0]
    middle = next((number for number, sign, _ in marks if sign == "="), last)
    ours_end = next((number for number, sign, _ in marks if sign == "|"), middle)
    sides = [(first, ours_end, marks[0][2] or "ours"), (middle, last, marks[-1][2] or "theirs")]
    named = tuple(
        (skeleton.place(start + 1, 0, end - 1, len(skeleton.lines[end - 1])), name)
        for start, end, name in sides
        if end > start + 1
    )
    spans = " and ".join(f"{_span(place)} ({name})" for place, name in named)
    skeleton.report(
        "OKR-Y006",
        (first, 0, len(skeleton.lines[first])),
        f"a merge left two versions here: {spans}" if spans else "a merge left its marker here",
        "keep one version, and delete the lines with <<<<<<<, ======= and >>>>>>>",
        also=named,
    )
    inside = [x for x in skeleton.lines[first : last + 1] if x.strip() and not _CONFLICT.match(x)]
    column = min((len(x) - len(x.lstrip()) for x in inside), default=0)
    skeleton.lines[first : last + 1] = [""] * (last + 1 - first)
    skeleton.lines[first] = " " * column + LOST


def _span(place: Place) -> str:
    if place.line == place.end_line:
        return f"line {place.line}"
    return f"lines {place.line}–{place.end_line}"


def _is_marker(line: str, begun: bool) -> bool:
    return bool(_SEPARATOR.match(line)) or (line[0] == "%" and not begun)


def _ends(skeleton: Skeleton, number: int, begun: bool) -> bool:
    """Tell whether the document ends at a marker, reporting what a file may not have there."""
    line = skeleton.lines[number]
    span = (number, 0, len(line.rstrip()))
    found = _SEPARATOR.match(line)
    if not found:
        skeleton.report(
            "OKR-Y001", span, "a YAML directive stands here", "delete this line; nothing needs it"
        )
        return False
    more = any(x.strip() and x.strip()[0] != "#" for x in skeleton.lines[number + 1 :])
    if begun and (more or found.group(1) == "---" or found.group(2)):
        skeleton.report(
            "OKR-Y005",
            span,
            "a second YAML document begins here, and a file holds one",
            "delete this line, or move what follows into a file of its own",
        )
    elif found.group(2) and not is_comment(found.group(2)):
        skeleton.report(
            "OKR-Y001",
            span,
            f"'{found.group(2)}' stands in the line of the {found.group(1)}",
            "move it to the next line",
        )
    return begun
