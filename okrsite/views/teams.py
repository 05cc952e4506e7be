"""All teams → the list of them, by department."""

from __future__ import annotations

from dataclasses import dataclass

from okrsite import urls
from okrsite.model import Company, Level, Team
from okrsite.views.cards import TeamCard, view_team_card
from okrsite.views.context import Context
from okrsite.views.fragments import Crumb, HeadView


@dataclass(frozen=True, slots=True)
class TeamsView:
    """All that the list of teams may show."""

    head: HeadView
    cycle: str
    teams: tuple[TeamCard, ...]
    """Depth first, each with its depth."""


def view_teams(context: Context) -> TeamsView:
    """Return the list of teams."""
    company, words = context.company, context.words
    cards = [view_team_card(context, team, depth=depth) for team, depth in walk_teams(company)]
    cycles = company.current_cycles()
    lead = words.ngettext("{n} team", "{n} teams", len(cards))
    title = words.gettext("Teams")
    head = HeadView(title, title, (Crumb(words.gettext("Home"), urls.HOME),), (), lead)
    return TeamsView(head, cycles[0].name if cycles else "", tuple(cards))


def walk_teams(company: Company) -> list[tuple[Team, int]]:
    """Return all teams but the company itself, depth first, with their depth."""
    ids = {team.id for team in company.teams}
    roots = [t for t in company.teams if t.parent not in ids and t.level is not Level.COMPANY]
    tops = [team for team in company.teams if team.level is Level.COMPANY]
    found: list[tuple[Team, int]] = []

    def visit(team: Team, depth: int) -> None:
        found.append((team, depth))
        for child in company.children(team.id):
            visit(child, depth + 1)

    for top in tops:
        for child in company.children(top.id):
            visit(child, 0)
    for root in roots:
        visit(root, 0)
    return found
