"""Two states of an item, and of a company → what was said and done that was not before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath
from typing import TypedDict

from okrsite.changes.news import WeeklyNews
from okrsite.history import compare_said
from okrsite.model import (
    CheckIn,
    Company,
    Feedback,
    Initiative,
    KeyResult,
    Objective,
    Place,
    Step,
    Team,
    Weekly,
)
from okrsite.model.change import Change


class Evidence(TypedDict):
    """The fields of `ItemNews` that tell of evidence."""

    check_ins: tuple[CheckIn, ...]
    corrected: int
    corrections: tuple[Change, ...]
    steps: tuple[Step, ...]
    initiatives: tuple[Initiative, ...]
    grade: Decimal | None


def compare_evidence(old: Objective | KeyResult | None, item: Objective | KeyResult) -> Evidence:
    """Return what was said about an item and done for it that was not before."""
    was = _by_file(old.check_ins if old else ())
    now = _by_file(item.check_ins)
    revised = [key for key in was if key not in now or _said(was[key]) != _said(now[key])]
    return {
        "check_ins": tuple(each for key, each in now.items() if key not in was),
        "corrected": len(revised),
        "corrections": tuple(
            change
            for key in revised
            for change in compare_said(key[0], (was[key], old or item), (now.get(key), item))
        ),
        "steps": _steps(old, item) if isinstance(item, KeyResult) and old else (),
        "initiatives": _initiatives(old, item) if old else (),
        # Once given it is a commitment, and told as one.
        "grade": item.grade if old and old.grade is None else None,
    }


def _by_file(check_ins: Iterable[CheckIn]) -> dict[tuple[date, str], CheckIn]:
    return {_file(each.date, each.place): each for each in check_ins}


def _file(day: date, place: Place) -> tuple[date, str]:
    """Return what makes a check-in the same although its team moved."""
    return day, PurePosixPath(place.path).name


def _said(check_in: CheckIn) -> tuple[object, ...]:
    return (
        *(check_in.value, check_in.share, check_in.steps_done, check_in.steps_undone),
        *(check_in.done, check_in.confidence, check_in.forecast, check_in.status),
        *(check_in.note, check_in.blocker, check_in.decision, check_in.ask),
    )


def _steps(old: Objective | KeyResult, item: KeyResult) -> tuple[Step, ...]:
    done = {step.title for step in old.steps if step.done} if isinstance(old, KeyResult) else set()
    return tuple(step for step in item.steps if step.done and step.title not in done)


def _initiatives(old: Objective | KeyResult, item: Objective | KeyResult) -> tuple[Initiative, ...]:
    known = {each.title: each.state for each in old.initiatives}
    return tuple(each for each in item.initiatives if known.get(each.title) is not each.state)


def compare_weeklies(
    before: Company, after: Company, owners: Mapping[str, str]
) -> Iterator[WeeklyNews]:
    """Yield the check-in files that came, or that say something else of the week."""
    old = {
        (owners.get(each.owner, each.owner), *_file(each.date, each.place)): each
        for each in before.weeklies
    }
    for weekly in after.weeklies:
        was = old.get((weekly.owner, *_file(weekly.date, weekly.place)))
        told = _told(weekly)
        if any(told) and (was is None or _told(was) != told):
            name = _name(after, weekly.owner)
            yield WeeklyNews(name, weekly.date, was is None, len(weekly.wins), len(weekly.asks))


def _told(weekly: Weekly) -> tuple[object, ...]:
    return weekly.priorities, weekly.upcoming, weekly.wins, weekly.asks, weekly.note


def _name(company: Company, id: str) -> str:
    owner = company.team(id) or company.person(id)
    return owner.title if isinstance(owner, Team) else owner.name if owner else id


def compare_feedback(before: Company, after: Company) -> tuple[int, int]:
    """Return how many pieces of feedback came, and how many answers."""
    old = {_entry(each): each.answer for each in before.feedback}
    new = {_entry(each): each.answer for each in after.feedback}
    answers = sum(bool(answer) and old.get(key, "") != answer for key, answer in new.items())
    return len(new.keys() - old.keys()), answers


def _entry(feedback: Feedback) -> tuple[object, ...]:
    return feedback.date, feedback.by, feedback.kind, feedback.text
