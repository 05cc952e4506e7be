"""A plain file is read without libyaml: to the same nodes, or not at all."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from reading import plain

from okrsite.read import schema
from okrsite.read.fields import Fields
from okrsite.read.plain import read_plain
from okrsite.read.yaml_text import read_nodes, read_with_care

ROOT = Path(__file__).parents[1]
SCHEMAS = [schema.PLAN, schema.CHECK_IN, schema.FEEDBACK, schema.TEAM, schema.PEOPLE, schema.RULES]

PLAN = """\
# our plan
visibility: public
objectives:
  - id: trust
    title: Make us trusted: at peak hours, too
    why: |
      Two outages in August.

        They cost us three renewals.
    owner: @ana
    tags: [reliability, on call]
    supports:
    - company/reliable
    - growth/markets
    key_results:
      - title: "Reduce incidents: from 6 to 2"
        target: >= 99.9%
        checkpoints: {2026-11-02: 700 ms, 2026-11-30: "<= 600 ms"}
        definition:
          text: >-
            Requests that
            time out

            and those that fail
      - Raise coverage from 62% to 80%

      # still to discuss
      - {title: Ship it, done: 2026-11-16}
health:
  - Morale >= 4
"""

CHECK_IN = """\
by: ana
key_results:
  trust/sev1: 2
  trust/latency:
    value: 720 ms
    confidence: 7/10
    note: "It's slow, still"
  learn/early: {value: 40%, confidence: 5}
initiatives:
  Query cache: done
priorities:
  - P1 Clean up alerts
"""


def agrees(text: str, fields: Fields) -> bool:
    """Tell whether a text is plain; then it means what it means when it is read with care."""
    found = read_plain(text, "f", fields, 3)
    if found is None:
        return False
    assert (found, []) == read_with_care(text, "f", fields, 3)
    return True


@pytest.mark.parametrize(("text", "fields"), [(PLAN, schema.PLAN), (CHECK_IN, schema.CHECK_IN)])
def test_what_most_files_hold_is_plain(text: str, fields: Fields) -> None:
    assert agrees(text, fields)


@pytest.mark.parametrize(
    "value",
    [
        "a b",
        "12:30",
        "@ana",
        "-5",
        "50% and more",
        "[P1] Move it",
        ">= 3",
        "O1: a",
        "'it is'",
        '"a: b"',
        "–",
        "?",
        "`code`",
        "完成",
    ],
)
def test_a_plain_value_is_what_was_typed(value: str) -> None:
    text = f"objectives:\n  - title: {value}\n    owner: ana\n"
    node, problems = read_nodes(text, "f", schema=schema.PLAN)
    assert not problems
    assert plain(node)["objectives"][0]["title"] == value.strip("\"'")
    if value != "?":
        assert agrees(text, schema.PLAN)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing",
        "objectives:",
        "objectives: []",
        "objectives:\n\t- a",
        "objectives:\n- a\n  b",
        "objectives:\n- a\n - b",
        "objectives:\n- a # b",
        "objectives:\n- 'a\n  b'",
        'objectives:\n- "a\\tb"',
        "objectives:\n- a\nobjectives:\n- b",
        "objectives:\n- &a b",
        "objectives:\n- KR1: a",
        "objectives:\n-\n  - a",
        "objectives:\n- a:\n",
        "objectives:\n- [x] a",
        "objectives:\n- title: a\nstray",
        "objectives:\n- title: a\u00a0b",
        "objectives:\n- why: |\n    a\n   b",
        "objectives:\n- why: |2\n    a",
        "objectives:\n- tags: [a, {b: c}]",
        "objectives:\n- tags: [1,2]",
        "---\nobjectives:\n- a",
        "<<<<<<< ours\nobjectives:\n- a",
    ],
)
def test_whatever_else_there_is_needs_care(text: str) -> None:
    assert read_plain(text, "f", schema.PLAN, 1) is None


def test_the_limits_of_a_file_hold_for_plain_ones() -> None:
    deep = "".join(" " * level + "a:\n" for level in range(30)) + " " * 30 + "a: b"
    assert read_plain(deep, "f", Fields(others=Fields()), 1) is None
    assert read_plain("- a\n" * 20_000, "f", schema.RULES.keys["ignore"], 1) is None


def texts_of(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in texts_of(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in texts_of(inner)]
    return [value] if isinstance(value, str) else []


def test_plain_or_not_every_case_means_the_same() -> None:
    cases = [path.read_text("utf-8") for path in sorted((ROOT / "tests/cases").rglob("*.yml"))]
    inside = [text for case in cases for text in texts_of(yaml.safe_load(case)) if "\n" in text]
    demo = [path.read_text("utf-8") for path in sorted((ROOT / "content/okrs").rglob("*.yml"))]
    count = sum(agrees(text, fields) for text in (*inside, *demo) for fields in SCHEMAS)
    assert count > 500, "most files are plain"


# What one slip of a finger, or several, may add to a plain file.
SLIPS = [
    *" :-#'\"[]{}|>&*!?%@`,.\t\u00a0：–•1a/_=<\\~",
    *(": ", " #", "- ", "  ", "''", "---", "[x] ", "1. ", "KR1: ", "title: ", "\n", "\n  ", "\n- "),
    *("|", ">-", ">8", "<<: ", "? ", "key_results:\n", "null", "é", "\u2028", "visibility: "),
]


@given(
    text=st.sampled_from([PLAN, CHECK_IN]),
    slips=st.lists(st.tuples(st.integers(0, 900), st.sampled_from(SLIPS)), min_size=1, max_size=3),
    fields=st.sampled_from(SCHEMAS),
)
@example(text="health:\n  - visibility: {id: a, title: b}\n", slips=[(0, "")], fields=schema.PLAN)
def test_a_slip_is_never_read_otherwise(
    text: str, slips: list[tuple[int, str]], fields: Fields
) -> None:
    for at, slip in slips:
        text = text[:at] + slip + text[at:]
    agrees(text, fields)


def test_lines_in_any_order_are_never_read_otherwise() -> None:
    rng = random.Random(1)  # noqa: S311 - the same lines each time, nothing secret
    lines = (PLAN + CHECK_IN).split("\n")
    found = 0
    for _ in range(3000):
        picked = rng.sample(lines, rng.randint(1, 6))
        shift = rng.choice([0, 0, 2, 4])
        text = "\n".join(line[shift:] if not line[:shift].strip() else line for line in picked)
        found += agrees(text, rng.choice(SCHEMAS))
    assert found > 50
