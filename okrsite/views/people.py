"""Everybody → the list of people, by department where they are many."""

from __future__ import annotations

from okrsite import urls
from okrsite.model import Person, Team
from okrsite.model.quick import quick_dataclass
from okrsite.views.context import Context
from okrsite.views.fragments import Crumb, HeadView, PartRow, PersonLink
from okrsite.views.parting import owner_name, part_head, part_rows
from okrsite.views.parts import view_person
from okrsite.views.person import owed, owned
from okrsite.views.split import Part, split_rows
from okrsite.views.teams import walk_teams


@quick_dataclass(frozen=True, slots=True)
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


@quick_dataclass(frozen=True, slots=True)
class PeopleView:
    """All that a list of people may show: of the whole company, or of a department."""

    head: HeadView
    departments: tuple[PartRow, ...]
    """Those whose people stand on their own pages, past 200 people."""
    people: tuple[PersonRow, ...]


def people_of(context: Context) -> Part[str]:
    """Return the pages of the list of people; who is in several departments stands in each."""
    key = "people", ""
    if key not in context.lists:
        rows = (
            ([team.id for team in context.teams_of.get(person.id, ())], person.id)
            for person in context.company.people
        )
        context.lists[key] = split_rows(context.company, rows)
    return context.lists[key]


def people_below(context: Context, team: Team) -> Part[str]:
    """Return the pages of the list of a team's people and those of the teams below it."""
    key = "people", team.id
    if key not in context.lists:
        inside = {team.id, *(each.id for each, _ in walk_teams(context.company, team))}
        rows = (
            ([each.id for each in context.teams_of[person.id] if each.id in inside], person.id)
            for person in context.company.people
            if any(each.id in inside for each in context.teams_of.get(person.id, ()))
        )
        context.lists[key] = split_rows(context.company, rows, team, f"{team.id}/")
    return context.lists[key]


def view_people_index(
    context: Context, part: Part[str] | None = None, above: tuple[Part[str], ...] = ()
) -> PeopleView:
    """Return a page of the list of people."""
    words, company = context.words, context.company
    part = part or people_of(context)
    people = [person for id in part.rows if (person := company.person(id))]
    lead = words.ngettext("{n} person", "{n} people", part.size)
    crumb = Crumb(words.gettext("People"), urls.PEOPLE)
    return PeopleView(
        head=part_head(context, crumb, part, above, lead, owner_name(context)),
        departments=part_rows(context, part, urls.PEOPLE, owner_name(context)),
        people=tuple(_row(context, person) for person in people),
    )


def _row(context: Context, person: Person) -> PersonRow:
    words, id = context.words, person.id
    objectives, key_results = owned(context, id)
    counted = [
        words.ngettext("{n} objective", "{n} objectives", len(objectives)),
        words.ngettext("{n} key result", "{n} key results", len(key_results)),
    ]
    owns = [text for text, some in zip(counted, (objectives, key_results), strict=True) if some]
    return PersonRow(
        person=view_person(context, id),
        title=person.title,
        teams=tuple(view_person(context, team.id) for team in context.teams_of.get(id, ())),
        owns=", ".join(owns),
        owes=len(owed(context, id)),
        left=person.left is not None and person.left < context.company.as_of,
    )
