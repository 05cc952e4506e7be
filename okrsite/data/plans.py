"""Plans, objectives, key results, steps and initiatives → rows."""

from __future__ import annotations

from collections.abc import Iterator

from okrsite.cells import Cell, Row, amount, day, links, number, ref, text, texts
from okrsite.data.sheet import Sheet
from okrsite.measure import KeyResultMeasure, ObjectiveMeasure
from okrsite.model import KeyResult, Objective, Plan
from okrsite.urls import plan_url, reference_url
from okrsite.words import say_because


def plan_rows(sheet: Sheet, plan: Plan) -> Iterator[Row]:
    """Yield the row of a plan."""
    measure = sheet.measures.owner(plan.owner, plan.cycle)
    yield {
        "ref": f"{plan.owner}@{plan.cycle}",
        "url": plan_url(sheet.company, plan.owner, plan.cycle),
        "source": sheet.source(plan.place),
        "owner": plan.owner,
        "team": plan.team,
        "cycle": plan.cycle,
        "progress": number(measure.progress) if measure else None,
        "expected": number(measure.expected) if measure else None,
        "confidence": number(measure.confidence) if measure else None,
        "status": measure.status.value if measure and measure.status else None,
        "grade": number(measure.grade) if measure else None,
        "grade_note": text(plan.grade_note),
        "checkin_every": text(plan.checkin_every),
        "prose": text(plan.prose),
        "visibility": text(plan.visibility),
    }


def objective_rows(sheet: Sheet, plan: Plan) -> Iterator[Row]:
    """Yield a row an objective of a plan."""
    for objective in plan.objectives:
        yield _objective_row(sheet, objective, sheet.measures.objective(objective.ref))


def _objective_row(sheet: Sheet, objective: Objective, measure: ObjectiveMeasure) -> Row:
    continues = (objective.continues,) if objective.continues else ()
    return {
        "ref": str(objective.ref),
        "url": reference_url(sheet.company, objective.ref),
        "source": sheet.source(objective.place),
        "team": objective.team,
        "cycle": objective.ref.cycle,
        "title": objective.title,
        "why": text(objective.why),
        "type": None if objective.title_only else objective.type.value,
        "origin": text(objective.origin),
        "state": objective.state.value,
        "cancelled_because": text(objective.cancelled_because),
        "owner": objective.owners[0] if objective.owners else None,
        "owners": texts(objective.owners),
        "contributors": texts(objective.contributors),
        "supports": links(objective.supports),
        "depends_on": links(objective.depends_on),
        "continues": next(iter(links(continues)), None),
        "weight": number(objective.weight),
        "tags": texts(objective.tags),
        "votes": texts(objective.votes),
        "progress": number(measure.progress),
        "measured": measure.measured,
        "of": measure.of,
        "expected": number(measure.expected),
        "pace": number(measure.pace),
        "confidence": number(measure.confidence),
        "status": measure.status.value,
        "because": say_because(sheet.words, measure.because, sheet.company),
        "watermelon": measure.watermelon,
        "grade": number(measure.grade),
        "grade_note": text(objective.grade_note),
        "done": day(objective.done),
        "aka": texts(objective.aka),
        "ignore": texts(objective.ignore),
        "visibility": text(objective.visibility),
    }


def key_result_rows(sheet: Sheet, plan: Plan) -> Iterator[Row]:
    """Yield a row a key result of a plan."""
    for objective in plan.objectives:
        for kr in objective.key_results:
            measure = sheet.measures.key_result(kr.ref)
            yield {
                **_wanted(sheet, kr, objective),
                **_measured(sheet, measure),
                **_stated(kr, measure),
            }


def _wanted(sheet: Sheet, kr: KeyResult, objective: Objective) -> Row:
    """Return what a key result is and wants."""
    unit = kr.target or kr.baseline
    return {
        "ref": str(kr.ref),
        "url": reference_url(sheet.company, kr.ref),
        "source": sheet.source(kr.place),
        "objective": str(objective.ref),
        "owner": kr.owners[0] if kr.owners else None,
        "owners": texts(kr.owners),
        "title": kr.title,
        "description": text(kr.description),
        "kind": kr.kind.value,
        "baseline": amount(kr.baseline),
        "target": amount(kr.target),
        "unit": text(unit.unit) if unit else None,
        "bound": kr.bound.value if kr.target else None,
        "is_change": kr.is_change,
    }


def _measured(sheet: Sheet, measure: KeyResultMeasure) -> Row:
    """Return how a key result stands."""
    return {
        "current": amount(measure.current),
        "current_date": day(measure.current_date),
        "progress": number(measure.progress),
        "expected": number(measure.expected),
        "pace": number(measure.pace),
        "confidence": number(measure.confidence),
        "status": measure.status.value,
        "because": say_because(sheet.words, measure.because, sheet.company),
        "outdated": measure.outdated,
        "watermelon": measure.watermelon,
        "last_check_in": day(measure.last_check_in),
        "grade": number(measure.grade),
    }


def _stated(kr: KeyResult, measure: KeyResultMeasure) -> Row:
    """Return what else a plan says of a key result."""
    definition = kr.definition
    checkpoints: list[Cell] = [{"date": day(d), "value": amount(q)} for d, q in kr.checkpoints]
    rubric: list[Cell] = [{"grade": number(level.grade), "text": level.text} for level in kr.rubric]
    parts = ("text", "counts", "excludes", "source", "contributes")
    return {
        "grade_note": text(kr.grade_note),
        "priority": text(kr.priority),
        "indicator": text(kr.indicator),
        "start": day(measure.start),
        "due": day(measure.due),
        "stretch": amount(kr.stretch),
        "checkpoints": checkpoints,
        "rubric": rubric,
        "definition": {p: text(getattr(definition, p)) for p in parts} if definition else None,
        "state": kr.state.value,
        "cancelled_because": text(kr.cancelled_because),
        "weight": number(kr.weight),
        "done": day(kr.done),
        "tags": texts(kr.tags),
        "aka": texts(kr.aka),
        "ignore": texts(kr.ignore),
        "visibility": text(kr.visibility),
    }


def milestone_rows(sheet: Sheet, plan: Plan) -> Iterator[Row]:
    """Yield a row a step of every milestone of a plan."""
    for objective in plan.objectives:
        for kr in objective.key_results:
            done = sheet.measures.key_result(kr.ref).steps_done
            for step, when in zip(kr.steps, done, strict=True):
                yield {
                    "ref": str(kr.ref),
                    "url": reference_url(sheet.company, kr.ref),
                    "source": sheet.source(kr.place),
                    "title": step.title,
                    "weight": number(step.weight),
                    "done": when is not None,
                    "done_on": day(when),
                }


def initiative_rows(sheet: Sheet, plan: Plan) -> Iterator[Row]:
    """Yield a row a piece of work of a plan."""
    for objective in plan.objectives:
        for item in objective.items():
            for initiative in item.initiatives:
                yield {
                    "ref": ref(item.ref),
                    "url": reference_url(sheet.company, item.ref),
                    "source": sheet.source(item.place),
                    "title": initiative.title,
                    "owner": text(initiative.owner),
                    "link": text(initiative.link),
                    "state": initiative.state.value,
                    "because": text(initiative.because),
                    "done_on": day(initiative.done),
                }
