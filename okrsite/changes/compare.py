"""Two states of one company → what changed: commitments first, then evidence, teams, problems.

Both are measured as of the same day, so that only the files differ, never the calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from okrsite.changes.news import Coming, ItemNews, PlanNews, TeamNews
from okrsite.changes.same import new_reasons, renamed, speaks_of
from okrsite.history import ItemChange, compare_plans, match_plans
from okrsite.measure import Measures
from okrsite.model import (
    Amendment,
    CheckIn,
    Company,
    Cycle,
    KeyResult,
    Objective,
    Plan,
    Reference,
    Team,
)
from okrsite.model.change import Term
from okrsite.problems import Problem


@dataclass(frozen=True)
class Side:
    """One state of a company, gated for an audience."""

    company: Company
    measures: Measures
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that changed."""

    plans: tuple[PlanNews, ...]
    teams: tuple[TeamNews, ...]
    told: tuple[Problem, ...]
    """Problems that are new."""
    mended: tuple[Problem, ...]

    @property
    def items(self) -> Iterator[ItemNews]:
        """Yield all items of all plans."""
        for plan in self.plans:
            yield from plan.items

    @property
    def commits(self) -> bool:
        """Tell whether any commitment changed, or who owns what."""
        return bool(self.teams) or any(item.is_commitment for item in self.items)


def compare(before: Side, after: Side) -> Comparison:
    """Return what changed from one state of a company to another."""
    owners = renamed(before.company, after.company)
    old = {(owners.get(p.owner, p.owner), p.cycle): p for p in before.company.plans}
    new = {(plan.owner, plan.cycle): plan for plan in after.company.plans}
    keys = dict.fromkeys((*new, *old))
    plans = (_plan(old.get(key), new.get(key), before, after) for key in keys)
    known = {_told(problem): problem for problem in before.problems}
    now = {_told(problem): problem for problem in after.problems}
    return Comparison(
        plans=tuple(plan for plan in plans if plan.items or plan.coming is not Coming.THERE),
        teams=tuple(_teams(before.company, after.company, owners)),
        told=tuple(problem for key, problem in now.items() if key not in known),
        mended=tuple(problem for key, problem in known.items() if key not in now),
    )


def _told(problem: Problem) -> tuple[str, str, str]:
    """Return what makes a problem the same although lines moved."""
    return problem.code, problem.place.path, problem.message


def _plan(before: Plan | None, after: Plan | None, was: Side, now: Side) -> PlanNews:
    plan = after or before
    if plan is None:
        raise AssertionError
    company = now.company if after else was.company
    owner = company.team(plan.owner) or company.person(plan.owner)
    name = owner.title if isinstance(owner, Team) else owner.name if owner else plan.owner
    coming = Coming.THERE if before and after else Coming.NEW if after else Coming.GONE
    cycle = company.cycle(plan.cycle)
    items = tuple(_items(before, after, was, now, cycle))
    return PlanNews(plan.owner, name, cycle, coming, items)


def _items(
    before: Plan | None, after: Plan | None, was: Side, now: Side, cycle: Cycle
) -> Iterator[ItemNews]:
    changed = {item.ref: item for item in compare_plans(before, after)}
    were = match_plans(before, after) if before and after else {}
    said = new_reasons(before, after)
    # A plan that comes or goes as a whole has no place for a reason.
    is_late = bool(before and after) and cycle.planning_ends <= now.company.as_of
    seen: set[Reference] = set()
    for item in _all(after):
        seen.add(item.ref)
        old = _find(before, were.get(item.ref))
        yield from _news(item, old, changed.get(item.ref), said, was, now, is_late=is_late)
    for ref, gone in changed.items():
        if ref not in seen:
            yield from _news(None, gone.before, gone, said, was, now, is_late=is_late)


def _all(plan: Plan | None) -> Iterator[Objective | KeyResult]:
    for objective in plan.objectives if plan else ():
        yield from objective.items()


def _find(plan: Plan | None, ref: Reference | None) -> Objective | KeyResult | None:
    return next((item for item in _all(plan) if item.ref == ref), None)


def _news(
    item: Objective | KeyResult | None,
    old: Objective | KeyResult | None,
    changed: ItemChange | None,
    said: Sequence[Amendment],
    was: Side,
    now: Side,
    *,
    is_late: bool,
) -> Iterator[ItemNews]:
    shown = item or old
    if shown is None:
        return
    changes = changed.changes if changed else ()
    # What was said about something that is gone went with it.
    came, corrected = _check_ins(old.check_ins if old else (), item.check_ins) if item else ((), 0)
    before = was.measures.standing(old.ref) if old else None
    after = now.measures.standing(item.ref) if item else None
    if not (changes or came or corrected or (before and after and before != after)):
        return
    why = next((reason.why for reason in said if speaks_of(reason, shown.ref)), "")
    serious = is_late and any(change.is_serious for change in changes)
    yield ItemNews(
        shown.ref, shown.title, before, after, changes, why, serious and not why, came, corrected
    )


def _check_ins(
    before: Iterable[CheckIn], after: Iterable[CheckIn]
) -> tuple[tuple[CheckIn, ...], int]:
    """Return the check-ins that came, and how many were changed or taken away."""
    old, new = ({_file(each): each for each in some} for some in (before, after))
    changed = sum(key not in new or _said(old[key]) != _said(new[key]) for key in old)
    return tuple(each for key, each in new.items() if key not in old), changed


def _file(check_in: CheckIn) -> tuple[date, str]:
    """Return what makes a check-in the same although its team moved."""
    return check_in.date, PurePosixPath(check_in.place.path).name


def _said(check_in: CheckIn) -> tuple[object, ...]:
    return (
        *(check_in.value, check_in.share, check_in.steps_done, check_in.steps_undone),
        *(check_in.done, check_in.confidence, check_in.forecast, check_in.status),
        *(check_in.note, check_in.blocker, check_in.decision, check_in.ask),
    )


def _teams(before: Company, after: Company, owners: dict[str, str]) -> Iterator[TeamNews]:
    old = {owners.get(team.id, team.id): team for team in before.teams}
    new = {team.id: team for team in after.teams}
    for id, team in new.items():
        if id not in old:
            yield TeamNews(id, team.title, Coming.NEW)
            continue
        was = old[id]
        pairs = {
            "title": (was.title, team.title),
            "parent": (owners.get(was.parent, was.parent), team.parent),
            "lead": (was.lead, team.lead),
        }
        changes = tuple((name, a, b) for name, (a, b) in pairs.items() if a != b)
        if changes:
            yield TeamNews(id, team.title, Coming.THERE, changes)
    for id, team in old.items():
        if id not in new:
            yield TeamNews(id, team.title, Coming.GONE)


def counts(comparison: Comparison) -> dict[Term, int]:
    """Return how many of each term changed, in the order of terms."""
    found = [change.term for item in comparison.items for change in item.changes]
    return {term: found.count(term) for term in Term if term in found}
