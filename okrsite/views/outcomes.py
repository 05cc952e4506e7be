"""Plans and cycles of one length → what they came to, kept for the next build."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from okrsite.measure import Outcome
from okrsite.model import Cycle, CycleState, Level, ObjectiveType, Plan
from okrsite.views.context import Context
from okrsite.views.split import Part, split_rows

_KIND = "outcomes"
"""Under which name they are kept of each plan."""


def outcome_of(context: Context, plan: Plan) -> Outcome:
    """Return what a plan came to."""
    context.watch.note("plan", plan.owner, plan.cycle)
    measure = context.measures.outcome
    return context.by_plan.get(_KIND, plan, Outcome, lambda: measure(plan.owner, plan.cycle))


def outcomes_of(context: Context, plans: Iterable[Plan]) -> list[tuple[Plan, Outcome]]:
    """Return what some plans came to, and keep it for the next build."""
    found = [(plan, outcome_of(context, plan)) for plan in plans]
    context.by_plan.save(_KIND)
    return found


def graded_of(outcomes: Iterable[Outcome]) -> list[tuple[ObjectiveType, Fraction]]:
    """Return type and grade of the objectives that were graded."""
    each = (objective for outcome in outcomes for objective in outcome.objectives)
    return [(one.type, one.grade) for one in each if one.grade is not None]


def mean_of(values: Iterable[Fraction]) -> Fraction | None:
    """Return the plain mean, or None of nothing."""
    values = list(values)
    return sum(values, Fraction(0)) / len(values) if values else None


def share_of(part: int, of: int) -> Fraction | None:
    """Return a part as a share, or None of nothing."""
    return Fraction(part, of) if of else None


def sort_number(value: Fraction | Decimal | int | None) -> str:
    """Return a number as tables sort it; nothing for none, which comes last."""
    return "" if value is None else f"{float(value):.6g}"


def used_cycles(context: Context) -> list[Cycle]:
    """Return the cycles that have begun and that somebody planned for, the oldest first."""
    context.watch.note("structure")
    company = context.unwatched
    used = {plan.cycle for plan in company.plans}
    begun = (c for c in company.cycles if c.state(company.as_of) is not CycleState.UPCOMING)
    return [cycle for cycle in begun if cycle.id in used]


def closed_cycles(context: Context) -> list[Cycle]:
    """Return the cycles that are over and that somebody planned for, the oldest first."""
    as_of = context.company.as_of
    return [c for c in used_cycles(context) if c.state(as_of) is CycleState.CLOSED]


def alike(context: Context) -> list[tuple[str, tuple[Cycle, ...]]]:
    """Return the cycles that have begun by their length, with what they are called together.

    The length of which most are known comes first.
    """
    groups: dict[int, list[Cycle]] = {}
    for cycle in used_cycles(context):
        groups.setdefault(cycle.weeks, []).append(cycle)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return [(_length(context, weeks), tuple(cycles)) for weeks, cycles in ordered]


def _length(context: Context, weeks: int) -> str:
    words, say = context.words, context.words.gettext
    known = {4: say("Months"), 13: say("Quarters"), 26: say("Half-years"), 52: say("Years")}
    return known.get(weeks) or words.ngettext("Cycles of {n} week", "Cycles of {n} weeks", weeks)


def planning_teams(context: Context) -> Part[str]:
    """Return the teams that planned for any cycle that has begun, in pages of so many rows."""
    context.watch.note("structure")
    key = "outcomes", ""
    if key not in context.lists:
        company = context.unwatched
        begun = {cycle.id for cycle in used_cycles(context)}
        planned = {plan.team for plan in company.plans if plan.cycle in begun}
        teams = [team.id for team in company.teams if team.id in planned]
        context.lists[key] = split_rows(company, (((id,), id) for id in teams))
    return context.lists[key]


def plans_of_teams(context: Context, teams: Iterable[str], cycles: Iterable[Cycle]) -> list[Plan]:
    """Return the plans for some cycles of some teams and of the people in them."""
    context.watch.note("structure")
    inside, wanted = set(teams), {cycle.id for cycle in cycles}
    keys = [
        (plan.owner, plan.cycle)
        for plan in context.unwatched.plans
        if plan.team in inside and plan.cycle in wanted
    ]
    return [plan for key in keys if (plan := context.company.plan(*key))]


def level_of(context: Context, plan: Plan) -> Level | None:
    """Return where in the company a plan's owner stands; None for somebody's own plan."""
    team = context.company.team(plan.owner)
    return team.level if team else None
