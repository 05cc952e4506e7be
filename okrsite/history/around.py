"""A plan's commits → for whom all that enclosed the plan was meant, from each commit on.

A team that is open today may have been hidden once, and so may a team above it; what no team
names was meant for whom `okrs.yml` said then. What cannot be read counts as the narrowest, and so
does an audience that is none today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from okrsite.history.decisive import Decisive, Held, Line, find_held
from okrsite.history.git import Repository
from okrsite.history.pasts import Past, blob_id
from okrsite.model import Place
from okrsite.model.quick import quick_dataclass
from okrsite.read import Reading, read_former_rules, read_former_team
from okrsite.read.records import RulesRecord, TeamRecord
from okrsite.resolve import Around
from okrsite.resolve.directory import ROOT
from okrsite.resolve.ids import slug
from okrsite.tree import SourceFile, name_file


@quick_dataclass(frozen=True, slots=True)
class Enclosed:
    """For whom what enclosed a plan was meant, from a day on."""

    since: date
    around: Around


class _Moment(NamedTuple):
    """A commit, and the rules as it left them."""

    commit: int
    rules: RulesRecord


class _Span(NamedTuple):
    """What enclosed a folder from one commit until another that may have changed it."""

    start: int
    end: int
    around: Around


@dataclass
class Surroundings:
    """Tells for whom what enclosed plans was meant, over time."""

    reading: Reading
    repository: Repository
    decisive: Decisive
    _rules: dict[str, RulesRecord] = field(default_factory=dict)
    """By blob."""
    _teams: dict[tuple[str, str, tuple[str, ...]], TeamRecord] = field(default_factory=dict)
    """By path, blob, and the audiences that there were."""
    _spans: dict[str, _Span] = field(default_factory=dict)
    """The one that was looked at last, by folder: most hold for all versions of a plan."""

    def of(self, past: Past) -> tuple[tuple[Enclosed, ...], ...]:
        """Return for each touch of a plan what enclosed it until the next, oldest first."""
        numbers = self.decisive.numbers
        starts = [numbers[touch.commit.id] for touch in past.touches]
        ends = [*starts[1:], len(numbers)]
        last_days = [*past.days[1:], date.max]
        return tuple(
            tuple(self._since(self._folder(touch.path), start, end, first, last))
            for touch, start, end, first, last in zip(
                past.touches, starts, ends, past.days, last_days, strict=True
            )
        )

    def _since(
        self, folder: str, start: int, end: int, first: date, last: date
    ) -> Iterator[Enclosed]:
        """Yield what enclosed a folder from one commit to another, as often as it changed."""
        before = None
        for span in self._spans_of(folder, start, end):
            if span.around != before:
                day = first if before is None else self.decisive.day(span.start)
                yield Enclosed(min(max(first, day), last), span.around)
            before = span.around

    def _spans_of(self, folder: str, start: int, end: int) -> Iterator[_Span]:
        commit = start
        while True:
            span = self._spans.get(folder)
            if span is None or not span.start <= commit < span.end:
                span = self._spans[folder] = self._look(folder, commit)
            yield span._replace(start=commit)
            commit = span.end
            if commit >= end:
                return

    def _look(self, folder: str, commit: int) -> _Span:
        around, watched = self._around(folder, commit)
        later = [number for line in watched if (number := line.next(commit)) is not None]
        return _Span(commit, min(later, default=len(self.decisive.numbers)), around)

    def _around(self, folder: str, commit: int) -> tuple[Around, list[Line]]:
        """Return what enclosed a folder after a commit, and the lines that tell it."""
        rules = self._rules_at(commit)
        watched = list(self.decisive.rules)
        if rules.unreadable:
            return Around(self._narrowest, self._narrowest), watched
        moment = _Moment(commit, rules)
        named = self._named(folder, moment, watched)
        default = named or self._known(rules.rules.default_visibility, moment)
        return Around(named, default), watched

    def _named(
        self, folder: str, moment: _Moment, watched: list[Line], within: tuple[str, ...] = ()
    ) -> str:
        """Return the narrowest audience that a team or one above it named, or nothing."""
        watched += self.decisive.of_team(folder)
        record = self._team_at(folder, moment)
        named = [self._own(record, moment)]
        within = (*within, folder)
        for above in self._above(folder, record, moment, watched):
            is_ring = above in within
            named.append(
                self._narrowest if is_ring else self._named(above, moment, watched, within)
            )
        return max(named, key=self._width)

    def _own(self, record: TeamRecord | None, moment: _Moment) -> str:
        if record is None:
            return ""
        if record.unreadable:
            return self._narrowest
        return self._known(record.visibility.value, moment) if record.visibility else ""

    def _known(self, audience: str, moment: _Moment) -> str:
        """Return an audience that there was and still is, else the narrowest."""
        is_known = audience in moment.rules.rules.audiences and audience in self._audiences
        return audience if is_known else self._narrowest

    def _above(
        self, folder: str, record: TeamRecord | None, moment: _Moment, watched: list[Line]
    ) -> Sequence[str]:
        """Return the folders of what was above a team: several where its name was not clear."""
        if not folder:
            return ()
        if record and record.parent:
            # Any team may have had that name, or lost it.
            watched += self.decisive.all()
            if called := self._called(record.parent.value, moment):
                return called
        return (folder.rpartition("/")[0],)

    def _called(self, name: str, moment: _Moment) -> list[str]:
        if name == ROOT:
            return [""]
        return [folder for folder in self._names[name] if name in self._names_at(folder, moment)]

    @cached_property
    def _names(self) -> dict[str, set[str]]:
        """Return which folders were ever called so."""
        found: dict[str, set[str]] = defaultdict(set)
        for folder in self.decisive.folders():
            lines = self.decisive.of_team(folder)
            moments = {0, *(commit for line in lines for commit in line.changes)}
            if not folder:
                moments.update(commit for line in self.decisive.rules for commit in line.changes)
            for commit in moments:
                moment = _Moment(commit, self._rules_at(commit))
                for name in self._names_at(folder, moment):
                    found[name].add(folder)
        return found

    def _names_at(self, folder: str, moment: _Moment) -> set[str]:
        own = slug(folder.rpartition("/")[2])
        company = "" if folder else moment.rules.rules.company
        record = self._team_at(folder, moment)
        if record is None:
            return {own, company}
        id = record.id.value if record.id else own
        return {id, record.title, company, *(former.value for former in record.aka)}

    def _rules_at(self, commit: int) -> RulesRecord:
        held = find_held(self.decisive.rules, commit)
        if held is None:
            return RulesRecord()
        if not held.is_read:
            return RulesRecord(unreadable=True)
        if held.blob not in self._rules:
            self._rules[held.blob] = (
                self.reading.records.rules
                if self._is_today(held)
                else read_former_rules(self._data[held.blob])
            )
        return self._rules[held.blob]

    def _team_at(self, folder: str, moment: _Moment) -> TeamRecord | None:
        lines = self.decisive.of_team(folder)
        held = find_held(lines, moment.commit, moment.rules.ignore) if lines else None
        if held is None:
            return None
        if not held.is_read:
            return TeamRecord(folder, Place(held.path), unreadable=True)
        audiences = tuple(dict.fromkeys((*self._audiences, *moment.rules.rules.audiences)))
        key = held.path, held.blob, audiences
        if key not in self._teams:
            self._teams[key] = self._read_team(held, audiences)
        return self._teams[key]

    def _read_team(self, held: Held, audiences: tuple[str, ...]) -> TeamRecord:
        today = self._teams_today.get(held.path)
        if today and audiences == self._audiences and self._is_today(held):
            return today
        file = SourceFile(held.path, held.naming, self._data[held.blob])
        return read_former_team(file, audiences)

    def _is_today(self, held: Held) -> bool:
        """Tell whether a file is what it was."""
        data = self.reading.tree.data.get(held.path)
        return data is not None and blob_id(data, held.blob) == held.blob

    @cached_property
    def _data(self) -> dict[str, bytes]:
        """Return all versions at once, once one is asked for that is not today's."""
        held = (t.after for t in self.decisive.touches if t.after)
        return dict(self.repository.blobs(held))

    @cached_property
    def _teams_today(self) -> dict[str, TeamRecord]:
        return {record.place.path: record for record in self.reading.records.teams}

    @property
    def _audiences(self) -> tuple[str, ...]:
        return self.reading.records.rules.rules.audiences

    @property
    def _narrowest(self) -> str:
        return self._audiences[-1]

    def _width(self, audience: str) -> int:
        """Return how narrow an audience is; below all of them for none."""
        return self._audiences.index(audience) if audience else -1

    def _folder(self, path: str) -> str:
        return name_file(path, self.reading.records.rules.rules.own_cycles).folder
