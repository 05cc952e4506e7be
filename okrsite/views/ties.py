"""Objectives → what they hang together with: up, down, sideways."""

from __future__ import annotations

from collections.abc import Iterable

from okrsite.model import Link, Objective, Reference
from okrsite.model.quick import quick_dataclass
from okrsite.views.context import Context
from okrsite.views.fragments import LinkView, MoreView
from okrsite.views.parts import objective_links, view_link
from okrsite.views.room import share_out


@quick_dataclass(frozen=True, slots=True)
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
    more: MoreView | None
    """Where all of it is listed, if not everything is shown here."""

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


@quick_dataclass(frozen=True, slots=True)
class Ties:
    """What some objectives of one owner hang together with; links within themselves left out."""

    own: tuple[Objective, ...]
    supports: tuple[Link, ...]
    supporters: tuple[Objective, ...]
    depends_on: tuple[Link, ...]
    needed_by: tuple[Objective, ...]
    contributes_to: tuple[Objective, ...]

    @property
    def counts(self) -> tuple[int, ...]:
        """Return how many there are of each kind, in the order of fields."""
        kinds = (self.supports, self.supporters, self.depends_on, self.needed_by)
        return tuple(len(kind) for kind in (*kinds, self.contributes_to))

    @property
    def cycle(self) -> str:
        """Return the cycle that the objectives are of."""
        return self.own[0].ref.cycle if self.own else ""


def find_ties(context: Context, objectives: Iterable[Objective], owner: str = "") -> Ties:
    """Return the ties of some objectives; with `owner` also what names that team to contribute."""
    own, company = tuple(objectives), context.company
    refs = [item.ref for objective in own for item in objective.items()]
    cycle = own[0].ref.cycle if own else ""
    contributed = company.contributed(owner) if owner else ()
    return Ties(
        own=own,
        supports=_links(own, "supports"),
        supporters=_foreign((o for ref in refs for o in company.supporters(ref)), own),
        depends_on=_links(own, "depends_on"),
        needed_by=_foreign((o for ref in refs for o in company.dependants(ref)), own),
        contributes_to=tuple(o for o in contributed if o.ref.cycle == cycle),
    )


def view_ties(context: Context, ties: Ties, all_of_them: str, most: int) -> TiesView:
    """Return ties as a page shows them: as many as it has room for, of each kind the first.

    `all_of_them` is the address of the page that lists all, if not all are shown.
    """
    cycle, total = ties.cycle, sum(ties.counts)
    up, down, needs, needed, helps = share_out(ties.counts, most)
    mean, measured = _mean(context, ties)
    text = context.words.ngettext("All {n} objective", "All {n} objectives", total)
    return TiesView(
        supports=_view_links(context, ties.supports[:up], cycle),
        supporters=objective_links(context, ties.supporters[:down], cycle),
        supporters_mean=mean,
        supporters_measured=measured,
        depends_on=_view_links(context, ties.depends_on[:needs], cycle),
        needed_by=objective_links(context, ties.needed_by[:needed], cycle),
        contributes_to=objective_links(context, ties.contributes_to[:helps], cycle),
        more=MoreView(text, all_of_them) if total > most else None,
    )


def _foreign(found: Iterable[Objective], own: tuple[Objective, ...]) -> tuple[Objective, ...]:
    mine = {objective.ref for objective in own}
    return tuple({o.ref: o for o in found if o.ref not in mine}.values())


def _links(own: tuple[Objective, ...], kind: str) -> tuple[Link, ...]:
    links: dict[Reference | None, Link] = {
        link.target: link for objective in own for link in getattr(objective, kind)
    }
    return tuple(links.values())


def _view_links(context: Context, links: tuple[Link, ...], cycle: str) -> tuple[LinkView, ...]:
    return tuple(view_link(context, link, cycle) for link in links)


def _mean(context: Context, ties: Ties) -> tuple[str, str]:
    """Return the mean of what supports a single objective; of several it would mean nothing."""
    if len(ties.own) != 1 or not ties.supporters:
        return "", ""
    mean = context.measures.support_mean(ties.own[0].ref)
    if mean.value is None:
        return "", ""
    words = context.words
    partly = mean.measured != mean.of
    measured = words.gettext("{measured} of {of} measured", measured=mean.measured, of=mean.of)
    return words.percent(mean.value), measured if partly else ""
