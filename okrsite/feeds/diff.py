"""What changed between two states → text for a terminal, Markdown for a pull request, or JSON.

It says first whether commitments changed or only evidence, and is short enough to be read in half
a minute: what is most serious comes first, and long lists end in how much more there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from okrsite.changes import (
    Coming,
    Comparison,
    ItemNews,
    LinkNews,
    PlanNews,
    TeamNews,
    Tie,
    WeeklyNews,
)
from okrsite.feeds.diff_headline import headline, many
from okrsite.feeds.diff_rows import write_rows
from okrsite.feeds.diff_style import MARKDOWN, TEXT, Style
from okrsite.lookup import find
from okrsite.measure import Standing
from okrsite.model import CheckIn, Company, Person, Reference, Team
from okrsite.model.change import Change, Term, Value
from okrsite.problems import Problem
from okrsite.prose import plain, shorten
from okrsite.words import STATUS_WORDS, Words, say_change

FORMATS = ("text", "markdown", "json")
_MOST_ITEMS = 30
_MOST_PROBLEMS = 8
_MOST_NAMED = 3
"""Steps and initiatives of one item."""
_MOST_SAID = 140
"""Characters of what somebody said."""


def write_diff(comparison: Comparison, company: Company, words: Words, format_: str) -> str:
    """Return what changed, in one of `FORMATS`; `company` is the later state."""
    if format_ == "json":
        return write_rows(comparison)
    writer = _Writer(comparison, company, words, MARKDOWN if format_ == "markdown" else TEXT)
    return "\n".join(writer.lines()).rstrip() + "\n"


@dataclass(frozen=True, slots=True)
class _Writer:
    comparison: Comparison
    company: Company
    words: Words
    style: Style

    def lines(self) -> Iterator[str]:
        if self.style.marker:
            yield self.style.marker
        yield self.style.strong.format(headline(self.comparison))
        yield ""
        yield from self._teams()
        yield from self._plans(commitments=True)
        yield from self._problems("More people will see this", "⚠", self.comparison.wider)
        yield from self._problems("New problems", "✗", self.comparison.told)
        if self.comparison.mended:
            yield f"{many(len(self.comparison.mended), 'problem', 'problems')} mended."
            yield ""
        yield from self._evidence()

    def _evidence(self) -> Iterator[str]:
        lines = [*self._plans(commitments=False), *self._weeklies()]
        if lines and self.comparison.commits:
            before, after = self.style.fold
            lines = [before.format("Evidence"), *lines, after]
        yield from lines

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
            others = () if commitments else plan.others
            if not items and not others and not (commitments and plan.coming is not Coming.THERE):
                continue
            if left > 0:
                yield self.style.heading.format(self._plan(plan))
                for item in sorted(items[:left], key=_gravity):
                    yield self._item(item)
                if others:
                    yield self._bullet("●") + f"also changed: {', '.join(others)}"
                yield ""
            left -= len(items)
        if left < 0:
            yield f"… and {-left} more"
            yield ""

    def _plan(self, plan: PlanNews) -> str:
        coming = {Coming.NEW: " – a new plan", Coming.GONE: " – the plan is gone", Coming.THERE: ""}
        quote = self.style.quote
        return f"{quote(plan.name)}, {quote(plan.cycle.name)}{coming[plan.coming]}"

    def _weeklies(self) -> Iterator[str]:
        """Yield what teams say of their week, and what visitors say."""
        found = self.comparison.weeklies
        lines = [self._weekly(weekly) for weekly in found[:_MOST_PROBLEMS]]
        if len(found) > _MOST_PROBLEMS:
            lines.append(f"… and {len(found) - _MOST_PROBLEMS} more")
        asked, answered = self.comparison.asked, self.comparison.answered
        said = _some(
            (asked, "piece of feedback", "pieces of feedback"), (answered, "answer", "answers")
        )
        if said:
            lines.append(self._bullet("●") + said)
        if lines:
            yield self.style.heading.format("Weeks and feedback")
            yield from lines
            yield ""

    def _weekly(self, weekly: WeeklyNews) -> str:
        name = self.style.strong.format(self.style.quote(weekly.name))
        said = _some((weekly.wins, "win", "wins"), (weekly.asks, "ask", "asks"))
        day = self.style.quote(self.words.date(weekly.date))
        corrected = "" if weekly.came else " (corrected)"
        told = said or "priorities or notes"
        return f"{self._bullet('●')}{name}, {day}{corrected}: {told}"

    def _item(self, item: ItemNews) -> str:
        serious = item.needs_why or item.unread
        sign = "⚠" if serious else "◆" if item.is_commitment else "●"
        quote, then = self.style.quote, self.style.then
        lines = [
            f"{self.style.strong.format(quote(plain(item.title)))}: {'; '.join(self._told(item))}"
        ]
        if item.why:
            lines.append(f"why: {quote(plain(item.why))}")
        if item.needs_why:
            lines.append(self.style.unexplained)
        lines += self._said(item.check_ins)
        return self._bullet(sign) + then.join(lines)

    def _told(self, item: ItemNews) -> Iterator[str]:
        if item.unread:
            yield "cannot be read any more: an error in its file hides it"
        for change in item.changes:
            yield self._change(change) + self._along(item, change)
        for link in item.links:
            yield self._link(link)
        if item.orphaned:
            yield "supports nothing any more"
        if item.deserted:
            yield "nothing supports it any more"
        yield from self._counted(item)
        for step in item.steps[:_MOST_NAMED]:
            yield f"done: {self.style.quote(plain(step.title))}"
        for each in item.initiatives[:_MOST_NAMED]:
            yield f"initiative {self.style.quote(plain(each.title))}: {each.state}"
        if item.grade is not None:
            yield f"graded {self.words.grade(item.grade)}"
        if item.before and item.after:
            yield from self._moved(item.before, item.after)

    def _counted(self, item: ItemNews) -> Iterator[str]:
        """Yield how much evidence there is of each kind."""
        if item.check_ins:
            yield many(len(item.check_ins), "check-in", "check-ins")
        if item.corrected:
            told = [self._change(change) for change in item.corrections[:_MOST_NAMED]]
            told += ["…"] if len(item.corrections) > _MOST_NAMED else []
            what = f" ({', '.join(told)})" if told else ""
            yield f"{many(item.corrected, 'check-in', 'check-ins')} corrected{what}"

    def _along(self, item: ItemNews, change: Change) -> str:
        """Return how many key results come with an objective that was added."""
        objective = self.company.objective(item.ref)
        if change.term is not Term.ADDED or item.ref.key_result or objective is None:
            return ""
        count = len(objective.key_results)
        return f" with {many(count, 'key result', 'key results')}" if count else ""

    def _link(self, link: LinkNews) -> str:
        title = self.style.quote(plain(link.title))
        supports = link.kind is Tie.SUPPORTS
        if link.made:
            return f"{'supports' if supports else 'depends on'} {title}"
        gone = ", which is gone" if link.gone else ""
        return f"no longer {'supports' if supports else 'depends on'} {title}{gone}"

    def _said(self, check_ins: Iterable[CheckIn]) -> Iterator[str]:
        """Yield what the newest check-in says that somebody has to know of."""
        for newest in list(check_ins)[-1:]:
            for word, text in (
                ("blocker", newest.blocker),
                ("decision", newest.decision),
                ("ask", newest.ask),
            ):
                if text:
                    yield f"{word}: {self.style.quote(shorten(plain(text), _MOST_SAID))}"

    def _change(self, change: Change) -> str:
        before, after = (self._named(change, v) for v in (change.before, change.after))
        named = Change(change.term, before, after, change.day)
        return self.style.quote(say_change(self.words, named))

    def _named(self, change: Change, value: Value | None) -> Value | None:
        if value is None or change.term is not Term.OWNER:
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
            yield " → ".join(
                f"{emoji} {say(STATUS_WORDS[status])}".strip()
                for status in (before.status, after.status)
                for emoji in (self.style.emoji.get(status, ""),)
            )
        if before.confidence != after.confidence:
            was, now = (_confidence(self.words, each) for each in (before, after))
            yield f"confidence {was} → {now}"

    def _problems(self, title: str, sign: str, problems: tuple[Problem, ...]) -> Iterator[str]:
        if not problems:
            return
        quote = self.style.quote
        yield self.style.heading.format(title)
        for problem in problems[:_MOST_PROBLEMS]:
            line = f":{problem.place.line}" if problem.place.line else ""
            place = quote(f"{problem.place.path}{line}")
            yield f"{self._bullet(sign)}{place}: {quote(problem.message)} ({problem.code})"
        if len(problems) > _MOST_PROBLEMS:
            yield f"… and {len(problems) - _MOST_PROBLEMS} more"
        yield ""

    def _bullet(self, sign: str) -> str:
        shown = self.style.signs.get(sign, sign)
        return self.style.bullet.format(f"{shown} " if shown else "")


def _some(*counts: tuple[int, str, str]) -> str:
    """Return how many there are of each kind of which there are any."""
    return ", ".join(many(*each) for each in counts if each[0])


def _items(plan: PlanNews) -> Iterator[ItemNews]:
    """Yield the items worth a line: an objective that only moved with its key results is not."""
    for item in plan.items:
        if item.ref.key_result or item.is_told or item.flips:
            yield item


def _gravity(item: ItemNews) -> bool:
    return not (item.needs_why or item.unread)


def _confidence(words: Words, standing: Standing) -> str:
    return "–" if standing.confidence is None else words.number(standing.confidence)
