"""Two states of one company, or one company on two days → what is new, in OKR words.

`compare` tells two trees apart for `okrsite diff`. `company_since` and `plan_since` tell what came
since a day: for the home page, the changes, reviews and the digest.
"""

from okrsite.changes.accounts import ask_for_accounts
from okrsite.changes.compare import Comparison, Side, compare, counts
from okrsite.changes.news import (
    Coming,
    ItemNews,
    LinkNews,
    News,
    PlanNews,
    TeamNews,
    Tie,
    WeeklyNews,
)
from okrsite.changes.since import (
    company_since,
    feedback_between,
    last_review,
    plan_since,
    weeklies_between,
)

__all__ = [
    "Coming",
    "Comparison",
    "ItemNews",
    "LinkNews",
    "News",
    "PlanNews",
    "Side",
    "TeamNews",
    "Tie",
    "WeeklyNews",
    "ask_for_accounts",
    "company_since",
    "compare",
    "counts",
    "feedback_between",
    "last_review",
    "plan_since",
    "weeklies_between",
]
