"""Files made to cost time, memory or a traceback: nodes or a diagnostic, and never more."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import SCHEMAS

from okrsite.read import schema
from okrsite.read.bytes_text import decode
from okrsite.read.front_matter import read_front_matter
from okrsite.read.yaml_text import read_nodes


def fill(piece: str, size: int = 1 << 20) -> str:
    """Return a text of many pieces, up to the largest size that is read."""
    return (piece * (size // len(piece) + 1))[:size]


def stairs(piece: str, step: int = 1) -> str:
    return "\n".join(" " * n + piece for n in range(0, 1_400, step))


HOSTILE = {
    "open brackets": fill("["),
    "open braces": fill("{a: "),
    "brackets in a list": "- " + fill("[],"),
    "a long list in brackets": "- [" + fill("a, ", 1_000_000) + "]",
    "a long mapping in braces": "x: {" + ",".join(f"k{n}: v" for n in range(80_000)) + "}",
    "many braces": fill("- {a: [b, {c: d}]}\n"),
    "many open brackets": fill("- [a\n"),
    "colons in braces": "- {a: " + fill("b: ", 1_000_000) + "}",
    "spaces in brackets": "[" + fill(" ", 1_000_000),
    "numbers in brackets": "[" + fill("1,2", 1_000_000) + "]",
    "a comment in brackets": "[a, #" + fill("b\n", 1_000_000),
    "dashes in a line": fill("- "),
    "deep keys": stairs("a:"),
    "deep items": stairs("- a:", 2),
    "stairs downwards": "\n".join(reversed(stairs("a: b").split("\n"))),
    "indents at random": "\n".join(" " * (n * 7 % 11) + "a: b" for n in range(100_000)),
    "items": fill("- a\n"),
    "empty items": fill("-\n"),
    "keys": "\n".join(f"k{n}: v" for n in range(90_000)),
    "one key again and again": fill("a: b\n"),
    "keys without values": fill("a:\n"),
    "titles": fill("- a:\n  - b\n"),
    "misspelt fields": "\n".join(f"- titel{n}: a" for n in range(60_000)),
    "anchors": fill("- &a b\n"),
    "a billion laughs": "a: &a ['x', 'x']\n" + fill("b: &b [*a, *a, *a, *a, *a]\n", 9_000),
    "merge keys": "a: &a {b: c}\n" + fill("- <<: *a\n", 1_000_000),
    "tags": fill('- !!python/object/apply:os.system ["x"]\n'),
    "directives": fill("%TAG ! tag:x\n"),
    "quotes": fill('"'),
    "apostrophes": fill("'"),
    "quotes that stay open": fill('- "a\n'),
    "quotes in a line": "- " + fill('"a', 1_000_000),
    "backslashes": '- "' + fill("\\", 1_000_000),
    "escapes": '- "' + fill("\\x41", 1_000_000) + '"',
    "bad escapes": fill('- "\\d"\n'),
    "one line": fill("a"),
    "one key": fill("a", 1_000_000) + ": b",
    "long keys": fill("- " + "a" * 2_000 + ":\n    - b\n"),
    "spaces inside": "- a" + fill(" ", 1_000_000) + "b",
    "hashes inside": "- a" + fill(" #", 1_000_000),
    "hashes": fill("- a #b\n"),
    "colons": fill("a: "),
    "tabs": fill("\t- a\n"),
    "no-break spaces": fill("\u00a0- a\n", 500_000),
    "comments": fill("# a\n"),
    "line ends": fill("\n"),
    "carriage returns": fill("\r"),
    "line separators": fill("\u2028", 300_000),
    "conflicts": fill("<<<<<<< a\n=======\n>>>>>>> b\n"),
    "half a conflict": fill("<<<<<<< a\n"),
    "documents": fill("---\n"),
    "a block of text": "- |\n" + fill("  a\n", 1_000_000),
    "blocks of text": fill("- |\n  a\n"),
    "uneven blocks of text": fill("- |\n    a\n  b\n"),
    "curly quotes": fill("- “a”\n", 300_000),
    "full-width colons": fill("a：b\n", 300_000),
    "forgotten colons": fill("- a\n   - b\n"),
    "a long paragraph": "- a\n" + fill("  b\n", 1_000_000) + "  c: d\n",
    "paragraphs": fill("- a\n  b\n  c: d\n"),
    "nothing but NUL": fill("\0"),
    "control characters": fill("\x01a\n"),
}

SECONDS, MEBIBYTES = 2, 200


def read_within_limits() -> list[str]:
    """Read each hostile file in a process of its own, and return those that were too much."""
    import resource  # not on every system

    failed = []
    for name, text in HOSTILE.items():
        child = os.fork()
        if child == 0:
            gc.disable()  # as every command does that reads a company
            pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[0])
            space = pages * resource.getpagesize() + MEBIBYTES * (1 << 20)
            resource.setrlimit(resource.RLIMIT_AS, (space, space))
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
            decoded, _ = decode(text.encode(), "f")
            if decoded is not None:
                read_nodes(decoded, "f", schema=schema.PLAN)
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            failed.append(name)
    return failed


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="needs limits that only Linux keeps")
def test_no_file_takes_more_than_its_share_of_time_and_memory() -> None:
    # A process of its own: what coverage or other tests hold must not count.
    code = "import test_hostile; print(test_hostile.read_within_limits())"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    env.pop("COVERAGE_PROCESS_START", None)
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


@pytest.mark.parametrize(
    "name", [name for name in HOSTILE if name not in {"comments", "line ends"}]
)
def test_a_hostile_file_gives_nodes_or_a_problem(name: str) -> None:
    text = HOSTILE[name][:4_000]
    node, problems = read_nodes(text, "f", schema=schema.PLAN)
    assert node is not None or problems or not text.strip()
    assert all(problem.mend and problem.place.path == "f" for problem in problems)


# Corpora


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=80) | st.text().map(lambda text: text.encode(errors="replace")))
def test_no_bytes_raise(data: bytes) -> None:
    text, problems = decode(data, "f")
    if text is not None:
        for fields in SCHEMAS.values():
            read_nodes(text, "f", schema=fields)
        read_front_matter(text, "f", schema.TEAM)
    else:
        assert problems
