"""What every page is made with: views, templates, and where in the navigation it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from okrsite import urls
from okrsite.model import Company, Level
from okrsite.pages.environment import Templates
from okrsite.pages.page import Page, SearchEntry
from okrsite.pages.search import Entries
from okrsite.views import Context


@dataclass(frozen=True, slots=True)
class Studio:
    """What every page is made with."""

    context: Context
    templates: Templates
    entries: Entries

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
        source: str = "",
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
            source=source,
            edit_url=forge.edit_url(source) if forge and source else "",
            hide=hide,
        )


def place_of(company: Company, owner: str) -> str:
    """Return where in the navigation an owner's pages are: the company's own beside all teams."""
    team = company.team(owner)
    if team is None:
        return urls.PEOPLE
    return urls.TEAMS if team.level is Level.COMPANY else urls.team_url(owner)
