"""A company's plans and the log → the commits that matter to each of them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from okrsite.history.amend import settled
from okrsite.history.chain import Chains
from okrsite.history.marks import has_undated
from okrsite.history.touch import Touch
from okrsite.model import Company, Cycle, Objective, Plan
from okrsite.model.quick import quick_dataclass
from okrsite.model.quick import quick_replace as replace
from okrsite.problems import Severity
from okrsite.read import Reading
from okrsite.tree import FileKind, SourceFile

_KEEPS_CHECK_INS = b"checkins"


@quick_dataclass(frozen=True, slots=True)
class Past:
    """The commits that matter to one plan."""

    plan: Plan
    """Without its check-ins, which no version of its file has."""
    file: SourceFile
    touches: tuple[Touch, ...]
    """Oldest first."""
    days: tuple[date, ...]
    start: int
    """Which of them was in force when the plan was settled; beyond them where nothing changed."""
    settled: date
    """From when on a change is an amendment; after the last day for what was imported whole."""
    now: date | None
    """Today, where the file is not as the last commit left it."""
    is_broken: bool
    """Whether the file has an error, so that something may be missing in it."""
    is_whole: bool
    """Whether the touches before `start` are among them, and matter."""

    @property
    def former(self) -> tuple[Touch, ...]:
        """Return the touches after which the file was not what it is now."""
        return self.touches if self.now else self.touches[:-1]

    @property
    def blobs(self) -> tuple[str, ...]:
        """Return the blobs of all versions but today's, those of branches included."""
        steps = (step for touch in self.touches for step in touch.steps)
        found = (blob for step in steps for blob in (step.before, step.after))
        return tuple(dict.fromkeys(filter(None, (*(t.after for t in self.former), *found))))


@dataclass(frozen=True)
class Pasts:
    """Finds the past of plans."""

    company: Company
    reading: Reading
    chains: Chains

    def find(self, corrected: Collection[tuple[str, str]]) -> Iterator[Past]:
        """Yield the past of each plan that was committed more than once since it was settled.

        Of a plan that ticks something without a day, or has `corrected` check-ins, all counts.
        """
        files = self.reading.tree.by_path(FileKind.PLAN)
        broken = self._broken()
        for plan in self.company.plans:
            file = files.get(plan.place.path)
            if file:
                is_whole = (plan.owner, plan.cycle) in corrected or _needs_all(plan, file)
                past = self._past(plan, file, is_whole=is_whole, is_broken=file.path in broken)
                if past and (is_whole or past.start < len(past.touches)):
                    yield past

    def _past(
        self, plan: Plan, file: SourceFile, *, is_whole: bool, is_broken: bool
    ) -> Past | None:
        cycle, chain = self.company.cycle(plan.cycle), self.chains.of(file.path)
        touches, days = chain.touches, chain.days
        if not touches:
            return None
        last = touches[-1].after
        now = None if last == blob_id(file.data, last) else self.company.as_of
        # A closed cycle that was imported whole has no amendments.
        is_import = days[0] > cycle.end
        start = len(touches) if is_import else _settled_at(days, cycle)
        if not now and start == len(touches) - 1:
            start = len(touches)
        ends = date.max if is_import else settled(cycle, days[0])
        cut = 0 if is_whole else start
        rest = touches[cut:], days[cut:], start - cut
        return Past(_without_evidence(plan), file, *rest, ends, now, is_broken, is_whole)

    def _broken(self) -> frozenset[str]:
        errors = (p for p in self.reading.problems if p.severity is Severity.ERROR)
        return frozenset(problem.place.path for problem in errors)


def _without_evidence(plan: Plan) -> Plan:
    return replace(plan, objectives=tuple(map(_promised, plan.objectives)))


def _promised(objective: Objective) -> Objective:
    results = tuple(replace(kr, check_ins=()) for kr in objective.key_results)
    return replace(objective, key_results=results, check_ins=())


def _needs_all(plan: Plan, file: SourceFile) -> bool:
    return has_undated(plan) or _KEEPS_CHECK_INS in file.data


def _settled_at(days: Sequence[date], cycle: Cycle) -> int:
    """Return which commit was in force when a plan was settled: the last one before that day."""
    ends = settled(cycle, days[0])
    return max(index for index, day in enumerate(days) if index == 0 or day < ends)


def blob_id(data: bytes, like: str) -> str:
    """Return the id that git gives a file's bytes, in the form of another id."""
    sha = hashlib.sha1 if len(like) == 40 else hashlib.sha256
    return sha(b"blob %d\0" % len(data) + data).hexdigest()
