"""The company → its start page: how it is going, what needs a decision, what moved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction
from itertools import islice

from okrsite import urls
from okrsite.measure import Measures
from okrsite.model import Company, Cycle, Level, Objective, Plan, Team
from okrsite.model.quick import quick_dataclass
from okrsite.views.actions import edit_action, follow_action, review_action
from okrsite.views.attention import view_attention_of_plans
from okrsite.views.charts import view_status_weeks
from okrsite.views.clock import next_check_in, view_clock
from okrsite.views.context import Context
from okrsite.views.fragments import (
    AttentionRow,
    ChangeRow,
    ChartView,
    ClockView,
    CountView,
    FactView,
    HeadView,
    HeatView,
    MoreView,
    ObjectiveRow,
    WinView,
)
from okrsite.views.heat import view_heat_of_all
from okrsite.views.parts import reference_link, view_counts, view_date, view_person
from okrsite.views.proposals import say_proposals
from okrsite.views.room import MOST_BROKEN, MOST_OBJECTIVE_ROWS, fitting
from okrsite.views.rows import view_objectives
from okrsite.views.weekly import view_wins
from okrsite.words import STATUS_WORDS

_WEEK = timedelta(days=7)
_MOST_ROWS = 5
_MOST_CHANGES = 6


@quick_dataclass(frozen=True, slots=True)
class CompanyPlan:
    """The company's own objectives in one of the current cycles."""

    cycle: str
    url: str
    progress: str
    objectives: tuple[ObjectiveRow, ...]
    empty: str
    more: MoreView | None = None
    """Where the rest of a long plan stands."""


@quick_dataclass(frozen=True, slots=True)
class HomeView:
    """All that the start page may show."""

    head: HeadView
    vision: str
    """Inline Markdown."""
    home_html: str
    """HTML of the site's own start page; goes through ``trusted``."""
    clocks: tuple[ClockView, ...]
    """Of the current cycles, the shortest first; figures are of the first."""
    progress: FactView
    confidence: FactView
    counts: tuple[CountView, ...]
    """Of all teams' key results in the first cycle."""
    counts_label: str
    """``107 key results of 18 teams``."""
    counts_url: str
    """Where these are, by status."""
    check_ins: FactView
    plans: tuple[CompanyPlan, ...]
    heat: HeatView | None
    chart: ChartView | None
    attention: tuple[AttentionRow, ...]
    """The gravest of the first cycle."""
    all_attention: MoreView
    """Where all that waits for somebody is listed."""
    proposals: MoreView
    """How many objectives are proposed, and where."""
    changes: tuple[ChangeRow, ...]
    all_changes: MoreView
    wins: tuple[WinView, ...]
    all_wins: MoreView
    broken: int
    """Files that could not be read in full."""
    broken_teams: tuple[tuple[str, str], ...]
    """Names and addresses of the first teams that they belong to."""
    broken_left: str
    """How many teams are not named, or nothing."""


def view_home(context: Context) -> HomeView:
    """Return the start page."""
    company = context.company
    cycles = company.current_cycles()
    cycle = cycles[0] if cycles else None
    root = _root(company)
    plans = company.plans_in(cycle.id) if cycle else ()
    objectives = [objective for plan in plans for objective in plan.objectives]
    shown = [o for o in objectives if not o.title_only]
    progress, confidence = _figures(context, root, cycle)
    counts = context.measures.cycle(cycle.id).counts if cycle else {}
    counts_url = urls.cycle_url(cycle.id) if cycle else ""
    broken, words = _broken_teams(context), context.words
    left = len(broken) - MOST_BROKEN
    attention = view_attention_of_plans(context, plans, _MOST_ROWS)
    return HomeView(
        head=_head(context, root),
        vision=root.vision if root else "",
        home_html=context.home_html,
        clocks=tuple(view_clock(context, each) for each in cycles),
        progress=progress,
        confidence=confidence,
        counts=view_counts(context, counts, counts_url),
        counts_label=_counts_label(context, plans),
        counts_url=counts_url,
        check_ins=_check_ins(context, cycle),
        plans=tuple(_plan(context, root, each) for each in cycles if root),
        heat=view_heat_of_all(context, cycle, most=18) if cycle else None,
        chart=_chart(context, cycle) if cycle else None,
        attention=attention,
        all_attention=_all_attention(context),
        proposals=say_proposals(context),
        changes=_changes(context, shown),
        all_changes=MoreView(words.gettext("All changes"), urls.CHANGES),
        wins=view_wins(context, company.weeklies, with_team=True),
        all_wins=MoreView(words.gettext("All wins"), urls.WINS),
        broken=len(company.broken),
        broken_teams=tuple((t.title, urls.team_url(t.id)) for t in broken[:MOST_BROKEN]),
        broken_left=words.ngettext("and {n} more", "and {n} more", left) if left > 0 else "",
    )


def _root(company: Company) -> Team | None:
    """Return the company as a team: the one at the top, if a folder speaks for it."""
    return next((team for team in company.teams if team.level is Level.COMPANY), None)


def _head(context: Context, root: Team | None) -> HeadView:
    name = context.company.name or context.words.gettext("OKRs")
    path = root.place.path if root and root.place else ""
    review = review_action(context, context.reviews.top.id, main=True)
    actions = (*review, *edit_action(context, path), *follow_action(context))
    return HeadView(name, name, (), actions, root.mission if root else "")


def _figures(context: Context, root: Team | None, cycle: Cycle | None) -> tuple[FactView, FactView]:
    """Return the company's own progress and confidence; they are never its teams' mean."""
    words, say = context.words, context.words.gettext
    measure = context.measures.owner(root.id, cycle.id) if root and cycle else None
    if measure is None:
        return FactView("–", say("progress")), FactView("–", say("confidence"))
    progress, confidence = say("progress"), say("confidence")
    url = urls.plan_url(context.company, root.id, cycle.id) if root and cycle else ""
    if measure.expected is not None:
        share = words.percent(measure.expected)
        progress = say("progress · {share} expected", share=share)
    if measure.confidence_before is not None:
        before = words.number(measure.confidence_before)
        confidence = say("confidence · {before} last week", before=before)
    number = "–" if measure.confidence is None else words.number(measure.confidence)
    share = words.percent(measure.progress)
    return FactView(share, progress, url), FactView(number, confidence, url)


def _counts_label(context: Context, plans: Iterable[Plan]) -> str:
    """Return how many key results are active, and in how many teams: people's are their team's."""
    words, counted = context.words, [(p, context.measures.counts(p.owner, p.cycle)) for p in plans]
    total = sum(sum(counts.values()) for _, counts in counted)
    key_results = words.ngettext("{n} key result", "{n} key results", total)
    teams = len({plan.team for plan, counts in counted if counts})
    return words.ngettext(
        "{key_results} of {n} team", "{key_results} of {n} teams", teams, key_results=key_results
    )


def _check_ins(context: Context, cycle: Cycle | None) -> FactView:
    words = context.words
    weeks = context.measures.cycle_weeks(cycle.id) if cycle else ()
    following = words.weekday(next_check_in(context, None))
    if not weeks or not weeks[-1].of:
        return FactView("–", words.gettext("up to date"))
    rate = words.percent(Fraction(weeks[-1].fresh, weeks[-1].of))
    url = urls.cycle_url(cycle.id) if cycle else ""
    anchor = f"#{urls.CHECK_INS_ANCHOR}" if len(weeks) > 1 else ""
    return FactView(
        rate, words.gettext("up to date · next {date}", date=following), f"{url}{anchor}"
    )


def _plan(context: Context, root: Team, cycle: Cycle) -> CompanyPlan:
    plan = context.company.plan(root.id, cycle.id)
    words = context.words
    if plan is None:
        empty = words.gettext("The company has set no objectives for {cycle}.", cycle=cycle.name)
        return CompanyPlan(cycle.name, urls.cycle_url(cycle.id), "", (), empty)
    measure = context.measure_of(plan)
    url = urls.plan_url(context.company, root.id, cycle.id)
    shown = fitting(plan.objectives, MOST_OBJECTIVE_ROWS)
    left = len(plan.objectives) - shown
    more = words.ngettext("and {n} more objective", "and {n} more objectives", left)
    return CompanyPlan(
        cycle.name,
        url,
        words.percent(measure.progress),
        view_objectives(context, plan.objectives[:shown]),
        "" if plan.objectives else words.gettext("No objectives are set for this cycle."),
        MoreView(more, url) if left else None,
    )


def _chart(context: Context, cycle: Cycle) -> ChartView | None:
    title = context.words.gettext("Key results by status, week by week")
    weeks = context.measures.cycle_weeks(cycle.id)
    return view_status_weeks(context, title, "weeks", cycle, weeks)


def _changes(context: Context, objectives: list[Objective]) -> tuple[ChangeRow, ...]:
    """Return the newest amendments, then the objectives whose status is not that of a week ago."""
    before = context.measures.on(context.company.as_of - _WEEK)
    moved = (row for o in objectives if (row := _moved(context, before, o)))
    amended = _amended(context)
    # Measuring what was a week ago takes its time, so nobody asks for more than is shown.
    return (*amended[:_MOST_CHANGES], *islice(moved, max(_MOST_CHANGES - len(amended), 0)))


def _amended(context: Context) -> tuple[ChangeRow, ...]:
    since, rows = context.company.as_of - _WEEK, []
    for plan in context.company.plans:
        for amendment in plan.amendments:
            if amendment.date > since and amendment.about:
                link = reference_link(context, amendment.about)
                owner = view_person(context, plan.owner).name
                date = view_date(context, amendment.date)
                row = ChangeRow("amendment", owner, link.title, link.url, amendment.why, date)
                rows.append((amendment.date, row))
    rows.sort(key=lambda item: item[0], reverse=True)
    return tuple(row for _, row in rows)


def _moved(context: Context, before: Measures, objective: Objective) -> ChangeRow | None:
    now = context.measures.objective(objective.ref)
    since = context.company.as_of - _WEEK
    if now.last_check_in is None or now.last_check_in <= since:
        return None
    then, say = before.standing(objective.ref).status, context.words.gettext
    if then is now.status:
        return None
    text = f"{say(STATUS_WORDS[then])} → {say(STATUS_WORDS[now.status])}"
    link = reference_link(context, objective.ref)
    owner = view_person(context, objective.ref.owner).name
    return ChangeRow(now.status.value, owner, objective.title, link.url, text)


def _all_attention(context: Context) -> MoreView:
    return MoreView(context.words.gettext("All that waits for somebody"), urls.ATTENTION)


def _broken_teams(context: Context) -> list[Team]:
    """Return the teams that have files which could not be read in full."""
    names = dict.fromkeys(file.team for file in context.company.broken)
    return [team for name in names if (team := context.company.team(name))]
