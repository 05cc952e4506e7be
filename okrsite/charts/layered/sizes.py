"""The sizes of a layered map, in units of its view box: pixels, as long as it is not zoomed.

``map.css`` knows those of nodes, cards and bars as well.
"""

from __future__ import annotations

from okrsite.charts.svg import TEXT_SIZE, text_width

NODE_WIDTH = 196
TITLE_SIZE = 11.5
LINE = 14
TITLE_LEFT, TITLE_TOP = 21, 14
"""Where a title begins in its node: the left edge, and the baseline of its first line."""
BAR_HEIGHT, BAR_LENGTH = 10, 130
"""What a bar adds to a node's height, and how long it is where all of it is filled."""
NODE_PADDING = 6
HEADING = 19
"""The height of a group's heading."""
CARD_GAP = 10
BAND_PADDING = 12
BAND_HEADING = 24
BAND_GAP = 14
LANE, HALF_LANE = 5, 2
"""Between lines that run side by side, and from the edge to the first."""
BEFORE_LANES, AFTER_LANES = 13, 9
"""The room between columns and the lanes right of them, with arrows; and left of them."""
EDGE = 8
"""The room around everything."""
MOST_COLUMNS = 5
"""Up to how many columns one that is too high is broken into, with those beside it."""

PORTS = {
    (False, False): (0.34, 0),
    (False, True): (0.34, 2),
    (True, True): (0.6, 1),
    (True, False): (0.84, 3),
}
"""For edges aside or not, and for their end or their start: at which share of a node's height they
meet it, and what sets them apart from others there."""


def wrap(text: str, width: float, size: float, most: int = 2) -> list[str]:
    """Return a text in up to so many lines; the last one ends in an ellipsis where it was cut.

    Lines break at spaces; where a word is too long, or in Chinese and Japanese, anywhere.
    """
    room = width * TEXT_SIZE / size
    lines: list[str] = []
    rest = " ".join(text.split())
    while rest and len(lines) < most:
        last = len(lines) == most - 1
        if text_width(rest) <= room:
            return [*lines, rest]
        end = _longest(rest, room - (text_width("…") if last else 0))
        space = rest.rfind(" ", 1, end + 1)
        if space > end * 0.5:
            end = space
        lines.append(rest[:end].rstrip() + ("…" if last else ""))
        rest = rest[end:].lstrip()
    return lines


def _longest(text: str, room: float) -> int:
    """Return how many characters fit in a room, at least one."""
    end, used = 0, 0.0
    for character in text:
        used += text_width(character)
        if used > room:
            break
        end += 1
    return max(end, 1)
