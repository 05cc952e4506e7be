"""`mkdocs.yml` → what it says of our plugin, without MkDocs' configuration: slow to import."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from okrsite.read.settings import SettingsLoader
from okrsite.site import USUAL_SOURCE
from okrsite.site.order import UsageError

PLUGIN = "okrsite"


@dataclass(frozen=True, slots=True)
class Configured:
    """What a `mkdocs.yml` says of our plugin."""

    source: Path
    as_of: date | None
    audience: str


def configured(mkdocs_yml: Path) -> Configured | None:
    """Return what a `mkdocs.yml` says of our plugin, or None where it has none.

    Nothing that it names is run: no tag, no hook and no plugin.
    """
    plugins = _read_safely(mkdocs_yml).get("plugins") or []
    if isinstance(plugins, list):
        plugins = dict(map(pair_of, plugins))
    if not isinstance(plugins, dict) or PLUGIN not in plugins:
        return None
    options = plugins[PLUGIN] if isinstance(plugins[PLUGIN], dict) else {}
    try:
        as_of = read_day(options.get("as_of"))
    except PluginError as error:
        raise UsageError(str(error)) from error
    source = mkdocs_yml.parent / str(options.get("source") or USUAL_SOURCE)
    return Configured(source, as_of, str(options.get("audience") or ""))


def _read_safely(mkdocs_yml: Path) -> dict[str, Any]:
    try:
        with mkdocs_yml.open("rb") as stream:
            said = yaml_load(stream, get_yaml_loader(SettingsLoader))
    except (MkDocsException, OSError, ValueError, TypeError, RecursionError) as error:
        raise UsageError(f"{mkdocs_yml.name} cannot be read: {error}") from error
    if not isinstance(said, dict):
        raise UsageError(f"{mkdocs_yml.name} cannot be read: it is no mapping of settings")
    return said


def read_day(day: object) -> date | None:
    """Return `as_of:`, which YAML has read as a date or left as text; None where it is empty."""
    if isinstance(day, date) or not day:
        return day if isinstance(day, date) else None
    try:
        return date.fromisoformat(str(day))
    except ValueError as error:
        raise PluginError(f"as_of: {day!r} is no date; mend: write 2026-11-22") from error


def pair_of(item: Any) -> tuple[str, Any]:
    """Return the name and the options of one item of a list of plugins."""
    name, options = next(iter(item.items())) if isinstance(item, dict) and item else (item, None)
    return str(name), options
