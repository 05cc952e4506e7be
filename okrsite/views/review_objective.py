"""An objective under review → its screen: how it stands, how it stood, what was said of it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from okrsite import urls
from okrsite.measure import KeyResultMeasure, Measures, ObjectiveMeasure
from okrsite.model import CheckIn, KeyResult, Objective, Plan, Reference
from okrsite.model.quick import quick_dataclass
from okrsite.prose import plain
from okrsite.views.actions import question_actions
from okrsite.views.bars import objective_bar
from okrsite.views.context import Context
from okrsite.views.fragments import (
    ActionView,
    BarView,
    DateView,
    KeyResultRow,
    NoteView,
    ObjectiveRow,
    PersonLink,
)
from okrsite.views.log import view_notes
from okrsite.views.parts import view_date, view_person
from okrsite.views.rows import view_objective_row
from okrsite.views.weekly import newest_words
from okrsite.words import NONE

Ask = Callable[[Reference], ActionView | None]
"""Gives the link that asks about something."""


@quick_dataclass(frozen=True, slots=True)
class Said:
    """What somebody last said of something, in words."""

    date: DateView
    by: PersonLink | None
    notes: tuple[NoteView, ...]
    """A note, a blocker, a decision, an ask."""


@quick_dataclass(frozen=True, slots=True)
class ReviewedKeyResult:
    """A key result on its objective's screen."""

    row: KeyResultRow
    plain_title: str
    confidence_then: str
    """At the last review, where it was another; else nothing."""
    said: Said | None
    question: ActionView | None
    """Where a question about it is written; None where no repository is known."""


@quick_dataclass(frozen=True, slots=True)
class ReviewedObjective:
    """One objective's screen."""

    anchor: str
    row: ObjectiveRow
    plain_title: str
    cycle: str
    """Its cycle's name where that is not the one that is reviewed."""
    bar: BarView | None
    progress: str
    """``44 % → 52 %``: at the last review, where that was another, and now."""
    confidence_then: str
    said: Said | None
    question: ActionView | None
    """About the objective as a whole."""
    key_results: tuple[ReviewedKeyResult, ...]


def view_reviewed(
    context: Context, objective: Objective, then: Measures, reviewed: Plan
) -> ReviewedObjective:
    """Return an objective's screen in the review of a plan, beside how it stood on another day."""
    company, words, ref = context.company, context.words, objective.ref
    row = view_objective_row(context, objective)
    plan = company.plan(ref.owner, ref.cycle) or reviewed
    ask = question_actions(context, plan)
    pairs = zip(objective.key_results, row.key_results, strict=False)
    measure = None if objective.title_only else context.measures.objective(ref)
    return ReviewedObjective(
        anchor=urls.node_anchor(ref),
        row=row,
        plain_title=plain(objective.title),
        cycle="" if ref.cycle == reviewed.cycle else company.cycle(ref.cycle).name,
        bar=objective_bar(context, measure) if measure and objective.key_results else None,
        progress=then_and_now(words.percent(_progress(then, measure)), row.progress),
        confidence_then=_then(context, then, measure),
        said=_said(context, objective.check_ins),
        question=ask(ref) if measure else None,
        key_results=tuple(_key_result(context, kr, of, then, ask) for kr, of in pairs),
    )


def _key_result(
    context: Context, key_result: KeyResult, row: KeyResultRow, then: Measures, ask: Ask
) -> ReviewedKeyResult:
    ref = key_result.ref
    return ReviewedKeyResult(
        row=row,
        plain_title=plain(key_result.title),
        confidence_then=_then(context, then, context.measures.key_result(ref)),
        said=_said(context, key_result.check_ins),
        question=ask(ref),
    )


def _said(context: Context, check_ins: tuple[CheckIn, ...]) -> Said | None:
    """Return the newest words about something; None where the newest check-in has none."""
    for check_in in newest_words(context, check_ins)[:1]:
        if notes := view_notes(context, check_in):
            by = view_person(context, check_in.by) if check_in.by else None
            return Said(view_date(context, check_in.date), by, notes)
    return None


def _progress(then: Measures, now: ObjectiveMeasure | None) -> Fraction | None:
    return then.standing(now.ref).progress if now else None


def _then(context: Context, then: Measures, now: ObjectiveMeasure | KeyResultMeasure | None) -> str:
    """Return the confidence of another day where it is known and was another, else nothing."""
    before = then.standing(now.ref).confidence if now else None
    if now is None or before is None or now.confidence is None:
        return ""
    was = context.words.number(before)
    return "" if was == context.words.number(now.confidence) else was


def then_and_now(then: str, now: str) -> str:
    """Return ``44 % → 52 %``, or only what is true today where it was the same or is not known."""
    return now if then in (now, NONE) else f"{then} → {now}"
