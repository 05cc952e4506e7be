"""Prose and people.yml → the pictures that they name, by their paths in the source folder.

Asked of what an audience may see of a company, this tells which pictures that audience may see.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from okrsite.model import CheckIn, Company, Objective, Place
from okrsite.prose import pictures_of

ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
"""Of files that a page shows; none of them can run anything inside an ``<img>``."""
MOST_BYTES = 5_000_000


class NamedPicture(NamedTuple):
    """A picture, and where something names it."""

    place: Place
    """Of what names it: a team's file, a plan, an objective, a check-in."""
    address: str
    """As it is written there."""
    path: str
    """Relative to the source folder, whether such a file is there or not."""


def picture_path(file: str, address: str) -> str:
    """Return the path of a picture that is named relative to the file that names it."""
    written = unquote(re.split(r"[?#]", address, maxsplit=1)[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), written))


def named_pictures(company: Company) -> Iterator[NamedPicture]:
    """Yield the pictures that a company's prose and people name; none on other hosts."""
    for place, text in _prose(company):
        for address in pictures_of(text):
            yield NamedPicture(place, address, picture_path(place.path, address))
    for person in company.people:
        if person.avatar and person.place:
            path = picture_path(person.place.path, person.avatar)
            yield NamedPicture(person.place, person.avatar, path)


def _prose(company: Company) -> Iterator[tuple[Place, str]]:
    """Yield all that pages show as paragraphs of Markdown, and where each stands."""
    for team in company.teams:
        if team.place:
            yield team.place, team.prose
    for plan in company.plans:
        yield plan.place, plan.prose
        yield plan.place, plan.grade_note
        for objective in plan.objectives:
            yield from _of_objective(objective)
    for weekly in company.weeklies:
        yield weekly.place, weekly.note
    for feedback in company.feedback:
        yield feedback.place, feedback.text
        yield feedback.place, feedback.answer


def _of_objective(objective: Objective) -> Iterator[tuple[Place, str]]:
    yield objective.place, objective.why
    yield objective.place, objective.grade_note
    yield from _of_check_ins(objective.check_ins)
    for key_result in objective.key_results:
        yield key_result.place, key_result.description
        yield key_result.place, key_result.grade_note
        yield from _of_check_ins(key_result.check_ins)


def _of_check_ins(check_ins: Iterable[CheckIn]) -> Iterator[tuple[Place, str]]:
    for each in check_ins:
        for text in filter(None, (each.note, each.blocker, each.decision, each.ask)):
            yield each.place, text
