"""A company in which every text that people write is one payload."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from builders import check_in, company, key_result, objective, person, plan, ref, step, team

from okrsite.model import (
    Amendment,
    Ask,
    BrokenFile,
    Company,
    Definition,
    Feedback,
    HealthMetric,
    Initiative,
    Place,
    Priority,
    Quantity,
    Retrospective,
    Rules,
    StandingPriority,
    Style,
    Weekly,
)

TODAY = date(2026, 11, 16)


def hostile_company(text: str) -> Company:
    """Return a company that says nothing but a text, wherever somebody may say something."""
    place = Place("platform/2026-q4.yml")
    odd = Quantity(Decimal(5), text, Style(prefix=text, suffix=text))
    said = dict.fromkeys(("note", "blocker", "decision", "ask"), text)
    initiative = Initiative(text, owner="ana", link=text, because=text)
    results = (
        key_result(
            *("metric", check_in("2026-11-09", odd, by="ana", confidence=7, **said)),
            check_in("2026-11-16", odd, by="bo", confidence=3, forecast=odd, **said),
            title=text,
            description=text,
            priority=text,
            indicator=text,
            baseline=Quantity(Decimal(0), text, odd.style),
            target=Quantity(Decimal(9), text, odd.style),
            stretch=Quantity(Decimal(12), text, odd.style),
            definition=Definition(text, text, text, text, text),
            initiatives=(initiative,),
            grade="0.5",
            grade_note=text,
        ),
        key_result(
            "steps", title=text, kind="milestone", steps=(step(text, 2, "2026-11-02"), text)
        ),
        key_result("rubric", title=text, kind="rubric", rubric={"0.3": text, "1.0": text}),
        key_result("gone", title=text, state="cancelled", cancelled_because=text),
    )
    top = objective("company@2026-q4/top", title=text, tags=(text,))
    trust = objective(
        *("trust", *results),
        title=text,
        why=text,
        origin=text,
        supports=["company@2026-q4/top", None],
        tags=(text,),
        votes=("ana",),
        contributors=("ana",),
        initiatives=(initiative,),
        check_ins=(check_in("2026-11-16", status="at-risk", **said),),
        grade="0.6",
        grade_note=text,
    )
    about = ref("platform@2026-q4/trust/metric")
    own = plan(
        trust,
        health=(HealthMetric("morale", text, place, None, odd, ((TODAY, odd),)),),
        amendments=(Amendment(TODAY, about, text, place), Amendment(TODAY, None, text, place)),
        retrospective=Retrospective((text,), (text,), (text,), (text,)),
        grade="0.6",
        grade_note=text,
        prose=text,
    )
    weekly = Weekly(
        *("platform", "platform", TODAY, place, "ana"),
        priorities=(Priority(text, text),),
        upcoming=(text,),
        wins=(text,),
        asks=(Ask(text, "company", TODAY), Ask(text, text)),
        note=text,
    )
    platform = team(
        "platform",
        title=text,
        vision=text,
        mission=text,
        prose=text,
        lead="ana",
        members=("ana", "bo"),
        links=((text, text),),
        priorities=(StandingPriority("calm", text),),
    )
    return company(
        plan(top, prose=text),
        own,
        as_of=TODAY,
        rules=Rules(company=text, roles=((text, "ana"),), links=(("discuss", text),)),
        teams=(team("company", title=text, mission=text, vision=text), platform, team("new")),
        people=(person("ana", name=text, title=text), person("bo", name=text)),
        weeklies=(weekly,),
        feedback=(
            Feedback("platform", TODAY, "ana", "praise", text, place, about, text),
            Feedback("platform", TODAY, text, text, text, place),
        ),
        broken=(BrokenFile("platform", text, ((text, 1, text),)),),
        audience="leadership",
    )
