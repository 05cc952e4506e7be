"""A key result on a day → its status, and the rule that decided.

`RULES` is the whole of it: one ordered table; the first rule that applies decides.
"""

from __future__ import annotations

from collections.abc import Callable

from okrsite.measure.done import said_done
from okrsite.measure.exact import fraction
from okrsite.measure.expected import time_gone
from okrsite.measure.moment import Moment, confidence_of
from okrsite.measure.progress import keeps, keeps_limit
from okrsite.measure.results import Because, Fact, Point
from okrsite.measure.verdicts import Verdict, confidence_colour, ended, stopped
from okrsite.model import CheckIn, Kind, Quantity, State, Status

Rule = Callable[[Moment], Verdict | None]


def by_state(moment: Moment) -> Verdict | None:
    """Return paused or cancelled, as the plan says of it or of its whole objective."""
    if moment.subject.active:
        return None
    for status in (State.CANCELLED, State.PAUSED):
        if moment.key_result.state is status:
            return stopped(moment.key_result, "key-result")
        if moment.subject.objective.state is status:
            return stopped(moment.subject.objective, "objective")
    return None


def by_grade(moment: Moment) -> Verdict | None:
    """Return achieved or missed once the cycle is closed: by grade, else by progress."""
    if not moment.closed:
        return None
    return ended(moment.key_result.grade, moment.progress, committed=moment.subject.committed)


def by_done(moment: Moment) -> Verdict | None:
    """Return achieved where somebody said it is done, for a number only once it is there."""
    said = said_done(moment)
    if not said:
        return None
    facts: dict[str, Fact] = {
        "how": said.how,
        "date": said.date,
        "by": said.by,
        "progress": moment.progress,
    }
    return Status.ACHIEVED, Because("done", facts)


def by_beginning(moment: Moment) -> Verdict | None:
    """Return not started before the cycle, and while there is neither value nor check-in."""
    cycle = moment.frame.cycle
    if moment.day < cycle.start:
        return Status.NOT_STARTED, Because("upcoming", {"starts": cycle.start})
    if moment.point or moment.newest:
        return None
    days = (moment.day - cycle.start).days + 1
    late = days * 3 > cycle.days and moment.day >= moment.subject.path.start
    facts = {"days": days, "of": cycle.days, "late": late}
    return Status.NOT_STARTED, Because("not-started", facts)


def by_age(moment: Moment) -> Verdict | None:
    """Return outdated where the newest check-in is too old and its owner not away."""
    if moment.newest is None or moment.heard:
        return None
    last = next((found for rule in LAST_KNOWN if (found := rule(moment))), None)
    facts: dict[str, Fact] = {
        "date": moment.newest.date,
        "by": moment.newest.by,
        "days": (moment.day - moment.newest.date).days,
        "allowed": moment.frame.allowed_days,
        "last": last[0] if last else None,
        "last_rule": last[1].rule if last else "",
    }
    return Status.OUTDATED, Because("outdated", facts)


def by_declaration(moment: Moment) -> Verdict | None:
    """Return the status that the newest check-in declares itself."""
    newest = moment.newest
    if not newest or not newest.status:
        return None
    facts = {"status": newest.status, **_word(newest, moment)}
    return newest.status, Because("declared", facts)


def by_confidence(moment: Moment) -> Verdict | None:
    """Return the colour of the confidence that counts."""
    return _colour(moment.confident, moment)


def by_last_confidence(moment: Moment) -> Verdict | None:
    """Return the colour of the newest check-in's own confidence, however old."""
    return _colour(moment.newest, moment)


def by_due_date(moment: Moment) -> Verdict | None:
    """Return off track where the due date has passed and the target is not reached."""
    due, progress = moment.subject.path.due, moment.progress
    if moment.day <= due or progress is None or progress >= 1:
        return None
    return Status.OFF_TRACK, Because("overdue", {"due": due, "progress": progress})


def by_bounds(moment: Moment) -> Verdict | None:
    """Return what the newest value of a maintain or a limit means against its target."""
    point, target = moment.point, moment.key_result.target
    if point is None or point.value is None or target is None:
        return None
    if moment.key_result.kind is Kind.MAINTAIN:
        return _kept(moment, point)
    if moment.key_result.kind is Kind.LIMIT:
        return _within_limit(moment, point, point.value, target)
    return None


def by_pace(moment: Moment) -> Verdict | None:
    """Return how far the newest value is behind what was expected on its day."""
    if moment.pace_verdict is None or moment.point is None:
        return None
    facts = {
        "progress": moment.progress,
        "expected": moment.expected_then,
        "pace": moment.pace,
        "date": moment.point.date,
        "on_track": moment.frame.on_track,
        "at_risk": moment.frame.at_risk,
    }
    return moment.pace_verdict, Because("pace", facts)


def by_default(moment: Moment) -> Verdict:
    """Return unknown: too early, or no measure."""
    if moment.pace is None:
        return Status.UNKNOWN, Because("no-measure", {"why": _why_no_measure(moment)})
    facts = {
        "until": moment.frame.quiet_until,
        "progress": moment.progress,
        "expected": moment.expected_then,
    }
    return Status.UNKNOWN, Because("too-early", facts)


RULES: tuple[Rule, ...] = (
    by_state,  #        1  it, or its objective, is paused or cancelled: that
    by_grade,  #        2  the cycle is closed: achieved or missed, by grade, else progress
    by_done,  #         3  said to be done (a rising number only at its target): achieved
    by_beginning,  #    4  upcoming, or neither value nor check-in: not started
    by_age,  #          5  newest check-in older than cadence + grace, owner not away: outdated
    by_declaration,  #  6  the newest check-in declares a status: that
    by_confidence,  #   7  it states a confidence: >= 7 on track, >= 4 at risk, else off track
    by_due_date,  #     8  due date passed and progress below 1: off track
    by_bounds,  #       9  maintain: is it kept?  limit: above it, or on its way above it?
    by_pace,  #        10  points behind: down to 10 on track, down to 25 at risk, else off track
    by_default,  #     11  unknown: too early, or no measure
)
"""The first rule that applies decides a key result's status."""

LAST_KNOWN: tuple[Rule, ...] = (by_declaration, by_last_confidence, by_bounds, by_pace)
"""What an outdated key result was when somebody last spoke of it."""


def decide(moment: Moment) -> Verdict:
    """Return a key result's status and the rule that decided it."""
    for rule in RULES:
        if verdict := rule(moment):
            return verdict
    raise AssertionError("the last rule always applies")


def _word(check_in: CheckIn, moment: Moment) -> dict[str, Fact]:
    """Return whose word decided; away where it is an older one of somebody away."""
    return {
        "by": check_in.by,
        "date": check_in.date,
        "away": moment.stale and moment.away,
    }


def _colour(check_in: CheckIn | None, moment: Moment) -> Verdict | None:
    confidence = confidence_of(check_in)
    if check_in is None or confidence is None:
        return None
    facts = {"confidence": confidence, **_word(check_in, moment)}
    return confidence_colour(confidence), Because("confidence", facts)


def _kept(moment: Moment, point: Point) -> Verdict:
    kept = keeps(point, moment.key_result)
    facts: dict[str, Fact] = {
        "kept": kept,
        "value": point.value,
        "target": moment.key_result.target,
        "date": point.date,
    }
    return (Status.ON_TRACK if kept else Status.OFF_TRACK), Because("kept", facts)


def _within_limit(moment: Moment, point: Point, value: Quantity, target: Quantity) -> Verdict:
    # The share on the day of the value: waiting alone makes nothing better.
    share = time_gone(moment.subject.path.start, moment.subject.path.due, point.date)
    allowed = fraction(target.value) * share
    facts: dict[str, Fact] = {
        "value": value,
        "target": target,
        "date": point.date,
        "share": share,
        "allowed": allowed,
    }
    if not keeps_limit(value, moment.key_result):
        return Status.OFF_TRACK, Because("limit", facts)
    on_its_way = fraction(value.value) > allowed
    return (Status.AT_RISK if on_its_way else Status.ON_TRACK), Because("limit", facts)


def _why_no_measure(moment: Moment) -> str:
    """Return what a pace lacks: the kind has none, or a target, a value, a baseline."""
    key_result = moment.key_result
    if key_result.kind is Kind.MILESTONE and not key_result.steps:
        return "kind"
    if moment.arithmetic.formula == "no-target":
        return "target"
    return "value" if moment.point is None else "baseline"
