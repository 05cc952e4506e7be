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
class MatrixRow:
    """A team, and which company objectives it supports."""

    team: PersonLink
    """Or a department on an index, for all its teams."""
    cells: tuple[int, ...]
    """How many of its objectives support each."""
    total: int


@quick_dataclass(frozen=True, slots=True)
class MatrixView:
    """Teams × company objectives; an empty row or column is what to look at."""

    columns: tuple[LinkView, ...]
    rows: tuple[MatrixRow, ...]
    totals: tuple[int, ...]


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
    totals = tuple(sum(row.cells[i] for row in rows) for i in range(len(columns)))
    return MatrixView(objective_links(context, columns, cascade.shortest), tuple(rows), totals)


def _department(context: Context, part: Part[Reference], columns: list[Objective]) -> MatrixRow:
    company, cascade = context.company, context.cascade
    name = part_name(part, reference_name(context))
    objectives = [cascade.running[ref] for ref in part.all_rows()]
    teams = [o for o in objectives if company.team(o.ref.owner) and not cascade.is_company(o)]
    return _row(context, PersonLink(name, urls.alignment_url(part.path)), teams, columns)


def _row(
    context: Context, team: PersonLink, objectives: list[Objective], columns: list[Objective]
) -> MatrixRow:
    reached = [context.cascade.reached[o.ref] for o in objectives]
    cells = tuple(sum(column.ref in above for above in reached) for column in columns)
    return MatrixRow(team, cells, sum(cells))
