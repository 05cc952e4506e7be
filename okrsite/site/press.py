"""Pages and plain files of ours → files in a folder; drawn only where something changed.

What is kept from the last build is linked into the folder; where only the shell around a page
changed, the kept article is put into the new one; the rest is drawn, by as many processes as there
are cores. None of this can be told from the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from okrsite.asset import Asset
from okrsite.crew import Crew
from okrsite.keep import Kept, Objects, Piece
from okrsite.pages.page import Page, Rendered
from okrsite.site.book import Book
from okrsite.site.collide import published_path
from okrsite.site.manifest import Drawn, Manifest
from okrsite.site.write import Folder

_OF_OWNERS = frozenset({"teams", "people", "review", "badges"})
"""The folders with a folder or a file for each owner."""
_FEW = 6
"""So few pages are not worth another process."""


@dataclass
class Press:
    """Writes the files of one site."""

    folder: Folder
    rendered: Rendered
    book: Book
    objects: Objects | None = None
    """What is kept; None keeps nothing."""
    before: Manifest = field(default_factory=Manifest)
    """What the kept files were made of."""
    jobs: int = 1
    _now: dict[str, str] = field(default_factory=dict)

    def print(self, pages: Iterable[Page], assets: Iterable[Asset]) -> Crew[Drawn]:
        """Begin to write files: what is kept at once, the rest by a crew that is to be awaited."""
        crew = Crew[Drawn](dict[str, Drawn], self.jobs, _FEW)
        # The largest file is one of the assets: nobody should wait for it in the end.
        items: tuple[Asset | Page, ...] = (*assets, *pages)
        for item in sorted(items, key=_owner):
            path = published_path(item, self.book.at)
            done = self._take(item, path)
            if done:
                crew.done[path] = done
            else:
                crew.add(path, self._work(item, path))
        crew.start()
        return crew

    def _work(self, item: Page | Asset, path: str) -> Callable[[], Drawn]:
        return lambda: self._page(item, path) if isinstance(item, Page) else self._asset(item, path)

    def _take(self, item: Page | Asset, path: str) -> Drawn | None:
        """Publish the kept file at a path, if it would be drawn the same."""
        old = self._known(item, path)
        if old is None or self.objects is None:
            return None
        if isinstance(item, Page) and old.around != self.book.digest(item):
            return None
        found = self.objects.find(old.kept)
        if found is None:
            return None
        try:
            self.folder.link(path, found)
        except OSError:
            return None
        return old if found.kept == old.kept else replace(old, kept=found.kept)

    def _known(self, item: Page | Asset, path: str) -> Drawn | None:
        """Return what is kept at a path where nothing changed that it was made from."""
        old = self.before.files.get(path)
        if old is None or not self.rendered.everywhere:
            return None
        # A redirect may have become a page, or a page a redirect.
        if bool(old.around) != isinstance(item, Page):
            return None
        # Of a picture, or of a redirect, no part tells whether it has changed.
        if isinstance(item, Asset) and not old.parts:
            return None
        if self.before.everywhere != self.rendered.everywhere:
            return None
        return old if self.rendered.digest(old.parts) == old.made_from else None

    def _page(self, page: Page, path: str) -> Drawn:
        old = self._known(page, path)
        data = self.objects.read(old.kept) if old and self.objects else None
        if old and data is not None:
            start, end = old.article
            return self._bound(page, path, data[start:end], old.parts)
        with self.rendered.watch.reading() as parts:
            article = page.draw()
        return self._bound(page, path, _encode(article), tuple(sorted(parts)))

    def _bound(
        self, page: Page, path: str, article: bytes, parts: tuple[tuple[str, ...], ...]
    ) -> Drawn:
        """Write an article in its shell."""
        before, behind = self.book.around(page)
        pieces = [_encode(before), article, _encode(behind)]
        begins = len(pieces[0])
        kept = self._write(path, pieces)
        made_from = self.rendered.digest(parts)
        around = self.book.digest(page)
        return Drawn(kept, parts, made_from, around, (begins, begins + len(article)))

    def _asset(self, asset: Asset, path: str) -> Drawn:
        with self.rendered.watch.reading() as parts:
            data = asset.draw()
        kept = self._write(path, data)
        asked = tuple(sorted(parts))
        return Drawn(kept, asked, self.rendered.digest(asked))

    def _write(self, path: str, data: Sequence[Piece]) -> Kept:
        target = self.folder.write(path, data)
        kept = self.objects.add(data, target) if self.objects else None
        return kept or Kept("", sum(map(len, data)), 0)


def _owner(item: Page | Asset) -> str:
    """Return whose file it is; what is of the whole company comes first.

    What is made of the same plans is made by the same process, as far as that can be.
    """
    kind, _, rest = item.url.partition("/")
    return rest.partition("/")[0].partition(".")[0] if kind in _OF_OWNERS else ""


def _encode(html: str) -> bytes:
    return html.encode("utf-8", "xmlcharrefreplace")
