"""Catalogs: complete, in step with code and templates, and nothing on a page goes round them."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message as Entry
from cramped import cramp
from greek import AMENDED_AFTER, AMENDED_BEFORE, GREEK
from messages import LANGUAGES, LOCALE, ROOT, find_messages, read_catalog, update_catalog
from repositories import Repository

from okrsite.company import load_company
from okrsite.forge import Forge, Kind
from okrsite.pages.page import NavItem, Surroundings
from okrsite.sentences import read_sentence
from okrsite.theme_dir import theme_dir
from okrsite.words import STATUS_WORDS, Words, say_status
from okrsite.words import language as words_language

DEMO = ROOT / "content" / "okrs"
SPACE = "\N{NO-BREAK SPACE}"
each_language = pytest.mark.parametrize("language", LANGUAGES)


def entries(language: str) -> list[Entry]:
    return [entry for entry in read_catalog(language) if entry.id]


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_language_of_the_site_has_its_catalog() -> None:
    assert sorted(path.stem for path in LOCALE.glob("*.po")) == sorted(LANGUAGES)


def test_messages_are_found_in_code_and_templates() -> None:
    found = find_messages()
    assert {"On track", "Home", "A number is enough; leave empty what has no news."} <= found
    assert {"Where you are", ("{n} key result", "{n} key results")} <= found


@each_language
def test_a_catalog_is_as_make_words_leaves_it(language: str) -> None:
    assert (LOCALE / f"{language}.po").read_bytes() == update_catalog(language)


@each_language
def test_every_message_is_translated_and_none_is_unused(language: str) -> None:
    known = {
        entry.id if isinstance(entry.id, str) else tuple(entry.id) for entry in entries(language)
    }
    assert known == find_messages()
    empty = [entry.id for entry in entries(language) if not all(forms(entry.string))]
    assert empty == []
    assert [entry.id for entry in entries(language) if entry.fuzzy] == []


@each_language
def test_every_plural_has_all_its_forms(language: str) -> None:
    number = read_catalog(language).num_plurals
    plurals = [entry for entry in entries(language) if entry.pluralizable]
    assert plurals
    for entry in plurals:
        assert len(forms(entry.string)) == number, entry.id


@each_language
def test_translations_name_the_same_values_as_messages(language: str) -> None:
    for entry in entries(language):
        one, *many = (names(form) for form in forms(entry.id))
        all_of_them = many[0] if many else one
        *singular, last = (names(form) for form in forms(entry.string))
        assert last == all_of_them, entry.id
        for said in singular:
            # A language may count one in figures where English doesn't, and the other way round.
            assert all_of_them - {"n"} <= said <= all_of_them, entry.id


@each_language
def test_a_translation_ends_as_its_message_does(language: str) -> None:
    for entry in entries(language):
        for said in forms(entry.string):
            assert said == said.strip(), entry.id
            message = forms(entry.id)[0]
            assert message.endswith(".") == said.endswith((".", "。")), entry.id


def test_french_keeps_a_space_before_high_punctuation() -> None:
    for entry in entries("fr"):
        for said in forms(entry.string):
            assert not re.search(rf"[^{SPACE}][:;!?»](?:\s|$)|«[^{SPACE}]", said), said
            assert "'" not in said, said


def test_chinese_has_full_width_punctuation() -> None:
    for entry in entries("zh"):
        for said in forms(entry.string):
            assert not re.search(r"[\u4e00-\u9fff}][,;:!?]|[\u4e00-\u9fff][()]", said), said


@each_language
def test_badges_and_buttons_stay_short(language: str) -> None:
    words = Words(language, date(2026, 11, 20))
    for status in STATUS_WORDS.values():
        assert len(words.gettext(status)) <= 16, status
    for button in ("Edit", "Check in", "Discuss", "Follow", "Open all", "Close all"):
        assert len(words.gettext(button)) <= 18, button


@each_language
def test_a_status_inside_a_sentence_is_its_word(language: str) -> None:
    words = Words(language, date(2026, 11, 20))
    for status, word in STATUS_WORDS.items():
        assert say_status(words, status).casefold() == words.gettext(word).casefold()


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_example_of_a_plan_can_be_written_and_read(language: str) -> None:
    words = Words(language, date(2026, 11, 20))
    objective = words.gettext("What should be better for somebody when the quarter ends")
    example = words.gettext("A number that proves it, from 6 to 2")
    read = read_sentence(example, language)
    assert read.baseline
    assert read.target
    assert (read.baseline.value, read.target.value) == (Decimal(6), Decimal(2))
    for line in (objective, example):
        assert not re.search(r":\s|\s#|^\W", line), "it stands in YAML without quotes"


NAMES = {"UTC", "ghost", "dana"}
"""What the company above writes in Latin: a time zone and two people whom nobody lists."""
_FILES = re.compile(r"[\w./-]+\.(?:csv|ics|json|svg|xml|yml)")
AS_OF = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Asked(gettext.NullTranslations):
    """Keeps what is asked of it, and turns the letters of a message into others."""

    def __init__(self, letter: str = "") -> None:
        super().__init__()
        self.letter = letter
        self.messages: set[str | tuple[str, str]] = set()

    def gettext(self, message: str) -> str:
        self.messages.add(message)
        return self._say(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.messages.add((msgid1, msgid2))
        return self._say(msgid1 if n == 1 else msgid2)

    def _say(self, message: str) -> str:
        if not self.letter:
            return message
        parts = re.split(r"({\w+})", message)
        return "".join(p if p[:1] == "{" else re.sub("[A-Za-z]", self.letter, p) for p in parts)


class Visible(HTMLParser):
    """Collects the words of a page that people see or hear; code is code in any language."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.code = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.code += tag in {"pre", "code", "style"}
        heard = {"title", "aria-label", "data-okr-filter", "data-okr-expand", "data-okr-collapse"}
        self.words += [value or "" for name, value in attrs if name in heard]

    def handle_endtag(self, tag: str) -> None:
        self.code -= tag in {"pre", "code", "style"}

    def handle_data(self, data: str) -> None:
        if not self.code:
            self.words.append(data)


def draw(source: Path, language: str) -> Iterator[tuple[str, str]]:
    """Yield the address and the HTML of every page."""
    loaded = load_company(source, AS_OF, now=NOW)
    assert [problem for problem in loaded.problems if problem.severity.value == "error"] == []
    forge = Forge("https://git.example.com/okrs", Kind.GITLAB, "main", "okrs")
    around = Surroundings("https://okrs.example.com/", forge=forge, template_dirs=(theme_dir(),))
    rules = replace(loaded.company.rules, language=language)
    loaded = replace(loaded, company=replace(loaded.company, rules=rules))
    rendered = loaded.render(around)
    yield "navigation", f'<ul title="{" ".join(_titles(rendered.nav))}"></ul>'
    for page in rendered.pages:
        yield page.url, page.draw()
    for asset in rendered.assets:
        text = b"".join(asset.draw()).decode("utf-8", "replace")
        if asset.url.endswith("feed.xml"):
            titles = re.findall(r"<title>(.*?)</title>", text)
            yield asset.url, " ".join([*titles, *re.findall(r"CDATA\[(.*?)\]\]>", text, re.DOTALL)])


def _titles(items: Iterable[NavItem]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)


@pytest.fixture
def greek(tmp_path: Path) -> Path:
    """Return the tree of a company in whose repository every term of a plan was amended."""
    plan, repository = "amended/2026-q4.yml", Repository.new(tmp_path)
    team = {"amended/team.md": "---\ntitle: Άλλα\n---\n"}
    repository.write({**GREEK, **team, plan: AMENDED_BEFORE})
    repository.commit("2026-09-20", "Αρχή", "Άννα <ana@acme.example>")
    repository.write({plan: AMENDED_AFTER})
    repository.commit("2026-11-10", "Update 2026-q4.yml", "Άννα <ana@acme.example>")
    return tmp_path


def test_every_word_of_ours_goes_through_the_catalog(
    greek: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked("ж")
    monkeypatch.setattr(words_language, "read_catalog", lambda language: asked)
    roomy = list(draw(greek, "el"))
    cramp(monkeypatch)  # so that what only large companies see is said, too
    ours = {
        (word, url)
        for url, html in (*roomy, *draw(greek, "el"))
        for text in Visible(html).words
        for word in re.findall("[A-Za-z]{2,}", _FILES.sub("", text))
    }
    assert {(word, url) for word, url in ours if word not in NAMES} == set()
    assert asked.messages <= find_messages()
    # Most of what can be said is said on these pages, else the test would show little.
    assert len(asked.messages) > 0.8 * len(find_messages())


def test_the_demo_says_nothing_that_translators_do_not_see(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = Asked()
    monkeypatch.setattr(words_language, "read_catalog", lambda language: asked)
    assert sum(bool(html) for _, html in draw(DEMO, "en")) > 100
    assert asked.messages <= find_messages()


@each_language
def test_pages_are_drawn_in_every_language(greek: Path, language: str) -> None:
    english, translated = dict(draw(greek, "en")), dict(draw(greek, language))
    assert set(english) == set(translated)
    words = Words(language, AS_OF)
    for url, message in (
        ("", "Needs a decision"),
        ("teams/platform/", "Objectives and key results"),
        ("how-we-work/", "What badges mean"),
    ):
        said = "\n".join(Visible(translated[url]).words)
        assert words.gettext(message) in said
        assert f'lang="{language}"' in translated[url]
        assert "{" not in said
