"""Trees of files in a temporary folder, read and resolved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from okrsite.audience import see_company
from okrsite.model import Company, KeyResult, Objective, Plan
from okrsite.problems import Problem
from okrsite.read import Reading, read_company
from okrsite.resolve import Resolution, resolve_company

AS_OF = "2026-11-20"

BINARY = "base64:"


def write_files(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files by path; a folder's path ends with a slash, a link is ``-> target``."""
    for path, content in files.items():
        file = root / path
        if path.endswith("/"):
            file.mkdir(parents=True, exist_ok=True)
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str) and content.startswith("-> "):
            file.symlink_to(content.removeprefix("-> "))
        elif isinstance(content, str):
            file.write_bytes(content.encode())
        else:
            file.write_bytes(content)
    return root


def read_files(root: Path, files: Mapping[str, str | bytes]) -> Reading:
    """Return what a tree of files says."""
    return read_company(write_files(root, files))


def resolve_files(
    root: Path, files: Mapping[str, str | bytes], as_of: str = AS_OF, today: str = ""
) -> Resolution:
    """Return the company that a tree of files makes, with all problems."""
    reading = read_files(root, files)
    now = date.fromisoformat(today) if today else None
    return resolve_company(reading, date.fromisoformat(as_of), now, name="Harbor")


def line_of(problem: Problem) -> str:
    """Return a problem on one line: code, place, message and mend."""
    return f"{problem.code} {problem.place} {problem.message} => {problem.mend}"


class Tree:
    """Reads trees for one test, each in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._count = 0

    def resolve(self, files: Mapping[str, str | bytes], **options: Any) -> Resolution:
        """Return the company that some files make, with all problems."""
        self._count += 1
        return resolve_files(self._root / str(self._count), files, **options)

    def company(self, files: Mapping[str, str | bytes], **options: Any) -> Company:
        """Return the company that some files make, which must be without a mistake."""
        found = self.resolve(files, **options)
        errors = [line_of(problem) for problem in found.problems if problem.severity == "error"]
        assert not errors, "\n".join(errors)
        return found.company

    def problems(self, files: Mapping[str, str | bytes], **options: Any) -> list[str]:
        """Return the problems of some files, one a line."""
        return [line_of(problem) for problem in self.resolve(files, **options).problems]

    def seen(self, files: Mapping[str, str | bytes], audience: str, **options: Any) -> Company:
        """Return what an audience may see of the company that some files make."""
        return see_company(self.resolve(files, **options).company, audience)

    def plan(self, text: str, path: str = "2026-q4.yml", **options: Any) -> Plan:
        """Return the one plan of a tree that holds nothing else."""
        (plan,) = self.company({path: text}, **options).plans
        return plan

    def objective(self, text: str, **options: Any) -> Objective:
        """Return the one objective of a plan."""
        (objective,) = self.plan(text, **options).objectives
        return objective

    def key_result(self, text: str, fields: str = "", **options: Any) -> KeyResult:
        """Return a key result with a title and further fields, one to a line."""
        lines = "".join(f"        {line}\n" for line in fields.splitlines())
        plan = f"objectives:\n  - title: Aim\n    key_results:\n      - title: {text}\n{lines}"
        (result,) = self.objective(plan, **options).key_results
        return result
