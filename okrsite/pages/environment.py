"""Templates → our own Jinja environment: everything is escaped, and links know where they stand.

MkDocs' environment doesn't escape, so ours is apart from it. A template sees a view, its page's
address and the site's own words; a field that the view doesn't have is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context as JinjaContext
from markupsafe import Markup

from okrsite.pictures import picture_path
from okrsite.prose import Prose, render_inline, render_label, render_prose
from okrsite.urls import picture_url, relative
from okrsite.views import ChartView
from okrsite.words import Words

_ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]")


@dataclass(frozen=True, slots=True)
class Templates:
    """Draws views into HTML."""

    environment: Environment
    words: Words

    def draw(self, name: str, view: object, page_url: str) -> str:
        """Return the HTML of a view by its template, ``okrsite/NAME.html``."""
        template = self.environment.get_template(f"okrsite/{name}.html")
        html = template.render(view=view, page_url=page_url, name=name, lang=self.words.tag)
        return re.sub(r"\n\s*\n+", "\n", html)


def open_templates(
    folders: tuple[Path, ...],
    words: Words,
    find: Callable[[str], str | None],
    *,
    pictures: Collection[str] = (),
    directory_urls: bool = True,
) -> Templates:
    """Return templates from some folders, the company's own first.

    `find` tells the address behind ``okr:REFERENCE``, or None where it leads nowhere; `pictures`
    are the paths, in the source folder, of those that are published.
    """
    environment = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= _filters(find, pictures, directory_urls=directory_urls)
    environment.globals |= {"_": words.gettext, "ngettext": words.ngettext}
    return Templates(environment, words)


def _filters(
    find: Callable[[str], str | None], pictures: Collection[str], *, directory_urls: bool
) -> dict[str, Callable[..., str]]:
    def link(url: str, context: JinjaContext) -> str:
        return relative(url, context["page_url"], directory_urls=directory_urls)

    def resolver(context: JinjaContext) -> Callable[[str], str | None]:
        def resolve(reference: str) -> str | None:
            url = find(reference)
            return None if url is None else link(url, context)

        return resolve

    @pass_context
    def url(context: JinjaContext, address: str) -> str:
        """Spell an address of ours as a link from the page."""
        return link(address, context)

    @pass_context
    def inline(context: JinjaContext, text: str) -> Markup:
        """Write one line of Markdown."""
        return _trust(render_inline(text, resolver(context)))

    @pass_context
    def prose(context: JinjaContext, text: str, source: str) -> Markup:
        """Write paragraphs of Markdown, with the pictures that are named relative to a file."""

        def show(address: str) -> str | None:
            path = picture_path(source, address)
            return link(picture_url(path), context) if path in pictures else None

        return _trust(render_prose(text, resolver(context), show))

    @pass_context
    def inline_urls(context: JinjaContext, text: str) -> Markup:
        """Write one line of Markdown in which a bare web address is a link."""
        if _ADDRESS.fullmatch(text):
            return Markup('<a href="{0}" rel="noopener">{0}</a>').format(text)
        return inline(context, text)

    return {
        "url": url,
        "inline": inline,
        "prose": prose,
        "inline_urls": inline_urls,
        "label": _label,
        "drawn": _drawn,
        "safe_href": _safe_href,
        "trusted": Markup,
    }


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
    scheme = urlsplit(address.strip()).scheme.lower()
    return address if scheme in ("", "http", "https", "mailto") else "#"
