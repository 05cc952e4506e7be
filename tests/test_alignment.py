"""The alignment page: the matrix and the lists say in words what the map shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import check_in, company, key_result, objective, plan, team
from hypothesis import given
from hypothesis import strategies as st

from okrsite.measure import measure_company
from okrsite.model import Ask, Company, Place, Weekly
from okrsite.views import AlignmentView, Context, view_alignment
from okrsite.views.rings import find_rings
from okrsite.words import Words

PLACE = Place("platform/checkins/2026-11-16.yml")
TOP = objective("company@2026-q4/top", key_result("kr"))


def view(house: Company) -> AlignmentView:
    words = Words("en", house.as_of)
    return view_alignment(Context(company=house, measures=measure_company(house), words=words))


def test_the_matrix_tells_direct_support_from_indirect() -> None:
    direct = objective("data@2026-q4/direct", supports=["company@2026-q4/top/kr"])
    both = objective("mobile@2026-q4/both", supports=["data@2026-q4/direct", "company@2026-q4/top"])
    through = objective("design@2026-q4/through", supports=["data@2026-q4/direct"])
    idle = objective("finance@2026-q4/idle")
    alone = objective("company@2026-q4/alone")
    house = company(plan(TOP, alone), plan(direct), plan(both), plan(through), plan(idle))
    matrix = view(house).matrix
    assert matrix is not None
    cells = {row.team.name: row.cells[0] for row in matrix.rows}
    assert {name: (cell.direct, cell.indirect, cell.spoken) for name, cell in cells.items()} == {
        "Data": (1, 0, "1 directly"),
        "Mobile": (1, 0, "1 directly"),
        "Design": (0, 1, "1 through others"),
        "Finance": (0, 0, ""),
    }
    assert [row.total for row in matrix.rows] == [1, 1, 1, 0]
    assert matrix.totals == (3, 0)
    assert [each.name for each in matrix.idle] == ["Finance"]
    assert [each.title for each in matrix.unserved] == ["alone"]


def needing(**fields: Any) -> list[Any]:
    """Return a team's plan that depends on another's, which is off track, and that other's."""
    late = key_result("kr", check_in("2026-11-16", 1, status="off-track"))
    needed = objective("data@2026-q4/feed", late)
    own = objective("platform@2026-q4/own", depends_on=["data@2026-q4/feed/kr"])
    return [plan(own), plan(replace(needed, **fields))]


def test_dependencies_at_risk_stand_apart() -> None:
    calm = objective("mobile@2026-q4/calm", depends_on=["platform@2026-q4/own"])
    within = objective("mobile@2026-q4/within", depends_on=["mobile@2026-q4/calm"])
    page = view(company(*needing(), plan(calm, within)))
    assert [(row.objective.title, row.needs.title) for row in page.worries] == [("own", "kr")]
    assert page.worries[0].needs.badge is not None
    assert page.worries[0].needs.badge.status == "off-track"
    assert [row.objective.title for row in page.dependencies] == ["calm"]


@pytest.mark.parametrize(
    ("fields", "known"),
    [
        ({}, ""),
        ({"supports": (), "contributors": ("platform",)}, "Data's plan names it too"),
        ({"depends_on": objective(depends_on=["platform@2026-q4/own"]).depends_on}, "names it"),
        ({"supports": objective(supports=["platform@2026-q4/other"]).supports}, ""),
    ],
)
def test_the_other_side_knows_if_its_plan_says_so(fields: dict[str, Any], known: str) -> None:
    (row,) = view(company(*needing(**fields))).worries
    assert known in row.known
    assert row.unknown is not bool(known)
    if not known:
        assert row.known == "Data says nothing of it"


def weekly(day: str, to: str, owner: str = "platform") -> Weekly:
    return Weekly(owner, owner, date.fromisoformat(day), PLACE, asks=(Ask("Help", to),))


@pytest.mark.parametrize(
    ("weeklies", "known"),
    [
        ([weekly("2026-11-09", "data"), weekly("2026-11-02", "data")], "Data was asked on 9 Nov"),
        ([weekly("2026-09-14", "data")], "Data says nothing of it"),
        ([weekly("2026-11-09", "mobile")], "Data says nothing of it"),
        ([weekly("2026-11-09", "data", "mobile")], "Data says nothing of it"),
    ],
)
def test_or_if_it_was_asked_in_this_cycle(weeklies: list[Weekly], known: str) -> None:
    house = company(
        *needing(),
        teams=tuple(team(id) for id in ("company", "platform", "data", "mobile")),
        weeklies=tuple(weeklies),
    )
    (row,) = view(house).worries
    assert row.known == known


def test_what_waits_for_each_other_is_named() -> None:
    one = objective("platform@2026-q4/one", depends_on=["data@2026-q4/two"])
    two = objective("data@2026-q4/two", key_result("kr"), depends_on=["mobile@2026-q4/three"])
    three = objective("mobile@2026-q4/three", depends_on=["platform@2026-q4/one"])
    beside = objective("design@2026-q4/beside", depends_on=["data@2026-q4/two/kr"])
    page = view(company(plan(one), plan(two), plan(three), plan(beside)))
    assert [[link.title for link in ring] for ring in page.rings] == [["one", "two", "three"]]


def test_figures_at_the_top_count_the_lists() -> None:
    house = company(
        plan(TOP),
        *needing(),
        plan(objective("design@2026-q4/alone"), objective("design@2026-q4/b")),
    )
    page = view(house)
    facts = [(fact.value, fact.label, fact.url, fact.warn) for fact in page.facts]
    assert facts == [
        ("5", "running objectives", "", False),
        ("4", "support nothing", "alignment/#_orphans", True),
        ("1", "company objective without support", "alignment/#_unsupported", True),
        ("1 of 1", "dependency is at risk", "alignment/#_worries", True),
    ]
    assert len(page.orphans) == 4


def test_an_aligned_company_has_nothing_to_warn_of() -> None:
    own = objective("platform@2026-q4/own", supports=["company@2026-q4/top"])
    facts = view(company(plan(TOP), plan(own))).facts
    assert [(fact.value, fact.url, fact.warn) for fact in facts] == [
        ("2", "", False),
        ("0", "", False),
        ("0", "", False),
    ]


NODES = st.integers(0, 7)


@given(st.lists(st.tuples(NODES, NODES), max_size=24))
def test_rings_are_what_leads_back_to_itself(pairs: list[tuple[int, int]]) -> None:
    edges: dict[int, list[int]] = {node: [] for node in range(8)}
    for one, other in pairs:
        edges[one].append(other)

    def reached(start: int) -> set[int]:
        found: set[int] = set()
        waiting = list(edges[start])
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting += edges[node]
        return found

    far = {node: reached(node) for node in edges}
    rings = {frozenset(o for o in edges if o in far[n] and n in far[o]) for n in edges}
    assert {frozenset(ring) for ring in find_rings(edges)} == {r for r in rings if len(r) > 1}
