"""A team's place in a made-up company → its plan and thirteen check-ins, as plain values.

Whatever a team writes is drawn from a random source of its own, so that a team's words and numbers
do not depend on how many other teams there are.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle
from typing import Any

from .words import CHINESE, ENGLISH, LIMITS, MAINTAINED, PORTUGUESE, RUBRICS, Language, Measure

FIRST_MONDAY = date(2026, 10, 5)
WEEKS = 13
"""Mondays from 5 October to 28 December 2026."""

_STATUSES = ("on-track", "at-risk", "off-track")
_CODES = ("P1", "P2", "P3")


@dataclass(frozen=True)
class Team:
    """A team, department, division or the company itself: who it is and what it plans for."""

    id: str
    title: str
    level: str
    path: str
    parent: Team | None
    language: Language
    lead: str
    member: str
    themes: tuple[int, ...]
    """Places in its language's list of themes: one objective each."""
    seed: str

    def objective_ids(self) -> list[str]:
        """Return the ids of its objectives."""
        return [self.language.themes[index].id for index in self.themes]


@dataclass
class Planned:
    """A key result as its check-ins need it: what it is called and how its value may be written."""

    ref: str
    kind: str
    path: list[str] = field(default_factory=list)
    """What is said each week; empty where nothing is."""


@dataclass(frozen=True)
class Written:
    """All that a team has written."""

    team: Team
    plan: dict[str, Any]
    check_ins: dict[str, dict[str, Any]]
    """By date."""


def write_words(team: Team, beside: Team | None) -> Written:
    """Return a team's plan and check-ins; `beside` is a team that it depends on."""
    rng = random.Random(team.seed)  # noqa: S311
    planned: list[Planned] = []
    measures = cycle(rng.sample(team.language.measures, k=len(team.language.measures)))
    objectives = [
        _objective(rng, team, beside, index, place, planned, measures)
        for place, index in enumerate(team.themes)
    ]
    plan: dict[str, Any] = {"objectives": objectives}
    plan["health"] = [{"id": "mood", "title": "Mood of the team", "target": ">= 4"}]
    check_ins = {
        (FIRST_MONDAY + timedelta(weeks=week)).isoformat(): _check_in(rng, team, planned, week)
        for week in range(WEEKS)
    }
    return Written(team, plan, check_ins)


def _objective(
    rng: random.Random,
    team: Team,
    beside: Team | None,
    index: int,
    place: int,
    planned: list[Planned],
    measures: Iterator[Measure],
) -> dict[str, Any]:
    theme = team.language.themes[index]
    item: dict[str, Any] = {
        "id": theme.id,
        "title": theme.title,
        "why": theme.why,
        "type": rng.choice(("committed", "aspirational", "aspirational", "learning")),
        "origin": rng.choice(("top-down", "bottom-up")),
        "owner": team.lead if place == 0 else rng.choice((team.lead, team.member)),
    }
    if team.parent:
        item["supports"] = f"{team.parent.id}/{rng.choice(team.parent.objective_ids())}"
    if beside and place == 0:
        item["depends_on"] = [f"{beside.id}/{rng.choice(beside.objective_ids())}"]
    if place == 1 and rng.random() < 0.3:
        item["weight"] = "2"
    if rng.random() < 0.1:
        item["visibility"] = rng.choice(("public", "internal"))
    item["tags"] = [rng.choice(("reliability", "growth", "people", "cost", "quality"))]
    item["key_results"] = _key_results(rng, team, theme.id, planned, measures)
    item["initiatives"] = rng.sample(team.language.initiatives, k=2)
    return item


def _key_results(
    rng: random.Random,
    team: Team,
    objective: str,
    planned: list[Planned],
    measures: Iterator[Measure],
) -> list[dict[str, Any]]:
    kinds = ["metric", *rng.choices(("metric", "milestone", "other"), (60, 20, 20), k=3)]
    milestones = iter(rng.sample(team.language.milestones, k=2))
    others = iter(rng.sample((_limit, _maintain, _rubric), k=3))
    items = []
    for kind in kinds:
        made = next(milestones, None) if kind == "milestone" else None
        if made:
            item, one = _milestone(rng, made)
        elif kind == "other":
            item, one = next(others)(rng)
        else:
            item, one = _metric(rng, team.language, next(measures))
        one.ref = f"{objective}/{item['id']}"
        planned.append(one)
        items.append(item | _shared(rng, team))
    return items


def _shared(rng: random.Random, team: Team) -> dict[str, Any]:
    counts, excludes, contributes = rng.choice(team.language.definitions)
    item: dict[str, Any] = {
        "owner": rng.choice((team.lead, team.member)),
        "priority": rng.choice(_CODES),
        "indicator": rng.choice(("leading", "lagging")),
    }
    if rng.random() < 0.15:
        item["weight"] = "2"
    if rng.random() < 0.02:
        item["visibility"] = "leadership"
    if (roll := rng.random()) < 0.4:
        item["definition"] = {
            "counts": counts,
            "excludes": excludes,
            "source": f"https://metrics.example.com/d/{rng.randrange(16**6):06x}",
            "contributes": contributes,
        }
    elif roll < 0.8:
        item["definition"] = counts
    return item


def number(value: float, digits: int, language: Language) -> str:
    """Return a number as people of a language write it."""
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if language is PORTUGUESE else text


def _metric(
    rng: random.Random, language: Language, measure: Measure
) -> tuple[dict[str, Any], Planned]:
    scale = rng.uniform(0.9, 1.1) if measure.digits == 0 and measure.baseline > 20 else 1
    low, high = measure.baseline * scale, measure.target * scale
    ends = [measure.unit.format(number(end, measure.digits, language)) for end in (low, high)]
    item: dict[str, Any] = {"id": measure.id}
    if rng.random() < 0.6:
        item["title"] = f"{measure.title} {language.between.format(*ends)}"
    else:
        item |= {"title": measure.title, "baseline": ends[0], "target": ends[1]}
        if rng.random() < 0.3:
            beyond = measure.unit.format(
                number(high + (high - low) * 0.25, measure.digits, language)
            )
            item["stretch"] = beyond
        if rng.random() < 0.3:
            half = measure.unit.format(number(low + (high - low) * 0.4, measure.digits, language))
            item["checkpoints"] = {"2026-11-15": half}
    reached = rng.triangular(-0.1, 1.2, 0.75)
    bend = rng.uniform(0.6, 1.8)
    one = Planned("", "metric")
    for week in range(WEEKS):
        share = reached * ((week + 1) / WEEKS) ** bend + rng.uniform(-0.04, 0.04)
        value = max(low + (high - low) * share, 0)
        if measure.unit == "{}%":
            value = min(value, 100)
        one.path.append(measure.unit.format(number(value, measure.digits, language)))
    return item, one


def _milestone(
    rng: random.Random, made: tuple[str, str, tuple[str, ...]]
) -> tuple[dict[str, Any], Planned]:
    id, title, steps = made
    item = {"id": id, "title": title, "kind": "milestone", "milestones": list(steps)}
    weeks = sorted(rng.sample(range(2, 22), k=len(steps)))
    path = ["" for _ in range(WEEKS)]
    for week, step in zip(weeks, steps, strict=True):
        if week < WEEKS:
            path[week] = step
    return item, Planned("", "milestone", path)


def _limit(rng: random.Random) -> tuple[dict[str, Any], Planned]:
    id, title, low, high = rng.choice(LIMITS)
    counts = [0]
    for _ in range(WEEKS - 1):
        counts.append(counts[-1] + (rng.random() < high / WEEKS))
    item = {"id": id, "title": title.format(low, high), "kind": "limit"}
    return item, Planned("", "limit", [str(count) for count in counts])


def _maintain(rng: random.Random) -> tuple[dict[str, Any], Planned]:
    id, title, unit, target, digits = rng.choice(MAINTAINED)
    item = {
        "id": id,
        "title": f"{title} {unit.format(target)}",
        "kind": "maintain",
        "target": f">= {unit.format(target)}",
    }
    spread = 0.09 if target > 99 else target * 0.1
    path = [
        unit.format(f"{target + spread * rng.uniform(-0.3, 0.9):.{digits}f}") for _ in range(WEEKS)
    ]
    return item, Planned("", "maintain", path)


def _rubric(rng: random.Random) -> tuple[dict[str, Any], Planned]:
    id, title, levels = rng.choice(RUBRICS)
    keys = ("0.3", "0.7", "1.0")
    item = {
        "id": id,
        "title": title,
        "kind": "rubric",
        "rubric": dict(zip(keys, levels, strict=True)),
    }
    weeks = sorted(rng.sample(range(3, 24), k=3))
    path = ["" for _ in range(WEEKS)]
    for week, key in zip(weeks, keys, strict=True):
        if week < WEEKS:
            path[week] = key
    return item, Planned("", "rubric", path)


def _check_in(rng: random.Random, team: Team, planned: list[Planned], week: int) -> dict[str, Any]:
    language = team.language
    found: dict[str, Any] = {"by": rng.choice((team.lead, team.lead, team.member))}
    said = {one.ref: _said(rng, language, one, week) for one in planned if rng.random() < 0.93}
    found["key_results"] = {ref: item for ref, item in said.items() if item}
    if not found["key_results"]:
        del found["key_results"]
    if rng.random() < 0.1:
        objective = rng.choice(team.objective_ids())
        judged = {"status": rng.choice(_STATUSES), "confidence": str(rng.randrange(3, 10))}
        found["objectives"] = {objective: judged | {"note": rng.choice(language.notes)}}
    found["health"] = {
        "mood": f"{rng.uniform(3.4, 4.8):.1f}".replace(".", "," if language is PORTUGUESE else ".")
    }
    if rng.random() < 0.5:
        found["priorities"] = rng.sample(language.priorities, k=3)
    for key, chance in (("upcoming", 0.2), ("wins", 0.25)):
        if rng.random() < chance:
            found[key] = [rng.choice(getattr(language, key))]
    if rng.random() < 0.08:
        found["asks"] = [{"text": rng.choice(language.asks), "to": (team.parent or team).id}]
    return found


def _said(rng: random.Random, language: Language, one: Planned, week: int) -> Any:
    value = one.path[week]
    item: dict[str, Any] = {}
    if value:
        item = {"done": [value]} if one.kind == "milestone" else {"value": value}
    if rng.random() < 0.8:
        item["confidence"] = str(round(rng.triangular(2, 10, 7)))
    if rng.random() < 0.3:
        item["note"] = rng.choice(language.notes)
    if rng.random() < 0.04:
        item["blocker"] = rng.choice(language.blockers)
    if rng.random() < 0.04:
        item["decision"] = rng.choice(language.decisions)
    if rng.random() < 0.02:
        item["ask"] = rng.choice(language.asks)
    if one.kind == "metric" and rng.random() < 0.1:
        item["forecast"] = one.path[-1]
    if rng.random() < 0.03:
        item["status"] = rng.choice(_STATUSES)
    return item["value"] if list(item) == ["value"] else item


def languages(seed: str) -> Language:
    """Return the language that a team writes in: one in twelve each in Portuguese and Chinese."""
    roll = random.Random(seed).randrange(12)  # noqa: S311
    return (PORTUGUESE, CHINESE)[roll] if roll < 2 else ENGLISH
