"""Cycles, ids and names: what they are, what they default to, and when they clash."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from trees import Tree

from okrsite.model import Company, CycleState
from okrsite.model.cycle_names import known_cycle
from okrsite.resolve.ids import LONGEST, default_ids, is_id, is_reserved, mixes_scripts, slug

EMPTY = "objectives: []\n"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def refs(company: Company) -> list[str]:
    return [str(item.ref) for o in company.objectives() for item in o.items()]


# ---------------------------------------------------------------- cycles


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-h1", "2026-01-01", "2026-06-30"),
        ("2026-H2", "2026-07-01", "2026-12-31"),
        ("2026-q1", "2026-01-01", "2026-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("fy27", "2026-07-01", "2027-06-30"),
        ("fy27-h2", "2027-01-01", "2027-06-30"),
        ("FY27-Q1", "2026-07-01", "2026-09-30"),
    ],
)
def test_a_cycle_is_known_by_its_name(tree: Tree, name: str, start: str, end: str) -> None:
    company = tree.company({f"{name}.yml": EMPTY, "okrs.yml": "fiscal_year_start: July\n"})
    cycle = company.cycle(name.lower())
    assert (cycle.start, cycle.end) == (date.fromisoformat(start), date.fromisoformat(end))
    assert cycle.name == name.upper()


def test_the_calendar_s_quarter_is_never_the_fiscal_one(tree: Tree) -> None:
    company = tree.company({"2026-q4.yml": EMPTY, "okrs.yml": "fiscal_year_start: July\n"})
    assert company.cycle("2026-q4").start == date(2026, 10, 1)


def test_a_fiscal_year_that_starts_in_january_is_the_calendar_s(tree: Tree) -> None:
    company = tree.company({"fy27.yml": EMPTY, "okrs.yml": "fiscal_year_start: January\n"})
    assert company.cycle("fy27").start == date(2027, 1, 1)


def test_reviews_and_grading_have_defaults(tree: Tree) -> None:
    cycle = tree.company({"2026-q4.yml": EMPTY}).cycle("2026-q4")
    assert cycle.reviews == (date(2026, 10, 14), date(2026, 11, 16), date(2027, 1, 12))
    assert cycle.grading_due == date(2027, 1, 14)
    assert cycle.planning_days == 13


def test_an_entry_may_re_date_or_complete_a_known_name(tree: Tree) -> None:
    company = tree.company(
        {
            "2026-q4.yml": EMPTY,
            "2026-q3.yml": EMPTY,
            "okrs.yml": (
                "cycles:\n  - {id: 2026-Q4, start: 2026-10-05, name: Autumn}\n"
                "  - {id: 2026-q3, reviews: [2026-08-01, 2026-07-15]}\n"
            ),
        }
    )
    autumn, summer = company.cycle("2026-q4"), company.cycle("2026-q3")
    assert (autumn.name, autumn.start, autumn.end) == (
        "Autumn",
        date(2026, 10, 5),
        date(2026, 12, 31),
    )
    assert autumn.grading_due == date(2027, 1, 14)
    assert (summer.name, summer.start) == ("2026-Q3", date(2026, 7, 1))
    assert summer.reviews == (date(2026, 7, 15), date(2026, 8, 1))


def test_any_other_cycle_needs_an_entry(tree: Tree) -> None:
    rules = "cycles: [{id: 2026-C5, start: 2026-11-02, end: 2026-12-13}]\n"
    company = tree.company({"2026-c5.yml": EMPTY, "okrs.yml": rules})
    cycle = company.cycle("2026-c5")
    assert (cycle.name, cycle.days, cycle.weeks) == ("2026-c5", 42, 6)
    assert company.plans[0].cycle == "2026-c5"


def test_a_custom_cycle_has_an_id_like_everything_else(tree: Tree) -> None:
    rules = "cycles: [{id: Sprint 5, start: 2026-11-02, end: 2026-12-13}]\n"
    problems = tree.problems({"2026-q4.yml": EMPTY, "okrs.yml": rules})
    assert [line.split()[:2] for line in problems] == [["OKR-I001", "okrs.yml:1:15"]]


@pytest.mark.parametrize(
    ("as_of", "states"),
    [
        ("2025-12-31", ["upcoming", "upcoming"]),
        ("2026-01-01", ["active", "upcoming"]),
        ("2026-10-01", ["active", "active"]),
        ("2026-12-31", ["active", "active"]),
        ("2027-01-01", ["closed", "closed"]),
    ],
)
def test_a_cycle_is_upcoming_active_or_closed_on_a_day(
    tree: Tree, as_of: str, states: list[str]
) -> None:
    company = tree.company({"2026.yml": EMPTY, "2026-q4.yml": EMPTY}, as_of=as_of)
    assert [cycle.state(company.as_of).value for cycle in company.cycles] == states


def test_current_are_the_active_ones_the_shortest_first_else_those_beside_today(
    tree: Tree,
) -> None:
    files = dict.fromkeys(["2026.yml", "2026-q4.yml", "2026-q3.yml", "2027-q2.yml"], EMPTY)

    def current(as_of: str) -> list[str]:
        return [cycle.id for cycle in tree.company(files, as_of=as_of).current_cycles()]

    assert current("2026-11-20") == ["2026-q4", "2026"]
    assert current("2026-05-01") == ["2026"]
    assert current("2027-02-01") == ["2026-q4", "2027-q2"]
    assert current("2025-02-01") == ["2026"]
    company = tree.company(files, as_of="2027-02-01")
    assert [c.id for c in company.cycles_in(CycleState.CLOSED)] == ["2026-q3", "2026-q4", "2026"]


@given(st.integers(1, 12), st.integers(20, 60))
def test_fiscal_parts_tile_the_year_that_ends_in_it(month: int, year: int) -> None:
    whole = known_cycle(f"fy{year}", month, 14)
    quarters = [known_cycle(f"fy{year}-q{n}", month, 14) for n in range(1, 5)]
    assert whole
    assert all(quarters)
    assert sum(q.days for q in quarters if q) == whole.days
    assert whole.end.year == 2000 + year
    assert quarters[0]
    assert quarters[0].start == whole.start


# ---------------------------------------------------------------- ids


@pytest.mark.parametrize(
    ("title", "language", "expected"),
    [
        ("Make the platform trusted during peak usage", "en", "make-platform-trusted-during-peak"),
        ("Reduce incidents from 6 to 2", "en", "reduce-incidents-from"),
        ("Reduce Sev-1 incidents", "en", "reduce-sev"),
        ("Improve p95 latency to 600 ms", "en", "improve-p95-latency-to"),
        ("80% of contributors stay", "en", "80-of-contributors-stay"),
        ("The", "en", "the"),
        ("Don’t *ever* `stop`", "en", "dont-ever-stop"),
        ("Read [the guide](https://example.com/a-b)", "en", "read-guide"),
        ("Améliorer l’équipe à Paris", "fr", "ameliorer-equipe-a-paris"),
        ("Die Größe der Tür", "de", "grosse-tur"),
        ("Melhorar a retenção", "pt", "melhorar-retencao"),
        ("El año de los niños", "es", "ano-de-ninos"),
        ("将续约率从 62% 提升到 78%", "zh", "将续约率从"),
        ("提升客户满意度并且降低流失率", "zh", "提升客户满意度并且降低流"),
        ("62% 提升到 78%", "zh", "62提升到78"),
        ("チームの健康を改善する", "en", "チームの健康を改善する"),
        ("팀의 건강을 개선한다 그리고 더", "en", "팀의-건강을-개선한다-그리고-더"),
        ("Рост выручки до 5", "en", "рост-выручки-до"),
        ("हिन्दी में सुधार", "en", "हिन्दी-में-सुधार"),
        ("Win Q4", "en", "win-q4"),
        ("ＦＵＬＬ width", "en", "full-width"),
        ("Con", "en", "con-1"),
        ("!?", "en", "item"),
    ],
)
def test_an_id_is_made_of_the_title(title: str, language: str, expected: str) -> None:
    assert default_ids([title], language) == [expected]
    assert is_id(expected)


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (
            ["Reduce churn from 6 to 2", "Reduce churn from 6 to 3"],
            ["reduce-churn-from-6-to-2", "reduce-churn-from-6-to-3"],
        ),
        (
            ["Make it a place of joy for all", "Make it a place of joy for some"],
            ["make-it-place-of-joy-for-all", "make-it-place-of-joy-for-some"],
        ),
        (["Grow", "Grow more"], ["grow", "grow-more"]),
        (["Grow", "Grow 1", "Grow 2"], ["grow", "grow-1", "grow-2"]),
        (
            ["提升客户满意度并且降低流失率", "提升客户满意度并且降低流动性"],
            ["提升客户满意度并且降低流失率", "提升客户满意度并且降低流动性"],
        ),
        (["Same", "Same"], ["same", "same"]),
    ],
)
def test_ids_grow_until_siblings_differ(titles: list[str], expected: list[str]) -> None:
    assert default_ids(titles) == expected


def test_an_id_that_is_taken_is_lengthened() -> None:
    assert default_ids(["Grow sales by 5 %"], taken={"grow-sales-by"}) == ["grow-sales-by-5"]


TITLES = st.text(max_size=200) | st.text(st.sampled_from("aA1 -é从ё’*[]()"), max_size=80)


@given(st.lists(TITLES, max_size=4))
@example(["Ꭰ"])
@example(["ϓ"])
def test_a_made_id_is_always_an_id(titles: list[str]) -> None:
    for id in default_ids(titles):
        assert is_id(id), id
        assert not is_reserved(id)
        assert len(id) <= LONGEST


@given(TITLES)
def test_a_slug_is_an_id_or_nothing(text: str) -> None:
    found = slug(text)
    assert not found or is_id(found)
    assert slug(found) == found


@given(st.lists(TITLES, min_size=2, max_size=4, unique_by=str.casefold))
def test_siblings_do_not_change_one_s_shortest_id_but_by_lengthening(titles: list[str]) -> None:
    alone = [default_ids([title])[0] for title in titles]
    for short, found in zip(alone, default_ids(titles), strict=True):
        assert found.startswith(short.rstrip("-1")) or is_reserved(short.removesuffix("-1"))


@pytest.mark.parametrize(
    "text", ["a", "a-b_c", "9", "é", "将续约率", "हिन्दी", "a" * 64, "рост", "日本-2026"]
)
def test_what_may_be_an_id(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize(
    "text",
    ["", "A", "-a", "_a", "a b", "a/b", "a.b", "a@b", "a" * 65, unicodedata.normalize("NFD", "é")],
)
def test_what_may_not(text: str) -> None:
    assert not is_id(text)


@pytest.mark.parametrize(
    ("text", "mixed"),
    [("trust", False), ("trusт", True), ("рост", False), ("рост-arr", True), ("日本-okr", False)],
)
def test_letters_that_look_alike_are_of_one_script(text: str, mixed: bool) -> None:
    assert mixes_scripts(text) is mixed


@pytest.mark.parametrize("text", ["con", "prn", "aux", "nul", "com1", "lpt9"])
def test_windows_reserves_some_names(text: str) -> None:
    assert is_reserved(text)
    assert not is_reserved(f"{text}x")


def test_stated_ids_win_and_the_others_make_room(tree: Tree) -> None:
    plan = (
        "- title: Grow\n- {id: grow, title: Something else}\n- title: Grow more by 5\n"
        "  key_results: [Grow to 5, {id: grow-to, title: Shrink to 5}]\n"
    )
    found = tree.resolve({"2026-q4.yml": plan})
    # The first title has no word more.
    assert [p.code for p in found.problems] == ["OKR-I002"]
    assert refs(found.company) == [
        "company@2026-q4/grow-2",
        "company@2026-q4/grow",
        "company@2026-q4/grow-more-by",
        "company@2026-q4/grow-more-by/grow-to-5",
        "company@2026-q4/grow-more-by/grow-to",
    ]


def test_an_id_that_is_none_is_told_and_replaced(tree: Tree) -> None:
    found = tree.resolve({"2026-q4.yml": "- {id: Make Trust, title: Make it trusted}\n"})
    assert [p.mend for p in found.problems] == ["write make-trust"]
    assert refs(found.company) == ["company@2026-q4/make-it-trusted"]


def test_identical_titles_keep_apart_all_the_same(tree: Tree) -> None:
    found = tree.resolve({"2026-q4.yml": "- Same\n- same\n- Same\n"})
    assert [p.code for p in found.problems] == ["OKR-I003", "OKR-I003"]
    assert len(set(refs(found.company))) == 3


def test_ids_are_never_longer_because_of_what_is_hidden(tree: Tree) -> None:
    hidden = "- {title: Grow sales by 9, visibility: leadership}\n"
    seen = "- {title: Grow sales by 5, key_results: [To 5]}\n"
    for plan in (hidden + seen, seen + hidden):
        company = tree.seen({"2026-q4.yml": plan}, "internal")
        assert refs(company)[0] == "company@2026-q4/grow-sales-by"
    stated = "- {id: grow-sales-by, title: Secret, visibility: leadership}\n"
    company = tree.seen({"2026-q4.yml": stated + seen}, "internal")
    assert refs(company)[0] == "company@2026-q4/grow-sales-by"


# ---------------------------------------------------------------- people

PEOPLE = (
    "ana: {name: Ana Sousa, github: anas, aka: [as]}\n"
    "al: Ana Lima\nbo: Bo Li\nchen: {name: 陈 伟}\n"
)


@pytest.mark.parametrize(
    ("written", "handle"),
    [
        ("ana", "ana"),
        ("'@ana'", "ana"),
        ("Ana Sousa", "ana"),
        ("ana sousa", "ana"),
        ("as", "ana"),
        ("anas", "ana"),
        ("Sousa", "ana"),
        ("Bo", "bo"),
        ("陈 伟", "chen"),
        ("okr_lead", "bo"),
        ("platform", "platform"),
        ("Plattform", "platform"),
        ("old", "platform"),
        ("company", "company"),
        ("zoe", "zoe"),
        ("Zoë Li", "zoe-li"),
    ],
)
def test_a_name_is_found_if_it_fits_one_only(tree: Tree, written: str, handle: str) -> None:
    found = tree.resolve(
        {
            "people.yml": PEOPLE,
            "okrs.yml": "roles: {okr_lead: bo}\n",
            "platform/team.md": "---\ntitle: Plattform\naka: old\n---\n",
            "2026-q4.yml": f"- title: Make it trusted\n  owner: {written}\n",
        }
    )
    assert [p.code for p in found.problems if p.severity == "error"] == []
    assert next(found.company.objectives()).owners == (handle,)


def test_a_name_that_fits_several_is_nobody(tree: Tree) -> None:
    plan = "- title: Make it trusted\n  owner: [Ana, bo]\n"
    people = "asousa: Ana Sousa\nalima: Ana Lima\nbo: Bo Li\n"
    found = tree.resolve({"people.yml": people, "2026-q4.yml": plan})
    assert [(p.code, p.mend) for p in found.problems] == [
        ("OKR-R004", "write a handle: asousa or alima")
    ]
    assert next(found.company.objectives()).owners == ("bo",)


def test_who_is_not_listed_gets_a_page_all_the_same(tree: Tree) -> None:
    company = tree.company({"2026-q4.yml": "- {title: A, owner: [zoe, Zoë Li, zoë li]}\n"})
    assert [(p.id, p.name, p.listed) for p in company.people] == [
        ("zoe", "zoe", False),
        ("zoe-li", "Zoë Li", False),
    ]


def test_a_plan_of_a_person_is_owned_by_the_person(tree: Tree) -> None:
    company = tree.company(
        {
            "people.yml": "ana: Ana Sousa\n",
            "platform/team.md": "---\nlead: bo\n---\n",
            "platform/2026-q4.ana.yml": "- Focus: [Read to 5]\n- {title: Two, owner: chen}\n",
            "platform/2026-q4.yml": "- title: Make it fast\n  key_results: [Raise it to 5]\n",
        }
    )
    team, own = company.plans
    assert (own.owner, own.team, team.owner) == ("ana", "platform", "platform")
    assert [o.owners for o in own.objectives] == [("ana",), ("chen",)]
    assert own.objectives[0].is_individual
    assert team.objectives[0].owners == ("bo",)
    assert team.objectives[0].owner_inferred
    assert team.objectives[0].key_results[0].owners == ("bo",)


def test_an_individual_s_plan_stands_behind_the_team_s(tree: Tree) -> None:
    names = ["2026-q4.ana.yml", "2026-q4.yml", "2026.yml", "platform/2026-q4.yml"]
    company = tree.company(dict.fromkeys(names, EMPTY))
    assert [(plan.owner, plan.cycle) for plan in company.plans] == [
        ("company", "2026"),
        ("company", "2026-q4"),
        ("ana", "2026-q4"),
        ("platform", "2026-q4"),
    ]


def test_who_left_is_reported_where_they_are_named(tree: Tree) -> None:
    files = {
        "people.yml": "ana: {name: Ana, left: 2026-11-10}\nbo: {name: Bo, left: 2026-11-21}\n",
        "team.md": "---\nlead: ana\n---\n",
        "2026-q3.yml": "- {title: Over, owner: ana}\n",
        "2026-q4.yml": "- {title: A, owner: [bo, ana]}\n- {title: B, owner: ana}\n- C\n",
        "2026-q4.ana.yml": "- Focus\n",
    }
    problems = tree.problems(files)
    assert [line.split(" =>")[0] for line in problems] == [
        "OKR-R006 2026-q4.yml:2:21 Ana left on 2026-11-10 and still owns 'B'",
        "OKR-R006 team.md:2:7 Ana left on 2026-11-10 and still leads 'Harbor'",
    ]


def test_a_stranger_is_told_once_where_the_most_can_see(tree: Tree) -> None:
    files = {
        "people.yml": "ana: Ana\n",
        "a/team.md": "---\nvisibility: leadership\nlead: ZOE LI\n---\n",
        "a/2026-q4.yml": "- {title: A, owner: Zoe Secretsdottir}\n",
        "b/2026-q4.yml": "- {title: Open, owner: Zoe Li}\n- {title: Open too, owner: zoe-li}\n",
    }
    found = tree.resolve(files)
    assert [(p.code, p.place.path) for p in found.problems] == [
        ("OKR-R005", "a/2026-q4.yml"),
        ("OKR-R005", "b/2026-q4.yml"),
    ]
    assert [p.place.path for p in found.problems_for("internal")] == ["b/2026-q4.yml"]
    zoe = found.company.person("zoe-li")
    assert zoe
    assert zoe.name == "Zoe Li"


# ---------------------------------------------------------------- reading everything


def test_the_demo_company_is_without_a_mistake() -> None:
    from okrsite.read import read_company
    from okrsite.resolve import resolve_company

    root = Path(__file__).parent.parent / "content" / "okrs"
    found = resolve_company(read_company(root), date(2026, 11, 20))
    assert [str(p.place) + " " + p.message for p in found.problems if p.severity == "error"] == []
