"""A team → its page: this cycle's objectives, the weekly page, what it hangs together with."""

from __future__ import annotations

from dataclasses import dataclass

from okrsite import urls
from okrsite.model import Amendment, BrokenFile, Cycle, Feedback, Objective, Plan, Team
from okrsite.views.actions import (
    check_in_action,
    check_in_file,
    discuss_action,
    edit_action,
    follow_action,
    plan_path,
)
from okrsite.views.attention import view_attention
from okrsite.views.cards import TeamCard, view_team_card
from okrsite.views.charts import view_trends
from okrsite.views.clock import view_strip
from okrsite.views.context import Context
from okrsite.views.fragments import (
    ActionView,
    AmendmentRow,
    AttentionRow,
    BrokenView,
    ChartView,
    Crumb,
    EmptyView,
    FeedbackRow,
    HeadView,
    ObjectiveRow,
    PersonLink,
    StripView,
)
from okrsite.views.parts import reference_link, view_date, view_people, view_person
from okrsite.views.rows import view_grade, view_objectives
from okrsite.views.ties import TiesView, view_ties
from okrsite.views.weekly import WeeklyView, view_weekly
from okrsite.words import LEVEL_WORDS

_EXAMPLE = """objectives:
  - {objective}:
      - {key_result}
"""


@dataclass(frozen=True, slots=True)
class PlanView:
    """A team's objectives in one of the current cycles."""

    cycle: str
    url: str
    strip: StripView
    objectives: tuple[ObjectiveRow, ...]
    empty: str
    """What to say where the plan has no objectives; nothing otherwise."""


@dataclass(frozen=True, slots=True)
class EarlierCycle:
    """A cycle that a team has a plan for, other than the current ones."""

    name: str
    url: str
    progress: str
    grade: str


@dataclass(frozen=True, slots=True)
class CheckInHelp:
    """What to write where, for whoever has no button that does it."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class TeamView:
    """All that a team's page may show."""

    head: HeadView
    level: str
    vision: str
    """Inline Markdown."""
    lead: PersonLink | None
    champion: PersonLink | None
    sponsor: PersonLink | None
    members: tuple[PersonLink, ...]
    links: tuple[tuple[str, str], ...]
    """Names and addresses of the team's own places elsewhere."""
    priorities: tuple[tuple[str, str], ...]
    """Anchors and titles (inline Markdown) of its standing priorities."""
    broken: tuple[BrokenView, ...]
    plans: tuple[PlanView, ...]
    """Of the current cycles, the shortest first."""
    empty: EmptyView | None
    """What to write, where it has no plan for a current cycle."""
    weekly: WeeklyView
    attention: tuple[AttentionRow, ...]
    ties: TiesView
    chart: ChartView | None
    teams: tuple[TeamCard, ...]
    """Right below it."""
    feedback: tuple[FeedbackRow, ...]
    amendments: tuple[AmendmentRow, ...]
    earlier: tuple[EarlierCycle, ...]
    check_in: CheckInHelp | None
    prose: str
    """Markdown."""
    source: str
    """The file that its prose stands in, which names pictures relative to itself."""


def view_team(context: Context, team: Team) -> TeamView:
    """Return a team's page."""
    company = context.company
    current = company.current_cycles()
    plans = [plan for cycle in current if (plan := company.plan(team.id, cycle.id))]
    objectives = [o for plan in plans for o in plan.objectives]
    shown = [o for o in objectives if not o.title_only]
    return TeamView(
        head=_head(context, team, plans),
        level=context.words.gettext(LEVEL_WORDS[team.level]),
        vision=team.vision,
        lead=view_person(context, team.lead) if team.lead else None,
        champion=view_person(context, team.champion) if team.champion else None,
        sponsor=view_person(context, team.sponsor) if team.sponsor else None,
        members=view_people(context, team.members),
        links=team.links,
        priorities=tuple((urls.priority_anchor(p.id), p.title) for p in team.priorities),
        broken=view_broken(context, team.id),
        plans=tuple(view_plan(context, plan) for plan in plans),
        empty=None if plans or team.title_only else _empty(context, team, current),
        weekly=view_weekly(context, team.id, plans),
        attention=view_attention(context, shown, most=6),
        ties=view_ties(
            context, [o for o in shown if plans and o.ref.cycle == plans[0].cycle], team.id
        ),
        chart=_chart(context, team, plans),
        teams=tuple(view_team_card(context, child) for child in company.children(team.id)),
        feedback=view_feedback(context, team.id),
        amendments=tuple(a for plan in plans for a in view_amendments(context, plan)),
        earlier=_earlier(context, team, current),
        check_in=_help(context, plans),
        prose=team.prose,
        source=team.place.path if team.place else "",
    )


def view_plan(context: Context, plan: Plan) -> PlanView:
    """Return a plan's strip of figures and its rows."""
    cycle = context.company.cycle(plan.cycle)
    measure = context.measure_of(plan)
    url = urls.plan_url(context.company, plan.owner, plan.cycle)
    empty = (
        "" if plan.objectives else context.words.gettext("No objectives are set for this cycle.")
    )
    return PlanView(
        cycle=cycle.name,
        url=url,
        strip=view_strip(context, cycle, measure),
        objectives=view_objectives(context, plan.objectives),
        empty=empty,
    )


def view_broken(context: Context, team: str) -> tuple[BrokenView, ...]:
    """Return the files of a team that could not be read; messages only where they may show."""
    return tuple(_broken(context, file) for file in context.company.broken if file.team == team)


def view_feedback(
    context: Context, team: str, objective: Objective | None = None
) -> tuple[FeedbackRow, ...]:
    """Return what visitors said about a team, or about one objective of it, newest first."""
    rows = [
        _feedback(context, feedback)
        for feedback in context.company.feedback
        if feedback.team == team and (objective is None or _is_about(feedback, objective))
    ]
    return tuple(reversed(rows))


def view_amendments(
    context: Context, plan: Plan, objective: Objective | None = None
) -> tuple[AmendmentRow, ...]:
    """Return a plan's amendments, newest first; of one objective where it is given."""
    own = [a for a in plan.amendments if objective is None or _amends(a, objective)]
    own.sort(key=lambda amendment: amendment.date, reverse=True)
    return tuple(_amendment(context, amendment) for amendment in own)


def _head(context: Context, team: Team, plans: list[Plan]) -> HeadView:
    ref = team.id
    path = plans[0].place.path if plans else team.place.path if team.place else ""
    actions: list[ActionView] = []
    if plans:
        last = context.measure_of(plans[0]).last_check_in
        actions += check_in_action(context, plans[0], last)
    actions += edit_action(context, path)
    actions += discuss_action(context, ref)
    actions += follow_action(context)
    return HeadView(
        team.title, team.title, team_crumbs(context, team), tuple(actions), team.mission
    )


def team_crumbs(context: Context, team: Team) -> tuple[Crumb, ...]:
    """Return the way from home by the departments above a team."""
    say = context.words.gettext
    above = [other for other in context.company.ancestors(team.id) if other.parent]
    departments = [Crumb(other.title, urls.team_url(other.id)) for other in above]
    return (Crumb(say("Home"), urls.HOME), Crumb(say("Teams"), urls.TEAMS), *departments)


def _broken(context: Context, file: BrokenFile) -> BrokenView:
    quoted = context.quotes_source
    return BrokenView(
        file.path, tuple((c, line, text if quoted else "") for c, line, text in file.problems)
    )


def _empty(context: Context, team: Team, current: tuple[Cycle, ...]) -> EmptyView | None:
    """Return the three lines to write; none for a department whose teams speak for it."""
    if not current or context.company.children(team.id):
        return None
    say, cycle = context.words.gettext, current[0]
    example = _EXAMPLE.format(
        objective=say("What should be better for somebody when the quarter ends"),
        key_result=say("A number that proves it, from 6 to 2"),
    )
    path = plan_path(team, cycle.id)
    return EmptyView(
        text=say("{team} has no OKRs for {cycle} yet.", team=team.title, cycle=cycle.name),
        path=path,
        example=example,
        href=context.forge.new_url(path, example) if context.forge else "",
    )


def _chart(context: Context, team: Team, plans: list[Plan]) -> ChartView | None:
    if not plans:
        return None
    cycle, say = context.company.cycle(plans[0].cycle), context.words.gettext
    weeks = context.measures.weeks(team.id, cycle.id)
    return view_trends(context, say("Confidence and progress"), "trend", cycle, weeks)


def _earlier(context: Context, team: Team, current: tuple[Cycle, ...]) -> tuple[EarlierCycle, ...]:
    company, now = context.company, {cycle.id for cycle in current}
    plans = [plan for plan in company.plans_of(team.id) if plan.cycle not in now]
    found = []
    for plan in reversed(plans):
        measure = context.measure_of(plan)
        found.append(
            EarlierCycle(
                company.cycle(plan.cycle).name,
                urls.plan_url(company, plan.owner, plan.cycle),
                context.words.percent(measure.progress),
                view_grade(context, measure.grade),
            )
        )
    return tuple(found)


def _help(context: Context, plans: list[Plan]) -> CheckInHelp | None:
    if not plans or not any(plan.objectives for plan in plans):
        return None
    last = context.measure_of(plans[0]).last_check_in
    return CheckInHelp(*check_in_file(context, plans[0], last))


def _feedback(context: Context, feedback: Feedback) -> FeedbackRow:
    say = context.words.gettext
    kinds = {
        "praise": say("Praise"),
        "question": say("Question"),
        "suggestion": say("Suggestion"),
    }
    return FeedbackRow(
        kind=feedback.kind,
        word=kinds.get(feedback.kind, feedback.kind),
        by=view_person(context, feedback.by),
        date=view_date(context, feedback.date),
        text=feedback.text,
        answer=feedback.answer,
        about=reference_link(context, feedback.about) if feedback.about else None,
        source=feedback.place.path,
    )


def _is_about(feedback: Feedback, objective: Objective) -> bool:
    about, ref = feedback.about, objective.ref
    return about is not None and (about.owner, about.cycle, about.objective) == (
        ref.owner,
        ref.cycle,
        ref.objective,
    )


def _amends(amendment: Amendment, objective: Objective) -> bool:
    about = amendment.about
    return about is not None and about.objective == objective.ref.objective


def _amendment(context: Context, amendment: Amendment) -> AmendmentRow:
    date = view_date(context, amendment.date)
    if amendment.about is None:
        return AmendmentRow(date, "", "", amendment.why)
    link = reference_link(context, amendment.about)
    return AmendmentRow(date, link.title, link.url, amendment.why)
