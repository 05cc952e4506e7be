"""What MkDocs made of a site around our pages, kept: so that only ours are made again.

A frame holds as long as nothing changed that MkDocs has read: its configuration, the site's own
pages and templates, and of our pages what its navigation, search and sitemap tell of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from okrsite.forge import Forge
from okrsite.keep import Kept, digest, fingerprint
from okrsite.pages.page import Rendered, Surroundings
from okrsite.problems import Problem
from okrsite.site.content import Content, Request


@dataclass(frozen=True, slots=True)
class Around:
    """`Surroundings` in types that can be kept."""

    address: str
    directory_urls: bool
    forge: Forge | None
    home_prose: str
    template_dirs: tuple[str, ...]

    @classmethod
    def of(cls, it: Surroundings) -> Around:
        """Return surroundings as they are kept."""
        folders = tuple(map(str, it.template_dirs))
        return cls(it.address, it.directory_urls, it.forge, it.home_prose, folders)

    def back(self) -> Surroundings:
        """Return them as they were."""
        folders = tuple(map(Path, self.template_dirs))
        return Surroundings(self.address, self.directory_urls, self.forge, self.home_prose, folders)


@dataclass(frozen=True, slots=True)
class Frame:
    """A site without our pages, and all that is needed to put ours into it."""

    site_dir: str
    source: str
    as_of: date | None
    audience: str
    exclude: tuple[str, ...]
    """The source folder's parts that are no content."""
    inputs: tuple[str, ...]
    """Folders that MkDocs has read."""
    read: str
    """The digest of the configuration and of what lies in these."""
    announced: str
    """The digest of what MkDocs was told of our pages."""
    around: Around
    links: dict[str, str | None]
    """Where the ``okr:`` links of the site's own pages lead."""
    problems: tuple[Problem, ...]
    """What is wrong between the site's own pages and ours."""
    files: dict[str, Kept] = field(default_factory=dict)
    """The files that are not ours, by path."""

    def request(self, now: datetime) -> Request:
        """Return what is to be opened, at a moment."""
        exclude = tuple(map(Path, self.exclude))
        return Request(Path(self.source), self.as_of, now, self.audience, exclude)

    def fits(self, content: Content, rendered: Rendered) -> bool:
        """Tell whether MkDocs would make the same of other content."""
        same = self.announced == announce(content, rendered)
        return same and all(content.link(name) == url for name, url in self.links.items())


def digest_inputs(mkdocs_yml: Path | None, folders: Iterable[str]) -> str:
    """Return the digest of a configuration and of everything in some folders."""
    said = mkdocs_yml.read_bytes() if mkdocs_yml else b""
    return digest(said, *(part for folder in folders for part in _in_folder(Path(folder))))


def _in_folder(root: Path) -> Iterator[bytes | str]:
    yield "/"
    # As MkDocs goes, which follows links.
    for folder, folders, files in os.walk(root, followlinks=True):
        folders.sort()
        for name in sorted(files):
            path = Path(folder, name)
            if path.is_file():
                yield path.relative_to(root).as_posix()
                yield path.read_bytes()


def announce(content: Content, rendered: Rendered) -> str:
    """Return the digest of what MkDocs is told of our pages: all but what stands on them."""
    pages = [
        (p.url, p.title, p.place, p.description, p.edit_url, sorted(p.hide), p.search, p.source)
        for p in rendered.pages
    ]
    assets = [(asset.url, asset.source) for asset in rendered.assets]
    said = (content.name, content.language, content.as_of)
    return fingerprint((said, pages, assets, rendered.nav))
