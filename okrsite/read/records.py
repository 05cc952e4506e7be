"""What stands in the files, field by field with places, before anything is looked up."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from decimal import Decimal

from okrsite.model import (
    Bound,
    Cadence,
    Definition,
    InitiativeState,
    Kind,
    Level,
    ObjectiveType,
    Person,
    Place,
    Quantity,
    Retrospective,
    RubricLevel,
    Rules,
    State,
    Status,
    Step,
)
from okrsite.model.okrs import Ask, Priority
from okrsite.model.quick import quick_dataclass


@quick_dataclass(frozen=True, slots=True)
class Text:
    """A piece of text and where it stands."""

    value: str
    place: Place

    def __str__(self) -> str:
        return self.value


@quick_dataclass(frozen=True, slots=True)
class RulesRecord:
    """What `okrs.yml` says."""

    rules: Rules = field(default_factory=Rules)
    ignore: tuple[str, ...] = ()
    roles: tuple[tuple[Text, Text], ...] = ()
    has_fiscal_start: bool = False
    unreadable: bool = False
    """What it says about audiences may be lost, so that nothing may be built."""
    cycles: tuple[Text, ...] = ()
    """The ids of `rules.cycles`, as written."""


@quick_dataclass(frozen=True, slots=True)
class PersonRecord:
    """One entry of `people.yml`."""

    person: Person
    id: Text
    aka: tuple[Text, ...] = ()


@quick_dataclass(frozen=True, slots=True)
class TeamRecord:
    """What one `team.md` says."""

    folder: str
    place: Place
    id: Text | None = None
    title: str = ""
    level: Level | None = None
    parent: Text | None = None
    lead: Text | None = None
    champion: Text | None = None
    sponsor: Text | None = None
    members: tuple[Text, ...] = ()
    vision: str = ""
    mission: str = ""
    priorities: tuple[tuple[Text, str], ...] = ()
    """Id and title of each."""
    links: tuple[tuple[str, str], ...] = ()
    language: str = ""
    checkin_every: Cadence | None = None
    visibility: Text | None = None
    aka: tuple[Text, ...] = ()
    prose: str = ""
    unreadable: bool = False
    """Its visibility may be lost, so that all below counts as the narrowest."""


@quick_dataclass(frozen=True, slots=True)
class InitiativeRecord:
    """A piece of work as the plan names it."""

    title: str
    place: Place
    owner: Text | None = None
    link: str = ""
    state: InitiativeState = InitiativeState.TODO
    because: str = ""
    done: date | None = None


@quick_dataclass(frozen=True, slots=True)
class Numbers:
    """What a key result is measured by: read from its fields, else from its sentence."""

    kind: Kind
    baseline: Quantity | None = None
    target: Quantity | None = None
    bound: Bound = Bound.AT_LEAST
    is_change: bool = False
    falling_words: bool = False
    stretch: Quantity | None = None
    checkpoints: tuple[tuple[date, Quantity], ...] = ()
    checkpoint_places: tuple[Place, ...] = ()
    """Of the days of the checkpoints."""
    steps: tuple[Step, ...] = ()
    rubric: tuple[RubricLevel, ...] = ()
    inferred: tuple[str, ...] = ()
    unread: str = ""


@quick_dataclass(frozen=True, slots=True)
class KeyResultRecord:
    """One key result of a plan."""

    title: Text
    place: Place
    numbers: Numbers
    id: Text | None = None
    description: str = ""
    owners: tuple[Text, ...] = ()
    priority: str = ""
    indicator: str = ""
    start: date | None = None
    due: date | None = None
    dates_place: Place | None = None
    """Of `due`, else of `start`."""
    definition: Definition | None = None
    feed: Text | None = None
    initiatives: tuple[InitiativeRecord, ...] = ()
    state: State | None = None
    cancelled_because: str = ""
    weight: Decimal = Decimal(1)
    grade: Decimal | None = None
    grade_note: str = ""
    done: date | None = None
    tags: tuple[str, ...] = ()
    visibility: Text | None = None
    visibility_lost: bool = False
    aka: tuple[Text, ...] = ()
    ignore: tuple[str, ...] = ()
    check_ins: tuple[ItemRecord, ...] = ()
    """Check-ins that a small team keeps in the plan; each with its date."""


@quick_dataclass(frozen=True, slots=True)
class ObjectiveRecord:
    """One objective of a plan."""

    title: Text
    place: Place
    id: Text | None = None
    key_results: tuple[KeyResultRecord, ...] = ()
    why: str = ""
    type: ObjectiveType | None = None
    origin: str = ""
    state: State = State.ACTIVE
    cancelled_because: str = ""
    owners: tuple[Text, ...] = ()
    contributors: tuple[Text, ...] = ()
    supports: tuple[Text, ...] = ()
    depends_on: tuple[Text, ...] = ()
    continues: Text | None = None
    weight: Decimal = Decimal(1)
    tags: tuple[str, ...] = ()
    visibility: Text | None = None
    visibility_lost: bool = False
    initiatives: tuple[InitiativeRecord, ...] = ()
    votes: tuple[Text, ...] = ()
    grade: Decimal | None = None
    grade_note: str = ""
    done: date | None = None
    aka: tuple[Text, ...] = ()
    ignore: tuple[str, ...] = ()
    check_ins: tuple[ItemRecord, ...] = ()


@quick_dataclass(frozen=True, slots=True)
class HealthRecord:
    """One health metric of a plan."""

    title: Text
    place: Place
    id: Text | None = None
    bound: Bound | None = None
    target: Quantity | None = None


@quick_dataclass(frozen=True, slots=True)
class AmendmentRecord:
    """One reason that a plan gives for its change."""

    date: date
    about: Text | None
    why: str
    place: Place


@quick_dataclass(frozen=True, slots=True)
class PlanRecord:
    """One plan file."""

    path: str
    folder: str
    cycle: str
    person: str
    place: Place
    objectives: tuple[ObjectiveRecord, ...] = ()
    health: tuple[HealthRecord, ...] = ()
    amendments: tuple[AmendmentRecord, ...] = ()
    retrospective: Retrospective | None = None
    grade: Decimal | None = None
    grade_note: str = ""
    checkin_every: Cadence | None = None
    visibility: Text | None = None
    visibility_lost: bool = False
    """The plan's visibility may stand in a part that could not be read."""
    prose: str = ""
    doubtful: tuple[Place, ...] = ()
    """Parts that could not be read, and that may have said who may see them."""


@quick_dataclass(frozen=True, slots=True)
class ItemRecord:
    """What a check-in says about one key result or objective; values still as typed."""

    name: Text
    place: Place
    date: date | None = None
    """Only where it stands in a plan; elsewhere the file's."""
    value: Text | None = None
    steps: tuple[Text, ...] = ()
    undone: tuple[Text, ...] = ()
    done: bool = False
    confidence: Decimal | None = None
    forecast: Text | None = None
    status: Status | None = None
    note: str = ""
    blocker: str = ""
    decision: str = ""
    ask: str = ""
    is_broken: bool = False
    """It could not be read: only that these lines speak of this item is known."""


@quick_dataclass(frozen=True, slots=True)
class WorkRecord:
    """What a check-in says about one initiative."""

    name: Text
    state: InitiativeState
    because: str = ""


@quick_dataclass(frozen=True, slots=True)
class AskRecord:
    """An ask, whose `to` is still to be looked up."""

    ask: Ask
    to: Text | None


@quick_dataclass(frozen=True, slots=True)
class CheckInRecord:
    """One check-in file."""

    path: str
    folder: str
    date: date
    person: str
    place: Place
    by: Text | None = None
    cycle: Text | None = None
    key_results: tuple[ItemRecord, ...] = ()
    objectives: tuple[ItemRecord, ...] = ()
    initiatives: tuple[WorkRecord, ...] = ()
    health: tuple[tuple[Text, Text], ...] = ()
    priorities: tuple[Priority, ...] = ()
    upcoming: tuple[str, ...] = ()
    wins: tuple[str, ...] = ()
    asks: tuple[AskRecord, ...] = ()
    note: str = ""
    blocks: tuple[Place, ...] = ()
    """Parts whose lines speak of items: of which, only their names tell."""


@quick_dataclass(frozen=True, slots=True)
class FeedbackRecord:
    """One entry of a feedback file."""

    folder: str
    date: date
    person: str
    place: Place
    kind: str
    text: str
    about: Text | None = None
    answer: str = ""


@quick_dataclass(frozen=True, slots=True)
class Records:
    """All that a tree says."""

    rules: RulesRecord
    people: tuple[PersonRecord, ...] = ()
    has_people_file: bool = False
    teams: tuple[TeamRecord, ...] = ()
    plans: tuple[PlanRecord, ...] = ()
    check_ins: tuple[CheckInRecord, ...] = ()
    feedback: tuple[FeedbackRecord, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    """Folder to the language written there."""
