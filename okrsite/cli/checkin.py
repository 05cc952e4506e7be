"""`okrsite checkin`: this week's check-in in under a minute, on a terminal or in one line."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from okrsite.cli.asking import Interview, ask_team
from okrsite.cli.common import config_option, read_day, source_options
from okrsite.cli.editing import find_cycle, open_target, refusing, show_changes, try_out, write
from okrsite.cli.rows import Row, read_csv, rows_of_words
from okrsite.cli.saying import CheckInFile, CheckIns
from okrsite.edit import Said
from okrsite.edit.check_in import ITEM_ORDER
from okrsite.prefill import Writer
from okrsite.problems import neutral
from okrsite.tree import read_date

_EXAMPLE = """\b
Examples:
  okrsite checkin platform
  okrsite checkin platform trust/sev1=2 trust/latency="720 ms" --confidence 7
  okrsite checkin platform trust/latency --note "p95 follows the batch window."
  okrsite checkin --from metrics.csv

\b
Exit codes:
  0  written    1  something is wrong in it, so that nothing was written    2  wrong usage
"""
_OF_ONE = ("forecast", "note", "blocker", "decision", "ask")
"""What speaks of one key result alone."""

Options = dict[str, str | tuple[str, ...] | None]


@click.command("checkin", epilog=_EXAMPLE)
@click.argument("words", nargs=-1, metavar="[TEAM] [REF=VALUE]...")
@source_options
@config_option
@click.option("--confidence", metavar="N", help="0 to 10, of each REF.")
@click.option("--status", metavar="WORD", help="on-track, at-risk or off-track, of each REF.")
@click.option("--forecast", metavar="VALUE", help="Where the REF will end, as of today.")
@click.option("--note", help="What happened to the REF; without a REF, this week.")
@click.option("--blocker", help="What stands in the REF's way.")
@click.option("--decision", help="What was decided about the REF.")
@click.option("--ask", help="What is needed for the REF; without a REF, this week.")
@click.option("--priority", multiple=True, help="What matters this week; may be repeated.")
@click.option("--upcoming", multiple=True, help="What comes next; may be repeated.")
@click.option("--win", multiple=True, help="What went well; may be repeated.")
@click.option("--by", metavar="PERSON", help="Who says it; default: the commit's author.")
@click.option("--own", is_flag=True, help="Write a file of PERSON's own beside the team's.")
@click.option("--cycle", metavar="CYCLE", help="The closed cycle that late numbers belong to.")
@click.option("--date", "day", callback=read_day, metavar="DATE", help="The day of the file.")
@click.option(
    "--from",
    "csv_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file with the columns ref, value, confidence, note and so on.",
)
@click.option("--print", "dry", is_flag=True, help="Show what would be written; write nothing.")
def checkin(
    words: tuple[str, ...],
    source: Path | None,
    as_of: date | None,
    mkdocs_yml: Path | None,
    by: str | None,
    cycle: str | None,
    day: date | None,
    csv_file: Path | None,
    *,
    own: bool,
    dry: bool,
    **options: str | tuple[str, ...] | None,
) -> None:
    """Write this week's check-in of a TEAM, or of a person.

    On a terminal it asks for each key result, with the last value to keep. With REF=VALUE,
    options or a file it asks nothing. What stands in the file already stays.
    """
    sources = open_target(source, as_of, mkdocs_yml)
    name, refs = _split_words(words)
    rows = rows_of_words(refs, _fields(options, refs))
    text = ""
    if csv_file:
        more, text = read_csv(csv_file.name, csv_file.read_bytes())
        rows += more
    sources = sources.on(max([sources.as_of, *filter(None, (day, *map(_day, rows)))]))
    check_ins = CheckIns(sources, day, find_cycle(sources, cycle) if cycle else None)
    said = _said(options, refs)
    author = _author(check_ins, by, own=own)
    if rows or said:
        _say(check_ins, name, rows, said, author, own=own)
    elif not _is_terminal():
        raise click.UsageError("say what there is to say: TEAM REF=VALUE, or --from FILE")
    else:
        writer = _whose(check_ins.writer(name or ask_team(sources)), author, own=own)
        file = check_ins.file(writer)
        Interview(sources, file).hold()
        _sign(check_ins, file, author, own=own)
    _finish(check_ins, {csv_file.name: text} if csv_file else {}, dry=dry, asked=not (rows or said))


def _split_words(words: tuple[str, ...]) -> tuple[str, list[str]]:
    """Return the team or person that the words name, or nothing, and the others."""
    if not words or "=" in words[0] or "/" in words[0]:
        return "", list(words)
    return words[0], list(words[1:])


def _fields(options: Options, refs: list[str]) -> dict[str, str]:
    """Return what options say about the key results that are named."""
    given = {name: str(options[name]) for name in ITEM_ORDER if options.get(name)}
    alone = [name for name in _OF_ONE if name in given]
    if len(refs) > 1 and alone:
        raise click.UsageError(f"--{alone[0]} speaks of one key result, and {len(refs)} are named")
    if not refs and (of_each := [name for name in given if name not in ("note", "ask")]):
        raise click.UsageError(f"--{of_each[0]} speaks of a key result; name it: TEAM REF")
    return given if refs else {}


def _said(options: Options, refs: list[str]) -> Said:
    """Return what options say about the week."""
    said = Said(
        priorities=list(options["priority"] or ()),
        upcoming=list(options["upcoming"] or ()),
        wins=list(options["win"] or ()),
    )
    if not refs:
        said.note = str(options["note"] or "")
        said.asks = [str(options["ask"])] if options["ask"] else []
    return said


def _say(
    check_ins: CheckIns, name: str, rows: list[Row], said: Said, author: str, *, own: bool
) -> None:
    """Put what rows and options say into the files that it belongs to."""
    named = check_ins.writer(name) if name else None
    for row in rows:
        writer = _whose(named or check_ins.writer_of(row), author, own=own)
        check_ins.file(writer, _day(row)).add(row)
    if said:
        if named:
            check_ins.file(_whose(named, author, own=own))
        if len(check_ins.files) != 1:
            raise click.UsageError("name the team whose week it is: okrsite checkin TEAM …")
        (file,) = check_ins.files.values()
        file.said.priorities, file.said.upcoming = said.priorities, said.upcoming
        file.said.wins, file.said.asks, file.said.note = said.wins, said.asks, said.note
    for file in check_ins.files.values():
        _sign(check_ins, file, author, own=own)


def _author(check_ins: CheckIns, by: str | None, *, own: bool) -> str:
    """Return the handle of who says it, or nothing."""
    if not by:
        if own:
            raise click.UsageError("--own needs --by PERSON, after whom the file is named")
        return ""
    handle = check_ins.sources.ground.directory.person_named(by)
    if not handle:
        raise click.UsageError(f"nobody, or more than one, is called '{neutral(by)}'")
    return handle


def _whose(writer: Writer, author: str, *, own: bool) -> Writer:
    """Return who writes: somebody in a team who has a file of their own, or the team."""
    return Writer(writer.team, writer.folder, author) if own else writer


def _sign(check_ins: CheckIns, file: CheckInFile, author: str, *, own: bool) -> None:
    """Say in a team's file who says it; UsageError where it is somebody else's."""
    if not author or own or file.writer.person == author:
        return
    before = file.record.by.value if file.record and file.record.by else ""
    if before and check_ins.sources.ground.directory.person_named(before) != author:
        raise click.UsageError(
            f"{neutral(file.path)} is by {neutral(before)}; "
            f"write a file of your own with --by {author} --own"
        )
    file.said.by = "" if before else author


def _day(row: Row) -> date | None:
    """Return the day of a row; UsageError where it is none."""
    day = read_date(row.date) if row.date else None
    if row.date and day is None:
        raise click.UsageError(f"{row.place}: '{neutral(row.date)}' is no date; write 2026-11-22")
    return day


def _finish(check_ins: CheckIns, texts: dict[str, str], *, dry: bool, asked: bool) -> None:
    """Try the files out, show them to whoever was asked, and write them."""
    sources = check_ins.sources
    with refusing():
        files = check_ins.edited()
    files = {path: data for path, data in files.items() if data != sources.data(path)}
    if not files:
        click.echo("Nothing is new, so nothing was written.")
        return
    try_out(sources, files, check_ins.moved, texts)
    if dry or asked:
        click.echo()
        show_changes(sources, files)
    if dry or (asked and not click.confirm("\nWrite it?", default=True)):
        return
    write(sources, files)


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
