"""A company → the badge of each team and of each of its objectives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from okrsite import urls
from okrsite.asset import Asset
from okrsite.badges.draw import Badge, draw_badge
from okrsite.keep import Piece
from okrsite.measure import ObjectiveMeasure, OwnerMeasure
from okrsite.measure.exact import clamp
from okrsite.model import Company, CycleState, Objective, Plan, Team
from okrsite.prose import plain
from okrsite.views.context import Context
from okrsite.words import STATUS_WORDS

_NEAREST = (CycleState.ACTIVE, CycleState.CLOSED, CycleState.UPCOMING)


def badge_files(context: Context) -> Iterator[Asset]:
    """Yield badges, also under the names that teams and objectives had before.

    An address names no cycle, so that a README keeps it: it shows the newest objective of its id.
    """
    company = context.unwatched
    taken = {team.id for team in company.teams}
    for team in company.teams:
        if team.title_only:
            continue
        former = [old for old in dict.fromkeys(team.aka) if old not in taken]
        taken.update(former)
        plans = [plan for plan in _nearest_first(company, team) if not plan.title_only]
        whole = partial(_draw_team, context, team, plans[0] if plans else None)
        objectives = _by_name(plans)
        for id in (team.id, *former):
            yield Asset(urls.badge_url(id), whole)
            for name, objective in objectives.items():
                shown = partial(_draw_objective, context, team, objective)
                yield Asset(urls.badge_url(id, name), shown)


def _nearest_first(company: Company, team: Team) -> list[Plan]:
    """Return a team's plans: of running cycles, the shortest first, then of the newest."""
    as_of = company.as_of

    def distance(plan: Plan) -> tuple[int, int, int]:
        cycle = company.cycle(plan.cycle)
        state = cycle.state(as_of)
        newest = abs((cycle.end - as_of).days)
        return _NEAREST.index(state), cycle.days if state is CycleState.ACTIVE else newest, newest

    return sorted(company.plans_of(team.id), key=distance)


def _by_name(plans: Iterable[Plan]) -> dict[str, Objective]:
    """Return objectives by their ids, then those that had another, of the nearest plan each."""
    known = [o for plan in plans for o in plan.objectives if not o.title_only]
    found: dict[str, Objective] = {}
    for objective in known:
        found.setdefault(objective.ref.objective, objective)
    for objective in known:
        for old in objective.aka:
            found.setdefault(old, objective)
    return found


def _draw_team(context: Context, team: Team, plan: Plan | None) -> list[Piece]:
    _note(context, team)
    if plan is None:
        return _write(Badge(team.title, None, context.words.gettext("no OKRs yet"), "", None))
    return _write(_of(context, team.title, context.measure_of(plan)))


def _draw_objective(context: Context, team: Team, objective: Objective) -> list[Piece]:
    _note(context, team)
    title = plain(objective.title)
    return _write(_of(context, title, context.measures.objective(objective.ref)))


def _note(context: Context, team: Team) -> None:
    """Note that which objective is shown at an address is told by all plans of a team."""
    context.watch.note("plans_of", team.id)


def _of(context: Context, name: str, measure: OwnerMeasure | ObjectiveMeasure) -> Badge:
    words, status, progress = context.words, measure.status, measure.progress
    return Badge(
        name,
        status,
        words.gettext(STATUS_WORDS[status]) if status else words.gettext("no OKRs yet"),
        "" if progress is None else words.percent(progress),
        None if progress is None else float(clamp(progress)),
    )


def _write(badge: Badge) -> list[Piece]:
    return [draw_badge(badge).encode("utf-8", "xmlcharrefreplace")]
