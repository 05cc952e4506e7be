"""A plan's commits, and what it said after each → all that its past tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from okrsite.history.amend import Amended, Version, amend_plan
from okrsite.history.compare import match_plans
from okrsite.history.corrections import Correction, Item, Key, Said, find_corrections
from okrsite.history.log import Touch
from okrsite.history.marks import Mark, find_marks
from okrsite.history.pasts import Past
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

    def tell(self, past: Past, drafts: Drafts) -> Told:
        """Return what a past tells."""
        amended = amend_plan(list(_versions(past, drafts)), self.rank)
        if not past.is_whole:
            return Told(amended)
        followed = list(self._followed(past, drafts))
        newest_first = [(then.day, then.draft.plan) for then in followed if then.draft]
        if not past.now:
            # The last commit left the plan as it is.
            newest_first = newest_first[1:]
        since = past.now or past.days[-1]
        return Told(
            amended,
            find_marks(past.plan, since, newest_first),
            tuple(self._corrections(past, followed[::-1])),
            tuple(map(_seen, followed[::-1])),
        )

    def _followed(self, past: Past, drafts: Drafts) -> Iterator[_Then]:
        """Yield a plan after each commit, newest first, with its items followed back."""
        later, now = past.plan, {item.ref: item.ref for item in _items(past)}
        for touch, day in reversed(list(zip(past.touches, past.days, strict=True))):
            draft = self._draft(past, touch, drafts)
            if draft is None:
                if touch.after:
                    yield _Then(touch, day, None, {})
                continue
            were = match_plans(draft.plan, later)
            now = {were[ref]: today for ref, today in now.items() if ref in were}
            later = draft.plan
            yield _Then(touch, day, draft, now)

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


def _versions(past: Past, drafts: Drafts) -> Iterator[Version]:
    """Yield a plan's versions since it was settled, and as it is now, as far as they were read."""
    for touch, day in list(zip(past.former, past.days, strict=False))[past.start :]:
        draft = drafts.get(touch.after)
        if draft is not None:
            yield Version(touch.commit, day, draft.plan)
    if not past.is_broken:
        commit = None if past.now else past.touches[-1].commit
        yield Version(commit, past.now or past.days[-1], past.plan)


def _items(past: Past) -> Iterator[Item]:
    return (item for objective in past.plan.objectives for item in objective.items())


def _seen(then: _Then) -> Seen:
    if then.draft is None:
        return Seen(then.day, None)
    items = (item for objective in then.draft.plan.objectives for item in objective.items())
    audiences = ((then.now[i.ref], i.visibility) for i in items if i.ref in then.now)
    return Seen(then.day, tuple(audiences))
