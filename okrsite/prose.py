"""Markdown as people write it → HTML that is safe to publish, and plain text.

HTML in the source is text, never markup; what the parser makes is cleaned once more by a list of
what is allowed. Links of the form ``okr:platform/trust`` are looked up by a function that the
caller gives, and so are pictures; one that is not there shows as its alternative text. A picture
on another host would be a request to that host, so it becomes a link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

import nh3

from okrsite.model.quick import quick_dataclass

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Resolve = Callable[[str], str | None]
"""From what stands behind ``okr:`` to a link's href; None where it leads nowhere."""
Show = Callable[[str], str | None]
"""From a picture's address, as written, to its src; None where there is none to show."""


@quick_dataclass(frozen=True, slots=True)
class Prose:
    """Cleaned HTML, and what in it led nowhere."""

    html: str
    unresolved: tuple[str, ...] = ()
    """References behind ``okr:`` that were not found, as written; they show as plain text."""


_SCHEME = "okr:"
_INLINE_TAGS = {"a", "code", "em", "strong", "s", "br"}
_BLOCK_TAGS = _INLINE_TAGS | {
    *("p", "ul", "ol", "li", "blockquote", "pre", "hr", "h3", "h4", "h5", "h6"),
    *("table", "thead", "tbody", "tr", "th", "td", "img"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
# Nothing in the text that Markdown could mean something by: most titles, by far.
_PLAIN = re.compile(r"[^\\`*_\[\]<>&!~\n]*")
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|\\)", re.IGNORECASE)
_BLOCK_START = re.compile(r"\s|[#\-+=|]|\d+[.)]")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # Slow to import, and `check` seldom needs it.
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "linkify": False})
    return parser.enable(["table", "strikethrough"])


def render_prose(text: str, resolve: Resolve, show: Show = lambda _: None) -> Prose:
    """Return paragraphs, lists, tables and quotes as HTML; headings begin at the third level."""
    if not text.strip():
        return Prose("")
    if _PLAIN.fullmatch(text) and not _BLOCK_START.match(text):
        return Prose(f"<p>{text}</p>\n")
    tokens = _parser().parse(text)
    _lower_headings(tokens)
    return _render(tokens, resolve, _BLOCK_TAGS, show)


def _lower_headings(tokens: list[Token]) -> None:
    """Let headings begin at the third level and go down one by one: the page has the first two."""
    stack: list[int] = []
    for token in tokens:
        if token.type not in ("heading_open", "heading_close"):
            continue
        if token.type == "heading_open":
            level = int(token.tag[1])
            stack = [above for above in stack if above < level] + [level]
        token.tag = f"h{min(6, len(stack) + 2)}"


def render_inline(text: str, resolve: Resolve) -> Prose:
    """Return one line of code, emphasis and links as HTML, without a paragraph around it."""
    if _PLAIN.fullmatch(text):
        return Prose(text)
    return _render(_parser().parseInline(text), resolve, _INLINE_TAGS)


@lru_cache(maxsize=4096)
def render_label(text: str) -> str:
    """Return a title's code and emphasis as HTML without its links: it stands inside one."""
    if _PLAIN.fullmatch(text):
        return text
    return _render(_parser().parseInline(text), lambda _: None, _INLINE_TAGS - {"a"}).html


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return what a reader of the Markdown would read aloud: no marks, no addresses."""
    if _PLAIN.fullmatch(text):
        return text
    spoken = (_speak(token.children or ()) for token in _parser().parse(text) if token.children)
    return " ".join(" ".join(spoken).split())


def shorten(text: str, most: int) -> str:
    """Return a text, or its beginning up to a word's end and an ellipsis."""
    if len(text) <= most:
        return text
    head = text[:most].rsplit(" ", 1)[0] if " " in text[:most] else text[:most]
    return head.rstrip(" ,;:.–-") + "…"


def links_of(text: str) -> list[str]:
    """Return what stands behind ``okr:`` in a text's links, in order."""
    if _SCHEME not in text:
        return []
    inline = (token.children or () for token in _parser().parse(text))
    return [ref for children in inline for token in children if (ref := _okr_ref(token))]


def pictures_of(text: str) -> list[str]:
    """Return the addresses of a text's pictures, in order, without those on other hosts."""
    if "![" not in text:
        return []
    inline = (token.children or () for token in _parser().parse(text))
    sources = (
        str(token.attrGet("src") or "")
        for children in inline
        for token in children
        if token.type == "image"
    )
    return [source for source in sources if not _ELSEWHERE.match(source)]


def _speak(tokens: Iterable[Token]) -> str:
    breaks = {"softbreak": " ", "hardbreak": " "}
    return "".join(breaks.get(token.type, token.content) for token in tokens)


def _render(
    tokens: list[Token], resolve: Resolve, tags: set[str], show: Show = lambda _: None
) -> Prose:
    unresolved: list[str] = []
    for token in tokens:
        if token.children:
            token.children = _mend(token.children, resolve, show, unresolved)
    parser = _parser()
    html = parser.renderer.render(tokens, parser.options, {})
    clean = nh3.clean(
        html,
        tags=tags,
        attributes={tag: names for tag, names in _ATTRIBUTES.items() if tag in tags},
        url_schemes=_SCHEMES,
        clean_content_tags=set(),
    )
    return Prose(clean, tuple(unresolved))


def _mend(tokens: list[Token], resolve: Resolve, show: Show, unresolved: list[str]) -> list[Token]:
    """Return inline tokens with ``okr:`` links and pictures looked up."""
    mended: list[Token] = []
    open_links: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            href = _href(token, resolve, unresolved)
            open_links.append(href is not None)
            if href is None:
                continue
            token.attrSet("href", href)
        elif token.type == "link_close" and not open_links.pop():
            continue
        mended.extend(_picture(token, show) if token.type == "image" else [token])
    return mended


def _href(token: Token, resolve: Resolve, unresolved: list[str]) -> str | None:
    ref = _okr_ref(token)
    if not ref:
        return str(token.attrGet("href") or "")
    href = resolve(ref)
    if href is None:
        unresolved.append(ref)
    return href


def _okr_ref(token: Token) -> str:
    href = str(token.attrGet("href") or "") if token.type == "link_open" else ""
    return href.removeprefix(_SCHEME) if href.startswith(_SCHEME) else ""


def _picture(token: Token, show: Show) -> list[Token]:
    """Return a picture, a link to one on another host, or the words in the place of one."""
    from markdown_it.token import Token

    source = str(token.attrGet("src") or "")
    label = Token("text", "", 0, content=_speak(token.children or ()) or source)
    if _ELSEWHERE.match(source):
        opening = Token("link_open", "a", 1, attrs={"href": source})
        return [opening, label, Token("link_close", "a", -1)]
    shown = show(source)
    if shown is None:
        return [label]
    token.attrSet("src", shown)
    return [token]
