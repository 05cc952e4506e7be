"""A build that takes what it kept makes what a build from nothing makes; see `edits`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import edits
import pytest
from command import okrsite
from edited import CHANGES, swap, write
from edits import Project, check, difference, make_up, read_files

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True, scope="module")
def _quick() -> Iterator[None]:
    with edits.quick_templates():
        yield


SEQUENCES = {
    "one id comes, another goes": ["id with aka", "id with the same aka", "id with aka"],
    "plans come and go": ["plan gone", "new plan", "same id as above"],
    "what lies beside OKRs": ["picture", "page's link", "title with an id"],
    "who looks, and when": ["for everybody", "hidden objective", "for us", "a week later"],
    "the day turns elsewhere": ["timezone", "the same morning", "today"],
    "what was kept is harmed": ["kept objects flipped", "kept sites half", "site overwritten"],
}


@pytest.mark.parametrize("names", SEQUENCES.values(), ids=SEQUENCES.keys())
def test_is_the_same_as_from_nothing(names: list[str]) -> None:
    assert not check(names)


@pytest.mark.parametrize("seed", [1])
def test_is_the_same_after_changes_at_random(seed: int) -> None:
    assert not check(make_up(seed))


def test_every_change_changes_something(tmp_path: Path) -> None:
    for name, change in CHANGES.items():
        if name.startswith(("kept ", "cache ", "site ", "site's ")):
            continue
        project = Project(tmp_path / name.replace("/", " "))
        for earlier in _NEEDED.get(name, ()):
            project.change(earlier)
        before = read_files(project.root)
        change(project.root)
        assert read_files(project.root) != before, name


_NEEDED = {
    "id with the same aka": ["id with aka"],
    "inherited changed": ["inherited"],
    "linked docs changed": ["docs linked"],
    "custom main changed": ["custom main"],
    "custom page changed": ["custom page"],
}
"""What some changes need to have happened before."""


class TestCommand:
    """Whole processes, as people and CI run them."""

    def test_is_the_same_as_from_nothing(self, tmp_path: Path) -> None:
        project = Project(tmp_path / "project")
        words = ("build", "--as-of", "2026-11-20")
        for name in ("", "newest value"):
            if name:
                project.change(name)
            for more in ((), ("--no-cache", "--site-dir", tmp_path / "fresh")):
                done = okrsite(*words, *more, cwd=project.root)
                assert done.returncode == 0, done.stderr
            assert read_files(project.root / "site") == read_files(tmp_path / "fresh"), name


class TestDifference:
    """The comparison itself can fail."""

    def test_tells_bytes_files_and_words(self, tmp_path: Path) -> None:
        project = Project(tmp_path)
        one = project.build(cached=True)
        assert one.files
        assert difference(one, one) == ""
        project.change("newest value")
        other = project.build(cached=False)
        assert "teams/platform/2026-q4/trust/index.html" in difference(one, other)
        project.change("plan gone")
        assert "left over: ['people" not in difference(one, project.build(cached=False))
        project.change("unknown key")
        assert difference(other, project.build(cached=False)).startswith("said:")
        project.change("rules broken")
        assert difference(one, project.build(cached=False)).startswith("only the kept one")


def test_changes_can_be_taken_back(tmp_path: Path) -> None:
    write(tmp_path, "a", "one two")
    change = swap("a", "two", "two three")
    change(tmp_path)
    assert (tmp_path / "a").read_text() == "one two three"
    change(tmp_path)
    assert (tmp_path / "a").read_text() == "one two"
