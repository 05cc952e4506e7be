"""Check-ins, health, weekly parts, amendments, feedback and retrospectives → rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from okrsite.cells import Cell, Row, amount, day, number, ref, said, text, texts
from okrsite.data.sheet import Sheet
from okrsite.model import CheckIn, KeyResult, Objective, Plan, Quantity, Reference
from okrsite.urls import owner_url, plan_url, reference_url


def check_in_rows(sheet: Sheet, plan: Plan) -> Iterator[Row]:
    """Yield a row for each thing said about a plan's key results and objectives."""
    corrected = _corrected(plan)
    for objective in plan.objectives:
        for item in objective.items():
            for check_in in item.check_ins:
                found = corrected.get((item.ref, check_in.date, check_in.place.path), [])
                yield _check_in_row(sheet, item, check_in, found)


def _corrected(plan: Plan) -> dict[tuple[Reference, date, str], list[Cell]]:
    """Return what values were before, by the check-in that has them now."""
    found: dict[tuple[Reference, date, str], list[Cell]] = {}
    for each in plan.corrections:
        change = each.change
        if each.about and change and change.day:
            cell: Cell = {
                "date": day(each.date),
                "by": text(each.by or each.author),
                "before": said(change.before),
            }
            found.setdefault((each.about, change.day, change.file), []).append(cell)
    return found


def _check_in_row(
    sheet: Sheet, item: KeyResult | Objective, check_in: CheckIn, corrected: list[Cell]
) -> Row:
    steps = item.steps if isinstance(item, KeyResult) else ()
    unit = check_in.value or check_in.forecast
    return {
        "ref": str(item.ref),
        "url": reference_url(sheet.company, item.ref),
        "source": sheet.source(check_in.place),
        "date": day(check_in.date),
        "by": text(check_in.by),
        "value": amount(check_in.value),
        "unit": text(unit.unit) if unit else None,
        "share": number(check_in.share),
        "steps_done": [steps[i].title for i in check_in.steps_done],
        "steps_undone": [steps[i].title for i in check_in.steps_undone],
        "done": check_in.done,
        "confidence": number(check_in.confidence),
        "forecast": amount(check_in.forecast),
        "status": check_in.status.value if check_in.status else None,
        "note": text(check_in.note),
        "blocker": text(check_in.blocker),
        "decision": text(check_in.decision),
        "ask": text(check_in.ask),
        "from_feed": check_in.from_feed,
        "overruled": check_in.overruled,
        "corrected": corrected,
    }


def health_rows(sheet: Sheet, plan: Plan) -> Iterator[Row]:
    """Yield a row for each value of a plan's health metrics; one without a date without any."""
    for metric in plan.health:
        row: Row = {
            "ref": f"{plan.owner}@{plan.cycle}/{metric.id}",
            "url": plan_url(sheet.company, plan.owner, plan.cycle),
            "source": sheet.source(metric.place),
            "title": metric.title,
            "bound": metric.bound.value if metric.bound else None,
            "target": amount(metric.target),
            "unit": text(metric.target.unit) if metric.target else None,
        }
        if not metric.values:
            yield {**row, "date": None, "value": None, "status": None}
        for when, value in metric.values:
            is_number = isinstance(value, Quantity)
            yield {
                **row,
                "date": day(when),
                "value": amount(value) if isinstance(value, Quantity) else None,
                "status": None if is_number else str(value),
            }


def weekly_rows(sheet: Sheet) -> Iterator[Row]:
    """Yield a row for the weekly part of each check-in file, oldest first."""
    for weekly in sheet.company.weeklies:
        priorities: list[Cell] = [
            {"level": text(p.level), "text": p.text} for p in weekly.priorities
        ]
        asks: list[Cell] = [
            {"text": ask.text, "to": text(ask.to), "by": day(ask.by)} for ask in weekly.asks
        ]
        yield {
            "ref": weekly.owner,
            "url": owner_url(sheet.company, weekly.owner),
            "source": sheet.source(weekly.place),
            "team": weekly.team,
            "date": day(weekly.date),
            "by": text(weekly.by),
            "cycles": texts(weekly.cycles),
            "priorities": priorities,
            "upcoming": texts(weekly.upcoming),
            "wins": texts(weekly.wins),
            "asks": asks,
            "note": text(weekly.note),
        }


def amendment_rows(sheet: Sheet, plan: Plan) -> Iterator[Row]:
    """Yield a row for each change of a term of a plan, and each reason that fits none."""
    for amendment in plan.amendments:
        change = amendment.change
        yield {
            "ref": ref(amendment.about) or f"{plan.owner}@{plan.cycle}",
            "url": plan_url(sheet.company, plan.owner, plan.cycle),
            "source": sheet.source(amendment.place),
            "date": day(amendment.date),
            "term": change.term.value if change else None,
            "before": said(change.before) if change else None,
            "after": said(change.after) if change else None,
            "check_in": day(change.day) if change else None,
            "by": text(amendment.by or amendment.author),
            "why": text(amendment.why),
            "commit": text(amendment.commit),
        }


def feedback_rows(sheet: Sheet) -> Iterator[Row]:
    """Yield a row for each praise, question or suggestion."""
    for entry in sheet.company.feedback:
        about = entry.about
        yield {
            "ref": ref(about) or entry.team,
            "url": reference_url(sheet.company, about)
            if about
            else owner_url(sheet.company, entry.team),
            "source": sheet.source(entry.place),
            "team": entry.team,
            "date": day(entry.date),
            "by": text(entry.by),
            "kind": entry.kind,
            "text": entry.text,
            "answer": text(entry.answer),
        }


def retrospective_rows(sheet: Sheet, plan: Plan) -> Iterator[Row]:
    """Yield the row of a plan's retrospective, if it has one."""
    if plan.retrospective:
        yield {
            "ref": f"{plan.owner}@{plan.cycle}",
            "url": plan_url(sheet.company, plan.owner, plan.cycle),
            "source": sheet.source(plan.place),
            "went_well": texts(plan.retrospective.went_well),
            "to_improve": texts(plan.retrospective.to_improve),
            "learned": texts(plan.retrospective.learned),
            "next": texts(plan.retrospective.next),
        }
