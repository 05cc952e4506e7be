"""Companies made up by hypothesis, with things hidden at every level, written as trees of files.

Whatever an audience may not see holds the word CANARY; a second variant of a tree differs from the
first in nothing but what is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from hypothesis import strategies as st

AUDIENCES = ("public", "internal", "leadership")
DEFAULT = "internal"
CYCLES = ("2026-q4", "2026", "2026-q3")
DAYS = ("2026-09-14", "2026-11-09", "2026-11-16")


def narrow(around: str, own: str) -> str:
    """Return the audience that holds inside a thing, or nothing where none is named."""
    is_wider = around and own and AUDIENCES.index(own) < AUDIENCES.index(around)
    return around if is_wider or not own else own


def is_open(scope: str, audience: str) -> bool:
    return AUDIENCES.index(scope or DEFAULT) <= AUDIENCES.index(audience)


@dataclass
class MadeKeyResult:
    name: str
    own: str
    scope: str
    value: int
    broken: bool

    def shown(self, audience: str) -> bool:
        return is_open(self.scope, audience)


@dataclass
class MadeObjective:
    name: str
    own: str
    scope: str
    supports: tuple[int, ...]
    with_id: bool
    broken: bool
    key_results: list[MadeKeyResult] = field(default_factory=list)

    def whole(self, audience: str) -> bool:
        return is_open(self.scope, audience)

    def shown(self, audience: str) -> bool:
        return self.whole(audience) or any(kr.shown(audience) for kr in self.key_results)


@dataclass
class MadePlan:
    cycle: str
    person: str
    own: str
    scope: str
    broken: bool
    objectives: list[MadeObjective] = field(default_factory=list)

    def whole(self, audience: str) -> bool:
        return is_open(self.scope, audience)

    def shown(self, audience: str) -> bool:
        return self.whole(audience) or any(o.shown(audience) for o in self.objectives)


@dataclass
class MadeTeam:
    number: int
    own: str
    scope: str
    parent: MadeTeam | None
    plans: list[MadePlan] = field(default_factory=list)
    below: list[MadeTeam] = field(default_factory=list)

    def whole(self, audience: str) -> bool:
        return is_open(self.scope, audience)

    def shown(self, audience: str) -> bool:
        inside = [*self.plans, *self.below]
        # Whoever sees anything knows the company's name.
        is_root = self.parent is None
        return is_root or self.whole(audience) or any(each.shown(audience) for each in inside)


@dataclass
class MadeCompany:
    """Teams below the company itself, which stands first."""

    teams: list[MadeTeam]

    def objectives(self) -> list[tuple[MadeTeam, MadePlan, MadeObjective]]:
        return [(t, p, o) for t in self.teams for p in t.plans for o in p.objectives]

    def visible_titles(self, audience: str) -> list[str]:
        writer = _Writer(self, audience, "one")
        return [
            title
            for _, _, objective in self.objectives()
            if objective.shown(audience)
            for title in (
                writer.title(objective.name, shown=True),
                *(
                    writer.sentence(kr, shown=True)
                    for kr in objective.key_results
                    if kr.shown(audience)
                ),
            )
        ]

    def files(self, audience: str, variant: str) -> dict[str, str]:
        """Return the tree; `variant` changes only what an audience may not see."""
        return _Writer(self, audience, variant).files()


@dataclass
class _Writer:
    company: MadeCompany
    audience: str
    variant: str

    def files(self) -> dict[str, str]:
        files = {"people.yml": "ana: Ana Sousa\nbo: Bo Li\n"}
        for team in self.company.teams:
            folder = self.folder(team)
            files[f"{folder}team.md"] = self.team(team)
            for plan in team.plans:
                files[f"{folder}{self.plan_name(plan)}"] = self.plan(team, plan)
            for day in DAYS:
                files[f"{folder}checkins/{day}.yml"] = self.check_in(team, day)
            files[f"{folder}feedback/2026-11-02.{self.person(team)}.yml"] = self.feedback(team)
        if self.variant == "other" and self.audience != AUDIENCES[-1]:
            files |= self.more()
        return files

    def more(self) -> dict[str, str]:
        """Return files that are hidden as a whole."""
        return {
            "zz-canary/team.md": "---\nvisibility: leadership\nlead: canarylead\n---\nCANARY\n",
            "zz-canary/2026-q2.yml": "- CANARY: [CANARY to 5]\n- CANARY: 5\n- owner: CANARY\n",
            "zz-canary/2025.canarymia.yml": "- CANARY\n",
            "zz-canary/checkins/2026-05-04.yml": "key_results: {canary: 5}\nnote: CANARY\n",
            "zz-canary/2026q9.yml": "CANARY\n",
            "zz-canary/deep/2026-q4.yml": "- {title: CANARY, supports: company/canary}\n",
        }

    def word(self, shown: bool) -> str:
        return "Open" if shown else f"CANARY {self.variant}"

    def title(self, name: str, *, shown: bool) -> str:
        return f"Make {self.word(shown)} {name} better"

    def sentence(self, kr: MadeKeyResult, *, shown: bool) -> str:
        target = 50 if shown or self.variant == "one" else 70
        return f"Raise {self.word(shown)} {kr.name} from 10 to {target}"

    def id(self, name: str, *, shown: bool) -> str:
        return name if shown else f"canary-{name}"

    def folder(self, team: MadeTeam) -> str:
        if team.parent is None:
            return ""
        return f"{self.folder(team.parent)}{self.team_id(team)}/"

    def team_id(self, team: MadeTeam) -> str:
        if team.parent is None:
            return "company"
        return self.id(f"t{team.number}", shown=team.shown(self.audience))

    def person(self, team: MadeTeam) -> str:
        return "dana" if team.whole(self.audience) else "canaryvisitor"

    def owner(self, shown: bool, plain: str = "ana") -> str:
        return plain if shown else f"canary{self.variant}"

    def team(self, team: MadeTeam) -> str:
        whole, shown = team.whole(self.audience), team.shown(self.audience)
        lines = ["---", f"title: {self.word(shown)} team {team.number}"]
        lines += [f"vision: {self.word(whole)}", f"lead: {self.owner(whole, 'unlisted')}"]
        lines += [f"members: [bo, {self.owner(whole)}]"]
        lines += [f"priorities: [{{id: {self.id('p', shown=whole)}, title: {self.word(whole)}}}]"]
        lines += [f"visibility: {team.own}"] if team.own else []
        if not whole and self.variant == "other":
            lines += ["checkin_every: month", "colour: CANARY"]
            # What people below write in is that of the team above them.
            lines += ["language: de"] * (not any(each.shown(self.audience) for each in team.below))
        return "\n".join([*lines, "---", self.word(whole), ""])

    def plan_name(self, plan: MadePlan) -> str:
        if not plan.person:
            return f"{plan.cycle}.yml"
        return f"{plan.cycle}.{self.id(plan.person, shown=plan.shown(self.audience))}.yml"

    def plan(self, team: MadeTeam, plan: MadePlan) -> str:
        whole = plan.whole(self.audience)
        lines = [f"visibility: {plan.own}"] if plan.own else []
        lines += ["colour: CANARY"] * (not whole and self.variant == "other")
        lines += ["grade: 7"] if plan.broken else []
        lines += ["objectives:"]
        if not plan.objectives:
            lines[-1] = "objectives: []"
        for objective in plan.objectives:
            lines += self.objective(objective)
            if self.variant == "other" and self.audience != AUDIENCES[-1]:
                # Another one beside it, hidden by itself.
                lines += ["  - title: Make CANARY known", "    visibility: leadership"]
                lines += [f"    id: canary-{objective.name}-more", "    weight: CANARY"]
        lines += ["health:", f"  - {self.word(whole)} health >= 4"]
        lines += ["amendments:", f"  - {{date: 2026-11-02, why: {self.word(whole)}}}"]
        for objective in plan.objectives:
            if objective.with_id:
                shown = objective.whole(self.audience) and whole
                about = self.id(objective.name, shown=objective.shown(self.audience))
                why = self.word(shown)
                lines += [f"  - {{date: 2026-11-03, about: {about}, why: {why}}}"]
        lines += ["retrospective:", f"  learned: [{self.word(whole)}]"]
        return "\n".join(lines) + "\n"

    def objective(self, objective: MadeObjective) -> Iterator[str]:
        whole, shown = objective.whole(self.audience), objective.shown(self.audience)
        yield f"  - title: {self.title(objective.name, shown=shown)}"
        if objective.with_id:
            yield f"    id: {self.id(objective.name, shown=shown)}"
        yield from [f"    visibility: {objective.own}"] if objective.own else []
        yield f"    why: {self.word(whole)}"
        yield f"    owner: [{self.owner(whole, 'zoe')}, bo]"
        yield f"    contributors: [{self.owner(whole)}]"
        if supports := list(self.supports(objective)):
            yield f"    supports: [{', '.join(supports)}]"
            yield f"    depends_on: [{', '.join(supports)}]"
        yield f"    initiatives: [{{title: {self.word(whole)} work, owner: {self.owner(whole)}}}]"
        if objective.broken or (not whole and self.variant == "other"):
            yield "    weight: heavy" if whole else "    weight: CANARY"
        results = list(objective.key_results)
        yield "    key_results:" if results else "    tags: [a]"
        for kr in results:
            yield from self.key_result(kr)
            if self.variant == "other" and self.audience != AUDIENCES[-1]:
                yield f"      - title: Raise CANARY {kr.name} more to 5"
                yield "        visibility: leadership"

    def supports(self, objective: MadeObjective) -> Iterator[str]:
        everything = self.company.objectives()
        for index in objective.supports:
            if everything:
                team, plan, other = everything[index % len(everything)]
                if other.with_id and other is not objective:
                    yield self.reference(team, plan, other)

    def reference(self, team: MadeTeam, plan: MadePlan, objective: MadeObjective) -> str:
        owner = self.team_id(team)
        if plan.person:
            owner = self.id(plan.person, shown=plan.shown(self.audience))
        return (
            f"{owner}@{plan.cycle}/{self.id(objective.name, shown=objective.shown(self.audience))}"
        )

    def key_result(self, kr: MadeKeyResult) -> Iterator[str]:
        shown = kr.shown(self.audience)
        yield f"      - title: {self.sentence(kr, shown=shown)}"
        yield f"        id: {self.id(kr.name, shown=shown)}"
        yield from [f"        visibility: {kr.own}"] if kr.own else []
        yield f"        description: {self.word(shown)}"
        yield f"        owner: {self.owner(shown, 'mia')}"
        if kr.broken or (not shown and self.variant == "other"):
            yield "        stretch: far" if shown else "        stretch: CANARY"

    def check_in(self, team: MadeTeam, day: str) -> str:
        """Return what a team says in a week: of all its items, hidden ones too."""
        lines = [f"note: {self.word(self.week_shown(team, day))}"]
        asked = self.company.teams[-1]
        lines += [f"asks: [{{text: Help, to: {self.team_id(asked)}}}]"]
        items = list(self.said(team, day))
        # Whether a file speaks of anything shall not hang on what is hidden.
        return "\n".join([*lines, *(["key_results:", *items] if items else [])]) + "\n"

    def week_shown(self, team: MadeTeam, day: str) -> bool:
        running = [p for p in team.plans if not p.person and _runs(p.cycle, day)]
        seen = not running or any(plan.whole(self.audience) for plan in running)
        return team.whole(self.audience) and seen

    def said(self, team: MadeTeam, day: str) -> Iterator[str]:
        for plan in team.plans:
            for objective in plan.objectives if _runs(plan.cycle, day) else ():
                for kr in objective.key_results if objective.with_id else ():
                    shown = kr.shown(self.audience)
                    if not shown and self.variant == "other" and kr.value % 2:
                        continue
                    ref = self.reference(team, plan, objective)
                    value = kr.value if shown or self.variant == "one" else kr.value + 1
                    yield f"  {ref}/{self.id(kr.name, shown=shown)}:"
                    yield f"    value: {value if shown or value % 3 else 'CANARY'}"
                    yield f"    note: {self.word(shown)}"

    def feedback(self, team: MadeTeam) -> str:
        lines = [f"- {{kind: praise, text: {self.word(team.whole(self.audience))}}}"]
        for plan in team.plans:
            for objective in plan.objectives if plan.cycle == "2026-q4" else ():
                if objective.with_id:
                    shown = team.whole(self.audience) and objective.whole(self.audience)
                    about = self.reference(team, plan, objective)
                    text = self.word(shown)
                    lines += [f"- {{about: {about}, kind: question, text: {text}}}"]
        return "\n".join(lines) + "\n"


def _runs(cycle: str, day: str) -> bool:
    if cycle == "2026":
        return True
    return cycle == ("2026-q3" if day < "2026-10-01" else "2026-q4")


OWN = st.sampled_from(("", "", "", *AUDIENCES))


@st.composite
def companies(draw: st.DrawFn) -> MadeCompany:
    """Draw a company of a few teams, each with a few plans."""
    teams: list[MadeTeam] = []
    count = 0
    for number in range(draw(st.integers(1, 4))):
        parent = teams[draw(st.integers(0, number - 1))] if number else None
        own = draw(OWN)
        # The company itself is for all: else there is nothing to see.
        own = "" if parent is None else own
        team = MadeTeam(number, own, narrow(parent.scope if parent else "", own), parent)
        if parent:
            parent.below.append(team)
        teams.append(team)
        for cycle in draw(st.lists(st.sampled_from(CYCLES), unique=True, max_size=2)):
            count = draw_plan(draw, team, cycle, "", count)
        if draw(st.booleans()):
            count = draw_plan(draw, team, "2026-q4", f"person{number}", count)
    return MadeCompany(teams)


def draw_plan(draw: st.DrawFn, team: MadeTeam, cycle: str, person: str, count: int) -> int:
    """Draw a plan into a team; return how many things there are by now."""
    own = draw(OWN)
    plan = MadePlan(cycle, person, own, narrow(team.scope, own), draw(st.booleans()))
    team.plans.append(plan)
    for _ in range(draw(st.integers(0, 3))):
        own = draw(OWN)
        count += 1
        objective = MadeObjective(
            name=f"o{count}",
            own=own,
            scope=narrow(plan.scope, own),
            supports=tuple(draw(st.lists(st.integers(0, 30), max_size=2))),
            with_id=draw(st.booleans()),
            broken=draw(st.booleans()),
        )
        plan.objectives.append(objective)
        for _ in range(draw(st.integers(0, 3))):
            own = draw(OWN)
            count += 1
            scope = narrow(objective.scope, own)
            value = draw(st.integers(0, 60))
            objective.key_results.append(
                MadeKeyResult(f"k{count}", own, scope, value, draw(st.booleans()))
            )
    return count
