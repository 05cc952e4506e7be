"""What is kept of the last sites: their frames, shells and files, one of each for every order."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from okrsite.charts import share_frames
from okrsite.crew import Crew, aside
from okrsite.keep import Keep, Kept, Ledger, Objects, decode, digest, encode
from okrsite.pages.page import Rendered
from okrsite.site.book import Book
from okrsite.site.content import Content, Request
from okrsite.site.frame import Frame
from okrsite.site.manifest import Drawn, Manifest
from okrsite.site.order import Order
from okrsite.site.press import Press
from okrsite.site.write import Folder

_MOST = 8
"""Orders of which something is kept: a few audiences, with a preview of each."""


@dataclass(frozen=True, slots=True)
class Last:
    """What is kept of one site."""

    frame: Frame
    manifest: Manifest


class Shelf:
    """What is kept for one order, and where the next is put; nothing without a place to keep it."""

    def __init__(self, keep: Keep | None, order: Order) -> None:
        self._keep = keep
        self._objects = Objects(keep) if keep else None
        self._jobs = order.jobs
        self._last: Last | None = None
        # Where a site is served from is another place each time.
        where = "served" if order.serving else order.site_dir
        wishes = (order.base, order.mkdocs_yml, order.source, where, order.serving)
        self._name = digest(*map(str, (*wishes, order.audience, order.as_of, order.at)))

    def ask(self, order: Order, request: Request) -> Content:
        """Open content with all that is kept of its files."""
        # Who looks back speaks of the day of then, whatever day the configuration names.
        as_of = order.as_of if order.at else request.as_of
        request = replace(request, as_of=as_of, at=order.at)
        return order.opener(replace(request, keep=self._keep, jobs=order.jobs))

    def last(self) -> Last | None:
        """Return the frame and the manifest of the last site, where they are there."""
        self._last = self._load(self._name)
        return self._last

    def _load(self, name: str) -> Last | None:
        last: Last | None = self._keep.value(f"sites/{name}", Last) if self._keep else None
        return last

    def book(self) -> Book | None:
        """Return the shells of the last site."""
        book: Book | None = self._keep.value(f"books/{self._name}", Book) if self._keep else None
        return book

    @property
    def spare(self) -> Path | None:
        """Return where the site before the last one waits to become the next one."""
        return self._keep.folder / "spares" / self._name if self._keep else None

    def laid_out(self, folder: Path, last: Last) -> AbstractContextManager[Callable[[], None]]:
        """Link the files of the last site into a new folder meanwhile; gives what waits for it."""
        # In an older site that is made into the new one most of them are there already.
        is_new = not (folder / "index.html").exists()
        return aside(lambda: self._lay_out(Folder(folder), last), self._jobs if is_new else 1)

    def _lay_out(self, folder: Folder, last: Last) -> None:
        files = ((path, drawn.kept) for path, drawn in last.manifest.files.items())
        for path, kept in (*last.frame.files.items(), *files):
            # What fails here is done again by who looks at the folder next.
            with suppress(OSError):
                if self._objects and (found := self._objects.find(kept)):
                    folder.link(path, found)

    def publish(self, frame: Frame, folder: Folder) -> Frame | None:
        """Put the files that are not ours into a folder; None where one is not kept any more."""
        found = {}
        for path, kept in frame.files.items():
            published = self._publish(kept, path, folder)
            if published is None:
                return None
            found[path] = published
        return replace(frame, files=found)

    def _publish(self, kept: Kept, path: str, folder: Folder) -> Kept | None:
        if self._objects is None:
            return None
        with suppress(OSError):
            if known := self._objects.find(kept):
                folder.link(path, known)
                return known.kept
        data = self._objects.read(kept)
        if data is None:
            return None
        folder.write(path, [data])
        return kept

    def press(self, folder: Folder, rendered: Rendered, book: Book) -> Crew[Drawn]:
        """Begin to print our files into a folder."""
        if self._keep:
            share_frames(_Frames(self._keep))
        before = self._last.manifest if self._last else Manifest()
        press = Press(folder, rendered, book, self._objects, before, self._jobs)
        return press.print(rendered.pages, rendered.assets)

    def share(self, may: bool) -> None:
        """Tell whether the site may share files with what is kept: not where hooks rewrite them."""
        if self._objects:
            self._objects.shares = may

    def index(self, identity: str, make: Callable[[], dict[str, bytes]]) -> dict[str, bytes]:
        """Return the files of a search index, made if others were indexed last."""
        ledger = Ledger(self._keep, "search")
        data = ledger.get(self._name, identity)
        files = None if data is None else decode(data, dict[str, bytes])
        if files is None:
            files = make()
            ledger.put(self._name, identity, encode(files))
            ledger.save()
        return files

    def take_files(self, folder: Path, others: set[str]) -> dict[str, Kept]:
        """Keep all files of a folder but some; return them by path."""
        found: dict[str, Kept] = {}
        for path in sorted(folder.rglob("*")) if self._objects else ():
            name = path.relative_to(folder).as_posix()
            if name in others or not path.is_file():
                continue
            kept = self._objects.add([path.read_bytes()], path) if self._objects else None
            if kept is None:
                return {}
            found[name] = kept
        return found

    def put(
        self, frame: Frame, rendered: Rendered, drawn: dict[str, Drawn], book: Book | None = None
    ) -> None:
        """Keep what was made; a book where it is another than before."""
        if self._keep is None:
            return
        if book is not None:
            self._keep.keep_value(f"books/{self._name}", book)
        last = Last(frame, Manifest(rendered.everywhere, drawn))
        self._keep.keep_value(f"sites/{self._name}", last)
        if self._last is None or set(_digests(self._last)) - set(_digests(last)):
            self._tidy(last)

    def _tidy(self, last: Last) -> None:
        """Remove the files that no site is made of any more."""
        if self._keep is None or self._objects is None:
            return
        sites = sorted((self._keep.folder / "sites").glob("*"), key=lambda p: p.stat().st_mtime)
        with self._keep.attempt():
            for old in sites[:-_MOST]:
                for name in ("sites", "books"):
                    (self._keep.folder / name / old.name).unlink(missing_ok=True)
                shutil.rmtree(self._keep.folder / "spares" / old.name, ignore_errors=True)
        others = [self._load(path.name) for path in sites[-_MOST:] if path.name != self._name]
        wanted = {name for each in (last, *filter(None, others)) for name in _digests(each)}
        self._objects.remove_others(wanted)


@dataclass(frozen=True, slots=True)
class _Frames:
    """The frames of charts among what is kept."""

    keep: Keep

    def load(self) -> bytes | None:
        data = self.keep.load("frames")
        return None if data is None else bytes(data)

    def save(self, data: bytes) -> None:
        self.keep.save("frames", data)

    def alone(self) -> AbstractContextManager[None]:
        return self.keep.alone("frames-lock")


def _digests(last: Last) -> Iterator[str]:
    yield from (kept.digest for kept in last.frame.files.values())
    yield from (drawn.kept.digest for drawn in last.manifest.files.values())
