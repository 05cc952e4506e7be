"""Small signs and figures: days, badges, counts, bars, confidence."""

from __future__ import annotations

from okrsite.model.quick import quick_dataclass


@quick_dataclass(frozen=True, slots=True)
class DateView:
    """A day, in words and for machines."""

    text: str
    """``16 Nov``."""
    iso: str
    """``2026-11-16``."""
    relative: str
    """``6 days ago``."""


@quick_dataclass(frozen=True, slots=True)
class MarkView:
    """A small sign beside a badge that says what the badge does not."""

    kind: str
    """``watermelon``, ``gloomier``, ``away``."""
    word: str
    text: str
    """What it means, in a sentence."""


@quick_dataclass(frozen=True, slots=True)
class BadgeView:
    """A status as shape, word and colour."""

    status: str
    """Slug: ``on-track``; decides shape and colour."""
    word: str
    because: str = ""
    """The rule that decided it, with its arithmetic."""
    marks: tuple[MarkView, ...] = ()


@quick_dataclass(frozen=True, slots=True)
class CountView:
    """How many of something there are."""

    status: str
    """Slug of a status, as on badges."""
    word: str
    count: int
    url: str = ""
    """Where they are listed; empty where nothing lists them."""


@quick_dataclass(frozen=True, slots=True)
class BarView:
    """A bar from baseline to target; positions are percent of its width, from the start."""

    status: str
    fill: str
    target: str
    """Where the target stands: ``100``, less where a stretch lies beyond it."""
    expected: str = ""
    """Where it should be today; empty where nothing is expected."""
    stretch: str = ""
    start_label: str = ""
    now_label: str = ""
    end_label: str = ""
    stretch_label: str = ""
    spoken: str = ""
    """The same in words."""


@quick_dataclass(frozen=True, slots=True)
class SparkView:
    """A line through the last values."""

    status: str
    points: str
    """``x,y`` pairs in a box of 36 by 12."""


@quick_dataclass(frozen=True, slots=True)
class ConfidenceView:
    """How sure people are, and where it is going."""

    value: str
    """``5.5``, or a dash."""
    status: str
    """Slug of the colour that it stands for; ``unknown`` for none."""
    trend: str = ""
    """``up``, ``down``, ``flat``, or nothing."""
    spoken: str = ""
    """``confidence 5 of 10, 7 before``."""
    spark: SparkView | None = None


@quick_dataclass(frozen=True, slots=True)
class FactView:
    """A figure with a line below it."""

    value: str
    label: str
    url: str = ""
    warn: bool = False
