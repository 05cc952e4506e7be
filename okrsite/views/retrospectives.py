"""Retrospectives of a closed cycle → side by side, with what the following plans took up."""

from __future__ import annotations

from okrsite import urls
from okrsite.measure import Lesson, find_lessons
from okrsite.model import Plan
from okrsite.model.quick import quick_dataclass
from okrsite.views.context import Context
from okrsite.views.fragments import LinkView
from okrsite.views.parts import title_of, view_person
from okrsite.views.plan import view_retrospective


@quick_dataclass(frozen=True, slots=True)
class LessonRow:
    """What a team wanted to do next, and where the following plan speaks of it."""

    text: str
    """Inline Markdown."""
    state: str
    """``found``, ``missing``, or ``unknown`` while no plan has followed."""
    link: LinkView | None
    """What of the plan speaks of it."""
    why: str
    """``quoted``, or which words they share; or that none does."""


@quick_dataclass(frozen=True, slots=True)
class TeamRetrospective:
    """A team's retrospective, beside the others'."""

    name: str
    url: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    """Headings with their sentences (inline Markdown), without what is next."""
    lessons: tuple[LessonRow, ...]
    followed: str
    """``Next, and the plan for 2026-Q4``, or that none has followed yet."""


@quick_dataclass(frozen=True, slots=True)
class RetrospectivesView:
    """The retrospectives of a cycle, and how many lessons left words in the following plans."""

    teams: tuple[TeamRetrospective, ...]
    said: str
    """``19 of 28 lessons left their words in the plan that followed``, or nothing."""
    rule: str
    """What counts, and what it does not tell."""


def view_retrospectives(context: Context, plans: list[Plan]) -> RetrospectivesView | None:
    """Return the retrospectives of some plans of a closed cycle; None without any."""
    words = context.words
    teams = tuple(_team(context, plan) for plan in plans if view_retrospective(context, plan))
    if not teams:
        return None
    lessons = [row for team in teams for row in team.lessons if row.state != "unknown"]
    found = sum(row.state == "found" for row in lessons)
    said = words.ngettext(
        "{found} of {n} lesson left its words in the plan that followed.",
        "{found} of {n} lessons left their words in the plan that followed.",
        len(lessons),
        found=found,
    )
    rule = words.gettext(
        "A lesson is marked where one text of the team's next plan of the same length quotes it, "
        "or shares at least half of its words, two at the least. Short words, those such as "
        "‘with’ and ‘that’, and endings do not count. That tells of words, not of deeds: a lesson "
        "may live on in others."
    )
    return RetrospectivesView(teams, said if lessons else "", rule if lessons else "")


def _team(context: Context, plan: Plan) -> TeamRetrospective:
    say, said = context.words.gettext, plan.retrospective
    parts = (
        (say("Went well"), said.went_well if said else ()),
        (say("To improve"), said.to_improve if said else ()),
        (say("Learned"), said.learned if said else ()),
    )
    lessons = said.next if said else ()
    following = _following(context, plan)
    return TeamRetrospective(
        name=view_person(context, plan.owner).name,
        url=urls.plan_url(context.company, plan.owner, plan.cycle),
        parts=tuple((name, sentences) for name, sentences in parts if sentences),
        lessons=_lessons(context, lessons, following),
        followed=_say_followed(context, following) if lessons else "",
    )


def _following(context: Context, plan: Plan) -> Plan | None:
    """Return the owner's next plan for a cycle of the same length.

    Its texts are noted, not the plan: what is checked in about it changes no lesson.
    """
    context.watch.note("structure")
    company = context.unwatched
    cycle = company.cycle(plan.cycle)
    later = [
        other
        for other in company.plans_of(plan.owner)
        if company.cycle(other.cycle).weeks == cycle.weeks
        and company.cycle(other.cycle).start > cycle.end
    ]
    following = min(later, key=lambda other: company.cycle(other.cycle).start, default=None)
    if following:
        context.watch.note("texts", following.owner, following.cycle)
    return following


def _say_followed(context: Context, following: Plan | None) -> str:
    say = context.words.gettext
    if following is None:
        return say("Next · no plan has followed yet")
    name = context.company.cycle(following.cycle).name
    return say("Next · in the plan for {cycle}?", cycle=name)


def _lessons(
    context: Context, lessons: tuple[str, ...], following: Plan | None
) -> tuple[LessonRow, ...]:
    if following is None:
        return tuple(LessonRow(lesson, "unknown", None, "") for lesson in lessons)
    return tuple(_row(context, following, each) for each in find_lessons(lessons, following))


def _row(context: Context, following: Plan, lesson: Lesson) -> LessonRow:
    words = context.words
    if not lesson.found:
        return LessonRow(lesson.text, "missing", None, words.gettext("not found in its words"))
    why = words.gettext("quoted")
    if not lesson.quoted:
        why = words.gettext("shares {words}", words=words.list(lesson.shared))
    if lesson.about is None:
        url = urls.plan_url(context.company, following.owner, following.cycle)
        return LessonRow(lesson.text, "found", LinkView(words.gettext("the plan"), url, None), why)
    url = urls.reference_url(context.company, lesson.about)
    return LessonRow(
        lesson.text, "found", LinkView(title_of(context, lesson.about), url, None), why
    )
