"""A day and who writes → this week's check-in file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from okrsite.model import Company, Cycle, CycleState, Plan
from okrsite.read.records import CheckInRecord
from okrsite.resolve import Ground


@dataclass(frozen=True, slots=True)
class Writer:
    """Who checks in: a team, or a person in a team."""

    team: str
    folder: str
    """Of the team."""
    person: str = ""
    """The handle of who has a file of their own; empty for the team's."""

    @property
    def owner(self) -> str:
        """Return whose check-in it is."""
        return self.person or self.team


def find_writer(ground: Ground, company: Company, name: str) -> Writer | None:
    """Return the team or person of a name, or None; a person writes in the team of their plan."""
    if team := company.team(ground.directory.team_named(name)):
        return Writer(team.id, team.folder)
    person = ground.directory.person_named(name)
    if not person:
        return None
    own = [plan.team for plan in running_plans(company, person)]
    own += [plan.team for plan in reversed(company.plans_of(person))]
    own += [team.id for team in company.teams if person in (team.lead, *team.members)]
    team = company.team(own[0]) if own else None
    return Writer(team.id, team.folder, person) if team else None


def running_plans(company: Company, owner: str) -> list[Plan]:
    """Return the plans of an owner's that run, the shortest cycle first."""
    running = company.cycles_in(CycleState.ACTIVE)
    return [plan for cycle in running if (plan := company.plan(owner, cycle.id))]


def check_in_path(
    company: Company,
    writer: Writer,
    records: Iterable[CheckInRecord],
    ground: Ground,
    day: date | None = None,
) -> tuple[str, date]:
    """Return the path and the day of this week's check-in file, or of that of a day.

    It is the newest of the week where there is one, else that of the check-in day; where a cycle
    has begun since then, that of today, as a check-in speaks of the cycles of its day.
    """
    as_of = company.as_of
    first = day or company.rules.check_in_on(as_of)
    new = first if day or _started(company, writer) <= first else as_of
    there = [
        record
        for record in records
        if record.folder == writer.folder
        and _is_of(record, writer, ground)
        and new <= record.date <= (day or as_of)
    ]
    if there:
        newest = max(there, key=lambda record: record.date)
        return newest.path, newest.date
    folder = f"{writer.folder}/" if writer.folder else ""
    whose = f".{writer.person}" if writer.person else ""
    return f"{folder}checkins/{new.isoformat()}{whose}.yml", new


def cycle_named(company: Company, name: str) -> Cycle | None:
    """Return the cycle of a name in either case, or None."""
    return next((cycle for cycle in company.cycles if cycle.id == name.lower()), None)


def _started(company: Company, writer: Writer) -> date:
    """Return when the newest of the cycles began that somebody's plans run in."""
    owners = (writer.person, writer.team)
    plans = (plan for owner in owners for plan in running_plans(company, owner))
    return max((company.cycle(plan.cycle).start for plan in plans), default=date.min)


def _is_of(record: CheckInRecord, writer: Writer, ground: Ground) -> bool:
    if not record.person or not writer.person:
        return record.person == writer.person
    return ground.directory.person_named(record.person) == writer.person
