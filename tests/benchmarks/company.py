"""A number of objectives → a company of that size, as a folder of OKR files with its mkdocs.yml.

``python -m tests.benchmarks.company --objectives 1000 DIR`` writes one. The same number and seed
give the same bytes. Teams have three objectives with four key results each and check in every
Monday; about thirteen make a department, eight departments a division, and so on up to the company.
"""

from __future__ import annotations

import argparse
import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .plans import Team, Written, languages, write_words
from .words import AREAS, CRAFTS, DIVISIONS, ENGLISH, FIRST_NAMES, LAST_NAMES, REGIONS, TITLES
from .yaml_text import yaml_text

SEED = 2026
AS_OF = "2026-12-29"
"""A day late in the cycle, after its thirteenth check-in."""

CYCLE = "2026-q4"
PER_TEAM = 3
TEAMS_A_DEPARTMENT = 13
BELOW_A_DIVISION = 8

_RULES: dict[str, Any] = {
    "company": "Meridian",
    "language": "en",
    "timezone": "Europe/Lisbon",
    "checkins": {"every": "week", "day": "monday", "sharing": "friday", "grace_days": "3"},
    "limits": {"objectives": "5", "key_results": "4"},
    "planning_days": "14",
    "audiences": ["public", "internal", "leadership"],
    "default_visibility": "internal",
}

_MKDOCS = """\
site_name: Meridian OKRs
site_url: https://okrs.meridian.example/
docs_dir: content/docs

theme:
  name: material
  font: false # no request to another host
  features:
    - navigation.tabs
    - navigation.indexes
    - navigation.prune

plugins:
  - search
  - okrsite:
      source: content/okrs
      as_of: {as_of}

nav:
  - Home: index.md
"""

_WELCOME = """\
# Meridian

What we want to achieve this quarter, and how far we are.
Anybody may read anybody's objectives, ask about them and suggest better ones.
"""


@dataclass(frozen=True)
class Company:
    """A made-up company: who is in it, and on demand what they wrote."""

    teams: tuple[Team, ...]
    """The company itself first, then from the top of the tree to its leaves."""
    people: dict[str, dict[str, str]]
    """By handle."""
    seed: int

    def written(self) -> Iterator[Written]:
        """Yield what each team wrote."""
        for place in range(len(self.teams)):
            yield self.write(place)

    def write(self, place: int) -> Written:
        """Return what one team wrote."""
        return write_words(self.teams[place], self._beside(place))

    def _beside(self, place: int) -> Team | None:
        """Return an earlier team of the same level that this one depends on, if any."""
        rng = random.Random(f"{self.seed}/beside/{place}")  # noqa: S311
        if self.teams[place].level != "team" or rng.random() > 0.4:
            return None
        other = self.teams[max(place - rng.randrange(1, 40), 0)]
        return other if other.level == "team" else None


def make_company(objectives: int = 1000, seed: int = SEED) -> Company:
    """Return a company that has just so many objectives."""
    plans = -(-objectives // PER_TEAM)
    people: dict[str, dict[str, str]] = {}
    teams: list[Team] = []
    above: list[Team] = []
    for level, count in enumerate(_levels(plans)):
        row: list[Team] = []
        for place in range(count):
            parent = above[place * len(above) // count] if above else None
            siblings = sum(each.parent is parent for each in row[-2 * TEAMS_A_DEPARTMENT :])
            size = objectives - PER_TEAM * (plans - 1) if len(teams) == plans - 1 else PER_TEAM
            kind = _kind(level, len(_levels(plans)))
            title = _title(kind, place, parent, siblings)
            row.append(_team(kind, title, parent, size, seed, people))
            teams.append(row[-1])
        above = row
    return Company(tuple(teams), people, seed)


def write_company(folder: Path, objectives: int = 1000, seed: int = SEED) -> Company:
    """Write a company's mkdocs.yml, welcome page and OKR files into a folder; return it."""
    company = make_company(objectives, seed)
    source = folder / "content" / "okrs"
    _write(folder / "mkdocs.yml", _MKDOCS.format(as_of=AS_OF))
    _write(folder / "content" / "docs" / "index.md", _WELCOME)
    _write(source / "okrs.yml", yaml_text(_RULES))
    _write(source / "people.yml", yaml_text(company.people))
    for written in company.written():
        place = source / written.team.path
        _write(place / "team.md", _team_page(written.team))
        _write(place / f"{CYCLE}.yml", yaml_text(written.plan))
        for day, check_in in written.check_ins.items():
            _write(place / "checkins" / f"{day}.yml", yaml_text(check_in))
    return company


def _levels(plans: int) -> list[int]:
    """Return how many there are on each level, from the one company down to the teams."""
    if plans < 3:
        return [1] * plans
    departments = max(round((plans - 1) / (TEAMS_A_DEPARTMENT + 1 + 1 / BELOW_A_DIVISION)), 1)
    rows = [departments]
    while rows[0] > 12:
        rows.insert(0, -(-rows[0] // BELOW_A_DIVISION))
    return [1, *rows, plans - 1 - sum(rows)]


def _kind(level: int, levels: int) -> str:
    if level == 0:
        return "company"
    return {levels - 1: "team", levels - 2: "department"}.get(level, "division")


def _title(kind: str, place: int, parent: Team | None, siblings: int) -> str:
    if kind == "company":
        return "Meridian"
    if kind == "team" and parent:
        craft = CRAFTS[siblings % len(CRAFTS)]
        again = siblings // len(CRAFTS)
        return f"{parent.title} {craft}" + (f" {again + 1}" if again else "")
    names = AREAS if kind == "department" else DIVISIONS
    region, again = REGIONS[place // len(names) % len(REGIONS)], place // len(names) // len(REGIONS)
    above = "Group" if kind == "division" and parent and parent.level == "company" else ""
    words = (names[place % len(names)], region, above, str(again + 1) if again else "")
    return " ".join(word for word in words if word)


def _team(
    kind: str,
    title: str,
    parent: Team | None,
    objectives: int,
    seed: int,
    people: dict[str, dict[str, str]],
) -> Team:
    id = "company" if parent is None else _slug(title)
    own = f"{seed}/{id}"
    language = languages(own) if kind == "team" else ENGLISH
    rng = random.Random(f"{own}/themes")  # noqa: S311
    return Team(
        id=id,
        title=title,
        level="department" if kind == "division" else kind,
        path="" if parent is None else f"{parent.path}/{id}".lstrip("/"),
        parent=parent,
        language=language,
        lead=_person(people),
        member=_person(people),
        themes=tuple(rng.sample(range(len(language.themes)), k=objectives)),
        seed=own,
    )


def _person(people: dict[str, dict[str, str]]) -> str:
    """Add the next person to the directory and return their handle."""
    place = len(people)
    first = FIRST_NAMES[place % len(FIRST_NAMES)]
    last = LAST_NAMES[(place * 7 + place // len(FIRST_NAMES)) % len(LAST_NAMES)]
    handle = f"{first}-{last}".lower()
    again = 2
    while handle in people:
        handle = f"{first}-{last}-{again}".lower()
        again += 1
    name = f"{first} {last}" + (f" {again - 1}" if again > 2 else "")
    people[handle] = {"name": name, "title": TITLES[place % len(TITLES)]}
    return handle


def _team_page(team: Team) -> str:
    head: dict[str, Any] = {"title": team.title, "id": team.id, "level": team.level}
    head |= {"lead": team.lead, "members": [team.lead, team.member]}
    if team.language is not ENGLISH:
        head["language"] = team.language.code
    head["mission"] = f"Nobody has to think about {team.title}."
    prose = (
        f"We are {team.title}.\n"
        "We plan in quarters, check in on Mondays and share on Fridays.\n\n"
        "Ask us anything on our board; who is on duty answers within the day.\n"
    )
    return f"---\n{yaml_text(head)}---\n{prose}"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    """Write a company as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--objectives", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=SEED)
    words = parser.parse_args()
    company = write_company(words.folder, words.objectives, words.seed)
    print(f"{words.folder}: {len(company.teams)} teams, {len(company.people)} people")


if __name__ == "__main__":
    main()
