"""What happened → an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from okrsite.charts.svg import cdata, escape


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened, as a feed reader lists it."""

    id: str
    """A URI that is never another's, and stays the same whatever else changes."""
    title: str
    """Plain text."""
    href: str
    """Where it is told in full, percent-encoded."""
    published: date
    updated: date
    kind: str
    """``check-in``, ``win``, ``amendment``, ``plan`` or ``grade``."""
    html: str
    """Clean HTML whose links need no base."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What is told of one thing."""

    id: str
    title: str
    """Plain text."""
    subtitle: str
    """Plain text, or nothing."""
    author: str
    href: str
    """The page that it stands beside, percent-encoded."""
    own_href: str
    """Its own address, where the site's is known."""
    updated: date
    language: str
    entries: tuple[Entry, ...]
    """Newest first."""


def write_atom(feed: Feed) -> str:
    """Return a feed as XML."""
    return "\n".join(_feed(feed)) + "\n"


def _feed(feed: Feed) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(feed.language)}">'
    yield f"<id>{escape(feed.id)}</id>"
    yield f"<title>{escape(feed.title)}</title>"
    if feed.subtitle:
        yield f"<subtitle>{escape(feed.subtitle)}</subtitle>"
    yield f"<updated>{_moment(feed.updated)}</updated>"
    yield f"<author><name>{escape(feed.author)}</name></author>"
    yield f'<link rel="alternate" type="text/html" href="{escape(feed.href)}"/>'
    if feed.own_href:
        own = escape(feed.own_href)
        yield f'<link rel="self" type="application/atom+xml" href="{own}"/>'
    yield "<generator>okrsite</generator>"
    for entry in feed.entries:
        yield from _entry(entry)
    yield "</feed>"


def _entry(entry: Entry) -> Iterator[str]:
    yield "<entry>"
    yield f"<id>{escape(entry.id)}</id>"
    yield f"<title>{escape(entry.title)}</title>"
    yield f'<link rel="alternate" type="text/html" href="{escape(entry.href)}"/>'
    yield f"<published>{_moment(entry.published)}</published>"
    yield f"<updated>{_moment(entry.updated)}</updated>"
    yield f'<category term="{escape(entry.kind)}"/>'
    yield f'<content type="html"><![CDATA[{cdata(entry.html)}]]></content>'
    yield "</entry>"


def _moment(day: date) -> str:
    """Return noon of a day: in every time zone that readers tell it in, it is the same day."""
    return f"{day.isoformat()}T12:00:00Z"
