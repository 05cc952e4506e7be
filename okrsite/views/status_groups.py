"""A cycle's key results → what its counts count: lists of them by status."""

from __future__ import annotations

from collections import Counter

from okrsite import urls
from okrsite.model import Cycle, Plan, Reference, Status
from okrsite.model.quick import quick_dataclass
from okrsite.views.context import Context
from okrsite.views.fragments import BadgeView, LinkView, MoreView
from okrsite.views.parting import owner_name, part_name, tally
from okrsite.views.parts import COUNT_ORDER, plain_badge, title_link
from okrsite.views.split import Part
from okrsite.views.within import owners_within, plans_here

_MOST_IN_GROUP = 100
"""Key results that a cycle's page lists of each status."""


@quick_dataclass(frozen=True, slots=True)
class StatusGroup:
    """The key results of one status."""

    anchor: str
    badge: BadgeView
    count: str
    """``21 key results``."""
    rows: tuple[LinkView, ...]
    more: str
    """How many were left out of a long list, or nothing."""
    departments: tuple[MoreView, ...]
    """How many there are in what has pages of its own, and where."""


def view_status_groups(
    context: Context, cycle: Cycle, part: Part[str], plans: list[Plan]
) -> tuple[StatusGroup, ...]:
    """Return active key results by status, in the order of counts; long lists are cut."""
    found: dict[Status, list[Reference]] = {}
    for plan in plans_here(part, plans):
        for ref, status in context.measures.statuses(plan.owner, cycle.id):
            found.setdefault(status, []).append(ref)
    below = [
        (each, tally(context, owners_within(context, cycle, each.all_rows()), cycle.id).counts)
        for each in part.parts
    ]
    return tuple(
        _group(context, cycle, status, found.get(status, []), below)
        for status in COUNT_ORDER
        if status in found or any(counts[status] for _, counts in below)
    )


def _group(
    context: Context,
    cycle: Cycle,
    status: Status,
    refs: list[Reference],
    below: list[tuple[Part[str], Counter[Status]]],
) -> StatusGroup:
    words, left = context.words, len(refs) - _MOST_IN_GROUP
    anchor = urls.status_anchor(status.value)
    total = len(refs) + sum(counts[status] for _, counts in below)
    departments = tuple(
        MoreView(
            words.namely(part_name(part, owner_name(context)), _count(context, counts[status])),
            f"{urls.cycle_url(cycle.id, part.path)}#{anchor}",
        )
        for part, counts in below
        if counts[status]
    )
    return StatusGroup(
        anchor=anchor,
        badge=plain_badge(context, status),
        count=_count(context, total),
        rows=tuple(title_link(context, ref) for ref in refs[:_MOST_IN_GROUP]),
        more=words.ngettext("and {n} more", "and {n} more", left) if left > 0 else "",
        departments=departments,
    )


def _count(context: Context, n: int) -> str:
    return context.words.ngettext("{n} key result", "{n} key results", n)
