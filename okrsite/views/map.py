"""The cascade of the current cycles → a map of it: from the company to each person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from okrsite import urls
from okrsite.charts.layered import Band, Edge, Group, LayeredMap, Node, draw_layered
from okrsite.model import Level, Objective, Reference, Status, Team
from okrsite.model.quick import quick_dataclass
from okrsite.prose import plain
from okrsite.views.context import Context
from okrsite.views.parts import reference_link, view_person
from okrsite.views.split import Part
from okrsite.words import STATUS_WORDS

_PEOPLE = 99
"""The level of people, to the right of all teams."""
_WORRIES = (Status.AT_RISK, Status.OFF_TRACK, Status.MISSED)
"""What a dependency shows of what it waits for."""
_COMPANY, _REST, _ELSEWHERE = "", "-rest", "-elsewhere"
"""Ids of bands that are no department's; no team's begins with a mark."""

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
    chart = _Map(context, part).chart()
    if not chart.nodes:
        return None
    return MapView(
        draw=partial(_draw, chart),
        needs=any(edge.aside for edge in chart.edges),
        elsewhere=any(group.ghost for group in chart.groups),
    )


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
    """One page's map while it is put together."""

    context: Context
    part: Part[Reference]
    _groups: dict[str, Group] = field(default_factory=dict)
    _nodes: dict[Reference, Node] = field(default_factory=dict)

    def chart(self) -> LayeredMap:
        """Return all that the map shows."""
        words = self.context.words
        for objective in self._shown:
            self._add(objective.ref)
        edges = tuple(self._edges())
        return LayeredMap(
            prefix="okr-map",
            title=words.gettext("Map of the cascade"),
            description=words.gettext(
                "Who works towards what, from left to right; the tree and the lists tell the same "
                "in words."
            ),
            bands=tuple(self._bands()),
            groups=tuple(self._groups.values()),
            nodes=tuple(self._nodes.values()),
            edges=edges,
        )

    @cached_property
    def _shown(self) -> list[Objective]:
        """Return the company's own objectives, and those that stand on the page."""
        cascade = self.context.cascade
        company = [o for o in cascade.running.values() if cascade.is_company(o)]
        shown = {o.ref: o for o in (*company, *cascade.shown(self.part))}
        return list(shown.values())

    @cached_property
    def _home(self) -> frozenset[Reference]:
        return frozenset(objective.ref for objective in self._shown)

    def _edges(self) -> Iterator[Edge]:
        """Yield the edges between what is shown, and from the page's own to what is elsewhere."""
        own = frozenset(self.part.rows)
        for ref in list(self._home_in_order()):
            objective = self.context.company.objective(ref)  # asked for, to be noted
            found: dict[tuple[Reference, bool], Edge] = {}
            for link, aside in _links(objective) if objective else ():
                target = self._target(link, elsewhere=ref in own)
                if target and target != ref:
                    status = self._worry(link) if aside else ""
                    edge = Edge(self._id(ref), self._id(target), aside, status)
                    kept = found.setdefault((target, aside), edge)
                    found[target, aside] = max(kept, edge, key=_gravity)
            yield from found.values()

    def _home_in_order(self) -> Iterable[Reference]:
        return (objective.ref for objective in self._shown)

    def _target(self, link: Reference, *, elsewhere: bool) -> Reference | None:
        """Return what an edge leads to, which is on the map from now on; None where it is not."""
        ref = Reference(link.owner, link.cycle, link.objective)
        if ref not in self._nodes:
            runs = ref in self.context.cascade.running
            if not elsewhere or not (runs or self._priority(ref)):
                return None
            self._add(ref)
        return ref

    def _priority(self, ref: Reference) -> str:
        """Return the title of a standing priority, or nothing."""
        team = None if ref.cycle else self.context.company.team(ref.owner)
        titles = {each.id: each.title for each in team.priorities} if team else {}
        return titles.get(ref.objective, "")

    def _worry(self, ref: Reference) -> str:
        badge = reference_link(self.context, ref).badge
        return badge.status if badge and Status(badge.status) in _WORRIES else ""

    def _id(self, ref: Reference) -> str:
        if ref.cycle:
            return urls.node_anchor(ref)
        return f"{ref.owner}.{urls.priority_anchor(ref.objective)}"

    def _add(self, ref: Reference) -> None:
        group = self._group(ref)
        self._groups.setdefault(group.id, group)
        link = reference_link(self.context, ref)
        title, owner = plain(link.title), link.owner.name if link.owner else ""
        said = [title, owner, link.cycle, link.progress, link.badge.word if link.badge else ""]
        running = self.context.cascade.running.get(ref)
        measured = running is not None and not running.title_only
        measure = self.context.measures.objective(ref) if measured else None
        bar = measure if measure and measure.progress is not None else None
        self._nodes[ref] = Node(
            id=self._id(ref),
            group=group.id,
            title=title,
            name=" · ".join(filter(None, said)),
            href=link.url,
            status=link.badge.status if link.badge else "",
            share=float(bar.progress) if bar and bar.progress is not None else None,
            expected=float(bar.expected) if bar and bar.expected is not None else None,
            text=link.progress,
        )

    def _group(self, ref: Reference) -> Group:
        """Return under which heading something stands."""
        context, words = self.context, self.context.words
        owner = view_person(context, ref.owner)
        objective = context.cascade.running.get(ref)
        ghost = ref.cycle != "" and ref not in self._home
        team = context.company.team(objective.team if objective else ref.owner)
        band, level = self._band_of(team)
        is_person = context.company.team(ref.owner) is None
        title = owner.name
        if not ref.cycle:
            title, level = words.gettext("Standing priorities"), level * 2
        elif ref.cycle != context.cascade.shortest:
            title = f"{owner.name} · {context.company.cycle(ref.cycle).name}"
        if ref.cycle:
            level = level * 2 + 1
        if is_person:
            level = _PEOPLE
        if ghost or band == _ELSEWHERE:
            band, level, ghost = _ELSEWHERE, 1, True
        id = f"{band} {ref.owner} {ref.cycle}"
        return Group(id, band, title, owner.url, level, ghost)

    def _band_of(self, team: Team | None) -> tuple[str, int]:
        """Return the band that a team is in, and how far below its head it is."""
        if team is None:
            return _REST, 1
        if team.level is Level.COMPANY:
            return _COMPANY, 0
        above = self._above(team)
        top = self.part.team
        if top is not None:
            if top not in above:
                return _ELSEWHERE, 1
            above = above[: above.index(top) + 1]
        heads = [each for each in above if each.level is not Level.COMPANY]
        if top is None and self.part.parts:
            return _REST, len(heads) - 1
        head = heads[-1]
        if head is not top and not self.context.company.children(head.id):
            return (top.id if top else _REST), len(heads) - 1
        return head.id, len(heads) - 1

    def _above(self, team: Team) -> list[Team]:
        """Return a team and those above it."""
        found = [team]
        while (parent := self.context.company.team(found[-1].parent or "")) is not None:
            if parent in found:
                break
            found.append(parent)
        return found

    def _bands(self) -> Iterator[Band]:
        context, words = self.context, self.context.words
        names = ((3, words.gettext("Teams")), (_PEOPLE, words.gettext("People")))
        used = dict.fromkeys(group.band for group in self._groups.values())
        titles = {
            _COMPANY: context.company.name or words.gettext("Company"),
            _REST: words.gettext("Teams without a department"),
            _ELSEWHERE: words.gettext("Other departments"),
        }
        order = sorted(used, key=lambda id: (id == _ELSEWHERE, id == _REST, id != _COMPANY))
        for id in order:
            team = context.company.team(id)
            title = team.title if team else titles[id]
            yield Band(id, title, urls.team_url(id) if team else "", names)


def _links(objective: Objective) -> Iterator[tuple[Reference, bool]]:
    """Yield what an objective supports, then what it depends on, as far as it may be named."""
    for link in objective.supports:
        if link.target:
            yield link.target, False
    for link in objective.depends_on:
        if link.target:
            yield link.target, True


def _gravity(edge: Edge) -> int:
    return [status.value for status in _WORRIES].index(edge.status) + 1 if edge.status else 0
