"""Objectives → what they hang together with: up, down, sideways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from okrsite.model import Objective, Reference
from okrsite.views.context import Context
from okrsite.views.fragments import LinkView
from okrsite.views.parts import objective_links, view_link


@dataclass(frozen=True, slots=True)
class TiesView:
    """What some objectives support and depend on, and what supports and needs them."""

    supports: tuple[LinkView, ...]
    supporters: tuple[LinkView, ...]
    supporters_mean: str
    """``61 %``, or nothing."""
    supporters_measured: str
    """``2 of 3 measured``, where that is not all."""
    depends_on: tuple[LinkView, ...]
    needed_by: tuple[LinkView, ...]
    contributes_to: tuple[LinkView, ...]
    """Others' objectives that name the team as a contributor."""

    @property
    def any(self) -> bool:
        """Tell whether there is anything to show."""
        return bool(
            self.supports
            or self.supporters
            or self.depends_on
            or self.needed_by
            or self.contributes_to
        )


def view_ties(context: Context, objectives: Iterable[Objective], owner: str = "") -> TiesView:
    """Return the ties of some objectives of one owner; links within themselves are left out."""
    own = tuple(objectives)
    refs = [ref for objective in own for ref in _refs(objective)]
    cycle = own[0].ref.cycle if own else ""
    company = context.company
    supporters = _foreign((o for ref in refs for o in company.supporters(ref)), own)
    needing = _foreign((o for ref in refs for o in company.dependants(ref)), own)
    mean, measured = _mean(context, own, supporters)
    return TiesView(
        supports=_links(context, own, "supports", cycle),
        supporters=objective_links(context, supporters, cycle),
        supporters_mean=mean,
        supporters_measured=measured,
        depends_on=_links(context, own, "depends_on", cycle),
        needed_by=objective_links(context, needing, cycle),
        contributes_to=_contributions(context, owner, cycle) if owner else (),
    )


def _refs(objective: Objective) -> list[Reference]:
    return [objective.ref, *(key_result.ref for key_result in objective.key_results)]


def _foreign(found: Iterable[Objective], own: tuple[Objective, ...]) -> tuple[Objective, ...]:
    mine = {objective.ref for objective in own}
    return tuple({o.ref: o for o in found if o.ref not in mine}.values())


def _links(
    context: Context, own: tuple[Objective, ...], kind: str, cycle: str
) -> tuple[LinkView, ...]:
    links = {link.target: link for objective in own for link in getattr(objective, kind)}
    return tuple(view_link(context, link, cycle) for link in links.values())


def _mean(
    context: Context, own: tuple[Objective, ...], supporters: tuple[Objective, ...]
) -> tuple[str, str]:
    """Return the mean of what supports a single objective; of several it would mean nothing."""
    if len(own) != 1 or not supporters:
        return "", ""
    mean = context.measures.support_mean(own[0].ref)
    if mean.value is None:
        return "", ""
    words = context.words
    partly = mean.measured != mean.of
    measured = words.gettext("{measured} of {of} measured", measured=mean.measured, of=mean.of)
    return words.percent(mean.value), measured if partly else ""


def _contributions(context: Context, owner: str, cycle: str) -> tuple[LinkView, ...]:
    found = (o for o in context.contributed.get(owner, ()) if o.ref.cycle == cycle)
    return objective_links(context, found, cycle)
