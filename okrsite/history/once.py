"""A log → what the plan at a path once said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from okrsite.history.chain import Chains
from okrsite.history.git import NoHistoryError, Repository
from okrsite.history.log import Log
from okrsite.read import Memory, Reading, read_versions
from okrsite.read.records import PlanRecord
from okrsite.tree import FileKind, SourceFile


@dataclass
class PlansOnce:
    """Tells all versions of plans that were committed."""

    repository: Repository
    log: Log
    reading: Reading
    memory: Memory

    def __call__(self, path: str) -> Sequence[PlanRecord] | None:
        """Return the versions of the plan that lies at a path; None where git cannot tell."""
        file = self._files.get(path)
        blobs = {touch.after for touch in self._chains.of(path).touches if touch.after}
        if file is None or not blobs:
            return None
        try:
            data = dict(self.repository.blobs(sorted(blobs)))
        except NoHistoryError:
            return None
        files = [
            (f"{path}@{blob}", SourceFile(path, file.naming, text)) for blob, text in data.items()
        ]
        read = read_versions(files, self.reading.records, self.memory)
        return [record for record in read if record]

    @cached_property
    def _files(self) -> dict[str, SourceFile]:
        return self.reading.tree.by_path(FileKind.PLAN)

    @cached_property
    def _chains(self) -> Chains:
        return Chains(self.log, self.reading.records.rules.rules.timezone)
