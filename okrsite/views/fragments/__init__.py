"""The parts that pages share: badges, bars, confidence, links, rows, cards.

Everything here is ready to be shown: worked out, in words, in the reader's language. Fields that
say *inline Markdown* or *Markdown* hold what people wrote; templates pass them through ``inline``,
``label`` (inside a link) or ``prose``. Addresses go through ``url``. All else is plain text.
"""

from okrsite.views.fragments.names import (
    ActionView,
    Crumb,
    HeadView,
    LinkView,
    MoreView,
    NoteView,
    PersonLink,
)
from okrsite.views.fragments.notices import BrokenFiles, BrokenView, EmptyView
from okrsite.views.fragments.overview import (
    ChartView,
    ClockView,
    HeatCell,
    HeatRow,
    HeatView,
    PartRow,
    StripView,
)
from okrsite.views.fragments.rows import (
    AmendmentRow,
    AttentionRow,
    ChangeRow,
    FeedbackRow,
    KeyResultRow,
    ObjectiveRow,
    WinView,
)
from okrsite.views.fragments.signs import (
    BadgeView,
    BarView,
    ConfidenceView,
    CountView,
    DateView,
    FactView,
    MarkView,
    SparkView,
)

__all__ = [
    "ActionView",
    "AmendmentRow",
    "AttentionRow",
    "BadgeView",
    "BarView",
    "BrokenFiles",
    "BrokenView",
    "ChangeRow",
    "ChartView",
    "ClockView",
    "ConfidenceView",
    "CountView",
    "Crumb",
    "DateView",
    "EmptyView",
    "FactView",
    "FeedbackRow",
    "HeadView",
    "HeatCell",
    "HeatRow",
    "HeatView",
    "KeyResultRow",
    "LinkView",
    "MarkView",
    "MoreView",
    "NoteView",
    "ObjectiveRow",
    "PartRow",
    "PersonLink",
    "SparkView",
    "StripView",
    "WinView",
]
