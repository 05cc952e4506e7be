"""Former versions of files → what they said, among the people, teams and plans of today.

What is wrong in a former version is no problem of today's, and who is named only there is nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from datetime import date

from okrsite.model import CheckIn, KeyResult, Objective, Reference
from okrsite.read.records import CheckInRecord, ItemRecord, PlanRecord
from okrsite.resolve.check_ins import Reader
from okrsite.resolve.evidence import Evidence
from okrsite.resolve.ground import Ground
from okrsite.resolve.matching import Matcher
from okrsite.resolve.plans import Draft, resolve_plans
from okrsite.resolve.references import Index, resolve_links
from okrsite.resolve.values import resolve_check_in
from okrsite.resolve.visibility import Around, Scope, scope_plan


class Former:
    """Looks up what former versions say."""

    def __init__(self, ground: Ground) -> None:
        """Take what today's files were looked up in."""
        self._ground = ground
        self._drafts = {(draft.plan.owner, draft.plan.cycle): draft for draft in ground.drafts}
        # Looking somebody up may enter a stranger, and report one.
        around = deepcopy((ground.desk, ground.directory, ground.calendar))
        self._desk, self._directory, self._calendar = around
        self._index = Index(*around, self._drafts)
        matcher = Matcher(self._desk, self._directory, dict(self._drafts))
        self._reader = Reader(
            self._desk, self._directory, self._calendar, matcher, ground.languages
        )

    def plan(self, record: PlanRecord) -> Draft | None:
        """Return a plan without evidence; None where it belongs to nobody today."""
        ground = self._ground
        if record.folder not in ground.folders:
            return None
        around = (ground.folders, ground.scopes, ground.languages)
        found = resolve_plans([record], self._desk, self._directory, self._calendar, *around)
        if not found:
            return None
        (draft,) = found
        key = draft.plan.owner, draft.plan.cycle
        today = self._drafts.get(key)
        self._drafts[key] = draft
        (linked,) = resolve_links(self._index, [draft])
        if today:
            self._drafts[key] = today
        return linked

    def audiences(self, draft: Draft, around: Around) -> Iterator[tuple[Reference, str]]:
        """Yield for whom each item of a version was meant, given what enclosed the plan then."""
        within = scope_plan(draft.record, Scope(around.named), self._desk)
        scopes = zip(within.objectives, within.key_results, strict=True)
        for objective, (own, inner) in zip(draft.plan.objectives, scopes, strict=True):
            yield objective.ref, own.named or around.default
            for key_result, scope in zip(objective.key_results, inner, strict=True):
                yield key_result.ref, scope.named or around.default

    def check_ins(self, record: CheckInRecord) -> dict[Reference, CheckIn | None]:
        """Return what a check-in file said of the items that there are today.

        It is None of what it said something that cannot be read.
        """
        if record.folder not in self._ground.folders:
            return {}
        evidence = self._reader.evidence = Evidence()
        self._reader.read_files([record], self._ground.folders)
        said = {item.place: item for item in (*record.key_results, *record.objectives)}
        return {
            ref: _readable(entries[0].check_in, said[entries[0].check_in.place])
            for ref, entries in evidence.entries.items()
        }

    def own_check_ins(
        self, draft: Draft, today: Mapping[Reference, KeyResult | Objective]
    ) -> Iterator[tuple[Reference, date, CheckIn | None]]:
        """Yield the check-ins that a plan kept itself of items that there are today, with days.

        `today` has these by what they were called in that version.
        """
        for objective, record in draft.items():
            results = zip(objective.key_results, record.key_results, strict=True)
            said = [(objective.ref, record.check_ins)]
            said += [(kr.ref, kr_record.check_ins) for kr, kr_record in results]
            for then, records in said:
                if now := today.get(then):
                    yield from self._dated(records, now, draft)

    def _dated(
        self, records: Iterable[ItemRecord], now: KeyResult | Objective, draft: Draft
    ) -> Iterator[tuple[Reference, date, CheckIn | None]]:
        for record in records:
            if day := record.date:
                found = resolve_check_in(record, now, day, "", draft.language, self._desk)
                yield now.ref, day, _readable(found, record)


def _readable(check_in: CheckIn, record: ItemRecord) -> CheckIn | None:
    """Return a check-in, or None where it said something that is no evidence of today's item."""
    is_lost = record.is_broken or (record.value and not check_in.has_evidence)
    return None if is_lost else check_in
