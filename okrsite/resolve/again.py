"""One folder's plans and check-ins → the evidence on these plans, without the rest of the company.

Nearly every commit is a check-in, and a check-in touches the plans of its own folder alone, unless
something is out of the ordinary: then there is no answer here, and the whole has to be resolved.
"""

from __future__ import annotations

from datetime import date

from okrsite.model import Plan, Weekly
from okrsite.model.quick import quick_dataclass
from okrsite.read import Reading
from okrsite.resolve.check_ins import Reader
from okrsite.resolve.company import read_feeds
from okrsite.resolve.evidence import with_evidence
from okrsite.resolve.ground import Ground, prepare
from okrsite.resolve.matching import Matcher


@quick_dataclass(frozen=True, slots=True)
class FolderEvidence:
    """What the check-ins of one folder say."""

    plans: tuple[Plan, ...]
    """The folder's plans with their evidence, and without their links."""
    weeklies: tuple[Weekly, ...]


def resolve_folder(reading: Reading, as_of: date, today: date) -> FolderEvidence | None:
    """Return what the check-ins of a folder say of its plans; None if that is not all they do.

    `reading` has the rules, people and teams of the company and the plans and check-ins of the
    folder. There is no answer where a file has a mistake, names somebody whom no list has, or
    speaks of what is not among these plans.
    """
    ground = prepare(reading, as_of, today, "")
    drafts = ground.drafts
    before = _noise(ground)
    by_owner = {(draft.plan.owner, draft.plan.cycle): draft for draft in drafts}
    matcher = Matcher(ground.desk, ground.directory, by_owner)
    reader = Reader(ground.desk, ground.directory, ground.calendar, matcher, ground.languages)
    reader.read_plans(drafts)
    read_feeds(drafts, reading, reader.evidence, ground.desk)
    reader.read_files(reading.records.check_ins, ground.folders)
    if reading.problems or _noise(ground) != before:
        return None
    plans = tuple(with_evidence(draft, reader.evidence).plan for draft in drafts)
    return FolderEvidence(plans, tuple(reader.evidence.weeklies))


def _noise(ground: Ground) -> tuple[int, int, int]:
    """Return how much was found out of the ordinary so far."""
    desk = ground.desk
    told = sum(map(len, desk.repeated.values()))
    return len(desk.problems), told, ground.directory.count_strangers()
