"""A company's teams and plans → the order of its reviews: who speaks, on which page, how long.

A review goes from the company to its departments and from a department to its teams. As many of
them stand on one page as have room there; a longer review goes on from page to page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from okrsite.model import Company, Cycle, CycleState, Feedback, Level, Phase, Plan, Team
from okrsite.views.room import MOST_REVIEWED, fitting, rows_of
from okrsite.views.split import tops_of

HOUR = 60
"""Minutes that the teams of a review share, unless somebody sets another number."""


@dataclass(frozen=True)
class Stop:
    """A team in the order of a review, with those that follow below it."""

    team: Team | None
    """None for a company that no folder speaks for."""
    plans: tuple[Plan, ...]
    """Those under review: the one of the cycle that is reviewed next, then what encloses it."""
    heard: bool
    """Visitors have said something about it in that cycle."""
    below: tuple[Stop, ...]

    @property
    def id(self) -> str:
        """Return the team's id, or nothing."""
        return self.team.id if self.team else ""

    @cached_property
    def shown(self) -> tuple[int, ...]:
        """Return how many objectives of each plan have screens."""
        room, counts = MOST_REVIEWED, []
        for plan in self.plans:
            count = fitting(plan.objectives, room) if room > 0 else 0
            room -= rows_of(plan.objectives[:count])
            counts.append(count)
        return tuple(counts)

    @cached_property
    def own_rows(self) -> int:
        """Return how many objectives and key results its own screens show."""
        return sum(
            rows_of(plan.objectives[:count])
            for plan, count in zip(self.plans, self.shown, strict=True)
        )

    @cached_property
    def rows(self) -> int:
        """Return how many those of all below it are, with its own."""
        return self.own_rows + sum(each.rows for each in self.below)

    @cached_property
    def own_screens(self) -> int:
        """Return how many screens are its own: what changed, its objectives, what others say."""
        return 1 + sum(self.shown) + self.heard if self.plans else 0

    @cached_property
    def screens(self) -> int:
        """Return how many screens it has with all below it."""
        return self.own_screens + sum(each.screens for each in self.below)

    @property
    def is_whole(self) -> bool:
        """Tell whether all that is below it stands on its own page."""
        return self.rows <= MOST_REVIEWED

    def walk(self) -> Iterator[Stop]:
        """Yield it and all below it, in the order in which they speak."""
        yield self
        for each in self.below:
            yield from each.walk()


Beside = tuple[Stop | None, Stop | None]
"""Before it and after it."""


class ReviewOrder:
    """The order of all reviews of a company."""

    def __init__(self, company: Company) -> None:
        self._company = company

    @cached_property
    def top(self) -> Stop:
        """Return where the review of the whole company begins."""
        company = self._company
        root = next((team for team in company.teams if team.level is Level.COMPANY), None)
        below = tuple(self._stop(team, company.children(team.id)) for team in tops_of(company))
        return self._made(root, below)

    def _stop(self, team: Team, children: tuple[Team, ...]) -> Stop:
        below = (self._stop(child, self._company.children(child.id)) for child in children)
        return self._made(team, tuple(below))

    def _made(self, team: Team | None, below: tuple[Stop, ...]) -> Stop:
        plans = reviewed_plans(self._company, team.id) if team else ()
        said = said_in(self._company, plans[0]) if plans else ()
        return Stop(team, plans, bool(said), below)

    @cached_property
    def stops(self) -> dict[str, Stop]:
        """Return the teams that have a review, by id: they have a plan, or somebody below has."""
        return {each.id: each for each in self.top.walk() if each.screens or each is self.top}

    @cached_property
    def beside(self) -> dict[str, Beside]:
        """Return the reviews before and after each team's.

        Those that a review of everything goes through lead from one to the next; teams that
        stand on their department's page lead to each other.
        """
        found = _neighbours(list(self._run(self.top)))
        for stop in self.stops.values():
            for id, both in _neighbours([each for each in stop.below if each.screens]).items():
                found.setdefault(id, both)
        return found

    def _run(self, stop: Stop) -> Iterator[Stop]:
        """Yield the pages that a review of everything goes through."""
        yield stop
        if not stop.is_whole:
            for each in stop.below:
                if each.screens:
                    yield from self._run(each)

    def structure(self) -> Iterator[str]:
        """Yield all that the order follows from: numbers and words decide nothing."""
        for stop in self.top.walk():
            plans = " ".join(f"{plan.cycle} {len(plan.objectives)}" for plan in stop.plans)
            yield f"{stop.id} {stop.own_rows} {stop.own_screens} {stop.shown} {plans}"


def _neighbours(stops: list[Stop]) -> dict[str, Beside]:
    ends = [None, *stops, None]
    return {stop.id: (ends[place], ends[place + 2]) for place, stop in enumerate(stops)}


def reviewed_plans(company: Company, owner: str) -> tuple[Plan, ...]:
    """Return the plans of an owner that are under review, the next reviewed first.

    That is the plan whose cycle has its next review soonest, which after the end of a quarter is
    still the old one's; a year's plan comes with that of a quarter inside it.
    """
    as_of = company.as_of
    current = {cycle.id for cycle in company.current_cycles()}
    found: list[tuple[Cycle, Plan]] = []
    for plan in company.plans_of(owner):
        cycle = company.cycle(plan.cycle)
        runs = plan.cycle in current and cycle.state(as_of) is not CycleState.UPCOMING
        if runs or cycle.phase(as_of) is Phase.REVIEW:
            found.append((cycle, plan))
    found.sort(
        key=lambda pair: (next_review(pair[0], as_of) or date.max, pair[0].days, pair[0].start)
    )
    if not found:
        return ()
    first = found[0][0]
    return tuple(plan for cycle, plan in found if cycle is first or cycle.encloses(first))


def next_review(cycle: Cycle, as_of: date) -> date | None:
    """Return the first review of a cycle from a day on, or None."""
    return min((day for day in cycle.reviews if day >= as_of), default=None)


def said_in(company: Company, plan: Plan) -> list[Feedback]:
    """Return what visitors have said about a team since a plan's cycle began, the newest first.

    Questions that wait for an answer come before everything else.
    """
    start = company.cycle(plan.cycle).start
    found = [each for each in company.feedback_for(plan.owner) if each.date >= start]
    found.sort(key=lambda each: each.date, reverse=True)
    return sorted(found, key=lambda each: each.kind != "question" or bool(each.answer))


def share_minutes(screens: list[int], minutes: int = HOUR) -> list[int]:
    """Return how many of some minutes each has by its screens; they add up."""
    total = sum(screens)
    if not total:
        return [0] * len(screens)
    shares = [count * minutes // total for count in screens]
    left = sorted(range(len(screens)), key=lambda place: -(screens[place] * minutes % total))
    for place in left[: minutes - sum(shares)]:
        shares[place] += 1
    return shares
