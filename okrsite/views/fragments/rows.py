"""What stands in lists: objectives, key results, and what happened to them."""

from __future__ import annotations

from okrsite.model.quick import quick_dataclass
from okrsite.views.fragments.names import LinkView, MoreView, PersonLink
from okrsite.views.fragments.signs import BadgeView, BarView, ConfidenceView, DateView


@quick_dataclass(frozen=True, slots=True)
class KeyResultRow:
    """A key result in a list."""

    anchor: str
    url: str
    title: str
    """Inline Markdown."""
    priority: str
    owner: PersonLink | None
    bar: BarView | None
    """None where there is nothing to measure by."""
    progress: str
    """``60 %``, or a dash."""
    badge: BadgeView
    confidence: ConfidenceView
    state: str = ""
    """``paused`` and the like, where it is not active."""


@quick_dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """An objective in a list, with its key results."""

    anchor: str
    url: str
    title: str
    """Inline Markdown."""
    kind: str
    """``committed``; empty where only its title may be shown."""
    owners: tuple[PersonLink, ...]
    team: PersonLink | None
    """Whose it is, where the list mixes owners."""
    supports: tuple[LinkView, ...]
    supporters: str
    """``supported by Platform, Data and Mobile (61 %)``, or nothing."""
    progress: str
    expected: str
    """``58 % expected``, or nothing."""
    measured: str
    """``2 of 3 measured`` where that is not all."""
    badge: BadgeView | None
    """None where only its title may be shown."""
    confidence: ConfidenceView | None
    bar: BarView | None
    """Its own, where it has no key results."""
    key_results: tuple[KeyResultRow, ...]
    state: str = ""
    """``draft``, ``proposed``, ``paused``, ``cancelled``; nothing while active."""
    grade: str = ""
    more: MoreView | None = None
    """Where the rest of very many key results stand."""


@quick_dataclass(frozen=True, slots=True)
class AttentionRow:
    """Something that waits for somebody."""

    badge: BadgeView
    team: str
    title: str
    """Inline Markdown."""
    url: str
    reason: str
    """Why it is here."""
    kind: str
    """The same as a slug: ``undecided``, ``watermelon``, ``fell``, ``outdated``, ``late``,
    ``unowned`` or ``dependency``."""
    why: str
    """What all of this kind have in common, in a few words."""
    waits_for: PersonLink | None
    """Who can do something about it; None where nobody is named."""


@quick_dataclass(frozen=True, slots=True)
class WinView:
    """Something to celebrate."""

    text: str
    """Inline Markdown."""
    team: PersonLink | None
    date: DateView


@quick_dataclass(frozen=True, slots=True)
class ChangeRow:
    """What moved: an amendment, or a status that is another than a week ago."""

    kind: str
    """``amendment`` or a status' slug."""
    team: str
    title: str
    """Inline Markdown."""
    url: str
    text: str
    """``at risk → on track``; for amendments the reason."""
    date: DateView | None = None


@quick_dataclass(frozen=True, slots=True)
class AmendmentRow:
    """A plan's change after its planning days."""

    date: DateView
    title: str
    """What it is about; inline Markdown. Empty for the whole plan."""
    url: str
    """Empty for the whole plan, and for what is gone."""
    why: str
    """The reason, inline Markdown; or nothing."""
    changes: tuple[str, ...] = ()
    """``target 600 ms → 700 ms``; nothing where the plan alone tells of it."""
    by: PersonLink | None = None
    author: str = ""
    """Who made it, where that is nobody known."""


@quick_dataclass(frozen=True, slots=True)
class FeedbackRow:
    """A visitor's praise, question or suggestion, with its answer."""

    kind: str
    """``praise``, ``question`` or ``suggestion``."""
    word: str
    by: PersonLink
    date: DateView
    text: str
    """Markdown."""
    answer: str
    """Markdown."""
    about: LinkView | None
    source: str
    """The file that its Markdown stands in, which names pictures relative to itself."""
