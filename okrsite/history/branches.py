"""The commits of a history and their parents → which merge brought each to the main line.

The main line is the checked-out commit and its first parents: what a forge shows as the branch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from okrsite.history.git import NoHistoryError, Repository
from okrsite.history.touch import Touch
from okrsite.model.quick import quick_dataclass


@quick_dataclass(frozen=True, slots=True)
class Line:
    """The main line, and what was merged into it."""

    commits: tuple[str, ...]
    """Newest first."""
    before: str
    """The commit that the oldest of them follows, or nothing."""
    brought: Mapping[str, str]
    """The commit of the main line by which each other one came to it."""
    merges: frozenset[str]
    """The others that are merges themselves: what they did was done by others."""


def read_line(repository: Repository, commits: str) -> Line:
    """Return the main line among some commits; an empty one where these are gone."""
    try:
        said = repository.run("rev-list", "--parents", commits, "--")
    except NoHistoryError:
        # What was known is gone, as after a rewrite.
        said = b""
    parents = {id: above for id, *above in map(str.split, said.decode().splitlines())}
    line: list[str] = []
    next_one = next(iter(parents), "")
    while next_one in parents:
        line.append(next_one)
        next_one = next(iter(parents[next_one]), "")
    brought = _brought(line, parents)
    merges = frozenset(id for id in brought if len(parents[id]) > 1)
    return Line(tuple(line), next_one, brought, merges)


def _brought(line: Sequence[str], parents: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return which commit of the main line was the first from which each other is reached."""
    found: dict[str, str] = {}
    on_line = set(line)
    for commit in reversed(line):
        open_ = list(parents[commit][1:])
        while open_:
            id = open_.pop()
            if id in parents and id not in found and id not in on_line:
                found[id] = commit
                open_ += parents[id]
    return found


def on_main_line(touches: Iterable[Touch], line: Line) -> tuple[Touch, ...]:
    """Return what the main line did, oldest first, each in the name of who made it on a branch.

    Touches come newest first, and a branch's before what they were merged into.
    """
    commits, found = set(line.commits), []
    aside: dict[str, list[Touch]] = defaultdict(list)
    for touch in touches:
        if touch.commit.id in commits:
            found.append(touch)
        elif merge := line.brought.get(touch.commit.id):
            aside[merge].append(touch)
    return tuple(
        touch
        for group in _by_commit(reversed(found))
        for touch in _attributed(group, aside.get(group[0].commit.id, ()), line.merges)
    )


def _attributed(
    group: Sequence[Touch], branch: Sequence[Touch], merges: frozenset[str]
) -> Iterator[Touch]:
    """Yield what one commit of the main line did, as whoever made it on a branch meant it."""
    if not branch:
        yield from group
        return
    moves: dict[str, str] = {}
    for touch in branch:
        if touch.old_path:
            moves.setdefault(touch.path, touch.old_path)
    gone = {touch.path: touch for touch in group if not touch.after}
    pairs = {t.path: moves.get(t.path, "") for t in group if not t.before}
    moved = {old for old in pairs.values() if old in gone}
    for touch in group:
        if touch.path in moved:
            continue
        if (old := gone.get(pairs.get(touch.path, ""))) is not None:
            touch = replace(touch, before=old.before, old_path=old.path)
        yield _made(touch, _steps(touch.path, branch, merges))


def _steps(path: str, branch: Sequence[Touch], merges: frozenset[str]) -> list[Touch]:
    """Return what was done to a file on a branch, oldest first."""
    steps: list[Touch] = []
    for touch in branch:
        if touch.path == path:
            steps.append(touch)
            path = touch.old_path or path
    # What was merged into the branch was made by others: there, or on the main line.
    own = [step for step in steps if step.commit.id not in merges]
    return (own or steps)[::-1]


def _made(touch: Touch, steps: Sequence[Touch]) -> Touch:
    """Return what a merge did in the name of who made it, and by which steps.

    What it put together itself is told by its steps alone; what is in none of them, it made.
    """
    if not steps:
        return touch
    same = next((step for step in reversed(steps) if step.after == touch.after), None)
    if same is None:
        return replace(touch, steps=tuple(steps))
    makers = {(step.commit.author, step.commit.email, step.commit.subject) for step in steps}
    commit = touch.commit.in_name_of(same.commit)
    return replace(touch, commit=commit, steps=tuple(steps) if len(makers) > 1 else ())


def _by_commit(touches: Iterable[Touch]) -> Iterator[list[Touch]]:
    group: list[Touch] = []
    for touch in touches:
        if group and group[-1].commit.id != touch.commit.id:
            yield group
            group = []
        group.append(touch)
    if group:
        yield group
