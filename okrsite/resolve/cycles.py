"""Names of plans → the cycles that they are for."""

from __future__ import annotations

from okrsite.model import Cycle
from okrsite.model.cycle_names import is_fiscal_name, known_cycle
from okrsite.read.records import RulesRecord, Text
from okrsite.resolve.desk import Desk, listed
from okrsite.resolve.directory import check_id
from okrsite.urls import NOT_CYCLES


class Calendar:
    """All cycles that a plan or `okrs.yml` names."""

    def __init__(self, record: RulesRecord, desk: Desk) -> None:
        self._record = record
        self._desk = desk
        self.cycles: dict[str, Cycle] = {cycle.id: cycle for cycle in record.rules.cycles}
        for name in record.cycles:
            check_id(desk, name, "a cycle's id")
            if name.value in NOT_CYCLES:
                desk.report(
                    "OKR-I002",
                    name.place,
                    f"no cycle can be called '{name.value}': a page of the site has that address",
                    f"write another id, such as {name.value}-1",
                )

    def enter(self, name: Text) -> Cycle:
        """Return the cycle of a plan, by whose name it is known from now on.

        The name is one that `okrs.yml` or the calendar knows: else the file would be no plan.
        """
        cycle = self.find(name)
        if cycle is None:
            raise ValueError(f"{name} is no plan's name")
        return self.cycles.setdefault(cycle.id, cycle)

    def find(self, name: Text) -> Cycle | None:
        """Return the cycle of a name in either case, reporting one that has no dates."""
        id = name.value.lower()
        rules = self._record.rules
        cycle = self.cycles.get(id) or known_cycle(id, rules.fiscal_year_start, rules.planning_days)
        if cycle is None:
            known = sorted(self.cycles)
            self._desk.report(
                "OKR-F004",
                name.place,
                f"no cycle is called '{name.value}'",
                f"correct the name, or add {{id: {id}, start: …, end: …}} to cycles: in okrs.yml",
                f"there are: {listed(known[::-1])}" if known else "",
            )
        elif self._lacks_year(cycle):
            self._desk.report_once(
                "OKR-D004",
                "OKR-D004",
                name.place,
                f"'{name.value}' is a fiscal cycle, but no fiscal year is set",
                "add fiscal_year_start: July (or your month) to okrs.yml, or use a calendar name",
            )
        return cycle

    def sorted(self) -> tuple[Cycle, ...]:
        """Return the cycles, oldest start first, the longer before the shorter."""
        return tuple(sorted(self.cycles.values(), key=lambda c: (c.start, -c.days, c.id)))

    def enclosing(self, cycle: Cycle) -> list[Cycle]:
        """Return the longer cycles around one, shortest first."""
        around = [other for other in self.cycles.values() if other.encloses(cycle)]
        return sorted(around, key=lambda other: (other.days, other.id))

    def _lacks_year(self, cycle: Cycle) -> bool:
        """Tell whether a fiscal cycle's dates are a guess: neither its own nor by a fiscal year."""
        stated = {other.id for other in self._record.rules.cycles}
        is_fiscal = is_fiscal_name(cycle.id) and cycle.id not in stated
        return is_fiscal and not self._record.has_fiscal_start
