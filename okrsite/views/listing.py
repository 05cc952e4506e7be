"""What a page has no room for → pages of their own that list all of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from okrsite import urls
from okrsite.model import KeyResult, Link, Objective, Person, Plan, Reference, Team
from okrsite.model.quick import quick_dataclass
from okrsite.prose import plain
from okrsite.views.context import Context
from okrsite.views.feedback import find_feedback, view_feedback
from okrsite.views.fragments import (
    Crumb,
    FeedbackRow,
    HeadView,
    LinkView,
    ObjectiveRow,
    PartRow,
    PersonLink,
)
from okrsite.views.objective import owner_crumbs
from okrsite.views.parting import part_head, part_rows
from okrsite.views.parts import reference_link, view_person
from okrsite.views.person import Owned, find_owned, owed, person_crumbs
from okrsite.views.room import stretches
from okrsite.views.rows import view_objectives
from okrsite.views.split import MOST_ROWS, Part, cut, split_rows
from okrsite.views.team import team_crumbs, team_ties
from okrsite.views.ties import Ties, find_ties
from okrsite.views.weekly import AskView, find_asks, view_ask

_MOST_PROSE = 50
"""Pieces of feedback on one page, which may be long."""


@quick_dataclass(frozen=True, slots=True)
class ListRow:
    """Something that a list links to."""

    sign: str
    word: str
    """What the sign means."""
    link: LinkView
    note: str = ""
    """``due 23 Nov``."""


@quick_dataclass(frozen=True, slots=True)
class ListSection:
    """The rows of one kind."""

    title: str
    """Nothing where the page's own says it."""
    rows: tuple[ListRow, ...]


@quick_dataclass(frozen=True, slots=True)
class ListView:
    """All that a page may show which lists what another has no room for."""

    head: HeadView
    before: tuple[str, str]
    """Name and address of the page before this one; empty where there is none."""
    after: tuple[str, str]
    departments: tuple[PartRow, ...] = ()
    """What has pages of its own, past 200 rows."""
    sections: tuple[ListSection, ...] = ()
    objectives: tuple[ObjectiveRow, ...] = ()
    asks: tuple[AskView, ...] = ()
    feedback: tuple[FeedbackRow, ...] = ()


Tie = tuple[str, Reference | None]
"""What kind of tie, and to what; None where that is restricted."""


def neighbours(
    context: Context, base: str, number: int, of: int
) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the pages before and after one of a list that goes on over several."""

    def named(n: int) -> tuple[str, str]:
        if not 1 <= n <= of:
            return "", ""
        name = context.words.gettext("Page {n} of {of}", n=n, of=of)
        return name, page_url(base, n)

    return named(number - 1), named(number + 1)


def page_url(base: str, number: int) -> str:
    """Return the address of one page of a list that goes on over several, from 1."""
    return base if number == 1 else base + urls.stretch_path(number)


def tie_parts(context: Context, ties: Ties) -> Part[Tie]:
    """Return the pages of all that some objectives hang together with."""
    links = [("supports", link) for link in ties.supports]
    links += [("depends_on", link) for link in ties.depends_on]
    others = [("supporters", o) for o in ties.supporters]
    others += [("needed_by", o) for o in ties.needed_by]
    others += [("helps", o) for o in ties.contributes_to]
    rows: list[tuple[tuple[str, ...], Tie]] = [
        (_teams_of(context, link), (kind, link.target)) for kind, link in links
    ]
    rows += [((o.team,), (kind, o.ref)) for kind, o in others]
    return split_rows(context.unwatched, rows)


def _teams_of(context: Context, link: Link) -> tuple[str, ...]:
    if link.target is None:
        return ()
    objective = context.company.objective(link.target)
    return (objective.team if objective else link.target.owner,)


def view_ties_of_objective(
    context: Context, objective: Objective, part: Part[Tie], above: tuple[Part[Tie], ...]
) -> ListView:
    """Return a page of all that an objective hangs together with."""
    objective = context.company.objective(objective.ref) or objective  # asked for, to be noted
    ties, page = find_ties(context, [objective]), urls.reference_url(context.company, objective.ref)
    crumbs = owner_crumbs(context, objective.ref.owner, objective.team, objective.ref.cycle)
    way = (*crumbs, Crumb(plain(objective.title), page))
    return _view_ties(context, ties, way, urls.ties_url(page), part, above)


def view_ties_of_team(
    context: Context, team: Team, part: Part[Tie], above: tuple[Part[Tie], ...]
) -> ListView:
    """Return a page of all that a team's objectives hang together with."""
    page = urls.team_url(team.id)
    way = (*team_crumbs(context, team), Crumb(team.title, page))
    return _view_ties(context, team_ties(context, team), way, urls.ties_url(page), part, above)


def _view_ties(
    context: Context,
    ties: Ties,
    way: tuple[Crumb, ...],
    base: str,
    part: Part[Tie],
    above: tuple[Part[Tie], ...],
) -> ListView:
    words = context.words
    title = words.gettext("Hangs together with")

    def name_of(tie: Tie) -> str:
        return view_person(context, tie[1].owner).name if tie[1] else ""

    def count(n: int) -> str:
        return words.ngettext("{n} objective", "{n} objectives", n)

    crumb, lead = Crumb(title, base), count(part.size)
    head = part_head(context, crumb, part, above, lead, name_of, way[1:])
    departments = part_rows(context, part, base, name_of)
    rows = tuple(_tie_row(context, tie, ties.cycle) for tie in part.rows)
    sections = (ListSection("", rows),) if rows else ()
    return ListView(head, ("", ""), ("", ""), departments, sections)


def _tie_row(context: Context, tie: Tie, cycle: str) -> ListRow:
    kind, ref = tie
    say = context.words.gettext
    sign, word = {
        "supports": ("▲", say("supports")),
        "supporters": ("▼", say("supported by")),
        "depends_on": ("⇄", say("depends on")),
        "needed_by": ("⇠", say("needed by")),
        "helps": ("+", say("contributes to")),
    }[kind]
    link = reference_link(context, ref, cycle) if ref else LinkView("", "", None, restricted=True)
    return ListRow(sign, word, link)


OwnedRow = Team | Objective | KeyResult


def owned_rows(found: Owned) -> list[Sequence[tuple[str, OwnedRow]]]:
    """Return what somebody holds and answers for, in as many stretches as it takes."""
    rows: list[tuple[str, OwnedRow]] = [(role, team) for role, team in found.roles]
    rows += [("", objective) for objective in found.objectives]
    rows += [("", key_result) for key_result in found.answered]
    return cut(rows, MOST_ROWS)


def view_owns(context: Context, person: Person, number: int) -> ListView:
    """Return a page of all that somebody owns, leads and owes."""
    found = find_owned(context, person.id)
    pages, say = owned_rows(found), context.words.gettext
    due = {kr.ref: day for day, kr in owed(context, person.id)}
    titles = {
        "Team": say("Roles"),
        "Objective": say("Answers for these objectives"),
        "KeyResult": say("Owns these key results"),
    }

    def row(role: str, item: OwnedRow) -> ListRow:
        if isinstance(item, Team):
            link = LinkView(item.title, urls.team_url(item.id), PersonLink(role, ""))
            return ListRow("·", "", link)
        note = ""
        if item.ref in due:
            note = say("due {date}", date=context.words.date(due[item.ref]))
        return ListRow("·", "", reference_link(context, item.ref), note)

    kinds = groupby(pages[number - 1], key=lambda pair: type(pair[1]).__name__)
    sections = [ListSection(titles[k], tuple(row(*pair) for pair in rows)) for k, rows in kinds]
    base, title = urls.owns_url(person.id), say("All that {name} owns and leads", name=person.name)
    crumbs = (*person_crumbs(context), Crumb(person.name, urls.person_url(person.id)))
    beside = neighbours(context, base, number, len(pages))
    return ListView(HeadView(title, title, crumbs), *beside, sections=tuple(sections))


def view_asks(context: Context, team: Team, number: int) -> ListView:
    """Return a page of all that others ask of a team."""
    pages = cut(find_asks(context, team.id), MOST_ROWS)
    asks = tuple(view_ask(context, ask, weekly.owner) for weekly, ask in pages[number - 1])
    title = context.words.gettext("Asked of {team}", team=team.title)
    beside = neighbours(context, urls.asks_url(team.id), number, len(pages))
    return ListView(_head_of_team(context, team, title), *beside, asks=asks)


def feedback_pages(context: Context, team: str) -> int:
    """Return how many pages all feedback to a team takes."""
    return len(cut(find_feedback(context, team), _MOST_PROSE))


def view_feedback_page(context: Context, team: Team, number: int) -> ListView:
    """Return a page of all that visitors said about a team, newest first."""
    pages = cut(find_feedback(context, team.id), _MOST_PROSE)
    rows = tuple(view_feedback(context, each) for each in pages[number - 1])
    title = context.words.gettext("Feedback to {team}", team=team.title)
    beside = neighbours(context, urls.feedback_url(team.id), number, len(pages))
    return ListView(_head_of_team(context, team, title), *beside, feedback=rows)


def _head_of_team(context: Context, team: Team, title: str) -> HeadView:
    crumbs = (*team_crumbs(context, team), Crumb(team.title, urls.team_url(team.id)))
    return HeadView(title, plain(title), crumbs)


def view_plan_goes_on(context: Context, plan: Plan, number: int) -> ListView:
    """Return a later page of a long plan's objectives."""
    pages = stretches(plan.objectives)
    owner, cycle = view_person(context, plan.owner), context.company.cycle(plan.cycle)
    title = context.words.gettext("{owner}, {cycle}", owner=owner.name, cycle=cycle.name)
    base = urls.plan_url(context.company, plan.owner, plan.cycle)
    crumbs = (*owner_crumbs(context, plan.owner, plan.team), Crumb(cycle.name, base))
    beside = neighbours(context, base, number, len(pages))
    context.measure_of(plan)  # which asks for the plan, so that it is noted
    rows = view_objectives(context, pages[number - 1])
    return ListView(HeadView(title, plain(title), crumbs), *beside, objectives=rows)
