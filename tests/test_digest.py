"""`okrsite digest`: what it tells to whom, in every format, and where it is sent."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from command import okrsite_inside
from drawing import Outline
from markdown_it import MarkdownIt
from trees import write_files

from okrsite.digest import FORMATS
from okrsite.digest.send import kind_of

HOSTILE = "<img src=x onerror=alert(1)> @ana **x** [a](http://evil) ::error:: #12"
FILES = {
    "okrs/okrs.yml": "company: Acme\n",
    "okrs/people.yml": "ana: {name: Ana Sousa}\nbo: {name: Bo Lind}\n",
    "okrs/2026-q4.yml": (
        "objectives:\n"
        "  - id: reliable\n"
        "    title: Be reliable\n"
        "    key_results: [{id: nps, title: Raise NPS from 20 to 40, owner: bo}]\n"
    ),
    "okrs/platform/2026-q4.yml": (
        "objectives:\n"
        "  - id: trust\n"
        "    title: Be trusted\n"
        "    owner: ana\n"
        "    key_results:\n"
        "      - {id: drills, title: Raise restore drills from 0 to 4}\n"
        "      - {id: latency, title: Improve latency from 900 ms to 600 ms}\n"
        "amendments:\n"
        "  - {date: 2026-11-12, about: trust/latency, why: Measured without TLS before}\n"
        "  - {date: 2026-10-30, about: trust/latency, why: Long ago}\n"
    ),
    "okrs/platform/team.md": "---\nmembers: [ana]\n---\n",
    "okrs/platform/checkins/2026-11-09.yml": (
        "key_results: {drills: {value: 2, confidence: 8}, latency: {value: 800 ms, confidence: 7}}\n"
        "wins: [An older win]\n"
    ),
    "okrs/platform/checkins/2026-11-16.yml": (
        "by: ana\n"
        "key_results:\n"
        "  drills: {value: 2, confidence: 3, blocker: No *staff*}\n"
        "wins: [Two drills without a mistake]\n"
        "asks: [{text: A date for the price list, to: sales, by: 2026-11-30}]\n"
    ),
    "okrs/sales/2026-q4.yml": "- {title: Sell more, id: more, key_results: [{id: deals, title: Deals from 0 to 9, owner: bo}]}\n",
    "okrs/sales/feedback/2026-11-13.ana.yml": (
        "- {kind: question, text: Why nine?}\n- {kind: praise, text: Well done}\n"
    ),
}
AS_OF = ("--source", "okrs", "--as-of", "2026-11-17")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_files(tmp_path, FILES)


def digest(root: Path, *words: str, code: int = 0) -> str:
    done = okrsite_inside("digest", *AS_OF, *words, cwd=root)
    assert done.returncode == code, done.stderr
    return done.stdout if code == 0 else done.stderr


def document(root: Path, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(digest(root, "--format", "json", *words))
    return found


def told(root: Path, *words: str) -> dict[str, list[str]]:
    """Return what each section says, as ``owner | title | text``."""
    sections = document(root, *words)["sections"]
    return {
        kind: [" | ".join(filter(None, (r["owner"], r["title"], r["text"]))) for r in s["rows"]]
        for kind, s in sections.items()
    }


def test_it_tells_all_of_a_week(root: Path) -> None:
    assert told(root) == {
        "wins": ["Platform | Two drills without a mistake", "Sales | Well done (Ana Sousa)"],
        "amendments": [
            "Platform | Improve latency from 900 ms to 600 ms | Measured without TLS before"
        ],
        "moves": [
            "Platform | Raise restore drills from 0 to 4 | "
            "Off track; was on track · confidence 8 → 3 · Blocker: No staff"
        ],
        "attention": [
            "Platform | Raise restore drills from 0 to 4 | "
            "Off track · confidence fell from 8 to 3; no decision recorded",
            "Acme | Raise NPS from 20 to 40 | "
            "Not started · not started, and more than a third of the time is gone",
            "Sales | Deals from 0 to 9 | "
            "Not started · not started, and more than a third of the time is gone",
        ],
        "asks": [
            "Platform → Sales | A date for the price list (by 30 Nov)",
            "Platform | Raise restore drills from 0 to 4 | Blocker: No staff",
        ],
        "questions": ["Sales | Why nine? (Ana Sousa) → no answer yet"],
        "owed": ["Bo Lind | 2 check-ins, due 7 Oct", "Ana Sousa | 1 check-in, due 16 Nov"],
    }


def test_the_first_day_counts(root: Path) -> None:
    assert "wins" not in told(root, "--since", "2026-11-17")
    wins = told(root, "--since", "2026-11-16")["wins"]
    assert wins == ["Platform | Two drills without a mistake"]
    earlier = told(root, "--since", "2026-11-09")
    assert earlier["wins"][:2] == [*wins, "Platform | An older win"]
    assert document(root)["since"] == "2026-11-11"


def test_a_team_is_told_of_itself_and_of_what_is_asked_of_it(root: Path) -> None:
    found = told(root, "--team", "sales")
    assert list(found) == ["wins", "attention", "asks", "questions", "owed"]
    assert found["asks"] == ["Platform → Sales | A date for the price list (by 30 Nov)"]
    assert found["owed"] == ["Bo Lind | 1 check-in, due 7 Oct"]
    whole = document(root, "--team", "company")
    assert whole["for"] == "Acme"
    assert whole["title"] == "Acme: 11 Nov – 17 Nov"
    assert {row["owner"] for row in whole["sections"]["wins"]["rows"]} == {"Platform", "Sales"}


def test_somebody_is_told_first_what_they_owe(root: Path) -> None:
    said = digest(root, "--for", "ana")
    assert said.startswith(
        "Acme · Ana Sousa: 11 Nov – 17 Nov\n\n"
        "You owe these check-ins\n"
        "  ○ Platform · Improve latency from 900 ms to 600 ms: "
        "due 16 Nov; last check-in 9 Nov: on track\n"
    )
    assert "Raise NPS" not in said
    assert "Deals" not in said
    assert [row.partition(" | ")[0] for row in told(root, "--for", "bo")["owed"]] == [
        "Acme",
        "Sales",
    ]


def test_who_owes_nothing_is_told_so(root: Path) -> None:
    write_files(root, {"okrs/people.yml": FILES["okrs/people.yml"] + "eva: {name: Eva Brandt}\n"})
    assert "You owe no check-in, and nothing of yours is new." in digest(root, "--for", "eva")


def test_it_speaks_the_companys_language(root: Path) -> None:
    write_files(root, {"okrs/okrs.yml": "company: Acme\nlanguage: de\n"})
    assert "Wessen Check-in noch aussteht" in digest(root)
    assert '<html lang="de" dir="ltr">' in digest(root, "--format", "html")


def test_of_what_an_audience_may_not_see_nothing_is_told(root: Path) -> None:
    path = "okrs/platform/2026-q4.yml"
    write_files(root, {path: "visibility: leadership\n" + FILES[path]})
    for format_ in FORMATS:
        for word in ("drills", "latency", "TLS", "No staff"):
            assert word not in digest(root, "--format", format_).replace("Two drills", ""), word
    assert "Raise restore drills" in digest(root, "--audience", "leadership")


def test_links_lead_to_the_site(root: Path) -> None:
    assert "](http" not in digest(root, "--format", "markdown")
    said = digest(root, "--format", "markdown", "--site-url", "https://okrs.acme.example")
    base = "https://okrs.acme.example/teams/platform/2026-q4/trust/"
    assert f"· [Raise restore drills from 0 to 4]({base}#drills):" in said
    assert said.startswith("# [Acme: 11 Nov – 17 Nov](https://okrs.acme.example/)\n")


def test_links_lead_where_mkdocs_yml_says(root: Path) -> None:
    yml = (
        "site_name: Acme\nsite_url: https://acme.example/docs/\nuse_directory_urls: false\n"
        "plugins:\n  - okrsite: {source: okrs, at: okrs}\n"
    )
    write_files(root, {"mkdocs.yml": yml})
    done = okrsite_inside("digest", "--as-of", "2026-11-17", "--format", "html", cwd=root)
    link = "https://acme.example/docs/okrs/teams/platform/2026-q4/trust/index.html#drills"
    assert f'href="{link}"' in done.stdout


def make_hostile(root: Path) -> None:
    path = "okrs/platform/checkins/2026-11-16.yml"
    said = f"wins: ['{HOSTILE}']\nasks: [{{text: '{HOSTILE}', to: sales}}]\n"
    said += f"key_results: {{drills: {{value: 4, confidence: 9, note: '{HOSTILE}'}}}}\n"
    write_files(root, {path: said, "okrs/platform/team.md": f"---\ntitle: '{HOSTILE}'\n---\n"})


def test_what_people_write_does_nothing(root: Path) -> None:
    make_hostile(root)
    html = MarkdownIt("commonmark").render(digest(root, "--format", "markdown"))
    for harmful in ("<img", "<a ", "@ana", "::error", "#12"):
        assert harmful not in html, harmful
    page = digest(root, "--format", "html", "--site-url", "https://x.example/")
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "::error" not in digest(root)
    found = document(root)["sections"]["wins"]["rows"][0]
    assert found["text"].startswith("<img src=x onerror=alert(1)> @ana x a ::error::")


def test_a_page_for_mail_is_whole_and_asks_nobody(root: Path) -> None:
    outline = Outline(digest(root, "--format", "html", "--site-url", "https://x.example/"))
    # What stands in a mail brings its own style along.
    assert [fault for fault in outline.faults if " style=" not in fault] == []
    assert outline.headings == [1, 2, 2, 2, 2, 2, 2, 2]
    assert all(link.startswith("https://x.example/") for link in outline.links)


def test_long_lists_end_in_how_much_more_there_is(root: Path) -> None:
    wins = [f"Win {n}" for n in range(30)]
    write_files(root, {"okrs/platform/checkins/2026-11-16.yml": f"wins: {json.dumps(wins)}\n"})
    section = document(root)["sections"]["wins"]
    assert (len(section["rows"]), section["more"]) == (12, "and 19 more")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--team", "platfrom"], "no team is called 'platfrom'; did you mean platform?"),
        (["--for", "platform"], "no person is called 'platform'"),
        (["--team", "sales", "--for", "ana"], "leave out one of the two"),
        (["--since", "2026-12-01"], "2026-12-01 is after 2026-11-17"),
        (["--since", "soon"], "'soon' is no date"),
        (["--site-url", "okrs"], "'okrs' is no address; write https://okrs.example.com/"),
        (["--format", "json", "--send", "json://x"], "cannot be sent"),
        (["--send", "nonsense"], "Apprise knows no address like …"),
        (["--send", "nobody://user:SECRET@x"], "Apprise knows no address like nobody://…"),
    ],
)
def test_wrong_usage_is_told_with_its_mend(root: Path, words: list[str], said: str) -> None:
    told = digest(root, *words, code=2)
    assert said in told
    assert "SECRET" not in told


class Inbox(BaseHTTPRequestHandler):
    """Takes what is sent, and answers as it is told to."""

    got: ClassVar[list[dict[str, Any]]] = []
    answer = 200

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        self.got.append(json.loads(self.rfile.read(size)))
        self.send_response(self.answer)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def inbox() -> Iterator[HTTPServer]:
    Inbox.got, Inbox.answer = [], 200
    with HTTPServer(("127.0.0.1", 0), Inbox) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def address(server: HTTPServer) -> str:
    return f"json://user:SECRET@127.0.0.1:{server.server_port}/okrs"


def test_it_is_sent_with_its_title(root: Path, inbox: HTTPServer) -> None:
    where = address(inbox)
    done = okrsite_inside("digest", *AS_OF, "--send", where, "--send", where, cwd=root)
    assert done.returncode == 0, done.stderr
    assert (done.stdout, done.stderr) == ("", "Sent to 2 places: Acme: 11 Nov – 17 Nov\n")
    first, second = Inbox.got
    assert first == second
    assert first["title"] == "Acme: 11 Nov – 17 Nov"
    assert "★ **Platform**: Two drills without a mistake" in first["message"]
    assert first["message"].count("11 Nov") == 0


def test_a_page_is_sent_as_one(root: Path, inbox: HTTPServer) -> None:
    where = address(inbox) + "?format=html"
    digest(root, "--format", "html", "--send", where)
    (message,) = Inbox.got
    assert "<b>Platform</b>" in message["message"]


def test_a_failed_send_is_one_line_and_no_secret(root: Path, inbox: HTTPServer) -> None:
    Inbox.answer = 500
    said = digest(root, "--send", address(inbox), code=1)
    assert said.startswith("The digest could not be sent to json://…; mend: ")
    assert said.count("\n") == 1
    assert "SECRET" not in said


def test_nobody_there_is_a_failed_send(root: Path, inbox: HTTPServer) -> None:
    where = address(inbox)
    inbox.server_close()
    assert "could not be sent to json://…" in digest(root, "--send", where, code=1)


def test_without_apprise_it_says_what_to_install(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    assert "mend: pip install 'okrsite[notify]'" in digest(root, "--send", "json://x", code=2)


@pytest.mark.parametrize(
    ("text", "said"), [("slack://a/b/c", "slack://…"), ("secret", "…"), ("a b://c", "…")]
)
def test_of_an_address_only_its_kind_is_told(text: str, said: str) -> None:
    assert kind_of(text) == said


def test_a_past_week_can_be_told(root: Path) -> None:
    as_of = ("--source", "okrs", "--as-of", "2026-11-10")
    done = okrsite_inside("digest", *as_of, cwd=root)
    assert "An older win" in done.stdout
    assert "Two drills" not in done.stdout
