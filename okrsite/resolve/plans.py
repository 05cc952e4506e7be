"""Plan records → plans with ids, owners and visibility; links are looked up later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from datetime import date

from okrsite.model import (
    Cycle,
    CycleState,
    HealthMetric,
    Initiative,
    InitiativeState,
    KeyResult,
    Objective,
    ObjectiveType,
    Place,
    Plan,
    Reference,
    State,
)
from okrsite.model.quick import quick_dataclass
from okrsite.read import UNDATED
from okrsite.read.records import (
    HealthRecord,
    InitiativeRecord,
    KeyResultRecord,
    ObjectiveRecord,
    PlanRecord,
    Text,
)
from okrsite.resolve.cycles import Calendar
from okrsite.resolve.desk import Desk
from okrsite.resolve.directory import Directory
from okrsite.resolve.siblings import former_ids, name_siblings
from okrsite.resolve.visibility import PlanScopes, Scope, audience_of, rank_of, scope_plan


@quick_dataclass(frozen=True, slots=True)
class Draft:
    """A plan whose links and check-ins are still to be looked up, beside its record."""

    plan: Plan
    record: PlanRecord
    cycle: Cycle
    language: str
    implied: frozenset[Reference] = field(default=frozenset())
    """Items whose id is made from the title, as none is written."""

    def items(self) -> list[tuple[Objective, ObjectiveRecord]]:
        """Return each objective beside its record."""
        return list(zip(self.plan.objectives, self.record.objectives, strict=True))


@quick_dataclass(frozen=True, slots=True)
class _Around:
    """What every item of one plan shares."""

    desk: Desk
    directory: Directory
    owner: str
    team: str
    cycle: Cycle
    language: str
    default_owner: str
    is_closed: bool


def resolve_plans(
    records: Sequence[PlanRecord],
    desk: Desk,
    directory: Directory,
    calendar: Calendar,
    folders: dict[str, str],
    scopes: dict[str, Scope],
    languages: dict[str, str],
) -> list[Draft]:
    """Return the plans, oldest cycle first.

    Of two for one owner and cycle the first counts that the most people may see.
    """
    found: dict[tuple[str, str], Draft] = {}
    for record, within in _widest_first(records, folders, scopes, desk):
        desk.audiences[record.path] = audience_of(desk, within.plan)
        file = Place(record.path)
        cycle = calendar.enter(Text(record.cycle, file))
        team = folders[record.folder]
        person = record.person and directory.find_person(Text(record.person, file))
        if record.person and not person:
            continue
        owner = person or team
        if other := found.get((owner, cycle.id)):
            _complain_twice(desk, record, other, owner)
            continue
        around = _Around(
            desk=desk,
            directory=directory,
            owner=owner,
            team=team,
            cycle=cycle,
            language=languages[team],
            default_owner=person or directory.teams[team].lead,
            is_closed=cycle.state(desk.as_of) is CycleState.CLOSED,
        )
        found[owner, cycle.id] = _plan(record, around, within)
    order = {id: index for index, id in enumerate(directory.teams)}
    return sorted(found.values(), key=lambda draft: _order(draft, order))


def _widest_first(
    records: Iterable[PlanRecord], folders: dict[str, str], scopes: dict[str, Scope], desk: Desk
) -> list[tuple[PlanRecord, PlanScopes]]:
    """Return the plans with their scopes, first those of which the most people see something."""
    found = [(r, scope_plan(r, scopes[folders[r.folder]], desk)) for r in records]

    def order(each: tuple[PlanRecord, PlanScopes]) -> tuple[int, str]:
        return min(rank_of(desk, scope) for scope in each[1].all()), each[0].path

    return sorted(found, key=order)


def _order(draft: Draft, teams: dict[str, int]) -> tuple[object, ...]:
    cycle, plan = draft.cycle, draft.plan
    own = plan.owner != plan.team
    return cycle.start, -cycle.days, cycle.id, teams[plan.team], own, plan.owner


def _complain_twice(desk: Desk, record: PlanRecord, other: Draft, owner: str) -> None:
    desk.report(
        "OKR-F003",
        Place(record.path),
        f"'{owner}' has two plans for {other.cycle.name}, and this one is left out",
        "put both into one file",
        also=((Place(other.record.path), "the plan that counts"),),
    )


def _plan(record: PlanRecord, around: _Around, within: PlanScopes) -> Draft:
    desk = around.desk
    what = "an objective's id"
    ids, implied = name_siblings(record.objectives, within.objectives, what, around.language, desk)
    former = former_ids(record.objectives, ids, desk)
    objectives: list[Objective] = []
    refs: set[Reference] = set()
    for index, item in enumerate(record.objectives):
        ref = Reference(around.owner, around.cycle.id, ids[index])
        scopes = within.key_results[index]
        inside = within.objectives[index]
        objective, without_id = _objective(item, ref, around, inside, scopes, former[index])
        objectives.append(objective)
        refs |= without_id | ({ref} if implied[index] else set())
    plan = Plan(
        owner=around.owner,
        team=around.team,
        cycle=around.cycle.id,
        place=record.place,
        objectives=tuple(objectives),
        health=_health(record.health, around, within.plan),
        retrospective=record.retrospective if around.is_closed else None,
        grade=record.grade if around.is_closed else None,
        grade_note=record.grade_note if around.is_closed else "",
        checkin_every=record.checkin_every or "",
        prose=record.prose,
        visibility=audience_of(desk, within.plan),
    )
    return Draft(plan, record, around.cycle, around.language, frozenset(refs))


def _objective(
    record: ObjectiveRecord,
    ref: Reference,
    around: _Around,
    inside: Scope,
    scopes: tuple[Scope, ...],
    aka: tuple[str, ...],
) -> tuple[Objective, set[Reference]]:
    """Return an objective, and those of its key results whose ids are made from titles."""
    desk, directory = around.desk, around.directory
    owners = directory.find_owners(record.owners)
    default = (around.default_owner,) if around.default_owner else ()
    what = "a key result's id"
    ids, implied = name_siblings(record.key_results, scopes, what, around.language, desk)
    refs = [Reference(ref.owner, ref.cycle, ref.objective, id) for id in ids]
    former = former_ids(record.key_results, ids, desk)
    key_results = tuple(
        _key_result(item, kr_ref, around, within, owners or default, aka)
        for item, kr_ref, within, aka in zip(record.key_results, refs, scopes, former, strict=True)
    )
    objective = Objective(
        ref=ref,
        title=record.title.value,
        place=record.place,
        team=around.team,
        key_results=key_results,
        why=record.why,
        type=record.type or ObjectiveType.ASPIRATIONAL,
        type_inferred=record.type is None,
        origin=record.origin,
        state=record.state,
        cancelled_because=record.cancelled_because,
        owners=owners or default,
        owner_inferred=not owners,
        contributors=directory.find_owners(record.contributors),
        weight=record.weight,
        tags=record.tags,
        visibility=audience_of(desk, inside),
        initiatives=_initiatives(record.initiatives, around),
        votes=directory.find_people(record.votes),
        grade=record.grade if around.is_closed else None,
        grade_note=record.grade_note if around.is_closed else "",
        done=until(record.done, desk.as_of),
        is_ticked=record.done == UNDATED,
        aka=aka,
        ignore=record.ignore,
    )
    without = {kr_ref for kr_ref, is_implied in zip(refs, implied, strict=True) if is_implied}
    return objective, without


def _key_result(
    record: KeyResultRecord,
    ref: Reference,
    around: _Around,
    inside: Scope,
    default_owners: tuple[str, ...],
    aka: tuple[str, ...],
) -> KeyResult:
    desk, numbers = around.desk, record.numbers
    owners = around.directory.find_owners(record.owners)
    _check_dates(record, around)
    return KeyResult(
        ref=ref,
        title=record.title.value,
        kind=numbers.kind,
        place=record.place,
        baseline=numbers.baseline,
        target=numbers.target,
        bound=numbers.bound,
        is_change=numbers.is_change,
        falling_words=numbers.falling_words,
        description=record.description,
        owners=owners or default_owners,
        owner_inferred=not owners,
        priority=record.priority,
        indicator=record.indicator,
        start=record.start,
        due=record.due,
        stretch=numbers.stretch,
        checkpoints=numbers.checkpoints,
        definition=record.definition,
        steps=tuple(replace(s, done=until(s.done, desk.as_of)) for s in numbers.steps),
        rubric=numbers.rubric,
        initiatives=_initiatives(record.initiatives, around),
        state=record.state or State.ACTIVE,
        cancelled_because=record.cancelled_because,
        weight=record.weight,
        grade=record.grade if around.is_closed else None,
        grade_note=record.grade_note if around.is_closed else "",
        done=until(record.done, desk.as_of),
        is_ticked=record.done == UNDATED,
        tags=record.tags,
        visibility=audience_of(desk, inside),
        aka=aka,
        ignore=record.ignore,
        inferred=numbers.inferred,
        unread=numbers.unread,
    )


def _check_dates(record: KeyResultRecord, around: _Around) -> None:
    """Report a start after the due date, and checkpoints outside the span between them."""
    start = record.start or around.cycle.start
    due = record.due or around.cycle.end
    if due < start:
        around.desk.report(
            "OKR-D003",
            record.dates_place or record.place,
            f"the key result is due on {due}, before it starts on {start}",
            "correct start: or due:",
        )
        return
    points = zip(record.numbers.checkpoints, record.numbers.checkpoint_places, strict=True)
    for (day, _), place in points:
        if not start <= day <= due:
            around.desk.report(
                "OKR-D003",
                place,
                f"the checkpoint of {day} lies outside {start} to {due}",
                "correct the date, or remove the checkpoint",
            )


def _initiatives(records: Sequence[InitiativeRecord], around: _Around) -> tuple[Initiative, ...]:
    directory, as_of = around.directory, around.desk.as_of
    return tuple(
        Initiative(
            title=record.title,
            owner=directory.find_owner(record.owner) if record.owner else "",
            link=record.link,
            state=InitiativeState.TODO if _is_later(record.done, as_of) else record.state,
            because=record.because,
            done=until(record.done, as_of),
            ticked=UNDATED if _is_ticked(record) else None,
        )
        for record in records
    )


def _is_ticked(record: InitiativeRecord) -> bool:
    return record.state is InitiativeState.DONE and record.done is None


def _is_later(day: date | None, as_of: date) -> bool:
    return day is not None and day > as_of


def _health(
    records: Sequence[HealthRecord], around: _Around, inside: Scope
) -> tuple[HealthMetric, ...]:
    scopes = [inside] * len(records)
    what = "a health metric's id"
    ids, _ = name_siblings(records, scopes, what, around.language, around.desk)
    return tuple(
        HealthMetric(id, record.title.value, record.place, record.bound, record.target)
        for id, record in zip(ids, records, strict=True)
    )


def until(day: date | None, as_of: date) -> date | None:
    """Return a day, or None where it lies after the as-of date."""
    return day if day and day <= as_of else None
