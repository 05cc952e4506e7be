"""Objectives that support each other in a ring → each ring reported, and cut in one place.

A ring is cut at the objective that the fewest may see, so that what is hidden takes no link away
from what is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from okrsite.model import Link, Objective, Reference
from okrsite.resolve.desk import Desk
from okrsite.resolve.plans import Draft

_Edges = dict[Reference, list[tuple[Reference, Link]]]
_Ring = list[tuple[Reference, Link]]
"""Each objective of a ring with its link to the next."""


def cut_rings(drafts: Sequence[Draft], desk: Desk) -> list[Draft]:
    """Return plans whose supports lead upwards alone."""
    objectives = {o.ref: o for draft in drafts for o in draft.plan.objectives}
    order = desk.rules.audiences.index
    ranks = {ref: order(objective.visibility) for ref, objective in objectives.items()}
    cut: set[tuple[Reference, Reference | None]] = set()
    edges: _Edges = {}
    for rank in sorted(set(ranks.values())):
        # What more people see is without a ring by now: the rest cannot change it.
        edges |= {ref: _up(o, cut) for ref, o in objectives.items() if ranks[ref] == rank}
        while ring := _find_ring(edges):
            ref, link = max(ring, key=lambda each: (ranks[each[0]], str(each[0])))
            cut.add((ref, link.target))
            edges[ref] = _up(objectives[ref], cut)
            _complain(ring, ref, link, desk)
    return [_without(draft, cut) for draft in drafts] if cut else list(drafts)


def _up(
    objective: Objective, cut: set[tuple[Reference, Reference | None]]
) -> list[tuple[Reference, Link]]:
    return [
        (replace(link.target, key_result=""), link)
        for link in objective.supports
        if link.target and link.target.cycle and (objective.ref, link.target) not in cut
    ]


def _find_ring(edges: _Edges) -> _Ring:
    """Return a ring among some objectives, or nothing."""
    finished: set[Reference] = set()
    for start in edges:
        if start in finished:
            continue
        path: _Ring = []
        stack: list[tuple[Reference, Iterator[tuple[Reference, Link]]]] = [
            (start, iter(edges[start]))
        ]
        open_ = {start}
        while stack:
            current, rest = stack[-1]
            target, link = next(rest, (None, None))
            if target is None or link is None:
                stack.pop()
                open_.discard(current)
                finished.add(current)
                if path:
                    path.pop()
            elif target in open_:
                path.append((current, link))
                return path[[ref for ref, _ in path].index(target) :]
            elif target in edges and target not in finished:
                path.append((current, link))
                open_.add(target)
                stack.append((target, iter(edges[target])))
    return []


def _complain(ring: _Ring, cut: Reference, link: Link, desk: Desk) -> None:
    refs = [ref for ref, _ in ring]
    first = refs.index(cut) + 1
    names = [*refs[first:], *refs[:first]]
    desk.report(
        "OKR-R003",
        link.place,
        f"a ring of supports: {' → '.join(map(str, [*names, names[0]]))}",
        "remove one of these supports: the higher objective supports nothing below it",
    )


def _without(draft: Draft, cut: set[tuple[Reference, Reference | None]]) -> Draft:
    def kept(objective: Objective) -> Iterable[Link]:
        return (link for link in objective.supports if (objective.ref, link.target) not in cut)

    objectives = tuple(replace(o, supports=tuple(kept(o))) for o in draft.plan.objectives)
    return replace(draft, plan=replace(draft.plan, objectives=objectives))
