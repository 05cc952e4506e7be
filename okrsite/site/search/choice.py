"""How many pages a site has → which search it gets, and Material's box made to ask it."""

from __future__ import annotations

import re
from functools import cache, wraps
from typing import Any, Protocol

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from okrsite.site.search.material import find_index
from okrsite.site.search.service import find_program

log = get_plugin_logger(__name__)

MOST_PAGES = 1_500
"""How many pages Material's own search is good for: a visitor loads and indexes all of them."""

ASSETS = "assets/okrsite/search/"
WORKER = f"{ASSETS}worker.js"
_MATERIALS = re.compile(r"assets/javascripts/workers/search\.[^/]*\.js")


class Environment(Protocol):
    """The templates' environment, as far as the search is concerned."""

    filters: Any
    loader: Any


def choose_pagefind(env: Environment, config: MkDocsConfig, pages: int) -> bool:
    """Tell whether Pagefind searches a site of so many pages, and if so make all pages ask it.

    To be called when the environment is final and nothing is rendered yet. In every other case
    entries belong into Material's own index.
    """
    if pages <= MOST_PAGES or not _is_material(env, config):
        return False
    if find_program() is None:
        _advise()
        return False
    _take_over(env, config)
    return True


def _is_material(env: Environment, config: MkDocsConfig) -> bool:
    """Tell whether the site's search is Material's, and its pages start the worker that we know."""
    if not hasattr(find_index(config.plugins), "entries"):
        return False
    source, _, _ = env.loader.get_source(env, "base.html")
    return _MATERIALS.search(source) is not None


@cache
def _advise() -> None:
    log.info(
        "more than %d pages: visitors wait long for the first result of this search; "
        'mend: pip install "okrsite[search]"',
        MOST_PAGES,
    )


def _take_over(env: Environment, config: MkDocsConfig) -> None:
    """Let pages name our worker in the place of Material's, and link what shows its results.

    Pages tell Material's script which worker to start, and templates spell that address with a
    filter, which needs to change one word: no template is replaced, no script patched.
    """
    spell = env.filters["url"]

    @wraps(spell)
    def url(context: Any, value: str) -> Any:
        return spell(context, WORKER if _MATERIALS.fullmatch(str(value)) else value)

    env.filters["url"] = url
    config.extra_css.insert(0, f"{ASSETS}search.css")
    config.extra_javascript.insert(0, f"{ASSETS}search.js")
