"""How tests write what `okrsite.read` makes of a text: nodes as plain values, problems as lines."""

from __future__ import annotations

from typing import Any

from okrsite.problems import Problem
from okrsite.read import schema
from okrsite.read.fields import DATA, Fields
from okrsite.read.nodes import Mapping, Node, Scalar, Sequence
from okrsite.read.yaml_text import read_nodes

SCHEMAS = {"plan": schema.PLAN, "check-in": schema.CHECK_IN, "data": DATA}


def plain(node: Node | None) -> Any:
    """Return nodes as the cases write them."""
    if isinstance(node, Scalar):
        if node.checked is None:
            return node.text
        return {"checked" if node.checked else "unchecked": node.text}
    if isinstance(node, Mapping):
        found = {pair.key.text: plain(pair.value) for pair in node}
        return {**found, "<broken>": True} if node.broken else found
    if isinstance(node, Sequence):
        return [plain(item) for item in node]
    return None if node is None else "<broken>"


def line_of(problem: Problem) -> str:
    """Return a problem as the cases write it."""
    place = problem.place
    span = f"{place.line}:{place.column}-{place.end_line}:{place.end_column}"
    also = "".join(f" + {there.line}-{there.end_line} {words}" for there, words in problem.also)
    return f"{problem.code} {span} {problem.message} => {problem.mend}{also}"


def read(text: str, fields: Fields = schema.PLAN) -> tuple[Any, list[str]]:
    node, problems = read_nodes(text, "f.yml", schema=fields)
    return plain(node), [line_of(problem) for problem in problems]
