"""Private stays private: nothing of a narrower audience is in a built site, or told by it.

A company hides a canary in everything that can be hidden. Whoever may not see it finds it in no
byte, file name or message, and sees no difference when what is hidden changes, comes or goes.
"""

from __future__ import annotations

import gzip
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from command import okrsite_inside as okrsite
from command import write_tree
from site_builder import Site

pytestmark = pytest.mark.slow

AS_OF = ("--as-of", "2026-11-20")
PUBLIC, INTERNAL, LEADERSHIP = AUDIENCES = ("public", "internal", "leadership")

INNER, SECRET = "kanariint", "kanarilead"
"""What is in everything that is for `internal`, and for `leadership`."""
UNSEEN = {PUBLIC: (INNER, SECRET), INTERNAL: (SECRET,), LEADERSHIP: ()}

Files = dict[str, str]

# What everybody may see. It names what is hidden wherever the format lets it do so.
OPEN: Files = {
    "okrs.yml": """\
company: Acme
audiences: [public, internal, leadership]
default_visibility: public
roles: {okr_lead: ana}
""",
    "people.yml": """\
ana: {name: Ana Sousa, title: Engineer}
bo: {name: Bo Lund}
""",
    "team.md": "---\ntitle: Acme\nlead: ana\nmission: Open to all.\n---\nWe are open.\n",
    "2026-q3.yml": """\
- id: before
  title: Open what was closed
  grade: 0.7
  key_results:
    - {id: doors, title: Increase open doors from 1 to 4, grade: 0.7}
""",
    "2026-q4.yml": """\
objectives:
  - id: open
    title: Be open to everybody
    owner: ana
    supports: company/kanarilead-plan
    depends_on: [kanarilead-lab/kanarilead-aim/kanarilead-kr, ops/run]
    continues: company@2026-q3/before
    key_results:
      - id: doors
        title: Increase open doors from 4 to 12
        owner: ana
      - id: fewer
        title: At most 3 complaints
        owner: bo
      # hidden: key results
    initiatives: [Oil the hinges]
  - id: steady
    title: Keep the doors working
    owner: bo
    key_results:
      - {id: hours, title: Increase hours of service from 8 to 12}
  - title: Let the doors open by themselves
  # hidden: objectives
health:
  - {id: morale, title: Morale, target: ">= 4"}
amendments:
  - {date: 2026-11-02, about: open/doors, why: The count was wrong.}
  # hidden: amendments
""",
    "checkins/2026-11-09.yml": """\
key_results:
  open/doors: {value: 6, confidence: 6, note: Two more.}
  open/fewer: 1
  steady/hours: 9
  # hidden: values
priorities: [P1 Oil]
wins: [The side door opens]
health: {morale: 4.1}
""",
    "checkins/2026-11-16.yml": """\
by: bo
key_results:
  doors: {value: 7, confidence: 7}
  open/fewer: 1
  steady/hours: 9.5
  # hidden: values
""",
    "feedback/2026-11-10.bo.yml": """\
- {about: open/doors, kind: question, text: Which doors?, answer: All of them.}
# hidden: feedback
""",
    "ops/team.md": "---\ntitle: Operations\nlead: bo\nmembers: [ana]\n---\n",
    "ops/2026-q4.yml": """\
- id: run
  title: Run without surprises
  supports: company/open
  contributors: [ana]
  key_results:
    - {id: pages, title: Reduce pages at night from 20 to 5}
    # hidden: key results of ops
""",
    "ops/checkins/2026-11-16.yml": "key_results:\n  run/pages: 14\n  # hidden: values of ops\n",
}

# What is put where OPEN says so.
BESIDE: dict[str, str] = {
    "key results": """\
      - id: kanariint-kr
        visibility: internal
        title: Increase kanariint from 10 to 20
        owner: kanariint-olga
      - id: kanarilead-kr
        visibility: leadership
        title: Increase kanarilead from 1000 to 9000
        description: "*kanarilead* described"
        owner: kanarilead-paula
        definition: {counts: kanarilead counts, source: "https://kanarilead.example/"}
        initiatives: [{title: kanarilead initiative, owner: kanarilead-ian}]
        feed: metrics/kanarilead.csv
        aka: [kanarilead-former]
""",
    "objectives": """\
  - id: kanarilead-plan
    visibility: leadership
    title: Buy kanarilead
    why: Because of kanarilead.
    owner: ana
    contributors: [ops, kanarilead-quinn]
    supports: company/open
    tags: [kanarilead-tag]
    aka: [kanarilead-old]
    votes: [bo, kanarilead-rita]
    key_results:
      - {id: kanarilead-price, title: Reduce the kanarilead price from 90 to 40, owner: bo}
      - id: kanarilead-steps
        title: Sign the kanarilead papers
        milestones: [kanarilead draft, {title: kanarilead signature, weight: 2}]
      - id: kanarilead-rubric
        title: Settle kanarilead
        rubric: {0.3: kanarilead offer, 1.0: kanarilead deal}
    initiatives:
      - {title: kanarilead diligence, link: "https://kanarilead.example/"}
  - id: kanariint-plan
    visibility: internal
    title: Train kanariint
    owner: bo
    key_results:
      - {id: kanariint-days, title: Increase kanariint days from 1 to 3}
      - id: kanarilead-days
        visibility: leadership
        title: Increase kanarilead days from 2 to 6
""",
    "amendments": """\
  - {date: 2026-11-03, about: open/kanarilead-kr, why: kanarilead amended.}
  - {date: 2026-11-03, about: kanarilead-plan, why: kanarilead amended as well.}
""",
    "values": """\
  open/kanariint-kr: {value: 12, confidence: 5, note: kanariint note}
  open/kanarilead-kr:
    value: 7321
    confidence: 2
    status: off-track
    note: kanarilead note
    blocker: kanarilead blocker
    decision: kanarilead decision
    ask: kanarilead ask
  kanarilead-plan/kanarilead-price: 77
  kanarilead-plan/kanarilead-steps: {done: [kanarilead draft]}
""",
    "feedback": "- {about: open/kanarilead-kr, kind: praise, text: kanarilead praised}\n",
    "key results of ops": """\
    - id: kanarilead-budget
      visibility: leadership
      title: Reduce the kanarilead budget from 900 to 400
""",
    "values of ops": "  run/kanarilead-budget: {value: 733, note: kanarilead saved}\n",
}

# Files that hold nothing but what is hidden.
CLOSED: Files = {
    "metrics/kanarilead.csv": "date,value\n2026-10-12,1500\n2026-11-12,7100\n",
    "2026-q2.yml": """\
visibility: leadership
objectives:
  - id: kanarilead-spring
    title: Keep kanarilead quiet
    grade: 0.3
    grade_note: kanarilead missed
    key_results: [Increase kanarilead from 5 to 50]
health: [kanarilead morale >= 4]
retrospective:
  went_well: [kanarilead well]
  to_improve: [kanarilead improve]
  learned: [kanarilead learned]
  next: [kanarilead next]
""",
    "2019-h1.md": """\
---
visibility: leadership
objectives:
  - {id: kanarilead-then, title: Found kanarilead}
---
Prose about kanarilead.
""",
    "2026-q4.kanarilead-ida.yml": """\
visibility: leadership
objectives:
  - {id: kanarilead-own, title: Learn kanarilead, key_results: [Read 3 kanarilead books]}
""",
    "checkins/2026-11-17.kanarilead-bo.yml": """\
key_results:
  open/kanarilead-kr: {value: 7400, note: kanarilead alone}
""",
    "kanarilead-lab/team.md": """\
---
title: kanarilead Lab
visibility: leadership
lead: kanarilead-lena
champion: ana
members: [bo, kanarilead-max]
mission: kanarilead mission
vision: kanarilead vision
priorities: [{id: kanarilead-standing, title: kanarilead standing}]
links: {kanarilead: "https://kanarilead.example/"}
aka: [kanarilead-attic]
---
kanarilead prose
""",
    "kanarilead-lab/2026-q4.yml": """\
objectives:
  - id: kanarilead-aim
    title: Build kanarilead
    owner: ana
    supports: company/open/doors
    depends_on: ops/run
    key_results:
      - {id: kanarilead-kr, title: Increase kanarilead units from 0 to 5, owner: bo}
health: [kanarilead health >= 4]
""",
    "kanarilead-lab/checkins/2026-11-16.yml": """\
by: kanarilead-max
key_results: {kanarilead-aim/kanarilead-kr: 3}
priorities: [P1 kanarilead first]
upcoming: [kanarilead soon]
wins: [kanarilead won]
asks: [{text: kanarilead asked, to: ops}, {text: kanarilead of ana, to: ana}]
note: kanarilead week
""",
    "kanarilead-lab/feedback/2026-11-11.ana.yml": "- {kind: praise, text: kanarilead fine}\n",
    "kanarilead-lab/kanarilead-sub/2026-q4.yml": "- Found the kanarilead branch\n",
    "ops/2026-q3.yml": """\
visibility: leadership
objectives:
  - {id: kanarilead-cut, title: Cut kanarilead, owner: bo, key_results: [Reduce kanarilead by 5%]}
""",
    "kanariint-club/team.md": "---\ntitle: kanariint Club\nvisibility: internal\nlead: bo\n---\n",
    "kanariint-club/2026-q4.yml": """\
- id: kanariint-fun
  title: Have kanariint fun
  key_results:
    - {id: kanariint-parties, title: Hold 3 kanariint parties}
    - {id: kanarilead-cost, visibility: leadership, title: Reduce kanarilead cost from 9 to 6}
""",
    "kanariint-club/checkins/2026-11-16.yml": """\
key_results: {kanariint-fun/kanarilead-cost: 7}
wins: [kanariint danced]
""",
}

# Hidden, and wrong: the message is as secret as what it is about.
BROKEN: Files = {
    "ops/2026-q2.yml": "visibility: leadership\nobjectives:\n  - titel: kanarilead typo\n",
    "ops/2026-q1.yml": "visibility: kanarileadership\nobjectives: [kanarilead unsure]\n",
    "kanarilead-torn/team.md": "---\ntitle: [kanarilead\n visibility: public\n---\n",
    "kanarilead-torn/2026-q4.yml": "- Mend kanarilead\n",
    "kanarilead-lab/2026-q3.yml": "- id: a\n  title: kanarilead\n  supports: company/kanarilead-no\n",
    "kanarilead-lab/checkins/2026-11-18.yml": "key_results: {kanarilead-unknown: 1}\n",
    "kanarilead-lab/kanarilead-strange.yml": "kanarilead: strange\n",
    "kanarilead-lab/Q4-2026.yml": "- kanarilead misnamed\n",
}


def company(*, beside: Mapping[str, str] = BESIDE, closed: Mapping[str, str] = CLOSED) -> Files:
    """Return the open company with what is hidden beside it and in files of its own."""

    def filled(text: str) -> str:
        return re.sub(
            r"^ *# hidden: (.*)\n", lambda mark: beside.get(mark[1], ""), text, flags=re.MULTILINE
        )

    return {**{path: filled(text) for path, text in OPEN.items()}, **closed}


@dataclass(frozen=True)
class Result:
    """What a build gave to its audience."""

    code: int
    said: str
    files: dict[str, bytes]

    def holding(self, word: str) -> list[str]:
        """Return the names of what holds a word, in any case."""
        found = [path for path, data in self.files.items() if word.encode() in data.lower()]
        named = [f"{path} (its name)" for path in self.files if word in path.lower()]
        return found + named + ["what was said"] * (word in self.said.lower())


def build(folder: Path, files: Files, audience: str, *words: str) -> Result:
    """Build a company for an audience, in a folder whose name says nothing."""
    write_tree(folder / "content" / "okrs", files)
    order = ("build", "--site-dir", folder / "site", "--audience", audience, *AS_OF, *words)
    done = okrsite(*order, cwd=folder)
    return Result(done.returncode, said(done, folder), unpacked(Site(folder / "site").bytes()))


def said(done: subprocess.CompletedProcess[str], folder: Path) -> str:
    """Return what a command printed, without where it was and how long it took."""
    printed = (done.stdout + done.stderr).replace(str(folder), "")
    return re.sub(r"in \d+\.\d s", "in a moment", printed)


def unpacked(files: dict[str, bytes]) -> dict[str, bytes]:
    return {
        path: gzip.decompress(data) if path.endswith(".gz") else data
        for path, data in files.items()
    }


def differences(one: Result, other: Result) -> list[str]:
    """Return the names of what tells two builds apart."""
    paths = sorted(one.files.keys() | other.files.keys())
    found = [path for path in paths if one.files.get(path) != other.files.get(path)]
    return (
        found + ["what was said"] * (one.said != other.said) + ["code"] * (one.code != other.code)
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """Build the company with all that is hidden, broken files among it, for each audience."""
    files = company(closed={**CLOSED, **BROKEN})
    return {name: build(tmp_path_factory.mktemp("site"), files, name) for name in AUDIENCES}


class TestCanary:
    @pytest.mark.parametrize("audience", [PUBLIC, INTERNAL])
    def test_is_nowhere(self, built: dict[str, Result], audience: str) -> None:
        assert built[audience].code == 0, built[audience].said
        found = {word: built[audience].holding(word) for word in UNSEEN[audience]}
        assert {word: places for word, places in found.items() if places} == {}

    def test_is_there_for_those_who_may_see_it(self, built: dict[str, Result]) -> None:
        """Else the other tests would pass for a company that shows nothing at all."""
        assert len(built[LEADERSHIP].holding(SECRET)) > 30
        assert len(built[INTERNAL].holding(INNER)) > 8
        pages = b"".join(built[LEADERSHIP].files.values()).decode("utf-8", "replace").lower()
        hidden = {
            word
            for text in (*BESIDE.values(), *CLOSED.values())
            for word in re.findall(r"kanari[a-z]+(?:[- ][a-z]+)*", text)
        }
        assert len(hidden) > 60
        # What stays off every page: former names, and the field of a feed.
        unshown = {word for word in hidden if word not in pages}
        assert len(unshown) < len(hidden) / 4, sorted(unshown)

    def test_is_in_what_other_programs_read(self, built: dict[str, Result]) -> None:
        """Else nothing would show that the gate holds there."""
        found = {path.rpartition("/")[2] for path in built[LEADERSHIP].holding(SECRET)}
        assert {
            "feed.xml",
            "okrs.json",
            "check-ins.json",
            "key-results.csv",
            "check-ins.csv",
        } <= found
        assert any("badges/" in path for path in built[LEADERSHIP].holding(SECRET))

    def test_the_open_part_is_there(self, built: dict[str, Result]) -> None:
        for result in built.values():
            page = result.files["teams/company/2026-q4/open/index.html"].decode()
            assert "Increase open doors from 4 to 12" in page
            assert "Two more." in page

    def test_a_hidden_cycle_is_unheard_of(self, built: dict[str, Result]) -> None:
        assert built[PUBLIC].holding("2019-h1") == []
        assert built[INTERNAL].holding("2019-h1") == []
        assert built[LEADERSHIP].holding("2019-h1") != []

    def test_hidden_numbers_are_unheard_of(self, built: dict[str, Result]) -> None:
        for number in ("7321", "7400", "7100"):
            assert built[PUBLIC].holding(number) == [], number
            assert built[INTERNAL].holding(number) == [], number
            assert built[LEADERSHIP].holding(number) != [], number

    def test_restricted_has_no_name(self, built: dict[str, Result]) -> None:
        page = built[PUBLIC].files["teams/company/2026-q4/open/index.html"].decode()
        assert "restricted" in page


def without(files: Mapping[str, str], *starts: str) -> Files:
    return {path: text for path, text in files.items() if not path.startswith(starts)}


MORE: Files = {
    "checkins/2026-11-19.kanarilead-zoe.yml": "key_results: {open/kanarilead-kr: 8000}\n",
    "ops/checkins/2026-11-18.yml": "key_results: {run/kanarilead-budget: 500}\n",
    "feedback/2026-11-18.kanarilead-zoe.yml": (
        "- {about: open/kanarilead-kr, kind: question, text: kanarilead?}\n"
    ),
    "2018.yml": "visibility: leadership\nobjectives: [{id: kanarilead-x, title: kanarilead}]\n",
    "2027-q1.yml": "visibility: leadership\nobjectives: [{id: kanarilead-y, title: kanarilead}]\n",
    "kanarilead-more/team.md": "---\nvisibility: leadership\nparent: ops\nlead: ana\n---\n",
    "kanarilead-more/2026-q4.yml": """\
- id: kanarilead-z
  title: Support kanarilead
  supports: ops/run
  contributors: [bo]
  key_results: [{id: kanarilead-k, title: Increase kanarilead from 1 to 2, owner: ana}]
""",
    "kanarilead-more/checkins/2026-11-16.yml": (
        "key_results: {kanarilead-z/kanarilead-k: 2}\nasks: [{text: kanarilead, to: ops}]\n"
    ),
}

# The hidden part, changed in ways that nobody else may notice.
CHANGED: dict[str, Files] = {
    "other numbers": company(
        beside={
            name: text.replace("7321", "9000").replace("off-track", "on-track").replace("77", "41")
            for name, text in BESIDE.items()
        }
    ),
    "other words": {
        path: text.replace("kanarilead", "kanarileader") if path in CLOSED else text
        for path, text in company().items()
    },
    "more of it": company(closed={**CLOSED, **MORE}),
    "broken": company(closed={**CLOSED, **BROKEN}),
    "no hidden team": company(closed=without(CLOSED, "kanarilead-lab/")),
    "no hidden files": company(closed=without(CLOSED, "k", "2", "o", "c", "m")),
    "nothing hidden": company(beside={}, closed={}),
}


def beside(**more: str) -> Files:
    """Return the company with more that is hidden in the places that OPEN marks."""
    return company(beside={name: BESIDE[name] + more.get(name, "") for name in BESIDE})


# What is hidden and in the way of what is open: the open part stays as it is.
CLASHES: dict[str, Files] = {
    "the id of an open objective": beside(
        objectives="  - {id: steady, visibility: leadership, title: kanarilead again}\n"
    ),
    "a former id of an open objective": beside(
        objectives="  - {id: kanarilead-x, aka: [steady], visibility: leadership, title: Else}\n"
    ),
    "a title like an open one's": beside(
        objectives="  - {visibility: leadership, title: Let the doors open by themselves soon}\n"
    ),
    "a key result like an open one": beside(
        **{"key results": "      - {id: doorsteps, visibility: leadership, title: Sweep}\n"}
    ),
    "a second plan": company(
        closed={**CLOSED, "2026-q4.md": "---\nvisibility: leadership\nobjectives: [Go]\n---\n"}
    ),
    "a team called as a person": company(
        closed={
            **CLOSED,
            "kanarilead-x/team.md": "---\nid: bo\nvisibility: leadership\n---\n",
            "kanarilead-x/2026-q4.yml": "- Be kanarilead\n",
        }
    ),
    "a team called as a team": company(
        closed={
            **CLOSED,
            "kanarilead-x/team.md": "---\nid: ops\nvisibility: leadership\n---\n",
            "kanarilead-x/2026-q4.yml": "- Be kanarilead\n",
        }
    ),
    "a team within an open one": company(
        closed={
            **CLOSED,
            "ops/kanarilead-x/team.md": "---\nvisibility: leadership\n---\n",
            "ops/kanarilead-x/2026-q4.yml": "- Be kanarilead\n",
        }
    ),
    "a ring": company(
        closed={
            **CLOSED,
            "kanarilead-x/team.md": "---\nvisibility: leadership\n---\n",
            "kanarilead-x/2026-q4.yml": (
                "- {id: a, title: A, supports: kanarilead-x/b}\n"
                "- {id: b, title: B, supports: [kanarilead-x/a, company/open]}\n"
            ),
        }
    ),
    "values of the same day": company(
        closed={
            **CLOSED,
            "checkins/2026-11-16.kanarilead-a.yml": "key_results: {open/kanarilead-kr: 4000}\n",
            "checkins/2026-11-19.yml": "key_results: {open/kanarilead-kr: 4000}\n",
        }
    ),
}

# Without it, these name nothing, which is a mistake that its writer is told of.
NAMES_HIDDEN = re.compile(r"^    (supports: company/kanarilead|depends_on: \[kanarilead).*\n", re.M)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """Build the company, whose open part names nothing that is hidden, for those outside."""
    return {
        name: build(tmp_path_factory.mktemp("plain"), unnamed(company()), name)
        for name in (PUBLIC, INTERNAL)
    }


def unnamed(files: Files) -> Files:
    return {path: NAMES_HIDDEN.sub("", text) for path, text in files.items()}


class TestDifference:
    @pytest.mark.parametrize("change", CHANGED)
    def test_the_public_sees_none(
        self, plain: dict[str, Result], tmp_path: Path, change: str
    ) -> None:
        result = build(tmp_path, unnamed(CHANGED[change]), PUBLIC)
        assert differences(plain[PUBLIC], result) == []

    @pytest.mark.parametrize("clash", CLASHES)
    def test_the_open_part_does_not_give_way(
        self, plain: dict[str, Result], tmp_path: Path, clash: str
    ) -> None:
        result = build(tmp_path, unnamed(CLASHES[clash]), PUBLIC)
        assert differences(plain[PUBLIC], result) == []

    @pytest.mark.parametrize("change", ["other numbers", "other words", "more of it", "broken"])
    def test_insiders_see_none(self, plain: dict[str, Result], tmp_path: Path, change: str) -> None:
        result = build(tmp_path, unnamed(CHANGED[change]), INTERNAL)
        assert differences(plain[INTERNAL], result) == []

    def test_leaders_see_it(self, plain: dict[str, Result], tmp_path: Path) -> None:
        one = build(tmp_path / "one", unnamed(company()), LEADERSHIP)
        other = build(tmp_path / "other", unnamed(CHANGED["other numbers"]), LEADERSHIP)
        assert differences(one, other) != []

    def test_strictness_tells_nothing(self, plain: dict[str, Result], tmp_path: Path) -> None:
        files = unnamed(company(closed={**CLOSED, **BROKEN}))
        strict = build(tmp_path / "public", files, PUBLIC, "--strict")
        assert differences(plain[PUBLIC], strict) == []
        assert build(tmp_path / "leadership", files, LEADERSHIP, "--strict").code == 1


# Mistakes that everybody may see, whose mends would name what they may not.
NEAR: Files = {
    "ops/2026-q4.yml": """\
- id: run
  title: Run without surprises
  supports: company/kanarilea-plan
  owner: kanarilead-lap
  depends_on: [kanarilead-laboratory/x, company/open/kanari]
  key_results:
    - {id: pages, title: Reduce pages at night from 20 to 5}
""",
    "ops/checkins/2026-11-16.yml": "key_results:\n  run/pages: 14\n  run/kanari: 3\n",
    "checkins/2026-11-16.yml": "key_results:\n  open: 3\n  open/fewer: 1\n  kanari: 5\n",
}


class TestCommands:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        write_tree(tmp_path / "content" / "okrs", company(closed={**CLOSED, **BROKEN}))
        return tmp_path

    @pytest.mark.parametrize("audience", [PUBLIC, INTERNAL])
    @pytest.mark.parametrize(
        "words",
        [
            ("check",),
            ("check", "--format", "json"),
            ("export", "--format", "json"),
            ("show", "company"),
            ("show", "company/open"),
            ("show", "company/opem"),
            ("show", "ana"),
            ("show", "company/kanari"),
            ("show", "kanari"),
        ],
        ids=" ".join,
    )
    def test_say_nothing_of_it(self, folder: Path, audience: str, words: tuple[str, ...]) -> None:
        done = okrsite(*words, "--audience", audience, *AS_OF, cwd=folder)
        printed = said(done, folder).lower()
        for word in UNSEEN[audience]:
            # What was asked for may be repeated.
            assert word not in printed

    def test_check_does_not_count_it(self, folder: Path, tmp_path: Path) -> None:
        with_it = okrsite("check", "--audience", PUBLIC, *AS_OF, cwd=folder)
        write_tree(tmp_path / "other" / "content" / "okrs", company())
        without_it = okrsite("check", "--audience", PUBLIC, *AS_OF, cwd=tmp_path / "other")
        assert said(with_it, folder) == said(without_it, tmp_path / "other")
        assert with_it.returncode == without_it.returncode == 0

    @pytest.mark.parametrize("audience", [PUBLIC, INTERNAL])
    def test_mends_do_not_name_it(self, tmp_path: Path, audience: str) -> None:
        hidden = company()
        files = {**hidden, **NEAR}
        result = build(tmp_path / "with", files, audience)
        typed = set(re.findall(r"kanari[\w-]*", "".join((*NEAR.values(), OPEN["2026-q4.yml"]))))
        told = set(re.findall(r"kanari[\w-]*", result.said.lower())) - typed
        allowed = {word for word in told if audience == INTERNAL and word.startswith(INNER)}
        assert told - allowed == set()
