"""An objective → its page: why, each key result with its evidence, what it hangs together with."""

from __future__ import annotations

from dataclasses import dataclass

from okrsite import urls
from okrsite.model import Objective
from okrsite.prose import plain
from okrsite.views.actions import check_in_action, discuss_action, edit_action
from okrsite.views.alignment import is_in_cascade
from okrsite.views.bars import objective_bar
from okrsite.views.context import Context
from okrsite.views.fragments import (
    ActionView,
    AmendmentRow,
    BarView,
    Crumb,
    FeedbackRow,
    HeadView,
    LinkView,
    ObjectiveRow,
    PersonLink,
)
from okrsite.views.key_result import (
    InitiativeRow,
    KeyResultView,
    view_initiative,
    view_key_result,
)
from okrsite.views.log import LogRow, view_log
from okrsite.views.parts import view_link, view_people, view_person
from okrsite.views.rows import view_objective_row
from okrsite.views.team import team_crumbs, view_amendments, view_feedback
from okrsite.views.ties import TiesView, view_ties
from okrsite.words import say_pace


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """All that an objective's page may show."""

    head: HeadView
    row: ObjectiveRow
    title_only: bool
    """Nothing of it may be shown but its title and what is listed."""
    bar: BarView | None
    pace: str
    """``3 points ahead``, or nothing."""
    origin: str
    """``top-down``, ``bottom-up`` or nothing."""
    why: str
    """Markdown."""
    source: str
    """The file that its Markdown stands in, which names pictures relative to itself."""
    contributors: tuple[PersonLink, ...]
    tags: tuple[str, ...]
    votes: tuple[PersonLink, ...]
    continues: LinkView | None
    cancelled_because: str
    """Inline Markdown."""
    grade_note: str
    """Markdown."""
    ties: TiesView
    cascade_url: str
    """Where the alignment page opens at it; empty where it isn't there."""
    key_results: tuple[KeyResultView, ...]
    log: tuple[LogRow, ...]
    """Check-ins about the objective as a whole, newest first."""
    initiatives: tuple[InitiativeRow, ...]
    amendments: tuple[AmendmentRow, ...]
    feedback: tuple[FeedbackRow, ...]


def view_objective(context: Context, objective: Objective) -> ObjectiveView:
    """Return an objective's page."""
    row = view_objective_row(context, objective)
    pairs = zip(objective.key_results, row.key_results, strict=True)
    key_results = tuple(view_key_result(context, kr, of_row) for kr, of_row in pairs)
    plan = context.company.plan(objective.ref.owner, objective.ref.cycle)
    measure = None if objective.title_only else context.measures.objective(objective.ref)
    cycle = objective.ref.cycle
    return ObjectiveView(
        head=_head(context, objective),
        row=row,
        title_only=objective.title_only,
        bar=objective_bar(context, measure) if measure else None,
        pace=say_pace(context.words, measure.pace) if measure else "",
        origin=_origin(context, objective.origin),
        why=objective.why,
        source=objective.place.path,
        contributors=view_people(context, objective.contributors),
        tags=objective.tags,
        votes=view_people(context, objective.votes),
        continues=view_link(context, objective.continues, cycle) if objective.continues else None,
        cancelled_because=objective.cancelled_because,
        grade_note=objective.grade_note,
        ties=view_ties(context, [objective]),
        cascade_url=_cascade_url(context, objective),
        key_results=key_results,
        log=view_log(context, objective.check_ins, None),
        initiatives=tuple(view_initiative(context, i) for i in objective.initiatives),
        amendments=view_amendments(context, plan, objective) if plan else (),
        feedback=view_feedback(context, objective.team, objective),
    )


def owner_crumbs(context: Context, owner: str, team: str, cycle: str = "") -> tuple[Crumb, ...]:
    """Return the way from home to an owner, and on to one of its cycles."""
    company, say = context.company, context.words.gettext
    if owner == team and (found := company.team(team)):
        crumbs = (*team_crumbs(context, found), Crumb(found.title, urls.team_url(team)))
    else:
        person = Crumb(view_person(context, owner).name, urls.person_url(owner))
        crumbs = (Crumb(say("Home"), urls.HOME), Crumb(say("People"), urls.PEOPLE), person)
    if not cycle:
        return crumbs
    name = company.cycle(cycle).name
    return (*crumbs, Crumb(name, urls.plan_url(company, owner, cycle)))


def _head(context: Context, objective: Objective) -> HeadView:
    ref, company = objective.ref, context.company
    plan = company.plan(ref.owner, ref.cycle)
    actions: list[ActionView] = []
    if plan and not objective.title_only and _runs(context, ref.cycle):
        last = context.measure_of(plan).last_check_in
        actions += check_in_action(context, plan, last)
    actions += edit_action(context, objective.place.path)
    actions += discuss_action(context, str(ref))
    crumbs = owner_crumbs(context, ref.owner, objective.team, ref.cycle)
    return HeadView(objective.title, plain(objective.title), crumbs, tuple(actions))


def _cascade_url(context: Context, objective: Objective) -> str:
    return urls.alignment_url(objective.ref) if is_in_cascade(context, objective) else ""


def _runs(context: Context, cycle: str) -> bool:
    """Tell whether check-ins of a cycle are still taken: until its grading is due."""
    found, as_of = context.company.cycle(cycle), context.company.as_of
    return found.start <= as_of <= found.grading_due


def _origin(context: Context, origin: str) -> str:
    say = context.words.gettext
    return {"top-down": say("top-down"), "bottom-up": say("bottom-up")}.get(origin, origin)
