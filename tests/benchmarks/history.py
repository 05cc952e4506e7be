"""A number of plans → a repository with their year: who changed what, and 52 check-ins of each.

``python -m tests.benchmarks.history --plans 300`` makes one and prints what its history costs, cold
and warm. Every check-in and every version of a plan is a commit of its own, as people make them.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from .company import AS_OF, PER_TEAM, make_company, write_company
from .measure import ROOT
from .plans import Written
from .yaml_text import yaml_text

WEEKS = 52
FIRST_MONDAY = date(2026, 1, 5)
PLANNED = date(2025, 12, 20)
CHANGED = (date(2026, 2, 10), date(2026, 5, 12), date(2026, 8, 18))
"""When each plan was amended."""
CYCLE = "2026"
SOURCE = "content/okrs"

File = tuple[date, str, str]
"""The day of a commit, the path of its one file, and what that holds then."""


def write_repository(folder: Path, plans: int, weeks: int = WEEKS) -> None:
    """Write a company into a folder, and its year into a repository there."""
    company = make_company(plans * PER_TEAM)
    write_company(folder, plans * PER_TEAM)
    shutil.rmtree(folder / SOURCE)
    written = list(company.written())
    first = [
        (PLANNED, f"{SOURCE}/people.yml", yaml_text(company.people)),
        (PLANNED, f"{SOURCE}/okrs.yml", "company: Meridian\ntimezone: Europe/Lisbon\n"),
    ]
    files = sorted(file for each in written for file in _files(each, weeks))
    subprocess.run(["git", "init", "--quiet", "-b", "main", str(folder)], check=True)
    stream = b"".join(_commits([*first, *files]))
    words = ("fast-import", "--quiet")
    subprocess.run(["git", "-C", str(folder), *words], input=stream, check=True)
    subprocess.run(["git", "-C", str(folder), "reset", "--quiet", "--hard", "main"], check=True)


def _files(written: Written, weeks: int) -> Iterator[File]:
    """Yield what a team committed in its year."""
    place = f"{SOURCE}/{written.team.path}".rstrip("/")
    team = {"title": written.team.title, "id": written.team.id}
    yield PLANNED, f"{place}/team.md", f"---\n{yaml_text(team)}---\n"
    for number, day in enumerate((PLANNED, *CHANGED), 1):
        yield day, f"{place}/{CYCLE}.yml", yaml_text(_version(written.plan, number))
    said = list(islice(cycle(written.check_ins.values()), weeks))
    for week, check_in in enumerate(said):
        day = FIRST_MONDAY + timedelta(weeks=week)
        yield day, f"{place}/checkins/{day}.yml", yaml_text(check_in)


def _version(plan: dict[str, Any], number: int) -> dict[str, Any]:
    """Return a plan of which a weight is another in each version."""
    plan = deepcopy(plan)
    plan["objectives"][0]["key_results"][0]["weight"] = str(number)
    return plan


def _commits(files: list[File]) -> Iterator[bytes]:
    """Yield a commit for each file, as `git fast-import` reads them."""
    for number, (day, path, text) in enumerate(files):
        noon = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())
        who = f"Person {number % 40} <p{number % 40}@meridian.example> {noon} +0000"
        subject, data = f"Change {number}".encode(), text.encode()
        yield f"commit refs/heads/main\ncommitter {who}\ndata {len(subject)}\n".encode()
        yield subject + f"\nM 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"


_MEASURE = """
import json, sys, time
from datetime import date
from pathlib import Path
from okrsite.keep import Keep
from okrsite.read import Memory, read_company
from okrsite.remembered import remember
from okrsite.resolve import resolve_company

source, keep = Path(sys.argv[1]), Keep(Path(sys.argv[2]), "1")
reading, day = read_company(source, memory=Memory(keep, 2)), date.fromisoformat(sys.argv[3])
whole = resolve_company(reading, day, day)
began = time.perf_counter()
told = remember(source, keep).tell(whole, reading, keep, 2)
took = time.perf_counter() - began
print(json.dumps([took, sum(len(plan.amendments) for plan in told.company.plans)]))
"""


def measure_history(folder: Path, keep: Path) -> tuple[float, int]:
    """Return how long the history of a folder takes, and how many amendments it tells."""
    words = [sys.executable, "-c", _MEASURE, str(folder / SOURCE), str(keep), AS_OF]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    took, amendments = json.loads(done.stdout)
    return took, amendments


def main() -> None:
    """Measure as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--plans", type=int, default=300)
    parser.add_argument("--weeks", type=int, default=WEEKS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="where the repository goes, to look at it")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="okrsite-history-") as temporary:
        folder, cache = words.keep or Path(temporary) / "company", Path(temporary) / "cache"
        write_repository(folder, words.plans, words.weeks)
        cold, warm = [], []
        for _ in range(words.rounds):
            shutil.rmtree(cache, ignore_errors=True)
            cold.append(measure_history(folder, cache))
            warm.append(measure_history(folder, cache))
        for name, found in (("cold", cold), ("warm", warm)):
            took = statistics.median(seconds for seconds, _ in found)
            print(f"history {name}: {took:.2f} s, {found[0][1]} amendments")


if __name__ == "__main__":
    main()
