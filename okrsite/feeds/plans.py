"""One owner's plans and wins → the entries that tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import groupby

from okrsite import urls
from okrsite.feeds.atom import Entry
from okrsite.feeds.teller import Teller, headline, lasting_name, newest
from okrsite.measure import Flip, OwnerMeasure, WeekMeasure
from okrsite.model import (
    CheckIn,
    Cycle,
    KeyResult,
    Objective,
    Plan,
    Reference,
    State,
    Status,
    Team,
    Weekly,
)
from okrsite.prose import plain
from okrsite.views.amendments import view_amendments
from okrsite.views.log import view_log
from okrsite.words import say_status

SPAN = timedelta(days=182)
"""How far back a feed tells of what happens once in a while."""
WEEKS = timedelta(days=28)
"""How far back it tells of check-ins."""
DAY = timedelta(days=1)
_GOOD_START = frozenset({Status.NOT_STARTED, Status.UNKNOWN})
_GOOD_END = _GOOD_START | {Status.ON_TRACK, Status.ACHIEVED}
_TOLD = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.OUTDATED)
"""Those that a headline counts."""

Said = tuple[Objective | KeyResult, CheckIn]


def plan_entries(teller: Teller, team: Team, plan: Plan) -> Iterator[Entry]:
    """Yield what happened to a plan: that it was set, checked in, amended and graded."""
    context = teller.context
    cycle, as_of = context.company.cycle(plan.cycle), context.company.as_of
    if plan.title_only or cycle.start > as_of or cycle.grading_due < as_of - SPAN:
        return
    name = f"{lasting_name(team)}@{plan.cycle}"
    yield from _set(teller, plan, cycle, name)
    yield from _weeks(teller, plan, cycle, name)
    yield from _amended(teller, plan, name)
    yield from _graded(teller, plan, cycle, name)


def win_entries(teller: Teller, team: Team, weeklies: Iterable[Weekly]) -> Iterator[Entry]:
    """Yield what a team's check-ins celebrate, day by day."""
    as_of, words = teller.context.company.as_of, teller.context.words
    for day, same in groupby(weeklies, key=lambda weekly: weekly.date):
        wins = [win for weekly in same for win in weekly.wins]
        if wins and as_of - SPAN < day <= as_of:
            more = words.ngettext("and {n} more", "and {n} more", len(wins) - 1)
            title = f"{team.title}: {plain(wins[0])}"
            yield Entry(
                teller.tag(f"{lasting_name(team)}/wins/{day.isoformat()}"),
                headline(f"{title}, {more}" if wins[1:] else title),
                teller.href(teller.owner_page(team.id)),
                *(day, day),
                "win",
                teller.lines([teller.inline(win) for win in wins]),
            )


def is_news(flip: Flip) -> bool:
    """Tell whether a status that changed is worth telling: a good start is not."""
    return flip.before not in _GOOD_START or flip.after not in _GOOD_END


def running(plan: Plan) -> tuple[Objective, ...]:
    """Return the objectives that a plan stands by, as far as more than their titles are known."""
    return tuple(o for o in plan.objectives if o.state is State.ACTIVE and not o.title_only)


def _set(teller: Teller, plan: Plan, cycle: Cycle, name: str) -> Iterator[Entry]:
    objectives = running(plan)
    if not objectives:
        return
    company, say = teller.context.company, teller.context.words.gettext
    url = urls.plan_url(company, plan.owner, plan.cycle)
    told = []
    for objective in objectives:
        title = teller.link(objective.title, urls.reference_url(company, objective.ref))
        kept = (kr for kr in objective.key_results if kr.state is State.ACTIVE)
        told.append(title + teller.lines([teller.inline(kr.title) for kr in kept]))
    owner = teller.name(plan.owner)
    title = say("{name} set its OKRs for {cycle}", name=owner, cycle=cycle.name)
    href, html = teller.href(url), teller.lines(told)
    yield Entry(teller.tag(f"{name}/set"), title, href, cycle.start, cycle.start, "plan", html)


def _weeks(teller: Teller, plan: Plan, cycle: Cycle, name: str) -> Iterator[Entry]:
    as_of = teller.context.company.as_of
    by_week: dict[int, list[Said]] = {}
    for objective in plan.objectives:
        for item in objective.items():
            for check_in in item.check_ins:
                if as_of - WEEKS < check_in.date <= as_of and _is_told(check_in):
                    by_week.setdefault(cycle.week_of(check_in.date), []).append((item, check_in))
    for week in teller.context.measures.weeks(plan.owner, plan.cycle):
        said = by_week.get(week.week, [])
        flips = {flip.ref: flip for flip in week.flips if is_news(flip)}
        # In a week that still runs nobody knows the day on which a calendar made it late.
        if week.end > as_of - WEEKS and (said or (flips and week.end <= as_of)):
            yield _week(teller, plan, cycle, week, flips, said, name)


def _is_told(check_in: CheckIn) -> bool:
    return not check_in.from_feed and not check_in.overruled


def _week(
    teller: Teller,
    plan: Plan,
    cycle: Cycle,
    week: WeekMeasure,
    flips: dict[Reference, Flip],
    said: list[Said],
    name: str,
) -> Entry:
    context = teller.context
    days = [check_in.date for _, check_in in said] or [week.end]
    heard = {item.ref for item, _ in said}
    silent = [teller.item(ref, flip, None) for ref, flip in flips.items() if ref not in heard]
    told = [_said(teller, item, check_in, flips.get(item.ref)) for item, check_in in said]
    return Entry(
        teller.tag(f"{name}/week-{week.week}"),
        week_title(teller, teller.name(plan.owner), cycle, week),
        teller.href(urls.plan_url(context.company, plan.owner, plan.cycle)),
        min(days),
        max(days),
        "check-in",
        teller.lines([*silent, *told]),
    )


def week_title(teller: Teller, name: str, cycle: Cycle, week: WeekMeasure) -> str:
    """Return ``Platform · 2026-Q4, week 8 of 13: on track 5 · off track 1``."""
    words = teller.context.words
    number = words.gettext("week {week} of {weeks}", week=week.week, weeks=cycle.weeks)
    stand = [
        f"{say_status(words, each)} {week.counts[each]}" for each in _TOLD if week.counts.get(each)
    ]
    title = f"{name} · {cycle.name}, {number}"
    return headline(words.namely(title, " · ".join(stand)) if stand else title)


def _said(teller: Teller, item: Objective | KeyResult, check_in: CheckIn, flip: Flip | None) -> str:
    return teller.item(item.ref, flip, view_log(teller.context, [check_in], item)[0])


def _amended(teller: Teller, plan: Plan, name: str) -> Iterator[Entry]:
    context = teller.context
    url = urls.plan_url(context.company, plan.owner, plan.cycle)
    days = {amendment.date.isoformat(): amendment.date for amendment in plan.amendments}
    as_of, title = context.company.as_of, amended_title(teller, plan)
    for iso, same in groupby(view_amendments(context, plan), key=lambda row: row.date.iso):
        if as_of - SPAN < days[iso] <= as_of:
            id, href, day = teller.tag(f"{name}/amended/{iso}"), teller.href(url), days[iso]
            html = teller.lines([teller.amendment(row) for row in same])
            yield Entry(id, title, href, day, day, "amendment", html)


def amended_title(teller: Teller, plan: Plan) -> str:
    """Return that a plan was amended."""
    words, cycle = teller.context.words, teller.context.company.cycle(plan.cycle).name
    owner = teller.name(plan.owner)
    return words.gettext("{name} amended its plan for {cycle}", name=owner, cycle=cycle)


def _graded(teller: Teller, plan: Plan, cycle: Cycle, name: str) -> Iterator[Entry]:
    context = teller.context
    measure, as_of = context.measure_of(plan), context.company.as_of
    if as_of <= cycle.end or measure.grade is None:
        return
    words = context.words
    title = words.gettext(
        "{name} graded {cycle}: {grade}",
        name=teller.name(plan.owner),
        cycle=cycle.name,
        grade=words.grade(measure.grade),
    )
    published = cycle.end + DAY
    updated = newest([day for day in (cycle.grading_due,) if day <= as_of], published)
    yield Entry(
        teller.tag(f"{name}/graded"),
        title,
        teller.href(urls.plan_url(context.company, plan.owner, plan.cycle)),
        published,
        updated,
        "grade",
        _grades(teller, plan, measure),
    )


def _grades(teller: Teller, plan: Plan, measure: OwnerMeasure) -> str:
    words, company = teller.context.words, teller.context.company
    told = []
    for objective, graded in zip(plan.objectives, measure.objectives, strict=True):
        if objective.title_only or graded.grade is None:
            continue
        title = teller.link(objective.title, urls.reference_url(company, objective.ref))
        note = f"<br>{teller.inline(objective.grade_note)}" if objective.grade_note else ""
        told.append(f"{title}: {words.grade(graded.grade)}{note}")
    return teller.prose(plan.grade_note) + teller.lines(told)
