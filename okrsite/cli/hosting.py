"""What `build` and `serve` share: the order for a site, MkDocs' messages, problems in print."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from okrsite.cli.common import beside, find_source, says_source
from okrsite.clock import now
from okrsite.company import open_company
from okrsite.problems import Problem, Severity, format_problems
from okrsite.site import find_mkdocs_yml
from okrsite.site.order import Order


def place_order(
    source: Path | None,
    as_of: date | None,
    audience: str,
    mkdocs_yml: Path | None,
    **more: Any,
) -> Order:
    """Return what is asked for, with the source folder and the `mkdocs.yml` found."""
    here = Path.cwd()
    yml = mkdocs_yml or find_mkdocs_yml(here)
    return Order(
        here,
        yml,
        None if yml and not source and says_source(yml) else find_source(source, beside(yml)),
        audience=audience,
        as_of=as_of,
        jobs=os.cpu_count() or 1,
        opener=open_company,
        now=now(),
        **more,
    )


def print_problems(problems: Sequence[Problem], texts: Mapping[str, str]) -> None:
    """Print errors and warnings, with their lines, to standard error."""
    shown = [problem for problem in problems if problem.severity is not Severity.ADVICE]
    if shown:
        click.echo(format_problems(shown, "text", texts), err=True)


class _Relay(logging.Handler):
    """Prints what MkDocs has to say."""

    def emit(self, record: logging.LogRecord) -> None:
        click.echo(f"{record.levelname.lower()}: {record.getMessage()}", err=True)
        if record.exc_info:
            click.echo(logging.Formatter().formatException(record.exc_info), err=True)


@contextmanager
def relay_log(*, serving: bool = False) -> Iterator[None]:
    """Print what MkDocs warns of; while serving, also problems and that something changed.

    A build prints problems itself, with their lines.
    """

    def matters(record: logging.LogRecord) -> bool:
        if record.name.startswith("mkdocs.plugins.okrsite"):
            return serving
        changed = serving and record.name.startswith("mkdocs.livereload")
        return changed or record.levelno >= logging.WARNING

    logger, relay = logging.getLogger("mkdocs"), _Relay(logging.INFO)
    relay.addFilter(matters)
    before = logger.level, logger.propagate
    logger.addHandler(relay)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(relay)
        logger.level, logger.propagate = before
