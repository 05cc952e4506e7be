"""What `supports`, `depends_on`, `continues` and `about` find, and in which order they look."""

from __future__ import annotations

from pathlib import Path

import pytest
from trees import Tree

from okrsite.model import Company, Objective


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


TREE = {
    "people.yml": "ana: {name: Ana Sousa, aka: as}\n",
    "team.md": (
        "---\ntitle: Harbor\npriorities:\n  - {id: trust-us, title: Rely on us}\n"
        "  - {id: reliable, title: Shadowed}\n---\n"
    ),
    "2026.yml": (
        "- {id: reliable, title: Be reliable, aka: [steady],"
        " key_results: [{id: uptime, title: Uptime to 99%, aka: [up]}]}\n"
        "- {id: year, title: Grow this year}\n"
    ),
    "2026-h2.yml": "- {id: half, title: Half}\n- {id: year, title: Year in the half}\n",
    "2026-q3.yml": "- {id: reliable, title: Be reliable in summer}\n",
    "2026-q4.yml": "- {id: quarter, title: Quarter}\n",
    "platform/team.md": "---\naka: [plat]\n---\n",
    "platform/2026-q3.yml": "- {id: steady, title: Steady}\n",
    "platform/2026-q4.ana.yml": "- {id: focus, title: Focus, supports: trust}\n",
    "data/2026-q4.yml": (
        "- {id: pipeline, title: Pipe, key_results: [{id: lag, title: Lag to 5}]}\n"
    ),
}


def objective(company: Company, id: str) -> Objective:
    return next(o for o in company.objectives() if o.ref.objective == id)


def found(tree: Tree, field: str, reference: str) -> str:
    """Return what a reference in a plan of platform's means, or the problem with it."""
    plan = (
        f"objectives:\n  - id: trust\n    title: Trust\n    {field}: {reference}\n"
        "    key_results: [{id: sev1, title: Reduce incidents from 6 to 2}]\n"
        "  - {id: company, title: A name like another, key_results: [{id: year, title: To 5}]}\n"
    )
    # A reference of one part looks in its own plan alone.
    files = {**TREE, "platform/2026-q4.yml": plan}
    files["platform/2026-q4.ana.yml"] = "- {id: focus, title: Focus}\n"
    resolution = tree.resolve(files)
    errors = [p for p in resolution.problems if p.severity == "error"]
    if errors:
        return f"{errors[0].code}: {errors[0].mend}"
    trust = resolution.company.plan("platform", "2026-q4")
    assert trust
    links = {
        "supports": trust.objectives[0].supports,
        "depends_on": trust.objectives[0].depends_on,
        "continues": (trust.objectives[0].continues,),
    }[field]
    return ", ".join(str(link.target) for link in links if link)


@pytest.mark.parametrize(
    ("reference", "target"),
    [
        # Its own file comes first, even before a team of the same name.
        ("company/year", "platform@2026-q4/company/year"),
        ("company", "platform@2026-q4/company"),
        # Then the plan of the same cycle, then those of the longer ones around it.
        ("company/quarter", "company@2026-q4/quarter"),
        ("company/half", "company@2026-h2/half"),
        ("company/reliable", "company@2026/reliable"),
        ("company/reliable/uptime", "company@2026/reliable/uptime"),
        ("harbor/quarter", "company@2026-q4/quarter"),
        # Former ids.
        ("company/steady", "company@2026/reliable"),
        ("company/steady/up", "company@2026/reliable/uptime"),
        ("plat@2026-q3/steady", "platform@2026-q3/steady"),
        # Another cycle.
        ("company@2026-q3/reliable", "company@2026-q3/reliable"),
        ("company@2026-Q3/reliable", "company@2026-q3/reliable"),
        # A person's.
        ("ana/focus", "ana@2026-q4/focus"),
        ("as/focus", "ana@2026-q4/focus"),
        ("'@ana/focus'", "ana@2026-q4/focus"),
        # A team's standing priority, after its objectives.
        ("company/trust-us", "company/trust-us"),
        # Several.
        ("[data/pipeline, data/pipeline/lag]", "data@2026-q4/pipeline, data@2026-q4/pipeline/lag"),
        ("[data/pipeline, data/pipeline]", "data@2026-q4/pipeline"),
    ],
)
def test_a_reference_finds_what_it_names(tree: Tree, reference: str, target: str) -> None:
    assert found(tree, "supports", reference) == target


def test_the_shorter_of_the_cycles_around_wins(tree: Tree) -> None:
    files = {
        "2026.yml": "- {id: year, title: Of the year}\n",
        "2026-h2.yml": "- {id: year, title: Of the half}\n",
        "platform/2026-q4.yml": "- {id: trust, title: Trust, supports: company/year}\n",
    }
    (link,) = objective(tree.company(files), "trust").supports
    assert str(link.target) == "company@2026-h2/year"


def test_a_longer_cycle_does_not_look_into_a_shorter(tree: Tree) -> None:
    files = {
        "2026.yml": "- {id: year, title: Year, depends_on: platform/trust}\n",
        "platform/2026-q4.yml": "- {id: trust, title: Trust}\n",
    }
    assert [line.split()[0] for line in tree.problems(files)] == ["OKR-R002"]


def test_only_supports_may_name_a_priority(tree: Tree) -> None:
    assert found(tree, "depends_on", "company/trust-us").startswith("OKR-R002")
    assert found(tree, "supports", "company@2026/trust-us").startswith("OKR-R002")


def test_an_objective_may_continue_that_of_another_cycle(tree: Tree) -> None:
    assert found(tree, "continues", "platform@2026-q3/steady") == "platform@2026-q3/steady"


@pytest.mark.parametrize(
    ("reference", "problem"),
    [
        ("company/relaible", "OKR-R002: write company/reliable"),
        ("company/Reliable", "OKR-R002: write company/reliable"),
        ("company/reliable/uptme", "OKR-R002: write company/reliable/uptime"),
        ("copmany/reliable", "OKR-R002: write company/reliable"),
        ("company@2026/relaible", "OKR-R002: write company@2026/reliable"),
        ("trust/sev2", "OKR-R002: write trust/sev1"),
        ("Trust/sev", "OKR-R002: correct the name, or remove it"),
        ("Be reliable", "OKR-R001: write company/reliable"),
        ("/reliable", "OKR-R001: write OWNER/OBJECTIVE or OWNER/OBJECTIVE/KEY-RESULT,"),
        ("company@2031-q9/reliable", "OKR-F004: correct the name, or add"),
        ("trust", "OKR-R008: remove it, or name what it really supports or needs"),
    ],
)
def test_what_finds_nothing_is_answered_with_the_nearest(
    tree: Tree, reference: str, problem: str
) -> None:
    assert found(tree, "supports", reference).startswith(problem)


def test_a_reference_to_a_cycle_without_plans_makes_no_cycle(tree: Tree) -> None:
    files = {"2026-q4.yml": "- {id: a, title: A, supports: company@2025-q1/b}\n"}
    assert [cycle.id for cycle in tree.resolve(files).company.cycles] == ["2026-q4"]


def test_a_ring_is_cut_where_it_closes(tree: Tree) -> None:
    files = {
        "2026-q4.yml": (
            "- {id: a, title: A, supports: b}\n- {id: b, title: B, supports: [c, d]}\n"
            "- {id: c, title: C, supports: a, key_results: [{id: k, title: K to 5}]}\n"
            "- {id: d, title: D}\n"
        )
    }
    resolution = tree.resolve(files)
    (problem,) = resolution.problems
    assert problem.message == (
        "a ring of supports: company@2026-q4/a → company@2026-q4/b → company@2026-q4/c"
        " → company@2026-q4/a"
    )
    supports = {o.ref.objective: len(o.supports) for o in resolution.company.objectives()}
    assert supports == {"a": 1, "b": 2, "c": 0, "d": 0}


def test_a_ring_may_go_through_key_results_and_two_are_told_as_two(tree: Tree) -> None:
    files = {
        "2026-q4.yml": (
            "- {id: a, title: A, supports: b/k}\n"
            "- {id: b, title: B, supports: a, key_results: [{id: k, title: K to 5}]}\n"
            "- {id: c, title: C, supports: d}\n- {id: d, title: D, supports: c}\n"
        )
    }
    assert [line.split()[0] for line in tree.problems(files)] == ["OKR-R003", "OKR-R003"]


def test_what_depends_on_each_other_is_no_ring(tree: Tree) -> None:
    plan = "- {id: a, title: A, depends_on: b}\n- {id: b, title: B, depends_on: a}\n"
    assert tree.problems({"2026-q4.yml": plan}) == []


def test_a_company_tells_who_supports_and_who_depends(tree: Tree) -> None:
    files = {
        "2026.yml": "- {id: reliable, title: Be reliable}\n",
        "platform/2026-q4.yml": "- {id: trust, title: Trust, supports: company/reliable}\n",
        "data/2026-q4.yml": "- {id: pipe, title: Pipe, depends_on: platform/trust}\n",
    }
    company = tree.company(files)
    reliable, trust = objective(company, "reliable"), objective(company, "trust")
    assert [o.ref.objective for o in company.supporters(reliable.ref)] == ["trust"]
    assert [o.ref.objective for o in company.dependants(trust.ref)] == ["pipe"]


def test_an_amendment_about_nothing_is_left_out(tree: Tree) -> None:
    plan = (
        "objectives: [{id: trust, title: Trust}]\n"
        "amendments: [{date: 2026-11-02, about: trast, why: Wrong}]\n"
    )
    resolution = tree.resolve({"2026-q4.yml": plan})
    assert [p.code for p in resolution.problems] == ["OKR-R002"]
    assert resolution.company.plans[0].amendments == ()


def test_a_missing_id_is_advice_as_soon_as_something_refers_to_it(tree: Tree) -> None:
    plan = "- Make it trusted\n- {title: Make it loved, supports: make-it-trusted}\n"
    assert tree.problems({"2026-q4.yml": "- Make it trusted\n"}) == []
    assert tree.problems({"2026-q4.yml": plan}) == [
        "OKR-I004 2026-q4.yml:1:3 something refers to 'company@2026-q4/make-it-trusted', whose id"
        " is made from its title => add id: make-it-trusted, so that a new title breaks nothing"
    ]
