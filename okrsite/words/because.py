"""A `Because` (rule and raw facts) or an `Arithmetic` → a sentence in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from okrsite.measure import Arithmetic, Because, KeyResultMeasure
from okrsite.model import Company, Quantity, Reference
from okrsite.prose import plain
from okrsite.quantities import write_quantity
from okrsite.words.catalog import N_
from okrsite.words.language import Words
from okrsite.words.statuses import say_status

Facts = Mapping[str, Any]


def say_because(words: Words, because: Because, company: Company) -> str:
    """Return the rule that decided a status, with its arithmetic, as one sentence."""
    return _RULES[because.rule](words, because.facts, company)


def say_arithmetic(words: Words, arithmetic: Arithmetic) -> str:
    """Return how a progress came about: ``(720 − 900) ÷ (600 − 900) = 60 %``, or nothing."""
    say = _FORMULAS.get(arithmetic.formula)
    return say(words, arithmetic.facts) if say else ""


def say_pace(words: Words, pace: Fraction | None) -> str:
    """Return how far ahead or behind a pace is, or nothing where there is none."""
    if pace is None:
        return ""
    if not abs(pace) * 200 >= 1:
        return words.gettext("as expected")
    points = words.points(pace)
    ahead, behind = N_("{points} ahead"), N_("{points} behind")
    return words.gettext(ahead if pace > 0 else behind, points=points)


def say_pace_of(words: Words, measure: KeyResultMeasure) -> str:
    """Return a key result's pace as a clause, beside a status that something else decided."""
    said = say_pace(words, measure.pace)
    return words.gettext("pace: {pace}", pace=said) if said else ""


def _name(company: Company, handle: object) -> str:
    person = company.person(str(handle))
    team = None if person else company.team(str(handle))
    return person.name if person else team.title if team else str(handle)


def _by(words: Words, facts: Facts, company: Company) -> str:
    """Return who said it and when: ``Bo, 16 Nov``."""
    name = _name(company, facts["by"]) if facts.get("by") else ""
    day = words.date(facts["date"]) if isinstance(facts.get("date"), date) else ""
    return words.gettext("{name}, {date}", name=name, date=day) if name and day else name or day


def _quantity(value: object) -> str:
    return write_quantity(value) if isinstance(value, Quantity) else "–"


def _paused(words: Words, facts: Facts, _company: Company) -> str:
    whole = facts.get("whose") == "objective"
    said = words.gettext("the objective is paused") if whole else words.gettext("it is paused")
    return words.namely(said, plain(facts["why"])) if facts.get("why") else said


def _cancelled(words: Words, facts: Facts, _company: Company) -> str:
    whole = facts.get("whose") == "objective"
    if whole:
        said = words.gettext("the objective was cancelled")
    else:
        said = words.gettext("it was cancelled")
    return words.namely(said, plain(facts["why"])) if facts.get("why") else said


def _closed(words: Words, facts: Facts, _company: Company) -> str:
    needed = words.grade(facts["needed"])
    if facts["graded"]:
        said = words.gettext("graded {grade}", grade=words.grade(facts["grade"]))
    elif facts["progress"] is None:
        return words.gettext("the cycle is over, and nobody graded it")
    else:
        progress = words.percent(facts["progress"])
        said = words.gettext("not graded; it ended at {progress}", progress=progress)
    if facts["committed"]:
        rule = words.gettext("a committed objective needs {needed}", needed=needed)
    else:
        rule = words.gettext("{needed} is success", needed=needed)
    return words.also(said, rule)


def _done(words: Words, facts: Facts, company: Company) -> str:
    how, by = facts["how"], _by(words, facts, company)
    if how == "steps":
        return words.gettext("all its steps are done")
    if how == "share":
        return words.gettext("it stands at 100 %")
    if how == "plan" and isinstance(facts.get("date"), date):
        return words.gettext("done on {date}, says the plan", date=words.date(facts["date"]))
    return words.gettext("said to be done ({by})", by=by) if by else words.gettext("done")


def _upcoming(words: Words, facts: Facts, _company: Company) -> str:
    return words.gettext("the cycle starts on {date}", date=words.date(facts["starts"]))


def _not_started(words: Words, facts: Facts, _company: Company) -> str:
    said = words.gettext(
        "nobody has reported anything by day {day} of {days}", day=facts["days"], days=facts["of"]
    )
    if facts.get("late"):
        return words.also(said, words.gettext("more than a third of the time is gone"))
    return said


def _outdated(words: Words, facts: Facts, company: Company) -> str:
    said = words.gettext(
        "the newest check-in ({by}) is {age} days old, and {allowed} are allowed",
        by=_by(words, facts, company),
        age=facts["days"],
        allowed=facts["allowed"],
    )
    if facts.get("last") is None:
        return said
    last = words.gettext("last known: {status}", status=say_status(words, facts["last"]))
    return words.also(said, last)


def _declared(words: Words, facts: Facts, company: Company) -> str:
    by = _by(words, facts, company)
    said = words.gettext("declared ({by})", by=by) if by else words.gettext("declared")
    return words.also(said, _away(words)) if facts.get("away") else said


def _confidence(words: Words, facts: Facts, company: Company) -> str:
    said = words.gettext(
        "confidence is {confidence} of 10 ({by})",
        confidence=words.number(facts["confidence"]),
        by=_by(words, facts, company),
    )
    return words.also(said, _away(words)) if facts.get("away") else said


def _away(words: Words) -> str:
    return words.gettext("an older word, as its owner is away")


def _overdue(words: Words, facts: Facts, _company: Company) -> str:
    return words.gettext(
        "due on {date}, and it stands at {progress}",
        date=words.date(facts["due"]),
        progress=words.percent(facts["progress"]),
    )


def _kept(words: Words, facts: Facts, _company: Company) -> str:
    message = (
        N_("{value} ({date}) keeps to {target}")
        if facts["kept"]
        else N_("{value} ({date}) does not keep to {target}")
    )
    return words.gettext(
        message,
        value=_quantity(facts["value"]),
        date=words.date(facts["date"]),
        target=_quantity(facts["target"]),
    )


def _limit(words: Words, facts: Facts, _company: Company) -> str:
    value, target = facts["value"], facts["target"]
    so_far = words.gettext(
        "{value} so far, and at most {target} by the end",
        value=_quantity(value),
        target=_quantity(target),
    )
    if target.value >= value.value > facts["allowed"]:
        fair = Quantity(_decimal(facts["allowed"]), target.unit, target.style)
        share = words.percent(facts["share"])
        even = words.gettext(
            "after {share} of the time {fair} would be even", share=share, fair=_rounded(fair)
        )
        return words.also(so_far, even)
    return so_far


def _pace(words: Words, facts: Facts, _company: Company) -> str:
    said = words.gettext(
        "{progress} on {date}, where {expected} was expected",
        progress=words.percent(facts["progress"]),
        date=words.date(facts["date"]),
        expected=words.percent(facts["expected"]),
    )
    pace = say_pace(words, facts["pace"])
    behind = -facts["pace"]
    limit = facts["on_track"] if behind <= facts["at_risk"] else facts["at_risk"]
    if behind > limit:
        tolerated = words.gettext("{points} are tolerated", points=words.points(limit))
        return words.also(words.namely(said, pace), tolerated)
    return words.namely(said, pace)


def _too_early(words: Words, facts: Facts, _company: Company) -> str:
    return words.gettext(
        "too early: until {date} the pace is not judged", date=words.date(facts["until"])
    )


_NO_MEASURE = {
    "kind": N_("a milestone without steps has no pace, and nobody said how it is going"),
    "baseline": N_("no measure: it has no baseline, and the target is not met yet"),
    "value": N_("nobody has given a number yet"),
    "target": N_("no measure: it has no target"),
}


def _no_measure(words: Words, facts: Facts, _company: Company) -> str:
    return words.gettext(_NO_MEASURE[facts["why"]])


def _worst(words: Words, facts: Facts, company: Company) -> str:
    ref = facts["key_result"]
    key_result = company.key_result(ref) if isinstance(ref, Reference) else None
    said = words.ngettext(
        "{n} of {of} key results is {status}",
        "{n} of {of} key results are {status}",
        facts["count"],
        of=facts["of"],
        status=say_status(words, facts["status"]),
    )
    return words.namely(said, plain(key_result.title)) if key_result else said


def _empty(words: Words, _facts: Facts, _company: Company) -> str:
    return words.gettext("it has no active key result")


_RULES: dict[str, Callable[[Words, Facts, Company], str]] = {
    "paused": _paused,
    "cancelled": _cancelled,
    "closed": _closed,
    "done": _done,
    "upcoming": _upcoming,
    "not-started": _not_started,
    "outdated": _outdated,
    "declared": _declared,
    "confidence": _confidence,
    "overdue": _overdue,
    "kept": _kept,
    "limit": _limit,
    "pace": _pace,
    "too-early": _too_early,
    "no-measure": _no_measure,
    "worst": _worst,
    "empty": _empty,
}


def _metric(words: Words, facts: Facts) -> str:
    current, baseline, target = (_quantity(facts[n]) for n in ("current", "baseline", "target"))
    whole = facts["target"].value - facts["baseline"].value
    share = Fraction(facts["current"].value - facts["baseline"].value) / Fraction(whole)
    formula = f"({current} − {baseline}) ÷ ({target} − {baseline})"
    return f"{formula} = {words.percent(share)}"


def _kept_of(words: Words, facts: Facts) -> str:
    return words.ngettext(
        "kept in {kept} of {n} check-in", "kept in {kept} of {n} check-ins", **_counts(facts)
    )


def _counts(facts: Facts) -> dict[str, int]:
    return {"kept": facts["kept"], "n": facts["of"]}


def _steps(words: Words, facts: Facts) -> str:
    done, count = facts["steps_done"], facts["steps"]
    steps = words.ngettext("{done} of {n} step done", "{done} of {n} steps done", count, done=done)
    if facts["done"] * count == facts["of"] * done:
        return steps
    weight, whole = words.number(facts["done"], 2), words.number(facts["of"], 2)
    return words.gettext(
        "{steps}, by weight {weight} of {whole}", steps=steps, weight=weight, whole=whole
    )


_FORMULAS: dict[str, Callable[[Words, Facts], str]] = {
    "metric": _metric,
    "kept": _kept_of,
    "steps": _steps,
}


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _rounded(quantity: Quantity) -> str:
    rounded = quantity.value.quantize(Decimal("0.1"))
    return write_quantity(Quantity(rounded, quantity.unit, quantity.style))
