"""One company, measured as of two days → what is new between them.

It is worked out from what is dated: check-ins, steps and initiatives done, amendments, wins,
feedback. So it is as true without git, except that only those amendments are told then which the
plan itself tells. What was before is measured by today's targets, with the amendments beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypedDict

from okrsite.changes.news import Coming, ItemNews, News, PlanNews
from okrsite.measure import Measures, Standing
from okrsite.model import (
    Amendment,
    CheckIn,
    Cycle,
    Feedback,
    KeyResult,
    Objective,
    Plan,
    Reference,
    Step,
    Team,
    Weekly,
)
from okrsite.model.change import Change, Term
from okrsite.model.quick import quick_dataclass


def last_review(cycle: Cycle, as_of: date) -> date | None:
    """Return the newest of a cycle's reviews before a day; None where there was none yet."""
    return max((day for day in cycle.reviews if day < as_of), default=None)


def company_since(then: Measures, now: Measures, plans: Iterable[Plan] | None = None) -> News:
    """Return what is new in a company, in all its plans or in some, since another day.

    `then` measures the same company as `now`, as of the earlier day. That day itself is over: what
    is dated so counts as before.
    """
    company = now.company
    found = (plan_since(plan, then, now) for plan in (company.plans if plans is None else plans))
    return News(
        since=then.as_of,
        until=now.as_of,
        plans=tuple(news for news in found if news.items or news.amendments),
        weeklies=weeklies_between(company.weeklies, then.as_of, now.as_of),
        feedback=feedback_between(company.feedback, then.as_of, now.as_of),
    )


def weeklies_between(weeklies: Iterable[Weekly], since: date, until: date) -> tuple[Weekly, ...]:
    """Return the check-in files of the days after one, up to another."""
    return tuple(weekly for weekly in weeklies if since < weekly.date <= until)


def feedback_between(
    feedback: Iterable[Feedback], since: date, until: date
) -> tuple[Feedback, ...]:
    """Return what visitors said on the days after one, up to another, with the answers so far."""
    return tuple(entry for entry in feedback if since < entry.date <= until)


def plan_since(plan: Plan, then: Measures, now: Measures, *, told_only: bool = False) -> PlanNews:
    """Return what is new in a plan since another day.

    With `told_only` what nobody spoke of is left out, and not measured either: an objective that
    moved with its key results, something that became outdated by silence.
    """
    company, cycle = now.company, now.company.cycle(plan.cycle)
    owner = company.team(plan.owner) or company.person(plan.owner)
    name = owner.title if isinstance(owner, Team) else owner.name if owner else plan.owner
    span = _Span(plan, cycle, then, now, told_only)
    whole = tuple(each for each in span.amendments() if each.about is None)
    return PlanNews(plan.owner, name, cycle, Coming.THERE, tuple(span.items()), whole)


@quick_dataclass(frozen=True, slots=True)
class _Span:
    """One plan, from the day after one to another."""

    plan: Plan
    cycle: Cycle
    then: Measures
    now: Measures
    told_only: bool

    def amendments(self) -> Iterator[Amendment]:
        return (each for each in self.plan.amendments if self._holds(each.date))

    def items(self) -> Iterator[ItemNews]:
        """Yield what is new about each item that is there, then what went."""
        amended: dict[Reference, list[Amendment]] = {}
        for amendment in self.amendments():
            if amendment.about is not None:
                amended.setdefault(amendment.about, []).append(amendment)
        for objective in self.plan.objectives:
            is_new = _came(amended.get(objective.ref, ()))
            for item in objective.items():
                said = amended.pop(item.ref, [])
                hidden = objective.title_only and item is objective
                news = None if hidden else self._news(item, said, is_new=is_new or _came(said))
                if news is not None:
                    yield news
        for ref, said in amended.items():
            gone = next((a.change for a in said if _is(a, Term.REMOVED)), None)
            if gone is not None:
                title = gone.before.text if gone.before else ""
                yield ItemNews(ref, title, None, None, **_amended(said))

    def _news(
        self, item: Objective | KeyResult, said: Sequence[Amendment], *, is_new: bool
    ) -> ItemNews | None:
        check_ins = tuple(self._check_ins(item))
        initiatives = tuple(each for each in item.initiatives if self._holds(each.done))
        has_steps = isinstance(item, KeyResult) and bool(item.steps)
        is_told = bool(said or check_ins or initiatives)
        if not (is_told or has_steps or (self._runs and not self.told_only)):
            return None
        after = self.now.standing(item.ref)
        steps = tuple(self._steps(item, after)) if isinstance(item, KeyResult) else ()
        if not (is_told or steps) and (self.told_only or not self._runs):
            return None
        before = None if is_new else self.then.standing(item.ref)
        if not (is_told or steps) and before == after:
            return None
        return ItemNews(
            ref=item.ref,
            title=item.title,
            before=before,
            after=after,
            check_ins=check_ins,
            steps=steps,
            initiatives=initiatives,
            **_amended(said),
        )

    def _steps(self, item: KeyResult, now: Standing) -> Iterator[Step]:
        """Yield a milestone's steps that were done, with their days."""
        for step, day in zip(item.steps, now.steps_done, strict=False):
            if self._holds(day):
                yield replace(step, done=day)

    def _check_ins(self, item: Objective | KeyResult) -> Iterator[CheckIn]:
        return (c for c in item.check_ins if self._holds(c.date) and not c.overruled)

    @property
    def _runs(self) -> bool:
        """Tell whether a status may be another although nobody said anything."""
        over = max(self.cycle.end, self.cycle.grading_due)
        return self.cycle.start <= self.now.as_of and self.then.as_of < over

    def _holds(self, day: date | None) -> bool:
        return day is not None and self.then.as_of < day <= self.now.as_of


class _Amended(TypedDict):
    changes: tuple[Change, ...]
    why: str
    amendments: tuple[Amendment, ...]


def _amended(said: Sequence[Amendment]) -> _Amended:
    return {
        "changes": tuple(each.change for each in said if each.change),
        "why": next((each.why for each in reversed(said) if each.why), ""),
        "amendments": tuple(said),
    }


def _came(said: Iterable[Amendment]) -> bool:
    return any(_is(each, Term.ADDED) for each in said)


def _is(amendment: Amendment, term: Term) -> bool:
    return amendment.change is not None and amendment.change.term is term
