"""A person on a terminal → what they say in a check-in: a question a line, Enter keeps."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import click

from okrsite.cli.editing import INDENT, prompt
from okrsite.cli.saying import CheckInFile
from okrsite.edit.check_in import Fields
from okrsite.model import HealthMetric, KeyResult, Kind, Quantity, Step, Weekly
from okrsite.prefill import Question, questions_for
from okrsite.prefill.answers import problems_of
from okrsite.prefill.week import running_plans
from okrsite.problems import neutral
from okrsite.prose import plain
from okrsite.quantities import write_quantity
from okrsite.words import STATUS_WORDS, Words
from okrsite.written import Sources

_SKIP = "-"
_SURE, _LOST = 7, 4
"""Confidence below which somebody is asked what stands in the way, and what was decided."""
_NUMBERS = re.compile(r"[\d\s,;]+")


class Interview:
    """The questions of one check-in."""

    def __init__(self, sources: Sources, file: CheckInFile) -> None:
        self.sources = sources
        self.file = file
        self.company = sources.company
        self.words = Words("en", sources.as_of)
        self.questions = questions_for(sources.company, sources.measures, file.writer)

    def hold(self) -> None:
        """Ask everything; what is said goes into the file, which nobody has written yet."""
        self._head()
        objective = None
        for number, question in enumerate(self.questions, 1):
            if question.objective is not objective:
                objective = question.objective
                click.secho(f"\n{neutral(plain(objective.title))}", bold=True)
            fields = self._ask(question, f"{number}/{len(self.questions)}")
            if fields:
                self.file.said.key_results[self.file.name(question.ref)] = fields
        click.secho("\nThis week", bold=True)
        if not self.file.writer.person:
            self._health()
        self._week()

    def _head(self) -> None:
        owner = self.file.writer.owner
        team, person = self.company.team(owner), self.company.person(owner)
        name = team.title if team else person.name if person else owner
        what = "adds to" if self.file.record else "writes"
        click.secho(f"{neutral(name)}, {self.words.weekday(self.file.day)}", bold=True)
        click.echo(f"This {what} {neutral(self.file.path)}.")
        click.echo("Enter keeps what is in brackets, - skips, Ctrl-C ends and writes nothing.")

    def _ask(self, question: Question, count: str) -> Fields:
        """Ask about one key result; nothing where it is skipped."""
        click.echo(f"{count:>4}  {neutral(plain(question.item.title))}")
        click.secho(f"{INDENT}{neutral(self._standing(question))}", dim=True)
        fields: Fields = {}
        answer = self._value(question, fields)
        if answer is None:
            return {}
        stated = question.measure.confidence
        default = self.words.number(stated) if stated is not None else ""
        if not self._field(question, fields, "confidence", default):
            return {}
        if not fields:
            return {}
        if self._is_news(question, fields):
            self._field(question, fields, "note", "")
        if self._confidence(question, fields) < _SURE:
            self._field(question, fields, "blocker", "")
        if "blocker" in fields or self._confidence(question, fields) < _LOST:
            self._field(question, fields, "decision", "")
        return fields

    def _value(self, question: Question, fields: Fields) -> bool | None:
        """Ask for the value, share, level or steps; None where the key result is skipped."""
        item = question.item
        steps = item.steps if isinstance(item, KeyResult) else ()
        if isinstance(item, KeyResult) and item.kind is Kind.RUBRIC:
            for level in item.rubric:
                click.secho(f"{INDENT}{level.grade}  {neutral(plain(level.text))}", dim=True)
        if steps:
            return self._steps(question, steps, fields)
        name = "level" if isinstance(item, KeyResult) and item.kind is Kind.RUBRIC else "value"
        default = "" if _is_for_others(question) else _last(question)
        return True if self._field(question, fields, "value", default, name) else None

    def _steps(self, question: Question, steps: tuple[Step, ...], fields: Fields) -> bool | None:
        done = question.measure.steps_done
        open_steps = [step for step, day in zip(steps, done, strict=True) if not day]
        for number, step in enumerate(open_steps, 1):
            click.secho(f"{INDENT}{number}  {neutral(plain(step.title))}", dim=True)
        while True:
            answer = prompt("done now (numbers)", "")
            if answer == _SKIP:
                return None
            if not answer:
                return True
            if not _NUMBERS.fullmatch(answer):
                fields["value"] = answer
                if self._is_right(question, {"value": answer}):
                    return True
                del fields["value"]
                continue
            numbers = [int(each) for each in re.findall(r"\d+", answer)]
            if all(1 <= number <= len(open_steps) for number in numbers):
                fields["done"] = [open_steps[number - 1].title for number in numbers]
                return True
            click.secho(f"{INDENT}write numbers from 1 to {len(open_steps)}", fg="yellow")

    def _field(
        self, question: Question, fields: Fields, name: str, default: str, label: str = ""
    ) -> bool:
        """Ask for one field until it can be read; False where the key result is skipped."""
        while True:
            answer = prompt(label or name, default)
            if answer == _SKIP:
                return False
            if not answer:
                return True
            if self._is_right(question, {name: answer}):
                fields[name] = answer
                return True

    def _is_right(self, question: Question, fields: Fields) -> bool:
        """Tell whether an answer can be read, and say what is wrong where it cannot."""
        language = self.company.languages.get(question.plan.team, self.company.rules.language)
        found = problems_of(question.item, fields, language, self.file.day, self.company.rules)
        for problem in found:
            click.secho(f"{INDENT}{neutral(problem.message)}", fg="yellow")
            click.secho(f"{INDENT}mend: {neutral(problem.mend)}", fg="yellow")
        return not found

    def _is_news(self, question: Question, fields: Fields) -> bool:
        """Tell whether anything is new, so that it is worth a word why."""
        stated = question.measure.confidence
        before = {
            "value": _last(question),
            "confidence": self.words.number(stated) if stated is not None else "",
        }
        return any(fields[name] != before.get(name) for name in fields)

    def _confidence(self, question: Question, fields: Fields) -> Fraction:
        """Return how sure somebody is, 10 where nobody says."""
        said = str(fields.get("confidence", ""))
        if re.fullmatch(r"\d+(?:\.\d+)?", said):
            return Fraction(said)
        stated = question.measure.confidence
        return Fraction(10) if stated is None else stated

    def _standing(self, question: Question) -> str:
        """Return where a key result stands: the last word on it, and what is expected."""
        measure, words = question.measure, self.words
        parts = []
        last = _last(question)
        if last and measure.current_date:
            source = " from its feed" if measure.current_from_feed else ""
            parts.append(f"{last} on {words.date(measure.current_date)}{source}")
        elif measure.steps_done:
            done = sum(day is not None for day in measure.steps_done)
            parts.append(f"{done} of {len(measure.steps_done)} steps done")
        else:
            parts.append("no value yet")
        parts.append(_expected(question, words))
        parts.append(words.gettext(STATUS_WORDS[measure.status]).lower())
        return " · ".join(filter(None, parts))

    def _health(self) -> None:
        for plan in running_plans(self.company, self.file.writer.team):
            for metric in plan.health:
                self._metric(metric)

    def _metric(self, metric: HealthMetric) -> None:
        last = metric.values[-1][1] if metric.values else None
        default = write_quantity(last) if isinstance(last, Quantity) else str(last or "")
        answer = prompt(neutral(plain(metric.title)), default)
        if answer and answer != _SKIP:
            self.file.said.health[metric.id] = answer

    def _week(self) -> None:
        said, before = self.file.said, self._before()
        if before and before.priorities:
            lines = [f"{p.level} {p.text}".strip() for p in before.priorities]
            click.secho(f"{INDENT}last: {neutral('; '.join(lines))}", dim=True)
        said.priorities = _list("priority")
        said.wins = _list("win")
        said.asks = _list("ask")
        said.note = prompt("note", "")

    def _before(self) -> Weekly | None:
        found = self.company.weeklies_of(self.file.writer.owner)
        return next((each for each in reversed(found) if each.date < self.file.day), None)


def ask_team(sources: Sources) -> str:
    """Ask whose check-in it is."""
    teams = [team.id for team in sources.company.teams if running_plans(sources.company, team.id)]
    return str(click.prompt("Team", type=click.Choice(teams)))


def _list(label: str) -> list[str]:
    """Ask for lines until nothing more comes."""
    found: list[str] = []
    while (answer := prompt(label, "")) and answer != _SKIP:
        found.append(answer)
    return found


def _is_for_others(question: Question) -> bool:
    """Tell whether nobody should repeat a value by mere Enter: an old one, or that of a feed."""
    return question.measure.outdated or question.measure.current_from_feed


def _last(question: Question) -> str:
    """Return the last value as somebody would type it, or nothing."""
    item, measure = question.item, question.measure
    if measure.current is not None:
        return write_quantity(measure.current)
    if measure.current_date is None or measure.progress is None or measure.steps_done:
        return ""
    if isinstance(item, KeyResult) and item.kind is Kind.RUBRIC:
        grades = [level.grade for level in item.rubric if level.grade == measure.progress]
        return str(grades[0]) if grades else "0"
    share = measure.progress * 100
    return f"{_short(Decimal(share.numerator) / Decimal(share.denominator))}%"


def _expected(question: Question, words: Words) -> str:
    """Return where a key result should be today, in its own unit where it has one."""
    item, measure = question.item, question.measure
    due = f"by {words.date(measure.due)}"
    target = write_quantity(measure.target) if measure.target else ""
    if not isinstance(item, KeyResult) or item.kind in (Kind.MILESTONE, Kind.RUBRIC):
        return f"due {words.date(measure.due)}"
    if item.kind is Kind.LIMIT:
        return f"at most {target} {due}"
    if item.kind is Kind.MAINTAIN or measure.baseline is None or measure.target is None:
        return f"target {target} {due}" if target else due
    value = _on_path(measure.baseline, measure.target, measure.expected)
    return f"expected {value} today, {target} {due}"


def _on_path(baseline: Quantity, target: Quantity, expected: Fraction) -> str:
    """Return the value that a share of the way from the baseline to the target is."""
    low, high = Fraction(baseline.value), Fraction(target.value)
    style = target.style
    scaled = (low + (high - low) * expected) / Fraction(style.scale)
    places = max(style.places, 1 if abs(high - low) / Fraction(style.scale) < 10 else 0)
    rounded = round(scaled, places) * Fraction(style.scale)
    value = Decimal(rounded.numerator) / Decimal(rounded.denominator)
    return write_quantity(Quantity(value, target.unit, style))


def _short(value: Decimal) -> str:
    return f"{value.normalize():f}"
