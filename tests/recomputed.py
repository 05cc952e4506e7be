"""`okrs.json` → the numbers of cycles, worked out anew by plain means.

Nothing of okrsite is used here: what its pages say is compared to this.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

Row = dict[str, Any]
DAYS = {"week": 7, "fortnight": 14, "month": 31}
TYPES = ("committed", "aspirational", "learning")


def exact(value: float | None) -> Fraction | None:
    """Return a number of JSON as the simple fraction that it was written from."""
    return None if value is None else Fraction(repr(value)).limit_denominator(5000)


def half_up(value: Fraction) -> int:
    size = int(abs(value) + Fraction(1, 2))
    return size if value >= 0 else -size


def grade(value: Fraction | None) -> str:
    if value is None:
        return "–"
    text = f"{half_up(value * 100) / 100:.2f}"
    return text[:-1] if text.endswith("0") else text


def percent(value: Fraction | None) -> str:
    return "–" if value is None else f"{half_up(value * 100)} %".replace("-", "−")


def difference(value: Fraction) -> str:
    rounded = half_up(value * 100)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return sign + grade(Fraction(abs(rounded), 100))


def number(value: Fraction | None) -> str:
    return "–" if value is None else f"{half_up(value * 10) / 10:g}"


def mean(values: Iterable[Fraction]) -> Fraction | None:
    values = list(values)
    return sum(values, Fraction(0)) / len(values) if values else None


def share(part: int, of: int) -> Fraction | None:
    return Fraction(part, of) if of else None


@dataclass
class Week:
    number: int
    fresh: int
    checked_in: int
    of: int


class Recomputed:
    """A company's numbers from its data alone."""

    def __init__(self, text: str) -> None:
        self.data: dict[str, Any] = json.loads(text)
        self.as_of = date.fromisoformat(self.data["as_of"])
        self.cycles: dict[str, Row] = {row["ref"]: row for row in self.data["cycles"]}
        self.teams: dict[str, Row] = {row["ref"]: row for row in self.data["teams"]}
        self.people: dict[str, Row] = {row["ref"]: row for row in self.data["people"]}
        self.plans: dict[str, Row] = {row["ref"]: row for row in self.data["plans"]}
        self.objectives: dict[str, Row] = {row["ref"]: row for row in self.data["objectives"]}
        self.key_results: dict[str, list[Row]] = defaultdict(list)
        for row in self.data["key_results"]:
            self.key_results[row["objective"]].append(row)
        self.said: dict[str, list[Row]] = defaultdict(list)
        for row in self.data["check_ins"]:
            if not row["from_feed"] and not row["overruled"]:
                self.said[row["ref"]].append(row)

    def plans_in(self, cycle: str) -> list[Row]:
        return [plan for plan in self.plans.values() if plan["cycle"] == cycle]

    def current(self) -> Row:
        """Return the shortest active cycle."""
        active = [row for row in self.cycles.values() if row["state"] == "active"]
        return min(active, key=lambda row: self._days(row))

    def _days(self, cycle: Row) -> int:
        return (self._day(cycle, "end") - self._day(cycle, "start")).days + 1

    def _day(self, cycle: Row, which: str) -> date:
        return date.fromisoformat(cycle[which])

    def active_objectives(self, plan: Row) -> list[Row]:
        return [
            row
            for ref, row in self.objectives.items()
            if ref.partition("/")[0] == plan["ref"] and row["state"] == "active"
        ]

    def told_objectives(self, plan: Row) -> list[Row]:
        """Return the active objectives of which more than the title is known."""
        return [row for row in self.active_objectives(plan) if row["type"]]

    def active_key_results(self, plan: Row) -> list[Row]:
        return [
            row
            for objective in self.active_objectives(plan)
            for row in self.key_results[objective["ref"]]
            if row["state"] == "active"
        ]

    def checked_items(self, plan: Row) -> list[Row]:
        """Return the active key results, and the active objectives without any."""
        alone = [o for o in self.active_objectives(plan) if not self.key_results[o["ref"]]]
        return self.active_key_results(plan) + alone

    def counts(self, plans: Iterable[Row]) -> Counter[str]:
        return Counter(kr["status"] for plan in plans for kr in self.active_key_results(plan))

    def allowed(self, plan: Row) -> int:
        """Return how many days old a check-in of a plan may be."""
        team, cycle = self.teams.get(plan["team"], {}), self.cycles[plan["cycle"]]
        usual = self.data["rules"]["checkins"]["every"]
        every = plan["checkin_every"] or team.get("checkin_every")
        if not every:
            every = "month" if self._days(cycle) > 184 else usual
        return DAYS[every] + int(self.data["rules"]["checkins"]["grace_days"])

    def weeks(self, plans: Iterable[Row], cycle: str) -> list[Week]:
        plans = list(plans)
        return [self._week(plans, *week) for week in self.days_of_weeks(cycle)]

    def days_of_weeks(self, cycle: str) -> list[tuple[int, date, date]]:
        """Return the number, first day and last day, at most today, of each week that has begun."""
        row, weeks = self.cycles[cycle], []
        start, end = self._day(row, "start"), self._day(row, "end")
        for week in range(1, row["weeks"] + 1):
            first = start + timedelta(days=7 * (week - 1))
            last = end if week == row["weeks"] else first + timedelta(days=6)
            if first <= self.as_of:
                weeks.append((week, first, min(last, self.as_of)))
        return weeks

    def _week(self, plans: list[Row], week: int, first: date, day: date) -> Week:
        fresh = checked_in = of = 0
        for plan in plans:
            for item in self.checked_items(plan):
                of += 1
                newest = max(self._dates(item["ref"], day), default=None)
                if newest:
                    fresh += (day - newest).days <= self.allowed(plan)
                    checked_in += newest >= first
        return Week(week, fresh, checked_in, of)

    def _dates(self, ref: str, until: date) -> list[date]:
        days = [date.fromisoformat(row["date"]) for row in self.said[ref]]
        return [day for day in days if day <= until]

    def up_to_date(self, plans: Iterable[Row], cycle: str) -> Fraction | None:
        """Return the share of key results that was up to date, over all weeks so far."""
        weeks = self.weeks(plans, cycle)
        return share(sum(week.fresh for week in weeks), sum(week.of for week in weeks))

    def graded(self, plans: Iterable[Row]) -> list[tuple[Row, Fraction]]:
        objectives = [o for plan in plans for o in self.told_objectives(plan)]
        return [(o, g) for o in objectives if (g := exact(o["grade"])) is not None]

    def expected(self, objective: Row) -> Fraction:
        return Fraction(1) if objective["type"] == "committed" else Fraction(7, 10)

    def reached(self, graded: list[tuple[Row, Fraction]]) -> int:
        return sum(value >= self.expected(objective) for objective, value in graded)

    def level(self, plan: Row) -> str:
        team = self.teams.get(plan["owner"])
        return team["level"] if team else "individual"

    def middle(self, cycle: str) -> date:
        row = self.cycles[cycle]
        return self._day(row, "start") + timedelta(days=self._days(row) // 2)

    def judged(self, plans: Iterable[Row]) -> tuple[list[tuple[Fraction, Fraction, bool]], int]:
        """Return confidence, grade and success of each key result that has both, and of how many."""
        found, of = [], 0
        for plan in plans:
            for item in self.checked_items(plan):
                of += 1
                confidence = self.confidence_at_middle(plan, item)
                value = exact(item["grade"])
                if confidence is not None and value is not None:
                    objective = self.objectives[item.get("objective", item["ref"])]
                    found.append((confidence, value, value >= self.expected(objective)))
        return found, of

    def confidence_at_middle(self, plan: Row, item: Row) -> Fraction | None:
        day = self.middle(plan["cycle"])
        said = [row for row in self.said[item["ref"]] if date.fromisoformat(row["date"]) <= day]
        for place, row in enumerate(reversed(said)):
            is_old = (day - date.fromisoformat(row["date"])).days > self.allowed(plan)
            if is_old and not (place == 0 and self.is_away(item, day)):
                return None
            if row["confidence"] is not None:
                return exact(row["confidence"])
        return None

    def is_away(self, item: Row, day: date) -> bool:
        owners = item["owners"] or self.objectives[item.get("objective", item["ref"])]["owners"]
        person = self.people.get(owners[0], {"away": []}) if owners else {"away": []}
        return any(one["first"] <= day.isoformat() <= one["last"] for one in person["away"])

    def alike(self) -> dict[int, list[str]]:
        """Return the cycles that have begun and have plans, by their length in weeks."""
        groups: dict[int, list[str]] = defaultdict(list)
        for ref, row in self.cycles.items():
            if row["state"] != "upcoming" and self.plans_in(ref):
                groups[row["weeks"]].append(ref)
        return groups

    def lessons(self, cycle: str) -> tuple[int, int]:
        """Return how many lessons of a cycle the following plans hold words of, and of how many."""
        found = of = 0
        for row in self.data["retrospectives"]:
            plan = self.plans[row["ref"]]
            following = self._following(plan) if plan["cycle"] == cycle else None
            if following:
                texts = [_letters(text) for text in self._texts(following)]
                of += len(row["next"])
                found += sum(any(_takes_up(lesson, t) for t in texts) for lesson in row["next"])
        return found, of

    def _following(self, plan: Row) -> Row | None:
        here = self.cycles[plan["cycle"]]
        later = [
            other
            for other in self.plans.values()
            if other["owner"] == plan["owner"]
            and self.cycles[other["cycle"]]["weeks"] == here["weeks"]
            and self.cycles[other["cycle"]]["start"] > here["end"]
        ]
        return min(later, key=lambda other: self.cycles[other["cycle"]]["start"], default=None)

    def _texts(self, plan: Row) -> list[str]:
        def own(row: Row) -> bool:
            return bool(row["ref"].partition("/")[0] == plan["ref"])

        texts: list[str | None] = []
        for row in filter(own, self.data["objectives"]):
            texts += [row["title"], *(row["why"] or "").split("\n\n")]
        for row in filter(own, self.data["key_results"]):
            definition = row["definition"] or {}
            texts += [row["title"], row["description"], definition.get("text")]
            texts += [definition.get("counts"), definition.get("contributes")]
            texts += [level["text"] for level in row["rubric"]]
        for table in ("milestones", "initiatives", "health"):
            texts += [row["title"] for row in filter(own, self.data[table])]
        texts += [row["why"] for row in filter(own, self.data["amendments"])]
        texts += (plan["prose"] or "").split("\n\n")
        return [text for text in texts if text]


_EMPTY = set(
    """with that this from have when what which their them they than then into also only every where
    there these those will more less oder aber eine einen einem einer ohne über unter wenn dass
    auch nicht mehr jede jeden pour avec dans sans plus cette leur leurs nous vous mais quand
    chaque para como pero esta este cada cuando donde entre nuestro nuestra pelo pela pelos pelas
    seus suas sobre nosso nossa""".split()
)


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", " ".join(text.lower().split()))
    return re.sub(r"[\u0300-\u036f]", "", plain)


def _telling(text: str) -> set[str]:
    found = set()
    for word in re.findall(r"[^\W\d_]+", text):
        if ord(word[0]) >= 0x2E80:
            found |= {word[i : i + 2] for i in range(len(word) - 1)}
        elif len(word) >= 4 and word not in {_letters(each) for each in _EMPTY}:
            found.add(word)
    return found


def _takes_up(lesson: str, text: str) -> bool:
    lesson = _letters(lesson)
    wanted, there = _telling(lesson), _telling(text)
    if wanted and lesson.strip(" .") in text:
        return True
    shared = sum(any(_same(one, other) for other in there) for one in wanted)
    return shared >= 2 and shared * 2 >= len(wanted)


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    beginning = max(4, min(len(one), len(other)) - 2)
    return min(len(one), len(other)) >= beginning and one[:beginning] == other[:beginning]
