"""Words of a command, or rows of a CSV file → what is said about which key result."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import click

from okrsite.model import Place
from okrsite.read.bytes_text import decode

COLUMNS = (
    *("ref", "value", "done", "confidence", "forecast", "status"),
    *("note", "blocker", "decision", "ask", "date"),
)
"""The columns that a file may have."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is said about one key result, objective, health metric or initiative."""

    ref: str
    fields: dict[str, str]
    """By the format's own names; what is empty is left out."""
    place: Place | None = None
    """Where it stands in a CSV file."""
    date: str = ""


def rows_of_words(words: list[str], fields: dict[str, str]) -> list[Row]:
    """Return the rows of ``REF=VALUE`` and ``REF``, each with the fields that options name."""
    rows: list[Row] = []
    for word in words:
        ref, is_set, value = word.partition("=")
        if not ref.strip() or (is_set and not value.strip()):
            raise click.UsageError(f"'{word}' is not REF=VALUE, such as trust/sev1=2")
        said = {"value": value.strip()} if is_set else {}
        rows.append(Row(ref.strip(), said | fields))
    return rows


def read_csv(path: str, data: bytes) -> tuple[list[Row], str]:
    """Return the rows of a CSV file, and its text; UsageError where it is none."""
    text, problems = decode(data, path)
    if text is None or problems:
        raise click.UsageError(f"{path}: {problems[0].message}; mend: {problems[0].mend}")
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    try:
        return list(_rows(reader, path, text)), text
    except csv.Error as error:
        raise click.UsageError(f"{path}:{reader.line_num}: {error}") from error


def _rows(reader: Iterator[list[str]], path: str, text: str) -> Iterator[Row]:
    names = [name.strip().casefold() for name in next(reader, [])]
    _check_columns(names, path)
    lines = text.split("\n")
    last = 1
    for cells in reader:
        first, last = last + 1, reader.line_num  # type: ignore[attr-defined]
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(names):
            raise click.UsageError(
                f"{path}:{first}: {len(cells)} cells in {len(names)} columns; "
                'put a text with the separator in it into quotes: "Two days, at most"'
            )
        said = {
            name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()
        }
        ref, day = said.pop("ref", ""), said.pop("date", "")
        if not ref:
            raise click.UsageError(f"{path}:{first}: no key result is named in the column ref")
        yield Row(ref, said, Place(path, first, 1, last, len(lines[last - 1]) + 1), day)


def _check_columns(names: list[str], path: str) -> None:
    unknown = [name for name in names if name not in COLUMNS]
    if "ref" not in names or unknown or len(set(names)) < len(names):
        what = f"'{unknown[0]}' is no column" if unknown else "the first line names no column ref"
        if len(set(names)) < len(names):
            what = "a column stands twice in the first line"
        raise click.UsageError(f"{path}:1: {what}; write ref and any of: {', '.join(COLUMNS[1:])}")
