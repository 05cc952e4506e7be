"""A plan's versions on the main line → what it was at first, and every change since, with a reason.

The *original* is the plan as it stood at the end of the planning days, or two weeks after its
first commit where that is later, or each item as it was when it became active, if that was later
still. What changed afterwards is an amendment.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from okrsite.history.compare import ItemChange, compare_plans, is_committed, match_plans
from okrsite.history.sign import author_of
from okrsite.history.touch import Commit
from okrsite.model import Amendment, Cycle, KeyResult, Objective, Plan, Reference
from okrsite.model.change import Change, Term
from okrsite.model.okrs import Given
from okrsite.model.quick import quick_dataclass

_SETTLING = timedelta(days=14)
"""What a plan that is committed late has for its own planning days."""
_NEAR = timedelta(days=14)
"""So far apart may a change and the reason that the plan gives for it be."""
_FORGE_SUBJECT = re.compile(
    r"(?:Merge (?:branch|pull request|merge request|remote|tag|commit)\b.*"
    r"|(?:Update|Create|Delete|Edit|Rename|Add|Upload)(?: file)? \S+\.\w+(?: to \S+)?"
    r"|Add files via upload|Apply \d+ suggestion.*|Apply suggestions? from code review)",
    re.IGNORECASE,
)
"""What forges write where nobody wrote anything."""


@quick_dataclass(frozen=True, slots=True)
class Version:
    """A plan as one commit left it."""

    commit: Commit | None
    """None for what is not committed yet."""
    day: date
    """The commit's, in the company's time zone."""
    plan: Plan
    audiences: Mapping[Reference, str]
    """The narrowest audience that each item was meant for until the next version."""
    steps: tuple[Step, ...] = ()
    """What was done on the branch that the commit merged, oldest first, where several did it."""


@quick_dataclass(frozen=True, slots=True)
class Step:
    """What one commit of a branch changed."""

    commit: Commit
    items: tuple[ItemChange, ...]

    def made(self, about: Reference, change: Change) -> bool:
        """Tell whether it brought an item to what a change left it at."""
        return any(
            (each.term, each.after) == (change.term, change.after)
            for item in self.items
            if item.ref == about
            for each in item.changes
        )


@quick_dataclass(frozen=True, slots=True)
class Amended:
    """How the items of a plan changed."""

    original: tuple[Objective, ...] | None = None
    """None where nothing changed, or where nothing can be told."""
    changes: tuple[Amendment, ...] = ()
    """Oldest first."""


@dataclass(slots=True)
class _Track:
    """An item through all versions."""

    ref: Reference
    """What it was called last."""
    audiences: list[str] = field(default_factory=list)
    """For whom it was meant in each version since it came."""
    original: Objective | KeyResult | None = None
    promised: int = 0
    """Which of these versions had the original."""


@dataclass(slots=True)
class _Found:
    track: _Track
    version: Version
    item: ItemChange
    number: int
    """Which of its track's versions that is; beyond them where the item is gone."""


def settled(cycle: Cycle, first: date) -> date:
    """Return the first day on which a change is an amendment, given the day of the first commit."""
    return max(cycle.planning_ends, first + _SETTLING)


def amend_plan(versions: Sequence[Version], rank: Callable[[str], int]) -> Amended:
    """Return what a plan was at first and how it changed.

    `versions` begin with the one that was in force when the plan was settled; the last one has
    the plan's items as they are now, where that can be read; `rank` tells how narrow an audience
    is.
    """
    story = _Story(rank)
    if versions:
        story.begin(versions[0])
    for earlier, later in pairwise(versions):
        story.go_on(earlier.plan, later)
    changes = tuple(story.changes())
    return Amended(story.original(), changes) if changes else Amended()


def with_reasons(
    changes: Sequence[Amendment], said: tuple[Amendment, ...]
) -> tuple[Amendment, ...]:
    """Return changes with the reasons that a plan gives, and the reasons that fit none."""
    return tuple(_with_reasons(changes, said)) if changes else said


@dataclass(slots=True)
class _Story:
    """The items of a plan, followed from version to version."""

    rank: Callable[[str], int]
    _now: dict[Reference, _Track] = field(default_factory=dict)
    """By what the items are called in the version that was seen last."""
    _all: list[tuple[_Track, _Track | None]] = field(default_factory=list)
    """All items, each with the objective that it belongs to."""
    _found: list[_Found] = field(default_factory=list)

    def begin(self, first: Version) -> None:
        self._follow_all(first, {}, {})

    def go_on(self, before: Plan, later: Version) -> None:
        """Follow all items into the next version."""
        were = match_plans(before, later.plan)
        old, self._now = self._now, {}
        self._follow_all(later, old, were)
        for item in compare_plans(before, later.plan):
            track = self._now.get(item.ref) or old[item.ref]
            number = len(track.audiences) - (1 if item.after else 0)
            self._found.append(_Found(track, later, item, number))

    def changes(self) -> Iterator[Amendment]:
        """Yield every change under the name that its item has now."""
        turns: dict[tuple[int, Term], list[int]] = defaultdict(list)
        for found in self._found:
            for change in found.item.changes:
                turns[_value(found, change)].append(found.number)
        for found in self._found:
            for change in found.item.changes:
                commit = _made_by(found, change)
                yield Amendment(
                    date=found.version.day,
                    about=found.track.ref,
                    why=found.item.because(change) or subject_of(commit),
                    place=None,
                    change=change,
                    author=author_of(commit) if commit else "",
                    commit=commit.id if commit else "",
                    visibility=self._audience(found, change, turns[_value(found, change)]),
                )

    def _audience(self, found: _Found, change: Change, turns: Sequence[int]) -> str:
        """Return the narrowest audience for whom both values were meant while they stood."""
        at, all_of_it = found.number, found.track.audiences
        since = until = at
        if change.before is not None:
            since = max((turn for turn in turns if turn < at), default=0)
        if change.after is not None:
            until = min((turn for turn in turns if turn > at), default=len(all_of_it))
        return max(all_of_it[since : max(until, at + 1)], key=self.rank)

    def original(self) -> tuple[Objective, ...]:
        """Return all items as they were promised first, under the names that they have now."""
        objectives: dict[int, Objective] = {}
        results: dict[int, list[KeyResult]] = {}
        last = {id(found.track): found.number for found in self._found}
        for track, above in self._all:
            item = track.original
            # What it promised first stood until its last change at most.
            until = max(last.get(id(track), 0), track.promised + 1)
            audience = max(track.audiences[track.promised : until], key=self.rank)
            if isinstance(item, Objective):
                objectives[id(track)] = replace(item, ref=track.ref, visibility=audience)
            elif isinstance(item, KeyResult) and above is not None:
                ref = replace(track.ref, objective=above.ref.objective)
                found_result = replace(item, ref=ref, visibility=audience)
                results.setdefault(id(above), []).append(found_result)
        return tuple(
            replace(objective, key_results=tuple(results.get(key, ())))
            for key, objective in objectives.items()
        )

    def _follow_all(
        self, version: Version, old: dict[Reference, _Track], were: dict[Reference, Reference]
    ) -> None:
        for objective in version.plan.objectives:
            self._follow(objective, None, old, were)
            for key_result in objective.key_results:
                self._follow(key_result, objective, old, were)
        for ref, track in self._now.items():
            track.audiences.append(version.audiences[ref])

    def _follow(
        self,
        item: Objective | KeyResult,
        above: Objective | None,
        old: dict[Reference, _Track],
        were: dict[Reference, Reference],
    ) -> None:
        track = old.get(were[item.ref]) if item.ref in were else None
        if track is None:
            track = _Track(item.ref)
            self._all.append((track, self._now[above.ref] if above else None))
        track.ref = item.ref
        is_promised = is_committed(item) and (above is None or is_committed(above))
        if track.original is None and is_promised:
            track.original, track.promised = item, len(track.audiences)
        self._now[item.ref] = track


def _made_by(found: _Found, change: Change) -> Commit | None:
    """Return the commit of a version in the name of who made one of its changes."""
    version = found.version
    made = (step for step in reversed(version.steps) if step.made(found.item.ref, change))
    step = next(made, None)
    return version.commit.in_name_of(step.commit) if step and version.commit else version.commit


def _value(found: _Found, change: Change) -> tuple[int, Term]:
    """Return which value of which item a change is about."""
    is_title = change.term in (Term.ADDED, Term.REMOVED)
    return id(found.track), Term.TITLE if is_title else change.term


def subject_of(commit: Commit | None) -> str:
    """Return the reason that a commit gives: its subject, unless a forge wrote it."""
    if commit is None or _FORGE_SUBJECT.fullmatch(commit.subject):
        return ""
    return commit.subject


def _with_reasons(changes: Sequence[Amendment], said: Sequence[Amendment]) -> Iterator[Amendment]:
    used: set[int] = set()
    told: list[Amendment] = []
    for change in changes:
        reason = _reason(change, said, changes)
        if reason is None:
            told.append(change)
            continue
        used.add(id(reason))
        given = Given(reason.date, reason.about)
        told.append(replace(change, why=reason.why, place=reason.place, given=given))
    told += [reason for reason in said if id(reason) not in used]
    yield from sorted(told, key=lambda each: each.date)


def _reason(
    change: Amendment, said: Sequence[Amendment], changes: Sequence[Amendment]
) -> Amendment | None:
    """Return the reason that speaks of a change: the closest in what it is about, then in time."""
    near = [
        each
        for each in said
        if _speaks_of(each, change)
        and abs(each.date - change.date) <= _NEAR
        # A reason is not given once more by who changes the same again later.
        and not any(_is_nearer(other, change, each) for other in changes)
    ]
    return min(near, key=lambda r: (-_exactness(r), abs(r.date - change.date)), default=None)


def _is_nearer(other: Amendment, change: Amendment, reason: Amendment) -> bool:
    """Tell whether another change of the same term is closer to a reason in time."""
    if other.about != change.about or other.change is None or change.change is None:
        return False
    one, same = other.change, change.change
    is_same = (one.term, one.day) == (same.term, same.day)
    return is_same and abs(reason.date - other.date) < abs(reason.date - change.date)


def _speaks_of(reason: Amendment, change: Amendment) -> bool:
    about, ref = reason.about, change.about
    if about is None or ref is None:
        return about is None
    return about.objective == ref.objective and about.key_result in ("", ref.key_result)


def _exactness(reason: Amendment) -> int:
    return 0 if reason.about is None else 2 if reason.about.key_result else 1
