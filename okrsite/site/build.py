"""An order → a whole site in its place, or the old one and the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from okrsite.problems import Problem, Severity
from okrsite.site.config import PLUGIN, Order, UsageError, load, no_docs
from okrsite.site.content import NoContentError, UnknownAudienceError
from okrsite.site.stage import NotOursError, staged, swap_in


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build."""

    site_dir: Path | None
    """Where the site is; None where nothing was written."""
    problems: Sequence[Problem] = ()
    texts: dict[str, str] | None = None
    """Source files by path, for the frames of diagnostics."""
    reason: str = ""
    """Why nothing was written, where the problems do not say."""
    files: int = 0
    """How many files of ours are in it."""


def build_site(order: Order) -> Built:
    """Build a site beside the old one and swap it in; UsageError where that cannot be done."""
    with no_docs() as empty_docs:
        config = load(order, empty_docs)
        site_dir = Path(config.site_dir)
        try:
            with staged(site_dir) as staging:
                return _build_into(staging, site_dir, config, strict=order.strict)
        except NotOursError:
            raise UsageError(
                f"{site_dir} holds files that are no site, so it stays as it is; "
                "mend: name another folder with --site-dir, or empty this one"
            ) from None


def _build_into(staging: Path, site_dir: Path, config: MkDocsConfig, *, strict: bool) -> Built:
    plugin: Any = config.plugins[PLUGIN]
    plugin.exclude, plugin.explains = (site_dir,), False
    config.site_dir = str(staging)
    config.plugins.on_startup(command="build", dirty=False)
    reason = ""
    try:
        build(config)
    except NoContentError as nothing:
        return Built(None, nothing.problems, nothing.texts)
    except UnknownAudienceError as unknown:
        raise UsageError(str(unknown)) from unknown
    except Abort as abort:
        reason = str(abort)
    finally:
        config.plugins.on_shutdown()
    host = plugin.host
    problems, texts = (host.problems, host.texts) if host else ([], {})
    failed = any(problem.severity is Severity.ERROR for problem in problems)
    if reason or (strict and failed):
        return Built(None, problems, texts, "" if failed else reason)
    swap_in(staging, site_dir)
    return Built(site_dir, problems, texts, files=host.written)
