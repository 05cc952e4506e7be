"""What is published as it is: an address, and how to get its bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from okrsite.keep import Piece


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is published as it is: data, feeds, badges, redirects."""

    url: str
    """``data/okrs.json``, ``teams/old-name/index.html``."""
    draw: Callable[[], Sequence[Piece]]
    """Gives its bytes, in pieces; called at most once, and not where nothing changed."""
    source: str = ""
