"""What libyaml refuses → the likely cause, and a skeleton that it takes."""

from __future__ import annotations

import yaml

from okrsite.read.compose import events_of
from okrsite.read.nodes import Broken
from okrsite.read.skeleton import Raw, Skeleton, Stray


def break_unreadable(skeleton: Skeleton) -> None:
    """Report each span that libyaml cannot read by itself, and mask it."""
    broken = [raw for raw in skeleton.raws.values() if _complain(skeleton, raw)]
    if not broken:
        return
    _forget(skeleton, broken)
    for raw in broken:
        skeleton.out[raw.line] = skeleton.out[raw.line][: raw.column]
        for line in range(raw.line + 1, raw.end_line + 1):
            skeleton.out[line] = ""
        place = skeleton.place(raw.line, raw.column, raw.end_line, raw.end_column)
        several = raw.end_line > raw.line
        skeleton.mask(raw.line, raw.column, Stray(place) if several else Broken(place))
        if raw.is_key:
            skeleton.put(raw.line, 0, ":")


def _forget(skeleton: Skeleton, broken: list[Raw]) -> None:
    """Take back the masks inside spans that cannot be read."""
    lines = {line: raw for raw in broken for line in range(raw.line, raw.end_line + 1)}
    for line, column in list(skeleton.typed):
        raw = lines.get(line)
        if raw and (line, column) >= (raw.line, raw.column):
            del skeleton.typed[line, column]


def _complain(skeleton: Skeleton, raw: Raw) -> bool:
    """Report why libyaml cannot read a span, and tell whether it cannot."""
    first = skeleton.out[raw.line][raw.column :].rjust(len(skeleton.out[raw.line]))
    lines = [first, *skeleton.out[raw.line + 1 : raw.end_line + 1]]
    if raw.parent >= 0:
        lines.insert(0, " " * raw.parent + "k:")
    try:
        for _ in events_of("\n".join(lines) + "\n"):
            pass
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = raw.line + (mark.line - (raw.parent >= 0) if mark else 0)
        line = min(max(line, raw.line), raw.end_line)
        _report(skeleton, raw, line, mark.column if mark else raw.column, str(error))
        return True
    return False


def _report(skeleton: Skeleton, raw: Raw, line: int, column: int, words: str) -> None:
    text = skeleton.lines[line]
    indent = text[: len(text) - len(text.lstrip())] if line > raw.line else ""
    code, message, mend = _cause(skeleton.lines[raw.line][raw.column], indent, words)
    skeleton.report(code, (line, column, column + 1), message, mend)


def _cause(sign: str, indent: str, words: str) -> tuple[str, str, str]:
    """Return code, message and mend for what libyaml says."""
    if "escape" in words:
        return (
            "OKR-Y001",
            "a backslash inside double quotes begins an escape here, and this is none",
            "use single quotes, in which a backslash is only a backslash",
        )
    if "\t" not in indent and indent.strip(" "):
        what = "spaces stand in the indent of this text that are none for YAML"
        return "OKR-Y014", what, "delete them and type ordinary spaces"
    if "tab" in words:
        return "OKR-Y007", "a tab stands in the indent of this text", "write spaces instead of tabs"
    if sign in "|>":
        return (
            "OKR-Y018",
            "this line is indented less than the first line of its text",
            "indent all lines of the text alike",
        )
    return (
        "OKR-Y019",
        "what begins here in quotes or brackets does not end well",
        "put the text on a line of its own, without quotes and brackets",
    )
