"""What a digest tells → one page of Markdown, text, HTML or JSON.

What people wrote shows as it is and does nothing: it mentions nobody, and is no markup.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from okrsite.model import Status
from okrsite.problems import neutral, neutral_json, neutral_markdown
from okrsite.views.digest import DigestSection, DigestView
from okrsite.views.telling import DigestRow, Kind
from okrsite.words import STATUS_EMOJI, STATUS_SIGNS

FORMATS = ("markdown", "text", "html", "json")
_COLOURS = {
    Status.ON_TRACK: "#157347",
    Status.AT_RISK: "#9a5b00",
    Status.OFF_TRACK: "#b42318",
    Status.ACHIEVED: "#1d5fa8",
    Status.MISSED: "#b42318",
}
"""On white; all others are quiet."""
_SHAPES = {status.value: shape for status, shape in STATUS_SIGNS.items()}
_EMOJI = {status.value: emoji for status, emoji in STATUS_EMOJI.items()}
_SIGNS_OF_KIND = {
    Kind.WINS: "★",
    Kind.AMENDMENTS: "◆",
    Kind.ASKS: "◇",
    Kind.QUESTIONS: "?",
    Kind.OWED: "○",
}


def write_digest(view: DigestView, format_: str, *, with_title: bool = True) -> str:
    """Return a digest in one of `FORMATS`; its title is left out where it stands elsewhere."""
    if format_ == "json":
        return _json(view)
    if format_ == "html":
        return "\n".join(_html(view, with_title=with_title)) + "\n"
    style = _MARKDOWN if format_ == "markdown" else _TEXT
    return "\n".join(_lines(view, style, with_title=with_title)).rstrip() + "\n"


@dataclass(frozen=True, slots=True)
class _Style:
    """How things are marked in one format."""

    quote: Callable[[str], str]
    """Makes a text from content harmless."""
    title: str
    heading: str
    bullet: str
    strong: str
    link: Callable[[str, str], str]
    quiet: str
    signs: dict[str, str]


def _markdown_link(text: str, url: str) -> str:
    return f"[{text}]({_quoted(url)})" if url else text


def _quoted(url: str) -> str:
    """Return an address in which nothing ends a link: those of ours are percent-encoded."""
    return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")


_MARKDOWN = _Style(
    neutral_markdown, "# {}", "## {}", "- ", "**{}**", _markdown_link, "*{}*", _EMOJI
)
_TEXT = _Style(
    *(neutral, "{}", "{}", "  ", "{}", lambda text, _: text, "{}"),
    _SHAPES,
)


def _lines(view: DigestView, style: _Style, *, with_title: bool) -> Iterator[str]:
    if with_title:
        yield style.title.format(style.link(style.quote(view.title), view.url))
        yield ""
    for said in (view.summary, view.empty):
        if said:
            yield style.quote(said)
            yield ""
    for section in view.sections:
        yield style.heading.format(style.quote(section.title))
        # Some readers of Markdown want an empty line before a list.
        yield from [""] if style is _MARKDOWN else []
        for row in section.rows:
            sign = style.signs.get(row.status) or _SIGNS_OF_KIND.get(section.kind, "●")
            yield f"{style.bullet}{sign} {_said(row, style)}"
        if section.more:
            more = style.link(style.quote(section.more), section.url)
            yield f"{style.bullet}{style.quiet.format(more)}"
        yield ""
    if view.notice:
        yield style.quiet.format(style.quote(view.notice))


def _said(row: DigestRow, style: _Style) -> str:
    """Return ``**Platform** · [title](url): text``, as far as there is any."""
    title = style.link(style.quote(row.title), row.url) if row.title else ""
    owner = style.strong.format(style.quote(row.owner))
    if not title:
        owner = style.link(owner, row.url)
    head = " · ".join(part for part in (owner, title) if part)
    return f"{head}: {style.quote(row.text)}" if row.text else head


_PAGE = "max-width:42rem;margin:0 auto;padding:1rem;font:16px/1.5 sans-serif;color:#1a1a1a"
_GREY = "#5a5f66"
_QUIET = f"color:{_GREY}"


def _html(view: DigestView, *, with_title: bool) -> Iterator[str]:
    """Yield the lines of a page for mail: all that it needs is in it."""
    quote = _html_quote
    title = quote(view.title)
    yield "<!doctype html>"
    yield f'<html lang="{quote(view.language)}" dir="{view.direction}">'
    yield f'<head><meta charset="utf-8"><title>{title}</title></head>'
    yield f'<body style="{_PAGE}">'
    if with_title:
        yield f'<h1 style="font-size:1.3rem">{_html_link(title, view.url)}</h1>'
    for said in (view.summary, view.empty):
        if said:
            yield f"<p>{quote(said)}</p>"
    for section in view.sections:
        yield f'<h2 style="font-size:1.05rem;margin:1.2rem 0 .3rem">{quote(section.title)}</h2>'
        yield '<ul style="list-style:none;margin:0;padding:0">'
        for row in section.rows:
            yield f'<li style="margin:.3rem 0">{_html_sign(section, row)} {_html_row(row)}</li>'
        if section.more:
            more = _html_link(quote(section.more), section.url)
            yield f'<li style="{_QUIET}">{more}</li>'
        yield "</ul>"
    if view.notice:
        yield f'<p style="{_QUIET}">{quote(view.notice)}</p>'
    yield "</body>"
    yield "</html>"


def _html_sign(section: DigestSection, row: DigestRow) -> str:
    if row.status in _SHAPES:
        colour = _COLOURS.get(Status(row.status), _GREY)
        return f'<span style="color:{colour}">{_SHAPES[row.status]}</span>'
    return _SIGNS_OF_KIND.get(section.kind, "●")


def _html_quote(text: str) -> str:
    return escape(neutral(text))


def _html_link(html: str, url: str) -> str:
    return f'<a href="{escape(url)}">{html}</a>' if url else html


def _html_row(row: DigestRow) -> str:
    owner, title = f"<b>{_html_quote(row.owner)}</b>", _html_quote(row.title)
    head = f"{owner} · {_html_link(title, row.url)}" if title else _html_link(owner, row.url)
    return f"{head}: {_html_quote(row.text)}" if row.text else head


def _json(view: DigestView) -> str:
    document = {
        "company": view.company,
        "for": view.about or None,
        "since": view.since.isoformat(),
        "until": view.until.isoformat(),
        "title": view.title,
        "url": view.url or None,
        "sections": {
            section.kind.value: {
                "title": section.title,
                "more": section.more or None,
                "rows": [
                    {
                        "owner": row.owner,
                        "title": row.title or None,
                        "url": row.url or None,
                        "status": row.status or None,
                        "text": row.text,
                    }
                    for row in section.rows
                ],
            }
            for section in view.sections
        },
        "notice": view.notice or None,
    }
    return neutral_json(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
