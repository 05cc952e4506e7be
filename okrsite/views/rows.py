"""Objectives and key results with their measures → the rows that lists are made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from okrsite import urls
from okrsite.measure import KeyResultMeasure, ObjectiveMeasure
from okrsite.model import KeyResult, Objective, State
from okrsite.views.bars import objective_bar, view_bar
from okrsite.views.context import Context
from okrsite.views.fragments import BarView, KeyResultRow, MoreView, ObjectiveRow, PersonLink
from okrsite.views.parts import (
    confidence_of,
    first_person,
    view_badge,
    view_confidence,
    view_link,
    view_people,
    view_person,
)
from okrsite.views.room import MOST_KEY_RESULTS
from okrsite.words import NONE, STATE_WORDS, TYPE_WORDS

_NAMED_SUPPORTERS = 4
"""Teams that a row names before it only counts them."""


def view_objectives(
    context: Context, objectives: Iterable[Objective], *, with_team: bool = False
) -> tuple[ObjectiveRow, ...]:
    """Return the rows of objectives, in order."""
    return tuple(view_objective_row(context, o, with_team=with_team) for o in objectives)


def view_objective_row(
    context: Context, objective: Objective, *, with_team: bool = False
) -> ObjectiveRow:
    """Return an objective's row with its key results; only the title where no more may show."""
    key = objective.ref, with_team
    return context.rows.get(key, lambda: _objective_row(context, objective, with_team=with_team))


def _objective_row(context: Context, objective: Objective, *, with_team: bool) -> ObjectiveRow:
    team = view_person(context, objective.ref.owner) if with_team else None
    if objective.title_only:
        return _title_row(context, objective, team)
    measure, words = context.measures.objective(objective.ref), context.words
    rows = zip(
        objective.key_results[:MOST_KEY_RESULTS],
        measure.key_results[:MOST_KEY_RESULTS],
        strict=True,
    )
    return ObjectiveRow(
        anchor=objective.ref.objective,
        url=urls.reference_url(context.company, objective.ref),
        title=objective.title,
        kind=words.gettext(TYPE_WORDS[objective.type]),
        owners=view_people(context, objective.owners),
        team=team,
        supports=tuple(
            view_link(context, link, objective.ref.cycle) for link in objective.supports
        ),
        supporters=_supporters(context, objective),
        progress=words.percent(measure.progress),
        expected=say_expected(context, measure.expected),
        measured=say_measured(context, measure),
        badge=view_badge(context, measure),
        confidence=confidence_of(
            context, measure.confidence, measure.confidence_before, _mean_history(measure)
        ),
        bar=_own_bar(context, objective, measure),
        key_results=tuple(view_key_result_row(context, kr, m) for kr, m in rows),
        state=view_state(context, objective.state),
        grade=view_grade(context, measure.grade),
        more=_more(context, objective),
    )


def _more(context: Context, objective: Objective) -> MoreView | None:
    left = len(objective.key_results) - MOST_KEY_RESULTS
    if left <= 0:
        return None
    text = context.words.ngettext("and {n} more key result", "and {n} more key results", left)
    return MoreView(text, urls.reference_url(context.company, objective.ref))


def view_key_result_row(
    context: Context, key_result: KeyResult, measure: KeyResultMeasure
) -> KeyResultRow:
    """Return a key result's row."""
    return KeyResultRow(
        anchor=key_result.ref.key_result,
        url=urls.reference_url(context.company, key_result.ref),
        title=key_result.title,
        priority=key_result.priority,
        owner=first_person(context, key_result.owners),
        bar=view_bar(context, key_result, measure),
        progress=context.words.percent(measure.progress),
        badge=view_badge(context, measure),
        confidence=view_confidence(context, measure),
        state=view_state(context, key_result.state),
    )


def view_state(context: Context, state: State) -> str:
    """Return the word of a state other than active, else nothing."""
    return "" if state is State.ACTIVE else context.words.gettext(STATE_WORDS[state])


def view_grade(context: Context, grade: Decimal | Fraction | None) -> str:
    """Return a grade in digits, or nothing where none was given."""
    return "" if grade is None else context.words.grade(grade)


def say_expected(context: Context, expected: Fraction | None) -> str:
    """Return ``58 % expected``, or nothing."""
    if expected is None:
        return ""
    return context.words.gettext("{share} expected", share=context.words.percent(expected))


def say_measured(context: Context, measure: ObjectiveMeasure) -> str:
    """Return ``2 of 3 measured`` where a mean leaves something out, else nothing."""
    if measure.measured == measure.of or not measure.measured:
        return ""
    return context.words.gettext(
        "{measured} of {of} measured", measured=measure.measured, of=measure.of
    )


def _title_row(context: Context, objective: Objective, team: PersonLink | None) -> ObjectiveRow:
    visible = [
        view_key_result_row(context, kr, context.measures.key_result(kr.ref))
        for kr in objective.key_results[:MOST_KEY_RESULTS]
    ]
    return ObjectiveRow(
        anchor=objective.ref.objective,
        url=urls.reference_url(context.company, objective.ref),
        title=objective.title,
        kind="",
        owners=(),
        team=team,
        supports=(),
        supporters="",
        progress=NONE,
        expected="",
        measured="",
        badge=None,
        confidence=None,
        bar=None,
        key_results=tuple(visible),
        more=_more(context, objective),
    )


def _own_bar(context: Context, objective: Objective, measure: ObjectiveMeasure) -> BarView | None:
    return None if objective.key_results else objective_bar(context, measure)


def _mean_history(measure: ObjectiveMeasure) -> list[Fraction]:
    """Return the mean of its key results' confidence at each day that any of them named one."""
    said: dict[date, list[tuple[int, Fraction]]] = {}
    for place, key_result in enumerate(kr for kr in measure.key_results if kr.active):
        for day, value in key_result.confidence_history:
            said.setdefault(day, []).append((place, value))
    newest: dict[int, Fraction] = {}
    means = []
    for day in sorted(said):
        newest |= dict(said[day])
        means.append(sum(newest.values(), Fraction(0)) / len(newest))
    return means


def _supporters(context: Context, objective: Objective) -> str:
    """Return who works towards an objective or its key results, and how far they are."""
    company, words = context.company, context.words
    refs = [objective.ref, *(kr.ref for kr in objective.key_results)]
    supporters = {o.ref: o for ref in refs for o in company.supporters(ref)}
    if not supporters:
        return ""
    owners = list(
        dict.fromkeys(view_person(context, o.ref.owner).name for o in supporters.values())
    )
    if len(owners) > _NAMED_SUPPORTERS:
        named = words.ngettext("{n} team", "{n} teams", len(owners))
    else:
        named = words.list(owners)
    mean = context.measures.support_mean(objective.ref)
    if mean.value is None:
        return words.gettext("supported by {names}", names=named)
    share = words.percent(mean.value)
    return words.gettext("supported by {names} ({share})", names=named, share=share)
