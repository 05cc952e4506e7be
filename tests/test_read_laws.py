"""What people really type: read as typed, or refused with a place and a mend; never misread.

Corpora stand beside the repository, where they are at hand; tests that need one say so.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from reading import SCHEMAS, plain

from okrsite.problems import Problem
from okrsite.read import schema
from okrsite.read.fields import DATA
from okrsite.read.nodes import Mapping, Node, Scalar
from okrsite.read.yaml_text import read_nodes

DATA_FOLDER = Path(__file__).parents[2] / "shared" / "data"


def as_item(text: str) -> tuple[Node, list[Problem]]:
    """Return a text read as a key result between two others."""
    whole = f"objectives:\n  - title: T\n    key_results:\n      - {text}\n      - next\n"
    node, problems = read_nodes(whole, "f", schema=schema.PLAN)
    items = plain(node)["objectives"][0]["key_results"]
    assert items[1:] == ["next"], "what stands beside it is read"
    found = node.get("objectives").items[0].get("key_results").items[0]  # type: ignore[union-attr]
    return found, problems


def as_title(text: str) -> tuple[Node, list[Problem]]:
    """Return a text read as a title."""
    whole = f"objectives:\n  - title: {text}\n    owner: ana\n"
    node, problems = read_nodes(whole, "f", schema=schema.PLAN)
    assert plain(node)["objectives"][0].get("owner") == "ana", "what stands beside it is read"
    found = node.get("objectives").items[0].get("title")  # type: ignore[union-attr]
    return found, problems


BOX = re.compile(r"\[[ xX]\](?:\s+|$)")
COMMENT = re.compile(r"(?:^|\s)#(?:\s.*)?$")


def is_as_typed(node: Node, text: str, boxes: bool) -> bool:
    """Tell whether a node is the text that was typed, quotes and a comment apart."""
    typed = BOX.sub("", text) if boxes else text
    typed = COMMENT.sub("", typed).strip()
    if isinstance(node, Mapping):  # `{title: X}` or `owner: X` are YAML, and meant
        return typed.startswith("{") or any(
            pair.key.text in schema.KEY_RESULT.keys for pair in node
        )
    if not isinstance(node, Scalar):
        return False
    return node.text == typed or (node.style == "quoted" and typed[0] == typed[-1])


LINE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]),
    min_size=1,
    max_size=40,
)
SIGNS = st.text(st.sampled_from("-:#'\"[]{}|>&*!?%@`,. xab1\\"), min_size=1, max_size=12)


@settings(max_examples=300, deadline=None)
@given(LINE | SIGNS)
@example("Be #1")
@example("title: x: y")
@example("- a")
@example("x:")
def test_a_line_is_read_as_typed_or_refused(text: str) -> None:
    assume(text.strip())
    for reader, boxes in ((as_item, True), (as_title, False)):
        node, problems = reader(text)
        if problems:
            assert all(problem.mend for problem in problems)
            assert all(problem.place.line in (2, 4) for problem in problems)
        else:
            assert is_as_typed(node, text, boxes), plain(node)


_PIECES = (
    "- ~-~title: ~key_results:~owner: ~  ~    ~\n~\n  ~\n- ~\n    - ~a~b c~: ~:~#~# x~\"~'~[~]~{~}"
    "~, ~|"
    "~>~>-~\t~\u00a0~&a~*b~!t~? ~%~@~`~\\~---~\n---\n~...~<<: ~<<<<<<< a\n~=======\n~>>>>>>> b\n"
    "~：~“~”~[x] ~\x01"
)
PIECES = st.lists(st.sampled_from(_PIECES.split("~")), max_size=25).map("".join)


@settings(max_examples=300, deadline=None)
@given(PIECES)
def test_any_structure_gives_nodes_or_problems_with_places(text: str) -> None:
    lines = text.split("\n")
    for fields in SCHEMAS.values():
        node, problems = read_nodes(text, "f", schema=fields)
        for problem in problems:
            assert 1 <= problem.place.line <= len(lines)
            assert problem.place.column >= 1
        if not problems and node is not None:
            assert "<broken>" not in json.dumps(plain(node)), "nothing is lost in silence"


def normal(value: Any) -> Any:
    """Return what YAML made of a file without its styles."""
    if isinstance(value, dict):
        return {normal(key): normal(item) for key, item in value.items()}
    if isinstance(value, list):
        return [normal(item) for item in value]
    return " ".join(value.split()) if isinstance(value, str) else ""


@settings(max_examples=300, deadline=None)
@given(PIECES)
def test_where_yaml_and_we_both_read_a_file_we_agree(text: str) -> None:
    # A no-break space after a colon is a space to us, as to the eye, and a letter to YAML.
    assume(":\N{NO-BREAK SPACE}" not in text)
    node, problems = read_nodes(text, "f", schema=DATA)
    if problems or node is None:
        return
    try:
        theirs = yaml.load(text, yaml.CBaseLoader)  # noqa: S506 (it builds texts only)
    except yaml.YAMLError:
        return
    assert normal(plain(node)) == normal(theirs)


def corpus(name: str) -> Path:
    path = DATA_FOLDER / name
    if not path.exists():
        pytest.skip(f"the corpus {name} is not here")
    return path


def agrees(json_value: Any, nodes: Any) -> bool:
    """Tell whether nodes, whose scalars are text, say the same as JSON."""
    if isinstance(json_value, dict):
        return (
            isinstance(nodes, dict)
            and set(json_value) == set(nodes)
            and all(agrees(json_value[key], nodes[key]) for key in nodes)
        )
    if isinstance(json_value, list):
        return (
            isinstance(nodes, list)
            and len(json_value) == len(nodes)
            and all(map(agrees, json_value, nodes))
        )
    if not isinstance(nodes, str):
        return False
    if isinstance(json_value, str):
        return json_value.strip() == nodes.strip()
    if json_value is None or isinstance(json_value, bool):
        return (
            nodes.casefold()
            in {None: ("", "null", "~"), True: ("true",), False: ("false",)}[json_value]
        )
    return float(int(nodes, 16) if nodes.startswith("0x") else nodes) == json_value


EXCLUDED = {
    "OKR-Y002": "duplicate keys",
    "OKR-Y003": "anchors and aliases",
    "OKR-Y004": "tags",
    "OKR-Y005": "several documents",
    "OKR-Y007": "tabs",
}


def test_the_yaml_test_suite(capsys: pytest.CaptureFixture[str]) -> None:
    agreed, refused, ours = 0, [], 0
    for case in json.loads(corpus("corpora/yaml-test-suite.json").read_text(encoding="utf-8")):
        node, problems = read_nodes(case["yaml"], "f", schema=DATA)
        assert all(problem.place.line >= 1 for problem in problems)
        if case["error"] or case["json"] is None:
            continue
        try:
            expected = json.loads(case["json"])
        except ValueError:  # several documents
            continue
        if problems:
            if any(problem.code in EXCLUDED for problem in problems):
                ours += 1
            else:
                refused.append(case["id"])
        elif case["yaml"].strip():
            assert agrees(expected, plain(node)), case["id"]
            agreed += 1
    share = agreed / (agreed + len(refused))
    with capsys.disabled():
        print(
            f"\nYAML test suite: {agreed} agree, {len(refused)} refused with a place ({share:.0%} "
        )
        print(f"of what is not excluded), {ours} use what the format excludes, none differs")
    assert share > 0.6


def real_sentences() -> list[str]:
    """Return the list items of real OKRs, as their authors wrote them."""
    folder = corpus("real-okrs")
    found: list[str] = []
    for path in sorted(folder.rglob("*.md")):
        if path.name.lower() in {"index.md", "sourced-okr-methodology.md"}:
            continue  # about OKRs, none themselves
        for line in path.read_text(encoding="utf-8").splitlines():
            item = re.match(r"\s*(?:[-*+]|\d+[.)])\s+(.*\S)", line)
            found += [item.group(1)] if item else []
    for path in sorted(folder.rglob("okrs/**/*.json")):
        for objective in json.loads(path.read_text(encoding="utf-8"))["objectives"]:
            found += [objective["name"], *(result["name"] for result in objective["key_results"])]
    return [text.strip() for text in found if text.strip()]


@pytest.mark.parametrize(("reader", "boxes"), [(as_item, True), (as_title, False)])
def test_real_key_results_come_back_as_typed(
    reader: Any, boxes: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = real_sentences()
    refused = 0
    for text in texts:
        node, problems = reader(text)
        if problems:
            refused += 1
            assert {problem.code for problem in problems} == {"OKR-Y009"}, text
            assert problems[0].mend.startswith("write "), text
            continue
        assert isinstance(node, Scalar)
        box = BOX.match(text) if boxes else None
        assert node.text == (text[box.end() :] if box else text)
        assert node.checked == (box.group().strip() != "[ ]" if box else None)
    with capsys.disabled():
        where = "- …" if boxes else "title: …"
        print(f"\n{len(texts)} real sentences as `{where}`: none misread, {refused} refused")
    assert refused < len(texts) / 50


def naughty() -> list[str]:
    strings = json.loads(corpus("corpora/blns/blns.json").read_text(encoding="utf-8"))
    payloads = corpus("corpora/payloadbox-xss/Intruder/xss-payload-list.txt")
    return [*strings, *payloads.read_text(encoding="utf-8", errors="replace").splitlines()]


def test_naughty_strings_are_text_as_typed_or_refused(capsys: pytest.CaptureFixture[str]) -> None:
    texts = [text for text in naughty() if text.strip() and "\n" not in text and "\r" not in text]
    refused = 0
    for text in texts:
        for reader, boxes in ((as_item, True), (as_title, False)):
            node, problems = reader(text)
            refused += bool(problems)
            assert problems or is_as_typed(node, text, boxes), text
    with capsys.disabled():
        print(f"\n{len(texts)} naughty strings, twice: none misread, {refused} refused")
    assert refused < len(texts)
