"""`okrsite export`: everything out again, as data or as an outline to read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from okrsite.cli.common import config_option, content_options, load_target, past_option
from okrsite.data import (
    TABLES,
    NoWorkbookError,
    Sheet,
    make_document,
    write_document,
    write_markdown,
    write_opml,
    write_table,
    write_workbook,
)
from okrsite.words import Words

_EXAMPLE = """\b
Example:
  okrsite export --format json --out okrs.json
  okrsite export --format csv --table check_ins --out check-ins.csv
"""


@click.command("export", epilog=_EXAMPLE)
@content_options
@config_option
@past_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["json", "csv", "xlsx", "markdown", "opml"]),
    default="json",
    show_default=True,
)
@click.option(
    "--table",
    type=click.Choice([*TABLES]),
    help="The table that a CSV holds; default: key_results.",
)
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
    format_: str,
    table: str | None,
    out: Path | None,
) -> None:
    """Write teams, objectives, key results and check-ins with all their numbers.

    CSV is one table; JSON and XLSX hold all of them. Markdown and OPML are outlines.
    """
    if table and format_ != "csv":
        raise click.UsageError(f"--table is for --format csv, not for {format_}")
    if format_ == "xlsx" and out is None and sys.stdout.isatty():
        raise click.UsageError("a workbook is no text; name a file with --out okrs.xlsx")
    loaded = load_target(source, as_of, audience, mkdocs_yml, at)
    words = Words(loaded.language, loaded.company.as_of)
    sheet = Sheet(loaded.company, loaded.measures, words)
    try:
        data = _written(sheet, format_, table or "key_results")
    except NoWorkbookError as error:
        raise click.UsageError(
            'openpyxl writes workbooks, and is not installed; mend: pip install "okrsite[xlsx]"'
        ) from error
    if out is None:
        click.echo(data, nl=False)
        return
    try:
        out.write_bytes(data)
    except OSError as error:
        raise click.UsageError(f"{out} cannot be written: {error.strerror}") from error


def _written(sheet: Sheet, format_: str, table: str) -> bytes:
    """Return everything in a format."""
    outlines: dict[str, Callable[[Sheet], str]] = {"markdown": write_markdown, "opml": write_opml}
    if format_ in outlines:
        return outlines[format_](sheet).encode("utf-8", "xmlcharrefreplace")
    document = make_document(sheet.company, sheet.measures, sheet.words)
    if format_ == "csv":
        return write_table(table, document)
    if format_ == "xlsx":
        return write_workbook(document)
    return write_document(document).encode()
