"""How everything stood, today and in each past week, against what check-ins alone come to."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from figures import Case
from recomputed import Recomputed, Row, grade, mean, number, percent, share
from restated import Restated, Standing, day_of
from tables import Cell, Table

SIGNS = {
    "on-track": "●",
    "at-risk": "▲",
    "off-track": "■",
    "outdated": "○",
    "unknown": "?",
    "not-started": "–",
    "achieved": "✓",
}
SHORT_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec".split()
KEY_RESULT = re.compile(
    r'okr-kr__title".*?<a href="([^"]+)".*?okr-kr__progress okr-num">([^<]*)<'
    r'.*?okr-badge okr-s-([\w-]+)".*?(?:okr-conf__value">([^<]*)<|</li>)',
    re.DOTALL,
)
OBJECTIVE = re.compile(
    r'<h3 class="okr-title"><a href="([^"]+)".*?okr-o__meta">(.*?)</p></div>'
    r'<span class="okr-o__progress okr-num"(?: title="(.*?) expected")?>([^<]*)<'
    r'.*?okr-badge okr-s-([\w-]+)".*?(?:okr-conf__value">([^<]*)<|</section>)',
    re.DOTALL,
)
CHANGE = re.compile(
    r'<a href="([^"]+)" dir="auto">[^<]*</a>: ([A-Z][a-z ]+) → ([A-Z][a-z ]+)</span>'
)


def word(status: str) -> str:
    return status.replace("-", " ").capitalize()


def short_day(text: str) -> str:
    day = day_of(text)
    return f"{day.day} {SHORT_MONTHS[day.month - 1]}"


def of_page(page_url: str, link: str) -> str:
    """Return the address of ours that a link on a page leads to."""
    folders = page_url.split("/")[:-1]
    while link.startswith("../"):
        folders, link = folders[:-1], link[3:]
    return "/".join([*folders, link])


def caption(case: Case, url: str, start: str) -> Table:
    return next(table for table in case.page(url).tables if table.caption.startswith(start))


def is_close(said: float | None, found: Fraction | None) -> bool:
    """Tell whether a number of the data is what was found, to the six places that it has."""
    if said is None or found is None:
        return said is found
    return abs(Fraction(repr(said)) - found) <= Fraction(1, 1_000_000)


def assert_stands(row: Row, stood: Standing) -> None:
    assert (row["status"] or "") == stood.status, row["ref"]
    assert is_close(row["progress"], stood.progress), row["ref"]
    assert is_close(row["expected"], stood.expected), row["ref"]
    assert is_close(row["confidence"], stood.confidence), row["ref"]


class TestData:
    def test_say_how_each_key_result_stands(self, case: Case) -> None:
        objectives = case.numbers.objectives
        rows = [
            row
            for row in case.numbers.data["key_results"]
            if objectives[row["objective"]]["state"] == "active"
        ]
        for row in rows:
            assert_stands(row, case.stood.item(row, case.numbers.as_of))
        assert len(rows) >= 100

    def test_say_how_each_objective_stands(self, case: Case) -> None:
        rows = [row for row in case.numbers.objectives.values() if row["type"]]
        for row in rows:
            assert_stands(row, case.stood.objective(row, case.numbers.as_of))
        assert len(rows) >= 50

    def test_say_how_each_plan_stands(self, case: Case) -> None:
        for row in case.numbers.plans.values():
            assert_stands(row, case.stood.plan(row, case.numbers.as_of))


class TestWeeks:
    def test_heat_maps(self, case: Case) -> None:
        current = case.numbers.current()["ref"]
        for url, cycle in [("", current), *((f"cycles/{c}/", c) for c in case.begun())]:
            self._check_heat_map(case, caption(case, url, "The worst status"), cycle)

    def _check_heat_map(self, case: Case, table: Table, cycle: str) -> None:
        numbers = case.numbers
        titles = {row["title"]: id for id, row in numbers.teams.items()}
        weeks, last = numbers.days_of_weeks(cycle), numbers.cycles[cycle]["weeks"]
        owners = {plan["owner"] for plan in numbers.plans_in(cycle)} & numbers.teams.keys()
        below = {id for id in owners if numbers.teams[id]["level"] != "company"}
        assert {titles[row[0].text] for row in table.rows} == (below or owners)
        for row in table.rows:
            plan = numbers.plans[f"{titles[row[0].text]}@{cycle}"]
            stood = [case.stood.plan(plan, day).status for _, _, day in weeks]
            told = [s and f"week {n}: {word(s).lower()}" for n, s in enumerate(stood, start=1)]
            assert [cell.text for cell in row[1:]] == told + [""] * (last - len(weeks)), row[0].text
            for cell, status in zip(row[1:], stood, strict=False):
                assert not status or f"okr-s-{status}" in cell.classes.split()

    def test_how_many_key_results_had_which_status(self, case: Case) -> None:
        current = case.numbers.current()["ref"]
        for url, cycle in [("", current), *((f"cycles/{c}/", c) for c in case.begun())]:
            page, plans = case.page(url), case.begun()[cycle]
            table = next(t for t in page.tables if len(t.heads) > 2 and _is_status(t.heads[1].text))
            weeks = case.numbers.days_of_weeks(cycle)
            assert len(table.rows) == len(weeks)
            for row, (week, _, day) in zip(table.rows, weeks, strict=True):
                counts = sum((case.stood.counts(plan, day) for plan in plans), Counter[str]())
                told = {h.text: int(c.text) for h, c in zip(table.heads[1:], row[1:], strict=True)}
                assert {h: n for h, n in told.items() if n} == {
                    word(status): n for status, n in counts.items()
                }, (cycle, week)
                drawn = " ".join(f"{SIGNS[s]}{counts[s]}" for s in SIGNS if counts[s])
                assert drawn in page.text

    def test_check_ins_as_they_are_drawn(self, case: Case) -> None:
        for cycle, plans in case.begun().items():
            weeks = {week.number: week for week in case.numbers.weeks(plans, cycle)}
            if len(weeks) < 2:
                continue
            chart = case.article(f"cycles/{cycle}/").partition('"check-ins-t"')[2]
            fresh, checked_in = chart.partition("</svg>")[0].split('class="okr-points"')[1:]
            for points, count in ((fresh, "fresh"), (checked_in, "checked_in")):
                told = re.findall(r"<title>week (\d+), [^<]* · (\d+ %)</title>", points)
                assert {1, max(weeks)} <= {int(week) for week, _ in told}
                for number_, rate in told:
                    week = weeks[int(number_)]
                    assert rate == percent(share(getattr(week, count), week.of)), (cycle, week)


def _is_status(text: str) -> bool:
    return text in {*map(word, SIGNS), "Missed"}


class TestHome:
    def test_confidence_a_week_ago(self, case: Case) -> None:
        numbers = case.numbers
        plan = numbers.plans.get(f"company@{numbers.current()['ref']}")
        if plan:
            before = case.stood.plan(plan, numbers.as_of - timedelta(days=7)).confidence
            assert f"confidence · {number(before)} last week" in case.page("").text

    def test_longer_cycles(self, case: Case) -> None:
        numbers, text = case.numbers, case.page("").text
        for plan in numbers.plans.values():
            cycle = numbers.cycles[plan["cycle"]]
            current = cycle["state"] == "active" and cycle is not numbers.current()
            if plan["owner"] == "company" and current:
                week = len(numbers.days_of_weeks(cycle["ref"]))
                progress = percent(case.stood.plan(plan, numbers.as_of).progress)
                name = cycle["name"]
                assert f"{name} · week {week} of {cycle['weeks']} · {progress}" in text

    def test_rows_of_key_results(self, case: Case) -> None:
        numbers = case.numbers
        by_url = {row["url"]: row for row in numbers.data["key_results"]}
        told = KEY_RESULT.findall(case.article(""))
        active = {c for c, row in numbers.cycles.items() if row["state"] == "active"}
        plans = [p for p in numbers.plans.values() if p["owner"] == "company"]
        here = {p["ref"] for p in plans if p["cycle"] in active}
        assert {by_url[url]["ref"] for url, *_ in told} == {
            row["ref"] for row in by_url.values() if row["ref"].partition("/")[0] in here
        }
        for url, progress, status, confidence in told:
            stood = case.stood.item(by_url[url], numbers.as_of)
            assert (progress, status) == (percent(stood.progress), stood.status), url
            assert confidence == ("" if stood.confidence is None else number(stood.confidence))

    def test_rows_of_objectives(self, case: Case) -> None:
        numbers = case.numbers
        by_url = {row["url"]: row for row in numbers.objectives.values()}
        for url, meta, expected, progress, status, confidence in OBJECTIVE.findall(
            case.article("")
        ):
            objective = by_url[url]
            stood = case.stood.objective(objective, numbers.as_of)
            assert (progress, status) == (percent(stood.progress), stood.status), url
            assert expected == ("" if stood.expected is None else percent(stood.expected))
            assert confidence == ("" if stood.confidence is None else number(stood.confidence))
            self._check_meta(case, objective, meta)

    def _check_meta(self, case: Case, objective: Row, meta: str) -> None:
        numbers = case.numbers
        items = {objective["ref"], *(kr["ref"] for kr in numbers.key_results[objective["ref"]])}
        supporters = [
            other
            for other in numbers.objectives.values()
            if items & {*other["supports"]} and other["state"] == "active"
        ]
        if supporters:
            stood = [case.stood.objective(each, numbers.as_of) for each in supporters]
            average = mean(each.progress for each in stood if each.progress is not None)
            assert f"({percent(average)})" in meta
        owners = {other["ref"].partition("@")[0] for other in supporters}
        counted = re.search(r"supported by (\d+) teams", meta)
        assert not counted or int(counted[1]) == len(owners)
        active = [k for k in numbers.key_results[objective["ref"]] if k["state"] == "active"]
        measured = [k for k in active if case.stood.item(k, numbers.as_of).progress is not None]
        said = f"{len(measured)} of {len(active)} measured"
        assert (said in meta) == (0 < len(measured) < len(active))

    def test_what_changed_this_week(self, case: Case) -> None:
        numbers, today = case.numbers, case.numbers.as_of
        before = today - timedelta(days=7)
        plans = {plan["ref"] for plan in numbers.plans_in(numbers.current()["ref"])}
        moved = {}
        for row in numbers.objectives.values():
            if row["ref"].partition("/")[0] in plans and row["type"]:
                then, now = (case.stood.objective(row, day).status for day in (before, today))
                said = [*numbers.said[row["ref"]]]
                said += [s for k in numbers.key_results[row["ref"]] for s in numbers.said[k["ref"]]]
                if then != now and any(before < day_of(s["date"]) <= today for s in said):
                    moved[row["url"]] = (word(then), word(now))
        told = {url: (then, now) for url, then, now in CHANGE.findall(case.article(""))}
        amended = case.article("").count('<span aria-hidden="true">◆</span>')
        assert told == {url: moved[url] for url in told}
        assert len(told) == min(len(moved), 6 - amended)

    def test_how_many_objectives_are_proposed(self, case: Case) -> None:
        numbers = case.numbers
        proposed = [
            row
            for row in numbers.objectives.values()
            if row["state"] == "proposed" and numbers.cycles[row["cycle"]]["state"] != "closed"
        ]
        if proposed:
            assert f"{len(proposed)} objectives are proposed" in case.page("").text


class TestCycles:
    def test_teams_of_a_running_cycle(self, case: Case) -> None:
        numbers = case.numbers
        for cycle, plans in case.begun().items():
            row = numbers.cycles[cycle]
            if row["state"] == "closed":
                continue
            table = case.page(f"cycles/{cycle}/").table("Teams")
            titles = {
                numbers.teams[p["owner"]]["title"]: p for p in plans if p["owner"] in numbers.teams
            }
            assert {line[0].text for line in table.rows} == titles.keys()
            for line in table.rows:
                self._check_team(case, titles[line[0].text], line[2].text, line[4:])
            week = f"week {len(numbers.days_of_weeks(cycle))} of {row['weeks']}"
            assert week in case.page(f"cycles/{cycle}/").text

    def _check_team(self, case: Case, plan: Row, counted: str, cells: list[Cell]) -> None:
        stood = case.stood.plan(plan, case.numbers.as_of)
        counts = case.stood.counts(plan, case.numbers.as_of)
        told = {name.strip(): int(n) for n, name in re.findall(r"(\d+)([A-Za-z ]+)", counted)}
        if counts:
            assert told == {word(status): n for status, n in counts.items()}, plan["ref"]
        progress, status, confidence, last = (cell.text for cell in cells)
        assert progress == percent(stood.progress), plan["ref"]
        assert status == (word(stood.status) if stood.status else ""), plan["ref"]
        assert confidence.lstrip("↗→↘") == number(stood.confidence), plan["ref"]
        days = [
            said["date"]
            for ref, rows in case.numbers.said.items()
            if ref.partition("/")[0] == plan["ref"]
            for said in rows
            if day_of(said["date"]) <= case.numbers.as_of
        ]
        assert last == (short_day(max(days)) if days else "–"), plan["ref"]

    def test_key_results_by_status(self, case: Case) -> None:
        numbers = case.numbers
        for cycle, plans in case.begun().items():
            url = f"cycles/{cycle}/"
            folds = re.findall(
                r'okr-fold" id="_([\w-]+)"><summary>(.*?)</details>', case.article(url), re.DOTALL
            )
            found: dict[str, set[str]] = {}
            for plan in plans:
                for kr in numbers.active_key_results(plan):
                    status = case.stood.item(kr, numbers.as_of).status
                    found.setdefault(status, set()).add(kr["url"])
            links = {s: set(re.findall(r'<a href="([^"]+)"', html)) for s, html in folds}
            assert {s: {of_page(url, link) for link in each} for s, each in links.items()} == found

    def test_grades_of_each_teams_objectives(self, case: Case) -> None:
        numbers = case.numbers
        for cycle in case.closed():
            table = case.page(f"cycles/{cycle}/").table("Teams")
            told = {line[0].text: line[4].text for line in table.rows}
            for plan in numbers.plans_in(cycle):
                grades = [grade(value) for _, value in numbers.graded([plan])]
                if plan["owner"] in numbers.teams and len(grades) > 1:
                    line = told[numbers.teams[plan["owner"]]["title"]]
                    assert line.endswith(" · ".join(grades)), plan["ref"]

    def test_grades_as_they_are_drawn(self, case: Case) -> None:
        numbers = case.numbers
        for cycle in case.closed():
            text = case.page(f"cycles/{cycle}/").text
            for kind in ("committed", "aspirational", "learning"):
                graded = [
                    v for o, v in numbers.graded(numbers.plans_in(cycle)) if o["type"] == kind
                ]
                if graded:
                    objectives = "objective" if len(graded) == 1 else "objectives"
                    said = f"{len(graded)} {objectives}, mean {grade(mean(graded))}"
                    assert f"{kind.capitalize()} · {said}" in text

    def test_objectives_planned(self, case: Case) -> None:
        numbers = case.numbers
        for cycle, row in numbers.cycles.items():
            if row["state"] != "upcoming" or not numbers.plans_in(cycle):
                continue
            told = case.page(f"cycles/{cycle}/").table("Who has planned").column("Objectives")
            for id, team in numbers.teams.items():
                count = sum(ref.startswith(f"{id}@{cycle}/") for ref in numbers.objectives)
                said = f"{count} objective" if count == 1 else f"{count} objectives"
                if team["level"] != "company":
                    assert told[team["title"]] == (said if count else "")


def test_calibration_as_it_is_drawn(case: Case) -> None:
    numbers = case.numbers
    plans = {"cycles/calibration/": [p for c in case.closed() for p in numbers.plans_in(c)]}
    plans |= {f"cycles/{cycle}/": numbers.plans_in(cycle) for cycle in case.closed()}
    for url, own in plans.items():
        judged, _ = numbers.judged(own)
        bins: dict[int, list[Fraction]] = {}
        for said, value, _ in judged:
            bins.setdefault(int(said + Fraction(1, 2)), []).append(value)
        drawn = re.findall(r"said (\d+), reached ([\d.]+): (\d+) key", case.page(url).text)
        assert sorted(drawn) == sorted(
            (str(said), grade(mean(values)), str(len(values))) for said, values in bins.items()
        )


def test_weeks_that_are_wrong_would_be_seen(case: Case) -> None:
    """Let the comparison fail where check-ins say something else than the pages."""
    data = json.loads(case.site.text("data/okrs.json"))
    for row in data["check_ins"]:
        row["confidence"] = 1
        row["status"] = None
    other = replace(case)
    other.__dict__["numbers"] = Recomputed(json.dumps(data))
    other.__dict__["stood"] = Restated(other.numbers)
    for check in (
        TestData().test_say_how_each_key_result_stands,
        TestWeeks().test_heat_maps,
        TestWeeks().test_how_many_key_results_had_which_status,
        TestHome().test_rows_of_objectives,
        TestCycles().test_teams_of_a_running_cycle,
    ):
        with pytest.raises(AssertionError):
            check(other)
