"""A company's plans → what of the current cycles works towards what, and where it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from okrsite.model import Company, Level, Objective, Reference, State
from okrsite.views.rings import find_rings
from okrsite.views.split import Part, split_rows


class Cascade:
    """The running objectives of the current cycles and the ties between them."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.cycles = tuple(cycle.id for cycle in company.current_cycles())
        """The shortest first."""
        self._supporters: dict[Reference, list[tuple[Objective, str]]] = {}

    @property
    def shortest(self) -> str:
        """Return the shortest current cycle, or nothing."""
        return self.cycles[0] if self.cycles else ""

    @cached_property
    def running(self) -> dict[Reference, Objective]:
        """Return the objectives that count today, in the order of plans."""
        found = (o for o in self.company.objectives() if o.ref.cycle in self.cycles)
        return {o.ref: o for o in found if o.state in (State.ACTIVE, State.PAUSED)}

    @cached_property
    def by_owner(self) -> dict[str, list[Objective]]:
        """Return the running objectives of each owner."""
        found: dict[str, list[Objective]] = {}
        for objective in self.running.values():
            found.setdefault(objective.ref.owner, []).append(objective)
        return found

    def is_tied(self, objective: Objective) -> bool:
        """Tell whether the tree shows an objective: a running one that is tied to others."""
        if objective.ref not in self.running:
            return False
        return (
            bool(objective.supports)
            or self.is_company(objective)
            or bool(self.supporters(objective))
        )

    def is_company(self, objective: Objective) -> bool:
        """Tell whether an objective is the company's own."""
        team = self.company.team(objective.ref.owner)
        return team is not None and team.level is Level.COMPANY

    def supporters(self, objective: Objective) -> list[tuple[Objective, str]]:
        """Return what supports an objective or its key results today, with the key result's id."""
        if objective.ref not in self._supporters:
            self._supporters[objective.ref] = self._found_supporters(objective)
        return self._supporters[objective.ref]

    def _found_supporters(self, objective: Objective) -> list[tuple[Objective, str]]:
        found: dict[Reference, tuple[Objective, str]] = {}
        for item in objective.items():
            for other in self.company.supporters(item.ref):
                found.setdefault(other.ref, (other, item.ref.key_result))
        return [pair for ref, pair in found.items() if ref in self.running]

    @cached_property
    def reached(self) -> dict[Reference, frozenset[Reference]]:
        """Return, for each running objective, all that it supports, directly or through others."""
        return {ref: frozenset(self._above(o)) for ref, o in self.running.items()}

    def _above(self, objective: Objective) -> set[Reference]:
        found: set[Reference] = set()
        waiting = [objective]
        while waiting:
            for above in self.targets(waiting.pop()):
                if above.ref not in found:
                    found.add(above.ref)
                    waiting.append(above)
        return found

    def targets(self, objective: Objective) -> list[Objective]:
        """Return the objectives that one supports, of whatever cycle; each once."""
        refs = (link.target for link in objective.supports if link.target)
        found = (self.company.objective(ref) for ref in refs)
        return list({above.ref: above for above in found if above}.values())

    @cached_property
    def waiting(self) -> list[list[Reference]]:
        """Return the running objectives that depend on each other, around in a ring."""
        return find_rings({ref: list(self._needed(o)) for ref, o in self.running.items()})

    def _needed(self, objective: Objective) -> Iterator[Reference]:
        for link in objective.depends_on:
            if link.target:
                ref = Reference(link.target.owner, link.target.cycle, link.target.objective)
                if ref in self.running and ref != objective.ref:
                    yield ref

    @cached_property
    def whole(self) -> Part[Reference]:
        """Return the pages that the running objectives stand on."""
        return split_rows(self.company, (((o.team,), ref) for ref, o in self.running.items()))

    def structure(self) -> Iterator[str]:
        """Yield all that decides which pages there are and what hangs where, numbers aside."""
        for plan in self.company.plans:
            yield f"{plan.owner}@{plan.cycle} {plan.team}"
            for objective in plan.objectives:
                links = (*objective.supports, None, *objective.depends_on)
                targets = " ".join(str(link and link.target) for link in links)
                yield f"{objective.ref} {objective.state} {objective.title_only} {targets}"

    def path(self, ref: Reference) -> str | None:
        """Return the path of the page that the tree shows an objective on; None for none."""
        objective = self.running.get(ref)
        return self.pages[ref].path if objective and self.is_tied(objective) else None

    @cached_property
    def pages(self) -> dict[Reference, Part[Reference]]:
        """Return the page that each running objective stands on in full."""
        return {ref: part for part, _ in self.whole.pages() for ref in part.rows}

    def shown(self, part: Part[Reference]) -> list[Objective]:
        """Return what a page shows: its own objectives and those of the departments below it."""
        heads = (each.team.id for each in part.parts if each.team and not each.stretch)
        own = [self.running[ref] for ref in part.rows]
        return _once([*own, *(o for head in heads for o in self.by_owner.get(head, ()))])

    def tops(self, shown: list[Objective]) -> list[Objective]:
        """Return what stands at the top of a page's tree: tied, and to nothing above it there."""
        inside = {objective.ref for objective in shown}
        return [
            objective
            for objective in shown
            if self.is_tied(objective)
            and not any(above.ref in inside for above in self.targets(objective))
        ]


def _once(objectives: list[Objective]) -> list[Objective]:
    return list({objective.ref: objective for objective in objectives}.values())
