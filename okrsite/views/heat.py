"""Teams and their weeks → the heat map: each week as it stood on its last day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from okrsite import urls
from okrsite.model import Cycle, Level, Status, Team
from okrsite.views.context import Context
from okrsite.views.fragments import HeatCell, HeatRow, HeatView
from okrsite.views.parting import owner_name, part_name
from okrsite.views.split import Part
from okrsite.views.within import cycle_parts, owners_within
from okrsite.words import say_status

_PILED = (
    *(Status.ACHIEVED, Status.ON_TRACK, Status.UNKNOWN, Status.NOT_STARTED),
    *(Status.OUTDATED, Status.PAUSED, Status.AT_RISK, Status.OFF_TRACK, Status.MISSED),
)
"""Statuses from the bottom of a pile to its top."""


def view_heat(context: Context, cycle: Cycle, among: Iterable[str]) -> HeatView | None:
    """Return the weeks of some teams that plan for a cycle; None where none does."""
    teams = _planning(context, cycle, among)
    return _view(context, cycle, teams, 0) if teams else None


def view_heat_of_all(context: Context, cycle: Cycle, most: int) -> HeatView | None:
    """Return the weeks of all teams in as many rows as there is room for; None without any.

    Past `most` rows the departments alone are shown, each as its own objectives stand, and past
    what a list holds each with the key results of all its teams.
    """
    part = cycle_parts(context, cycle)
    if part.parts:
        return view_heat_of_parts(context, cycle, part, most)
    teams = shown = _planning(context, cycle, part.rows)
    if len(teams) > most:
        departments = [team for team in teams if team.level is Level.DEPARTMENT]
        shown = (departments or teams)[:most]
    return _view(context, cycle, shown, len(teams) - len(shown)) if teams else None


def view_heat_of_parts(
    context: Context, cycle: Cycle, part: Part[str], most: int | None = None
) -> HeatView:
    """Return the weeks of the departments that have pages of their own, and of a page's teams."""
    words, weeks = context.words, tuple(str(week) for week in range(1, cycle.weeks + 1))
    rows = [_row_of_part(context, cycle, each) for each in part.parts]
    for team in _planning(context, cycle, part.rows):
        if team.level is not Level.COMPANY:
            url = urls.team_url(team.id)
            rows.append(_stacked(context, cycle, (team.id,), team.title, url))
    left = len(rows[most:]) if most else 0
    return HeatView(
        cycle=cycle.name,
        weeks=weeks,
        rows=tuple(rows[:most]),
        stacked=True,
        more=words.ngettext("and {n} more", "and {n} more", left) if left else "",
        more_url=urls.cycle_url(cycle.id, part.path),
    )


def _planning(context: Context, cycle: Cycle, among: Iterable[str]) -> list[Team]:
    """Return the teams that plan for a cycle; the company's own row only where it is the only one.

    They stand in the order of teams.
    """
    company, inside = context.company, set(among)
    teams = [
        team
        for team in company.teams
        if team.id in inside and company.plan(team.id, cycle.id) and not team.title_only
    ]
    return [team for team in teams if team.level is not Level.COMPANY] or teams


def _view(context: Context, cycle: Cycle, shown: list[Team], left: int) -> HeatView:
    words = context.words
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


def _row_of_part(context: Context, cycle: Cycle, part: Part[str]) -> HeatRow:
    name = part_name(part, owner_name(context))
    return _stacked(context, cycle, part.all_rows(), name, urls.cycle_url(cycle.id, part.path))


def _stacked(
    context: Context, cycle: Cycle, teams: tuple[str, ...], name: str, url: str
) -> HeatRow:
    """Return the weeks of several teams: in each cell their key results by status, as a pile."""
    counts: dict[int, Counter[Status]] = {}
    for owner in owners_within(context, cycle, teams):
        for week in context.measures.weeks(owner, cycle.id):
            for status, count in week.counts.items():
                counts.setdefault(week.week, Counter())[status] += count
    weeks = range(1, cycle.weeks + 1)
    return HeatRow(name, url, tuple(_cell(context, week, counts.get(week)) for week in weeks))


def _cell(context: Context, week: int, counts: Counter[Status] | None) -> HeatCell:
    words = context.words
    if not counts:
        return HeatCell("", words.gettext("week {week}: nothing", week=week))
    total, below, pile, said = sum(counts.values()), 0, [], []
    # The best at the bottom, so that what is off track grows down from the top.
    for status in (status for status in _PILED if counts[status]):
        below += counts[status]
        top, height = 100 - below * 100 / total, counts[status] * 100 / total
        pile.append((status.value, f"{top:.3g}", f"{height:.3g}"))
        said.append(f"{counts[status]} {say_status(words, status)}")
    spoken = words.gettext("week {week}: {status}", week=week, status=", ".join(said))
    return HeatCell("", spoken, tuple(pile))
