"""A company → our part of the navigation: home, teams by department, and the lists.

What most people look for stands at the top; the list of people stands below the teams, and what
scripts and spreadsheets take below how we work.
"""

from __future__ import annotations

from okrsite import urls
from okrsite.model import Company, Level, Team
from okrsite.pages.page import NavItem
from okrsite.words import Words


def render_nav(company: Company, words: Words, *, data: bool) -> tuple[NavItem, ...]:
    """Return the navigation's entries; objectives and people stay out of it."""
    say = words.gettext
    teams = (_team(company, team) for team in _tops(company))
    below = (NavItem(say("Data"), urls.DATA),) if data else ()
    return (
        NavItem(say("Home"), urls.HOME),
        NavItem(say("Teams"), urls.TEAMS, (*teams, NavItem(say("People"), urls.PEOPLE))),
        NavItem(say("Alignment"), urls.ALIGNMENT),
        NavItem(say("Review"), urls.REVIEW),
        NavItem(say("Cycles"), urls.CYCLES),
        NavItem(say("How we work"), urls.HOW_WE_WORK, below),
    )


def _tops(company: Company) -> list[Team]:
    """Return the teams right below the company, and those that hang nowhere."""
    ids = {team.id for team in company.teams}
    top = {team.id for team in company.teams if team.level is Level.COMPANY}
    return [
        team
        for team in company.teams
        if team.id not in top and (team.parent in top or team.parent not in ids)
    ]


def _team(company: Company, team: Team) -> NavItem:
    children = tuple(_team(company, child) for child in company.children(team.id))
    return NavItem(team.title, urls.team_url(team.id), children)
