"""A company made up from a seed: five closed quarters with grades, and one that runs."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

QUARTERS = (
    ("2025-q3", date(2025, 7, 1)),
    ("2025-q4", date(2025, 10, 1)),
    ("2026-q1", date(2026, 1, 1)),
    ("2026-q2", date(2026, 4, 1)),
    ("2026-q3", date(2026, 7, 1)),
    ("2026-q4", date(2026, 10, 1)),
)
AS_OF = date(2026, 11, 20)
TYPES = ("committed", "aspirational", "learning")
WORDS = "restore import answer train deliver review count measure rehearse invite publish repair"
THINGS = "backups invoices tickets nurses parcels vendors incidents queries mornings guests pages"


def make_quarters(seed: int) -> dict[str, str]:
    """Return the tree of a company as files by path."""
    random = Random(seed)  # noqa: S311 - made-up figures
    files = {
        "okrs.yml": "company: Made\ntimezone: UTC\n",
        "team.md": "---\ntitle: Made\nlead: ada\n---\n",
        "people.yml": "ada: {name: Ada}\nbob: {name: Bob, away: [2026-08-01..2026-08-25]}\n",
    }
    owners = ["", "north/", "north/sales/", "north/care/", "south/", "south/labs/"]
    for place, folder in enumerate(owners):
        if folder:
            files[f"{folder}team.md"] = f"---\ntitle: Team {place}\nlead: bob\n---\n"
        for quarter, start in QUARTERS:
            if random.random() < 0.85:
                files[f"{folder}{quarter}.yml"] = _plan(random, quarter, start)
    files["north/sales/2026-q4.ada.yml"] = _plan(random, *QUARTERS[-1])
    files["north/sales/2026-q3.ada.yml"] = _plan(random, *QUARTERS[-2])
    return files


def _plan(random: Random, quarter: str, start: date) -> str:
    closed = quarter != QUARTERS[-1][0]
    text = random.choice(("", "checkin_every: fortnight\n")) + "objectives:\n"
    for place in range(random.randint(1, 3)):
        text += _objective(random, place, start, closed=closed)
    if closed and random.random() < 0.8:
        lessons = "".join(f"    - {_sentence(random)}\n" for _ in range(random.randint(1, 3)))
        text += f"retrospective:\n  went_well: [It went]\n  next:\n{lessons}"
    return text


def _sentence(random: Random) -> str:
    first, second = random.sample(THINGS.split(), 2)
    return f"{random.choice(WORDS.split()).capitalize()} {first} with {second}"


def _objective(random: Random, place: int, start: date, *, closed: bool) -> str:
    text = f"  - id: o{place}\n    title: {_sentence(random)}\n    owner: {random.choice('ab')}"
    text = text.replace("owner: a", "owner: ada").replace("owner: b", "owner: bob")
    text += f"\n    type: {random.choice(TYPES)}\n"
    if closed and random.random() < 0.2:
        text += f"    grade: {random.randint(0, 20) / 20}\n"
    if random.random() < 0.1:
        text += "    state: cancelled\n    cancelled_because: no money\n"
    text += "    key_results:\n"
    for number in range(random.randint(1, 3)):
        text += f"      - id: k{number}\n        title: {_sentence(random)}\n"
        text += "        baseline: 0\n        target: 100\n"
        if closed and random.random() < 0.93:
            text += f"        grade: {random.randint(0, 20) / 20}\n"
        text += _check_ins(random, start)
    return text


def _check_ins(random: Random, start: date) -> str:
    lines = []
    for week in range(13):
        day = start + timedelta(days=7 * week + random.randint(0, 3))
        if day <= AS_OF and random.random() < 0.7:
            confidence = f", confidence: {random.randint(2, 19) / 2}"
            said = confidence if random.random() < 0.8 else ""
            lines.append(f"          {day}: {{value: {random.randint(0, 110)}{said}}}\n")
    return "        checkins:\n" + "".join(lines) if lines else ""
