"""Objectives, key results or health metrics beside each other → their ids, no two of them alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from okrsite.read.records import Text
from okrsite.resolve.desk import Desk
from okrsite.resolve.directory import check_id
from okrsite.resolve.ids import default_ids
from okrsite.resolve.visibility import Scope, rank_of


class Titled(Protocol):
    """What has a title and perhaps an id."""

    @property
    def title(self) -> Text:
        """The title as written."""

    @property
    def id(self) -> Text | None:
        """The id, where one is written."""


class Renamed(Titled, Protocol):
    """What may have had other ids before."""

    @property
    def aka(self) -> tuple[Text, ...]:
        """The former ids."""


def name_siblings(
    records: Sequence[Titled], scopes: Sequence[Scope], what: str, language: str, desk: Desk
) -> tuple[list[str], list[bool]]:
    """Return an id for each of several siblings, and whether it is made from the title.

    Those for a wider audience come first, so that no id tells of a hidden sibling.
    """
    ranks = [rank_of(desk, scope) for scope in scopes]
    owns = [r.id if r.id and check_id(desk, r.id, what) else None for r in records]
    taken: dict[str, Titled] = {}
    ids: dict[int, str] = {}
    for rank in sorted(set(ranks)):
        group = [i for i, other in enumerate(ranks) if other == rank]
        made = [i for i in group if owns[i] is None]
        stated = {own.value for i in group if (own := owns[i])}
        titles = [records[i].title.value for i in made]
        defaults = dict(zip(made, default_ids(titles, language, {*taken, *stated}), strict=True))
        for i in sorted(group, key=lambda i: (owns[i] is None, i)):
            own = owns[i]
            ids[i] = _free_id(own.value if own else defaults[i], records[i], own, taken, desk)
            taken[ids[i]] = records[i]
    return [ids[i] for i in range(len(records))], [own is None for own in owns]


def former_ids(records: Sequence[Renamed], ids: Sequence[str], desk: Desk) -> list[tuple[str, ...]]:
    """Return the former ids of each of several siblings; one that another goes by is reported."""
    taken = set(ids)
    found: list[tuple[str, ...]] = []
    for record in records:
        free = [name for name in record.aka if name.value not in taken]
        for name in record.aka:
            if name.value in taken:
                desk.report(
                    "OKR-I002",
                    name.place,
                    f"'{name.value}' cannot be a former id: another item beside this one has it",
                    "remove it from aka:, or give the other one an id: of its own",
                )
        found.append(tuple(name.value for name in free))
        taken.update(found[-1])
    return found


def _free_id(
    id: str, record: Titled, own: Text | None, taken: dict[str, Titled], desk: Desk
) -> str:
    if id not in taken:
        return id
    _complain_taken(desk, record.title, own, id, taken[id])
    return next(other for n in range(2, len(taken) + 3) if (other := f"{id}-{n}") not in taken)


def _complain_taken(desk: Desk, title: Text, own: Text | None, id: str, other: Titled) -> None:
    if own is None and title.value.casefold() == other.title.value.casefold():
        desk.report(
            "OKR-I003",
            title.place,
            f"two items beside each other are called '{title.value}'",
            "give them different titles, or remove one",
            also=((other.title.place, "the other one"),),
        )
        return
    desk.report(
        "OKR-I002",
        (own or title).place,
        f"the id '{id}' is taken by another item beside this one",
        "give one of them an id: of its own",
        also=(((other.id or other.title).place, "the other one"),),
    )
