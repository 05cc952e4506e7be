"""Teams and company objectives → the matrix that shows who works towards which."""

from __future__ import annotations

from okrsite import urls
from okrsite.model import Objective, Reference
from okrsite.model.quick import quick_dataclass
from okrsite.views.context import Context
from okrsite.views.fragments import LinkView, PersonLink
from okrsite.views.parting import part_name, reference_name
from okrsite.views.parts import objective_links, view_person
from okrsite.views.split import Part
from okrsite.views.teams import walk_teams


@quick_dataclass(frozen=True, slots=True)
class MatrixCell:
    """How a team works towards a company objective."""

    direct: int
    """How many of its objectives support it or a key result of it."""
    indirect: int
    """How many do so through others."""
    spoken: str
    """``2 directly, 1 through others``, or nothing."""


@quick_dataclass(frozen=True, slots=True)
class MatrixRow:
    """A team, and which company objectives it supports."""

    team: PersonLink
    """Or a department on an index, for all its teams."""
    cells: tuple[MatrixCell, ...]
    total: int


@quick_dataclass(frozen=True, slots=True)
class MatrixView:
    """Teams × company objectives; an empty row or column is what to look at."""

    columns: tuple[LinkView, ...]
    rows: tuple[MatrixRow, ...]
    totals: tuple[int, ...]
    idle: tuple[PersonLink, ...]
    """The teams whose row is empty."""
    unserved: tuple[LinkView, ...]
    """The objectives whose column is."""


def view_matrix(context: Context, part: Part[Reference]) -> MatrixView | None:
    """Return how many objectives of each team support each company objective, at any distance.

    What has a page of its own stands in one row, with all its teams' objectives.
    """
    cascade = context.cascade
    columns = [o for o in cascade.running.values() if cascade.is_company(o)]
    if not columns:
        return None
    rows: list[MatrixRow] = []
    own: dict[str, list[Objective]] = {}
    for ref in part.rows:
        own.setdefault(ref.owner, []).append(cascade.running[ref])
    for team, _ in walk_teams(context.company) if own else ():
        if team.id in own:
            rows.append(_row(context, view_person(context, team.id), own[team.id], columns))
    rows += [_department(context, each, columns) for each in part.parts]
    cells = [[cell.direct + cell.indirect for cell in row.cells] for row in rows]
    totals = tuple(sum(row[place] for row in cells) for place in range(len(columns)))
    links = objective_links(context, columns, cascade.shortest)
    return MatrixView(
        columns=links,
        rows=tuple(rows),
        totals=totals,
        idle=tuple(row.team for row in rows if not row.total),
        unserved=tuple(link for link, total in zip(links, totals, strict=True) if not total),
    )


def _department(context: Context, part: Part[Reference], columns: list[Objective]) -> MatrixRow:
    company, cascade = context.company, context.cascade
    name = part_name(part, reference_name(context))
    objectives = [cascade.running[ref] for ref in part.all_rows()]
    teams = [o for o in objectives if company.team(o.ref.owner) and not cascade.is_company(o)]
    return _row(context, PersonLink(name, urls.alignment_url(part.path)), teams, columns)


def _row(
    context: Context, team: PersonLink, objectives: list[Objective], columns: list[Objective]
) -> MatrixRow:
    cascade = context.cascade
    reached = [cascade.reached[o.ref] for o in objectives]
    direct = [{above.ref for above in cascade.targets(o)} for o in objectives]
    cells = tuple(
        _cell(
            context,
            sum(column.ref in targets for targets in direct),
            sum(column.ref in above for above in reached),
        )
        for column in columns
    )
    return MatrixRow(team, cells, sum(cell.direct + cell.indirect for cell in cells))


def _cell(context: Context, direct: int, reached: int) -> MatrixCell:
    say = context.words.gettext
    parts = (
        say("{n} directly", n=direct) if direct else "",
        say("{n} through others", n=reached - direct) if reached > direct else "",
    )
    return MatrixCell(direct, reached - direct, ", ".join(filter(None, parts)))
