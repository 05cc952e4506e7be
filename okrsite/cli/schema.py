"""`okrsite schema`: what may stand in each file, for editors that complete while people type."""

from __future__ import annotations

import json
from pathlib import Path

import click

from okrsite.data import document_schema
from okrsite.read import editor_schemas
from okrsite.site import USUAL_SOURCE

_EXAMPLE = """\b
Example:
  okrsite schema --out .vscode/okrs
"""
_DATA = "data"
_PLACES = {
    "plan": ("**/20*.yml", "**/fy*.yml", "!**/checkins/*.yml", "!**/feedback/*.yml"),
    "check-in": ("**/checkins/*.yml",),
    "feedback": ("**/feedback/*.yml",),
    "okrs": ("okrs.yml",),
    "people": ("people.yml",),
}
"""Where each kind of file lies; of `team.md`, editors see no YAML."""


@click.command("schema", epilog=_EXAMPLE)
@click.argument("name", required=False, type=click.Choice([*sorted(editor_schemas()), _DATA]))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write all of them to; the editor's settings are printed.",
)
def schema(name: str | None, out: Path | None) -> None:
    """Print the JSON Schema of a kind of file, or write all of them.

    `data` is that of okrs.json, which the site publishes too.
    """
    schemas = {**editor_schemas(), _DATA: document_schema()}
    if out is None:
        found = schemas[name] if name else schemas
        click.echo(_json(found), nl=False)
        return
    chosen = {name: schemas[name]} if name else schemas
    try:
        out.mkdir(parents=True, exist_ok=True)
        for each, found in chosen.items():
            path = out / f"{each}.schema.json"
            path.write_text(_json(found), encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.UsageError(f"{out} cannot be written to: {error.strerror}") from error
    click.echo(_json({"yaml.schemas": _settings(out, [*chosen])}), nl=False)


def _settings(out: Path, names: list[str]) -> dict[str, list[str]]:
    """Return which schema holds for which files, as editors' YAML plugins ask for it."""
    return {
        f"./{(out / f'{name}.schema.json').as_posix()}": [
            f"!{USUAL_SOURCE}/{place[1:]}" if place.startswith("!") else f"{USUAL_SOURCE}/{place}"
            for place in _PLACES[name]
        ]
        for name in names
        if name in _PLACES
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
