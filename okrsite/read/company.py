"""A source folder → the `Records` of all its files, and every Problem on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from okrsite.keep import digest
from okrsite.model import Place, Rules
from okrsite.model.quick import quick_dataclass
from okrsite.problems import Problem, Severity
from okrsite.read import schema
from okrsite.read.before import Before
from okrsite.read.bytes_text import decode
from okrsite.read.checkin import read_check_in, read_feedback
from okrsite.read.fields import Fields
from okrsite.read.front_matter import read_front_matter
from okrsite.read.memory import CheckInFile, Memory, PlanFile, Task
from okrsite.read.nodes import Node
from okrsite.read.people import read_people
from okrsite.read.plan import complain_no_objectives, read_plan
from okrsite.read.records import (
    CheckInRecord,
    FeedbackRecord,
    PersonRecord,
    PlanRecord,
    Records,
    RulesRecord,
    TeamRecord,
)
from okrsite.read.rules import read_rules
from okrsite.read.sheet import Sheet
from okrsite.read.team import read_team
from okrsite.read.yaml_text import read_nodes
from okrsite.tree import (
    FileKind,
    Listing,
    SourceFile,
    Tree,
    find_misnamed_rules,
    read_listing,
    sort_listing,
)

_OKR_PROSE = re.compile(
    r"^\s*(?:#+|[-*+]|\d+[.)])?\s*(?:\*\*)?(?:objectives?|key results?|KR ?\d|O ?\d)\b.{0,4}[:：]|"
    r"^\s*(?:#+)\s*(?:objectives?|okrs?)\b",
    re.IGNORECASE | re.MULTILINE,
)


@quick_dataclass(frozen=True, slots=True)
class Reading:
    """All that a source folder holds."""

    records: Records
    tree: Tree
    problems: tuple[Problem, ...]
    texts: Mapping[str, str] = field(repr=False)
    """Path to text, for diagnostics that quote a line."""


class Texts(Mapping[str, str]):
    """The texts of files by path, each made when it is asked for; KeyError for what is no text."""

    def __init__(self, data: Mapping[str, bytes]) -> None:
        self._data = data

    def __getitem__(self, path: str) -> str:
        text = decode(self._data[path], path)[0]
        if text is None:
            raise KeyError(path)
        return text

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)


@dataclass
class _Desk:
    """Where files are read one after another."""

    problems: list[Problem]
    audiences: tuple[str, ...] = ()

    def nodes(
        self,
        path: str,
        data: bytes,
        fields: Fields,
        language: str = "en",
        before: Before | None = None,
    ) -> tuple[Node | None, str, Sheet]:
        """Return a file's nodes, its prose (of Markdown), and the sheet to go on with."""
        text, problems = decode(data, path)
        sheet = Sheet(path, language, problems=list(problems), audiences=self.audiences)
        node, prose = None, ""
        if text is not None:
            sheet.lines = tuple(text.split("\n"))
            if path.lower().endswith(".md"):
                node, prose, _, found = read_front_matter(text, path, fields, before)
            else:
                node, found = read_nodes(text, path, schema=fields, before=before)
            # A byte that is no UTF-8 has been told already.
            told = {problem.place for problem in problems}
            sheet.problems.extend(problem for problem in found if problem.place not in told)
        return node, prose.strip(), sheet


def read_company(
    root: Path,
    exclude: Iterable[Path] = (),
    memory: Memory | None = None,
    listing: Listing | None = None,
) -> Reading:
    """Return everything that a source folder says, mistakes as Problems.

    What `memory` knows of a plan or check-in file with the same content is not read again;
    `listing` is what lies in the folder, where that is known already.
    """
    listing = listing or read_listing(root, exclude)
    desk = _Desk([])
    memory = memory or Memory()
    rules = _rules(listing, desk)
    desk.audiences = rules.rules.audiences
    cycles = [cycle.id for cycle in rules.rules.cycles]
    tree = sort_listing(listing, cycles, rules.ignore)
    people = _people(tree, desk)
    teams = (*(_team(file, desk) for file in tree.of_kind(FileKind.TEAM)), *_lost_teams(tree, desk))
    languages = {team.folder: team.language for team in teams if team.language}
    language_of = _Languages(languages, rules.rules.language)
    records = Records(
        rules=rules,
        people=people,
        has_people_file=bool(tree.of_kind(FileKind.PEOPLE)),
        teams=teams,
        plans=_plans(tree, language_of, desk, memory),
        check_ins=_check_ins(tree, language_of, desk, memory),
        feedback=tuple(
            record for file in tree.of_kind(FileKind.FEEDBACK) for record in _feedback(file, desk)
        ),
        languages=tuple(languages.items()),
    )
    misnamed = any(problem.severity is Severity.ERROR for problem in tree.problems)
    if not (records.plans or records.teams or misnamed):
        desk.problems.append(_nothing())
    texts = Texts({file.path: file.data for file in tree.files})
    return Reading(records, tree, (*tree.problems, *desk.problems), texts)


def read_rules_of(listing: Listing) -> Rules:
    """Return the rules that `okrs.yml` tells, mistakes aside; the usual ones without it."""
    return _rules(listing, _Desk([])).rules


def read_files(
    files: Iterable[SourceFile], listing: Listing, known: Records, memory: Memory
) -> Reading:
    """Return what some plans and check-in files say, beside the other records of their company."""
    tree = Tree(tuple(files), (), listing.data, listing.pictures)
    desk = _Desk([], known.rules.rules.audiences)
    languages = _Languages(dict(known.languages), known.rules.rules.language)
    records = replace(
        known,
        plans=_plans(tree, languages, desk, memory),
        check_ins=_check_ins(tree, languages, desk, memory),
        feedback=(),
    )
    texts = Texts({file.path: file.data for file in tree.files})
    return Reading(records, tree, tuple(desk.problems), texts)


def read_version(file: SourceFile, known: Records, before: Before | None) -> PlanRecord | None:
    """Return what a former version of a plan said; None for one with an error.

    What it has in common with the version that was read `before` is not read again.
    """
    languages = _Languages(dict(known.languages), known.rules.rules.language)
    read = _plan(file, languages.of(file.naming.folder), known.rules.rules.audiences, before)
    return None if _has_error(read.problems) else read.record


def read_versions(
    files: Iterable[tuple[str, SourceFile]], known: Records, memory: Memory
) -> list[PlanRecord | None]:
    """Return what former versions of plans said; None for one with an error, in their order.

    Each has a name by which its memory is kept, as several have the same path.
    """
    read = memory.read(_former(files, known, _plan), PlanFile)
    return [None if _has_error(file.problems) else file.record for file in read]


def read_former_check_ins(
    files: Iterable[tuple[str, SourceFile]], known: Records, memory: Memory
) -> list[CheckInRecord | None]:
    """Return what former versions of check-in files said, as `read_versions` does of plans."""
    read = memory.read(_former(files, known, _check_in), CheckInFile)
    return [None if _has_error(file.problems) else file.record for file in read]


def read_former_team(file: SourceFile, audiences: tuple[str, ...]) -> TeamRecord:
    """Return what a former version of a team.md said, among the audiences that there were."""
    return _team(file, _Desk([], audiences))


def read_former_rules(data: bytes) -> RulesRecord:
    """Return what a former version of okrs.yml said."""
    return _rules(Listing({"okrs.yml": data}, ()), _Desk([]))


def _former(
    files: Iterable[tuple[str, SourceFile]],
    known: Records,
    read: Callable[[SourceFile, str, tuple[str, ...]], PlanFile | CheckInFile],
) -> Iterator[Task]:
    desk = _Desk([], known.rules.rules.audiences)
    languages = _Languages(dict(known.languages), known.rules.rules.language)
    for name, file in files:
        language = languages.of(file.naming.folder)
        task = _task(file, language, desk, partial(read, file, language, desk.audiences))
        yield replace(task, path=name)


def _has_error(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


@dataclass(frozen=True)
class _Languages:
    """The language that people write in a folder: its team's, else that of the team above."""

    by_folder: dict[str, str]
    default: str

    def of(self, folder: str) -> str:
        while folder and not self.by_folder.get(folder):
            folder = folder.rpartition("/")[0]
        return self.by_folder.get(folder) or self.default


def _nothing() -> Problem:
    return Problem(
        "OKR-F008",
        Place("."),
        "there is no plan in this folder",
        "write one named by its cycle, such as 2026-q4.yml, or begin with: okrsite new DIR",
    )


def _rules(listing: Listing, desk: _Desk) -> RulesRecord:
    data = listing.data.get("okrs.yml")
    if data is None:
        return _without_rules(listing, desk)
    node, _, sheet = desk.nodes("okrs.yml", data, schema.RULES)
    record = read_rules(node, sheet)
    if record.unreadable:
        sheet.problems.append(_undecided("okrs.yml"))
    desk.problems.extend(sheet.problems)
    return record


def _without_rules(listing: Listing, desk: _Desk) -> RulesRecord:
    """Return the rules of a company that has none, or whose okrs.yml is there but not read."""
    unread = [problem.place.path for problem in listing.problems]
    path = "okrs.yml" if "okrs.yml" in unread else find_misnamed_rules(listing)
    if path:
        desk.problems.append(_undecided(path))
    return RulesRecord(unreadable=bool(path))


def _undecided(path: str) -> Problem:
    return Problem(
        "OKR-V004",
        Place(path),
        f"{path} cannot be read in full, and it decides who may see what",
        "mend its errors first; until then nothing is published",
    )


def _people(tree: Tree, desk: _Desk) -> tuple[PersonRecord, ...]:
    people: tuple[PersonRecord, ...] = ()
    for file in tree.of_kind(FileKind.PEOPLE):
        node, _, sheet = desk.nodes(file.path, file.data, schema.PEOPLE)
        people = read_people(node, sheet)
        desk.problems.extend(sheet.problems)
    return people


def _team(file: SourceFile, desk: _Desk) -> TeamRecord:
    node, prose, sheet = desk.nodes(file.path, file.data, schema.TEAM)
    record = read_team(node, prose, file.naming.folder, sheet)
    if record.unreadable:
        sheet.problems.append(_hidden(file.path))
    desk.problems.extend(sheet.problems)
    return record


def _lost_teams(tree: Tree, desk: _Desk) -> Iterator[TeamRecord]:
    """Yield a record for each team.md that is there but not read, where no other one is."""
    read = {file.naming.folder for file in tree.of_kind(FileKind.TEAM)}
    for path, naming in tree.unread:
        if naming.kind is FileKind.TEAM and naming.folder not in read:
            read.add(naming.folder)
            desk.problems.append(_hidden(path))
            yield TeamRecord(naming.folder, Place(path), unreadable=True)


def _hidden(path: str) -> Problem:
    return Problem(
        "OKR-V003",
        Place(path),
        "who may see this team cannot be read",
        "mend the errors of this file; until then the team is shown to the narrowest audience",
    )


def _plans(
    tree: Tree, languages: _Languages, desk: _Desk, memory: Memory
) -> tuple[PlanRecord, ...]:
    tasks = (
        _task(file, language, desk, partial(_plan, file, language, desk.audiences))
        for file in tree.of_kind(FileKind.PLAN)
        for language in (languages.of(file.naming.folder),)
    )
    files = memory.read(tasks, PlanFile)
    desk.problems.extend(problem for file in files for problem in file.problems)
    return tuple(file.record for file in files)


def _check_ins(
    tree: Tree, languages: _Languages, desk: _Desk, memory: Memory
) -> tuple[CheckInRecord, ...]:
    tasks = (
        _task(file, language, desk, partial(_check_in, file, language, desk.audiences))
        for file in tree.of_kind(FileKind.CHECK_IN)
        for language in (languages.of(file.naming.folder),)
    )
    files = memory.read(tasks, CheckInFile)
    desk.problems.extend(problem for file in files for problem in file.problems)
    return tuple(file.record for file in files)


def _task(
    file: SourceFile, language: str, desk: _Desk, read: Callable[[], PlanFile | CheckInFile]
) -> Task:
    naming = repr(file.naming)
    key = digest(file.path, naming, language, *desk.audiences, b"", file.data)
    return Task(file.path, key, read)


def _plan(
    file: SourceFile, language: str, audiences: tuple[str, ...], before: Before | None = None
) -> PlanFile:
    desk = _Desk([], audiences)
    node, prose, sheet = desk.nodes(file.path, file.data, schema.PLAN, language, before)
    record = read_plan(node, prose, file, sheet)
    if not record.objectives and not sheet.problems:
        if _speaks_of_okrs(prose, sheet.lines):
            _complain_prose(file.path, sheet)
        elif node is None:
            complain_no_objectives(Place(file.path), sheet)
    return PlanFile(record, tuple(sheet.problems))


def _speaks_of_okrs(prose: str, lines: Sequence[str]) -> bool:
    comments = "\n".join(line.lstrip("# ") for line in lines if line.lstrip().startswith("#"))
    return bool(_OKR_PROSE.search(prose) or _OKR_PROSE.search(comments))


def _complain_prose(path: str, sheet: Sheet) -> None:
    sheet.report(
        "OKR-F009",
        Place(path),
        "the objectives here are written as prose, which no page or chart can read",
        "write them as objectives: with a dash before each, and key_results: below it",
    )


def _check_in(file: SourceFile, language: str, audiences: tuple[str, ...]) -> CheckInFile:
    desk = _Desk([], audiences)
    node, _, sheet = desk.nodes(file.path, file.data, schema.CHECK_IN, language)
    record = read_check_in(node, file, sheet)
    return CheckInFile(record, tuple(sheet.problems))


def _feedback(file: SourceFile, desk: _Desk) -> tuple[FeedbackRecord, ...]:
    node, _, sheet = desk.nodes(file.path, file.data, schema.FEEDBACK)
    records = read_feedback(node, file, sheet)
    desk.problems.extend(sheet.problems)
    return records
