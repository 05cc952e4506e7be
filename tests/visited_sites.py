"""Companies that show what the demo does not: one with very little, and one with very much."""

from __future__ import annotations

from datetime import date, timedelta

LITTLE = {
    "2026-q4.yml": """\
- id: same-day
  title: Answer every question the same day
  key_results:
    - id: first
      title: Reduce the time to a first answer from 12 hours to 4 hours
      owner: ana
    - At most 3 escalations
    - Write the handbook
""",
    "checkins/2026-11-16.yml": "key_results:\n  first: {value: 6 hours, confidence: 7, note: Ok.}\n",
}
LITTLE_KINDS = {
    "home": "",
    "teams": "teams/",
    "team": "teams/company/",
    "team's cycle": "teams/company/2026-q4/",
    "objective": "teams/company/2026-q4/same-day/",
    "person": "people/ana/",
    "people": "people/",
    "alignment": "alignment/",
    "cycles": "cycles/",
    "cycle": "cycles/2026-q4/",
    "how we work": "how-we-work/",
    "data": "data/",
}

MUCH_KINDS = {
    "all OKRs by department": "okrs/2026-q4/",
    "OKRs of a department": "okrs/2026-q4/north/",
    "people by department": "people/",
    "people of a department": "people/south/",
    "all check-ins": "teams/north-1/2026-q4/goal-0/check-ins/k0/",
    "all feedback": "teams/north-1/feedback/",
    "all that hangs together": "teams/company/ties/",
    "a long plan": "teams/north-2/2026-q4/-2/",
}
"""Pages that only a company with much to show has."""


def much() -> dict[str, str]:
    """Return two departments with more people, OKRs and words than one page of each holds."""
    people = "".join(f"p{place}: Person {place}\n" for place in range(220))
    own = "- id: best\n  title: Be the best\n  key_results: [Stars from 3 to 5]\n"
    files = {"people.yml": people, "2026-q4.yml": own}
    for place, department in enumerate(("north", "south")):
        files[f"{department}/team.md"] = "---\nlead: p1\n---\n"
        for number in range(1, 5):
            folder = f"{department}/{department}-{number}"
            first = 110 * place + 27 * (number - 1)
            members = ", ".join(f"p{each}" for each in range(first, first + 27))
            files[f"{folder}/team.md"] = f"---\nlead: p{first}\nmembers: [{members}]\n---\n"
            files[f"{folder}/2026-q4.yml"] = "".join(map(much_wanted, range(6)))
    files["north/north-1/feedback/2026-11-02.p3.yml"] = "- {kind: praise, text: Thanks}\n" * 60
    return files


def much_wanted(number: int) -> str:
    results = "".join(
        f"    - id: k{place}\n      title: Calls of kind {place} from 9 to 1\n{much_said(place)}"
        for place in range(6)
    )
    supports = f"  supports: company/best\n  key_results:\n{results}"
    return f"- id: goal-{number}\n  title: Answer call {number} sooner\n{supports}"


def much_said(place: int) -> str:
    days = (date(2026, 10, 1) + timedelta(days=day) for day in range(50 if place < 2 else 0))
    words = "It went as it went, and a long sentence says so. " * 6
    said = "".join(f"        {day}: {{value: 5, confidence: 6, note: '{words}'}}\n" for day in days)
    return f"      checkins:\n{said}" if said else ""
