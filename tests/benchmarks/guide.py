"""The last results → table and plot in the guide's page about speed.

``python -m tests.benchmarks.guide`` takes what ``run`` left in build/bench.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from .measure import ROOT
from .report import report, write_plots
from .results import load_results

PAGE = ROOT / "content" / "docs" / "guide" / "speed.md"
_BETWEEN = re.compile(r"(<!-- measured -->\n).*?(<!-- /measured -->)", re.S)
_PLOT = """\
![Seconds by number of objectives, for okrsite and its peers](speed-light.svg#only-light)
![Seconds by number of objectives, for okrsite and its peers](speed-dark.svg#only-dark)
"""


def put_in(page: str, text: str) -> str:
    """Return a page with the text between its markers; ValueError where it has none."""
    if not _BETWEEN.search(page):
        raise ValueError("no <!-- measured --> markers")
    return _BETWEEN.sub(lambda match: f"{match[1]}\n{text.strip()}\n\n{match[2]}", page)


def main() -> None:
    """Write the guide's figures anew."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("results", type=Path, nargs="?", default=ROOT / "build/bench/results.json")
    results = load_results(parser.parse_args().results)
    sizes = {figure.objectives for figure in results.figures if figure.case == "cold"}
    # Of a single size there is no line to draw.
    plot = _PLOT if len(sizes) > 1 else ""
    text = f"{plot}\n{report(results)}"
    PAGE.write_text(put_in(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")
    if plot:
        write_plots(results, PAGE.parent)


if __name__ == "__main__":
    main()
