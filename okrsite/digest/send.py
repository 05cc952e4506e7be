"""A digest → where people read: chat, mail, whatever Apprise has an address for.

Addresses hold passwords: nothing here repeats more of one than its kind.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from okrsite.digest.write import write_digest
from okrsite.views.digest import DigestView

if TYPE_CHECKING:
    import apprise

SENT_AS = ("markdown", "text", "html")
"""Formats that can be sent."""


class NotInstalledError(Exception):
    """Apprise is not there."""


class BadAddressError(Exception):
    """An address that Apprise does not understand; the message says of which kind it is."""


class NotSentError(Exception):
    """Sending failed; the message says where to, as far as it may be told."""


def send_digest(view: DigestView, addresses: Sequence[str], format_: str) -> None:
    """Send a digest to all of some addresses, in one of `SENT_AS`.

    NotInstalledError, BadAddressError before anything was sent, NotSentError after all were tried.
    """
    with _quiet():
        try:
            # It takes a second, and hardly any command sends anything.
            import apprise
        except ImportError as error:
            raise NotInstalledError from error
        places = [(address, _place(apprise.Apprise(), address)) for address in addresses]
        body = write_digest(view, format_, with_title=False)
        failed = [
            kind_of(address)
            for address, place in places
            if not place.notify(body=body, title=view.title, body_format=format_)
        ]
    if failed:
        raise NotSentError(", ".join(failed))


def _place(place: apprise.Apprise, address: str) -> apprise.Apprise:
    if not place.add(address):
        raise BadAddressError(kind_of(address))
    return place


def kind_of(address: str) -> str:
    """Return what of an address is no secret: ``slack://…``."""
    scheme, separator, _ = address.partition("://")
    return f"{scheme}://…" if separator and scheme.isascii() and scheme.isalnum() else "…"


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Apprise from logging addresses, and from warning of what is its own to mend."""
    log = logging.getLogger("apprise")
    before, log.disabled = log.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.disabled = before
