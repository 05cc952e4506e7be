"""`okrsite build` and `okrsite serve`, and the configuration that they work with."""

from __future__ import annotations

import re
import socket
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from site_builder import FakeContent, Site, install

from okrsite.cli import main, okrsite
from okrsite.cli.common import find_source, find_target, holds_plan
from okrsite.model import Place
from okrsite.plugin import OkrsitePlugin
from okrsite.problems import Problem
from okrsite.site import serve as serving
from okrsite.site.config import Order, UsageError, load
from okrsite.site.content import NoContentError, Request, UnknownAudienceError
from okrsite.site.settings import configured
from okrsite.site.stage import MARK

YML = "site_name: Harbor\ntheme: {name: material}\nplugins: [okrsite, search]\n"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
BROKEN = Problem("OKR-Y001", Place("2026-q4.yml", 1, 1), "no colon", "write one")


@pytest.fixture
def content(monkeypatch: pytest.MonkeyPatch) -> FakeContent:
    install()
    fake = FakeContent()
    monkeypatch.setattr(OkrsitePlugin, "opener", lambda _, request: fake(request))
    monkeypatch.setattr("okrsite.cli.hosting.open_company", fake)
    return fake


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: FakeContent) -> Path:
    (tmp_path / "content/okrs").mkdir(parents=True)
    (tmp_path / "content/okrs/2026-q4.yml").write_text("objectives: []\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def an_order(company: Path, yml: Path | None = None) -> Order:
    opener = getattr(OkrsitePlugin, "opener")  # noqa: B009 - as the fixture has set it
    return Order(company, yml, company / "content/okrs", opener=partial(opener, None), now=NOW)


def run(*words: str) -> Result:
    return CliRunner().invoke(okrsite, words)


class TestBuild:
    def test_without_a_configuration_there_are_defaults(
        self, company: Path, content: FakeContent
    ) -> None:
        content.name = "Hafen"
        result = run("build")
        assert result.exit_code == 0, result.output
        assert result.stdout.startswith(f"The site is in {company / 'site'}: 9 pages and files")
        html = Site(company / "site").text("teams/platform/index.html")
        assert "<title>Platform - Hafen</title>" in html
        assert 'class="md-tabs"' in html
        assert "fonts.g" not in html

    def test_docs_beside_the_content_are_its_prose(
        self, company: Path, content: FakeContent
    ) -> None:
        (company / "content/docs").mkdir()
        (company / "content/docs/index.md").write_text("# Welcome\n")
        assert run("build").exit_code == 0
        assert content.around is not None
        assert "Welcome" in content.around.home_prose

    def test_a_configuration_without_docs_is_enough(self, company: Path) -> None:
        (company / "mkdocs.yml").write_text(YML)
        assert run("build").exit_code == 0
        assert (company / "site/teams/platform/index.html").is_file()
        assert not (company / "docs").exists()

    def test_options_reach_the_content(self, company: Path, content: FakeContent) -> None:
        (company / "mkdocs.yml").write_text(YML)
        (company / "other").mkdir()
        words = ("--source", "other", "--as-of", "2026-11-20", "--audience", "public")
        assert run("build", *words, "--site-dir", "out").exit_code == 0
        (request,) = content.asked
        assert request.source == company / "other"
        assert request.as_of == date(2026, 11, 20)
        assert request.audience == "public"
        assert company / "out" in request.exclude
        assert (company / "out" / MARK).is_file()

    def test_the_old_site_is_replaced_whole(self, company: Path) -> None:
        assert run("build").exit_code == 0
        (company / "site/left-over.html").touch()
        assert run("build").exit_code == 0
        assert not (company / "site/left-over.html").exists()
        assert sorted(path.name for path in company.iterdir()) == [
            ".okrsite-cache",
            "content",
            "site",
        ]

    def test_errors_are_printed_and_the_rest_is_published(
        self, company: Path, content: FakeContent
    ) -> None:
        content.problems = [BROKEN]
        result = run("build")
        assert result.exit_code == 0
        assert "error[OKR-Y001]: no colon" in result.stderr
        assert result.stderr.count("OKR-Y001]") == 1
        assert (company / "site/index.html").is_file()

    def test_strict_writes_nothing(self, company: Path, content: FakeContent) -> None:
        assert run("build").exit_code == 0
        before = Site(company / "site").bytes()
        content.problems = [BROKEN]
        result = run("build", "--strict")
        assert result.exit_code == 1
        assert "error[OKR-Y001]: no colon" in result.stderr
        assert Site(company / "site").bytes() == before
        assert sorted(path.name for path in company.iterdir()) == [
            ".okrsite-cache",
            "content",
            "site",
        ]

    def test_strict_minds_the_site_s_own_links(self, company: Path) -> None:
        (company / "mkdocs.yml").write_text(YML)
        (company / "docs").mkdir()
        (company / "docs/guide.md").write_text("[lost](lost.md)\n")
        assert run("build").exit_code == 0
        result = run("build", "--strict")
        assert result.exit_code == 1
        assert "lost.md" in result.stderr

    def test_strict_lets_warnings_pass(self, company: Path, content: FakeContent) -> None:
        content.problems = [Problem("OKR-F002", Place("x.txt"), "x.txt is neither", "ignore it")]
        result = run("build", "--strict")
        assert result.exit_code == 0
        assert "warning[OKR-F002]" in result.stderr

    def test_nothing_to_publish_leaves_the_old_site(
        self, company: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_request: Request) -> FakeContent:
            raise NoContentError([BROKEN])

        assert run("build").exit_code == 0
        monkeypatch.setattr("okrsite.cli.hosting.open_company", refuse)
        result = run("build")
        assert result.exit_code == 1
        assert result.stderr.count("error[OKR-Y001]: no colon") == 1
        assert (company / "site/index.html").is_file()

    def test_an_unknown_audience_is_wrong_usage(
        self, company: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(request: Request) -> FakeContent:
            raise UnknownAudienceError(f"no audience is called '{request.audience}'")

        monkeypatch.setattr("okrsite.cli.hosting.open_company", refuse)
        result = run("build", "--audience", "pubic")
        assert result.exit_code == 2
        assert "Error: no audience is called 'pubic'" in result.stderr
        assert not (company / "site").exists()

    @pytest.mark.parametrize(
        ("yml", "words"),
        [
            ("site_name: x\nplugins: [search]\n", "does not use okrsite; mend: add it"),
            ("site_name: [\n", "mkdocs.yml"),
            ("plugins: [okrsite]\n", "site_name"),
            ("site_name: x\ntheme: {name: nowhere}\nplugins: [okrsite]\n", "nowhere"),
        ],
    )
    def test_a_wrong_configuration_is_wrong_usage(
        self, company: Path, yml: str, words: str
    ) -> None:
        (company / "mkdocs.yml").write_text(yml)
        result = run("build")
        assert result.exit_code == 2
        assert words in result.stderr

    def test_a_folder_of_something_else_stays(self, company: Path) -> None:
        (company / "site").mkdir()
        (company / "site/thesis.txt").touch()
        result = run("build")
        assert result.exit_code == 2
        assert "mend: name another folder with --site-dir" in result.stderr
        assert [path.name for path in (company / "site").iterdir()] == ["thesis.txt"]

    def test_a_date_that_is_none_is_wrong_usage(self, company: Path) -> None:
        result = run("build", "--as-of", "yesterday")
        assert result.exit_code == 2
        assert "write 2026-11-22" in result.stderr

    def test_the_site_inside_the_source_is_no_content(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: FakeContent
    ) -> None:
        (tmp_path / "2026-q4.yml").write_text("objectives: []\n")
        monkeypatch.chdir(tmp_path)
        assert run("build").exit_code == 0
        assert content.asked[0].source == tmp_path
        assert tmp_path / "site" in content.asked[0].exclude


class TestSource:
    def test_named(self, tmp_path: Path) -> None:
        assert find_source(tmp_path, Path()) == tmp_path

    @pytest.mark.parametrize(
        ("plugins", "expected"),
        [
            ("[search, okrsite: {source: okrs}]", "okrs"),
            ("{okrsite: {source: okrs}}", "okrs"),
            ("[okrsite]", "content/okrs"),
        ],
    )
    def test_by_the_configuration(self, tmp_path: Path, plugins: str, expected: str) -> None:
        yml = tmp_path / "mkdocs.yml"
        yml.write_text(f"site_name: x\nplugins: {plugins}\n")
        (tmp_path / expected).mkdir(parents=True)
        assert find_target(None, None, "", yml).source == tmp_path / expected

    def test_day_and_audience_by_the_configuration(self, tmp_path: Path) -> None:
        yml = tmp_path / "mkdocs.yml"
        yml.write_text("site_name: x\nplugins: [okrsite: {as_of: 2026-11-20, audience: public}]\n")
        target = find_target(None, None, "", yml)
        assert (target.as_of, target.audience) == (date(2026, 11, 20), "public")
        assert find_target(None, date(2026, 1, 2), "", yml).as_of == date(2026, 1, 2)
        other = find_target(tmp_path, None, "", yml)
        assert (other.as_of, other.audience) == (None, "")

    def test_a_configuration_of_something_else(self, tmp_path: Path) -> None:
        (tmp_path / "mkdocs.yml").write_text("site_name: source\n")
        assert configured(tmp_path / "mkdocs.yml") is None

    def test_this_folder_if_it_holds_a_plan(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert not holds_plan(tmp_path)
        assert run("build").exit_code == 2
        (tmp_path / "2026-q4.yml").touch()
        assert find_source(None, tmp_path) == tmp_path


class TestMain:
    def test_help_has_an_example(self) -> None:
        for words in (["--help"], ["build", "--help"], ["serve", "--help"]):
            result = run(*words)
            assert result.exit_code == 0
            assert re.search(r"Example:\s+okrsite", result.stdout)

    def test_wrong_usage_is_2(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as ended:
            main(["bulid"])
        assert ended.value.code == 2
        assert "bulid" in capsys.readouterr().err

    def test_a_fault_of_ours_is_3(
        self, company: Path, content: FakeContent, capsys: pytest.CaptureFixture[str]
    ) -> None:
        content.rendered = lambda: 1 / 0  # type: ignore[assignment, return-value]
        with pytest.raises(SystemExit) as ended:
            main(["build"])
        assert ended.value.code == 3
        assert "fault of okrsite's own" in capsys.readouterr().err
        assert sorted(path.name for path in company.iterdir()) == [".okrsite-cache", "content"]

    def test_success_is_0(self, company: Path) -> None:
        with pytest.raises(SystemExit) as ended:
            main(["build"])
        assert ended.value.code == 0


class TestServe:
    def test_a_change_is_seen(self, company: Path, content: FakeContent) -> None:
        with served(company) as (url, _):
            assert "body of /teams/" in fetch(url + "teams/")
            content.name = "Changed"
            (company / "content/okrs/2026-q4.yml").write_text("objectives:\n")
            wait_until(lambda: "<title>Changed</title>" in fetch(url))

    def test_a_broken_configuration_leaves_the_site(
        self, company: Path, content: FakeContent
    ) -> None:
        yml = company / "mkdocs.yml"
        yml.write_text(YML)
        with served(company, yml) as (url, caught):
            asked = len(content.asked)
            yml.write_text("site_name: [\n")
            wait_until(lambda: bool(caught))
            assert "body of /teams/" in fetch(url + "teams/")
            yml.write_text(YML + "site_description: x\n")
            wait_until(lambda: len(content.asked) > asked)
            assert 'content="x"' in fetch(url)

    def test_the_site_has_the_path_of_its_address(self, company: Path) -> None:
        yml = company / "mkdocs.yml"
        yml.write_text(YML + "site_url: https://okrs.example.com/x/\n")
        with served(company, yml) as (url, _):
            assert url.endswith("/x/")
            assert f'canonical" href="{url}teams/"' in fetch(url + "teams/")

    def test_a_taken_port_is_wrong_usage(self, company: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            order = an_order(company)
            with pytest.raises(UsageError, match="choose another --port"):
                serving.serve_site(order, "127.0.0.1", port, lambda _: None)


@contextmanager
def served(company: Path, yml: Path | None = None) -> Iterator[tuple[str, list[str]]]:
    """Serve a company in a thread; give its address and what was logged as an error."""
    ready, urls, servers = threading.Event(), [], []
    errors: list[str] = []

    class Server(serving._Server):
        def serve(self, **_: object) -> None:
            servers.append(self)
            super().serve()

    def announce(url: str) -> None:
        urls.append(url)
        ready.set()

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    order = an_order(company, yml)
    patch = pytest.MonkeyPatch()
    patch.setattr(serving, "_Server", Server)
    patch.setattr(serving.log, "error", lambda words, error: errors.append(words % error))
    thread = threading.Thread(target=serving.serve_site, args=(order, "127.0.0.1", port, announce))
    thread.start()
    try:
        assert ready.wait(30)
        # The observer looks at the files for the first time after the address is known.
        time.sleep(0.6)
        yield urls[0], errors
    finally:
        for server in servers:
            server.shutdown(wait=True)
        thread.join(30)
        patch.undo()


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return str(answer.read().decode())


def wait_until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < until, "nothing happened"
        time.sleep(0.05)


def test_defaults_are_complete(company: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = tmp_path_factory.mktemp("empty")
    config = load(an_order(company), empty)
    assert config.theme.name == "material"
    assert config.theme["font"] is False
    assert config.repo_url is None
    assert Path(config.site_dir) == company / "site"
