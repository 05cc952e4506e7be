"""Each mistake is named by its code, on its token, with its mend: the cases say exactly which."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from trees import AS_OF, resolve_files

from okrsite.problems import CODES, FORMATS, Problem, format_problems
from okrsite.resolve import Resolution

FOLDER = Path(__file__).with_name("cases") / "diagnostics"
CASES = [
    case
    for file in sorted(FOLDER.glob("*.yml"))
    for case in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
]
NOT_FROM_CONTENT = {"OKR-H001", "OKR-P001", "OKR-P002", "OKR-H002", "OKR-H003", "OKR-V005"}
"""Raised where pages meet the site's own, or git, or another state, and tested there."""


def resolve(case: dict[str, Any], root: Path, monkeypatch: pytest.MonkeyPatch) -> Resolution:
    files = dict(case["files"])
    for path in case.get("bytes", []):
        files[path] = files[path].encode().decode("unicode_escape").encode("latin-1")
    if locked := {root / path for path in case.get("locked", [])}:
        refuse(locked, monkeypatch)
    return resolve_files(root, files, as_of=case.get("as_of", AS_OF))


def refuse(locked: set[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody open some files, not even who may read everything."""
    open_file = os.open

    def open_or_refuse(path: str | Path, flags: int, *args: Any, **options: Any) -> int:
        if Path(path) in locked:
            raise PermissionError(13, "Permission denied", path)
        return open_file(path, flags, *args, **options)

    monkeypatch.setattr(os, "open", open_or_refuse)


def as_written(problem: Problem) -> dict[str, str]:
    return {
        "code": problem.code,
        "at": str(problem.place),
        "message": problem.message,
        "mend": problem.mend,
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_names_every_mistake_and_no_other(
    case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = resolve(case, tmp_path, monkeypatch).problems
    assert [as_written(problem) for problem in found] == case["problems"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_prints_in_every_format(
    case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = resolve(case, tmp_path, monkeypatch).problems
    files = {path: text for path, text in case["files"].items() if isinstance(text, str)}
    for format in FORMATS:
        text = format_problems(found, format, files, root="content/okrs")
        for problem in found:
            assert problem.code.lower() in text.lower()
    rows = json.loads(format_problems(found, "json", files))["problems"]
    assert [f"{row['path']}:{row['line']}:{row['column']}" for row in rows] == [
        problem["at"] for problem in case["problems"]
    ]


def test_places_lie_inside_their_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, case in enumerate(CASES):
        for problem in resolve(case, tmp_path / str(number), monkeypatch).problems:
            text = case["files"].get(problem.place.path)
            if not isinstance(text, str) or text.startswith("-> ") or case.get("bytes"):
                continue
            lines = text.split("\n")
            place = problem.place
            assert 1 <= place.line <= place.end_line <= len(lines)
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1


def test_every_code_has_a_case() -> None:
    told = {problem["code"] for case in CASES for problem in case["problems"]}
    assert told == set(CODES) - NOT_FROM_CONTENT


def test_every_mend_is_an_instruction() -> None:
    for case in CASES:
        for problem in case["problems"]:
            assert problem["mend"], problem
            assert not problem["message"].endswith(".")
            assert len(problem["message"]) < 120


def test_a_frame_shows_the_line_the_token_and_what_there_is(tmp_path: Path) -> None:
    files = {
        "2026.yml": "objectives:\n  - {id: reliable, title: Be reliable}\n",
        "platform/2026-q4.yml": (
            "objectives:\n  - title: Make it trusted\n    supports: company/relaible\n"
        ),
    }
    found = resolve_files(tmp_path, files).problems
    assert format_problems(found, "text", files, guide="https://guide.example/") == (
        "error[OKR-R002]: nothing is called 'company/relaible'\n"
        "  ┌─ platform/2026-q4.yml:3:15\n"
        "3 │     supports: company/relaible\n"
        "  │               ^^^^^^^^^^^^^^^^ company has: reliable\n"
        "  = mend: write company/reliable\n"
        "  = read: https://guide.example/problems/#okr-r002\n"
        "\n"
        "1 error in 1 file"
    )


def test_two_places_get_two_frames(tmp_path: Path) -> None:
    files = {
        "2026-q4.yml": (
            "objectives:\n"
            "  - title: Make it trusted\n"
            "    key_results:\n"
            "      - title: Reduce incidents from 6 to 2\n"
            "        target: 3\n"
        )
    }
    found = resolve_files(tmp_path, files).problems
    assert format_problems(found, "text", files, guide="https://guide.example/") == (
        "error[OKR-N003]: the title says 2, and target: says 3\n"
        "  ┌─ 2026-q4.yml:5:17\n"
        "5 │         target: 3\n"
        "  │                 ^\n"
        "  ┌─ 2026-q4.yml:4:16\n"
        "4 │       - title: Reduce incidents from 6 to 2\n"
        "  │                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the title\n"
        "  = mend: make them agree, or leave the number out of one of them\n"
        "  = read: https://guide.example/problems/#okr-n003\n"
        "\n"
        "1 error in 1 file"
    )


def test_a_file_as_a_whole_has_no_line(tmp_path: Path) -> None:
    found = resolve_files(tmp_path, {"2026q4.yml": "objectives: []\n"}).problems
    assert format_problems(found, "concise", {}) == (
        "2026q4.yml:1:1: error[OKR-F001] '2026q4.yml' looks like a plan or check-in but is not "
        "named as one — rename it to 2026-q4.yml"
    )
