"""A name from outside the plans, as a person types or links it → what it names, and its address.

`platform` and `ana` are owners, `platform@2026-q4` is a plan, `platform@2026-q4/trust/sev1` a key
result; former names (`aka`) count as well. Without a cycle the current ones are tried, the
shortest first, then all others, newest first; a team's standing priority comes last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from okrsite import urls
from okrsite.model import Company, Objective, Person, Plan, Reference, Team
from okrsite.problems import nearest

Found = Team | Person | Plan | Reference


def find(company: Company, text: str) -> Found | None:
    """Return the team, person, plan or reference that a text names; None where there is none."""
    head, _, tail = text.strip().strip("/").partition("/")
    name, _, cycle = head.removeprefix("@").partition("@")
    owner = _owner(company, name)
    if owner is None or not tail:
        return company.plan(owner.id, cycle.lower()) if owner and cycle else owner
    objective, _, key_result = tail.partition("/")
    for plan in _plans(company, owner.id, cycle.lower()):
        for each in plan.objectives:
            if objective in (each.ref.objective, *each.aka) and (ref := _within(each, key_result)):
                return ref
    priorities = owner.priorities if isinstance(owner, Team) and not cycle else ()
    if tail in {priority.id for priority in priorities}:
        return Reference(owner.id, "", tail)
    return None


def find_url(company: Company, text: str) -> str | None:
    """Return the address behind ``okr:TEXT``, or None where nothing has that name."""
    found = find(company, unquote(text))
    if isinstance(found, Reference):
        return urls.reference_url(company, found)
    if isinstance(found, Plan):
        return urls.plan_url(company, found.owner, found.cycle)
    return urls.owner_url(company, found.id) if found else None


def nearest_references(company: Company, text: str) -> list[str]:
    """Return the references that a mistyped one is most like, spelt with or without a cycle."""
    known = list(_references(company))
    short = {re.sub("@[^/]*", "", ref): ref for ref in known}
    return [short.get(found, found) for found in nearest(text, [*known, *short])]


def _references(company: Company) -> Iterator[str]:
    # Owners last: without its cycle a plan is spelt as its owner, who is meant then.
    yield from (f"{plan.owner}@{plan.cycle}" for plan in company.plans)
    yield from (str(item.ref) for objective in company.objectives() for item in objective.items())
    yield from (team.id for team in company.teams)
    yield from (person.id for person in company.people)


def _owner(company: Company, name: str) -> Team | Person | None:
    if name == "company" and company.teams:
        return company.teams[0]
    if found := company.team(name) or company.person(name):
        return found
    teams = (team for team in company.teams if name in team.aka)
    people = (person for person in company.people if name in person.aka)
    return next(teams, None) or next(people, None)


def _plans(company: Company, owner: str, cycle: str) -> Iterator[Plan]:
    current = [each.id for each in company.current_cycles()]
    others = [each.id for each in reversed(company.cycles) if each.id not in current]
    plans = (company.plan(owner, each) for each in ([cycle] if cycle else [*current, *others]))
    return (plan for plan in plans if plan)


def _within(objective: Objective, key_result: str) -> Reference | None:
    """Return the objective itself, or the key result in it that has a name."""
    if not key_result:
        return objective.ref
    known = ((kr.ref, (kr.ref.key_result, *kr.aka)) for kr in objective.key_results)
    return next((ref for ref, names in known if key_result in names), None)
