"""`okrsite build`: the site, all of it or none."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from okrsite.cli.common import config_option, content_options, past_option
from okrsite.cli.ending import hold
from okrsite.cli.hosting import place_order, print_problems, relay_log
from okrsite.site.build import build_site, usual_cache
from okrsite.site.order import Order, UsageError

_EXAMPLE = """\b
Example:
  okrsite build --strict --audience public --site-dir public
"""


class CannotWriteError(click.ClickException):
    """What was asked for was right, and cannot be done here."""

    exit_code = 2


@click.command("build", epilog=_EXAMPLE)
@content_options
@config_option
@past_option
@click.option(
    "--site-dir",
    type=click.Path(file_okay=False, resolve_path=True, path_type=Path),
    help="Where the site goes; default: site.",
)
@click.option(
    "--cache",
    type=click.Path(file_okay=False, resolve_path=True, path_type=Path),
    help="Where the next build finds what this one made; default: .okrsite-cache.",
)
@click.option("--no-cache", is_flag=True, help="Make everything anew, and keep nothing.")
@click.option("--strict", is_flag=True, help="Write nothing if the content has an error.")
@click.pass_context
def build(
    ctx: click.Context,
    source: Path | None,
    as_of: date | None,
    audience: str,
    mkdocs_yml: Path | None,
    at: str,
    site_dir: Path | None,
    cache: Path | None,
    no_cache: bool,
    strict: bool,
) -> None:
    """Build the site beside the old one, then put it in its place."""
    order = place_order(source, as_of, audience, mkdocs_yml, site_dir=site_dir, strict=strict)
    order = replace(order, at=at, cache=None if no_cache else cache or usual_cache(order))
    ctx.exit(run_build(order))


def run_build(order: Order) -> int:
    """Build a site, say where it is and what is wrong; return the exit code."""
    began = time.monotonic()
    try:
        with relay_log():
            built = build_site(order)
    except UsageError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise CannotWriteError(f"the site cannot be written: {error}") from error
    hold(built)
    print_problems(built.problems, built.texts or {})
    if built.site_dir is None:
        click.echo(built.reason or "Nothing was written.", err=True)
        return 1
    took = time.monotonic() - began
    click.echo(f"The site is in {click.format_filename(built.site_dir)}: ", nl=False)
    click.echo(f"{built.files} pages and files of OKRs in {took:.1f} s.")
    return 0
