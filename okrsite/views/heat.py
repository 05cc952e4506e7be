"""Teams and their weeks → the heat map: each week as it stood on its last day."""

from __future__ import annotations

from okrsite import urls
from okrsite.model import Cycle, Level, Team
from okrsite.views.context import Context
from okrsite.views.fragments import HeatCell, HeatRow, HeatView
from okrsite.words import say_status


def view_heat(context: Context, cycle: Cycle, most: int | None = None) -> HeatView | None:
    """Return the weeks of the teams that plan for a cycle; None where none does.

    Past `most` rows the departments alone are shown, and after that the first of them.
    """
    company, words = context.company, context.words
    teams = [t for t in company.teams if company.plan(t.id, cycle.id) and not t.title_only]
    teams = [team for team in teams if team.level is not Level.COMPANY] or teams
    if not teams:
        return None
    shown = teams
    if most and len(teams) > most:
        departments = [team for team in teams if team.level is Level.DEPARTMENT]
        shown = (departments or teams)[:most]
    left = len(teams) - len(shown)
    return HeatView(
        cycle=cycle.name,
        weeks=tuple(str(week) for week in range(1, cycle.weeks + 1)),
        rows=tuple(_row(context, cycle, team) for team in shown),
        more=words.ngettext("and {n} more team", "and {n} more teams", left) if left else "",
        more_url=urls.cycle_url(cycle.id),
    )


def _row(context: Context, cycle: Cycle, team: Team) -> HeatRow:
    words = context.words
    known = {week.week: week.status for week in context.measures.weeks(team.id, cycle.id)}
    cells = []
    for week in range(1, cycle.weeks + 1):
        status = known.get(week)
        if status is None:
            cells.append(HeatCell("", words.gettext("week {week}: nothing", week=week)))
            continue
        word = say_status(words, status)
        spoken = words.gettext("week {week}: {status}", week=week, status=word)
        cells.append(HeatCell(status.value, spoken))
    return HeatRow(team.title, urls.team_url(team.id), tuple(cells))
