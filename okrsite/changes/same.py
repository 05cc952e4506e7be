"""Two states of one company → which of their names and reasons are the same."""

from __future__ import annotations

from okrsite.model import Amendment, Company, Person, Plan, Reference, Team


def renamed(before: Company, after: Company) -> dict[str, str]:
    """Return what teams and people are called now, by what they were called."""
    there = {team.id for team in before.teams} | {person.id for person in before.people}
    named: list[Team | Person] = [*after.teams, *after.people]
    return {old: each.id for each in named if each.id not in there for old in each.aka}


def new_reasons(before: Plan | None, after: Plan | None) -> list[Amendment]:
    """Return the reasons that a plan gives now and did not give before."""
    known = {(each.date, each.why) for each in (before.amendments if before else ())}
    said = after.amendments if after else ()
    # What git tells is no reason that somebody wrote into the plan.
    return [each for each in said if each.place and (each.date, each.why) not in known]


def speaks_of(reason: Amendment, ref: Reference) -> bool:
    """Tell whether a reason is about an item, or about everything around it."""
    about = reason.about
    if about is None:
        return True
    return about.objective == ref.objective and about.key_result in ("", ref.key_result)
