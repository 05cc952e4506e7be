"""What a page says where something is broken or not there yet."""

from __future__ import annotations

from okrsite.model.quick import quick_dataclass


@quick_dataclass(frozen=True, slots=True)
class BrokenView:
    """A file that could not be read in full."""

    path: str
    problems: tuple[tuple[str, int, str], ...]
    """Code, line and message; an empty message where content must not show."""


@quick_dataclass(frozen=True, slots=True)
class BrokenFiles:
    """The files of a team that could not be read in full, the first of them by name."""

    count: int
    files: tuple[BrokenView, ...]
    left: str
    """How many are not named, or nothing."""


@quick_dataclass(frozen=True, slots=True)
class EmptyView:
    """What to do next where there is nothing yet."""

    text: str
    path: str
    """The file to write; empty where there is none."""
    example: str
    """Its lines."""
    href: str = ""
    """Where it can be written in a browser."""
