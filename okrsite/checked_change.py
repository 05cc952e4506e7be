"""A folder and a commit → what is wrong in the folder because of what was changed since.

A mistake that was there before, on a line that is still the same, is nobody's who changed
something else: it is counted, and not told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from okrsite.changes import ask_for_accounts
from okrsite.checked import Checked
from okrsite.history import first_days
from okrsite.keep import Keep
from okrsite.model import Plan
from okrsite.model.quick import quick_dataclass
from okrsite.opened import Opened, open_folder, open_fork
from okrsite.problems import Problem, Severity, by_place
from okrsite.read import Memory, Reading, read_company
from okrsite.resolve import Resolution, resolve_company
from okrsite.snapshot import today_in


@quick_dataclass(frozen=True, slots=True)
class CheckedChange:
    """What a change is answerable for."""

    checked: Checked
    """Of its problems only those that count."""
    elsewhere: int
    """How many there are that the change has nothing to do with."""


@dataclass(frozen=True)
class _State:
    """A folder, read and looked up."""

    reading: Reading
    whole: Resolution

    @cached_property
    def told(self) -> list[_Told]:
        """Return what makes each problem the same although lines around it moved."""
        lines: dict[str, list[str]] = {}
        found: list[_Told] = []
        for problem in self.whole.problems:
            path, line = problem.place.path, problem.place.line
            if path not in lines:
                lines[path] = self.reading.texts.get(path, "").splitlines()
            text = lines[path][line - 1] if 0 < line <= len(lines[path]) else ""
            found.append(_Told(path, problem.code, problem.message, text))
        return found


class _Told(NamedTuple):
    path: str
    code: str
    message: str
    line: str
    """The text of its first line."""


def check_change(
    source: Path,
    base: str,
    as_of: date | None,
    *,
    now: datetime,
    exclude: Iterable[Path] = (),
    keep: Keep | None = None,
    jobs: int = 1,
    at: str = "",
) -> tuple[CheckedChange, Mapping[str, str]]:
    """Return what is wrong in a folder because of what changed since its line left `base`.

    Both states speak of one day, so that only the files differ; with `at` the later one is read
    as git had it, too.

    NoPastError where git cannot tell.
    """
    exclude = tuple(exclude)
    opened = open_folder(source, as_of, at=at, exclude=exclude, keep=keep)
    # What is the same in both is read once; what is kept is what is there now.
    memory = Memory(keep, jobs)
    was = read_company(source, memory=memory, listing=open_fork(opened, base, exclude))
    reading = read_company(source, memory=memory, listing=opened.listing)
    today = today_in(reading.records.rules.rules, now)
    day, past = opened.as_of or today, opened.remembered
    former = Memory(keep, jobs, "versions")
    before, after = (
        _State(each, resolve_company(each, day, today, "", past.former_plans(each, former)))
        for each in (was, reading)
    )
    found, elsewhere = _touched(before, after)
    unreadable = {p.place.path for p in found if p.severity is Severity.ERROR}
    asked = ask_for_accounts(
        before.whole.company, after.whole.company, _first_day(opened, after), unreadable
    )
    audiences = {**{p: after.whole.audiences[p] for p in found}, **dict(asked)}
    problems = tuple(by_place(audiences))
    checked = Checked(
        after.whole.company.rules,
        problems,
        tuple(audiences[problem] for problem in problems),
        len(reading.records.plans),
        len(reading.records.check_ins),
    )
    return CheckedChange(checked, elsewhere), reading.texts


def _first_day(opened: Opened, after: _State) -> Callable[[Plan], date | None]:
    log = opened.remembered.log
    if log is None:
        return lambda _plan: None
    first_day = first_days(log, after.whole.company.rules.timezone)
    return lambda plan: first_day(plan.place.path)


def _touched(before: _State, after: _State) -> tuple[list[Problem], int]:
    """Return the problems that a change brought or touched, and how many it did not."""
    left = Counter(before.told)
    # What came from elsewhere is looked for among what is gone.
    gone = Counter(told[1:] for told in before.told if told.path not in after.reading.texts)
    found: list[Problem] = []
    for problem, told in zip(after.whole.problems, after.told, strict=True):
        if left[told]:
            left[told] -= 1
        elif told.path not in before.reading.texts and gone[told[1:]]:
            gone[told[1:]] -= 1
        else:
            found.append(problem)
    return found, len(after.whole.problems) - len(found)
