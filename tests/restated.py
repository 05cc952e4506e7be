"""`okrs.json` → how everything stood on any day, worked out anew by the rules as people read them.

Written from the guide's page about numbers; nothing of okrsite is used here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from recomputed import Recomputed, Row

WORST_FIRST = (
    "off-track missed at-risk outdated unknown not-started on-track achieved paused cancelled"
).split()
Weighed = Iterable[tuple[Fraction | None, Fraction]]


@dataclass(frozen=True)
class Standing:
    """How something stood on a day."""

    status: str
    progress: Fraction | None
    expected: Fraction | None
    confidence: Fraction | None


def whole(value: float) -> Fraction:
    """Return a number of JSON with the very digits that it is written with."""
    return Fraction(repr(value))


def weighed(values: Weighed) -> Fraction | None:
    known = [(value, weight) for value, weight in values if value is not None]
    sum_of_weights = sum((weight for _, weight in known), Fraction(0))
    if not sum_of_weights:
        return None
    return sum((value * weight for value, weight in known), Fraction(0)) / sum_of_weights


def worst(statuses: Iterable[str]) -> str | None:
    return min(statuses, key=WORST_FIRST.index, default=None)


def day_of(text: str) -> date:
    return date.fromisoformat(text)


class Restated:
    """How a company's plans stood, from its data alone."""

    def __init__(self, numbers: Recomputed) -> None:
        self.numbers = numbers
        self.said: dict[str, list[Row]] = defaultdict(list)
        """All that counts: people's check-ins, and rows of feeds on days without a value."""
        values: set[tuple[str, str]] = set()
        rows = [row for row in numbers.data["check_ins"] if not row["overruled"]]
        for row in rows:
            if not row["from_feed"] and _tells(row):
                values.add((row["ref"], row["date"]))
        for row in rows:
            if not row["from_feed"] or (row["ref"], row["date"]) not in values:
                self.said[row["ref"]].append(row)
        self.steps: dict[str, list[Row]] = defaultdict(list)
        for row in numbers.data["milestones"]:
            self.steps[row["ref"]].append(row)

    def plan(self, plan: Row, day: date) -> Standing:
        """Return how the active objectives of a plan stood together."""
        objectives = self.numbers.active_objectives(plan)
        stood = [(self.objective(each, day), whole(each["weight"])) for each in objectives]
        return Standing(
            worst(each.status for each, _ in stood) or "",
            weighed((each.progress, weight) for each, weight in stood),
            weighed((s.expected, weight) for s, weight in stood if s.progress is not None),
            weighed(part for objective in objectives for part in self._said_of(objective, day)),
        )

    def counts(self, plan: Row, day: date) -> Counter[str]:
        return Counter(self.item(kr, day).status for kr in self.numbers.active_key_results(plan))

    def objective(self, objective: Row, day: date) -> Standing:
        key_results = self.numbers.key_results[objective["ref"]]
        if not key_results:
            return self.item(objective, day)
        active = [kr for kr in key_results if kr["state"] == "active"]
        stood = [(self.item(kr, day), whole(kr["weight"])) for kr in active]
        mean = weighed((s.confidence, weight) for s, weight in stood)
        declared = self._confidence(objective, day)
        progress = weighed((_clamped(each.progress), weight) for each, weight in stood)
        return Standing(
            self._status_of_objective(objective, active, progress, stood, day),
            progress,
            weighed((s.expected, weight) for s, weight in stood if s.progress is not None),
            mean if declared is None else declared,
        )

    def _status_of_objective(
        self,
        objective: Row,
        active: list[Row],
        progress: Fraction | None,
        stood: list[tuple[Standing, Fraction]],
        day: date,
    ) -> str:
        if objective["state"] in ("paused", "cancelled"):
            return str(objective["state"])
        if self._is_closed(objective, day):
            grades = [kr["grade"] for kr in active]
            if objective["grade"] is not None:
                return self._ended(objective, whole(objective["grade"]))
            if None not in grades:
                weights = [whole(kr["weight"]) for kr in active]
                mean = weighed(zip(map(whole, grades), weights, strict=True))
                return self._ended(objective, mean if mean is not None else progress)
            return self._ended(objective, progress)
        newest = self._newest(objective, day)
        if newest and newest["status"] and self._is_heard(objective, newest, day):
            return str(newest["status"])
        return worst(each.status for each, _ in stood) or "unknown"

    def item(self, item: Row, day: date) -> Standing:
        """Return how a key result, or an objective without any, stood on a day."""
        closed, day = self._is_closed(item, day), min(day, self._last_day(item))
        progress = self._progress(item, day, closed=closed)
        return Standing(
            self._status(item, progress, day, closed=closed),
            progress,
            self._expected(item, day),
            self._confidence(item, day),
        )

    def _status(self, item: Row, progress: Fraction | None, day: date, *, closed: bool) -> str:
        newest = self._newest(item, day)
        heard = newest is not None and self._is_heard(item, newest, day)
        confidence = self._confidence(item, day)
        if item["state"] in ("paused", "cancelled"):
            return str(item["state"])
        if closed:
            return self._ended(item, progress if item["grade"] is None else whole(item["grade"]))
        if self._is_done(item, progress, newest, day):
            return "achieved"
        if day < self._start(item, of_cycle=True) or not (newest or self._points(item, day)):
            return "not-started"
        if newest and not heard:
            return "outdated"
        if newest and newest["status"]:
            return str(newest["status"])
        if confidence is not None:
            return "on-track" if confidence >= 7 else "at-risk" if confidence >= 4 else "off-track"
        if day > self._due(item) and progress is not None and progress < 1:
            return "off-track"
        return self._by_number(item, progress, day)

    def _by_number(self, item: Row, progress: Fraction | None, day: date) -> str:
        """Return the status that only the newest value tells."""
        points, kind = self._points(item, day), _kind(item)
        if points and kind in ("maintain", "limit") and item["target"] is not None:
            when, value = points[-1]
            if not _is_good(item, value):
                return "off-track"
            gone = _gone(self._start(item), self._due(item), when)
            on_its_way = kind == "limit" and value > whole(item["target"]) * gone
            return "at-risk" if on_its_way else "on-track"
        rules = self.numbers.data["rules"]["pace"]
        cycle = self._cycle(item)
        days = (day_of(cycle["end"]) - day_of(cycle["start"])).days + 1
        quiet = int(whole(rules["quiet_start"]) * days / 100)
        moves = kind in ("metric", "rubric") or (kind == "milestone" and self._steps(item))
        early = day < day_of(cycle["start"]) + timedelta(days=quiet)
        if not points or progress is None or not moves or early:
            return "unknown"
        expected = self._expected(item, points[-1][0])
        assert expected is not None
        behind = (expected - progress) * 100
        if behind <= whole(rules["on_track"]):
            return "on-track"
        return "at-risk" if behind <= whole(rules["at_risk"]) else "off-track"

    def _ended(self, item: Row, score: Fraction | None) -> str:
        objective = self.numbers.objectives[item.get("objective", item["ref"])]
        reached = score is not None and score >= self.numbers.expected(objective)
        return "achieved" if reached else "missed"

    def _is_done(self, item: Row, progress: Fraction | None, newest: Row | None, day: date) -> bool:
        said_achieved = newest is not None and newest["status"] == "achieved"
        if _kind(item) in ("milestone", "rubric"):
            _, how, when = self._shares(item, day)
            if how in ("steps", "share"):
                later = newest is not None and newest["date"] >= when
                return not (later and newest and newest["status"] not in (None, "achieved"))
            return bool(how) or (said_achieved and progress is not None and progress >= 1)
        said = item["done"] is not None and day_of(item["done"]) <= day
        said = said or said_achieved or any(row["done"] for row in self._until(item, day))
        return said and _is_rising(item) and progress is not None and progress >= 1

    def _progress(self, item: Row, day: date, *, closed: bool) -> Fraction | None:
        kind = _kind(item)
        if kind in ("milestone", "rubric"):
            return self._shares(item, day)[0]
        points = self._points(item, day)
        now = points[-1][1] if points else None
        target = None if item["target"] is None else whole(item["target"])
        low = None if item["baseline"] is None else whole(item["baseline"])
        if target is None or (kind == "limit" and not closed):
            return None
        if kind == "maintain":
            kept = sum(_is_good(item, value) for _, value in points)
            return Fraction(kept, len(points)) if points else Fraction(0)
        if kind == "limit":
            if now is None:
                return Fraction(0)
            if _is_good(item, now):
                return Fraction(1)
            return Fraction(0) if low is None or low <= target else (now - low) / (target - low)
        if low is None:
            return Fraction(1) if now is not None and _is_good(item, now) else None
        if low == target:
            return None
        return Fraction(0) if now is None else (now - low) / (target - low)

    def _shares(self, item: Row, day: date) -> tuple[Fraction, str, str]:
        """Follow what was said of a milestone or rubric: its share, how it was done, and when."""
        share, how, when, as_a_whole = Fraction(0), "", "", False
        done: dict[str, bool] = {}
        for row in self._planned(item, day) + self._told(item, day):
            if row["share"] is not None:
                if whole(row["share"]) < share:
                    how, as_a_whole = "", False
                share = whole(row["share"])
                if share == 1 and _kind(item) == "milestone" and not how:
                    how, when = "share", row["date"]
            if row["steps_done"] or row["steps_undone"]:
                done |= dict.fromkeys(row["steps_done"], True)
                done |= dict.fromkeys(row["steps_undone"], False)
                if row["steps_undone"]:
                    how, as_a_whole = "", False
                weights = {step["title"]: whole(step["weight"]) for step in self._steps(item)}
                gone = sum((w for title, w in weights.items() if done.get(title)), Fraction(0))
                if not as_a_whole:
                    share = gone / sum(weights.values())
                if all(done.get(title) for title in weights) and not how:
                    how, when = "steps", row["date"]
            if row["done"]:
                how, when, as_a_whole = "word", row["date"], True
                if _kind(item) == "milestone":
                    share = Fraction(1)
                elif not share and item["rubric"]:
                    share = whole(item["rubric"][-1]["grade"])
        return share, how, when

    def _planned(self, item: Row, day: date) -> list[Row]:
        """Return what the plan itself says was done, in the shape of check-ins."""
        empty = {"share": None, "steps_done": [], "steps_undone": [], "done": False}
        told = {(t, row["date"]) for row in self.said[item["ref"]] for t in row["steps_done"]}
        rows = [
            {**empty, "date": step["done_on"], "steps_done": [step["title"]]}
            for step in self._steps(item)
            if step["done_on"] and (step["title"], step["done_on"]) not in told
        ]
        if item["done"]:
            rows.append({**empty, "date": item["done"], "done": True})
        return sorted(
            (row for row in rows if day_of(row["date"]) <= day), key=lambda row: str(row["date"])
        )

    def _told(self, item: Row, day: date) -> list[Row]:
        rows = [row for row in self.said[item["ref"]] if day_of(row["date"]) <= day]
        return [row for row in rows if _tells(row)]

    def _points(self, item: Row, day: date) -> list[tuple[date, Fraction]]:
        """Return the newest value, or share, of each day that has one."""
        if _kind(item) in ("milestone", "rubric"):
            rows = [*self._planned(item, day), *self._told(item, day)]
            days = sorted({day_of(row["date"]) for row in rows})
            return [(when, self._shares(item, when)[0]) for when in days]
        rows = [row for row in self.said[item["ref"]] if row["value"] is not None]
        found = {day_of(row["date"]): whole(row["value"]) for row in rows}
        return [(when, value) for when, value in found.items() if when <= day]

    def _expected(self, item: Row, day: date) -> Fraction | None:
        start, due = self._start(item), self._due(item)
        marks = item.get("checkpoints") or []
        low, high = item.get("baseline"), item.get("target")
        if not marks or _kind(item) != "metric" or low is None or low == high:
            return _gone(start, due, day)
        path = {start: Fraction(0), due: Fraction(1)}
        for mark in marks:
            at = whole(mark["value"]) - whole(low)
            path[day_of(mark["date"])] = at / (whole(high) - whole(low))
        before = max((when for when in path if when <= day), default=min(path))
        after = min((when for when in path if when > day), default=max(path))
        if before >= after:
            return path[before]
        gone = Fraction((day - before).days, (after - before).days)
        return path[before] + (path[after] - path[before]) * max(gone, Fraction(0))

    def _said_of(self, objective: Row, day: date) -> list[tuple[Fraction | None, Fraction]]:
        """Return the confidences of an objective's key results, or else its own."""
        weight, counted = whole(objective["weight"]), self.numbers.key_results[objective["ref"]]
        stated = [
            (confidence, weight * whole(kr["weight"]))
            for kr in counted
            if kr["state"] == "active" and (confidence := self._confidence(kr, day)) is not None
        ]
        return list(stated) or [(self._confidence(objective, day), weight)]

    def _confidence(self, item: Row, day: date) -> Fraction | None:
        day = min(day, self._last_day(item))
        said = self._until(item, day)
        for row in reversed(said):
            away = row is said[-1] and self.numbers.is_away(item, day)
            if not away and not self._is_fresh(item, row, day):
                return None
            if row["confidence"] is not None:
                return whole(row["confidence"])
        return None

    def _newest(self, item: Row, day: date) -> Row | None:
        return next(reversed(self._until(item, day)), None)

    def _until(self, item: Row, day: date) -> list[Row]:
        """Return people's check-ins up to a day, oldest first."""
        return [row for row in self.numbers.said[item["ref"]] if day_of(row["date"]) <= day]

    def _is_heard(self, item: Row, row: Row, day: date) -> bool:
        return self._is_fresh(item, row, day) or self.numbers.is_away(item, day)

    def _is_fresh(self, item: Row, row: Row, day: date) -> bool:
        return (day - day_of(row["date"])).days <= self.numbers.allowed(self._plan(item))

    def _plan(self, item: Row) -> Row:
        return self.numbers.plans[item["ref"].partition("/")[0]]

    def _cycle(self, item: Row) -> Row:
        return self.numbers.cycles[self._plan(item)["cycle"]]

    def _is_closed(self, item: Row, day: date) -> bool:
        return day > day_of(self._cycle(item)["end"])

    def _last_day(self, item: Row) -> date:
        cycle = self._cycle(item)
        return max(day_of(cycle["grading_due"]), day_of(cycle["end"]))

    def _start(self, item: Row, *, of_cycle: bool = False) -> date:
        own = None if of_cycle else item.get("start")
        return day_of(own or self._cycle(item)["start"])

    def _due(self, item: Row) -> date:
        return day_of(item.get("due") or self._cycle(item)["end"])

    def _steps(self, item: Row) -> list[Row]:
        return self.steps[item["ref"]]


def _kind(item: Row) -> str:
    """Return a key result's kind; an objective stands for itself as a milestone."""
    return str(item.get("kind", "milestone"))


def _tells(row: Row) -> bool:
    """Tell whether a check-in moves progress."""
    said = row["value"] is not None or row["share"] is not None or row["done"]
    return bool(said or row["steps_done"] or row["steps_undone"])


def _is_good(item: Row, value: Fraction) -> bool:
    target = whole(item["target"])
    tests: dict[str, Callable[[], bool]] = {
        "at-least": lambda: value >= target,
        "at-most": lambda: value <= target,
        "above": lambda: value > target,
        "below": lambda: value < target,
        "exactly": lambda: value == target,
    }
    if item["kind"] == "limit":
        return tests["below" if item["bound"] == "below" else "at-most"]()
    return tests[item["bound"]]()


def _is_rising(item: Row) -> bool:
    if item["kind"] != "metric" or item["target"] is None:
        return False
    if item["baseline"] is None:
        return item["bound"] in ("at-least", "above")
    return bool(item["target"] > item["baseline"])


def _gone(start: date, end: date, day: date) -> Fraction:
    if day < start:
        return Fraction(0)
    return min(Fraction((day - start).days + 1, (end - start).days + 1), Fraction(1))


def _clamped(share: Fraction | None) -> Fraction | None:
    return None if share is None else min(max(share, Fraction(0)), Fraction(1))
