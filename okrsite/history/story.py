"""A company as its files have it, and its repository → the same company with its plans' past."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from okrsite.history.amend import Amended, Version, amend_plan, settled
from okrsite.history.git import Repository
from okrsite.history.log import Commit, Log, Touch
from okrsite.history.sign import Names, Signer, first_authors, name_in
from okrsite.keep import Keep, Ledger, decode, digest, encode, fingerprint
from okrsite.model import Amendment, Company, Cycle, Objective, Plan
from okrsite.model.quick import quick_dataclass
from okrsite.problems import Severity
from okrsite.read import Memory, Reading, read_versions
from okrsite.read.records import PlanRecord
from okrsite.resolve import Ground, resolve_versions
from okrsite.tree import FileKind, SourceFile

_SHELVES = 32


def tell_history(
    company: Company,
    reading: Reading,
    ground: Ground,
    repository: Repository,
    log: Log,
    keep: Keep | None = None,
    jobs: int = 1,
) -> Company:
    """Return a company whose plans tell what they were at first and how they changed.

    Check-ins in which nobody is named are their first commit's author's.

    NoHistoryError where git cannot tell.
    """
    teller = _Teller(company, reading, ground, repository, keep, jobs)
    signer = Signer.of(company.people, first_authors(log))
    return replace(
        company,
        plans=tuple(signer.plans(teller.tell(log))),
        weeklies=tuple(signer.weeklies(company.weeklies)),
    )


@quick_dataclass(frozen=True, slots=True)
class _Past:
    """The commits that matter to one plan."""

    plan: Plan
    file: SourceFile
    touches: tuple[Touch, ...]
    """Oldest first; the first one is what was in force when the plan was settled."""
    days: tuple[date, ...]
    now: date | None
    """Today, where the file is not as the last commit left it."""
    is_broken: bool
    """Whether the file has an error, so that something may be missing in it."""

    @property
    def former(self) -> tuple[Touch, ...]:
        """Return the touches after which the file was not what it is now."""
        return self.touches if self.now else self.touches[:-1]


@dataclass
class _Teller:
    company: Company
    reading: Reading
    ground: Ground
    repository: Repository
    keep: Keep | None
    jobs: int

    def tell(self, log: Log) -> Iterator[Plan]:
        ledger = Ledger(self.keep, "history", _SHELVES)
        pasts = {past.plan.place.path: past for past in self._pasts(log)}
        keys = {path: self._made_from(past) for path, past in pasts.items()}
        known: dict[str, Amended] = {}
        for path, key in keys.items():
            data = ledger.get(path, key, path)
            amended = None if data is None else decode(data, Amended)
            if amended is not None:
                known[path] = amended
        new = [past for path, past in pasts.items() if path not in known]
        for past, amended in zip(new, self._amended(new), strict=True):
            path = past.plan.place.path
            known[path] = amended
            ledger.put(path, keys[path], encode(amended), path)
        ledger.save()
        names = Names(self.company.people)
        for plan in self.company.plans:
            amended = known.get(plan.place.path)
            yield _with_past(plan, amended, names, self.company.as_of) if amended else plan

    def _pasts(self, log: Log) -> Iterator[_Past]:
        """Yield the past of each plan that was committed more than once since it was settled."""
        files = {file.path: file for file in self.reading.tree.of_kind(FileKind.PLAN)}
        by_path = _by_path(log)
        for plan in self.company.plans:
            file, cycle = files.get(plan.place.path), self.company.cycle(plan.cycle)
            touches = _chain(plan.place.path, by_path)
            if file is None or not touches:
                continue
            days = self._days(touches)
            if days[0] > cycle.end:
                # A closed cycle that was imported whole.
                continue
            start = _settled_at(days, cycle)
            last = touches[-1].after
            is_committed = last == blob_id(file.data, last)
            if start < len(touches) - 1 or not is_committed:
                now = None if is_committed else self.company.as_of
                rest = tuple(touches[start:]), tuple(days[start:])
                yield _Past(plan, file, *rest, now, file.path in self._broken)

    def _days(self, touches: Sequence[Touch]) -> list[date]:
        zone = self.company.rules.timezone
        days: list[date] = []
        for touch in touches:
            day = _day(touch.commit, zone)
            # Clocks go wrong; the order of the main line does not.
            days.append(max(day, days[-1]) if days else day)
        return days

    def _made_from(self, past: _Past) -> str:
        """Return the digest of all that a plan's past follows from."""
        plan = replace(past.plan, objectives=tuple(map(_without_evidence, past.plan.objectives)))
        commits = (word for t in past.touches for word in (t.commit.id, t.after, t.commit.author))
        state = f"{past.now} {past.is_broken}"
        return digest(self._around, fingerprint(plan), state, *commits)

    @cached_property
    def _broken(self) -> frozenset[str]:
        errors = (p for p in self.reading.problems if p.severity is Severity.ERROR)
        return frozenset(problem.place.path for problem in errors)

    @cached_property
    def _around(self) -> str:
        company = self.company
        return fingerprint((company.rules, company.teams, company.people, company.cycles))

    def _amended(self, pasts: Sequence[_Past]) -> Iterator[Amended]:
        """Yield what each past tells."""
        wanted = {
            (past.file.path, touch.after): past.file
            for past in pasts
            for touch in past.former
            if touch.after
        }
        data = dict(self.repository.blobs(blob for _, blob in wanted))
        files = [
            (f"{path}@{blob}", SourceFile(path, file.naming, data[blob]))
            for (path, blob), file in wanted.items()
        ]
        memory = Memory(self.keep, self.jobs, "versions")
        records = read_versions(files, self.reading.records, memory)
        plans = dict(zip(wanted, self._resolved(records), strict=True))
        rank = self.company.rules.audiences.index
        for past in pasts:
            yield amend_plan(past.plan, list(_versions(past, plans)), rank)

    def _resolved(self, records: Iterable[PlanRecord | None]) -> Iterator[Plan | None]:
        records = list(records)
        plans = resolve_versions(self.ground, [record for record in records if record])
        for record in records:
            yield next(plans) if record else None


def _versions(past: _Past, plans: dict[tuple[str, str], Plan | None]) -> Iterator[Version]:
    """Yield a plan's versions, without those that could not be read then, and as it is now."""
    for touch, day in zip(past.former, past.days, strict=False):
        plan = plans.get((past.file.path, touch.after))
        if plan is not None:
            yield Version(touch.commit, day, plan)
    if past.is_broken:
        return
    commit = None if past.now else past.touches[-1].commit
    yield Version(commit, past.now or past.days[-1], past.plan)


def first_days(log: Log, zone: str) -> Callable[[str], date | None]:
    """Return what tells on which day a file was committed first, also under its former paths.

    It tells None of what never was.
    """
    by_path = _by_path(log)

    def first_day(path: str) -> date | None:
        touches = _chain(path, by_path)
        return _day(touches[0].commit, zone) if touches else None

    return first_day


def _day(commit: Commit, zone: str) -> date:
    return datetime.fromtimestamp(commit.time, ZoneInfo(zone)).date()


def _by_path(log: Log) -> dict[str, list[tuple[int, Touch]]]:
    found: dict[str, list[tuple[int, Touch]]] = defaultdict(list)
    for index, touch in enumerate(log.touches):
        found[touch.path].append((index, touch))
    return found


def _chain(path: str, by_path: dict[str, list[tuple[int, Touch]]]) -> list[Touch]:
    """Return what was done to a file, oldest first, also under its former paths."""
    found: list[Touch] = []
    before = None
    while path:
        old_path = ""
        for index, touch in reversed(by_path.get(path, ())):
            if before is not None and index >= before:
                continue
            found.append(touch)
            if touch.old_path:
                before, old_path = index, touch.old_path
                break
        path = old_path
    return found[::-1]


def _settled_at(days: Sequence[date], cycle: Cycle) -> int:
    """Return which commit was in force when a plan was settled: the last one before that day."""
    ends = settled(cycle, days[0])
    return max(index for index, day in enumerate(days) if index == 0 or day < ends)


def _without_evidence(objective: Objective) -> Objective:
    """Return what an objective promises, without what was said about it."""
    results = tuple(replace(kr, check_ins=()) for kr in objective.key_results)
    return replace(objective, key_results=results, check_ins=())


def blob_id(data: bytes, like: str) -> str:
    """Return the id that git gives a file's bytes, in the form of another id."""
    sha = hashlib.sha1 if len(like) == 40 else hashlib.sha256
    return sha(b"blob %d\0" % len(data) + data).hexdigest()


def _with_past(plan: Plan, amended: Amended, names: Names, as_of: date) -> Plan:
    """Return a plan with what was known of its past on a day."""
    amendments = tuple(
        _signed(each, names) if each.author else each
        for each in amended.amendments
        if each.date <= as_of
    )
    return replace(plan, original=amended.original, amendments=amendments)


def _signed(amendment: Amendment, names: Names) -> Amendment:
    by = names.find(amendment.author)
    return replace(amendment, by=by, author="" if by else name_in(amendment.author))
