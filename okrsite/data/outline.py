"""A company and its measures → an outline to read: Markdown, or OPML for mind-map programs."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from okrsite.charts.svg import escape
from okrsite.data.sheet import Sheet
from okrsite.model import KeyResult, Objective, Plan, State, Status, Team
from okrsite.prose import plain
from okrsite.words import STATE_WORDS, STATUS_WORDS


def write_markdown(sheet: Sheet) -> str:
    """Return all plans, the newest cycle first, as people write OKRs in Markdown."""
    return "\n".join(_markdown(sheet)).rstrip() + "\n"


def _markdown(sheet: Sheet) -> Iterator[str]:
    company, words = sheet.company, sheet.words
    day = words.full_date(company.as_of)
    yield f"# {_line(company.name or words.gettext('OKRs'))}, {day}"
    for cycle in reversed(company.cycles):
        plans = [plan for plan in company.plans_in(cycle.id) if plan.objectives]
        if plans:
            yield f"\n## {_line(cycle.name)}"
        for plan in plans:
            yield f"\n### {_line(_owner(sheet, plan.owner))}"
            for objective in plan.objectives:
                yield from _objective(sheet, objective)


def _objective(sheet: Sheet, objective: Objective) -> Iterator[str]:
    yield f"\n#### {_line(objective.title)}\n"
    told = _stands(sheet, objective)
    if told:
        yield f"{told}\n"
    if objective.why:
        yield "\n".join(f"> {line}".rstrip() for line in objective.why.splitlines()) + "\n"
    for result in objective.key_results:
        yield f"- {_line(result.title)} ({_stands(sheet, result)})"
        for step in result.steps:
            yield f"  - {_line(step.title)}"


def write_opml(sheet: Sheet) -> str:
    """Return teams, their plans, objectives and key results as OPML 2.0."""
    return "\n".join(_opml(sheet)) + "\n"


def _opml(sheet: Sheet) -> Iterator[str]:
    company = sheet.company
    title = escape(company.name or sheet.words.gettext("OKRs"))
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<opml version="2.0">'
    made = company.as_of.strftime("%d")
    month = _MONTHS[company.as_of.month - 1]
    yield f"<head><title>{title}</title>"
    yield f"<dateCreated>{made} {month} {company.as_of.year} 12:00:00 GMT</dateCreated></head>"
    yield "<body>"
    for team in company.teams:
        if company.team(team.parent) is None:
            yield from _team(sheet, team)
    known = {team.id for team in company.teams}
    for person in company.people:
        if person.id not in known:
            yield from _owned(sheet, person.id, "person")
    yield "</body>\n</opml>"


_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
"""As RFC 822 has them, whatever the language."""


def _team(sheet: Sheet, team: Team) -> Iterator[str]:
    yield _open(team.title, kind="team")
    yield from _plans(sheet, team.id)
    for child in sheet.company.children(team.id):
        yield from _team(sheet, child)
    yield "</outline>"


def _owned(sheet: Sheet, owner: str, kind: str) -> Iterator[str]:
    if sheet.company.plans_of(owner):
        yield _open(_owner(sheet, owner), kind=kind)
        yield from _plans(sheet, owner)
        yield "</outline>"


def _plans(sheet: Sheet, owner: str) -> Iterator[str]:
    for plan in reversed(sheet.company.plans_of(owner)):
        if plan.objectives:
            yield _open(sheet.company.cycle(plan.cycle).name, kind="cycle")
            yield from _objectives(sheet, plan)
            yield "</outline>"


def _objectives(sheet: Sheet, plan: Plan) -> Iterator[str]:
    for objective in plan.objectives:
        yield _open(plain(objective.title), kind="objective", note=_stands(sheet, objective))
        for result in objective.key_results:
            yield _open(plain(result.title), kind="key-result", note=_stands(sheet, result))
            for step in result.steps:
                yield f"{_open(plain(step.title), kind='step')}</outline>"
            yield "</outline>"
        yield "</outline>"


def _open(text: str, *, kind: str, note: str = "") -> str:
    more = f' _note="{escape(note)}"' if note else ""
    return f'<outline text="{escape(text)}" type="{kind}"{more}>'


def _stands(sheet: Sheet, item: Objective | KeyResult) -> str:
    """Return how something stands: ``at risk · 52 % · confidence 5 of 10``."""
    if isinstance(item, Objective) and item.title_only:
        return ""
    if item.state not in (State.ACTIVE, State.PAUSED, State.CANCELLED):
        return sheet.words.gettext(STATE_WORDS[item.state])
    if isinstance(item, KeyResult):
        of_result = sheet.measures.key_result(item.ref)
        return _said(sheet, of_result.status, of_result.progress, of_result.confidence)
    measure = sheet.measures.objective(item.ref)
    return _said(sheet, measure.status, measure.progress, measure.confidence)


def _said(
    sheet: Sheet, status: Status, progress: Fraction | None, confidence: Fraction | None
) -> str:
    words = sheet.words
    said = [words.gettext(STATUS_WORDS[status])]
    if progress is not None:
        said.append(words.percent(progress))
    if confidence is not None:
        said.append(words.gettext("confidence {value} of 10", value=words.number(confidence)))
    return " · ".join(said)


def _owner(sheet: Sheet, owner: str) -> str:
    team, person = sheet.company.team(owner), sheet.company.person(owner)
    return team.title if team else person.name if person else owner


def _line(text: str) -> str:
    return " ".join(text.split())
