"""A placed map → SVG.

Classes decide about looks; sizes are here, as the style sheet cannot know them. What is the same
in all nodes is written as short as can be, as maps have hundreds of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from okrsite.charts.layered.data import LayeredMap, Node
from okrsite.charts.layered.place import (
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
    BAR_LENGTH,
    HEADING,
    LINE,
    NODE_PADDING,
    TITLE_LEFT,
    wrap,
)
from okrsite.charts.svg import escape, identifier, number

_ROUND = 5.0
"""Radius of corners, where there is room."""
_SHAPE = 10
_HEAD = {False: "l7-3.5v7z", True: "m6-3.5l-6 3.5l6 3.5"}


def draw_layered(chart: LayeredMap) -> str:
    """Return the map as an SVG element."""
    placed, own = place_map(chart), identifier(chart.prefix)
    order = {each.node.id: place for place, each in enumerate(placed.nodes)}
    width, height = number(placed.width), number(placed.height)
    parts = (
        _shapes(placed.nodes, own),
        *map(_band, placed.bands),
        f'<g class="okr-map__cards">{"".join(map(_card, placed.groups))}</g>',
        _lines("okr-map__ups", [each for each in placed.edges if not each.edge.aside], order),
        _lines("okr-map__asides", [each for each in placed.edges if each.edge.aside], order),
        f'<g class="okr-map__nodes">{"".join(_node(each, own) for each in placed.nodes)}</g>',
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="okr-map" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}" role="group" aria-labelledby="{own}-t" '
        f'aria-describedby="{own}-d"><title id="{own}-t">{escape(chart.title)}</title>'
        f'<desc id="{own}-d">{escape(chart.description)}</desc>{"".join(parts)}</svg>'
    )


def _shapes(nodes: Iterable[PlacedNode], own: str) -> str:
    """Return the shapes of statuses where nodes of each height have them, to be used by name."""
    used = sorted({(each.node.status, len(each.lines)) for each in nodes if each.node.status})
    heights = {(each.node.status, len(each.lines)): each.box.height for each in nodes}
    shapes = (
        f'<use id="{own}-{identifier(status)}-{lines}" href="#okr-i-{identifier(status)}" x="7" '
        f'y="{number(8 - heights[status, lines])}" width="{_SHAPE}" height="{_SHAPE}"/>'
        for status, lines in used
    )
    return f"<defs>{''.join(shapes)}</defs>"


def _linked(text: str, href: str) -> str:
    return f'<a href="{escape(href)}">{text}</a>' if href else text


def _first(text: str, width: float, size: float) -> str:
    return escape("".join(wrap(text, width, size, 1)))


def _words(x: float, y: float, text: str, classes: str = "") -> str:
    named = f' class="{classes}"' if classes else ""
    return f'<text{named} x="{number(x)}" y="{number(y)}">{text}</text>'


def _band(placed: PlacedBand) -> str:
    box, band = placed.box, placed.band
    x, y = box.x + BAND_PADDING, box.y + BAND_HEADING - 8
    names = dict(band.levels)
    title = _first(band.title, box.width - 2 * BAND_PADDING, 13)
    levels = "".join(
        _words(left, y, escape(names[level]), "okr-map__level")
        for left, level in placed.levels[1:]
        if level in names
    )
    size = f'width="{number(box.width)}" height="{number(box.height)}" rx="8"'
    stripe = f'<rect class="okr-map__stripe" x="{number(box.x)}" y="{number(box.y)}" {size}/>'
    return stripe + _linked(_words(x, y, title, "okr-map__band"), band.href) + levels


def _card(placed: PlacedGroup) -> str:
    box, group = placed.box, placed.group
    classes = ' class="okr-map__ghost"' if group.ghost else ""
    title = _first(group.title, box.width - 2 * NODE_PADDING - 4, 10.5)
    heading = _words(box.x + NODE_PADDING + 2, box.y + HEADING - 6, title)
    place = f'x="{number(box.x)}" y="{number(box.y)}" height="{number(box.height)}"'
    return f"<rect{classes} {place}/>{_linked(heading, group.href)}"


def _node(placed: PlacedNode, own: str) -> str:
    """Return a node, from its lower left; the style sheet knows where words and bars begin."""
    node, box = placed.node, placed.box
    status = identifier(node.status)
    about = f'transform="translate({number(box.x)} {number(box.y + box.height)})"'
    about += f' class="okr-s-{status}"' if status else ""
    pieces = (
        f"<title>{escape(node.name)}</title>",
        f'<rect y="-{number(box.height)}" height="{number(box.height)}"/>',
        f'<use href="#{own}-{status}-{len(placed.lines)}"/>' if status else "",
        *_title(placed),
        *_bar(node),
    )
    if node.href:
        return f'<a href="{escape(node.href)}" {about}>{"".join(pieces)}</a>'
    return f"<g {about}>{''.join(pieces)}</g>"


def _title(placed: PlacedNode) -> Iterator[str]:
    top = NODE_PADDING + 11 - placed.box.height
    for place, line in enumerate(placed.lines):
        yield f'<text y="{number(top + place * LINE)}">{escape(line)}</text>'


def _bar(node: Node) -> Iterator[str]:
    """Yield the parts of a bar; where it stands and how long it is, the style sheet knows too."""
    if node.share is not None:
        yield '<rect class="t"/>'
        filled = BAR_LENGTH * min(max(node.share, 0), 1)
        if filled:
            yield f'<rect class="f" width="{max(filled, 1):.0f}"/>'
        if node.expected is not None and node.expected < 1:
            yield f'<rect class="k" x="{TITLE_LEFT + BAR_LENGTH * max(node.expected, 0):.0f}"/>'
    if node.text:
        yield f'<text class="p">{escape(node.text)}</text>'


def _lines(classes: str, edges: Sequence[PlacedEdge], order: dict[str, int]) -> str:
    """Return lines, and where they end one head for all that come there together.

    Each names its ends by their places among the nodes, for scripts.
    """
    if not edges:
        return ""
    lines: list[str] = []
    heads: dict[str, str] = {}
    for each in edges:
        edge, end = each.edge, order[each.edge.target]
        status = f' class="okr-s-{identifier(edge.status)}"' if edge.status else ""
        ends = f'data-ends="{order[edge.source]} {end}"'
        lines.append(f'<path{status} {ends} d="{_line(each.points)}"/>')
        head = f'data-ends="{end}" d="M{" ".join(map(number, each.points[-1]))}{_HEAD[edge.aside]}"'
        heads.setdefault(edge.target, f"<path{status} {head}/>")
    return f'<g class="{classes}">{"".join(lines)}<g>{"".join(heads.values())}</g></g>'


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
        return f"H{number(x - step)}{_arc(step, 0, step, turn)}"
    step, turn = _signed(radius, y - y0), _signed(radius, x2 - x)
    return f"V{number(y - step)}{_arc(0, step, turn, step)}"


def _arc(*numbers: float) -> str:
    return "q" + " ".join(map(number, numbers)).replace(" -", "-")


def _signed(size: float, way: float) -> float:
    return size if way > 0 else -size
