"""`okrsite add`: a team, an objective, or the plans of the next cycle, where they belong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from okrsite.cli.common import config_option, source_options
from okrsite.cli.editing import (
    find_cycle,
    find_plans,
    find_team,
    open_target,
    refusing,
    try_out,
    write,
)
from okrsite.cli.starter import StarterError, team_id
from okrsite.edit import add_objective
from okrsite.edit.page import Data
from okrsite.edit.writing import write_pair
from okrsite.model import Cycle, ObjectiveType, State
from okrsite.model.cycle_names import is_fiscal_name, known_cycle
from okrsite.prefill import find_writer
from okrsite.prefill.next_cycle import Carrier, is_open, known_objectives, plan_path
from okrsite.problems import neutral
from okrsite.written import Sources

_STATES = [state.value for state in (State.DRAFT, State.PROPOSED, State.ACTIVE)]
_EXAMPLE = """\b
Examples:
  okrsite add team "Data Platform" --parent engineering --lead ana
  okrsite add objective platform "Make the platform trusted" --kr "Sev-1 incidents from 6 to 2"
  okrsite add cycle 2027-q1 --from 2026-q4

\b
Exit codes:
  0  written    1  something would be wrong, so that nothing was written    2  wrong usage
"""


@click.group("add", epilog=_EXAMPLE)
def add() -> None:
    """Add a team, an objective, or the plans of the next cycle; nothing is overwritten."""


@add.command(
    "team",
    epilog="\b\nExample:\n  okrsite add team 'Data Platform' --parent engineering --lead ana\n",
)
@click.argument("name")
@source_options
@config_option
@click.option("--parent", metavar="TEAM", help="The team above; default: the company.")
@click.option("--lead", metavar="PERSON", help="Who leads it.")
@click.option("--member", "members", multiple=True, metavar="PERSON", help="May be repeated.")
@click.option("--id", "id_", metavar="ID", help="Default: made from the name.")
def add_team(
    name: str,
    source: Path | None,
    as_of: date | None,
    mkdocs_yml: Path | None,
    parent: str | None,
    lead: str | None,
    members: tuple[str, ...],
    id_: str | None,
) -> None:
    """Write a team.md in a folder of its own, in that of the team above."""
    sources = open_target(source, as_of, mkdocs_yml)
    above = find_team(sources, parent).folder if parent else ""
    title = " ".join(name.split())
    try:
        folder = team_id(id_ or title)
    except StarterError as error:
        raise click.UsageError(str(error)) from error
    known = sources.ground.directory.known_names()
    if folder in known:
        raise click.UsageError(f"'{folder}' is taken; choose another with --id")
    path = f"{above}/{folder}/team.md" if above else f"{folder}/team.md"
    fields: dict[str, Data] = {"title": title}
    if lead:
        fields["lead"] = lead
    if members:
        fields["members"] = list(members)
    with refusing():
        lines = [line for key, value in fields.items() for line in write_pair(key, value, 0)]
    _write_new(sources, {path: "\n".join(["---", *lines, "---", ""])})


@add.command(
    "objective",
    epilog="\b\nExample:\n  okrsite add objective platform 'Make the platform trusted' \\\n"
    "    --kr 'Sev-1 incidents from 6 to 2' --supports company/reliable\n",
)
@click.argument("owner", metavar="TEAM")
@click.argument("title")
@source_options
@config_option
@click.option("--kr", "key_results", multiple=True, metavar="SENTENCE", help="May be repeated.")
@click.option("--cycle", metavar="CYCLE", help="Default: the shortest that runs.")
@click.option("--id", "id_", metavar="ID", help="Default: made from the title.")
@click.option("--why", metavar="TEXT", help="Why it matters.")
@click.option("--type", "type_", type=click.Choice([each.value for each in ObjectiveType]))
@click.option("--state", type=click.Choice(_STATES))
@click.option("--owner", "answers", metavar="PERSON", help="Who answers for it.")
@click.option("--supports", multiple=True, metavar="REF", help="May be repeated.")
def add_one_objective(
    owner: str,
    title: str,
    source: Path | None,
    as_of: date | None,
    mkdocs_yml: Path | None,
    key_results: tuple[str, ...],
    cycle: str | None,
    id_: str | None,
    why: str | None,
    type_: str | None,
    state: str | None,
    answers: str | None,
    supports: tuple[str, ...],
) -> None:
    """Write an objective at the end of the plan of a TEAM or a person, which is made if needed."""
    sources = open_target(source, as_of, mkdocs_yml)
    writer = find_writer(sources.ground, sources.company, owner)
    if writer is None:
        raise click.UsageError(f"no team or person is called '{neutral(owner)}'")
    chosen = _cycle(sources, cycle) if cycle else _running(sources, writer.owner)
    fields: dict[str, Data] = {
        name: value
        for name, value in (
            *(("id", id_), ("title", " ".join(title.split())), ("why", why), ("type", type_)),
            *(("state", state), ("owner", answers)),
        )
        if value
    }
    if supports:
        fields["supports"] = supports[0] if len(supports) == 1 else list(supports)
    if key_results:
        fields["key_results"] = list(key_results)
    plan = sources.company.plan(writer.owner, chosen.id)
    whose = f".{writer.person}" if writer.person else ""
    new = f"{writer.folder}/{chosen.id}{whose}.yml" if writer.folder else f"{chosen.id}{whose}.yml"
    path = plan.place.path if plan else new
    with refusing():
        data = add_objective(path, sources.data(path), fields)
    try_out(sources, {path: data})
    write(sources, {path: data})


@add.command("cycle", epilog="\b\nExample:\n  okrsite add cycle 2027-q1 --from 2026-q4\n")
@click.argument("cycle", metavar="NEXT")
@source_options
@config_option
@click.option("--from", "last", required=True, metavar="CYCLE", help="The cycle before it.")
@click.option("--team", metavar="TEAM", help="Only this team's plans; default: all.")
@click.option("--active", is_flag=True, help="What is carried over is active, not a draft.")
def add_cycle(
    cycle: str,
    source: Path | None,
    as_of: date | None,
    mkdocs_yml: Path | None,
    last: str,
    team: str | None,
    *,
    active: bool,
) -> None:
    """Write the plans for NEXT: what is still open goes on, and links back to where it was.

    Objectives that are neither achieved nor cancelled are carried over as drafts, with the key
    results that are not achieved; the lessons of the last retrospective stand on top as comments.
    A plan that is there is left alone.
    """
    sources = open_target(source, as_of, mkdocs_yml)
    before, after = find_cycle(sources, last), _cycle(sources, cycle)
    if after.start <= before.start:
        raise click.UsageError(f"{after.name} does not come after {before.name}")
    plans = find_plans(sources, before.id, team)
    company, measures = sources.company, sources.measures
    new = [plan for plan in plans if company.plan(plan.owner, after.id) is None]
    known = known_objectives(company, measures, new, after)
    carrier = Carrier(company, measures, after, known, active)
    for plan in plans:
        if plan not in new:
            still = [o.ref.objective for o in plan.objectives if is_open(o, measures)]
            left = f"; still open: {', '.join(still)}" if still else ""
            path = plan_path(company, plan, after)
            click.echo(f"  {neutral(path)} is there, and left alone{left}")
    with refusing():
        made = [carrier.plan(plan, sources.data(plan.place.path)) for plan in new]
    if not made:
        click.echo("Nothing was written.")
        return
    _write_new(sources, {each.path: each.text for each in made})
    carried = sum(len(each.carried) for each in made)
    click.echo(f"{carried} objectives of {before.name} go on in {after.name}.")


def _write_new(sources: Sources, texts: dict[str, str]) -> None:
    """Write files that must not be there."""
    there = [path for path in texts if (sources.root / path).exists()]
    if there:
        raise click.UsageError(f"nothing was written, as there is already {', '.join(there)}")
    files = {path: text.encode() for path, text in texts.items()}
    try_out(sources, files)
    write(sources, files)


def _cycle(sources: Sources, name: str) -> Cycle:
    """Return a cycle that the company or the calendar knows."""
    rules, id = sources.company.rules, name.lower()
    named = next((each for each in sources.company.cycles if each.id == id), None)
    found = named or known_cycle(id, rules.fiscal_year_start, rules.planning_days)
    lacks_year = is_fiscal_name(id) and not sources.reading.records.rules.has_fiscal_start
    if found is None or (lacks_year and named is None):
        needs = "needs fiscal_year_start:" if lacks_year else "is none of the calendar's"
        raise click.UsageError(
            f"the cycle '{neutral(name)}' {needs}; write it into okrs.yml first: "
            f"cycles: with {{id: {neutral(id)}, start: …, end: …}}"
        )
    return found


def _running(sources: Sources, owner: str) -> Cycle:
    """Return the shortest cycle that an owner has a running plan for, else that runs."""
    company = sources.company
    current = company.current_cycles()
    own = [cycle for cycle in current if company.plan(owner, cycle.id)]
    if not current:
        raise click.UsageError("no cycle runs; name one with --cycle")
    return (own or list(current))[0]
