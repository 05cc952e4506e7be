"""Folders and `team.md`s → the teams of the company, each below its parent."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from okrsite.model import Level, Place, StandingPriority, Team
from okrsite.read import Records
from okrsite.read.records import TeamRecord, Text
from okrsite.resolve.desk import Desk
from okrsite.resolve.directory import ROOT, Directory, check_id
from okrsite.resolve.ids import is_reserved, slug


def resolve_teams(records: Records, desk: Desk, directory: Directory, name: str) -> dict[str, str]:
    """Enter all teams into the directory; return folder to team id.

    `name` is the company's where neither `okrs.yml` nor its `team.md` gives one.
    """
    by_folder = {record.folder: record for record in records.teams}
    folders = sorted({"", *by_folder, *_used(records)}, key=lambda f: PurePosixPath(f).parts)
    ids = _ids(folders, by_folder, desk)
    parents = {folder: ids[_above(folder, ids)] for folder in folders if folder}
    drafts = [
        _team(folder, ids[folder], parents.get(folder, ""), by_folder.get(folder), records, name)
        for folder in folders
    ]
    drafts = [
        replace(team, priorities=_priorities(by_folder.get(team.folder), desk)) for team in drafts
    ]
    drafts = _adopted(drafts, by_folder, desk)
    for team in _ordered(drafts):
        directory.enter_team(team)
    directory.enter_former_teams(
        (former, ids[record.folder]) for record in records.teams for former in record.aka
    )
    return ids


def resolve_roles_of_teams(records: Records, directory: Directory) -> None:
    """Look up lead, champion, sponsor and members of every team, now that all are entered."""
    by_folder = {record.folder: record for record in records.teams}
    for team in list(directory.teams.values()):
        record = by_folder.get(team.folder)
        if record is None:
            continue
        directory.teams[team.id] = replace(
            team,
            lead=directory.find_person(record.lead) if record.lead else "",
            champion=directory.find_person(record.champion) if record.champion else "",
            sponsor=directory.find_person(record.sponsor) if record.sponsor else "",
            members=directory.find_people(record.members),
        )


def _used(records: Records) -> Iterable[str]:
    yield from (plan.folder for plan in records.plans)
    yield from (check_in.folder for check_in in records.check_ins)
    yield from (entry.folder for entry in records.feedback)


def _above(folder: str, ids: dict[str, str]) -> str:
    """Return the nearest folder above that is a team's; the top one always is."""
    parents = ("" if str(each) == "." else str(each) for each in PurePosixPath(folder).parents)
    return next(parent for parent in parents if parent in ids)


def _ids(folders: list[str], by_folder: dict[str, TeamRecord], desk: Desk) -> dict[str, str]:
    """Return an id for each folder; of two teams with one id the wider known keeps it."""
    taken: dict[str, Place] = {}
    ids: dict[str, str] = {}
    for folder in sorted(folders, key=lambda f: (bool(f), _rank(f, by_folder, desk))):
        record = by_folder.get(folder)
        place = record.place if record else Place(folder or ".")
        id = _own_id(folder, record, desk)
        if id in taken:
            where = record.id.place if record and record.id else place
            desk.report(
                "OKR-I002",
                where,
                f"two teams have the id '{id}'",
                f"add an id: of its own to {_team_file(folder)}",
                also=((taken[id], "the other team"),),
            )
            id = _free_id(slug(folder.replace("/", "-")), taken)
        taken[id] = place
        # Whatever its id, the company itself is also called so.
        taken.setdefault(ROOT, place)
        ids[folder] = id
    return {folder: ids[folder] for folder in folders}


def _rank(folder: str, by_folder: dict[str, TeamRecord], desk: Desk) -> int:
    """Return how few may see the team of a folder, as far as folders and team.md's tell."""
    audiences = desk.rules.audiences
    above = [str(parent) for parent in PurePosixPath(folder).parents] if folder else []
    for each in (folder, *("" if parent == "." else parent for parent in above)):
        record = by_folder.get(each)
        if record and record.unreadable:
            return len(audiences) - 1
        if record and record.visibility:
            named = record.visibility.value
            return audiences.index(named) if named in audiences else len(audiences) - 1
    return audiences.index(desk.rules.default_visibility)


def _free_id(id: str, taken: Collection[str]) -> str:
    return next(
        other for n in range(1, 9999) if (other := f"{id}-{n}" if n > 1 else id) not in taken
    )


def _own_id(folder: str, record: TeamRecord | None, desk: Desk) -> str:
    if record and record.id:
        fine = check_id(desk, record.id, "a team's id")
        return record.id.value if fine else slug(record.id.value) or ROOT
    if not folder:
        return ROOT
    name = PurePosixPath(folder).name
    id = slug(name)
    if not id or is_reserved(id):
        code, fault = (
            ("OKR-I006", "is a name that Windows reserves")
            if id
            else ("OKR-I001", "cannot be a team's id")
        )
        desk.report(
            code,
            record.place if record else Place(folder),
            f"'{name}' {fault}",
            f"add an id: of its own to {_team_file(folder)}",
        )
    return id or "team"


def _priorities(record: TeamRecord | None, desk: Desk) -> tuple[StandingPriority, ...]:
    found: dict[str, StandingPriority] = {}
    for id, title in record.priorities if record else ():
        if id.value in found:
            desk.report(
                "OKR-I002",
                id.place,
                f"the id '{id.value}' is taken by another priority of this team",
                "give one of them an id: of its own",
            )
        elif check_id(desk, id, "a priority's id"):
            found[id.value] = StandingPriority(id.value, title)
    return tuple(found.values())


def _team_file(folder: str) -> str:
    return f"{folder}/team.md" if folder else "team.md"


def _team(
    folder: str,
    id: str,
    parent: str,
    record: TeamRecord | None,
    records: Records,
    name: str,
) -> Team:
    title = record.title if record else ""
    if not folder:
        title = records.rules.rules.company or title or name
    title = title or _title(PurePosixPath(folder).name)
    level = record.level if record and record.level else None
    if record is None:
        return Team(id, title, level or _default_level(folder), folder, parent)
    return Team(
        id=id,
        title=title,
        level=level or _default_level(folder),
        folder=folder,
        parent=parent,
        level_inferred=level is None,
        vision=record.vision,
        mission=record.mission,
        priorities=tuple(StandingPriority(id.value, title) for id, title in record.priorities),
        links=record.links,
        language=record.language,
        checkin_every=record.checkin_every,
        aka=tuple(text.value for text in record.aka),
        prose=record.prose,
        place=record.place,
    )


def _default_level(folder: str) -> Level:
    return Level.TEAM if folder else Level.COMPANY


def _title(name: str) -> str:
    words = name.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def _adopted(teams: list[Team], by_folder: dict[str, TeamRecord], desk: Desk) -> list[Team]:
    """Put teams below the parent that their team.md names; make those with children departments."""
    known = {team.id: team for team in teams}
    parents = {team.id: team.parent for team in teams}
    names: dict[str, str] = {}
    for team in teams:
        for name in (team.id, team.title, *team.aka):
            names.setdefault(name, team.id)
    names[ROOT] = teams[0].id
    for team in teams:
        record = by_folder.get(team.folder)
        wanted = record.parent if record else None
        if wanted:
            parents[team.id] = _parent(wanted, team, names, parents, desk)
    with_children = {parent for parent in parents.values() if parent}
    return [_placed(known[id], parent, by_folder, with_children) for id, parent in parents.items()]


def _placed(
    team: Team, parent: str, by_folder: dict[str, TeamRecord], with_children: set[str]
) -> Team:
    record = by_folder.get(team.folder)
    stated = record.level if record else None
    is_department = stated is None and team.folder and team.id in with_children
    return replace(team, parent=parent, level=Level.DEPARTMENT if is_department else team.level)


def _parent(
    wanted: Text, team: Team, known: dict[str, str], parents: dict[str, str], desk: Desk
) -> str:
    """Return the parent that a team.md names; `known` are the teams by what they are called."""
    if not team.folder:
        desk.report(
            "OKR-R007", wanted.place, "the company itself has no parent", "remove this line"
        )
        return ""
    found = known.get(wanted.value, "")
    if not found:
        names = [other for other in parents if other != team.id]
        desk.strangers("OKR-R007", wanted.place, "team", wanted.value, names)
        return team.parent
    chain = [found]
    while chain[-1] and chain[-1] != team.id:
        chain.append(parents.get(chain[-1], ""))
    if chain[-1] == team.id:
        desk.report(
            "OKR-R007",
            wanted.place,
            f"a ring of parents: {' → '.join([team.id, *chain])}",
            "remove one of these parent: lines",
        )
        return team.parent
    return found


def _ordered(teams: list[Team]) -> Iterable[Team]:
    """Yield the company first, then each team before those below it, by folder."""
    below: dict[str, list[Team]] = {}
    for team in teams:
        below.setdefault(team.parent, []).append(team)
    stack = sorted(below.get("", []), key=lambda team: team.folder, reverse=True)
    while stack:
        team = stack.pop()
        yield team
        stack.extend(sorted(below.get(team.id, []), key=lambda t: t.folder, reverse=True))
