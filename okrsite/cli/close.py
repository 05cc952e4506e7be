"""`okrsite close`: grades proposed from the evidence, given by people; the retrospective opened."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import click

from okrsite.cli.common import config_option, source_options
from okrsite.cli.editing import (
    INDENT,
    find_cycle,
    find_plans,
    open_target,
    prompt,
    refusing,
    try_out,
    write,
)
from okrsite.cli.given import Given, read_given, read_one, refuse_others
from okrsite.edit import Grade, grade_plan
from okrsite.measure import KeyResultMeasure
from okrsite.model import Cycle, Plan, Reference
from okrsite.prefill import Proposal, propose_grades, write_grade
from okrsite.problems import neutral
from okrsite.prose import plain
from okrsite.quantities import write_quantity
from okrsite.read.scalars import grade_of
from okrsite.words import Words, say_arithmetic
from okrsite.written import Sources

_EXAMPLE = """\b
Examples:
  okrsite close 2026-q4
  okrsite close 2026-q4 --team platform --grade trust/latency=0.6 --note trust/latency="Too late"
  okrsite close 2026-q4 --yes

\b
Exit codes:
  0  graded, or nothing to do    1  a file cannot be changed    2  wrong usage
"""


@click.command("close", epilog=_EXAMPLE)
@click.argument("cycle", metavar="CYCLE")
@source_options
@config_option
@click.option("--team", metavar="TEAM", help="Only this team's plans; default: all.")
@click.option("--grade", "grades", multiple=True, metavar="REF=GRADE", help="As people judge it.")
@click.option("--note", "notes", multiple=True, metavar="REF=TEXT", help="Why it ended so.")
@click.option("--yes", is_flag=True, help="Take every proposal without asking.")
def close(
    cycle: str,
    source: Path | None,
    as_of: date | None,
    mkdocs_yml: Path | None,
    team: str | None,
    grades: tuple[str, ...],
    notes: tuple[str, ...],
    *,
    yes: bool,
) -> None:
    """Propose grades for a CYCLE that is over, and write those that people give.

    Each proposal is what the evidence comes to. On a terminal Enter takes it, - leaves it open;
    for a miss it asks why. A grade or note that is there is never changed: what has one of them is
    asked for the other. A plan without a retrospective gets an empty one.
    """
    sources = open_target(source, as_of, mkdocs_yml)
    found = find_cycle(sources, cycle)
    sources = _at_the_end(sources, found)
    plans = find_plans(sources, found.id, team)
    given = read_given(sources, plans, grades, notes)
    proposals = [each for plan in plans for each in propose_grades(plan, sources.measures)]
    refuse_others(proposals, given)
    asks = not yes and not given.grades and sys.stdin.isatty() and sys.stdout.isatty()
    written = yes or asks or bool(given.grades or given.notes)
    chosen: dict[Reference, Grade] = {}
    for plan in plans:
        mine = [p for p in proposals if p.plan is plan and (p.is_due or p.ref in given.notes)]
        _head(sources, plan, mine)
        for proposal in mine:
            _say(sources, proposal, given)
            if proposal.ticked:
                click.echo(f"{INDENT}ticked: write it with title: and the day in done: first")
                continue
            grade = _ask(proposal, given) if asks else _take(proposal, given, yes=yes)
            if grade:
                chosen[proposal.ref] = grade
    if not written:
        click.echo(
            "\nNothing was written: --yes takes these grades, --grade REF=0.7 gives another, "
            "--note REF=TEXT says why."
        )
        return
    _write(sources, plans, proposals, chosen, asked=asks, only=not yes and not asks)


def _at_the_end(sources: Sources, cycle: Cycle) -> Sources:
    """Return the files as of when the cycle is over; UsageError where it still runs."""
    if sources.as_of < cycle.end:
        raise click.UsageError(
            f"{cycle.name} runs until {cycle.end}, and grades are given when it is over"
        )
    # On its last evening it is over, too.
    return sources.on(max(sources.as_of, cycle.end + timedelta(days=1)))


def _head(sources: Sources, plan: Plan, proposals: list[Proposal]) -> None:
    team, person = sources.company.team(plan.owner), sources.company.person(plan.owner)
    name = team.title if team else person.name if person else plan.owner
    what = "" if proposals else ": nothing left to grade"
    click.secho(f"\n{neutral(name)}, {neutral(plan.place.path)}{what}", bold=True)


def _say(sources: Sources, proposal: Proposal, given: Given) -> None:
    """Say where a key result ended, what grade it has or that would be, and what is missing."""
    measure = proposal.measure
    known = proposal.item.grade if proposal.is_graded else proposal.grade
    grade = write_grade(known) if known is not None else "?"
    click.echo(f"{grade:>5} {neutral(plain(proposal.item.title))}")
    parts = [str(proposal.ref), *(_evidence(sources, measure) if measure else ())]
    if known is None:
        parts.append("no evidence")
    if proposal.is_graded and proposal.ref not in given.notes:
        parts.append("graded, and nobody says why")
    click.secho(f"{INDENT}{neutral(' · '.join(parts))}", dim=True)


def _evidence(sources: Sources, measure: KeyResultMeasure) -> Iterator[str]:
    """Yield the newest value and what it comes to."""
    words = Words("en", sources.as_of)
    if measure.current is not None and measure.current_date:
        yield f"{write_quantity(measure.current)} on {words.date(measure.current_date)}"
    yield say_arithmetic(words, measure.arithmetic) or words.percent(measure.progress)


def _take(proposal: Proposal, given: Given, *, yes: bool) -> Grade | None:
    """Return what options say, else the proposal where all are taken."""
    text, note = given.grades.get(proposal.ref, ""), given.notes.get(proposal.ref, "")
    if not text and yes and proposal.grade is not None:
        text = write_grade(proposal.grade)
    return Grade(text, note) if text or note else None


def _ask(proposal: Proposal, given: Given) -> Grade | None:
    """Ask for a grade, and for a miss why; None where it is left open."""
    note = given.notes.get(proposal.ref, "")
    if proposal.is_graded:
        note = note or prompt("why", "")
        return Grade("", note) if note else None
    default = write_grade(proposal.grade) if proposal.grade is not None else ""
    while True:
        text = prompt("grade", default)
        if text in ("", "-"):
            return None
        try:
            grade = read_one(text, "grade")
        except click.UsageError as error:
            click.secho(f"{INDENT}{error.message}", fg="yellow")
            continue
        if not (note or proposal.note) and proposal.misses(grade):
            note = prompt("why", "")
        return Grade(text, note)


def _write(
    sources: Sources,
    plans: list[Plan],
    proposals: list[Proposal],
    chosen: dict[Reference, Grade],
    *,
    asked: bool,
    only: bool,
) -> None:
    """Write what was chosen, and say what is left; `only` leaves plans without a grade alone."""
    files: dict[str, bytes] = {}
    for plan in plans:
        mine = [each for each in proposals if each.plan is plan and each.ref in chosen]
        grades = {each.place_in_plan: chosen[each.ref] for each in mine}
        if only and not mine:
            continue
        path = plan.place.path
        with refusing():
            made = grade_plan(path, sources.data(path), grades, retrospective=True)
        if made != sources.data(path):
            files[path] = made
    click.echo()
    if not files:
        click.echo("Nothing is new, so nothing was written.")
        return
    try_out(sources, files)
    if asked and not click.confirm("Write it?", default=True):
        return
    write(sources, files)
    _tell_rest(proposals, chosen)


def _tell_rest(proposals: list[Proposal], chosen: dict[Reference, Grade]) -> None:
    """Say what is left to do, one reference a line."""
    ends = [(each, _end(each, chosen.get(each.ref))) for each in proposals]
    left = [each for each, (grade, _) in ends if grade is None]
    mute = [e for e, (grade, note) in ends if grade is not None and e.misses(grade) and not note]
    for what, some in (
        ("Not graded yet:", left),
        ("Missed, and nobody says why yet in grade_note:", mute),
    ):
        if some:
            click.echo("\n".join([what, *(f"  {each.ref}" for each in some)]))


def _end(proposal: Proposal, chosen: Grade | None) -> tuple[Decimal | None, str]:
    """Return the grade and the note that an item ends with."""
    grade, note = (grade_of(chosen.grade), chosen.note) if chosen else (None, "")
    return proposal.item.grade if grade is None else grade, note or proposal.note
