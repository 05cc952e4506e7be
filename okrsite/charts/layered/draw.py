"""A placed map → SVG.

Classes decide about looks; sizes are here, as the style sheet cannot know them. What is the same
in all nodes is written as short as can be, as maps have hundreds of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from okrsite.charts.layered.data import LayeredMap
from okrsite.charts.layered.place import (
    Box,
    PlacedBand,
    PlacedEdge,
    PlacedGroup,
    PlacedNode,
    Point,
    place_map,
)
from okrsite.charts.layered.sizes import (
    BAND_HEADING,
    BAND_PADDING,
    HEADING,
    LINE,
    NODE_PADDING,
    NODE_WIDTH,
    TITLE_LEFT,
    wrap,
)
from okrsite.charts.svg import escape, identifier, number

_ROUND = 5.0
"""Radius of corners, where there is room."""
_SHAPE = 10
_BAR_END = NODE_WIDTH - 42
_HEAD = {False: "l7-3.5v7z", True: "m6-3.5l-6 3.5l6 3.5"}


def draw_layered(chart: LayeredMap) -> str:
    """Return the map as an SVG element."""
    placed, own = place_map(chart), identifier(chart.prefix)
    order = {each.node.id: place for place, each in enumerate(placed.nodes)}
    parts = [
        *map(_band, placed.bands),
        *map(_card, placed.groups),
        '<g class="okr-map__lines">',
        *_edges(placed.edges, order),
        "</g>",
        *map(_node, placed.nodes),
    ]
    size = f'width="{number(placed.width)}" height="{number(placed.height)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="okr-map" {size} viewBox="0 0 '
        f'{number(placed.width)} {number(placed.height)}" role="group" aria-labelledby="{own}-t" '
        f'aria-describedby="{own}-d"><title id="{own}-t">{escape(chart.title)}</title>'
        f'<desc id="{own}-d">{escape(chart.description)}</desc>{"".join(parts)}</svg>'
    )


def _rect(box: Box, classes: str, radius: int) -> str:
    x, y, width, height = map(number, (box.x, box.y, box.width, box.height))
    size = f'width="{width}" height="{height}" rx="{radius}"'
    return f'<rect class="{classes}" x="{x}" y="{y}" {size}/>'


def _linked(text: str, href: str) -> str:
    return f'<a href="{escape(href)}">{text}</a>' if href else text


def _band(placed: PlacedBand) -> str:
    box, band = placed.box, placed.band
    x, y = box.x + BAND_PADDING, box.y + BAND_HEADING - 8
    names = dict(band.levels)
    heading = _words(x, y, "okr-map__band", _first(band.title, box.width - 2 * BAND_PADDING, 13))
    levels = "".join(
        _words(left, y, "okr-map__level", escape(names[level]))
        for left, level in placed.levels[1:]
        if level in names
    )
    return _rect(box, "okr-map__stripe", 8) + _linked(heading, band.href) + levels


def _card(placed: PlacedGroup) -> str:
    box, group = placed.box, placed.group
    classes = "okr-map__card okr-map__card--ghost" if group.ghost else "okr-map__card"
    title = _first(group.title, box.width - 2 * NODE_PADDING - 4, 10.5)
    heading = _words(box.x + NODE_PADDING + 2, box.y + HEADING - 6, "okr-map__group", title)
    return _rect(box, classes, 6) + _linked(heading, group.href)


def _words(x: float, y: float, classes: str, text: str) -> str:
    return f'<text class="{classes}" x="{number(x)}" y="{number(y)}">{text}</text>'


def _first(text: str, width: float, size: float) -> str:
    return escape("".join(wrap(text, width, size, 1)))


def _node(placed: PlacedNode) -> str:
    node, box = placed.node, placed.box
    status = identifier(node.status)
    move = f'transform="translate({number(box.x)} {number(box.y)})"'
    pieces = [
        f"<title>{escape(node.name)}</title>",
        f'<path class="okr-map__box" d="M0 0h{NODE_WIDTH}v{number(box.height)}H0z"/>',
        f'<use href="#okr-i-{status}" x="7" y="8" width="{_SHAPE}" height="{_SHAPE}"/>'
        if status
        else "",
        *_title(placed.lines),
        *_bar(placed),
    ]
    classes = f"okr-map__node okr-s-{status}" if status else "okr-map__node"
    about = f'class="{classes}" id="map-{identifier(node.id)}" {move}'
    inner = "".join(pieces)
    if node.href:
        return f'<a {about} href="{escape(node.href)}">{inner}</a>'
    return f"<g {about}>{inner}</g>"


def _title(lines: Sequence[str]) -> Iterator[str]:
    for place, line in enumerate(lines):
        yield f'<text x="{TITLE_LEFT}" y="{NODE_PADDING + 11 + place * LINE}">{escape(line)}</text>'


def _bar(placed: PlacedNode) -> Iterator[str]:
    node, y = placed.node, number(placed.box.height - NODE_PADDING - 3)
    length = _BAR_END - TITLE_LEFT
    if node.share is not None:
        yield f'<path class="okr-map__track" d="M{TITLE_LEFT} {y}h{length}"/>'
        filled = number(length * min(max(node.share, 0), 1))
        if filled != "0":
            yield f'<path class="okr-map__fill" d="M{TITLE_LEFT} {y}h{filled}"/>'
    if node.share is not None and node.expected is not None and node.expected < 1:
        x = number(TITLE_LEFT + length * max(node.expected, 0))
        yield f'<path class="okr-map__tick" d="M{x} {y}m0-4v8"/>'
    if node.text:
        x, base = NODE_WIDTH - NODE_PADDING - 2, placed.box.height - NODE_PADDING
        yield _words(x, base, "okr-map__figure", escape(node.text))


def _edges(edges: Sequence[PlacedEdge], order: dict[str, int]) -> Iterator[str]:
    """Yield the lines, and where they end one head for all that come there together."""
    heads: dict[tuple[bool, str], str] = {}
    for each in edges:
        edge, end = each.edge, order[each.edge.target]
        kind = "okr-map__aside" if edge.aside else "okr-map__up"
        status = f" okr-s-{identifier(edge.status)}" if edge.status else ""
        ends = f'data-ends="{order[edge.source]} {end}"'
        yield f'<path class="{kind}{status}" {ends} d="{_line(each.points)}"/>'
        x, y = map(number, each.points[-1])
        head = f'class="{kind}-head{status}" data-end="{end}" d="M{x} {y}{_HEAD[edge.aside]}"'
        heads.setdefault((edge.aside, edge.target), f"<path {head}/>")
    yield from heads.values()


def _line(points: Sequence[Point]) -> str:
    """Return a line through points with round corners; its legs run across and down in turn."""
    corners = _corners(points)
    said = [f"M{number(corners[0][0])} {number(corners[0][1])}"]
    for before, here, after in zip(corners, corners[1:], corners[2:], strict=False):
        said.append(_corner(before, here, after))
    (_, before_y), (x, y) = corners[-2:]
    said.append(f"H{number(x)}" if y == before_y else f"V{number(y)}")
    return "".join(said)


def _corners(points: Sequence[Point]) -> list[Point]:
    """Return where a line turns, and its ends."""
    found: list[Point] = []
    for point in points:
        if found and point == found[-1]:
            continue
        if len(found) > 1 and _straight(found[-2], found[-1], point):
            found.pop()
        found.append(point)
    return found


def _straight(before: Point, here: Point, after: Point) -> bool:
    return before[0] == here[0] == after[0] or before[1] == here[1] == after[1]


def _corner(before: Point, here: Point, after: Point) -> str:
    """Return the way to a corner and around it."""
    (x0, y0), (x, y), (x2, y2) = before, here, after
    radius = min(_ROUND, (abs(x - x0) + abs(y - y0)) / 2, (abs(x2 - x) + abs(y2 - y)) / 2)
    if y == y0:
        step, turn = _signed(radius, x - x0), _signed(radius, y2 - y)
        return f"H{number(x - step)}q{number(step)} 0 {number(step)} {number(turn)}"
    step, turn = _signed(radius, y - y0), _signed(radius, x2 - x)
    return f"V{number(y - step)}q0 {number(step)} {number(turn)} {number(step)}"


def _signed(size: float, way: float) -> float:
    return size if way > 0 else -size
