"""A team's plans under review → its screens: what changed, its objectives, what others say."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from okrsite import urls
from okrsite.changes.since import last_review
from okrsite.measure import Measures
from okrsite.model import Plan
from okrsite.model.quick import quick_dataclass
from okrsite.views.amendments import view_amendments
from okrsite.views.clock import view_check_in_fact
from okrsite.views.context import Context
from okrsite.views.feedback import view_all_feedback, view_feedback
from okrsite.views.fragments import (
    AmendmentRow,
    BadgeView,
    ChangeRow,
    CountView,
    FactView,
    FeedbackRow,
    MoreView,
    PersonLink,
    WinView,
)
from okrsite.views.parts import plain_badge, view_counts, view_person
from okrsite.views.review_news import view_moves
from okrsite.views.review_objective import ReviewedObjective, then_and_now, view_reviewed
from okrsite.views.review_order import Stop, said_in
from okrsite.views.room import MOST_FEEDBACK
from okrsite.views.weekly import AskView, view_ask, view_said, view_wins
from okrsite.words import NONE

_MOST_MOVES, _MOST_AMENDMENTS, _MOST_WORDS, _MOST_WINS = 6, 3, 4, 3
"""Lines of each kind that a screen has room for."""


@quick_dataclass(frozen=True, slots=True)
class TeamReview:
    """All screens of one team in a review."""

    turn: str
    """The anchor around all of them."""
    anchor: str
    """That of the first."""
    team: PersonLink
    above: tuple[PersonLink, ...]
    """The departments that it belongs to."""
    lead: PersonLink | None
    cycle: str
    address: str
    """The absolute address of the team's page, for paper; empty where nobody said."""
    badge: BadgeView | None
    progress: FactView
    confidence: FactView
    counts: tuple[CountView, ...]
    counts_label: str
    check_in: FactView
    asks: tuple[AskView, ...]
    blockers: tuple[AskView, ...]
    decisions: tuple[AskView, ...]
    """Those taken since the last review."""
    since: str
    """``Since the review of 14 Oct``."""
    moves: tuple[ChangeRow, ...]
    """Objectives and key results that stand otherwise than then, what fell behind first."""
    moves_left: str
    """How many moved less, or nothing."""
    amendments: tuple[AmendmentRow, ...]
    wins: tuple[WinView, ...]
    objectives: tuple[ReviewedObjective, ...]
    more: MoreView | None
    """Where the rest of a long plan stands."""
    empty: str
    """That it has set no objectives, or nothing."""
    voices: str
    """The anchor of what visitors say; empty where nobody said anything."""
    feedback: tuple[FeedbackRow, ...]
    all_feedback: MoreView | None


def view_team_review(context: Context, stop: Stop) -> TeamReview:
    """Return the screens of a team that has a plan under review; worked out once for all pages."""
    return context.team_reviews.get(stop.id, lambda: _team_review(context, stop))


def _team_review(context: Context, stop: Stop) -> TeamReview:
    company, id = context.company, stop.id
    found = (company.plan(plan.owner, plan.cycle) for plan in stop.plans)  # so that it is noted
    plans = [plan for plan in found if plan]
    since, label = _since(context, plans[0])
    then = context.measures.on(since)
    shown = [o for p, count in zip(plans, stop.shown, strict=True) for o in p.objectives[:count]]
    speaking = [o for o in shown if not o.title_only]
    moves, left = view_moves(context, plans, then, _MOST_MOVES)
    said = said_in(company, plans[0])
    amended = [row for plan in plans for row in view_amendments(context, plan, since=since)]
    team, weeklies = company.team(id), company.weeklies_of(id)
    asks = [view_ask(context, ask) for weekly in weeklies[-1:] for ask in weekly.asks]
    measure = context.measure_of(plans[0])
    words = context.words
    return TeamReview(
        turn=f"{id}.turn",
        anchor=id,
        team=view_person(context, id),
        above=tuple(view_person(context, each.id) for each in company.ancestors(id) if each.parent),
        lead=view_person(context, team.lead) if team and team.lead else None,
        cycle=company.cycle(plans[0].cycle).name,
        address=f"{context.address}{urls.team_url(id)}" if context.address else "",
        badge=plain_badge(context, measure.status) if measure.status else None,
        progress=_progress(context, plans[0], then),
        confidence=_confidence(context, plans[0], then),
        counts=view_counts(context, measure.counts),
        counts_label=words.ngettext(
            "{n} key result", "{n} key results", sum(measure.counts.values())
        ),
        check_in=view_check_in_fact(context, company.cycle(plans[0].cycle), measure),
        asks=(*asks, *view_said(context, speaking, "ask"))[:_MOST_WORDS],
        blockers=view_said(context, speaking, "blocker")[:_MOST_WORDS],
        decisions=view_said(context, speaking, "decision", since)[:_MOST_WORDS],
        since=label,
        moves=moves,
        moves_left=words.ngettext("and {n} more", "and {n} more", left) if left else "",
        amendments=tuple(amended[:_MOST_AMENDMENTS]),
        wins=view_wins(context, weeklies, company.as_of - since, with_team=False)[:_MOST_WINS],
        objectives=tuple(view_reviewed(context, each, then, plans[0]) for each in shown),
        more=_more(context, plans, len(shown)),
        empty="" if shown else words.gettext("No objectives are set for this cycle."),
        voices=f"{id}.voices" if said else "",
        feedback=tuple(view_feedback(context, each) for each in said[:MOST_FEEDBACK]),
        all_feedback=view_all_feedback(context, id) if len(said) > MOST_FEEDBACK else None,
    )


def _since(context: Context, plan: Plan) -> tuple[date, str]:
    """Return the day of the last review, or the one before the cycle began, and what it was."""
    cycle, words = context.company.cycle(plan.cycle), context.words
    last = last_review(cycle, context.company.as_of)
    if last is None:
        day = words.date(cycle.start)
        return cycle.start - timedelta(days=1), words.gettext("Since it began on {date}", date=day)
    return last, words.gettext("Since the review of {date}", date=words.date(last))


def _progress(context: Context, plan: Plan, then: Measures) -> FactView:
    words, now = context.words, context.measure_of(plan)
    before = then.plan_standing(plan.owner, plan.cycle)
    was = words.percent(before.progress if before else None)
    value = then_and_now(was, words.percent(now.progress))
    if now.expected is None:
        return FactView(value, words.gettext("progress"))
    share = words.percent(now.expected)
    return FactView(value, words.gettext("progress · {share} expected", share=share))


def _confidence(context: Context, plan: Plan, then: Measures) -> FactView:
    words, now = context.words, context.measure_of(plan).confidence
    before = then.plan_standing(plan.owner, plan.cycle)
    was = before.confidence if before else None
    value = then_and_now(_of_ten(context, was), _of_ten(context, now))
    return FactView(value, words.gettext("confidence"))


def _of_ten(context: Context, confidence: Fraction | None) -> str:
    return NONE if confidence is None else context.words.number(confidence)


def _more(context: Context, plans: list[Plan], shown: int) -> MoreView | None:
    """Return where the rest of a long plan stands: the first that is not whole."""
    left = sum(len(plan.objectives) for plan in plans) - shown
    if not left:
        return None
    for plan in plans:
        shown -= len(plan.objectives)
        if shown < 0:
            break
    text = context.words.ngettext("and {n} more objective", "and {n} more objectives", left)
    return MoreView(text, urls.plan_url(context.company, plan.owner, plan.cycle))
