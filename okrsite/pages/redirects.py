"""Former ids (`aka`) → small files at the old addresses that lead to the new ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from html import escape

from okrsite import urls
from okrsite.asset import Asset
from okrsite.model import Company
from okrsite.pages.page import Page

_REDIRECT = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<title>{title}</title>
<link rel="canonical" href="{href}">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={href}">
<p><a href="{href}">{title}</a></p>
</html>
"""


def render_redirects(
    company: Company, pages: Iterable[Page], language: str, *, directory_urls: bool
) -> Iterator[Asset]:
    """Yield a redirect from every former address of a page, unless a page has it today."""
    known = {page.url: page for page in pages}
    moved = list(_moved(company))
    done: set[str] = set()
    for url, page in known.items():
        for old in _former(url, moved):
            if old in known or old in done:
                continue
            done.add(old)
            href = escape(urls.relative(url, old, directory_urls=directory_urls))
            html = _REDIRECT.format(language=language, title=escape(page.title), href=href)
            yield Asset(f"{old}index.html", partial(tuple, (html.encode(),)), page.source)


def _moved(company: Company) -> Iterator[tuple[str, str]]:
    """Yield the beginnings of addresses, as they were and as they are.

    Objectives come first: a former objective of a renamed team had the team's former name.
    """
    for objective in company.objectives():
        for old in objective.aka:
            plan = urls.plan_url(company, objective.ref.owner, objective.ref.cycle)
            yield f"{plan}{old}/", urls.reference_url(company, objective.ref)
    for team in company.teams:
        for old in team.aka:
            yield urls.team_url(old), urls.team_url(team.id)
    for person in company.people:
        for old in person.aka:
            yield urls.person_url(old), urls.person_url(person.id)


def _former(url: str, moved: list[tuple[str, str]]) -> list[str]:
    """Return every address that a page had, also where both its team and itself were renamed."""
    found = [url]
    for old, new in moved:
        found += [old + each.removeprefix(new) for each in found if each.startswith(new)]
    return found[1:]
