"""What files say → who there is, when, and what is planned: all that evidence is looked up in."""

from __future__ import annotations

from datetime import date

from okrsite.model.quick import quick_dataclass
from okrsite.read import Reading
from okrsite.resolve.cycles import Calendar
from okrsite.resolve.desk import Desk
from okrsite.resolve.directory import Directory
from okrsite.resolve.plans import Draft, resolve_plans
from okrsite.resolve.teams import resolve_roles_of_teams, resolve_teams
from okrsite.resolve.visibility import Scope, narrow


@quick_dataclass(frozen=True, slots=True)
class Ground:
    """What evidence is looked up in: who there is, when, and the plans without their links."""

    desk: Desk
    directory: Directory
    folders: dict[str, str]
    """Team ids by folder."""
    scopes: dict[str, Scope]
    languages: dict[str, str]
    calendar: Calendar
    drafts: list[Draft]


def prepare(reading: Reading, as_of: date, today: date | None, name: str) -> Ground:
    """Return all that is known before links and check-ins are looked up."""
    records = reading.records
    desk = Desk(records.rules.rules, as_of, max(today or as_of, as_of), list(reading.problems))
    directory = Directory(desk, records.people, listed=records.has_people_file)
    folders = resolve_teams(records, desk, directory, name)
    directory.set_roles(records.rules.roles)
    resolve_roles_of_teams(records, directory)
    scopes = _scopes(reading, directory, folders, desk)
    languages = _languages(directory, records.rules.rules.language)
    calendar = Calendar(records.rules, desk)
    drafts = resolve_plans(records.plans, desk, directory, calendar, folders, scopes, languages)
    return Ground(desk, directory, folders, scopes, languages, calendar, drafts)


def _scopes(
    reading: Reading, directory: Directory, folders: dict[str, str], desk: Desk
) -> dict[str, Scope]:
    """Return what each team's own things are enclosed by, by team id."""
    records = {folders[record.folder]: record for record in reading.records.teams}
    scopes: dict[str, Scope] = {}
    for team in directory.teams.values():
        above = scopes.get(team.parent, Scope())
        record = records.get(team.id)
        if record is None:
            scopes[team.id] = above
            continue
        what = f"team '{team.title}'"
        scopes[team.id] = narrow(desk, above, record.visibility, what, lost=record.unreadable)
    return scopes


def _languages(directory: Directory, default: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for team in directory.teams.values():
        found[team.id] = team.language or found.get(team.parent, default)
    return found
