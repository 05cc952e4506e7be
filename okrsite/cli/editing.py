"""What commands that change files share: the files opened, tried out, shown and written."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from okrsite.cli.common import find_target, project_keep
from okrsite.clock import now
from okrsite.edit import CannotEditError, CannotSaveError, UnreadableError
from okrsite.model import Cycle, Place, Plan, Team
from okrsite.prefill.week import cycle_named
from okrsite.problems import Problem, Severity, format_problems, nearest, neutral
from okrsite.read import Texts
from okrsite.read.records import CheckInRecord
from okrsite.written import Sources, changed, new_problems, open_sources

if TYPE_CHECKING:
    from collections.abc import Iterator

INDENT = "      "
"""Before questions and what explains them."""

Files = Mapping[str, bytes]
Moved = Callable[[Problem, Iterable[CheckInRecord]], Problem]


def open_target(source: Path | None, as_of: date | None, mkdocs_yml: Path | None) -> Sources:
    """Return the files that a command changes, which must be a company's."""
    target = find_target(source, as_of, "", mkdocs_yml)
    keep = project_keep(mkdocs_yml)
    sources = open_sources(target.source, target.as_of, now(), target.exclude, keep)
    rules = sources.reading.records.rules
    if rules.unreadable or not (sources.reading.records.plans or sources.reading.records.teams):
        fail(sources.resolution.problems, sources.texts())
    return sources


def find_cycle(sources: Sources, name: str) -> Cycle:
    """Return the cycle of a name in either case; UsageError where no plan and no rule has it."""
    found = cycle_named(sources.company, name)
    if found is None:
        known = ", ".join(cycle.id for cycle in sources.company.cycles)
        raise click.UsageError(f"no cycle is called '{neutral(name)}'; there are: {known}")
    return found


def find_plans(sources: Sources, cycle: str, team: str | None) -> list[Plan]:
    """Return the plans for a cycle, of one team alone where it is named; UsageError for none."""
    plans = list(sources.company.plans_in(cycle))
    if team:
        id = find_team(sources, team).id
        plans = [plan for plan in plans if plan.team == id]
    if not plans:
        raise click.UsageError(f"nobody{' there' if team else ''} has a plan for {cycle}")
    return plans


def find_team(sources: Sources, name: str) -> Team:
    """Return the team of a name; UsageError where there is none."""
    directory = sources.ground.directory
    found = sources.company.team(directory.team_named(name))
    if found is None:
        near = nearest(name, directory.teams, 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise click.UsageError(f"no team is called '{neutral(name)}'{hint}")
    return found


def fail(problems: Iterable[Problem], texts: Mapping[str, str]) -> NoReturn:
    """Print problems with their lines, and exit with 1."""
    click.echo(format_problems(list(problems), "text", texts), err=True)
    raise click.exceptions.Exit(1)


class CannotWriteError(click.ClickException):
    """Files are as they were, as they could not be changed as asked."""

    exit_code = 1

    def format_message(self) -> str:
        """Return what is printed, which obeys nobody."""
        return "\n".join(map(neutral, self.message.split("\n")))


@contextmanager
def refusing() -> Iterator[None]:
    """Turn what cannot be edited into a message with the mend, and exit code 1."""
    try:
        yield
    except UnreadableError as error:
        fail(error.problems, error.texts)
    except CannotEditError as error:
        where = "" if error.place == Place(".") else f"{error.place}: "
        raise CannotWriteError(
            f"{where}{error.message}\nmend: {error.mend}; nothing was written"
        ) from error
    except CannotSaveError as error:
        raise CannotWriteError(str(error)) from error


def try_out(
    sources: Sources,
    files: Files,
    moved: Moved | None = None,
    texts: Mapping[str, str] | None = None,
) -> Sources:
    """Return what the files would be; where that has a new mistake, print it and exit with 1.

    `moved` puts a problem where the person who asked for the change finds it, in one of `texts`.
    """
    with refusing():
        after = changed(sources, files)
    _refuse_ignored(after, files)
    found = new_problems(sources, after)
    if moved:
        records = after.reading.records.check_ins
        found = [moved(problem, records) for problem in found]
    shown: Mapping[str, str] = {**_read(after.texts(), files), **(texts or {})}
    if any(problem.severity is Severity.ERROR for problem in found):
        click.echo(format_problems(found, "text", shown), err=True)
        click.echo("Nothing was written.", err=True)
        raise click.exceptions.Exit(1)
    if found:
        click.echo(format_problems(found, "text", shown), err=True)
    return after


def _refuse_ignored(after: Sources, files: Files) -> None:
    """Refuse a file that nothing would read."""
    read = {file.path for file in after.reading.tree.files}
    for path in files:
        if path not in read:
            raise CannotWriteError(f"{path} would be read by nobody: see ignore: in okrs.yml")


def _read(texts: Texts, files: Files) -> dict[str, str]:
    return {path: texts[path] for path in files}


def write(sources: Sources, files: Files) -> None:
    """Write files that were tried out, and say where they are."""
    with refusing():
        sources.save(files)
    for path in files:
        what = "changed" if path in sources.listing.data else "new"
        click.echo(f"  {neutral(path)} ({what})")


def show_changes(sources: Sources, files: Files) -> None:
    """Print the lines that files would gain and lose."""
    before, after = sources.texts(), sources.texts(files)
    for path in files:
        old = before[path].splitlines() if path in before else []
        for line in difflib.unified_diff(old, after[path].splitlines(), lineterm="", n=1):
            if not line.startswith(("---", "+++", "@@")):
                click.secho(neutral(line), fg={"+": "green", "-": "red"}.get(line[0]))


def prompt(label: str, default: str) -> str:
    """Ask for one line, without what a file could not hold; Enter gives the default."""
    while True:
        answer = click.prompt(
            f"{INDENT}{label}", default=default, show_default=bool(default), type=str
        )
        text = " ".join(str(answer).split())
        if text.isprintable():
            return text
        click.secho(f"{INDENT}there is a character in it that cannot be printed", fg="yellow")
