"""Lists of problems → what GitHub, GitLab and code scanners show beside the lines of a change.

Paths are those of the repository, not of the source folder below it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from okrsite.model import Place
from okrsite.problems.codes import CODES, Severity
from okrsite.problems.guide import guide_link
from okrsite.problems.neutral import neutral
from okrsite.problems.problem import Problem

_GITHUB_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.ADVICE: "notice",
}
_GITLAB_LEVELS = {
    Severity.ERROR: "major",
    Severity.WARNING: "minor",
    Severity.ADVICE: "info",
}
_SARIF_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.ADVICE: "note",
}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def github_command(problem: Problem, root: str, guide: str) -> str:
    """Return the workflow command that GitHub shows beside a line of a pull request."""
    place = problem.place
    fields: dict[str, object] = {
        "file": neutral(_in_repository(place.path, root)),
        "line": place.line,
        "endLine": place.end_line,
    }
    # GitHub takes columns for a single line only.
    if place.line == place.end_line:
        fields |= {"col": place.column, "endColumn": place.end_column}
    fields["title"] = f"{problem.severity}[{problem.code}]"
    lines = [problem.message]
    lines += [f"{also}: {words}" for also, words in problem.also]
    lines += f"mend: {problem.mend}".split("\n") if problem.mend else []
    lines.append(f"read: {guide_link(problem.code, guide)}")
    message = "\n".join(neutral(line) for line in lines)
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in fields.items())
    return f"::{_GITHUB_LEVELS[problem.severity]} {properties}::{_data(message)}"


def gitlab_report(problems: Sequence[Problem], root: str) -> list[dict[str, Any]]:
    """Return a code quality report; what is found again after lines moved keeps its fingerprint."""
    marks = _fingerprints(problems)
    return [
        {
            "description": _sentence(problem),
            "check_name": problem.code,
            "fingerprint": mark,
            "severity": _GITLAB_LEVELS[problem.severity],
            "location": {
                "path": _in_repository(problem.place.path, root),
                "lines": {"begin": problem.place.line, "end": problem.place.end_line},
            },
        }
        for problem, mark in zip(problems, marks, strict=True)
    ]


def sarif_log(problems: Sequence[Problem], root: str, guide: str) -> dict[str, Any]:
    """Return a SARIF 2.1.0 log, which code scanners read."""
    codes = sorted({problem.code for problem in problems})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": CODES[code].title},
            "helpUri": guide_link(code, guide),
            "defaultConfiguration": {"level": _SARIF_LEVELS[CODES[code].severity]},
        }
        for code in codes
    ]
    results = [
        _sarif_result(problem, mark, codes.index(problem.code), root)
        for problem, mark in zip(problems, _fingerprints(problems), strict=True)
    ]
    tool = {"driver": {"name": "okrsite", "informationUri": guide, "rules": rules}}
    run = {"tool": tool, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _sarif_result(problem: Problem, mark: str, index: int, root: str) -> dict[str, Any]:
    related = [
        {"id": number, "message": {"text": words}, **_sarif_location(place, root)}
        for number, (place, words) in enumerate(problem.also, start=1)
    ]
    return {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": _SARIF_LEVELS[problem.severity],
        "message": {"text": _sentence(problem)},
        "locations": [_sarif_location(problem.place, root)],
        "relatedLocations": related,
        "partialFingerprints": {"okrsite/v1": mark},
    }


def _sarif_location(place: Place, root: str) -> dict[str, Any]:
    path = _in_repository(place.path, root).encode("utf-8", "surrogatepass")
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    location = {"artifactLocation": {"uri": quote(path)}, "region": region}
    return {"physicalLocation": location}


def _sentence(problem: Problem) -> str:
    return f"{problem.message}; mend: {problem.mend}" if problem.mend else problem.message


def _fingerprints(problems: Sequence[Problem]) -> list[str]:
    """Return a mark for each problem, made of what it says and not of its line."""
    seen: Counter[tuple[str, str, str]] = Counter()
    marks = []
    for problem in problems:
        key = (problem.code, problem.place.path, problem.message)
        text = "\0".join((*key, str(seen[key])))
        marks.append(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
        seen[key] += 1
    return marks


def _in_repository(path: str, root: str) -> str:
    folder = root.strip("/")
    return f"{folder}/{path}" if folder not in {"", "."} else path


def _data(text: str) -> str:
    """Return a text as GitHub's runner wants the message of a command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Return a text as GitHub's runner wants a property of a command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
