"""The cascade → who depends on whom: both sides' status, and whether the other side knows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from okrsite.model import Link, Objective, Reference, Status
from okrsite.model.quick import quick_dataclass
from okrsite.views.context import Context
from okrsite.views.fragments import LinkView
from okrsite.views.parts import objective_links, reference_link, view_person

_WORRIES = {status.value for status in (Status.AT_RISK, Status.OFF_TRACK, Status.MISSED)}


@quick_dataclass(frozen=True, slots=True)
class DependencyRow:
    """An objective and what of others it depends on."""

    objective: LinkView
    needs: LinkView
    known: str
    """Whether the other side knows: its plan names it too, it was asked, or nothing says so."""
    unknown: bool
    """Nothing says so."""


def is_worrying(row: DependencyRow) -> bool:
    """Tell whether what a dependency waits for is at risk, off track or missed."""
    return row.needs.badge is not None and row.needs.badge.status in _WORRIES


def view_dependencies(
    context: Context, objectives: Iterable[Objective]
) -> tuple[DependencyRow, ...]:
    """Return the dependencies between owners, as far as they may be named."""
    cycle = context.cascade.shortest
    rows = []
    for each in objectives:
        objective = context.company.objective(each.ref) or each  # asked for, to be noted
        for link in objective.depends_on:
            if link.target and link.target.owner != objective.ref.owner:
                needs = reference_link(context, link.target, cycle)
                known = _known(context, objective, link.target)
                other = view_person(context, link.target.owner).name
                nothing = context.words.gettext("{team} says nothing of it", team=other)
                rows.append(
                    DependencyRow(
                        objective=reference_link(context, objective.ref, cycle),
                        needs=needs,
                        known=known or nothing,
                        unknown=not known,
                    )
                )
    return tuple(rows)


def view_rings(context: Context, own: Iterable[Reference]) -> tuple[tuple[LinkView, ...], ...]:
    """Return what waits for each other in a ring, where something of a page's own takes part."""
    cascade, mine = context.cascade, set(own)
    return tuple(
        objective_links(context, (cascade.running[ref] for ref in ring), cascade.shortest)
        for ring in cascade.waiting
        if mine.intersection(ring)
    )


def _known(context: Context, objective: Objective, needed: Reference) -> str:
    """Return how the other side shows that it knows of a dependency, or nothing."""
    words, other = context.words, view_person(context, needed.owner).name
    if _names(context, objective, needed):
        return words.gettext("{team}'s plan names it too", team=other)
    if asked := _asked(context, objective, needed.owner):
        return words.gettext("{team} was asked on {date}", team=other, date=words.date(asked))
    return ""


def _names(context: Context, objective: Objective, needed: Reference) -> bool:
    """Tell whether the other side's plan names an objective, or its team to contribute."""
    ref = Reference(needed.owner, needed.cycle, needed.objective)
    target = context.company.objective(ref)
    own = context.cascade.by_owner.get(needed.owner, [])
    ties = (link for each in own for link in (*each.supports, *each.depends_on))
    named = {_whole(link) for link in ties}
    contributors = target.contributors if target else ()
    return objective.ref in named or objective.ref.owner in contributors


def _whole(link: Link) -> Reference | None:
    target = link.target
    return Reference(target.owner, target.cycle, target.objective) if target else None


def _asked(context: Context, objective: Objective, owner: str) -> date | None:
    """Return the last day of the objective's cycle on which its team asked another of something."""
    start = context.company.cycle(objective.ref.cycle).start
    asking = context.company.weeklies_asking(owner)
    own = (w.date for w in asking if objective.team in (w.team, w.owner) and w.date >= start)
    return max(own, default=None)
