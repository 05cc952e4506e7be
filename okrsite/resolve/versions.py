"""Former versions of plans → plans among the people, teams and other plans of today.

What is wrong in a former version is no problem of today's, and who is named only there is nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy

from okrsite.model import Plan
from okrsite.read.records import PlanRecord
from okrsite.resolve.company import Ground
from okrsite.resolve.plans import resolve_plans
from okrsite.resolve.references import Index, resolve_links


def resolve_versions(ground: Ground, records: Iterable[PlanRecord]) -> Iterator[Plan | None]:
    """Yield a plan without evidence for each record; None where it belongs to nobody today."""
    drafts = {(draft.plan.owner, draft.plan.cycle): draft for draft in ground.drafts}
    # Looking somebody up may enter a stranger, and report one.
    desk, directory, calendar = deepcopy((ground.desk, ground.directory, ground.calendar))
    index = Index(desk, directory, calendar, drafts)
    around = (ground.folders, ground.scopes, ground.languages)
    for record in records:
        if record.folder not in ground.folders:
            yield None
            continue
        found = resolve_plans([record], desk, directory, calendar, *around)
        if not found:
            yield None
            continue
        (draft,) = found
        key = draft.plan.owner, draft.plan.cycle
        today = drafts.get(key)
        drafts[key] = draft
        (linked,) = resolve_links(index, [draft])
        if today:
            drafts[key] = today
        yield linked.plan
