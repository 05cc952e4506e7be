"""A company as it was gated last, kept → the same after its check-ins have changed.

Only the plans in whose folder a check-in changed are resolved again. Everything else that a
company is follows from the other files, which have to be the same to the byte, or there is no
answer; nor is there one for a folder of which anything is out of the ordinary.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from okrsite.audience import see_evidence, see_weeklies
from okrsite.history import Signer
from okrsite.keep import Keep, digest, fingerprint
from okrsite.model import (
    BrokenFile,
    Company,
    Cycle,
    Feedback,
    Person,
    Plan,
    Rules,
    Team,
    Weekly,
)
from okrsite.model.quick import quick_dataclass
from okrsite.ordinary import leads_to_files, odd_folders
from okrsite.problems import Problem
from okrsite.read import Memory, Reading, Records, read_files
from okrsite.resolve import FolderEvidence, Resolution, resolve_folder
from okrsite.tree import FileKind, Listing, SourceFile, is_ignored, name_file

PlanKey = tuple[str, str]
"""Owner and cycle."""

_SHELVES = 32
"""Into how many files the plans are divided, so that one change writes little anew."""
_Shelf = dict[str, tuple[str, Plan]]
"""Plans with their digests."""


@quick_dataclass(frozen=True, slots=True)
class _Rest:
    """What of a company is neither a plan nor a check-in file."""

    rules: Rules
    as_of: date
    teams: tuple[Team, ...]
    people: tuple[Person, ...]
    cycles: tuple[Cycle, ...]
    feedback: tuple[Feedback, ...]
    broken: tuple[BrokenFile, ...]
    audience: str
    languages: dict[str, str]
    history: str

    @classmethod
    def of(cls, it: Company) -> _Rest:
        return cls(
            rules=it.rules,
            as_of=it.as_of,
            teams=it.teams,
            people=it.people,
            cycles=it.cycles,
            feedback=it.feedback,
            broken=it.broken,
            audience=it.audience,
            languages=it.languages,
            history=it.history,
        )

    def company(self, plans: Iterable[Plan], weeklies: tuple[Weekly, ...]) -> Company:
        return Company(
            rules=self.rules,
            as_of=self.as_of,
            teams=self.teams,
            people=self.people,
            cycles=self.cycles,
            plans=tuple(plans),
            weeklies=weeklies,
            feedback=self.feedback,
            broken=self.broken,
            audience=self.audience,
            languages=self.languages,
            history=self.history,
        )


@quick_dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of one company for one audience and day, but for its plans."""

    today: date
    """The day that it was, in the company's time zone."""
    world: str
    """The digest of everything but the check-in files."""
    check_ins: dict[str, str]
    """The digests of the check-in files, by path."""
    known: Records
    """What the other files say, without plans."""
    rest: _Rest
    keys: tuple[PlanKey, ...]
    """The plans, in their order."""
    folders: tuple[str, ...]
    """The team's folder that each plan lies in."""
    digests: tuple[str, ...]
    """Of each plan as it is kept."""
    weeklies: tuple[Weekly, ...]
    problems: tuple[Problem, ...]
    pictures: tuple[str, ...]
    closed: frozenset[str]
    """Folders of teams of which something is out of the ordinary."""


@dataclass(frozen=True)
class Standing:
    """A gated company, with what else follows from its files."""

    company: Company
    problems: tuple[Problem, ...]
    """Those that its audience may know of, by place."""
    pictures: tuple[str, ...]
    """Paths of those that it names and that are there."""
    digests: dict[PlanKey, str] = field(default_factory=dict)
    """The digests of its plans, as far as they are known."""


class Snapshot:
    """What is kept of a company under one name."""

    def __init__(self, keep: Keep, now: datetime, *settings: object) -> None:
        """Take the moment, and what else a company follows from: folder, as-of date, audience."""
        self._keep = keep
        self._now = now
        # The day is no part of the name, so that tomorrow's takes the place of today's.
        self._name = digest(*map(str, settings))

    def renew(
        self, listing: Listing, memory: Memory, history: str, authors: Mapping[str, str]
    ) -> Standing | None:
        """Return the company that lies in a folder now; None where it has to be resolved whole.

        `history` is the digest of what git remembers of its plans; `authors` tells who committed
        each check-in file first.
        """
        kept: _Kept | None = self._keep.value(f"company/{self._name}", _Kept)
        if kept is None or listing.problems:
            return None
        if kept.today != today_in(kept.rest.rules, self._now):
            return None
        check_ins = _check_ins(listing, kept, authors)
        if self._world(listing, check_ins, history) != kept.world:
            return None
        plans = self._load_plans(kept)
        if plans is None:
            return None
        changed = {path for path, _ in check_ins.items() ^ kept.check_ins.items()}
        if changed:
            return self._renewed(kept, plans, check_ins, changed, listing, memory, authors)
        return _standing(kept, kept.rest.company(plans, kept.weeklies))

    def take(
        self,
        standing: Standing,
        listing: Listing,
        reading: Reading,
        whole: Resolution,
        history: str,
        authors: Mapping[str, str],
    ) -> Standing:
        """Keep a company, with what it was read and resolved from; return it with its digests."""
        company, cycles = standing.company, reading.records.rules.rules.own_cycles
        check_ins = {
            file.path: _digest_of(file.path, file.data, authors)
            for file in reading.tree.of_kind(FileKind.CHECK_IN)
        }
        kept = _Kept(
            today=today_in(company.rules, self._now),
            world=self._world(listing, check_ins, history),
            check_ins=check_ins,
            known=replace(reading.records, plans=(), check_ins=(), feedback=()),
            rest=_Rest.of(company),
            keys=tuple((plan.owner, plan.cycle) for plan in company.plans),
            folders=tuple(name_file(p.place.path, cycles).folder for p in company.plans),
            digests=(),
            weeklies=company.weeklies,
            problems=standing.problems,
            pictures=standing.pictures,
            closed=frozenset(odd_folders(reading, whole)),
        )
        return _standing(self._save(kept, company.plans, None), company)

    def _renewed(
        self,
        kept: _Kept,
        plans: Sequence[Plan],
        check_ins: dict[str, str],
        changed: Collection[str],
        listing: Listing,
        memory: Memory,
        authors: Mapping[str, str],
    ) -> Standing | None:
        """Return the company after some check-ins have changed, and keep it."""
        cycles = kept.known.rules.rules.own_cycles
        folders = {name_file(path, cycles).folder for path in changed}
        personal = {name_file(path, cycles).person for path in changed} - {""}
        if folders & kept.closed or (personal and _has_plans_elsewhere(kept, plans, folders)):
            return None
        if any(leads_to_files(listing.data.get(path, b"")) for path in changed):
            return None
        own = [p.place.path for p, f in zip(plans, kept.folders, strict=True) if f in folders]
        mine = filter(_belonging(folders, cycles), check_ins)
        files = [
            SourceFile(path, name_file(path, cycles), listing.data[path])
            for path in dict.fromkeys((*own, *mine))
        ]
        reading = read_files(files, listing, kept.known, memory)
        evidence = resolve_folder(reading, kept.rest.as_of, kept.today)
        if evidence is None:
            return None
        signer = Signer.of(kept.rest.people, authors)
        evidence = FolderEvidence(
            tuple(signer.plans(evidence.plans)), tuple(signer.weeklies(evidence.weeklies))
        )
        return self._put(kept, plans, evidence, check_ins, folders)

    def _put(
        self,
        kept: _Kept,
        plans: Sequence[Plan],
        evidence: FolderEvidence,
        check_ins: dict[str, str],
        folders: Collection[str],
    ) -> Standing:
        """Put new evidence into the company, and keep it."""
        found = {(plan.owner, plan.cycle): plan for plan in evidence.plans}
        as_of = kept.rest.as_of
        now = [
            see_evidence(plan, found[key], as_of) if key in found else plan
            for key, plan in zip(kept.keys, plans, strict=True)
        ]
        company = kept.rest.company(now, ())
        is_new = _belonging(folders, kept.known.rules.rules.own_cycles)
        weeklies = [
            *(weekly for weekly in kept.weeklies if not is_new(weekly.place.path)),
            *see_weeklies(company, evidence.weeklies),
        ]
        weeklies.sort(key=lambda weekly: (weekly.date, weekly.place.path))
        new = replace(kept, check_ins=check_ins, weeklies=tuple(weeklies))
        new = self._save(new, now, {key for key in kept.keys if key in found})
        return _standing(new, replace(company, weeklies=tuple(weeklies)))

    def _world(self, listing: Listing, check_ins: Collection[str], history: str) -> str:
        """Return the digest of everything that a company follows from but its check-ins."""
        others = (path for path in listing.data if path not in check_ins)
        files = (part for path in others for part in (path, listing.data[path]))
        return digest(
            self._name, history, *sorted(listing.pictures), "/", *listing.others, "/", *files
        )

    def _save(
        self, kept: _Kept, plans: Sequence[Plan], changed: Collection[PlanKey] | None
    ) -> _Kept:
        """Keep a company of which some plans have changed, or all; return it with its digests."""
        shelves: dict[str, _Shelf] = {}
        digests = list(kept.digests) or [""] * len(plans)
        for key in kept.keys if changed is None else changed:
            shelves.setdefault(self._shelf(key), {})
        for index, (key, plan) in enumerate(zip(kept.keys, plans, strict=True)):
            if (shelf := shelves.get(self._shelf(key))) is not None:
                digests[index] = fingerprint(plan)
                shelf["@".join(key)] = digests[index], plan
        for name, shelf in shelves.items():
            self._keep.keep_value(name, shelf)
        kept = replace(kept, digests=tuple(digests))
        self._keep.keep_value(f"company/{self._name}", kept)
        return kept

    def _load_plans(self, kept: _Kept) -> list[Plan] | None:
        """Return the plans as they were kept; None where one is not there any more."""
        shelves: dict[str, _Shelf] = {}
        for name in {self._shelf(key) for key in kept.keys}:
            shelves[name] = self._keep.value(name, _Shelf) or {}
        plans: list[Plan] = []
        for key, expected in zip(kept.keys, kept.digests, strict=True):
            found, plan = shelves[self._shelf(key)].get("@".join(key), ("", None))
            if plan is None or found != expected:
                return None
            plans.append(plan)
        return plans

    def _shelf(self, key: PlanKey) -> str:
        number = zlib.crc32(key[0].encode("utf-8", "surrogateescape")) % _SHELVES
        return f"company/{self._name}-{number:02}"


def today_in(rules: Rules, now: datetime) -> date:
    """Return the day that it is in the company's time zone."""
    return now.astimezone(ZoneInfo(rules.timezone)).date()


def _standing(kept: _Kept, company: Company) -> Standing:
    digests = dict(zip(kept.keys, kept.digests, strict=True))
    return Standing(company, kept.problems, kept.pictures, digests)


def _belonging(folders: Collection[str], cycles: frozenset[str]) -> Callable[[str], bool]:
    """Return what tells whether the file at a path belongs to one of some folders."""
    tops = tuple(f"{folder}/" if folder else "" for folder in folders)
    # To look closely at each name takes long, and most lie elsewhere.
    return lambda path: path.startswith(tops) and name_file(path, cycles).folder in folders


def _digest_of(path: str, data: bytes, authors: Mapping[str, str]) -> str:
    """Return the digest of all that follows from a check-in file: who wrote it, too."""
    return digest(data, authors.get(path, ""))


def _check_ins(listing: Listing, kept: _Kept, authors: Mapping[str, str]) -> dict[str, str]:
    """Return the digests of the check-in files that lie in a folder."""
    cycles, ignore = kept.known.rules.rules.own_cycles, kept.known.rules.ignore
    return {
        path: _digest_of(path, data, authors)
        for path, data in listing.data.items()
        if path in kept.check_ins
        or (name_file(path, cycles).kind is FileKind.CHECK_IN and not is_ignored(path, ignore))
    }


def _has_plans_elsewhere(kept: _Kept, plans: Iterable[Plan], folders: Collection[str]) -> bool:
    """Tell whether somebody's own plan lies in another folder than some."""
    own = (f for plan, f in zip(plans, kept.folders, strict=True) if plan.owner != plan.team)
    return any(folder not in folders for folder in own)
