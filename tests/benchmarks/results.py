"""What was measured, as plain data: kept as JSON, read again for the table, the plot and the guide."""

from __future__ import annotations

import gzip
import importlib.metadata
import json
import os
import platform
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

from okrsite import __version__

from .measure import Cost


@dataclass
class Figure:
    """One thing measured at one size: all runs, in seconds and bytes."""

    objectives: int
    tool: str
    case: str
    walls: list[float] = field(default_factory=list)
    cpus: list[float] = field(default_factory=list)
    memory: int | None = None
    pages: int | None = None
    """How many HTML files a build made."""
    size: int | None = None
    """Bytes of all files a build made."""

    @property
    def wall(self) -> float:
        """The median, in seconds."""
        return median(self.walls)

    @property
    def cpu(self) -> float | None:
        """The median, in seconds; None where only the wait was measured."""
        return median(self.cpus) if self.cpus else None

    def add(self, cost: Cost) -> None:
        """Add one run."""
        self.walls.append(cost.wall)
        self.cpus.append(cost.cpu)
        self.memory = max(filter(None, (self.memory, cost.memory)), default=None)


@dataclass
class Results:
    """A whole run: where it ran, and every figure."""

    machine: dict[str, str]
    figures: list[Figure] = field(default_factory=list)
    weights: dict[str, float] = field(default_factory=dict)
    """What okrsite's pages weigh at the most, in bytes."""
    rooms: dict[str, dict[str, float]] = field(default_factory=dict)
    """The CPU seconds that each room takes in one process, by command."""
    rooms_at: int = 0
    """The number of objectives at which they were looked at."""

    def find(self, objectives: int, tool: str, case: str) -> Figure | None:
        """Return a figure, or None where it was not measured."""
        wanted = (objectives, tool, case)
        found = (each for each in self.figures if wanted == (each.objectives, each.tool, each.case))
        return next(found, None)

    def place(self, objectives: int, tool: str, case: str) -> Figure:
        """Return a figure, new where there was none."""
        found = self.find(objectives, tool, case)
        if found is None:
            found = Figure(objectives, tool, case)
            self.figures.append(found)
        return found

    def sizes(self) -> list[int]:
        """Return the numbers of objectives that were measured, the smallest first."""
        return sorted({each.objectives for each in self.figures})


def save_results(results: Results, file: Path) -> None:
    """Write results as JSON."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(asdict(results), indent=1) + "\n", encoding="utf-8")


def load_results(file: Path) -> Results:
    """Return the results that a file holds."""
    found = json.loads(file.read_text(encoding="utf-8"))
    figures = [Figure(**each) for each in found["figures"]]
    return Results(**{**found, "figures": figures})


def describe_machine() -> dict[str, str]:
    """Return what the figures were measured on: processor, system and every program's version."""
    names = ("mkdocs", "mkdocs-material", "hugo", "zensical")
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "Python": platform.python_version(),
        "okrsite": __version__,
        **{name: _version(name) for name in names},
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists() and (found := re.search(r"model name\s*: (.*)", info.read_text("utf-8"))):
        return found[1].strip()
    return platform.processor() or platform.machine()


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def count_site(figure: Figure, site: Path) -> None:
    """Note how many pages a site has and what it weighs."""
    files = [file for file in site.rglob("*") if file.is_file()]
    figure.pages = sum(file.suffix == ".html" for file in files)
    figure.size = sum(file.stat().st_size for file in files)


_CHART = re.compile(rb'<svg[^>]*class="okr-chart".*?</svg>', re.S)


def weigh_pages(site: Path) -> dict[str, float]:
    """Return what okrsite's pages of teams, objectives and people weigh at the most, in bytes."""
    pages = [
        file.read_bytes()
        for pattern in ("teams/*/index.html", "teams/*/*/*/index.html", "people/*/index.html")
        for file in site.glob(pattern)
    ]
    own = sum(file.stat().st_size for file in (site / "assets" / "okrsite").glob("*.*s"))
    page = max(map(len, pages))
    return {
        "page": page,
        "page, gzipped": max(len(gzip.compress(text, 6, mtime=0)) for text in pages),
        "chart": max(map(len, _charts(pages)), default=0),
        "first view": page + own,
    }


def _charts(pages: Iterable[bytes]) -> Iterator[bytes]:
    return (chart for page in pages for chart in _CHART.findall(page))
