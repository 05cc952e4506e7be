"""Paths of pictures → their bytes."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from okrsite.problems import Problem
from okrsite.tree.scan import unreadable


def read_pictures(root: Path, paths: Collection[str]) -> tuple[dict[str, bytes], list[Problem]]:
    """Return some pictures of a tree by path, and what could not be opened."""
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in sorted(paths):
        try:
            with (root / path).open("rb") as stream:
                found[path] = stream.read()
        except OSError as error:
            problems.append(unreadable(path, error))
    return found, problems
