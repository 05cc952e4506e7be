"""A cycle and the next one → the plans that the next begins with: open objectives, lessons.

What is carried over is written as the old plan has it, without what was said about the old cycle:
grades, dates, evidence. Who may see it stays the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from okrsite.edit.page import Data, data_of, read_page
from okrsite.edit.plan import objective_nodes
from okrsite.edit.writing import write_below, write_pair
from okrsite.measure import Measures
from okrsite.model import (
    Company,
    Cycle,
    InitiativeState,
    KeyResult,
    Objective,
    Plan,
    Reference,
    State,
    Status,
)
from okrsite.prefill.grades import write_grade
from okrsite.quantities import write_quantity
from okrsite.read import schema

_OF_THE_CYCLE = frozenset(
    {
        *("grade", "grade_note", "done", "checkins", "votes", "state", "cancelled_because"),
        *("start", "due", "checkpoints", "continues", "supports", "depends_on", "key_results"),
    }
)
"""Fields that say something about the old cycle, or that are written anew."""
_LINKS = ("supports", "depends_on")
_OVER = (InitiativeState.DONE, InitiativeState.DROPPED)


@dataclass(frozen=True, slots=True)
class NextPlan:
    """A plan for the next cycle."""

    path: str
    text: str
    carried: tuple[Reference, ...]
    """The objectives that go on in it."""


@dataclass(frozen=True)
class Carrier:
    """What carrying objectives from one cycle into the next goes by."""

    company: Company
    measures: Measures
    next: Cycle
    known: frozenset[Reference]
    """Objectives that the next cycle has, or will have."""
    active: bool
    """Whether what goes on is active at once; else a draft, for people to take up."""

    def plan(self, plan: Plan, data: bytes) -> NextPlan:
        """Return the next plan of an owner, whose file for the last cycle holds `data`."""
        carried = [each for each in plan.objectives if is_open(each, self.measures)]
        page = read_page(plan.place.path, data, schema.PLAN)
        said = objective_nodes(page)
        lines = list(self._head(plan))
        root = data_of(page.node)
        for name in ("visibility", "checkin_every"):
            if isinstance(root, dict) and root.get(name):
                lines += write_pair(name, root[name], 0)
        lines.append("objectives:" if carried else "objectives: []")
        for index, objective in enumerate(plan.objectives):
            if objective in carried:
                lines += self._objective(objective, said[index])
        if isinstance(root, dict) and root.get("health"):
            lines += write_pair("health", root["health"], 0)
        refs = tuple(objective.ref for objective in carried)
        return NextPlan(plan_path(self.company, plan, self.next), "\n".join([*lines, ""]), refs)

    def _head(self, plan: Plan) -> Iterator[str]:
        """Yield the lessons of the last cycle as comments."""
        name = self.company.cycle(plan.cycle).name
        lessons = plan.retrospective
        if lessons and (lessons.learned or lessons.next):
            yield f"# What {name} taught:"
            for word, texts in (("learned", lessons.learned), ("next", lessons.next)):
                for text in texts:
                    yield f"#   {word}: {' '.join(text.split())}"
            yield "#"
        if not any(is_open(each, self.measures) for each in plan.objectives):
            yield f"# Nothing of {name} is still open; write the objectives below."
        elif self.active:
            yield f"# What is still open of {name} goes on: set its numbers anew."
        else:
            yield f"# What is still open of {name} stands below as drafts."
            yield "# To take one up, set its numbers anew and delete its line state: draft."

    def _objective(self, objective: Objective, said: Mapping[str, Data]) -> Iterator[str]:
        """Yield the lines of an objective that goes on."""
        fields: dict[str, Data] = {"id": objective.ref.objective, "title": said["title"]}
        fields |= {key: value for key, value in said.items() if key not in _OF_THE_CYCLE}
        _leave_work(objective, fields)
        lost = list(self._links(objective, said, fields))
        fields["continues"] = str(objective.ref)
        if not self.active:
            fields["state"] = str(State.DRAFT)
        first, *more = write_below(fields, 4)
        for link in lost:
            yield f"  # {link}"
        yield f"  - {first.lstrip()}"
        yield from more
        results = said.get("key_results")
        items = results if isinstance(results, list) else [results] if results else []
        pairs = [
            (kr, item)
            for kr, item in zip(objective.key_results, items, strict=True)
            if self._goes_on(kr)
        ]
        if pairs:
            yield "    key_results:"
        for kr, item in pairs:
            yield f"      # {self._ended(kr)}"
            yield from self._key_result(kr, item)

    def _key_result(self, kr: KeyResult, item: Data) -> Iterator[str]:
        fields: dict[str, Data] = {"id": kr.ref.key_result}
        if isinstance(item, str):
            fields["title"] = item.removeprefix("[ ] ")
        else:
            said = item if isinstance(item, dict) else {}
            kept = {key: value for key, value in said.items() if key not in _OF_THE_CYCLE}
            fields |= kept
            self._leave_done(kr, fields)
        first, *more = write_below(fields, 8)
        yield f"      - {first.lstrip()}"
        yield from more

    def _leave_done(self, kr: KeyResult, fields: dict[str, Data]) -> None:
        """Leave out the steps and the work that are done."""
        steps = _listed(fields.pop("milestones", []))
        days = self.measures.key_result(kr.ref).steps_done
        if left := [_undone(step) for step, day in zip(steps, days, strict=True) if not day]:
            fields["milestones"] = left
        _leave_work(kr, fields)

    def _goes_on(self, kr: KeyResult) -> bool:
        status = self.measures.key_result(kr.ref).status
        return kr.state is not State.CANCELLED and status is not Status.ACHIEVED

    def _ended(self, kr: KeyResult) -> str:
        """Return where a key result ended, for whoever sets its numbers anew."""
        cycle = self.company.cycle(kr.ref.cycle)
        verb = "ended" if self.company.as_of > cycle.end else "stands"
        grade = f", grade {write_grade(kr.grade)}" if kr.grade is not None else ""
        return f"{cycle.name} {verb} {self._stands(kr)}{grade}"

    def _stands(self, kr: KeyResult) -> str:
        measure = self.measures.key_result(kr.ref)
        if measure.current:
            return f"at {write_quantity(measure.current)}"
        if measure.steps_done:
            done = sum(day is not None for day in measure.steps_done)
            return f"with {done} of {len(measure.steps_done)} steps done"
        return f"at {round(measure.progress * 100)} %" if measure.progress else "without a value"

    def _links(
        self, objective: Objective, said: Mapping[str, Data], fields: dict[str, Data]
    ) -> Iterator[str]:
        """Keep the links that lead somewhere in the next cycle, and yield what the others said."""
        for name in _LINKS:
            texts, links = _listed(said.get(name, [])), getattr(objective, name)
            known = [link.target for link in links if link.target and self._is_known(link.target)]
            if len(known) == len(texts) == len(links):
                fields |= {name: said[name]} if texts else {}
                continue
            if known:
                fields[name] = [str(replace(ref, cycle="")) for ref in known]
            for link in links:
                if link.target not in known:
                    word = name.replace("_", " ")
                    yield f"{word} {link.target}, which {self.next.name} does not have"

    def _is_known(self, ref: Reference) -> bool:
        """Tell whether a reference leads somewhere in the next cycle too."""
        if not ref.cycle:
            return True
        above = self.company.cycle(ref.cycle)
        here = Reference(ref.owner, self.next.id, ref.objective)
        return above.encloses(self.next) or (not ref.key_result and here in self.known)


def is_open(objective: Objective, measures: Measures) -> bool:
    """Tell whether an objective is neither achieved nor cancelled."""
    status = measures.objective(objective.ref).status
    return objective.state is not State.CANCELLED and status is not Status.ACHIEVED


def plan_path(company: Company, plan: Plan, cycle: Cycle) -> str:
    """Return where the plan of an owner for a cycle is written."""
    team = company.team(plan.team)
    folder = team.folder if team else ""
    whose = f".{plan.owner}" if plan.owner != plan.team else ""
    return f"{folder}/{cycle.id}{whose}.yml" if folder else f"{cycle.id}{whose}.yml"


def known_objectives(
    company: Company, measures: Measures, plans: Collection[Plan], cycle: Cycle
) -> frozenset[Reference]:
    """Return the objectives that a cycle has, and those that some plans would carry into it."""
    there = {each.ref for plan in company.plans_in(cycle.id) for each in plan.objectives}
    carried = {
        Reference(each.ref.owner, cycle.id, each.ref.objective)
        for plan in plans
        for each in plan.objectives
        if is_open(each, measures)
    }
    return frozenset(there | carried)


def _listed(value: Data) -> list[Data]:
    return value if isinstance(value, list) else [value] if value else []


def _leave_work(item: Objective | KeyResult, fields: dict[str, Data]) -> None:
    """Leave out the initiatives that are done or dropped."""
    work = _listed(fields.pop("initiatives", []))
    pairs = zip(work, item.initiatives, strict=True)
    left = [_undone(each) for each, known in pairs if known.state not in _OVER]
    if left:
        fields["initiatives"] = left


def _undone(step: Data) -> Data:
    """Return a step or a piece of work without how far it was."""
    if isinstance(step, dict):
        return {key: value for key, value in step.items() if key not in ("done", "state")}
    return step[4:] if isinstance(step, str) and step.startswith(("[x] ", "[ ] ")) else step
