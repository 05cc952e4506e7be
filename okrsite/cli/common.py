"""What several commands share: options, and how the source folder is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from okrsite.clock import now
from okrsite.company import Loaded, load_company
from okrsite.keep import FOLDER, Keep, open_keep, version_of_code
from okrsite.problems import format_problems
from okrsite.site import USUAL_SOURCE, find_mkdocs_yml
from okrsite.site.content import CannotOpenError, NoContentError
from okrsite.tree import FileKind, name_file, read_date

if TYPE_CHECKING:
    from okrsite.site.settings import Configured

Command = TypeVar("Command", bound=Callable[..., Any])


def read_day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date | None:
    """Return the day that an option names; BadParameter where it is none."""
    day = read_date(value) if value else None
    if value and day is None:
        raise click.BadParameter(f"{value!r} is no date; write 2026-11-22")
    return day


def content_options(command: Command) -> Command:
    """Add the options of every command that reads content: source, as-of, audience."""
    audience = click.option(
        "--audience", default="", metavar="NAME", help="Who will see the result."
    )
    return source_options(audience(command))


def source_options(command: Command) -> Command:
    """Add the options of every command: source, as-of."""
    for option in (
        click.option(
            "--as-of", callback=read_day, metavar="DATE", help="The day to speak of; today."
        ),
        click.option(
            "--source",
            type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
            help="The folder of the OKR files.",
        ),
    ):
        command = option(command)
    return command


def past_option(command: Command) -> Command:
    """Add the option that reads the files as git had them."""
    return click.option(
        "--at",
        default="",
        metavar="REV|DATE",
        help="Read the files as git had them: at a commit, a branch, a tag, or the end of a day.",
    )(command)


def config_option(command: Command) -> Command:
    """Add the option that names a `mkdocs.yml`."""
    return click.option(
        "--config-file",
        "-f",
        "mkdocs_yml",
        type=click.Path(exists=True, dir_okay=False, resolve_path=True, path_type=Path),
        help="The mkdocs.yml; default: the one in this folder, if there is one.",
    )(command)


@dataclass(frozen=True, slots=True)
class Target:
    """What a command reads: which folder, of which day, as whom."""

    source: Path
    as_of: date | None
    audience: str
    exclude: tuple[Path, ...]
    """What lies in the folder and is no OKR file."""


def find_target(
    source: Path | None,
    as_of: date | None,
    audience: str,
    mkdocs_yml: Path | None,
    at: str = "",
) -> Target:
    """Return what a command reads: as its options say, else as `mkdocs.yml` does.

    Whoever names another folder reads another company, so that `mkdocs.yml` is left alone; and
    whoever looks back (`at`) speaks of the day of then, whatever day `mkdocs.yml` names.
    """
    yml = mkdocs_yml or find_mkdocs_yml(Path.cwd())
    said = _configured(yml) if yml and not source else None
    found = said.source.resolve() if said else find_source(source, beside(yml))
    return Target(
        found,
        as_of or (said.as_of if said and not at else None),
        audience or (said.audience if said else ""),
        _excluded(found, yml),
    )


def find_source(source: Path | None, here: Path) -> Path:
    """Return the source folder: as named, else the usual one in a folder, else that with plans.

    UsageError where nothing is found.
    """
    if source is not None:
        return source
    if (here / USUAL_SOURCE).is_dir():
        return here / USUAL_SOURCE
    if holds_plan(here):
        return here
    raise click.UsageError(
        f"there are no OKR files in {USUAL_SOURCE} and no plan in this folder; "
        "name their folder with --source, or begin with: okrsite new DIR"
    )


def load_target(
    source: Path | None,
    as_of: date | None,
    audience: str,
    mkdocs_yml: Path | None,
    at: str = "",
) -> Loaded:
    """Return the company that a command reads; where there is none, say why and exit."""
    target = find_target(source, as_of, audience, mkdocs_yml, at)
    try:
        return load_company(
            target.source, target.as_of, target.audience, now=now(), exclude=target.exclude, at=at
        )
    except NoContentError as nothing:
        click.echo(format_problems(nothing.problems, "text", nothing.texts), err=True)
        raise click.exceptions.Exit(1) from nothing
    except CannotOpenError as error:
        raise click.UsageError(str(error)) from error


def project_keep(mkdocs_yml: Path | None) -> Keep | None:
    """Return what builds and checks of this project keep; None in a folder without a project."""
    yml = mkdocs_yml or find_mkdocs_yml(Path.cwd())
    return open_keep(yml.parent / FOLDER, version_of_code()) if yml else None


def says_source(mkdocs_yml: Path) -> bool:
    """Tell whether a `mkdocs.yml` may name the source folder itself."""
    return "source:" in mkdocs_yml.read_text(encoding="utf-8", errors="replace")


def holds_plan(folder: Path) -> bool:
    """Tell whether a folder holds a plan of its own, such as ``2026-q4.yml``."""
    names = (path.name for path in folder.iterdir() if path.is_file())
    return any(name_file(name, frozenset()).kind is FileKind.PLAN for name in names)


def _excluded(source: Path, mkdocs_yml: Path | None) -> tuple[Path, ...]:
    """Return what beside OKR files lies in a source folder that is the whole project's."""
    here = beside(mkdocs_yml)
    if not here.is_relative_to(source):
        return ()
    return tuple(here / name for name in ("site", "docs", "content/docs", "mkdocs.yml"))


def beside(mkdocs_yml: Path | None) -> Path:
    """Return the folder in which a `mkdocs.yml` lies, or would lie."""
    return mkdocs_yml.parent.resolve() if mkdocs_yml else Path.cwd()


def _configured(mkdocs_yml: Path) -> Configured | None:
    # MkDocs is slow to import, and most configurations say nothing of what is looked for.
    text = mkdocs_yml.read_text(encoding="utf-8", errors="replace")
    if not any(option in text for option in ("source:", "as_of:", "audience:")):
        return None
    from okrsite.site.order import UsageError
    from okrsite.site.settings import configured

    try:
        return configured(mkdocs_yml)
    except UsageError as error:
        raise click.UsageError(str(error)) from error
