"""What resolving works on: the rules, the day, and the problems found so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date

from okrsite.model import Place, Rules
from okrsite.problems import Problem, Reporter, nearest


@dataclass
class Desk(Reporter):
    """The state of one resolving: rules, dates and the problems found so far."""

    rules: Rules
    as_of: date
    today: date
    """The later of as-of date and clock: what lies beyond it is most likely a wrong year."""
    problems: list[Problem] = field(default_factory=list)
    repeated: dict[Hashable, list[Problem]] = field(default_factory=lambda: defaultdict(list))
    """Problems that are told once, at whichever of several places the most people may see."""
    audiences: dict[str, str] = field(default_factory=dict)
    """Path to the audience of a file that is no team's, plan's or check-in's in the company."""

    def report_once(
        self,
        key: Hashable,
        code: str,
        place: Place,
        message: str,
        mend: str,
        hint: str = "",
        also: tuple[tuple[Place, str], ...] = (),
    ) -> None:
        """Note one of several problems with one mend, of which one is told."""
        self.repeated[key].append(Problem(code, place, message, mend, hint, also))

    def strangers(self, code: str, place: Place, what: str, name: str, known: list[str]) -> None:
        """Report a name that is nothing, with the nearest names and those that there are."""
        near = nearest(name, known, 1)
        shown = listed(known)
        self.report(
            code,
            place,
            f"no {what} is called '{name}'",
            f"write {near[0]}" if near else f"write one of: {shown}" if known else "remove it",
            f"there are: {shown}" if known else "",
        )


def listed(known: list[str]) -> str:
    """Return the first of some names, for a hint."""
    return ", ".join(known[:8]) + (", …" if len(known) > 8 else "")
