"""A source folder → what git remembers of it: read once, then only what was committed since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from okrsite.history import (
    Log,
    Missing,
    NoHistoryError,
    PlansOnce,
    Repository,
    first_authors,
    is_correction,
    open_repository,
    read_log,
    tell_history,
)
from okrsite.keep import Keep, digest
from okrsite.model import Place
from okrsite.problems import Problem
from okrsite.read import Memory, Reading
from okrsite.resolve import FormerPlans, Resolution


@dataclass(frozen=True, slots=True)
class Remembered:
    """The history of a folder, or why there is none."""

    missing: str = ""
    """Why git cannot tell, as `Missing` names it; empty where it can."""
    repository: Repository | None = None
    log: Log | None = None

    @property
    def key(self) -> str:
        """Return the digest of all commits but those that only checked in for the first time."""
        touches = self.log.touches if self.log else ()
        told = (
            word
            for touch in touches
            if "checkins/" not in touch.path or is_correction(touch)
            for word in (touch.commit.id, touch.path, touch.after)
        )
        return digest(self.missing, *told)

    @property
    def authors(self) -> dict[str, str]:
        """Return who committed each check-in file first, by path."""
        return first_authors(self.log) if self.log else {}

    def former_plans(self, reading: Reading, memory: Memory) -> FormerPlans | None:
        """Return what tells the versions of plans, where git can."""
        if self.repository is None or self.log is None:
            return None
        return PlansOnce(self.repository, self.log, reading, memory)

    def problem(self) -> Problem | None:
        """Return why nobody can tell how plans changed, where there is a repository to ask."""
        said = _PROBLEMS.get(self.missing)
        return Problem("OKR-H001", Place("."), *said) if said else None

    def tell(self, whole: Resolution, reading: Reading, keep: Keep | None, jobs: int) -> Resolution:
        """Return a resolution whose plans tell what they were, or which tells why they cannot."""
        company = replace(whole.company, history=self.missing)
        if self.repository is None or self.log is None or whole.ground is None:
            return replace(whole, company=company)
        try:
            company = tell_history(
                company, reading, whole.ground, self.repository, self.log, keep, jobs
            )
        except NoHistoryError as error:
            company = replace(company, history=error.why)
        return replace(whole, company=company)


_PROBLEMS: dict[str, tuple[str, str]] = {
    Missing.SHALLOW: (
        "this clone was cut short, so that nobody can tell how plans changed",
        "fetch all commits: fetch-depth: 0 in the workflow, or git fetch --unshallow",
    ),
    Missing.OWNER: (
        "this repository belongs to somebody else, so that git does not tell how plans changed",
        "let git trust it: git config --global --add safe.directory with its folder",
    ),
    Missing.DAMAGED: (
        "git cannot read all of this repository, so that nobody can tell how plans changed",
        "clone all of it, without --filter; git fsck tells what is missing",
    ),
}


def remember(
    source: Path, keep: Keep | None = None, repository: Repository | None = None
) -> Remembered:
    """Return what git remembers of a folder; with `repository`, up to its head."""
    name = f"log/{digest(str(source))}"
    try:
        repository = repository or open_repository(source)
        if repository.shallow:
            return Remembered(Missing.SHALLOW)
        known = keep.value(name, Log) if keep else None
        found = read_log(repository, known)
    except NoHistoryError as error:
        return Remembered(error.why)
    if keep and found is not known:
        keep.keep_value(name, found)
    return Remembered("", repository, found)
