"""The numbers of one sentence → the one result that they are, or why they are none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from okrsite.model import Bound, Kind, Quantity
from okrsite.model.quick import quick_dataclass
from okrsite.quantities.units import DURATIONS, is_counted
from okrsite.sentences.bounds import less_is_better, side
from okrsite.sentences.limits import is_limit, is_zero_of_bad
from okrsite.sentences.numbers import Number, numbers
from okrsite.sentences.pairs import Pair, joined, pairs
from okrsite.sentences.periods import has_cycle, has_rate, is_ratio
from okrsite.sentences.singles import Mark, mark_of
from okrsite.sentences.tokens import Tokens
from okrsite.sentences.words import Role

_CEILINGS = (Bound.AT_MOST, Bound.BELOW)
_VERSIONED = (Role.UPGRADE, Role.SOFTWARE)
_SEVERAL = "more than one number could be the target"
_EITHER_WAY = "nothing says whether more of it is better, or less"
_UNMARKED = "no word says that its number is a target"


@quick_dataclass(frozen=True, slots=True)
class Result:
    """What the numbers of a sentence say."""

    kind: Kind = Kind.MILESTONE
    baseline: Quantity | None = None
    target: Quantity | None = None
    bound: Bound = Bound.AT_LEAST
    is_change: bool = False
    falling: bool = False
    unread: str = ""


def decide(tokens: Tokens) -> Result:
    """Return what a sentence says, following the table of the file format from the top."""
    found = numbers(tokens)
    ends = pairs(tokens, found)
    paired = {number.at for pair in ends for number in pair}
    rest = [number for number in found if number.at not in paired]
    marks = {number.at: mark_of(tokens, number) for number in rest}
    rest = [number for number in rest if not _is_only_a_year(number, marks[number.at])]
    if ends:
        return _from_ends(tokens, ends, rest, marks)
    return _from_single(tokens, rest, marks)


def _is_only_a_year(number: Number, mark: Mark) -> bool:
    counts = number.bound or number.noun.words
    return number.year and (mark is Mark.NONE or not counts)


def _unread(why: str) -> Result:
    return Result(unread=why)


def _from_ends(
    tokens: Tokens, ends: list[Pair], rest: list[Number], marks: dict[int, Mark]
) -> Result:
    pair = ends[0]
    first, last = min(pair, key=lambda n: n.at), max(pair, key=lambda n: n.at)
    later = [n for n in rest if n.at > last.at]
    if len(ends) > 1 or any(marks[n.at] is not Mark.NONE or _is_added(tokens, n) for n in later):
        return _unread(_SEVERAL)
    both = joined(pair)
    if isinstance(both, str):
        return _unread(both)
    baseline, target = both
    if not target.unit and tokens.says(first.first, *_VERSIONED):
        return _unread("its numbers may be versions")
    falls = target.value < baseline.value
    rises = target.value > baseline.value
    if _contradicts(tokens, first.at, rises=rises, falls=falls):
        return _unread("its verb and its numbers point in opposite directions")
    bound = Bound.AT_MOST if falls else Bound.AT_LEAST
    limit = falls and is_limit(tokens, last, bound, first=first.first, falls=True, paired=True)
    kind = Kind.LIMIT if limit else Kind.METRIC
    return Result(kind, baseline, target, bound, falling=falls)


def _is_added(tokens: Tokens, number: Number) -> bool:
    """Tell whether a number stands beside the pair as its equal: ..., and 3 designers."""
    before = tokens.items[max(0, number.first - 1) : number.at]
    return any(Role.AND in token.roles or token.text in (",", ";") for token in before)


def _contradicts(tokens: Tokens, at: int, *, rises: bool, falls: bool) -> bool:
    up, down = tokens.says(at, Role.UP), tokens.says(at, Role.DOWN)
    return (falls and up and not down) or (rises and down and not up)


def _from_single(tokens: Tokens, rest: list[Number], marks: dict[int, Mark]) -> Result:
    marked = {n.at for n in rest if marks[n.at] is not Mark.NONE or is_zero_of_bad(tokens, n)}
    serious = [n for n in rest if n.at in marked or not n.quantity or n.quantity.value != 0]
    if not serious:
        return Result()
    if len(serious) > 1:
        return _unread(_SEVERAL)
    number = serious[0]
    if number.doubt or number.quantity is None:
        return _unread(number.doubt)
    if not marked:
        return _unread(_UNMARKED)
    if number.year:
        return _unread("its number may be a year")
    if _only_describes(tokens, number, number.quantity):
        return _unread("its number only describes something")
    if not number.quantity.unit and _may_be_version(tokens, number):
        return _unread("its number may be a version")
    return _from_marked(tokens, number, number.quantity, marks[number.at])


def _may_be_version(tokens: Tokens, number: Number) -> bool:
    return tokens.says(number.first, *_VERSIONED) or tokens.named


def _only_describes(tokens: Tokens, number: Number, target: Quantity) -> bool:
    """Tell whether a number stands in a clause of its own, or belongs to *with*."""
    for token in reversed(tokens.items[: number.first]):
        if token.sort == "stop" and token.text != ",":
            break
        if Role.CLAUSE in token.roles:
            return True
    before = tokens.items[max(0, number.first - 1) : number.first]
    if any(Role.WITH in token.roles for token in (*before, *number.marks)):
        return True
    if tokens.language == "zh" and number.share and number.bound:
        return is_counted(target.unit) or target.unit in DURATIONS
    habit = any(Role.TIMES in head.roles for head in number.noun.heads)
    ratio = is_ratio(tokens, number) and not tokens.says(number.at, Role.TO)
    return (habit and has_rate(tokens, number, number.first)) or ratio


def _from_marked(tokens: Tokens, number: Number, target: Quantity, mark: Mark) -> Result:
    if mark is Mark.CHANGE:
        return _change(tokens, number, target)
    kept = _is_kept(tokens, number, target, mark)
    if mark is Mark.KEPT and not kept:
        return _unread(_UNMARKED)
    bound = number.bound or side(tokens, number.first, number.at, target)
    if bound is None:
        return _unread(_EITHER_WAY)
    up, down = tokens.says(number.at, Role.UP), tokens.says(number.at, Role.DOWN)
    if number.bound and up != down and (number.bound in _CEILINGS) != down:
        return _unread("its verb and its bound point in opposite directions")
    falling = down and not up
    limit = is_limit(tokens, number, bound, first=number.first, falls=falling)
    if kept and not (limit and has_cycle(tokens, number, number.first)):
        return Result(Kind.MAINTAIN, None, target, bound)
    if limit:
        return Result(Kind.LIMIT, None, target, bound, falling=falling)
    if mark is Mark.NONE:
        return _unread(_UNMARKED)
    baseline = _nothing(target) if mark is Mark.COUNT and bound is not Bound.AT_MOST else None
    return Result(Kind.METRIC, baseline, target, bound, falling=falling)


def _change(tokens: Tokens, number: Number, target: Quantity) -> Result:
    up, down = tokens.says(number.at, Role.UP), tokens.says(number.at, Role.DOWN)
    if up and down:
        return _unread("its verbs point in opposite directions")
    if target.value <= 0:
        return _unread("a change by nothing is none")
    lower = less_is_better(tokens, number.first, target)
    told = up or down or lower or tokens.says(number.first, Role.HIGHER)
    if target.unit in DURATIONS and not told:
        return _unread(_EITHER_WAY)
    falling = down or (not up and bool(lower))
    return Result(Kind.METRIC, _nothing(target), target, is_change=True, falling=falling)


def _nothing(like: Quantity) -> Quantity:
    style = replace(like.style, magnitude="", scale=Decimal(1), places=0)
    return Quantity(Decimal(0), like.unit, style)


def _is_kept(tokens: Tokens, number: Number, target: Quantity, mark: Mark) -> bool:
    """Tell whether a verb of keeping, and none of change, governs the number."""
    things = is_counted(target.unit) and bool(number.noun.heads)
    keeps = tokens.says(number.at, Role.KEEP) and not (things and number.has(Role.AT))
    holds = tokens.says(number.at, Role.HOLD) and not things and not number.modifies
    holds = holds and (number.bound is not None or number.has(Role.AT))
    if tokens.says(number.at, Role.UP, Role.DOWN, Role.BETTER) or not (keeps or holds):
        return False
    return mark is not Mark.KEPT or number.has(Role.AT) or not is_counted(target.unit)
