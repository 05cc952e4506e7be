"""Model and measures → the small shared parts: people, dates, badges, confidence, links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from okrsite import urls
from okrsite.measure import KeyResultMeasure, ObjectiveMeasure, confidence_colour
from okrsite.model import Link, Objective, Reference, Status
from okrsite.views.context import Context
from okrsite.views.fragments import (
    BadgeView,
    ConfidenceView,
    CountView,
    DateView,
    LinkView,
    MarkView,
    PersonLink,
    SparkView,
)
from okrsite.words import NONE, STATUS_WORDS, say_because

COUNT_ORDER = (
    Status.ON_TRACK,
    Status.AT_RISK,
    Status.OFF_TRACK,
    Status.OUTDATED,
    Status.UNKNOWN,
    Status.NOT_STARTED,
    Status.ACHIEVED,
    Status.MISSED,
    Status.PAUSED,
    Status.CANCELLED,
)
"""The order in which counts of statuses stand beside each other."""
_SPARK = (36, 12)


def view_date(context: Context, day: date) -> DateView:
    """Return a day in words."""
    if day not in context.days:
        words = context.words
        context.days[day] = DateView(words.date(day), day.isoformat(), words.relative(day))
    return context.days[day]


def view_person(context: Context, id: str) -> PersonLink:
    """Return a link to the person or team with an id; a bare name where there is neither."""
    if id not in context.named:
        context.named[id] = _named(context, id)
    return context.named[id]


def _named(context: Context, id: str) -> PersonLink:
    company = context.company
    if person := company.person(id):
        away = person.is_away(company.as_of)
        return PersonLink(person.name, urls.person_url(id), away)
    if team := company.team(id):
        return PersonLink(team.title, urls.team_url(id))
    return PersonLink(id, "")


def view_people(context: Context, ids: Iterable[str]) -> tuple[PersonLink, ...]:
    """Return links to people and teams, in order."""
    return tuple(view_person(context, id) for id in ids if id)


def first_person(context: Context, ids: tuple[str, ...]) -> PersonLink | None:
    """Return a link to the one who answers, or None."""
    return view_person(context, ids[0]) if ids else None


def plain_badge(context: Context, status: Status, because: str = "") -> BadgeView:
    """Return the badge of a status."""
    return BadgeView(status.value, context.words.gettext(STATUS_WORDS[status]), because)


def view_badge(context: Context, measure: KeyResultMeasure | ObjectiveMeasure) -> BadgeView:
    """Return the badge of something measured, with its because and its marks."""
    because = say_because(context.words, measure.because, context.company)
    badge = plain_badge(context, measure.status, because)
    return BadgeView(badge.status, badge.word, because, _marks(context, measure))


def view_confidence(context: Context, measure: KeyResultMeasure) -> ConfidenceView:
    """Return a key result's confidence, its trend and the line through its last values."""
    values = [value for _, value in measure.confidence_history]
    return confidence_of(context, measure.confidence, measure.confidence_before, values)


def confidence_of(
    context: Context,
    value: Fraction | None,
    before: Fraction | None,
    history: list[Fraction] | None = None,
) -> ConfidenceView:
    """Return a confidence from 0 to 10, compared to the one before it."""
    words = context.words
    if value is None:
        return ConfidenceView(NONE, Status.UNKNOWN.value, spoken=words.gettext("no confidence"))
    colour = confidence_colour(value)
    number = words.number(value)
    if before is None:
        spoken = words.gettext("confidence {value} of 10", value=number)
        return ConfidenceView(number, colour.value, "", spoken, _spark(history, colour))
    spoken = words.gettext(
        "confidence {value} of 10, {before} before", value=number, before=words.number(before)
    )
    trend = "flat" if value == before else "up" if value > before else "down"
    return ConfidenceView(number, colour.value, trend, spoken, _spark(history, colour))


def view_counts(
    context: Context, counts: Mapping[Status, int], url: str = ""
) -> tuple[CountView, ...]:
    """Return counts of statuses in their fixed order, without those that do not occur.

    With the address of a cycle's page each leads to the list of what it counts.
    """
    words = context.words
    return tuple(
        CountView(
            status.value,
            words.gettext(STATUS_WORDS[status]),
            counts[status],
            f"{url}#{urls.status_anchor(status.value)}" if url else "",
        )
        for status in COUNT_ORDER
        if counts.get(status)
    )


def view_link(context: Context, link: Link, cycle: str) -> LinkView:
    """Return what an objective of a cycle supports or depends on; no name where restricted."""
    if link.target is None:
        return LinkView("", "", None, restricted=True)
    return reference_link(context, link.target, cycle)


def reference_link(context: Context, ref: Reference, cycle: str = "") -> LinkView:
    """Return a link to an objective, a key result or a standing priority, with how it stands.

    Its cycle is named where it is not `cycle`: by default the shortest of the current ones.
    """
    here = cycle or context.now
    return context.links.get((ref, here), lambda: _reference_link(context, ref, here))


def _reference_link(context: Context, ref: Reference, here: str) -> LinkView:
    company, words = context.company, context.words
    url, owner = urls.reference_url(company, ref), view_person(context, ref.owner)
    other = company.cycle(ref.cycle).name if ref.cycle and ref.cycle != here else ""
    if key_result := company.key_result(ref):
        of_key_result = context.measures.key_result(ref)
        badge, progress = view_badge(context, of_key_result), words.percent(of_key_result.progress)
        return LinkView(key_result.title, url, owner, progress, badge, cycle=other)
    objective = company.objective(ref)
    if objective is None:
        return LinkView(_priority_title(context, ref), url, owner)
    if objective.title_only:
        return LinkView(objective.title, url, owner, cycle=other)
    measure = context.measures.objective(ref)
    badge, progress = view_badge(context, measure), words.percent(measure.progress)
    return LinkView(objective.title, url, owner, progress, badge, cycle=other)


def title_link(context: Context, ref: Reference) -> LinkView:
    """Return a link to an objective or key result by its title, without how it stands."""
    company = context.company
    item = company.item(ref)
    title = item.title if item else str(ref)
    return LinkView(title, urls.reference_url(company, ref), view_person(context, ref.owner))


def title_of(context: Context, ref: Reference) -> str:
    """Return the title of an objective or key result; whoever asks notes what it stands in."""
    company = context.unwatched
    item = company.item(ref)
    return item.title if item else str(ref)


def objective_links(
    context: Context, objectives: Iterable[Objective], cycle: str
) -> tuple[LinkView, ...]:
    """Return links to objectives, with how they stand."""
    return tuple(reference_link(context, objective.ref, cycle) for objective in objectives)


def _priority_title(context: Context, ref: Reference) -> str:
    team = context.company.team(ref.owner)
    titles = {priority.id: priority.title for priority in team.priorities} if team else {}
    return titles.get(ref.objective, str(ref))


def _marks(context: Context, measure: KeyResultMeasure | ObjectiveMeasure) -> tuple[MarkView, ...]:
    say, marks = context.words.gettext, []
    if measure.watermelon:
        text = say("Green outside, red inside: its pace is off track")
        marks.append(MarkView("watermelon", say("watermelon"), text))
    if measure.gloomier:
        text = say("Judged worse than its numbers, which are on track")
        marks.append(MarkView("gloomier", say("gloomier than its numbers"), text))
    if isinstance(measure, KeyResultMeasure) and measure.away:
        marks.append(MarkView("away", say("away"), say("Its owner is away")))
    return tuple(marks)


def _spark(history: list[Fraction] | None, colour: Status) -> SparkView | None:
    """Return a line through up to twelve values of 0 to 10; none for fewer than two."""
    values = (history or [])[-12:]
    if len(values) < 2:
        return None
    width, height = _SPARK
    step, tenth = (width - 2) / (len(values) - 1), (height - 2) / 10
    points = (
        f"{1 + index * step:.3g},{1 + (10 - value.numerator / value.denominator) * tenth:.3g}"
        for index, value in enumerate(values)
    )
    return SparkView(colour.value, " ".join(points))
