"""What options of `okrsite close` say → grades and notes by reference, or how they are wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import click

from okrsite.lookup import find
from okrsite.model import Plan, Reference
from okrsite.prefill import Proposal
from okrsite.problems import neutral
from okrsite.read.scalars import grade_of
from okrsite.written import Sources


@dataclass
class Given:
    """What options say, by reference."""

    grades: dict[Reference, str] = field(default_factory=dict)
    notes: dict[Reference, str] = field(default_factory=dict)


def read_given(
    sources: Sources, plans: list[Plan], grades: tuple[str, ...], notes: tuple[str, ...]
) -> Given:
    """Return what options say of the plans that are closed; UsageError where it means nothing."""
    given = Given()
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
        read_one(text, str(ref))
    return given


def refuse_others(proposals: list[Proposal], given: Given) -> None:
    """Refuse a grade or note for what has a grade already, or takes none."""
    ticked = {each.ref for each in proposals if each.ticked}
    ungraded = {each.ref for each in proposals if not each.is_graded}
    unexplained = {each.ref for each in proposals if not each.note}
    for what, refs, takers in (
        ("grade", given.grades, ungraded),
        ("note", given.notes, unexplained),
    ):
        for ref in refs:
            if ref in ticked:
                raise click.UsageError(f"{ref} is ticked: write it with title: and done: DAY first")
            if ref not in takers:
                raise click.UsageError(
                    f"{ref} takes no {what} here: it has one, is paused or cancelled, or has key "
                    f"results; {what}s that people gave are changed by hand"
                )


def read_one(text: str, what: str) -> Decimal:
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
