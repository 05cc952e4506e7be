"""Files for other programs → the page that explains each, with a line to copy."""

from __future__ import annotations

from shlex import quote

from okrsite import urls
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
    """A line for a terminal; empty where the site's address is unknown."""


@quick_dataclass(frozen=True, slots=True)
class DataView:
    """All that the data page may show."""

    head: HeadView
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
    return DataView(head, tuple(_row(context, download) for download in downloads), columns)


def _row(context: Context, download: Download) -> DownloadRow:
    name = download.url.rpartition("/")[2]
    copy = f"curl -O {quote(context.address + download.url)}" if context.address else ""
    return DownloadRow(name, download.url, download.text, copy)
