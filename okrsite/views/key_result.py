"""A key result → everything that is known about it: what it means, its evidence, its work."""

from __future__ import annotations

from okrsite import urls
from okrsite.measure import KeyResultMeasure
from okrsite.model import CheckIn, Definition, Initiative, KeyResult, Quantity, Reference
from okrsite.model.quick import quick_dataclass
from okrsite.quantities import write_quantity
from okrsite.views.bars import write_bound, write_target
from okrsite.views.context import Context
from okrsite.views.fragments import (
    ChartView,
    DateView,
    KeyResultRow,
    LinkView,
    MoreView,
    PersonLink,
)
from okrsite.views.history_chart import view_history
from okrsite.views.log import LogRow, newest_first, view_log
from okrsite.views.parts import objective_links, view_date, view_people, view_person
from okrsite.views.room import MOST_KEY_RESULT_TIES
from okrsite.views.rows import view_grade
from okrsite.words import INITIATIVE_WORDS, KIND_WORDS, say_arithmetic, say_pace


@quick_dataclass(frozen=True, slots=True)
class InitiativeRow:
    """A piece of work towards an objective or a key result."""

    title: str
    """Inline Markdown."""
    state: str
    """``todo``, ``doing``, ``done`` or ``dropped``."""
    word: str
    owner: PersonLink | None
    href: str
    because: str
    """Inline Markdown."""


@quick_dataclass(frozen=True, slots=True)
class StepRow:
    """One of a milestone's steps."""

    title: str
    """Inline Markdown."""
    done: DateView | None
    weight: str
    """``2×`` where it is not 1."""


@quick_dataclass(frozen=True, slots=True)
class LevelRow:
    """One level of a rubric."""

    grade: str
    text: str
    """Inline Markdown."""
    reached: bool


@quick_dataclass(frozen=True, slots=True)
class KeyResultView:
    """A key result with everything that is known about it."""

    row: KeyResultRow
    facts: tuple[tuple[str, str], ...]
    """Names and values: kind, due date, indicator, target, forecast."""
    owners: tuple[PersonLink, ...]
    arithmetic: str
    """``(720 − 900) ÷ (600 − 900) = 60 %``, or nothing."""
    pace: str
    """``3 points ahead``, or nothing."""
    description: str
    """Markdown."""
    definition: tuple[tuple[str, str], ...]
    """What the number means: names and texts (inline Markdown)."""
    steps: tuple[StepRow, ...]
    levels: tuple[LevelRow, ...]
    chart: ChartView | None
    newest: LogRow | None
    """The newest check-in by a person."""
    log: tuple[LogRow, ...]
    """All of them, newest first, feeds included; in a long story the newest."""
    shown: int
    """How many values and check-ins these are."""
    said: int
    """How many values and check-ins there are, also those that are not shown."""
    all_check_ins: MoreView | None
    """Where all of them stand, if not here."""
    initiatives: tuple[InitiativeRow, ...]
    grade: str
    grade_note: str
    """Markdown."""
    cancelled_because: str
    """Inline Markdown."""
    supporters: tuple[LinkView, ...]
    needed_by: tuple[LinkView, ...]
    ties: MoreView | None
    """Where all of what supports or needs it stands, if not here."""


def view_key_result(
    context: Context, key_result: KeyResult, row: KeyResultRow, shown: int
) -> KeyResultView:
    """Return a key result with its evidence; its row is known from its objective's.

    `shown` is how many of its check-ins stand on the page; without any it is not drawn either.
    """
    company, words, ref = context.company, context.words, key_result.ref
    measure = context.measures.key_result(ref)
    check_ins = newest_first(key_result.check_ins, company.as_of)
    log = view_log(context, check_ins[:shown], key_result)
    supporters, needing = company.supporters(ref), company.dependants(ref)
    few = MOST_KEY_RESULT_TIES
    return KeyResultView(
        row=row,
        facts=_facts(context, key_result, measure),
        owners=view_people(context, key_result.owners),
        arithmetic=say_arithmetic(words, measure.arithmetic),
        pace=say_pace(words, measure.pace),
        description=key_result.description,
        definition=_definition(context, key_result.definition),
        steps=_steps(context, key_result, measure),
        levels=_levels(context, key_result, measure),
        chart=view_history(context, key_result, measure, company.cycle(ref.cycle))
        if shown
        else None,
        newest=_newest(context, key_result, check_ins, log),
        shown=shown,
        said=len(check_ins),
        log=log,
        all_check_ins=_all_check_ins(context, ref, len(check_ins), shown),
        initiatives=tuple(view_initiative(context, i) for i in key_result.initiatives),
        grade=view_grade(context, measure.grade),
        grade_note=key_result.grade_note if measure.grade is not None else "",
        cancelled_because=key_result.cancelled_because,
        supporters=objective_links(context, supporters[:few], ref.cycle),
        needed_by=objective_links(context, needing[:few], ref.cycle),
        ties=_more_ties(context, ref, max(len(supporters) - few, 0) + max(len(needing) - few, 0)),
    )


def _newest(
    context: Context, key_result: KeyResult, check_ins: list[CheckIn], log: tuple[LogRow, ...]
) -> LogRow | None:
    """Return the newest check-in by a person, which may be older than what the log shows."""
    if shown := next((row for row in log if not row.feed), None):
        return shown
    newest = next((each for each in check_ins if not each.from_feed), None)
    return view_log(context, [newest], key_result)[0] if newest else None


def _all_check_ins(context: Context, ref: Reference, said: int, shown: int) -> MoreView | None:
    if shown == said:
        return None
    text = context.words.ngettext("All {n} value", "All {n} values", said)
    return MoreView(text, urls.check_ins_url(_page(context, ref), ref.key_result))


def _more_ties(context: Context, ref: Reference, left: int) -> MoreView | None:
    if not left:
        return None
    text = context.words.ngettext("and {n} more", "and {n} more", left)
    return MoreView(text, urls.ties_url(_page(context, ref)))


def _page(context: Context, ref: Reference) -> str:
    return urls.reference_url(context.company, ref).partition("#")[0]


def view_initiative(context: Context, initiative: Initiative) -> InitiativeRow:
    """Return a piece of work."""
    return InitiativeRow(
        title=initiative.title,
        state=initiative.state.value,
        word=context.words.gettext(INITIATIVE_WORDS[initiative.state]),
        owner=view_person(context, initiative.owner) if initiative.owner else None,
        href=initiative.link,
        because=initiative.because,
    )


def _facts(
    context: Context, key_result: KeyResult, measure: KeyResultMeasure
) -> tuple[tuple[str, str], ...]:
    words, say = context.words, context.words.gettext
    indicators = {"leading": say("leading"), "lagging": say("lagging")}
    facts = [
        (say("Kind"), say(KIND_WORDS[key_result.kind])),
        (say("From"), write_quantity(key_result.baseline) if key_result.baseline else ""),
        (say("Target"), _target(key_result)),
        (say("Stretch"), _quantity(key_result.stretch)),
        (say("Now"), _quantity(measure.current)),
        (say("Forecast"), _forecast(context, key_result)),
        (say("Due"), words.date(measure.due) if key_result.due else ""),
        (say("Starts"), words.date(measure.start) if key_result.start else ""),
        (say("Indicator"), indicators.get(key_result.indicator, "")),
        (say("Weight"), words.number(key_result.weight, 2) if key_result.weight != 1 else ""),
    ]
    return tuple((name, value) for name, value in facts if value)


def _quantity(quantity: Quantity | None) -> str:
    return write_quantity(quantity) if quantity else ""


def _target(key_result: KeyResult) -> str:
    if key_result.target is None:
        return ""
    if key_result.baseline is not None:
        return write_target(key_result, key_result.target)
    return write_bound(key_result, key_result.target)


def _forecast(context: Context, key_result: KeyResult) -> str:
    said = [c for c in key_result.check_ins if not c.from_feed and c.forecast]
    if not said or said[-1].forecast is None:
        return ""
    day = context.words.date(said[-1].date)
    return f"{write_quantity(said[-1].forecast)} ({day})"


def _definition(context: Context, definition: Definition | None) -> tuple[tuple[str, str], ...]:
    if definition is None:
        return ()
    say = context.words.gettext
    parts = [
        (say("Means"), definition.text),
        (say("Counts"), definition.counts),
        (say("Excludes"), definition.excludes),
        (say("Source"), definition.source),
        (say("Contributes"), definition.contributes),
    ]
    return tuple((name, text) for name, text in parts if text)


def _steps(
    context: Context, key_result: KeyResult, measure: KeyResultMeasure
) -> tuple[StepRow, ...]:
    done = measure.steps_done or (None,) * len(key_result.steps)
    return tuple(
        StepRow(
            step.title,
            view_date(context, day) if day else None,
            f"{context.words.number(step.weight, 2)}×" if step.weight != 1 else "",
        )
        for step, day in zip(key_result.steps, done, strict=True)
    )


def _levels(
    context: Context, key_result: KeyResult, measure: KeyResultMeasure
) -> tuple[LevelRow, ...]:
    reached = measure.progress
    return tuple(
        LevelRow(
            context.words.grade(level.grade),
            level.text,
            reached is not None and level.grade <= reached,
        )
        for level in key_result.rubric
    )
