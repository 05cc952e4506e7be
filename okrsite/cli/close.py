"""`okrsite close`: grades proposed from the evidence, given by people; the retrospective opened."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
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
from okrsite.edit import Grade, grade_plan
from okrsite.lookup import find
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


@dataclass
class _Given:
    """What options say, by reference."""

    grades: dict[Reference, str] = field(default_factory=dict)
    notes: dict[Reference, str] = field(default_factory=dict)


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
    for a miss it asks why. A grade that is there is never changed. A plan without a
    retrospective gets an empty one.
    """
    sources = open_target(source, as_of, mkdocs_yml)
    found = find_cycle(sources, cycle)
    sources = _at_the_end(sources, found)
    plans = find_plans(sources, found.id, team)
    given = _given(sources, plans, grades, notes)
    proposals = [each for plan in plans for each in propose_grades(plan, sources.measures)]
    _refuse_others(proposals, given)
    asks = not yes and not given.grades and sys.stdin.isatty() and sys.stdout.isatty()
    written = yes or asks or bool(given.grades)
    chosen: dict[Reference, Grade] = {}
    for plan in plans:
        mine = [each for each in proposals if each.plan is plan]
        _head(sources, plan, mine)
        for proposal in mine:
            _say(sources, proposal)
            if proposal.ticked:
                click.echo(f"{INDENT}ticked: write it with title: and the day in done: first")
                continue
            grade = _ask(proposal, given) if asks else _take(proposal, given, yes=yes)
            if grade:
                chosen[proposal.ref] = grade
    if not written:
        click.echo(
            "\nNothing was written: --yes takes these grades, --grade REF=0.7 gives another."
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


def _given(
    sources: Sources, plans: list[Plan], grades: tuple[str, ...], notes: tuple[str, ...]
) -> _Given:
    given = _Given()
    for option, words, said in (
        ("--grade", grades, given.grades),
        ("--note", notes, given.notes),
    ):
        for word in words:
            name, is_set, value = word.partition("=")
            if not is_set or not value.strip():
                raise click.UsageError(f"{option} '{neutral(word)}' is not REF=…")
            ref = _meant(sources, plans, name.strip())
            if ref in said:
                raise click.UsageError(f"{option} names {ref} twice")
            said[ref] = value.strip()
    for ref, text in given.grades.items():
        _check(text, str(ref))
    return given


def _check(text: str, what: str) -> Decimal:
    """Return the grade that a text is; UsageError where it is none."""
    grade = grade_of(text)
    if grade is None:
        tenth = f"; write {text}/10" if text.isdecimal() and 1 < int(text) <= 10 else ""
        raise click.UsageError(
            f"{what}: '{neutral(text)}' is no grade from 0.0 to 1.0, such as 0.7 or 70%{tenth}"
        )
    return grade


def _meant(sources: Sources, plans: list[Plan], name: str) -> Reference:
    """Return what a name means in the plans that are closed: whole, or without its owner."""
    cycle = plans[0].cycle
    head, _, tail = name.partition("/")
    names = [f"{head}@{cycle}/{tail}"] if "@" not in name else [name]
    names += [f"{plan.owner}@{cycle}/{name}" for plan in plans]
    known = {plan.owner for plan in plans}
    found = [find(sources.company, each) for each in names]
    refs = {ref for ref in found if isinstance(ref, Reference) and ref.cycle == cycle}
    refs = {ref for ref in refs if ref.owner in known} or _of_id(plans, name)
    if len(refs) == 1:
        return refs.pop()
    what = "fits several" if refs else "is nothing"
    raise click.UsageError(f"'{neutral(name)}' {what} in {cycle}; write OWNER/OBJECTIVE/KEY-RESULT")


def _of_id(plans: list[Plan], id: str) -> set[Reference]:
    """Return the key results that have an id."""
    objectives = (objective for plan in plans for objective in plan.objectives)
    return {kr.ref for each in objectives for kr in each.key_results if kr.ref.key_result == id}


def _refuse_others(proposals: list[Proposal], given: _Given) -> None:
    """Refuse a grade or note for what has a grade already, or takes none."""
    open_refs = {each.ref for each in proposals}
    ticked = {each.ref for each in proposals if each.ticked}
    for ref in (*given.grades, *given.notes):
        if ref in ticked:
            raise click.UsageError(f"{ref} is ticked: write it with title: and done: DAY first")
        if ref not in open_refs:
            raise click.UsageError(
                f"{ref} takes no grade here: it has one, is paused or cancelled, or has key "
                "results; grades that people gave are changed by hand"
            )


def _head(sources: Sources, plan: Plan, proposals: list[Proposal]) -> None:
    team, person = sources.company.team(plan.owner), sources.company.person(plan.owner)
    name = team.title if team else person.name if person else plan.owner
    what = "" if proposals else ": nothing left to grade"
    click.secho(f"\n{neutral(name)}, {neutral(plan.place.path)}{what}", bold=True)


def _say(sources: Sources, proposal: Proposal) -> None:
    """Say where a key result ended, and what grade that would be."""
    words, measure = Words("en", sources.as_of), proposal.measure
    grade = write_grade(proposal.grade) if proposal.grade is not None else "?"
    click.echo(f"{grade:>5} {neutral(plain(proposal.item.title))}")
    parts = [str(proposal.ref)]
    if measure.current is not None and measure.current_date:
        parts.append(f"{write_quantity(measure.current)} on {words.date(measure.current_date)}")
    parts.append(say_arithmetic(words, measure.arithmetic) or words.percent(measure.progress))
    if proposal.grade is None:
        parts.append("no evidence")
    click.secho(f"{INDENT}{neutral(' · '.join(parts))}", dim=True)


def _take(proposal: Proposal, given: _Given, *, yes: bool) -> Grade | None:
    """Return the grade that options give, else the proposal where all are taken."""
    text = given.grades.get(proposal.ref, "")
    if not text and yes and proposal.grade is not None:
        text = write_grade(proposal.grade)
    return Grade(text, given.notes.get(proposal.ref, "")) if text else None


def _ask(proposal: Proposal, given: _Given) -> Grade | None:
    """Ask for a grade, and for a miss why; None where it is left open."""
    default = write_grade(proposal.grade) if proposal.grade is not None else ""
    while True:
        text = prompt("grade", default)
        if text in ("", "-"):
            return None
        try:
            grade = _check(text, "grade")
        except click.UsageError as error:
            click.secho(f"{INDENT}{error.message}", fg="yellow")
            continue
        note = given.notes.get(proposal.ref, "")
        if not note and proposal.misses(grade):
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
    left = [each for each in proposals if each.ref not in chosen]
    mute = [
        each
        for each in proposals
        if (grade := chosen.get(each.ref)) and not grade.note and _is_miss(each, grade)
    ]
    for what, some in (
        ("Not graded yet:", left),
        ("Missed, and nobody says why yet in grade_note:", mute),
    ):
        if some:
            click.echo("\n".join([what, *(f"  {each.ref}" for each in some)]))


def _is_miss(proposal: Proposal, grade: Grade) -> bool:
    value = grade_of(grade.grade)
    return value is not None and proposal.misses(value)
