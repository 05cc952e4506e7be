"""Check-in files, feeds and feedback → the evidence on every item, and the weekly parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeVar

from okrsite.model import (
    Cycle,
    Feedback,
    HealthMetric,
    KeyResult,
    Objective,
    Place,
    Quantity,
    Reference,
    Status,
    Weekly,
)
from okrsite.model.quick import quick_dataclass
from okrsite.quantities import Unread, read_quantity, read_value
from okrsite.read.records import CheckInRecord, FeedbackRecord, ItemRecord, Text, WorkRecord
from okrsite.read.scalars import STATUS_WORDS
from okrsite.resolve.cycles import Calendar
from okrsite.resolve.desk import Desk, listed
from okrsite.resolve.directory import Directory
from okrsite.resolve.evidence import OTHERS, OWNERS, TEAMS, Entry, Evidence, Unknown
from okrsite.resolve.matching import (
    Candidate,
    Matcher,
    Wanted,
    Where,
    nearest_reference,
    short_reference,
)
from okrsite.resolve.plans import Draft
from okrsite.resolve.values import resolve_check_in

_T = TypeVar("_T")
_AHEAD = timedelta(days=14)


@quick_dataclass(frozen=True, slots=True)
class _File:
    """One check-in file while it is read."""

    record: CheckInRecord
    team: str
    person: str
    by: str
    where: Where
    language: str


@dataclass
class Reader:
    """Reads check-in files into `Evidence`."""

    desk: Desk
    directory: Directory
    calendar: Calendar
    matcher: Matcher
    languages: dict[str, str]
    evidence: Evidence = field(default_factory=Evidence)
    knew: Callable[[Unknown], bool | None] = lambda _unknown: None
    """Tells whether there was something of a name once; None where nobody knows."""

    def read_files(self, records: Iterable[CheckInRecord], folders: dict[str, str]) -> None:
        """Read check-in files, oldest first; those of later days are left alone."""
        for record in sorted(records, key=lambda r: (r.date, r.path)):
            self._check_day(record.date, record.place, "rename the file to its day")
            if record.date <= self.desk.as_of:
                self._read(self._open(record, folders[record.folder]))
        self._report_unknown()

    def read_plans(self, drafts: Iterable[Draft]) -> None:
        """Read the check-ins that plans keep themselves."""
        for draft in drafts:
            for objective, record in draft.items():
                self._dated(objective, record.check_ins, draft)
                for kr, kr_record in zip(objective.key_results, record.key_results, strict=True):
                    self._dated(kr, kr_record.check_ins, draft)

    def read_feedback(
        self, records: Iterable[FeedbackRecord], folders: dict[str, str]
    ) -> list[Feedback]:
        """Return feedback with what it is about looked up."""
        found = (self._feedback(record, folders[record.folder]) for record in records)
        return [entry for entry in found if entry]

    def _dated(
        self, item: KeyResult | Objective, records: tuple[ItemRecord, ...], draft: Draft
    ) -> None:
        for record in records:
            day = record.date or date.min
            self._check_day(day, record.name.place, "write the day that is meant")
            if day > self.desk.as_of or record.is_broken:
                continue
            check_in = resolve_check_in(record, item, day, "", draft.language, self.desk)
            self.evidence.entries[item.ref].append(Entry(check_in, TEAMS))

    def _check_day(self, day: date, place: Place, mend: str) -> None:
        if day > self.desk.today + _AHEAD:
            days = (day - self.desk.today).days
            self.desk.report(
                "OKR-C010",
                place,
                f"this is dated {day}, {days} days ahead",
                f"{mend}; most likely the year is wrong",
            )

    def _open(self, record: CheckInRecord, team: str) -> _File:
        person = self._person(record.person, record.path)
        by = self.directory.find_person(record.by) if record.by else person
        cycle = self.calendar.find(record.cycle) if record.cycle else None
        # Without the cycle that it names, a file speaks of none.
        is_lost = record.cycle is not None and cycle is None
        where = Where(()) if is_lost else self.matcher.where(person, team, record.date, cycle)
        if not where.running and not where.ended and not is_lost:
            self._complain_outside(record, team, cycle)
        return _File(record, team, person, by, where, self.languages[team])

    def _person(self, name: str, path: str) -> str:
        return self.directory.find_person(Text(name, Place(path))) if name else ""

    def _read(self, file: _File) -> None:
        seen: dict[Reference, Text] = {}
        self.evidence.spans.extend((block, None) for block in file.record.blocks)
        if file.where.running or file.where.ended:
            for item in file.record.key_results:
                self._item(item, file, seen, Wanted.KEY_RESULT)
            for item in file.record.objectives:
                self._item(item, file, seen, Wanted.OBJECTIVE)
            for name, value in file.record.health:
                self._health(name, value, file)
            for work in file.record.initiatives:
                self._work(work, file)
        self._weekly(file)

    def _item(
        self, item: ItemRecord, file: _File, seen: dict[Reference, Text], wanted: Wanted
    ) -> None:
        found, reported = self.matcher.find(item.name, file.where, wanted)
        self.evidence.spans.append((_spanning(item), found.ref if found else None))
        if found is None:
            if not reported:
                key = (file.team, item.name.value.casefold())
                unknown = Unknown(file.record.date, item.name, file.where, wanted)
                self.evidence.unknown[key].append(unknown)
            return
        if found.ref in seen:
            self._complain_twice(item.name, seen[found.ref], found)
            return
        seen[found.ref] = item.name
        if item.is_broken:
            return
        check_in = resolve_check_in(
            item, found.item, file.record.date, file.by, file.language, self.desk
        )
        rank = _rank(file, found.item)
        self.evidence.entries[found.ref].append(Entry(check_in, rank))

    def _weekly(self, file: _File) -> None:
        if not _is_weekly(file.record):
            return
        record = file.record
        asks = tuple(
            replace(ask.ask, to=self.directory.find_owner(ask.to) if ask.to else "")
            for ask in record.asks
        )
        self.evidence.weeklies.append(
            Weekly(
                owner=file.person or file.team,
                team=file.team,
                date=record.date,
                place=record.place,
                by=file.by,
                cycles=tuple(dict.fromkeys(draft.cycle.id for draft in file.where.running)),
                priorities=record.priorities,
                upcoming=record.upcoming,
                wins=record.wins,
                asks=asks,
                note=record.note,
            )
        )

    def _health(self, name: Text, value: Text, file: _File) -> None:
        drafts = (*file.where.running, *file.where.ended)
        known = [(draft, metric) for draft in drafts for metric in draft.plan.health]
        fits = _fitting(name, [(each, (each[1].id, each[1].title)) for each in known])
        first = [each for each in fits if each[0] is fits[0][0]]
        if len(first) != 1:
            self._complain_fits(name, [each[1].id for each in first or known], bool(first))
            return
        draft, metric = first[0]
        self.evidence.spans.append((name.place, draft.plan.visibility))
        read = self._health_value(value, metric, file.language)
        if read is not None:
            key = (draft.plan.owner, draft.plan.cycle, metric.id)
            self.evidence.health[key].append((file.record.date, read))

    def _complain_fits(self, name: Text, known: list[str], several: bool) -> None:
        if several:
            self.desk.report(
                "OKR-C002",
                name.place,
                f"'{name.value}' fits {len(known)} health metrics",
                f"write {' or '.join(known)}",
            )
        else:
            self.desk.strangers("OKR-C015", name.place, "health metric", name.value, known)

    def _health_value(
        self, value: Text, metric: HealthMetric, language: str
    ) -> Quantity | Status | None:
        plain = value.value.casefold().replace("-", " ")
        if plain in STATUS_WORDS:
            return STATUS_WORDS[plain]
        if metric.target:
            read = read_value(value.value, metric.target, language)
        else:
            read = read_quantity(value.value, language)
        if isinstance(read, Unread):
            self.desk.report(
                "OKR-C005",
                value.place,
                f"{metric.title}: {read.message}",
                "write a number, or green, amber or red",
            )
            return None
        return read

    def _work(self, work: WorkRecord, file: _File) -> None:
        known = _initiatives(file.where)
        fits = _fitting(work.name, [(each, (each[1],)) for each in known])
        titles = list(dict.fromkeys(title for _, title in fits or known))
        if fits and len(titles) > 1:
            self.desk.report(
                "OKR-C002",
                work.name.place,
                f"'{work.name.value}' fits {len(titles)} initiatives",
                f"write {' or '.join(titles[:4])}",
            )
        elif not fits:
            self.desk.strangers("OKR-C016", work.name.place, "initiative", work.name.value, titles)
        for key in fits if len(titles) == 1 else ():
            self.evidence.work[key].append((file.record.date, work))

    def _feedback(self, record: FeedbackRecord, team: str) -> Feedback | None:
        self._check_day(record.date, Place(record.place.path), "rename the file to its day")
        if record.date > self.desk.as_of:
            return None
        by = self._person(record.person, record.place.path)
        about = None
        if record.about and self.directory.team_named(record.about.value) != team:
            where = self.matcher.where("", team, record.date, None)
            found, reported = self.matcher.find(record.about, where, Wanted.ITEM)
            self.evidence.spans.append((record.place, found.ref if found else None))
            if found is None:
                if not reported:
                    name = record.about
                    self._complain_nothing(Unknown(record.date, name, where, Wanted.ITEM))
                return None
            about = found.ref
        return Feedback(
            team, record.date, by, record.kind, record.text, record.place, about, record.answer
        )

    def _report_unknown(self) -> None:
        for entries in self.evidence.unknown.values():
            days = {entry.date for entry in entries}
            knew = self.knew(entries[0])
            # What several weeks speak of was most likely there.
            if knew or (knew is None and len(days) > 1):
                self._complain_gone(entries, len(days))
            else:
                self._complain_nothing(entries[0])

    def _complain_gone(self, entries: list[Unknown], days: int) -> None:
        first = entries[0]
        near = nearest_reference(first.name.value, self.matcher.known(first.where, first.wanted))
        times = f"{days} check-ins" if days > 1 else "a check-in"
        self.desk.report(
            "OKR-C013",
            first.name.place,
            f"'{first.name.value}' is in {times}, but in no plan any more",
            "put it back with state: cancelled, or name its new id in aka: of the plan"
            + (f"; if {near} was meant, write that" if near else ""),
            also=tuple((entry.name.place, "and here") for entry in entries[1:2]),
        )

    def _complain_nothing(self, unknown: Unknown) -> None:
        name, where = unknown.name, unknown.where
        other = Wanted.KEY_RESULT if unknown.wanted is Wanted.OBJECTIVE else Wanted.OBJECTIVE
        block = "key_results" if other is Wanted.KEY_RESULT else "objectives"
        known = self.matcher.known(where, unknown.wanted)
        if unknown.wanted is not Wanted.ITEM and self.matcher.has(name, where, other):
            mend = f"put it under {block}:"
        elif near := nearest_reference(name.value, known):
            mend = f"write {near}"
        else:
            mend = f"write the id or the title of one {unknown.wanted}"
        self.desk.report(
            "OKR-C001",
            name.place,
            f"no {unknown.wanted} in this team's plan is called '{name.value}'",
            mend,
            f"the plan has: {listed(known)}" if known else "",
        )

    def _complain_twice(self, name: Text, other: Text, found: Candidate) -> None:
        self.desk.report(
            "OKR-C004",
            name.place,
            f"'{short_reference(found.ref)}' stands twice in this check-in",
            "remove one",
            also=((other.place, "the first"),),
        )

    def _complain_outside(self, record: CheckInRecord, team: str, cycle: Cycle | None) -> None:
        names = [item.name for item in (*record.key_results, *record.objectives)]
        names += [work.name for work in record.initiatives] + [name for name, _ in record.health]
        if not names:
            return
        title = self.directory.teams[team].title
        when = cycle.name if cycle else f"a cycle that runs on {record.date}"
        self.desk.report(
            "OKR-C014",
            names[0].place,
            f"{title} has no plan for {when}",
            "add a plan, correct the date in the file's name, or name the cycle: it speaks of",
        )


def _fitting(name: Text, known: list[tuple[_T, tuple[str, ...]]]) -> list[_T]:
    """Return what a name is of exactly, else what it begins."""
    wanted = name.value.strip().casefold()
    exact = [each for each, names in known if wanted in map(str.casefold, names)]
    return exact or [
        each for each, names in known if any(n.casefold().startswith(wanted) for n in names)
    ]


def _spanning(item: ItemRecord) -> Place:
    """Return the lines of an item, its key included."""
    start, end = item.name.place, item.place
    last = max(end.end_line, item.value.place.end_line if item.value else 0)
    return Place(start.path, start.line, start.column, last, end.end_column)


def _is_weekly(record: CheckInRecord) -> bool:
    return bool(record.priorities or record.upcoming or record.wins or record.asks or record.note)


def _rank(file: _File, item: KeyResult | Objective) -> int:
    if file.by and file.by in item.owners:
        return OWNERS
    return OTHERS if file.person else TEAMS


def _initiatives(where: Where) -> list[tuple[Reference, str]]:
    return [
        (item.ref, initiative.title)
        for draft in (*where.running, *where.ended)
        for objective in draft.plan.objectives
        for item in objective.items()
        for initiative in item.initiatives
    ]
