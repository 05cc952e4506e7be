"""What the pages room hands to the site room: pages, plain files and our part of the navigation.

Every address here is relative to the folder that all of ours lies in (`at:` puts that folder
somewhere, and only the site room knows where). A page's address names a directory and ends in a
slash, or is empty for the home page; how links to it are spelt is told by ``directory_urls`` in
the options of rendering.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from okrsite.asset import Asset
from okrsite.forge import Forge
from okrsite.watch import Part, Watch


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One thing that search finds."""

    location: str
    """A page's address, with ``#anchor`` where it is a part of the page."""
    title: str
    """Plain text."""
    text: str
    """Plain text: words to be found by, without status, so that a check-in changes nothing."""
    tags: tuple[str, ...] = ()
    boost: float = 1
    """Above 1 ranks earlier, below 1 later (closed cycles)."""
    cycle: str = ""
    """The cycle's name, to narrow a search down to it."""
    teams: tuple[str, ...] = ()
    """Names of the teams that it belongs to."""
    kind: str = ""
    """What it is, in the site's language: a team, a person, a type of objective."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of ours, which the site room puts into the shell."""

    url: str
    """``teams/platform/``; empty for the home page."""
    title: str
    """Plain text; the shell escapes it."""
    draw: Callable[[], str]
    """Gives the HTML of the article; called at most once, and not where nothing changed."""
    place: str
    """The address of the navigation's entry that is active: the page's own, else its nearest."""
    description: str = ""
    """Plain text for the head."""
    search: tuple[SearchEntry, ...] = ()
    source: str = ""
    """The path, relative to the source folder, of the file that it is about most."""
    edit_url: str = ""
    """Where a person edits its main source; empty without a repository."""
    hide: frozenset[str] = frozenset({"toc"})
    """Parts of Material's page to leave out: ``toc``, ``navigation``, ``path``, ``footer``."""


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the navigation: a page, a section, or a section that has a page."""

    title: str
    """Plain text."""
    url: str | None = None
    """A page's address, or None for a section that has no page of its own."""
    children: tuple[NavItem, ...] = ()


def no_digest(_parts: Iterable[Part]) -> str:
    """Return the digest of parts of which nothing is known, so that nothing is ever the same."""
    return ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """All that the pages room makes of a company for one audience."""

    pages: Iterable[Page] = ()
    assets: Iterable[Asset] = ()
    nav: tuple[NavItem, ...] = ()
    """Home first (address empty), then the sections; leaves stay out of it."""
    watch: Watch = field(default_factory=Watch)
    """Notes what is asked for while something is drawn."""
    digest: Callable[[Iterable[Part]], str] = no_digest
    """Gives the digest of some parts: what was made from them is still the same if this is."""
    everywhere: str = ""
    """The digest of what everything was made from."""
    feeds: bool = False
    """Whether a ``feed.xml`` stands beside the home page and each team's."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the pages room is told about the site that its pages stand in."""

    address: str = ""
    """The absolute address of the folder that all of ours lies in, ending in a slash; or empty."""
    directory_urls: bool = True
    """Whether links may name a directory; else they name its ``index.html``."""
    forge: Forge | None = None
    """Where people edit the source files, as far as the site's configuration tells."""
    home_prose: str = ""
    """The HTML of `docs_dir`'s own index page, for the top of the home page; already safe."""
    template_dirs: tuple[Path, ...] = ()
    """Where templates are looked for, ``okrsite/*.html`` below each: the company's own first."""
