"""What a command asks of this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from okrsite.problems import Problem
from okrsite.site.content import Content, Opener


class UsageError(Exception):
    """Something was asked that cannot be done; says what, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Order:
    """Which site is asked for; what is left out is read from `mkdocs.yml`, else is the default."""

    base: Path
    """The folder that relative paths start from where there is no `mkdocs.yml`."""
    mkdocs_yml: Path | None = None
    source: Path | None = None
    site_dir: Path | None = None
    audience: str = ""
    as_of: date | None = None
    at: str = ""
    """The commit or the day as of which content is read from git; empty for what lies there."""
    strict: bool = False
    cache: Path | None = None
    """Where the next build finds what this one made; None keeps nothing."""
    jobs: int = 1
    """How many processes may work."""
    serving: str = ""
    """The local address where the site is shown while people write; empty for a build."""
    memory: dict[str, Any] | None = None
    """What this process knows of what it kept; None where it builds only once."""
    opener: Opener = field(kw_only=True)
    """Opens the content."""
    now: datetime = field(kw_only=True)
    """The moment it is."""


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build."""

    site_dir: Path | None
    """Where the site is; None where nothing was written."""
    problems: Sequence[Problem] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    """Source files by path, for the frames of diagnostics."""
    reason: str = ""
    """Why nothing was written, where the problems do not say."""
    files: int = 0
    """How many files of ours are in it."""
    content: Content | None = field(default=None, repr=False)
    """What it was made of."""
