"""Evidence on every item → plans that carry it: of one day, the one that counts."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from okrsite.model import (
    CheckIn,
    Initiative,
    InitiativeState,
    KeyResult,
    Objective,
    Place,
    Quantity,
    Reference,
    Status,
    Weekly,
)
from okrsite.model.quick import quick_dataclass
from okrsite.model.quick import quick_replace as replace
from okrsite.read.records import Text, WorkRecord
from okrsite.resolve.matching import Wanted, Where
from okrsite.resolve.plans import Draft

OWNERS, TEAMS, OTHERS = 0, 1, 2
"""Whose word counts first where several files of one day speak of one item."""


@quick_dataclass(frozen=True, slots=True)
class Entry:
    """One check-in of one item, with what decides which of a day counts."""

    check_in: CheckIn
    rank: int


@quick_dataclass(frozen=True, slots=True)
class Unknown:
    """A name in a check-in that nothing has."""

    date: date
    name: Text
    where: Where
    wanted: Wanted


@dataclass
class Evidence:
    """What check-in files, plans and feeds say, item by item."""

    entries: dict[Reference, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    health: dict[tuple[str, str, str], list[tuple[date, Quantity | Status]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """By owner, cycle and id."""
    work: dict[tuple[Reference, str], list[tuple[date, WorkRecord]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """By item and title: what was said of an initiative, oldest first."""
    weeklies: list[Weekly] = field(default_factory=list)
    spans: list[tuple[Place, Reference | str | None]] = field(default_factory=list)
    """Which lines speak of which item, or to which audience; None where that is unknown."""
    unknown: dict[tuple[str, str], list[Unknown]] = field(default_factory=lambda: defaultdict(list))
    """By team and name."""


def with_evidence(draft: Draft, evidence: Evidence) -> Draft:
    """Return a plan whose items carry their check-ins, initiatives and health values."""
    plan = draft.plan
    objectives = tuple(
        replace(
            objective,
            check_ins=_counted(evidence.entries.get(objective.ref, [])),
            initiatives=_worked(objective, evidence),
            key_results=tuple([_checked_in(kr, evidence) for kr in objective.key_results]),
        )
        for objective in plan.objectives
    )
    health = tuple(
        replace(metric, values=tuple(evidence.health.get((plan.owner, plan.cycle, metric.id), ())))
        for metric in plan.health
    )
    return replace(draft, plan=replace(plan, objectives=objectives, health=health))


def _checked_in(kr: KeyResult, evidence: Evidence) -> KeyResult:
    check_ins = _counted(evidence.entries.get(kr.ref, []))
    initiatives = _worked(kr, evidence)
    if not check_ins and initiatives == kr.initiatives:
        return kr
    return replace(kr, check_ins=check_ins, initiatives=initiatives)


def _worked(item: KeyResult | Objective, evidence: Evidence) -> tuple[Initiative, ...]:
    return tuple(
        _updated(initiative, evidence.work.get((item.ref, initiative.title), []))
        for initiative in item.initiatives
    )


def _updated(initiative: Initiative, said: list[tuple[date, WorkRecord]]) -> Initiative:
    """Return an initiative as the newest check-in has it; done since it was first said to be."""
    if not said:
        return initiative
    newest = said[-1][1]
    since: date | None = None
    if newest.state is InitiativeState.DONE:
        days = itertools.takewhile(
            lambda each: each[1].state is InitiativeState.DONE, reversed(said)
        )
        since = min(filter(None, (initiative.done, *(day for day, _ in days))))
    return replace(
        initiative, state=newest.state, because=newest.because or initiative.because, done=since
    )


def _counted(entries: list[Entry]) -> tuple[CheckIn, ...]:
    """Return check-ins, oldest first; of one day the one that counts last, the others marked.

    A feed's row gives way only to a person's number of the same day.
    """
    by_day: dict[date, list[Entry]] = {}
    for entry in entries:
        by_day.setdefault(entry.check_in.date, []).append(entry)
    if len(by_day) == len(entries) and not any(entry.check_in.from_feed for entry in entries):
        return tuple([by_day[day][0].check_in for day in sorted(by_day)])
    found: list[CheckIn] = []
    for day in sorted(by_day):
        people = [e for e in by_day[day] if not e.check_in.from_feed]
        feeds = [e.check_in for e in by_day[day] if e.check_in.from_feed]
        people.sort(key=lambda e: (e.rank, e.check_in.place.path))
        counts = people[0].check_in if people else None
        person_wins = counts is not None and counts.has_evidence
        found.extend(replace(c, overruled=person_wins or c is not feeds[-1]) for c in feeds)
        found.extend(replace(e.check_in, overruled=True) for e in reversed(people[1:]))
        if counts:
            found.append(counts)
    return tuple(found)


def add_feed(evidence: Evidence, ref: Reference, rows: Iterable[CheckIn]) -> None:
    """Add a feed's rows to a key result."""
    evidence.entries[ref].extend(Entry(row, OTHERS) for row in rows)
