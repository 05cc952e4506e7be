"""What `supports`, `depends_on`, `continues` and `about` name → full references."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from okrsite.model import Amendment, Cycle, Link, Objective, Place, Reference
from okrsite.model.quick import quick_replace as replace
from okrsite.problems import nearest
from okrsite.read.records import AmendmentRecord, Text
from okrsite.resolve.cycles import Calendar
from okrsite.resolve.desk import Desk, listed
from okrsite.resolve.directory import Directory
from okrsite.resolve.plans import Draft
from okrsite.resolve.rings import cut_rings


@dataclass
class Index:
    """Every objective and key result by owner, cycle and id (former ids included)."""

    desk: Desk
    directory: Directory
    calendar: Calendar
    drafts: dict[tuple[str, str], Draft]
    _near: dict[str, str] = field(default_factory=dict)

    def find(self, name: Text, draft: Draft, *, priorities: bool = False) -> Reference | None:
        """Return what a reference written in a plan means, reporting one that means nothing."""
        parts = name.value.strip().split("/")
        if not 1 <= len(parts) <= 3 or any(not p or p != p.strip() or " " in p for p in parts):
            self._complain_form(name, draft)
            return None
        own = among(draft, parts)
        if own:
            return self._noted(own, name)
        if len(parts) == 1:
            known = [objective.ref.objective for objective in draft.plan.objectives]
            self._complain(name, f"this plan has: {listed(known)}", _nearest(parts[0], known))
            return None
        return self._elsewhere(name, parts, draft, priorities=priorities)

    def _elsewhere(
        self, name: Text, parts: list[str], draft: Draft, *, priorities: bool
    ) -> Reference | None:
        head, _, cycle_name = parts[0].removeprefix("@").partition("@")
        owner = self.directory.team_named(head) or self.directory.person_named(head)
        if not owner and len(parts) == 2 and (objective := _objective_of(draft, parts[0])):
            known = [kr.ref.key_result for kr in objective.key_results]
            near = _nearest(parts[1], known)
            hint = f"{parts[0]} has: {listed(known)}" if known else f"{parts[0]} has no key results"
            self._complain(name, hint, near and f"{parts[0]}/{near}")
            return None
        if not owner:
            near = self._nearest_name(head)
            mend = near and "/".join((near, *parts[1:]))
            self._complain(name, f"nobody is called '{head}'", mend)
            return None
        cycles = self._cycles(cycle_name, name, draft.cycle)
        if not cycles:
            return None
        for cycle in cycles:
            other = self.drafts.get((owner, cycle.id))
            found = among(other, parts[1:]) if other else None
            if found:
                return self._noted(found, name)
        if priorities and len(parts) == 2 and not cycle_name:
            standing = self._priority(owner, parts[1])
            if standing:
                return standing
        self._complain_unknown(name, owner, parts, cycles, priorities=priorities)
        return None

    def _cycles(self, cycle_name: str, name: Text, own: Cycle) -> list[Cycle]:
        if cycle_name:
            found = self.calendar.find(Text(cycle_name, name.place))
            return [found] if found else []
        return [own, *self.calendar.enclosing(own)]

    def _priority(self, owner: str, id: str) -> Reference | None:
        team = self.directory.teams.get(owner)
        if team and any(priority.id == id for priority in team.priorities):
            return Reference(owner, "", id)
        return None

    def _noted(self, ref: Reference, name: Text) -> Reference:
        draft = self.drafts[ref.owner, ref.cycle]
        if ref in draft.implied:
            last = ref.key_result or ref.objective
            self.desk.report_once(
                ("OKR-I004", ref),
                "OKR-I004",
                _place_of(draft, ref),
                f"something refers to '{ref}', whose id is made from its title",
                f"add id: {last}, so that a new title breaks nothing",
                also=((name.place, "this refers to it"),),
            )
        return ref

    def _complain_form(self, name: Text, draft: Draft) -> None:
        title = name.value.strip().casefold()
        fits = [
            objective.ref
            for other in (draft, *self.drafts.values())
            for objective in other.plan.objectives
            if objective.title.casefold() == title
        ]
        mend = "write OWNER/OBJECTIVE or OWNER/OBJECTIVE/KEY-RESULT, such as company/reliable"
        self.desk.report(
            "OKR-R001",
            name.place,
            f"'{name.value}' is no reference",
            f"write {self._short(fits[0], draft)}" if fits else mend,
        )

    def _short(self, ref: Reference, draft: Draft) -> str:
        """Return a reference as a plan of one cycle writes it."""
        around = {cycle.id for cycle in self._cycles("", Text("", draft.plan.place), draft.cycle)}
        text = str(ref)
        return text.replace(f"@{ref.cycle}", "") if ref.cycle in around else text

    def _complain_unknown(
        self, name: Text, owner: str, parts: list[str], cycles: list[Cycle], *, priorities: bool
    ) -> None:
        known: list[str] = []
        for cycle in cycles:
            draft = self.drafts.get((owner, cycle.id))
            for objective in draft.plan.objectives if draft else ():
                known.append(objective.ref.objective)
                if len(parts) == 3 and _named(objective, parts[1]):
                    known = [kr.ref.key_result for kr in objective.key_results]
                    near = _nearest(parts[2], known)
                    hint = f"{parts[0]}/{parts[1]} has: {listed(known)}"
                    self._complain(name, hint, near and f"{parts[0]}/{parts[1]}/{near}")
                    return
        team = self.directory.teams.get(owner)
        if priorities and team:
            known.extend(priority.id for priority in team.priorities)
        near = _nearest(parts[1], known)
        tail = "/".join(parts[2:])
        mend = near and "/".join(filter(None, (parts[0], near, tail)))
        spans = " and ".join(cycle.name for cycle in cycles)
        hint = f"{parts[0]} has: {listed(known)}" if known else f"{parts[0]} has no plan in {spans}"
        self._complain(name, hint, mend)

    def _nearest_name(self, head: str) -> str:
        """Return the known team or person a name is most like; many plans may have the same."""
        if head not in self._near:
            self._near[head] = _nearest(head, self.directory.known_names())
        return self._near[head]

    def _complain(self, name: Text, hint: str, mend: str) -> None:
        self.desk.report(
            "OKR-R002",
            name.place,
            f"nothing is called '{name.value}'",
            f"write {mend}" if mend else "correct the name, or remove it",
            hint,
        )


def resolve_links(index: Index, drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts with every link looked up; rings of supports are reported and cut."""
    return cut_rings([_linked(draft, index) for draft in drafts], index.desk)


def _linked(draft: Draft, index: Index) -> Draft:
    objectives = tuple(
        replace(
            objective,
            supports=_links(record.supports, objective, draft, index, priorities=True),
            depends_on=_links(record.depends_on, objective, draft, index),
            continues=next(iter(_links(_one(record.continues), objective, draft, index)), None),
        )
        for objective, record in draft.items()
    )
    amendments = tuple(
        amendment
        for record in draft.record.amendments
        if record.date <= index.desk.as_of and (amendment := _amendment(record, draft, index))
    )
    plan = replace(draft.plan, objectives=objectives, amendments=amendments)
    return replace(draft, plan=plan)


def _amendment(record: AmendmentRecord, draft: Draft, index: Index) -> Amendment | None:
    """Return an amendment, or None where it is about nothing: it might be about anything."""
    about = index.find(record.about, draft) if record.about else None
    if record.about and about is None:
        return None
    return Amendment(record.date, about, record.why, record.place)


def _one(name: Text | None) -> tuple[Text, ...]:
    return (name,) if name else ()


def _links(
    names: tuple[Text, ...],
    objective: Objective,
    draft: Draft,
    index: Index,
    *,
    priorities: bool = False,
) -> tuple[Link, ...]:
    found: dict[Reference, Link] = {}
    for name in names:
        target = index.find(name, draft, priorities=priorities)
        if target is None:
            continue
        if replace(target, key_result="") == objective.ref:
            index.desk.report(
                "OKR-R008",
                name.place,
                f"'{objective.ref}' names itself",
                "remove it, or name what it really supports or needs",
            )
            continue
        found.setdefault(target, Link(target, name.place))
    return tuple(found.values())


def among(draft: Draft, parts: list[str]) -> Reference | None:
    """Return the objective or key result of a plan that one or two ids name."""
    if not 1 <= len(parts) <= 2:
        return None
    for objective in draft.plan.objectives:
        if not _named(objective, parts[0]):
            continue
        if len(parts) == 1:
            return objective.ref
        for kr in objective.key_results:
            if parts[1] == kr.ref.key_result or parts[1] in kr.aka:
                return kr.ref
    return None


def _objective_of(draft: Draft, id: str) -> Objective | None:
    return next((each for each in draft.plan.objectives if _named(each, id)), None)


def _named(objective: Objective, id: str) -> bool:
    return id == objective.ref.objective or id in objective.aka


def _place_of(draft: Draft, ref: Reference) -> Place:
    """Return where the title of one of a plan's items stands."""
    places: dict[Reference, Place] = {}
    for objective, record in draft.items():
        places[objective.ref] = record.title.place
        for kr, each in zip(objective.key_results, record.key_results, strict=True):
            places[kr.ref] = each.title.place
    return places[ref]


def _nearest(word: str, known: list[str]) -> str:
    return next(iter(nearest(word, known, 1)), "")
