"""Records → a `Company`: ids looked up, names found, rings and strangers reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import date
from pathlib import PurePosixPath

from okrsite.model import BrokenFile, Company, Feedback, Weekly
from okrsite.model.quick import quick_dataclass
from okrsite.problems import Problem, Severity, by_place
from okrsite.read import Reading
from okrsite.resolve.check_ins import Reader
from okrsite.resolve.desk import Desk
from okrsite.resolve.evidence import Evidence, add_feed, with_evidence
from okrsite.resolve.feeds import read_feed
from okrsite.resolve.gone import FormerPlans, Gone
from okrsite.resolve.ground import Ground, prepare
from okrsite.resolve.leavers import check_leavers
from okrsite.resolve.matching import Matcher
from okrsite.resolve.pictures import check_pictures, linked_paths
from okrsite.resolve.plans import Draft
from okrsite.resolve.references import Index, resolve_links
from okrsite.resolve.spans import Spans
from okrsite.resolve.visibility import audience_of
from okrsite.tree import stray_problems

_TELLING = {"OKR-F004", "OKR-R001", "OKR-R002", "OKR-R007"}
"""Codes whose mend names what stands elsewhere."""


@quick_dataclass(frozen=True, slots=True)
class Resolution:
    """A company as its files have it, and everything that was wrong with them."""

    company: Company
    problems: tuple[Problem, ...]
    """By place."""
    audiences: Mapping[Problem, str]
    """The audience that may know of each problem."""
    strangers: frozenset[str] = frozenset()
    """Paths of files that name somebody whom no list has."""
    ground: Ground | None = field(default=None, repr=False, compare=False)
    """What former versions of plans are looked up in."""

    def problems_for(self, audience: str) -> tuple[Problem, ...]:
        """Return what an audience may know of, by place; nothing in it tells of what it may not.

        Raises ValueError for an audience that the company does not have.
        """
        order = self.company.rules.audiences
        rank = order.index(audience)
        if rank == len(order) - 1:
            return self.problems
        return tuple(
            _alone(problem)
            for problem in self.problems
            if order.index(self.audiences[problem]) <= rank
        )


def resolve_company(
    reading: Reading,
    as_of: date,
    today: date | None = None,
    name: str = "",
    former_plans: FormerPlans | None = None,
) -> Resolution:
    """Return the company on a day.

    Everything dated later than `as_of` is as if not yet written. `today` (default: `as_of`) tells
    which dates lie so far ahead that the year must be wrong; `name` is the company's where no
    file gives one; `former_plans` tells whether a name that check-ins use was one once.
    """
    ground = prepare(reading, as_of, today, name)
    desk, directory, calendar = ground.desk, ground.directory, ground.calendar
    records, folders, drafts = reading.records, ground.folders, ground.drafts
    by_owner = {(draft.plan.owner, draft.plan.cycle): draft for draft in drafts}
    drafts = resolve_links(Index(desk, directory, calendar, by_owner), drafts)
    by_owner = {(draft.plan.owner, draft.plan.cycle): draft for draft in drafts}
    reader = Reader(desk, directory, calendar, Matcher(desk, directory, by_owner), ground.languages)
    if former_plans:
        reader.knew = Gone(former_plans, ground).knew
    reader.read_plans(drafts)
    feeds = read_feeds(drafts, reading, reader.evidence, desk)
    reader.read_files(records.check_ins, folders)
    feedback = tuple(reader.read_feedback(records.feedback, folders))
    drafts = [with_evidence(draft, reader.evidence) for draft in drafts]
    desk.problems.extend(stray_problems(reading.tree.strays, feeds | linked_paths(reading)))
    check_leavers(records.teams, drafts, directory, desk)
    ground = replace(ground, drafts=drafts)
    company = _company(ground, as_of, tuple(reader.evidence.weeklies), feedback)
    people = tuple(directory.people.values())
    check_pictures(replace(company, people=people), reading, desk)
    return _finished(company, ground, Spans(company, reader.evidence, folders, desk))


def _company(
    ground: Ground, as_of: date, weeklies: tuple[Weekly, ...], feedback: tuple[Feedback, ...]
) -> Company:
    """Return a company whose people are not all known yet."""
    desk, directory = ground.desk, ground.directory
    teams = tuple(
        replace(team, visibility=audience_of(desk, ground.scopes[team.id]))
        for team in directory.teams.values()
    )
    rules = replace(
        desk.rules,
        company=teams[0].title,
        roles=tuple((role, who) for role, who in directory.roles.items() if who),
    )
    return Company(
        rules=rules,
        as_of=as_of,
        teams=teams,
        cycles=ground.calendar.sorted(),
        plans=tuple(draft.plan for draft in ground.drafts),
        weeklies=weeklies,
        feedback=feedback,
        languages=ground.languages,
    )


def read_feeds(
    drafts: Iterable[Draft], reading: Reading, evidence: Evidence, desk: Desk
) -> set[str]:
    """Read the feeds of all key results; return the paths that are used."""
    used: set[str] = set()
    for draft in drafts:
        folder = str(PurePosixPath(draft.record.path).parent)
        for objective, record in draft.items():
            for kr, kr_record in zip(objective.key_results, record.key_results, strict=True):
                if kr_record.feed is None:
                    continue
                feed = read_feed(
                    kr_record.feed, kr, folder, reading.tree.data, draft.language, desk
                )
                if feed:
                    used.add(feed.path)
                    _restrict(feed.path, kr.visibility, desk)
                    add_feed(evidence, kr.ref, feed.check_ins)
    return used


def _restrict(path: str, audience: str, desk: Desk) -> None:
    """Count a file as what the fewest may see that use it."""
    order = desk.rules.audiences.index
    desk.audiences[path] = max(desk.audiences.get(path, audience), audience, key=order)


def _finished(company: Company, ground: Ground, spans: Spans) -> Resolution:
    """Return the resolution, now that it is known who may see what."""
    desk, directory, drafts = ground.desk, ground.directory, ground.drafts
    spans.hide(place for draft in drafts for place in draft.record.doubtful)
    directory.name_strangers(spans.rank_of)
    once = (spans.widest(same) for same in desk.repeated.values())
    problems = tuple(by_place([*desk.problems, *once]))
    audiences = {problem: spans.audience_of_problem(problem) for problem in problems}
    people = sorted(directory.people.values(), key=lambda p: (p.name.casefold(), p.id))
    broken = _broken(problems, audiences, spans)
    company = replace(company, people=tuple(people), broken=broken)
    return Resolution(company, problems, audiences, directory.strangers_in(), ground)


def _alone(problem: Problem) -> Problem:
    """Return a problem without what other places tell: what else there is."""
    if problem.code in _TELLING:
        return replace(problem, mend="correct the name; `okrsite check` tells the nearest", hint="")
    return replace(problem, hint="")


def _broken(
    problems: Iterable[Problem], audiences: Mapping[Problem, str], spans: Spans
) -> tuple[BrokenFile, ...]:
    found: dict[tuple[str, str], list[tuple[str, int, str]]] = {}
    for problem in problems:
        if problem.severity is Severity.ERROR:
            key = (problem.place.path, audiences[problem])
            found.setdefault(key, []).append((problem.code, problem.place.line, problem.message))
    return tuple(
        BrokenFile(spans.team_of(path), path, tuple(entries), audience)
        for (path, audience), entries in found.items()
    )
