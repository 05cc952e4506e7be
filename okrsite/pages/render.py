"""A company and its measures → all pages, each drawn when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from okrsite import urls
from okrsite.lookup import find_url
from okrsite.measure import Measures
from okrsite.model import Company, Level, Objective, Person, Plan, Team
from okrsite.pages.environment import Templates, open_templates
from okrsite.pages.nav import render_nav
from okrsite.pages.page import Asset, Page, Rendered, SearchEntry, Surroundings
from okrsite.pages.redirects import render_redirects
from okrsite.pages.search import objective_entry, person_entry, team_entry
from okrsite.pages.sources import Sources
from okrsite.prose import plain
from okrsite.views import (
    Context,
    Download,
    view_alignment,
    view_cycle,
    view_cycles,
    view_data,
    view_home,
    view_how,
    view_objective,
    view_people_index,
    view_person_page,
    view_plan_page,
    view_team,
    view_teams,
)
from okrsite.words import Words


@dataclass(frozen=True, slots=True)
class _Studio:
    """What every page is made with."""

    context: Context
    templates: Templates
    sources: Sources

    def page(
        self,
        url: str,
        title: str,
        template: str,
        view: Callable[[], object],
        place: str | None = None,
        *,
        description: str = "",
        search: tuple[SearchEntry, ...] = (),
        sources: tuple[str, ...] | None = None,
        edit: str = "",
        hide: frozenset[str] = frozenset({"toc", "path"}),
    ) -> Page:
        """Return a page that is drawn, from its view, when it is asked for."""

        def draw() -> str:
            return self.templates.draw(template, view(), url)

        forge = self.context.forge
        return Page(
            url=url,
            title=title,
            draw=draw,
            place=url if place is None else place,
            description=description,
            search=search,
            sources=self.sources.all if sources is None else sources,
            edit_url=forge.edit_url(edit) if forge and edit else "",
            hide=hide,
        )


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


def render_pages(
    content: Content,
    surroundings: Surroundings,
    *,
    downloads: tuple[Download, ...] = (),
    feeds: bool = False,
) -> Rendered:
    """Return a company's pages.

    `downloads` are explained on the data page, which is left out without any; `feeds` tells that
    a ``feed.xml`` stands beside the home page and each team's.
    """
    company = content.company
    words = Words(company.rules.language, company.as_of)
    context = Context(
        company=company,
        measures=content.measures,
        words=words,
        forge=surroundings.forge,
        discuss=dict(company.rules.links).get("discuss", ""),
        feeds=feeds,
        quotes_source=company.audience == company.rules.audiences[-1],
        home_html=surroundings.home_prose,
        address=surroundings.address,
        pictures=frozenset(content.pictures),
    )
    templates = open_templates(
        surroundings.template_dirs,
        words,
        partial(find_url, company),
        pictures=context.pictures,
        directory_urls=surroundings.directory_urls,
    )
    studio = _Studio(context, templates, Sources(company))
    pages = tuple(_pages(studio, downloads))
    redirects = render_redirects(
        company, pages, words.tag, directory_urls=surroundings.directory_urls
    )
    pictures = (
        Asset(urls.picture_url(path), data, (path,)) for path, data in content.pictures.items()
    )
    nav = render_nav(company, words, data=bool(downloads))
    return Rendered(pages, (*redirects, *pictures), nav)


def _pages(studio: _Studio, downloads: tuple[Download, ...]) -> Iterator[Page]:
    company = studio.context.company
    yield from _lists(studio)
    for team in company.teams:
        yield _team(studio, team)
    for person in company.people:
        yield _person(studio, person)
    for plan in company.plans:
        yield _plan(studio, plan)
        for objective in plan.objectives:
            yield _objective(studio, objective)
    if downloads:
        view = partial(view_data, studio.context, downloads)
        yield studio.page(urls.DATA, studio.context.words.gettext("Data"), "data", view)


def _lists(studio: _Studio) -> Iterator[Page]:
    """Yield the start page and the pages that list things."""
    context, say = studio.context, studio.context.words.gettext
    company = context.company
    hide = frozenset({"toc", "path", "navigation"})
    home = partial(view_home, context)
    yield studio.page(urls.HOME, company.name or say("OKRs"), "home", home, hide=hide)
    yield studio.page(urls.TEAMS, say("Teams"), "teams", partial(view_teams, context))
    people = partial(view_people_index, context)
    yield studio.page(urls.PEOPLE, say("People"), "people", people, hide=hide)
    alignment = partial(view_alignment, context)
    yield studio.page(urls.ALIGNMENT, say("Alignment"), "alignment", alignment, hide=hide)
    yield studio.page(
        urls.CYCLES, say("Cycles"), "cycles", partial(view_cycles, context), hide=hide
    )
    for cycle in company.cycles:
        if any(plan.cycle == cycle.id for plan in company.plans):
            view = partial(view_cycle, context, cycle)
            url = urls.cycle_url(cycle.id)
            yield studio.page(url, cycle.name, "cycle", view, urls.CYCLES, hide=hide)
    how = partial(view_how, context)
    yield studio.page(urls.HOW_WE_WORK, say("How we work"), "how-we-work", how, hide=hide)


def _team(studio: _Studio, team: Team) -> Page:
    company = studio.context.company
    return studio.page(
        urls.team_url(team.id),
        team.title,
        "team",
        partial(view_team, studio.context, team),
        _place(company, team.id),
        description=plain(team.mission),
        search=(team_entry(company, team),),
        sources=studio.sources.of_team(team.id),
        edit=team.place.path if team.place else "",
    )


def _person(studio: _Studio, person: Person) -> Page:
    context = studio.context
    objectives = [*context.owned_objectives.get(person.id, ())]
    owned = (context.company.objective(k.ref) for k in context.owned_key_results.get(person.id, ()))
    objectives += [objective for objective in owned if objective]
    return studio.page(
        urls.person_url(person.id),
        person.name,
        "person",
        partial(view_person_page, context, person),
        urls.PEOPLE,
        search=(person_entry(context.company, person),),
        sources=studio.sources.of_person(person.id, objectives),
        edit=person.place.path if person.place else "",
    )


def _plan(studio: _Studio, plan: Plan) -> Page:
    context = studio.context
    owner = context.company.team(plan.owner) or context.company.person(plan.owner)
    name = owner.title if isinstance(owner, Team) else owner.name if owner else plan.owner
    cycle = context.company.cycle(plan.cycle)
    return studio.page(
        urls.plan_url(context.company, plan.owner, plan.cycle),
        f"{name}, {cycle.name}",
        "plan",
        partial(view_plan_page, context, plan),
        _place(context.company, plan.owner),
        sources=studio.sources.of_plan(plan),
        edit=plan.place.path,
    )


def _objective(studio: _Studio, objective: Objective) -> Page:
    context = studio.context
    return studio.page(
        urls.reference_url(context.company, objective.ref),
        plain(objective.title),
        "objective",
        partial(view_objective, context, objective),
        _place(context.company, objective.ref.owner),
        description=plain(objective.why.partition("\n")[0]),
        search=(objective_entry(context.company, context.words, objective),),
        sources=studio.sources.of_objective(objective),
        edit=objective.place.path,
    )


def _place(company: Company, owner: str) -> str:
    """Return where in the navigation an owner's pages are: the company's own beside all teams."""
    team = company.team(owner)
    if team is None:
        return urls.PEOPLE
    return urls.TEAMS if team.level is Level.COMPANY else urls.team_url(owner)
