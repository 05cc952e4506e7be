"""`okrsite check`: every mistake in the files, each with its mend."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from okrsite.audience import may_see
from okrsite.checked import Checked, check_company
from okrsite.checked_change import CheckedChange, check_change
from okrsite.cli.common import (
    Target,
    config_option,
    content_options,
    find_target,
    past_option,
    project_keep,
)
from okrsite.cli.ending import hold
from okrsite.clock import now
from okrsite.company import audience_named
from okrsite.keep import Keep
from okrsite.problems import FORGE_FORMATS, FORMATS, Problem, Severity, format_problems
from okrsite.site.content import NoPastError, UnknownAudienceError

_EXAMPLE = """\b
Examples:
  okrsite check
  okrsite check content/okrs/engineering --format github
  okrsite check --base main
"""


@click.command("check", epilog=_EXAMPLE)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, resolve_path=True, path_type=Path))
@content_options
@config_option
@past_option
@click.option(
    "--base",
    default="",
    metavar="REV|DATE",
    help="Report only what was changed since this branch, tag, commit or day.",
)
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="text", help="How to print."
)
@click.option("--no-cache", is_flag=True, help="Read everything anew, and keep nothing.")
@click.pass_context
def check(
    ctx: click.Context,
    paths: tuple[Path, ...],
    source: Path | None,
    as_of: date | None,
    audience: str,
    mkdocs_yml: Path | None,
    at: str,
    base: str,
    format_: str,
    no_cache: bool,
) -> None:
    """Report every error, warning and piece of advice; exit 1 if there is an error.

    With PATHS, only what stands in these files and folders is reported. With --base, only what a
    change brought or touched; and what it has to account for: a commitment that changes after the
    planning days needs a reason, an id that vanishes and what more people will see are told.
    """
    target = find_target(source, as_of, audience, mkdocs_yml, at)
    root = target.source
    # A company is a million things that stay: looking for garbage among them finds none.
    gc.disable()
    try:
        change, texts = _check(
            target, at, base, None if no_cache else project_keep(mkdocs_yml), os.cpu_count() or 1
        )
    except NoPastError as error:
        raise click.UsageError(str(error)) from error
    checked = change.checked
    hold(checked)
    problems = [p for p in _visible(checked, audience) if _inside(root / p.place.path, paths)]
    if problems or format_ != "text":
        _print(problems, texts, format_, root)
    else:
        click.echo(_nothing(checked, audience, base))
    if change.elsewhere and format_ == "text" and not audience:
        click.echo(f"{_elsewhere(change.elsewhere)} nothing to do with this change.")
    ctx.exit(int(any(problem.severity is Severity.ERROR for problem in problems)))


def _check(
    target: Target, at: str, base: str, keep: Keep | None, jobs: int
) -> tuple[CheckedChange, Mapping[str, str]]:
    """Return what is wrong, and the texts to quote from."""
    source, day, exclude = target.source, target.as_of, target.exclude
    if base:
        return check_change(
            source, base, day, now=now(), exclude=exclude, keep=keep, jobs=jobs, at=at
        )
    checked, texts = check_company(
        source, day, now=now(), exclude=exclude, keep=keep, jobs=jobs, at=at
    )
    return CheckedChange(checked, 0), texts


def _nothing(checked: Checked, audience: str, base: str) -> str:
    """Return that there is no problem, in what."""
    if base:
        return "No problems in what was changed."
    # How many files there are would tell an audience of those that it may not see.
    all_files = f"{checked.plans} plans and {checked.check_ins} check-ins"
    return f"No problems in {f'what {audience} may see' if audience else all_files}."


def _elsewhere(count: int) -> str:
    return "1 more problem has" if count == 1 else f"{count} more problems have"


def _visible(checked: Checked, audience: str) -> list[Problem]:
    """Return what an audience may know of; whoever has the files may know of everything."""
    if not audience:
        return list(checked.problems)
    try:
        name = audience_named(checked.rules, audience)
    except UnknownAudienceError as error:
        raise click.UsageError(str(error)) from error
    pairs = zip(checked.problems, checked.audiences, strict=True)
    return [problem for problem, known in pairs if may_see(checked.rules, name, known)]


def _inside(path: Path, wanted: tuple[Path, ...]) -> bool:
    return not wanted or any(path.resolve().is_relative_to(each) for each in wanted)


def _print(problems: list[Problem], texts: Mapping[str, str], format_: str, root: Path) -> None:
    text = format_problems(
        problems,
        format_,
        texts,
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
