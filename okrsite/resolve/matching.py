"""The names that check-ins and feedback use → the key result or objective that is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from okrsite.model import Cycle, CycleState, KeyResult, Objective, Reference
from okrsite.model.quick import quick_dataclass
from okrsite.problems import nearest
from okrsite.read.records import Text
from okrsite.resolve.desk import Desk
from okrsite.resolve.directory import Directory
from okrsite.resolve.plans import Draft


class Wanted(StrEnum):
    """What a name in a check-in or in feedback can be of."""

    KEY_RESULT = "key result"
    OBJECTIVE = "objective"
    ITEM = "item"
    """Either."""


@quick_dataclass(frozen=True, slots=True)
class Candidate:
    """Something that a check-in can be about."""

    ref: Reference
    item: KeyResult | Objective
    draft: Draft
    references: frozenset[str]
    """Its short references, by former ids too, case-folded."""
    names: frozenset[str]
    """These, its ids, and its title; all case-folded."""


@quick_dataclass(frozen=True, slots=True)
class _Names:
    """All candidates of a plan, and by what they are found."""

    all: list[Candidate]
    references: dict[str, list[Candidate]]
    names: dict[str, list[Candidate]]

    @classmethod
    def of(cls, candidates: Iterable[Candidate]) -> _Names:
        names = cls(list(candidates), {}, {})
        for candidate in names.all:
            for reference in candidate.references:
                names.references.setdefault(reference, []).append(candidate)
            for name in candidate.names:
                names.names.setdefault(name, []).append(candidate)
        return names


@quick_dataclass(frozen=True, slots=True)
class Where:
    """The plans in which a writer's names are looked up, on a day."""

    running: tuple[Draft, ...]
    """Of the cycles that run, the writer's own first, the shortest cycle first."""
    ended: tuple[Draft, ...] = ()
    """Of closed cycles that are not graded yet."""


@dataclass
class Matcher:
    """Finds what a name means; keeps the candidates of each plan."""

    desk: Desk
    directory: Directory
    drafts: dict[tuple[str, str], Draft]
    _by_owner: dict[str, list[Draft]] = field(init=False)
    """The plans of each, the shortest cycle first."""
    _by_plan: dict[tuple[str, str, Wanted], _Names] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._by_owner = {}
        for (owner, _), draft in self.drafts.items():
            self._by_owner.setdefault(owner, []).append(draft)
        for drafts in self._by_owner.values():
            drafts.sort(key=lambda draft: (draft.cycle.days, draft.cycle.start))

    def where(self, person: str, team: str, day: date, cycle: Cycle | None) -> Where:
        """Return where a file's names are looked up; `cycle` is what the file itself names."""
        owners = [owner for owner in (person, team) if owner]
        plans = [draft for owner in owners for draft in self._by_owner.get(owner, ())]
        if cycle:
            return Where(tuple(d for d in plans if d.cycle.id == cycle.id))
        running = tuple(d for d in plans if d.cycle.state(day) is CycleState.ACTIVE)
        ended = tuple(d for d in plans if d.cycle.end < day <= d.cycle.grading_due)
        return Where(running, ended)

    def find(
        self, name: Text, where: Where, wanted: Wanted = Wanted.KEY_RESULT
    ) -> tuple[Candidate | None, bool]:
        """Return what a name means, and whether a Problem was reported because of it.

        Nothing found and nothing reported leaves it to the caller to say so.
        """
        text = name.value.strip().casefold()
        if direct := self._direct(text, wanted):
            return direct, False
        for fits in (_by_reference, _by_name, _by_beginning):
            new = self._among(text, where.running, wanted, fits)
            old = self._among(text, where.ended, wanted, fits)
            if len(new) == len(old) == 1:
                self._complain_cycles(name, new[0], old[0])
                return None, True
            if len(new) + len(old) > 1:
                self._complain_several(name, [*new, *old], where, wanted)
                return None, True
            if new or old:
                return (new or old)[0], False
        return self._of_another(text, (*where.running, *where.ended), wanted), False

    def has(self, name: Text, where: Where, wanted: Wanted) -> bool:
        """Tell whether a name is that of something."""
        text = name.value.strip().casefold()
        drafts = (*where.running, *where.ended)
        return any(self._among(text, drafts, wanted, fits) for fits in (_by_reference, _by_name))

    def known(self, where: Where, wanted: Wanted = Wanted.KEY_RESULT) -> list[str]:
        """Return the short references of all that could have been meant."""
        return [
            short_reference(candidate.ref)
            for draft in (*where.running, *where.ended)
            for candidate in self.candidates(draft, wanted)
        ]

    def candidates(self, draft: Draft, wanted: Wanted) -> list[Candidate]:
        """Return what a name can be of in a plan.

        An objective without key results stands among the key results, as it is checked in so.
        """
        return self._names(draft, wanted).all

    def _names(self, draft: Draft, wanted: Wanted) -> _Names:
        key = (draft.plan.owner, draft.plan.cycle, wanted)
        names = self._by_plan.get(key)
        if names is None:
            names = self._by_plan[key] = _Names.of(candidates_of(draft, wanted))
        return names

    def _direct(self, text: str, wanted: Wanted) -> Candidate | None:
        """Return what a reference with its cycle spelt out names."""
        head, slash, tail = text.partition("/")
        owner, at, cycle = head.partition("@")
        if not slash or not at:
            return None
        return self._in_plan(owner, cycle, tail, wanted)

    def _among(
        self,
        text: str,
        drafts: tuple[Draft, ...],
        wanted: Wanted,
        fits: Callable[[_Names, str], list[Candidate]],
    ) -> list[Candidate]:
        """Return all that fits of the first plan of which something does."""
        for draft in drafts:
            own = text.removeprefix(f"{draft.plan.owner}/")
            if found := fits(self._names(draft, wanted), own):
                return found
        return []

    def _of_another(self, text: str, drafts: tuple[Draft, ...], wanted: Wanted) -> Candidate | None:
        """Return what OWNER/OBJECTIVE/KR names in somebody else's plan for one of the cycles."""
        head, _, tail = text.partition("/")
        for cycle in dict.fromkeys(draft.cycle.id for draft in drafts):
            if found := self._in_plan(head, cycle, tail, wanted):
                return found
        return None

    def _in_plan(self, owner: str, cycle: str, tail: str, wanted: Wanted) -> Candidate | None:
        id = self.directory.team_named(owner) or self.directory.person_named(owner)
        draft = self.drafts.get((id, cycle))
        for fits in (_by_reference, _by_name):
            found = fits(self._names(draft, wanted), tail) if draft else []
            if len(found) == 1:
                return found[0]
        return None

    def _complain_cycles(self, name: Text, new: Candidate, old: Candidate) -> None:
        self.desk.report(
            "OKR-C003",
            name.place,
            f"'{name.value}' is in {new.draft.cycle.name} and in {old.draft.cycle.name}, "
            "which is not graded yet",
            f"write {new.ref} or {old.ref}",
        )

    def _complain_several(
        self, name: Text, fits: list[Candidate], where: Where, wanted: Wanted
    ) -> None:
        refs = [short_reference(candidate.ref) for candidate in fits]
        whole = wanted is Wanted.KEY_RESULT and self._among(
            name.value.strip().casefold(), where.running, Wanted.OBJECTIVE, _by_reference
        )
        self.desk.report(
            "OKR-C002",
            name.place,
            f"'{name.value}' fits {len(fits)} {wanted}s",
            f"write {' or '.join(refs[:4])}"
            + ("; the objective as a whole stands under objectives:" if whole else ""),
        )


def short_reference(ref: Reference) -> str:
    """Return a reference as its own team's check-in writes it: ``trust/sev1``."""
    return f"{ref.objective}/{ref.key_result}" if ref.key_result else ref.objective


def nearest_reference(name: str, known: Iterable[str]) -> str:
    """Return the known short reference whose last part a name is most like, or nothing.

    Of two that are like it that one is meant which has the objective, too.
    """
    head, _, tail = name.rpartition("/")
    by_tail: dict[str, list[str]] = {}
    for ref in known:
        by_tail.setdefault(ref.rpartition("/")[2], []).append(ref)
    for near in nearest(tail, by_tail, 1):
        refs = by_tail[near]
        return next(iter(nearest(head, [ref for ref in refs if "/" in ref], 1)), refs[0])
    return ""


def _by_reference(names: _Names, name: str) -> list[Candidate]:
    return names.references.get(name, [])


def _by_name(names: _Names, name: str) -> list[Candidate]:
    return names.names.get(name, [])


def _by_beginning(names: _Names, name: str) -> list[Candidate]:
    if len(name) < 2:
        return []
    return [c for c in names.all if any(known.startswith(name) for known in c.names)]


def candidates_of(draft: Draft, wanted: Wanted) -> Iterable[Candidate]:
    """Yield what a name can be of in a plan."""
    for objective in draft.plan.objectives:
        ids = (objective.ref.objective, *objective.aka)
        if wanted is not Wanted.KEY_RESULT or not objective.key_results:
            yield _candidate(objective, draft, ids, ())
        for kr in objective.key_results if wanted is not Wanted.OBJECTIVE else ():
            kr_ids = (kr.ref.key_result, *kr.aka)
            yield _candidate(kr, draft, (f"{id}/{kr_id}" for id in ids for kr_id in kr_ids), kr_ids)


def _candidate(
    item: KeyResult | Objective, draft: Draft, references: Iterable[str], ids: Iterable[str]
) -> Candidate:
    whole = frozenset(text.casefold() for text in references)
    names = frozenset(text.casefold() for text in (*ids, item.title))
    return Candidate(item.ref, item, draft, whole, whole | names)
