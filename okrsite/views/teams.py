"""All teams → the list of them, by department."""

from __future__ import annotations

from dataclasses import replace

from okrsite import urls
from okrsite.model import Company, Team
from okrsite.model.quick import quick_dataclass
from okrsite.views.cards import TeamCard, save_team_cards, view_team_card
from okrsite.views.context import Context
from okrsite.views.fragments import ActionView, Crumb, HeadView, PartRow
from okrsite.views.parting import owner_name, part_head, tallied_row, tally
from okrsite.views.split import Part, split_rows, tops_of


@quick_dataclass(frozen=True, slots=True)
class TeamsView:
    """All that a list of teams may show: of the whole company, or below a team that has many."""

    head: HeadView
    cycle: str
    departments: tuple[PartRow, ...]
    """Those whose teams stand on their own pages, past 200 teams."""
    teams: tuple[TeamCard, ...]
    """Depth first, each with its depth."""


def teams_below(context: Context, top: Team | None = None) -> Part[str]:
    """Return the pages of the list of teams, of all or of those below one."""
    key = "teams", top.id if top else ""
    if key not in context.lists:
        teams = [team for team, _ in walk_teams(context.company, top)]
        rows = (((team.id,), team.id) for team in teams)
        context.lists[key] = split_rows(context.company, rows, top)
    return context.lists[key]


def view_teams(
    context: Context,
    part: Part[str] | None = None,
    above: tuple[Part[str], ...] = (),
    top: Team | None = None,
) -> TeamsView:
    """Return a page of the list of teams, of all or of those below one."""
    company = context.company
    part = part or teams_below(context, top)
    depths = {team.id: depth for team, depth in walk_teams(company, top)}
    named = [(company.team(id), depths[id]) for id in part.rows]
    cards = [
        view_team_card(context, team, depth=0 if part.parts or part.stretch else depth)
        for team, depth in named
        if team
    ]
    save_team_cards(context)
    return TeamsView(
        head=_head(context, part, above, top),
        cycle=context.current[0].name if context.current else "",
        departments=tuple(_department(context, each, top) for each in part.parts),
        teams=tuple(cards),
    )


def _head(
    context: Context, part: Part[str], above: tuple[Part[str], ...], top: Team | None
) -> HeadView:
    say = context.words.gettext
    lead = context.words.ngettext("{n} team", "{n} teams", part.size)
    title, url = say("Teams"), urls.team_teams_url(top.id) if top else urls.TEAMS
    way = (Crumb(title, urls.TEAMS), Crumb(top.title, urls.team_url(top.id))) if top else ()
    head = part_head(context, Crumb(title, url), part, above, lead, owner_name(context), way)
    if top or above:
        return head
    people = ActionView("people", say("People"), "", external=False, url=urls.PEOPLE)
    return replace(head, actions=(people,))


def _department(context: Context, part: Part[str], top: Team | None) -> PartRow:
    """Return what an index says of a department, whose own page goes on from there."""
    cycle = context.now
    base = urls.team_teams_url(top.id) if top else urls.TEAMS
    own = part.team is not None and not part.stretch
    url = urls.team_url(part.team.id) if own and part.team else f"{base}{part.path}"
    below = context.words.number(part.size - own)
    return tallied_row(context, part, url, below, tally(context, part.all_rows(), cycle))


def walk_teams(company: Company, top: Team | None = None) -> list[tuple[Team, int]]:
    """Return all teams but the company itself, or those below one, depth first with their depth."""
    found: list[tuple[Team, int]] = []

    def visit(team: Team, depth: int) -> None:
        found.append((team, depth))
        for child in company.children(team.id):
            visit(child, depth + 1)

    for child in company.children(top.id) if top else tops_of(company):
        visit(child, 0)
    return found
