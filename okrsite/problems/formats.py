"""Lists of problems → what people, editors, scripts and forges read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from okrsite.model import Place
from okrsite.problems.codes import Severity
from okrsite.problems.forges import github_command, gitlab_report, sarif_log
from okrsite.problems.frames import Paint, frame_problem, source_lines
from okrsite.problems.guide import GUIDE, guide_link
from okrsite.problems.neutral import neutral, neutral_json, neutral_path
from okrsite.problems.problem import Problem, by_place

FORGE_FORMATS = ("github", "gitlab", "sarif")
"""Those that a forge reads, with the paths of the repository."""

FORMATS = ("text", "concise", "json", *FORGE_FORMATS)


def format_problems(
    problems: Iterable[Problem],
    format: str,
    sources: Mapping[str, str],
    *,
    root: str = "",
    colour: bool = False,
    guide: str = GUIDE,
) -> str:
    """Return problems by place in one of `FORMATS`, without a line break at the end.

    `sources` holds the text of each file by its path below the source folder; a problem in a file
    that is not among them is shown without its line. `root` is the source folder below the
    repository's root, for `FORGE_FORMATS`. ValueError for a format that is none.
    """
    ordered = by_place(problems)
    match format:
        case "text":
            return _text(ordered, sources, guide, Paint(colour))
        case "concise":
            return "\n".join(_concise(problem) for problem in ordered)
        case "json":
            return _json(_document(ordered, guide))
        case "github":
            return "\n".join(github_command(problem, root, guide) for problem in ordered)
        case "gitlab":
            return _json(gitlab_report(ordered, root))
        case "sarif":
            return _json(sarif_log(ordered, root, guide))
    raise ValueError(f"no such format: {format!r}; there are {', '.join(FORMATS)}")


def summarise_problems(problems: Sequence[Problem]) -> str:
    """Return one line that counts problems: ``3 errors, 1 warning in 2 files``."""
    counts = _counts(problems)
    words = {
        Severity.ERROR: ("error", "errors"),
        Severity.WARNING: ("warning", "warnings"),
        Severity.ADVICE: ("piece of advice", "pieces of advice"),
    }
    parts = [_counted(counts[severity], *words[severity]) for severity in Severity]
    if not problems:
        return "no problems"
    files = _counted(len({problem.place.path for problem in problems}), "file", "files")
    return f"{', '.join(part for part in parts if not part.startswith('0 '))} in {files}"


def _counts(problems: Sequence[Problem]) -> dict[Severity, int]:
    severities = [problem.severity for problem in problems]
    return {severity: severities.count(severity) for severity in Severity}


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _text(problems: Sequence[Problem], sources: Mapping[str, str], guide: str, paint: Paint) -> str:
    places = [at for p in problems for at in (p.place, *(also for also, _ in p.also))]
    texts = {path: sources.get(path) for path in {place.path for place in places}}
    lines = {path: source_lines(text) for path, text in texts.items() if text is not None}
    frames = [frame_problem(p, lines, guide_link(p.code, guide), paint) for p in problems]
    return "\n\n".join([*frames, summarise_problems(problems)])


def _concise(problem: Problem) -> str:
    place = problem.place
    where = f"{neutral_path(place.path)}:{place.line}:{place.column}"
    mend = f" — {neutral(problem.mend.replace(chr(10), ' ⏎ '))}" if problem.mend else ""
    return f"{where}: {problem.severity}[{problem.code}] {neutral(problem.message)}{mend}"


def _json(document: object) -> str:
    return neutral_json(json.dumps(document, indent=2, ensure_ascii=False))


def _document(problems: Sequence[Problem], guide: str) -> dict[str, Any]:
    counts = _counts(problems)
    return {
        "problems": [_record(problem, guide) for problem in problems],
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "advice": counts[Severity.ADVICE],
    }


def _record(problem: Problem, guide: str) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        **_span(problem.place),
        "message": problem.message,
        "mend": problem.mend,
        "read": guide_link(problem.code, guide),
        "also": [{**_span(place), "message": words} for place, words in problem.also],
    }


def _span(place: Place) -> dict[str, Any]:
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
