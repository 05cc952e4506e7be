"""Every number on home and the pages of cycles, against one worked out from `okrs.json`."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import pytest
from figures import Case
from recomputed import (
    TYPES,
    Recomputed,
    Row,
    difference,
    exact,
    grade,
    half_up,
    mean,
    number,
    percent,
    share,
)
from tables import Table, Tables

FEW = 5
DASH = "–"


def plain(text: str) -> str:
    return " ".join(text.split())


def shown(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    return {link.rpartition("#_")[2]: count for link, count in counts}


def test_there_is_enough_to_compare(case: Case) -> None:
    numbers = case.numbers
    assert len(case.closed()) >= 3
    assert any(len(numbers.judged(numbers.plans_in(cycle))[0]) > FEW for cycle in case.closed())
    assert {o["type"] for c in case.closed() for o, _ in numbers.graded(numbers.plans_in(c))} == {
        *TYPES
    }
    assert any(numbers.lessons(cycle)[0] for cycle in case.closed())


class TestHome:
    def test_counts_add_up_to_what_they_count(self, case: Case) -> None:
        numbers, page = case.numbers, case.page("")
        cycle = numbers.current()["ref"]
        plans = numbers.plans_in(cycle)
        counts = numbers.counts(plans)
        assert shown(page.counts) == counts
        assert {link.partition("#")[0] for link, _ in page.counts} == {f"cycles/{cycle}/"}
        teams = {plan["team"] for plan in plans if numbers.active_key_results(plan)}
        assert f"{counts.total()} key results of {len(teams)} teams" in page.text

    def test_the_companys_own_figures(self, case: Case) -> None:
        numbers, text = case.numbers, case.page("").text
        cycle = numbers.current()["ref"]
        own = numbers.plans.get(f"company@{cycle}")
        if own is None:
            assert "– progress" in text
            return
        progress, expected = exact(own["progress"]), exact(own["expected"])
        assert f"{percent(progress)} progress · {percent(expected)} expected" in text
        assert f"{number(exact(own['confidence']))} confidence" in text

    def test_week_and_check_in_rate(self, case: Case) -> None:
        numbers, text = case.numbers, case.page("").text
        cycle = numbers.current()
        weeks = numbers.weeks(numbers.plans_in(cycle["ref"]), cycle["ref"])
        assert f"{cycle['name']} · week {weeks[-1].number} of {cycle['weeks']}" in text
        rate = share(weeks[-1].fresh, weeks[-1].of)
        assert f"{percent(rate)} up to date · next" in text

    def test_objectives_of_the_company(self, case: Case) -> None:
        numbers, html = case.numbers, case.site.text("index.html")
        rows = re.findall(
            r'href="([^"]+)"[^>]*>[^<]*</a></h3>.*?okr-o__progress[^>]*>([^<]*)', html, re.S
        )
        told = {link: plain(progress) for link, progress in rows}
        plans = [p for p in numbers.plans.values() if p["owner"] == "company"]
        active = [p for p in plans if numbers.cycles[p["cycle"]]["state"] == "active"]
        refs = {plan["ref"] for plan in active}
        objectives = [o for r, o in numbers.objectives.items() if r.partition("/")[0] in refs]
        assert told == {o["url"]: percent(exact(o["progress"])) for o in objectives}

    def test_the_newest_week_of_the_heat_map_is_today(self, case: Case) -> None:
        numbers, page = case.numbers, case.page("")
        cycle = numbers.current()
        week = len(numbers.weeks(numbers.plans_in(cycle["ref"]), cycle["ref"]))
        table = next(table for table in page.tables if table.caption.startswith("The worst status"))
        titles = {row["title"]: id for id, row in numbers.teams.items()}
        checked = 0
        for row in table.rows:
            plan = numbers.plans.get(f"{titles[row[0].text]}@{cycle['ref']}")
            if plan and plan["status"]:
                assert f"okr-s-{plan['status']}" in row[week].classes.split()
                assert [cell.text for cell in row[week + 1 :]] == [""] * (cycle["weeks"] - week)
                checked += 1
        assert checked >= 3

    def test_the_chart_of_statuses_ends_today(self, case: Case) -> None:
        numbers, page = case.numbers, case.page("")
        last = _statuses(page).rows[-1]
        heads = [cell.text for cell in _statuses(page).heads[1:]]
        counted = {h: int(c.text) for h, c in zip(heads, last[1:], strict=True) if int(c.text)}
        now = numbers.counts(numbers.plans_in(numbers.current()["ref"]))
        assert counted == {status.replace("-", " ").capitalize(): n for status, n in now.items()}

    def test_falls_of_confidence(self, case: Case) -> None:
        numbers, text = case.numbers, case.page("").text
        said = re.findall(r"· ([^·]+?): confidence fell from ([\d.]+) to ([\d.]+)", text)
        for title, before, now in said:
            found = [k for k in numbers.data["key_results"] if k["title"].endswith(title[-30:])]
            stated = [
                [number(exact(r["confidence"])) for r in numbers.said[k["ref"]] if r["confidence"]]
                for k in found
            ]
            assert any(each[-1:] == [now] and before in each[-5:] for each in stated), title


def _statuses(page: Tables) -> Table:
    """Return the table of statuses by week."""
    names = {"On track", "At risk", "Off track", "Achieved", "Outdated", "Not started", "Unknown"}
    return next(t for t in page.tables if names.intersection(cell.text for cell in t.heads))


class TestCycles:
    def test_the_list(self, case: Case) -> None:
        numbers, table = case.numbers, case.page("cycles/").table("Cycles, the newest first")
        assert len(table.rows) == sum(bool(numbers.plans_in(cycle)) for cycle in numbers.cycles)
        by_name = table.by_name()
        for cycle, row in numbers.cycles.items():
            plans = numbers.plans_in(cycle)
            if not plans:
                continue
            told = by_name[row["name"]]
            assert re.match(rf"{len(plans)} plans?$", told[2])
            counted = [int(n) for n in re.findall(r"\d+", told[3])]
            assert sum(counted) == numbers.counts(plans).total()
            graded = numbers.graded(plans) if row["state"] == "closed" else []
            assert told[4] == (_say_graded(numbers, plans) if graded else "")

    def test_counts_of_each(self, case: Case) -> None:
        numbers = case.numbers
        for cycle, row in numbers.cycles.items():
            plans = numbers.plans_in(cycle)
            if plans and row["state"] != "upcoming":
                page, counts = case.page(f"cycles/{cycle}/"), numbers.counts(plans)
                assert shown(page.counts[: len(counts)]) == counts
                for status, count in counts.items():
                    word = status.replace("-", " ").capitalize()
                    assert re.search(rf"{word} {count} key results?\b", page.text), (cycle, status)

    def test_check_ins_week_by_week(self, case: Case) -> None:
        numbers = case.numbers
        for cycle, row in numbers.cycles.items():
            plans = numbers.plans_in(cycle)
            weeks = numbers.weeks(plans, cycle)
            if len(weeks) < 2 or not plans:
                continue
            page = case.page(f"cycles/{cycle}/")
            table = next(t for t in page.tables if "Checked in that week" in _heads(t))
            assert [[cell.text for cell in line[1:]] for line in table.rows] == [
                [percent(share(w.fresh, w.of)), percent(share(w.checked_in, w.of)), str(w.of)]
                for w in weeks
            ]
            closed = row["state"] == "closed"
            whole = numbers.up_to_date(plans, cycle)
            now = whole if closed else share(weeks[-1].fresh, weeks[-1].of)
            assert f"{percent(now)} up to date" in page.text

    def test_statuses_of_each_week_add_up(self, case: Case) -> None:
        numbers = case.numbers
        for cycle, row in numbers.cycles.items():
            plans = numbers.plans_in(cycle)
            if plans and row["state"] != "upcoming":
                total = numbers.counts(plans).total()
                for line in _statuses(case.page(f"cycles/{cycle}/")).rows:
                    assert sum(int(cell.text) for cell in line[1:]) == total

    def test_who_has_planned(self, case: Case) -> None:
        numbers = case.numbers
        for cycle, row in numbers.cycles.items():
            if row["state"] != "upcoming" or not numbers.plans_in(cycle):
                continue
            table = case.page(f"cycles/{cycle}/").table("Who has planned")
            states = table.column("Plan")
            assert len(states) == sum(team["level"] != "company" for team in numbers.teams.values())
            for id, team in numbers.teams.items():
                plan = numbers.plans.get(f"{id}@{cycle}")
                if team["level"] != "company":
                    assert states[team["title"]] == _plan_word(numbers, plan)
            words = Counter(states.values())
            text = case.page(f"cycles/{cycle}/").text
            for word, count in words.items():
                assert f"{count} {word}" in text


def _plan_word(numbers: Recomputed, plan: Row | None) -> str:
    own = [
        o for o in numbers.objectives.values() if plan and o["ref"].startswith(plan["ref"] + "/")
    ]
    if not own:
        return "nothing yet"
    return "a draft" if {o["state"] for o in own} <= {"draft", "proposed"} else "a plan"


def _heads(table: Table) -> list[str]:
    return [cell.text for cell in table.heads]


def _say_graded(numbers: Recomputed, plans: list[Row]) -> str:
    graded = numbers.graded(plans)
    of = sum(len(numbers.told_objectives(plan)) for plan in plans)
    objectives = "objective" if of == 1 else "objectives"
    average = grade(mean(value for _, value in graded))
    return f"{len(graded)} of {of} {objectives} graded, mean {average}"


class TestGrades:
    def test_summary_types_and_levels(self, case: Case) -> None:
        numbers = case.numbers
        for cycle in case.closed():
            plans, page = numbers.plans_in(cycle), case.page(f"cycles/{cycle}/")
            assert _say_graded(numbers, plans) in page.text
            types = page.table("Grades by type")
            for kind, told in types.by_name().items():
                graded = [(o, g) for o, g in numbers.graded(plans) if o["type"] == kind]
                of = [o for p in plans for o in numbers.told_objectives(p) if o["type"] == kind]
                expected = "1.0" if kind == "committed" else "0.7"
                assert told == [expected, *_group(numbers, graded, len(of))], (cycle, kind)
            levels = page.table("Grades by level")
            named = {level: level.capitalize() for level in map(numbers.level, plans)}
            told_levels = levels.by_name()
            assert sorted(told_levels) == sorted(
                named[level]
                for level in named
                if any(numbers.told_objectives(p) for p in plans if numbers.level(p) == level)
            )
            for level, name in named.items():
                own = [plan for plan in plans if numbers.level(plan) == level]
                of_level = sum(len(numbers.told_objectives(plan)) for plan in own)
                if of_level:
                    group = _group(numbers, numbers.graded(own), of_level)
                    assert told_levels[name] == group, (cycle, level)

    def test_how_grades_are_distributed(self, case: Case) -> None:
        numbers = case.numbers
        for cycle in case.closed():
            table = next(
                t for t in case.page(f"cycles/{cycle}/").tables if "0.7 to 0.79" in t.by_name()
            )
            graded = numbers.graded(numbers.plans_in(cycle))
            for place, kind in enumerate(_heads(table)[1:]):
                own = [g for o, g in graded if o["type"] == kind.lower()]
                tenths = Counter(half_up(value * 100) // 10 for value in own)
                assert [int(row[place + 1].text) for row in table.rows] == [
                    tenths[tenth] for tenth in range(11)
                ]

    def test_teams(self, case: Case) -> None:
        numbers = case.numbers
        for cycle in case.closed():
            table = case.page(f"cycles/{cycle}/").table("Teams")
            grades, progress = table.column("Grade"), table.column("Progress")
            counted = table.column("Key results")
            owners = [p for p in numbers.plans_in(cycle) if p["owner"] in numbers.teams]
            assert len(table.rows) == len(owners)
            for plan in owners:
                title = numbers.teams[plan["owner"]]["title"]
                assert grades[title] == grade(exact(plan["grade"]))
                assert progress[title] == percent(exact(plan["progress"]))
                counts = numbers.counts([plan])
                if counts:
                    shown_counts = [int(n) for n in re.findall(r"\d+", counted[title])]
                    assert sorted(shown_counts) == sorted(counts.values())

    def test_lessons(self, case: Case) -> None:
        numbers = case.numbers
        for cycle in case.closed():
            found, of = numbers.lessons(cycle)
            text = case.page(f"cycles/{cycle}/").text
            if of:
                assert re.search(rf"{found} of {of} lessons? left (its|their) words", text), cycle
                assert text.count("taken up:") == found
            else:
                assert "left their words" not in text


def _group(numbers: Recomputed, graded: list[tuple[Row, Fraction]], of: int) -> list[str]:
    values = [value for _, value in graded]
    bands = [
        sum(value < Fraction(4, 10) for value in values),
        sum(Fraction(4, 10) <= value < Fraction(7, 10) for value in values),
        sum(value >= Fraction(7, 10) for value in values),
    ]
    labels = ("below 0.4", "0.4 to 0.7", "from 0.7")
    said = "".join(f"{count} {label}" for count, label in zip(bands, labels, strict=True))
    return [
        f"{len(graded)} of {of}",
        grade(mean(values)),
        f"{numbers.reached(graded)} of {len(graded)}" if graded else DASH,
        said if graded else "",
    ]


class TestCompare:
    def test_every_figure(self, case: Case) -> None:
        numbers, page = case.numbers, case.page("cycles/compare/")
        groups = [cycles for cycles in numbers.alike().values() if len(cycles) > 1]
        assert groups
        for cycles in groups:
            self._check_grades(numbers, page.table("Quarters: Grades"), cycles)
            metrics = page.table("Quarters: Objectives, key results achieved, check-ins")
            self._check_metrics(numbers, metrics, cycles)

    def _owners(self, numbers: Recomputed, cycles: list[str]) -> list[str]:
        return [t for t in numbers.teams if any(f"{t}@{c}" in numbers.plans for c in cycles)]

    def _check_grades(self, numbers: Recomputed, table: Table, cycles: list[str]) -> None:
        closed = [c for c in cycles if numbers.cycles[c]["state"] == "closed"]
        now, before = closed[-1], closed[-2]
        year = next(c for c in closed if c == f"{int(now[:4]) - 1}{now[4:]}")
        owners = self._owners(numbers, cycles)
        assert len(table.rows) == len(owners) + 1
        rows = {row[0].text: row for row in table.rows}
        for owner in owners:
            row = rows[numbers.teams[owner]["title"]]
            plans = [numbers.plans.get(f"{owner}@{cycle}") for cycle in cycles]
            results = row[2 : 2 + len(cycles)]
            for plan, cell in zip(plans, results, strict=True):
                assert (cell.text, "okr-progress" in cell.classes) == _result(plan)
            grades = {plan["cycle"]: exact(plan["grade"]) for plan in plans if plan}
            assert [cell.text for cell in row[2 + len(cycles) :]] == [
                _difference(grades.get(now), grades.get(before)),
                _difference(grades.get(now), grades.get(year)),
            ], owner
        means = {c: mean(value for _, value in numbers.graded(numbers.plans_in(c))) for c in cycles}
        assert [cell.text for cell in rows["All objectives"][2:]] == [
            *(grade(means[cycle]) for cycle in cycles),
            _difference(means[now], means[before]),
            _difference(means[now], means[year]),
        ]

    def _check_metrics(self, numbers: Recomputed, table: Table, cycles: list[str]) -> None:
        rows = table.by_name()
        for owner in self._owners(numbers, cycles):
            plans = [
                [plan] if (plan := numbers.plans.get(f"{owner}@{cycle}")) else []
                for cycle in cycles
            ]
            told = rows[numbers.teams[owner]["title"]]
            assert told == _metrics(numbers, plans, cycles), owner
        everything = [numbers.plans_in(cycle) for cycle in cycles]
        assert rows["All objectives"] == _metrics(numbers, everything, cycles)

    def test_is_sorted_by_the_same_numbers(self, case: Case) -> None:
        page = case.page("cycles/compare/")
        for table in page.tables:
            for row in table.rows:
                for cell in row[1:]:
                    if cell.sort:
                        text = cell.text.replace("−", "-").replace("+", "")
                        value = float(cell.sort) * (100 if "%" in text else 1)
                        rounded = float(re.sub(r"[^\d.-]", "", text))
                        assert abs(value - rounded) <= (0.5 if "%" in text else 0.005) + 1e-3


def _result(plan: Row | None) -> tuple[str, bool]:
    if plan is None:
        return "", False
    if plan["grade"] is None and plan["progress"] is not None:
        return percent(exact(plan["progress"])), True
    return grade(exact(plan["grade"])), False


def _difference(now: Fraction | None, before: Fraction | None) -> str:
    return DASH if now is None or before is None else difference(now - before)


def _metrics(numbers: Recomputed, plans: list[list[Row]], cycles: list[str]) -> list[str]:
    objectives, achieved, fresh = [], [], []
    for own, cycle in zip(plans, cycles, strict=True):
        counts = numbers.counts(own)
        objectives.append(str(sum(len(numbers.told_objectives(p)) for p in own)) if own else "")
        achieved.append(percent(share(counts["achieved"], counts.total())) if own else "")
        fresh.append(percent(numbers.up_to_date(own, cycle)) if own else "")
    return [*objectives, *achieved, *fresh]


Judged = list[tuple[Fraction, Fraction, bool]]


class TestCalibration:
    def test_over_all(self, case: Case) -> None:
        numbers, page = case.numbers, case.page("cycles/calibration/")
        plans = [plan for cycle in case.closed() for plan in numbers.plans_in(cycle)]
        self._check_part(page, *numbers.judged(plans))

    def test_each_cycle(self, case: Case) -> None:
        numbers = case.numbers
        rows = case.page("cycles/calibration/").table("By cycle").by_name()
        for cycle in case.closed():
            judged, of = numbers.judged(numbers.plans_in(cycle))
            assert rows[numbers.cycles[cycle]["name"]] == [
                f"{len(judged)} of {of}",
                *_calibrated(judged),
            ]
            self._check_part(case.page(f"cycles/{cycle}/"), judged, of)

    def test_each_team(self, case: Case) -> None:
        numbers = case.numbers
        rows = case.page("cycles/calibration/").table("By team").by_name()
        checked = 0
        for id, team in numbers.teams.items():
            plans = [
                plan
                for cycle in case.closed()
                for plan in numbers.plans_in(cycle)
                if plan["team"] == id
            ]
            judged, of = numbers.judged(plans)
            if of:
                assert rows[team["title"]] == [f"{len(judged)} of {of}", *_calibrated(judged)]
                checked += 1
        assert len(rows) == checked

    def _check_part(self, page: Tables, judged: Judged, of: int) -> None:
        assert re.search(rf"\b{len(judged)} of {of} key results have both a grade and", page.text)
        rows = page.table("What was said, and what it came to").by_name()
        bins: dict[int, Judged] = {}
        for each in judged:
            bins.setdefault(half_up(each[0]), []).append(each)
        assert sorted(rows, key=int) == [str(said) for said in sorted(bins)]
        for said, own in bins.items():
            # What was said stands at the head of the row already.
            assert rows[str(said)] == [str(len(own)), *_calibrated(own)[1:]]
        said, own = max(bins.items(), key=lambda item: (len(item[1]), item[0]))
        reached = grade(mean(value for _, value, _ in own))
        results = "key result" if len(own) == 1 else "key results"
        assert (
            f"When teams said {said}, they reached {reached} on average, from {len(own)} {results}."
        ) in page.text
        confidence = number(mean(c for c, _, _ in judged))
        assert f"Overall they said {confidence} and reached" in page.text
        assert f"reached {grade(mean(g for _, g, _ in judged))}: " in page.text


def _calibrated(judged: Judged) -> list[str]:
    if not judged:
        return [DASH, DASH, DASH, DASH, ""]
    confidence, reached = mean(c for c, _, _ in judged), mean(g for _, g, _ in judged)
    assert confidence is not None
    assert reached is not None
    gap = reached - confidence / 10
    word = "too few to tell"
    if len(judged) >= FEW:
        is_close = abs(gap) <= Fraction(1, 10)
        word = "about right" if is_close else "too sure" if gap < 0 else "too careful"
    won = share(sum(achieved for *_, achieved in judged), len(judged))
    return [number(confidence), grade(reached), difference(gap), percent(won), word]


def test_figures_that_are_wrong_would_be_seen(case: Case, tmp_path: Path) -> None:
    """Let the comparison fail where the data say something else than the pages."""
    data = json.loads(case.site.text("data/okrs.json"))
    cycle = case.closed()[-1]
    for row in data["objectives"]:
        if row["cycle"] == cycle and row["grade"] is not None:
            row["grade"] = 0.01
    other = Case(case.site)
    other.__dict__["numbers"] = Recomputed(json.dumps(data))
    with pytest.raises(AssertionError):
        TestGrades().test_summary_types_and_levels(other)
    with pytest.raises(AssertionError):
        TestCompare().test_every_figure(other)
