"""A cycle to come → which teams have a plan for it, a draft, nothing."""

from __future__ import annotations

from collections import Counter

from okrsite import urls
from okrsite.model import Cycle, Plan, State, Team
from okrsite.model.quick import quick_dataclass
from okrsite.views.context import Context
from okrsite.views.fragments import CountView, PersonLink
from okrsite.views.parts import view_person
from okrsite.views.split import Part
from okrsite.views.teams import walk_teams

_STATES = ("plan", "draft", "nothing")
_SIGNS = {"plan": "on-track", "draft": "at-risk", "nothing": "not-started"}
"""The sign and colour of each."""


@quick_dataclass(frozen=True, slots=True)
class PlanState:
    """How far a team's plan for a coming cycle is."""

    name: str
    url: str
    depth: int
    lead: PersonLink | None
    """Whom to ask."""
    word: str
    state: str
    """``plan``, ``draft`` or ``nothing``."""
    sign: str
    """Slug of the status whose sign and colour it has."""
    objectives: str
    """``2 objectives``, or nothing."""


@quick_dataclass(frozen=True, slots=True)
class PlanningView:
    """How far all teams are with planning."""

    counts: tuple[CountView, ...]
    """How many have a plan, a draft, nothing."""
    counts_label: str
    rows: tuple[PlanState, ...]


def view_planning(context: Context, cycle: Cycle, part: Part[str]) -> PlanningView:
    """Return for each team of a page whether it has a plan, only drafts, or nothing for a cycle."""
    say, inside = context.words.gettext, set(part.rows)
    flat = bool(part.parts or part.stretch)
    words = {"plan": say("a plan"), "draft": say("a draft"), "nothing": say("nothing yet")}
    rows = tuple(
        _row(context, cycle, team, 0 if flat else depth, words)
        for team, depth in walk_teams(context.company)
        if team.id in inside
    )
    counted = Counter(row.state for row in rows)
    return PlanningView(
        counts=tuple(
            CountView(_SIGNS[state], words[state], counted[state])
            for state in _STATES
            if counted[state]
        ),
        counts_label=context.words.ngettext("{n} team", "{n} teams", len(rows)),
        rows=rows,
    )


def _row(
    context: Context, cycle: Cycle, team: Team, depth: int, words: dict[str, str]
) -> PlanState:
    company = context.company
    plan = company.plan(team.id, cycle.id)
    state, count = _state(plan), len(plan.objectives) if plan else 0
    return PlanState(
        name=team.title,
        url=urls.plan_url(company, team.id, cycle.id) if plan else urls.team_url(team.id),
        depth=depth,
        lead=view_person(context, team.lead) if team.lead else None,
        word=words[state],
        state=state,
        sign=_SIGNS[state],
        objectives=context.words.ngettext("{n} objective", "{n} objectives", count)
        if count
        else "",
    )


def _state(plan: Plan | None) -> str:
    if plan is None or not plan.objectives:
        return "nothing"
    drafts = (State.DRAFT, State.PROPOSED)
    return "draft" if all(o.state in drafts for o in plan.objectives) else "plan"
