"""What measuring finds out: exact numbers and the rule behind every badge.

Shares are `Fraction`s (1 is 100 %), so that limits are compared before anybody rounds; confidence
is a `Fraction` from 0 to 10. There is no prose here: a `Because` names a rule and its raw facts,
and the room `words` turns both into sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from okrsite.model import CheckIn, Cycle, Kind, Quantity, Reference, Status
from okrsite.model.quick import quick_dataclass

Fact = (
    bool
    | int
    | str
    | date
    | Decimal
    | Fraction
    | Quantity
    | Reference
    | Status
    | tuple[Quantity, ...]
    | None
)
"""A raw fact behind a number or badge: nothing rounded, nothing put into words."""


Statuses = tuple[tuple[Reference, Status], ...]
"""Active key results, each with its status."""


@quick_dataclass(frozen=True, slots=True)
class Because:
    """The rule that decided a status, and the facts that it went by.

    Of a key result, in the order in which they are tried (names after the dash are the facts):

    - ``paused``, ``cancelled`` — whose (``key-result`` or ``objective``), why (may be empty)
    - ``closed`` — graded (bool), grade (Decimal or None), progress (not clamped, or None),
      needed (Fraction: 7/10, or 1 for a committed objective), committed (bool)
    - ``done`` — how (``plan``, ``check-in``, ``steps``, ``share`` or ``declared``), date (or
      None), by (a handle or empty), progress
    - ``upcoming`` — starts (date)
    - ``not-started`` — days (gone by in the cycle, today counted), of (days of the cycle),
      late (bool: more than a third of the cycle is gone, and its own start has come)
    - ``outdated`` — date (of the newest check-in), by, days (its age), allowed (cadence plus
      grace, in days), last (the last known Status, or None), last_rule (the rule that gave it)
    - ``declared`` — status, by, date, away (bool: the owner is away and the word is an older one)
    - ``confidence`` — confidence, by, date, away
    - ``overdue`` — due (date), progress
    - ``kept`` (maintain) — kept (bool), value, target, date
    - ``limit`` — value, target, date, share (of time gone by on that date), allowed (Fraction, in
      the unit: target × share)
    - ``pace`` — progress, expected (on the day of the value), pace (progress − expected), date,
      on_track and at_risk (Fractions: how far behind each may be)
    - ``too-early`` — until (date: the last day of the quiet start), progress, expected
    - ``no-measure`` — why (``kind``: a milestone without steps; ``baseline``; ``value``: nobody
      gave one yet; ``target``: none, or equal to the baseline)

    Of an objective: paused, cancelled, closed and declared as above, else one of

    - ``worst`` — key_result (Reference of the first that has it), status, count (how many have
      it), of (active key results)
    - ``empty`` — no active key result; no facts

    An objective without key results is measured as a milestone and has a key result's rules.
    """

    rule: str
    facts: Mapping[str, Fact] = field(default_factory=dict, hash=False)


@quick_dataclass(frozen=True, slots=True)
class Arithmetic:
    """How a progress came about, for `okrsite show` and for the words beside a badge.

    - ``metric`` — current, baseline, target (Quantities): (current − baseline) ÷ (target −
      baseline)
    - ``met`` — current, target, bound (str): no baseline, and the target is met: 1
    - ``not-met`` — current (or None), target, bound: no baseline, and it isn't met yet: none
    - ``running`` — current (or None), target: a limit while its cycle runs: none
    - ``within`` — current, target: a limit that was kept: 1
    - ``beyond`` — current, target: a limit that was broken and has no baseline above it: 0
    - ``kept`` — kept (int), of (int): check-ins that kept it ÷ all
    - ``steps`` — done (Fraction, weight), of (Fraction, weight), steps_done (int), steps (int)
    - ``share`` — share: the newest check-in's percentage
    - ``done`` — date: said to be done, so 1
    - ``level`` — share: the rubric's level that the newest check-in names
    - ``no-value`` — nothing yet, so 0
    - ``no-target`` — a number without a target, or with both ends equal: none
    """

    formula: str
    facts: Mapping[str, Fact] = field(default_factory=dict, hash=False)


@quick_dataclass(frozen=True, slots=True)
class Point:
    """One dated value in a key result's history, the one that counts on its day."""

    date: date
    value: Quantity | None
    """Of a metric, limit or maintain."""
    share: Fraction | None
    """Of a milestone or rubric: how far it was after that day's word, 0 to 1."""
    from_feed: bool
    check_in: CheckIn | None
    """None where the plan itself says that a step, or the whole, was done."""


@quick_dataclass(frozen=True, slots=True)
class Mean:
    """A weighted mean, and how many of those it speaks of have a measure (*2 of 3 measured*)."""

    value: Fraction | None
    """None where there is nothing to average."""
    measured: int
    of: int


@quick_dataclass(frozen=True, slots=True)
class KeyResultMeasure:
    """A key result as of one day."""

    ref: Reference
    kind: Kind
    as_of: date
    """The day it is measured for: a closed cycle's is at most the day that grading is due."""
    active: bool
    """It and its objective are in state active: it counts in means and counts."""
    weight: Fraction
    measured: bool
    """It has a progress."""

    current: Quantity | None
    """The newest dated value of a metric, limit or maintain."""
    current_date: date | None
    """Of the newest value, share, step or word done."""
    current_from_feed: bool
    baseline: Quantity | None
    target: Quantity | None
    progress: Fraction | None
    """Not clamped: 0 at the baseline, 1 at the target."""
    shown: Fraction | None
    """Progress as bars and means take it: 0 to 1."""
    arithmetic: Arithmetic
    start: date
    due: date
    expected: Fraction
    """Where it should be on `as_of`, 0 to 1 (with checkpoints it may leave that span).

    The share of time gone by for kinds that have no pace, too.
    """
    expected_path: tuple[tuple[date, Fraction], ...]
    """The corners of the expected path, for a chart: from `start` to `due`, linear between."""
    expected_then: Fraction | None
    """Where it should have been on the day of the newest value."""
    pace: Fraction | None
    """Progress − `expected_then`; None for kinds that have no pace, and without a value."""
    pace_verdict: Status | None
    """On track, at risk or off track; None in the quiet start too."""
    too_early: bool
    """The cycle is in its quiet start."""

    confidence: Fraction | None
    """0 to 10, the newest within cadence plus grace."""
    confidence_date: date | None
    confidence_by: str
    confidence_before: Fraction | None
    """The one stated before it, for the trend; also None where `confidence` is."""
    confidence_history: tuple[tuple[date, Fraction], ...]

    status: Status
    because: Because
    outdated: bool
    away: bool
    """Its first owner is away on `as_of`."""
    watermelon: bool
    gloomier: bool
    grade: Decimal | None
    """Only once the cycle is closed."""

    last_check_in: date | None
    """By a person."""
    check_in_due: date | None
    """When the next check-in by a person is due; None where none is (not running, done)."""
    owes: bool
    """That day has come and the owner is not away."""

    steps_done: tuple[date | None, ...]
    """For each step the day it was done, or None."""
    step_weight_done: Fraction
    step_weight: Fraction
    history: tuple[Point, ...]
    """Oldest first, one a day."""


@quick_dataclass(frozen=True, slots=True)
class ObjectiveMeasure:
    """An objective as of one day."""

    ref: Reference
    as_of: date
    active: bool
    weight: Fraction
    progress: Fraction | None
    """The weighted mean of its active key results', each clamped; 0 to 1, or none."""
    measured: int
    of: int
    """Active key results (without any, the objective itself): *2 of 3 measured*."""
    expected: Fraction | None
    """The weighted mean over the measured ones; so is `pace` over those that have one."""
    pace: Fraction | None
    pace_verdict: Status | None
    confidence: Fraction | None
    """Declared for the objective (fresh), else the weighted mean of its key results'."""
    confidence_declared: bool
    confidence_before: Fraction | None
    status: Status
    because: Because
    watermelon: bool
    gloomier: bool
    grade: Decimal | Fraction | None
    """Its own (Decimal), else the weighted mean of its key results' (Fraction), else ungraded."""
    counts: Mapping[Status, int]
    """Of its active key results; statuses that occur only. Empty where it isn't active."""
    last_check_in: date | None
    """By a person, about it or any of its key results."""
    key_results: tuple[KeyResultMeasure, ...]
    own: KeyResultMeasure | None
    """An objective without key results, measured as a milestone under its own reference."""


@quick_dataclass(frozen=True, slots=True)
class Standing:
    """How an objective or a key result stands on a day, in as few numbers as tell two days apart.

    It takes a fraction of the time of a whole measure.
    """

    progress: Fraction | None
    """A key result's is not clamped; an objective's is the mean of the clamped ones."""
    status: Status
    confidence: Fraction | None
    current: Quantity | None = None
    """The newest value of a key result that is counted."""
    steps_done: tuple[date | None, ...] = ()
    """For each of a milestone's steps the day it was done, or None."""
    last: Status | None = None
    """How a key result stood when somebody spoke of it last, where it is outdated."""

    @property
    def known(self) -> Status:
        """Return its status, or the last one known where that is outdated."""
        return self.last or self.status


@quick_dataclass(frozen=True, slots=True)
class OwnerMeasure:
    """A team's or person's own plan for one cycle as of one day."""

    owner: str
    cycle: str
    as_of: date
    progress: Fraction | None
    """The weighted mean of its active objectives', 0 to 1."""
    measured: int
    of: int
    """Active objectives."""
    expected: Fraction | None
    """The weighted mean over the measured objectives."""
    time_gone: Fraction
    """The share of the cycle's days gone by, the day counted."""
    confidence: Fraction | None
    """The weighted mean of its active key results'."""
    confidence_before: Fraction | None
    """The same a week earlier."""
    status: Status | None
    """The worst of its active objectives; None where there is none."""
    counts: Mapping[Status, int]
    """Of active key results; statuses that occur only."""
    grade: Decimal | Fraction | None
    """The plan's own, else the weighted mean of its active objectives' if all are graded."""
    last_check_in: date | None
    objectives: tuple[ObjectiveMeasure, ...]
    """All of them, in the order of the plan."""


@quick_dataclass(frozen=True, slots=True)
class Flip:
    """A status that is another than at the end of the week before."""

    ref: Reference
    before: Status
    after: Status


@quick_dataclass(frozen=True, slots=True)
class WeekMeasure:
    """A week of a cycle for one owner, or for the company: as of the week's last day."""

    week: int
    """From 1."""
    end: date
    """The week's last day."""
    as_of: date
    """The day it is measured for: `end`, or today in the week that still runs."""
    counts: Mapping[Status, int]
    """Of active key results; statuses that occur only."""
    status: Status | None
    """The worst of the active objectives."""
    confidence: Fraction | None
    progress: Fraction | None
    checked_in: int
    """Active key results (or objectives without any) that a person checked in that week."""
    fresh: int
    """Those whose newest check-in was within cadence plus grace."""
    of: int
    """Active key results (and objectives without any)."""
    flips: tuple[Flip, ...] = ()
    """Of the active objectives and their key results, in the order of the plan; for the company
    none, as they are each owner's."""


@quick_dataclass(frozen=True, slots=True)
class CycleMeasure:
    """A whole cycle as of one day: all owners' active key results, never averaged."""

    cycle: Cycle
    as_of: date
    time_gone: Fraction
    counts: Mapping[Status, int]
    of: int
    """Active key results; the counts add up to it."""
