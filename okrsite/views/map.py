"""The cascade of the current cycles → a map of it: from the company to each person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial

from okrsite import urls
from okrsite.charts.layered import Edge, Group, LayeredMap, Node, draw_layered
from okrsite.model import Objective, Reference, Status
from okrsite.model.quick import quick_dataclass
from okrsite.prose import plain
from okrsite.views.bands import ELSEWHERE, PEOPLE, Bands
from okrsite.views.context import Context
from okrsite.views.parts import reference_link, view_person
from okrsite.views.split import Part

_MOST_PEOPLE = 24
"""Objectives of people past which those of each team stand in one box."""
_WORRIES = ("", *(s.value for s in (Status.AT_RISK, Status.OFF_TRACK, Status.MISSED)))
"""What a dependency shows of what it waits for, the gravest last."""

Link = Callable[[str], str]
"""Spells an address of ours as a link from the page."""


@quick_dataclass(frozen=True, slots=True)
class MapView:
    """A map, to be drawn on a page."""

    draw: Callable[[Link], str]
    """Gives its SVG; goes through the filter ``mapped``, which knows the page's links."""
    needs: bool
    """Whether it shows a dependency."""
    elsewhere: bool
    """Whether it shows what is at home on another page."""


def view_map(context: Context, part: Part[Reference]) -> MapView | None:
    """Return the map of a page's part of the cascade; None where nothing runs."""
    chart = map_chart(context, part)
    if not chart.nodes:
        return None
    return MapView(
        draw=partial(_draw, chart),
        needs=any(edge.aside for edge in chart.edges),
        elsewhere=any(group.ghost for group in chart.groups),
    )


def map_chart(context: Context, part: Part[Reference]) -> LayeredMap:
    """Return what a page's map shows, with addresses that are not links of the page yet."""
    return _Map(context, part).chart()


def _draw(chart: LayeredMap, link: Link) -> str:
    def linked(href: str) -> str:
        return link(href) if href else ""

    return draw_layered(
        replace(
            chart,
            bands=tuple(replace(band, href=linked(band.href)) for band in chart.bands),
            groups=tuple(replace(group, href=linked(group.href)) for group in chart.groups),
            nodes=tuple(replace(node, href=linked(node.href)) for node in chart.nodes),
        )
    )


@dataclass
class _Map:
    """One page's map while it is put together.

    It shows the company's own objectives, what stands on the page, and what the page's own
    support or depend on elsewhere: so each edge is drawn where the one stands that it begins at.
    """

    context: Context
    part: Part[Reference]

    def __post_init__(self) -> None:
        self._bands = Bands(self.context, self.part)
        self._groups: dict[str, Group] = {}
        self._nodes: dict[str, Node] = {}

    def chart(self) -> LayeredMap:
        """Return all that the map shows."""
        say = self.context.words.gettext
        for ref in self._shown:
            self._add(ref)
        edges = tuple(self._edges())
        return LayeredMap(
            prefix="map",
            title=say("Map of the cascade"),
            description=say("What works towards what; the tree and the lists say it in words."),
            bands=tuple(self._bands.named(group.band for group in self._groups.values())),
            groups=tuple(self._groups.values()),
            nodes=tuple(self._nodes.values()),
            edges=edges,
        )

    @cached_property
    def _shown(self) -> dict[Reference, Objective]:
        cascade = self.context.cascade
        company = (o for o in cascade.running.values() if cascade.is_company(o))
        return {o.ref: o for o in (*company, *cascade.shown(self.part))}

    @cached_property
    def _is_crowded(self) -> bool:
        return sum(o.is_individual for o in self._shown.values()) > _MOST_PEOPLE

    def _edges(self) -> Iterator[Edge]:
        """Yield the edges between what is shown, and from the page's own to what is elsewhere."""
        own = frozenset(self.part.rows)
        found: dict[tuple[str, str, bool], Edge] = {}
        for ref in self._shown:
            objective = self.context.company.objective(ref)  # asked for, to be noted
            for link, aside in _links(objective) if objective else ():
                target = self._target(link, elsewhere=ref in own)
                source = self._id(ref)
                if target and target != source:
                    status = self._worry(link) if aside else ""
                    edge = Edge(source, target, aside, status)
                    kept = found.setdefault((source, target, aside), edge)
                    gravest = max(kept, edge, key=lambda each: _WORRIES.index(each.status))
                    found[source, target, aside] = gravest
        yield from found.values()

    def _target(self, link: Reference, *, elsewhere: bool) -> str:
        """Return what an edge leads to, which is on the map from now on; nothing if it is not."""
        ref = Reference(link.owner, link.cycle, link.objective)
        id = self._id(ref)
        if id not in self._nodes:
            known = ref in self.context.cascade.running or self._is_priority(ref)
            if not elsewhere or not known:
                return ""
            self._add(ref)
        return id

    def _is_priority(self, ref: Reference) -> bool:
        team = None if ref.cycle else self.context.company.team(ref.owner)
        return team is not None and ref.objective in {each.id for each in team.priorities}

    def _worry(self, ref: Reference) -> str:
        badge = reference_link(self.context, ref).badge
        return badge.status if badge and badge.status in _WORRIES else ""

    def _id(self, ref: Reference) -> str:
        if not ref.cycle:
            return f"{ref.owner}.{urls.priority_anchor(ref.objective)}"
        objective = self._shown.get(ref)
        if objective and objective.is_individual and self._is_crowded:
            return f"{objective.team}.-people"
        return urls.node_anchor(ref)

    def _add(self, ref: Reference) -> None:
        id, group = self._id(ref), self._group(ref)
        if id in self._nodes:
            return
        self._groups.setdefault(group.id, group)
        people = id.endswith(".-people")
        self._nodes[id] = self._people(id, group) if people else self._node(id, group, ref)

    def _node(self, id: str, group: Group, ref: Reference) -> Node:
        link = reference_link(self.context, ref)
        title, owner = plain(link.title), link.owner.name if link.owner else ""
        said = (title, owner, link.cycle, link.progress, link.badge.word if link.badge else "")
        # What has no badge is not measured: a standing priority, or a title alone.
        measure = self.context.measures.objective(ref) if link.badge else None
        progress = measure.progress if measure else None
        expected = measure.expected if measure else None
        return Node(
            id=id,
            group=group.id,
            title=title,
            name=" · ".join(filter(None, said)),
            href=link.url,
            status=link.badge.status if link.badge else "",
            share=None if progress is None else float(progress),
            expected=None if expected is None else float(expected),
            text=link.progress,
        )

    def _people(self, id: str, group: Group) -> Node:
        """Return the box that stands for all objectives of a team's people."""
        cascade, team = self.context.cascade, id.removesuffix(".-people")
        own = [o for o in self._shown.values() if self._id(o.ref) == id]
        title = self.context.words.ngettext(
            "{n} objective of people", "{n} objectives of people", len(own)
        )
        tied = next((o.ref for o in own if cascade.is_tied(o)), None)
        href = urls.alignment_url(self.part.path, tied) if tied else urls.team_url(team)
        name = f"{title} · {view_person(self.context, team).name}"
        return Node(id=id, group=group.id, title=title, name=name, href=href)

    def _group(self, ref: Reference) -> Group:
        """Return under which heading something stands."""
        context, company = self.context, self.context.company
        objective = context.cascade.running.get(ref)
        of_people = self._id(ref).endswith(".-people")
        owner_id = objective.team if objective and of_people else ref.owner
        owner = view_person(context, owner_id)
        band, depth = self._bands.place(company.team(objective.team if objective else ref.owner))
        title, level = owner.name, 2 * depth + 1
        if not ref.cycle:
            title, level = context.words.gettext("Standing priorities"), 2 * depth
            if band == ELSEWHERE:
                title = owner.name
        elif ref.cycle != context.cascade.shortest and not of_people:
            title = f"{owner.name} · {company.cycle(ref.cycle).name}"
        if objective and objective.is_individual:
            level = PEOPLE
        ghost = band == ELSEWHERE or (objective is not None and ref not in self._shown)
        if ghost:
            band, level = ELSEWHERE, 1
        cycle = "people" if of_people else ref.cycle
        return Group(f"{band} {owner_id} {cycle}", band, title, owner.url, level, ghost)


def _links(objective: Objective) -> Iterator[tuple[Reference, bool]]:
    """Yield what an objective supports, then what it depends on, as far as it may be named."""
    for link in objective.supports:
        if link.target:
            yield link.target, False
    for link in objective.depends_on:
        if link.target:
            yield link.target, True
