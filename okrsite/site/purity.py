"""MkDocs' configuration → whether all that it makes follows from files that we know of.

Only then its work can be kept: a hook or a plugin may read the clock, git or the weather.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from okrsite.site.settings import PLUGIN

_PLUGINS = {PLUGIN, "search", "material/search", "material/offline", "material/tags"}
_EXTENSIONS = {
    *("abbr", "admonition", "attr_list", "def_list", "extra", "fenced_code", "footnotes"),
    *("md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks"),
    *("pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic"),
    *("pymdownx.details", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys"),
    *("pymdownx.magiclink", "pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.superfences"),
    *("pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde"),
}
_ELSEWHERE = ("!ENV", "!!python", "!relative", "INHERIT")
"""What in a configuration tells that it depends on more than its own text."""


def is_pure(config: MkDocsConfig, mkdocs_yml: Path | None) -> bool:
    """Tell whether the same files always make the same site."""
    text = mkdocs_yml.read_text(encoding="utf-8", errors="replace") if mkdocs_yml else ""
    return (
        config.theme.name == "material"
        and not config.hooks
        and not any(word in text for word in _ELSEWHERE)
        and _known(config.plugins, _PLUGINS)
        and _known(config.markdown_extensions, _EXTENSIONS)
    )


def _known(names: Collection[str], known: Collection[str]) -> bool:
    return all(name in known for name in names)
