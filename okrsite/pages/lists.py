"""A company → the start page and the pages that list things, split where they would be long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from okrsite import urls
from okrsite.model import Company, Cycle
from okrsite.pages.page import Page
from okrsite.pages.studio import Studio
from okrsite.views import (
    view_alignment,
    view_attention_page,
    view_calibration,
    view_changes,
    view_compare,
    view_cycle,
    view_cycles,
    view_home,
    view_how,
    view_okrs,
    view_people_index,
    view_proposals,
    view_review,
    view_teams,
    view_wins_page,
)
from okrsite.views.changes import change_parts
from okrsite.views.listing import page_url
from okrsite.views.okrs import okr_parts
from okrsite.views.outcomes import planning_teams
from okrsite.views.parting import owner_name, part_name, reference_name
from okrsite.views.parts import view_person
from okrsite.views.people import people_below, people_of
from okrsite.views.proposals import proposal_parts
from okrsite.views.review import agenda_pages, stop_url
from okrsite.views.room import MOST_PEOPLE
from okrsite.views.split import Part
from okrsite.views.teams import teams_below
from okrsite.views.told import Win
from okrsite.views.waiting import attention_parts
from okrsite.views.within import cycle_parts

_WIDE = frozenset({"toc", "path", "navigation"})


def list_pages(studio: Studio, company: Company) -> Iterator[Page]:
    """Yield the start page and the pages that list things."""
    context, say = studio.context, studio.context.words.gettext
    home = partial(view_home, context)
    yield studio.page(urls.HOME, company.name or say("OKRs"), "home", home, hide=_WIDE)
    yield from _teams(studio)
    yield from _people(studio, company)
    yield from _alignment(studio)
    yield from _reviews(studio)
    cycles = partial(view_cycles, context)
    yield studio.page(urls.CYCLES, say("Cycles"), "cycles", cycles, hide=_WIDE)
    for cycle in company.cycles:
        if company.plans_in(cycle.id):
            yield from _cycle(studio, cycle)
            yield from _okrs(studio, cycle)
    yield from _attention(studio)
    yield from _proposals(studio)
    yield from _changes(studio)
    yield from _wins(studio)
    yield from _compare(studio)
    how = partial(view_how, context)
    yield studio.page(urls.HOW_WE_WORK, say("How we work"), "how-we-work", how)


def _teams(studio: Studio) -> Iterator[Page]:
    """Yield the list of teams; a department's own page goes on from there."""
    context, title = studio.context, studio.context.words.gettext("Teams")
    whole = teams_below(context)
    for part, above in whole.pages():
        if part.team is whole.team:
            name = _named(title, part, above, owner_name(context))
            view = partial(view_teams, context, part, above)
            yield studio.page(urls.TEAMS + part.path, name, "teams", view, urls.TEAMS)


def _people(studio: Studio, company: Company) -> Iterator[Page]:
    """Yield the list of people, its parts, and those of teams that are large by themselves."""
    context, title = studio.context, studio.context.words.gettext("People")
    whole = people_of(context)
    large = (team for team in company.teams if len(team.members) > MOST_PEOPLE)
    found = [*whole.pages(), *(p for t in large for p in people_below(context, t).pages((whole,)))]
    done: set[str] = set()
    for part, above in found:
        if part.path not in done:
            done.add(part.path)
            name = _named(title, part, above, owner_name(context))
            view = partial(view_people_index, context, part, above)
            url = urls.people_url(part.path)
            yield studio.page(url, name, "people", view, urls.PEOPLE, hide=_WIDE)


def _alignment(studio: Studio) -> Iterator[Page]:
    context, title = studio.context, studio.context.words.gettext("Alignment")
    for part, above in context.cascade.whole.pages():
        name = _named(title, part, above, reference_name(context))
        view = partial(view_alignment, context, part, above)
        url = urls.alignment_url(part.path)
        yield studio.page(url, name, "alignment", view, urls.ALIGNMENT, hide=_WIDE)


def _reviews(studio: Studio) -> Iterator[Page]:
    """Yield the company's review and those of all teams that have something to review."""
    context, say = studio.context, studio.context.words.gettext
    reviews = context.reviews
    for id, stop in reviews.stops.items():
        title = say("Review")
        if stop is not reviews.top and stop.team:
            title = say("Review of {team}", team=stop.team.title)
        base = stop_url(context, stop)
        for number in range(1, agenda_pages(stop) + 1):
            view, url = partial(view_review, context, id, number), page_url(base, number)
            yield studio.page(url, title, "review", view, urls.REVIEW, hide=_WIDE)


def _cycle(studio: Studio, cycle: Cycle) -> Iterator[Page]:
    context = studio.context
    for part, above in cycle_parts(context, cycle).pages():
        name = _named(cycle.name, part, above, owner_name(context))
        view = partial(view_cycle, context, cycle, part, above)
        url = urls.cycle_url(cycle.id, part.path)
        yield studio.page(url, name, "cycle", view, urls.CYCLES, hide=_WIDE)


def _okrs(studio: Studio, cycle: Cycle) -> Iterator[Page]:
    context = studio.context
    title = context.words.gettext("All OKRs, {cycle}", cycle=cycle.name)
    for part, above in okr_parts(context, cycle).pages():
        name = _named(title, part, above, reference_name(context))
        view = partial(view_okrs, context, cycle, part, above)
        url = urls.okrs_url(cycle.id, part.path)
        yield studio.page(url, name, "okrs", view, urls.CYCLES, hide=_WIDE)


def _attention(studio: Studio) -> Iterator[Page]:
    context, title = studio.context, studio.context.words.gettext("Attention")
    for part, above in attention_parts(context).pages():
        name = _named(title, part, above, lambda row: row.team)
        view = partial(view_attention_page, context, part, above)
        yield studio.page(
            urls.attention_url(part.path), name, "attention", view, urls.HOME, hide=_WIDE
        )


def _proposals(studio: Studio) -> Iterator[Page]:
    context, title = studio.context, studio.context.words.gettext("Proposals")
    for part, above in proposal_parts(context).pages():
        name = _named(title, part, above, reference_name(context))
        view = partial(view_proposals, context, part, above)
        yield studio.page(
            urls.proposals_url(part.path), name, "proposals", view, urls.CYCLES, hide=_WIDE
        )


def _changes(studio: Studio) -> Iterator[Page]:
    """Yield what changed; it hangs below the start page, whose short list it goes on from."""
    context, title = studio.context, studio.context.words.gettext("Changes")
    for part, above in change_parts(context).pages():
        name = _named(title, part, above, reference_name(context))
        view = partial(view_changes, context, part, above)
        yield studio.page(urls.CHANGES + part.path, name, "changes", view, urls.HOME, hide=_WIDE)


def _wins(studio: Studio) -> Iterator[Page]:
    """Yield the wins, which hang below the start page too."""
    context, title = studio.context, studio.context.words.gettext("Wins")

    def name_of(win: Win) -> str:
        return view_person(context, win.owner).name

    for part, above in context.wins.whole.pages():
        name = _named(title, part, above, name_of)
        view = partial(view_wins_page, context, part, above)
        yield studio.page(urls.WINS + part.path, name, "wins", view, urls.HOME, hide=_WIDE)


def _compare(studio: Studio) -> Iterator[Page]:
    """Yield the pages that compare cycles, and confidence with grades."""
    context, say = studio.context, studio.context.words.gettext
    pages = (
        (urls.COMPARE, say("Compare"), "compare", view_compare),
        (urls.CALIBRATION, say("Calibration"), "calibration", view_calibration),
    )
    for base, title, template, view_page in pages:
        for part, above in planning_teams(context).pages():
            name = _named(title, part, above, owner_name(context))
            view = partial(view_page, context, part, above)
            yield studio.page(base + part.path, name, template, view, urls.CYCLES, hide=_WIDE)


def _named(
    title: str, part: Part[Any], above: tuple[Part[Any], ...], name_of: Callable[[Any], str]
) -> str:
    """Return the title of a page of a list: the list's, with the part's name before it."""
    return f"{part_name(part, name_of)} · {title}" if above else title
