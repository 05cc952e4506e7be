"""A Markdown file → the nodes of its front matter, and its prose."""

from __future__ import annotations

import re

from okrsite.problems import Problem, by_place
from okrsite.read.before import Before
from okrsite.read.fields import Fields
from okrsite.read.nodes import Node
from okrsite.read.skeleton import Skeleton
from okrsite.read.source import blank_conflicts, clean_lines, lines_of
from okrsite.read.yaml_text import read_nodes

_FENCE = "---"
_ALMOST = re.compile(r"\s*(?:[-–—]{2,}|\.{3}|\*{3,}|={3,}|_{3,})\s*$")
_KEY = re.compile(r"([a-z_]+):(?:\s|$)")


def read_front_matter(
    text: str, path: str, schema: Fields, before: Before | None = None
) -> tuple[Node | None, str, int, list[Problem]]:
    """Return the front matter's nodes, the prose, the prose's first line, and the problems.

    Without front matter all is prose. Where the front matter is not closed there is neither.
    """
    lines = lines_of(text.removeprefix("\ufeff"))
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    page = Skeleton(path, lines)
    if lines[start].rstrip() != _FENCE:
        missing = _report_unopened(page, start, schema)
        return None, "" if missing else _prose(page, 0), 1, page.problems
    end = next((n for n in range(start + 1, len(lines)) if lines[n].rstrip() == _FENCE), None)
    if end is None:
        _report_unclosed(page, start)
        return None, "", len(lines), page.problems
    yaml = "\n".join(lines[start + 1 : end])
    node, problems = read_nodes(yaml, path, schema=schema, first_line=start + 2, before=before)
    prose = _prose(page, end + 1)
    return node, prose, end + 2, by_place([*problems, *page.problems])


def _prose(page: Skeleton, start: int) -> str:
    """Return the lines from one on, without what must not be in any file."""
    rest = Skeleton(page.path, page.lines[start:], start + 1)
    clean_lines(rest)
    text = "\n".join(rest.lines)
    if "\n<<<<<<<" in f"\n{text}" and "\n>>>>>>>" in f"\n{text}":
        blank_conflicts(rest)
        text = "\n".join(line for line in rest.lines if "\x00" not in line)
    page.problems += rest.problems
    return text


def _report_unopened(page: Skeleton, start: int, schema: Fields) -> bool:
    """Report front matter whose first line is missing, and tell whether there is such."""
    line = page.lines[start]
    found = _KEY.match(line)
    if found and found.group(1) in schema.keys:
        mend = "write --- on a line of its own above it, and another below the last field"
        page.report("OKR-Y017", (start, 0, len(line)), "fields begin here without ---", mend)
        return True
    after = page.lines[start + 1] if start + 1 < len(page.lines) else ""
    inside = _KEY.match(after)
    if _ALMOST.match(line) and inside and inside.group(1) in schema.keys:
        mend = "write --- : three hyphens at the beginning of the line"
        page.report("OKR-Y017", (start, 0, len(line)), f"'{line.strip()}' opens no fields", mend)
        return True
    return False


def _report_unclosed(page: Skeleton, start: int) -> None:
    almost = [n for n in range(start + 1, len(page.lines)) if _ALMOST.match(page.lines[n])]
    mend = "write --- on a line of its own below the last field"
    if almost:
        mend = f"write --- in line {almost[0] + 1}, which is '{page.lines[almost[0]].strip()}'"
    message = "the fields that begin here have no end"
    page.report("OKR-Y017", (start, 0, len(page.lines[start])), message, mend)
