"""The numbers and words of a chart, as a page hands them over; a page's table shows the same.

Every word is the caller's, in the reader's language and as people write the unit: nothing here
formats a date or a number. Statuses are the slugs of CSS classes, such as ``at-risk``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Tick:
    """A day with the words that stand at it."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A value with the words that stand at it: ``target 600 ms``, ``7``, ``100 %``."""

    value: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """A cycle's days along the bottom of a chart; all charts of a cycle share one frame."""

    start: date
    end: date
    """The last day, included."""
    ticks: tuple[Tick, ...] = ()
    """In order, the two ends first of all to be kept: ``1 Oct``, ``Nov``, ``Dec``, ``31 Dec``.
    Those that would touch a neighbour are left out."""
    today: Tick | None = None
    """Drawn as a thin line while it lies in the cycle; its words only where there is room."""


@dataclass(frozen=True, slots=True)
class Point:
    """What was known on one day; shown on hover and focus as *when · text · status · note*."""

    on: date
    value: Decimal
    when: str
    """The day as people read it: ``16 Nov``."""
    text: str
    """The value as people write it: ``720 ms``."""
    note: str = ""
    """Marks the point with a ring; shortened in the chart, whole in the table."""
    status: str = ""
    """Slug of the status that colours this point; the chart's own where empty."""
    status_text: str = ""
    """The status in words, so that colour isn't its only sign."""


@dataclass(frozen=True, slots=True)
class HistoryChart:
    """A key result's values over its cycle, in its own unit."""

    prefix: str
    """Unique on the page, as ids are made of it: ``kr-sev1``."""
    title: str
    """The chart's accessible name: ``p95 API latency, 1 Oct to 31 Dec``."""
    description: str
    """One or two sentences for whoever can't see it."""
    timeline: Timeline
    points: tuple[Point, ...] = ()
    """Oldest first; days outside the cycle are drawn at its edge."""
    status: str = ""
    """Slug of the key result's status, which colours the line."""
    latest: str = ""
    """Words at the newest point: ``720 ms today``."""
    baseline: Mark | None = None
    """The axis reaches it."""
    target: Mark | None = None
    """``target 600 ms``."""
    stretch: Mark | None = None
    expected: tuple[tuple[date, Decimal], ...] = ()
    """The expected path's corners: (start, baseline), checkpoints, (due, target)."""
    expected_text: str = ""
    amendments: tuple[Tick, ...] = ()
    """``target 650 → 600 ms`` on the day it was amended."""
    forecast: Point | None = None
    """Where it is thought to end, as an open point: its ``text`` stands beside it."""
    unit: str = ""
    """Stands above the axis, for axis words without one: ``ms``."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One small multiple: a line over the weeks, with an axis of its own."""

    title: str
    """``Confidence``."""
    ticks: tuple[Mark, ...]
    """The axis' lines, two at least, lowest first: 0, 4, 7, 10. Values beyond widen the axis."""
    points: tuple[Point, ...] = ()
    status: str = ""
    latest: str = ""
    """Words at the newest point: ``6.4``."""
    expected: tuple[tuple[date, Decimal], ...] = ()
    expected_text: str = ""


@dataclass(frozen=True, slots=True)
class TrendsChart:
    """A team's confidence and progress by week, one panel each, over the same weeks."""

    prefix: str
    title: str
    description: str
    timeline: Timeline
    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class StatusKind:
    """A status in the order in which it is stacked, the first at the bottom."""

    slug: str
    """One of the ten: ``on-track``, ``at-risk``… ``unknown``; decides colour and shape."""
    text: str
    """The word in the legend."""


@dataclass(frozen=True, slots=True)
class StatusWeek:
    """How many of each status there were at the end of one week."""

    text: str
    """Below the bar: ``7``."""
    when: str
    """On hover and focus, with the counts: ``Week 7, to 15 Nov``."""
    counts: tuple[tuple[str, int], ...] = ()
    """(slug, how many); empty for a week to come."""


@dataclass(frozen=True, slots=True)
class StatusWeeksChart:
    """How many key results had which status, week by week, as stacked bars."""

    prefix: str
    title: str
    description: str
    kinds: tuple[StatusKind, ...]
    """Those without any count are left out of the legend."""
    weeks: tuple[StatusWeek, ...]
    """All weeks of the cycle, those to come included."""
    unit: str = ""
    """Stands above the axis: ``key results``."""


@dataclass(frozen=True, slots=True)
class GradesColumn:
    """How many grades lie between two bounds."""

    count: int
    said: str
    """Its name: ``0.7 to 0.79: 4``."""
    status: str = ""
    """Slug of the status whose colour the band of these grades has."""


@dataclass(frozen=True, slots=True)
class GradesPanel:
    """The grades of one kind of objectives, lowest first."""

    title: str
    """``Committed · 9 objectives, mean 0.62``."""
    columns: tuple[GradesColumn, ...]
    expected: int | None = None
    """The column with which begins what was hoped for."""
    expected_text: str = ""


@dataclass(frozen=True, slots=True)
class GradesChart:
    """How grades are distributed, one panel for each kind of objectives, over the same axis."""

    prefix: str
    title: str
    description: str
    ticks: tuple[str, ...]
    """The words below each column, or nothing: ``0``, ````, ``0.2``."""
    panels: tuple[GradesPanel, ...]


@dataclass(frozen=True, slots=True)
class Bubble:
    """What about the same confidence came to."""

    confidence: Decimal
    """0 to 10, the mean of those that it stands for."""
    grade: Decimal
    """0 to 1, the mean."""
    count: int
    said: str
    """``said 7, reached 0.62: 14 key results``."""
    few: bool = False
    """Too few to tell anything; drawn open."""


@dataclass(frozen=True, slots=True)
class CalibrationChart:
    """How sure people were in the middle, against what it came to at the end."""

    prefix: str
    title: str
    description: str
    confidences: tuple[Mark, ...]
    """Below the axis: 0 to 10."""
    grades: tuple[Mark, ...]
    """Left of it: 0 to 1."""
    across: str
    """What runs along the bottom, in words; so `upwards`."""
    upwards: str
    above: str
    """What it means to lie above the line, in words; so `below`."""
    below: str
    bubbles: tuple[Bubble, ...] = ()
    dots: tuple[tuple[Decimal, Decimal], ...] = ()
    """Every single result: confidence and grade."""
