"""The plugin's options and events, in real builds of MkDocs."""

from __future__ import annotations

import gzip
import logging
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from site_builder import THREE_LINES, FakeContent, Site, a_page, install, mkdocs_build

from okrsite.clock import now
from okrsite.model import Place
from okrsite.pages.page import Rendered, Surroundings
from okrsite.plugin import OkrsitePlugin
from okrsite.problems import Problem
from okrsite.site.around import find_forge, read_at
from okrsite.site.content import Content, NoContentError, Request, UnknownAudienceError
from okrsite.site.host import Host
from okrsite.theme_dir import theme_dir

ADDRESS = "site_url: https://okrs.example.com/x/\n"


def with_options(**options: str) -> str:
    inside = ", ".join(f"{name}: {value}" for name, value in options.items())
    return THREE_LINES.replace("okrsite,", f"{{okrsite: {{{inside}}}}},")


def broken(message: str = "no colon") -> Problem:
    return Problem("OKR-Y001", Place("platform/2026-q4.yml", 8, 15), message, "write one")


class TestThreeLines:
    def test_three_lines_beside_an_empty_docs_are_a_site(self, tmp_path: Path) -> None:
        site = mkdocs_build(tmp_path, FakeContent())
        assert "<p>body of /</p>" in site.text("index.html")
        assert site.text("data/okrs.json") == "{}"
        assert site.has("404.html")

    def test_without_a_search_there_is_a_site_all_the_same(self, tmp_path: Path) -> None:
        site = mkdocs_build(tmp_path, FakeContent(), THREE_LINES.replace(", search", ""))
        assert site.has("teams/platform/index.html")
        assert not site.has("search/search_index.json")

    def test_an_empty_site_name_is_the_company_s(self, tmp_path: Path) -> None:
        content = FakeContent(name="Hafen", language="de")
        config = THREE_LINES.replace("Harbor", '""')
        html = mkdocs_build(tmp_path, content, config).text("index.html")
        assert "<title>Hafen</title>" in html
        assert '<html lang="de"' in html

    def test_the_company_s_name_is_text(self, tmp_path: Path) -> None:
        config = THREE_LINES.replace("Harbor", '""')
        html = mkdocs_build(tmp_path, FakeContent(name="A & <b>B"), config).text("index.html")
        assert "<title>A &amp; &lt;b&gt;B</title>" in html
        assert "<b>B" not in html
        assert "&amp;amp;" not in html

    def test_content_lies_beside_the_configuration(self, tmp_path: Path) -> None:
        content = FakeContent()
        mkdocs_build(tmp_path, content, with_options(source="elsewhere", audience="public"))
        (request,) = content.asked
        assert request.source == tmp_path / "elsewhere"
        assert request.audience == "public"
        assert tmp_path / "site" in request.exclude


class TestOptions:
    def test_as_of_is_a_day(self, tmp_path: Path) -> None:
        content = FakeContent()
        mkdocs_build(tmp_path, content, with_options(as_of="2026-11-20"))
        assert content.asked[0].as_of == date(2026, 11, 20)

    def test_as_of_is_the_day_of_the_source_s_epoch(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1794873600")
        content = FakeContent()
        mkdocs_build(tmp_path, content)
        assert content.asked[0].as_of is None
        assert content.asked[0].now.date() == date(2026, 11, 17)

    @pytest.mark.parametrize(
        "options", [{"as_of": "yesterday"}, {"at": "../up"}, {"at": "https://x"}]
    )
    def test_what_cannot_be_meant_ends_the_build(
        self, tmp_path: Path, options: dict[str, str]
    ) -> None:
        with pytest.raises(SystemExit):
            mkdocs_build(tmp_path, FakeContent(), with_options(**options))
        assert not (tmp_path / "site").exists()

    def test_content_that_mkdocs_would_publish_ends_the_build(self, tmp_path: Path) -> None:
        with pytest.raises(SystemExit):
            mkdocs_build(tmp_path, FakeContent(), with_options(source="docs/okrs"))

    def test_at_is_a_folder(self) -> None:
        assert [read_at(at) for at in ("", "okrs", "/a/b/")] == ["", "okrs/", "a/b/"]


class TestAt:
    @pytest.fixture
    def site(self, tmp_path: Path) -> Site:
        docs = {"index.md": "# Welcome\n", "guide.md": "# Guide\n\n[fast](okr:data/fast)\n"}
        config = with_options(at="okrs") + ADDRESS
        return mkdocs_build(tmp_path, FakeContent(), config, docs)

    def test_ours_lie_below_the_folder(self, site: Site) -> None:
        assert "<p>body of /</p>" in site.text("okrs/index.html")
        assert site.has("okrs/teams/platform/index.html")
        assert site.has("okrs/data/okrs.json")
        assert not site.has("teams/platform/index.html")

    def test_the_site_keeps_its_home(self, site: Site) -> None:
        assert "Welcome" in site.text("index.html")
        assert "<title>Harbor</title>" in site.text("index.html")

    def test_addresses_have_the_folder(self, site: Site) -> None:
        html = site.text("okrs/teams/platform/index.html")
        assert 'canonical" href="https://okrs.example.com/x/okrs/teams/platform/"' in html
        assert 'href="../../../okrs/teams/data/"' in html
        assert "https://okrs.example.com/x/okrs/alignment/<" in site.text("sitemap.xml")
        assert '"okrs/teams/data/2026-q4/fast/#p95"' in site.text("search/search_index.json")
        assert 'href="../okrs/teams/data/2026-q4/fast/"' in site.text("guide/index.html")


class TestHome:
    def test_the_site_s_prose_is_given_to_ours(self, tmp_path: Path) -> None:
        content = FakeContent()
        docs = {"index.md": "# Welcome\n\n[fast](okr:data/fast)\n"}
        site = mkdocs_build(tmp_path, content, docs=docs)
        assert content.around is not None
        assert '<h1 id="welcome">Welcome</h1>' in content.around.home_prose
        assert 'href="teams/data/2026-q4/fast/"' in content.around.home_prose
        assert "<p>body of /</p>" in site.text("index.html")

    def test_a_company_without_a_home_leaves_the_site_s(self, tmp_path: Path) -> None:
        content = FakeContent(lambda: Rendered((a_page("x/", "X"),)))
        site = mkdocs_build(tmp_path, content, docs={"index.md": "# Welcome\n"})
        assert "Welcome" in site.text("index.html")

    def test_ours_is_below_at(self, tmp_path: Path) -> None:
        content = FakeContent()
        mkdocs_build(tmp_path, content, with_options(at="okrs"), {"index.md": "# Welcome\n"})
        assert content.around is not None
        assert content.around.home_prose == ""


class TestProblems:
    def test_a_link_to_nothing_is_named(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        docs = {"guide.md": "# Guide\n\n[lost](okr:data/slow)\n"}
        site = mkdocs_build(tmp_path, FakeContent(), docs=docs)
        assert "guide.md:1:1: error[OKR-P002] no OKR is called 'data/slow'" in caplog.text
        assert "<a>lost</a>" in site.text("guide/index.html")

    def test_a_page_of_the_site_s_own_stays(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        site = mkdocs_build(tmp_path, FakeContent(), docs={"teams/platform.md": "# Mine\n"})
        assert "Mine" in site.text("teams/platform/index.html")
        assert "/teams/platform/ is both the page 'Platform' and" in caplog.text

    def test_errors_end_a_strict_build(self, tmp_path: Path) -> None:
        content = FakeContent(problems=[broken()])
        with pytest.raises(SystemExit):
            mkdocs_build(tmp_path, content, THREE_LINES + "strict: true\n")

    def test_warnings_do_not(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.INFO)
        stray = Problem("OKR-F002", Place("notes.txt"), "notes.txt is neither", "ignore it")
        mkdocs_build(tmp_path, FakeContent(problems=[stray]), THREE_LINES + "strict: true\n")
        assert "OKR-F002" in caplog.text

    def test_nothing_to_publish_ends_the_build(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        with pytest.raises(SystemExit):
            mkdocs_build(tmp_path, refusing(FakeContent()))
        assert "OKR-Y001" in caplog.text


def refusing(content: FakeContent, message: str = "no <b>colon</b>") -> FakeContent:
    class Refusing(FakeContent):
        def __call__(self, request: Request) -> FakeContent:
            raise NoContentError([broken(message)])

    return Refusing()


class TestServing:
    """What must never raise, as a browser would hang: the same host, told that it serves."""

    def serve(self, folder: Path, content: FakeContent, monkeypatch: pytest.MonkeyPatch) -> Site:
        monkeypatch.setattr(OkrsitePlugin, "on_startup", serving)
        return mkdocs_build(folder, content, docs={"guide.md": "# Guide\n"})

    def test_nothing_to_publish_is_shown(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        site = self.serve(tmp_path, refusing(FakeContent()), monkeypatch)
        for page in ("index.html", "404.html"):
            assert "error[OKR-Y001]: no &lt;b&gt;colon&lt;/b&gt;" in site.text(page)
        assert site.has("guide/index.html")

    def test_an_unknown_audience_is_shown(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Refusing(FakeContent):
            def __call__(self, request: Request) -> FakeContent:
                raise UnknownAudienceError("no audience is called 'x'")

        html = self.serve(tmp_path, Refusing(), monkeypatch).text("index.html")
        assert "<p>no audience is called &#x27;x&#x27;</p>" in html
        assert "fault of okrsite" not in html

    def test_a_fault_while_reading_is_shown(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Failing(FakeContent):
            def __call__(self, request: Request) -> FakeContent:
                raise KeyError("<oops>")

        site = self.serve(tmp_path, Failing(), monkeypatch)
        assert "KeyError: &#x27;&lt;oops&gt;&#x27;" in site.text("index.html")

    def test_a_fault_while_drawing_is_shown(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def failing() -> Rendered:
            raise ZeroDivisionError("mean of nothing")

        site = self.serve(tmp_path, FakeContent(failing), monkeypatch)
        assert "ZeroDivisionError: mean of nothing" in site.text("index.html")

    def test_a_fault_while_building_is_raised(self, tmp_path: Path) -> None:
        def failing() -> Rendered:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            mkdocs_build(tmp_path, FakeContent(failing))


def serving(plugin: OkrsitePlugin, **_: object) -> None:
    plugin.serving = True


class TestUrlsOfFiles:
    def test_links_name_files_where_directories_are_not_served(self, tmp_path: Path) -> None:
        content = FakeContent()
        config = THREE_LINES + ADDRESS + "use_directory_urls: false\n"
        site = mkdocs_build(tmp_path, content, config, {"guide.md": "[fast](okr:data/fast)\n"})
        html = site.text("teams/platform/index.html")
        assert 'href="../../teams/index.html"' in html
        assert 'canonical" href="https://okrs.example.com/x/teams/platform/index.html"' in html
        assert 'href="teams/data/2026-q4/fast/index.html"' in site.text("guide.html")
        assert '"teams/data/2026-q4/fast/index.html#p95"' in site.text("search/search_index.json")
        assert "x/teams/platform/index.html<" in site.text("sitemap.xml")
        assert content.around is not None
        assert not content.around.directory_urls


class TestTheme:
    def test_assets_are_published_and_linked(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        theme = tmp_path / "theme"
        (theme / "assets/okrsite").mkdir(parents=True)
        (theme / "assets/okrsite/okrs.css").write_text("/* ours */")
        (theme / "assets/okrsite/okrs.js").write_text("// ours")
        monkeypatch.setattr("okrsite.site.host.theme_dir", lambda: theme)
        own = "extra_css: [own.css]\n"
        site = mkdocs_build(tmp_path, FakeContent(), THREE_LINES + own, {"own.css": ""})
        html = site.text("teams/platform/index.html")
        assert site.text("assets/okrsite/okrs.css") == "/* ours */"
        assert html.index('href="../../assets/okrsite/okrs.css"') < html.index("../../own.css")
        assert 'src="../../assets/okrsite/okrs.js"' in html

    def test_the_company_s_own_files_come_first(self, tmp_path: Path) -> None:
        custom = tmp_path / "custom"
        (custom / "partials").mkdir(parents=True)
        (custom / "partials/copyright.html").write_text("<p>Harbor's own foot</p>")
        content = FakeContent()
        config = THREE_LINES.replace("material}", "material, custom_dir: custom}")
        site = mkdocs_build(tmp_path, content, config)
        assert "Harbor's own foot" in site.text("teams/platform/index.html")
        assert content.around is not None
        assert content.around.template_dirs == (custom, theme_dir())


class TestForge:
    def forge(self, tmp_path: Path, **options: str) -> object:
        config = MkDocsConfig(str(tmp_path / "mkdocs.yml"))
        config.load_dict({"site_name": "x", "docs_dir": str(tmp_path / "content/docs"), **options})
        (tmp_path / "content/docs").mkdir(parents=True)
        config.validate()
        found = find_forge(config, tmp_path / "content/okrs")
        return found and (found.repository, found.branch, found.source)

    def test_a_full_edit_uri_is_enough(self, tmp_path: Path) -> None:
        uri = "https://git.example.com/harbor/okrs/-/edit/trunk/content/docs/"
        assert self.forge(tmp_path, edit_uri=uri) == (
            *("https://git.example.com/harbor/okrs", "trunk", "content/okrs"),
        )

    def test_repo_url_and_edit_uri(self, tmp_path: Path) -> None:
        options = {"repo_url": "https://github.com/h/o", "edit_uri": "edit/main/content/docs"}
        assert self.forge(tmp_path, **options) == (
            *("https://github.com/h/o", "main", "content/okrs"),
        )

    def test_repo_url_alone(self, tmp_path: Path) -> None:
        assert self.forge(tmp_path, repo_url="https://git.example.com/h/o/") == (
            *("https://git.example.com/h/o", "main", "content/okrs"),
        )

    def test_nothing(self, tmp_path: Path) -> None:
        assert self.forge(tmp_path) is None


class TestSameBytes:
    def test_two_builds_are_equal(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1794873600")
        docs = {"guide.md": "# Guide\n"}
        one, two = (
            mkdocs_build(tmp_path / name, FakeContent(), THREE_LINES + ADDRESS, docs).bytes()
            for name in ("one", "two")
        )
        assert one == two

    @pytest.mark.parametrize("docs", [{}, {"guide.md": "# Guide\n"}])
    def test_the_sitemap_bears_the_as_of_date(self, tmp_path: Path, docs: dict[str, str]) -> None:
        config = with_options(as_of="2020-02-03") + ADDRESS
        site = mkdocs_build(tmp_path, FakeContent(), config, docs)
        assert set(re.findall("<lastmod>(.*?)<", site.text("sitemap.xml"))) == {"2020-02-03"}
        packed = site.bytes()["sitemap.xml.gz"]
        assert gzip.decompress(packed) == site.bytes()["sitemap.xml"]
        assert int.from_bytes(packed[4:8], "little") == 1580688000


class TestInstantNavigation:
    def test_the_sitemap_lists_what_may_be_loaded(self, tmp_path: Path) -> None:
        config = THREE_LINES.replace("material}", "material, features: [navigation.instant]}")
        site = mkdocs_build(tmp_path, FakeContent(), config + ADDRESS)
        html = site.text("teams/platform/index.html")
        for component in ("container", "header-topic", "skip", "announce"):
            assert f'data-md-component="{component}"' in html
        assert "x/teams/platform/<" in site.text("sitemap.xml")


def test_the_plugin_is_known_to_mkdocs_by_its_entry_point(tmp_path: Path) -> None:
    """The command `mkdocs` itself, with the three lines: it says what is missing, no traceback."""
    info = tmp_path / "okrsite-0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: okrsite\nVersion: 0\n")
    entry = "[mkdocs.plugins]\nokrsite = okrsite.plugin:OkrsitePlugin\n"
    (info / "entry_points.txt").write_text(entry)
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(with_options(as_of="never"))
    root = str(Path(__file__).parent.parent)
    path = os.pathsep.join([str(tmp_path), root])
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "as_of: 'never' is no date; mend: write 2026-11-22" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_fake_company_is_content() -> None:
    content: Content = FakeContent()(Request(Path(), date(2026, 11, 22), now()))
    assert content.render(Surroundings()).nav
    install()
    assert Host.__doc__
