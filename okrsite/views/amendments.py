"""A plan's amendments → the rows that tell why it is another than it was."""

from __future__ import annotations

from okrsite.model import Amendment, Objective, Plan
from okrsite.views.context import Context
from okrsite.views.fragments import AmendmentRow
from okrsite.views.parts import reference_link, view_date


def view_amendments(
    context: Context, plan: Plan, objective: Objective | None = None
) -> tuple[AmendmentRow, ...]:
    """Return a plan's amendments, newest first; of one objective where it is given."""
    own = [a for a in plan.amendments if objective is None or _amends(a, objective)]
    own.sort(key=lambda amendment: amendment.date, reverse=True)
    return tuple(_amendment(context, amendment) for amendment in own)


def _amends(amendment: Amendment, objective: Objective) -> bool:
    about = amendment.about
    return about is not None and about.objective == objective.ref.objective


def _amendment(context: Context, amendment: Amendment) -> AmendmentRow:
    date = view_date(context, amendment.date)
    if amendment.about is None:
        return AmendmentRow(date, "", "", amendment.why)
    link = reference_link(context, amendment.about)
    return AmendmentRow(date, link.title, link.url, amendment.why)
