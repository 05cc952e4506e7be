"""Teams, people and objectives → what search finds: words and owners, never a status."""

from __future__ import annotations

from okrsite import urls
from okrsite.model import Company, CycleState, Objective, Person, Team
from okrsite.pages.page import SearchEntry
from okrsite.prose import plain
from okrsite.words import TYPE_WORDS, Words

_CLOSED = 0.3
"""What an objective of a closed cycle weighs against one of today."""
_NAMED = 2.0
"""What a team or person weighs, whose name was most likely meant."""


def team_entry(company: Company, team: Team) -> SearchEntry:
    """Return a team's entry: name, mission, people.

    Its objectives are tagged with its name, and Material ranks what is tagged first.
    """
    people = [team.lead, team.champion, team.sponsor, *team.members]
    words = [plain(team.mission), *(_name(company, id) for id in dict.fromkeys(people) if id)]
    text = ". ".join(filter(None, words))
    return SearchEntry(urls.team_url(team.id), team.title, text, (team.title,), _NAMED)


def person_entry(company: Company, person: Person) -> SearchEntry:
    """Return a person's entry: name, title, teams."""
    teams = [team.title for team in company.teams if person.id in (team.lead, *team.members)]
    text = ". ".join(filter(None, (person.title, ", ".join(teams))))
    return SearchEntry(urls.person_url(person.id), person.name, text, (), _NAMED)


def objective_entry(company: Company, words: Words, objective: Objective) -> SearchEntry:
    """Return an objective's entry: title, key results, owners; by cycle, team and type."""
    cycle = company.cycle(objective.ref.cycle)
    closed = cycle.state(company.as_of) is CycleState.CLOSED
    owners = dict.fromkeys(
        (*objective.owners, *(owner for kr in objective.key_results for owner in kr.owners))
    )
    said = [plain(kr.title) for kr in objective.key_results]
    said += [_name(company, id) for id in owners]
    tags = [cycle.name, _name(company, objective.ref.owner)]
    if not objective.title_only:
        tags.append(words.gettext(TYPE_WORDS[objective.type]))
    return SearchEntry(
        urls.reference_url(company, objective.ref),
        plain(objective.title),
        ". ".join(said),
        tuple(tags),
        _CLOSED if closed else 1,
    )


def _name(company: Company, id: str) -> str:
    person, team = company.person(id), company.team(id)
    return person.name if person else team.title if team else id
