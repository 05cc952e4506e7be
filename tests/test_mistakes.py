"""A tree with 25 mistakes in 10 files: one run of `okrsite check` names them all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from command import okrsite as run
from trees import write_files

from okrsite.cli import okrsite

AS_OF = "2026-11-20"

FILES = {
    "okrs.yml": """\
company: Harbor
timezone: Lisbon
cycles:
  - {id: 2026-c5, start: 2026-09-07, end: 2026-08-07}
""",
    "people.yml": """\
ana: {name: Ana Sousa, left: 2026-11-01}
bo: {name: Bo Li}
bo: {name: Bo Lim}
""",
    "2026.yml": """\
objectives:
  - id: reliable
    title: Be reliable
    owner: ana
    key_results:
      - {id: uptime, title: Improve uptime from 98% to 99%, due: 2026-02-30}
""",
    "platform/team.md": """\
---
title: Platform
leed: bo
visibility: internal
---
""",
    "platform/2026-q4.yml": """\
objectives:
  - id: trust
    title: Make it trusted
    supports: company/relaible
    type: comitted
    key_results:
      - id: sev1
        title: Reduce incidents from 6 to 2
        target: 3
      - id: latency
        title: Improve latency from 900 ms to 600 ms
        visibility: public
      - title: Publish the playbook
        done: yes
      - Be #1 in Europe
      -
""",
    "platform/2026q3.yml": "objectives: []\n",
    "platform/checkins/2026-11-16.yml": """\
key_results:
  trust/sev1: fast
  latency: 5%
  latancy: 700
  trust/sev1: 3
""",
    "platform/checkins/16.11.2026.yml": "note: A quiet week\n",
    "data/2026-q4.yml": """\
objectives:
  - title: Know more
    owner: bo, ana
    weight: heavy
  - title: “Know it all”
  - title: Know them
    key_results: [Raise it from X to Y]
""",
    "data/feedback/2026-11-10.dana.yml": """\
- {kind: blame, text: Why so slow?}
- kind: question
""",
}

MISTAKES = [
    "2026.yml:4:12 OKR-R006",
    "2026.yml:6:66 OKR-S006",
    "data/2026-q4.yml:3:12 OKR-S010",
    "data/2026-q4.yml:4:13 OKR-S007",
    "data/2026-q4.yml:5:12 OKR-Y015",
    "data/2026-q4.yml:7:19 OKR-N006",
    "data/feedback/2026-11-10.dana.yml:1:10 OKR-S004",
    "data/feedback/2026-11-10.dana.yml:2:3 OKR-S003",
    "okrs.yml:2:11 OKR-S014",
    "okrs.yml:4:10 OKR-D001",
    "people.yml:3:1 OKR-Y002",
    "platform/2026-q4.yml:4:15 OKR-R002",
    "platform/2026-q4.yml:5:11 OKR-S004",
    "platform/2026-q4.yml:9:17 OKR-N003",
    "platform/2026-q4.yml:12:21 OKR-V002",
    "platform/2026-q4.yml:14:15 OKR-S009",
    "platform/2026-q4.yml:15:12 OKR-Y009",
    "platform/2026-q4.yml:16:7 OKR-Y010",
    "platform/2026q3.yml:1:1 OKR-F001",
    "platform/checkins/16.11.2026.yml:1:1 OKR-F001",
    "platform/checkins/2026-11-16.yml:2:15 OKR-C005",
    "platform/checkins/2026-11-16.yml:3:12 OKR-C007",
    "platform/checkins/2026-11-16.yml:4:3 OKR-C001",
    "platform/checkins/2026-11-16.yml:5:3 OKR-Y002",
    "platform/team.md:3:1 OKR-S001",
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_files(tmp_path / "okrs", FILES)


def check(source: Path, *words: str) -> Result:
    return CliRunner().invoke(okrsite, ["check", "--source", str(source), "--as-of", AS_OF, *words])


def test_one_run_names_every_mistake_with_file_line_and_column(source: Path) -> None:
    result = check(source, "--format", "json")
    document = json.loads(result.stdout)
    found = [f"{p['path']}:{p['line']}:{p['column']} {p['code']}" for p in document["problems"]]
    assert found == MISTAKES


def test_the_mistakes_are_25_in_10_files() -> None:
    assert len(set(MISTAKES)) == 25
    assert {line.partition(":")[0] for line in MISTAKES} == set(FILES)
    assert len(FILES) == 10


def test_every_mistake_is_shown_with_its_mend_and_a_link(source: Path) -> None:
    result = check(source)
    assert result.exit_code == 1
    assert result.stdout.count("= mend: ") == len(MISTAKES)
    assert result.stdout.count("= read: ") == len(MISTAKES)
    for line in MISTAKES:
        place, code = line.split()
        where = place.removesuffix(":1:1") if code == "OKR-F001" else place
        assert f"[{code}]" in result.stdout
        assert f"┌─ {where}" in result.stdout


def test_the_command_exits_with_1_and_never_with_a_traceback(source: Path) -> None:
    done = run("check", "--source", source, "--as-of", AS_OF, "--format", "concise")
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert [
        f"{place.removesuffix(':')} {severity.split('[')[1].removesuffix(']')}"
        for place, severity, *_ in (line.split() for line in done.stdout.splitlines())
    ] == MISTAKES
