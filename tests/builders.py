"""Small inputs: model objects with sensible defaults, so that a test names only what it is about.

Numbers may be written as text or int, dates as ISO text; what is named as a keyword and is a
field of the model goes through unchanged.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from okrsite.model import (
    CheckIn,
    Company,
    Cycle,
    KeyResult,
    Kind,
    Level,
    Link,
    Objective,
    Person,
    Place,
    Plan,
    Quantity,
    Reference,
    RubricLevel,
    Rules,
    State,
    Status,
    Step,
    Team,
)

PLACE = Place("platform/2026-q4.yml")
Day = date | str
Number = Decimal | int | float | str


def day(text: Day) -> date:
    """Return a date from ISO text."""
    return text if isinstance(text, date) else date.fromisoformat(text)


def number(value: Number) -> Decimal:
    """Return a decimal from a number or text, as it is written."""
    return Decimal(str(value))


def quantity(value: Number | Quantity | None, unit: str = "") -> Quantity | None:
    """Return a quantity: `720`, `"720"` or `"720 ms"`."""
    if value is None or isinstance(value, Quantity):
        return value
    amount, _, written = str(value).partition(" ")
    return Quantity(Decimal(amount), written or unit)


def ref(text: str) -> Reference:
    """Return a reference: `platform@2026-q4/trust/sev1`; without `@`, of a standing priority."""
    owner, _, rest = text.partition("/")
    objective, _, key_result = rest.partition("/")
    owner, _, cycle = owner.partition("@")
    return Reference(owner, cycle, objective, key_result)


def link(text: str | None) -> Link:
    """Return a link to a reference, or a restricted one for None."""
    return Link(ref(text) if text else None, PLACE)


def cycle(
    id: str = "2026-q4", start: Day = "2026-10-01", end: Day = "2026-12-31", **fields: Any
) -> Cycle:
    """Return a cycle; the default has 92 days, like every fourth quarter."""
    first, last = day(start), day(end)
    days = (last - first).days + 1
    defaults: dict[str, Any] = {
        "name": id.upper(),
        "reviews": (
            first + timedelta(days=13),
            first + timedelta(days=days // 2),
            last + timedelta(days=12),
        ),
        "grading_due": last + timedelta(days=14),
        "planning_days": min(14, days * 15 // 100),
    }
    if "grading_due" in fields:
        fields["grading_due"] = day(fields["grading_due"])
    return Cycle(id=id, start=first, end=last, **(defaults | fields))


def check_in(on: Day, value: Number | Quantity | None = None, **fields: Any) -> CheckIn:
    """Return a check-in by a person (`from_feed=True` for a feed's row)."""
    for name in ("share", "confidence"):
        if fields.get(name) is not None:
            fields[name] = number(fields[name])
    if isinstance(fields.get("status"), str):
        fields["status"] = Status(fields["status"])
    if "forecast" in fields:
        fields["forecast"] = quantity(fields["forecast"])
    for name in ("steps_done", "steps_undone"):
        if name in fields:
            fields[name] = tuple(fields[name])
    date_ = day(on)
    place = Place(f"platform/checkins/{date_}.yml")
    return CheckIn(date=date_, place=place, value=quantity(value), **fields)


def step(title: str, weight: Number = 1, done: Day | None = None) -> Step:
    """Return a milestone's step."""
    return Step(title, number(weight), day(done) if done else None)


def key_result(id: str = "sev1", *check_ins: CheckIn, **fields: Any) -> KeyResult:
    """Return a key result: a metric from 0 to 100 unless a kind is named."""
    kind = Kind(fields.pop("kind", Kind.METRIC))
    if kind is Kind.METRIC:
        fields = {"baseline": 0, "target": 100} | fields
    for name in ("baseline", "target", "stretch"):
        if name in fields:
            fields[name] = quantity(fields[name])
    for name in ("start", "due", "done"):
        if fields.get(name):
            fields[name] = day(fields[name])
    for name in ("weight", "grade"):
        if fields.get(name) is not None:
            fields[name] = number(fields[name])
    if "checkpoints" in fields:
        marks = fields["checkpoints"]
        fields["checkpoints"] = tuple((day(on), quantity(at)) for on, at in marks.items())
    if "rubric" in fields:
        levels = fields["rubric"]
        fields["rubric"] = tuple(RubricLevel(number(at), text) for at, text in levels.items())
    if "steps" in fields:
        fields["steps"] = tuple(
            each if isinstance(each, Step) else step(each) for each in fields["steps"]
        )
    if "state" in fields:
        fields["state"] = State(fields["state"])
    own = ref(id) if "/" in id else Reference("platform", "2026-q4", "trust", id)
    defaults: dict[str, Any] = {"title": own.key_result, "place": PLACE, "owners": ("ana",)}
    said = (*fields.pop("check_ins", ()), *check_ins)
    return KeyResult(ref=own, kind=kind, check_ins=said, **(defaults | fields))


def objective(id: str = "trust", *key_results: KeyResult, **fields: Any) -> Objective:
    """Return an objective; its key results take over its reference."""
    own = ref(id) if "/" in id else Reference("platform", "2026-q4", id)
    for name in ("weight", "grade"):
        if fields.get(name) is not None:
            fields[name] = number(fields[name])
    if "state" in fields:
        fields["state"] = State(fields["state"])
    if fields.get("done"):
        fields["done"] = day(fields["done"])
    for name in ("supports", "depends_on"):
        if name in fields:
            fields[name] = tuple(link(each) for each in fields[name])
    defaults: dict[str, Any] = {
        "title": own.objective,
        "place": PLACE,
        "team": own.owner,
        "owners": ("ana",),
    }
    renamed = tuple(
        replace(each, ref=Reference(own.owner, own.cycle, own.objective, each.ref.key_result))
        for each in key_results
    )
    return Objective(ref=own, key_results=renamed, **(defaults | fields))


def plan(*objectives: Objective, **fields: Any) -> Plan:
    """Return the plan of the owner and cycle that its first objective names."""
    own = objectives[0].ref if objectives else Reference("platform", "2026-q4", "")
    if fields.get("grade") is not None:
        fields["grade"] = number(fields["grade"])
    defaults: dict[str, Any] = {
        "owner": own.owner,
        "team": objectives[0].team if objectives else own.owner,
        "cycle": own.cycle,
        "place": PLACE,
    }
    return Plan(objectives=objectives, **(defaults | fields))


def team(id: str = "platform", **fields: Any) -> Team:
    """Return a team below the company, or the company itself."""
    top = id == "company"
    defaults: dict[str, Any] = {
        "title": id.capitalize(),
        "level": Level.COMPANY if top else Level.TEAM,
        "folder": "" if top else id,
        "parent": "" if top else "company",
    }
    return Team(id=id, **(defaults | fields))


def person(id: str = "ana", **fields: Any) -> Person:
    """Return a person; `away` as pairs of ISO dates."""
    if "away" in fields:
        fields["away"] = tuple((day(first), day(last)) for first, last in fields["away"])
    return Person(id=id, name=fields.pop("name", id.capitalize()), **fields)


def company(*plans: Plan, as_of: Day = "2026-11-16", **fields: Any) -> Company:
    """Return a company with the teams, people and cycles that its plans need."""
    owners = dict.fromkeys(plan.team for plan in plans)
    teams = ("company", *(owner for owner in owners if owner != "company"))
    known = {"2026-q4": cycle(), "2026": cycle("2026", "2026-01-01", "2026-12-31")}
    cycles = dict.fromkeys(plan.cycle for plan in plans) or {"2026-q4": None}
    defaults: dict[str, Any] = {
        "rules": Rules(),
        "teams": tuple(team(id) for id in teams),
        "people": (person("ana"), person("bo")),
    }
    if "cycles" not in fields:
        fields["cycles"] = tuple(known[id] for id in known if id in cycles)
    return Company(as_of=day(as_of), plans=plans, **(defaults | fields))
