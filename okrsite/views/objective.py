"""An objective → its page: why, each key result with its evidence, what it hangs together with."""

from __future__ import annotations

from collections.abc import Iterator

from okrsite import urls
from okrsite.model import Objective
from okrsite.model.quick import quick_dataclass
from okrsite.prose import plain
from okrsite.views.actions import check_in_action, discuss_action, edit_action
from okrsite.views.amendments import say_incomplete, view_amendments
from okrsite.views.bars import objective_bar
from okrsite.views.context import Context
from okrsite.views.feedback import find_feedback, view_all_feedback, view_feedback
from okrsite.views.fragments import (
    ActionView,
    AmendmentRow,
    BarView,
    Crumb,
    FeedbackRow,
    HeadView,
    KeyResultRow,
    LinkView,
    MoreView,
    ObjectiveRow,
    PersonLink,
)
from okrsite.views.key_result import (
    InitiativeRow,
    KeyResultView,
    view_initiative,
    view_key_result,
)
from okrsite.views.log import LogRow, logged, newest_first, view_log
from okrsite.views.parts import view_link, view_people, view_person
from okrsite.views.room import MOST_BACKERS, MOST_FEEDBACK, MOST_TIES
from okrsite.views.rows import view_key_result_row, view_objective_row
from okrsite.views.team import team_crumbs
from okrsite.views.ties import TiesView, find_ties, view_ties
from okrsite.words import say_pace


@quick_dataclass(frozen=True, slots=True)
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
    backers: int
    """How many have voted for it, also where only the first are named."""
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
    all_check_ins: MoreView | None
    """Where all of these stand, if not here."""
    initiatives: tuple[InitiativeRow, ...]
    amendments: tuple[AmendmentRow, ...]
    incomplete: str
    """That amendments may be missing, or nothing."""
    original: str
    """``48 % of what was promised at first, 62 % as amended``; nothing without amendments."""
    feedback: tuple[FeedbackRow, ...]
    all_feedback: MoreView | None
    """Where all of it stands, if not here."""


def view_objective(context: Context, objective: Objective) -> ObjectiveView:
    """Return an objective's page."""
    row = view_objective_row(context, objective)
    pairs = zip(objective.key_results, _rows(context, objective, row), strict=True)
    shown = logged(objective, context.company.as_of)
    key_results = tuple(
        view_key_result(context, kr, of_row, shown.get(kr.ref.key_result, 0))
        for kr, of_row in pairs
    )
    page = urls.reference_url(context.company, objective.ref)
    check_ins = newest_first(objective.check_ins, context.company.as_of)
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
        votes=view_people(context, objective.votes[:MOST_BACKERS]),
        backers=len(objective.votes),
        continues=view_link(context, objective.continues, cycle) if objective.continues else None,
        cancelled_because=objective.cancelled_because,
        grade_note=objective.grade_note,
        ties=view_ties(context, find_ties(context, [objective]), urls.ties_url(page), MOST_TIES),
        cascade_url=_cascade_url(context, objective),
        key_results=key_results,
        log=view_log(context, check_ins[: shown.get("", 0)], objective),
        all_check_ins=_all_check_ins(context, page, len(check_ins), shown.get("", 0)),
        initiatives=tuple(view_initiative(context, i) for i in objective.initiatives),
        incomplete=say_incomplete(context),
        amendments=view_amendments(context, plan, objective) if plan else (),
        original=_original(context, objective),
        feedback=tuple(
            view_feedback(context, each)
            for each in find_feedback(context, objective.team, objective)[:MOST_FEEDBACK]
        ),
        all_feedback=view_all_feedback(context, objective.team, objective),
    )


def _original(context: Context, objective: Objective) -> str:
    """Return how far it is by what was promised at first, beside what is promised now."""
    promised = context.measures.original(objective.ref)
    if promised is None or objective.title_only:
        return ""
    words, now = context.words, context.measures.objective(objective.ref)
    there = {each.ref for each in objective.key_results}
    shares = {
        "original": words.percent(promised.progress),
        "now": words.percent(now.progress),
    }
    if all(each.ref in there for each in promised.key_results):
        return words.gettext("{original} of what was promised at first, {now} as amended", **shares)
    return words.gettext(
        "{original} of what was promised at first, where what is gone counts as nothing; "
        "{now} as amended",
        **shares,
    )


def _all_check_ins(context: Context, page: str, said: int, shown: int) -> MoreView | None:
    if shown == said:
        return None
    text = context.words.ngettext("All {n} value", "All {n} values", said)
    return MoreView(text, urls.check_ins_url(page))


def _rows(context: Context, objective: Objective, row: ObjectiveRow) -> Iterator[KeyResultRow]:
    """Yield the rows of all key results, of which a list shows only the first."""
    yield from row.key_results
    for key_result in objective.key_results[len(row.key_results) :]:
        measure = context.measures.key_result(key_result.ref)
        yield view_key_result_row(context, key_result, measure)


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
        actions += check_in_action(context, plan)
    actions += edit_action(context, objective.place.path)
    actions += discuss_action(context, str(ref))
    crumbs = owner_crumbs(context, ref.owner, objective.team, ref.cycle)
    return HeadView(objective.title, plain(objective.title), crumbs, tuple(actions))


def _cascade_url(context: Context, objective: Objective) -> str:
    path = context.cascade_path(objective.ref)
    return "" if path is None else urls.alignment_url(path, objective.ref)


def _runs(context: Context, cycle: str) -> bool:
    """Tell whether check-ins of a cycle are still taken: until its grading is due."""
    found, as_of = context.company.cycle(cycle), context.company.as_of
    return found.start <= as_of <= found.grading_due


def _origin(context: Context, origin: str) -> str:
    say = context.words.gettext
    return {"top-down": say("top-down"), "bottom-up": say("bottom-up")}.get(origin, origin)
