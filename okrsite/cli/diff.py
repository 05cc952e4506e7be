"""`okrsite diff`: what a change of the files means, in OKR words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from okrsite.changes import Side, compare
from okrsite.cli.common import config_option, content_options, find_target, load_target
from okrsite.company import Loaded
from okrsite.feeds import write_diff
from okrsite.feeds.diff import FORMATS
from okrsite.opened import find_base
from okrsite.site.content import CannotOpenError
from okrsite.words import Words

_EXAMPLE = """\b
Examples:
  okrsite diff main
  okrsite diff HEAD~1 HEAD --format markdown
"""


@click.command("diff", epilog=_EXAMPLE)
@click.argument("base", metavar="BASE")
@click.argument("head", metavar="[HEAD]", default="")
@content_options
@config_option
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="text", help="How to print."
)
def diff(
    base: str,
    head: str,
    source: Path | None,
    as_of: date | None,
    audience: str,
    mkdocs_yml: Path | None,
    format_: str,
) -> None:
    """Tell what changes from BASE to HEAD, or to the files as they are: commitments or evidence.

    BASE and HEAD are commits, branches, tags or days. What came to BASE after HEAD's line left it
    is no part of the change.
    """
    target = find_target(source, as_of, audience, mkdocs_yml, head)
    try:
        base = find_base(target.source, base, head)
    except CannotOpenError as error:
        raise click.UsageError(str(error)) from error
    after = load_target(source, as_of, audience, mkdocs_yml, head)
    # Both as of one day, so that only what was written differs.
    before = load_target(source, after.company.as_of, audience, mkdocs_yml, base)
    words = Words("en", after.company.as_of)
    comparison = compare(_side(before), _side(after))
    click.echo(write_diff(comparison, after.company, words, format_), nl=False)


def _side(loaded: Loaded) -> Side:
    return Side(loaded.company, loaded.measures, loaded.problems)
