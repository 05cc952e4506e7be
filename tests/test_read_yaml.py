"""The text of content files → nodes: sentences as typed, YAML where it is meant, mistakes named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from reading import SCHEMAS, plain, read

from okrsite.model import Place
from okrsite.problems import Problem
from okrsite.read import compose, schema
from okrsite.read.bytes_text import decode
from okrsite.read.fields import DATA, TEXT, Fields, sentences
from okrsite.read.front_matter import read_front_matter
from okrsite.read.nodes import Mapping, Node, Pair, Scalar, Sequence
from okrsite.read.skeleton import Skeleton
from okrsite.read.yaml_text import NoLibyaml, compose_or_report, read_nodes

CASES = Path(__file__).parent / "cases" / "yaml"


def cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield pytest.param(case, id=f"{path.stem}: {case['name']}")


@pytest.mark.parametrize("case", list(cases()))
def test_a_file_is_read_like_this(case: dict[str, Any]) -> None:
    nodes, problems = read(case["text"], SCHEMAS[case["schema"]])
    assert nodes == case["nodes"]
    assert problems == case.get("problems", [])


def test_no_message_has_the_parsers_words() -> None:
    theirs = re.compile(r"expected|found character|while (?:scanning|parsing)|token|block mapping")
    for path in CASES.glob("*.yml"):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            for problem in read(case["text"], SCHEMAS[case["schema"]])[1]:
                assert not theirs.search(problem)


# Places


def places(node: Node) -> dict[str, tuple[int, int, int, int]]:
    """Return the places of a tree by what stands at them."""
    place = node.place
    span = (place.line, place.column, place.end_line, place.end_column)
    if isinstance(node, Scalar):
        return {node.text: span}
    found = {type(node).__name__: span}
    children = node.items if isinstance(node, Sequence) else ()
    if isinstance(node, Mapping):
        children = tuple(part for pair in node for part in (pair.key, pair.value))
    for child in children:
        found |= {k: v for k, v in places(child).items() if k not in found}
    return found


def test_places_span_whole_nodes() -> None:
    text = "# x\nobjectives:\n  - title : Make: it  # c\n    tags: [a, 'b c']\n"
    text += "    why: |\n      x\n      yz\n"
    node, _ = read_nodes(text, "f.yml", schema=schema.PLAN)
    assert node is not None
    assert places(node) == {
        "Mapping": (2, 1, 7, 9),
        "objectives": (2, 1, 2, 11),
        "Sequence": (3, 3, 7, 9),
        "title": (3, 5, 3, 10),
        "Make: it": (3, 13, 3, 21),
        "tags": (4, 5, 4, 9),
        "a": (4, 12, 4, 13),
        "b c": (4, 15, 4, 20),
        "why": (5, 5, 5, 8),
        "x\nyz": (5, 10, 7, 9),
    }


def test_places_count_characters_and_stay_with_crlf() -> None:
    text, problems = decode("\ufeff- title: 目标 😀\r\n  owner: é\r\n".encode(), "f.yml")
    assert text is not None
    assert not problems
    node, _ = read_nodes(text, "f.yml", schema=schema.PLAN)
    assert node is not None
    assert places(node)["目标 😀"] == (1, 10, 1, 14)
    assert places(node)["é"] == (2, 10, 2, 11)


def test_the_place_of_nothing_has_no_width() -> None:
    node, _ = read_nodes("objectives:\n", "f.yml", schema=schema.PLAN)
    assert isinstance(node, Mapping)
    assert node.get("objectives") == Scalar("", Place("f.yml", 1, 12, 1, 12))
    assert node.get("health") is None


def test_first_line_moves_every_place() -> None:
    _, problems = read_nodes("- a\n-\n- #1\n", "f.md", schema=schema.PLAN, first_line=5)
    assert [(p.code, p.place.line) for p in problems] == [("OKR-Y010", 6), ("OKR-Y009", 7)]
    assert problems[0].place.path == "f.md"


def test_a_style_is_kept() -> None:
    node, _ = read_nodes("a: x\nb: 'x'\nc: |\n  x\nd: ''\ne:\n", "f", schema=DATA)
    assert isinstance(node, Mapping)
    styles = [pair.value.style for pair in node if isinstance(pair.value, Scalar)]
    assert styles == ["plain", "quoted", "block", "quoted", "plain"]


# What is lost


def flags(node: Node | None) -> list[bool]:
    """Return which mappings of a tree may have lost a key, from the outside in."""
    if isinstance(node, Mapping):
        inside = [flag for pair in node for flag in flags(pair.value)]
        return [node.broken, *inside]
    if isinstance(node, Sequence):
        return [flag for item in node for flag in flags(item)]
    return []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A line that fits nothing may belong to what is before it and to all around it …
        (
            "- title: T\n  key_results:\n    - id: a\n     visibility: x\n- id: b\n",
            [True, True, False],
        ),
        ("- title: T\n  key_results:\n    - id: a\n    visibility: x\n", [True, True]),
        (
            "- title: T\n  key_results:\n    - definition:\n          counts: x\n       owner: y\n",
            [True, True, True],
        ),
        ("- title: T\n  owner: ana\n    visibility: x\n- id: b\n", [True, False]),
        ("- id: a\n  supports: [a,\n    visibility: x\n- id: b\n", [True, False]),
        ("- id: a\n<<<<<<< x\n  visibility: y\n=======\n>>>>>>> z\n- id: b\n", [True, False]),
        ("- id: a\n  title: T\n  title: U\n- id: b\n", [True, False]),
        ("- id: a\n  why: |\n      x\n    visibility: y\n- id: b\n", [True, False]),
        # … one that is broken by itself doesn't.
        ("- title: T\n  key_results:\n    -x\n    - id: b\n", [False, False]),
        ("- id: a\n  why: Be #1\n- id: b\n", [False, False]),
    ],
)
def test_what_may_have_lost_a_key_is_broken(text: str, expected: list[bool]) -> None:
    node, problems = read_nodes(text, "f", schema=schema.PLAN)
    assert problems
    assert flags(node) == expected


def test_all_mistakes_come_in_one_run() -> None:
    mistakes = ["Be #1", "", "“Wow”", '"open', "[x]", "- two", "a\x07b", '"\\d"', "&lone", "*lone"]
    text = "- title: T\n  key_results:\n" + "".join(f"    - {x}\n    - ok\n" for x in mistakes)
    nodes, problems = read(text)
    assert nodes == [{"title": "T", "key_results": ["<broken>", "ok"] * len(mistakes)}]
    lines = [problem.split()[1].split(":")[0] for problem in problems]
    assert lines == [str(3 + 2 * n) for n in range(len(mistakes))]


# Bytes


def codes(problems: list[Problem]) -> list[tuple[str, int, int]]:
    return [(p.code, p.place.line, p.place.column) for p in problems]


def test_latin_1_is_no_utf_8_and_the_rest_is_read() -> None:
    text, problems = decode(
        "- Grüße an alle\n- ok\n- ß wie Spaß, aber nicht ganz\n".encode("latin-1"), "f"
    )
    assert codes(problems) == [("OKR-F007", 1, 5)]
    assert "'ü'" in problems[0].message
    assert text is not None
    node, problems = read_nodes(text, "f", schema=schema.PLAN)
    assert plain(node) == ["<broken>", "ok", "<broken>"]
    assert codes(problems) == [
        ("OKR-Y020", 1, 5),
        ("OKR-Y020", 1, 6),
        ("OKR-Y020", 3, 3),
        ("OKR-Y020", 3, 12),
    ]


@pytest.mark.parametrize(
    "data",
    [
        "- a\n".encode("utf-16"),
        "- a\n".encode("utf-16-le"),
        bytes(range(128, 256)),
        b"\x00" * 100,
        b"\x01" * 2000,
        b"\xed\xa0\x80",
    ],
)
def test_what_is_no_text_at_all_is_refused(data: bytes) -> None:
    text, problems = decode(data, "f")
    assert text is None
    assert problems[-1].code == "OKR-F007"


def test_a_control_character_is_reported_by_both_in_the_same_words() -> None:
    text, problems = decode(b"- a\x00b\n- c\n", "f")
    assert codes(problems) == [("OKR-Y020", 1, 4)]
    assert text is not None
    node, again = read_nodes(text, "f", schema=schema.PLAN)
    assert again == problems
    assert plain(node) == ["<broken>", "c"]


def test_a_mebibyte_is_the_limit() -> None:
    assert decode(b"#" * (1 << 20), "f") == ("#" * (1 << 20), [])
    text, problems = decode(b"#" * ((1 << 20) + 1), "f")
    assert text is None
    assert codes(problems) == [("OKR-Y008", 1, 1)]


# Front matter

TEAM = "---\ntitle: Platform\nlead: ana\n---\nProse.\n"


def test_front_matter_and_prose_come_apart() -> None:
    node, prose, line, problems = read_front_matter(TEAM, "team.md", schema.TEAM)
    assert plain(node) == {"title": "Platform", "lead": "ana"}
    assert (prose, line, problems) == ("Prose.\n", 5, [])


@pytest.mark.parametrize(
    ("text", "prose", "line"),
    [
        ("Just prose.\n", "Just prose.\n", 1),
        ("", "", 1),
        ("A rule:\n\n---\n\nmore", "A rule:\n\n---\n\nmore", 1),
        ("\ufeff---\r\n---\r\nProse", "Prose", 3),
        ("---\n---", "", 3),
        ("\n---\n# nothing\n---  \nProse", "Prose", 5),
    ],
)
def test_without_fields_there_is_only_prose(text: str, prose: str, line: int) -> None:
    assert read_front_matter(text, "team.md", schema.TEAM) == (None, prose, line, [])


@pytest.mark.parametrize(
    ("text", "place", "mend"),
    [
        ("---\ntitle: P\n\nProse\n", (1, 1), "write --- on a line of its own below the last field"),
        ("---\ntitle: P\n----\nProse\n", (1, 1), "write --- in line 3, which is '----'"),
        ("title: P\n---\nProse\n", (1, 1), "write --- on a line of its own above it"),
        ("\n–--\ntitle: P\n---\nProse\n", (2, 1), "write --- : three hyphens"),
    ],
)
def test_front_matter_without_its_lines(text: str, place: tuple[int, int], mend: str) -> None:
    node, prose, _, problems = read_front_matter(text, "team.md", schema.TEAM)
    assert (node, prose) == (None, "")
    assert codes(problems) == [("OKR-Y017", *place)]
    assert problems[0].mend.startswith(mend)


def test_mistakes_in_fields_and_in_prose_have_their_lines() -> None:
    text = TEAM.replace("ana", "*ana").replace(
        "Prose.", "a\x07b\n<<<<<<< x\nc\n=======\nd\n>>>>>>> y\ne"
    )
    _, prose, line, problems = read_front_matter(text, "team.md", schema.TEAM)
    assert codes(problems) == [("OKR-Y003", 3, 7), ("OKR-Y020", 5, 2), ("OKR-Y006", 6, 1)]
    assert [there.line for there, _ in problems[2].also] == [7, 9]
    assert (prose, line) == ("a\ufffdb\n\n\n\n\ne\n", 5)


def test_a_rule_of_equal_signs_in_prose_is_a_heading() -> None:
    text = TEAM + "Heading\n=======\n\n***\n"
    assert read_front_matter(text, "team.md", schema.TEAM)[3] == []


# Limits


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(" " * n + "a:" for n in range(30)),
        "\n".join(" " * n + "- a:" for n in range(0, 60, 2)),
        "a: " + "[" * 30 + "]" * 30,
        "".join("{a: " for _ in range(30)),
        "- a\n" * 100_001,
        "a: [" + "a," * 100_001 + "]",
        "- ''\n" * 100_001,
        "a:\n" * 50_001 + "- #1\n" * 1_100,
    ],
)
def test_a_file_has_limits(text: str) -> None:
    node, problems = read_nodes(text, "f", schema=DATA)
    assert node is None
    assert "OKR-Y008" in {problem.code for problem in problems}


def test_levels_of_both_kinds_add_up() -> None:
    text = "\n".join(" " * n + "a:" for n in range(15)) + " [[[[[[[[]]]]]]]]"
    _, problems = read_nodes(text, "f", schema=DATA)
    assert codes(problems) == [("OKR-Y008", 15, 1)]


def test_what_libyaml_finds_elsewhere_is_refused() -> None:
    # Nothing known brings this about; it is the net below a mistake of our own.
    skeleton = Skeleton("f", ["- a"])
    skeleton.out = ["- x"]
    skeleton.typed = {(0, 2): Scalar("a", Place("f")), (0, 3): Scalar("b", Place("f"))}
    assert compose_or_report(skeleton) is None
    assert codes(skeleton.problems) == [("OKR-Y001", 1, 1)]


def test_twenty_levels_are_fine() -> None:
    text = "\n".join(" " * n + "a:" for n in range(19)) + " x"
    assert read_nodes(text, "f", schema=DATA)[1] == []


def test_without_libyaml_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(compose.yaml, "CBaseLoader")
    with pytest.raises(NoLibyaml, match="libyaml"):
        read_nodes("- a\n", "f", schema=schema.PLAN)


# Fields


def test_below_a_title_stand_its_list_or_its_fields() -> None:
    item = Fields(text=True, keys={"owner": TEXT}, others=sentences())
    assert item.below("owner") is TEXT
    assert item.below("A title").items is TEXT
    assert set(item.below("A title").keys) == {"owner"}
    assert Fields().below("x") is DATA
    assert TEXT.item is TEXT


def test_pairs_can_be_iterated_in_order() -> None:
    node, _ = read_nodes("b: 1\na: 2\n", "f", schema=DATA)
    assert isinstance(node, Mapping)
    assert [pair.key.text for pair in node] == ["b", "a"]
    assert all(isinstance(pair, Pair) for pair in node)
