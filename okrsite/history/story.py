"""A company as its files have it, and its repository → the same company with its plans' past."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as with_fields
from datetime import date, timedelta
from functools import cached_property, partial

from okrsite.crew import Crew
from okrsite.history.amend import subject_of, with_reasons
from okrsite.history.around import Enclosed, Surroundings
from okrsite.history.chain import Chains
from okrsite.history.check_ins import CheckInFiles, PlanKey
from okrsite.history.corrections import Correction
from okrsite.history.decisive import Decisive
from okrsite.history.git import Repository
from okrsite.history.log import Log
from okrsite.history.marks import date_marks
from okrsite.history.pasts import Past, Pasts
from okrsite.history.sign import Names, Signer, author_of, first_authors, name_in
from okrsite.history.telling import Seen, Teller, Told
from okrsite.keep import Keep, Ledger, decode, digest, encode, fingerprint
from okrsite.model import Amendment, Company, Plan
from okrsite.model.change import Term
from okrsite.model.quick import quick_replace as replace
from okrsite.read import Before, Memory, Reading, read_version
from okrsite.resolve import Draft, Former, Ground
from okrsite.tree import SourceFile

_SHELVES = 32
_FEW = 25
"""So few plans are not worth another process."""
_WEEK = timedelta(days=7)
"""A check-in that is older is history: who changes it changes what was told."""


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
    story = _Story(company, reading, ground, repository, log, keep, jobs)
    signer = Signer.of(company.people, first_authors(log))
    return with_fields(
        company,
        plans=tuple(signer.plans(story.tell())),
        weeklies=tuple(signer.weeklies(company.weeklies)),
    )


@dataclass
class _Story:
    company: Company
    reading: Reading
    ground: Ground
    repository: Repository
    log: Log
    keep: Keep | None
    jobs: int

    def tell(self) -> Iterator[Plan]:
        """Yield the plans with their past."""
        corrected = self._corrected()
        pasts = {
            past.plan.place.path: past
            for past in Pasts(self.company, self.reading, self._chains).find(corrected)
        }
        told = dict(zip(pasts, self._told(list(pasts.values())), strict=True))
        names = Names(self.company.people)
        for plan in self.company.plans:
            path = plan.place.path
            more = corrected.get((plan.owner, plan.cycle), ())
            yield self._with_past(plan, pasts.get(path), told.get(path), more, names)

    def _corrected(self) -> dict[PlanKey, list[Correction]]:
        """Return what was corrected in check-in files, by plan."""
        memory = Memory(self.keep, self.jobs, "former-check-ins")
        return CheckInFiles(
            self.company,
            self.reading,
            self.repository,
            self.log,
            self._chains,
            lambda: self._former,
            memory,
        ).tell()

    def _told(self, pasts: Sequence[Past]) -> list[Told]:
        """Return what pasts tell; what was told before of the same is kept."""
        ledger = Ledger(self.keep, "history", _SHELVES)
        keys = [self._made_from(past) for past in pasts]
        data = [
            ledger.get(past.file.path, key, past.file.path)
            for past, key in zip(pasts, keys, strict=True)
        ]
        known = [None if piece is None else decode(piece, Told) for piece in data]
        new = [index for index, told in enumerate(known) if told is None]
        read = self._read([pasts[index] for index in new])
        for index, told in zip(new, self._encoded([pasts[n] for n in new], read), strict=True):
            path = pasts[index].file.path
            known[index] = decode(told, Told)
            ledger.put(path, keys[index], told, path)
        ledger.save()
        return [told for told in known if told is not None]

    def _read(self, pasts: Sequence[Past]) -> dict[str, bytes]:
        """Return the former versions of files, by their ids."""
        return dict(self.repository.blobs(blob for past in pasts for blob in past.blobs))

    def _encoded(self, pasts: Sequence[Past], data: Mapping[str, bytes]) -> Iterator[bytes]:
        """Yield what each past tells, as it is kept."""
        if not pasts:
            return
        # Made once, before other processes begin, and not in each of them.
        teller = Teller(self._former, self._today, self._rank)
        around = Surroundings(self.reading, self.repository, self._decisive)
        crew = Crew[bytes](dict[str, bytes], self.jobs, _FEW)
        for index, past in enumerate(pasts):
            crew.add(str(index), partial(self._encoded_one, past, around.of(past), data, teller))
        crew.start()
        done = crew.wait()
        yield from (done[str(index)] for index in range(len(pasts)))

    def _encoded_one(
        self,
        past: Past,
        enclosed: Sequence[tuple[Enclosed, ...]],
        data: Mapping[str, bytes],
        teller: Teller,
    ) -> bytes:
        before = self._before(past)
        drafts = {blob: self._draft(past, data[blob], before) for blob in past.blobs}
        return encode(teller.tell(past, drafts, enclosed))

    def _before(self, past: Past) -> Before | None:
        """Return what is known of a plan for those who read its former versions."""
        today = self._today.get((past.plan.owner, past.plan.cycle))
        if today is None or past.is_broken:
            return None
        return Before.of(today.record, self.reading.texts[past.file.path])

    def _draft(self, past: Past, data: bytes, before: Before | None) -> Draft | None:
        """Return a former version of a plan; None where it cannot be read."""
        file = SourceFile(past.file.path, past.file.naming, data)
        record = read_version(file, self.reading.records, before)
        return self._former.plan(record) if record else None

    def _made_from(self, past: Past) -> str:
        """Return the digest of all that a plan's past follows from."""
        commits = (word for t in past.touches for word in (t.commit.id, t.after, t.commit.author))
        state = f"{past.now} {past.is_broken} {past.is_whole}"
        return digest(self._around, fingerprint(past.plan), state, *commits)

    def _with_past(
        self,
        plan: Plan,
        past: Past | None,
        told: Told | None,
        corrections: Sequence[Correction],
        names: Names,
    ) -> Plan:
        """Return a plan with what was known of its past on the day that is looked at."""
        told = told or Told()
        own = [_amendment(c, told.seen, self.company) for c in (*corrections, *told.corrections)]
        late = [each for each in own if past and _is_late(each, past)]
        as_of = self.company.as_of
        amendments = with_reasons((*told.amended.changes, *late), plan.amendments)
        values = (each for each in own if each.change and each.change.term is Term.VALUE)
        return replace(
            date_marks(plan, told.marks, as_of),
            original=told.amended.original,
            amendments=tuple(_known(amendments, names, as_of)),
            corrections=tuple(_known(sorted(values, key=lambda a: a.date), names, as_of)),
        )

    def _rank(self, audience: str) -> int:
        return self.company.rules.audiences.index(audience)

    @cached_property
    def _chains(self) -> Chains:
        return Chains(self.log, self.company.rules.timezone)

    @cached_property
    def _today(self) -> dict[PlanKey, Draft]:
        return {(draft.plan.owner, draft.plan.cycle): draft for draft in self.ground.drafts}

    @cached_property
    def _former(self) -> Former:
        return Former(self.ground)

    @cached_property
    def _decisive(self) -> Decisive:
        rules = self.company.rules
        return Decisive(self.log, rules.own_cycles, rules.timezone)

    @cached_property
    def _around(self) -> str:
        it = self.company
        today = it.rules, it.teams, it.people, it.cycles
        return fingerprint((today, self._decisive.touches))


def _known(amendments: Iterable[Amendment], names: Names, as_of: date) -> Iterator[Amendment]:
    """Yield what was known on a day, in the names of people whom the company knows."""
    for each in amendments:
        if each.date <= as_of:
            yield _signed(each, names) if each.author else each


def _signed(amendment: Amendment, names: Names) -> Amendment:
    by = names.find(amendment.author)
    return replace(amendment, by=by, author="" if by else name_in(amendment.author))


def _is_late(amendment: Amendment, past: Past) -> bool:
    """Tell whether a check-in was changed so late that it changes what was told."""
    day = amendment.change.day if amendment.change else None
    return day is not None and amendment.date >= past.settled and amendment.date - day > _WEEK


def _amendment(correction: Correction, seen: Sequence[Seen], company: Company) -> Amendment:
    """Return a correction, for whom all were meant between the old value's commit and its own."""
    audiences = company.rules.audiences
    meant = list(_audiences(correction, seen, audiences[-1]))
    return Amendment(
        date=correction.day,
        about=correction.about,
        why=subject_of(correction.commit),
        change=correction.change,
        author=author_of(correction.commit),
        commit=correction.commit.id,
        # Nobody knows for whom something was meant that no version of the plan had then.
        visibility=max(meant, key=audiences.index, default=audiences[-1]),
    )


def _audiences(correction: Correction, seen: Sequence[Seen], narrowest: str) -> Iterator[str]:
    """Yield for whom an item was meant while the value stood that was corrected."""
    for each, after in zip(seen, (*seen[1:], None), strict=True):
        if each.since > correction.day or (after and after.since < correction.since):
            continue
        if each.audiences is None:
            yield narrowest
        else:
            yield from (audience for ref, audience in each.audiences if ref == correction.about)
