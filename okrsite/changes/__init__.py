"""Two states of one company → what changed between them, in OKR words."""

from okrsite.changes.compare import (
    Coming,
    Comparison,
    ItemNews,
    PlanNews,
    Side,
    Standing,
    TeamNews,
    compare,
    counts,
)

__all__ = [
    "Coming",
    "Comparison",
    "ItemNews",
    "PlanNews",
    "Side",
    "Standing",
    "TeamNews",
    "compare",
    "counts",
]
