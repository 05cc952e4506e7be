"""A person → what they own and lead, and what they owe this week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from okrsite import urls
from okrsite.model import KeyResult, Objective, Person, Plan, State, Team
from okrsite.model.quick import quick_dataclass
from okrsite.pictures import picture_path
from okrsite.views.context import Context
from okrsite.views.fragments import (
    Crumb,
    DateView,
    HeadView,
    KeyResultRow,
    LinkView,
    MoreView,
    ObjectiveRow,
    PersonLink,
)
from okrsite.views.parts import reference_link, view_date, view_person
from okrsite.views.room import (
    MOST_OBJECTIVE_ROWS,
    MOST_OWED,
    MOST_ROLES,
    fitting,
    rows_of,
)
from okrsite.views.rows import view_key_result_row, view_objectives


@quick_dataclass(frozen=True, slots=True)
class OwnedKeyResult:
    """A key result that somebody answers for, with its objective."""

    row: KeyResultRow
    objective: LinkView
    team: PersonLink


@quick_dataclass(frozen=True, slots=True)
class OwedRow:
    """A check-in that somebody owes."""

    title: str
    """Inline Markdown."""
    url: str
    team: str
    due: DateView


@quick_dataclass(frozen=True, slots=True)
class RoleRow:
    """What somebody is in a team."""

    role: str
    team: PersonLink


@quick_dataclass(frozen=True, slots=True)
class OwnPlan:
    """A person's own OKRs in a cycle."""

    cycle: str
    url: str
    objectives: tuple[ObjectiveRow, ...]
    more: MoreView | None
    """Where the rest of a long plan stands."""


@quick_dataclass(frozen=True, slots=True)
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
    owing: int
    """How many check-ins they owe, also where only the first are shown."""
    plans: tuple[OwnPlan, ...]
    """Their own OKRs in the current cycles."""
    objectives: tuple[ObjectiveRow, ...]
    """Of teams, in the current cycles, that they answer for."""
    key_results: tuple[OwnedKeyResult, ...]
    """In the current cycles, of objectives that others answer for."""
    earlier: tuple[tuple[str, str], ...]
    """Names and addresses of their own earlier cycles."""
    more: MoreView | None
    """Where all of it is listed, if it is more than the page has room for."""


@quick_dataclass(frozen=True, slots=True)
class Owned:
    """What somebody answers for, in the current cycles, and holds."""

    plans: tuple[Plan, ...]
    """Their own."""
    objectives: list[Objective]
    """Of teams."""
    key_results: list[KeyResult]
    """Of objectives that others answer for."""
    answered: list[KeyResult]
    """All that they check in: as many check-ins may be owed."""
    roles: list[tuple[str, Team]]

    @property
    def fits(self) -> bool:
        """Tell whether a person's page has room for all of it."""
        rows = rows_of(self.objectives) + len(self.key_results) + self.own_rows
        many = len(self.answered) > MOST_OWED or len(self.roles) > MOST_ROLES
        return rows <= MOST_OBJECTIVE_ROWS and not many

    @property
    def own_rows(self) -> int:
        """Return how many rows their own plans take."""
        return sum(
            rows_of(plan.objectives[: fitting(plan.objectives, MOST_OBJECTIVE_ROWS)])
            for plan in self.plans
        )


def view_person_page(context: Context, person: Person) -> PersonView:
    """Return a person's page."""
    company, found = context.company, find_owned(context, person.id)
    owing = owed(context, person.id)
    away = [span for span in person.away if span[1] >= company.as_of]
    room = max(MOST_OBJECTIVE_ROWS - found.own_rows, 0)
    objectives = found.objectives if found.fits else _first(found.objectives, room)
    left = max(room - rows_of(objectives), 0)
    key_results = found.key_results if found.fits else found.key_results[:left]
    return PersonView(
        head=HeadView(person.name, person.name, person_crumbs(context), (), person.title),
        avatar=_avatar(context, person),
        away=tuple((view_date(context, a), view_date(context, b)) for a, b in away),
        left=view_date(context, person.left) if person.left else None,
        listed=person.listed,
        roles=tuple(
            RoleRow(role, view_person(context, team.id)) for role, team in found.roles[:MOST_ROLES]
        ),
        owes=tuple(view_owed(context, due, kr) for due, kr in owing[:MOST_OWED]),
        owing=len(owing),
        plans=tuple(_own_plan(context, plan) for plan in found.plans),
        objectives=view_objectives(context, objectives, with_team=True),
        key_results=tuple(_owned_key_result(context, kr) for kr in key_results),
        earlier=_earlier(context, person),
        more=None if found.fits else _more(context, person, found),
    )


def _first(objectives: list[Objective], room: int) -> list[Objective]:
    return objectives[: fitting(objectives, room)] if room else []


def _more(context: Context, person: Person, found: Owned) -> MoreView:
    words = context.words
    text = words.gettext(
        "All that {name} owns, leads and owes: {objectives}, {key_results}",
        name=person.name,
        objectives=words.ngettext("{n} objective", "{n} objectives", len(found.objectives)),
        key_results=words.ngettext("{n} key result", "{n} key results", len(found.key_results)),
    )
    return MoreView(text, urls.owns_url(person.id))


def _own_plan(context: Context, plan: Plan) -> OwnPlan:
    company, words = context.company, context.words
    shown = fitting(plan.objectives, MOST_OBJECTIVE_ROWS)
    left = len(plan.objectives) - shown
    url = urls.plan_url(company, plan.owner, plan.cycle)
    text = words.ngettext("and {n} more objective", "and {n} more objectives", left)
    return OwnPlan(
        company.cycle(plan.cycle).name,
        url,
        view_objectives(context, plan.objectives[:shown]),
        MoreView(text, url) if left else None,
    )


def _earlier(context: Context, person: Person) -> tuple[tuple[str, str], ...]:
    company, current = context.company, {cycle.id for cycle in context.current}
    return tuple(
        (company.cycle(plan.cycle).name, urls.plan_url(company, plan.owner, plan.cycle))
        for plan in reversed(company.plans_of(person.id))
        if plan.cycle not in current
    )


def _avatar(context: Context, person: Person) -> str:
    if not person.avatar or person.place is None:
        return ""
    path = picture_path(person.place.path, person.avatar)
    return urls.picture_url(path) if path in context.pictures else ""


def person_crumbs(context: Context) -> tuple[Crumb, ...]:
    """Return the way from home to a person."""
    say = context.words.gettext
    return (Crumb(say("Home"), urls.HOME), Crumb(say("People"), urls.PEOPLE))


def find_owned(context: Context, id: str) -> Owned:
    """Return what somebody answers for today, and their roles."""
    current = {cycle.id for cycle in context.current}
    plans = tuple(plan for plan in context.company.plans_of(id) if plan.cycle in current)
    answered = [kr for kr in _answered(context, id) if kr.ref.cycle in current]
    return Owned(plans, *owned(context, id), answered, _roles(context, id))


def _answered(context: Context, id: str) -> Iterator[KeyResult]:
    """Yield the active key results that somebody is the first to answer for."""
    for key_result in context.company.owned_key_results(id):
        if key_result.owners[0] == id and key_result.state is State.ACTIVE:
            yield key_result


def owned(context: Context, id: str) -> tuple[list[Objective], list[KeyResult]]:
    """Return teams' objectives that somebody answers for, and key results of other objectives."""
    current = {cycle.id for cycle in context.current}
    objectives = [
        o
        for o in context.company.owned_objectives(id)
        if o.owners[0] == id and o.ref.cycle in current and o.ref.owner != id
    ]
    mine = {o.ref for o in objectives}
    key_results = [
        kr
        for kr in context.company.owned_key_results(id)
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


def owed(context: Context, id: str) -> list[tuple[date, KeyResult]]:
    """Return the check-ins that somebody owes by the end of this week, the oldest first."""
    as_of, found = context.company.as_of, []
    sunday = as_of + timedelta(days=6 - as_of.weekday())
    for key_result in _answered(context, id):
        measure = context.measures.key_result(key_result.ref)
        due = measure.check_in_due
        if due and due <= sunday and not measure.away:
            found.append((due, key_result))
    found.sort(key=lambda item: item[0])
    return found


def view_owed(context: Context, due: date, key_result: KeyResult) -> OwedRow:
    """Return a check-in that somebody owes."""
    return OwedRow(
        key_result.title,
        urls.reference_url(context.company, key_result.ref),
        view_person(context, key_result.ref.owner).name,
        view_date(context, due),
    )


def _roles(context: Context, id: str) -> list[tuple[str, Team]]:
    say, rows = context.words.gettext, []
    for team in context.teams_of.get(id, ()):
        held = [
            word
            for word, holder in (
                (say("lead"), team.lead),
                (say("champion"), team.champion),
                (say("sponsor"), team.sponsor),
            )
            if holder == id
        ]
        rows.append((", ".join(held) or say("member"), team))
    return rows
