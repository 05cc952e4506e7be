"""What every view is made from: a company, its measures, the words, and where its files live."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from okrsite.forge import Forge
from okrsite.measure import Measures, OwnerMeasure
from okrsite.model import Company, KeyResult, Objective, Plan, Reference, Weekly
from okrsite.views.fragments import ObjectiveRow
from okrsite.words import Words

T = TypeVar("T")


@dataclass(frozen=True)
class Context:
    """A company that was already gated for its audience, and how to speak of it."""

    company: Company
    measures: Measures
    words: Words
    forge: Forge | None = None
    """Where files are edited; None where no repository is known."""
    discuss: str = ""
    """The address to discuss under, with ``{ref}``; else the forge's issues."""
    feeds: bool = False
    """Whether `feed.xml` files stand beside the pages of teams and the home page."""
    quotes_source: bool = False
    """Whether messages about broken files may show, as the audience is the narrowest."""
    home_html: str = ""
    """HTML that the site's own start page brings along."""
    address: str = ""
    """Where the site is published, ending in a slash; empty where nobody said."""
    pictures: frozenset[str] = frozenset()
    """Paths, in the source folder, of the pictures that are published."""

    @cached_property
    def rows(self) -> dict[tuple[Reference, bool], ObjectiveRow]:
        """Return the rows made so far, as several pages show the same objective."""
        return {}

    def measure_of(self, plan: Plan) -> OwnerMeasure:
        """Return the figures of a plan as a whole; KeyError where the company has no such plan."""
        measure = self.measures.owner(plan.owner, plan.cycle)
        if measure is None:
            raise KeyError(f"{plan.owner}@{plan.cycle}")
        return measure

    @cached_property
    def weeklies(self) -> dict[str, tuple[Weekly, ...]]:
        """Return each owner's check-in files, oldest first."""
        return _grouped((weekly.owner, weekly) for weekly in self.company.weeklies)

    @cached_property
    def asked(self) -> dict[str, tuple[Weekly, ...]]:
        """Return, by who is asked, the check-in files that ask for something."""
        company = self.company
        return _grouped((ask.to, weekly) for weekly in company.weeklies for ask in weekly.asks)

    @cached_property
    def contributed(self) -> dict[str, tuple[Objective, ...]]:
        """Return the objectives that name a team or person as a contributor."""
        objectives = self.company.objectives()
        return _grouped((name, o) for o in objectives for name in o.contributors)

    @cached_property
    def owned_objectives(self) -> dict[str, tuple[Objective, ...]]:
        """Return the objectives that each person or team owns."""
        return _grouped((name, o) for o in self.company.objectives() for name in o.owners)

    @cached_property
    def owned_key_results(self) -> dict[str, tuple[KeyResult, ...]]:
        """Return the key results that each person or team owns."""
        objectives = self.company.objectives()
        return _grouped(
            (name, kr) for o in objectives for kr in o.key_results for name in kr.owners
        )


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
