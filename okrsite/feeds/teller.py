"""A company's context → the words, links and names of a feed's entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import TypeVar
from urllib.parse import quote, urlsplit

from okrsite import urls
from okrsite.lookup import find_url
from okrsite.measure import Flip
from okrsite.model import Reference, Team
from okrsite.prose import plain, render_inline, render_prose
from okrsite.views.context import Context
from okrsite.views.fragments import AmendmentRow, NoteView
from okrsite.views.log import LogRow
from okrsite.views.parts import view_person
from okrsite.words import NONE, STATUS_SIGNS, say_status

Item = TypeVar("Item")

MOST_LINES = 25
"""Lines of one entry; what is more stands on the pages that it leads to."""
_MOST_OF_TITLE = 120
_YEAR = 2026
"""RFC 4151 asks for a year in which the host was its owner's; another makes every id new."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Writes what a feed says in HTML; links lead from the feed to the site."""

    context: Context
    here: str
    """The feed's address."""
    _hrefs: dict[str, str] = field(default_factory=dict)
    _items: dict[Reference, str] = field(default_factory=dict)

    def href(self, url: str) -> str:
        """Return the whole address of a page of ours; from the feed on, where nobody knows it."""
        if url not in self._hrefs:
            context = self.context
            start = "" if context.address else self.here
            link = urls.relative(url, start, directory_urls=context.directory_urls)
            whole = context.address + link.removeprefix("./")
            self._hrefs[url] = whole if context.address else link
        return self._hrefs[url]

    def tag(self, name: str) -> str:
        """Return the id of something, by a name that it alone has."""
        path = urlsplit(self.context.address).path or "/"
        return f"tag:{authority(self.context)},{_YEAR}:{path}{quote(name, safe='/@')}"

    def inline(self, text: str) -> str:
        """Return one line of Markdown as HTML."""
        return render_inline(text, self._resolve).html

    def prose(self, text: str) -> str:
        """Return Markdown as HTML, without its pictures."""
        return render_prose(text, self._resolve).html

    def link(self, title: str, url: str) -> str:
        """Return a link by its title, in Markdown; the title alone without an address."""
        text = escape(plain(title))
        return f'<a href="{escape(self.href(url))}">{text}</a>' if url else text

    def name(self, owner: str) -> str:
        """Return what a team or person is called."""
        return view_person(self.context, owner).name

    def flip(self, flip: Flip) -> str:
        """Return how a status changed: ``on track → at risk``."""
        words = self.context.words
        return f"{say_status(words, flip.before)} → {say_status(words, flip.after)}"

    def item(self, ref: Reference, flip: Flip | None, row: LogRow | None, whose: str = "") -> str:
        """Return how the status of an item changed, and what somebody said about it."""
        words = self.context.words
        said = [self.flip(flip)] if flip else []
        if row and row.value != NONE:
            said.append(row.value)
        if row and row.confidence != NONE:
            said.append(words.gettext("confidence {value} of 10", value=row.confidence))
        if row and row.badge and not flip:
            said.append(row.badge.word)
        sign = f"{STATUS_SIGNS[flip.after]} " if flip else ""
        named = f"{escape(whose)} · " if whose else ""
        told = f": {escape(' · '.join(said))}" if said else ""
        notes = "".join(map(self._note, row.notes)) if row else ""
        return f"{sign}{named}{self._item(ref)}{told}{notes}"

    def _item(self, ref: Reference) -> str:
        """Return a link to an item, which the entries of several weeks name."""
        if ref not in self._items:
            company = self.context.company
            item = company.item(ref)
            url = urls.reference_url(company, ref)
            self._items[ref] = self.link(item.title if item else str(ref), url)
        return self._items[ref]

    def _note(self, note: NoteView) -> str:
        label = f"<p><strong>{escape(note.label)}</strong></p>" if note.label else ""
        return label + self.prose(note.text)

    def amendment(self, row: AmendmentRow) -> str:
        """Return how a plan was changed, by whom and why."""
        said = escape(" · ".join(row.changes))
        who = row.by.name if row.by else row.author
        parts = [
            self.link(row.title, row.url) if row.title else "",
            f"{said} ({escape(who)})" if who and said else said or escape(who),
            self.inline(row.why),
        ]
        return "<br>".join(part for part in parts if part)

    def lines(self, lines: Sequence[str]) -> str:
        """Return a list of lines of HTML, the first of many."""
        return self.listed(lines, str)

    def listed(self, items: Sequence[Item], write: Callable[[Item], str]) -> str:
        """Return a list of items, each written as a line of HTML, the first of many."""
        if not items:
            return ""
        left = len(items) - MOST_LINES
        shown = [write(item) for item in items[:MOST_LINES]]
        if left > 0:
            shown.append(escape(self.context.words.ngettext("and {n} more", "and {n} more", left)))
        return f"<ul>{''.join(f'<li>{line}</li>' for line in shown)}</ul>"

    def owner_page(self, owner: str) -> str:
        """Return the address of an owner's page."""
        return urls.owner_url(self.context.company, owner)

    def _resolve(self, reference: str) -> str | None:
        url = find_url(self.context.company, reference)
        return None if url is None else self.href(url)


def authority(context: Context) -> str:
    """Return whose the ids are: the site's host, else a name that can be nobody's host."""
    host = _host(urlsplit(context.address).hostname or "")
    return host or f"{_slug(context.company.name)}.invalid"


def headline(text: str) -> str:
    """Return a title of a length that feed readers show."""
    return text if len(text) <= _MOST_OF_TITLE else text[: _MOST_OF_TITLE - 1].rstrip() + "…"


def lasting_name(team: Team) -> str:
    """Return the name by which ids know a team: its first one, so that renaming makes none new."""
    return team.aka[0] if team.aka else team.id


def newest(days: Iterable[date], default: date) -> date:
    """Return the newest of some days."""
    return max(days, default=default)


def _host(name: str) -> str:
    """Return a host as RFC 4151 spells it; nothing where it has no such name."""
    try:
        return name.encode("idna").decode() if "." in name and ":" not in name else ""
    except UnicodeError:
        return ""


def _slug(name: str) -> str:
    letters = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.casefold())
    return letters.strip("-") or "company"
