"""A made-up company → what a peer's pages show: each key result's numbers, chart and check-ins.

Peers are no OKR tools: a number is read by one rule and a share of the way is one division. What
okrsite alone works out (status, pace, because) is left out, in the peers' favour.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Any

from .company import Company
from .plans import Written

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
WIDTH, HEIGHT = 320, 90


@dataclass(frozen=True)
class Row:
    """What one check-in says about a key result."""

    day: str
    value: str
    share: float | None
    confidence: str
    by: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class KeyResult:
    """A key result as a peer shows it."""

    id: str
    title: str
    owner: str
    priority: str
    start: str
    target: str
    now: str
    share: float | None
    confidence: str
    facts: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    """The newest first."""


@dataclass(frozen=True)
class Objective:
    """An objective as a peer shows it; `source` is what its team wrote."""

    source: dict[str, Any]
    key_results: tuple[KeyResult, ...]


@dataclass(frozen=True)
class View:
    """All that a peer shows of one team."""

    written: Written
    objectives: tuple[Objective, ...]
    weeks: tuple[tuple[str, str, str], ...]
    """Day, mean confidence and mean share of the way."""


def view_team(written: Written) -> View:
    """Return what a peer shows of a team."""
    objectives = tuple(_objective(written, item) for item in written.plan["objectives"])
    return View(written, objectives, _weeks(written, objectives))


def views(company: Company) -> dict[str, View]:
    """Return all teams' views by id."""
    return {each.team.id: view_team(each) for each in company.written()}


def _objective(written: Written, item: dict[str, Any]) -> Objective:
    seen = [each for each in item["key_results"] if each.get("visibility") != "leadership"]
    return Objective(item, tuple(_key_result(written, item["id"], each) for each in seen))


def _key_result(written: Written, objective: str, item: dict[str, Any]) -> KeyResult:
    low, high = ends(item)
    done = 0
    rows: list[Row] = []
    for day, check_in in written.check_ins.items():
        said = check_in.get("key_results", {}).get(f"{objective}/{item['id']}")
        if said is None:
            continue
        told = said if isinstance(said, dict) else {"value": said}
        done += len(told.get("done", ()))
        value = told.get("value") or ", ".join(told.get("done", ()))
        share = _share(item, told, done, low, high)
        rows.insert(
            0, Row(day, value, share, told.get("confidence", ""), check_in["by"], _said(told))
        )
    newest = next((row for row in rows if row.share is not None), None)
    return KeyResult(
        id=item["id"],
        title=item["title"],
        owner=item["owner"],
        priority=item["priority"],
        start=item.get("baseline", ""),
        target=item.get("target", ""),
        now=newest.value if newest else "",
        share=newest.share if newest else None,
        confidence=next((row.confidence for row in rows if row.confidence), ""),
        facts=_facts(item),
        rows=tuple(rows),
    )


def ends(item: dict[str, Any]) -> tuple[float, float]:
    """Return where a key result starts and where it shall end: its fields, else its title."""
    if "baseline" in item:
        return _number(item["baseline"]), _number(item["target"])
    found = [_number(text) for text in _NUMBER.findall(item["title"])][-2:]
    return (found[0], found[1]) if len(found) == 2 else (0, found[0] if found else 1)


def _number(text: str) -> float:
    found = _NUMBER.search(text)
    return float(found[0].replace(",", ".")) if found else 0


def _share(
    item: dict[str, Any], told: dict[str, Any], done: int, low: float, high: float
) -> float | None:
    if "milestones" in item:
        return done / len(item["milestones"]) if "done" in told else None
    if "value" not in told:
        return None
    value = _number(told["value"])
    if "rubric" in item:
        return value
    if item.get("kind") == "limit":
        low = 0
    return (value - low) / (high - low)


def _said(told: dict[str, Any]) -> tuple[str, ...]:
    kinds = ("status", "note", "blocker", "decision", "ask", "forecast")
    return tuple(
        told[kind] if kind == "note" else f"{kind.capitalize()}: {told[kind]}"
        for kind in kinds
        if kind in told
    )


def _facts(item: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    definition = item.get("definition", {})
    told = definition if isinstance(definition, dict) else {"counts": definition}
    rows = [(key.capitalize(), text) for key, text in told.items()]
    rows += [(f"At {level}", words) for level, words in item.get("rubric", {}).items()]
    rows += [("Step", step) for step in item.get("milestones", ())]
    named = ("kind", "baseline", "target", "stretch", "indicator", "weight")
    return (*rows, *((key.capitalize(), item[key]) for key in named if key in item))


def _weeks(written: Written, objectives: tuple[Objective, ...]) -> tuple[tuple[str, str, str], ...]:
    rows = {
        day: [
            row
            for each in objectives
            for kr in each.key_results
            for row in kr.rows
            if row.day == day
        ]
        for day in written.check_ins
    }
    return tuple(
        (
            day,
            f"{_mean([float(row.confidence) for row in said if row.confidence]):.1f}",
            f"{_mean([row.share for row in said if row.share is not None]) * 100:.0f} %",
        )
        for day, said in rows.items()
    )


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0


def draw_chart(title: str, days: list[str], points: list[tuple[int, float, str]]) -> str:
    """Return a small SVG chart on one line: points are week, share of the way and value."""
    xs = [10 + (WIDTH - 20) * week / 12 for week, _, _ in points]
    ys = [HEIGHT - 15 - (HEIGHT - 25) * min(max(share, 0), 1.2) / 1.2 for _, share, _ in points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(xs, ys, strict=True))
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"><title>{days[week]}: {escape(value)}</title></circle>'
        for x, y, (week, _, value) in zip(xs, ys, points, strict=True)
    )
    labels = "".join(
        f'<text x="{10 + (WIDTH - 20) * week / 12:.1f}" y="{HEIGHT - 2}">{days[week][5:]}</text>'
        for week in range(0, 13, 4)
    )
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"><title>{escape(title)}</title>'
        f'<line class="expected" x1="10" y1="{HEIGHT - 15}" x2="{WIDTH - 10}" y2="20.8"/>'
        f'<line class="target" x1="10" y1="20.8" x2="{WIDTH - 10}" y2="20.8"/>'
        f'<polyline points="{path}"/>{dots}{labels}</svg>'
    )


def bar(share: float | None) -> str:
    """Return a bar that is filled as far as a key result has come."""
    width = 0 if share is None else round(min(max(share, 0), 1) * 100)
    return f'<span class="bar"><span style="width:{width}%"></span></span>'


def percent(share: float | None) -> str:
    """Return a share in words."""
    return "–" if share is None else f"{share * 100:.0f} %"
