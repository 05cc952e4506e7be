"""`okrsite checkin` writes one dated file, says only what was meant, and nothing that is wrong."""

import shutil
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from command import ROOT, okrsite, okrsite_inside, write_tree
from terminal import converse
from trees import resolve_files

from okrsite.cli.rows import COLUMNS
from okrsite.model import Rules

PLAN = """\
objectives:
  - id: trust
    title: Make the platform trusted
    key_results:
      - id: sev1
        title: Reduce Sev-1 incidents from 6 to 2 per quarter
        owner: bo
      - id: latency
        title: Improve p95 API latency from 900 ms to 600 ms
      - id: coverage
        title: Raise coverage from 60% to 80%
      - id: playbook
        title: Publish the playbook
        milestones: [Draft reviewed, Everyone drilled]
      - id: calm
        title: Nights are calm
        rubric:
          0.3: We measured
          0.7: Few pages
          1.0: None
      - id: office
        title: Open the office
    initiatives:
      - Move the nightly batch
  - id: heard
    title: Be heard
health:
  - {id: morale, title: Morale, target: ">= 4"}
"""
ACME = {
    "okrs.yml": "company: Acme\n",
    "people.yml": "ana: {name: Ana Sousa}\nbo: {name: Bo Lindqvist}\n",
    "2026.yml": "objectives:\n  - id: grow\n    title: Grow\n    key_results:\n"
    "      - id: arr\n        title: ARR from $1M to $2M\n",
    "platform/team.md": "---\ntitle: Platform\nlead: ana\nmembers: [ana, bo]\n---\n",
    "platform/2026-q4.yml": PLAN,
    "platform/2026-q4.bo.yml": "objectives:\n  - id: learn\n    title: Learn\n    key_results:\n"
    "      - id: books\n        title: Books from 0 to 4\n",
    "platform/checkins/2026-11-09.yml": "# of last week\nkey_results:\n  trust/latency:\n"
    "    value: 760 ms\n    confidence: 6\npriorities:\n  - P1 Move the batch\n",
    "data/team.md": "---\ntitle: Data\n---\n",
    "data/2026-q4.yml": "objectives:\n  - id: pipeline\n    title: Trust the pipeline\n"
    "    key_results:\n      - id: late\n        title: Late loads from 9 to 1\n",
}
FILE = "platform/checkins/2026-11-16.yml"


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    return write_tree(tmp_path, {f"content/okrs/{path}": text for path, text in ACME.items()})


def checkin(folder: Path, *words: str | Path, as_of: str = "2026-11-18") -> CompletedProcess[str]:
    return okrsite_inside("checkin", *words, "--as-of", as_of, cwd=folder)


def files(folder: Path) -> dict[str, str]:
    """Return the files that are new or have changed, by path."""
    source = folder / "content/okrs"
    now = {p.relative_to(source).as_posix(): p for p in source.rglob("*") if p.is_file()}
    read = {path: file.read_bytes().decode() for path, file in now.items()}
    return {path: text for path, text in read.items() if ACME.get(path) != text}


def written(folder: Path, *words: str | Path, **options: str) -> dict[str, str]:
    done = checkin(folder, *words, **options)
    assert done.returncode == 0, done.stderr
    return files(folder)


def test_one_line_is_a_check_in(acme: Path) -> None:
    assert written(acme, "platform", "trust/sev1=2") == {FILE: "key_results:\n  trust/sev1: 2\n"}


def test_options_speak_of_the_key_result(acme: Path) -> None:
    found = written(
        *(acme, "platform", "latency=0.72 s", "--confidence", "5/10", "--status", "at-risk"),
        *("--forecast", "650 ms", "--note", "It follows: the batch", "--blocker", "No time"),
        *("--decision", "Stop #2", "--ask", "Two days", "--by", "Bo Lindqvist"),
    )
    assert found == {
        FILE: "by: bo\nkey_results:\n  trust/latency:\n    value: 0.72 s\n    confidence: 5/10\n"
        '    forecast: 650 ms\n    status: at-risk\n    note: "It follows: the batch"\n'
        '    blocker: No time\n    decision: "Stop #2"\n    ask: Two days\n'
    }


def test_without_a_key_result_they_speak_of_the_week(acme: Path) -> None:
    found = written(
        *(acme, "platform", "--note", "A good week", "--win", "One", "--win", "Two: more"),
        *("--priority", "P1 The batch", "--upcoming", "Load test", "--ask", "Help"),
    )
    assert found == {
        FILE: "priorities:\n  - P1 The batch\nupcoming:\n  - Load test\nwins:\n  - One\n"
        '  - "Two: more"\nasks:\n  - Help\nnote: A good week\n'
    }


def test_health_initiatives_and_whole_objectives_find_their_place(acme: Path) -> None:
    found = written(
        *(acme, "platform", "morale=4.2", "Move the nightly batch=done", "trust=at-risk"),
        "heard=40%",
    )
    assert found == {
        FILE: "key_results:\n  heard: 40%\nobjectives:\n  trust:\n    status: at-risk\n"
        "initiatives:\n  Move the nightly batch: done\nhealth:\n  morale: 4.2\n"
    }


def test_what_the_week_s_file_says_already_stays(acme: Path) -> None:
    before = (
        "# by hand\nkey_results:\n  latency: 720 ms   # from the board\n  # and this\n"
        "  trust/sev1:\n    value: 1\n    note: Still one\nwins:\n  - First\n"
    )
    (acme / "content/okrs" / FILE).write_text(before)
    found = written(
        acme, "platform", "trust/latency=715 ms", "sev1=2", "calm=0.3", "--win", "Second"
    )
    assert found == {
        FILE: "# by hand\nkey_results:\n  latency: 715 ms   # from the board\n  # and this\n"
        "  trust/sev1:\n    value: 2\n    note: Still one\n  trust/calm: 0.3\n"
        "wins:\n  - First\n  - Second\n"
    }


def test_the_same_again_writes_nothing(acme: Path) -> None:
    written(acme, "platform", "trust/sev1=2")
    done = checkin(acme, "platform", "trust/sev1=2")
    assert (done.returncode, done.stdout) == (0, "Nothing is new, so nothing was written.\n")


@pytest.mark.parametrize(
    ("value", "code", "mend"),
    [
        ("latency=720 kg", "OKR-C007", "write it in ms"),
        ("sev1=2x", "OKR-C007", "write the number alone"),
        ("latency=fast", "OKR-C005", "write the number alone"),
        ("coverage=0.7", "OKR-C008", "write 70% or 0.7%"),
        ("playbook=1", "OKR-C009", "1/2, or done"),
        ("playbook=Drafts are read", "OKR-C011", "write Draft reviewed"),
        ("calm=0.5", "OKR-C012", "write one of 0.3, 0.7, 1.0"),
        ("office=soon", "OKR-C005", "write 40%, 2/5 or done"),
        ("office=140%", "OKR-C005", "a share up to 100%"),
        ("morale=fine", "OKR-C005", "write a number, or green, amber or red"),
        ("latancy=720 ms", "OKR-C001", "write trust/latency"),
        ("trust/sev9=1", "OKR-C001", "write trust/sev1"),
        ("trust=7", "OKR-S004", "on-track"),
    ],
)
def test_a_wrong_value_is_explained_and_nothing_is_written(
    acme: Path, value: str, code: str, mend: str
) -> None:
    done = checkin(acme, "platform", "heard=40%", value)
    assert done.returncode == 1
    assert f"error[{code}]" in done.stderr
    assert mend in done.stderr
    assert FILE in done.stderr
    assert files(acme) == {}


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("latency=n/a", "trust/latency: n/a"),
        ("playbook=Draft reviewed", "trust/playbook: Draft reviewed"),
        ("playbook=1/2", "trust/playbook: 1/2"),
        ("office=done", "trust/office: done"),
        ("calm=Few pages", "trust/calm: Few pages"),
        ("sev1=green", "trust/sev1: green"),
        ("company@2026/grow/arr=$1.2M", "company@2026/grow/arr: $1.2M"),
    ],
)
def test_every_kind_of_value_is_taken(acme: Path, value: str, line: str) -> None:
    assert written(acme, "platform", value)[FILE] == f"key_results:\n  {line}\n"


def test_a_wrong_confidence_is_explained(acme: Path) -> None:
    done = checkin(acme, "platform", "sev1=2", "--confidence", "0.7")
    assert done.returncode == 1
    assert "write 7, or 70%" in done.stderr
    assert files(acme) == {}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["platform"], "REF=VALUE"),
        (["platfrom", "sev1=2"], "did you mean platform?"),
        (["sev1=2"], "names no team"),
        (["platform", "sev1="], "is not REF=VALUE"),
        (["platform", "sev1=2", "trust/sev1=3"], "stands twice"),
        (["platform", "sev1=2", "latency=700", "--note", "x"], "speaks of one key result"),
        (["platform", "--confidence", "7"], "speaks of a key result"),
        (["platform", "morale=4", "--confidence", "7"], "takes a value alone"),
        (["platform", "sev1=2", "--by", "zed"], "is called 'zed'"),
        (["platform", "sev1=2", "--own"], "--own needs --by"),
        (["platform", "sev1=2", "--cycle", "2031"], "no cycle is called '2031'"),
        (["platform", "sev1=2", "--date", "16.11.2026"], "is no date"),
        (["--win", "x"], "name the team"),
    ],
)
def test_wrong_usage_is_told(acme: Path, words: list[str], says: str) -> None:
    done = checkin(acme, *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert files(acme) == {}


def test_help_shows_an_example_and_the_exit_codes(acme: Path) -> None:
    done = okrsite_inside("checkin", "--help", cwd=acme)
    assert 'okrsite checkin platform trust/sev1=2 trust/latency="720 ms"' in done.stdout
    assert "Exit codes" in done.stdout


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        ("2026-11-16", "2026-11-16"),
        ("2026-11-22", "2026-11-16"),
        ("2026-11-23", "2026-11-23"),
        # The quarter began on a Thursday: Monday's names would be those of the last one.
        ("2026-10-02", "2026-10-02"),
    ],
)
def test_the_file_is_that_of_this_week_s_check_in_day(acme: Path, as_of: str, day: str) -> None:
    found = written(acme, "platform", "sev1=2", as_of=as_of)
    assert list(found) == [f"platform/checkins/{day}.yml"]


def test_a_file_of_the_week_by_another_day_is_gone_on_with(acme: Path) -> None:
    other = "platform/checkins/2026-11-17.yaml"
    (acme / "content/okrs" / other).write_text("key_results:\n  sev1: 1\n")
    assert list(written(acme, "platform", "sev1=2")) == [other]


def test_a_day_can_be_named(acme: Path) -> None:
    found = written(acme, "platform", "sev1=2", "--date", "2026-11-25")
    assert list(found) == ["platform/checkins/2026-11-25.yml"]


def test_a_day_whose_year_must_be_wrong_is_refused(acme: Path) -> None:
    done = checkin(acme, "platform", "sev1=2", "--date", "2126-11-16")
    assert done.returncode == 1
    assert files(acme) == {}


@pytest.mark.parametrize(
    ("weekday", "day", "expected"),
    [
        (0, "2026-11-22", "2026-11-16"),
        (4, "2026-11-19", "2026-11-13"),
        (4, "2026-11-20", "2026-11-20"),
    ],
)
def test_the_check_in_day_of_a_week(weekday: int, day: str, expected: str) -> None:
    from datetime import date

    assert str(Rules(checkin_day=weekday).check_in_on(date.fromisoformat(day))) == expected


def test_a_person_has_a_file_of_their_own(acme: Path) -> None:
    found = written(acme, "bo", "books=2", "sev1=1")
    assert found == {
        "platform/checkins/2026-11-16.bo.yml": "key_results:\n  learn/books: 2\n  trust/sev1: 1\n"
    }


def test_somebody_in_a_team_can_write_beside_it(acme: Path) -> None:
    written(acme, "platform", "sev1=2", "--by", "ana")
    done = checkin(acme, "platform", "sev1=1", "--by", "bo")
    assert done.returncode == 2
    assert "--by bo --own" in done.stderr
    found = written(acme, "platform", "sev1=1", "--by", "bo", "--own")
    assert found == {
        FILE: "by: ana\nkey_results:\n  trust/sev1: 2\n",
        "platform/checkins/2026-11-16.bo.yml": "key_results:\n  trust/sev1: 1\n",
    }


def test_late_numbers_of_a_closed_cycle_name_it(acme: Path) -> None:
    write_tree(acme / "content/okrs", {"platform/2027-q1.yml": PLAN})
    done = checkin(acme, "platform", "sev1=1", as_of="2027-01-06")
    assert done.returncode == 1
    assert "OKR-C003" in done.stderr
    found = written(acme, "platform", "sev1=1", "--cycle", "2026-q4", as_of="2027-01-06")
    text = found["platform/checkins/2027-01-04.yml"]
    assert text == "key_results:\n  platform@2026-q4/trust/sev1: 1\n"


def test_print_shows_what_would_be_written(acme: Path) -> None:
    done = checkin(acme, "platform", "sev1=2", "--print")
    assert done.returncode == 0
    assert "+  trust/sev1: 2" in done.stdout
    assert files(acme) == {}


CSV = """\
ref,value,confidence,note
platform/trust/sev1,2,8,
platform/trust/latency,720 ms,,"Follows the batch, as ever"
data/pipeline/late,3,6/10,
"""


def test_a_spreadsheet_writes_the_files_of_several_teams(acme: Path) -> None:
    (acme / "rows.csv").write_text(CSV, encoding="utf-8-sig")
    assert written(acme, "--from", acme / "rows.csv") == {
        FILE: "key_results:\n  trust/sev1:\n    value: 2\n    confidence: 8\n  trust/latency:\n"
        "    value: 720 ms\n    note: Follows the batch, as ever\n",
        "data/checkins/2026-11-16.yml": "key_results:\n  pipeline/late:\n    value: 3\n"
        "    confidence: 6/10\n",
    }


def test_rows_may_have_days_and_a_team_for_all(acme: Path) -> None:
    (acme / "rows.csv").write_text("ref;date;value\r\nsev1;2026-10-12;1\r\nsev1;2026-11-16;2\r\n")
    assert written(acme, "platform", "--from", acme / "rows.csv") == {
        "platform/checkins/2026-10-12.yml": "key_results:\n  trust/sev1: 1\n",
        FILE: "key_results:\n  trust/sev1: 2\n",
    }


def test_every_wrong_row_is_told_with_its_line_and_nothing_is_written(acme: Path) -> None:
    rows = "platform/trust/calm,0.3,8,\nplatform/trust/nothing,1,,\nplatform/trust/coverage,0.7,,\n"
    (acme / "rows.csv").write_text(CSV.replace("720 ms", "720 kg") + rows)
    done = checkin(acme, "--from", acme / "rows.csv")
    assert done.returncode == 1
    for line in (3, 6, 7):
        assert f"┌─ rows.csv:{line}:1" in done.stderr
    assert "platform/trust/latency,720 kg" in done.stderr
    assert "3 errors in 1 file" in done.stderr
    assert files(acme) == {}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "names no column ref"),
        ("value\n2\n", "names no column ref"),
        ("ref,valeu\nplatform/trust/sev1,2\n", "'valeu' is no column"),
        ("ref,value,value\nplatform/trust/sev1,2,3\n", "stands twice"),
        ("ref,value\n,2\n", "rows.csv:2: no key result is named"),
        ("ref,value\nplatform/trust/sev1,2,3\n", "rows.csv:2: 3 cells in 2 columns"),
        ("ref,value\nsev1,2\n", "names no team"),
        ("ref,value\nplatform/sev1,2\nplatform/trust/sev1,3\n", "stands twice"),
        ("ref,value,date\nplatform/trust/sev1,2,16.11.2026\n", "is no date"),
        ('ref,value\n"platform/trust/sev1,2\n', "unexpected end of data"),
    ],
)
def test_a_file_that_is_no_table_is_told(acme: Path, text: str, says: str) -> None:
    (acme / "rows.csv").write_text(text)
    done = checkin(acme, "--from", acme / "rows.csv")
    assert done.returncode == 2
    assert says in done.stderr
    assert files(acme) == {}


def test_the_guide_names_every_column() -> None:
    text = (ROOT / "content/docs/guide/commands.md").read_text(encoding="utf-8")
    section = text.partition("## `okrsite checkin`")[2].partition("\n## ")[0]
    assert [column for column in COLUMNS if f"`{column}`" not in section] == []


def test_links_are_not_followed(acme: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    shutil.rmtree(acme / "content/okrs/platform/checkins")
    (acme / "content/okrs/platform/checkins").symlink_to(outside)
    done = checkin(acme, "platform", "sev1=2")
    assert done.returncode == 1
    assert "symbolic link" in done.stderr
    assert list(outside.iterdir()) == []


def test_a_broken_file_of_the_week_is_explained_and_left_alone(acme: Path) -> None:
    broken = "key_results:\n  trust/sev1: 1\n  trust/sev1: 2\n"
    (acme / "content/okrs" / FILE).write_text(broken)
    done = checkin(acme, "platform", "latency=720 ms")
    assert done.returncode == 1
    assert "OKR-Y002" in done.stderr
    assert files(acme)[FILE] == broken


def test_what_nobody_would_read_is_not_written(acme: Path) -> None:
    (acme / "content/okrs/okrs.yml").write_text('ignore: ["2026-11-16*"]\n')
    done = checkin(acme, "platform", "sev1=2")
    assert done.returncode == 1
    assert "ignore: in okrs.yml" in done.stderr
    assert not (acme / "content/okrs" / FILE).exists()


def test_another_team_s_mistake_is_none_of_ours(acme: Path) -> None:
    (acme / "content/okrs/data/2026-q4.yml").write_text("objectives:\n")
    assert checkin(acme, "platform", "sev1=2").returncode == 0


def test_a_folder_without_okrs_is_told(tmp_path: Path) -> None:
    (tmp_path / "content/okrs").mkdir(parents=True)
    done = checkin(tmp_path, "platform", "sev1=2")
    assert done.returncode == 1
    assert "OKR-F008" in done.stderr


def test_what_is_written_counts_on_the_site(acme: Path) -> None:
    written(acme, "platform", "latency=720 ms", "--confidence", "8")
    done = okrsite_inside(
        "show",
        "platform/trust/latency",
        "--as-of",
        "2026-11-18",
        "--source",
        acme / "content/okrs",
        cwd=acme,
    )
    assert "720 ms on 16 Nov" in done.stdout
    assert "confidence is 8 of 10 (16 Nov)" in done.stdout


def answers(*given: str) -> list[tuple[str, str]]:
    """Return questions with their answers, each ``QUESTION|ANSWER``; without | none is given."""
    pairs = (each.partition("|") for each in given)
    return [(question, f"{answer}\n" if bar else "") for question, bar, answer in pairs]


def test_on_a_terminal_it_asks(acme: Path) -> None:
    shown, code = converse(
        ["checkin", "platform", "--as-of", "2026-11-18"],
        [
            *answers("value:|2", "confidence:|8", "note:|"),
            # A wrong answer is explained, and asked for again.
            *answers("value [760 ms]:|720 kg", "mend: write it in ms", "value [760 ms]:|720"),
            *answers("confidence [6]:|", "note:|Follows: the batch"),
            *answers("blocker:|No time", "decision:|Stop #2"),
            *answers("value:|-"),
            *answers("done now (numbers):|3", "write numbers", "done now (numbers):|1"),
            *answers("confidence:|7", "note:|"),
            *answers("level:|0.3", "confidence:|", "note:|"),
            *answers("value:|", "confidence:|"),
            *answers("value:|done", "confidence:|", "note:|"),
            *answers("Morale:|4.5"),
            *answers(
                "priority:|P1 The batch", "priority:|", "win:|One", "win:|", "ask:|", "note:|"
            ),
            *answers("Write it? [Y/n]:|"),
        ],
        acme,
    )
    assert code == 0, shown
    assert "760 ms on 9 Nov · expected 740 ms today, 600 ms by 31 Dec" in shown
    assert "last: P1 Move the batch" in shown
    assert files(acme) == {
        FILE: "key_results:\n  trust/sev1:\n    value: 2\n    confidence: 8\n  trust/latency:\n"
        '    value: 720\n    confidence: 6\n    note: "Follows: the batch"\n'
        '    blocker: No time\n    decision: "Stop #2"\n  trust/playbook:\n    done:\n'
        "      - Draft reviewed\n    confidence: 7\n  trust/calm: 0.3\n  heard: done\n"
        "health:\n  morale: 4.5\npriorities:\n  - P1 The batch\nwins:\n  - One\n"
    }


@pytest.mark.parametrize(
    "given",
    [
        [("value:", "\x03")],
        [("value:", "2\n"), ("confidence:", "\x03")],
        [("value:", "\x04")],
    ],
    ids=["at once", "in the middle", "end of input"],
)
def test_to_leave_writes_nothing(acme: Path, given: list[tuple[str, str]]) -> None:
    shown, code = converse(["checkin", "platform", "--as-of", "2026-11-18"], given, acme)
    assert code == 130
    assert shown.rstrip().endswith("Stopped.")
    assert "Traceback" not in shown
    assert files(acme) == {}


def test_to_say_no_at_the_end_writes_nothing(acme: Path) -> None:
    shown, code = converse(
        ["checkin", "data", "--as-of", "2026-11-18"],
        answers(
            *("value:|3", "confidence:|7", "note:|", "priority:|", "win:|", "ask:|", "note:|"),
            "Write it? [Y/n]:|n",
        ),
        acme,
    )
    assert code == 0, shown
    assert files(acme) == {}


def test_without_a_team_it_asks_for_it(acme: Path) -> None:
    shown, code = converse(
        ["checkin", "--as-of", "2026-11-18"], [("Team (company, data, platform):", "\x03")], acme
    )
    assert code == 130, shown


def test_nobody_is_asked_where_there_is_no_terminal(acme: Path) -> None:
    done = okrsite("checkin", "platform", "--as-of", "2026-11-18", cwd=acme)
    assert done.returncode == 2
    assert "REF=VALUE" in done.stderr


def test_all_of_a_demo_team_s_check_in_by_enter_alone(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    asked = [
        *("value [1]:", "confidence [8]:", "value:", "confidence [5]:", "blocker:"),
        *("value [2]:", "confidence [3]:", "blocker:", "decision:"),
        *("done now (numbers):", "confidence [7]:", "value [5.8 天]:", "confidence [8]:"),
        *("value:", "confidence:", "value [€181]:", "confidence [7]:"),
        *("value [63%]:", "confidence [7]:", "Morale [4.2]:", "On-call pages a week [6]:"),
        *("priority:", "win:", "ask:", "note:", "Write it? [Y/n]:"),
    ]
    enter = [(question, "\n") for question in asked]
    shown, code = converse(["checkin", "platform", "--as-of", "2026-11-23"], enter, tmp_path)
    assert code == 0, shown
    path = "engineering/platform/checkins/2026-11-23.yml"
    text = (tmp_path / "content/okrs" / path).read_text()
    # An old value and that of a feed are nobody's word, so that Enter does not repeat them.
    assert "sandbox/signups" not in text
    assert "716" not in text
    resolution = resolve_files(tmp_path / "content/okrs", {}, as_of="2026-11-23")
    assert [str(p.place) for p in resolution.problems if p.place.path == path] == []
