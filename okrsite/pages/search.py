"""Teams, people and objectives → what search finds: words and owners, never a status."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from okrsite import urls
from okrsite.model import Company, CycleState, Objective, Person, Team
from okrsite.pages.page import SearchEntry
from okrsite.prose import plain
from okrsite.words import TYPE_WORDS, Words

_CLOSED = 0.3
"""What an objective of a closed cycle weighs against one of today."""
_NAMED = 2.0
"""What a team or person weighs, whose name was most likely meant."""


@dataclass(frozen=True)
class Entries:
    """What search finds of a company, in the words of its site."""

    company: Company
    words: Words

    def team(self, team: Team) -> SearchEntry:
        """Return a team's entry: name, mission, people.

        Its objectives are tagged with its name, and Material ranks what is tagged first.
        """
        people = [team.lead, team.champion, team.sponsor, *team.members]
        said = [plain(team.mission), *(self._name(id) for id in dict.fromkeys(people) if id)]
        return SearchEntry(
            urls.team_url(team.id),
            team.title,
            _sentences(said),
            (team.title,),
            _NAMED,
            teams=(team.title,),
            kind=self.words.gettext("Team"),
        )

    def person(self, person: Person) -> SearchEntry:
        """Return a person's entry: name, title, teams."""
        teams = self._teams.get(person.id, ())
        return SearchEntry(
            urls.person_url(person.id),
            person.name,
            _sentences((person.title, ", ".join(teams))),
            (),
            _NAMED,
            teams=teams,
            kind=self.words.gettext("People"),
        )

    def objective(self, objective: Objective) -> SearchEntry:
        """Return an objective's entry: title, key results, owners; by cycle, team and type."""
        cycle, owner = self.company.cycle(objective.ref.cycle), objective.ref.owner
        closed = cycle.state(self.company.as_of) is CycleState.CLOSED
        owners = dict.fromkeys(
            (*objective.owners, *(owner for kr in objective.key_results for owner in kr.owners))
        )
        said = [plain(kr.title) for kr in objective.key_results]
        said += [self._name(id) for id in owners]
        team = self.company.team(owner)
        kind = "" if objective.title_only else self.words.gettext(TYPE_WORDS[objective.type])
        return SearchEntry(
            urls.reference_url(self.company, objective.ref),
            plain(objective.title),
            _sentences(said),
            tuple(filter(None, (cycle.name, self._name(owner), kind))),
            _CLOSED if closed else 1,
            cycle=cycle.name,
            teams=(team.title,) if team else self._teams.get(owner, ()),
            kind=kind,
        )

    @cached_property
    def _teams(self) -> dict[str, tuple[str, ...]]:
        """Return the names of each person's teams."""
        titles: dict[str, dict[str, None]] = {}
        for team in self.company.teams:
            for person in (team.lead, *team.members):
                titles.setdefault(person, {})[team.title] = None
        return {person: tuple(found) for person, found in titles.items()}

    def _name(self, id: str) -> str:
        person, team = self.company.person(id), self.company.team(id)
        return person.name if person else team.title if team else id


def _sentences(said: Iterable[str]) -> str:
    """Return what was said in one line, whether or not it ended in a full stop."""
    return ". ".join(text.removesuffix(".") for text in said if text)
