"""A company and its measures → all pages, each drawn when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

from okrsite import urls
from okrsite.asset import Asset
from okrsite.by_plan import ByPlan
from okrsite.keep import digest
from okrsite.lookup import find_url
from okrsite.measure import Measures
from okrsite.model import Company, Objective, Person, Plan, Team
from okrsite.pages.beside import (
    pages_after_plan,
    pages_beside_objective,
    pages_beside_person,
    pages_beside_team,
)
from okrsite.pages.environment import open_templates
from okrsite.pages.lists import list_pages
from okrsite.pages.nav import render_nav
from okrsite.pages.page import Page, Rendered, Surroundings
from okrsite.pages.redirects import render_redirects
from okrsite.pages.search import Entries
from okrsite.pages.studio import Studio, place_of
from okrsite.prose import plain
from okrsite.views import (
    Context,
    Download,
    view_data,
    view_objective,
    view_person_page,
    view_plan_page,
    view_team,
)
from okrsite.views.check_ins import check_in_pages, save_check_in_pages
from okrsite.watch import Memo, Watch
from okrsite.watched import Digests, WatchedCompany, WatchedMeasures
from okrsite.words import Words


def _nothing(_context: Context) -> tuple[Asset, ...]:
    return ()


class Content(Protocol):
    """A company that was already gated for its audience, with its measures."""

    @property
    def company(self) -> Company:
        """What this audience may see."""

    @property
    def measures(self) -> Measures:
        """The same in numbers."""

    @property
    def pictures(self) -> Mapping[str, bytes]:
        """The pictures that it names, by path in the source folder."""

    @property
    def digests(self) -> Mapping[tuple[str, str], str]:
        """The digests of its plans, by owner and cycle, as far as they are known already."""


def render_pages(
    content: Content,
    surroundings: Surroundings,
    by_plan: ByPlan | None = None,
    *,
    downloads: tuple[Download, ...] = (),
    feeds: bool = False,
    beside: Callable[[Context], Iterable[Asset]] = _nothing,
) -> Rendered:
    """Return a company's pages.

    `by_plan` keeps what views make of one plan each; `downloads` are explained on the data page,
    which is left out without any; `feeds` tells that a ``feed.xml`` stands beside the home page
    and each team's. `beside` gives files that are made of the same as pages are.
    """
    company = content.company
    context = _context(content, surroundings, by_plan or ByPlan(), feeds=feeds)
    words = context.words
    templates = open_templates(
        surroundings.template_dirs,
        words,
        partial(find_url, context.company),
        pictures=context.pictures,
        directory_urls=surroundings.directory_urls,
    )
    studio = Studio(context, templates, Entries(company, words))
    pages = tuple(_pages(studio, company, downloads))
    redirects = render_redirects(
        company, pages, words.tag, directory_urls=surroundings.directory_urls
    )
    pictures = (
        Asset(urls.picture_url(path), partial(tuple, (data,)), path)
        for path, data in content.pictures.items()
    )
    nav = render_nav(company, words, data=bool(downloads))
    digests = Digests(company, content.digests, context.parts)
    said = (repr(surroundings), repr(downloads), repr(feeds), repr(sorted(content.pictures)))
    everywhere = digest(digests.everywhere, *said, *_overrides(surroundings.template_dirs))
    assets = (*redirects, *pictures, *beside(context))
    return Rendered(pages, assets, nav, context.watch, digests.of_all, everywhere, feeds)


def _context(
    content: Content, surroundings: Surroundings, by_plan: ByPlan, *, feeds: bool
) -> Context:
    """Return what views are made of; what they ask for is watched."""
    company, watch = content.company, Watch()
    return Context(
        company=WatchedCompany(company, watch),
        measures=WatchedMeasures(content.measures, watch),
        words=Words(company.rules.language, company.as_of),
        forge=surroundings.forge,
        discuss=dict(company.rules.links).get("discuss", ""),
        feeds=feeds,
        quotes_source=company.audience == company.rules.audiences[-1],
        home_html=surroundings.home_prose,
        address=surroundings.address,
        directory_urls=surroundings.directory_urls,
        pictures=frozenset(content.pictures),
        rows=Memo(watch),
        by_plan=by_plan,
        whole=company,
        watch=watch,
    )


def _overrides(folders: tuple[Path, ...]) -> Iterator[bytes | str]:
    """Yield the names and bytes of the company's own templates."""
    for folder in folders[:-1]:
        for path in sorted((folder / "okrsite").rglob("*.html")):
            yield path.relative_to(folder).as_posix()
            yield path.read_bytes()


def _pages(studio: Studio, company: Company, downloads: tuple[Download, ...]) -> Iterator[Page]:
    yield from list_pages(studio, company)
    for team in company.teams:
        yield _team(studio, team)
        yield from pages_beside_team(studio, team)
    for person in company.people:
        yield _person(studio, person)
        yield from pages_beside_person(studio, person)
    for plan in company.plans:
        yield _plan(studio, plan)
        yield from pages_after_plan(studio, plan)
        check_ins = check_in_pages(studio.context, plan)
        for objective in plan.objectives:
            yield _objective(studio, objective)
            yield from pages_beside_objective(studio, objective, check_ins)
    save_check_in_pages(studio.context)
    if downloads:
        view = partial(view_data, studio.context, downloads)
        yield studio.page(urls.DATA, studio.context.words.gettext("Data"), "data", view)


def _team(studio: Studio, team: Team) -> Page:
    company = studio.context.company
    return studio.page(
        urls.team_url(team.id),
        team.title,
        "team",
        partial(view_team, studio.context, team),
        place_of(company, team.id),
        description=plain(team.mission),
        search=(studio.entries.team(team),),
        source=team.place.path if team.place else "",
    )


def _person(studio: Studio, person: Person) -> Page:
    context = studio.context
    return studio.page(
        urls.person_url(person.id),
        person.name,
        "person",
        partial(view_person_page, context, person),
        urls.PEOPLE,
        search=(studio.entries.person(person),),
        source=person.place.path if person.place else "",
    )


def _plan(studio: Studio, plan: Plan) -> Page:
    context = studio.context
    owner = context.company.team(plan.owner) or context.company.person(plan.owner)
    name = owner.title if isinstance(owner, Team) else owner.name if owner else plan.owner
    cycle = context.company.cycle(plan.cycle)
    return studio.page(
        urls.plan_url(context.company, plan.owner, plan.cycle),
        f"{name}, {cycle.name}",
        "plan",
        partial(view_plan_page, context, plan),
        place_of(context.company, plan.owner),
        source=plan.place.path,
    )


def _objective(studio: Studio, objective: Objective) -> Page:
    context = studio.context
    return studio.page(
        urls.reference_url(context.company, objective.ref),
        plain(objective.title),
        "objective",
        partial(view_objective, context, objective),
        place_of(context.company, objective.ref.owner),
        description=plain(objective.why.partition("\n")[0]),
        search=(studio.entries.objective(objective),),
        source=objective.place.path,
    )
