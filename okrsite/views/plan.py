"""A team's or person's plan → the permanent record of its cycle."""

from __future__ import annotations

from collections.abc import Sequence

from okrsite import urls
from okrsite.model import CycleState, Objective, Plan
from okrsite.model.quick import quick_dataclass
from okrsite.prose import plain
from okrsite.views.actions import check_in_action, discuss_action, edit_action
from okrsite.views.amendments import say_incomplete, view_amendments
from okrsite.views.attention import view_attention
from okrsite.views.charts import view_trends
from okrsite.views.clock import view_strip
from okrsite.views.context import Context
from okrsite.views.fragments import (
    ActionView,
    AmendmentRow,
    AttentionRow,
    ChartView,
    HeadView,
    MoreView,
    ObjectiveRow,
    StripView,
)
from okrsite.views.objective import owner_crumbs
from okrsite.views.parts import view_person
from okrsite.views.room import stretches
from okrsite.views.rows import view_grade, view_objectives
from okrsite.views.weekly import HealthRow, view_health


@quick_dataclass(frozen=True, slots=True)
class GradeRow:
    """What one objective ended with, and why."""

    title: str
    """Inline Markdown."""
    url: str
    grade: str
    note: str
    """Markdown."""
    key_results: tuple[tuple[str, str, str], ...]
    """Title (inline Markdown), grade, note (Markdown)."""


@quick_dataclass(frozen=True, slots=True)
class RetrospectiveView:
    """What a team learned from a cycle: headings with their sentences (inline Markdown)."""

    parts: tuple[tuple[str, tuple[str, ...]], ...]


@quick_dataclass(frozen=True, slots=True)
class PlanPageView:
    """All that the page of one owner's cycle may show."""

    head: HeadView
    strip: StripView
    grade: str
    grade_note: str
    """Markdown."""
    empty: str
    objectives: tuple[ObjectiveRow, ...]
    more: MoreView | None
    """Where the rest of a long plan goes on."""
    grades: tuple[GradeRow, ...]
    """Of a closed cycle."""
    retrospective: RetrospectiveView | None
    attention: tuple[AttentionRow, ...]
    health: tuple[HealthRow, ...]
    chart: ChartView | None
    amendments: tuple[AmendmentRow, ...]
    incomplete: str
    """That amendments may be missing, or nothing."""
    before: tuple[str, str]
    """Name and address of the owner's cycle before this one; empty where there is none."""
    after: tuple[str, str]
    prose: str
    """Markdown."""
    source: str
    """The file that its Markdown stands in, which names pictures relative to itself."""


def view_plan_page(context: Context, plan: Plan) -> PlanPageView:
    """Return the page of an owner's cycle."""
    company, words = context.company, context.words
    cycle, measure = company.cycle(plan.cycle), context.measure_of(plan)
    closed = cycle.state(company.as_of) is CycleState.CLOSED
    empty = "" if plan.objectives else words.gettext("No objectives are set for this cycle.")
    before, after = _neighbours(context, plan)
    first = stretches(plan.objectives)[0]
    shown = [o for o in plan.objectives if not o.title_only]
    title = words.gettext("Confidence and progress")
    weeks = context.measures.weeks(plan.owner, plan.cycle)
    return PlanPageView(
        head=_head(context, plan),
        strip=view_strip(context, cycle, measure),
        grade=view_grade(context, measure.grade),
        grade_note=plan.grade_note if closed else "",
        empty=empty,
        objectives=view_objectives(context, first),
        more=_more(context, plan, len(plan.objectives) - len(first)),
        grades=_grades(context, first) if closed else (),
        retrospective=view_retrospective(context, plan) if closed else None,
        attention=() if closed else view_attention(context, shown, most=6),
        health=view_health(context, [plan]),
        chart=view_trends(context, title, "trend", cycle, weeks),
        incomplete=say_incomplete(context),
        amendments=view_amendments(context, plan),
        before=before,
        after=after,
        prose=plan.prose,
        source=plan.place.path,
    )


def _head(context: Context, plan: Plan) -> HeadView:
    company = context.company
    owner, cycle = view_person(context, plan.owner), company.cycle(plan.cycle)
    actions: list[ActionView] = []
    if cycle.start <= company.as_of <= cycle.grading_due and plan.objectives:
        actions += check_in_action(context, plan)
    actions += edit_action(context, plan.place.path)
    actions += discuss_action(context, f"{plan.owner}@{plan.cycle}")
    title = context.words.gettext("{owner}, {cycle}", owner=owner.name, cycle=cycle.name)
    crumbs = owner_crumbs(context, plan.owner, plan.team)
    return HeadView(title, plain(title), crumbs, tuple(actions))


def _neighbours(context: Context, plan: Plan) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the owner's plans before and after this one, among cycles of its kind of length."""
    company = context.company
    length = company.cycle(plan.cycle).days
    alike = [
        other.cycle
        for other in company.plans_of(plan.owner)
        if abs(company.cycle(other.cycle).days - length) <= length // 2
    ]
    alike.sort(key=lambda cycle: company.cycle(cycle).start)
    here = alike.index(plan.cycle)

    def named(id: str) -> tuple[str, str]:
        return company.cycle(id).name, urls.plan_url(company, plan.owner, id)

    before = named(alike[here - 1]) if here else ("", "")
    return before, named(alike[here + 1]) if here + 1 < len(alike) else ("", "")


def _more(context: Context, plan: Plan, left: int) -> MoreView | None:
    if not left:
        return None
    text = context.words.ngettext("and {n} more objective", "and {n} more objectives", left)
    page = urls.plan_url(context.company, plan.owner, plan.cycle)
    return MoreView(text, page + urls.stretch_path(2))


def _grades(context: Context, objectives: Sequence[Objective]) -> tuple[GradeRow, ...]:
    """Return what was graded or noted, objective by objective."""
    rows = []
    for objective in objectives:
        if objective.title_only:
            continue
        measure = context.measures.objective(objective.ref)
        key_results = tuple(
            (kr.title, view_grade(context, kr.grade), kr.grade_note)
            for kr in objective.key_results
            if kr.grade is not None or kr.grade_note
        )
        if measure.grade is None and not key_results and not objective.grade_note:
            continue
        url = urls.reference_url(context.company, objective.ref)
        grade = view_grade(context, measure.grade)
        rows.append(GradeRow(objective.title, url, grade, objective.grade_note, key_results))
    return tuple(rows)


def view_retrospective(context: Context, plan: Plan) -> RetrospectiveView | None:
    """Return what a plan says was learned, or None."""
    said, say = plan.retrospective, context.words.gettext
    if said is None:
        return None
    parts = (
        (say("Went well"), said.went_well),
        (say("To improve"), said.to_improve),
        (say("Learned"), said.learned),
        (say("Next"), said.next),
    )
    return RetrospectiveView(tuple((name, said) for name, said in parts if said))
