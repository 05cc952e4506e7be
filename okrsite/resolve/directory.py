"""People and teams by every name that they go by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

from okrsite.model import Person, Place, Team
from okrsite.read.records import PersonRecord, Text
from okrsite.resolve.desk import Desk
from okrsite.resolve.ids import is_id, is_reserved, mixes_scripts, slug

ROOT = "company"


class Directory:
    """Who and what a name means; people whom only other files name are added as they come."""

    def __init__(self, desk: Desk, people: tuple[PersonRecord, ...], *, listed: bool) -> None:
        self._desk = desk
        self._listed = listed
        self.people: dict[str, Person] = {}
        self.teams: dict[str, Team] = {}
        self._aka: dict[str, str] = {}
        self._team_aka: dict[str, str] = {}
        self._spellings: dict[str, list[Text]] = defaultdict(list)
        # What people and teams are found by, case-folded; of handles the first.
        self._by_handle: dict[str, str] = {}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._by_github: dict[str, list[str]] = defaultdict(list)
        self._by_part: dict[str, list[str]] = defaultdict(list)
        self._by_title: dict[str, list[str]] = defaultdict(list)
        self.roles: dict[str, str] = {}
        for record in people:
            self._enter(record)
        for record in people:
            self._enter_former(record)

    def enter_team(self, team: Team) -> None:
        """Enter a team; one that a person's handle equals is reported."""
        person = self.people.get(team.id)
        if person and person.place:
            self._desk.report(
                "OKR-I002",
                team.place or Place(team.folder or "."),
                f"team '{team.id}' has the id of a person",
                f"give the team an id of its own, such as id: {team.id}-team",
                also=((person.place, "the person"),),
            )
        self.teams[team.id] = team
        self._by_title[team.title.casefold()].append(team.id)

    def enter_former_teams(self, names: Iterable[tuple[Text, str]]) -> None:
        """Enter the former ids of teams, now that all teams are known."""
        for name, team in names:
            other = self.teams.get(name.value) or self.people.get(name.value)
            former = self._team_aka.get(name.value)
            if other or former:
                self._complain_former(name, f"'{other.id if other else former}'")
                continue
            self._team_aka[name.value] = team

    def set_roles(self, roles: tuple[tuple[Text, Text], ...]) -> None:
        """Enter who holds the roles of `okrs.yml`."""
        for role, name in roles:
            self.roles[role.value] = self.find_person(name)

    def team_named(self, name: str) -> str:
        """Return the id of a team by id, former id or title, or nothing; `company` is the root."""
        plain = name.strip().removeprefix("@")
        if plain in self.teams:
            return plain
        if plain in self._team_aka:
            return self._team_aka[plain]
        folded = plain.casefold()
        if folded == ROOT:
            return next(iter(self.teams), "")
        fits = self._by_title.get(folded, ())
        return fits[0] if len(fits) == 1 else ""

    def person_named(self, name: str) -> str:
        """Return the handle of a known person by handle, former handle or name, or nothing."""
        fits = self._fits(name)
        return fits[0] if len(fits) == 1 else ""

    def find_person(self, name: Text) -> str:
        """Return a person's handle, or nothing where a name fits several or can be nobody's.

        Somebody unknown is entered, and reported where there is a list of people.
        """
        fits = self._fits(name.value)
        if len(fits) > 1:
            self._desk.report(
                "OKR-R004",
                name.place,
                f"'{name.value}' fits {len(fits)} people",
                f"write a handle: {' or '.join(fits)}",
            )
            return ""
        if fits and self.people[fits[0]].listed:
            return fits[0]
        return self._stranger(name)

    def find_owner(self, name: Text) -> str:
        """Return who a person's, team's or role's name means: a handle or a team's id."""
        if not name.value.startswith("@"):
            if team := self.team_named(name.value):
                return team
            if role := self.roles.get(name.value):
                return role
        return self.find_person(name)

    def find_owners(self, names: tuple[Text, ...]) -> tuple[str, ...]:
        """Return who several names mean, each once."""
        return _each_once(self.find_owner, names)

    def find_people(self, names: tuple[Text, ...]) -> tuple[str, ...]:
        """Return the handles of several people, each once."""
        return _each_once(self.find_person, names)

    def known_names(self) -> list[str]:
        """Return every team's id and person's handle."""
        return [*self.teams, *self.people]

    def count_strangers(self) -> int:
        """Return how often somebody was named whom no list has."""
        return sum(map(len, self._spellings.values()))

    def strangers_in(self) -> frozenset[str]:
        """Return the paths of the files that name somebody whom no list has."""
        texts = (text for texts in self._spellings.values() for text in texts)
        return frozenset(text.place.path for text in texts)

    def name_strangers(self, rank: Callable[[Place], int]) -> None:
        """Give people whom no list has the name by which the most people may see them called.

        `rank` tells how few may see a place.
        """
        for handle, texts in self._spellings.items():
            text = min(texts, key=lambda text: (rank(text.place), text.place))
            plain = _plain(text.value)
            if " " in plain:
                self.people[handle] = replace(self.people[handle], name=plain)

    def _fits(self, name: str) -> list[str]:
        plain = _plain(name)
        if plain in self.people:
            return [plain]
        if plain in self._aka:
            return [self._aka[plain]]
        folded = plain.casefold()
        if folded in self._by_handle:
            return [self._by_handle[folded]]
        # Who is not listed has no name but the handle: what else a file of another audience
        # calls them must not decide here.
        for known in (self._by_name, self._by_github, self._by_part):
            if folded in known:
                return known[folded]
        return []

    def _stranger(self, name: Text) -> str:
        plain = _plain(name.value)
        handle = plain.lower() if is_id(plain.lower()) else slug(plain)
        if not handle:
            self._desk.report(
                "OKR-I001",
                name.place,
                f"'{name.value}' is nobody's name",
                "write a handle of lower-case letters and digits, such as ana",
            )
            return ""
        if handle in self.teams:
            self._desk.report(
                "OKR-I002",
                name.place,
                f"'{name.value}' is a team, and a person is meant here",
                "write a person's handle",
            )
            return ""
        self._add(Person(handle, handle, listed=False))
        self._spellings[handle].append(name)
        if self._listed:
            self._desk.report_once(
                ("OKR-R005", handle),
                "OKR-R005",
                name.place,
                f"'{name.value}' is not in people.yml",
                f"add {handle}: {{name: …}} to people.yml, or correct the name",
            )
        return handle

    def _enter(self, record: PersonRecord) -> None:
        person = record.person
        if not check_id(self._desk, record.id, "a handle"):
            handle = slug(person.id)
            if not handle:
                return
            person = replace(person, id=handle)
        self._add(person)

    def _add(self, person: Person) -> None:
        """Enter a person, unless somebody has the handle already."""
        if person.id in self.people:
            return
        self.people[person.id] = person
        self._by_handle.setdefault(person.id.casefold(), person.id)
        if person.listed:
            name = person.name.casefold()
            self._by_name[name].append(person.id)
            self._by_github[person.github.casefold()].append(person.id)
            for part in dict.fromkeys(name.split()):
                self._by_part[part].append(person.id)

    def _enter_former(self, record: PersonRecord) -> None:
        for name in record.aka:
            other = name.value if name.value in self.people else self._aka.get(name.value)
            if other:
                self._complain_former(name, f"'{other}'")
                continue
            self._aka[name.value] = record.person.id

    def _complain_former(self, name: Text, other: str) -> None:
        self._desk.report(
            "OKR-I002",
            name.place,
            f"'{name.value}' cannot be a former id: {other} goes by it",
            "remove it from aka:",
        )


def check_id(desk: Desk, id: Text, what: str) -> bool:
    """Tell whether an id that somebody wrote can be one, reporting where it cannot."""
    if is_reserved(id.value):
        desk.report(
            "OKR-I006",
            id.place,
            f"'{id.value}' is a name that Windows reserves",
            f"write another id, such as {id.value}-1",
        )
        return True
    if is_id(id.value) and mixes_scripts(id.value):
        desk.report(
            "OKR-I005",
            id.place,
            f"'{id.value}' mixes letters of scripts that look alike",
            "write it in one script",
        )
        return True
    if is_id(id.value):
        return True
    better = slug(id.value)
    desk.report(
        "OKR-I001",
        id.place,
        f"'{id.value}' cannot be {what}: ids have lower-case letters, digits, - and _",
        f"write {better}" if better else "write lower-case letters, digits, - and _",
    )
    return False


def _plain(name: str) -> str:
    return name.strip().removeprefix("@").strip()


def _each_once(find: Callable[[Text], str], names: Iterable[Text]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for name in names if (id := find(name))))
