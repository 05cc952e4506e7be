"""Files for other programs → the page that explains each, with a line to copy."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote

from okrsite import urls
from okrsite.model import Team
from okrsite.model.quick import quick_dataclass
from okrsite.views.context import Context
from okrsite.views.fragments import Crumb, HeadView


@quick_dataclass(frozen=True, slots=True)
class Download:
    """A file of the site that is made for programs."""

    url: str
    """``data/okrs.json``."""
    text: str
    """What it holds, in the reader's language; inline Markdown."""


@quick_dataclass(frozen=True, slots=True)
class DownloadRow:
    """A file on the data page."""

    name: str
    url: str
    text: str
    """Inline Markdown."""
    copy: str
    """A line to use it by, in a terminal or a spreadsheet; empty where nobody knows the site's
    address."""


@quick_dataclass(frozen=True, slots=True)
class UseRow:
    """Something that is not taken once but asked again and again: a feed, a calendar, a badge."""

    name: str
    url: str
    text: str
    """Inline Markdown."""
    copy: str
    """What to put into a reader, a calendar or a README; empty as above."""
    picture: str = ""
    """The address of what it looks like; or nothing."""


@quick_dataclass(frozen=True, slots=True)
class DataView:
    """All that the data page may show."""

    head: HeadView
    uses: tuple[UseRow, ...]
    downloads: tuple[DownloadRow, ...]
    columns: tuple[tuple[str, str], ...]
    """What rows of `okrs.json` have in common: names and meanings."""


def view_data(context: Context, downloads: tuple[Download, ...]) -> DataView:
    """Return the page that explains the files for other programs."""
    say = context.words.gettext
    lead = say("The same numbers for spreadsheets and scripts, as of the day of this site.")
    head = HeadView(say("Data"), say("Data"), (Crumb(say("Home"), urls.HOME),), (), lead)
    columns = (
        ("ref", say("the full name, with its cycle: platform@2026-q4/trust/sev1")),
        ("url, source", say("its page, and the path and line of the file it stands in")),
        ("null", say("unknown; never 0")),
    )
    rows = tuple(_row(context, download) for download in downloads)
    return DataView(head, tuple(_uses(context)), rows, columns)


def _uses(context: Context) -> Iterator[UseRow]:
    if not context.feeds:
        return
    say, start = context.words.gettext, context.address
    feed = urls.feed_url(urls.HOME)
    about = say(
        "What happens, for a feed reader: check-ins, wins, amendments, new plans and grades. "
        "Every team has its own, beside its page."
    )
    yield UseRow(feed, feed, about, start + feed if start else "")
    about = say(
        "Check-in days, sharing, reviews and the dates of cycles: subscribe to this address in "
        "your calendar."
    )
    yield UseRow(urls.CALENDAR, urls.CALENDAR, about, start + urls.CALENDAR if start else "")
    if team := _example(context):
        badge, page = urls.badge_url(team.id), urls.team_url(team.id)
        about = say(
            "How a team stands, for a README elsewhere; an objective's is "
            "`badges/TEAM/OBJECTIVE.svg`, of whichever cycle runs."
        )
        href = start + urls.relative(page, "", directory_urls=context.directory_urls)
        copy = f"[![OKRs]({start}{urls.relative(badge, '')})]({href})" if start else ""
        yield UseRow(badge, badge, about, copy, badge)


def _example(context: Context) -> Team | None:
    """Return a team to show how it is done: the first below the company, else the company."""
    teams = [team for team in context.company.teams if not team.title_only]
    return next((team for team in teams if team.parent), teams[0] if teams else None)


def _row(context: Context, download: Download) -> DownloadRow:
    name = download.url.removeprefix(urls.DATA)
    return DownloadRow(name, download.url, download.text, _copy(context, download.url))


def _copy(context: Context, url: str) -> str:
    if not context.address:
        return ""
    whole = context.address + urls.relative(url, "")
    return f'=IMPORTDATA("{whole}")' if url.endswith(".csv") else f"curl -O {quote(whole)}"
