"""The running plans → the page of all that waits for somebody, by department where it is much."""

from __future__ import annotations

from collections.abc import Iterator

from okrsite import urls
from okrsite.model import Plan
from okrsite.model.quick import quick_dataclass
from okrsite.views.attention import KINDS, attention_of_plan, save_attention
from okrsite.views.context import Context
from okrsite.views.fragments import AttentionRow, Crumb, HeadView, PartRow
from okrsite.views.parting import part_head, part_rows
from okrsite.views.split import Part, split_rows
from okrsite.views.stuck import save_stuck, view_stuck


@quick_dataclass(frozen=True, slots=True)
class AttentionGroup:
    """How many wait for the same reason."""

    kind: str
    why: str
    count: int


@quick_dataclass(frozen=True, slots=True)
class AttentionView:
    """All that the page of what waits for somebody may show."""

    head: HeadView
    departments: tuple[PartRow, ...]
    """Those whose rows stand on their own pages, past 200 rows."""
    groups: tuple[AttentionGroup, ...]
    """Of all rows, those of parts included."""
    rows: tuple[AttentionRow, ...]
    """The gravest first."""


def attention_parts(context: Context) -> Part[AttentionRow]:
    """Return the pages of all that waits for somebody in the current cycles.

    Whoever draws one of them notes what it is made of.
    """
    with context.watch.reading():
        found = [(plan.team, row) for plan in _plans(context) for row in _of_plan(context, plan)]
    save_attention(context)
    save_stuck(context)
    found.sort(key=lambda pair: KINDS.index(pair[1].kind))
    return split_rows(context.unwatched, (((team,), row) for team, row in found))


def _plans(context: Context) -> Iterator[Plan]:
    for cycle in context.current:
        yield from context.unwatched.plans_in(cycle.id)


def _of_plan(context: Context, plan: Plan) -> Iterator[AttentionRow]:
    yield from (row for _, row in attention_of_plan(context, plan))
    yield from view_stuck(context, plan)


def view_attention_page(
    context: Context, part: Part[AttentionRow], above: tuple[Part[AttentionRow], ...] = ()
) -> AttentionView:
    """Return a page of what waits for somebody."""
    words = context.words
    # What hangs on what leads through any plan, and how many wait decides how pages are split.
    context.watch.note("plans")
    all_rows = part.all_rows()
    groups = (
        AttentionGroup(kind, rows[0].why, len(rows))
        for kind in KINDS
        if (rows := [row for row in all_rows if row.kind == kind])
    )
    lead = words.ngettext("{n} item waits for somebody", "{n} items wait for somebody", part.size)
    crumb = Crumb(words.gettext("Attention"), urls.ATTENTION)
    return AttentionView(
        head=part_head(context, crumb, part, above, lead, _team_of),
        departments=part_rows(context, part, urls.ATTENTION, _team_of),
        groups=tuple(groups),
        rows=part.rows,
    )


def _team_of(row: AttentionRow) -> str:
    return row.team
