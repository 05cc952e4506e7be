"""A cycle → the list of everything that is wanted in it: objectives and key results, to be sorted.

It is split by department past 200 rows. What it shows of a plan is kept until that plan changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from okrsite import urls
from okrsite.measure import KeyResultMeasure, ObjectiveMeasure
from okrsite.model import Cycle, KeyResult, Objective, Plan, Reference
from okrsite.model.quick import quick_dataclass
from okrsite.views.context import Context
from okrsite.views.fragments import BadgeView, Crumb, HeadView, PartRow, PersonLink
from okrsite.views.parting import cycles_crumb, part_head, part_rows, reference_name
from okrsite.views.parts import plain_badge, view_people, view_person
from okrsite.views.rows import view_grade, view_state
from okrsite.views.split import Part, split_rows
from okrsite.words import KIND_WORDS, NONE, TYPE_WORDS

_KIND = "okrs"
"""Under which name it is kept of each plan."""


@quick_dataclass(frozen=True, slots=True)
class OkrRow:
    """An objective or a key result."""

    ref: str
    is_objective: bool
    title: str
    """Inline Markdown."""
    url: str
    team: PersonLink
    """Whose plan it stands in."""
    owners: tuple[PersonLink, ...]
    type: str
    """Of an objective its type, of a key result its kind."""
    tags: tuple[str, ...]
    badge: BadgeView | None
    """None where only the title may be shown."""
    state: str
    """``proposed`` and the like, where it is not active."""
    progress: str
    progress_number: str
    """The same to be sorted by; nothing where there is none."""
    confidence: str
    grade: str
    """Nothing before it is graded."""


@quick_dataclass(frozen=True, slots=True)
class OkrsView:
    """All that the list of a cycle's OKRs may show: of the whole company, or of a department."""

    head: HeadView
    departments: tuple[PartRow, ...]
    """Those whose OKRs stand on their own pages, past 200 rows."""
    rows: tuple[OkrRow, ...]
    """Each objective before its key results."""
    graded: bool
    """Whether anything on the page has a grade."""


def okr_parts(context: Context, cycle: Cycle) -> Part[Reference]:
    """Return the pages of the list of a cycle's objectives and key results."""
    rows = (
        ((objective.team,), item.ref)
        for plan in context.unwatched.plans_in(cycle.id)
        for objective in plan.objectives
        for item in objective.items()
    )
    return split_rows(context.unwatched, rows)


def view_okrs(
    context: Context, cycle: Cycle, part: Part[Reference], above: tuple[Part[Reference], ...] = ()
) -> OkrsView:
    """Return a page of the list of a cycle's objectives and key results."""
    say = context.words.gettext
    context.watch.note("items", cycle.id)
    rows = tuple(_rows(context, part))
    title = say("All OKRs, {cycle}", cycle=cycle.name)
    crumb = Crumb(title, urls.okrs_url(cycle.id))
    lead = say("Objectives and key results, to be narrowed down and sorted.")
    way = (cycles_crumb(context), Crumb(cycle.name, urls.cycle_url(cycle.id)))
    name_of = reference_name(context)
    return OkrsView(
        head=part_head(context, crumb, part, above, lead, name_of, way),
        departments=part_rows(context, part, crumb.url, name_of),
        rows=rows,
        graded=any(row.grade for row in rows),
    )


def _rows(context: Context, part: Part[Reference]) -> Iterator[OkrRow]:
    """Yield the rows of a page, by plan."""
    wanted = {str(ref) for ref in part.rows}
    for owner, cycle in dict.fromkeys((ref.owner, ref.cycle) for ref in part.rows):
        plan = context.company.plan(owner, cycle)
        if plan is not None:
            yield from (row for row in _of_plan(context, plan) if row.ref in wanted)
    context.by_plan.save(_KIND)


def _of_plan(context: Context, plan: Plan) -> tuple[OkrRow, ...]:
    context.watch.note("plan", plan.owner, plan.cycle)

    def view() -> tuple[OkrRow, ...]:
        return tuple(row for objective in plan.objectives for row in _of(context, objective))

    return context.by_plan.get(_KIND, plan, tuple[OkrRow, ...], view)


def _of(context: Context, objective: Objective) -> Iterator[OkrRow]:
    type = context.words.gettext(TYPE_WORDS[objective.type])
    if objective.title_only:
        yield _row(context, objective, "", None)
    else:
        yield _row(context, objective, type, context.measures.objective(objective.ref))
    for key_result in objective.key_results:
        kind = context.words.gettext(KIND_WORDS[key_result.kind])
        yield _row(context, key_result, kind, context.measures.key_result(key_result.ref))


def _row(
    context: Context,
    item: Objective | KeyResult,
    type: str,
    measure: ObjectiveMeasure | KeyResultMeasure | None,
) -> OkrRow:
    words = context.words
    progress = measure.progress if measure else None
    confidence = measure.confidence if measure else None
    return OkrRow(
        ref=str(item.ref),
        is_objective=isinstance(item, Objective),
        title=item.title,
        url=urls.reference_url(context.company, item.ref),
        team=view_person(context, item.ref.owner),
        owners=view_people(context, item.owners) if measure else (),
        type=type,
        tags=item.tags if measure else (),
        badge=plain_badge(context, measure.status) if measure else None,
        state=view_state(context, item.state) if measure else "",
        progress=words.percent(progress),
        progress_number=_number(progress),
        confidence=NONE if confidence is None else words.number(confidence),
        grade=view_grade(context, measure.grade) if measure else "",
    )


def _number(share: Fraction | None) -> str:
    return "" if share is None else f"{float(share):.4f}"
