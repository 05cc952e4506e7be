"""A cycle at a glance: its clock, its figures, charts and the heat map."""

from __future__ import annotations

from collections.abc import Callable

from okrsite.model.quick import quick_dataclass
from okrsite.views.fragments.names import PersonLink
from okrsite.views.fragments.signs import CountView, DateView, FactView


@quick_dataclass(frozen=True, slots=True)
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


@quick_dataclass(frozen=True, slots=True)
class StripView:
    """The figures of one cycle at a glance."""

    clock: ClockView
    progress: FactView
    confidence: FactView
    counts: tuple[CountView, ...]
    counts_label: str
    check_in: FactView


@quick_dataclass(frozen=True, slots=True)
class ChartView:
    """A drawing with a table of the same numbers."""

    title: str
    draw: Callable[[], str]
    """Gives its SVG; goes through the filter ``drawn``."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The first cell of each names the row."""


@quick_dataclass(frozen=True, slots=True)
class HeatCell:
    """One team in one week."""

    status: str
    """Slug; empty for a week to come."""
    spoken: str
    """``week 5: at risk``, or how many key results have which status."""
    pile: tuple[tuple[str, str, str], ...] = ()
    """Of several teams: slugs of statuses, each with where it begins from the top and how high it
    is, both in percent."""


@quick_dataclass(frozen=True, slots=True)
class HeatRow:
    """One team's weeks."""

    name: str
    url: str
    cells: tuple[HeatCell, ...]


@quick_dataclass(frozen=True, slots=True)
class HeatView:
    """Teams by week, each week as it stood on its last day."""

    cycle: str
    weeks: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    stacked: bool = False
    """Each row stands for the key results of a department and all its teams."""
    more: str = ""
    """What was left out and where it stands, for large companies."""
    more_url: str = ""


@quick_dataclass(frozen=True, slots=True)
class PartRow:
    """A department, or a stretch of a long list, that has a page of its own in the list."""

    name: str
    url: str
    lead: PersonLink | None
    size: str
    """``28``: how many rows of the list belong to it."""
    counts: tuple[CountView, ...] = ()
    """Of all key results in it; each leads to what it counts."""
    check_ins: str = ""
    """The share of them that is up to date."""
