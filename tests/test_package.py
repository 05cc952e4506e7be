"""The wheel in an empty environment, with companies that know nothing of this repository."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import venv
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from command import ROOT, write_tree
from site_builder import Site

pytestmark = pytest.mark.slow

# What a shell outside this repository has: no path into it, no setting of the tests.
_FORGOTTEN = ("PYTHONPATH", "PYTHONWARNINGS", "VIRTUAL_ENV", "COVERAGE_PROCESS_START")

THREE = """\
objectives:
  - title: Make support a reason to stay
    key_results:
      - Increase first-contact resolution from 62% to 78%
      - Reduce time to resolution from 12 hours to 4 hours
      - At most 3 escalations
"""
THREE_LINES = "site_name: Acme\ntheme: material\nplugins: [search, okrsite]\n"
AS_OF = ("--as-of", "2026-11-20")


@dataclass(frozen=True)
class Installation:
    """An environment that has okrsite and what it depends on, and nothing else."""

    programs: Path

    def run(
        self, program: str, *words: str | Path, cwd: Path, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name not in _FORGOTTEN}
        return subprocess.run(
            [self.programs / program, *map(str, words)],
            cwd=cwd,
            env={**kept, "NO_MKDOCS_2_WARNING": "1", **(env or {})},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def okrsite(self, *words: str | Path, cwd: Path) -> str:
        """Run a command that must succeed, and return what it prints."""
        done = self.run("okrsite", *words, cwd=cwd)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", out, ROOT],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = out.glob("*.whl")
    return wheel


@pytest.fixture(scope="session")
def installation(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    # By this environment's pip, which is quicker than to give it one; Python compiles what it uses.
    pip = (sys.executable, "-m", "pip", "--python", folder, "install", "--no-compile")
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
    kept = {name: value for name, value in os.environ.items() if name not in _FORGOTTEN}
    done = subprocess.run(
        [*pip, *quiet, wheel], cwd=folder, env=kept, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Installation(programs)


class TestWheel:
    def test_holds_the_theme_and_no_content(self, wheel: Path) -> None:
        names = zipfile.ZipFile(wheel).namelist()
        files = (path for path in (ROOT / "theme").rglob("*") if path.is_file())
        theme = [path for path in files if path.parent.name != "__pycache__"]
        wanted = {f"okrsite/theme/{path.relative_to(ROOT / 'theme').as_posix()}" for path in theme}
        assert wanted
        assert wanted <= set(names)
        strange = [name for name in names if not re.match(r"okrsite(/|-[\w.]+\.dist-info/)", name)]
        assert strange == []
        assert [name for name in names if "content" in name.split("/")[1:2]] == []
        assert [name for name in names if "__pycache__" in name] == []

    def test_holds_everything_that_the_package_reads(self, wheel: Path) -> None:
        names = set(zipfile.ZipFile(wheel).namelist())
        files = [
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / "okrsite").rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        ]
        assert [name for name in files if name not in names] == []

    def test_is_found_by_mkdocs_and_the_shell(self, wheel: Path) -> None:
        with zipfile.ZipFile(wheel) as archive:
            (name,) = (n for n in archive.namelist() if n.endswith("/entry_points.txt"))
            entries = archive.read(name).decode()
        assert "[mkdocs.plugins]\nokrsite = okrsite.plugin:OkrsitePlugin" in entries
        assert "[console_scripts]\nokrsite = okrsite.cli:run" in entries


def assert_shows_three(site: Site) -> None:
    """The three sentences stand on the company's page, each read with its numbers and unit."""
    page = site.text("teams/company/index.html")
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
    for sentence in re.findall(r"- (?!title)(.*)", THREE):
        assert sentence in text, sentence
    rows = json.loads(site.text("data/okrs.json"))["key_results"]
    read = [(row["kind"], row["baseline"], row["target"], row["unit"]) for row in rows]
    assert read == [
        ("metric", 62, 78, "%"),
        ("metric", 12, 4, "h"),
        ("limit", None, 3, "escalations"),
    ]
    for baseline, target in (("62%", "78%"), ("12", "4 hours"), ("0", "at most 3")):
        assert f"<span>{baseline}</span>" in page, baseline
        assert f"<span>{target}</span>" in page, target


class TestForeignCompany:
    def test_one_plan_and_nothing_else(self, installation: Installation, tmp_path: Path) -> None:
        folder = write_tree(tmp_path / "acme", {"2026-q4.yml": THREE})
        printed = installation.okrsite("build", "--strict", *AS_OF, cwd=folder)
        assert "site" in printed
        assert_shows_three(Site(folder / "site"))
        assert sorted(path.name for path in folder.iterdir()) == [
            ".okrsite-cache",
            "2026-q4.yml",
            "site",
        ]

    def test_a_second_build_replaces_the_first(
        self, installation: Installation, tmp_path: Path
    ) -> None:
        folder = write_tree(tmp_path / "acme", {"2026-q4.yml": THREE})
        installation.okrsite("build", "--strict", *AS_OF, cwd=folder)
        first = Site(folder / "site").bytes()
        installation.okrsite("build", "--strict", *AS_OF, cwd=folder)
        assert Site(folder / "site").bytes() == first

    def test_three_lines_of_mkdocs(self, installation: Installation, tmp_path: Path) -> None:
        files = {"mkdocs.yml": THREE_LINES, "content/okrs/2026-q4.yml": THREE}
        folder = write_tree(tmp_path / "acme", files)
        (folder / "docs").mkdir()
        # MkDocs itself has no option for the day.
        day = {"SOURCE_DATE_EPOCH": "1795132800"}
        done = installation.run("mkdocs", "build", "--strict", cwd=folder, env=day)
        assert done.returncode == 0, done.stdout + done.stderr
        site = Site(folder / "site")
        assert_shows_three(site)
        assert json.loads(site.text("data/okrs.json"))["as_of"] == "2026-11-20"

    def test_the_wheel_s_own_theme_dresses_it(
        self, installation: Installation, tmp_path: Path
    ) -> None:
        folder = write_tree(tmp_path / "acme", {"2026-q4.yml": THREE})
        installation.okrsite("build", *AS_OF, cwd=folder)
        site = Site(folder / "site")
        theme = ROOT / "theme"
        for asset in filter(Path.is_file, (theme / "assets" / "okrsite").rglob("*")):
            path = asset.relative_to(theme).as_posix()
            assert site.text(path) == asset.read_text(encoding="utf-8")


class TestCommands:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        return write_tree(tmp_path / "acme", {"2026-q4.yml": THREE})

    def test_help_names_every_command(self, installation: Installation, folder: Path) -> None:
        printed = installation.okrsite("--help", cwd=folder)
        for command in ("build", "check", "export", "new", "serve", "show"):
            assert re.search(rf"^  {command} ", printed, re.M), command
            assert "Example" in installation.okrsite(command, "--help", cwd=folder)

    def test_check(self, installation: Installation, folder: Path) -> None:
        assert installation.run("okrsite", "check", cwd=folder).returncode == 0
        write_tree(folder, {"2026-q4.yml": THREE.replace("title:", "titel:")})
        done = installation.run("okrsite", "check", cwd=folder)
        assert done.returncode == 1
        assert "2026-q4.yml:2:5" in done.stdout + done.stderr

    def test_export(self, installation: Installation, folder: Path) -> None:
        document = json.loads(installation.okrsite("export", "--format", "json", cwd=folder))
        assert len(document["key_results"]) == 3

    def test_show(self, installation: Installation, folder: Path) -> None:
        reference = "company/make-support-reason-to-stay"
        printed = installation.okrsite("show", reference, *AS_OF, cwd=folder)
        assert "first-contact resolution" in printed
        assert "62%" in printed
        assert "78%" in printed

    def test_new_builds_at_once(self, installation: Installation, tmp_path: Path) -> None:
        words = ("--name", "Acme", "--team", "Engineering/Platform", "--team", "Sales")
        installation.okrsite("new", "demo", *words, "--cycle", "2026-Q4", cwd=tmp_path)
        folder = tmp_path / "demo"
        done = installation.run("okrsite", "build", "--strict", *AS_OF, cwd=folder)
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stderr == ""
        site = Site(folder / "site")
        assert "Acme" in site.text("index.html")
        assert site.has("teams/platform/index.html")
        assert site.has("teams/sales/index.html")
        checked = installation.run("okrsite", "check", *AS_OF, cwd=folder)
        assert checked.returncode == 0, checked.stdout + checked.stderr
