"""Where something is written → the buttons and templates with which people change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import quote

from okrsite import urls
from okrsite.forge import discuss_url
from okrsite.model import KeyResult, Kind, Plan, Reference, State, Team
from okrsite.prose import plain
from okrsite.quantities import write_quantity
from okrsite.views.context import Context
from okrsite.views.fragments import ActionView

YOU = "YOUR-HANDLE"
"""What stands in a file's name in place of whoever writes it."""
_ABOUT = "WHAT-IT-IS-ABOUT"
"""What stands in a link until it is known."""


def edit_action(context: Context, path: str) -> list[ActionView]:
    """Return the button that edits a file, if a repository is known."""
    if context.forge is None or not path:
        return []
    return [ActionView("edit", context.words.gettext("Edit"), context.forge.edit_url(path))]


def check_in_action(context: Context, plan: Plan) -> list[ActionView]:
    """Return the button that writes the plan's check-in of this week, if a repository is known.

    Where the week's file is there already, it is edited.
    """
    forge = context.forge
    if forge is None:
        return []

    def made() -> ActionView:
        path, is_there = _week_file(context, plan)
        new = forge.new_url(path, check_in_text(context, plan))
        url = forge.edit_url(path) if is_there else new
        return ActionView("check-in", context.words.gettext("Check in"), url, main=True)

    return [context.check_ins.get((plan.owner, plan.cycle), made)]


def discuss_action(context: Context, ref: str) -> list[ActionView]:
    """Return the button that opens a discussion, by `links.discuss` or the forge's issues."""
    label = context.words.gettext("Discuss")
    if context.discuss:
        return [ActionView("discuss", label, discuss_url(context.discuss, ref))]
    if context.forge is None:
        return []
    return [ActionView("discuss", label, context.forge.issue_url(f"{ref}: "))]


def question_actions(context: Context, plan: Plan) -> Callable[[Reference], ActionView | None]:
    """Return what gives the links that ask: a feedback file to fill in, else a discussion.

    A page cannot know who asks, so that the file's name says what to put there.
    """
    label, forge = context.words.gettext("Question"), context.forge
    if forge:
        path = f"{_folder(context, plan)}feedback/{context.company.as_of.isoformat()}.{YOU}.yml"
        # Spelt once for all: what they ask about is all that differs.
        url = forge.new_url(path, f"- about: {_ABOUT}\n  kind: question\n  text: ")

        def ask(ref: Reference) -> ActionView:
            about = f"{ref.objective}/{ref.key_result}" if ref.key_result else ref.objective
            return ActionView("question", label, url.replace(_ABOUT, quote(about, safe="")))

        return ask
    if context.discuss:
        discuss = context.discuss
        return lambda ref: ActionView("question", label, discuss_url(discuss, str(ref)))
    return lambda _: None


def review_action(context: Context, team: str, *, main: bool = False) -> list[ActionView]:
    """Return the button that opens the review of a team, or of the company, at its first screen."""
    reviews = context.reviews
    if team not in reviews.stops or not reviews.stops[team].screens:
        return []
    url = urls.start_url(urls.review_url("" if team == reviews.top.id else team))
    label = context.words.gettext("Start the review")
    return [ActionView("review", label, "", external=False, url=url, main=main)]


def follow_action(context: Context) -> list[ActionView]:
    """Return the button that leads to the feed beside a page, where feeds are made."""
    if not context.feeds:
        return []
    return [ActionView("follow", context.words.gettext("Follow"), "feed.xml", external=False)]


def check_in_file(context: Context, plan: Plan) -> tuple[str, str]:
    """Return path and text of a plan's check-in, with a line for each running key result."""
    return _week_file(context, plan)[0], check_in_text(context, plan)


def check_in_text(context: Context, plan: Plan) -> str:
    """Return a check-in to fill in: each key result's last value above its line."""
    say = context.words.gettext
    lines = [f"# {say('A number is enough; leave empty what has no news.')}", "key_results:"]
    over = context.company.cycle(plan.cycle).end < context.company.as_of
    for objective in plan.objectives:
        if objective.state is not State.ACTIVE or objective.title_only:
            continue
        for key_result in objective.key_results:
            if key_result.state is State.ACTIVE:
                lines += _lines_of(context, key_result, over=over)
    lines += [
        f"# {say('With more to say:')}",
        "#  trust/latency:",
        "#    value: 720 ms",
        "#    confidence: 5",
        f"#    note: {say('what moved it, or why nothing did')}",
        f"#    blocker: {say('what is in the way')}",
        "#priorities:",
        f"#  - P1 {say('what matters most this week')}",
        "",
    ]
    return "\n".join(lines)


def plan_path(team: Team, cycle: str) -> str:
    """Return where a team's plan for a cycle is written, relative to the source folder."""
    return f"{team.folder}/{cycle}.yml" if team.folder else f"{cycle}.yml"


def _week_file(context: Context, plan: Plan) -> tuple[str, bool]:
    """Return the path of this week's check-in file, and whether it is there.

    It is that of the check-in day; of today where the cycle has begun since then. `okrsite
    checkin` writes the same.
    """
    company, whose = context.company, f".{plan.owner}" if plan.owner != plan.team else ""
    first = company.rules.check_in_on(company.as_of)
    if company.cycle(plan.cycle).start > first:
        first = company.as_of
    there = [
        (day, path)
        for day, path in _check_in_paths(context, plan)
        if first <= day and PurePosixPath(path).stem == f"{day.isoformat()}{whose}"
    ]
    if there:
        return max(there)[1], True
    return f"{_folder(context, plan)}checkins/{first.isoformat()}{whose}.yml", False


def _check_in_paths(context: Context, plan: Plan) -> Iterator[tuple[date, str]]:
    """Yield day and path of everything that was said about a plan."""
    for objective in plan.objectives:
        for item in objective.items():
            yield from ((said.date, said.place.path) for said in item.check_ins)
    for weekly in context.company.weeklies_of(plan.owner):
        yield weekly.date, weekly.place.path


def _folder(context: Context, plan: Plan) -> str:
    team = context.company.team(plan.team)
    folder = team.folder if team else plan.place.path.rpartition("/")[0]
    return f"{folder}/" if folder else ""


def _lines_of(context: Context, key_result: KeyResult, *, over: bool) -> list[str]:
    words, measure = context.words, context.measures.key_result(key_result.ref)
    said = plain(key_result.title)
    if measure.current is not None and measure.current_date:
        value, day = write_quantity(measure.current), words.date(measure.current_date)
        said += f" ({words.gettext('{value} on {date}', value=value, date=day)})"
    elif key_result.kind is Kind.MILESTONE and key_result.steps:
        said += f" ({', '.join(plain(step.title) for step in key_result.steps)})"
    ref = f"{key_result.ref.objective}/{key_result.ref.key_result}"
    # The next cycle may have the same names.
    return [f"  # {said}", f"  {key_result.ref if over else ref}:"]
