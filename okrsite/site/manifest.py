"""What a site was made of, file by file, as the next build wants to know it."""

from __future__ import annotations

from dataclasses import field

from okrsite.keep import Kept
from okrsite.model.quick import quick_dataclass
from okrsite.watch import Part


@quick_dataclass(frozen=True, slots=True)
class Drawn:
    """A file of ours, and what it was made from."""

    kept: Kept
    parts: tuple[Part, ...]
    """What was asked for while it was drawn."""
    made_from: str
    """The digest of these parts then."""
    around: str = ""
    """The digest of the shell around a page's article; nothing for other files."""
    article: tuple[int, int] = (0, 0)
    """Where the article begins and ends, in bytes."""


@quick_dataclass(frozen=True, slots=True)
class Manifest:
    """All files of ours in a site."""

    everywhere: str = ""
    """The digest of what all of them were made from."""
    files: dict[str, Drawn] = field(default_factory=dict)
    """By path in the site."""
