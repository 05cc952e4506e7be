"""A plan of days and boxes → the frame that matplotlib draws of it, and its geometry.

matplotlib takes a second to import and some 20 ms to draw, so it is asked once for each frame:
all charts of a cycle share one, and the strokes of each are set into it by its geometry. The
frame holds no words and no dates, so that it serves every language. matplotlib is imported when
a frame must be drawn, not before: who brings frames along never pays for it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any, Protocol
from xml.etree import ElementTree as ET

from okrsite.charts.svg import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SVG = "{http://www.w3.org/2000/svg}"
_LONG, _SHORT = 5, 3
"""Lengths of the tick marks, in units of the view box."""


@dataclass(frozen=True, slots=True)
class FramePlan:
    """What a frame is a function of; lengths are units of the view box, y grows downwards."""

    width: int
    height: int
    left: int
    right: int
    """x of the plot's two sides."""
    panels: tuple[tuple[int, int], ...]
    """(top, bottom) of each plot, the lowest last: it has the ticks."""
    span: float
    """The axis runs from 0 to span: days, or weeks."""
    ticks: tuple[float, ...] = ()
    """Where words will stand."""
    small: tuple[float, ...] = ()
    """Where only a short mark stands."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What matplotlib made of a plan: its strokes as SVG, and where things stand."""

    left: float
    right: float
    panels: tuple[tuple[float, float], ...]
    span: float
    ticks: tuple[tuple[float, float], ...]
    """Baseline points of the words below the axis, one for each tick of the plan."""
    body: str

    def x(self, position: float) -> float:
        """Return the x of a position on the axis; beyond its ends, that of the end."""
        share = min(max(position / self.span, 0.0), 1.0)
        return self.left + share * (self.right - self.left)


class FrameStore(Protocol):
    """Where frames are kept for other processes and runs."""

    def load(self) -> bytes | None:
        """Return what was saved last."""

    def save(self, data: bytes) -> None:
        """Keep all frames known so far."""

    def alone(self) -> AbstractContextManager[None]:
        """Keep other processes waiting while the block runs, so that none draws the same."""


_known: dict[FramePlan, Frame] = {}
_store: FrameStore | None = None


def share_frames(store: FrameStore | None) -> None:
    """Take frames from a store from now on, and put new ones there; or from nowhere."""
    global _store
    _store = store
    if store is not None:
        _take_in(store)


def frame_of(plan: FramePlan) -> Frame:
    """Return the frame of a plan, drawn by matplotlib the first time."""
    frame = _known.get(plan)
    if frame is None:
        frame = _draw_shared(plan, _store) if _store else _draw(plan)
        _known[plan] = frame
    return frame


def _draw_shared(plan: FramePlan, store: FrameStore) -> Frame:
    with store.alone():
        _take_in(store)
        if plan not in _known:
            _known[plan] = _draw(plan)
            store.save(frames_to_text().encode())
    return _known[plan]


def _take_in(store: FrameStore) -> None:
    data = store.load()
    if data is not None:
        frames_from_text(data.decode())


def frames_to_text() -> str:
    """Write all frames known so far as JSON, to be kept for another process or run.

    They hold for one version of okrsite and one of matplotlib; whoever keeps them, keeps the
    versions with them.
    """
    rows = [[astuple(plan), astuple(frame)] for plan, frame in _known.items()]
    return json.dumps(sorted(rows), separators=(",", ":"))


def frames_from_text(text: str) -> None:
    """Take in frames that `frames_to_text` wrote; ValueError or TypeError if it isn't such text."""
    for plan, frame in _as_tuples(json.loads(text)):
        _known[FramePlan(*plan)] = Frame(*frame)


def _as_tuples(value: Any) -> Any:
    return tuple(map(_as_tuples, value)) if isinstance(value, list) else value


def _draw(plan: FramePlan) -> Frame:
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with matplotlib.rc_context():
        # A matplotlibrc of the folder or of the user must not change a byte.
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "okrsite"})
        figure = Figure(figsize=(plan.width / 72, plan.height / 72), dpi=72)
        FigureCanvasSVG(figure)
        axes = [_axes(figure, plan, top, bottom) for top, bottom in plan.panels]
        _ticks(axes[-1], plan)
        return _read(plan, axes, ET.fromstring(_svg(figure)))  # noqa: S314 -- matplotlib's own


def _axes(figure: Figure, plan: FramePlan, top: int, bottom: int) -> Axes:
    wide, high = plan.width, plan.height
    box = (plan.left / wide, 1 - bottom / high, (plan.right - plan.left) / wide)
    axes = figure.add_axes((*box, (bottom - top) / high))
    axes.set(xlim=(0, plan.span), ylim=(0, 1), xticks=(), yticks=())
    axes.spines[["top", "left", "right"]].set_visible(False)
    axes.spines["bottom"].set_gid("axis")
    return axes


def _ticks(axes: Axes, plan: FramePlan) -> None:
    # Their numbers hold the place of words that matplotlib's fonts may have no glyphs for.
    axes.set_xticks(plan.ticks, [str(place) for place in range(len(plan.ticks))])
    axes.set_xticks(plan.small, minor=True)
    axes.tick_params(length=_LONG, pad=3, labelsize=10)
    axes.tick_params(which="minor", length=_SHORT)
    for tick in axes.xaxis.get_major_ticks():
        tick.tick1line.set_gid("long")
        tick.label1.set_gid("words")
    for tick in axes.xaxis.get_minor_ticks():
        tick.tick1line.set_gid("short")


def _svg(figure: Figure) -> str:
    out = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(out, format="svg", metadata=nothing)
    return out.getvalue()


def _read(plan: FramePlan, axes: list[Axes], drawing: ET.Element) -> Frame:
    """Keep of matplotlib's drawing what the gids name, and where its transforms put things."""
    boxes = [each.get_window_extent() for each in axes]
    groups = list(drawing.iter(f"{_SVG}g"))
    marks = [
        f"M{number(x)} {number(y)}v{length}"
        for gid, length in (("long", _LONG), ("short", _SHORT))
        for x, y in _places(groups, gid, f"{_SVG}use")
    ]
    lines = [_compact(line) for line in _lines(groups, "axis")]
    return Frame(
        left=float(boxes[0].x0),
        right=float(boxes[0].x1),
        panels=tuple((float(plan.height - box.y1), float(plan.height - box.y0)) for box in boxes),
        span=plan.span,
        ticks=tuple(_places(groups, "words", f"{_SVG}text")),
        body=f'<path class="okr-axis" d="{"".join(lines + marks)}"/>',
    )


def _places(groups: list[ET.Element], gid: str, tag: str) -> Iterator[tuple[float, float]]:
    for group in groups:
        if group.get("id") == gid:
            for element in group.iter(tag):
                yield float(element.attrib["x"]), float(element.attrib["y"])


def _lines(groups: list[ET.Element], gid: str) -> Iterator[str]:
    for group in groups:
        if group.get("id") == gid:
            for element in group.iter(f"{_SVG}path"):
                yield element.attrib["d"]


def _compact(line: str) -> str:
    """Rewrite a path of matplotlib's (``M 40 198 L 360 198``) without needless characters."""
    pieces = [word if word.isalpha() else number(float(word)) + " " for word in line.split()]
    return "".join(pieces).rstrip()
