"""An order → a site that MkDocs makes around our pages, and the frame that it leaves behind."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from okrsite.problems import Severity
from okrsite.site.config import docs_of, load, no_docs, wanted_docs
from okrsite.site.content import Content, Opener, Request
from okrsite.site.frame import Around, Frame, announce, digest_inputs
from okrsite.site.host import Host
from okrsite.site.order import Built, Order
from okrsite.site.purity import is_pure
from okrsite.site.settings import PLUGIN
from okrsite.site.shelf import Shelf
from okrsite.site.stage import MARK, staged, swap_in


class _Warnings(logging.Handler):
    """Counts what is wrong with the site's own pages and configuration."""

    count = 0

    def emit(self, record: logging.LogRecord) -> None:
        ours = record.name == "mkdocs.okrsite" or record.name.startswith("mkdocs.plugins.okrsite")
        self.count += not ours


@dataclass(frozen=True, slots=True)
class _Job:
    """One build."""

    order: Order
    shelf: Shelf
    config: MkDocsConfig
    staging: Path
    site_dir: Path
    inputs: tuple[str, ...]
    """Folders that MkDocs reads."""
    read: str
    """The digest of what was in them when it began."""
    warnings: _Warnings


def build_hosted(order: Order, shelf: Shelf, content: Content | None) -> Built:
    """Build a site with MkDocs; `content` is what was opened for the order already.

    Raises UsageError and what opening content raises.
    """
    warnings = _Warnings(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(warnings)
    try:
        return _build_watched(order, shelf, content, warnings)
    finally:
        logging.getLogger("mkdocs").removeHandler(warnings)


def _build_watched(
    order: Order, shelf: Shelf, content: Content | None, warnings: _Warnings
) -> Built:
    with no_docs() as empty_docs:
        config = load(order, empty_docs)
        inputs = _inputs(order, config, empty_docs)
        read = digest_inputs(order.mkdocs_yml, inputs)
        site_dir = Path(config.site_dir)
        with staged(site_dir) as staging:
            job = _Job(order, shelf, config, staging, site_dir, inputs, read, warnings)
            return _build(job, content)


def _inputs(order: Order, config: MkDocsConfig, empty_docs: Path) -> tuple[str, ...]:
    """Return the folders that MkDocs reads, and the one that it would read if it were there."""
    docs = config.docs_dir
    if Path(docs) == empty_docs:
        yml = order.mkdocs_yml
        docs = str(docs_of(yml) if yml else wanted_docs(order))
    return (docs, config.theme.custom_dir) if config.theme.custom_dir else (docs,)


def _build(job: _Job, content: Content | None) -> Built:
    config, order = job.config, job.order
    plugin: Any = config.plugins[PLUGIN]
    plugin.exclude, plugin.explains = (job.site_dir,), False
    plugin.opener, plugin.press_on = _opener(job, content), job.shelf.press
    pure = is_pure(config, order.mkdocs_yml)
    job.shelf.share(pure)
    plugin.keep_index, plugin.now = job.shelf.index, lambda: order.now
    config.site_dir = str(job.staging)
    if order.serving:
        config.site_url = order.serving
    config.plugins.on_startup(command="serve" if order.serving else "build", dirty=False)
    reason = ""
    try:
        build(config, serve_url=order.serving or None)
    except Abort as abort:
        reason = str(abort)
    finally:
        config.plugins.on_shutdown()
        if plugin.host:
            plugin.host.stop()
    host = plugin.host
    problems, texts = (host.problems, host.texts) if host else ([], {})
    failed = any(problem.severity is Severity.ERROR for problem in problems)
    if reason or (order.strict and failed):
        return Built(None, problems, texts, "" if failed else reason)
    # What MkDocs warns of is said at every build, so that it has to run.
    if not job.warnings.count and pure:
        _keep(host, job)
    swap_in(job.staging, job.site_dir, job.shelf.spare)
    return Built(job.site_dir, problems, texts, "", len(host.drawn), host.content)


def _opener(job: _Job, content: Content | None) -> Opener:
    """Return what opens a job's content, without reading twice what was opened already."""

    def open_once(request: Request) -> Content:
        return job.shelf.ask(job.order, request) if content is None else content

    return open_once


def _keep(host: Host, job: _Job) -> None:
    """Keep what MkDocs made around our pages."""
    request, content, shelf = host.request, host.content, job.shelf
    if not (content and host.surroundings and host.rendered and host.book):
        return
    frame = Frame(
        site_dir=str(job.site_dir),
        source=str(request.source),
        as_of=request.as_of,
        audience=request.audience,
        exclude=tuple(str(path) for path in request.exclude if path != job.staging),
        inputs=job.inputs,
        read=job.read,
        announced=announce(content, host.rendered),
        around=Around.of(host.surroundings),
        links=host.links,
        problems=tuple(host.own_problems),
        files=shelf.take_files(job.staging, {*host.drawn, MARK}),
    )
    if frame.files:
        shelf.put(frame, host.rendered, host.drawn, host.book)
