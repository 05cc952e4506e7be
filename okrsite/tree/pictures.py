"""Paths of pictures → their bytes."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from okrsite.problems import Problem
from okrsite.tree.scan import Tree, unreadable


def read_pictures(
    root: Path, tree: Tree, paths: Collection[str]
) -> tuple[dict[str, bytes], list[Problem]]:
    """Return those of some pictures that the tree has, and what could not be opened."""
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in sorted(tree.pictures.intersection(paths)):
        try:
            with (root / path).open("rb") as stream:
                found[path] = stream.read()
        except OSError as error:
            problems.append(unreadable(path, error))
    return found, problems
