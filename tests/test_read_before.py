"""A former version of a plan, read beside the plan of today = the same version, read alone."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsite.read import Before, Records, read_version
from okrsite.read.records import PlanRecord, RulesRecord
from okrsite.tree import SourceFile, name_file

ROOT = Path(__file__).parents[1]
KNOWN = Records(RulesRecord())
DRAFT = """\
objectives:
  - title: Grow
    state: draft
    key_results:
      - Raise revenue from X to Y
      - Sell to 5 customers
    why: |
      As we said,

      more of it.
  - title: Stay
    key_results:
      - title: Keep uptime at 99.9%
        definition: |
          Requests
          # and no others
      - Hire 3 people
  - A sentence alone
"""


def version(
    text: str, before: Before | None = None, path: str = "a/2026-Q4.yml"
) -> PlanRecord | None:
    file = SourceFile(path, name_file(path, frozenset()), text.encode())
    return read_version(file, KNOWN, before)


def beside(now: str, then: str, path: str = "a/2026-Q4.yml") -> PlanRecord | None:
    record = version(now, path=path)
    assert record
    return version(then, Before.of(record, now), path)


def plans() -> list[str]:
    demo = sorted((ROOT / "content/okrs").rglob("20*.yml"))
    texts = [path.read_text("utf-8") for path in demo if path.parent.name != "checkins"]
    return [text for text in (DRAFT, *texts) if version(text)]


PLANS = plans()


def test_there_are_plans_to_read() -> None:
    assert len(PLANS) > 50


@pytest.mark.parametrize("text", PLANS)
def test_what_did_not_change_is_not_read_again(text: str) -> None:
    record = version(text)
    assert record
    again = version(text, Before.of(record, text))
    assert again == record
    assert all(a is b for a, b in zip(again.objectives, record.objectives, strict=True))


def test_an_item_beside_one_that_changed_is_not_read_again() -> None:
    now = version(DRAFT)
    assert now
    then = version(DRAFT.replace("Hire 3", "Hire 4"), Before.of(now, DRAFT))
    assert then
    grow, stay, alone = then.objectives
    assert grow is now.objectives[0]
    assert alone is now.objectives[2]
    assert stay.key_results[0] is now.objectives[1].key_results[0]
    assert stay.key_results[1].title.value == "Hire 4 people"


CASES: list[tuple[str, Callable[[str], str]]] = [
    ("a draft that is none any more", lambda text: text.replace("    state: draft\n", "")),
    (
        "a text that goes on below",
        lambda text: text.replace("others\n", "others\n          more\n"),
    ),
    (
        "a text that goes on below with what looks like a comment",
        lambda text: text.replace("others\n", "others\n          # or some\n"),
    ),
    (
        "a text that goes on after an empty line",
        lambda text: text.replace("others\n", "others\n\n          or some\n"),
    ),
    (
        "an item with one more field",
        lambda text: text.replace("more of it.\n", "more of it.\n    weight: 2\n"),
    ),
    ("a list one line further down", lambda text: "# more\n" + text),
    ("key results that are steps", lambda text: text.replace("key_results:", "initiatives:")),
    ("a list that is indented less", lambda text: re.sub(r"^  ", "", text, flags=re.MULTILINE)),
    ("an objective that goes on in the next line", lambda text: text + "    and goes on\n"),
    ("nothing but a list", lambda text: text.removeprefix("objectives:\n")),
]


@pytest.mark.parametrize(
    ("change"), [change for _, change in CASES], ids=[name for name, _ in CASES]
)
def test_what_changed_is_read(change: Callable[[str], str]) -> None:
    then = change(DRAFT)
    assert then != DRAFT
    assert beside(DRAFT, then) == version(then)
    record = version(then)
    if record:
        assert beside(then, DRAFT) == version(DRAFT)


def test_a_placeholder_of_a_draft_is_an_error_once_it_is_none() -> None:
    then = DRAFT.replace("    state: draft\n", "    state: active\n")
    assert version(then) is None
    assert beside(DRAFT, then) is None


def test_front_matter_counts_its_lines_from_the_top() -> None:
    now = f"---\n{DRAFT}---\n\nProse\n"
    for then in (now, now.replace("99.9", "99"), f"\n{now}", now.replace("---\n", "---\n\n", 1)):
        assert beside(now, then, "a/2026-Q4.md") == version(then, path="a/2026-Q4.md")


def changed(text: str, chance: random.Random) -> str:
    """Return a text with a few lines changed, as people and accidents change them."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 2)):
        at = chance.randrange(len(lines))
        match chance.randrange(8):
            case 0:
                del lines[at]
                lines = lines or [""]
            case 1:
                lines.insert(at, lines[chance.randrange(len(lines))])
            case 2:
                lines[at] = "  " + lines[at]
            case 3:
                lines[at] = lines[at].removeprefix("  ")
            case 4:
                lines[at] = lines[at].replace("- ", "  ", 1)
            case 5:
                lines.insert(
                    at, chance.choice(["", "# why", "      # why", "    weight: 2", "  - More"])
                )
            case 6:
                lines[at] = re.sub(r"\d", lambda m: str((int(m[0]) + 1) % 10), lines[at])
            case _:
                other = chance.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
    return "\n".join(lines)


@given(st.sampled_from(PLANS), st.integers(0, 1 << 32))
def test_any_version_says_the_same_beside_any_other(now: str, seed: int) -> None:
    then = changed(now, random.Random(seed))  # noqa: S311 - no secret
    assert beside(now, then) == version(then)
