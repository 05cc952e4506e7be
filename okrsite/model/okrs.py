"""Objectives, key results and the evidence about them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from okrsite.model.basics import (
    Bound,
    InitiativeState,
    Kind,
    ObjectiveType,
    Place,
    Quantity,
    State,
    Status,
)
from okrsite.model.change import Change
from okrsite.model.quick import quick_dataclass


@quick_dataclass(frozen=True, slots=True)
class Reference:
    """The full name of an objective, a key result or a team's standing priority."""

    owner: str
    """A team's id or a person's handle."""
    cycle: str
    """Empty for a team's standing priority."""
    objective: str
    """The objective's id, or the priority's."""
    key_result: str = ""

    def __str__(self) -> str:
        owner = f"{self.owner}@{self.cycle}" if self.cycle else self.owner
        tail = f"/{self.key_result}" if self.key_result else ""
        return f"{owner}/{self.objective}{tail}"


@quick_dataclass(frozen=True, slots=True)
class Link:
    """A resolved `supports`, `depends_on` or `continues`."""

    target: Reference | None
    """None where the audience may not know what it is."""
    place: Place

    @property
    def restricted(self) -> bool:
        """Tell whether the target is left out for this audience."""
        return self.target is None


@quick_dataclass(frozen=True, slots=True)
class Step:
    """One of a milestone's steps."""

    title: str
    weight: Decimal = Decimal(1)
    done: date | None = None


@quick_dataclass(frozen=True, slots=True)
class RubricLevel:
    """One level of a rubric."""

    grade: Decimal
    """0 to 1."""
    text: str


@quick_dataclass(frozen=True, slots=True)
class Definition:
    """What a key result's number means."""

    text: str = ""
    counts: str = ""
    excludes: str = ""
    source: str = ""
    contributes: str = ""


@quick_dataclass(frozen=True, slots=True)
class Initiative:
    """A piece of work towards an objective or a key result."""

    title: str
    owner: str = ""
    link: str = ""
    state: InitiativeState = InitiativeState.TODO
    because: str = ""
    done: date | None = None
    ticked: date | None = None
    """Since when its plan says without a day that it is done; `date.min` where nobody knows."""


@quick_dataclass(frozen=True, slots=True)
class CheckIn:
    """What one person (or a feed) said about one key result or objective on one day."""

    date: date
    place: Place
    by: str = ""
    """A person's handle, or empty where nobody is named."""
    value: Quantity | None = None
    """A number of a metric, limit or maintain; in the key result's own unit."""
    share: Decimal | None = None
    """How far a milestone without steps is, or a rubric's level: 0 to 1."""
    steps_done: tuple[int, ...] = ()
    """Indexes of the steps that this check-in says are done."""
    steps_undone: tuple[int, ...] = ()
    done: bool = False
    """The whole is said to be done."""
    confidence: Decimal | None = None
    """0 to 10."""
    forecast: Quantity | None = None
    status: Status | None = None
    note: str = ""
    blocker: str = ""
    decision: str = ""
    ask: str = ""
    from_feed: bool = False
    overruled: bool = False
    """Another file of the same day counts instead; this one is only shown."""

    @property
    def has_evidence(self) -> bool:
        """Tell whether it moves progress: a number, a share, steps or the word done."""
        return (
            self.value is not None
            or self.share is not None
            or bool(self.steps_done)
            or bool(self.steps_undone)
            or self.done
        )


@quick_dataclass(frozen=True, slots=True)
class KeyResult:
    """A result that tells whether its objective is reached."""

    ref: Reference
    title: str
    """As the author wrote it, without a leading ``KR1:`` or ``[P0]``; inline Markdown."""
    kind: Kind
    place: Place
    baseline: Quantity | None = None
    target: Quantity | None = None
    bound: Bound = Bound.AT_LEAST
    """The good side of the target, for kinds and values where no baseline tells."""
    is_change: bool = False
    """Target and values are the change so far (``by 20%``), with the baseline 0."""
    falling_words: bool = False
    """The sentence speaks of a decrease (with `is_change`: the change is downwards)."""
    description: str = ""
    owners: tuple[str, ...] = ()
    """Handles or team ids; the first answers. Never empty where the objective has an owner."""
    owner_inferred: bool = False
    priority: str = ""
    indicator: str = ""
    start: date | None = None
    """None: the cycle's start."""
    due: date | None = None
    """None: the cycle's end."""
    stretch: Quantity | None = None
    checkpoints: tuple[tuple[date, Quantity], ...] = ()
    definition: Definition | None = None
    steps: tuple[Step, ...] = ()
    rubric: tuple[RubricLevel, ...] = ()
    """By grade, lowest first."""
    initiatives: tuple[Initiative, ...] = ()
    state: State = State.ACTIVE
    cancelled_because: str = ""
    weight: Decimal = Decimal(1)
    grade: Decimal | None = None
    grade_note: str = ""
    done: date | None = None
    is_ticked: bool = False
    """Its sentence is ticked: the day of `done` is git's, or nobody knows it."""
    tags: tuple[str, ...] = ()
    visibility: str = ""
    """The audience it is meant for, worked out from everything around it."""
    aka: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    """Rules of the coach that do not apply."""
    inferred: tuple[str, ...] = ()
    """Names of fields that were read from the sentence or defaulted."""
    unread: str = ""
    """Why the sentence gave no number although it holds one, in a few words; or nothing."""
    check_ins: tuple[CheckIn, ...] = ()
    """Oldest first; of one day, the one that counts last."""


@quick_dataclass(frozen=True, slots=True)
class Objective:
    """What a team or person wants to reach in a cycle."""

    ref: Reference
    title: str
    place: Place
    team: str
    """The team in whose folder the plan lies (an individual's too)."""
    key_results: tuple[KeyResult, ...] = ()
    why: str = ""
    type: ObjectiveType = ObjectiveType.ASPIRATIONAL
    type_inferred: bool = False
    origin: str = ""
    state: State = State.ACTIVE
    cancelled_because: str = ""
    owners: tuple[str, ...] = ()
    owner_inferred: bool = False
    contributors: tuple[str, ...] = ()
    supports: tuple[Link, ...] = ()
    depends_on: tuple[Link, ...] = ()
    continues: Link | None = None
    weight: Decimal = Decimal(1)
    tags: tuple[str, ...] = ()
    visibility: str = ""
    title_only: bool = False
    """Shown only because something inside is wider: nothing else of its own is known."""
    initiatives: tuple[Initiative, ...] = ()
    votes: tuple[str, ...] = ()
    grade: Decimal | None = None
    grade_note: str = ""
    done: date | None = None
    is_ticked: bool = False
    """As of a key result."""
    aka: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    """About the objective as a whole, oldest first."""

    @property
    def is_individual(self) -> bool:
        """Tell whether it is one person's own."""
        return self.ref.owner != self.team

    def items(self) -> tuple[Objective | KeyResult, ...]:
        """Return the objective and its key results: all that a check-in can be about."""
        return (self, *self.key_results)


@quick_dataclass(frozen=True, slots=True)
class HealthMetric:
    """What must not break while a team chases its goals."""

    id: str
    title: str
    place: Place
    bound: Bound | None = None
    target: Quantity | None = None
    values: tuple[tuple[date, Quantity | Status], ...] = ()
    """Oldest first: numbers or a status word."""


@quick_dataclass(frozen=True, slots=True)
class Retrospective:
    """What a team learned from a cycle."""

    went_well: tuple[str, ...] = ()
    to_improve: tuple[str, ...] = ()
    learned: tuple[str, ...] = ()
    next: tuple[str, ...] = ()


@quick_dataclass(frozen=True, slots=True)
class Given:
    """What a plan says of a reason that it gives."""

    day: date
    about: Reference | None


@quick_dataclass(frozen=True, slots=True)
class Amendment:
    """A change of a plan after its planning days, as git tells it, or the plan, or both."""

    date: date
    about: Reference | None
    """None where it speaks of the whole plan, or of something left out."""
    why: str
    """The reason that the plan gives, else the commit; or nothing."""
    place: Place | None = None
    """Where the plan gives the reason."""
    change: Change | None = None
    """None where the plan alone tells of it."""
    by: str = ""
    """The handle of who made it, where that is known."""
    author: str = ""
    """The commit's author, where that is nobody known."""
    commit: str = ""
    visibility: str = ""
    """The audience that the item was meant for, before and after; empty where that of the item
    now decides."""
    given: Given | None = None
    """Where the plan gives the reason for a change that git tells: what it says beside it."""


@quick_dataclass(frozen=True, slots=True)
class Plan:
    """One owner's plan for one cycle."""

    owner: str
    team: str
    cycle: str
    place: Place
    objectives: tuple[Objective, ...] = ()
    health: tuple[HealthMetric, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    """Oldest first."""
    original: tuple[Objective, ...] | None = None
    """What was promised at first, under the names of today; None where it is still the same, or
    where nobody can tell."""
    corrections: tuple[Amendment, ...] = ()
    """Values of check-ins that were another at first, oldest first; those that were corrected
    after more than a week are amendments, too."""
    retrospective: Retrospective | None = None
    grade: Decimal | None = None
    grade_note: str = ""
    checkin_every: str = ""
    prose: str = ""
    visibility: str = ""
    title_only: bool = False
    """Only what is inside may be shown, nothing else of the plan's own."""


@quick_dataclass(frozen=True, slots=True)
class Priority:
    """One line of what a team does this week."""

    text: str
    level: str = ""
    """``P1``, or nothing."""


@quick_dataclass(frozen=True, slots=True)
class Ask:
    """What somebody needs from another team."""

    text: str
    to: str = ""
    by: date | None = None


@quick_dataclass(frozen=True, slots=True)
class Weekly:
    """The parts of a check-in file that belong to the week rather than to a key result."""

    owner: str
    """The team's id, or the person's whose file it is."""
    team: str
    date: date
    place: Place
    by: str = ""
    cycles: tuple[str, ...] = ()
    """The cycles it speaks of."""
    priorities: tuple[Priority, ...] = ()
    upcoming: tuple[str, ...] = ()
    wins: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    note: str = ""


@quick_dataclass(frozen=True, slots=True)
class Feedback:
    """A visitor's praise, question or suggestion."""

    team: str
    date: date
    by: str
    kind: str
    """``praise``, ``question`` or ``suggestion``."""
    text: str
    place: Place
    about: Reference | None = None
    answer: str = ""
