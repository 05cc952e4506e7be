"""`okrsite close` proposes grades from the evidence, and writes those that people give."""

import re
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from command import ROOT, SHARED_DATA, okrsite_inside, write_tree
from terminal import converse

from okrsite.edit import CannotEditError, Grade, UnreadableError, grade_plan
from okrsite.edit.page import read_page
from okrsite.edit.plan import objective_nodes
from okrsite.read import schema
from okrsite.tree import FileKind, name_file

REAL = SHARED_DATA / "real-okrs"
ITEM = re.compile(rb"\s*(?:[-*]|\d+\.)\s+(\S.*?)\s*")
DEMO = ROOT / "content" / "okrs"
PLANS = [
    path
    for path in sorted(DEMO.rglob("*"))
    if path.is_file()
    and name_file(path.relative_to(DEMO).as_posix(), frozenset()).kind is FileKind.PLAN
]
PLAN = """\
# Ours.
objectives:
  - id: trust
    title: Make the platform trusted
    type: committed
    key_results:
      - id: latency
        title: Improve p95 API latency from 900 ms to 600 ms   # at the load balancer
        milestones_are: none
      - Reduce incidents from 6 to 2 per quarter
      - id: office
        title: Open the office
      - {id: nps, title: NPS from 40 to 50, grade: 0.4, grade_note: Ours.}
      - id: dropped
        title: Calls from 9 to 1
        state: cancelled
        cancelled_because: Nobody calls.
  - Be heard
"""
PLAN = PLAN.replace("        milestones_are: none\n", "")
ACME = {
    "platform/team.md": "---\ntitle: Platform\n---\n",
    "platform/2026-q4.yml": PLAN,
    "platform/checkins/2026-12-28.yml": "key_results:\n  latency: 690 ms\n"
    "  reduce-incidents: 3\n  heard: done\n".replace("heard", "be-heard"),
    "data/2026-q4.md": "---\n- Trust the data:\n    - Late loads from 9 to 1\n---\nOur *prose*.\n",
    "data/checkins/2026-12-28.yml": "key_results:\n  late-loads: 1\n",
}
CLOSED = """\
# Ours.
objectives:
  - id: trust
    title: Make the platform trusted
    type: committed
    key_results:
      - id: latency
        title: Improve p95 API latency from 900 ms to 600 ms   # at the load balancer
        grade: 0.7
      - title: Reduce incidents from 6 to 2 per quarter
        grade: 0.75
      - id: office
        title: Open the office
      - {id: nps, title: NPS from 40 to 50, grade: 0.4, grade_note: Ours.}
      - id: dropped
        title: Calls from 9 to 1
        state: cancelled
        cancelled_because: Nobody calls.
  - title: Be heard
    grade: 1.0
retrospective:
  went_well: []
  to_improve: []
  learned: []
  next: []
"""


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    return write_tree(tmp_path, {f"content/okrs/{path}": text for path, text in ACME.items()})


def close(folder: Path, *words: str, as_of: str = "2027-01-05") -> CompletedProcess[str]:
    return okrsite_inside("close", "2026-Q4", *words, "--as-of", as_of, cwd=folder)


def text(folder: Path, path: str = "platform/2026-q4.yml") -> str:
    return (folder / "content/okrs" / path).read_text(encoding="utf-8")


def test_alone_it_proposes_and_writes_nothing(acme: Path) -> None:
    done = close(acme)
    assert done.returncode == 0, done.stderr
    assert "  0.7 Improve p95 API latency from 900 ms to 600 ms" in done.stdout
    assert "690 ms on 28 Dec" in done.stdout
    assert "    ? Open the office" in done.stdout
    assert "no evidence" in done.stdout
    assert "NPS" not in done.stdout
    assert "Calls" not in done.stdout
    assert text(acme) == PLAN


def test_yes_takes_what_the_evidence_proposes_and_keeps_all_else(acme: Path) -> None:
    done = close(acme, "--yes")
    assert done.returncode == 0, done.stderr
    assert text(acme) == CLOSED
    assert text(acme, "data/2026-q4.md") == (
        "---\nobjectives:\n- Trust the data:\n    - title: Late loads from 9 to 1\n"
        "      grade: 1.0\nretrospective:\n  went_well: []\n  to_improve: []\n  learned: []\n"
        "  next: []\n---\nOur *prose*.\n"
    )
    assert "Not graded yet:\n  platform@2026-q4/trust/office" in done.stdout
    assert "nobody says why yet in grade_note:\n  platform@2026-q4/trust/latency" in done.stdout
    again = close(acme, "--yes")
    assert "Nothing is new" in again.stdout
    assert text(acme) == CLOSED


def test_grades_of_people_come_before_the_evidence(acme: Path) -> None:
    done = close(
        *(acme, "--team", "Platform", "--grade", "trust/latency=0.6", "--grade", "office=3/10"),
        *("--note", "platform/trust/latency=Half: the batch is left", "--yes"),
    )
    assert done.returncode == 0, done.stderr
    expected = CLOSED.replace(
        "        grade: 0.7\n",
        '        grade: 0.6\n        grade_note: "Half: the batch is left"\n',
    ).replace("title: Open the office\n", "title: Open the office\n        grade: 3/10\n")
    assert text(acme) == expected
    assert text(acme, "data/2026-q4.md") == ACME["data/2026-q4.md"]


def test_a_grade_alone_leaves_the_others_open(acme: Path) -> None:
    assert close(acme, "--grade", "office=0.3").returncode == 0
    assert text(acme).count("grade:") == PLAN.count("grade:") + 1
    assert text(acme, "data/2026-q4.md") == ACME["data/2026-q4.md"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--grade", "trust/nps=0.9"], "has one"),
        (["--grade", "trust/dropped=0.9"], "cancelled"),
        (["--note", "trust/nps=Other"], "has one"),
        (["--grade", "trust/latency=7"], "write 7/10"),
        (["--grade", "trust/latency=good"], "is no grade"),
        (["--grade", "trust/latency"], "is not REF="),
        (["--grade", "trust/latancy=0.7"], "is nothing"),
        (["--grade", "latancy=0.7"], "is nothing"),
        (["--grade", "trust/latency=0.7", "--grade", "platform/trust/latency=0.6"], "twice"),
        (["--team", "plattform"], "did you mean platform?"),
    ],
)
def test_wrong_usage_is_told(acme: Path, words: list[str], says: str) -> None:
    done = close(acme, *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert text(acme) == PLAN


def test_a_cycle_that_runs_is_not_closed(acme: Path) -> None:
    done = close(acme, "--yes", as_of="2026-12-30")
    assert done.returncode == 2
    assert "2026-Q4 runs until 2026-12-31" in done.stderr
    assert close(acme, "--yes", as_of="2026-12-31").returncode == 0
    assert text(acme) == CLOSED


def test_a_cycle_that_nobody_has_is_told(acme: Path) -> None:
    done = okrsite_inside("close", "2031-q1", cwd=acme)
    assert done.returncode == 2
    assert "there are: 2026-q4" in done.stderr


def test_on_a_terminal_it_asks_and_for_a_miss_why(acme: Path) -> None:
    shown, code = converse(
        ["close", "2026-q4", "--team", "platform", "--as-of", "2027-01-05"],
        [
            ("grade [0.7]:", "7\n"),
            ("write 7/10", ""),
            ("grade [0.7]:", "\n"),
            ("why:", "The batch #2 is left\n"),
            ("grade [0.75]:", "1.0\n"),
            ("grade:", "\n"),
            ("grade [1.0]:", "\n"),
            ("Write it? [Y/n]:", "\n"),
        ],
        acme,
    )
    assert code == 0, shown
    expected = CLOSED.replace("grade: 0.75", "grade: 1.0").replace(
        "grade: 0.7\n", 'grade: 0.7\n        grade_note: "The batch #2 is left"\n'
    )
    assert text(acme) == expected


HALF = """\
- id: trust
  title: Make the platform trusted
  type: committed
  key_results:
    - id: latency
      title: Improve p95 API latency from 900 ms to 600 ms
      grade_note: The batch is left
    - id: incidents
      title: Reduce incidents from 6 to 2 per quarter
      grade: 0.6
    - {id: nps, title: NPS from 40 to 50, grade: 1.0}
- title: Be heard
  grade: 0.4
  key_results:
    - {id: talks, title: Talks from 2 to 6}
"""
EMPTY = "retrospective:\n  went_well: []\n  to_improve: []\n  learned: []\n  next: []\n"


@pytest.fixture
def half(acme: Path) -> Path:
    """Return a company whose plan has some notes without grades, and grades without notes."""
    write_tree(acme, {"content/okrs/platform/2026-q4.yml": HALF})
    return acme


def test_what_has_only_half_of_a_grade_is_shown_with_what_it_lacks(half: Path) -> None:
    lines = [line.strip() for line in close(half, "--team", "platform").stdout.splitlines()]
    assert lines[2:8] == [
        "0.7 Improve p95 API latency from 900 ms to 600 ms",
        "platform@2026-q4/trust/latency · 690 ms on 28 Dec"
        " · (690 ms − 900 ms) ÷ (600 ms − 900 ms) = 70\u00a0%",
        "0.6 Reduce incidents from 6 to 2 per quarter",
        "platform@2026-q4/trust/incidents · 0\u00a0% · graded, and nobody says why",
        "0.4 Be heard",
        "platform@2026-q4/be-heard · graded, and nobody says why",
    ]
    assert "NPS" not in "".join(lines)


def test_yes_gives_a_note_its_grade_and_changes_neither_note_nor_grade(half: Path) -> None:
    done = close(half, "--team", "platform", "--yes")
    assert done.returncode == 0, done.stderr
    assert (
        text(half)
        == "objectives:\n"
        + HALF.replace("      grade_note: The", "      grade: 0.7\n      grade_note: The")
        + EMPTY
    )
    assert done.stdout.endswith(
        "Missed, and nobody says why yet in grade_note:\n"
        "  platform@2026-q4/trust/incidents\n  platform@2026-q4/be-heard\n"
    )


def test_a_note_comes_to_the_grade_that_is_there_and_stands_without_one(half: Path) -> None:
    done = close(
        *(half, "--note", "incidents=Two alarms too many", "--note", "be-heard=No talks"),
        *("--note", "nps=Calls helped", "--team", "platform"),
    )
    assert done.returncode == 0, done.stderr
    graded = HALF.replace("grade: 0.6\n", "grade: 0.6\n      grade_note: Two alarms too many\n")
    graded = graded.replace("grade: 0.4\n", "grade: 0.4\n  grade_note: No talks\n")
    graded = graded.replace("grade: 1.0}", "grade: 1.0, grade_note: Calls helped}")
    assert text(half) == f"objectives:\n{graded}{EMPTY}"
    assert done.stdout.endswith("Not graded yet:\n  platform@2026-q4/trust/latency\n")
    assert "nobody says why" not in done.stdout


def test_a_note_can_come_before_its_grade(acme: Path) -> None:
    done = close(acme, "--note", "office=The lease fell through")
    assert done.returncode == 0, done.stderr
    opened = "title: Open the office\n"
    noted = f"{opened}        grade_note: The lease fell through\n"
    assert text(acme) == PLAN.replace(opened, noted) + EMPTY


def test_on_a_terminal_it_asks_for_the_half_that_is_missing(half: Path) -> None:
    shown, code = converse(
        ["close", "2026-q4", "--team", "platform", "--as-of", "2027-01-05"],
        [
            ("grade [0.7]:", "\n"),  # why stands there already
            ("why:", "Two alarms too many\n"),
            ("why:", "\n"),
            ("Write it? [Y/n]:", "\n"),
        ],
        half,
    )
    assert code == 0, shown
    graded = HALF.replace("      grade_note: The", "      grade: 0.7\n      grade_note: The")
    graded = graded.replace("grade: 0.6\n", "grade: 0.6\n      grade_note: Two alarms too many\n")
    assert text(half) == f"objectives:\n{graded}{EMPTY}"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--note", "trust/latency=Other"], "takes no note here: it has one"),
        (["--grade", "trust/incidents=0.9"], "takes no grade here: it has one"),
        (["--grade", "be-heard/talks=0.9"], "or has key results"),
    ],
)
def test_the_half_that_is_there_is_not_changed(half: Path, words: list[str], says: str) -> None:
    done = close(half, *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert text(half) == HALF


def test_to_leave_writes_nothing(acme: Path) -> None:
    given = [("grade [0.7]:", "0.5\n"), ("why:", "\x03")]
    shown, code = converse(
        ["close", "2026-q4", "--team", "platform", "--as-of", "2027-01-05"], given, acme
    )
    assert code == 130, shown
    assert text(acme) == PLAN


def untitled(data: bytes) -> str:
    """Return a plan without what makes a sentence or a short form a title."""
    return re.sub(r":$", "", data.decode().replace("- title: ", "- "), flags=re.M)


def is_kept(before: str, after: str) -> bool:
    lines = iter(after.splitlines())
    return all(line in lines for line in before.splitlines())


@pytest.mark.parametrize("path", PLANS, ids=lambda path: str(path.relative_to(DEMO)))
def test_every_plan_of_the_demo_can_be_graded_and_keeps_every_line(path: Path) -> None:
    before = path.read_bytes()
    nodes = objective_nodes(read_page(path.name, before, schema.PLAN))
    grades = {}
    for index, node in enumerate(nodes):
        results = node.get("key_results", [])
        for number, each in enumerate(results if isinstance(results, list) else [results]):
            if not (isinstance(each, dict) and "grade" in each):
                grades[index, number] = Grade("0.7", "It: #works")
        if not {"grade", "grade_note"} & node.keys():
            grades[index, None] = Grade("0.4")
    after = grade_plan(path.name, before, grades, retrospective=True)
    # A sentence becomes a title; everything else stays where it was.
    assert is_kept(untitled(before), untitled(after))
    assert after.decode().count("grade:") == before.decode().count("grade:") + len(grades)
    assert "retrospective:" in after.decode()


def grade_item(item: str) -> str:
    """Return a plan whose first key result, as it was typed, got a grade of 0.7."""
    data = f"- title: A\n  key_results:\n    - {item}\n    - C\n".encode()
    return grade_plan("2026-q4.yml", data, {(0, 0): Grade("0.7")}, retrospective=False).decode()


@pytest.mark.skipif(not REAL.is_dir(), reason="the real OKRs are not beside us")
def test_whatever_people_wrote_as_a_sentence_gets_a_grade_and_stays_as_typed() -> None:
    lines = (line for path in REAL.rglob("*.md") for line in path.read_bytes().splitlines())
    found = map(ITEM.fullmatch, lines)
    sentences = {item[1].decode() for item in found if item and not item[1].startswith(b"[")}
    graded = 0
    for sentence in sentences:
        try:
            made = grade_item(sentence)
        except UnreadableError:  # a # that would cut the sentence, which its author is asked about
            assert "#" in sentence
            continue
        graded += 1
        assert made == (
            f"- title: A\n  key_results:\n    - title: {sentence}\n      grade: 0.7\n    - C\n"
        )
    assert graded > 400


@pytest.mark.parametrize(
    ("item", "says"),
    [("{title: B, grade: 0.4}", "people gave"), ("[x] B is done", "is ticked")],
)
def test_what_cannot_have_a_grade_is_told(item: str, says: str) -> None:
    with pytest.raises(CannotEditError, match=says):
        grade_item(item)


def test_an_empty_box_goes_when_a_grade_comes() -> None:
    assert grade_item("[ ] B: is done") == (
        "- title: A\n  key_results:\n    - title: B: is done\n      grade: 0.7\n    - C\n"
    )


def test_what_is_ticked_is_told_and_the_rest_graded(acme: Path) -> None:
    plan = acme / "content/okrs/data/2026-q4.yml"
    (acme / "content/okrs/data/2026-q4.md").unlink()
    before = "objectives:\n- A:\n    - [x] Nights are calm\n    - Late loads from 9 to 1\n"
    plan.write_text(before)
    done = close(acme, "--yes", "--team", "data")
    assert done.returncode == 0, done.stderr
    assert "ticked: write it with title: and the day in done: first" in done.stdout
    assert text(acme, "data/2026-q4.yml").startswith(
        before.replace("- Late loads from 9 to 1\n", "- title: Late loads from 9 to 1\n      grade")
    )
    done = close(acme, "--grade", "nights-are-calm=1.0")
    assert done.returncode == 2
    assert "is ticked" in done.stderr


def test_a_retrospective_that_is_there_stays() -> None:
    data = b"objectives:\n  - A\nretrospective:\n  learned: Much\n"
    made = grade_plan("2026-q4.yml", data, {(0, None): Grade("0.7")}, retrospective=True)
    assert made == (b"objectives:\n  - title: A\n    grade: 0.7\nretrospective:\n  learned: Much\n")
