"""`okrsite show REF`: what was read, what was inferred and from where, and the arithmetic."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import click

from okrsite.cli.common import config_option, content_options, load_target, past_option
from okrsite.company import Loaded
from okrsite.data import make_document
from okrsite.lookup import Found, find, nearest_references
from okrsite.measure import KeyResultMeasure, ObjectiveMeasure
from okrsite.model import (
    Company,
    KeyResult,
    Objective,
    Person,
    Plan,
    Quantity,
    Reference,
    Status,
    Team,
)
from okrsite.problems import neutral
from okrsite.quantities import write_quantity
from okrsite.words import (
    KIND_WORDS,
    LEVEL_WORDS,
    STATUS_WORDS,
    TYPE_WORDS,
    Words,
    say_arithmetic,
    say_because,
    say_pace,
)

_EXAMPLE = """\b
Examples:
  okrsite show platform
  okrsite show platform@2026-q4
  okrsite show platform/trust/latency
  okrsite show platform@2026-q3/trust
"""
_NARROW = 13
Line = tuple[str, str]


@click.command("show", epilog=_EXAMPLE)
@click.argument("reference", metavar="REF")
@content_options
@config_option
@past_option
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", help="How to print."
)
def show(
    reference: str,
    source: Path | None,
    as_of: date | None,
    audience: str,
    mkdocs_yml: Path | None,
    at: str,
    format_: str,
) -> None:
    """Show one team, person, plan, objective or key result, and how its numbers came about."""
    loaded = load_target(source, as_of, audience, mkdocs_yml, at)
    words = Words(loaded.language, loaded.company.as_of)
    found = find(loaded.company, reference)
    if found is None or (isinstance(found, Reference) and not found.cycle):
        near = nearest_references(loaded.company, reference)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise click.UsageError(f"nothing is called '{neutral(reference)}'{hint}")
    if format_ == "json":
        click.echo(json.dumps(_rows(loaded, words, found), ensure_ascii=False, indent=2))
        return
    for line in _lines(loaded, words, found):
        click.echo(neutral(line).rstrip())


def _rows(loaded: Loaded, words: Words, found: Found) -> object:
    """Return the rows of `okrs.json` that speak of what was found; of a plan, all that is in it."""
    ref, inside = str(found), tuple[str, ...]()
    if isinstance(found, Plan):
        ref = f"{found.owner}@{found.cycle}"
        inside = (f"{ref}/",)
    elif not isinstance(found, Reference):
        ref = found.id
    document = make_document(loaded.company, loaded.measures, words)
    tables = {name: rows for name, rows in document.items() if isinstance(rows, list)}
    rows_of = {
        name: [row for row in rows if row["ref"] == ref or row["ref"].startswith(inside)]
        for name, rows in tables.items()
    }
    return {name: rows for name, rows in rows_of.items() if rows}


def _lines(loaded: Loaded, words: Words, found: Found) -> Iterator[str]:
    if isinstance(found, Reference):
        return _of_item(loaded, words, found)
    if isinstance(found, Plan):
        return _of_plan(loaded, words, found)
    return _of_owner(loaded, words, found)


def _of_item(loaded: Loaded, words: Words, ref: Reference) -> Iterator[str]:
    objective = loaded.company.objective(ref)
    if objective is None:
        raise KeyError(str(ref))
    kr = loaded.company.key_result(ref) if ref.key_result else None
    item = kr or objective
    yield str(ref)
    yield item.title
    yield f"{item.place.path}:{item.place.line}"
    yield ""
    if kr:
        measure = loaded.measures.key_result(ref)
        yield from _table(_read_of(kr, loaded.company, words, measure))
        yield ""
        yield from _table(_measured_of(measure, loaded.company, words))
        return
    whole = loaded.measures.objective(ref)
    yield from _table(_read_of_objective(objective, loaded.company, words))
    yield ""
    yield from _table(_measured_of_objective(whole, loaded.company, words))
    for each, part in zip(objective.key_results, whole.key_results, strict=True):
        yield ""
        yield f"{each.ref.key_result}  {each.title}"
        yield from _table(_measured_of(part, loaded.company, words))


def _of_plan(loaded: Loaded, words: Words, plan: Plan) -> Iterator[str]:
    company = loaded.company
    yield f"{plan.owner}@{plan.cycle}"
    yield f"{_name(company, plan.owner)}, {company.cycle(plan.cycle).name}"
    yield plan.place.path
    for objective in plan.objectives:
        yield ""
        yield f"{objective.ref.objective}  {objective.title}"
        whole = loaded.measures.objective(objective.ref)
        yield from _table(_measured_of_objective(whole, company, words))
        for each, part in zip(objective.key_results, whole.key_results, strict=True):
            yield f"  {_badge(words, part.status)}  {each.ref.key_result}  {each.title}"


def _of_owner(loaded: Loaded, words: Words, owner: Team | Person) -> Iterator[str]:
    company = loaded.company
    yield owner.id
    yield _name(company, owner.id)
    if isinstance(owner, Team):
        yield from _table(
            _filled(
                ("level", words.gettext(LEVEL_WORDS[owner.level])),
                ("parent", _name(company, owner.parent)),
                ("lead", _name(company, owner.lead)),
                ("champion", _name(company, owner.champion)),
                ("members", ", ".join(_name(company, member) for member in owner.members)),
            )
        )
    for plan in reversed(company.plans_of(owner.id)):
        measure = loaded.measures.owner(plan.owner, plan.cycle)
        yield ""
        share = words.percent(measure.progress) if measure else ""
        yield f"{company.cycle(plan.cycle).name}  {share}  ({plan.place.path})"
        for objective in plan.objectives:
            whole = loaded.measures.objective(objective.ref)
            yield f"  {_badge(words, whole.status)}  {objective.ref.objective}  {objective.title}"


def _read_of(
    kr: KeyResult, company: Company, words: Words, measure: KeyResultMeasure
) -> Iterable[Line]:
    inferred = dict.fromkeys(kr.inferred, " (from the sentence)")
    owner = " (the objective's)" if kr.owner_inferred else ""
    due = "" if kr.due else " (the cycle's end)"
    return _filled(
        ("kind", words.gettext(KIND_WORDS[kr.kind]) + inferred.get("kind", "")),
        ("not read", kr.unread),
        ("baseline", _quantity(kr.baseline, inferred.get("baseline", ""))),
        ("target", _quantity(kr.target, inferred.get("target", ""))),
        ("stretch", _quantity(kr.stretch)),
        ("owner", ", ".join(_name(company, owner) for owner in kr.owners) + owner),
        ("due", words.full_date(measure.due) + due),
    )


def _read_of_objective(objective: Objective, company: Company, words: Words) -> Iterable[Line]:
    kind = "" if not objective.type_inferred else " (the default)"
    owner = " (the team's lead)" if objective.owner_inferred and objective.owners else ""
    return _filled(
        ("type", words.gettext(TYPE_WORDS[objective.type]) + kind),
        ("owner", ", ".join(_name(company, o) for o in objective.owners) + owner),
        ("supports", ", ".join(str(link.target or "restricted") for link in objective.supports)),
        (
            "depends on",
            ", ".join(str(link.target or "restricted") for link in objective.depends_on),
        ),
    )


def _measured_of(measure: KeyResultMeasure, company: Company, words: Words) -> Iterable[Line]:
    then = f" on {words.date(measure.current_date)}" if measure.current_date else ""
    return _filled(
        ("current", _quantity(measure.current, then)),
        (
            "progress",
            say_arithmetic(words, measure.arithmetic) or words.percent(measure.progress),
        ),
        (
            "expected",
            words.percent(measure.expected_then) + then
            if measure.expected_then is not None
            else "",
        ),
        ("pace", say_pace(words, measure.pace)),
        ("confidence", words.number(measure.confidence) if measure.confidence is not None else ""),
        ("grade", words.grade(measure.grade) if measure.grade is not None else ""),
        (
            "status",
            _joined(_badge(words, measure.status), say_because(words, measure.because, company)),
        ),
    )


def _measured_of_objective(
    measure: ObjectiveMeasure, company: Company, words: Words
) -> Iterable[Line]:
    measured = words.gettext("{n} of {of} measured", n=measure.measured, of=measure.of)
    return _filled(
        ("progress", _joined(words.percent(measure.progress), measured)),
        ("expected", words.percent(measure.expected) if measure.expected is not None else ""),
        ("confidence", words.number(measure.confidence) if measure.confidence is not None else ""),
        ("grade", words.grade(measure.grade) if measure.grade is not None else ""),
        (
            "status",
            _joined(_badge(words, measure.status), say_because(words, measure.because, company)),
        ),
    )


def _filled(*lines: Line) -> list[Line]:
    return [(name, value) for name, value in lines if value]


def _table(lines: Iterable[Line]) -> Iterator[str]:
    for name, value in lines:
        yield f"  {name:<{_NARROW}}{value}"


def _joined(*parts: str) -> str:
    return " — ".join(filter(None, parts))


def _quantity(quantity: Quantity | None, more: str = "") -> str:
    return write_quantity(quantity) + more if quantity else ""


def _badge(words: Words, status: Status) -> str:
    return words.gettext(STATUS_WORDS[status])


def _name(company: Company, id: str) -> str:
    team, person = company.team(id), company.person(id)
    return team.title if team else person.name if person else id
