"""A cycle at a glance: its clock, its figures, charts and the heat map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from okrsite.views.fragments.signs import CountView, DateView, FactView


@dataclass(frozen=True, slots=True)
class ClockView:
    """Where today lies in a cycle."""

    cycle: str
    """``2026-Q4``."""
    url: str
    week: str
    """``week 8 of 13``."""
    phase: str
    """``delivery``."""
    gone: str
    """Percent of the cycle's days gone by."""
    marks: tuple[str, ...]
    """Where reviews lie, in percent."""
    dates: tuple[tuple[str, DateView], ...]
    """What comes next: ``next review``, ``grading due``, with the day."""
    span: str
    """``1 Oct – 31 Dec 2026``."""


@dataclass(frozen=True, slots=True)
class StripView:
    """The figures of one cycle at a glance."""

    clock: ClockView
    progress: FactView
    confidence: FactView
    counts: tuple[CountView, ...]
    counts_label: str
    check_in: FactView


@dataclass(frozen=True, slots=True)
class ChartView:
    """A drawing with a table of the same numbers."""

    title: str
    draw: Callable[[], str]
    """Gives its SVG; goes through the filter ``drawn``."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The first cell of each names the row."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One team in one week."""

    status: str
    """Slug; empty for a week to come."""
    spoken: str
    """``week 5: at risk``."""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One team's weeks."""

    name: str
    url: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class HeatView:
    """Teams by week, each week as it stood on its last day."""

    cycle: str
    weeks: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    more: str = ""
    """What was left out and where it stands, for large companies."""
    more_url: str = ""
