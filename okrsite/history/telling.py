"""A plan's commits, and what it said after each → all that its past tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, pairwise

from okrsite.history.amend import Amended, Step, Version, amend_plan
from okrsite.history.around import Enclosed
from okrsite.history.compare import compare_plans, match_plans
from okrsite.history.corrections import Correction, Item, Key, Said, find_corrections
from okrsite.history.marks import Mark, find_marks
from okrsite.history.pasts import Past
from okrsite.history.touch import Touch
from okrsite.model import CheckIn, Reference
from okrsite.model.quick import quick_dataclass
from okrsite.resolve import Draft, Former

Drafts = Mapping[str, Draft | None]
"""A plan's versions by blob; None for what could not be read."""


@quick_dataclass(frozen=True, slots=True)
class Seen:
    """For whom the items of today were meant, from a day on."""

    since: date
    audiences: tuple[tuple[Reference, str], ...] | None
    """None where that could not be read."""


@quick_dataclass(frozen=True, slots=True)
class Told:
    """What a plan's past tells."""

    amended: Amended = Amended()
    marks: tuple[Mark, ...] = ()
    corrections: tuple[Correction, ...] = ()
    """Of the check-ins that it keeps itself."""
    seen: tuple[Seen, ...] = ()
    """Oldest first."""


@quick_dataclass(frozen=True, slots=True)
class _Then:
    """A plan after a commit."""

    touch: Touch
    day: date
    enclosed: tuple[Enclosed, ...]
    draft: Draft | None
    now: Mapping[Reference, Reference]
    """What its items are called today, by what they were called then."""


@dataclass(frozen=True)
class Teller:
    """Tells a plan's past."""

    former: Former
    today: Mapping[tuple[str, str], Draft]
    """Today's plans, by owner and cycle."""
    rank: Callable[[str], int]
    """How narrow an audience is."""

    def tell(self, past: Past, drafts: Drafts, enclosed: Sequence[tuple[Enclosed, ...]]) -> Told:
        """Return what a past tells; `enclosed` is what was around the plan after each touch."""
        amended = amend_plan(list(self._versions(past, drafts, enclosed)), self.rank)
        if not past.is_whole:
            return Told(amended)
        followed = list(self._followed(past, drafts, enclosed))
        newest_first = [(then.day, then.draft.plan) for then in followed if then.draft]
        if not past.now:
            # The last commit left the plan as it is.
            newest_first = newest_first[1:]
        since = past.now or past.days[-1]
        return Told(
            amended,
            find_marks(past.plan, since, newest_first),
            tuple(self._corrections(past, followed[::-1])),
            tuple(seen for then in followed[::-1] for seen in self._seen(then)),
        )

    def _versions(
        self, past: Past, drafts: Drafts, enclosed: Sequence[tuple[Enclosed, ...]]
    ) -> Iterator[Version]:
        """Yield a plan's versions since it was settled, and as it is now, as far as they are read.

        What cannot be read stands for no time, so that the version before it stands on.
        """
        former = range(past.start, len(past.former))
        read = [index for index in former if drafts.get(past.touches[index].after)]
        end = len(past.touches) if past.is_broken else len(past.former)
        for index, following in pairwise((*read, end)):
            touch, day = past.touches[index], past.days[index]
            if draft := drafts.get(touch.after):
                audiences = self._narrowest(draft, chain(*enclosed[index:following]))
                steps = tuple(_steps(touch, drafts))
                yield Version(touch.commit, day, draft.plan, audiences, steps)
        if past.is_broken:
            return
        audiences = self._audiences_now(past, () if past.now else enclosed[-1])
        if past.now:
            yield Version(None, past.now, past.plan, audiences)
        else:
            last, steps = past.touches[-1], tuple(_steps(past.touches[-1], drafts))
            yield Version(last.commit, past.days[-1], past.plan, audiences, steps)

    def _audiences_now(self, past: Past, enclosed: Iterable[Enclosed]) -> dict[Reference, str]:
        """Return for whom today's items are meant, and were since the last commit of the plan."""
        draft = self.today[past.plan.owner, past.plan.cycle]
        then = self._narrowest(draft, enclosed)
        return {
            item.ref: max(item.visibility, then.get(item.ref, item.visibility), key=self.rank)
            for item in _items(past)
        }

    def _narrowest(self, draft: Draft, enclosed: Iterable[Enclosed]) -> dict[Reference, str]:
        """Return the narrowest audience that each item was meant for at any time."""
        found: dict[Reference, str] = {}
        for each in enclosed:
            for ref, audience in self.former.audiences(draft, each.around):
                found[ref] = max(found.get(ref, audience), audience, key=self.rank)
        return found

    def _seen(self, then: _Then) -> Iterator[Seen]:
        """Yield for whom items were meant after a commit, as often as it changed."""
        if then.draft is None:
            yield Seen(then.day, None)
            return
        for each in then.enclosed:
            meant = self.former.audiences(then.draft, each.around)
            audiences = ((then.now[ref], audience) for ref, audience in meant if ref in then.now)
            yield Seen(each.since, tuple(audiences))

    def _followed(
        self, past: Past, drafts: Drafts, enclosed: Sequence[tuple[Enclosed, ...]]
    ) -> Iterator[_Then]:
        """Yield a plan after each commit, newest first, with its items followed back."""
        later, now = past.plan, {item.ref: item.ref for item in _items(past)}
        for touch, day, around in zip(
            past.touches[::-1], past.days[::-1], enclosed[::-1], strict=True
        ):
            draft = self._draft(past, touch, drafts)
            if draft is None:
                if touch.after:
                    yield _Then(touch, day, around, None, {})
                continue
            were = match_plans(draft.plan, later)
            now = {were[ref]: today for ref, today in now.items() if ref in were}
            later = draft.plan
            yield _Then(touch, day, around, draft, now)

    def _draft(self, past: Past, touch: Touch, drafts: Drafts) -> Draft | None:
        if touch is past.touches[-1] and not past.now:
            return self.today.get((past.plan.owner, past.plan.cycle))
        return drafts.get(touch.after)

    def _corrections(self, past: Past, followed: Sequence[_Then]) -> Iterator[Correction]:
        """Yield what was corrected in the check-ins that a plan keeps itself."""
        items = {item.ref: item for item in _items(past)}
        versions = [
            Said(then.touch.commit, then.day, self._said(then, then.draft, items))
            for then in followed
            if then.draft
        ]
        yield from find_corrections(past.file.path, versions, items)

    def _said(
        self, then: _Then, draft: Draft, items: Mapping[Reference, Item]
    ) -> dict[Key, CheckIn | None]:
        today = {ref: items[now] for ref, now in then.now.items()}
        found = self.former.own_check_ins(draft, today)
        return {(ref, day): check_in for ref, day, check_in in found}


def _steps(touch: Touch, drafts: Drafts) -> Iterator[Step]:
    """Yield what the commits of a branch changed, as far as they can be read."""
    for step in touch.steps:
        before, after = drafts.get(step.before), drafts.get(step.after)
        if (before or not step.before) and (after or not step.after):
            was, now = before.plan if before else None, after.plan if after else None
            yield Step(step.commit, compare_plans(was, now))


def _items(past: Past) -> Iterator[Item]:
    return (item for objective in past.plan.objectives for item in objective.items())
