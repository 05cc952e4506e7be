"""Rules and roles → the page that says what words and badges mean here."""

from __future__ import annotations

from okrsite import urls
from okrsite.model import Cycle, Status
from okrsite.model.quick import quick_dataclass
from okrsite.views.clock import next_check_in, view_clock
from okrsite.views.context import Context
from okrsite.views.fragments import BadgeView, ClockView, Crumb, DateView, HeadView, PersonLink
from okrsite.views.parts import plain_badge, view_date, view_person
from okrsite.words import CADENCE_WORDS


@quick_dataclass(frozen=True, slots=True)
class Meaning:
    """A badge and what it stands for."""

    badge: BadgeView
    text: str


@quick_dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means here."""

    word: str
    text: str


@quick_dataclass(frozen=True, slots=True)
class CycleDates:
    """A cycle with its dates."""

    clock: ClockView
    planning_ends: DateView
    grading_due: DateView
    reviews: tuple[DateView, ...]


@quick_dataclass(frozen=True, slots=True)
class HowView:
    """All that the page about how we work may show."""

    head: HeadView
    statuses: tuple[Meaning, ...]
    terms: tuple[Term, ...]
    roles: tuple[tuple[str, PersonLink], ...]
    rhythm: tuple[Term, ...]
    cycles: tuple[CycleDates, ...]


def view_how(context: Context) -> HowView:
    """Return the page about how we work, with the thresholds in force."""
    say = context.words.gettext
    title = say("How we work")
    head = HeadView(title, title, (Crumb(say("Home"), urls.HOME),))
    return HowView(
        head=head,
        statuses=_statuses(context),
        terms=_terms(context),
        roles=_roles(context),
        rhythm=_rhythm(context),
        cycles=tuple(_dates(context, cycle) for cycle in context.company.current_cycles()),
    )


def _statuses(context: Context) -> tuple[Meaning, ...]:
    say, words, rules = context.words.gettext, context.words, context.company.rules
    on_track, at_risk = words.number(rules.on_track), words.number(rules.at_risk)
    meanings = {
        Status.ON_TRACK: say(
            "Confidence of 7 or more; without one, at most {n} points behind the expected path.",
            n=on_track,
        ),
        Status.AT_RISK: say(
            "Confidence from 4 to below 7; without one, at most {n} points behind.", n=at_risk
        ),
        Status.OFF_TRACK: say(
            "Confidence below 4; without one, more than {n} points behind, or overdue.", n=at_risk
        ),
        Status.OUTDATED: say(
            "The newest check-in is older than the rhythm and {n} days of grace.",
            n=rules.grace_days,
        ),
        Status.NOT_STARTED: say("Nobody has reported anything yet, or the cycle is to come."),
        Status.UNKNOWN: say("Too early to tell, or there is nothing to measure by."),
        Status.ACHIEVED: say("Done; in a closed cycle 0.7 or more, committed objectives 1.0."),
        Status.MISSED: say("The cycle closed below that."),
        Status.PAUSED: say("Left alone for now; it counts nowhere."),
        Status.CANCELLED: say("Given up, with a reason; it counts nowhere."),
    }
    return tuple(Meaning(plain_badge(context, status), text) for status, text in meanings.items())


def _terms(context: Context) -> tuple[Term, ...]:
    say, words, rules = context.words.gettext, context.words, context.company.rules
    return (
        Term(
            say("Progress"),
            say(
                "0 % at the baseline, 100 % at the target. An objective's is the mean of its key "
                "results'; a parent's never comes from its teams'."
            ),
        ),
        Term(
            say("Expected"),
            say(
                "The share of the time gone by: the tick on each bar shows where it should be "
                "today."
            ),
        ),
        Term(
            say("Pace"),
            say(
                "Progress less what was expected on the day of the newest value. It is not judged "
                "in the first {n} % of a cycle.",
                n=words.number(rules.quiet_start),
            ),
        ),
        Term(
            say("Confidence"),
            say("How sure its owner is, from 0 to 10; the arrow shows where it has been going."),
        ),
        Term(
            say("Watermelon"),
            say("Green outside, red inside: said to be on track while its pace is off track."),
        ),
        Term(
            say("Committed, aspirational, learning"),
            say("Committed objectives are expected to reach 1.0; for the others 0.7 is success."),
        ),
        Term(
            say("Amendment"),
            say(
                "A change of a plan after its first {n} days; the original stays on record.",
                n=rules.planning_days,
            ),
        ),
        Term(
            say("Grade"),
            say("From 0.0 to 1.0, given by people once the cycle is over."),
        ),
    )


def _roles(context: Context) -> tuple[tuple[str, PersonLink], ...]:
    say = context.words.gettext
    names = {"okr_lead": say("OKR lead"), "sponsor": say("Sponsor"), "champion": say("Champion")}
    return tuple(
        (names.get(role, role.replace("_", " ").capitalize()), view_person(context, holder))
        for role, holder in context.company.rules.roles
    )


def _rhythm(context: Context) -> tuple[Term, ...]:
    say, words, rules = context.words.gettext, context.words, context.company.rules
    following = next_check_in(context, None)
    return (
        Term(
            say("Check-ins"),
            say(
                "{often}; next on {date}",
                often=say(CADENCE_WORDS[rules.every]),
                date=words.weekday(following),
            ),
        ),
        Term(say("Time zone"), rules.timezone),
    )


def _dates(context: Context, cycle: Cycle) -> CycleDates:
    return CycleDates(
        clock=view_clock(context, cycle),
        planning_ends=view_date(context, cycle.planning_ends),
        grading_due=view_date(context, cycle.grading_due),
        reviews=tuple(view_date(context, day) for day in cycle.reviews),
    )
