"""A company on disk → the same with one check-in changed, as its people do every week."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .company import CYCLE, Company
from .plans import Written
from .yaml_text import yaml_text


@dataclass(frozen=True)
class Edit:
    """One changed check-in: the file, and the page on which its note must appear."""

    file: Path
    """Below the source folder."""
    text: str
    url: str
    """Of the objective's page, without a leading slash."""
    note: str


def make_edit(company: Company, number: int) -> Edit:
    """Return the newest check-in of the last team but one with another value and note."""
    written = company.write(max(len(company.teams) - 2, 0))
    day, check_in = max(written.check_ins.items())
    ref, values = _moving(written)
    note = f"Noted at save {number}."
    told = {"value": values[number % len(values)], "confidence": "6", "note": note}
    changed = check_in | {"key_results": check_in["key_results"] | {ref: told}}
    team = written.team
    return Edit(
        file=Path(team.path) / "checkins" / f"{day}.yml",
        text=yaml_text(changed),
        url=f"teams/{team.id}/{CYCLE}/{ref.partition('/')[0]}/",
        note=note,
    )


def _moving(written: Written) -> tuple[str, list[str]]:
    """Return the first key result with a number, and all values that it had."""
    objective = written.plan["objectives"][0]
    metric = next(item for item in objective["key_results"] if "kind" not in item)
    ref = f"{objective['id']}/{metric['id']}"
    said = [each.get("key_results", {}).get(ref) for each in written.check_ins.values()]
    values: list[Any] = [each["value"] if isinstance(each, dict) else each for each in said if each]
    return ref, values
