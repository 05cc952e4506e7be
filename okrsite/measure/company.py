"""A company → its measures, each worked out when it is first asked for, and kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from okrsite.measure.exact import ONE, mean
from okrsite.measure.expected import time_gone
from okrsite.measure.moment import frame_of
from okrsite.measure.objectives import (
    ObjectiveMoment,
    measure_objective_moment,
    objective_subject,
    statuses_of,
)
from okrsite.measure.original import with_evidence_of
from okrsite.measure.outcome import Outcome, measure_outcome
from okrsite.measure.owners import (
    PlanSubject,
    add_counts,
    add_weeks,
    measure_owner,
    measure_weeks,
    plan_standing,
    plan_subject,
)
from okrsite.measure.results import (
    CycleMeasure,
    KeyResultMeasure,
    Mean,
    ObjectiveMeasure,
    OwnerMeasure,
    Standing,
    Statuses,
    WeekMeasure,
)
from okrsite.model import Company, Plan, Reference, State, Status
from okrsite.model.change import Term


class Measures:
    """Everything measured of a company as of one day; lazy, and each thing only once."""

    def __init__(self, company: Company, as_of: date) -> None:
        self.company = company
        self.as_of = as_of
        self._plans: dict[tuple[str, str], PlanSubject] = {}
        self._moments: dict[tuple[str, str], dict[Reference, ObjectiveMoment]] = {}
        self._objectives: dict[Reference, ObjectiveMeasure] = {}
        self._key_results: dict[Reference, KeyResultMeasure] = {}
        self._owners: dict[tuple[str, str], OwnerMeasure | None] = {}
        self._statuses: dict[tuple[str, str], Statuses] = {}
        self._weeks: dict[tuple[str, str], tuple[WeekMeasure, ...]] = {}
        self._cycles: dict[str, CycleMeasure] = {}
        self._outcomes: dict[tuple[str, str], Outcome] = {}
        self._standings: dict[Reference, Standing] = {}
        self._days: dict[date, Measures] = {}

    def on(self, day: date) -> Measures:
        """Return the measures of the same company as of another day.

        What does not depend on the day is gathered once for both.
        """
        if day == self.as_of:
            return self
        if day not in self._days:
            self._days[day] = other = Measures(self.company, day)
            other._plans = self._plans
        return self._days[day]

    def key_result(self, ref: Reference) -> KeyResultMeasure:
        """Return a key result's measure; KeyError where nothing has that reference."""
        if ref not in self._key_results:
            self.objective(ref)
        return self._key_results[ref]

    def objective(self, ref: Reference) -> ObjectiveMeasure:
        """Return an objective's measure (a key result's reference finds its objective).

        KeyError where nothing has that reference.
        """
        ref = Reference(ref.owner, ref.cycle, ref.objective)
        if ref not in self._objectives:
            measured = measure_objective_moment(self._moment(ref))
            self._objectives[ref] = measured
            self._key_results |= {each.ref: each for each in measured.key_results}
        return self._objectives[ref]

    def standing(self, ref: Reference) -> Standing:
        """Return how an objective or a key result stands; KeyError where nothing has that name."""
        if ref not in self._standings:
            moment = self._moment(Reference(ref.owner, ref.cycle, ref.objective))
            found = moment.standing_of(ref.key_result) if ref.key_result else moment.standing()
            self._standings[ref] = found
        return self._standings[ref]

    def plan_standing(self, owner: str, cycle: str) -> Standing | None:
        """Return how an owner's plan for a cycle stands; None where there is no plan."""
        plan = self.company.plan(owner, cycle)
        return plan_standing(self._moment(each.ref) for each in plan.objectives) if plan else None

    def original(self, ref: Reference) -> ObjectiveMeasure | None:
        """Return an objective as it was promised at first, by today's evidence.

        None where it is still what it was, or where nobody can tell. What was cancelled counts as
        it stood; what was added since was not promised then.
        """
        plan = self.company.plan(ref.owner, ref.cycle)
        promised = {each.ref: each for each in (plan.original or ())} if plan else {}
        if plan is None or ref not in promised:
            return None
        added = {a.about for a in plan.amendments if a.change and a.change.term is Term.ADDED}
        objective = with_evidence_of(promised[ref], self.company.objective(ref), added)
        subject = objective_subject(objective, frame_of(plan, self.company), self.company)
        return measure_objective_moment(ObjectiveMoment(subject, self.as_of))

    def owner(self, owner: str, cycle: str) -> OwnerMeasure | None:
        """Return the numbers of an owner's plan for a cycle; None where there is no plan."""
        key = owner, cycle
        if key not in self._owners:
            plan = self.company.plan(owner, cycle)
            self._owners[key] = self._measure_owner(plan) if plan else None
        return self._owners[key]

    def counts(self, owner: str, cycle: str) -> Mapping[Status, int]:
        """Return how many of an owner's active key results have which status that occurs."""
        return Counter(status for _, status in self.statuses(owner, cycle))

    def statuses(self, owner: str, cycle: str) -> Statuses:
        """Return an owner's active key results, each with its status."""
        key = owner, cycle
        if key not in self._statuses:
            plan = self.company.plan(owner, cycle)
            self._statuses[key] = self._measure_statuses(plan) if plan else ()
        return self._statuses[key]

    def cycle(self, cycle: str) -> CycleMeasure:
        """Return the counts of a cycle over all owners; KeyError for a cycle nobody names."""
        if cycle not in self._cycles:
            self._cycles[cycle] = self._measure_cycle(cycle)
        return self._cycles[cycle]

    def support_mean(self, ref: Reference) -> Mean:
        """Return the mean of the active objectives that support one or a key result of it.

        They weigh the same. It stands beside an objective's own progress and never goes into it.
        """
        objective = self.company.objective(ref)
        items = objective.items() if objective else ()
        supporters = (other for item in items for other in self.company.supporters(item.ref))
        refs = dict.fromkeys(each.ref for each in supporters if each.state is State.ACTIVE)
        shares = [self._moment(each).progress.value for each in refs]
        measured = sum(share is not None for share in shares)
        return Mean(mean((share, ONE) for share in shares), measured, len(shares))

    def weeks(self, owner: str, cycle: str) -> tuple[WeekMeasure, ...]:
        """Return an owner's weeks of a cycle up to today, each past one as of its last day."""
        key = owner, cycle
        if key not in self._weeks:
            plan = self.company.plan(owner, cycle)
            self._weeks[key] = self._measure_weeks(plan) if plan else ()
        return self._weeks[key]

    def cycle_weeks(self, cycle: str) -> tuple[WeekMeasure, ...]:
        """Return a cycle's weeks over all owners: counts alone, as no mean rolls up."""
        return add_weeks([self.weeks(plan.owner, cycle) for plan in self._plans_in(cycle)])

    def outcome(self, owner: str, cycle: str) -> Outcome:
        """Return what an owner's plan for a cycle came to; nothing at all without a plan."""
        key = owner, cycle
        if key not in self._outcomes:
            plan = self.company.plan(owner, cycle)
            self._outcomes[key] = self._measure_outcome(plan) if plan else Outcome()
        return self._outcomes[key]

    def _plans_in(self, cycle: str) -> list[Plan]:
        return [plan for plan in self.company.plans if plan.cycle == cycle]

    def _plan(self, plan: Plan) -> PlanSubject:
        key = plan.owner, plan.cycle
        if key not in self._plans:
            self._plans[key] = plan_subject(plan, self.company)
        return self._plans[key]

    def _moment(self, ref: Reference) -> ObjectiveMoment:
        key = ref.owner, ref.cycle
        if key not in self._moments:
            plan = self.company.plan(*key)
            objectives = self._plan(plan).objectives if plan else ()
            self._moments[key] = {
                each.objective.ref: ObjectiveMoment(each, self.as_of) for each in objectives
            }
        return self._moments[key][ref]

    def _measure_owner(self, plan: Plan) -> OwnerMeasure:
        measured = tuple(self.objective(each.ref) for each in plan.objectives)
        moments = [self._moment(each.ref) for each in plan.objectives]
        return measure_owner(self._plan(plan), moments, measured, self.as_of)

    def _measure_weeks(self, plan: Plan) -> tuple[WeekMeasure, ...]:
        return measure_weeks(self._plan(plan), self.company.cycle(plan.cycle), self.as_of)

    def _measure_statuses(self, plan: Plan) -> Statuses:
        moments = (self._moment(each.ref) for each in plan.objectives)
        return tuple(pair for moment in moments for pair in statuses_of(moment))

    def _measure_outcome(self, plan: Plan) -> Outcome:
        measure = self.owner(plan.owner, plan.cycle)
        weeks = self.weeks(plan.owner, plan.cycle)
        cycle = self.company.cycle(plan.cycle)
        return measure_outcome(self._plan(plan), measure, weeks, cycle) if measure else Outcome()

    def _measure_cycle(self, id: str) -> CycleMeasure:
        cycle = self.company.cycle(id)
        counts = add_counts(self.counts(plan.owner, id) for plan in self._plans_in(id))
        return CycleMeasure(
            cycle=cycle,
            as_of=self.as_of,
            time_gone=time_gone(cycle.start, cycle.end, self.as_of),
            counts=counts,
            of=sum(counts.values()),
        )


def measure_company(company: Company, as_of: date | None = None) -> Measures:
    """Return a company's measures as of a day (default: its own); nothing later is seen."""
    return Measures(company, as_of or company.as_of)
