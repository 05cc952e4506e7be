"""Where something is written → the buttons and templates with which people change it."""

from __future__ import annotations

from datetime import date

from okrsite.forge import discuss_url
from okrsite.model import KeyResult, Kind, Plan, State, Team
from okrsite.prose import plain
from okrsite.quantities import write_quantity
from okrsite.views.clock import next_check_in
from okrsite.views.context import Context
from okrsite.views.fragments import ActionView


def edit_action(context: Context, path: str) -> list[ActionView]:
    """Return the button that edits a file, if a repository is known."""
    if context.forge is None or not path:
        return []
    return [ActionView("edit", context.words.gettext("Edit"), context.forge.edit_url(path))]


def check_in_action(context: Context, plan: Plan, last: date | None) -> list[ActionView]:
    """Return the button that writes the plan's next check-in, if a repository is known."""
    forge = context.forge
    if forge is None:
        return []

    def made() -> ActionView:
        url = forge.new_url(*check_in_file(context, plan, last))
        return ActionView("check-in", context.words.gettext("Check in"), url)

    return [context.check_ins.get((plan.owner, plan.cycle), made)]


def discuss_action(context: Context, ref: str) -> list[ActionView]:
    """Return the button that opens a discussion, by `links.discuss` or the forge's issues."""
    label = context.words.gettext("Discuss")
    if context.discuss:
        return [ActionView("discuss", label, discuss_url(context.discuss, ref))]
    if context.forge is None:
        return []
    return [ActionView("discuss", label, context.forge.issue_url(f"{ref}: "))]


def follow_action(context: Context) -> list[ActionView]:
    """Return the button that leads to the feed beside a page, where feeds are made."""
    if not context.feeds:
        return []
    return [ActionView("follow", context.words.gettext("Follow"), "feed.xml", external=False)]


def check_in_file(context: Context, plan: Plan, last: date | None) -> tuple[str, str]:
    """Return path and text of a plan's next check-in, with a line for each running key result."""
    day = next_check_in(context, last)
    folder = _folder(context, plan)
    whose = f".{plan.owner}" if plan.owner != plan.team else ""
    return f"{folder}checkins/{day.isoformat()}{whose}.yml", check_in_text(context, plan)


def check_in_text(context: Context, plan: Plan) -> str:
    """Return a check-in to fill in: each key result's last value above its line."""
    say = context.words.gettext
    lines = [f"# {say('A number is enough; leave empty what has no news.')}", "key_results:"]
    for objective in plan.objectives:
        if objective.state is not State.ACTIVE or objective.title_only:
            continue
        for key_result in objective.key_results:
            if key_result.state is State.ACTIVE:
                lines += _lines_of(context, key_result)
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


def _folder(context: Context, plan: Plan) -> str:
    team = context.company.team(plan.team)
    folder = team.folder if team else plan.place.path.rpartition("/")[0]
    return f"{folder}/" if folder else ""


def _lines_of(context: Context, key_result: KeyResult) -> list[str]:
    words, measure = context.words, context.measures.key_result(key_result.ref)
    said = plain(key_result.title)
    if measure.current is not None and measure.current_date:
        value, day = write_quantity(measure.current), words.date(measure.current_date)
        said += f" ({words.gettext('{value} on {date}', value=value, date=day)})"
    elif key_result.kind is Kind.MILESTONE and key_result.steps:
        said += f" ({', '.join(plain(step.title) for step in key_result.steps)})"
    ref = f"{key_result.ref.objective}/{key_result.ref.key_result}"
    return [f"  # {said}", f"  {ref}:"]
