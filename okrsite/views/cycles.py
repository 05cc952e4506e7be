"""Cycles → the list of them."""

from __future__ import annotations

from okrsite import urls
from okrsite.model import Cycle, CycleState
from okrsite.model.quick import quick_dataclass
from okrsite.views.context import Context
from okrsite.views.fragments import CountView, Crumb, HeadView, MoreView
from okrsite.views.grades import say_graded
from okrsite.views.outcomes import outcomes_of
from okrsite.views.parts import view_counts
from okrsite.views.proposals import say_proposals
from okrsite.words import PHASE_WORDS


@quick_dataclass(frozen=True, slots=True)
class CycleRow:
    """A cycle in the list of cycles."""

    name: str
    url: str
    span: str
    phase: str
    state: str
    """``upcoming``, ``active`` or ``closed``."""
    plans: str
    """``12 plans``."""
    counts: tuple[CountView, ...]
    grade: str
    """The mean of what was graded, with how many: ``0.68 of 31``; nothing before."""


@quick_dataclass(frozen=True, slots=True)
class CyclesView:
    """All that the list of cycles may show."""

    head: HeadView
    cycles: tuple[CycleRow, ...]
    """The newest first, the shortest of them first."""
    proposals: MoreView
    """How many objectives are proposed, and where."""
    compare_url: str = urls.COMPARE
    calibration_url: str = urls.CALIBRATION


def view_cycles(context: Context) -> CyclesView:
    """Return the list of cycles that somebody planned for."""
    words, company = context.words, context.company
    used = {plan.cycle for plan in company.plans}
    cycles = [cycle for cycle in company.cycles if cycle.id in used]
    cycles.sort(key=lambda cycle: (cycle.end, -cycle.days), reverse=True)
    title = words.gettext("Cycles")
    head = HeadView(title, title, (Crumb(words.gettext("Home"), urls.HOME),))
    rows = tuple(_row(context, cycle) for cycle in cycles)
    return CyclesView(head, rows, say_proposals(context))


def _row(context: Context, cycle: Cycle) -> CycleRow:
    words, company = context.words, context.company
    plans = company.plans_in(cycle.id)
    state = cycle.state(company.as_of)
    found = outcomes_of(context, plans) if state is CycleState.CLOSED else []
    return CycleRow(
        name=cycle.name,
        url=urls.cycle_url(cycle.id),
        span=f"{words.date(cycle.start)} – {words.full_date(cycle.end)}",
        phase=words.gettext(PHASE_WORDS[cycle.phase(company.as_of)]),
        state=state.value,
        plans=words.ngettext("{n} plan", "{n} plans", len(plans)),
        counts=view_counts(
            context, context.measures.cycle(cycle.id).counts, urls.cycle_url(cycle.id)
        ),
        grade=say_graded(context, [outcome for _, outcome in found]),
    )
