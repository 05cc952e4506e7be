"""A part of a company and a day → the rows of a digest, of each kind: plain text, whole links."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from okrsite import urls
from okrsite.changes import ItemNews, News, company_since
from okrsite.model import CheckIn, KeyResult, Reference
from okrsite.model.quick import quick_dataclass
from okrsite.prose import plain, shorten
from okrsite.views.amendments import view_amendment_rows
from okrsite.views.attention import view_attention
from okrsite.views.context import Context
from okrsite.views.moves import gravity, moves_of, view_move
from okrsite.views.parts import view_person
from okrsite.views.person import owed
from okrsite.views.scope import Scope
from okrsite.words import say_status

_MOST_SAID = 200
"""Characters of what somebody said; the rest stands on the site."""


class Kind(StrEnum):
    """What a section of a digest tells; the value is its name for programs."""

    WINS = "wins"
    AMENDMENTS = "amendments"
    MOVES = "moves"
    ATTENTION = "attention"
    ASKS = "asks"
    QUESTIONS = "questions"
    OWED = "owed"


@quick_dataclass(frozen=True, slots=True)
class DigestRow:
    """One thing that is told; plain text."""

    owner: str
    """The team or person that it is about, or who said it."""
    title: str
    """What it is about; or nothing."""
    url: str
    """Where to read on, as a whole address; or nothing."""
    text: str
    status: str = ""
    """The slug of the status that it has now; or nothing."""


class Telling:
    """Tells of a part of a company what came since a day, that day included."""

    def __init__(
        self, context: Context, scope: Scope, since: date, *, directory_urls: bool
    ) -> None:
        self.scope = scope
        self._context = context
        self._since = since
        self._directory_urls = directory_urls

    def rows(self, kind: Kind) -> tuple[DigestRow, ...]:
        """Return all rows of one kind, what matters most first."""
        tell: dict[Kind, Callable[[], Iterator[DigestRow]]] = {
            Kind.WINS: self._wins,
            Kind.AMENDMENTS: self._amendments,
            Kind.MOVES: self._moves,
            Kind.ATTENTION: self._attention,
            Kind.ASKS: self._asks,
            Kind.QUESTIONS: self._questions,
            Kind.OWED: self._owed_by_one if self.scope.person else self._owed,
        }
        return tuple(tell[kind]())

    def link(self, url: str) -> str:
        """Return the whole address of a page; nothing where nobody said where the site is."""
        address = self._context.address
        if not address:
            return ""
        path = urls.relative(url, "", directory_urls=self._directory_urls)
        return address + path.removeprefix("./")

    @cached_property
    def _news(self) -> News:
        now = self._context.measures
        return company_since(now.on(self._since - timedelta(days=1)), now, self.scope.plans)

    def _wins(self) -> Iterator[DigestRow]:
        for weekly in reversed(self._news.weeklies):
            if weekly.team in self.scope.teams:
                for win in dict.fromkeys(weekly.wins):
                    yield self._row(weekly.owner, win)
        for said in reversed(self._news.feedback):
            if said.kind == "praise" and said.team in self.scope.teams:
                by = self._name(said.by)
                yield self._row(said.team, f"{self._short(said.text)} ({by})", said.about)

    def _amendments(self) -> Iterator[DigestRow]:
        words = self._context.words
        owned = {item.ref for o in self.scope.objectives() for item in o.items()}
        for news in self._news.plans:
            amended = [a for item in news.items for a in item.amendments]
            told = sorted((*news.amendments, *amended), key=lambda each: each.date)
            if self.scope.person:
                told = [each for each in told if each.about in owned]
            for row in view_amendment_rows(self._context, told):
                why = plain(row.why) or (words.gettext("no reason given") if row.changes else "")
                by = row.by.name if row.by else row.author
                said = words.namely("; ".join(row.changes), why) if row.changes else why
                text = f"{said} ({by})" if by else said
                yield DigestRow(news.name, plain(row.title), self._url(row.url), text)

    def _moves(self) -> Iterator[DigestRow]:
        found = [(news.name, item) for news in self._news.plans for item in moves_of(news)]
        for owner, item in sorted(found, key=lambda pair: gravity(pair[1])):
            if self._is_told(item):
                yield self._move(owner, item)

    def _is_told(self, item: ItemNews) -> bool:
        if not self.scope.person:
            return True
        company = self._context.company
        found = company.item(item.ref)
        return found is not None and self.scope.owns(found)

    def _move(self, owner: str, item: ItemNews) -> DigestRow:
        row, words = view_move(self._context, item), self._context.words
        stands = row.badge.word
        if row.before:
            was = words.gettext("was {status}", status=row.before)
            stands = words.also(stands, was)
        said = words.namely(row.word, row.said) if row.word else row.said
        parts = (stands, *row.figures, said)
        text = " · ".join(part for part in parts if part)
        return DigestRow(owner, plain(row.title), self._url(row.url), text, row.badge.status)

    def _attention(self) -> Iterator[DigestRow]:
        for row in view_attention(self._context, self.scope.objectives()):
            text = f"{row.badge.word} · {row.reason}"
            yield DigestRow(row.team, plain(row.title), self._url(row.url), text, row.badge.status)

    def _asks(self) -> Iterator[DigestRow]:
        """Yield what is asked by those inside or of them, then what check-ins ask and lack."""
        words, inside = self._context.words, {*self.scope.teams, self.scope.person} - {""}
        for weekly in reversed(self._news.weeklies):
            for ask in weekly.asks:
                by_them = weekly.team in self.scope.teams and not self.scope.person
                if not by_them and ask.to not in inside:
                    continue
                text = self._short(ask.text)
                if ask.by:
                    by = words.gettext("by {date}", date=words.date(ask.by))
                    text = f"{text} ({by})"
                names = [self._name(id) for id in (weekly.owner, ask.to) if id]
                yield DigestRow(" → ".join(names), "", "", text)
        for news in self._news.plans:
            for item in news.items:
                if item.check_ins and self._is_told(item):
                    yield from self._asked(news.name, item, item.check_ins[-1])

    def _asked(self, owner: str, item: ItemNews, newest: CheckIn) -> Iterator[DigestRow]:
        words, url = self._context.words, urls.reference_url(self._context.company, item.ref)
        for word, text in (("Ask", newest.ask), ("Blocker", newest.blocker)):
            if text:
                said = words.namely(words.gettext(word), self._short(text))
                yield DigestRow(owner, plain(item.title), self.link(url), said)

    def _questions(self) -> Iterator[DigestRow]:
        say = self._context.words.gettext
        for said in reversed(self._news.feedback):
            if said.kind == "praise" or said.team not in self.scope.teams:
                continue
            answer = self._short(said.answer) if said.answer else say("no answer yet")
            text = f"{self._short(said.text)} ({self._name(said.by)}) → {answer}"
            yield self._row(said.team, text, said.about)

    def _owed(self) -> Iterator[DigestRow]:
        """Yield who owes check-ins, those who owe most first."""
        words, due = self._context.words, self._owing()
        for owner, days in sorted(due.items(), key=lambda pair: (-len(pair[1]), min(pair[1]))):
            count = words.ngettext("{n} check-in", "{n} check-ins", len(days))
            oldest = words.gettext("due {date}", date=words.date(min(days)))
            url = urls.owner_url(self._context.company, owner)
            yield DigestRow(self._name(owner), "", self.link(url), f"{count}, {oldest}")

    def _owing(self) -> dict[str, list[date]]:
        due: dict[str, list[date]] = {}
        for objective in self.scope.objectives():
            measure = self._context.measures.objective(objective.ref)
            for each in (*measure.key_results, *filter(None, (measure.own,))):
                if each.owes and each.check_in_due:
                    due.setdefault(self._answers(each.ref), []).append(each.check_in_due)
        return due

    def _answers(self, ref: Reference) -> str:
        """Return who answers for an item: its first owner, else whose plan it stands in."""
        company = self._context.company
        item = company.item(ref)
        return item.owners[0] if item and item.owners else ref.owner

    def _owed_by_one(self) -> Iterator[DigestRow]:
        words = self._context.words
        for due, key_result in owed(self._context, self.scope.person):
            url = urls.reference_url(self._context.company, key_result.ref)
            text = words.gettext("due {date}", date=words.date(due))
            owner, last = self._name(key_result.ref.owner), self._last(key_result)
            said = words.also(text, last) if last else text
            yield DigestRow(owner, plain(key_result.title), self.link(url), said)

    def _last(self, key_result: KeyResult) -> str:
        """Return how a key result stood when somebody spoke of it last."""
        measure = self._context.measures.key_result(key_result.ref)
        if measure.last_check_in is None:
            return ""
        words = self._context.words
        return words.gettext(
            "last check-in {date}: {status}",
            date=words.date(measure.last_check_in),
            status=say_status(words, self._context.measures.standing(key_result.ref).known),
        )

    def _row(self, owner: str, text: str, about: Reference | None = None) -> DigestRow:
        company = self._context.company
        item = company.item(about) if about else None
        if item is None:
            return DigestRow(self._name(owner), "", "", self._short(text))
        url = self.link(urls.reference_url(company, item.ref))
        return DigestRow(self._name(owner), plain(item.title), url, self._short(text))

    def _url(self, url: str) -> str:
        return self.link(url) if url else ""

    def _name(self, id: str) -> str:
        return view_person(self._context, id).name

    def _short(self, text: str) -> str:
        return shorten(plain(text), _MOST_SAID)
