"""A cycle and an owner's measures of it → its clock and the strip of figures."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from okrsite import urls
from okrsite.measure import OwnerMeasure
from okrsite.model import Cycle, Phase
from okrsite.views.bars import percent_position
from okrsite.views.context import Context
from okrsite.views.fragments import ClockView, DateView, FactView, StripView
from okrsite.views.parts import confidence_of, view_counts, view_date
from okrsite.words import NONE, PHASE_WORDS


def view_clock(context: Context, cycle: Cycle) -> ClockView:
    """Return where today lies in a cycle, and what comes next."""
    words, as_of = context.words, context.company.as_of
    gone = Fraction((as_of - cycle.start).days + 1, cycle.days)
    inside = [day for day in cycle.reviews if cycle.start <= day <= cycle.end]
    return ClockView(
        cycle=cycle.name,
        url=urls.cycle_url(cycle.id),
        week=say_week(context, cycle),
        phase=words.gettext(PHASE_WORDS[cycle.phase(as_of)]),
        gone=percent_position(gone),
        marks=tuple(_position(cycle, day) for day in inside),
        dates=_coming(context, cycle),
        span=f"{words.date(cycle.start)} – {words.full_date(cycle.end)}",
    )


def say_week(context: Context, cycle: Cycle) -> str:
    """Return ``week 8 of 13``, or when the cycle starts or ended."""
    words, as_of = context.words, context.company.as_of
    phase = cycle.phase(as_of)
    if phase is Phase.UPCOMING:
        return words.gettext("starts {date}", date=words.date(cycle.start))
    if phase in (Phase.REVIEW, Phase.CLOSED):
        return words.gettext("ended {date}", date=words.date(cycle.end))
    return words.gettext("week {week} of {weeks}", week=cycle.week_of(as_of), weeks=cycle.weeks)


def view_strip(context: Context, cycle: Cycle, measure: OwnerMeasure) -> StripView:
    """Return an owner's figures in a cycle at a glance."""
    words = context.words
    expected = measure.expected
    label = words.gettext("progress")
    if expected is not None:
        share = words.percent(expected)
        label = words.gettext("progress · {share} expected", share=share)
    return StripView(
        clock=view_clock(context, cycle),
        progress=FactView(words.percent(measure.progress), label),
        confidence=_confidence(context, measure),
        counts=view_counts(context, measure.counts),
        counts_label=words.ngettext(
            "{n} key result", "{n} key results", sum(measure.counts.values())
        ),
        check_in=view_check_in_fact(context, cycle, measure),
    )


def next_check_in(context: Context, last: date | None) -> date:
    """Return the next check-in day of the company from today on, after the last one made."""
    as_of, weekday = context.company.as_of, context.company.rules.checkin_day
    day = as_of + timedelta(days=(weekday - as_of.weekday()) % 7)
    return day + timedelta(days=7) if last == day else day


def _confidence(context: Context, measure: OwnerMeasure) -> FactView:
    words = context.words
    view = confidence_of(context, measure.confidence, None)
    before = measure.confidence_before
    if measure.confidence is None or before is None:
        return FactView(view.value, words.gettext("confidence"))
    label = words.gettext("confidence · {before} last week", before=words.number(before))
    return FactView(view.value, label)


def view_check_in_fact(context: Context, cycle: Cycle, measure: OwnerMeasure) -> FactView:
    """Return when an owner last checked in, and how many are overdue or when the next is due."""
    words, as_of = context.words, context.company.as_of
    last = measure.last_check_in
    value = words.date(last) if last else NONE
    if cycle.phase(as_of) in (Phase.REVIEW, Phase.CLOSED, Phase.UPCOMING):
        return FactView(value, words.gettext("last check-in"))
    owing = sum(kr.owes for objective in measure.objectives for kr in objective.key_results)
    if owing:
        overdue = words.ngettext("{n} overdue", "{n} overdue", owing)
        label = words.gettext("last check-in · {overdue}", overdue=overdue)
        return FactView(value, label, warn=True)
    following = words.weekday(next_check_in(context, last))
    return FactView(value, words.gettext("last check-in · next {date}", date=following))


def _position(cycle: Cycle, day: date) -> str:
    return percent_position(Fraction((day - cycle.start).days + 1, cycle.days))


def _coming(context: Context, cycle: Cycle) -> tuple[tuple[str, DateView], ...]:
    """Return the next review and the day that grading is due, as far as they are to come."""
    say, as_of = context.words.gettext, context.company.as_of
    reviews = [day for day in cycle.reviews if day >= as_of][:1]
    coming = [(say("next review"), view_date(context, day)) for day in reviews]
    if cycle.grading_due >= as_of:
        coming.append((say("grading due"), view_date(context, cycle.grading_due)))
    return tuple(coming)
