"""The search of large sites: which one a site gets, what its index is made of, and its box."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from browser import Chromium, Served, Tab, serve
from builders import company, key_result, objective, plan, team
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from site_builder import Site, a_page
from test_browser import LOOKS, policy_for, with_policy

from okrsite.pages.page import Page, SearchEntry
from okrsite.pages.search import Entries
from okrsite.site.search import (
    MOST_PAGES,
    Facets,
    PagefindError,
    Record,
    choice,
    choose_pagefind,
    index_files,
    name_facets,
    record_pages,
    search_identity,
    service,
    take_records,
)
from okrsite.site.search.index import pairs
from okrsite.site.write import Folder
from okrsite.theme_dir import theme_dir
from okrsite.words import Words

FACETS = Facets("Cycle", "Team", "Kind")
TRUST = Record(
    "teams/platform/2026-q4/trust/",
    "Make the platform trusted",
    "Reduce incidents from 6 to 2. Ana Sousa",
    ("2026-Q4", "Platform"),
    cycle="2026-Q4",
    teams=("Platform",),
    kind="committed",
)
RECORDS = (
    TRUST,
    Record("people/ana/", "Ana Sousa", "Engineer", boost=2, teams=("Data", "Platform")),
    Record("guide/", "Guide", "How it works"),
    Record("guide/#steps", "Steps", "患者平台 in three steps", page="Guide"),
)

needs_pagefind = pytest.mark.skipif(
    service.find_program() is None, reason="Pagefind is not installed"
)


def entries(language: str = "en") -> Entries:
    trust = plan(objective("trust", key_result("sev1"), title="Be trusted."))
    own = plan(objective("ana@2026-q4/focus", team="platform"))
    teams = (team("company"), team(lead="bo", members=("ana",)), team("data", members=("ana",)))
    made = company(trust, own, teams=teams)
    return Entries(made, Words(language, made.as_of))


class TestEntries:
    def test_an_objective_is_found_in_its_cycle_team_and_type(self) -> None:
        found = entries()
        entry = found.objective(found.company.plans[0].objectives[0])
        assert (entry.cycle, entry.teams, entry.kind) == ("2026-Q4", ("Platform",), "aspirational")
        assert entry.tags == ("2026-Q4", "Platform", "aspirational")

    def test_a_person_s_objective_in_all_teams_of_theirs(self) -> None:
        found = entries()
        own = found.objective(found.company.plans[1].objectives[0])
        assert own.teams == ("Platform", "Data")

    def test_teams_and_people_are_kinds_too(self) -> None:
        found = entries("de")
        ana = found.person(found.company.people[0])
        assert (ana.teams, ana.kind) == (("Platform", "Data"), "Personen")
        platform = found.team(found.company.teams[1])
        assert (platform.teams, platform.kind) == (("Platform",), "Team")


class TestRecords:
    @pytest.mark.parametrize(
        ("directory_urls", "location"), [(True, "at/x/"), (False, "at/x/index.html")]
    )
    def test_entries_keep_what_narrows_a_search(self, directory_urls: bool, location: str) -> None:
        entry = SearchEntry("x/", "X", "a < b", ("t",), 0.3, "2026-Q4", ("Data",), "committed")
        page = a_page("x/", "Page X", search=(entry,))
        (record,) = record_pages([page], at="at/", directory_urls=directory_urls)
        assert record == Record(
            location, "X", "a < b", ("t",), 0.3, "", "2026-Q4", ("Data",), "committed"
        )

    def test_a_part_knows_its_page(self) -> None:
        page = a_page("x/", "Page X", search=(SearchEntry("x/#p95", "p95", "words"),))
        own, part = record_pages([page], at="", directory_urls=True)
        assert (own.location, own.title, own.page) == ("x/", "Page X", "")
        assert (part.location, part.title, part.page) == ("x/#p95", "p95", "Page X")

    def test_the_site_s_own_pages_are_plain_text(self) -> None:
        plugins = plugins_with(
            {"location": "g/", "title": "A &amp; b", "text": ""},
            {
                "location": "g/#c",
                "title": "<code>c</code>",
                "text": "<p>1 &lt; <code>2</code>, </p><ul><li>患\u200b者\u200b</li></ul>",
                "tags": ["R&amp;D"],
                "boost": 2,
            },
        )
        assert take_records(plugins) == (
            Record("g/", "A & b"),
            Record("g/#c", "c", "1 < 2, 患者", ("R&D",), 2, "A & b"),
        )

    def test_the_index_that_every_page_loads_is_left_empty(self) -> None:
        plugins = plugins_with({"location": "g/", "title": "G", "text": ""})
        entries = plugins["search"].search_index.entries
        take_records(plugins)
        assert entries == []

    def test_facets_speak_the_site_s_language(self) -> None:
        assert name_facets("de") == Facets("Zyklus", "Team", "Art")
        assert name_facets("xx") == FACETS


def plugins_with(*entries: dict[str, Any]) -> Any:
    index = SimpleNamespace(entries=list(entries))
    return {"search": SimpleNamespace(config={}, search_index=index)}


class TestPairs:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("no Chinese", []),
            ("患者平台", ["患者", "者平", "平台", "台"]),
            ("让 Sev-1 少", ["让", "少"]),
            ("平台。平台!", ["平台", "台"]),
            ("プラットフォームx", ["プラ", "ラッ", "ット", "トフ", "フォ", "ォー", "ーム", "ム"]),
        ],
    )
    def test_cuts(self, text: str, expected: list[str]) -> None:
        assert pairs(text) == expected

    @given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4EFF), min_size=2))
    def test_every_two_neighbours_are_found(self, run: str) -> None:
        assert {run[i : i + 2] for i in range(len(run) - 1)} <= set(pairs(run))


class TestIdentity:
    def test_is_the_same_for_the_same(self) -> None:
        again = tuple(replace(record) for record in RECORDS)
        assert search_identity(RECORDS, "en", FACETS) == search_identity(again, "en", FACETS)

    @pytest.mark.parametrize(
        "change",
        [
            {"title": "Other"},
            {"boost": 0.3},
            {"tags": ("2026-Q4 Platform",)},
            {"cycle": ""},
            {"teams": ("Platform", "Data")},
            {"kind": "learning"},
        ],
    )
    def test_changes_with_what_is_found(self, change: dict[str, Any]) -> None:
        changed = (replace(TRUST, **change), *RECORDS[1:])
        assert search_identity(changed, "en", FACETS) != search_identity(RECORDS, "en", FACETS)

    def test_changes_with_language_and_words(self) -> None:
        languages, words = ("en", "de"), (FACETS, name_facets("zh"))
        found = {search_identity(RECORDS, said, named) for said in languages for named in words}
        assert len(found) == 4


@needs_pagefind
class TestIndex:
    def test_the_same_records_give_the_same_bytes(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        records = [*RECORDS, *many(300)]
        first = index_files(records, "en", FACETS)
        (tmp_path / "pagefind.yml").write_text("force_language: fr\ninclude_characters: '@'\n")
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("PAGEFIND_FORCE_LANGUAGE", "fr")
        assert index_files(iter(records), "en", FACETS) == first

    def test_has_what_a_search_reads_and_no_more(self) -> None:
        files = index_files(RECORDS, "en", FACETS)
        kinds = {"index/", "fragment/", "pagefind.en_"}
        single = {path for path in files if not any(kind in path for kind in kinds)}
        assert single == {
            "pagefind/pagefind.js",
            "pagefind/pagefind-entry.json",
            "pagefind/wasm.en.pagefind",
            "pagefind/records.json",
        }
        assert sum("fragment/" in path for path in files) == len(RECORDS)

    def test_facets_and_ranks_stand_beside_it(self) -> None:
        said = json.loads(index_files(RECORDS, "en", FACETS)["pagefind/records.json"])
        assert said["boosts"] == [1, 2, 1, 1]
        assert said["pages"] == {"3": 2}
        assert said["facets"] == [
            {"label": "Cycle", "values": ["2026-Q4"], "of": [0, [], [], []]},
            {"label": "Team", "values": ["Data", "Platform"], "of": [1, [0, 1], [], []]},
            {"label": "Kind", "values": ["committed"], "of": [0, [], [], []]},
        ]

    def test_names_are_those_of_the_fragments(self) -> None:
        files = index_files(RECORDS, "en", FACETS)
        names = json.loads(files["pagefind/records.json"])["names"].split(" ")
        assert [shown(files, name)["url"] for name in names] == [r.location for r in RECORDS]

    @pytest.mark.parametrize(
        ("language", "stems"),
        [("en", "en"), ("pt-BR", "pt"), ("zh-Hant", "en"), ("ko", "unknown")],
    )
    def test_words_lose_the_endings_of_the_site_s_language(self, language: str, stems: str) -> None:
        assert f"pagefind/wasm.{stems}.pagefind" in index_files(RECORDS, language, FACETS)

    def test_of_two_with_one_address_the_first_counts(self) -> None:
        twice = (TRUST, replace(TRUST, title="Other"))
        assert index_files(twice, "en", FACETS) == index_files([TRUST], "en", FACETS)

    def test_a_site_without_entries_has_an_index(self) -> None:
        files = index_files((), "en", FACETS)
        assert json.loads(files["pagefind/records.json"])["names"] == ""

    def test_what_looks_like_an_order_is_a_word(self) -> None:
        hostile = (
            "___PAGEFIND_ANCHOR___a:0:x ___PAGEFIND_WEIGHT___9 </script>, \u241e \u241f __init__"
        )
        files = index_files([Record("x/", hostile, hostile)], "en", FACETS)
        said = shown(files, json.loads(files["pagefind/records.json"])["names"])
        assert said["anchors"] == []
        assert "PAGEFIND_WEIGHT___9" in said["content"]
        assert said["content"].count("\u241e") == 4


def many(count: int) -> list[Record]:
    return [
        Record(
            f"o/{number}/",
            f"Objective {number}",
            f"from {number} to {number * 2}. Person {number % 40}",
            cycle=f"2026-Q{number % 4 + 1}",
            teams=(f"Team {number % 30}",),
            kind="committed",
        )
        for number in range(count)
    ]


def shown(files: dict[str, bytes], name: str) -> dict[str, Any]:
    (data,) = (data for path, data in files.items() if f"_{name}.pf_fragment" in path)
    fragment: dict[str, Any] = json.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd"))
    return fragment


class TestService:
    @needs_pagefind
    def test_a_complaint_is_an_error(self) -> None:
        with pytest.raises(PagefindError, match="does not yet exist"):
            service.ask([{"type": "GetFiles", "index_id": 7}])

    def test_a_program_that_ends_too_soon_is_an_error(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        program = tmp_path / "pagefind"
        program.write_text("#!/bin/sh\necho out of memory >&2\nexit 3\n")
        program.chmod(0o755)
        monkeypatch.setattr(service, "find_program", lambda: program)
        with pytest.raises(PagefindError, match=r"0 of 5000 .* out of memory"):
            service.ask([{"type": "NewIndex", "config": {}}] * 5000)

    def test_without_the_package_there_is_no_program(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(service.util, "find_spec", lambda _: None)
        assert service.find_program() is None
        with pytest.raises(PagefindError, match="not installed"):
            service.ask([])


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    return load(tmp_path)


def load(folder: Path, more: str = "", theme: str = "{name: material}") -> MkDocsConfig:
    (folder / "docs").mkdir(exist_ok=True)
    said = f"site_name: Harbor\ntheme: {theme}\nplugins: [search]\n{more}"
    (folder / "mkdocs.yml").write_text(said, encoding="utf-8")
    config = load_config(str(folder / "mkdocs.yml"), site_dir=str(folder / "site"))
    config.theme.dirs.insert(0, str(theme_dir()))
    return config


def ready(config: MkDocsConfig) -> Any:
    """Return the templates' environment, when plugins have heard of the configuration."""
    config.plugins.on_startup(command="build", dirty=False)
    config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    return config.theme.get_env()


class TestChoice:
    @needs_pagefind
    @pytest.mark.parametrize(("pages", "chosen"), [(MOST_PAGES, False), (MOST_PAGES + 1, True)])
    def test_large_sites_get_pagefind(self, config: MkDocsConfig, pages: int, chosen: bool) -> None:
        env = ready(config)
        assert choose_pagefind(env, config, pages) is chosen
        linked = [*map(str, config.extra_javascript), *config.extra_css]
        assert any("search" in name for name in linked) is chosen
        assert (choice.WORKER in spell(env, config)) is chosen

    def test_without_the_package_there_is_one_notice(
        self,
        config: MkDocsConfig,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        monkeypatch.setattr(choice, "find_program", lambda: None)
        choice._advise.cache_clear()
        env = ready(config)
        with caplog.at_level(logging.INFO):
            assert not choose_pagefind(env, config, MOST_PAGES)
            assert caplog.messages == []
            assert not choose_pagefind(env, config, MOST_PAGES + 1)
            assert not choose_pagefind(env, config, MOST_PAGES + 1)
        (said,) = [record for record in caplog.records if "okrsite[search]" in record.getMessage()]
        assert said.levelno == logging.INFO
        assert config.extra_javascript == []

    def test_another_search_stays_as_it_is(self, tmp_path: Path) -> None:
        config = load(tmp_path, theme="{name: mkdocs}")
        assert not choose_pagefind(ready(config), config, MOST_PAGES + 1)

    def test_a_theme_that_starts_another_worker_keeps_its_search(
        self, config: MkDocsConfig, tmp_path: Path
    ) -> None:
        (tmp_path / "base.html").write_text("{{ 'my/worker.js' | url }}")
        config.theme.dirs.insert(0, str(tmp_path))
        assert not choose_pagefind(ready(config), config, MOST_PAGES + 1)

    def test_a_site_without_search_needs_none(self, config: MkDocsConfig) -> None:
        env = ready(config)
        del config.plugins["material/search"]
        assert not choose_pagefind(env, config, MOST_PAGES + 1)


def spell(env: Any, config: MkDocsConfig) -> str:
    template = env.from_string("{{ 'assets/javascripts/workers/search.0ab.min.js' | url }}")
    return str(template.render(page=None, base_url="..", config=config))


# A large site, made small: pages of Markdown at the addresses of ours, and the index of both.

TITLES = {
    "teams/platform/": ("Platform", "", 2.0, ""),
    "teams/platform/2026-q4/trust/": ("Make the platform trusted", "Ana Sousa", 1, "2026-Q4"),
    "teams/platform/2026-q3/steady/": ("Keep the platform steady", "Ana Sousa", 0.3, "2026-Q3"),
    "teams/china/2026-q4/pilot/": ("让首批患者用起来", "平台故障不超过 4 次", 1, "2026-Q4"),
    "people/ana/": ("Ana Sousa", "Platform engineer, about <b>1 & 2</b>", 2.0, ""),
    **{
        f"teams/data/2026-q4/o{n}/": (f"Objective number {n}", "of a warehouse", 1, "2026-Q4")
        for n in range(40)
    },
}
ADDRESS = "http://127.0.0.1/company/"
GUIDE = "# Guide\n\nHow.\n\n## First steps\n\nWarehouses.\n\n## Last steps\n\nWarehouse.\n"


def our_pages() -> Iterator[Page]:
    for url, (title, text, boost, cycle) in TITLES.items():
        team = url.split("/")[1].title() if url.startswith("teams/") else "Platform"
        kind = "committed" if cycle else "People" if url.startswith("people/") else "Team"
        entry = SearchEntry(
            url, title, text, (cycle,) if cycle else (), boost, cycle, (team,), kind
        )
        yield a_page(url, title, search=(entry,))


class Wired(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """What a site with pages of ours does about its search."""

    def __init__(self, language: str) -> None:
        self.language = language

    def on_env(self, env: Any, *, config: MkDocsConfig, **_: Any) -> None:
        assert choose_pagefind(env, config, MOST_PAGES + 1)

    @event_priority(100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        own = [r for r in take_records(config.plugins) if r.location.startswith("guide")]
        ours = record_pages(our_pages(), at="", directory_urls=config.use_directory_urls)
        folder = Folder(Path(config.site_dir))
        facets = name_facets(self.language)
        for path, data in index_files((*ours, *own), self.language, facets).items():
            folder.write(path, [data])


@dataclass(frozen=True)
class Large:
    """A built site, which lies in the folder ``company/`` of its host."""

    root: Path
    sitemap: str


def build_large(folder: Path, language: str, more: str = "") -> Large:
    features = "[navigation.instant, search.highlight, search.share]"
    theme = f"{{name: material, language: {language}, font: false, features: {features}}}"
    config = load(folder, f"site_url: {ADDRESS}\n{more}", theme)
    config.site_dir = str(folder / "host" / "company")
    config.plugins["wired"] = Wired(language)
    texts = {"index.md": "# Home\n", "guide/index.md": GUIDE}
    texts |= {
        f"{url}index.md": f"# {title}\n\n{text}\n" for url, (title, text, *_) in TITLES.items()
    }
    for name, text in texts.items():
        target = folder / "docs" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    sitemap = (folder / "host/company/sitemap.xml").read_text(encoding="utf-8")
    return Large(folder / "host", sitemap)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Large:
    return build_large(tmp_path_factory.mktemp("large"), "en")


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Large:
    more = "use_directory_urls: false\n"
    return build_large(tmp_path_factory.mktemp("chinese"), "zh", more)


@pytest.fixture
def served(large: Large) -> Iterator[Served]:
    with serve(large.root) as served:
        # Instant navigation goes by the addresses in the sitemap.
        said = large.sitemap.replace(ADDRESS, f"{served.address}company/")
        (large.root / "company/sitemap.xml").write_text(said, encoding="utf-8")
        yield served


META = "document.querySelector('.md-search-result__meta').textContent"
OPEN = "document.querySelector('#__search').checked"
FACETS_SHOWN = """[...document.querySelectorAll('.okr-facet')]
  .map(select => [select.getAttribute('aria-label'), ...[...select.options].map(o => o.text)])"""
ACTIVE = "(document.activeElement.getAttribute('aria-label') || document.activeElement.pathname)"


def find(tab: Tab, words: str, said: str) -> list[str]:
    """Search, wait for what is said about the results, and return the addresses that are listed."""
    tab.press("/")
    tab.wait_for("document.activeElement.matches('.md-search__input')")
    tab.write(words)
    return wait(tab, said)


def wait(tab: Tab, said: str) -> list[str]:
    tab.wait_for(f"{META} === {json.dumps(said)}")
    tab.settle()
    return listed(tab)


def listed(tab: Tab) -> list[str]:
    return list(
        tab.value(
            "[...document.querySelectorAll('.md-search-result__link')]"
            ".map(link => link.pathname + link.hash)"
        )
    )


def press(tab: Tab, key: str, number: int, *, shift: bool = False) -> None:
    said = {"key": key, "code": key, "windowsVirtualKeyCode": number, "modifiers": 8 * shift}
    tab.call("Input.dispatchKeyEvent", type="rawKeyDown", **said)
    tab.call("Input.dispatchKeyEvent", type="keyUp", **said)


def choose(tab: Tab, facet: str, value: str) -> None:
    tab.value(
        f"""(() => {{
          const select = document.querySelector('.okr-facet[aria-label={facet}]');
          select.value = [...select.options].find(o => o.text.startsWith({json.dumps(value)})).value;
          select.dispatchEvent(new Event('change'));
        }})()"""
    )


@needs_pagefind
@pytest.mark.browser
class TestBox:
    def test_nothing_is_loaded_before_it_is_opened(self, served: Served, tab: Tab) -> None:
        tab.open(f"{served.address}company/teams/platform/")
        tab.settle()
        ours = [url for url in tab.requests if "pagefind" in url]
        index = [url for url in tab.requests if "search_index.json" in url]
        assert ours == []
        assert len(index) == 1
        assert tab.value(f"fetch({index[0]!r}).then(r => r.json()).then(i => i.docs)") == []
        find(tab, "warehouse", "41 matching documents")
        assert any("pagefind" in url for url in tab.requests)
        assert tab.errors == []
        assert tab.foreign == []
        assert served.asked == []

    @pytest.mark.parametrize(
        ("words", "said", "first"),
        [
            ("platform", "4 matching documents", "teams/platform/"),
            ("ana", "3 matching documents", "people/ana/"),
            ("trust", "1 matching document", "teams/platform/2026-q4/trust/"),
            ("患者", "1 matching document", "teams/china/2026-q4/pilot/"),
            ("平台故障", "1 matching document", "teams/china/2026-q4/pilot/"),
            ("患者 平台 4", "1 matching document", "teams/china/2026-q4/pilot/"),
        ],
    )
    def test_finds(self, served: Served, tab: Tab, words: str, said: str, first: str) -> None:
        tab.open(f"{served.address}company/guide/")
        assert find(tab, words, said)[0] == f"/company/{first}"
        assert tab.errors == []

    def test_what_nothing_matches_is_said(self, served: Served, tab: Tab) -> None:
        tab.open(f"{served.address}company/")
        assert find(tab, "者患", "No matching documents") == []

    def test_closed_cycles_come_last(self, served: Served, tab: Tab) -> None:
        tab.open(f"{served.address}company/")
        found = find(tab, "platform", "4 matching documents")
        assert found[-1] == "/company/teams/platform/2026-q3/steady/"

    def test_words_are_marked_and_stay_text(self, served: Served, tab: Tab) -> None:
        tab.open(f"{served.address}company/")
        find(tab, "engineer", "1 matching document")
        text = "document.querySelector('.md-search-result__article p')"
        assert tab.value(f"{text}.innerHTML") == (
            "Platform <mark>engineer</mark>, about &lt;b&gt;1 &amp; 2&lt;/b&gt;"
        )
        tab.value("document.querySelector('.md-search__form').reset()")
        wait(tab, "Type to start searching")
        find(tab, "患者用", "1 matching document")
        assert tab.value(
            "document.querySelector('.md-search-result__article mark').textContent"
        ) == ("患者用")

    def test_parts_of_a_page_stand_below_it(self, served: Served, tab: Tab) -> None:
        tab.open(f"{served.address}company/")
        find(tab, "steps", "1 matching document")
        assert (
            tab.value("document.querySelector('.md-search-result__item h1').textContent") == "Guide"
        )
        (guide, first) = listed(tab)
        assert guide == "/company/guide/"
        tab.value("document.querySelector('.md-search-result__more summary').click()")
        tab.wait_for("document.querySelectorAll('.md-search-result__link').length === 3")
        anchors = {"/company/guide/#first-steps", "/company/guide/#last-steps"}
        assert {first, listed(tab)[-1]} == anchors
        assert tab.errors == []

    def test_more_is_listed_as_somebody_scrolls(self, served: Served, tab: Tab) -> None:
        tab.open(f"{served.address}company/")
        seen = len(find(tab, "warehouse", "41 matching documents"))
        assert 10 <= seen < 41
        tab.value("document.querySelector('.md-search__scrollwrap').scrollTop = 1e6")
        tab.wait_for(f"document.querySelectorAll('.md-search-result__item').length > {seen}")
        assert len(listed(tab)) == len(set(listed(tab)))

    def test_facets_narrow_it_down_and_count(self, served: Served, tab: Tab) -> None:
        tab.open(f"{served.address}company/")
        find(tab, "platform", "4 matching documents")
        assert tab.value(FACETS_SHOWN) == [
            ["Cycle", "Cycle", "2026-Q4 (1)", "2026-Q3 (1)"],
            ["Team", "Team", "Platform (4)"],
            ["Kind", "Kind", "committed (2)", "People (1)", "Team (1)"],
        ]
        choose(tab, "Kind", "committed")
        assert len(wait(tab, "2 matching documents")) == 2
        choose(tab, "Cycle", "2026-Q3")
        assert wait(tab, "1 matching document") == ["/company/teams/platform/2026-q3/steady/"]
        # What another choice in the same facet would give stays to be seen.
        assert tab.value(FACETS_SHOWN)[0] == ["Cycle", "Cycle", "2026-Q4 (1)", "2026-Q3 (1)"]
        assert tab.value(FACETS_SHOWN)[2] == ["Kind", "Kind", "committed (1)"]

    def test_facets_alone_list_all_they_hold(self, served: Served, tab: Tab) -> None:
        tab.open(f"{served.address}company/")
        find(tab, "", "Type to start searching")
        tab.wait_for("document.querySelector('.okr-facet')")
        choose(tab, "Team", "China")
        assert wait(tab, "1 matching document") == ["/company/teams/china/2026-q4/pilot/"]
        tab.value("document.querySelector('.md-search__form').reset()")
        assert wait(tab, "Type to start searching") == []

    def test_is_there_for_a_keyboard(self, served: Served, tab: Tab) -> None:
        tab.open(f"{served.address}company/")
        found = find(tab, "platform", "4 matching documents")
        order = []
        for _ in range(4):
            tab.press("Tab")
            order.append(tab.value(ACTIVE))
        assert order == ["Cycle", "Team", "Kind", found[0]]
        assert tab.value(OPEN)
        tab.value("document.querySelector('.okr-facet').focus()")
        press(tab, "ArrowDown", 40)
        assert tab.value(ACTIVE) == "Cycle"
        wait(tab, "1 matching document")
        tab.press("Tab", shift=True)
        assert tab.value(ACTIVE) == "Search"
        press(tab, "ArrowDown", 40)
        assert tab.value(ACTIVE) == "/company/teams/platform/2026-q4/trust/"
        tab.press("Escape")
        assert not tab.value(OPEN)
        assert tab.errors == []

    def test_enter_opens_the_first_and_it_goes_on(self, served: Served, tab: Tab) -> None:
        tab.open(f"{served.address}company/")
        (first, *_) = find(tab, "platform", "4 matching documents")
        tab.value("window.same = true")
        tab.press("Enter")
        tab.wait_for(f"location.pathname === '{first}'")
        assert tab.value("new URLSearchParams(location.search).get('h')") == "platform"
        tab.wait_for("document.querySelector('article mark')")
        tab.wait_for(f"!{OPEN}")
        assert tab.value("window.same"), "instant navigation loads no page anew"
        tab.press("/")
        tab.value("document.querySelector('.md-search__form').reset()")
        wait(tab, "Type to start searching")
        assert find(tab, "trust", "1 matching document") == [
            "/company/teams/platform/2026-q4/trust/"
        ]
        assert tab.errors == []

    def test_an_address_can_bring_its_words(self, served: Served, tab: Tab) -> None:
        tab.open(f"{served.address}company/guide/?q=platform")
        assert len(wait(tab, "4 matching documents")) == 4

    def test_speaks_the_site_s_language(self, chinese: Large, tab: Tab) -> None:
        with serve(chinese.root) as served:
            tab.open(f"{served.address}company/guide/index.html")
            (found,) = find(tab, "患者用起", "找到 1 个符合条件的结果")
            assert found == "/company/teams/china/2026-q4/pilot/index.html"
            assert [label for label, *_ in tab.value(FACETS_SHOWN)] == ["周期", "团队", "类型"]
            tab.press("Enter")
            tab.wait_for(f"location.pathname === '{found}'")
            assert tab.errors == []
            assert served.asked == []

    @pytest.mark.parametrize(("width", "scheme"), LOOKS)
    def test_is_for_everybody_on_every_screen(
        self, served: Served, browser: Chromium, width: int, scheme: str
    ) -> None:
        axe = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
        with browser.tab(width, scheme) as tab:
            tab.open(f"{served.address}company/teams/platform/")
            if scheme == "dark":
                tab.value("document.body.setAttribute('data-md-color-scheme', 'slate')")
            tab.value("document.querySelector('.md-search__input').focus()")
            tab.write("platform")
            wait(tab, "4 matching documents")
            tab.value(axe + ";0")
            assert tab.value(FOUND) == []
            assert tab.value("document.documentElement.scrollWidth") <= width
            boxes = tab.value(BOXES)
            assert all(left >= 0 and right <= width for left, right in boxes)
            assert len(boxes) == 3

    def test_a_strict_policy_needs_one_word_more(self, large: Large, tab: Tab) -> None:
        strict = policy_for(Site(large.root))
        with serve(large.root, with_policy(strict)) as served:
            tab.open(f"{served.address}company/teams/platform/")
            tab.press("/")
            tab.wait_for("document.activeElement.matches('.md-search__input')")
            tab.settle(1)
            assert any("WebAssembly" in error for error in tab.errors)
        more = strict.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
        with serve(large.root, with_policy(more)) as served:
            tab.open(f"{served.address}company/teams/platform/")
            find(tab, "platform", "4 matching documents")
            assert tab.errors == []


# How pale its words are and its marks is Material's matter, in Material's list.
FOUND = """
axe.run(document.querySelector('.md-search__output'), {resultTypes: ['violations'], preload: false})
  .then(found => found.violations
    .filter(rule => ['serious', 'critical'].includes(rule.impact))
    .flatMap(rule => rule.nodes
      .filter(node => rule.id !== 'color-contrast' || /okr/.test(node.html))
      .map(node => `${rule.id}: ${node.html.slice(0, 120)}`)))
"""
BOXES = """[...document.querySelectorAll('.okr-facet')]
  .map(facet => facet.getBoundingClientRect()).map(box => [box.left, box.right])"""
