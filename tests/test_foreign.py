"""What people write never runs: hostile text in every field of a company, in a real Chromium."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from breadth import part_of
from browser import Chromium, Served, Tab, serve
from command import SHARED_DATA, build_site, okrsite, write_tree
from documents import Document
from site_builder import Site

ELSEWHERE = "tracker.example"
SEED = 20261120
SAMPLE = 50
A_TEAM = 6
"""Objectives in each team."""

# Each does something at once, or when it is pointed at, focused or clicked.
OWN = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title></head><body onload=alert(1)>",
    "</textarea></style></svg></article><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    '" autofocus tabindex=0 onfocus="alert(1)',
    "' onmouseover='alert(1)",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<details open ontoggle=alert(1)>x</details>",
    "<math><a xlink:href=javascript:alert(1)>x</a></math>",
    "javascript:alert(1)",
    "[here](javascript:alert(1))",
    "[here](JaVaScRiPt&colon;alert(1))",
    "[here](java&#x09;script:alert(1))",
    "[here](data:text/html,<script>alert(1)</script>)",
    "[here](vbscript:alert(1))",
    '[okr](okr:"><script>alert(1)</script>)',
    "<javascript:alert(1)>",
    f"![pixel](https://{ELSEWHERE}/p.png)",
    f"![pixel](//{ELSEWHERE}/p.png)",
    f"<img src=//{ELSEWHERE}/p.png srcset=//{ELSEWHERE}/q.png>",
    f"<iframe src=https://{ELSEWHERE}/></iframe>",
    f"<link rel=stylesheet href=//{ELSEWHERE}/x.css>",
    f"<style>@import '//{ELSEWHERE}/x.css'; * {{ display: none }}</style>",
    f"<base href=//{ELSEWHERE}/>",
    f'<meta http-equiv=refresh content="0;url=//{ELSEWHERE}/">',
    f"<form action=//{ELSEWHERE}><input name=x autofocus onfocus=alert(1)></form>",
    '<div style="position:fixed;inset:0;background:url(//tracker.example/p.png)">x</div>',
    "{{ 7 * 7 }} {% raw %} {{ config.items() }} {# #}",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62;",
    "<!-- ]]> --> <![CDATA[ <script>alert(1)</script>",
    "`</code><script>alert(1)</script>` **<b onclick=alert(1)>**",
    '=HYPERLINK("https://tracker.example","x") $(touch x) `touch x`',
    "\u202eevil\u202c \u200f<script>alert(1)</script>",
)
# Addresses that are none are refused; this one is an address, as far as anybody can tell.
LINK = "https://tracker.example/?'<script>alert(1)</script>"
REFUSED = (
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)//https://",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:alert(1)",
    'https://tracker.example/" onmouseover="alert(1)',
    " javascript:alert(1)",
)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")

TEAM = """\
---
title: {0}
lead: p{n}
mission: {0}
vision: {0}
priorities: [{{id: standing, title: {0}}}]
links: {{{0}: {link}, Chat: {link}}}
---
{prose}
"""
OBJECTIVE = """\
  - id: o{n}
    title: {0}
    why: {0}
    owner: p{n}
    tags: [{tag}]
    key_results:
      - id: metric
        title: {0}
        baseline: 10
        target: 20
        description: {0}
        definition: {{counts: {0}, excludes: {0}, source: {link}, contributes: {0}}}
        initiatives: [{{title: {0}, link: {link}}}]
      - id: steps
        title: {0}
        milestones:
          - {{title: {0}}}
          - {{title: Another}}
      - id: rubric
        title: {0}
        rubric: {{0.3: {0}, 1.0: All}}
      - {{id: gone, title: {0}, state: cancelled, cancelled_because: {0}}}
    initiatives:
      - {{title: {0}, link: {link}}}
"""
PLAN_END = """\
health:
  - {{id: h, title: {0}, target: ">= 4"}}
amendments:
  - {{date: 2026-11-02, about: o{n}/metric, why: {0}}}
retrospective:
  went_well: [{0}]
  to_improve: [{0}]
  learned: [{0}]
  next: [{0}]
"""
SAID = """\
  o{n}/metric:
    value: {value}
    confidence: {confidence}
    note: {0}
    blocker: {0}
    decision: {0}
    ask: {0}
"""
CHECK_IN_END = """\
health: {{h: 4.2}}
priorities: [{0}]
upcoming: [{0}]
wins: [{0}]
asks:
  - {{text: {0}, to: t0, by: 2026-11-23}}
note: {0}
"""
FEEDBACK = """\
- {{about: o{n}/metric, kind: question, text: {0}, answer: {0}}}
- {{kind: praise, text: {0}}}
"""


def payloads() -> list[str]:
    """Return our own payloads, and a sample of public ones where they have been put."""
    drawn = random.Random(SEED)  # noqa: S311 - the same sample everywhere is meant
    found = list(OWN)
    for corpus in (xss_payloads(), naughty_strings()):
        found += drawn.sample(corpus, min(SAMPLE, len(corpus)))
    return found


def xss_payloads() -> list[str]:
    file = SHARED_DATA / "corpora" / "payloadbox-xss" / "Intruder" / "xss-payload-list.txt"
    return usable(file.read_text(encoding="utf-8").splitlines()) if file.is_file() else []


def naughty_strings() -> list[str]:
    file = SHARED_DATA / "corpora" / "blns" / "blns.json"
    return usable(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else []


def usable(texts: list[str]) -> list[str]:
    """Leave out what the format refuses as text, and what is nothing."""
    return [text for text in texts if text.strip() and not CONTROL.search(text)]


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def hostile_company(texts: list[str]) -> dict[str, str]:
    """Return the files of a company, each of whose text fields is one of the texts."""
    files = {}
    people = {}
    link = quoted(LINK)
    for t, start in enumerate(range(0, len(texts), A_TEAM)):
        mine = list(enumerate(texts))[start : start + A_TEAM]
        n, first = mine[0]
        folder, text = f"t{t}/", quoted(first)
        last, prose = {"n": n}, "\n\n".join(text for _, text in mine)
        files[f"{folder}team.md"] = TEAM.format(text, n=n, link=link, prose=prose)
        # A comma would make a list of a tag.
        plan = [
            OBJECTIVE.format(quoted(text), n=n, link=link, tag=quoted(text.replace(",", " ")))
            for n, text in mine
        ]
        files[f"{folder}2026-q4.yml"] = (
            "objectives:\n" + "".join(plan) + PLAN_END.format(text, **last)
        )
        for week, value in (("02", 12), ("09", 14), ("16", 13)):
            said = [
                SAID.format(quoted(text), n=n, value=value, confidence=9 - value // 3)
                for n, text in mine
            ]
            files[f"{folder}checkins/2026-11-{week}.yml"] = (
                "key_results:\n" + "".join(said) + CHECK_IN_END.format(text)
            )
        files[f"{folder}feedback/2026-11-05.p{n}.yml"] = FEEDBACK.format(text, **last)
        people |= {f"p{n}": text for n, text in mine}
    files["people.yml"] = "".join(
        f"p{n[1:]}: {{name: {quoted(text)}, title: {quoted(text)}, github: {quoted(text)}}}\n"
        for n, text in people.items()
    )
    files["okrs.yml"] = (
        f"company: {quoted(OWN[0])}\nroles: {{{quoted('okr_lead')}: p0}}\n"
        f"links: {{discuss: {quoted(LINK + '{ref}')}}}\n"
    )
    return files


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Build the site of a company that means harm."""
    folder = tmp_path_factory.mktemp("hostile")
    write_tree(folder / "content" / "okrs", hostile_company(payloads()))
    return build_site(folder / "site", "--as-of", "2026-11-20", "--strict", cwd=folder)


@pytest.fixture(scope="module")
def documents(hostile: Site) -> dict[str, Document]:
    return {p: Document(hostile.text(p)) for p in hostile.bytes() if p.endswith(".html")}


def test_public_payloads_are_there() -> None:
    """Say aloud when only our own payloads were tried."""
    if not xss_payloads() or not naughty_strings():
        pytest.skip(f"no corpora below {SHARED_DATA}: only our own payloads are tried")
    assert len(payloads()) == len(OWN) + 2 * SAMPLE


def test_addresses_that_run_are_refused(tmp_path: Path) -> None:
    key_results = [
        f"    - {{id: k{n}, title: Go, initiatives: [{{title: Go, link: {quoted(link)}}}]}}\n"
        f"    - {{id: d{n}, title: Go, definition: {{source: {quoted(link)}}}}}\n"
        for n, link in enumerate(REFUSED)
    ]
    plan = "- id: o\n  title: Go\n  key_results:\n" + "".join(key_results)
    write_tree(tmp_path, {"2026-q4.yml": plan})
    done = okrsite("check", "--format", "concise", cwd=tmp_path)
    # A definition's source is words; it is a link only if it is an address.
    assert done.stdout.count("OKR-S013") == len(REFUSED)
    site = build_site(tmp_path / "site", "--as-of", "2026-11-20", cwd=tmp_path)
    page = Document(site.text("teams/company/2026-q4/o/index.html"))
    assert {scheme_of(link) for link in page.links} <= HARMLESS
    assert [names for _, names in page.content if "onmouseover" in names] == []


class TestText:
    """What stands in the HTML, of all pages."""

    def test_every_payload_has_its_page(self, hostile: Site) -> None:
        texts = payloads()
        missing = [
            text
            for n, text in enumerate(texts)
            if not hostile.has(f"teams/t{n // A_TEAM}/2026-q4/o{n}/index.html")
        ]
        assert missing == []

    def test_titles_are_shown_as_written(self, hostile: Site) -> None:
        for n, text in enumerate(OWN[:3]):
            html = hostile.text(f"teams/t{n // A_TEAM}/2026-q4/o{n}/index.html")
            title = re.search(r"<title>(.*?) - ", html)
            assert title
            assert unescape(title[1]) == text

    def test_templates_are_not_run(self, hostile: Site) -> None:
        n = next(n for n, text in enumerate(OWN) if "7 * 7" in text)
        html = hostile.text(f"teams/t{n // A_TEAM}/2026-q4/o{n}/index.html")
        assert "{{ 7 * 7 }} {% raw %} {{ config.items() }} {# #}" in unescape(html)

    def test_is_well_formed(self, documents: dict[str, Document]) -> None:
        wrong = {url: page.wrong[:2] for url, page in documents.items() if page.wrong}
        assert wrong == {}

    def test_holds_nothing_that_runs_or_loads(self, documents: dict[str, Document]) -> None:
        found = [
            (url, tag, name, value)
            for url, page in documents.items()
            for tag, attributes in page.content
            for name, value in (attributes or {"": ""}).items()
            if (tag in FORBIDDEN and not is_our_badge(attributes))
            or name in ("style", "srcdoc", "srcset", "formaction", "autofocus", "ping")
            or name.startswith("on")
            or (name == "src" and urlsplit(value).netloc)
            or (name in ("href", "xlink:href") and scheme_of(value) not in HARMLESS)
        ]
        assert found == []

    def test_the_shell_is_as_ever(self, documents: dict[str, Document]) -> None:
        scripts = {page.tags["script"] for url, page in documents.items() if url != "404.html"}
        assert len(scripts) == 1
        assert {page.tags["base"] + page.tags["iframe"] for page in documents.values()} == {0}

    def test_charts_are_xml(self, hostile: Site) -> None:
        charts = 0
        for path in hostile.bytes():
            if path.endswith(".html"):
                for chart in re.findall(
                    r'<svg [^>]*class="okr-chart.*?</svg>', hostile.text(path), re.DOTALL
                ):
                    ElementTree.fromstring(chart)  # noqa: S314 - our own output
                    charts += 1
        assert charts > len(OWN)

    def test_data_are_sound(self, hostile: Site) -> None:
        json.loads(hostile.text("data/okrs.json"))
        json.loads(hostile.text("search/search_index.json"))
        ElementTree.fromstring(hostile.text("sitemap.xml"))  # noqa: S314 - our own output


FORBIDDEN = frozenset("script style iframe object embed form base meta link frame img".split())
HARMLESS = frozenset(("", "http", "https", "mailto"))


def is_our_badge(attributes: dict[str, str]) -> bool:
    """Tell whether an element shows a badge of the site's own, as the data page does."""
    return re.fullmatch(r"\.\./badges/[\w-]+\.svg", attributes.get("src", "")) is not None


def scheme_of(address: str) -> str:
    """Return a link's scheme as browsers see it: without the blanks that they pass over."""
    return urlsplit(re.sub(r"[\x00-\x20]", "", unescape(address))).scheme.lower()


@pytest.fixture
def served(hostile: Site) -> Iterator[Served]:
    with serve(hostile.root) as served:
        yield served


# What a payload calls tells us, even where the browser would show no dialog.
WATCH = """
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
  window[name] = (...said) => heard(name + ' ' + said);
addEventListener('securitypolicyviolation', event => heard('policy ' + event.blockedURI));
"""
# Point at, focus and open everything, as a curious reader does.
PROVOKE = """
for (const element of document.querySelectorAll('article *')) {
  for (const type of ['mouseover', 'mouseenter', 'pointerover', 'focus', 'toggle', 'animationend'])
    element.dispatchEvent(new Event(type, {bubbles: true}));
  if (element.tagName === 'DETAILS') element.open = true;
}
"""


@pytest.fixture
def tab(browser: Chromium) -> Iterator[Tab]:
    with browser.tab() as tab:
        tab.listen("heard")
        tab.before_each_page(WATCH)
        yield tab


@pytest.mark.browser
class TestBrowser:
    def test_would_notice(self, tab: Tab, tmp_path: Path) -> None:
        page = f"<script>alert(1)</script><img src=//{ELSEWHERE}/p.png><p onmouseover=alert(2)>x"
        write_tree(tmp_path, {"index.html": f"<article>{page}</article>"})
        with serve(tmp_path) as served:
            tab.open(served.address)
            tab.value(PROVOKE)
        assert tab.calls == ["alert 1", "alert 2"]
        assert tab.foreign == [f"http://{ELSEWHERE}/p.png"]

    def test_nothing_runs_and_nobody_is_asked(
        self, hostile: Site, served: Served, tab: Tab
    ) -> None:
        tab.without_search()  # which is looked at below
        paths = [path.removesuffix("index.html") for path in hostile.bytes() if is_worth(path)]
        others = [path for path in paths if is_public(path)]
        assert len(others) == len(payloads()) - len(OWN)
        assert len(paths) - len(others) > len(OWN)
        for url in (*(path for path in paths if not is_public(path)), *part_of(others, 5)):
            tab.open(served.address + url)
            tab.value(PROVOKE)
            tab.settle(0.02)
            assert (url, tab.calls, tab.dialogs, tab.foreign) == (url, [], [], [])
            assert (url, tab.errors) == (url, [])

    @pytest.mark.parametrize("words", ["script", "onerror", "tabindex", "javascript"])
    def test_search_shows_text(self, served: Served, tab: Tab, words: str) -> None:
        tab.open(served.address + "cycles/")
        tab.press("/")
        tab.wait_for("document.activeElement.matches('.md-search__input')")
        tab.write(words)
        tab.wait_for("document.querySelector('.md-search-result__link')")
        tab.value("document.querySelector('.md-search__scrollwrap').scrollTop = 9e9")
        tab.settle(0.4)
        assert (tab.calls, tab.dialogs, tab.foreign) == ([], [], [])
        strange = tab.value(
            "[...document.querySelectorAll('.md-search-result__list :is(script, img, iframe, svg,"
            " style, form, [onload], [onerror], [style])')]"
            ".filter(e => !e.closest('.md-search-result__icon')).map(e => e.outerHTML.slice(0, 99))"
        )
        assert strange == []


def is_public(path: str) -> bool:
    """Tell whether a page is of an objective that has a public payload; they are many."""
    found = re.search(r"/o(\d+)/", path)
    return found is not None and int(found.group(1)) >= len(OWN)


def is_worth(path: str) -> bool:
    """Tell whether a page shows what others don't: objectives, and one of each other kind."""
    if not path.endswith(".html"):
        return False
    own = {f"teams/t{n}/" for n in range(len(OWN) // A_TEAM + 1)}
    return (
        bool(re.search(r"/o\d+/", path))
        or path.removesuffix("index.html") in own
        or path.count("/") < 2
        or path.startswith(("teams/t0/", "people/p0/", "people/p5/", "cycles/"))
    )
