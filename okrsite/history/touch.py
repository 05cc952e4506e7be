"""What one commit did to one file."""

from __future__ import annotations

from okrsite.model.quick import quick_dataclass
from okrsite.model.quick import quick_replace as replace


@quick_dataclass(frozen=True, slots=True)
class Commit:
    """One commit."""

    id: str
    time: int
    """When it was made, in seconds since 1970; a merge's, when it reached the main line."""
    author: str
    email: str
    subject: str

    def in_name_of(self, other: Commit) -> Commit:
        """Return the same with the author and the subject of another."""
        return replace(self, author=other.author, email=other.email, subject=other.subject)


@quick_dataclass(frozen=True, slots=True)
class Touch:
    """What one commit did to one file."""

    commit: Commit
    path: str
    """Relative to the folder."""
    before: str = ""
    """The blob that was there; empty where there was none."""
    after: str = ""
    """The blob that is there now; empty where it was removed."""
    old_path: str = ""
    """Where it was before, if that was elsewhere."""
    is_link: bool = False
    """Whether a link is there now, or a submodule: something that nobody reads."""
    steps: tuple[Touch, ...] = ()
    """What was done on the branch that a merge brought, oldest first, where several did it."""
