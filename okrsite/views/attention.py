"""Key results and their measures → what waits for somebody, why it is listed, and for whom.

Off track without a decision, confidence that fell by three or more, watermelons, silence, late
starts, and what nobody owns. What weighs most comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from okrsite import urls
from okrsite.measure import KeyResultMeasure
from okrsite.model import KeyResult, Objective, Plan, Status
from okrsite.views.context import Context
from okrsite.views.fragments import AttentionRow, PersonLink
from okrsite.views.parts import first_person, view_badge, view_person
from okrsite.words import say_status
from okrsite.words.catalog import N_

_Weighed = tuple[int, AttentionRow]
"""How grave it is (0 is gravest), and how it is shown."""
_KIND = "attention"
"""Under which name it is kept of each plan."""
_SUREST = 10
_FALL = 3
"""Points of confidence; a fall of as many is worth a word."""
KINDS = ("undecided", "watermelon", "fell", "outdated", "late", "unowned", "dependency")
"""Why something waits, the gravest first: the place here is its weight."""
_WHY = {
    "undecided": N_("off track, and nothing decided"),
    "watermelon": N_("green outside, red inside"),
    "fell": N_("confidence fell"),
    "outdated": N_("outdated"),
    "late": N_("not started"),
    "unowned": N_("no owner"),
    "dependency": N_("depends on what is stuck"),
}
_RUNNING = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.UNKNOWN)


def view_attention(
    context: Context, objectives: Iterable[Objective], most: int | None = None
) -> tuple[AttentionRow, ...]:
    """Return what of some objectives waits for somebody, the gravest first."""
    found = sorted(_reasoned(context, objectives), key=lambda item: item[0])
    return tuple(_row(context, kr, weight, reason) for weight, kr, reason in found[:most])


def view_attention_of_plans(
    context: Context, plans: Iterable[Plan], most: int
) -> tuple[AttentionRow, ...]:
    """Return what of some whole plans waits for somebody, the gravest first."""
    found = [each for plan in plans for each in attention_of_plan(context, plan)]
    # What weighs the same stays in the order of plans.
    found.sort(key=lambda item: item[0])
    save_attention(context)
    return tuple(row for _, row in found[:most])


def save_attention(context: Context) -> None:
    """Keep what of plans waits for somebody for the next build."""
    context.by_plan.save(_KIND)


def attention_of_plan(context: Context, plan: Plan) -> tuple[_Weighed, ...]:
    """Return what of a plan waits for somebody; `save_attention` keeps it."""
    context.watch.note("plan", plan.owner, plan.cycle)
    shown = (objective for objective in plan.objectives if not objective.title_only)

    def view() -> tuple[_Weighed, ...]:
        reasoned = _reasoned(context, shown)
        return tuple((weight, _row(context, kr, weight, why)) for weight, kr, why in reasoned)

    return context.by_plan.get(_KIND, plan, tuple[_Weighed, ...], view)


def _reasoned(
    context: Context, objectives: Iterable[Objective]
) -> Iterator[tuple[int, KeyResult, str]]:
    """Yield what waits for somebody, in the order of objectives: its weight, and why."""
    for key_result, measure in _running(context, objectives):
        if reason := _reason(context, key_result, measure):
            yield reason[0], key_result, reason[1]


def _running(
    context: Context, objectives: Iterable[Objective]
) -> Iterator[tuple[KeyResult, KeyResultMeasure]]:
    for objective in objectives:
        for key_result in objective.key_results:
            measure = context.measures.key_result(key_result.ref)
            if measure.active:
                yield key_result, measure


def _row(context: Context, key_result: KeyResult, weight: int, reason: str) -> AttentionRow:
    kind, ref = KINDS[weight], key_result.ref
    return AttentionRow(
        badge=view_badge(context, context.measures.key_result(ref)),
        team=view_person(context, ref.owner).name,
        title=key_result.title,
        url=urls.reference_url(context.company, ref),
        reason=reason,
        kind=kind,
        why=say_why(context, kind),
        waits_for=first_person(context, key_result.owners) or lead_of(context, ref.owner),
    )


def say_why(context: Context, kind: str) -> str:
    """Return in a few words why something of a kind waits."""
    return context.words.gettext(_WHY[kind])


def lead_of(context: Context, owner: str) -> PersonLink | None:
    """Return who leads a team, for whom what has no owner waits; None for a person."""
    team = context.company.team(owner)
    return view_person(context, team.lead or team.id) if team else None


def _reason(
    context: Context, key_result: KeyResult, measure: KeyResultMeasure
) -> tuple[int, str] | None:
    """Return why a key result waits for somebody, with its weight (0 is gravest), or None."""
    say = context.words.gettext
    fell = _fall(context, measure)
    if measure.status is Status.OFF_TRACK and not _decided(key_result):
        undecided = say("no decision recorded")
        return 0, context.words.also(fell, undecided) if fell else undecided
    if measure.watermelon:
        return 1, say("green, while its pace is off track")
    if fell:
        return 2, fell
    if measure.status is Status.OUTDATED:
        return 3, _silence(context, key_result, measure)
    if measure.because.rule == "not-started" and measure.because.facts.get("late"):
        return 4, say("not started, and more than a third of the time is gone")
    if not key_result.owners and measure.status in _RUNNING:
        return 5, say("nobody owns it")
    return None


def _decided(key_result: KeyResult) -> bool:
    """Tell whether one of the last two check-ins by people names a decision."""
    words = [check_in for check_in in key_result.check_ins if not check_in.from_feed]
    return any(check_in.decision for check_in in words[-2:])


def _fall(context: Context, measure: KeyResultMeasure) -> str:
    """Return how far confidence fell from its highest of the last five words, if by enough."""
    if measure.confidence is None or measure.confidence > _SUREST - _FALL:
        return ""
    recent = [value for _, value in measure.confidence_history[-5:]]
    highest = max(recent, default=Fraction(0))
    if highest - measure.confidence < _FALL:
        return ""
    number = context.words.number
    return context.words.gettext(
        "confidence fell from {before} to {now}",
        before=number(highest),
        now=number(measure.confidence),
    )


def _silence(context: Context, key_result: KeyResult, measure: KeyResultMeasure) -> str:
    words, last = context.words, measure.because.facts.get("last")
    owner = first_person(context, key_result.owners)
    who = owner.name if owner else words.gettext("nobody in particular")
    since = words.date(measure.last_check_in) if measure.last_check_in else ""
    if isinstance(last, Status):
        status = say_status(words, last)
        return words.gettext(
            "was {status} on {date}; {who} owes a check-in", status=status, date=since, who=who
        )
    return words.gettext("silent since {date}; {who} owes a check-in", date=since, who=who)
