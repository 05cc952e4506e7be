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

from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

from okrsite.site.config import Order, UsageError, load, no_docs

log = logging.getLogger("mkdocs.okrsite")


class _Server(LiveReloadServer):
    announce: Callable[[str], None]

    def server_activate(self) -> None:
        # Not before: the port might be taken.
        super().server_activate()
        self.announce(self.url)


def serve_site(order: Order, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve a site until interrupted; `announce` is told its address when it can be seen.

    UsageError where the configuration is wrong or the port is taken; what breaks later is shown
    in the browser or, where that cannot be, in the terminal.
    """
    with no_docs() as docs, TemporaryDirectory(prefix="okrsite-site-") as site:
        order = replace(order, site_dir=Path(site))
        config = load(order, docs)
        mount = urlsplit(config.site_url or "/").path or "/"
        server = _Server(
            builder=lambda: _build_again(order, docs, server.url),
            host=host,
            port=port,
            root=site,
            mount_path=mount,
            polling_interval=0.25,
        )
        server.announce = announce
        server.error_handler = lambda code: _error_page(Path(site), code)
        config.plugins.on_startup(command="serve", dirty=False)
        try:
            _build(config, server.url)
            _watch(server, config, docs)
            _run(server, host, port)
        finally:
            config.plugins.on_shutdown()


def _build(config: MkDocsConfig, url: str) -> None:
    config.site_url = url
    build(config, serve_url=url)


def _build_again(order: Order, docs: Path, url: str) -> None:
    """Build after a change; what is wrong outside the content leaves the old site as it is."""
    try:
        _build(load(order, docs), url)
    except UsageError as error:
        log.error("%s", error)  # noqa: TRY400 - what is wrong is in a file: no traceback
    except Abort as abort:
        log.error("%s", abort)  # noqa: TRY400


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
