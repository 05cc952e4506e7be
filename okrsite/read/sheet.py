"""A file while it is being read → what was found wrong in it, and what it may have hidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from okrsite.model import Place
from okrsite.problems import Problem, Reporter
from okrsite.read.nodes import Broken, Mapping, Node, is_empty
from okrsite.read.private import is_mentioned, lines_around


@dataclass
class Sheet(Reporter):
    """One file while it is being read: its language, and the problems found so far."""

    path: str
    language: str = "en"
    lines: tuple[str, ...] = ()
    """The file's lines, for what the nodes cannot tell."""
    problems: list[Problem] = field(default_factory=list)
    audiences: tuple[str, ...] = ()
    doubtful: list[Place] = field(default_factory=list)
    """Parts that could not be read, and that may have said who may see them."""

    def doubt(self, node: Node) -> None:
        """Note a part of which nothing comes, if it speaks of who may see it."""
        if self.speaks_of_visibility(node):
            last = lines_around(node.place, self.lines)[-1]
            self.doubtful.append(Place(self.path, node.place.line, 1, last, 1))

    def readable(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        """Return the items that hold something; empty and broken ones were reported already."""
        found: list[Node] = []
        for node in nodes:
            if isinstance(node, Broken):
                self.doubt(node)
            elif not is_empty(node):
                found.append(node)
        return tuple(found)

    def may_hide(self) -> bool:
        """Tell whether a file of which nothing could be read may have said who may see it."""
        return bool(self.problems) and (not self.lines or is_mentioned(self.lines))

    def may_have_said(self, *nodes: Node) -> bool:
        """Tell whether some of these nodes lost a part that spoke of who may see them."""
        for node in nodes:
            is_broken = isinstance(node, Broken) or (isinstance(node, Mapping) and node.broken)
            if is_broken and self.speaks_of_visibility(node):
                return True
        return False

    def speaks_of_visibility(self, node: Node) -> bool:
        """Tell whether the lines of a node speak of who may see it."""
        numbers = lines_around(node.place, self.lines)
        return is_mentioned(self.lines[number - 1] for number in numbers)
