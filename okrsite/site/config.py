"""`mkdocs.yml`, or sensible defaults where there is none → MkDocs' configuration."""

from __future__ import annotations

import copy
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError

from okrsite.site import USUAL_SOURCE
from okrsite.site.around import read_at
from okrsite.site.order import Order, UsageError
from okrsite.site.settings import PLUGIN, pair_of

log = logging.getLogger("mkdocs.config.okrsite")

_DOCS = Path("content/docs")

# The same as in `pyproject.toml`: a checkout that is not installed builds as well.
_ENTRY = EntryPoint(PLUGIN, "okrsite.plugin:OkrsitePlugin", "mkdocs.plugins")

_DAY = {"scheme": "default", "primary": "indigo", "accent": "indigo"}
_NIGHT = {"scheme": "slate", "primary": "indigo", "accent": "indigo"}
DEFAULTS: dict[str, Any] = {
    # Empty names are filled in from the content.
    "site_name": "",
    "theme": {
        "name": "material",
        # No request to another host.
        "font": False,
        "features": [
            *("navigation.tabs", "navigation.indexes", "navigation.prune", "navigation.path"),
            *("navigation.top", "search.highlight", "search.suggest"),
        ],
        "palette": [
            {
                "media": "(prefers-color-scheme: light)",
                **_DAY,
                "toggle": {"icon": "material/weather-night", "name": "Switch to dark mode"},
            },
            {
                "media": "(prefers-color-scheme: dark)",
                **_NIGHT,
                "toggle": {"icon": "material/weather-sunny", "name": "Switch to light mode"},
            },
        ],
    },
}


@dataclass(frozen=True, slots=True)
class Published:
    """Where a site is published, as far as its `mkdocs.yml` tells."""

    address: str
    """Of the folder that all pages of ours lie in, ending in a slash; empty where nobody said."""
    directory_urls: bool = True
    """Whether links may name a directory; else they name its ``index.html``."""


def published(mkdocs_yml: Path) -> Published:
    """Return where the site of a `mkdocs.yml` is published."""
    config = MkDocsConfig(str(mkdocs_yml))
    _read(config, mkdocs_yml)
    plugins = config.get("plugins") or []
    named = plugins if isinstance(plugins, dict) else dict(map(pair_of, plugins))
    try:
        at = read_at((named.get(PLUGIN) or {}).get("at") or "")
    except PluginError as error:
        raise UsageError(str(error)) from error
    base = str(config.get("site_url") or "")
    directory_urls = config.get("use_directory_urls")
    return Published(
        urljoin(base.rstrip("/") + "/", at) if base else "",
        True if directory_urls is None else bool(directory_urls),
    )


@contextmanager
def no_docs() -> Iterator[Path]:
    """Give an empty folder outside every tree, for a site without prose of its own."""
    with TemporaryDirectory(prefix="okrsite-docs-") as folder:
        yield Path(folder)


def wanted_docs(order: Order) -> Path:
    """Return where pages of the site's own would lie, beside content without a `mkdocs.yml`."""
    return order.base / _DOCS


def docs_of(mkdocs_yml: Path) -> Path:
    """Return the folder that a `mkdocs.yml` names for pages, whether it is there or not."""
    config = MkDocsConfig(str(mkdocs_yml))
    _read(config, mkdocs_yml)
    return mkdocs_yml.parent / str(config.docs_dir)


def load(order: Order, empty_docs: Path) -> MkDocsConfig:
    """Return MkDocs' configuration with an order's wishes in it; UsageError where it is wrong."""
    option: Any = MkDocsConfig.plugins
    option.installed_plugins.setdefault(PLUGIN, _ENTRY)
    yml = order.mkdocs_yml
    config = MkDocsConfig(str(yml) if yml else None)
    if yml is None:
        config.load_dict(_defaults(order))
        docs = wanted_docs(order)
        # Only beside content in its usual place: any other `docs` belongs to something else.
        wanted = order.source in (None, order.base / USUAL_SOURCE)
    else:
        _read(config, yml)
        docs, wanted = yml.parent / config.docs_dir, True
    config.load_dict({"docs_dir": str(docs if wanted and docs.is_dir() else empty_docs)})
    if order.site_dir is not None:
        config.load_dict({"site_dir": str(order.site_dir)})
    config.load_dict({"strict": order.strict})
    _validate(config, yml)
    _give_options(config, order)
    return config


def _defaults(order: Order) -> dict[str, Any]:
    # A copy, as MkDocs takes plugins and theme apart while it reads them.
    return {
        **copy.deepcopy(DEFAULTS),
        "site_dir": str(order.base / "site"),
        "plugins": ["search", {PLUGIN: {}}],
    }


def _read(config: MkDocsConfig, yml: Path) -> None:
    try:
        with yml.open("rb") as stream:
            config.load_file(stream)
    except (MkDocsException, OSError) as error:
        raise UsageError(f"{yml.name} cannot be read: {error}") from error


def _validate(config: MkDocsConfig, yml: Path | None) -> None:
    try:
        errors, warnings = config.validate()
    except MkDocsException as error:
        raise UsageError(f"{yml.name if yml else 'the configuration'}: {error}") from error
    for key, warning in warnings:
        log.warning("%s: %s", key, warning)
    if errors:
        raise UsageError("; ".join(f"{key}: {error}" for key, error in errors))
    if PLUGIN not in config.plugins:
        name = yml.name if yml else "the configuration"
        raise UsageError(f"{name} does not use okrsite; mend: add it to the list plugins")


def _give_options(config: MkDocsConfig, order: Order) -> None:
    options = config.plugins[PLUGIN].config
    given = {"source": order.source, "audience": order.audience, "as_of": order.as_of}
    options.update({name: value for name, value in given.items() if value})
    options["source"] = str(options["source"])
