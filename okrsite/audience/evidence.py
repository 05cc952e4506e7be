"""A plan that was already gated, and what was said of it since → the same plan with that.

Of an objective of which only the title may be seen, nothing that was said may be.
"""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from okrsite.history import date_initiative
from okrsite.model import Initiative, KeyResult, Objective, Plan
from okrsite.model.quick import quick_replace as replace

Item = TypeVar("Item", Objective, KeyResult)


def see_evidence(plan: Plan, found: Plan, as_of: date) -> Plan:
    """Return a plan that was gated with the evidence of the same plan as it was resolved again."""
    objectives = {objective.ref: objective for objective in found.objectives}
    values = {metric.id: metric.values for metric in found.health}
    return replace(
        plan,
        objectives=tuple(_objective(each, objectives[each.ref], as_of) for each in plan.objectives),
        health=tuple(replace(metric, values=values[metric.id]) for metric in plan.health),
    )


def _objective(objective: Objective, found: Objective, as_of: date) -> Objective:
    results = {kr.ref: kr for kr in found.key_results}
    objective = replace(
        objective,
        key_results=tuple(_item(kr, results[kr.ref], as_of) for kr in objective.key_results),
    )
    return objective if objective.title_only else _item(objective, found, as_of)


def _item(item: Item, found: Item, as_of: date) -> Item:
    pairs = zip(item.initiatives, found.initiatives, strict=True)
    initiatives = tuple(_initiative(each, other, as_of) for each, other in pairs)
    return replace(item, check_ins=found.check_ins, initiatives=initiatives)


def _initiative(initiative: Initiative, found: Initiative, as_of: date) -> Initiative:
    now = replace(initiative, state=found.state, because=found.because, done=found.done)
    # Only git tells since when the plan ticks it.
    return date_initiative(now, initiative.ticked, as_of)
