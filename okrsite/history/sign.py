"""Git's log → who wrote the check-ins in which nobody is named: who committed them first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from okrsite.history.log import Log
from okrsite.history.touch import Commit
from okrsite.model import CheckIn, KeyResult, Objective, Person, Plan, Weekly
from okrsite.model.quick import quick_replace as replace

Item = TypeVar("Item", Objective, KeyResult)

_AUTHOR = re.compile(r"(.*) <(.*)>", re.DOTALL)
_GITHUB = re.compile(r"(?:\d+\+)?([\w-]+)@users\.noreply\.github\.com", re.IGNORECASE)


def author_of(commit: Commit) -> str:
    """Return who made a commit as git has it, to be looked up among people."""
    return f"{commit.author} <{commit.email}>"


def name_in(author: str) -> str:
    """Return the name of an author as git has it."""
    said = _AUTHOR.fullmatch(author)
    return said[1] if said else author


class Names:
    """Who among some people an author is."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._by: dict[str, str] = {}
        for person in people:
            for name in (person.name, person.email, person.github, person.id):
                if name:
                    self._by.setdefault(name.removeprefix("@").casefold(), person.id)

    def find(self, author: str) -> str:
        """Return the handle of an author as git has it, or nothing."""
        said = _AUTHOR.fullmatch(author)
        if not said:
            return ""
        name, email = said.groups()
        github = _GITHUB.fullmatch(email)
        tried = (email, github[1] if github else "", name)
        return next((self._by[t.casefold()] for t in tried if t.casefold() in self._by), "")


def first_authors(log: Log) -> dict[str, str]:
    """Return who committed each check-in file first, by its path of today."""
    found: dict[str, str] = {}
    for touch in log.touches:
        if "checkins/" not in touch.path:
            continue
        # On a branch, who began a file is not who put it right.
        author = author_of(touch.steps[0].commit if touch.steps else touch.commit)
        if touch.old_path:
            found[touch.path] = found.get(touch.old_path, author)
        elif not touch.before:
            found[touch.path] = author
    return found


@dataclass(frozen=True)
class Signer:
    """Puts names under check-ins: those that the list of people knows, and no others."""

    names: Names
    authors: Mapping[str, str]
    """By the check-in file's path."""

    @classmethod
    def of(cls, people: Iterable[Person], authors: Mapping[str, str]) -> Signer:
        """Return what signs for some people."""
        return cls(Names(person for person in people if person.listed), authors)

    def plans(self, plans: Iterable[Plan]) -> Iterator[Plan]:
        """Yield plans whose check-ins are signed."""
        for plan in plans:
            objectives = tuple(map(self._objective, plan.objectives))
            yield replace(plan, objectives=objectives)

    def weeklies(self, weeklies: Iterable[Weekly]) -> Iterator[Weekly]:
        """Yield the weeks of check-in files, signed."""
        for weekly in weeklies:
            by = weekly.by or self._by(weekly.place.path)
            yield weekly if by == weekly.by else replace(weekly, by=by)

    def _objective(self, objective: Objective) -> Objective:
        results = tuple(map(self._item, objective.key_results))
        return replace(self._item(objective), key_results=results)

    def _item(self, item: Item) -> Item:
        # Nearly all name who made them.
        if all(check_in.by or check_in.from_feed for check_in in item.check_ins):
            return item
        return replace(item, check_ins=tuple(map(self._check_in, item.check_ins)))

    def _check_in(self, check_in: CheckIn) -> CheckIn:
        if check_in.by or check_in.from_feed:
            return check_in
        by = self._by(check_in.place.path)
        return replace(check_in, by=by) if by else check_in

    def _by(self, path: str) -> str:
        author = self.authors.get(path)
        return self.names.find(author) if author else ""
