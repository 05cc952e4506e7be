"""`okrsite serve`: the site at a local address, built again at every change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from okrsite.cli.common import config_option, content_options
from okrsite.cli.hosting import place_order, relay_log
from okrsite.site.build import usual_cache
from okrsite.site.order import Order, UsageError
from okrsite.site.serve import serve_site

_EXAMPLE = """\b
Example:
  okrsite serve --port 8080
"""


@click.command("serve", epilog=_EXAMPLE)
@content_options
@config_option
@click.option("--addr", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(
    source: Path | None,
    as_of: date | None,
    audience: str,
    mkdocs_yml: Path | None,
    addr: str,
    port: int,
) -> None:
    """Show the site in a browser, and again after every change."""
    order = place_order(source, as_of, audience, mkdocs_yml)
    order = replace(order, cache=usual_cache(order))
    run_serve(order, addr, port)


def run_serve(order: Order, host: str, port: int) -> None:
    """Serve a site until somebody presses Ctrl+C."""

    def announce(url: str) -> None:
        click.echo(f"The site is at {url} — press Ctrl+C to stop.")

    try:
        with relay_log(serving=True):
            serve_site(order, host, port, announce)
    except UsageError as error:
        raise click.UsageError(str(error)) from error
