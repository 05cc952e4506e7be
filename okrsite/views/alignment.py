"""Objectives and what they support → the cascade as a tree, and the teams × company matrix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from okrsite import urls
from okrsite.model import Level, Objective, Reference, State
from okrsite.views.bars import objective_bar
from okrsite.views.context import Context
from okrsite.views.fragments import BadgeView, BarView, Crumb, HeadView, LinkView, PersonLink
from okrsite.views.parts import objective_links, reference_link, view_badge, view_person
from okrsite.views.teams import walk_teams

_DEEPEST = 12
"""Levels that the tree follows; rings are an error of the content, never an endless page."""


@dataclass(frozen=True, slots=True)
class TreeNode:
    """An objective, or a priority, with what supports it."""

    anchor: str
    """Empty where it stands in full elsewhere."""
    title: str
    """Inline Markdown."""
    url: str
    owner: PersonLink
    cycle: str
    """Its cycle's name where that is not the tree's own."""
    progress: str
    bar: BarView | None
    badge: BadgeView | None
    supports: str
    """What it supports where that is no objective: a key result of the one above, or a team's
    standing priority; inline Markdown, or nothing."""
    children: tuple[TreeNode, ...]
    elsewhere: str
    """The address of the place where it stands in full, if not here."""
    open: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A team, and which company objectives it supports."""

    team: PersonLink
    cells: tuple[int, ...]
    """How many of its objectives support each."""
    total: int


@dataclass(frozen=True, slots=True)
class MatrixView:
    """Teams × company objectives; an empty row or column is what to look at."""

    columns: tuple[LinkView, ...]
    rows: tuple[MatrixRow, ...]
    totals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DependencyRow:
    """An objective and what of others it depends on."""

    objective: LinkView
    needs: LinkView


@dataclass(frozen=True, slots=True)
class AlignmentView:
    """All that the alignment page may show."""

    head: HeadView
    cycle: str
    tree: tuple[TreeNode, ...]
    orphans: tuple[LinkView, ...]
    """Objectives of teams that support nothing."""
    unsupported: tuple[LinkView, ...]
    """Company objectives that nobody supports."""
    dependencies: tuple[DependencyRow, ...]
    matrix: MatrixView | None


def view_alignment(context: Context) -> AlignmentView:
    """Return the cascade of the current cycles."""
    company, words = context.company, context.words
    cycles = company.current_cycles()
    ids = {cycle.id for cycle in cycles}
    objectives = [o for o in company.objectives() if o.ref.cycle in ids and _counts(o)]
    shortest = cycles[0].id if cycles else ""
    tied = [o for o in objectives if is_in_cascade(context, o)]
    tops = [o for o in tied if not _supported_here(context, o, ids)]
    root = _Root(context, ids, shortest, set())
    tree = tuple(_node(root, o, _priority(context, o), 0) for o in tops)
    orphans = [o for o in objectives if not is_in_cascade(context, o)]
    company_level = [o for o in objectives if _is_company(context, o)]
    title = words.gettext("Alignment")
    lead = words.gettext("Who works towards what, from the company to each person.")
    head = HeadView(title, title, (Crumb(words.gettext("Home"), urls.HOME),), (), lead)
    return AlignmentView(
        head=head,
        cycle=cycles[0].name if cycles else "",
        tree=tree,
        orphans=objective_links(context, orphans, shortest),
        unsupported=objective_links(
            context, (o for o in company_level if not _supporters(context, o, ids)), shortest
        ),
        dependencies=_dependencies(context, objectives, shortest),
        matrix=_matrix(context, company_level, objectives, shortest),
    )


def _counts(objective: Objective) -> bool:
    return objective.state in (State.ACTIVE, State.PAUSED)


def _is_company(context: Context, objective: Objective) -> bool:
    team = context.company.team(objective.ref.owner)
    return team is not None and team.level is Level.COMPANY


def is_in_cascade(context: Context, objective: Objective) -> bool:
    """Tell whether the tree shows an objective: a running one that is tied to others."""
    current = {cycle.id for cycle in context.company.current_cycles()}
    if objective.ref.cycle not in current or not _counts(objective):
        return False
    if objective.supports or _is_company(context, objective):
        return True
    return bool(_supporters(context, objective, current))


def _priority(context: Context, objective: Objective) -> str:
    """Return the standing priority that an objective works towards, or nothing."""
    for link in objective.supports:
        if link.target and not link.target.cycle:
            return reference_link(context, link.target).title
    return ""


def _supported_here(context: Context, objective: Objective, cycles: set[str]) -> bool:
    """Tell whether it hangs below something that the tree shows."""
    targets = (link.target for link in objective.supports if link.target)
    return any(t.cycle in cycles and context.company.objective(t) for t in targets)


def _supporters(
    context: Context, objective: Objective, cycles: set[str]
) -> list[tuple[Objective, str]]:
    """Return what supports an objective or its key results today, with the key result's id."""
    company = context.company
    refs = [(objective.ref, ""), *((kr.ref, kr.ref.key_result) for kr in objective.key_results)]
    found: dict[Reference, tuple[Objective, str]] = {}
    for ref, key_result in refs:
        for other in company.supporters(ref):
            found.setdefault(other.ref, (other, key_result))
    running = (pair for pair in found.values() if pair[0].ref.cycle in cycles)
    return [pair for pair in running if _counts(pair[0])]


@dataclass(frozen=True, slots=True)
class _Root:
    """What all nodes of the tree have in common."""

    context: Context
    cycles: set[str]
    """The current ones."""
    shortest: str
    placed: set[Reference]
    """What stands in the tree already."""


def _node(root: _Root, objective: Objective, supports: str, depth: int) -> TreeNode:
    context, ref = root.context, objective.ref
    company, words = context.company, context.words
    again = ref in root.placed
    root.placed.add(ref)
    below = [] if again or depth >= _DEEPEST else _supporters(context, objective, root.cycles)
    measure = None if objective.title_only else context.measures.objective(ref)
    return TreeNode(
        anchor="" if again else urls.node_anchor(ref),
        title=objective.title,
        url=urls.reference_url(company, ref),
        owner=view_person(context, ref.owner),
        cycle="" if ref.cycle == root.shortest else company.cycle(ref.cycle).name,
        progress=words.percent(measure.progress) if measure else "",
        bar=objective_bar(context, measure) if measure else None,
        badge=view_badge(context, measure) if measure else None,
        supports=supports,
        children=tuple(
            _node(root, o, _key_result_title(context, ref, kr), depth + 1) for o, kr in below
        ),
        elsewhere=urls.alignment_url(ref) if again else "",
        open=depth < 1,
    )


def _key_result_title(context: Context, ref: Reference, key_result: str) -> str:
    if not key_result:
        return ""
    full = Reference(ref.owner, ref.cycle, ref.objective, key_result)
    found = context.company.key_result(full)
    return found.title if found else ""


def _dependencies(
    context: Context, objectives: Iterable[Objective], cycle: str
) -> tuple[DependencyRow, ...]:
    """Return the dependencies between owners, as far as they may be named."""
    return tuple(
        DependencyRow(
            reference_link(context, objective.ref, cycle),
            reference_link(context, link.target, cycle),
        )
        for objective in objectives
        for link in objective.depends_on
        if link.target and link.target.owner != objective.ref.owner
    )


def _matrix(
    context: Context, columns: list[Objective], objectives: list[Objective], cycle: str
) -> MatrixView | None:
    """Return how many objectives of each team support each company objective, at any distance."""
    if not columns:
        return None
    reached = {o.ref: _ancestors(context, o) for o in objectives}
    rows = []
    for team, _ in walk_teams(context.company):
        own = [o for o in objectives if o.ref.owner == team.id]
        if not own:
            continue
        cells = tuple(sum(column.ref in reached[o.ref] for o in own) for column in columns)
        rows.append(MatrixRow(view_person(context, team.id), cells, sum(cells)))
    totals = tuple(sum(row.cells[i] for row in rows) for i in range(len(columns)))
    return MatrixView(objective_links(context, columns, cycle), tuple(rows), totals)


def _ancestors(context: Context, objective: Objective) -> set[Reference]:
    """Return everything that an objective supports, directly or through others."""
    found: set[Reference] = set()
    waiting = [objective]
    while waiting:
        for link in waiting.pop().supports:
            above = context.company.objective(link.target) if link.target else None
            if above and above.ref not in found:
                found.add(above.ref)
                waiting.append(above)
    return found
