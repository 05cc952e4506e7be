"""What the site room needs to know of a company's content: how it is opened, and what it gives.

The rooms below (tree, read, resolve, audience, measure, views, pages) stand behind `Content`; the
site room knows neither files nor numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from okrsite.keep import Keep
from okrsite.pages.page import Rendered, Surroundings
from okrsite.problems import Problem


@dataclass(frozen=True, slots=True)
class Request:
    """Which content, as whom it is seen and when."""

    source: Path
    """The source folder, absolute."""
    as_of: date | None
    """The day to speak of; None for today in the company's time zone."""
    now: datetime
    """The moment, in UTC."""
    audience: str = ""
    """Empty for the default audience."""
    exclude: tuple[Path, ...] = ()
    """Folders that are no content although they may lie in the source folder: the output."""
    keep: Keep | None = None
    """What was kept of earlier readings."""
    jobs: int = 1
    """How many processes may read."""
    at: str = ""
    """The commit or the day as of which git tells what lay there; empty for what lies there."""


class Content(Protocol):
    """A company's content, read, looked up and cut down to what one audience may see."""

    @property
    def name(self) -> str:
        """The company's name, or nothing."""

    @property
    def as_of(self) -> date:
        """The day that it speaks of."""

    @property
    def language(self) -> str:
        """The language of the site's own words."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What is wrong in the files, as far as this audience may know of it."""

    @property
    def texts(self) -> Mapping[str, str]:
        """Source files by path, for the frames of diagnostics; empty where they may not show."""

    def link(self, reference: str) -> str | None:
        """Return the address that ``okr:REFERENCE`` leads to, or None where it leads nowhere."""

    def render(self, surroundings: Surroundings) -> Rendered:
        """Return all pages; they are drawn when they are written."""


class Opener(Protocol):
    """Opens content.

    Raises `NoContentError` where there is none to show, `CannotOpenError` where the request asks
    for what is not there.
    """

    def __call__(self, request: Request) -> Content:
        """Return what the request asks for."""


class NoContentError(Exception):
    """There is no company to show: no plan in the source folder, or rules that cannot be read."""

    def __init__(self, problems: Sequence[Problem], texts: Mapping[str, str] | None = None) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = tuple(problems)
        self.texts = texts or {}


class CannotOpenError(ValueError):
    """Something is asked for that this content does not have; says what, and how to mend it."""


class UnknownAudienceError(CannotOpenError):
    """A site is asked for an audience that the company does not have; says which it has."""


class NoPastError(CannotOpenError):
    """Content is asked for as git had it, and git cannot tell; says why."""
