"""Two states of one company → what changed: commitments first, then evidence, teams, problems.

Both are measured as of the same day, so that only the files differ, never the calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from okrsite.changes.evidence import compare_evidence, compare_feedback, compare_weeklies
from okrsite.changes.links import Pairs, compare_links
from okrsite.changes.news import Coming, ItemNews, PlanNews, TeamNews, WeeklyNews
from okrsite.changes.same import new_reasons, speaks_of
from okrsite.changes.wider import Wider
from okrsite.history import ItemChange, compare_plans
from okrsite.measure import Measures
from okrsite.model import Amendment, Company, Cycle, KeyResult, Objective, Plan, Team
from okrsite.model.change import Term
from okrsite.model.quick import quick_dataclass
from okrsite.problems import Problem, Severity

_HIDING = ("OKR-F", "OKR-Y", "OKR-S", "OKR-I", "OKR-V")
"""Codes of errors that may leave out what stands in a file."""


@dataclass(frozen=True)
class Side:
    """One state of a company, gated for an audience."""

    company: Company
    measures: Measures
    problems: Sequence[Problem] = ()


@quick_dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that changed."""

    plans: tuple[PlanNews, ...]
    teams: tuple[TeamNews, ...]
    weeklies: tuple[WeeklyNews, ...]
    asked: int
    """Pieces of feedback that came."""
    answered: int
    """Answers to feedback that came."""
    told: tuple[Problem, ...]
    """Problems that are new."""
    mended: tuple[Problem, ...]
    wider: tuple[Problem, ...] = ()
    """What more people will see than before; told only to whoever may see everything."""

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
    hidden = (plan for plan in before.company.plans if _is_unread(plan, after))
    pairs = Pairs(before.company, after.company, frozenset((p.owner, p.cycle) for p in hidden))
    plans = (_plan(old, new, before, after, pairs) for old, new in pairs.plans)
    known = {_told(problem): problem for problem in before.problems}
    now = {_told(problem): problem for problem in after.problems}
    asked, answered = compare_feedback(before.company, after.company)
    return Comparison(
        plans=tuple(
            plan for plan in plans if plan.items or plan.others or plan.coming is not Coming.THERE
        ),
        teams=tuple(_teams(before.company, after.company, pairs.owners)),
        weeklies=tuple(compare_weeklies(before.company, after.company, pairs.owners)),
        asked=asked,
        answered=answered,
        told=tuple(problem for key, problem in now.items() if key not in known),
        mended=tuple(problem for key, problem in known.items() if key not in now),
        wider=_wider(before.company, after.company),
    )


def _wider(before: Company, after: Company) -> tuple[Problem, ...]:
    """Return what more people will see; whoever does not see everything may not know of it."""
    if not all(side.audience == side.rules.audiences[-1] for side in (before, after)):
        return ()
    return tuple(problem for problem, _ in Wider(before, after).accounts())


def _told(problem: Problem) -> tuple[str, str, str]:
    """Return what makes a problem the same although lines moved."""
    return problem.code, problem.place.path, problem.message


def _plan(before: Plan | None, after: Plan | None, was: Side, now: Side, pairs: Pairs) -> PlanNews:
    plan = after or before
    if plan is None:
        raise AssertionError
    company = now.company if after else was.company
    owner = company.team(plan.owner) or company.person(plan.owner)
    name = owner.title if isinstance(owner, Team) else owner.name if owner else plan.owner
    coming = Coming.THERE if before and after else Coming.NEW if after else Coming.GONE
    if before and not after and pairs.is_hidden(before):
        coming = Coming.THERE
    cycle = company.cycle(plan.cycle)
    items = tuple(_Items(before, after, was, now, cycle, pairs).all())
    others = tuple(_others(before, after)) if before and after else ()
    return PlanNews(plan.owner, name, cycle, coming, items, (), others)


def _is_unread(plan: Plan, now: Side) -> bool:
    """Tell whether the file that a plan stood in cannot be read in full any more."""
    return any(
        problem.severity is Severity.ERROR
        and problem.code.startswith(_HIDING)
        and problem.place.path == plan.place.path
        for problem in now.problems
    )


def _others(before: Plan, after: Plan) -> Iterator[str]:
    said = {
        "health": (_health(before), _health(after)),
        "grade": (before.grade, after.grade),
        "retrospective": (before.retrospective, after.retrospective),
    }
    yield from (name for name, (old, new) in said.items() if old != new)


def _health(plan: Plan) -> tuple[object, ...]:
    return tuple((metric.id, metric.title, metric.target, metric.values) for metric in plan.health)


@quick_dataclass(frozen=True, slots=True)
class _Items:
    """The items of one plan on both sides."""

    before: Plan | None
    after: Plan | None
    was: Side
    now: Side
    cycle: Cycle
    pairs: Pairs

    def all(self) -> Iterator[ItemNews]:
        """Yield what is new about each item of the later side, then about those that went."""
        changed = {item.ref: item for item in compare_plans(self.before, self.after)}
        hidden = self._hidden(changed.values())
        yield from hidden
        lost = {item.title for item in hidden}
        said = new_reasons(self.before, self.after)
        # A plan that comes or goes as a whole has no place for a reason.
        is_late = bool(self.before and self.after)
        is_late = is_late and self.cycle.planning_ends <= self.now.company.as_of
        old = {item.ref: item for item in _items_of(self.before)}
        for item in _items_of(self.after):
            was = old.get(self.pairs.were.get(item.ref, item.ref)) if self.before else None
            if was is None and item.title in lost:
                # An error has moved it out of its place.
                continue
            news = self._news(item, was, changed.get(item.ref), said, is_late=is_late)
            if news and (news.is_told or not hidden):
                yield news
        for gone in changed.values():
            if gone.after is None and not hidden:
                news = self._news(None, gone.before, gone, said, is_late=is_late)
                if news:
                    yield news

    def _hidden(self, changed: Iterable[ItemChange]) -> tuple[ItemNews, ...]:
        """Return what is not there because its file cannot be read in full."""
        if not self.before or not self.pairs.is_hidden(self.before):
            return ()
        gone = (each.before for each in changed if each.after is None and each.before)
        standing = self.was.measures.standing
        return tuple(
            ItemNews(item.ref, item.title, standing(item.ref), None, unread=True) for item in gone
        )

    def _news(
        self,
        item: Objective | KeyResult | None,
        old: Objective | KeyResult | None,
        changed: ItemChange | None,
        said: Sequence[Amendment],
        *,
        is_late: bool,
    ) -> ItemNews | None:
        shown = item or old
        if shown is None:
            return None
        # Where links lead is told by itself.
        found = changed.changes if changed else ()
        changes = tuple(change for change in found if change.term is not Term.SUPPORTS)
        given = next((reason.why for reason in said if speaks_of(reason, shown.ref)), "")
        own = next(filter(None, map(changed.because, changes)), "") if changed else ""
        unexplained = changed.unexplained if changed else ()
        news = ItemNews(
            ref=shown.ref,
            title=shown.title,
            before=self.was.measures.standing(old.ref) if old else None,
            after=self.now.measures.standing(item.ref) if item else None,
            changes=changes,
            why=given or own,
            needs_why=is_late and bool(unexplained) and not given,
        )
        if item is not None:
            news = replace(news, **compare_evidence(old, item))
            news = replace(news, **compare_links(old, item, self.pairs))
        moved = news.before and news.after and news.before != news.after
        return news if news.is_told or moved else None


def _items_of(plan: Plan | None) -> Iterator[Objective | KeyResult]:
    for objective in plan.objectives if plan else ():
        yield from objective.items()


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
