"""An order → a site at a local address, built again at every change."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from watchdog.observers import Observer

from okrsite.site.build import build_site
from okrsite.site.config import load, no_docs
from okrsite.site.order import Built, Order, UsageError

_CHANGES = {"created", "modified", "moved", "deleted"}

log = logging.getLogger("mkdocs.okrsite")


class _Server(LiveReloadServer):
    announce: Callable[[str], None]

    def server_activate(self) -> None:
        # Not before: the port might be taken.
        super().server_activate()
        self.announce(self.url)


class _Observer(Observer):  # type: ignore[misc, valid-type]  # which one depends on the system
    """Tells of changes, and not that somebody has read a file: a build reads them all."""

    def schedule(self, event_handler: Any, path: str, **options: Any) -> Any:
        """Watch a path."""
        tell = event_handler.on_any_event
        event_handler.on_any_event = lambda event: event.event_type in _CHANGES and tell(event)
        return super().schedule(event_handler, path, **options)


def serve_site(order: Order, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve a site until interrupted; `announce` is told its address when it can be seen.

    UsageError where the configuration is wrong or the port is taken; what breaks later is shown
    in the browser or, where that cannot be, in the terminal.
    """
    with no_docs() as docs, TemporaryDirectory(prefix="okrsite-site-") as top:
        config = load(order, docs)
        site = Path(top) / "site"
        server = _Server(
            builder=lambda: _build_again(order),
            host=host,
            port=port,
            root=str(site),
            mount_path=urlsplit(config.site_url or "/").path or "/",
        )
        # Told by the system at once, where MkDocs would look at each file now and then.
        observer: Any = _Observer()
        server.observer = observer
        server.build_delay = _PAUSE
        server.announce = announce
        server.error_handler = lambda code: _error_page(site, code)
        order = replace(order, site_dir=site, serving=server.url, memory={})
        _tell(build_site(order))
        _watch(server, config, docs)
        _run(server, host, port)


_PAUSE = 0.02
"""Seconds between the last of several saves and the build: editors write a file in steps."""


def _build_again(order: Order) -> None:
    """Build after a change; what is wrong outside the content leaves the old site as it is."""
    try:
        _tell(build_site(order))
    except UsageError as error:
        log.error("%s", error)  # noqa: TRY400 - what is wrong is in a file: no traceback
    except OSError as error:
        log.error("the site cannot be written: %s", error)  # noqa: TRY400


def _tell(built: Built) -> None:
    if built.site_dir is None and built.reason:
        log.error("%s", built.reason)


def _watch(server: LiveReloadServer, config: MkDocsConfig, empty_docs: Path) -> None:
    if Path(config.docs_dir) != empty_docs:
        server.watch(config.docs_dir)
    if config.config_file_path:
        server.watch(config.config_file_path)
    if config.theme.custom_dir:
        server.watch(config.theme.custom_dir)
    builder: Any = server.builder
    config.plugins.on_serve(server, config=config, builder=builder)
    for item in config.watch:
        server.watch(item)


def _run(server: LiveReloadServer, host: str, port: int) -> None:
    try:
        serve: Callable[[], None] = server.serve
        serve()
    except KeyboardInterrupt:
        log.info("stopped")
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL):
            raise
        raise UsageError(
            f"{host}:{port} cannot be used: {error.strerror}; mend: choose another --port"
        ) from error
    finally:
        server.shutdown()


def _error_page(site: Path, code: int) -> bytes | None:
    page = site / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
