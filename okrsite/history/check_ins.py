"""Check-in files that were changed after they were committed → what was corrected in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from okrsite.history.chain import Chain, Chains
from okrsite.history.corrections import Correction, Key, Said, find_corrections
from okrsite.history.git import Repository
from okrsite.history.log import Log
from okrsite.history.touch import Touch
from okrsite.model import CheckIn, Company, Reference
from okrsite.read import Memory, Reading, read_former_check_ins
from okrsite.read.records import CheckInRecord
from okrsite.resolve import Former
from okrsite.tree import FileKind, Naming, SourceFile, name_file

PlanKey = tuple[str, str]
"""Owner and cycle."""

_Wanted = tuple[str, str]
"""A path and a blob."""


def is_correction(touch: Touch) -> bool:
    """Tell whether a commit changed or removed a check-in file that was there."""
    is_check_in = "checkins/" in touch.path or "checkins/" in touch.old_path
    return is_check_in and bool(touch.before) and touch.before != touch.after


@dataclass
class CheckInFiles:
    """Tells what was corrected in a company's check-in files."""

    company: Company
    reading: Reading
    repository: Repository
    log: Log
    chains: Chains
    former: Callable[[], Former]
    memory: Memory

    def tell(self) -> dict[PlanKey, list[Correction]]:
        """Return the corrections of each plan's items, file by file."""
        found: dict[PlanKey, list[Correction]] = defaultdict(list)
        changed = {path: self.chains.of(path) for path in sorted(_changed(self.log))}
        chains = {p: chain for p, chain in changed.items() if self._naming(p, chain)}
        records = self._records(
            (path, touch) for path, chain in chains.items() for touch in chain.touches
        )
        items = {item.ref: item for o in self.company.objectives() for item in o.items()}
        for path, chain in chains.items():
            versions = list(self._versions(path, chain, records))
            for each in find_corrections(path, versions, items, self._elsewhere(path)):
                found[each.about.owner, each.about.cycle].append(each)
        return found

    def _naming(self, path: str, chain: Chain) -> Naming | None:
        """Return what a path says of a check-in file that is there, or that was removed."""
        file = self._files.get(path)
        if file:
            return file.naming
        naming = name_file(path, self._cycles)
        # A name that is no text is none of a check-in's.
        is_text = path.isascii() or path.encode(errors="replace").decode() == path
        is_gone = is_text and bool(chain.touches) and not chain.touches[-1].after
        return naming if is_gone and naming.kind is FileKind.CHECK_IN else None

    def _records(self, touches: Iterable[tuple[str, Touch]]) -> dict[_Wanted, CheckInRecord | None]:
        """Return what versions of files said; None where that could not be read."""
        wanted = {(path, touch.after): touch for path, touch in touches if touch.after}
        data = dict(self.repository.blobs(blob for _, blob in wanted))
        files: dict[_Wanted, SourceFile] = {}
        for (path, blob), touch in wanted.items():
            then = name_file(touch.path, self._cycles)
            if then.kind is FileKind.CHECK_IN:
                # The team's folder may have moved since.
                naming = replace(then, folder=name_file(path, self._cycles).folder)
                files[path, blob] = SourceFile(path, naming, data[blob])
        named = [(f"{path}@{blob}", file) for (path, blob), file in files.items()]
        read = read_former_check_ins(named, self.reading.records, self.memory)
        return dict(zip(files, read, strict=True))

    def _versions(
        self, path: str, chain: Chain, records: Mapping[_Wanted, CheckInRecord | None]
    ) -> Iterator[Said]:
        """Yield what a file said after each commit, without those that could not be read."""
        for touch, day in zip(chain.touches, chain.days, strict=True):
            record = records.get((path, touch.after))
            if record or not touch.after:
                yield Said(touch.commit, day, self._said(record) if record else {})

    def _said(self, record: CheckInRecord) -> dict[Key, CheckIn | None]:
        found = self.former().check_ins(record)
        return {(ref, record.date): check_in for ref, check_in in found.items()}

    def _elsewhere(self, path: str) -> Callable[[Key], tuple[str, CheckIn] | None]:
        """Return what looks for what was taken out of a file in the team's others of that day."""

        def find(key: Key) -> tuple[str, CheckIn] | None:
            naming = name_file(path, self._cycles)
            others = (other for other in self._of_day.get((naming.folder, key[1]), ()))
            for other in sorted(set(others) - {path}):
                if check_in := self._committed(other).get(key[0]):
                    return other, check_in
            return None

        return find

    def _committed(self, path: str) -> dict[Reference, CheckIn | None]:
        """Return what a file says as it was committed last."""
        touch = self.chains.of(path).touches[-1]
        record = self._records([(path, touch)]).get((path, touch.after))
        return self.former().check_ins(record) if record else {}

    @cached_property
    def _of_day(self) -> dict[tuple[str, object], list[str]]:
        """Return the check-in files that are committed now, by folder and date."""
        there: dict[str, None] = {}
        for touch in self.log.touches:
            if touch.old_path:
                there.pop(touch.old_path, None)
            if touch.after:
                there[touch.path] = None
            else:
                there.pop(touch.path, None)
        found: dict[tuple[str, object], list[str]] = defaultdict(list)
        for path in there:
            naming = name_file(path, self._cycles)
            if naming.kind is FileKind.CHECK_IN:
                found[naming.folder, naming.date].append(path)
        return found

    @cached_property
    def _files(self) -> dict[str, SourceFile]:
        return self.reading.tree.by_path(FileKind.CHECK_IN)

    @cached_property
    def _cycles(self) -> frozenset[str]:
        return self.reading.records.rules.rules.own_cycles


def _changed(log: Log) -> set[str]:
    """Return the check-in files that were changed or removed, by the paths that they had last."""
    found: set[str] = set()
    for touch in log.touches:
        if touch.old_path in found:
            found.discard(touch.old_path)
            found.add(touch.path)
        if is_correction(touch):
            found.add(touch.path)
    return found
