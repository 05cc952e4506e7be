"""What was said about a key result → whether it is done before its cycle ends."""

from __future__ import annotations

from okrsite.measure.evidence import Ending
from okrsite.measure.moment import Moment
from okrsite.measure.progress import is_rising
from okrsite.model import CheckIn, Kind, Status


def said_done(moment: Moment) -> Ending | None:
    """Return how it was said to be done, where that ends it."""
    key_result, newest, said = moment.key_result, moment.newest, moment.ending
    in_words = key_result.kind in (Kind.MILESTONE, Kind.RUBRIC)
    if said and in_words:
        return None if _contradicted(said, newest) else said
    if not said and newest and newest.status is Status.ACHIEVED:
        said = Ending("declared", newest.date, newest.by)
    # A falling number, a limit or a maintain can still be lost: only the cycle's end ends it.
    if not said or not (in_words or is_rising(key_result)):
        return None
    return said if moment.progress is not None and moment.progress >= 1 else None


def _contradicted(said: Ending, newest: CheckIn | None) -> bool:
    """Tell whether all steps or 100 % are there, but somebody still declares another status."""
    if said.how not in ("steps", "share") or newest is None or newest.date < said.date:
        return False
    return newest.status not in (None, Status.ACHIEVED)
