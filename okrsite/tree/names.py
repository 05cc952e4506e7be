"""File names → what a file is; and the right name for one that is only nearly right."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import PurePosixPath

from okrsite.model.cycle_names import is_known_name
from okrsite.model.quick import quick_dataclass
from okrsite.tree.guesses import guess_cycle, guess_days, read_date

RULES, PEOPLE, TEAM = "okrs.yml", "people.yml", "team.md"
PLAN_ENDINGS = (".yml", ".yaml", ".md")
YAML_ENDINGS = (".yml", ".yaml")
_DATED_ENDINGS = (*YAML_ENDINGS, ".md", ".txt", ".json")
_DATED = ("checkins", "feedback")


class FileKind(StrEnum):
    """What a file in the tree is for."""

    RULES = "rules"
    PEOPLE = "people"
    TEAM = "team"
    PLAN = "plan"
    CHECK_IN = "check-in"
    FEEDBACK = "feedback"
    STRAY = "stray"


@quick_dataclass(frozen=True, slots=True)
class Naming:
    """What a path says about its file."""

    kind: FileKind
    folder: str = ""
    """The folder of the team it belongs to, relative to the source folder."""
    cycle: str = ""
    person: str = ""
    date: date | None = None
    right_names: tuple[str, ...] = ()
    """For a stray: the paths that were probably meant."""
    example: str = ""
    """For a stray that should bear a date which cannot be guessed: what one looks like."""


@lru_cache(maxsize=1 << 17)
def name_file(path: str, cycles: frozenset[str]) -> Naming:
    """Return what a path (relative, with forward slashes) says about its file.

    `cycles` are the names, in lower case, that `okrs.yml` adds to the known ones.
    """
    pure = PurePosixPath(path)
    if path == RULES:
        return Naming(FileKind.RULES)
    if path == PEOPLE:
        return Naming(FileKind.PEOPLE)
    above = path.rpartition("/")[0]
    folder = _without_cycles(above, cycles)
    outer, _, holder = folder.rpartition("/")
    if holder in _DATED:
        return _dated(pure, _without_cycles(outer, cycles), holder)
    if pure.name == TEAM and above == folder:
        return Naming(FileKind.TEAM, folder)
    return _plan(pure, folder, cycles)


def _is_cycle(name: str, cycles: frozenset[str]) -> bool:
    return is_known_name(name) or name.lower() in cycles


@lru_cache(maxsize=1024)
def _without_cycles(folder: str, cycles: frozenset[str]) -> str:
    """Return the folder, or the nearest above that is not named as a cycle."""
    while folder:
        above, _, name = folder.rpartition("/")
        if not _is_cycle(name, cycles):
            break
        folder = above
    return folder


def _dated(pure: PurePosixPath, folder: str, holder: str) -> Naming:
    stem, _, person = pure.stem.partition(".")
    day = read_date(stem)
    is_yaml = pure.suffix.lower() in YAML_ENDINGS
    if is_yaml and day and (person or holder == "checkins"):
        kind = FileKind.CHECK_IN if holder == "checkins" else FileKind.FEEDBACK
        return Naming(kind, folder, person=person, date=day)
    if pure.suffix.lower() not in _DATED_ENDINGS:
        return Naming(FileKind.STRAY, folder)
    tail = ".PERSON" if holder == "feedback" else ""
    days, person = guess_days(pure.stem)
    tail = f".{person}" if person else tail
    names = tuple(str(pure.with_name(f"{day}{tail}.yml")) for day in days)
    example = "" if names or not is_yaml else f"2026-11-16{tail}.yml"
    return Naming(FileKind.STRAY, folder, right_names=names, example=example)


def _plan(pure: PurePosixPath, folder: str, cycles: frozenset[str]) -> Naming:
    if pure.suffix.lower() not in PLAN_ENDINGS:
        return Naming(FileKind.STRAY, folder)
    stem, _, person = pure.stem.partition(".")
    # 2026.q4 and 2026.11.16 are no plans of people called q4 and 11.16.
    is_date = bool(person) and bool(guess_cycle(pure.stem) or guess_days(pure.stem)[0])
    if _is_cycle(stem, cycles) and not is_date:
        return Naming(FileKind.PLAN, folder, cycle=stem.lower(), person=person)
    names = _right_names(pure, PurePosixPath(folder))
    return Naming(FileKind.STRAY, folder, right_names=names)


def _right_names(pure: PurePosixPath, folder: PurePosixPath) -> tuple[str, ...]:
    if special := _special_name(pure, folder):
        return (special,)
    stem, _, person = pure.stem.partition(".")
    for name, whose in ((pure.stem, ""), (stem, person)):
        if cycle := guess_cycle(name):
            tail = f".{whose}" if whose else ""
            return (str(pure.with_name(f"{cycle}{tail}{pure.suffix.lower()}")),)
    days, person = guess_days(pure.stem)
    if days and pure.suffix.lower() in YAML_ENDINGS:
        tail = f".{person}" if person else ""
        return tuple(str(folder / "checkins" / f"{day}{tail}.yml") for day in days)
    return ()


def _special_name(pure: PurePosixPath, folder: PurePosixPath) -> str:
    """Return the name of the rules, the people or a team's file if it is nearly this one's."""
    stem, ending = pure.stem.casefold(), pure.suffix.lower()
    if ending in YAML_ENDINGS and f"{stem}.yml" in (RULES, PEOPLE):
        return f"{stem}.yml"
    is_team = stem == "team" or (stem == "teams" and ending == ".md")
    return str(folder / TEAM) if is_team else ""
