"""Teams → the rows of lists of teams."""

from __future__ import annotations

from dataclasses import replace

from okrsite import urls
from okrsite.measure import OwnerMeasure
from okrsite.model import Plan, Team
from okrsite.model.quick import quick_dataclass
from okrsite.views.bars import percent_position, tick_position
from okrsite.views.context import Context
from okrsite.views.fragments import (
    BadgeView,
    BarView,
    ConfidenceView,
    CountView,
    DateView,
    PersonLink,
)
from okrsite.views.parts import (
    confidence_of,
    plain_badge,
    view_counts,
    view_date,
    view_person,
)
from okrsite.views.rows import view_grade
from okrsite.words import LEVEL_WORDS, NONE


@quick_dataclass(frozen=True, slots=True)
class TeamCard:
    """A team in a list, as it stands in the cycle that the list is about."""

    name: str
    url: str
    level: str
    depth: int
    """How many teams stand above it in the list."""
    lead: PersonLink | None
    objectives: str
    """``3 objectives``, or that there are none."""
    badge: BadgeView | None
    """None without a plan."""
    bar: BarView | None
    progress: str
    confidence: ConfidenceView | None
    counts: tuple[CountView, ...]
    last_check_in: DateView | None
    grade: str


def view_team_card(context: Context, team: Team, cycle: str = "", depth: int = 0) -> TeamCard:
    """Return a team as it stands in a cycle: a given one, else the shortest that it plans for."""
    company, words = context.company, context.words
    current = [cycle] if cycle else [c.id for c in company.current_cycles()]
    plan = next((p for id in current if (p := company.plan(team.id, id))), None)
    url = urls.plan_url(company, team.id, cycle) if cycle and plan else urls.team_url(team.id)
    if plan is None:
        return TeamCard(
            name=team.title,
            url=url,
            level=words.gettext(LEVEL_WORDS[team.level]),
            depth=depth,
            lead=view_person(context, team.lead) if team.lead else None,
            objectives=words.gettext("no OKRs yet"),
            badge=None,
            bar=None,
            progress=NONE,
            confidence=None,
            counts=(),
            last_check_in=None,
            grade="",
        )
    context.watch.note("plan", plan.owner, plan.cycle)
    kind = f"cards-{cycle or 'current'}"
    card = context.by_plan.get(kind, plan, TeamCard, lambda: _card(context, team, plan, url))
    return replace(card, depth=depth)


def save_team_cards(context: Context, cycle: str = "") -> None:
    """Keep the rows of a list of teams for the next build."""
    context.by_plan.save(f"cards-{cycle or 'current'}")


def _card(context: Context, team: Team, plan: Plan, url: str) -> TeamCard:
    """Return a team as it stands by its plan."""
    words, measure = context.words, context.measure_of(plan)
    badge = plain_badge(context, measure.status) if measure.status else None
    last = measure.last_check_in
    return TeamCard(
        name=team.title,
        url=url,
        level=words.gettext(LEVEL_WORDS[team.level]),
        depth=0,
        lead=view_person(context, team.lead) if team.lead else None,
        objectives=_count(context, measure),
        badge=badge,
        bar=_bar(context, measure),
        progress=words.percent(measure.progress),
        confidence=confidence_of(context, measure.confidence, measure.confidence_before),
        counts=view_counts(context, measure.counts),
        last_check_in=view_date(context, last) if last else None,
        grade=view_grade(context, measure.grade),
    )


def _count(context: Context, measure: OwnerMeasure) -> str:
    words, count = context.words, len(measure.objectives)
    if not count:
        return words.gettext("no objectives set")
    return words.ngettext("{n} objective", "{n} objectives", count)


def _bar(context: Context, measure: OwnerMeasure) -> BarView | None:
    if measure.progress is None:
        return None
    return BarView(
        status=measure.status.value if measure.status else "unknown",
        fill=percent_position(measure.progress),
        target="100",
        expected=tick_position(measure.expected),
        spoken=context.words.percent(measure.progress),
    )
