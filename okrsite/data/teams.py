"""Rules, cycles, teams and people → rows."""

from __future__ import annotations

from collections.abc import Iterator

from okrsite.cells import Cell, Row, day, number, text, texts
from okrsite.data.sheet import Sheet
from okrsite.urls import cycle_url, person_url, team_url


def rules_row(sheet: Sheet) -> Row:
    """Return the company-wide rules in force."""
    rules = sheet.company.rules
    return {
        "language": rules.language,
        "timezone": rules.timezone,
        "fiscal_year_start": rules.fiscal_year_start,
        "roles": dict(rules.roles),
        "checkins": {
            "every": rules.every.value,
            "day": rules.checkin_day,
            "sharing": rules.sharing_day,
            "grace_days": rules.grace_days,
        },
        "pace": {
            "on_track": number(rules.on_track),
            "at_risk": number(rules.at_risk),
            "quiet_start": number(rules.quiet_start),
        },
        "limits": {"objectives": rules.max_objectives, "key_results": rules.max_key_results},
        "planning_days": rules.planning_days,
        "audiences": texts(rules.audiences),
        "default_visibility": rules.default_visibility,
        "rules": dict(rules.severities),
        "links": dict(rules.links),
    }


def cycle_rows(sheet: Sheet) -> Iterator[Row]:
    """Yield a row a cycle, oldest first."""
    as_of = sheet.company.as_of
    for cycle in sheet.company.cycles:
        yield {
            "ref": cycle.id,
            "url": cycle_url(cycle.id),
            # Told by the names of files, or by okrs.yml.
            "source": None,
            "name": cycle.name,
            "start": day(cycle.start),
            "end": day(cycle.end),
            "reviews": [day(review) for review in cycle.reviews],
            "grading_due": day(cycle.grading_due),
            "planning_ends": day(cycle.planning_ends),
            "weeks": cycle.weeks,
            "state": cycle.state(as_of).value,
            "phase": cycle.phase(as_of).value,
        }


def team_rows(sheet: Sheet) -> Iterator[Row]:
    """Yield a row a team, each after its parent."""
    for team in sheet.company.teams:
        priorities: list[Cell] = [{"id": p.id, "title": p.title} for p in team.priorities]
        yield {
            "ref": team.id,
            "url": team_url(team.id),
            "source": sheet.source(team.place),
            "title": team.title,
            "level": team.level.value,
            "folder": team.folder,
            "parent": text(team.parent),
            "lead": text(team.lead),
            "champion": text(team.champion),
            "sponsor": text(team.sponsor),
            "members": texts(team.members),
            "vision": text(team.vision),
            "mission": text(team.mission),
            "priorities": priorities,
            "links": dict(team.links),
            "language": text(team.language),
            "checkin_every": team.checkin_every.value if team.checkin_every else None,
            "aka": texts(team.aka),
            "prose": text(team.prose),
            "visibility": text(team.visibility),
        }


def person_rows(sheet: Sheet) -> Iterator[Row]:
    """Yield a row a person, by name."""
    for person in sheet.company.people:
        away: list[Cell] = [{"first": day(a), "last": day(b)} for a, b in person.away]
        yield {
            "ref": person.id,
            "url": person_url(person.id),
            "source": sheet.source(person.place),
            "name": person.name,
            "title": text(person.title),
            "email": text(person.email),
            "github": text(person.github),
            "avatar": text(person.avatar),
            "away": away,
            "left": day(person.left),
            "aka": texts(person.aka),
            "listed": person.listed,
        }
