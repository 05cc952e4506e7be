"""What every view is made from: a company, its measures, the words, and where its files live."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from okrsite.by_plan import ByPlan
from okrsite.forge import Forge
from okrsite.measure import Measures, OwnerMeasure, texts_of
from okrsite.model import Company, Cycle, Plan, Reference, Team
from okrsite.views.cascade import Cascade
from okrsite.views.fragments import ActionView, DateView, LinkView, ObjectiveRow, PersonLink
from okrsite.views.review_order import ReviewOrder
from okrsite.views.split import Part
from okrsite.views.told import Wins
from okrsite.watch import Memo, Watch
from okrsite.words import Words

if TYPE_CHECKING:
    from okrsite.views.review_team import TeamReview


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
    directory_urls: bool = True
    """Whether links may name a directory; else they name its ``index.html``."""
    pictures: frozenset[str] = frozenset()
    """Paths, in the source folder, of the pictures that are published."""

    rows: Memo[tuple[Reference, bool], ObjectiveRow] = field(default_factory=Memo)
    """The rows made so far, as several pages show the same objective."""

    by_plan: ByPlan = field(default_factory=ByPlan)
    """What lists of all plans show of each, made of that plan and what stands everywhere."""

    whole: Company | None = None
    """The same company without a watch over it, where there is one."""
    watch: Watch = field(default_factory=Watch)
    """Notes what is asked for while something is drawn."""

    @cached_property
    def links(self) -> Memo[tuple[Reference, str], LinkView]:
        """Return the links to objectives made so far, as many pages tie to the same."""
        return Memo(self.watch)

    @cached_property
    def team_reviews(self) -> Memo[str, TeamReview]:
        """Return the screens of teams made so far: a department's review shows them, too."""
        return Memo(self.watch)

    @cached_property
    def check_ins(self) -> Memo[tuple[str, str], ActionView]:
        """Return the buttons that check in made so far: a plan's objectives share theirs."""
        return Memo(self.watch)

    @cached_property
    def named(self) -> dict[str, PersonLink]:
        """Return the links to people and teams made so far."""
        return {}

    @cached_property
    def days(self) -> dict[date, DateView]:
        """Return the days that were put into words so far."""
        return {}

    @cached_property
    def lists(self) -> dict[tuple[str, str], Part[str]]:
        """Return the lists split so far, by kind and by what they are about.

        They are made of teams and people alone, or else whoever asks notes what they are made of.
        """
        return {}

    @cached_property
    def parted(self) -> dict[tuple[str, str], Part[Reference]]:
        """Return the lists of objectives split so far; whoever asks notes their structure."""
        return {}

    @cached_property
    def wins(self) -> Wins:
        """Return all wins and praise of the last weeks; whoever asks notes the page of them."""
        return Wins(self.unwatched)

    @property
    def cascade(self) -> Cascade:
        """Return what of the current cycles works towards what; it is made of all plans."""
        self.watch.note("structure")
        return self._cascade

    def cascade_path(self, ref: Reference) -> str | None:
        """Return on which page of the alignment an objective stands; None where it does not."""
        self.watch.note("cascade", ref.owner, ref.cycle, ref.objective)
        return self._cascade.path(ref)

    @cached_property
    def _cascade(self) -> Cascade:
        return Cascade(self.unwatched)

    @property
    def reviews(self) -> ReviewOrder:
        """Return the order of reviews; it is made of all plans, numbers and words aside."""
        self.watch.note("review-order")
        return self._reviews

    @cached_property
    def _reviews(self) -> ReviewOrder:
        return ReviewOrder(self.unwatched)

    @property
    def unwatched(self) -> Company:
        """Return the company without a watch: whoever asks it notes what was asked for."""
        return self.whole or self.company

    @property
    def parts(self) -> dict[str, Callable[..., Iterable[str]]]:
        """Return what gives the digests of the parts that are noted here."""
        return {
            "structure": self._cascade.structure,
            "items": lambda cycle: _items(self.unwatched, cycle),
            "review-order": self._reviews.structure,
            "cascade": lambda *ref: [repr(self._cascade.path(Reference(*ref)))],
            "wins": self.wins.page,
            "texts": self._texts,
        }

    def _texts(self, owner: str, cycle: str) -> Iterator[str]:
        """Yield all that a plan says, evidence aside, and about what."""
        plan = self.unwatched.plan(owner, cycle)
        for about, text in texts_of(plan) if plan else ():
            yield f"{about} {text}"

    @cached_property
    def current(self) -> tuple[Cycle, ...]:
        """Return the current cycles, the shortest first."""
        return self.company.current_cycles()

    @property
    def now(self) -> str:
        """Return the id of the shortest current cycle, or nothing."""
        return self.current[0].id if self.current else ""

    @cached_property
    def teams_of(self) -> dict[str, tuple[Team, ...]]:
        """Return, for each person, the teams that they are in or hold a role in."""
        found: dict[str, list[Team]] = {}
        for team in self.company.teams:
            roles = (team.lead, team.champion, team.sponsor)
            for person in dict.fromkeys((*roles, *team.members)):
                found.setdefault(person, []).append(team)
        return {person: tuple(teams) for person, teams in found.items()}

    def measure_of(self, plan: Plan) -> OwnerMeasure:
        """Return the figures of a plan as a whole; KeyError where the company has no such plan."""
        measure = self.measures.owner(plan.owner, plan.cycle)
        if measure is None:
            raise KeyError(f"{plan.owner}@{plan.cycle}")
        return measure


def _items(company: Company, cycle: str) -> Iterator[str]:
    """Yield the names of all that is wanted in a cycle, and in which team."""
    for plan in company.plans_in(cycle):
        for objective in plan.objectives:
            yield f"{objective.team} {objective.ref}"
            yield from (key_result.ref.key_result for key_result in objective.key_results)
