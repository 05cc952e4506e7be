"""Nodes in bands and the edges between them → a layered map as SVG.

Each band has columns from left to right: a node stands right of all that its first kind of edge
leads to. Edges run straight, in lanes between the columns, and never across a node. Knows no OKR
type; classes are those of ``theme/assets/okrsite/map.css``. A map's bytes are a function of its
data.
"""

from okrsite.charts.layered.data import Band, Edge, Group, LayeredMap, Node
from okrsite.charts.layered.draw import draw_layered
from okrsite.charts.layered.place import place_map

__all__ = ["Band", "Edge", "Group", "LayeredMap", "Node", "draw_layered", "place_map"]
