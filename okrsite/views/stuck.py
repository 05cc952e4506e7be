"""Objectives that depend on others → those whose dependency is stuck, and for whom they wait."""

from __future__ import annotations

from collections.abc import Iterator

from okrsite import urls
from okrsite.model import Objective, Plan, Reference, State, Status
from okrsite.prose import plain
from okrsite.views.attention import lead_of, say_why
from okrsite.views.context import Context
from okrsite.views.fragments import AttentionRow
from okrsite.views.parts import first_person, plain_badge, view_person
from okrsite.words import say_status

_STANDING = "standing"
"""Under which name it is kept of each plan how its items stand."""
_STUCK = (Status.OFF_TRACK, Status.PAUSED, Status.CANCELLED, Status.MISSED)
"""How something stands that others had better not rely on."""


def view_stuck(context: Context, plan: Plan) -> Iterator[AttentionRow]:
    """Yield the objectives of a plan that depend on what is stuck; `save_stuck` keeps findings."""
    own = _standing(context, plan)
    for objective in plan.objectives:
        for link in objective.depends_on:
            ref, status = link.target, _status_of(context, link.target)
            if ref is None or status not in _STUCK or str(objective.ref) not in own:
                continue
            yield _stuck_row(context, objective, ref, status)


def save_stuck(context: Context) -> None:
    """Keep how the items of plans stand for the next build."""
    context.by_plan.save(_STANDING)


def _stuck_row(
    context: Context, objective: Objective, ref: Reference, status: Status
) -> AttentionRow:
    say, item = context.words.gettext, context.company.item(ref)
    owner = first_person(context, item.owners) if item else None
    reason = say(
        "depends on “{title}” of {team}: {status}",
        title=plain(item.title) if item else str(ref),
        team=view_person(context, ref.owner).name,
        status=say_status(context.words, status),
    )
    return AttentionRow(
        badge=plain_badge(context, Status(_standing_of(context, objective.ref))),
        team=view_person(context, objective.ref.owner).name,
        title=objective.title,
        url=urls.reference_url(context.company, objective.ref),
        reason=reason,
        kind="dependency",
        why=say_why(context, "dependency"),
        waits_for=owner or lead_of(context, ref.owner),
    )


def _status_of(context: Context, ref: Reference | None) -> Status | None:
    """Return how something stands, of any plan; None where it is not there, or says nothing."""
    said = _standing_of(context, ref) if ref else ""
    return Status(said) if said else None


def _standing_of(context: Context, ref: Reference) -> str:
    plan = context.company.plan(ref.owner, ref.cycle)
    return _standing(context, plan).get(str(ref), "") if plan else ""


def _standing(context: Context, plan: Plan) -> dict[str, str]:
    """Return the statuses of a plan's active objectives and of all its key results, by name."""
    context.watch.note("plan", plan.owner, plan.cycle)

    def view() -> dict[str, str]:
        found: dict[str, str] = {}
        for objective in plan.objectives:
            if objective.title_only:
                continue
            if objective.state not in (State.DRAFT, State.PROPOSED):
                found[str(objective.ref)] = context.measures.objective(objective.ref).status.value
            for kr in objective.key_results:
                found[str(kr.ref)] = context.measures.key_result(kr.ref).status.value
        return found

    return context.by_plan.get(_STANDING, plan, dict[str, str], view)
