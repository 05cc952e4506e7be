"""Public OKRs of real companies become sites on which every key result has its author's words."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import pytest
from real_okrs import DATA, Part, read_headings, read_labels, write_plan

from okrsite.company import Loaded, load_company
from okrsite.model import Kind
from okrsite.pages.page import Surroundings
from okrsite.problems import Severity
from okrsite.prose import plain
from okrsite.quantities import write_quantity
from okrsite.theme_dir import theme_dir

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"no public OKRs at {DATA}")

AROUND = Surroundings(template_dirs=(theme_dir(),))
PLANS = {
    "2018-q4": ("src-d-okrs/2018-Q4.md", read_headings),
    "2019-q1": ("src-d-okrs/2019-Q1.md", read_headings),
    "2020-h1": ("nodejs.dev/OKR.md", read_labels),
}


def parts_of(cycle: str) -> list[Part]:
    path, read = PLANS[cycle]
    return read((DATA / path).read_text(encoding="utf-8"))


def load(folder: Path, cycle: str) -> Loaded:
    (folder / f"{cycle}.yml").write_text(write_plan(parts_of(cycle)), encoding="utf-8")
    now = datetime(2026, 11, 22, tzinfo=UTC)
    return load_company(folder, date(2020, 6, 1), now=now)


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


@pytest.mark.parametrize("cycle", PLANS)
def test_it_is_read_without_an_error(tmp_path: Path, cycle: str) -> None:
    problems = load(tmp_path, cycle).problems
    assert [p for p in problems if p.severity is Severity.ERROR] == []


@pytest.mark.parametrize("cycle", PLANS)
def test_no_sentence_is_lost(tmp_path: Path, cycle: str) -> None:
    company = load(tmp_path, cycle).company
    found = [
        [(kr.title, [step.title for step in kr.steps]) for kr in objective.key_results]
        for objective in company.objectives()
    ]
    expected = [
        [(item.text, [step.text for step in item.below]) for item in part.items]
        for part in parts_of(cycle)
    ]
    assert found == expected


@pytest.mark.parametrize("cycle", PLANS)
def test_every_key_result_is_on_a_page_in_its_author_s_words(tmp_path: Path, cycle: str) -> None:
    loaded = load(tmp_path, cycle)
    pages = {page.url: words(page.draw()) for page in loaded.render(AROUND).pages}
    missing = [
        kr.title
        for objective in loaded.company.objectives()
        for kr in objective.key_results
        if " ".join(plain(kr.title).split())
        not in pages[f"teams/company/{cycle}/{objective.ref.objective}/"]
    ]
    assert missing == []


@pytest.mark.parametrize("cycle", PLANS)
def test_what_is_ticked_is_done(tmp_path: Path, cycle: str) -> None:
    loaded = load(tmp_path, cycle)
    ticked = [item.text for part in parts_of(cycle) for item in part.items if item.checked]
    done = [kr for o in loaded.company.objectives() for kr in o.key_results if kr.title in ticked]
    assert [loaded.measures.key_result(kr.ref).progress for kr in done] == [1] * len(ticked)


def test_shares(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[Kind] = Counter()
    read: list[str] = []
    for cycle in PLANS:
        (folder := tmp_path / cycle).mkdir()
        for objective in load(folder, cycle).company.objectives():
            for kr in objective.key_results:
                counts[kr.kind] += 1
                if kr.kind is not Kind.MILESTONE:
                    ends = (write_quantity(end) for end in (kr.baseline, kr.target) if end)
                    read.append(f"{kr.kind} {' → '.join(ends)}: {kr.title}")
    with capsys.disabled():
        print(f"\n{sum(counts.values())} key results: {dict(counts)}")
        print("\n".join(read))
    assert counts[Kind.MILESTONE] > counts[Kind.METRIC]
