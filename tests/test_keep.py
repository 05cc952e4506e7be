"""What is kept is believed only where it is whole, and of the code that is running."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from okrsite.keep import Ledger, open_keep, version_of_code
from okrsite.keep import version as running

NAME = "sites/one"
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "one bit of it flipped": lambda data: bytes([*data[:-1], data[-1] ^ 1]),
    "one bit of its checksum flipped": lambda data: bytes([data[0] ^ 1, *data[1:]]),
    "its end lost": lambda data: data[:-1],
    "all but its checksum lost": lambda data: data[:16],
    "all of it lost": lambda data: b"",
    "something behind it": lambda data: data + b"\0",
}


@pytest.fixture
def fresh_version() -> Iterator[None]:
    version_of_code.cache_clear()
    yield
    version_of_code.cache_clear()


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    open_keep(tmp_path, "v1").keep_value(NAME, {"a": 1})
    assert open_keep(tmp_path, "v1").value(NAME, dict[str, int]) == {"a": 1}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_not_whole_counts_as_missing(tmp_path: Path, damage: str) -> None:
    open_keep(tmp_path, "v1").keep_value(NAME, {"a": 1})
    file = tmp_path / "v1" / NAME
    file.write_bytes(DAMAGES[damage](file.read_bytes()))
    assert open_keep(tmp_path, "v1").load(NAME) is None
    assert open_keep(tmp_path, "v1").value(NAME, dict[str, int]) is None


def test_what_is_whole_but_of_another_type_counts_as_missing(tmp_path: Path) -> None:
    open_keep(tmp_path, "v1").keep_value(NAME, {"a": 1})
    assert open_keep(tmp_path, "v1").value(NAME, list[str]) is None


def test_what_another_version_kept_is_never_read_and_removed(tmp_path: Path) -> None:
    open_keep(tmp_path, "v1").keep_value(NAME, {"a": 1})
    assert open_keep(tmp_path, "v2").value(NAME, dict[str, int]) is None
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["v2"]


def test_a_result_of_other_content_is_not_taken(tmp_path: Path) -> None:
    ledger = Ledger(open_keep(tmp_path, "v1"), "read")
    ledger.put("2026-q4.yml", "digest of one commit", b"what it said")
    ledger.save()
    restored = Ledger(open_keep(tmp_path, "v1"), "read")
    assert restored.get("2026-q4.yml", "digest of another commit") is None
    assert restored.get("2026-q4.yml", "digest of one commit") == b"what it said"


@pytest.mark.usefixtures("fresh_version")
@pytest.mark.parametrize("change", ["module", "template", "package"])
def test_whatever_the_code_is_made_of_makes_another_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    package, theme, libraries = tmp_path / "okrsite", tmp_path / "theme", tmp_path / "libraries"
    files = {
        "module": package / "keep" / "version.py",
        "template": theme / "okrsite" / "page.html",
        "package": libraries / "mkdocs-1.6.1.dist-info" / "METADATA",
    }
    for file in files.values():
        file.parent.mkdir(parents=True)
        file.write_text("as it was")
    monkeypatch.setattr(running, "__file__", str(files["module"]))
    monkeypatch.setattr(running, "theme_dir", lambda: theme)
    monkeypatch.setattr(sys, "path", [str(libraries)])
    before = version_of_code()
    version_of_code.cache_clear()
    assert version_of_code() == before
    if change == "package":
        files[change].parent.rename(libraries / "mkdocs-1.6.2.dist-info")
    else:
        files[change].write_text("as it is")
    version_of_code.cache_clear()
    assert version_of_code() != before
