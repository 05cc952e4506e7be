"""What changed between two states → a JSON document for scripts."""

from __future__ import annotations

import json

from okrsite.cells import Cell, number, said
from okrsite.changes import Comparison, ItemNews, LinkNews, PlanNews, TeamNews, WeeklyNews
from okrsite.feeds.diff_headline import headline
from okrsite.measure import Standing
from okrsite.problems import Problem, neutral_json


def write_rows(comparison: Comparison) -> str:
    """Return everything that changed as a JSON document."""
    document: dict[str, Cell] = {
        "commitments": comparison.commits,
        "headline": headline(comparison),
        "plans": [_plan_row(plan) for plan in comparison.plans],
        "teams": [_team_row(team) for team in comparison.teams],
        "weeks": [_weekly_row(weekly) for weekly in comparison.weeklies],
        "feedback": comparison.asked,
        "answers": comparison.answered,
        "wider": [_problem_row(problem) for problem in comparison.wider],
        "problems": [_problem_row(problem) for problem in comparison.told],
        "mended": [_problem_row(problem) for problem in comparison.mended],
    }
    return neutral_json(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def _plan_row(plan: PlanNews) -> dict[str, Cell]:
    return {
        "owner": plan.owner,
        "name": plan.name,
        "cycle": plan.cycle.id,
        "coming": plan.coming.value,
        "others": list(plan.others),
        "items": [_item_row(item) for item in plan.items],
    }


def _item_row(item: ItemNews) -> dict[str, Cell]:
    return {
        "ref": str(item.ref),
        "title": item.title,
        "changes": [
            {"term": c.term.value, "before": said(c.before), "after": said(c.after)}
            for c in item.changes
        ],
        "links": [_link_row(link) for link in item.links],
        "orphaned": item.orphaned,
        "deserted": item.deserted,
        "unread": item.unread,
        "why": item.why or None,
        "needs_why": item.needs_why,
        "check_ins": len(item.check_ins),
        "corrected": item.corrected,
        "corrections": [
            {
                "date": str(c.day),
                "term": c.term.value,
                "before": said(c.before),
                "after": said(c.after),
            }
            for c in item.corrections
        ],
        "steps": [step.title for step in item.steps],
        "initiatives": [
            {"title": each.title, "state": each.state.value} for each in item.initiatives
        ],
        "grade": number(item.grade),
        "before": _standing_row(item.before),
        "after": _standing_row(item.after),
    }


def _link_row(link: LinkNews) -> dict[str, Cell]:
    return {
        "kind": link.kind.value,
        "target": str(link.target),
        "title": link.title,
        "made": link.made,
        "gone": link.gone,
    }


def _weekly_row(weekly: WeeklyNews) -> dict[str, Cell]:
    return {
        "name": weekly.name,
        "date": weekly.date.isoformat(),
        "came": weekly.came,
        "wins": weekly.wins,
        "asks": weekly.asks,
    }


def _standing_row(standing: Standing | None) -> Cell:
    if standing is None:
        return None
    return {
        "progress": number(standing.progress),
        "status": standing.status.value,
        "confidence": number(standing.confidence),
    }


def _team_row(team: TeamNews) -> dict[str, Cell]:
    changes: list[Cell] = [{"what": w, "before": a, "after": b} for w, a, b in team.changes]
    return {"id": team.id, "title": team.title, "coming": team.coming.value, "changes": changes}


def _problem_row(problem: Problem) -> dict[str, Cell]:
    return {
        "code": problem.code,
        "path": problem.place.path,
        "line": problem.place.line,
        "message": problem.message,
    }
