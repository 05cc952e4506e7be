"""A source folder → a company that one audience may see: the way through all rooms up to pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from okrsite.asset import Asset
from okrsite.audience import see_company
from okrsite.by_plan import ByPlan
from okrsite.keep import Keep, Piece
from okrsite.lookup import find_url
from okrsite.measure import Measures
from okrsite.measured import KeptMeasures
from okrsite.model import Company, Plan, Rules
from okrsite.opened import open_folder
from okrsite.pictures import named_pictures
from okrsite.problems import Problem, by_place
from okrsite.read import Memory, Reading, Texts, read_company
from okrsite.resolve import FormerPlans, Resolution, resolve_company
from okrsite.site.content import NoContentError, Request, UnknownAudienceError
from okrsite.snapshot import Snapshot, Standing, today_in
from okrsite.watched import Digests

if TYPE_CHECKING:
    from okrsite.pages.page import Rendered, Surroundings
    from okrsite.views import Context

USUAL_AUDIENCE = "internal"
_SHELVES = 32
"""Into how many files the rows of plans are divided."""


@dataclass(frozen=True)
class Loaded:
    """A company as one audience may see it, and what this audience may know of its mistakes."""

    company: Company
    problems: tuple[Problem, ...]
    """By place."""
    texts: Mapping[str, str] = field(repr=False)
    """Source files by path, for the frames of diagnostics; empty below the narrowest audience."""
    pictures: dict[str, bytes] = field(default_factory=dict, repr=False)
    """By path, those that what this audience may see names."""
    digests: Mapping[tuple[str, str], str] = field(default_factory=dict, repr=False)
    """The digests of the plans that are known already, by owner and cycle."""
    keep: Keep | None = field(default=None, repr=False)
    """Where results are kept for the next build."""

    @cached_property
    def measures(self) -> Measures:
        """Measure the company as of its own day, lazily."""
        return KeptMeasures(self.company, self._by_plan())

    @cached_property
    def parts(self) -> Digests:
        """Return the digests of everything that pages are made from."""
        return Digests(self.company, self.digests)

    def _by_plan(self, shelves: int = 1) -> ByPlan:
        """Return where results of each plan are kept."""
        return ByPlan(self.keep, self._made_from, shelves)

    def _made_from(self, plan: Plan) -> str:
        """Return the digest of everything that a plan's own numbers follow from."""
        return self.parts.of(("plan", plan.owner, plan.cycle)) + self.parts.everywhere

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
        # Slow to import, and `check` needs neither templates nor charts nor words.
        from okrsite.data import DataFile, Sheet, Writer
        from okrsite.pages.render import render_pages
        from okrsite.views import Download
        from okrsite.words import Words

        words = Words(self.language, self.company.as_of)
        sheet = Sheet(self.company, self.measures, words)
        files = Writer(sheet, self._by_plan(_SHELVES)).files()
        downloads = tuple(Download(file.url, file.text) for file in files)
        rendered = render_pages(
            self,
            surroundings,
            self._by_plan(),
            downloads=downloads,
            feeds=True,
            beside=files_beside,
        )

        def draw(file: DataFile) -> list[Piece]:
            for part in file.parts:
                rendered.watch.note(*part)
            return file.draw()

        assets = (Asset(file.url, partial(draw, file)) for file in files)
        return replace(rendered, assets=(*rendered.assets, *assets))


def files_beside(context: Context) -> Iterator[Asset]:
    """Yield the files for other programs that are made of the same as pages are."""
    from okrsite.badges import badge_files
    from okrsite.feeds import calendar_files, feed_files

    yield from feed_files(context)
    yield from calendar_files(context)
    yield from badge_files(context)


def load_company(
    source: Path,
    as_of: date | None,
    audience: str = "",
    *,
    now: datetime,
    exclude: Iterable[Path] = (),
    keep: Keep | None = None,
    jobs: int = 1,
    at: str = "",
) -> Loaded:
    """Return the company that lies in a folder, as one audience may see it on a day.

    Without `as_of` that is today in the company's time zone; `now` is the moment it is. With `at`,
    a commit or a day, the folder is read as git had it, by default as of then. What is kept of an
    earlier reading is not worked out again.

    Raises NoContentError where there is no plan, or where the rules cannot be read;
    UnknownAudienceError for an audience that the company does not have; NoPastError where git
    cannot tell what lay in the folder.
    """
    opened = open_folder(source, as_of, at=at, exclude=exclude, keep=keep)
    memory, listing, past = Memory(keep, jobs), opened.listing, opened.remembered
    as_of = opened.as_of
    # Whoever looks back looks once.
    snapshot = Snapshot(keep, now, as_of, source, audience) if keep and not at else None
    standing = snapshot.renew(listing, memory, past.key, past.authors) if snapshot else None
    if standing is None:
        reading = read_company(source, exclude, memory, listing)
        former_plans = past.former_plans(reading, Memory(keep, jobs, "versions"))
        whole, audience = _resolve(reading, source, as_of, audience, now, former_plans)
        whole = past.tell(whole, reading, keep, jobs)
        standing = _gate(whole, audience, reading.tree.pictures)
        if snapshot:
            standing = snapshot.take(standing, listing, reading, whole, past.key, past.authors)
    pictures, unread = opened.pictures(standing.pictures)
    rules = standing.company.rules
    is_narrowest = standing.company.audience == rules.audiences[-1]
    untold = past.problem()
    return Loaded(
        standing.company,
        tuple(by_place([*standing.problems, *unread, *([untold] if untold else [])])),
        Texts(listing.data) if is_narrowest else {},
        pictures,
        standing.digests,
        keep,
    )


def _resolve(
    reading: Reading,
    source: Path,
    as_of: date | None,
    audience: str,
    now: datetime,
    former_plans: FormerPlans | None,
) -> tuple[Resolution, str]:
    """Return the whole company and the audience that it is to be gated for."""
    if reading.records.rules.unreadable:
        rules_files = {p.place.path for p in reading.problems if p.code == "OKR-V004"}
        raise NoContentError(
            [p for p in reading.problems if p.place.path in rules_files], reading.texts
        )
    today = today_in(reading.records.rules.rules, now)
    name = _name_of(source)
    whole = resolve_company(reading, as_of or today, today, name, former_plans)
    audience = audience_named(whole.company.rules, audience)
    if not reading.records.plans and not reading.records.teams:
        raise NoContentError(whole.problems, reading.texts)
    return whole, audience


def _gate(whole: Resolution, audience: str, pictures: frozenset[str]) -> Standing:
    """Return what an audience may see."""
    company = see_company(whole.company, audience)
    named = pictures.intersection(picture.path for picture in named_pictures(company))
    return Standing(company, whole.problems_for(audience), tuple(sorted(named)))


def open_company(request: Request) -> Loaded:
    """Return the content that the site room asks for."""
    return load_company(
        request.source,
        request.as_of,
        request.audience,
        now=request.now,
        exclude=request.exclude,
        keep=request.keep,
        jobs=request.jobs,
        at=request.at,
    )


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
