"""What changed between two states → text for a terminal, Markdown for a pull request, or JSON.

It says first whether commitments changed or only evidence, and is short enough to be read in half
a minute: what is most serious comes first, and long lists end in how much more there is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from okrsite.cells import Cell, number, said
from okrsite.changes import Coming, Comparison, ItemNews, PlanNews, TeamNews, counts
from okrsite.lookup import find
from okrsite.measure import Standing
from okrsite.model import Company, Person, Reference, Team
from okrsite.model.change import Change, Term, Value
from okrsite.problems import Problem, neutral, neutral_json, neutral_markdown
from okrsite.words import STATUS_WORDS, Words, say_change

FORMATS = ("text", "markdown", "json")
_MOST_ITEMS = 30
_MOST_PROBLEMS = 8
_COUNTED = {
    Term.ADDED: ("1 item added", "{n} items added"),
    Term.REMOVED: ("1 item removed", "{n} items removed"),
    Term.TARGET: ("1 target moved", "{n} targets moved"),
    Term.BASELINE: ("1 baseline changed", "{n} baselines changed"),
    Term.DUE: ("1 date moved", "{n} dates moved"),
    Term.STATE: ("1 state changed", "{n} states changed"),
    Term.OWNER: ("1 owner changed", "{n} owners changed"),
    Term.TITLE: ("1 title reworded", "{n} titles reworded"),
}
_OTHERS = ("1 other term changed", "{n} other terms changed")


def write_diff(comparison: Comparison, company: Company, words: Words, format_: str) -> str:
    """Return what changed, in one of `FORMATS`; `company` is the later state."""
    if format_ == "json":
        return neutral_json(_json(comparison))
    writer = _Writer(comparison, company, words, _MARKDOWN if format_ == "markdown" else _TEXT)
    return "\n".join(writer.lines()).rstrip() + "\n"


@dataclass(frozen=True, slots=True)
class _Style:
    """How things are marked in one format."""

    quote: Callable[[str], str]
    """Makes a text from content harmless."""
    strong: str
    heading: str
    bullet: str
    fold: tuple[str, str]
    """Before and after what is folded away, with its title in the former."""


_TEXT = _Style(neutral, "{}", "{}", "  {} ", ("{}:\n", ""))
_MARKDOWN = _Style(
    neutral_markdown,
    "**{}**",
    "#### {}",
    "- {} ",
    ("<details><summary>{}</summary>\n", "</details>\n"),
)


@dataclass(frozen=True, slots=True)
class _Writer:
    comparison: Comparison
    company: Company
    words: Words
    style: _Style

    def lines(self) -> Iterator[str]:
        yield self.style.strong.format(_headline(self.comparison))
        yield ""
        yield from self._teams()
        yield from self._plans(commitments=True)
        if any(not item.is_commitment for item in _shown(self.comparison)):
            before, after = self.style.fold
            folds = self.comparison.commits
            if folds:
                yield before.format("Evidence")
            yield from self._plans(commitments=False)
            if folds and after:
                yield after
        yield from self._problems("New problems", self.comparison.told)
        if self.comparison.mended:
            yield f"{_many(len(self.comparison.mended), 'problem', 'problems')} mended."

    def _teams(self) -> Iterator[str]:
        for team in self.comparison.teams:
            yield self._bullet("◆") + self._team(team)
        if self.comparison.teams:
            yield ""

    def _team(self, team: TeamNews) -> str:
        name = self.style.strong.format(self.style.quote(team.title))
        if team.coming is Coming.NEW:
            return f"{name}: a new team"
        if team.coming is Coming.GONE:
            return f"{name}: the team is gone"
        told = (
            f"{what} {self._name(before)} → {self._name(after)}"
            for what, before, after in team.changes
        )
        return f"{name}: {', '.join(told)}"

    def _name(self, text: str) -> str:
        return self.style.quote(self._called(text)) or "–"

    def _plans(self, *, commitments: bool) -> Iterator[str]:
        left = _MOST_ITEMS
        for plan in self.comparison.plans:
            items = [item for item in _items(plan) if item.is_commitment is commitments]
            if not items and not (commitments and plan.coming is not Coming.THERE):
                continue
            if left > 0:
                yield self.style.heading.format(self._plan(plan))
                for item in sorted(items[:left], key=_gravity):
                    yield self._item(item)
                yield ""
            left -= len(items)
        if left < 0:
            yield f"… and {-left} more"
            yield ""

    def _plan(self, plan: PlanNews) -> str:
        coming = {Coming.NEW: " – a new plan", Coming.GONE: " – the plan is gone", Coming.THERE: ""}
        quote = self.style.quote
        return f"{quote(plan.name)}, {quote(plan.cycle.name)}{coming[plan.coming]}"

    def _item(self, item: ItemNews) -> str:
        sign = "⚠" if item.needs_why else "◆" if item.is_commitment else "●"
        told = "; ".join(self._said(item))
        title = self.style.strong.format(self.style.quote(item.title))
        why = f" – {self.style.quote(item.why)}" if item.why else ""
        missing = " – no reason given: add one under amendments" if item.needs_why else ""
        return f"{self._bullet(sign)}{title}: {told}{why}{missing}"

    def _said(self, item: ItemNews) -> Iterator[str]:
        for change in item.changes:
            yield self._change(change)
        if item.check_ins:
            yield _many(len(item.check_ins), "check-in", "check-ins")
        if item.corrected:
            yield f"{_many(item.corrected, 'check-in', 'check-ins')} corrected"
        before, after = item.before, item.after
        if before and after:
            yield from self._moved(before, after)

    def _change(self, change: Change) -> str:
        named = Change(
            change.term, self._named(change, change.before), self._named(change, change.after)
        )
        return self.style.quote(say_change(self.words, named))

    def _named(self, change: Change, value: Value | None) -> Value | None:
        if value is None or change.term not in (Term.OWNER, Term.SUPPORTS):
            return value
        return Value("\n".join(map(self._called, value.text.splitlines())))

    def _called(self, name: str) -> str:
        """Return what an owner or an objective is called."""
        found = find(self.company, name)
        if isinstance(found, Team):
            return found.title
        if isinstance(found, Person):
            return found.name
        item = self.company.objective(found) if isinstance(found, Reference) else None
        return item.title if item else name

    def _moved(self, before: Standing, after: Standing) -> Iterator[str]:
        percent, say = self.words.percent, self.words.gettext
        if before.progress != after.progress:
            yield f"progress {percent(before.progress)} → {percent(after.progress)}"
        if before.status is not after.status:
            yield f"{say(STATUS_WORDS[before.status])} → {say(STATUS_WORDS[after.status])}"
        if before.confidence != after.confidence:
            was, now = (_confidence(self.words, each) for each in (before, after))
            yield f"confidence {was} → {now}"

    def _problems(self, title: str, problems: tuple[Problem, ...]) -> Iterator[str]:
        if not problems:
            return
        quote = self.style.quote
        yield self.style.heading.format(title)
        for problem in problems[:_MOST_PROBLEMS]:
            place = quote(f"{problem.place.path}:{problem.place.line}")
            yield f"{self._bullet('✗')}{place}: {quote(problem.message)} ({problem.code})"
        if len(problems) > _MOST_PROBLEMS:
            yield f"… and {len(problems) - _MOST_PROBLEMS} more"
        yield ""

    def _bullet(self, sign: str) -> str:
        return self.style.bullet.format(sign)


def _headline(comparison: Comparison) -> str:
    """Return in a sentence what kind of change it is."""
    told = list(_counted(comparison))
    if comparison.teams:
        told.append(_many(len(comparison.teams), "team", "teams"))
    if told:
        return f"Commitments change: {', '.join(told)}."
    if any(plan.coming is not Coming.THERE for plan in comparison.plans):
        return "Commitments change: a plan came or went."
    check_ins = sum(len(item.check_ins) + item.corrected for item in comparison.items)
    if check_ins:
        return f"Only evidence changes: {_many(check_ins, 'check-in', 'check-ins')}."
    if any(True for _ in comparison.items):
        return "Only evidence changes."
    return "Nothing changes in the OKRs."


def _counted(comparison: Comparison) -> Iterator[str]:
    others = 0
    for term, count in counts(comparison).items():
        if term in _COUNTED:
            yield _COUNTED[term][count > 1].format(n=count)
        else:
            others += count
    if others:
        yield _OTHERS[others > 1].format(n=others)


def _many(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"


def _shown(comparison: Comparison) -> Iterator[ItemNews]:
    for plan in comparison.plans:
        yield from _items(plan)


def _items(plan: PlanNews) -> Iterator[ItemNews]:
    """Yield the items worth a line: an objective that only moved with its key results is not."""
    for item in plan.items:
        moved_along = not (item.ref.key_result or item.changes or item.check_ins or item.corrected)
        if not moved_along or item.flips:
            yield item


def _gravity(item: ItemNews) -> bool:
    return not item.needs_why


def _confidence(words: Words, standing: Standing) -> str:
    return "–" if standing.confidence is None else words.number(standing.confidence)


def _json(comparison: Comparison) -> str:
    document: dict[str, Cell] = {
        "commitments": comparison.commits,
        "headline": _headline(comparison),
        "plans": [_plan_row(plan) for plan in comparison.plans],
        "teams": [_team_row(team) for team in comparison.teams],
        "problems": [_problem_row(problem) for problem in comparison.told],
        "mended": [_problem_row(problem) for problem in comparison.mended],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _plan_row(plan: PlanNews) -> dict[str, Cell]:
    return {
        "owner": plan.owner,
        "name": plan.name,
        "cycle": plan.cycle.id,
        "coming": plan.coming.value,
        "items": [_item_row(item) for item in plan.items],
    }


def _item_row(item: ItemNews) -> dict[str, Cell]:
    return {
        "ref": str(item.ref),
        "title": item.title,
        "changes": [
            {"term": c.term.value, "before": said(c.before), "after": said(c.after)}
            for c in item.changes
        ],
        "why": item.why or None,
        "needs_why": item.needs_why,
        "check_ins": len(item.check_ins),
        "corrected": item.corrected,
        "before": _standing_row(item.before),
        "after": _standing_row(item.after),
    }


def _standing_row(standing: Standing | None) -> Cell:
    if standing is None:
        return None
    return {
        "progress": number(standing.progress),
        "status": standing.status.value,
        "confidence": number(standing.confidence),
    }


def _team_row(team: TeamNews) -> dict[str, Cell]:
    changes: list[Cell] = [{"what": w, "before": a, "after": b} for w, a, b in team.changes]
    return {"id": team.id, "title": team.title, "coming": team.coming.value, "changes": changes}


def _problem_row(problem: Problem) -> dict[str, Cell]:
    return {
        "code": problem.code,
        "path": problem.place.path,
        "line": problem.place.line,
        "message": problem.message,
    }
