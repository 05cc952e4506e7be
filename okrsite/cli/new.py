"""`okrsite new`: a working company in a minute."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from okrsite.cli.starter import Starter, StarterError, starter_files
from okrsite.clock import now
from okrsite.model.cycle_names import is_fiscal_name, is_known_name

FORGES = ("github", "gitlab", "both", "none")

_EXAMPLE = """\b
Example:
  okrsite new acme --name Acme --team Engineering/Platform --team Sales
"""


@click.command("new", epilog=_EXAMPLE)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", help="The company's name.")
@click.option(
    "--team",
    "teams",
    multiple=True,
    metavar="TEAM",
    help="A team, or DEPARTMENT/TEAM; may be repeated.",
)
@click.option("--cycle", help="The cycle to plan, such as 2026-q4; default: this quarter.")
@click.option("--forge", type=click.Choice(FORGES), help="Whose CI files to write; default: both.")
def new(
    folder: Path, name: str | None, teams: tuple[str, ...], cycle: str | None, forge: str | None
) -> None:
    """Write a working company into DIR: rules, people, teams, plans, site and CI.

    On a terminal it asks for what is left out. It never overwrites a file.
    """
    starter = Starter(
        name=_name(name, folder),
        teams=_teams(teams),
        cycle=_cycle(cycle),
        forge=_answer("CI files for", forge, "both", FORGES),
        today=_today(),
    )
    try:
        files = starter_files(starter)
    except StarterError as error:
        raise click.UsageError(str(error)) from error
    _refuse_to_overwrite(folder, files)
    for path, text in files.items():
        _write(folder / path, text)
        click.echo(f"  {path}")
    there = "" if folder.resolve() == Path.cwd() else f"  cd {click.format_filename(folder)}\n"
    click.echo(f"\n{starter.name} is ready. See it:\n\n{there}  okrsite serve")


def _name(given: str | None, folder: Path) -> str:
    default = folder.resolve().name.replace("-", " ").replace("_", " ").title()
    name = " ".join(_answer("The company's name", given, default).split())
    if not name or not name.isprintable():
        raise click.UsageError("the company needs a name that can be printed")
    return name


def _teams(given: tuple[str, ...]) -> tuple[str, ...]:
    if given or not _is_terminal():
        return given
    answer = click.prompt("Its teams, with commas between", default="", show_default=False)
    return tuple(team.strip() for team in answer.split(",") if team.strip())


def _cycle(given: str | None) -> str:
    day = _today()
    cycle = _answer("The cycle to plan", given, f"{day.year}-q{(day.month + 2) // 3}").lower()
    if not is_known_name(cycle):
        raise click.UsageError(
            f"'{cycle}' is no cycle; write 2026, 2026-h1, 2026-q4 or 2026-11, "
            "and name others under cycles: in okrs.yml afterwards"
        )
    if is_fiscal_name(cycle):
        raise click.UsageError(
            f"'{cycle}' needs fiscal_year_start: in okrs.yml; begin with a cycle of the calendar"
        )
    return cycle


def _answer(question: str, given: str | None, default: str, choices: Sequence[str] = ()) -> str:
    """Return what was given, else what a person on the terminal says, else the default."""
    if given is not None:
        return given
    if not _is_terminal():
        return default
    kind = click.Choice(choices) if choices else str
    return str(click.prompt(question, default=default, type=kind))


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def _refuse_to_overwrite(folder: Path, files: dict[str, str]) -> None:
    there = [path for path in files if (folder / path).exists() or (folder / path).is_symlink()]
    if there:
        raise click.UsageError(
            f"nothing was written, because {click.format_filename(folder)} already has "
            + ", ".join(there)
        )


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # `x` fails where a file came since we looked.
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise click.UsageError(
            f"{click.format_filename(path)} cannot be written: {error.strerror}"
        ) from error


def _today() -> date:
    return now().astimezone().date()
