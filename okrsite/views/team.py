"""A team → its page: this cycle's objectives, the weekly page, what it hangs together with."""

from __future__ import annotations

from okrsite import urls
from okrsite.model import Cycle, Level, Plan, Team
from okrsite.model.quick import quick_dataclass
from okrsite.views.actions import (
    check_in_action,
    check_in_file,
    discuss_action,
    edit_action,
    follow_action,
    plan_path,
    review_action,
)
from okrsite.views.amendments import view_amendments
from okrsite.views.attention import view_attention
from okrsite.views.cards import TeamCard, view_team_card
from okrsite.views.charts import view_trends
from okrsite.views.clock import view_strip
from okrsite.views.context import Context
from okrsite.views.feedback import find_feedback, view_all_feedback, view_broken, view_feedback
from okrsite.views.fragments import (
    ActionView,
    AmendmentRow,
    AttentionRow,
    BrokenFiles,
    ChartView,
    Crumb,
    EmptyView,
    FeedbackRow,
    HeadView,
    MoreView,
    ObjectiveRow,
    PersonLink,
    StripView,
)
from okrsite.views.parts import view_people, view_person
from okrsite.views.people import people_below
from okrsite.views.room import MOST_FEEDBACK, MOST_PEOPLE, TeamRoom, beside_lists, team_room
from okrsite.views.rows import view_grade, view_objectives
from okrsite.views.teams import walk_teams
from okrsite.views.ties import Ties, TiesView, find_ties, view_ties
from okrsite.views.weekly import WeeklyView, find_asks, view_weekly
from okrsite.words import LEVEL_WORDS

_EXAMPLE = """objectives:
  - {objective}:
      - {key_result}
"""


@quick_dataclass(frozen=True, slots=True)
class PlanView:
    """A team's objectives in one of the current cycles."""

    cycle: str
    url: str
    strip: StripView
    objectives: tuple[ObjectiveRow, ...]
    more: MoreView | None
    """Where the rest of a long plan stands."""
    empty: str
    """What to say where the plan has no objectives; nothing otherwise."""


@quick_dataclass(frozen=True, slots=True)
class EarlierCycle:
    """A cycle that a team has a plan for, other than the current ones."""

    name: str
    url: str
    progress: str
    grade: str


@quick_dataclass(frozen=True, slots=True)
class CheckInHelp:
    """What to write where, for whoever has no button that does it."""

    path: str
    text: str


@quick_dataclass(frozen=True, slots=True)
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
    people: int
    """How many members there are, also where only the first are named."""
    all_people: MoreView | None
    """Where all of them, and those of the teams below, are listed, if not here."""
    links: tuple[tuple[str, str], ...]
    """Names and addresses of the team's own places elsewhere."""
    priorities: tuple[tuple[str, str], ...]
    """Anchors and titles (inline Markdown) of its standing priorities."""
    broken: BrokenFiles
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
    all_teams: MoreView | None
    """Where all teams below it are listed, if not here."""
    feedback: tuple[FeedbackRow, ...]
    all_feedback: MoreView | None
    amendments: tuple[AmendmentRow, ...]
    earlier: tuple[EarlierCycle, ...]
    check_in: CheckInHelp | None
    prose: str
    """Markdown."""
    source: str
    """The file that its prose stands in, which names pictures relative to itself."""


def view_team(context: Context, team: Team) -> TeamView:
    """Return a team's page."""
    company, current = context.company, context.current
    plans = _plans(context, team)
    objectives = [o for plan in plans for o in plan.objectives]
    shown = [o for o in objectives if not o.title_only]
    ties, children = team_ties(context, team), company.children(team.id)
    room = room_of(context, team, ties)
    return TeamView(
        head=_head(context, team, plans),
        level=context.words.gettext(LEVEL_WORDS[team.level]),
        vision=team.vision,
        lead=view_person(context, team.lead) if team.lead else None,
        champion=view_person(context, team.champion) if team.champion else None,
        sponsor=view_person(context, team.sponsor) if team.sponsor else None,
        members=view_people(context, team.members[:MOST_PEOPLE]),
        people=len(team.members),
        all_people=_all_people(context, team),
        links=team.links,
        priorities=tuple((urls.priority_anchor(p.id), p.title) for p in team.priorities),
        broken=view_broken(context, team.id),
        plans=tuple(
            view_plan(context, plan, count) for plan, count in zip(plans, room.plans, strict=True)
        ),
        empty=None if plans or team.title_only else _empty(context, team, current),
        weekly=view_weekly(context, team.id, plans),
        attention=view_attention(context, shown, most=6),
        ties=view_ties(context, ties, urls.ties_url(urls.team_url(team.id)), room.ties),
        chart=_chart(context, team, plans),
        teams=tuple(view_team_card(context, child) for child in children[: room.teams]),
        all_teams=_all_teams(context, team, len(children), room.teams),
        feedback=tuple(
            view_feedback(context, each) for each in find_feedback(context, team.id)[:MOST_FEEDBACK]
        ),
        all_feedback=view_all_feedback(context, team.id),
        amendments=tuple(a for plan in plans for a in view_amendments(context, plan)),
        earlier=_earlier(context, team, current),
        check_in=_help(context, plans),
        prose=team.prose,
        source=team.place.path if team.place else "",
    )


def _plans(context: Context, team: Team) -> list[Plan]:
    """Return a team's plans for the current cycles, the shortest first."""
    found = (context.company.plan(team.id, cycle.id) for cycle in context.current)
    return [plan for plan in found if plan]


def room_of(context: Context, team: Team, ties: Ties) -> TeamRoom:
    """Return how much of its lists a team's page shows."""
    company, plans = context.company, _plans(context, team)
    cycle = company.cycle(plans[0].cycle) if plans else None
    beside = beside_lists(
        cycle.week_of(company.as_of) if cycle else 0,
        len(team.members),
        len(find_asks(context, team.id)),
        find_feedback(context, team.id)[:MOST_FEEDBACK],
    )
    children = len(company.children(team.id))
    return team_room([plan.objectives for plan in plans], sum(ties.counts), children, beside)


def team_ties(context: Context, team: Team) -> Ties:
    """Return what a team's objectives of the shortest current cycle hang together with."""
    plans = _plans(context, team)
    shown = [o for o in plans[0].objectives if not o.title_only] if plans else []
    return find_ties(context, shown, team.id)


def _all_people(context: Context, team: Team) -> MoreView | None:
    if len(team.members) <= MOST_PEOPLE:
        return None
    n = people_below(context, team).size
    text = context.words.ngettext("All {n} person", "All {n} people", n)
    return MoreView(text, urls.people_url(f"{team.id}/"))


def _all_teams(context: Context, team: Team, children: int, shown: int) -> MoreView | None:
    if children <= shown:
        return None
    is_top = team.level is Level.COMPANY
    n = len(walk_teams(context.company, None if is_top else team))
    text = context.words.ngettext("All {n} team", "All {n} teams", n)
    return MoreView(text, urls.TEAMS if is_top else urls.team_teams_url(team.id))


def view_plan(context: Context, plan: Plan, shown: int) -> PlanView:
    """Return a plan's strip of figures and the rows of its first objectives."""
    cycle = context.company.cycle(plan.cycle)
    measure = context.measure_of(plan)
    url = urls.plan_url(context.company, plan.owner, plan.cycle)
    words, left = context.words, len(plan.objectives) - shown
    more = words.ngettext("and {n} more objective", "and {n} more objectives", left)
    return PlanView(
        cycle=cycle.name,
        url=url,
        strip=view_strip(context, cycle, measure),
        objectives=view_objectives(context, plan.objectives[:shown]),
        more=MoreView(more, url) if left else None,
        empty="" if plan.objectives else words.gettext("No objectives are set for this cycle."),
    )


def _head(context: Context, team: Team, plans: list[Plan]) -> HeadView:
    ref = team.id
    path = plans[0].place.path if plans else team.place.path if team.place else ""
    actions: list[ActionView] = []
    if plans:
        actions += check_in_action(context, plans[0])
    actions += review_action(context, team.id)
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
    return CheckInHelp(*check_in_file(context, plans[0]))
