"""A small company that has something of everything, and what may be changed in it.

Each change has a name, needs nothing but a folder, and is its own way back where that makes sense:
done twice, things are as they were. So a sequence of names says all that is to know of a failure.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from okrsite.theme_dir import theme_dir

YML = """\
site_name: Harbor OKRs
site_url: https://okrs.example.org/
docs_dir: content/docs
edit_uri: https://gitlab.example.com/harbor/okrs/-/edit/main/content/docs/
theme:
  name: material
  font: false
  features: [navigation.tabs, navigation.indexes]
plugins:
  - search
  - okrsite:
      source: content/okrs
markdown_extensions: [attr_list, tables]
"""

OKRS = {
    "okrs.yml": """\
company: Harbor
timezone: Europe/Lisbon
audiences: [public, internal, leadership]
default_visibility: internal
roles: {okr_lead: dana}
links: {discuss: "https://git.example.com/okrs/new?title={ref}"}
""",
    "people.yml": """\
ana: {name: Ana Sousa, title: Engineer, github: anas}
bo: {name: Bo Lund, away: [2026-11-10..2026-11-18]}
chen: {name: Chen Wei}
dana: {name: Dana Obi, title: Coach}
""",
    "team.md": """\
---
title: Harbor
lead: dana
priorities: [{id: trust-us, title: Hospitals can rely on us}]
---
We keep ships and [the platform](okr:platform/trust) afloat.
""",
    "2026.yml": """\
- id: reliable
  title: Be the harbor that everybody trusts
  visibility: public
  key_results:
    - {id: uptime, title: Increase availability from 98% to 99.9%, visibility: public}
    - Publish the yearly report
""",
    "2026-q4.yml": """\
objectives:
  - id: calm
    title: Sail calmly through the storms
    supports: company/reliable
    key_results:
      - {id: storms, title: At most 3 outages in a storm, owner: bo}
health: [Morale >= 4]
""",
    "engineering/team.md": "---\ntitle: Engineering\nlead: chen\n---\n",
    "engineering/2026-q4.yml": """\
- id: engine
  title: Make changes a matter of minutes
  supports: company/calm
  depends_on: [data/pipeline]
  key_results:
    - {id: lead, title: Reduce lead time from 5 to 2 days}
""",
    "engineering/platform/team.md": """\
---
title: Platform
lead: ana
members: [ana, bo]
mission: Keep every product online.
---
See ![the mole](mole.png) and [Data's pipeline](okr:data/pipeline).
""",
    "engineering/platform/2026-q3.yml": """\
objectives:
  - id: steady
    title: Steady the ship before winter
    grade: 0.7
    key_results:
      - {id: alarms, title: Reduce alarms from 40 to 10, grade: 0.7, grade_note: Nearly.}
retrospective:
  went_well: [We talked]
  learned: [Fewer alarms are louder]
""",
    "engineering/platform/2026-q4.yml": """\
objectives:
  - id: trust
    title: Make the platform trusted at peak times
    why: Two outages cost us [calm](okr:company/calm).
    supports: [company/calm, company/trust-us]
    continues: platform@2026-q3/steady
    contributors: [sales]
    key_results:
      - {id: sev1, title: Reduce severe incidents from 6 to 2, owner: bo}
      - id: latency
        title: Improve p95 latency from 900 ms to 600 ms
        feed: p95.csv
      - {id: playbook, title: Publish the playbook, milestones: [Draft, Drill]}
    initiatives: [Query cache]
  - title: Win back the three lost customers
    visibility: leadership
    key_results:
      - Increase renewals from 2 to 5
amendments:
  - {date: 2026-11-02, about: trust/latency, why: It was measured without TLS.}
""",
    "engineering/platform/2026-q4.ana.yml": """\
- id: focus
  title: Learn to lead without shouting
  supports: platform/trust
  key_results:
    - {id: talks, title: Hold talks from 0 to 6}
""",
    "engineering/platform/p95.csv": "date,value\n2026-10-12,880\n2026-11-02,800\n",
    "engineering/platform/checkins/2026-09-21.yml": "key_results: {steady/alarms: 14}\n",
    "engineering/platform/checkins/2026-11-09.yml": """\
by: ana
key_results:
  trust/sev1:
    value: 4
    confidence: 6
    note: See [latency](okr:platform/trust/latency).
  playbook: {done: [Draft]}
priorities: [P1 Cache]
wins: [A calm week]
asks: [{text: Two days of an engineer, to: data, by: 2026-11-23}]
""",
    "engineering/platform/checkins/2026-11-16.bo.yml": """\
key_results: {trust/sev1: {value: 3, confidence: 7, status: at-risk, blocker: No time}}
""",
    "engineering/platform/feedback/2026-10-14.dana.yml": """\
- {about: trust/latency, kind: question, text: Why p95?, answer: It is what renewals track.}
""",
    "engineering/data/team.md": "---\ntitle: Data\nlead: chen\n---\n",
    "engineering/data/2026-q3.yml": """\
- id: lake
  title: Drain the old lake
  key_results:
    - {id: tables, title: Move tables from 0 to 80}
""",
    "engineering/data/2026-q4.yml": """\
- id: pipeline
  title: Make numbers arrive before breakfast
  contributors: [platform, ana]
  key_results:
    - {id: late, title: Reduce late mornings from 20 to 2, owner: ana}
""",
    "engineering/data/checkins/2026-10-05.yml": "key_results: {lake/tables: 60}\n",
    "engineering/data/checkins/2026-11-16.yml": "key_results: {late: 9}\n",
    "sales/team.md": "---\ntitle: Sales\nlead: eve\nvisibility: public\n---\n",
    "sales/2026-q4.yml": """\
- Win customers who stay:
    - Increase renewals from 60% to 80%
    - "Sign 5 new harbors"
""",
    "sales/checkins/2026-11-16.yml": "key_results: {Increase renewals: 70%}\nnote: Slow.\n",
}
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(32)

COMPANY: dict[str, str | bytes] = {
    "mkdocs.yml": YML,
    "content/docs/index.md": "# Welcome\n\nBegin with [calm](okr:company/calm).\n",
    "content/docs/guide.md": "# Guide\n\nThe [lead time](okr:engineering/engine/lead).\n",
    "content/docs/style.css": ".x { color: red }\n",
    "content/okrs/engineering/platform/mole.png": PICTURE,
    **{f"content/okrs/{path}": text for path, text in OKRS.items()},
}

Change = Callable[[Path], None]
"""Changes something in a project's folder."""


def write(root: Path, path: str, data: str | bytes) -> None:
    """Write a file of a project."""
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    # Never through a link, as a file of the site may be one.
    target.unlink(missing_ok=True)
    target.write_bytes(data.encode() if isinstance(data, str) else data)


def swap(path: str, old: str, new: str) -> Change:
    """Put one text for another in a file, or back."""

    def change(root: Path) -> None:
        file = root / path
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        # One may hold the other: the longer one tells which of them is there.
        short, long = sorted((old, new), key=len)
        one, other = (long, short) if long in text else (short, long)
        if one in text:
            write(root, path, text.replace(one, other, 1))

    return change


def swap_bytes(path: str, old: bytes, new: bytes) -> Change:
    """Put one file for another, or back."""

    def change(root: Path) -> None:
        if (root / path).is_file():
            write(root, path, new if (root / path).read_bytes() == old else old)

    return change


def put(path: str, data: str | bytes | None = None) -> Change:
    """Add a file (as it was at first, where nothing is said), or remove it."""
    content = COMPANY[path] if data is None else data

    def change(root: Path) -> None:
        target = root / path
        if target.is_file():
            target.unlink()
        else:
            write(root, path, content)

    return change


def move(path: str, other: str) -> Change:
    """Rename a file or folder, or back."""

    def change(root: Path) -> None:
        pair = (path, other) if (root / path).exists() else (other, path)
        there, here = (root / name for name in pair)
        if there.exists() and not here.exists():
            here.parent.mkdir(parents=True, exist_ok=True)
            there.rename(here)

    return change


def link(target: str, path: str, beside: str) -> Change:
    """Add a link to a folder with a page in it, or remove it."""

    def change(root: Path) -> None:
        if (root / path).is_symlink():
            (root / path).unlink()
        else:
            write(root, f"{Path(path).parent}/{beside}", "# Note\n")
            (root / path).symlink_to(target)

    return change


def both(*changes: Change) -> Change:
    """Make several changes at once."""

    def change(root: Path) -> None:
        for each in changes:
            each(root)

    return change


PLATFORM = "content/okrs/engineering/platform"
DATA = "content/okrs/engineering/data"
SALES = "content/okrs/sales"
Q4 = f"{PLATFORM}/2026-q4.yml"
RULES, PEOPLE, COMPANY_Q4 = (
    f"content/okrs/{name}" for name in ("okrs.yml", "people.yml", "2026-q4.yml")
)


def _plans() -> Iterator[tuple[str, Change]]:
    yield (
        "title with an id",
        swap(Q4, "Make the platform trusted at peak", "Have the platform loved at peak"),
    )
    yield "title without an id", swap(Q4, "Win back the three lost", "Find again the lost")
    yield "sentence without an id", swap(Q4, "Increase renewals from 2", "Raise renewals from 2")
    yield "title elsewhere", swap(f"{SALES}/2026-q4.yml", "Win customers who", "Keep customers who")
    yield "id", swap(Q4, "id: sev1", "id: severe")
    yield "id with aka", swap(Q4, "id: trust\n", "id: trusted\n    aka: [trust]\n")
    yield (
        "id with the same aka",
        swap(Q4, "id: trusted\n    aka: [trust]", "id: trusty\n    aka: [trust]"),
    )
    yield "aka of a person", swap(PEOPLE, "ana: {name", "ana: {aka: [anna], name")
    yield "target", swap(Q4, "from 6 to 2", "from 6 to 1")
    yield "company target", swap("content/okrs/2026.yml", "99.9%", "99.5%")
    yield "kind", swap(Q4, "Reduce severe incidents from 6 to 2", "At most 2 severe incidents")
    yield "weight", swap(Q4, "id: latency\n", "id: latency\n        weight: 3\n")
    yield "owner unknown", swap(Q4, "owner: bo", "owner: zoe")
    yield "owner left out", swap(f"{DATA}/2026-q4.yml", "to 2, owner: ana", "to 2")
    yield "owner is a team", swap(COMPANY_Q4, "owner: bo", "owner: data")
    yield "contributor", swap(Q4, "contributors: [sales]", "contributors: [data, chen]")
    yield (
        "link made",
        swap(
            f"{SALES}/2026-q4.yml",
            "- Win customers who stay:\n",
            "- title: Win customers who stay\n  supports: company/calm\n  key_results:\n",
        ),
    )
    yield (
        "link broken",
        swap(
            "content/okrs/engineering/2026-q4.yml",
            "supports: company/calm",
            "supports: company/clam",
        ),
    )
    yield "ring", swap(COMPANY_Q4, "supports: company/reliable", "supports: engineering/engine")
    yield (
        "dependency",
        swap("content/okrs/engineering/2026-q4.yml", "data/pipeline", "platform/trust/latency"),
    )
    yield "not continued", swap(Q4, "    continues: platform@2026-q3/steady\n    con", "    con")
    yield "hidden objective", swap(Q4, "    why: Two", "    visibility: leadership\n    why: Two")
    yield "public objective", swap(Q4, "visibility: leadership", "visibility: public")
    yield (
        "hidden key result",
        swap("content/okrs/2026.yml", "99.9%, visibility: public", "99.9%, visibility: leadership"),
    )
    yield (
        "cancelled",
        swap(
            f"{DATA}/2026-q4.yml",
            "  contributors:",
            "  state: cancelled\n  cancelled_because: Moved\n  contributors:",
        ),
    )
    yield "grade", swap(f"{DATA}/2026-q3.yml", "from 0 to 80", "from 0 to 80, grade: 0.6")
    yield "regrade", swap(f"{PLATFORM}/2026-q3.yml", "    grade: 0.7", "    grade: 0.4")
    yield "retrospective", swap(f"{PLATFORM}/2026-q3.yml", "We talked", "We listened")
    yield (
        "amendment",
        swap(
            Q4,
            "amendments:\n",
            "amendments:\n  - {date: 2026-11-10, about: trust/sev1, why: One was a drill.}\n",
        ),
    )
    yield "health", swap(COMPANY_Q4, "health: [Morale >= 4]", "health: [Morale >= 3, Sleep >= 4]")
    yield "initiative", swap(Q4, "[Query cache]", "[Query cache, Load test]")
    yield "prose link in why", swap(Q4, "(okr:company/calm)", "(okr:platform@2026-q3/steady)")
    yield "prose picture", swap(Q4, "why: Two", "why: '![m](mole.png) Two")
    yield "broken yaml", swap(f"{DATA}/2026-q4.yml", "key_results:", "key_results: [")
    yield "broken value", swap(Q4, "from 900 ms to 600 ms", "from 900 ms to $X")
    yield (
        "unknown key",
        swap(f"{SALES}/2026-q4.yml", "- Win", "- colour: blue\n  title: Paint\n- Win"),
    )
    yield "empty plan", put(f"{SALES}/2027-q1.yml", "objectives: []\n")
    yield "year's plan gone", put("content/okrs/2026.yml")
    yield "plan gone", put(f"{DATA}/2026-q4.yml")
    yield "closed plan gone", put(f"{PLATFORM}/2026-q3.yml")
    yield "own plan gone", put(f"{PLATFORM}/2026-q4.ana.yml")
    yield (
        "new plan",
        put(
            "content/okrs/sales/2026-q3.yml",
            "- Open the doors:\n    - Increase leads from 5 to 50\n",
        ),
    )
    yield (
        "new cycle",
        put(
            "content/okrs/2026-11.yml",
            "- id: month\n  title: Have one good month\n  key_results: [Increase sleep from 5 to 8 hours]\n",
        ),
    )
    yield (
        "same id as above",
        put(
            f"{DATA}/2026.yml",
            "- id: pipeline\n  title: A whole year of numbers\n  key_results: [Reduce late mornings from 90 to 9]\n",
        ),
    )
    yield "plan renamed", move(f"{DATA}/2026-q4.yml", f"{DATA}/2027-q1.yml")
    yield (
        "plan as markdown",
        put(
            f"{SALES}/2026.md",
            "---\nobjectives: []\n---\nNothing yet, see [calm](okr:company/calm).\n",
        ),
    )
    yield "misnamed plan", move(f"{SALES}/2026-q4.yml", f"{SALES}/Q4-2026.yml")
    yield (
        "two plans",
        put(f"{SALES}/2026-q4.yaml", "- Sell more:\n    - Increase sales from 1 to 2\n"),
    )


def _evidence() -> Iterator[tuple[str, Change]]:
    nine, sixteen = (f"{PLATFORM}/checkins/2026-11-{day}.yml" for day in ("09", "16.bo"))
    yield "value", swap(nine, "value: 4", "value: 5")
    yield "newest value", swap(sixteen, "value: 3", "value: 2")
    yield "confidence", swap(sixteen, "confidence: 7", "confidence: 3")
    yield "status", swap(sixteen, "at-risk", "on-track")
    yield "ask", swap(nine, "to: data", "to: sales")
    yield (
        "ask gone",
        swap(nine, "]\nasks: [{text: Two days of an engineer, to: data, by: 2026-11-23}]\n", "]\n"),
    )
    yield "win", swap(nine, "A calm week", "Two calm weeks")
    yield "by", swap(nine, "by: ana", "by: chen")
    yield "of another team", swap(nine, "  playbook:", "  data/pipeline/late: 4\n  playbook:")
    yield (
        "of an objective",
        swap(
            f"{SALES}/checkins/2026-11-16.yml",
            "note: Slow.",
            "objectives: {Win customers: {status: off-track}}",
        ),
    )
    yield "broken check-in", swap(nine, "key_results:", "key_results")
    yield "check-in gone", put(sixteen)
    yield (
        "check-in added",
        put(f"{DATA}/checkins/2026-11-18.yml", "key_results: {late: 6}\nwins: [Early!]\n"),
    )
    yield (
        "check-in of the same day",
        put(
            f"{PLATFORM}/checkins/2026-11-16.yml",
            "by: ana\nkey_results: {sev1: {value: 1, confidence: 9}}\n",
        ),
    )
    yield "check-in later", put(f"{PLATFORM}/checkins/2026-11-25.yml", "key_results: {sev1: 2}\n")
    yield (
        "check-in of a closed cycle",
        put(f"{DATA}/checkins/2026-10-08.yml", "cycle: 2026-q3\nkey_results: {tables: 71}\n"),
    )
    yield (
        "health value",
        put(
            "content/okrs/checkins/2026-11-16.yml",
            "health: {morale: 4.2}\nkey_results: {storms: 1}\n",
        ),
    )
    yield "check-in renamed", move(nine, f"{PLATFORM}/checkins/2026-11-02.yml")
    yield (
        "feed row",
        swap(f"{PLATFORM}/p95.csv", "2026-11-02,800\n", "2026-11-02,800\n2026-11-16,700\n"),
    )
    yield "feed value", swap(f"{PLATFORM}/p95.csv", ",880", ",870")
    yield "feed broken", swap(f"{PLATFORM}/p95.csv", ",880", ",many")
    yield "feed gone", put(f"{PLATFORM}/p95.csv")
    yield "feedback", swap(f"{PLATFORM}/feedback/2026-10-14.dana.yml", "Why p95?", "Why not p99?")
    yield (
        "feedback elsewhere",
        put(f"{SALES}/feedback/2026-11-03.ana.yml", "- {kind: praise, text: Well sold}\n"),
    )
    yield "picture", swap_bytes(f"{PLATFORM}/mole.png", PICTURE, PICTURE[:-1] + b"\1")
    yield "picture gone", put(f"{PLATFORM}/mole.png")
    yield "picture renamed", move(f"{PLATFORM}/mole.png", f"{PLATFORM}/quay.png")


def _organisation() -> Iterator[tuple[str, Change]]:
    yield "team title", swap(f"{PLATFORM}/team.md", "title: Platform", "title: The Platform")
    yield "team id", swap(f"{DATA}/team.md", "title: Data", "title: Data\nid: numbers\naka: [data]")
    yield "team id without aka", swap(f"{DATA}/team.md", "title: Data", "id: figures\ntitle: Data")
    yield "team mission", swap(f"{PLATFORM}/team.md", "Keep every product", "Keep all products")
    yield "team prose", swap(f"{PLATFORM}/team.md", "okr:data/pipeline", "okr:sales")
    yield "team lead", swap(f"{PLATFORM}/team.md", "lead: ana", "lead: bo")
    yield "team hidden", swap(f"{DATA}/team.md", "lead: chen", "lead: chen\nvisibility: leadership")
    yield "team language", swap(f"{PLATFORM}/team.md", "lead:", "language: de\nlead:")
    yield "team cadence", swap(f"{PLATFORM}/team.md", "lead:", "checkin_every: month\nlead:")
    yield "team broken", swap(f"{SALES}/team.md", "lead: eve", "lead: [eve")
    yield "team.md gone", put(f"{DATA}/team.md")
    yield "team moved", move(DATA, "content/okrs/data")
    yield (
        "team added",
        put("content/okrs/engineering/ops/team.md", "---\ntitle: Ops\nlead: bo\n---\n"),
    )
    yield "priority", swap("content/okrs/team.md", "Hospitals can", "Everybody can")
    yield "priority gone", swap("content/okrs/team.md", "id: trust-us", "id: trusted-us")
    yield "person renamed", swap(PEOPLE, "Ana Sousa", "Ana Souza")
    yield "person listed", swap(PEOPLE, "dana:", "eve: {name: Eve Okafor}\ndana:")
    yield "person gone", swap(PEOPLE, "chen: {name: Chen Wei}\ndana", "dana")
    yield "person left", swap(PEOPLE, "{name: Chen Wei}", "{name: Chen Wei, left: 2026-11-01}")
    yield "person not away", swap(PEOPLE, "Lund, away: [2026-11-10..2026-11-18]", "Lund")
    yield "people broken", swap(PEOPLE, "chen:", "chen")
    yield "people gone", put(PEOPLE)
    yield "company name", swap(RULES, "company: Harbor", "company: Haven")
    yield "language", swap(RULES, "timezone:", "language: de\ntimezone:")
    yield "timezone", swap(RULES, "Europe/Lisbon", "Pacific/Kiritimati")
    yield "pace", swap(RULES, "links:", "pace: {on_track: 2, at_risk: 5}\nlinks:")
    yield "grace", swap(RULES, "links:", "checkins: {grace_days: 0}\nlinks:")
    yield "fiscal year", swap(RULES, "links:", "fiscal_year_start: April\nlinks:")
    yield (
        "cycle dates",
        swap(
            RULES, "links:", "cycles: [{id: 2026-q4, start: 2026-10-05, end: 2026-12-20}]\nlinks:"
        ),
    )
    yield (
        "default visibility",
        swap(RULES, "default_visibility: internal", "default_visibility: public"),
    )
    yield (
        "audiences",
        swap(RULES, "[public, internal, leadership]", "[public, partners, internal, leadership]"),
    )
    yield "role", swap(RULES, "okr_lead: dana", "okr_lead: bo")
    yield "ignore", swap(RULES, "links:", "ignore: ['mole.png', '2026-11-16.yml']\nlinks:")
    yield "rules broken", swap(RULES, "default_visibility:", "default_visibility")
    yield "rules gone", put(RULES)
    yield "strange file", put(f"{SALES}/notes.txt", "buy milk\n")


def _around() -> Iterator[tuple[str, Change]]:
    yml = "mkdocs.yml"
    yield "site name", swap(yml, "Harbor OKRs", "Haven OKRs")
    yield "no site name", swap(yml, "site_name: Harbor OKRs", "site_name: ''")
    yield (
        "features",
        swap(yml, "navigation.indexes]", "navigation.indexes, navigation.path, navigation.prune]"),
    )
    yield "site address", swap(yml, "site_url: https://okrs.example.org/", "site_url: ''")
    yield "file addresses", swap(yml, "docs_dir:", "use_directory_urls: false\ndocs_dir:")
    yield "at", swap(yml, "source: content/okrs\n", "source: content/okrs\n      at: okrs\n")
    yield (
        "audience said",
        swap(yml, "source: content/okrs\n", "source: content/okrs\n      audience: public\n"),
    )
    yield (
        "day said",
        swap(yml, "source: content/okrs\n", "source: content/okrs\n      as_of: 2026-11-10\n"),
    )
    yield "no forge", swap(yml, "edit_uri:", "# edit_uri:")
    yield "theme language", swap(yml, "font: false", "font: false\n  language: de")
    yield "navigation", swap(yml, "plugins:", "nav: [index.md, {Guide: guide.md}]\nplugins:")
    yield "stylesheet said", swap(yml, "plugins:", "extra_css: [style.css]\nplugins:")
    yield "no search", swap(yml, "plugins:\n  - search\n", "plugins:\n")
    yield "offline", swap(yml, "  - search\n", "  - search\n  - offline\n")
    yield "tags", swap(yml, "  - search\n", "  - search\n  - tags\n")
    yield (
        "hooks",
        both(
            swap(yml, "plugins:", "hooks: [hook.py]\nplugins:"),
            put(
                "hook.py",
                "def on_page_markdown(markdown, **_):\n    return markdown + '\\nhooked\\n'\n",
            ),
        ),
    )
    yield (
        "inherited",
        both(
            swap(yml, "site_name", "INHERIT: base.yml\nsite_name"),
            put("base.yml", "copyright: Harbor Ltd\n"),
        ),
    )
    yield "inherited changed", swap("base.yml", "Harbor Ltd", "Haven Ltd")
    linked = "content/docs/linked"
    yield "docs linked", link("../shelf", linked, "../shelf/note.md")
    yield "linked docs changed", swap("content/shelf/note.md", "# Note", "# Notes")
    yield "strict mkdocs", swap(yml, "docs_dir:", "strict: true\ndocs_dir:")
    yield "bad option", swap(yml, "docs_dir:", "no_such_option: 1\ndocs_dir:")
    docs = "content/docs"
    yield "page changed", swap(f"{docs}/guide.md", "# Guide", "# The guide")
    yield (
        "page's link",
        swap(f"{docs}/guide.md", "okr:engineering/engine/lead", "okr:platform/trust/sev1"),
    )
    yield (
        "page's dead link",
        swap(f"{docs}/guide.md", "okr:engineering/engine/lead", "okr:nowhere/at/all"),
    )
    yield (
        "page's dead page",
        swap(f"{docs}/guide.md", "# Guide\n", "# Guide\n\n[nobody](nobody.md)\n"),
    )
    yield "page gone", put(f"{docs}/guide.md")
    yield (
        "page added",
        put(f"{docs}/more/about.md", "# About\n\n[Ana](okr:ana), [Data](okr:data@2026-q3/lake).\n"),
    )
    yield "page moved", move(f"{docs}/guide.md", f"{docs}/handbook.md")
    yield "page in our place", put(f"{docs}/teams/platform.md", "# Mine\n")
    yield "home changed", swap(f"{docs}/index.md", "Begin with", "Start with")
    yield "home's link", swap(f"{docs}/index.md", "okr:company/calm", "okr:data/pipeline/late")
    yield "home gone", put(f"{docs}/index.md")
    yield "file changed", swap(f"{docs}/style.css", "red", "blue")
    yield "docs gone", move(docs, "content/elsewhere")
    custom = swap(yml, "font: false", "font: false\n  custom_dir: overrides")
    main, how = "overrides/main.html", "overrides/okrsite/how-we-work.html"
    yield (
        "custom main",
        both(
            custom,
            put(main, '{% extends "base.html" %}\n{% block announce %}Hello{% endblock %}\n'),
        ),
    )
    yield "custom main changed", swap(main, "Hello", "Good day")
    yield "custom page", both(custom, put(how, _theme("how-we-work") + "<p>ours</p>\n"))
    yield "custom page changed", swap(how, "<p>ours</p>", "<p>our own</p>")
    yield (
        "custom parts",
        put(
            "overrides/okrsite/_parts.html", _theme("_parts").replace("class=", "data-x class=", 1)
        ),
    )
    yield "custom asset", put("overrides/assets/okrsite/okrsite.css", "/* ours */\n")
    yield "custom_dir", custom


def _theme(name: str) -> str:
    return (theme_dir() / "okrsite" / f"{name}.html").read_text(encoding="utf-8")


def _at(root: Path, folder: str) -> list[Path]:
    return sorted(path for path in (root / folder).rglob("*") if path.is_file())


def damage(pattern: str, harm: Callable[[bytes], bytes | None]) -> Change:
    """Harm all kept files of a kind."""

    def change(root: Path) -> None:
        for file in _at(root, ".okrsite-cache"):
            if file.match(pattern):
                data = harm(file.read_bytes())
                file.unlink()
                if data is not None:
                    file.write_bytes(data)

    return change


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _flipped(data: bytes) -> bytes:
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] if data else data


def _remove(folder: str) -> Change:
    return lambda root: shutil.rmtree(root / folder, ignore_errors=True)


def _tamper(change: Callable[[Path], None], pattern: str = "*.html") -> Change:
    def tamper(root: Path) -> None:
        for file in _at(root, "site"):
            if file.match(pattern):
                change(file)

    return tamper


def _append(file: Path) -> None:
    with file.open("ab") as out:
        out.write(b"<!-- tampered -->")


def _overwrite(file: Path) -> None:
    # The same size; the time of the last change tells.
    data = file.read_bytes()
    with file.open("r+b") as out:
        out.write(data.replace(b"Harbor", b"Barhor"))


def _damages() -> Iterator[tuple[str, Change]]:
    kinds = {
        "sites": "sites/*",
        "books": "books/*",
        "objects": "objects/*/*",
        "read": "read/*",
        "frames": "frames",
    }
    harms: dict[str, Callable[[bytes], bytes | None]] = {
        "half": _half,
        "flipped": _flipped,
        "gone": lambda _: None,
        "empty": lambda _: b"",
    }
    for kind, pattern in kinds.items():
        for harm, do in harms.items():
            yield f"kept {kind} {harm}", damage(pattern, do)
    yield "cache gone", _remove(".okrsite-cache")
    yield "site gone", _remove("site")
    yield "site appended to", _tamper(_append)
    yield "site overwritten", _tamper(_overwrite)
    yield "site's files gone", _tamper(Path.unlink, "*.json")
    yield "site's files closed", _tamper(lambda file: file.chmod(0o600))


CHANGES: dict[str, Change] = {
    name: change
    for changes in (_plans, _evidence, _organisation, _around, _damages)
    for name, change in changes()
}
