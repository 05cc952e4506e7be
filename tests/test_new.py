"""`okrsite new` writes a company that is valid, builds at once, and overwrites nothing."""

import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from okrsite.cli import new as command
from okrsite.cli.build import build
from okrsite.cli.check import check
from okrsite.cli.new import new
from okrsite.cli.starter import Starter, StarterError, starter_files


def run(*words: str | Path, answers: str = "") -> Result:
    return CliRunner().invoke(new, [str(word) for word in words], input=answers)


def written(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8", errors="replace")
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def acme(tmp_path: Path) -> dict[str, str]:
    done = run(
        tmp_path / "acme",
        *("--name", "Acme", "--team", "Engineering/Platform", "--team", "Sales: EMEA"),
        *("--cycle", "2026-Q4"),
    )
    assert done.exit_code == 0, done.output
    assert "okrsite serve" in done.output
    return written(tmp_path / "acme")


def test_writes_the_whole_tree(acme: dict[str, str]) -> None:
    assert set(acme) == {
        ".github/pull_request_template.md",
        ".github/workflows/okrs-pull-request.yml",
        ".github/workflows/okrs.yml",
        ".gitignore",
        ".gitlab-ci.yml",
        ".gitlab/merge_request_templates/Default.md",
        "CODEOWNERS",
        "README.md",
        "content/docs/index.md",
        "content/okrs/2026-q4.yml",
        "content/okrs/engineering/platform/2026-q4.yml",
        "content/okrs/engineering/platform/team.md",
        "content/okrs/engineering/team.md",
        "content/okrs/okrs.yml",
        "content/okrs/people.yml",
        "content/okrs/sales-emea/2026-q4.yml",
        "content/okrs/sales-emea/team.md",
        "content/okrs/team.md",
        "mkdocs.yml",
        "requirements.txt",
    }


def test_leaves_nothing_to_fill_in(acme: dict[str, str]) -> None:
    assert [path for path, text in acme.items() if "§" in text] == []
    assert 'title: "Sales: EMEA"' in acme["content/okrs/sales-emea/team.md"]
    assert "title: Platform" in acme["content/okrs/engineering/platform/team.md"]
    assert "engineering/platform/checkins/" in acme["README.md"]


def test_what_is_published_is_for_the_public_until_somebody_says_otherwise(
    acme: dict[str, str],
) -> None:
    assert yaml.safe_load(acme[".github/workflows/okrs.yml"])["env"]["AUDIENCE"] == "public"
    assert yaml.safe_load(acme[".gitlab-ci.yml"])["variables"]["AUDIENCE"] == "public"


@pytest.mark.parametrize(
    ("forge", "present", "absent"),
    [
        ("github", [".github", "CODEOWNERS"], [".gitlab", ".gitlab-ci.yml"]),
        ("gitlab", [".gitlab", ".gitlab-ci.yml", "CODEOWNERS"], [".github"]),
        ("none", [], [".github", ".gitlab", ".gitlab-ci.yml", "CODEOWNERS"]),
    ],
)
def test_writes_for_the_forge_that_is_asked_for(
    tmp_path: Path, forge: str, present: list[str], absent: list[str]
) -> None:
    assert run(tmp_path / "acme", "--forge", forge).exit_code == 0
    assert [name for name in present if not (tmp_path / "acme" / name).exists()] == []
    assert [name for name in absent if (tmp_path / "acme" / name).exists()] == []
    readme = (tmp_path / "acme/README.md").read_text(encoding="utf-8")
    assert ("## Publish" in readme) == (forge != "none")


def test_without_options_it_takes_the_folder_and_this_quarter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_today", lambda: date(2027, 3, 31))
    assert run(tmp_path / "blue-whale").exit_code == 0
    files = written(tmp_path / "blue-whale")
    assert "content/okrs/2027-q1.yml" in files
    assert "company: Blue Whale\n" in files["content/okrs/okrs.yml"]
    assert "open/weeks:" in files["README.md"]


def test_on_a_terminal_it_asks_for_what_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_is_terminal", lambda: True)
    done = run(tmp_path / "acme", answers="Acme\nPlatform, Sales,\n2026-q4\nnone\n")
    assert done.exit_code == 0, done.output
    files = written(tmp_path / "acme")
    assert {"content/okrs/platform/2026-q4.yml", "content/okrs/sales/2026-q4.yml"} <= set(files)
    assert "CODEOWNERS" not in files


def test_never_overwrites_and_then_writes_nothing(tmp_path: Path) -> None:
    mine = tmp_path / "content/okrs/team.md"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    done = run(tmp_path, "--name", "Acme")
    assert done.exit_code == 2
    assert "content/okrs/team.md" in done.output
    assert written(tmp_path) == {"content/okrs/team.md": "mine"}


def test_a_dangling_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").symlink_to(tmp_path / "elsewhere.yml")
    assert run(tmp_path, "--name", "Acme").exit_code == 2
    assert not (tmp_path / "elsewhere.yml").exists()


def test_other_files_may_be_there(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("mine")
    assert run(tmp_path, "--name", "Acme").exit_code == 0


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "content").write_text("a file where a folder is meant")
    done = run(tmp_path, "--name", "Acme")
    assert done.exit_code == 2
    assert "cannot be written" in done.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--cycle", "Q4"], "no cycle"),
        (["--cycle", "fy27-q1"], "fiscal_year_start"),
        (["--team", "2026-q4"], "means something else"),
        (["--team", "company"], "means something else"),
        (["--team", "con"], "means something else"),
        (["--team", "🚀"], "no letter"),
        (["--team", "Sаles"], "look alike"),
        (["--team", "A/Core", "--team", "B/Core"], "two teams would be called 'core'"),
        (["--team", "Core", "--team", "CORE"], "two teams would be called 'core'"),
        (["--team", "Engineering/"], "no letter"),
        (["--name", "a\x1bb"], "printed"),
        (["--name", ""], "printed"),
        (["--forge", "bitbucket"], "github"),
    ],
)
def test_refuses_what_would_not_work(tmp_path: Path, words: list[str], says: str) -> None:
    done = run(tmp_path / "acme", *words)
    assert done.exit_code == 2
    assert says in done.output
    assert not (tmp_path / "acme").exists()


PRINTABLE = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1)


@given(PRINTABLE.map(str.strip).filter(bool), st.lists(PRINTABLE, max_size=3))
def test_any_printable_name_makes_files_that_say_it(name: str, teams: list[str]) -> None:
    try:
        files = starter_files(Starter(name, "2026-q4", tuple(teams), "both", date(2026, 11, 20)))
    except StarterError:
        return
    assert yaml.safe_load(files["mkdocs.yml"])["site_name"] == f"{name} OKRs"
    rules = yaml.load(files["content/okrs/okrs.yml"], yaml.BaseLoader)  # noqa: S506  # text alone, as ours are read
    assert rules["company"] == name
    for path in files:
        assert ".." not in path.split("/")
        assert not path.startswith("/")


def test_what_it_writes_is_valid_and_builds_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run(tmp_path, "--name", "Acme", "--team", "Eng/Platform", "--cycle", "2026-q4")
    assert done.exit_code == 0
    monkeypatch.chdir(tmp_path)
    checked = CliRunner().invoke(check, ["--as-of", "2026-11-20", "--format", "json"])
    assert json.loads(checked.output) == {
        "problems": [],
        "errors": 0,
        "warnings": 0,
        "advice": 0,
    }
    built = CliRunner().invoke(build, ["--as-of", "2026-11-20", "--strict"])
    assert built.exit_code == 0, built.output
    page = (tmp_path / "site/teams/platform/index.html").read_text(encoding="utf-8")
    assert "Know every week whether we are on course" in page
    # In CI files, the audience is public: that builds too, although nothing is public yet.
    public = CliRunner().invoke(build, ["--audience", "public", "--site-dir", "public"])
    assert public.exit_code == 0, public.output
    assert "on course" not in "".join(written(tmp_path / "public").values())
