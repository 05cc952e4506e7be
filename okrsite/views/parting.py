"""A page of a long list → its name, its head, and what an index says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from okrsite import urls
from okrsite.model import Reference, Status
from okrsite.model.quick import quick_dataclass
from okrsite.prose import plain
from okrsite.views.context import Context
from okrsite.views.fragments import Crumb, HeadView, PartRow
from okrsite.views.parts import view_counts, view_person
from okrsite.views.split import Part
from okrsite.words import NONE

T = TypeVar("T")
NameOf = Callable[[T], str]
"""What a row is called, for the names of stretches."""


@quick_dataclass(frozen=True, slots=True)
class Tally:
    """The key results of several owners in one cycle, added up."""

    counts: Counter[Status]
    fresh: int
    """Those whose newest check-in is young enough."""
    of: int

    def share(self, context: Context) -> str:
        """Return the share that is up to date."""
        share = Fraction(self.fresh, self.of) if self.of else None
        return context.words.percent(share) if share is not None else NONE


def owner_name(context: Context) -> NameOf[str]:
    """Return what names the team or person with an id."""
    return lambda owner: view_person(context, owner).name


def reference_name(context: Context) -> NameOf[Reference]:
    """Return what names the owner of an objective."""
    return lambda ref: view_person(context, ref.owner).name


def part_name(part: Part[T], name_of: NameOf[T]) -> str:
    """Return the department's name, or of a stretch the names at its two ends."""
    if not part.stretch:
        return part.team.title if part.team else ""
    names = [*(part_name(each, name_of) for each in part.parts[:1]), *map(name_of, part.rows[:1])]
    ends = [*(part_name(each, name_of) for each in part.parts[-1:]), *map(name_of, part.rows[-1:])]
    return f"{names[0]} – {ends[-1]}"


def part_head(
    context: Context,
    list_of: Crumb,
    part: Part[T],
    above: tuple[Part[T], ...],
    lead: str,
    name_of: NameOf[T],
    way: tuple[Crumb, ...] = (),
) -> HeadView:
    """Return the head of a page of a list: of the whole list, or of a part of it.

    `list_of` names the list and its address, to which the parts' paths are relative; `way` is what
    lies between home and the list.
    """
    crumbs = (Crumb(context.words.gettext("Home"), urls.HOME), *way)
    if not above:
        return HeadView(list_of.title, plain(list_of.title), crumbs, (), lead)
    between = [
        Crumb(part_name(each, name_of), f"{list_of.url}{each.path}") for each in above if each.path
    ]
    name = part_name(part, name_of)
    return HeadView(name, name, (*crumbs, list_of, *between), (), lead)


def cycles_crumb(context: Context) -> Crumb:
    """Return the step that leads to pages about one cycle and about several."""
    return Crumb(context.words.gettext("Cycles"), urls.CYCLES)


def part_rows(
    context: Context, part: Part[T], list_url: str, name_of: NameOf[T]
) -> tuple[PartRow, ...]:
    """Return what an index says of the parts of a page, to whose list their paths are relative."""
    return tuple(part_row(context, each, f"{list_url}{each.path}", name_of) for each in part.parts)


def part_row(context: Context, part: Part[T], url: str, name_of: NameOf[T]) -> PartRow:
    """Return what an index says of a part: its name, who leads it, and how much is in it."""
    return PartRow(
        name=part_name(part, name_of),
        url=url,
        lead=view_person(context, part.team.lead) if part.team and part.team.lead else None,
        size=context.words.number(part.size),
    )


def tally(context: Context, owners: Iterable[str], cycle: str) -> Tally:
    """Return how the active key results of some owners' plans for a cycle stand today."""
    counts: Counter[Status] = Counter()
    fresh = of = 0
    for owner in owners:
        counts.update(context.measures.counts(owner, cycle))
        for week in context.measures.weeks(owner, cycle)[-1:]:
            fresh, of = fresh + week.fresh, of + week.of
    return Tally(counts, fresh, of)


def tallied_row(
    context: Context, part: Part[str], url: str, size: str, found: Tally, counted: str = ""
) -> PartRow:
    """Return what an index says of owners; `counted` is where their key results are listed."""
    return replace(
        part_row(context, part, url, owner_name(context)),
        size=size,
        counts=view_counts(context, found.counts, counted),
        check_ins=found.share(context),
    )
