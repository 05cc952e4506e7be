"""Teams, people, plans and objectives → the pages that list what their own have no room for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from okrsite import urls
from okrsite.model import KeyResult, Level, Objective, Person, Plan, Team
from okrsite.pages.page import Page
from okrsite.pages.studio import Studio, place_of
from okrsite.prose import plain
from okrsite.views import view_teams
from okrsite.views.check_ins import view_check_ins
from okrsite.views.listing import (
    feedback_pages,
    owned_rows,
    page_url,
    tie_parts,
    view_asks,
    view_feedback_page,
    view_owns,
    view_plan_goes_on,
    view_ties_of_objective,
    view_ties_of_team,
)
from okrsite.views.parting import owner_name
from okrsite.views.person import find_owned
from okrsite.views.room import (
    MOST_ASKS,
    MOST_FEEDBACK,
    MOST_KEY_RESULT_TIES,
    MOST_TIES,
    stretches,
)
from okrsite.views.split import MOST_ROWS, cut
from okrsite.views.team import room_of, team_ties
from okrsite.views.teams import teams_below
from okrsite.views.ties import Ties, find_ties
from okrsite.views.weekly import find_asks


def pages_beside_team(studio: Studio, team: Team) -> Iterator[Page]:
    """Yield all teams below a team, its ties, what is asked of it and the feedback to it."""
    ties = team_ties(studio.context, team)
    room = room_of(studio.context, team, ties)
    yield from _teams_below(studio, team, room.teams)
    yield from _ties_of_team(studio, team, ties, room.ties)
    context, place = studio.context, place_of(studio.context.company, team.id)
    say, asked = context.words.gettext, len(find_asks(context, team.id))
    if asked > MOST_ASKS:
        title, of = say("Asked of {team}", team=team.title), len(cut(range(asked), MOST_ROWS))
        asks = partial(view_asks, context, team)
        yield from _several(studio, urls.asks_url(team.id), title, asks, of, place)
    if len(context.company.feedback_for(team.id)) > MOST_FEEDBACK:
        title, of = say("Feedback to {team}", team=team.title), feedback_pages(context, team.id)
        said = partial(view_feedback_page, context, team)
        yield from _several(studio, urls.feedback_url(team.id), title, said, of, place)


def _teams_below(studio: Studio, team: Team, shown: int) -> Iterator[Page]:
    context, company = studio.context, studio.context.company
    if team.level is Level.COMPANY or len(company.children(team.id)) <= shown:
        return
    title = f"{team.title} · {context.words.gettext('Teams')}"
    for part, above in teams_below(context, team).pages():
        if part.team is team:
            view = partial(view_teams, context, part, above, team)
            url = urls.team_teams_url(team.id) + part.path
            yield studio.page(url, title, "teams", view, place_of(company, team.id))


def _ties_of_team(studio: Studio, team: Team, ties: Ties, shown: int) -> Iterator[Page]:
    context = studio.context
    if sum(ties.counts) <= shown:
        return
    title = f"{team.title} · {context.words.gettext('Hangs together with')}"
    base, place = urls.ties_url(urls.team_url(team.id)), place_of(context.company, team.id)
    for part, above in tie_parts(context, ties).pages():
        view = partial(view_ties_of_team, context, team, part, above)
        yield studio.page(base + part.path, title, "list", view, place)


def pages_beside_person(studio: Studio, person: Person) -> Iterator[Page]:
    """Yield all that somebody owns and leads, where it is much."""
    found = find_owned(studio.context, person.id)
    if not found.fits:
        title = studio.context.words.gettext("All that {name} owns and leads", name=person.name)
        view, of = partial(view_owns, studio.context, person), len(owned_rows(found))
        yield from _several(studio, urls.owns_url(person.id), title, view, of, urls.PEOPLE)


def pages_after_plan(studio: Studio, plan: Plan) -> Iterator[Page]:
    """Yield the pages on which a long plan goes on."""
    context = studio.context
    of = len(stretches(plan.objectives))
    if of > 1:
        name = owner_name(context)(plan.owner)
        title = f"{name}, {context.company.cycle(plan.cycle).name}"
        base = urls.plan_url(context.company, plan.owner, plan.cycle)
        view = partial(view_plan_goes_on, context, plan)
        place = place_of(context.company, plan.owner)
        yield from _several(studio, base, title, view, of, place, first=2)


def pages_beside_objective(
    studio: Studio, objective: Objective, check_ins: Mapping[str, int]
) -> Iterator[Page]:
    """Yield all ties of an objective and all check-ins about it, where they are many.

    `check_ins` are those of its plan, as `check_in_pages` counts them.
    """
    yield from _ties_of_objective(studio, objective)
    yield from _check_ins(studio, objective, check_ins)


def _ties_of_objective(studio: Studio, objective: Objective) -> Iterator[Page]:
    context, company = studio.context, studio.context.company
    ties = find_ties(context, [objective])
    if sum(ties.counts) <= MOST_TIES and not _has_tied_key_result(studio, objective):
        return
    title = f"{plain(objective.title)} · {context.words.gettext('Hangs together with')}"
    base = urls.ties_url(urls.reference_url(company, objective.ref))
    for part, above in tie_parts(context, ties).pages():
        view = partial(view_ties_of_objective, context, objective, part, above)
        place = place_of(company, objective.ref.owner)
        yield studio.page(base + part.path, title, "list", view, place)


def _check_ins(
    studio: Studio, objective: Objective, check_ins: Mapping[str, int]
) -> Iterator[Page]:
    context = studio.context
    for item in objective.items():
        name = item.ref.key_result
        of = check_ins.get(f"{objective.ref.objective}/{name}", 0)
        if of:
            key_result = item if isinstance(item, KeyResult) else None
            view = partial(view_check_ins, context, objective, key_result)
            base = urls.check_ins_url(urls.reference_url(context.company, objective.ref), name)
            title = f"{plain(item.title)} · {context.words.gettext('Check-ins')}"
            place = place_of(context.company, objective.ref.owner)
            yield from _several(studio, base, title, view, of, place, template="check-ins")


def _has_tied_key_result(studio: Studio, objective: Objective) -> bool:
    """Tell whether a key result has more ties than its card shows."""
    company = studio.context.company
    refs = [key_result.ref for key_result in objective.key_results]
    tied = (ties for ref in refs for ties in (company.supporters(ref), company.dependants(ref)))
    return any(len(ties) > MOST_KEY_RESULT_TIES for ties in tied)


def _several(
    studio: Studio,
    base: str,
    title: str,
    view: Callable[[int], object],
    of: int,
    place: str,
    *,
    first: int = 1,
    template: str = "list",
) -> Iterator[Page]:
    """Yield the pages of a list that goes on over several."""
    for number in range(first, of + 1):
        url = page_url(base, number)
        yield studio.page(url, title, template, partial(view, number), place)
