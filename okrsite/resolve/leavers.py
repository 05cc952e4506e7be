"""People who left → what they still own or lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from okrsite.model import KeyResult, Objective, Place
from okrsite.read.records import KeyResultRecord, ObjectiveRecord, TeamRecord
from okrsite.resolve.desk import Desk
from okrsite.resolve.directory import Directory
from okrsite.resolve.plans import Draft


def check_leavers(
    teams: Iterable[TeamRecord], drafts: Iterable[Draft], directory: Directory, desk: Desk
) -> None:
    """Report what somebody who left still owns in a cycle that is not over, or still leads."""
    leading: set[str] = set()
    for draft in drafts:
        if draft.cycle.end < desk.as_of:
            continue
        for item, record in _items(draft):
            if record.owners and not item.owner_inferred:
                place, what = record.owners[0].place, f"owns '{item.title}'"
                _check(item.owners[0], place, what, directory, desk)
            elif isinstance(item, Objective) and not item.is_individual:
                leading.add(item.team)
    by_folder = {team.folder: team for team in directory.teams.values()}
    for team in teams:
        found = by_folder[team.folder]
        if team.lead and found.lead and found.id in leading:
            _check(found.lead, team.lead.place, f"leads '{found.title}'", directory, desk)


def _items(
    draft: Draft,
) -> Iterator[tuple[Objective | KeyResult, ObjectiveRecord | KeyResultRecord]]:
    for objective, record in draft.items():
        records: Sequence[ObjectiveRecord | KeyResultRecord] = (record, *record.key_results)
        yield from zip(objective.items(), records, strict=True)


def _check(who: str, place: Place, what: str, directory: Directory, desk: Desk) -> None:
    person = directory.people.get(who)
    if person and person.left and person.left <= desk.as_of:
        desk.report(
            "OKR-R006",
            place,
            f"{person.name} left on {person.left} and still {what}",
            "name somebody who is there",
        )
