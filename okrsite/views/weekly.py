"""Check-in files → the weekly page: this week, what comes, asks, blockers, health, wins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from okrsite import urls
from okrsite.model import (
    Ask,
    Bound,
    CheckIn,
    HealthMetric,
    Objective,
    Plan,
    Quantity,
    Status,
    Weekly,
)
from okrsite.model.quick import quick_dataclass
from okrsite.quantities import write_quantity
from okrsite.views.bars import BOUND_SIGNS
from okrsite.views.context import Context
from okrsite.views.fragments import BadgeView, DateView, MoreView, PersonLink, WinView
from okrsite.views.log import newest_first
from okrsite.views.parts import plain_badge, view_date, view_person
from okrsite.views.room import MOST_ASKS
from okrsite.words import NONE

_RECENT = timedelta(days=14)
_MOST_WINS = 5


@quick_dataclass(frozen=True, slots=True)
class PriorityView:
    """One line of what a team does this week."""

    level: str
    """``P1``, or nothing."""
    text: str
    """Inline Markdown."""


@quick_dataclass(frozen=True, slots=True)
class AskView:
    """What somebody needs, or what is in the way."""

    text: str
    """Inline Markdown."""
    to: PersonLink | None
    by: DateView | None
    about: str
    """The title of what it is about; inline Markdown."""
    url: str
    source: PersonLink | None
    """Who asks, where that is another team."""


@quick_dataclass(frozen=True, slots=True)
class HealthRow:
    """A health metric and its newest value."""

    title: str
    """Inline Markdown."""
    target: str
    """``≥ 4``, or nothing."""
    value: str
    badge: BadgeView
    date: DateView | None


@quick_dataclass(frozen=True, slots=True)
class WeeklyView:
    """The four quarters of the weekly page that are not objectives, and what is asked for."""

    date: DateView | None
    """Of the newest check-in file; None where there is none."""
    by: PersonLink | None
    stale: bool
    """It is older than the cadence and its grace."""
    priorities: tuple[PriorityView, ...]
    upcoming: tuple[str, ...]
    """Inline Markdown."""
    asks: tuple[AskView, ...]
    asked_of_us: tuple[AskView, ...]
    all_asks: MoreView | None
    """Where all that is asked of the team stands, if not here."""
    blockers: tuple[AskView, ...]
    health: tuple[HealthRow, ...]
    wins: tuple[WinView, ...]
    note: str
    """Markdown."""
    source: str
    """The file that the note stands in, which names pictures relative to itself."""


def view_weekly(context: Context, team: str, plans: Iterable[Plan]) -> WeeklyView:
    """Return a team's weekly page as of its newest check-in file."""
    own = context.company.weeklies_of(team)
    newest = own[-1] if own else None
    plans = tuple(plans)
    objectives = [objective for plan in plans for objective in plan.objectives]
    asked = find_asks(context, team)
    return WeeklyView(
        date=view_date(context, newest.date) if newest else None,
        by=view_person(context, newest.by) if newest and newest.by else None,
        stale=newest is not None and _is_stale(context, newest, plans),
        priorities=tuple(PriorityView(p.level, p.text) for p in newest.priorities)
        if newest
        else (),
        upcoming=newest.upcoming if newest else (),
        asks=(
            *(view_ask(context, ask) for weekly in own[-1:] for ask in weekly.asks),
            *view_said(context, objectives, "ask"),
        ),
        asked_of_us=tuple(view_ask(context, ask, w.owner) for w, ask in asked[:MOST_ASKS]),
        all_asks=_all_asks(context, team, len(asked)),
        blockers=view_said(context, objectives, "blocker"),
        health=view_health(context, plans),
        wins=view_wins(context, own, timedelta(days=28), with_team=False),
        note=newest.note if newest else "",
        source=newest.place.path if newest else "",
    )


def view_wins(
    context: Context, weeklies: Iterable[Weekly], span: timedelta = _RECENT, *, with_team: bool
) -> tuple[WinView, ...]:
    """Return the wins of the last weeks, newest first, without repetition."""
    since = context.company.as_of - span
    found: dict[str, WinView] = {}
    for weekly in reversed(list(weeklies)):
        if weekly.date <= since:
            continue
        team = view_person(context, weekly.owner) if with_team else None
        for win in weekly.wins:
            found.setdefault(win, WinView(win, team, view_date(context, weekly.date)))
    return tuple(found.values())[:_MOST_WINS]


def _is_stale(context: Context, weekly: Weekly, plans: tuple[Plan, ...]) -> bool:
    cadence = min((context.company.cadence(plan).days for plan in plans), default=7)
    allowed = timedelta(days=cadence + context.company.rules.grace_days)
    return context.company.as_of - weekly.date > allowed


def find_asks(context: Context, team: str) -> list[tuple[Weekly, Ask]]:
    """Return what the newest check-in file of each other owner asks of a team."""
    company = context.company
    since = company.as_of - _RECENT
    asking = {id(weekly): weekly for weekly in company.weeklies_asking(team)}
    newest = (
        w for w in asking.values() if w.date > since and w is company.weeklies_of(w.owner)[-1]
    )
    return [(weekly, ask) for weekly in newest for ask in weekly.asks if ask.to == team]


def view_ask(context: Context, ask: Ask, source: str = "") -> AskView:
    """Return what a team asks for; `source` names the team where it is another's."""
    return AskView(
        ask.text,
        view_person(context, ask.to) if ask.to and not source else None,
        view_date(context, ask.by) if ask.by else None,
        "",
        "",
        view_person(context, source) if source else None,
    )


def _all_asks(context: Context, team: str, asked: int) -> MoreView | None:
    if asked <= MOST_ASKS:
        return None
    text = context.words.ngettext("All {n} ask", "All {n} asks", asked)
    return MoreView(text, urls.asks_url(team))


def view_said(
    context: Context, objectives: Iterable[Objective], what: str, since: date | None = None
) -> tuple[AskView, ...]:
    """Return the blockers, asks or decisions of the newest check-in of each key result.

    With a day, those of all check-ins after it, of each the newest first.
    """
    views = []
    for objective in objectives:
        for item in objective.items():
            said = newest_words(context, item.check_ins)
            told = said[:1] if since is None else [c for c in said if c.date > since]
            for check_in in told:
                if text := str(getattr(check_in, what)):
                    url = urls.reference_url(context.company, item.ref)
                    day = view_date(context, check_in.date)
                    views.append(AskView(text, None, day, item.title, url, None))
    return tuple(views)


def newest_words(context: Context, check_ins: Sequence[CheckIn]) -> list[CheckIn]:
    """Return the check-ins by people up to today, the newest first."""
    known = newest_first(check_ins, context.company.as_of)
    return [check_in for check_in in known if not check_in.from_feed]


def view_health(context: Context, plans: Iterable[Plan]) -> tuple[HealthRow, ...]:
    """Return the health metrics of some plans with their newest values."""
    return tuple(_health(context, metric) for plan in plans for metric in plan.health)


def _health(context: Context, metric: HealthMetric) -> HealthRow:
    known = [(day, value) for day, value in metric.values if day <= context.company.as_of]
    target = _target(metric)
    if not known:
        badge = plain_badge(context, Status.UNKNOWN)
        return HealthRow(metric.title, target, NONE, badge, None)
    day, value = known[-1]
    status = value if isinstance(value, Status) else _judge(metric, value)
    badge = plain_badge(context, status)
    text = badge.word if isinstance(value, Status) else write_quantity(value)
    return HealthRow(metric.title, target, text, badge, view_date(context, day))


def _target(metric: HealthMetric) -> str:
    if metric.target is None:
        return ""
    sign = BOUND_SIGNS[metric.bound] if metric.bound else ""
    return f"{sign} {write_quantity(metric.target)}".strip()


def _judge(metric: HealthMetric, value: Quantity) -> Status:
    """Return on track where a value keeps to its target, at risk where it does not."""
    if metric.target is None:
        return Status.UNKNOWN
    here, there = value.value, metric.target.value
    kept = {
        Bound.AT_LEAST: here >= there,
        Bound.AT_MOST: here <= there,
        Bound.ABOVE: here > there,
        Bound.BELOW: here < there,
        Bound.EXACTLY: here == there,
    }[metric.bound or Bound.AT_LEAST]
    return Status.ON_TRACK if kept else Status.AT_RISK
