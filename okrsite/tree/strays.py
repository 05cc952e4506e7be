"""Files that are nothing by their name → whether they look like something, and what to do."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from okrsite.model import Place
from okrsite.problems import Problem
from okrsite.tree.names import PEOPLE, RULES, TEAM, FileKind, Naming, name_file

_PLAN = re.compile(rb"^(?:\xef\xbb\xbf)?(objectives|key_results)[ \t]*:", re.MULTILINE)
_HEAD = 1 << 16
"""How much of a strange file is looked at."""


def name_stray(path: str, naming: Naming, data: bytes) -> Problem | None:
    """Return what is wrong with a file that should have another name, or None."""
    name = PurePosixPath(path).name
    if naming.right_names:
        return _misnamed(path, name, naming.right_names)
    if naming.example:
        return Problem(
            "OKR-F001",
            Place(path),
            f"'{name}' is not named by its date",
            f"rename it to its day, such as {naming.example}",
        )
    found = _PLAN.search(data[:_HEAD])
    if found is None:
        return None
    if found[1] == b"key_results":
        return Problem(
            "OKR-F001",
            Place(path),
            f"'{name}' looks like a check-in but is not named as one",
            "name it by its day in a folder checkins, such as checkins/2026-11-16.yml",
        )
    stem = PurePosixPath(path).stem.partition(".")[0]
    return Problem(
        "OKR-F004",
        Place(path),
        f"'{name}' looks like a plan, but no cycle is called '{stem}'",
        "name it by its cycle, such as 2026-q4.yml, or add the cycle to cycles: in okrs.yml",
    )


def misnamed(path: str, kind: FileKind) -> bool:
    """Tell whether a file should be one of a kind but is not called so."""
    naming = name_file(path, frozenset())
    rights = (name_file(right, frozenset()) for right in naming.right_names)
    return any(right.kind is kind for right in rights)


def _misnamed(path: str, name: str, rights: tuple[str, ...]) -> Problem:
    right = PurePosixPath(rights[0]).name
    if right == name:
        message, mend = f"'{name}' is not read in this folder", f"move it to {rights[0]}"
        return Problem("OKR-F001", Place(path), message, mend)
    what = {
        RULES: "the company's rules, which are read from okrs.yml at the top alone",
        PEOPLE: "the list of people, which is read from people.yml at the top alone",
        TEAM: "a team's own file, which is read from team.md alone",
    }.get(right, "a plan or check-in but is not named as one")
    return Problem(
        "OKR-F001",
        Place(path),
        f"'{name}' looks like {what}",
        f"rename it to {' or '.join(rights)}",
    )
