"""MkDocs' events → our pages in its site. One `Host` lives as long as one build."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markupsafe import escape as markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_build_date

from okrsite.crew import Crew
from okrsite.model import Place
from okrsite.pages.page import NavItem, Page, Rendered, Surroundings
from okrsite.problems import Problem, Severity, by_place, format_problems
from okrsite.site.around import describe_surroundings
from okrsite.site.book import Book
from okrsite.site.collide import keep_apart
from okrsite.site.content import (
    CannotOpenError,
    Content,
    NoContentError,
    Opener,
    Request,
)
from okrsite.site.diagnostic import (
    diagnostic_html,
    fault_html,
    mistake_html,
    render_diagnostic,
)
from okrsite.site.manifest import Drawn
from okrsite.site.nav import NavPage, Neighbours, below, make_room, open_nav
from okrsite.site.press import Press
from okrsite.site.search import (
    Record,
    add_entries,
    choose_pagefind,
    index_files,
    name_facets,
    record_pages,
    search_identity,
    take_records,
)
from okrsite.site.shell import Shells, Templates
from okrsite.site.sitemap import list_pages, pack_again
from okrsite.site.write import Folder
from okrsite.theme_dir import theme_dir
from okrsite.urls import HOME, relative

log = get_plugin_logger(__name__)

_OKR_LINK = re.compile(r'(<a\b[^>]*?)\s+href="okr:([^"]*)"')


PressOn = Callable[[Folder, Rendered, Book], Crew[Drawn]]
"""Begins to print into a folder what was rendered, in the shells of a book."""


Index = dict[str, bytes]
KeepIndex = Callable[[str, Callable[[], Index]], Index]
"""Gives the files of a search index by their identity, made where nobody keeps them."""


def index_anew(_identity: str, make: Callable[[], Index]) -> Index:
    """Make an index."""
    return make()


def press_alone(folder: Folder, rendered: Rendered, book: Book) -> Crew[Drawn]:
    """Print everything anew, in one process."""
    return Press(folder, rendered, book).print(rendered.pages, rendered.assets)


class Host:
    """One build of the site that carries our pages."""

    def __init__(
        self, config: MkDocsConfig, request: Request, at: str, opener: Opener, *, serving: bool
    ):
        self._config = config
        self.request = request
        self.at = at
        self._opener = opener
        self._serving = serving
        self.content: Content | None = None
        """The content, where there is any."""
        self._diagnostic = ""
        self._problems: list[Problem] = []
        self._home_prose = ""
        self._nav: Navigation | None = None
        self._neighbours: Neighbours | None = None
        self._listed: list[Any] = []
        self.press_on: PressOn = press_alone
        """Prints the files of ours; a build of our own takes what it kept from the last one."""
        self.keep_index: KeepIndex = index_anew
        """Makes the search index of a large site, unless it is kept."""
        self._crew: Crew[Drawn] | None = None
        self._large = False
        self._records: tuple[Record, ...] = ()
        self.links: dict[str, str | None] = {}
        """Where the ``okr:`` links of the site's own pages lead."""
        self.surroundings: Surroundings | None = None
        self.book: Book | None = None
        self.rendered: Rendered | None = None
        self.drawn: dict[str, Drawn] = {}
        """The files of ours in the site, by path."""

    @property
    def own_problems(self) -> list[Problem]:
        """Return what is wrong between the content and the site."""
        return self._problems

    @property
    def problems(self) -> list[Problem]:
        """Return what is wrong in the content and between it and the site, by place."""
        return by_place([*(self.content.problems if self.content else ()), *self._problems])

    @property
    def _as_of(self) -> date:
        return self.content.as_of if self.content else self.request.now.date()

    @property
    def texts(self) -> Mapping[str, str]:
        """Return source files by path, for the frames of diagnostics."""
        return self.content.texts if self.content else {}

    def open(self) -> None:
        """Read the content; while serving, whatever goes wrong becomes the page that is shown."""
        try:
            self.content = self._opener(self.request)
        except NoContentError as nothing:
            if not self._serving:
                raise
            shown = format_problems(nothing.problems, "text", nothing.texts)
            log.error(shown)  # noqa: TRY400 - what is wrong is in the files: no traceback
            self._diagnostic = diagnostic_html(nothing.problems, nothing.texts)
        except CannotOpenError as unknown:
            if not self._serving:
                raise
            log.error(unknown)  # noqa: TRY400
            self._diagnostic = mistake_html(str(unknown))
        except Exception as error:
            if not self._serving:
                raise
            log.exception("the content could not be read")
            self._diagnostic = fault_html(error)

    def dress(self) -> None:
        """Give MkDocs our templates and assets, and the company's name where it has none."""
        config, theme = self._config, self._config.theme
        theme.dirs.insert(1 if theme.custom_dir else 0, str(theme_dir()))
        assets = sorted((theme_dir() / "assets" / "okrsite").glob("*.*"))
        named = [asset.relative_to(theme_dir()).as_posix() for asset in assets]
        # Before the company's own, so that theirs have the last word.
        config.extra_css[:0] = [name for name in named if name.endswith(".css")]
        config.extra_javascript[:0] = [name for name in named if name.endswith(".js")]
        if not config.site_name:
            # As markup, since the theme writes the names of sites as they are.
            config.site_name = markup((self.content.name if self.content else "") or "OKRs")
            self._speak(self.content.language if self.content else "en")

    def _speak(self, language: str) -> None:
        known = (Path(folder, "partials/languages") for folder in self._config.theme.dirs)
        if any((folder / f"{language}.html").is_file() for folder in known):
            self._config.theme["language"] = language

    def keep_nav(self, nav: Navigation) -> None:
        """Remember the site's own navigation; ours joins it when all pages are known."""
        self._nav = nav

    def read_page(self, html: str, page: MkDocsPage) -> str:
        """Return a page of the site's own with its ``okr:`` links; keep the prose of its home."""
        html = _OKR_LINK.sub(lambda link: self._link(link, page), html)
        if page.file.dest_uri == "index.html":
            self._home_prose = html
        return html

    def _link(self, link: re.Match[str], page: MkDocsPage) -> str:
        reference = unquote(unescape(link[2]))
        url = self.content.link(reference) if self.content else None
        self.links[reference] = url
        if url is None:
            place = Place(page.file.src_uri)
            what = f"no OKR is called '{unescape(link[2])}'"
            self._problems.append(
                Problem("OKR-P002", place, what, "link the reference that its page shows")
            )
            return link[1]
        directory_urls = self._config.use_directory_urls
        href = relative(self.at + url, unquote(page.url), directory_urls=directory_urls)
        return f'{link[1]} href="{escape(href)}"'

    def mount(self, env: Templates, files: Files) -> None:
        """Write our pages into the site, and join its navigation, search and sitemap."""
        try:
            self._mount(self._render(), env, files)
            if self._serving:
                self._wait()
        except Exception as error:
            if not self._serving:
                raise
            log.exception("the pages could not be drawn")
            self._diagnostic = fault_html(error)
            self._mount(render_diagnostic(self._diagnostic), env, files)
        self._report()

    def _render(self) -> Rendered:
        if self.content is None:
            return render_diagnostic(self._diagnostic)
        prose = "" if self.at else self._home_prose
        source = self.request.source
        self.surroundings = describe_surroundings(self._config, source, self.at, prose)
        return self.content.render(self.surroundings)

    def _mount(self, rendered: Rendered, env: Templates, files: Files) -> None:
        pages = list(rendered.pages)
        replaced = self._replaced_home(pages, files)
        if replaced is not None:
            files.remove(replaced)
        taken = {
            file.dest_uri: f"the site's own {file.src_uri}"
            for file in files
            if file.inclusion.value > InclusionLevel.DRAFT.value
        }
        pages, meeting = keep_apart(pages, taken, self.at)
        assets, more = keep_apart(rendered.assets, taken, self.at)
        self._problems += [*meeting, *more]
        count = len(pages) + len(files.documentation_pages())
        self._large = choose_pagefind(env, self._config, count)
        shells = self._join_nav(rendered.nav, env, files, replaced.page if replaced else None)
        self.rendered = replace(rendered, pages=pages, assets=assets)
        self.book = shells.book(pages, self.at, feeds=rendered.feeds)
        self._announce(pages, files)
        self._crew = self.press_on(Folder(Path(self._config.site_dir)), self.rendered, self.book)

    def _wait(self) -> None:
        """Draw until everything is drawn."""
        if self._crew:
            self.drawn = self._crew.wait()
            self._crew = None

    def stop(self) -> None:
        """End what still draws, where the build has failed."""
        if self._crew:
            self._crew.stop()
            self._crew = None

    def _replaced_home(self, pages: Sequence[Page], files: Files) -> File | None:
        """Return the site's own home page where ours takes its address (its prose is on ours)."""
        if self.at or not any(page.url == HOME for page in pages):
            return None
        own = (file for file in files.documentation_pages() if file.dest_uri == "index.html")
        return next(own, None)

    def _join_nav(
        self, nav: tuple[NavItem, ...], env: Templates, files: Files, home: MkDocsPage | None
    ) -> Shells:
        if self._nav is None:
            raise RuntimeError("MkDocs has made no navigation")
        if self._neighbours is None:
            self._neighbours = make_room(self._nav, home, first=not self.at)
        items = below(self.at, nav)
        ours, _ = open_nav(items, (), self._nav_page)
        self._nav.items = [*self._neighbours.before, *ours, *self._neighbours.after]
        homes = [item for item in ours if isinstance(item, NavPage) and item.is_homepage]
        if homes:
            self._nav.homepage = homes[0]
        return Shells(env, self._config, files, self._neighbours, items, self._nav.homepage)

    def _nav_page(self, item: NavItem) -> NavPage:
        url = item.url or ""
        return NavPage(escape(item.title), url, self._config, is_home=url == HOME)

    def _announce(self, pages: Sequence[Page], files: Files) -> None:
        """Put our pages where search and sitemap find them, dated by the as-of date."""
        directory_urls = self._config.use_directory_urls
        if self._large:
            self._records = record_pages(pages, at=self.at, directory_urls=directory_urls)
        else:
            add_entries(self._config.plugins, pages, at=self.at, directory_urls=directory_urls)
        as_of, address = self._as_of, self._config.site_url or ""
        urls = [self.at + page.url for page in pages]
        self._listed = list_pages(urls, address, as_of, directory_urls=directory_urls)
        for file in files.documentation_pages():
            # What no plugin has dated bears the day of the build, which would differ each time.
            if file.page is not None and file.page.update_date == get_build_date():
                file.page.update_date = as_of.isoformat()

    def _report(self) -> None:
        for problem in self.problems:
            line = format_problems([problem], "concise", {})
            if problem.severity is Severity.ERROR:
                log.error(line)
            elif problem.severity is Severity.WARNING:
                # Not as a warning: MkDocs' strictness would end the build for it.
                log.info(line)

    def list_in_sitemap(self, context: Any) -> None:
        """Add our pages to what the sitemap's template lists."""
        context["pages"] = [*context["pages"], *self._listed]

    def explain_missing(self, output: str) -> str:
        """Return the page *not found* with what is wrong, where that is why nothing is found."""
        return re.sub(r"<h1>.*?</h1>", lambda _: self._diagnostic, output, count=1, flags=re.DOTALL)

    @property
    def is_broken(self) -> bool:
        """Tell whether there is only a diagnostic to show."""
        return bool(self._diagnostic)

    def index(self) -> None:
        """Make the search of a large site, before Material's own writes its empty index."""
        if not self._large:
            return
        records = (*self._records, *take_records(self._config.plugins))
        language = self.content.language if self.content else "en"
        facets = name_facets(language)
        folder = Folder(Path(self._config.site_dir))
        key = search_identity(records, language, facets)
        made = self.keep_index(key, lambda: index_files(records, language, facets))
        for path, data in made.items():
            folder.write(path, [data])

    def finish(self) -> None:
        """Wait for our pages, and make what MkDocs wrote last the same at every build."""
        self._wait()
        pack_again(Path(self._config.site_dir), self._as_of)
