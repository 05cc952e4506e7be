"""Editing changes what was meant and nothing else, whatever the file looks like."""

from pathlib import Path

import pytest
from command import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsite.edit import (
    CannotEditError,
    CannotSaveError,
    Said,
    UnreadableError,
    edit_check_in,
    save_files,
)
from okrsite.edit.change import extend, give_fields, put
from okrsite.edit.page import Page, data_of, read_page
from okrsite.edit.writing import write_flow, write_pair, write_text
from okrsite.read import schema

DEMO = ROOT / "content" / "okrs"
CHECK_INS = sorted(DEMO.rglob("checkins/*.yml"))[::5]
PATH = "checkins/2026-11-16.yml"


def page(text: str, path: str = PATH) -> Page:
    fields = schema.CHECK_IN if "checkins" in path else schema.PLAN
    return read_page(path, text.encode(), fields)


def is_kept(before: str, after: str) -> bool:
    """Tell whether all lines of a text stand in another, in their order."""
    lines = iter(after.splitlines())
    return all(line in lines for line in before.splitlines())


# Texts as they come: of any script, with all that means something to YAML.
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" -:#&*!|>'\"%@`[]{},")),
    st.sampled_from(
        [
            *("n/a", "no", "12:30", "010", "- a", "a: b", "a #b", "#1", "> 80%", ">= 4", "[P0] x"),
            *(
                "[x] done",
                "*Big* win",
                "@ana",
                "%",
                "`code`",
                "“Wow”",
                "目标：40",
                "1. first",
                "• a",
            ),
            *("a\nb", "a\n\n- b: c", "'it''s'", 'say "no" \\ more', "{a: b}", "---", "...", "?"),
        ]
    ),
).map(str.strip)


@settings(deadline=None)
@given(TEXTS.filter(bool))
def test_any_text_is_read_as_it_was_meant(text: str) -> None:
    try:
        lines = write_pair("note", text, 0)
    except CannotEditError:
        assert not text.isprintable()
        return
    assert data_of(page("\n".join(lines)).node) == {"note": text}


@settings(deadline=None)
@given(st.lists(TEXTS.filter(lambda text: bool(text) and text.isprintable()), min_size=1))
def test_any_list_is_read_as_it_was_meant(texts: list[str]) -> None:
    made = extend(page("wins:\n  - The first\n"), ("wins",), list(texts))
    assert data_of(made.node) == {"wins": ["The first", *texts]}
    assert made.text.startswith("wins:\n  - The first\n")


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_any_printable_text_stands_in_brackets(text: str) -> None:
    node = page(f"key_results:\n  a: {write_flow({'note': text})}\n").node
    assert data_of(node) == {"key_results": {"a": {"note": text}}}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("720 ms", "720 ms"),
        ("-9%", "-9%"),
        ("€181", "€181"),
        ("5.8 天", "5.8 天"),
        ("P1 Move the batch", "P1 Move the batch"),
        ("Take on more: add one", '"Take on more: add one"'),
        ("Be #1", '"Be #1"'),
        ('Say "no": #1', "'Say \"no\": #1'"),
        (">= 4", '">= 4"'),
    ],
)
def test_quotes_stand_only_where_they_must(text: str, written: str) -> None:
    assert write_text(text) == written


def test_what_no_file_can_hold_is_refused() -> None:
    with pytest.raises(CannotEditError, match="no file can hold"):
        write_text("a\x1bb")


@pytest.mark.parametrize("file", CHECK_INS, ids=lambda file: str(file.relative_to(DEMO)))
def test_a_check_in_keeps_every_byte_that_is_not_meant(file: Path) -> None:
    before = file.read_bytes()
    said = Said(
        key_results={"new/one": {"value": "5"}, "new/two": {"value": "1", "note": "a: #b"}},
        health={"new": "4"},
        wins=["A win: of all"],
        note="",
    )
    after = edit_check_in(PATH, before, said)
    assert is_kept(before.decode(), after.decode())
    whole = data_of(read_page(PATH, after, schema.CHECK_IN).node)
    old = data_of(read_page(PATH, before, schema.CHECK_IN).node)
    assert isinstance(whole, dict)
    assert isinstance(old, dict)
    assert whole["key_results"] == {
        **dict(old.get("key_results", {})),  # type: ignore[arg-type]
        "new/one": "5",
        "new/two": {"value": "1", "note": "a: #b"},
    }
    assert {key: whole[key] for key in old if key not in ("key_results", "health", "wins")} == {
        key: old[key] for key in old if key not in ("key_results", "health", "wins")
    }


def test_comments_line_ends_and_the_mark_at_the_start_stay() -> None:
    before = (
        "\ufeff# of Monday\r\nkey_results:\r\n  # by hand\r\n  trust/sev1: 2   # counted twice\r\n"
        "\r\n  trust/latency:  # from the board\r\n    value: 720 ms\r\n# the end"
    ).encode()
    said = Said(key_results={"trust/sev1": {"value": "3"}, "trust/latency": {"confidence": "5"}})
    assert edit_check_in(PATH, before, said).decode() == (
        "\ufeff# of Monday\r\nkey_results:\r\n  # by hand\r\n  trust/sev1: 3   # counted twice\r\n"
        "\r\n  trust/latency:  # from the board\r\n    value: 720 ms\r\n    confidence: 5\r\n# the end"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "key_results:\n  a: 3\n"),
        ("# nothing yet", "# nothing yet\nkey_results:\n  a: 3\n"),
        ("wins:\n  - b\n", "key_results:\n  a: 3\nwins:\n  - b\n"),
        ("by: bo\nwins: b\n", "by: bo\nkey_results:\n  a: 3\nwins: b\n"),
        ("key_results:\n  b: 1\n", "key_results:\n  b: 1\n  a: 3\n"),
        ("key_results:\n    b: 1", "key_results:\n    b: 1\n    a: 3"),
        ("key_results: {b: 1}\n", "key_results: {b: 1, a: 3}\n"),
        ("key_results: {a: 1, b: 2}\n", "key_results: {a: 3, b: 2}\n"),
        ("key_results:\n  a:\n  b: 1\n", "key_results:\n  a: 3\n  b: 1\n"),
        ("key_results:\n  a: n/a\n", "key_results:\n  a: 3\n"),
        ("key_results:\n  'a': 1\n", "key_results:\n  'a': 3\n"),
        ("key_results:\n  a: {value: 1, note: x}\n", "key_results:\n  a: {value: 3, note: x}\n"),
        (
            "key_results:\n  a:\n    note: |\n      one\n\n      two\n",
            "key_results:\n  a:\n    note: |\n      one\n\n      two\n    value: 3\n",
        ),
    ],
)
def test_a_value_is_put_where_it_belongs(before: str, after: str) -> None:
    said = Said(key_results={"a": {"value": "3"}})
    assert edit_check_in(PATH, before.encode(), said).decode() == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "wins:\n  - c\n"),
        ("wins: b\n", "wins:\n  - b\n  - c\n"),
        ("wins: []\n", "wins:\n  - c\n"),
        ("wins: [b]\nnote: x\n", "wins: [b, c]\nnote: x\n"),
        ("wins:\n- b\n# end\n", "wins:\n- b\n- c\n# end\n"),
        ("wins:\n  - c\n", "wins:\n  - c\n"),
    ],
)
def test_a_list_is_made_longer(before: str, after: str) -> None:
    assert edit_check_in(PATH, before.encode(), Said(wins=["c"])).decode() == after


def test_a_second_note_of_the_week_stands_below_the_first() -> None:
    made = edit_check_in(PATH, b"note: One\nwins:\n  - b\n", Said(note="Two"))
    assert made.decode() == "note: |\n  One\n  Two\nwins:\n  - b\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- [P0] 80% of: c", "- title: [P0] 80% of: c"),
        ("- *Big* win   # why", "- title: *Big* win   # why"),
        ("- Make it: [a, b]", "- title: Make it: [a, b]"),
        ('- "Quoted: yes"', '- title: "Quoted: yes"'),
        ("- Over two\n  lines", "- title: Over two lines"),
        ("- [One, Two]", "- title: [One, Two]"),
        ("- [ ]  To do: this # why", "- title: To do: this # why"),
        ("- Make it:\n    - 1 to 2", "- title: Make it\n  key_results:\n    - 1 to 2"),
        ("- O1: Make it:\n  - 1 to 2", "- title: O1: Make it\n  key_results:\n  - 1 to 2"),
    ],
)
def test_a_sentence_gets_fields(before: str, after: str) -> None:
    assert give_fields(page(before, "2026-q4.yml"), (0,), "key_results").text == after


def test_a_sentence_in_brackets_gets_fields_in_braces() -> None:
    before = page("objectives: [One, Two]", "2026-q4.yml")
    made = give_fields(before, ("objectives", 0))
    made = put(made, ("objectives", 0, "grade"), "0.7")
    assert made.text == "objectives: [{title: One, grade: 0.7}, Two]"


@pytest.mark.parametrize(
    ("text", "why"),
    [("- [x] Done so far", "is ticked"), ("- {a: b, c: d}", "cannot be given fields")],
)
def test_what_cannot_have_fields_is_refused(text: str, why: str) -> None:
    with pytest.raises(CannotEditError, match=why):
        give_fields(page(text, "2026-q4.yml"), (0,), "key_results")


@pytest.mark.parametrize(
    "text",
    ["key_results:\n  a: 1\n  a: 2\n", "key_results:\n\ta: 1\n b: 2\n", "a: [\n", "\xff\xfe"],
)
def test_a_file_with_mistakes_is_left_alone(text: str) -> None:
    with pytest.raises(UnreadableError):
        edit_check_in(PATH, text.encode("latin-1"), Said(key_results={"a": {"value": "3"}}))


@pytest.mark.parametrize("text", ["just words\n", "- a\n- b\n"])
def test_a_file_of_another_shape_is_left_alone(text: str) -> None:
    with pytest.raises((CannotEditError, UnreadableError)):
        edit_check_in(PATH, text.encode(), Said(key_results={"a": {"value": "3"}}))


def test_a_change_that_says_something_else_is_never_made(monkeypatch: pytest.MonkeyPatch) -> None:
    # A writer with a fault: what it writes is read as two keys.
    monkeypatch.setattr(
        "okrsite.edit.change.write_pair",
        lambda key, value, indent: [f"{' ' * indent}{key}: {value}", f"{' ' * indent}other: 1"],
    )
    with pytest.raises(CannotEditError, match="safely"):
        put(page("by: bo\n"), ("cycle",), "2026-q4")


def test_files_are_written_all_or_none(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"old")
    (tmp_path / "a.yml").chmod(0o640)
    save_files(tmp_path, {"a.yml": b"new", "b/c.yml": b"more"}, {"a.yml": b"old"})
    assert (tmp_path / "a.yml").read_bytes() == b"new"
    assert (tmp_path / "a.yml").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "b/c.yml").read_bytes() == b"more"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.yml", "b", "c.yml"]


@pytest.mark.parametrize(
    "path", ["../a.yml", "/etc/a.yml", "b/../../a.yml", "b//a.yml", "b\\a.yml"]
)
def test_nothing_is_written_outside(tmp_path: Path, path: str) -> None:
    with pytest.raises(CannotSaveError, match="leads out"):
        save_files(tmp_path, {path: b"x"}, {})


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (inside / "checkins").symlink_to(outside)
    (inside / "a.yml").symlink_to(outside / "a.yml")
    for path in ("checkins/2026-11-16.yml", "a.yml"):
        with pytest.raises(CannotSaveError, match="symbolic link"):
            save_files(inside, {path: b"x"}, {})
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("before", [b"what was read", None])
def test_what_somebody_else_wrote_meanwhile_stays(tmp_path: Path, before: bytes | None) -> None:
    (tmp_path / "a.yml").write_bytes(b"theirs")
    with pytest.raises(CannotSaveError, match="while you worked"):
        save_files(tmp_path, {"a.yml": b"mine"}, {"a.yml": before} if before else {})
    assert (tmp_path / "a.yml").read_bytes() == b"theirs"


def test_a_failure_in_the_middle_puts_all_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.yml").write_bytes(b"old")
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if target.name == "z.yml":
            raise OSError(28, "No space left on device", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    files = {"a.yml": b"new", "b/c.yml": b"more", "z.yml": b"last"}
    with pytest.raises(CannotSaveError, match="no space left"):
        save_files(tmp_path, files, {"a.yml": b"old"})
    assert (tmp_path / "a.yml").read_bytes() == b"old"
    assert [path.name for path in tmp_path.rglob("*")] == ["a.yml"]
