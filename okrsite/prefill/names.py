"""Names as somebody types them → the key results that are meant, and how a file names these.

They are looked up as those of a check-in file are, by the same code.
"""

from __future__ import annotations

from datetime import date

from okrsite.model import Cycle, HealthMetric, Place, Reference
from okrsite.read.records import CheckInRecord, Text
from okrsite.resolve import Ground
from okrsite.resolve.desk import Desk
from okrsite.resolve.matching import Candidate, Matcher, Wanted, short_reference

_NOWHERE = Place(".")


class Names:
    """What names mean to somebody who writes a check-in on a day."""

    def __init__(
        self, ground: Ground, person: str, team: str, day: date, cycle: Cycle | None = None
    ) -> None:
        """Take who writes where; with a `cycle`, names are those of its plans alone."""
        drafts = {(draft.plan.owner, draft.plan.cycle): draft for draft in ground.drafts}
        self._desk = Desk(ground.desk.rules, ground.desk.as_of, ground.desk.today)
        self._matcher = Matcher(self._desk, ground.directory, drafts)
        # A file says nothing of a cycle here: what another than the running ones is meant for
        # is named with it.
        self._file = self._matcher.where(person, team, day, None)
        self._where = self._matcher.where(person, team, day, cycle) if cycle else self._file

    def find(self, name: str, wanted: Wanted = Wanted.KEY_RESULT) -> Candidate | None:
        """Return what a name means; None where it is nothing, or might be several."""
        found, _ = self._matcher.find(Text(name, _NOWHERE), self._where, wanted)
        return found

    def spelt(self, ref: Reference, wanted: Wanted = Wanted.KEY_RESULT) -> str:
        """Return the shortest name by which a file finds an item: ``trust/sev1``."""
        short = short_reference(ref)
        found, _ = self._matcher.find(Text(short, _NOWHERE), self._file, wanted)
        return short if found and found.ref == ref else str(ref)

    def health(self, name: str) -> HealthMetric | None:
        """Return the health metric that a name is the id or the title of."""
        wanted = name.casefold()
        drafts = (*self._where.running, *self._where.ended)
        known = (metric for draft in drafts for metric in draft.plan.health)
        return next((m for m in known if wanted in (m.id, m.title.casefold())), None)

    def initiative(self, name: str) -> str:
        """Return the title of the initiative that a name is, or nothing."""
        wanted = name.casefold()
        drafts = (*self._where.running, *self._where.ended)
        items = (i for d in drafts for o in d.plan.objectives for i in o.items())
        titles = (initiative.title for item in items for initiative in item.initiatives)
        return next((title for title in titles if title.casefold() == wanted), "")

    def in_file(self, record: CheckInRecord | None) -> dict[tuple[str, Reference], str]:
        """Return how a file that is there names what it speaks of, by block and item."""
        found: dict[tuple[str, Reference], str] = {}
        blocks = (
            ("key_results", record.key_results if record else (), Wanted.KEY_RESULT),
            ("objectives", record.objectives if record else (), Wanted.OBJECTIVE),
        )
        for block, items, wanted in blocks:
            for item in items:
                candidate, _ = self._matcher.find(item.name, self._file, wanted)
                if candidate:
                    found[block, candidate.ref] = item.name.value
        return found
