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

from okrsite.keep import FOLDER, open_keep, version_of_code
from okrsite.pages.page import Rendered
from okrsite.problems import Severity, by_place
from okrsite.site.content import Content, NoContentError, UnknownAudienceError
from okrsite.site.frame import Frame, digest_inputs
from okrsite.site.lock import locked
from okrsite.site.order import Built, Order, UsageError
from okrsite.site.shelf import Last, Shelf
from okrsite.site.stage import NotOursError, staged, swap_in

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
    except UnknownAudienceError as unknown:
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
        if (last := shelf.last()) and (content := _open(order, shelf, last.frame)):
            rendered = content.render(last.frame.around.back())
            # Asked for more than once from here on.
            pages, assets = list(rendered.pages), list(rendered.assets)
            rendered = replace(rendered, pages=pages, assets=assets)
            if last.frame.fits(content, rendered):
                built = _build_framed(order, shelf, last, content, rendered)
                if built is not None:
                    return built
    except Exception:
        # While people write, MkDocs' path shows in the browser what went wrong.
        if not order.serving:
            raise
    # MkDocs takes long to import.
    from okrsite.site.hosted import build_hosted

    return build_hosted(order, shelf, content)


def _open(order: Order, shelf: Shelf, frame: Frame) -> Content | None:
    """Return the content that a frame was made for; None where MkDocs would read other inputs."""
    if digest_inputs(order.mkdocs_yml, frame.inputs) != frame.read:
        return None
    return shelf.ask(order, frame.request(order.now))


def _build_framed(
    order: Order, shelf: Shelf, last: Last, content: Content, rendered: Rendered
) -> Built | None:
    """Build a site in the frame of the last one; None where not all of that is kept any more."""
    problems = by_place([*content.problems, *last.frame.problems])
    if order.strict and any(problem.severity is Severity.ERROR for problem in problems):
        return Built(None, problems, content.texts)
    book = shelf.book()
    if book is None:
        return None
    site_dir = order.site_dir or Path(last.frame.site_dir)
    with staged(site_dir) as staging:
        frame = shelf.publish(last.frame, staging)
        if frame is None:
            return None
        drawn = shelf.press(staging, rendered, book).wait()
        shelf.put(frame, rendered, drawn)
        swap_in(staging, site_dir)
    return Built(site_dir, problems, content.texts, files=len(drawn))
