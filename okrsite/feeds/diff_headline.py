"""What changed between two states → the sentence that says what kind of change it is."""

from __future__ import annotations

from collections.abc import Iterator

from okrsite.changes import Coming, Comparison, counts
from okrsite.model.change import Term

_COUNTED = {
    Term.ADDED: ("1 item added", "{n} items added"),
    Term.REMOVED: ("1 item removed", "{n} items removed"),
    Term.TARGET: ("1 target moved", "{n} targets moved"),
    Term.BASELINE: ("1 baseline changed", "{n} baselines changed"),
    Term.DUE: ("1 date moved", "{n} dates moved"),
    Term.STATE: ("1 state changed", "{n} states changed"),
    Term.OWNER: ("1 owner changed", "{n} owners changed"),
    Term.TITLE: ("1 title reworded", "{n} titles reworded"),
    Term.GRADE: ("1 grade changed", "{n} grades changed"),
}
_OTHERS = ("1 other term changed", "{n} other terms changed")


def headline(comparison: Comparison) -> str:
    """Return in a sentence or two whether commitments change, or only evidence, and how much."""
    hidden = sum(item.unread for item in comparison.items)
    told = list(_counted(comparison))
    told += _teams(comparison)
    said = _said(comparison, told)
    if not hidden:
        return said
    errors = f"Errors hide {many(hidden, 'item', 'items')}: mend them to see"
    return f"{said} {errors} the rest." if told else f"{errors} what changes."


def _said(comparison: Comparison, told: list[str]) -> str:
    if told:
        return f"Commitments change: {', '.join(told)}."
    if any(plan.coming is not Coming.THERE for plan in comparison.plans):
        return "Commitments change: a plan came or went."
    if evidence := list(_evidence(comparison)):
        return f"Only evidence changes: {', '.join(evidence)}."
    if any(True for _ in comparison.items) or any(plan.others for plan in comparison.plans):
        return "Only evidence changes."
    if comparison.wider:
        return "Only who sees what changes."
    return "Nothing changes in the OKRs."


def _teams(comparison: Comparison) -> Iterator[str]:
    words = {Coming.NEW: "added", Coming.GONE: "gone", Coming.THERE: "changed"}
    for coming, word in words.items():
        count = sum(team.coming is coming for team in comparison.teams)
        if count:
            yield f"{many(count, 'team', 'teams')} {word}"


def _evidence(comparison: Comparison) -> Iterator[str]:
    check_ins = sum(len(item.check_ins) + item.corrected for item in comparison.items)
    wins = sum(weekly.wins for weekly in comparison.weeklies)
    grades = sum(item.grade is not None for item in comparison.items)
    if check_ins:
        yield many(check_ins, "check-in", "check-ins")
    if wins:
        yield many(wins, "win", "wins")
    elif comparison.weeklies and not check_ins:
        yield many(len(comparison.weeklies), "week", "weeks")
    if grades:
        yield many(grades, "grade", "grades")
    if comparison.asked:
        yield many(comparison.asked, "piece of feedback", "pieces of feedback")
    if comparison.answered:
        yield many(comparison.answered, "answer", "answers")


def _counted(comparison: Comparison) -> Iterator[str]:
    others = 0
    for term, count in counts(comparison).items():
        if term in _COUNTED:
            yield _COUNTED[term][count > 1].format(n=count)
        else:
            others += count
    if others:
        yield _OTHERS[others > 1].format(n=others)
    links = [link for item in comparison.items for link in item.links]
    made = sum(link.made for link in links)
    if made:
        yield f"{many(made, 'link', 'links')} made"
    if len(links) > made:
        yield f"{many(len(links) - made, 'link', 'links')} broken"


def many(count: int, one: str, several: str) -> str:
    """Return a number with its noun."""
    return f"{count} {one if count == 1 else several}"
