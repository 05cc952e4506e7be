"""`okrsite check` tells of the same files the same, at once; and of other files what is in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command import okrsite, okrsite_inside, write_tree

from okrsite import checked
from okrsite.checked import check_company
from okrsite.keep import FOLDER, Keep

PLAN = """\
objectives:
  - title: Grow
    key_results:
      - Sales from 1 to 5
"""
FILES = {
    "mkdocs.yml": "plugins: [okrsite]\n",
    "content/okrs/okrs.yml": "timezone: Europe/Lisbon\n",
    "content/okrs/2026-q4.yml": PLAN,
}
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_tree(tmp_path / "acme", FILES)


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows whenever a folder is really read."""
    read, seen = checked.read_company, []

    def note(*arguments: object, **named: object) -> object:
        seen.append(1)
        return read(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(checked, "read_company", note)
    return seen


def codes(folder: Path, keep: Keep, now: datetime = NOON) -> list[str]:
    found, texts = check_company(folder / "content/okrs", None, now=now, keep=keep)
    assert "2026-q4.yml" in texts
    assert len(found.audiences) == len(found.problems)
    return [problem.code for problem in found.problems]


@pytest.fixture
def keep(tmp_path: Path) -> Iterator[Keep]:
    return Keep(tmp_path / "cache", "1")


def test_the_same_files_are_not_read_again(folder: Path, keep: Keep, readings: list[int]) -> None:
    assert codes(folder, keep) == codes(folder, keep)
    assert len(readings) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("2026-q4.yml", PLAN.replace("Sales", "Revenue")),
        ("platform/2026-q4.yml", PLAN),
        ("notes.txt", ""),
        ("okrs.yml", "timezone: Europe/Berlin\n"),
    ],
)
def test_other_files_are(
    folder: Path, keep: Keep, readings: list[int], path: str, text: str
) -> None:
    codes(folder, keep)
    write_tree(folder / "content/okrs", {path: text})
    assert codes(folder, keep) == codes(folder, Keep(folder / "none", "1"))
    assert len(readings) == 3


def test_a_mistake_is_found_and_forgotten(folder: Path, keep: Keep) -> None:
    write_tree(folder / "content/okrs", {"2026-q4.yml": PLAN + "    stretch: 3\n"})
    assert "OKR-S001" in codes(folder, keep)
    write_tree(folder / "content/okrs", {"2026-q4.yml": PLAN})
    assert "OKR-S001" not in codes(folder, keep)


def test_the_day_is_the_company_s_own(folder: Path, keep: Keep, readings: list[int]) -> None:
    before, after = NOON.replace(hour=23, minute=59), NOON.replace(day=21, hour=0, minute=1)
    for now in (before, after):
        codes(folder, keep, now)
    assert len(readings) == 2


def test_the_command_says_the_same_each_time(folder: Path) -> None:
    said = [okrsite("check", "--as-of", "2026-11-20", cwd=folder) for _ in range(2)]
    assert said[0].stdout == said[1].stdout
    assert [done.returncode for done in said] == [0, 0]
    assert (folder / FOLDER).is_dir()


def test_without_a_cache_nothing_is_kept(folder: Path) -> None:
    assert okrsite_inside("check", "--no-cache", cwd=folder).returncode == 0
    assert not (folder / FOLDER).exists()


def test_without_a_project_nothing_is_kept(tmp_path: Path) -> None:
    write_tree(tmp_path, {"2026-q4.yml": PLAN})
    assert okrsite_inside("check", cwd=tmp_path).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["2026-q4.yml"]


def test_what_is_said_reaches_who_listens(folder: Path) -> None:
    """The process ends at once, but not before everything is written."""
    write_tree(
        folder / "content/okrs",
        {f"team-{n}/2026-q4.yml": PLAN + "    stretch: 3\n" for n in range(300)},
    )
    done = okrsite("check", "--format", "concise", "--as-of", "2026-11-20", cwd=folder)
    assert done.returncode == 1
    assert done.stdout.count("OKR-S001") == 300
    assert done.stdout.endswith("\n")
