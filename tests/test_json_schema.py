"""The editor's schemas: they know exactly the reader's fields, and take what the reader takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import okrsite_inside
from jsonschema import Draft7Validator

from okrsite.data import document_schema
from okrsite.read import editor_schemas, schema
from okrsite.read.fields import Fields
from okrsite.read.json_schema import FILES

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "content" / "okrs"
SCHEMAS = editor_schemas()


def kind_of(path: Path) -> str:
    named = {"okrs.yml": "okrs", "people.yml": "people", "team.md": "team"}
    folders = {"checkins": "check-in", "feedback": "feedback"}
    return named.get(path.name) or folders.get(path.parent.name, "plan")


def content(path: Path) -> Any:
    """Return what a file holds, as an editor's YAML sees it: all scalars as typed."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        _, text, _ = text.split("---\n", 2)
    return yaml.load(text, yaml.CBaseLoader)  # noqa: S506 - it makes texts, lists and mappings only


def demo() -> list[Path]:
    return sorted(path for path in DEMO.rglob("*") if path.suffix in (".yml", ".md"))


def faults(name: str, found: object) -> list[str]:
    errors = Draft7Validator(SCHEMAS[name]).iter_errors(found)
    return [f"{error.json_path}: {error.message[:200]}" for error in errors]


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_one(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name])


def test_every_file_of_the_demo_is_as_its_schema_says() -> None:
    kinds = set()
    for path in demo():
        if path.name == "README.md":
            continue
        kind = kind_of(path)
        kinds.add(kind)
        assert faults(kind, content(path)) == [], path
    assert kinds == set(FILES)


def fields_of(fields: Fields, seen: set[int]) -> Iterator[tuple[str, ...]]:
    """Yield the names of all fields that stand somewhere inside."""
    if id(fields) in seen:
        return
    seen.add(id(fields))
    yield tuple(fields.keys)
    for each in (*fields.keys.values(), fields.others, fields.items):
        if each is not None:
            yield from fields_of(each, seen)


def properties_of(found: Any) -> Iterator[tuple[str, ...]]:
    if isinstance(found, dict):
        known = found.get("properties")
        if isinstance(known, dict) and found.get("type") == "object":
            yield tuple(known)
        for each in found.values():
            yield from properties_of(each)
    elif isinstance(found, list):
        for each in found:
            yield from properties_of(each)


@pytest.mark.parametrize("name", FILES)
def test_a_schema_has_exactly_the_fields_that_the_reader_knows(name: str) -> None:
    known = {keys for keys in fields_of(FILES[name][1], set()) if keys}
    assert {keys for keys in properties_of(SCHEMAS[name]) if keys} == known


def test_every_table_of_the_reader_is_in_a_schema() -> None:
    everywhere = {keys for found in SCHEMAS.values() for keys in properties_of(found)}
    for name, fields in vars(schema).items():
        if isinstance(fields, Fields) and fields.keys:
            assert tuple(fields.keys) in everywhere, name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plan", "objectives:\n  - title: A\n    onwer: ana\n"),
        ("plan", "objectives:\n  - title: A\n    key_results:\n      - {title: B, taget: 3}\n"),
        ("plan", "health:\n  - {id: a, titel: B}\n"),
        ("check-in", "key_results: {trust/sev1: {vale: 2, note: x}}\n"),
        ("check-in", "win: [A]\n"),
        ("team", "tilte: A\n"),
        ("okrs", "checkins: {evry: week}\n"),
        ("people", "ana: {nam: Ana}\n"),
        ("feedback", "- {about: a, txt: b}\n"),
    ],
)
def test_a_schema_finds_a_field_that_is_none(name: str, text: str) -> None:
    assert faults(name, yaml.safe_load(text))


@pytest.mark.parametrize(
    "text",
    [
        "- One objective\n",
        "- Title:\n    - A key result\n    - Another from 1 to 2\n",
        "Title:\n  - A key result\n",
        "- KR1: Improve usability to 99.5%\n",
        "objectives: []\n",
        "objectives:\n  - title: A\n    supports: company/a\n    depends_on: [b/c, d/e]\n",
        "objectives:\n  - A:\n      owner: ana\n      key_results: [B]\n",
        "objectives:\n  - title: A\n    key_results:\n      - title: B\n        feed: a.csv\n"
        "        checkpoints: {2026-10-31: 820}\n        milestones: [C, {title: D, weight: 2}]\n",
    ],
)
def test_a_schema_takes_the_short_forms(text: str) -> None:
    assert faults("plan", yaml.load(text, yaml.CBaseLoader)) == []  # noqa: S506 - see above


def test_the_command_prints_one() -> None:
    done = okrsite_inside("schema", "plan", cwd=ROOT)
    assert done.returncode == 0
    assert json.loads(done.stdout) == SCHEMAS["plan"]
    assert json.loads(okrsite_inside("schema", "data", cwd=ROOT).stdout) == document_schema()


def test_the_command_prints_all() -> None:
    found = json.loads(okrsite_inside("schema", cwd=ROOT).stdout)
    assert found == {**SCHEMAS, "data": document_schema()}


def test_the_command_writes_all_and_says_what_editors_need(tmp_path: Path) -> None:
    done = okrsite_inside("schema", "--out", ".vscode/okrs", cwd=tmp_path)
    assert done.returncode == 0
    written = {path.name for path in (tmp_path / ".vscode" / "okrs").iterdir()}
    assert written == {f"{name}.schema.json" for name in (*SCHEMAS, "data")}
    settings = json.loads(done.stdout)["yaml.schemas"]
    assert settings["./.vscode/okrs/okrs.schema.json"] == ["content/okrs/okrs.yml"]
    for name in settings:
        assert (tmp_path / name).is_file()


def test_the_command_says_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = okrsite_inside("schema", "--out", "file/x", cwd=tmp_path)
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
