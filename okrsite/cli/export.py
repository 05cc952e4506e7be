"""`okrsite export`: everything out again, as data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from okrsite.cli.common import config_option, content_options, load_target, past_option
from okrsite.data import make_document, write_document
from okrsite.words import Words

_EXAMPLE = """\b
Example:
  okrsite export --format json --out okrs.json
"""


@click.command("export", epilog=_EXAMPLE)
@content_options
@config_option
@past_option
@click.option("--format", "format_", type=click.Choice(["json"]), default="json", show_default=True)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; standard output where it is left out.",
)
def export(
    source: Path | None,
    as_of: date | None,
    audience: str,
    mkdocs_yml: Path | None,
    at: str,
    format_: str,  # noqa: ARG001 - one format so far, and scripts name it
    out: Path | None,
) -> None:
    """Write teams, objectives, key results and check-ins with all their numbers."""
    loaded = load_target(source, as_of, audience, mkdocs_yml, at)
    words = Words(loaded.language, loaded.company.as_of)
    text = write_document(make_document(loaded.company, loaded.measures, words))
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.UsageError(f"{out} cannot be written: {error.strerror}") from error
