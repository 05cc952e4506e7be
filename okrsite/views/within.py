"""A cycle → the pages of it, one while few teams plan for it, else by department."""

from __future__ import annotations

from okrsite.model import Cycle, CycleState, Plan
from okrsite.views.context import Context
from okrsite.views.split import Part, split_rows
from okrsite.views.teams import walk_teams


def cycle_parts(context: Context, cycle: Cycle) -> Part[str]:
    """Return the pages of a cycle, with the ids of the teams that plan for it.

    While a cycle is to come all teams belong to it: its pages tell who has planned.
    """
    context.watch.note("structure")
    key = "cycle", cycle.id
    if key not in context.lists:
        company = context.unwatched
        teams = dict.fromkeys(plan.team for plan in company.plans_in(cycle.id))
        if cycle.state(company.as_of) is CycleState.UPCOMING:
            teams |= dict.fromkeys(team.id for team, _ in walk_teams(company))
        context.lists[key] = split_rows(company, (((id,), id) for id in teams))
    return context.lists[key]


def owners_within(context: Context, cycle: Cycle, teams: tuple[str, ...]) -> list[str]:
    """Return who planned for a cycle in some teams: these, and the people in them."""
    context.watch.note("structure")
    inside = set(teams)
    plans = context.unwatched.plans_in(cycle.id)
    return [plan.owner for plan in plans if plan.team in inside]


def plans_within(context: Context, cycle: Cycle, part: Part[str]) -> list[Plan]:
    """Return all plans that a part of a cycle is about."""
    owners = owners_within(context, cycle, part.all_rows())
    return [plan for owner in owners if (plan := context.company.plan(owner, cycle.id))]


def plans_here(part: Part[str], plans: list[Plan]) -> list[Plan]:
    """Return the plans that stand on a page itself, not on those of its parts."""
    inside = set(part.rows)
    return [plan for plan in plans if plan.team in inside]
