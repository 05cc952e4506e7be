"""Layered maps: what holds for all nodes and edges, and what is drawn of them."""

from __future__ import annotations

from itertools import combinations, pairwise
from xml.etree.ElementTree import Element

import pytest
from chart_cases import parse
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsite.charts.layered import Band, Edge, Group, LayeredMap, Node, draw_layered, place_map
from okrsite.charts.layered.lanes import Corridor
from okrsite.charts.layered.place import Box, PlacedEdge, PlacedMap
from okrsite.charts.layered.sizes import NODE_WIDTH, wrap
from okrsite.charts.svg import TEXT_SIZE, text_width

SVG = "{http://www.w3.org/2000/svg}"
WORDS = st.text(max_size=60)


@st.composite
def maps(draw: st.DrawFn) -> LayeredMap:
    """Draw a map whose lines lead from later nodes to earlier ones, neighbours to any."""
    bands = tuple(Band(f"b{n}", draw(WORDS), levels=((1, "Teams"),)) for n in range(4))
    groups = tuple(
        Group(f"g{n}", f"b{draw(st.integers(0, 3))}", draw(WORDS), level=draw(st.integers(0, 2)))
        for n in range(draw(st.integers(1, 6)))
    )
    nodes = tuple(
        Node(
            id=f"n{n}",
            group=f"g{draw(st.integers(0, len(groups) - 1))}",
            title=draw(WORDS),
            name=draw(WORDS),
            share=draw(st.none() | st.floats(-1, 2)),
        )
        for n in range(draw(st.integers(1, 14)))
    )
    ends = st.tuples(st.integers(0, len(nodes) - 1), st.integers(0, len(nodes) - 1), st.booleans())
    drawn = draw(st.lists(ends.filter(lambda e: e[0] != e[1]), max_size=24, unique=True))
    edges = tuple(
        Edge(f"n{one}", f"n{other}", aside=True)
        if aside
        else Edge(f"n{max(one, other)}", f"n{min(one, other)}")
        for one, other, aside in drawn
    )
    return LayeredMap("map", "A map", "Of it", bands, groups, nodes, tuple(dict.fromkeys(edges)))


def overlap(one: Box, other: Box) -> bool:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return across > 0.01 and down > 0.01


def holds(outer: Box, inner: Box) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.x + inner.width <= outer.x + outer.width
        and inner.y + inner.height <= outer.y + outer.height
    )


def legs(edge: PlacedEdge) -> list[Box]:
    return [
        Box(min(x, x2), min(y, y2), abs(x2 - x), abs(y2 - y))
        for (x, y), (x2, y2) in pairwise(edge.points)
    ]


def boxes(placed: PlacedMap) -> dict[str, Box]:
    return {each.node.id: each.box for each in placed.nodes}


@settings(deadline=None)
@given(maps())
def test_every_node_has_a_place_of_its_own(chart: LayeredMap) -> None:
    placed = place_map(chart)

    assert sorted(boxes(placed)) == sorted(node.id for node in chart.nodes)
    for part in (placed.nodes, placed.groups, placed.bands):
        assert [p for p in combinations(part, 2) if overlap(p[0].box, p[1].box)] == []


@settings(deadline=None)
@given(maps())
def test_everything_lies_in_what_it_belongs_to(chart: LayeredMap) -> None:
    placed, groups = place_map(chart), {group.id: group for group in chart.groups}

    for each in placed.nodes:
        own = [g.box for g in placed.groups if g.group.id == each.node.group]
        assert any(holds(box, each.box) for box in own)
    for card in placed.groups:
        (band,) = [b.box for b in placed.bands if b.band.id == groups[card.group.id].band]
        assert holds(band, card.box)
    whole = Box(0, 0, placed.width, placed.height)
    assert all(holds(whole, each.box) for each in placed.bands)
    for edge in placed.edges:
        assert all(holds(whole, leg) for leg in legs(edge))


@settings(deadline=None)
@given(maps())
def test_lines_begin_and_end_at_their_nodes(chart: LayeredMap) -> None:
    placed = place_map(chart)
    box = boxes(placed)

    assert [each.edge for each in placed.edges] == list(chart.edges)
    for each in placed.edges:
        source, target = box[each.edge.source], box[each.edge.target]
        (x, y), (x2, y2) = each.points[0], each.points[-1]
        assert x == source.x + (NODE_WIDTH if each.edge.aside else 0)
        assert x2 == target.x + NODE_WIDTH
        assert source.y < y < source.y + source.height
        assert target.y < y2 < target.y + target.height
        # Down or across in turn, towards the target's side at last.
        assert all(not leg.width or not leg.height for leg in legs(each))
        assert each.points[-2][0] > x2


@settings(deadline=None)
@given(maps())
def test_lines_run_across_no_node(chart: LayeredMap) -> None:
    placed = place_map(chart)
    inner = [
        Box(each.box.x + 0.1, each.box.y + 0.1, each.box.width - 0.2, each.box.height - 0.2)
        for each in placed.groups
    ]

    for each in placed.edges:
        for leg in legs(each):
            thick = Box(leg.x - 0.05, leg.y - 0.05, leg.width + 0.1, leg.height + 0.1)
            assert [box for box in inner if overlap(thick, box)] == []


@settings(deadline=None)
@given(maps())
def test_lines_to_different_nodes_never_run_on_each_other(chart: LayeredMap) -> None:
    """They cross, of course; and those of one node leave it together."""
    runs: dict[tuple[bool, float], list[tuple[float, float, object, object]]] = {}
    for each in place_map(chart).edges:
        net = each.edge.aside, each.edge.target
        for place, ((x, y), (x2, y2)) in enumerate(pairwise(each.points)):
            start = (each.edge.aside, each.edge.source) if not place else None
            at, ends = ((False, y), (x, x2)) if y == y2 else ((True, x), (y, y2))
            runs.setdefault(at, []).append((min(ends), max(ends), net, start))
    for side_by_side in runs.values():
        for one, other in combinations(side_by_side, 2):
            if min(one[1], other[1]) > max(one[0], other[0]):
                assert one[2] == other[2] or (one[3] is not None and one[3] == other[3])


@settings(deadline=None)
@given(maps())
def test_who_serves_another_in_its_band_stands_right_of_it(chart: LayeredMap) -> None:
    box = boxes(place_map(chart))
    groups = {group.id: group for group in chart.groups}
    homes = {n.id: (groups[n.group].band, groups[n.group].level) for n in chart.nodes}

    for edge in chart.edges:
        if not edge.aside and homes[edge.source] == homes[edge.target]:
            assert box[edge.source].x > box[edge.target].x
    for one, other in combinations(chart.nodes, 2):
        (band, level), (band2, level2) = homes[one.id], homes[other.id]
        if band == band2 and level < level2:
            assert box[one.id].x < box[other.id].x


@settings(deadline=None)
@given(maps())
def test_a_map_is_sound_and_the_same_each_time(chart: LayeredMap) -> None:
    drawn = draw_layered(chart)
    root = parse(drawn)

    assert draw_layered(chart) == drawn
    assert len(root.findall(f"{SVG}g[@class='okr-map__nodes']/*")) == len(chart.nodes)
    places = {each.node.id: place for place, each in enumerate(place_map(chart).nodes)}
    assert ends_of(root) == {(places[e.source], places[e.target], e.aside) for e in chart.edges}
    _, _, width, height = map(float, root.get("viewBox", "").split())
    assert (width, height) == (float(root.get("width", "")), float(root.get("height", "")))


def ends_of(root: Element) -> set[tuple[int, int, bool]]:
    """Return the edges that an SVG tells of, by the places of their nodes."""
    found = set()
    for kind in ("ups", "asides"):
        for path in root.findall(f"{SVG}g[@class='okr-map__{kind}']/{SVG}path"):
            one, other = map(int, path.get("data-ends", "").split())
            found.add((one, other, kind == "asides"))
    return found


@given(st.text(max_size=80), st.floats(30, 300), st.integers(1, 3))
def test_wrapped_words_fit_and_lose_nothing_but_their_end(
    text: str, width: float, most: int
) -> None:
    lines = wrap(text, width, 11.5, most)

    assert len(lines) <= most
    assert all(text_width(line) <= width * TEXT_SIZE / 11.5 or len(line) <= 2 for line in lines)
    said, whole = "".join(lines), " ".join(text.split())
    if said.endswith("…") and not whole.endswith("…"):
        said = said[:-1]
        assert whole.replace(" ", "").startswith(said.replace(" ", ""))
    else:
        assert said.replace(" ", "") == whole.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Be the platform that hospitals rely on", ["Be the platform", "that hospitals…"]),
        ("让医院的集成工程师第一天就能上线", ["让医院的集成工程", "师第一天就能上线"]),
        ("Donaudampfschifffahrtsgesellschaft", ["Donaudampfschi", "fffahrtsgesells…"]),
        ("让医院的集成工程师第一天就能上线了", ["让医院的集成工程", "师第一天就能上…"]),
        ("Short", ["Short"]),
        ("", []),
    ],
)
def test_words_are_wrapped_where_they_may_be(text: str, lines: list[str]) -> None:
    assert wrap(text, 100, 11.5) == lines


def test_what_crosses_least_gets_the_lane() -> None:
    """Of two that share a corridor the one that turns aside within the other is beside it."""
    ways: Corridor[str] = Corridor()
    for net, stops in {
        "through": [(0, -1), (10, -1)],
        "branches": [(4, 1), (6, 1)],
    }.items():
        for at, side in stops:
            ways.add(net, at, side)
    ways.settle()
    assert (ways.lane("through"), ways.lane("branches")) == (0, 1)
    assert ways.width == 2


def test_lanes_are_shared_by_what_is_far_apart() -> None:
    ways: Corridor[str] = Corridor(apart=2)
    for net, start in {"one": 0, "two": 10, "near": 6}.items():
        ways.add(net, start, 1)
        ways.add(net, start + 5, 1)
    ways.settle()
    assert ways.width == 2
    assert ways.lane("one") == ways.lane("two") != ways.lane("near")


def test_a_ring_has_an_end() -> None:
    nodes = tuple(Node(f"n{n}", "g", "", "") for n in range(3))
    ring = tuple(Edge(f"n{n}", f"n{(n + 1) % 3}") for n in range(3))
    chart = LayeredMap("map", "", "", (Band("b", ""),), (Group("g", "b", ""),), nodes, ring)
    assert len(place_map(chart).nodes) == 3


def test_bars_stop_at_their_ends() -> None:
    nodes = tuple(
        Node(f"n{n}", "g", "", "", f"#{n}", "on-track", share, 0.5, "x")
        for n, share in enumerate((-0.2, 0.0, 0.001, 0.5, 1.7))
    )
    chart = LayeredMap("map", "", "", (Band("b", ""),), (Group("g", "b", ""),), nodes, ())
    root = parse(draw_layered(chart))
    filled = {
        a.get("href"): [rect.get("width") for rect in a.findall(f"{SVG}rect[@class='f']")]
        for a in root.iter(f"{SVG}a")
    }
    assert filled == {"#0": [], "#1": [], "#2": ["1"], "#3": ["65"], "#4": ["130"]}


def test_many_groups_stand_in_several_columns() -> None:
    groups = tuple(Group(f"g{n}", "b", f"Team {n}", level=1) for n in range(40))
    nodes = tuple(Node(f"n{n}", f"g{n}", "Title", "") for n in range(40))
    chart = LayeredMap("map", "", "", (Band("b", ""),), groups, nodes, ())
    placed = place_map(chart)
    columns = {each.box.x for each in placed.nodes}
    assert len(columns) == 5
    heights = [max(each.box.y for each in placed.nodes if each.box.x == x) for x in columns]
    assert max(heights) - min(heights) < 70
