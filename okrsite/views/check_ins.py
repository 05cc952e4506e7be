"""Check-ins that an objective's page has no room for → pages that list all of them."""

from __future__ import annotations

from okrsite import urls
from okrsite.model import KeyResult, Objective
from okrsite.model.quick import quick_dataclass
from okrsite.prose import plain
from okrsite.views.charts import view_history
from okrsite.views.context import Context
from okrsite.views.fragments import ChartView, Crumb, HeadView
from okrsite.views.listing import neighbours
from okrsite.views.log import LogRow, newest_first, view_log
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


def check_in_pages(item: Objective | KeyResult, context: Context) -> int:
    """Return how many pages all check-ins about something take."""
    known = newest_first(item.check_ins, context.company.as_of)
    return len(cut(known, MOST_LOGGED))


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
        log=view_log(context, pages[number - 1], key_result),
        before=before,
        after=after,
    )
