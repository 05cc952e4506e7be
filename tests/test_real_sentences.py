"""OKRs that companies and projects really wrote: shares by kind, and facts about single lines.

The texts are read where they lie, beside the repository; what they say is told in words here.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from okrsite.model import Bound, Kind, Quantity
from okrsite.sentences import Sentence, read_sentence

DATA = Path(__file__).parents[2] / "shared" / "data" / "real-okrs"
ITEM = re.compile(r"\s*(?:[-*]|\d+\.)\s+(?:\[[ xX]\]\s+)?(?P<text>\S.*)")

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real OKRs are not beside us")


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the list items, table cells and names of a file with their lines."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if path.suffix == ".json":
            named = re.fullmatch(r'\s*"name": (".*"),?', line)
            if named:
                yield number, json.loads(named[1])
        elif line.startswith("|"):
            yield from ((number, cell.strip()) for cell in line.split("|") if cell.strip(" -:"))
        elif item := ITEM.fullmatch(line):
            yield number, item["text"]


def sentences() -> list[tuple[str, int, Sentence]]:
    """Return every sentence of the data with its file and line."""
    paths = [*DATA.rglob("*.md"), *DATA.glob("*/okrs/*/*.json")]
    return [
        (path.relative_to(DATA).as_posix(), number, read_sentence(text))
        for path in sorted(paths)
        for number, text in lines(path)
    ]


def at(file: str, line: int) -> Sentence:
    """Return the first sentence that stands on a line of the data."""
    return next(read_sentence(text) for number, text in lines(DATA / file) if number == line)


def quantity(text: str) -> Quantity:
    """Return a quantity from its value and its unit."""
    value, _, unit = text.partition(" ")
    return Quantity(Decimal(value), unit)


def test_most_real_key_results_are_milestones_and_all_are_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    read = sentences()
    kinds = Counter(sentence.kind for _, _, sentence in read)
    unread = sum(bool(sentence.unread) for _, _, sentence in read)

    with capsys.disabled():
        shares = ", ".join(f"{kind} {n / len(read):.1%}" for kind, n in kinds.most_common())
        print(f"\n{len(read)} real sentences: {shares}; {unread} with a number left unread")

    assert len(read) > 1_000
    assert kinds[Kind.MILESTONE] / len(read) > 0.9
    assert kinds[Kind.METRIC] >= 40


def test_whatever_real_sentence_is_read_has_a_target_and_no_excuse() -> None:
    for file, line, sentence in sentences():
        where = f"{file}:{line}"
        assert (sentence.kind is Kind.MILESTONE) == (sentence.target is None), where
        assert not (sentence.target and sentence.unread), where


SRC_D = "src-d-okrs/"
HANDBOOK = "sourcegraph-handbook/support/"
COMPANY = "sourcegraph-about-fork/company/okrs/"


@pytest.mark.parametrize(
    ("file", "line", "kind", "baseline", "target", "bound"),
    [
        # a resolution time that falls, the unit of either end with a word between
        (HANDBOOK + "FY23Q2-OKR-plan.md", 5, Kind.METRIC, "8.4 days", "7 days", Bound.AT_MOST),
        # a library that grows, its unit written once
        (HANDBOOK + "FY23Q2-OKR-plan.md", 6, Kind.METRIC, "6 courses", "11 courses", None),
        # help asked for at most so much of the time
        (HANDBOOK + "FY23Q1-OKR-Plan.md", 11, Kind.METRIC, None, "10 %", Bound.AT_MOST),
        # posts that are published count from nothing
        (SRC_D + "2018-Q1.md", 45, Kind.METRIC, "0 blog posts", "8 blog posts", None),
        # never more than so many days, kept
        (SRC_D + "2018-Q2.md", 31, Kind.MAINTAIN, None, "30 days", Bound.AT_MOST),
        # fewer errors by a share
        (SRC_D + "2018-Q2.md", 36, Kind.METRIC, "0 %", "30 %", None),
        # a thousands mark, reached
        (SRC_D + "2018-Q2.md", 171, Kind.METRIC, None, "1000 cumulative upvotes", None),
        # a result followed by an arrow and its outcome
        (COMPANY + "2019_q4.md", 17, Kind.METRIC, "0 %", "25 %", None),
        # a latency below so many seconds
        (COMPANY + "2020_q1.md", 79, Kind.METRIC, None, "3 s", Bound.BELOW),
        # a weight kept
        ("anand-okrs/okrs/2022/1.json", 10, Kind.MAINTAIN, None, "75 kg", Bound.BELOW),
    ],
)
def test_a_real_number_is_read(
    file: str, line: int, kind: Kind, baseline: str | None, target: str, bound: Bound | None
) -> None:
    read = at(file, line)

    assert read.kind is kind
    assert read.baseline == (quantity(baseline) if baseline else None)
    assert read.target == quantity(target)
    assert read.bound is (bound or Bound.AT_LEAST)


@pytest.mark.parametrize(
    ("file", "line", "unread"),
    [
        # cases that take longer than so many weeks only describe what is looked at
        (HANDBOOK + "FY22Q4-OKR-Plan.md", 36, "its number only describes something"),
        # two shares in one sentence
        (HANDBOOK + "FY22Q4-OKR-Plan.md", 10, "more than one number could be the target"),
        # when something will reach a share is no promise to reach it
        (COMPANY + "2019_q4.md", 51, "its number only describes something"),
        # a share of customers, in words, who have a share of queries
        (COMPANY + "2020_q1.md", 57, "more than one number could be the target"),
        # so many times as fast
        (SRC_D + "2018-Q4.md", 168, "a multiple does not say what it starts from"),
        # tens of millions
        (SRC_D + "2018-Q1.md", 91, "'10s' describes a thing"),
        # two thirds
        (SRC_D + "2018-Q2.md", 100, "'2/3' is no single number"),
        # a habit has no single number
        ("anand-okrs/okrs/2022/3.json", 10, "its number only describes something"),
    ],
)
def test_a_real_number_in_doubt_is_not_read(file: str, line: int, unread: str) -> None:
    read = at(file, line)

    assert (read.kind, read.unread) == (Kind.MILESTONE, unread)


def test_a_letter_in_a_real_number_s_place_is_a_placeholder() -> None:
    # a share by which usage grows, to be decided; a sum of money behind a link
    assert at(SRC_D + "2018-Q3.md", 340).placeholder
    assert at(COMPANY + "2019_q3.md", 7).placeholder
    # "to be decided" of a forum, not of a number
    assert not at(SRC_D + "2018-Q1.md", 33).placeholder


def test_a_real_priority_in_brackets_is_taken_off() -> None:
    read = at(SRC_D + "2018-Q2.md", 33)

    assert read.priority == "P0"
    assert not read.title.startswith("[")
