"""A source folder → a company that one audience may see: the way through all rooms up to pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from okrsite.audience import see_company
from okrsite.data import write_assets
from okrsite.lookup import find_url
from okrsite.measure import Measures, measure_company
from okrsite.model import Company, Rules
from okrsite.pictures import named_pictures
from okrsite.problems import Problem, by_place
from okrsite.read import read_company
from okrsite.resolve import resolve_company
from okrsite.site.content import NoContentError, Request, UnknownAudienceError
from okrsite.tree import read_pictures
from okrsite.words import Words

if TYPE_CHECKING:
    from okrsite.pages.page import Rendered, Surroundings

USUAL_AUDIENCE = "internal"


@dataclass(frozen=True)
class Loaded:
    """A company as one audience may see it, and what this audience may know of its mistakes."""

    company: Company
    problems: tuple[Problem, ...]
    """By place."""
    texts: dict[str, str] = field(repr=False)
    """Source files by path, for the frames of diagnostics; empty below the narrowest audience."""
    pictures: dict[str, bytes] = field(default_factory=dict, repr=False)
    """By path, those that what this audience may see names."""

    @cached_property
    def measures(self) -> Measures:
        """Measure the company as of its own day, lazily."""
        return measure_company(self.company)

    @property
    def name(self) -> str:
        """Return the company's name."""
        return self.company.name

    @property
    def as_of(self) -> date:
        """Return the day that it speaks of."""
        return self.company.as_of

    @property
    def language(self) -> str:
        """Return the language of the site's own words."""
        return self.company.rules.language

    def link(self, reference: str) -> str | None:
        """Return the address behind ``okr:REFERENCE``, or None where it leads nowhere."""
        return find_url(self.company, reference)

    def render(self, surroundings: Surroundings) -> Rendered:
        """Return all pages and data files; pages are drawn when they are written."""
        # Templates and charts are slow to import, and `check` needs neither.
        from okrsite.pages.page import Asset
        from okrsite.pages.render import render_pages
        from okrsite.views import Download

        words = Words(self.language, self.company.as_of)
        files = write_assets(self.company, self.measures, words)
        downloads = tuple(Download(file.url, file.text) for file in files)
        rendered = render_pages(self, surroundings, downloads=downloads)
        assets = (Asset(file.url, file.data) for file in files)
        return replace(rendered, assets=(*rendered.assets, *assets))


def load_company(
    source: Path,
    as_of: date | None,
    audience: str = "",
    *,
    now: datetime,
    exclude: Iterable[Path] = (),
) -> Loaded:
    """Return the company that lies in a folder, as one audience may see it on a day.

    Without `as_of` that is today in the company's time zone; `now` is the moment it is.

    Raises NoContentError where there is no plan, or where the rules cannot be read;
    UnknownAudienceError for an audience that the company does not have.
    """
    reading = read_company(source, exclude)
    if reading.records.rules.unreadable:
        rules_files = {p.place.path for p in reading.problems if p.code == "OKR-V004"}
        raise NoContentError(
            [p for p in reading.problems if p.place.path in rules_files], dict(reading.texts)
        )
    today = today_in(reading.records.rules.rules, now)
    resolution = resolve_company(reading, as_of or today, today, name=_name_of(source))
    rules = resolution.company.rules
    audience = audience_named(rules, audience)
    if not reading.records.plans and not reading.records.teams:
        raise NoContentError(resolution.problems, dict(reading.texts))
    is_narrowest = audience == rules.audiences[-1]
    company = see_company(resolution.company, audience)
    named = {picture.path for picture in named_pictures(company)}
    pictures, unread = read_pictures(source, reading.tree, named)
    problems = tuple(by_place([*resolution.problems_for(audience), *unread]))
    return Loaded(company, problems, dict(reading.texts) if is_narrowest else {}, pictures)


def open_company(request: Request) -> Loaded:
    """Return the content that the site room asks for."""
    return load_company(
        request.source,
        request.as_of,
        request.audience,
        now=request.now,
        exclude=request.exclude,
    )


def today_in(rules: Rules, now: datetime) -> date:
    """Return the day that it is in the company's time zone."""
    return now.astimezone(ZoneInfo(rules.timezone)).date()


def audience_named(rules: Rules, name: str) -> str:
    """Return the audience of a build: as named, else `internal`, else the default visibility.

    Raises UnknownAudienceError, naming those that there are, for one that the company lacks.
    """
    if not name:
        usual = USUAL_AUDIENCE in rules.audiences
        return USUAL_AUDIENCE if usual else rules.default_visibility
    if name not in rules.audiences:
        known = ", ".join(rules.audiences)
        raise UnknownAudienceError(f"no audience is called '{name}'; there are: {known}")
    return name


def _name_of(source: Path) -> str:
    """Return a company's name where no file gives one: its project's folder."""
    folder = source.resolve()
    while folder.name.lower() in ("okrs", "content", "docs", "okr") and folder.parent != folder:
        folder = folder.parent
    words = folder.name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or "Company"
