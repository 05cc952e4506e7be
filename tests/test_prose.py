"""Markdown of strangers → HTML in which nothing is alive, and plain text."""

import re
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsite.prose import links_of, pictures_of, plain, render_inline, render_label, render_prose

DATA = Path(__file__).parents[2] / "shared" / "data" / "corpora"
PAYLOADS = DATA / "payloadbox-xss" / "Intruder" / "xss-payload-list.txt"
NAUGHTY = DATA / "blns"

SAFE_TAGS = {
    *("p", "a", "code", "em", "strong", "s", "br", "ul", "ol", "li", "blockquote", "pre", "hr"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "img"),
}


class Alive(HTMLParser):
    """Collects what a browser would run, fetch from elsewhere or lay out by the author's wish."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in SAFE_TAGS:
            self.found.append(tag)
        for name, value in attrs:
            scheme = (value or "").strip().partition(":")[0].lower()
            runs = name in ("href", "src") and scheme in ("javascript", "data", "vbscript", "file")
            source = urlsplit((value or "").replace("\\", "/").strip())
            fetches = name == "src" and bool(source.scheme or source.netloc)
            if runs or fetches or name.startswith("on") or name in ("style", "srcset", "class"):
                self.found.append(f"{tag} {name}={value}")


def alive(html: str) -> list[str]:
    parser = Alive()
    parser.feed(html)
    parser.close()
    return parser.found


def nowhere(reference: str) -> None:
    return None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain words", "Plain words"),
        ("Cut `p95` to *600 ms*", "Cut <code>p95</code> to <em>600 ms</em>"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
    ],
)
def test_one_line(text: str, expected: str) -> None:
    assert render_inline(text, nowhere).html == expected


def test_a_label_keeps_the_words_of_its_links_only() -> None:
    assert (
        render_label("Be [fast](https://x.example) and `calm`") == "Be fast and <code>calm</code>"
    )


def test_prose_has_paragraphs_lists_and_headings_below_the_pages_own() -> None:
    html = render_prose("# Why\n\nBecause.\n\n- one\n- two", nowhere).html
    assert "<h3>Why</h3>" in html
    assert "<p>Because.</p>" in html
    assert html.count("<li>") == 2


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# a", "3"),
        ("## a", "3"),
        ("# a\n### b\n## c\n# d", "3443"),
        ("### a\n# b\n###### c", "334"),
    ],
)
def test_headings_go_down_one_by_one(text: str, levels: str) -> None:
    html = render_prose(text, nowhere).html
    assert "".join(re.findall(r"<h(\d)", html)) == levels


def test_links_to_okrs_are_looked_up_and_strangers_reported() -> None:
    known = {"platform/trust": "../trust/"}
    prose = render_prose("[yes](okr:platform/trust) [no](okr:platform/nil)", known.get)
    assert '<a href="../trust/"' in prose.html
    assert ">no<" not in prose.html
    assert "no</p>" in prose.html
    assert prose.unresolved == ("platform/nil",)
    assert links_of("[yes](okr:platform/trust) and [no](okr:a/b)") == ["platform/trust", "a/b"]


def test_a_picture_on_another_host_is_a_link() -> None:
    far = render_prose("![plan](https://elsewhere.example/a.png)", nowhere).html
    assert "<img" not in far
    assert '<a href="https://elsewhere.example/a.png"' in far
    assert "<img" not in render_prose("![x](//elsewhere.example/a.png)", nowhere).html


def test_a_picture_is_shown_where_it_is_published_and_else_told_in_words() -> None:
    known = {"img/plan.png": "../../files/platform/img/plan.png"}.get
    shown = render_prose('![the *plan*](img/plan.png "Plan")', nowhere, known).html
    assert shown == (
        '<p><img src="../../files/platform/img/plan.png" alt="the plan" title="Plan"></p>\n'
    )
    assert render_prose("![the <plan>](gone.png)", nowhere, known).html == (
        "<p>the &lt;plan&gt;</p>\n"
    )
    assert render_inline("![plan](img/plan.png)", nowhere).html == "plan"
    assert render_label("![plan](img/plan.png) now") == "plan now"


def test_pictures_of_a_text_are_told_without_those_elsewhere() -> None:
    text = "![a](a%20b.png) [no](c.png) ![b][b] ![c](https://x.example/d.png)\n\n[b]: b.svg"
    assert pictures_of(text) == ["a%20b.png", "b.svg"]
    assert pictures_of("`![a](a.png)`") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cut `p95` to **600 ms**", "Cut p95 to 600 ms"),
        ("Read [the plan](https://x.example)", "Read the plan"),
        ("two\nlines", "two lines"),
        ("<b> & \\*", "<b> & *"),
    ],
)
def test_plain_text_is_what_one_reads_aloud(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.skipif(not PAYLOADS.is_file(), reason="the corpus of payloads is not here")
def test_no_payload_lives() -> None:
    lines = PAYLOADS.read_text(encoding="utf-8", errors="replace").splitlines()
    assert len(lines) > 6000
    for line in lines:
        for text in (line, f"[x]({line})", f"![x]({line})", f"> {line}", f"<{line}>"):
            assert alive(render_prose(text, nowhere).html) == [], text
        assert alive(render_inline(line, nowhere).html) == [], line
        assert alive(render_label(line)) == [], line


@pytest.mark.skipif(not NAUGHTY.is_dir(), reason="the list of naughty strings is not here")
def test_naughty_strings_are_text() -> None:
    for file in NAUGHTY.rglob("*.txt"):
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
            assert alive(render_prose(line, nowhere).html) == []
            plain(line)


@given(st.text())
def test_whatever_is_written_nothing_lives(text: str) -> None:
    assert alive(render_prose(text, nowhere).html) == []
    assert alive(render_inline(text, nowhere).html) == []


@pytest.mark.parametrize("text", ["[" * 8000, "*a " * 4000, "> " * 4000, "`" * 8000, "![[" * 3000])
def test_no_text_takes_long(text: str) -> None:
    start = time.process_time()
    render_prose(text, nowhere)
    # Other parsers take 18 seconds for the first: this catches a change of order, not of speed.
    assert time.process_time() - start < 5
