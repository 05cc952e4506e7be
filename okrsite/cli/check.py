"""`okrsite check`: every mistake in the files, each with its mend."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from okrsite.audience import may_see
from okrsite.cli.common import config_option, content_options, find_target
from okrsite.clock import now
from okrsite.company import audience_named
from okrsite.problems import FORGE_FORMATS, FORMATS, Problem, Severity, format_problems
from okrsite.read import Reading, read_company
from okrsite.resolve import Resolution, resolve_company
from okrsite.site.content import UnknownAudienceError
from okrsite.snapshot import today_in

_EXAMPLE = """\b
Examples:
  okrsite check
  okrsite check content/okrs/engineering --format github
"""


@click.command("check", epilog=_EXAMPLE)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, resolve_path=True, path_type=Path))
@content_options
@config_option
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="text", help="How to print."
)
@click.pass_context
def check(
    ctx: click.Context,
    paths: tuple[Path, ...],
    source: Path | None,
    as_of: date | None,
    audience: str,
    mkdocs_yml: Path | None,
    format_: str,
) -> None:
    """Report every error, warning and piece of advice; exit 1 if there is an error.

    With PATHS, only what stands in these files and folders is reported.
    """
    target = find_target(source, as_of, audience, mkdocs_yml)
    root = target.source
    reading = read_company(root, target.exclude)
    today = today_in(reading.records.rules.rules, now())
    resolution = resolve_company(reading, target.as_of or today, today)
    problems = [p for p in _visible(resolution, audience) if _inside(root / p.place.path, paths)]
    _print(problems, reading, format_, root, audience)
    ctx.exit(int(any(problem.severity is Severity.ERROR for problem in problems)))


def _visible(resolution: Resolution, audience: str) -> list[Problem]:
    """Return what an audience may know of; whoever has the files may know of everything."""
    rules = resolution.company.rules
    if not audience:
        return list(resolution.problems)
    try:
        name = audience_named(rules, audience)
    except UnknownAudienceError as error:
        raise click.UsageError(str(error)) from error
    return [p for p in resolution.problems if may_see(rules, name, resolution.audiences[p])]


def _inside(path: Path, wanted: tuple[Path, ...]) -> bool:
    return not wanted or any(path.resolve().is_relative_to(each) for each in wanted)


def _print(
    problems: list[Problem], reading: Reading, format_: str, root: Path, audience: str
) -> None:
    if not problems and format_ == "text":
        plans, check_ins = len(reading.records.plans), len(reading.records.check_ins)
        # How many files there are would tell an audience of those that it may not see.
        all_files = f"{plans} plans and {check_ins} check-ins"
        click.echo(f"No problems in {f'what {audience} may see' if audience else all_files}.")
        return
    text = format_problems(
        problems,
        format_,
        reading.texts,
        root=_below_repository(root) if format_ in FORGE_FORMATS else "",
        colour=sys.stdout.isatty(),
    )
    if text:
        click.echo(text)


def _below_repository(root: Path) -> str:
    """Return the source folder's path below the repository that it lies in, if it is in one."""
    for parent in (root, *root.parents):
        if (parent / ".git").exists():
            return "" if parent == root else root.relative_to(parent).as_posix()
    return ""
