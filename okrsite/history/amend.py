"""A plan's versions on the main line → what it was at first, and every change since, with a reason.

The *original* is the plan as it stood at the end of the planning days, or two weeks after its
first commit where that is later, or each item as it was when it became active, if that was later
still. What changed afterwards is an amendment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from okrsite.history.compare import ItemChange, compare_plans, is_committed, match_plans
from okrsite.history.log import Commit
from okrsite.history.sign import author_of
from okrsite.model import Amendment, Cycle, KeyResult, Objective, Plan, Reference
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
    original: Objective | KeyResult | None = None


@dataclass(slots=True)
class _Found:
    track: _Track
    version: Version
    item: ItemChange


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
        story.begin(versions[0].plan)
    for earlier, later in pairwise(versions):
        story.go_on(earlier.plan, later)
    changes = story.changes()
    return Amended(story.original(), tuple(changes)) if changes else Amended()


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

    def begin(self, plan: Plan) -> None:
        for objective in plan.objectives:
            self._follow(objective, None, {}, {})
            for key_result in objective.key_results:
                self._follow(key_result, objective, {}, {})

    def go_on(self, before: Plan, later: Version) -> None:
        """Follow all items into the next version."""
        were = match_plans(before, later.plan)
        old, self._now = self._now, {}
        for objective in later.plan.objectives:
            self._follow(objective, None, old, were)
            for key_result in objective.key_results:
                self._follow(key_result, objective, old, were)
        for item in compare_plans(before, later.plan):
            track = self._now.get(item.ref) or old[item.ref]
            self._found.append(_Found(track, later, item))

    def changes(self) -> list[Amendment]:
        """Return every change under the name that its item has now."""
        return [
            Amendment(
                date=found.version.day,
                about=found.track.ref,
                why=subject_of(found.version.commit),
                place=None,
                change=change,
                author=author_of(found.version.commit) if found.version.commit else "",
                commit=found.version.commit.id if found.version.commit else "",
                visibility=found.item.visibility(self.rank),
            )
            for found in self._found
            for change in found.item.changes
        ]

    def original(self) -> tuple[Objective, ...]:
        """Return all items as they were promised first, under the names that they have now."""
        objectives: dict[int, Objective] = {}
        results: dict[int, list[KeyResult]] = {}
        for track, above in self._all:
            item = track.original
            if isinstance(item, Objective):
                objectives[id(track)] = replace(item, ref=track.ref)
            elif isinstance(item, KeyResult) and above is not None:
                ref = replace(track.ref, objective=above.ref.objective)
                results.setdefault(id(above), []).append(replace(item, ref=ref))
        return tuple(
            replace(objective, key_results=tuple(results.get(key, ())))
            for key, objective in objectives.items()
        )

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
            track.original = item
        self._now[item.ref] = track


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
        told.append(replace(change, why=reason.why, place=reason.place))
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
