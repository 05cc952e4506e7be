"""The text of a content file → nodes with places; every mistake is a Problem."""

from __future__ import annotations

import yaml

from okrsite.model import Place
from okrsite.problems import Problem, by_place
from okrsite.read.before import Before
from okrsite.read.compose import NoLibyaml, compose, require_libyaml
from okrsite.read.fields import Fields
from okrsite.read.nodes import Broken, Node
from okrsite.read.plain import read_plain
from okrsite.read.rescue import break_unreadable
from okrsite.read.skeleton import MOST_LINES, Skeleton, TooMuchError
from okrsite.read.source import lines_of
from okrsite.read.walk import walk

__all__ = ["NoLibyaml", "read_nodes"]


def read_nodes(
    text: str, path: str, *, schema: Fields, first_line: int = 1, before: Before | None = None
) -> tuple[Node | None, list[Problem]]:
    """Return a text's nodes, or None where it holds none, and the problems found.

    Of the items that are the same in a version that was read `before`, what is known is given.
    What cannot be read becomes a `Broken` node and a problem; all around it is read.
    """
    require_libyaml()  # even where this text is plain, so that the same files are read everywhere
    if text.count("\n") > MOST_LINES:
        return None, [_too_much(path, first_line + MOST_LINES, f"more than {MOST_LINES:,} lines")]
    node = read_plain(text, path, schema, first_line, before)
    return (node, []) if node is not None else read_with_care(text, path, schema, first_line)


def read_with_care(
    text: str, path: str, schema: Fields, first_line: int = 1
) -> tuple[Node | None, list[Problem]]:
    """Return the nodes of a text, plain or not, and the problems found."""
    skeleton = Skeleton(path, lines_of(text.removeprefix("\ufeff")), first_line)
    node: Node | None = None
    try:
        if walk(skeleton, schema):
            node = compose_or_report(skeleton)
    except TooMuchError as error:
        skeleton.problems.append(_too_much(path, error.line + first_line, error.what))
        node = None
    return (None if isinstance(node, Broken) else node), by_place(skeleton.problems)


def _too_much(path: str, line: int, what: str) -> Problem:
    place, mend = Place(path, line, 1, line, 2), "split it, or look for a mistake in this line"
    return Problem("OKR-Y008", place, f"this file has {what}", mend)


def compose_or_report(skeleton: Skeleton) -> Node | None:
    """Return a skeleton's nodes, without what libyaml cannot read."""
    try:
        return compose(skeleton)
    except yaml.YAMLError:
        break_unreadable(skeleton)
    try:
        return compose(skeleton)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = min(mark.line if mark else 0, len(skeleton.lines) - 1)
        skeleton.report(
            "OKR-Y001",
            (line, 0, len(skeleton.lines[line])),
            "this line does not fit the lines around it",
            "compare its indent, dashes and colons with the lines above",
        )
        return None
