"""Results → tables in Markdown, and a plot in SVG that is a function of its data."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Canvas

from .promises import promises
from .results import Figure, Results

NAMES = {
    "okrsite": "okrsite",
    "hugo": "Hugo",
    "zensical": "Zensical",
    "mkdocs": "MkDocs + Material",
}
CASES = {
    "cold": "cold build",
    "warm": "build, nothing changed",
    "edit": "build, one check-in changed",
    "ci": "the same in CI: cache restored, no site",
    "check cold": "`check`, cold",
    "check warm": "`check`, warm",
    "serve": "`serve`, save to reload",
}
_LINES = (
    ("okrsite", "cold", "okrsite", "#2f6fdb", "-"),
    ("okrsite", "ci", "okrsite, one check-in changed", "#2f6fdb", "--"),
    ("hugo", "cold", "Hugo", "#d6336c", "-"),
    ("zensical", "cold", "Zensical", "#0a9c7d", "-"),
    ("mkdocs", "cold", "MkDocs + Material", "#d9822b", "-"),
)
_INK = {"light": "#444444", "dark": "#cccccc"}


def report(results: Results) -> str:
    """Return everything in Markdown: on what, the promises, and every figure."""
    about = " · ".join(f"{name} {value}" for name, value in results.machine.items())
    parts = (*_promises(results), "", *_figures(results), *_rooms(results))
    return "\n".join([f"Measured on: {about}.", "", *parts])


def _promises(results: Results) -> Iterator[str]:
    yield "| What okrsite promises | Promised | Measured | |"
    yield "|---|--:|--:|---|"
    for each in promises(results):
        yield f"| {each.what} | {each.limit} | {each.say(each.found)} | {each.verdict} |"


def _figures(results: Results) -> Iterator[str]:
    for size in results.sizes():
        rows = [each for each in results.figures if each.objectives == size]
        yield f"| {size:,} objectives | Time | (fastest–slowest) | CPU | Memory | Pages | Size |"
        yield "|---|--:|--:|--:|--:|--:|--:|"
        yield from map(_row, rows)
        yield ""


def _rooms(results: Results) -> Iterator[str]:
    """Yield where okrsite's time goes, the room that takes the most first."""
    if not results.rooms:
        return
    yield (
        f"| CPU seconds in one process, {results.rooms_at:,} objectives | "
        + " | ".join(CASES[case] for case in results.rooms)
        + " |"
    )
    yield "|---" + "|--:" * len(results.rooms) + "|"
    names = dict.fromkeys(name for found in results.rooms.values() for name in found)
    for name in sorted(names, key=lambda n: -max(f.get(n, 0) for f in results.rooms.values())):
        cells = (f"{found.get(name, 0):.2f}" for found in results.rooms.values())
        yield f"| {name} | {' | '.join(cells)} |"
    sums = (f"**{sum(found.values()):.2f}**" for found in results.rooms.values())
    yield f"| **together** | {' | '.join(sums)} |"
    yield ""


def _row(each: Figure) -> str:
    cells = (
        f"{NAMES[each.tool]}: {CASES[each.case]}",
        f"{each.wall:.2f} s",
        f"{min(each.walls):.2f}–{max(each.walls):.2f}" if len(each.walls) > 1 else "once",
        f"{each.cpu:.2f} s" if each.cpu is not None else "",
        f"{each.memory / 1e6:.0f} MB" if each.memory else "",
        f"{each.pages:,}" if each.pages else "",
        f"{each.size / 1e6:.1f} MB" if each.size else "",
    )
    return f"| {' | '.join(cells)} |"


def draw_plot(results: Results, palette: str) -> str:
    """Return the plot of time by size as SVG, for Material's light or dark palette.

    The drawing's id is what Material shows by: `#only-light` or `#only-dark` in its address.
    """
    options: dict[Any, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": f"okrsite-{palette}",
        "font.size": 10,
        "font.family": "sans-serif",
        "font.sans-serif": ["Roboto", "Helvetica", "Arial", "DejaVu Sans"],
    }
    with mpl.rc_context(options):
        canvas = _draw(results, _INK[palette])
        canvas.set_gid(f"only-{palette}")
        text = StringIO()
        FigureCanvasSVG(canvas).print_svg(text, metadata={"Date": None, "Creator": None})
    return text.getvalue()


def _draw(results: Results, ink: str) -> Canvas:
    canvas = Canvas(figsize=(7, 4), facecolor="none", layout="constrained")
    axes = canvas.add_subplot(facecolor="none")
    for tool, case, name, color, style in _LINES:
        found = [(size, results.find(size, tool, case)) for size in results.sizes()]
        points = [(size, figure.wall) for size, figure in found if figure]
        if points:
            xs, ys = zip(*points, strict=True)
            axes.plot(xs, ys, style, color=color, marker="o", markersize=4, label=name)
    axes.set(xscale="log", yscale="log", xlabel="objectives", ylabel="seconds, wall clock")
    sizes = [size for size in results.sizes() if results.find(size, "okrsite", "cold")]
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.minorticks_off()
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.grid(visible=True, color=ink, alpha=0.25, linewidth=0.6)
    axes.tick_params(colors=ink)
    axes.xaxis.label.set_color(ink)
    axes.yaxis.label.set_color(ink)
    axes.spines[:].set_color(ink)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(labelcolor=ink, frameon=False)
    return canvas


def write_report(results: Results, folder: Path) -> None:
    """Write `table.md`, `speed-light.svg` and `speed-dark.svg` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "table.md").write_text(report(results), encoding="utf-8")
    write_plots(results, folder)


def write_plots(results: Results, folder: Path) -> None:
    """Write the plot for both palettes into a folder."""
    for palette in _INK:
        plot = draw_plot(results, palette)
        (folder / f"speed-{palette}.svg").write_text(plot, encoding="utf-8", newline="\n")
