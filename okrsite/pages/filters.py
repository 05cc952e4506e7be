"""What views hold → how templates write it: links from the page, Markdown, drawings."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from okrsite.pictures import picture_path
from okrsite.prose import Prose, render_inline, render_label, render_prose
from okrsite.urls import picture_url, relative
from okrsite.views import ChartView, MapView

_ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]")


@dataclass(slots=True)
class DrawnPlace:
    """Which page is being drawn, for the links on it.

    Templates know it by their context too, but the parts that all pages share are made once, and
    stand in no page's context.
    """

    url: str = ""
    links: dict[str, str] = field(default_factory=dict)
    """The links spelt so far on this page."""

    def turn_to(self, url: str) -> None:
        """Begin another page."""
        self.url, self.links = url, {}


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters; those that depend on the page take a context, lest Jinja works them out once."""

    find: Callable[[str], str | None]
    """Tells the address behind ``okr:REFERENCE``, or None where it leads nowhere."""
    pictures: Collection[str]
    """The paths, in the source folder, of those that are published."""
    place: DrawnPlace
    directory_urls: bool

    def by_name(self) -> dict[str, Callable[..., str]]:
        """Return the filters as templates call them."""
        return {
            "url": self._url,
            "inline": self._inline,
            "prose": self._prose,
            "inline_urls": self._inline_urls,
            "label": _label,
            "drawn": _drawn,
            "mapped": self._mapped,
            "safe_href": _safe_href,
            "trusted": Markup,
        }

    @pass_context
    def _url(self, _context: Context, address: str) -> str:
        """Spell an address of ours as a link from the page."""
        return self._link(address)

    @pass_context
    def _inline(self, _context: Context, text: str) -> Markup:
        """Write one line of Markdown."""
        return _trust(render_inline(text, self._resolve))

    @pass_context
    def _prose(self, _context: Context, text: str, source: str) -> Markup:
        """Write paragraphs of Markdown, with the pictures that are named relative to a file."""

        def show(address: str) -> str | None:
            path = picture_path(source, address)
            return self._link(picture_url(path)) if path in self.pictures else None

        return _trust(render_prose(text, self._resolve, show))

    @pass_context
    def _inline_urls(self, _context: Context, text: str) -> Markup:
        """Write one line of Markdown in which a bare web address is a link."""
        if _ADDRESS.fullmatch(text):
            return Markup('<a href="{0}" rel="noopener">{0}</a>').format(text)
        return _trust(render_inline(text, self._resolve))

    @pass_context
    def _mapped(self, _context: Context, chart: MapView) -> Markup:
        """Draw a map, whose nodes are links."""
        return Markup(chart.draw(self._link))  # noqa: S704 - okrsite.charts escapes what it is given

    def _link(self, url: str) -> str:
        place = self.place
        if url not in place.links:
            place.links[url] = relative(url, place.url, directory_urls=self.directory_urls)
        return place.links[url]

    def _resolve(self, reference: str) -> str | None:
        url = self.find(reference)
        return None if url is None else self._link(url)


def _trust(prose: Prose) -> Markup:
    # Cleaned by okrsite.prose: the only door by which people's words become markup.
    return Markup(prose.html)  # noqa: S704


def _label(text: str) -> Markup:
    """Write a title's code and emphasis without its links, as it stands inside one."""
    return Markup(render_label(text))  # noqa: S704 - cleaned by okrsite.prose


def _drawn(chart: ChartView) -> Markup:
    """Draw a chart."""
    return Markup(chart.draw())  # noqa: S704 - okrsite.charts escapes what it is given


def _safe_href(address: str) -> str:
    """Keep web and mail addresses and what is relative; anything else leads nowhere."""
    if address.startswith(("https://", "http://")):
        return address
    scheme = urlsplit(address.strip()).scheme.lower()
    return address if scheme in ("", "http", "https", "mailto") else "#"
