"""Problems print as the goldens say, and nothing of what they quote is obeyed by anybody."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from okrsite.model import Place
from okrsite.problems import (
    CODES,
    FORGE_FORMATS,
    FORMATS,
    Problem,
    by_place,
    format_problems,
    guide_link,
    nearest,
    neutral,
    neutral_markdown,
    summarise_problems,
)

CASES = yaml.safe_load(
    Path(__file__).with_name("cases").joinpath("problem_formats.yml").read_text()
)
GUIDE = "https://guide.example/"


def place(written: list[Any]) -> Place:
    return Place(*written)


def problem(case: dict[str, Any]) -> Problem:
    also = tuple((place(at), words) for at, words in case.get("also", []))
    return Problem(
        code=case["code"],
        place=place(case["place"]),
        message=case["message"],
        mend=case.get("mend", ""),
        hint=case.get("hint", ""),
        also=also,
    )


def printed(case: dict[str, Any], format: str, **options: Any) -> str:
    problems = [problem(item) for item in case["problems"]]
    options = {"root": case.get("root", ""), "guide": GUIDE} | options
    return format_problems(problems, format, case.get("sources", {}), **options)


@pytest.mark.parametrize("format", ["text", "concise", "github"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_prints_as_the_golden_says(case: dict[str, Any], format: str) -> None:
    assert printed(case, format) == case[format].removesuffix("\n")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_json_says_exactly_what_was_found(case: dict[str, Any]) -> None:
    document = json.loads(printed(case, "json"))
    expected = [problem(item) for item in case["problems"]]
    assert [row["message"] for row in document["problems"]] == [
        each.message for each in by_place(expected)
    ]
    if "json" in case:
        assert document == case["json"]


@pytest.mark.parametrize("format", ["gitlab", "sarif"])
@pytest.mark.parametrize("case", CASES[:2], ids=lambda case: case["name"])
def test_reports_for_forges_are_as_the_golden_says(case: dict[str, Any], format: str) -> None:
    assert json.loads(printed(case, format)) == case[format]


def test_a_fingerprint_outlives_a_moved_line_and_tells_repetitions_apart() -> None:
    def marks(*lines: int) -> list[str]:
        found = [Problem("OKR-R002", Place("a.yml", line), "m", "d") for line in lines]
        return [row["fingerprint"] for row in json.loads(format_problems(found, "gitlab", {}))]

    assert marks(3, 9) == marks(4, 12)
    assert len(set(marks(3, 9))) == 2


def test_json_has_the_documented_keys_and_no_others() -> None:
    found = Problem("OKR-R003", Place("a.yml", 2), "m", "d", also=((Place("b.yml", 1), "w"),))
    document = json.loads(format_problems([found], "json", {}))
    assert list(document) == ["problems", "errors", "warnings", "advice"]
    span = ["path", "line", "column", "end_line", "end_column"]
    (row,) = document["problems"]
    assert list(row) == ["code", "severity", *span, "message", "mend", "read", "also"]
    assert list(row["also"][0]) == [*span, "message"]


def test_every_code_prints_in_every_format_with_its_link() -> None:
    for code in CODES:
        found = [Problem(code, Place("a.yml", 1, 1, 1, 2), "message", "mend")]
        for format in FORMATS:
            text = format_problems(found, format, {"a.yml": "x"}, guide=GUIDE)
            assert code in text
            assert (guide_link(code, GUIDE) in text) == (format not in {"concise", "gitlab"})


def test_colour_comes_only_when_asked_for_and_changes_no_letter() -> None:
    for case in CASES:
        plain, coloured = printed(case, "text"), printed(case, "text", colour=True)
        assert "\x1b" not in plain
        assert "\x1b[" in coloured
        assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_nothing_found_is_said() -> None:
    assert format_problems([], "text", {}) == "no problems"
    assert format_problems([], "concise", {}) == ""
    assert format_problems([], "github", {}) == ""
    assert json.loads(format_problems([], "json", {})) == {
        "problems": [],
        "errors": 0,
        "warnings": 0,
        "advice": 0,
    }


def test_only_forges_get_the_paths_of_the_repository() -> None:
    found = [Problem("OKR-R002", Place("a.yml", 1, 1, 1, 2), "message", "mend")]
    for format in FORMATS:
        text = format_problems(found, format, {"a.yml": "x"}, root="content/okrs")
        assert ("content/okrs/a.yml" in text) == (format in FORGE_FORMATS)


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="text, concise, json, github, gitlab, sarif"):
        format_problems([], "xml", {})


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(KeyError):
        Problem("OKR-X999", Place("a.yml"), "message", "mend")


@pytest.mark.parametrize(
    ("codes", "summary"),
    [
        (["OKR-R002"], "1 error in 1 file"),
        (["OKR-R002", "OKR-R003", "OKR-R005"], "2 errors, 1 warning in 1 file"),
        (["OKR-I004"], "1 piece of advice in 1 file"),
        (["OKR-I004", "OKR-R002"], "1 error, 1 piece of advice in 1 file"),
    ],
)
def test_summary_counts_in_words(codes: list[str], summary: str) -> None:
    found = [Problem(code, Place("a.yml"), "message", "mend") for code in codes]
    assert summarise_problems(found) == summary


def test_by_place_sorts_lines_as_numbers_and_drops_repetition() -> None:
    second = Problem("OKR-R002", Place("a.yml", 10), "m", "d")
    first = Problem("OKR-R002", Place("a.yml", 9), "m", "d")
    assert by_place([second, first, second]) == [first, second]


def test_nearest_finds_another_case_first_and_strangers_never() -> None:
    assert nearest("Reliable", ["relabel", "reliable"])[0] == "reliable"
    assert nearest("relaible", ["reliable", "growth"]) == ["reliable"]
    assert nearest("zzz", ["reliable", "growth"]) == []


# ---------------------------------------------------------------- neutralising

NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            list("\x00\x07\x08\x1b\x7f\x85\x9b\x9d\u200b\u200e\u202a\u202e\u2066\u2069\u2028\ufeff")
            + list(":#[]@`<>\r\n\t")
        ),
    )
)
COMMANDS = re.compile(r"::|##[A-Za-z]*\[")


def dangerous(text: str) -> list[str]:
    """Return the characters of a line that a terminal obeys or that hide themselves."""
    kept = {"\u200c", "\u200d"}
    bad = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return [c for c in text if unicodedata.category(c) in bad and c not in kept]


@given(NASTY)
@example("\x1b]8;;https://evil.example\x07click\x1b]8;;\x07")
@example("::::error::x")
@example("###[group]####[x]##vso[task.setvariable]##teamcity[x]")
@example("\u009b31m")
def test_neutral_text_is_one_harmless_line(text: str) -> None:
    shown = neutral(text)
    assert not dangerous(shown)
    assert not COMMANDS.search(shown)
    assert len(shown.splitlines()) <= 1
    shown.encode("utf-8")


@given(st.text(st.characters(categories=["L", "N", "Mn", "Zs", "So", "Sc"], codec="utf-8")))
def test_neutral_leaves_ordinary_writing_alone(text: str) -> None:
    assert neutral(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("p95: 900 ms # fine ## too", "p95: 900 ms # fine ## too"),
        ("从 62% 提升到 78%", "从 62% 提升到 78%"),
        ("👩\u200d💻 می\u200cخواهم", "👩\u200d💻 می\u200cخواهم"),
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("a\u202eb", r"a\u202eb"),
        ("a\U000e0041b", r"a\U000e0041b"),
        ("a\udcffb", r"a\udcffb"),
        ("a\r\nb\tc", r"a\r\nb\tc"),
        ("::error::", r":\x3aerror:\x3a"),
        ("##[group]", r"#\x23[group]"),
        ("##vso[x]", r"#\x23vso[x]"),
    ],
)
def test_neutral_shows_what_it_found(text: str, shown: str) -> None:
    assert neutral(text) == shown


@given(NASTY)
@example("@ana @[group] #12 GH-12 !7 /close")
def test_neutral_markdown_mentions_nobody_and_marks_nothing_up(text: str) -> None:
    shown = neutral_markdown(text)
    assert "\n" not in shown
    assert not shown.startswith("/")
    assert not re.search(r"[@#!%~&$][\w\"\[]", shown.replace("\\", ""))
    assert not re.search(r"(?<!\\)(\\\\)*[`*_<>\[\]|]", shown)


def test_neutral_markdown_reads_as_it_was_written() -> None:
    assert neutral_markdown("@ana: *now* 3 < 4") == "@\u200bana: \\*now\\* 3 \\< 4"
    assert neutral_markdown("/close GH-12") == "\\/close GH\u200b\\-12"


SPAN = st.tuples(*[st.integers(1, 30)] * 4)


@given(NASTY, NASTY, NASTY, NASTY, NASTY, SPAN)
@example("a", "::error::x", "m", "h", "##[group]x\n::set-env", (1, 1, 1, 3))
@example("a:", "m", "\n::error", "h", "text", (2, 1, 2, 3))
def test_no_format_lets_content_through_raw(
    path: str, message: str, mend: str, hint: str, source: str, span: tuple[int, int, int, int]
) -> None:
    at = Place(path, *span)
    found = [Problem("OKR-R003", at, message, mend, hint, ((at, hint),))]
    for format in FORMATS:
        shown = format_problems(found, format, {path: source}, root="okrs", guide=GUIDE)
        for line in shown.split("\n"):
            own = re.sub(r"^::error file=[^:]*::", "", line) if format == "github" else line
            assert not dangerous(own), format
            assert not COMMANDS.search(own), format
        shown.encode("utf-8")


@given(NASTY, NASTY)
def test_json_gives_back_every_character(message: str, mend: str) -> None:
    found = [Problem("OKR-R002", Place("a.yml"), message, mend)]
    (row,) = json.loads(format_problems(found, "json", {}))["problems"]
    assert (row["message"], row["mend"]) == (message, mend)


@given(st.text(st.sampled_from("ab 中\t\u0301，x"), max_size=400), SPAN)
def test_carets_stand_inside_a_line_of_bounded_width(
    line: str, span: tuple[int, int, int, int]
) -> None:
    _, column, _, end = span
    found = [Problem("OKR-R002", Place("a.yml", 2, column, 2, end), "m", "d")]
    shown = format_problems(found, "text", {"a.yml": f"first\n{line}\n"}).split("\n")
    source, carets = shown[2].removeprefix("2 │"), shown[3].removeprefix("  │")
    assert carets.strip(" ")
    assert set(carets) <= {" ", "^"}
    assert len(source) <= 103
    assert len(carets) <= 140


def test_a_very_long_line_is_cut_and_quick() -> None:
    source = "x" * 500_000 + "here" + "y" * 500_000
    found = [Problem("OKR-R002", Place("a.yml", 1, 500_001, 1, 500_005), "m", "d")]
    _, _, line, carets, *_ = format_problems(found, "text", {"a.yml": source}).split("\n")
    assert line.startswith("1 │ …x")
    assert line.endswith("y…")
    assert line.index("here") == carets.index("^^^^")
