"""A person → what they own and lead, and what they owe this week; and everybody in a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from okrsite import urls
from okrsite.model import KeyResult, Objective, Person, State
from okrsite.pictures import picture_path
from okrsite.views.context import Context
from okrsite.views.fragments import (
    Crumb,
    DateView,
    HeadView,
    KeyResultRow,
    LinkView,
    ObjectiveRow,
    PersonLink,
)
from okrsite.views.parts import reference_link, view_date, view_person
from okrsite.views.rows import view_key_result_row, view_objectives


@dataclass(frozen=True, slots=True)
class OwnedKeyResult:
    """A key result that somebody answers for, with its objective."""

    row: KeyResultRow
    objective: LinkView
    team: PersonLink


@dataclass(frozen=True, slots=True)
class OwedRow:
    """A check-in that somebody owes."""

    title: str
    """Inline Markdown."""
    url: str
    team: str
    due: DateView


@dataclass(frozen=True, slots=True)
class RoleRow:
    """What somebody is in a team."""

    role: str
    team: PersonLink


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """A person's own OKRs in a cycle."""

    cycle: str
    url: str
    objectives: tuple[ObjectiveRow, ...]


@dataclass(frozen=True, slots=True)
class PersonView:
    """All that a person's page may show."""

    head: HeadView
    avatar: str
    """The address of a picture; empty where there is none."""
    away: tuple[tuple[DateView, DateView], ...]
    """First and last day of what is not over yet."""
    left: DateView | None
    listed: bool
    roles: tuple[RoleRow, ...]
    owes: tuple[OwedRow, ...]
    plans: tuple[OwnPlan, ...]
    """Their own OKRs in the current cycles."""
    objectives: tuple[ObjectiveRow, ...]
    """Of teams, in the current cycles, that they answer for."""
    key_results: tuple[OwnedKeyResult, ...]
    """In the current cycles, of objectives that others answer for."""
    earlier: tuple[tuple[str, str], ...]
    """Names and addresses of their own earlier cycles."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the list of people."""

    person: PersonLink
    title: str
    teams: tuple[PersonLink, ...]
    owns: str
    """``2 objectives, 3 key results``, or nothing."""
    owes: int
    """Check-ins owed."""
    left: bool


@dataclass(frozen=True, slots=True)
class PeopleView:
    """All that the list of people may show."""

    head: HeadView
    people: tuple[PersonRow, ...]


def view_person_page(context: Context, person: Person) -> PersonView:
    """Return a person's page."""
    company = context.company
    current = {cycle.id for cycle in company.current_cycles()}
    plans = [plan for plan in company.plans_of(person.id) if plan.cycle in current]
    objectives, key_results = _owned(context, person.id)
    away = [span for span in person.away if span[1] >= company.as_of]
    crumbs = _crumbs(context)
    return PersonView(
        head=HeadView(person.name, person.name, crumbs, (), person.title),
        avatar=_avatar(context, person),
        away=tuple((view_date(context, a), view_date(context, b)) for a, b in away),
        left=view_date(context, person.left) if person.left else None,
        listed=person.listed,
        roles=_roles(context, person.id),
        owes=_owes(context, person.id),
        plans=tuple(
            OwnPlan(
                company.cycle(plan.cycle).name,
                urls.plan_url(company, plan.owner, plan.cycle),
                view_objectives(context, plan.objectives),
            )
            for plan in plans
        ),
        objectives=view_objectives(context, objectives, with_team=True),
        key_results=tuple(_owned_key_result(context, kr) for kr in key_results),
        earlier=tuple(
            (company.cycle(plan.cycle).name, urls.plan_url(company, plan.owner, plan.cycle))
            for plan in reversed(company.plans_of(person.id))
            if plan.cycle not in current
        ),
    )


def view_people_index(context: Context) -> PeopleView:
    """Return the list of people."""
    say, people = context.words.gettext, context.company.people
    rows = tuple(_row(context, person) for person in people)
    lead = context.words.ngettext("{n} person", "{n} people", len(people))
    crumbs = (Crumb(say("Home"), urls.HOME),)
    return PeopleView(HeadView(say("People"), say("People"), crumbs, (), lead), rows)


def _avatar(context: Context, person: Person) -> str:
    if not person.avatar or person.place is None:
        return ""
    path = picture_path(person.place.path, person.avatar)
    return urls.picture_url(path) if path in context.pictures else ""


def _crumbs(context: Context) -> tuple[Crumb, ...]:
    say = context.words.gettext
    return (Crumb(say("Home"), urls.HOME), Crumb(say("People"), urls.PEOPLE))


def _owned(context: Context, id: str) -> tuple[list[Objective], list[KeyResult]]:
    """Return teams' objectives that somebody answers for, and key results of other objectives."""
    current = {cycle.id for cycle in context.company.current_cycles()}
    objectives = [
        o
        for o in context.owned_objectives.get(id, ())
        if o.owners[0] == id and o.ref.cycle in current and o.ref.owner != id
    ]
    mine = {o.ref for o in objectives}
    key_results = [
        kr
        for kr in context.owned_key_results.get(id, ())
        if kr.ref.cycle in current and kr.ref.owner != id and kr.owners[0] == id
        if (o := context.company.objective(kr.ref)) and o.ref not in mine
    ]
    return objectives, key_results


def _owned_key_result(context: Context, key_result: KeyResult) -> OwnedKeyResult:
    measure = context.measures.key_result(key_result.ref)
    objective = context.company.objective(key_result.ref)
    link = reference_link(context, objective.ref if objective else key_result.ref)
    row = view_key_result_row(context, key_result, measure)
    return OwnedKeyResult(row, link, view_person(context, key_result.ref.owner))


def _owes(context: Context, id: str) -> tuple[OwedRow, ...]:
    """Return the check-ins that somebody owes by the end of this week, the oldest first."""
    as_of, found = context.company.as_of, []
    sunday = as_of + timedelta(days=6 - as_of.weekday())
    for key_result in context.owned_key_results.get(id, ()):
        if key_result.owners[0] != id or key_result.state is not State.ACTIVE:
            continue
        measure = context.measures.key_result(key_result.ref)
        due = measure.check_in_due
        if due and due <= sunday and not measure.away:
            found.append((due, key_result))
    found.sort(key=lambda item: item[0])
    return tuple(
        OwedRow(
            key_result.title,
            urls.reference_url(context.company, key_result.ref),
            view_person(context, key_result.ref.owner).name,
            view_date(context, due),
        )
        for due, key_result in found
    )


def _roles(context: Context, id: str) -> tuple[RoleRow, ...]:
    say, rows = context.words.gettext, []
    for team in context.company.teams:
        held = [
            word
            for word, holder in (
                (say("lead"), team.lead),
                (say("champion"), team.champion),
                (say("sponsor"), team.sponsor),
            )
            if holder == id
        ]
        if held or id in team.members:
            role = ", ".join(held) or say("member")
            rows.append(RoleRow(role, view_person(context, team.id)))
    return tuple(rows)


def _row(context: Context, person: Person) -> PersonRow:
    words, id = context.words, person.id
    objectives, key_results = _owned(context, id)
    counted = [
        words.ngettext("{n} objective", "{n} objectives", len(objectives)),
        words.ngettext("{n} key result", "{n} key results", len(key_results)),
    ]
    owns = [text for text, some in zip(counted, (objectives, key_results), strict=True) if some]
    return PersonRow(
        person=view_person(context, id),
        title=person.title,
        teams=tuple(role.team for role in _roles(context, id)),
        owns=", ".join(owns),
        owes=len(_owes(context, id)),
        left=person.left is not None and person.left < context.company.as_of,
    )
