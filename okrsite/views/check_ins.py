"""Check-ins that an objective's page has no room for → pages that list all of them."""

from __future__ import annotations

from collections.abc import Iterator

from okrsite import urls
from okrsite.model import KeyResult, Objective, Plan
from okrsite.model.quick import quick_dataclass
from okrsite.prose import plain
from okrsite.views.context import Context
from okrsite.views.fragments import ChartView, Crumb, HeadView
from okrsite.views.history_chart import view_history
from okrsite.views.listing import neighbours
from okrsite.views.log import LogRow, logged, newest_first, view_log
from okrsite.views.objective import owner_crumbs
from okrsite.views.room import MOST_LOGGED
from okrsite.views.split import cut


@quick_dataclass(frozen=True, slots=True)
class CheckInsView:
    """All that a page of check-ins may show: of a key result, or of an objective as a whole."""

    head: HeadView
    chart: ChartView | None
    log: tuple[LogRow, ...]
    """Newest first."""
    before: tuple[str, str]
    """Name and address of the page before this one; empty where there is none."""
    after: tuple[str, str]


def check_in_pages(context: Context, plan: Plan) -> dict[str, int]:
    """Return how many pages all check-ins take, where an objective's page has no room for them.

    By the ids of objective and key result, as ``trust/latency``; ``trust/`` is the objective's own.
    """
    return context.by_plan.get(_KIND, plan, dict[str, int], lambda: dict(_pages(context, plan)))


def save_check_in_pages(context: Context) -> None:
    """Keep these numbers for the next build."""
    context.by_plan.save(_KIND)


_KIND = "check-in-pages"
"""Under which name they are kept of each plan."""


def _pages(context: Context, plan: Plan) -> Iterator[tuple[str, int]]:
    as_of = context.company.as_of
    for objective in plan.objectives:
        shown = logged(objective, as_of)
        for item in objective.items():
            known, name = newest_first(item.check_ins, as_of), item.ref.key_result
            if len(known) > shown.get(name, 0):
                yield f"{objective.ref.objective}/{name}", len(cut(known, MOST_LOGGED))


def view_check_ins(
    context: Context, objective: Objective, key_result: KeyResult | None, number: int
) -> CheckInsView:
    """Return a page of all check-ins about a key result, or about an objective as a whole."""
    company, item = context.company, key_result or objective
    measured = context.measures.objective(objective.ref)
    pages = cut(newest_first(item.check_ins, company.as_of), MOST_LOGGED)
    page = urls.reference_url(company, objective.ref)
    base = urls.check_ins_url(page, item.ref.key_result)
    crumbs = owner_crumbs(context, objective.ref.owner, objective.team, objective.ref.cycle)
    before, after = neighbours(context, base, number, len(pages))
    chart = None
    if key_result and number == 1:
        measure = context.measures.key_result(key_result.ref)
        chart = view_history(context, key_result, measure, company.cycle(measured.ref.cycle))
    return CheckInsView(
        head=HeadView(
            item.title, plain(item.title), (*crumbs, Crumb(plain(objective.title), page))
        ),
        chart=chart,
        log=view_log(context, pages[number - 1], item),
        before=before,
        after=after,
    )
