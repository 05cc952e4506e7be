"""An order → a whole site in its place, or the old one and the reasons.

Where MkDocs would make the same around our pages as last time, it is not even imported.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from okrsite.asset import Asset
from okrsite.keep import FOLDER, open_keep, version_of_code
from okrsite.pages.page import Page
from okrsite.problems import Severity, by_place
from okrsite.site.collide import published_path
from okrsite.site.content import CannotOpenError, Content, NoContentError
from okrsite.site.frame import digest_inputs
from okrsite.site.lock import locked
from okrsite.site.order import Built, Order, UsageError
from okrsite.site.shelf import Last, Shelf
from okrsite.site.stage import MARK, NotOursError, staged, swap_in
from okrsite.site.write import Folder

log = logging.getLogger("mkdocs.okrsite")


def usual_cache(order: Order) -> Path:
    """Return where an order's cache lies: beside its `mkdocs.yml`, else in its base folder."""
    beside = order.mkdocs_yml.parent if order.mkdocs_yml else order.base
    return beside / FOLDER


def build_site(order: Order) -> Built:
    """Build a site beside the old one and swap it in; UsageError where that cannot be done."""
    if not order.serving:
        # A company is a million things that stay: looking for garbage among them finds none.
        gc.disable()
    try:
        with _shelf(order) as shelf:
            return _build(order, shelf)
    except NoContentError as nothing:
        return Built(None, nothing.problems, nothing.texts)
    except CannotOpenError as unknown:
        raise UsageError(str(unknown)) from unknown
    except NotOursError as other:
        raise UsageError(
            f"{other} holds files that are no site, so it stays as it is; "
            "mend: name another folder with --site-dir, or empty this one"
        ) from None


@contextmanager
def _shelf(order: Order) -> Iterator[Shelf]:
    """Give what was kept of the last build; nobody else uses it meanwhile."""
    cache = order.cache
    if cache is None:
        yield Shelf(None, order)
        return
    with ExitStack() as held:
        try:
            cache.mkdir(parents=True, exist_ok=True)
            held.enter_context(locked(cache / "lock", f"a site that shares {cache.name}"))
        except OSError as error:
            log.warning("nothing can be kept in %s for the next build: %s", cache, error)
            yield Shelf(None, order)
            return
        yield Shelf(open_keep(cache, version_of_code(), order.memory), order)


def _build(order: Order, shelf: Shelf) -> Built:
    content = None
    try:
        last = shelf.last()
        if last and digest_inputs(order.mkdocs_yml, last.frame.inputs) == last.frame.read:
            built, content = _build_framed(order, shelf, last)
            if built is not None:
                return built
    except Exception:
        # While people write, MkDocs' path shows in the browser what went wrong.
        if not order.serving:
            raise
    # MkDocs takes long to import.
    from okrsite.site.hosted import build_hosted

    return build_hosted(order, shelf, content)


def _build_framed(order: Order, shelf: Shelf, last: Last) -> tuple[Built | None, Content]:
    """Build a site in the frame of the last one; None where another frame is needed."""
    frame = last.frame
    site_dir = order.site_dir or Path(frame.site_dir)
    with staged(site_dir, shelf.spare) as staging, shelf.laid_out(staging, last) as laid_out:
        content = shelf.ask(order, frame.request(order.now))
        rendered = content.render(frame.around.back())
        # Asked for more than once from here on.
        pages, assets = list(rendered.pages), list(rendered.assets)
        rendered = replace(rendered, pages=pages, assets=assets)
        items: tuple[Page | Asset, ...] = (*pages, *assets)
        book = shelf.book()
        if book is None or not frame.fits(content, rendered):
            return None, content
        problems = by_place([*content.problems, *frame.problems])
        if order.strict and any(problem.severity is Severity.ERROR for problem in problems):
            return Built(None, problems, content.texts), content
        laid_out()
        folder = Folder(staging)
        ours = {published_path(each, book.at) for each in items}
        folder.keep_only({*frame.files, *ours, MARK})
        published = shelf.publish(frame, folder)
        if published is None:
            return None, content
        drawn = shelf.press(folder, rendered, book).wait()
        shelf.put(published, rendered, drawn)
        swap_in(staging, site_dir, shelf.spare)
    return Built(site_dir, problems, content.texts, "", len(drawn), content), content
