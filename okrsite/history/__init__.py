"""Git → what each plan was, when and by whom it was changed; or *unknown*, and why.

The only room that runs git. What it cannot tell for certain it does not tell: a clone that was cut
short has no history at all.
"""

from okrsite.history.amend import settled
from okrsite.history.chain import first_days
from okrsite.history.check_ins import is_correction
from okrsite.history.compare import ItemChange, compare_plans, is_committed, match_plans
from okrsite.history.corrections import compare_said
from okrsite.history.git import Missing, NoHistoryError, Repository, open_repository
from okrsite.history.log import Log, read_log
from okrsite.history.marks import date_initiative
from okrsite.history.once import PlansOnce
from okrsite.history.past import (
    NoSuchCommitError,
    Past,
    below_folder,
    day_of,
    find_commit,
    find_commit_of_day,
    find_fork,
)
from okrsite.history.sign import Signer, first_authors
from okrsite.history.story import tell_history

__all__ = [
    "ItemChange",
    "Log",
    "Missing",
    "NoHistoryError",
    "NoSuchCommitError",
    "Past",
    "PlansOnce",
    "Repository",
    "Signer",
    "below_folder",
    "compare_plans",
    "compare_said",
    "date_initiative",
    "day_of",
    "find_commit",
    "find_commit_of_day",
    "find_fork",
    "first_authors",
    "first_days",
    "is_committed",
    "is_correction",
    "match_plans",
    "open_repository",
    "read_log",
    "settled",
    "tell_history",
]
