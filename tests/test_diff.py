"""`okrsite diff` on the pull requests that people make: what each means, in half a minute."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from command import okrsite_inside
from markdown_it import MarkdownIt
from repositories import Repository

COMPANY = """\
objectives:
  - id: reliable
    title: Be reliable
    key_results:
      - {id: nps, title: Raise NPS from 20 to 40, owner: ana}
"""
PLATFORM = """\
objectives:
  - id: trust
    title: Be trusted
    owner: ana
    supports: company/reliable
    key_results:
      - {id: drills, title: Raise restore drills from 0 to 4}
      - {id: latency, title: Improve latency from 900 ms to 600 ms}
"""
LAST = """\
objectives:
  - id: launch
    title: Be there at all
    owner: ana
    key_results:
      - {id: users, title: Users from 0 to 100}
"""
FILES = {
    "okrs/okrs.yml": "company: Acme\n",
    "okrs/people.yml": "ana: {name: Ana Sousa}\nbo: {name: Bo Lind}\n",
    "okrs/2026-q4.yml": COMPANY,
    "okrs/platform/2026-q4.yml": PLATFORM,
    "okrs/platform/2026-q3.yml": LAST,
    "okrs/platform/checkins/2026-09-28.yml": "cycle: 2026-q3\nkey_results: {users: 90}\n",
    "okrs/platform/checkins/2026-11-09.yml": "key_results: {drills: 1, latency: 800 ms}\n",
}
PLAN = "okrs/platform/2026-q4.yml"
GOLDEN = Path(__file__).with_name("cases") / "diffs.yml"
AS_OF = ("--source", "okrs", "--as-of", "2026-11-17")


def move(repository: Repository) -> None:
    repository.write({"okrs/engineering/team.md": "---\ntitle: Engineering\n---\n"})
    repository.git("mv", "okrs/platform", "okrs/engineering/core")
    repository.write({"okrs/engineering/core/team.md": "---\ntitle: Core\naka: [platform]\n---\n"})


def reason(repository: Repository, about: str, why: str) -> None:
    text = (repository.root / PLAN).read_text(encoding="utf-8")
    entry = f"amendments: [{{date: 2026-11-16, about: {about}, why: {why}}}]\n"
    repository.write({PLAN: text + entry})


def lower(repository: Repository) -> None:
    repository.change(PLAN, "to 600 ms", "to 700 ms")


def lower_with_reason(repository: Repository) -> None:
    lower(repository)
    reason(repository, "trust/latency", "The old target was measured without TLS.")


def check_in(repository: Repository) -> None:
    said = "key_results: {drills: {value: 3, confidence: 8}, latency: 700 ms}\nwins: [Two drills]\n"
    repository.write({"okrs/platform/checkins/2026-11-16.yml": said})


def correct(repository: Repository) -> None:
    repository.change("okrs/platform/checkins/2026-11-09.yml", "800 ms", "650 ms")


def drop(repository: Repository) -> None:
    repository.change(PLAN, "      - {id: drills, title: Raise restore drills from 0 to 4}\n", "")


def add(repository: Repository) -> None:
    more = "  - {id: cost, title: Spend less, key_results: [Cut the bill from $90k to $60k]}\n"
    repository.write({PLAN: PLATFORM + more})


def hand_over(repository: Repository) -> None:
    repository.change(PLAN, "owner: ana", "owner: bo")


def reword(repository: Repository) -> None:
    repository.change(PLAN, "title: Be trusted", "title: Be trusted by everybody")


def break_link(repository: Repository) -> None:
    repository.change(PLAN, "company/reliable", "company/relaible")


def rename(repository: Repository) -> None:
    repository.change(
        PLAN, "id: trust\n    title: Be trusted", "id: loved\n    aka: [trust]\n    title: Be loved"
    )


def support(repository: Repository) -> None:
    repository.change(
        "okrs/2026-q4.yml", "  - id: reliable", "  - {id: fast, title: Be fast}\n  - id: reliable"
    )
    repository.change(PLAN, "supports: company/reliable", "supports: company/fast")


def depend(repository: Repository) -> None:
    repository.change(
        PLAN,
        "supports: company/reliable",
        "supports: company/reliable\n    depends_on: company/reliable/nps",
    )


def leave_alone(repository: Repository) -> None:
    repository.change(PLAN, "    supports: company/reliable\n", "")


def drop_target(repository: Repository) -> None:
    repository.write(
        {"okrs/2026-q4.yml": "- {id: growth, title: Grow, key_results: [Sales from 1 to 2]}\n"}
    )


def next_cycle(repository: Repository) -> None:
    plan = "- {id: calm, title: Be calm, supports: company/reliable, key_results: [Alarms from 9 to 3]}\n"
    repository.write({"okrs/platform/2027-q1.yml": plan, "okrs/2027-q1.yml": COMPANY})


def break_file(repository: Repository) -> None:
    repository.change(PLAN, "      - {id: drills, title: Raise", "\t- {id: drills, title: Raise")


def grade(repository: Repository) -> None:
    said = "Users from 0 to 100, grade: 0.9, grade_note: Ten were missing"
    repository.change("okrs/platform/2026-q3.yml", "Users from 0 to 100", said)


def tell_week(repository: Repository) -> None:
    said = "wins: [Two drills]\nasks: [{text: A date, to: company}]\npriorities: [P1 Sleep]\n"
    repository.write({"okrs/platform/checkins/2026-11-16.yml": said})


def say(repository: Repository) -> None:
    said = "key_results: {drills: {value: 1, confidence: 3, blocker: Nobody has time, decision: We *keep* it}}\n"
    repository.write({"okrs/platform/checkins/2026-11-16.yml": said})


def ask(repository: Repository) -> None:
    repository.write(
        {
            "okrs/platform/feedback/2026-11-16.bo.yml": "- {kind: question, text: Why four?, answer: Because}\n"
        }
    )


def do(repository: Repository) -> None:
    more = "600 ms}\n    initiatives: [{title: Buy machines, state: doing}]\n"
    repository.change(PLAN, "600 ms}\n", more)


def new_plan(repository: Repository) -> None:
    repository.write(
        {"okrs/data/2026-q4.yml": "- {title: Know more, key_results: [Reports from 0 to 3]}\n"}
    )


def delete_plan(repository: Repository) -> None:
    repository.git("rm", "-r", "--quiet", "okrs/platform")


def nothing(repository: Repository) -> None:
    repository.write({"README.md": "hello\n", PLAN: PLATFORM + "# a comment\n"})


def cancel(repository: Repository) -> None:
    repository.change(PLAN, "600 ms}", "600 ms, state: cancelled, cancelled_because: Another team}")


KINDS: list[Callable[[Repository], None]] = [
    *(lower, lower_with_reason, check_in, correct, drop, add, hand_over, reword, break_link),
    *(new_plan, delete_plan, move, nothing, cancel, rename, support, depend, leave_alone),
    *(drop_target, next_cycle, break_file, grade, tell_week, say, ask, do),
]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository.new(tmp_path / "acme")
    made.write(FILES)
    made.commit("2026-09-20", "Plans")
    return made


def diff(repository: Repository, *words: str) -> str:
    done = okrsite_inside("diff", "main~1", "main", *AS_OF, *words, cwd=repository.root)
    assert done.returncode == 0, done.stderr
    return done.stdout


def golden() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load(GOLDEN.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("change", KINDS, ids=lambda change: change.__name__)
def test_it_says_what_a_pull_request_means(
    repository: Repository, change: Callable[[Repository], None]
) -> None:
    change(repository)
    repository.commit("2026-11-16", "A pull request")
    assert diff(repository, "--format", "markdown") == golden()[change.__name__]


def test_every_kind_is_told() -> None:
    assert list(golden()) == [change.__name__ for change in KINDS]


@pytest.mark.parametrize("change", KINDS, ids=lambda change: change.__name__)
def test_text_and_json_say_the_same(
    repository: Repository, change: Callable[[Repository], None]
) -> None:
    change(repository)
    repository.commit("2026-11-16", "A pull request")
    said, document = diff(repository), json.loads(diff(repository, "--format", "json"))
    assert said.splitlines()[0] == document["headline"]
    # What an error hides may be a commitment.
    serious = ("Commitments change", "Errors hide")
    assert document["commitments"] == said.startswith(serious)
    for plan in document["plans"]:
        for item in plan["items"]:
            if item["changes"]:
                assert item["title"] in said


def test_the_files_as_they_are_can_be_compared(repository: Repository) -> None:
    lower(repository)
    done = okrsite_inside("diff", "HEAD", *AS_OF, cwd=repository.root)
    assert done.stdout.startswith("Commitments change: 1 target moved.")


def test_a_day_can_be_named(repository: Repository) -> None:
    lower(repository)
    repository.commit("2026-11-16", "A pull request")
    done = okrsite_inside("diff", "2026-11-15", *AS_OF, cwd=repository.root)
    assert done.stdout.startswith("Commitments change: 1 target moved.")


def test_only_the_files_differ_never_the_day(repository: Repository) -> None:
    repository.commit("2026-11-16", "Nothing")
    assert diff(repository) == "Nothing changes in the OKRs.\n"


def test_what_others_wrote_does_nothing_to_a_comment(repository: Repository) -> None:
    title = "<img src=x onerror=alert(1)> @ana **x** [a](http://evil) ::error:: \\e[31m #12"
    repository.change(PLAN, "title: Be trusted", f"title: '{title}'")
    reason(repository, "trust", "'</details> @everyone `x`'")
    repository.commit("2026-11-16", "Hostile")
    html = MarkdownIt("commonmark").render(diff(repository, "--format", "markdown"))
    for harmful in ("<img", "<a ", "<code", "@ana", "@everyone", "::error", "#12", "</details>"):
        assert harmful not in html, harmful
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_a_long_one_ends_in_how_much_more_there_is(repository: Repository) -> None:
    many = "".join(
        f"  - {{id: o{n}, title: Objective {n}, key_results: [Sales {n} from 0 to 9]}}\n"
        for n in range(60)
    )
    repository.write({PLAN: PLATFORM + many})
    repository.commit("2026-11-16", "Many")
    said = diff(repository, "--format", "markdown")
    assert "… and 30 more" in said
    assert len(said.splitlines()) < 50


def test_an_audience_sees_its_own_differences_only(repository: Repository) -> None:
    repository.write({PLAN: "visibility: leadership\n" + PLATFORM})
    repository.commit("2026-11-01", "Hide")
    lower(repository)
    repository.commit("2026-11-16", "SECRET")
    assert diff(repository) == "Nothing changes in the OKRs.\n"
    assert "700 ms" in diff(repository, "--audience", "leadership")


def test_a_bot_finds_its_comment(repository: Repository) -> None:
    lower(repository)
    repository.commit("2026-11-16", "A pull request")
    assert diff(repository, "--format", "markdown").startswith("<!-- okrsite-diff -->\n**")
    assert "<!--" not in diff(repository)


def test_what_came_to_the_base_since_is_no_part_of_the_change(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "lower")
    lower(repository)
    repository.commit("2026-11-16", "A pull request")
    repository.git("checkout", "--quiet", "main")
    hand_over(repository)
    repository.commit("2026-11-16", "Meanwhile")
    done = okrsite_inside("diff", "main", "lower", *AS_OF, cwd=repository.root)
    assert done.stdout.startswith("Commitments change: 1 target moved.")
    assert "owner" not in done.stdout


def test_a_later_state_can_be_the_base(repository: Repository) -> None:
    lower(repository)
    repository.commit("2026-11-16", "A pull request")
    done = okrsite_inside("diff", "main", "main~1", *AS_OF, cwd=repository.root)
    assert "target 700 ms → 600 ms" in done.stdout


def test_lines_with_nothing_in_common_cannot_be_compared(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "--orphan", "other")
    repository.commit("2026-11-16", "Another beginning")
    done = okrsite_inside("diff", "main", "other", *AS_OF, cwd=repository.root)
    assert done.returncode == 2
    assert "has nothing in common with" in done.stderr


def test_who_sees_everything_is_told_who_will_see_more(repository: Repository) -> None:
    repository.write({PLAN: "visibility: leadership\n" + PLATFORM})
    repository.commit("2026-11-01", "Hide")
    repository.write({PLAN: PLATFORM})
    repository.commit("2026-11-16", "Show")
    told = diff(repository, "--audience", "leadership", "--format", "markdown")
    assert told.startswith("<!-- okrsite-diff -->\n**Only who sees what changes.**\n")
    assert "#### More people will see this\n- ⚠️ platform" in told
    assert "which it could not see before" in told
    # Whoever could not see it does not learn that it was hidden.
    narrow = diff(repository)
    assert "see" not in narrow
    assert "a new plan" in narrow


def test_links_follow_a_team_and_an_objective_to_their_new_names(repository: Repository) -> None:
    repository.change("okrs/2026-q4.yml", "- id: reliable", "- id: dependable\n    aka: [reliable]")
    move(repository)
    repository.commit("2026-11-16", "Moved and renamed")
    document = json.loads(diff(repository, "--format", "json"))
    assert [item for plan in document["plans"] for item in plan["items"] if item["links"]] == []


def test_what_an_error_hides_is_not_said_to_be_gone(repository: Repository) -> None:
    break_file(repository)
    repository.commit("2026-11-16", "Broken")
    document = json.loads(diff(repository, "--format", "json"))
    items = {item["ref"]: item for plan in document["plans"] for item in plan["items"]}
    assert {ref.rpartition("/")[2]: item["unread"] for ref, item in items.items()} == {
        "drills": True,
        "latency": True,
    }
    assert not any(item["changes"] or item["needs_why"] for item in items.values())
