"""Who may see what: each thing's own word, or that of the nearest enclosing thing that has one."""

from __future__ import annotations

from okrsite.model.quick import quick_dataclass
from okrsite.problems import nearest
from okrsite.read.records import PlanRecord, Text
from okrsite.resolve.desk import Desk


@quick_dataclass(frozen=True, slots=True)
class Scope:
    """What encloses a thing, as far as visibility goes."""

    named: str = ""
    """The audience that the nearest enclosing thing names, or nothing."""
    by: str = ""
    """What that thing is, for messages."""


@quick_dataclass(frozen=True, slots=True)
class Around:
    """For whom all that encloses a plan was meant, at some time."""

    named: str
    """The narrowest audience that a team around it named, or nothing."""
    default: str
    """The audience of what named none itself."""


def narrow(desk: Desk, scope: Scope, own: Text | None, what: str, *, lost: bool) -> Scope:
    """Return the scope inside a thing, given its own `visibility:`.

    What cannot be read counts as the narrowest; what is wider than its surroundings is reported
    and counts as these.
    """
    audiences = desk.rules.audiences
    if lost:
        return Scope(audiences[-1], what)
    if own is None:
        return scope
    if own.value not in audiences:
        near = nearest(own.value, audiences, 1)
        desk.report(
            "OKR-V001",
            own.place,
            f"no audience is called '{own.value}', so this is shown to the narrowest",
            f"write {near[0]}" if near else f"write one of {', '.join(audiences)}",
            f"audiences: {', '.join(audiences)}",
        )
        return Scope(audiences[-1], what)
    if scope.named and audiences.index(own.value) < audiences.index(scope.named):
        desk.report(
            "OKR-V002",
            own.place,
            f"'{own.value}' is wider than '{scope.named}', which {scope.by} says",
            f"remove this line, or widen {scope.by}",
        )
        return scope
    return Scope(own.value, what)


def audience_of(desk: Desk, scope: Scope) -> str:
    """Return the audience of a thing in a scope."""
    return scope.named or desk.rules.default_visibility


@quick_dataclass(frozen=True, slots=True)
class PlanScopes:
    """What a plan, each of its objectives, and each of their key results are enclosed by."""

    plan: Scope
    objectives: tuple[Scope, ...]
    key_results: tuple[tuple[Scope, ...], ...]

    def all(self) -> tuple[Scope, ...]:
        """Return the scopes of everything that can be seen by itself."""
        inner = (scope for scopes in self.key_results for scope in scopes)
        return (self.plan, *self.objectives, *inner)


def scope_plan(record: PlanRecord, team: Scope, desk: Desk) -> PlanScopes:
    """Return who may see what of a plan, given the scope of its team."""
    what = f"the plan {record.path}"
    plan = narrow(desk, team, record.visibility, what, lost=record.visibility_lost)
    objectives = [
        narrow(desk, plan, each.visibility, "the objective", lost=each.visibility_lost)
        for each in record.objectives
    ]
    key_results = [
        tuple(
            narrow(desk, scope, kr.visibility, "the key result", lost=kr.visibility_lost)
            for kr in each.key_results
        )
        for scope, each in zip(objectives, record.objectives, strict=True)
    ]
    return PlanScopes(plan, tuple(objectives), tuple(key_results))


def rank_of(desk: Desk, scope: Scope) -> int:
    """Return how few may see a thing in a scope: 0 for the widest audience."""
    return desk.rules.audiences.index(audience_of(desk, scope))
