"""A whole company → the entries that tell of it: what all its teams did, taken together.

A company of three hundred teams checks in three hundred times a week: nobody follows that. So a
week is one entry, and so is a day on which plans were amended or something was celebrated.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from okrsite import urls
from okrsite.feeds.atom import Entry
from okrsite.feeds.plans import DAY, SPAN, WEEKS, amended_title, is_news, running, week_title
from okrsite.feeds.teller import Teller, headline, newest
from okrsite.measure import WORST_FIRST, Flip
from okrsite.model import Cycle, Plan
from okrsite.prose import plain
from okrsite.views.amendments import view_amendments
from okrsite.views.fragments import AmendmentRow


def company_entries(teller: Teller) -> Iterator[Entry]:
    """Yield what happened in a company."""
    company = teller.context.company
    for cycle in company.cycles:
        if cycle.start <= company.as_of and cycle.grading_due >= company.as_of - SPAN:
            plans = [plan for plan in company.plans_in(cycle.id) if not plan.title_only]
            yield from _set(teller, cycle, plans)
            yield from _weeks(teller, cycle, plans)
            yield from _graded(teller, cycle, plans)
    yield from _amended(teller)
    yield from _wins(teller)


def _set(teller: Teller, cycle: Cycle, plans: list[Plan]) -> Iterator[Entry]:
    context, told = teller.context, []
    for plan in plans:
        count = len(running(plan))
        if count:
            many = context.words.ngettext("{n} objective", "{n} objectives", count)
            told.append(f"{_plan(teller, plan)}: {many}")
    if told:
        count, name = len(told), cycle.name
        title = context.words.ngettext(
            "{n} plan for {cycle}", "{n} plans for {cycle}", count, cycle=name
        )
        lines = teller.lines(told)
        yield _of_cycle(teller, cycle, "set", title, cycle.start, cycle.start, "plan", lines)


def _weeks(teller: Teller, cycle: Cycle, plans: list[Plan]) -> Iterator[Entry]:
    context, as_of = teller.context, teller.context.company.as_of
    weeks = context.measures.cycle_weeks(cycle.id)
    flips: dict[int, list[Flip]] = {}
    for plan in plans:
        for week in context.measures.weeks(plan.owner, cycle.id):
            flips.setdefault(week.week, []).extend(filter(is_news, week.flips))
    days = [weekly.date for weekly in context.company.weeklies]
    for week in weeks:
        begins = cycle.start + 7 * DAY * (week.week - 1)
        heard = newest((day for day in days if begins <= day <= week.as_of), date.min)
        updated = week.end if week.end <= as_of else heard
        if not week.checked_in or updated == date.min or week.end <= as_of - WEEKS:
            continue
        name = context.company.name
        title = week_title(teller, name, cycle, week)
        moved = sorted(flips.get(week.week, []), key=lambda flip: WORST_FIRST.index(flip.after))
        told = teller.listed(
            moved, lambda flip: teller.item(flip.ref, flip, None, teller.name(flip.ref.owner))
        )
        part = f"week-{week.week}"
        yield _of_cycle(teller, cycle, part, title, begins, updated, "check-in", told)


def _graded(teller: Teller, cycle: Cycle, plans: list[Plan]) -> Iterator[Entry]:
    context, as_of = teller.context, teller.context.company.as_of
    if as_of <= cycle.end:
        return
    told = []
    for plan in plans:
        grade = context.measure_of(plan).grade
        if grade is not None:
            told.append(f"{_plan(teller, plan)}: {context.words.grade(grade)}")
    if told:
        published = cycle.end + DAY
        updated = newest([day for day in (cycle.grading_due,) if day <= as_of], published)
        title = context.words.gettext("Grades of {cycle}", cycle=cycle.name)
        lines = teller.lines(told)
        yield _of_cycle(teller, cycle, "graded", title, published, updated, "grade", lines)


def _of_cycle(
    teller: Teller,
    cycle: Cycle,
    part: str,
    title: str,
    published: date,
    updated: date,
    kind: str,
    told: str,
) -> Entry:
    id, href = teller.tag(f"{cycle.id}/{part}"), teller.href(urls.cycle_url(cycle.id))
    return Entry(id, title, href, published, updated, kind, told)


def _amended(teller: Teller) -> Iterator[Entry]:
    context, words = teller.context, teller.context.words
    as_of = context.company.as_of
    found: dict[date, list[tuple[Plan, AmendmentRow]]] = {}
    for plan in context.company.plans:
        days = {amendment.date for amendment in plan.amendments}
        recent = {day.isoformat(): day for day in days if as_of - SPAN < day <= as_of}
        for row in view_amendments(context, plan) if recent else ():
            if row.date.iso in recent:
                found.setdefault(recent[row.date.iso], []).append((plan, row))
    for day, rows in found.items():
        plans = [(plan, [row for _, row in same]) for plan, same in groupby(rows, lambda r: r[0])]
        told = [
            f"{_plan(teller, plan)}{teller.lines([teller.amendment(row) for row in same])}"
            for plan, same in plans
        ]
        title = words.ngettext("{n} plan was amended", "{n} plans were amended", len(plans))
        if len(plans) == 1:
            title = amended_title(teller, plans[0][0])
        id, href = teller.tag(f"amended/{day.isoformat()}"), teller.href(urls.HOME)
        yield Entry(id, title, href, day, day, "amendment", teller.lines(told))


def _wins(teller: Teller) -> Iterator[Entry]:
    context, words = teller.context, teller.context.words
    as_of = context.company.as_of
    recent = (w for w in context.company.weeklies if as_of - SPAN < w.date <= as_of)
    for day, same in groupby(recent, key=lambda weekly: weekly.date):
        wins = [(weekly.owner, win) for weekly in same for win in weekly.wins]
        if not wins:
            continue
        owner, first = wins[0]
        title = f"{teller.name(owner)}: {plain(first)}"
        more = words.ngettext("and {n} more", "and {n} more", len(wins) - 1)
        told = teller.listed(wins, lambda w: f"{_owner(teller, w[0])}: {teller.inline(w[1])}")
        yield Entry(
            teller.tag(f"wins/{day.isoformat()}"),
            headline(f"{title}, {more}" if wins[1:] else title),
            teller.href(urls.HOME),
            *(day, day),
            "win",
            told,
        )


def _owner(teller: Teller, owner: str) -> str:
    return teller.link(teller.name(owner), teller.owner_page(owner))


def _plan(teller: Teller, plan: Plan) -> str:
    url = urls.plan_url(teller.context.company, plan.owner, plan.cycle)
    return teller.link(teller.name(plan.owner), url)
