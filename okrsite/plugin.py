"""MkDocs' events → calls of the site room. Options are those of `mkdocs.yml`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from okrsite.clock import now
from okrsite.problems import format_problems
from okrsite.site import USUAL_SOURCE
from okrsite.site.around import read_at, read_source
from okrsite.site.content import CannotOpenError, Content, NoContentError, Request
from okrsite.site.host import Host, index_anew, press_alone
from okrsite.site.settings import read_day
from okrsite.site.shell import Templates


class OkrsiteConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs' own hook is untyped
    """What stands below `okrsite:` in `mkdocs.yml`."""

    source = config_options.Type(str, default=str(USUAL_SOURCE))
    """The folder of the OKR files, relative to `mkdocs.yml`, outside `docs_dir`."""
    audience = config_options.Type(str, default="")
    """Who will read the site; the content's default audience where it is left out."""
    at = config_options.Type(str, default="")
    """A folder of the site below which all pages of ours lie."""
    as_of: Any = config_options.Optional(config_options.Type((str, date)))
    """The day that the site speaks of; today where it is left out."""


def open_content(request: Request) -> Content:
    """Return a company's content, read for one audience and one day."""
    # Not before it is needed: drawing brings a second's worth of imports.
    from okrsite.company import open_company

    return open_company(request)


class OkrsitePlugin(BasePlugin[OkrsiteConfig]):  # type: ignore[no-untyped-call]
    """Adds a company's OKRs to a site."""

    opener = staticmethod(open_content)
    press_on = staticmethod(press_alone)
    keep_index = staticmethod(index_anew)
    now = staticmethod(now)
    host: Host | None = None

    serving = False
    exclude: tuple[Path, ...] = ()
    """Further folders that are no content, such as the site which this build will replace."""

    explains = True
    """Whether errors become MkDocs' own; a command of ours shows them itself, with their lines."""

    # Defining this event makes MkDocs keep one instance while it serves.
    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], **_: Any) -> None:
        """Learn whether somebody is watching."""
        self.serving = command == "serve"

    # First of all plugins: the search reads the theme's language in this event.
    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> None:
        """Read the content, and add our templates and assets to the theme."""
        source = read_source(self.config.source, config)
        exclude = (Path(config.site_dir), Path(config.docs_dir), *self.exclude)
        request = Request(
            source, read_day(self.config.as_of), self.now(), self.config.audience, exclude
        )
        self.host = Host(
            config, request, read_at(self.config.at), self.opener, serving=self.serving
        )
        self.host.press_on = self.press_on
        self.host.keep_index = self.keep_index
        try:
            self.host.open()
        except NoContentError as nothing:
            if not self.explains:
                raise
            shown = format_problems(nothing.problems, "text", nothing.texts)
            raise PluginError(f"okrsite has nothing to publish\n\n{shown}") from nothing
        except CannotOpenError as unknown:
            if not self.explains:
                raise
            raise PluginError(str(unknown)) from unknown
        self.host.dress()

    # Last, when other plugins have put the navigation in its final order.
    @event_priority(-100)
    def on_nav(self, nav: Navigation, **_: Any) -> None:
        """Remember the navigation, which ours joins."""
        if self.host:
            self.host.keep_nav(nav)

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: Page, **_: Any) -> str | None:
        """Resolve links to OKRs, and keep the prose of the site's own home page."""
        return self.host.read_page(html, page) if self.host else None

    # Now all of the site's own pages are read and the environment is final, but nothing is written.
    @event_priority(-100)
    def on_env(self, env: Templates, *, files: Files, **_: Any) -> None:
        """Draw and write our pages."""
        if self.host:
            self.host.mount(env, files)

    def on_template_context(self, context: Any, *, template_name: str, **_: Any) -> None:
        """Add our pages to the sitemap."""
        if self.host and template_name == "sitemap.xml":
            self.host.list_in_sitemap(context)

    def on_post_template(self, output_content: str, *, template_name: str, **_: Any) -> str | None:
        """Say on every address what keeps the site from being shown."""
        if self.host and self.host.is_broken and template_name == "404.html":
            return self.host.explain_missing(output_content)
        return None

    # First of all plugins: the site's own search writes its index in this event.
    @event_priority(100)
    def on_post_build(self, **_: Any) -> None:
        """Index a large site, wait for our pages, and take the time out of what MkDocs wrote."""
        if self.host:
            self.host.index()
            self.host.finish()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: Any) -> None:
        """Build again when a content file changes, or when a missing folder comes."""
        source = read_source(self.config.source, config)
        if source.is_dir():
            server.watch(str(source))
        elif source.parent.is_dir():
            server.watch(str(source.parent), recursive=False)
