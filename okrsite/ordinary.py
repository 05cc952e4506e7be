"""A reading and what was resolved from it → the folders in which something is out of the ordinary.

What a check-in there changes may reach further than its folder's own plans.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from okrsite.model import Plan
from okrsite.read import Reading
from okrsite.resolve import Resolution
from okrsite.tree import FileKind, name_file

_FILE_LINK = re.compile(rb"\](?:\(\s*<?|:\s+<?)(?!https?:|mailto:|okr:|#)[^)>\s]")
"""A link to a picture or another file beside the text, which is looked up and may be missing."""


def odd_folders(reading: Reading, whole: Resolution) -> Iterator[str]:
    """Yield the folders of which something is out of the ordinary."""
    cycles = reading.records.rules.rules.own_cycles
    for problem in whole.problems:
        for place in (problem.place, *(place for place, _ in problem.also)):
            yield name_file(place.path, cycles).folder
    for path in whole.strangers:
        yield name_file(path, cycles).folder
    files = reading.tree.of_kind(FileKind.CHECK_IN)
    check_ins = {file.path: file.naming for file in files}
    for file in files:
        if leads_to_files(file.data):
            yield file.naming.folder
    persons = {naming.folder for naming in check_ins.values() if naming.person}
    for plan in whole.company.plans:
        folder = name_file(plan.place.path, cycles).folder
        elsewhere = {
            check_ins[path].folder
            for path in _evidence_paths(plan)
            if path in check_ins and check_ins[path].folder != folder
        }
        if plan.owner != plan.team:
            # Somebody's own check-ins may lie in other folders than the plan that they speak of.
            elsewhere |= persons - {folder}
        if elsewhere:
            yield folder
            yield from elsewhere


def leads_to_files(data: bytes) -> bool:
    """Tell whether a check-in file may link to a file beside it."""
    return _FILE_LINK.search(data) is not None


def _evidence_paths(plan: Plan) -> set[str]:
    return {
        check_in.place.path
        for objective in plan.objectives
        for item in objective.items()
        for check_in in item.check_ins
    }
