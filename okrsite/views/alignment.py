"""The cascade of the current cycles → a page of it: the tree, and what stands in no tree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from okrsite import urls
from okrsite.model import Objective, Reference
from okrsite.model.quick import quick_dataclass
from okrsite.views.bars import objective_bar
from okrsite.views.context import Context
from okrsite.views.dependencies import DependencyRow, is_worrying, view_dependencies, view_rings
from okrsite.views.fragments import (
    BadgeView,
    BarView,
    Crumb,
    FactView,
    HeadView,
    LinkView,
    MoreView,
    PartRow,
    PersonLink,
)
from okrsite.views.map import MapView, view_map
from okrsite.views.matrix import MatrixView, view_matrix
from okrsite.views.parting import part_head, part_name, part_rows, reference_name
from okrsite.views.parts import objective_links, reference_link, view_badge, view_person
from okrsite.views.split import Part

_DEEPEST = 12
"""Levels that the tree follows; rings are an error of the content, never an endless page."""


@quick_dataclass(frozen=True, slots=True)
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
    above: tuple[tuple[str, str], ...] = ()
    """Titles (inline Markdown) and addresses of what it supports on another page of the tree."""
    beyond: tuple[MoreView, ...] = ()
    """What else supports it, counted by the page where it stands."""


@quick_dataclass(frozen=True, slots=True)
class AlignmentView:
    """All that a page of the alignment may show: of the whole company, or of a department."""

    head: HeadView
    cycle: str
    facts: tuple[FactView, ...]
    """What there is to know of it in a few seconds."""
    departments: tuple[PartRow, ...]
    """What has pages of its own, past 200 objectives."""
    tree: tuple[TreeNode, ...]
    orphans: tuple[LinkView, ...]
    """Objectives of teams that support nothing."""
    unsupported: tuple[LinkView, ...]
    """Company objectives that nobody supports."""
    worries: tuple[DependencyRow, ...]
    """Dependencies on what is at risk, off track or missed."""
    dependencies: tuple[DependencyRow, ...]
    """All others between teams."""
    rings: tuple[tuple[LinkView, ...], ...]
    """Objectives that wait for each other."""
    matrix: MatrixView | None
    map: MapView | None


Page = Part[Reference]


def view_alignment(
    context: Context, part: Page | None = None, above: tuple[Page, ...] = ()
) -> AlignmentView:
    """Return the cascade of the current cycles, or the part of it that a department has."""
    cascade, words = context.cascade, context.words
    part = part or cascade.whole
    shown, own = cascade.shown(part), [cascade.running[ref] for ref in part.rows]
    tree = _Tree(context, part, frozenset(o.ref for o in shown), bool(above))
    orphans = [o for o in own if not cascade.is_tied(o)]
    unsupported = [o for o in own if cascade.is_company(o) and not cascade.supporters(o)]
    lead = words.gettext("Who works towards what, from the company to each person.")
    title = words.gettext("Alignment")
    dependencies = view_dependencies(context, own)
    rings = view_rings(context, part.rows)
    return AlignmentView(
        head=part_head(
            context, Crumb(title, urls.ALIGNMENT), part, above, lead, reference_name(context)
        ),
        cycle=context.current[0].name if context.current else "",
        facts=_facts(context, part, (len(orphans), len(unsupported), len(rings)), dependencies),
        departments=part_rows(context, part, urls.ALIGNMENT, reference_name(context)),
        tree=tuple(tree.top(o) for o in cascade.tops(shown)),
        orphans=objective_links(context, orphans, cascade.shortest),
        unsupported=objective_links(context, unsupported, cascade.shortest),
        worries=tuple(row for row in dependencies if is_worrying(row)),
        dependencies=tuple(row for row in dependencies if not is_worrying(row)),
        rings=rings,
        matrix=view_matrix(context, part),
        map=view_map(context, part),
    )


def _facts(
    context: Context,
    part: Page,
    counts: tuple[int, int, int],
    dependencies: tuple[DependencyRow, ...],
) -> tuple[FactView, ...]:
    """Return how much there is of what a page tells, each with a link to its list."""
    words, page = context.words, urls.alignment_url(part.path)
    worries, of = sum(map(is_worrying, dependencies)), len(dependencies)

    def fact(n: int, label: str, anchor: str, value: str = "") -> FactView:
        url = f"{page}#{anchor}" if n else ""
        return FactView(value or words.number(n), label, url, warn=n > 0)

    orphans, alone, rings = counts
    size = words.ngettext("running objective", "running objectives", part.size)
    label = words.ngettext(
        "company objective without support", "company objectives without support", alone
    )
    facts = [
        FactView(words.number(part.size), size),
        fact(orphans, words.ngettext("supports nothing", "support nothing", orphans), "_orphans"),
        fact(alone, label, "_unsupported"),
    ]
    if of:
        label = words.ngettext("dependency is at risk", "dependencies are at risk", of)
        share = words.gettext("{n} of {of}", n=worries, of=of)
        facts.append(fact(worries, label, "_worries", share))
    if rings:
        label = words.ngettext(
            "ring of objectives that wait", "rings of objectives that wait", rings
        )
        facts.append(fact(rings, label, "_rings"))
    return tuple(facts)


@dataclass
class _Tree:
    """What all nodes of one page's tree have in common."""

    context: Context
    part: Page
    shown: frozenset[Reference]
    is_part: bool
    """Something stands above the page."""
    placed: set[Reference] = field(default_factory=set)
    """What stands in the tree already."""

    @cached_property
    def _inside(self) -> dict[Reference, Page]:
        """Return in which of the parts below each of their objectives stands."""
        return {ref: each for each in self.part.parts for ref in each.all_rows()}

    def top(self, objective: Objective) -> TreeNode:
        """Return a node at the top; on a department's page it tells what it hangs below."""
        return self._node(objective, _priority(self.context, objective), 0)

    def _node(self, objective: Objective, supports: str, depth: int) -> TreeNode:
        context, ref = self.context, objective.ref
        company, words = context.company, context.words
        objective = company.objective(ref) or objective  # asked for, to be noted
        again = ref in self.placed
        self.placed.add(ref)
        below = [] if again or depth >= _DEEPEST else context.cascade.supporters(objective)
        here = [(o, kr) for o, kr in below if o.ref in self.shown]
        measure = None if objective.title_only else context.measures.objective(ref)
        return TreeNode(
            anchor="" if again else urls.node_anchor(ref),
            title=objective.title,
            url=urls.reference_url(company, ref),
            owner=view_person(context, ref.owner),
            cycle="" if ref.cycle == context.cascade.shortest else company.cycle(ref.cycle).name,
            progress=words.percent(measure.progress) if measure else "",
            bar=objective_bar(context, measure) if measure else None,
            badge=view_badge(context, measure) if measure else None,
            supports=supports,
            children=tuple(
                self._node(o, _key_result_title(context, ref, kr), depth + 1) for o, kr in here
            ),
            elsewhere=urls.alignment_url(self.part.path, ref) if again else "",
            open=depth < 1,
            above=() if again or depth else self._above(objective),
            beyond=self._beyond(objective, [o for o, _ in below if o.ref not in self.shown]),
        )

    def _above(self, objective: Objective) -> tuple[tuple[str, str], ...]:
        cascade, company = self.context.cascade, self.context.company
        refs = [each.ref for each in cascade.targets(objective) if each.ref in cascade.running]
        return tuple(
            (above.title, urls.alignment_url(cascade.pages[above.ref].path, above.ref))
            for above in map(company.objective, refs)
            if above
        )

    def _beyond(self, objective: Objective, others: list[Objective]) -> tuple[MoreView, ...]:
        """Return how many others support an objective, by the part that they stand in.

        What is in no part of this page is listed on the objective's own.
        """
        if not others:
            return ()
        context, words = self.context, self.context.words
        parts = {each.path: each for each in self.part.parts}
        counted = Counter(self._path(o.ref) for o in others)
        elsewhere = counted.pop("", 0)
        found = []
        for path in sorted(counted, key=list(parts).index):
            count = words.ngettext("{n} objective", "{n} objectives", counted[path])
            name = part_name(parts[path], reference_name(context))
            its_own = objective.ref if self._path(objective.ref) == path else None
            found.append(MoreView(words.namely(name, count), urls.alignment_url(path, its_own)))
        if elsewhere:
            text = words.ngettext(
                "{n} objective of other departments",
                "{n} objectives of other departments",
                elsewhere,
            )
            found.append(MoreView(text, urls.reference_url(context.company, objective.ref)))
        return tuple(found)

    def _path(self, ref: Reference) -> str:
        """Return the part below in which an objective stands, or nothing."""
        return self._inside[ref].path if ref in self._inside else ""


def _priority(context: Context, objective: Objective) -> str:
    """Return the standing priority that an objective works towards, or nothing."""
    for link in objective.supports:
        if link.target and not link.target.cycle:
            return reference_link(context, link.target).title
    return ""


def _key_result_title(context: Context, ref: Reference, key_result: str) -> str:
    if not key_result:
        return ""
    full = Reference(ref.owner, ref.cycle, ref.objective, key_result)
    found = context.company.key_result(full)
    return found.title if found else ""
