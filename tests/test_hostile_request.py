"""Checking a stranger's pull request runs nothing of theirs, and prints nothing that is obeyed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hostile_request import HEAD, OBEYED, SOURCE, Request, check_out, hostile_request

from okrsite.problems import FORMATS

PROGRAM = Path(sys.executable).with_name("okrsite")
AS_OF = ("--as-of", "2026-11-16")
UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def request_(tmp_path_factory: pytest.TempPathFactory) -> Request:
    return hostile_request(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def checked_out(request_: Request, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return check_out(request_, tmp_path_factory.mktemp("theirs") / "clone")


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command as CI does, in a folder."""
    return subprocess.run(
        [str(PROGRAM), *words],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "HOME": str(folder)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def assert_harmless(done: subprocess.CompletedProcess[str], codes: tuple[int, ...]) -> None:
    said = done.stdout + done.stderr
    assert done.returncode in codes, said
    assert "Traceback" not in said
    assert not UNSAFE.search(said)
    for line in said.splitlines():
        own = re.sub(r"^::(error|warning|notice) file=[^:]*::", "", line)
        assert "::" not in own, line
        assert not re.search(r"##(vso)?\[", own), line


WAYS = [
    ("check", "--no-cache"),
    *(("check", "--no-cache", "--base", "BASE", "--format", name) for name in FORMATS),
    *(("diff", "BASE", "HEAD", "--format", name) for name in ("text", "markdown", "json")),
]


def spelt(words: tuple[str, ...], base: str, head: str) -> tuple[str, ...]:
    return tuple({"BASE": base, "HEAD": head}.get(word, word) for word in words)


def test_there_are_enough_places(request_: Request) -> None:
    assert len(set(request_.places)) == len(request_.places)
    assert len(request_.places) >= 40
    assert request_.ran == []


@pytest.mark.parametrize("words", WAYS, ids=" ".join)
def test_read_from_git_nothing_of_it_runs(request_: Request, words: tuple[str, ...]) -> None:
    at = ("--at", HEAD) if words[0] == "check" else ()
    words = (*spelt(words, "main", HEAD), *at, "--source", SOURCE, *AS_OF)
    assert_harmless(run(request_.repository.root, *words), (0, 1))
    assert request_.ran == []


@pytest.mark.parametrize("words", WAYS, ids=" ".join)
@pytest.mark.parametrize("source", [("--source", SOURCE), ()], ids=["named", "of mkdocs.yml"])
def test_checked_out_nothing_of_it_runs_either(
    request_: Request, checked_out: Path, words: tuple[str, ...], source: tuple[str, ...]
) -> None:
    words = (*spelt(words, "main-of-theirs", "request"), *source, *AS_OF)
    assert_harmless(run(checked_out, *words), (0, 1))
    assert request_.ran == []


def test_it_was_really_read(request_: Request) -> None:
    """What is harmless because nobody looked at it would prove nothing."""
    done = run(
        request_.repository.root,
        *("check", "--no-cache", "--at", HEAD, "--base", "main", "--format", "json"),
        *("--source", SOURCE, *AS_OF),
    )
    problems = json.loads(done.stdout)["problems"]
    codes = {problem["code"] for problem in problems}
    # A tag, a key and a reference that are none, a link, files with strange names.
    assert codes >= {"OKR-Y004", "OKR-S001", "OKR-R002", "OKR-F005", "OKR-F002", "OKR-C001"}
    assert any(OBEYED[0] in problem["message"] for problem in problems)
    said = run(request_.repository.root, "diff", "main", HEAD, "--source", SOURCE, *AS_OF).stdout
    assert "touch" in said
