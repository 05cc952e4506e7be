"""`okrs.yml` → the company's `Rules`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from okrsite.model import Cadence, Cycle, Rules
from okrsite.model.cycle_names import known_cycle, make_cycle
from okrsite.read import schema
from okrsite.read.form import Form
from okrsite.read.nodes import Mapping, Node
from okrsite.read.records import RulesRecord, Text
from okrsite.read.scalars import read_language, read_link, read_percent, split_pairs
from okrsite.read.sheet import Sheet

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
SEVERITIES = ("off", "advice", "warning", "error")
_DECISIVE = ("audiences", "default_visibility")


def read_rules(node: Node | None, sheet: Sheet) -> RulesRecord:
    """Return the rules; what is absent has the default that `Rules` documents."""
    if node is None:
        return RulesRecord(unreadable=bool(sheet.problems))
    if not isinstance(node, Mapping):
        sheet.report("OKR-S002", node.place, "okrs.yml holds no keys", "write company: NAME")
        return RulesRecord(unreadable=True)
    form = Form(sheet, node, "okrs.yml", schema.RULES)
    default = Rules()
    fiscal = _month(form)
    planning = form.number("planning_days", Decimal(0), Decimal(366))
    planning_days = default.planning_days if planning is None else int(planning)
    every, checkin_day, sharing_day, grace = _checkins(form, default)
    on_track, at_risk, quiet = _pace(form, default)
    most_objectives, most_key_results = _limits(form, default)
    audiences, visibility, unreadable = _audiences(form, default)
    names, cycles = _cycles(form, fiscal or 1, planning_days)
    rules = Rules(
        company=str(form.text("company") or ""),
        language=read_language(form) or default.language,
        timezone=_timezone(form) or default.timezone,
        fiscal_year_start=fiscal or default.fiscal_year_start,
        every=every,
        checkin_day=checkin_day,
        sharing_day=sharing_day,
        grace_days=grace,
        on_track=on_track,
        at_risk=at_risk,
        quiet_start=quiet,
        max_objectives=most_objectives,
        max_key_results=most_key_results,
        planning_days=planning_days,
        audiences=audiences,
        default_visibility=visibility,
        cycles=tuple(cycles.values()),
        severities=_severities(form),
        links=tuple(
            (k.value, v.value) for k, v in split_pairs(form, "links") if read_link(form, v)
        ),
    )
    return RulesRecord(
        rules=rules,
        ignore=tuple(text.value for text in form.texts("ignore")),
        roles=tuple(split_pairs(form, "roles")),
        has_fiscal_start=bool(fiscal),
        unreadable=unreadable or any(p.code.startswith("OKR-Y") for p in sheet.problems),
        cycles=names,
    )


def _month(form: Form) -> int | None:
    text = form.text("fiscal_year_start")
    if text is None:
        return None
    if text.value in {str(number) for number in range(1, 13)}:
        return int(text.value)
    word = form.one_of("month", text, [name.title() for name in MONTHS])
    return MONTHS.index(word.lower()) + 1 if word else None


def _timezone(form: Form) -> str:
    text = form.text("timezone")
    if text is None:
        return ""
    try:
        ZoneInfo(text.value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        form.sheet.report(
            "OKR-S014",
            text.place,
            f"no time zone is called '{text.value}'",
            "write a name of the IANA list, such as Europe/Lisbon",
        )
        return ""
    return text.value


def _checkins(form: Form, default: Rules) -> tuple[Cadence, int, int, int]:
    node = form.mapping("checkins")
    if node is None:
        return default.every, default.checkin_day, default.sharing_day, default.grace_days
    inner = Form(form.sheet, node, "checkins", schema.CHECKINS_RULE)
    grace = inner.number("grace_days", Decimal(0), Decimal(60))
    return (
        inner.choice("every", Cadence) or default.every,
        _weekday(inner, "day", default.checkin_day),
        _weekday(inner, "sharing", default.sharing_day),
        default.grace_days if grace is None else int(grace),
    )


def _weekday(form: Form, name: str, default: int) -> int:
    word = form.word(name, DAYS)
    return DAYS.index(word) if word else default


def _pace(form: Form, default: Rules) -> tuple[Decimal, Decimal, Decimal]:
    node = form.mapping("pace")
    if node is None:
        return default.on_track, default.at_risk, default.quiet_start
    inner = Form(form.sheet, node, "pace", schema.PACE_RULE)
    on_track = inner.number("on_track", Decimal(0), Decimal(100))
    at_risk = inner.number("at_risk", Decimal(0), Decimal(100))
    quiet = read_percent(inner, "quiet_start")
    on_track = default.on_track if on_track is None else on_track
    at_risk = default.at_risk if at_risk is None else at_risk
    if at_risk < on_track:
        inner.sheet.report(
            "OKR-S008",
            inner.place_of("at_risk" if "at_risk" in inner else "on_track"),
            f"at_risk is {at_risk} points behind, less than on_track with {on_track}",
            "write at_risk with more points than on_track",
        )
        return default.on_track, default.at_risk, default.quiet_start
    return on_track, at_risk, default.quiet_start if quiet is None else quiet


def _limits(form: Form, default: Rules) -> tuple[int, int]:
    node = form.mapping("limits")
    if node is None:
        return default.max_objectives, default.max_key_results
    inner = Form(form.sheet, node, "limits", schema.LIMITS_RULE)
    objectives = inner.number("objectives", Decimal(1), Decimal(100))
    key_results = inner.number("key_results", Decimal(1), Decimal(100))
    return int(objectives or default.max_objectives), int(key_results or default.max_key_results)


def _audiences(form: Form, default: Rules) -> tuple[tuple[str, ...], str, bool]:
    """Return the audiences, the default visibility, and whether either could not be read."""
    lost = form.is_private or any(name in form.lost for name in _DECISIVE)
    before = len(form.sheet.problems)
    texts = form.names("audiences")
    node = form.node_of("audiences")
    if node and not texts and len(form.sheet.problems) == before:
        form.wrong_shape("audiences", node, "a list of names, the widest first,")
    names = tuple(dict.fromkeys(text.value for text in texts)) or default.audiences
    for index, name in enumerate(texts):
        if name.value in {other.value for other in texts[:index]}:
            form.sheet.report(
                "OKR-I002", name.place, f"audience '{name.value}' stands twice", "remove one"
            )
    text = form.text("default_visibility")
    visibility = text.value if text else default.default_visibility
    if visibility not in names:
        place = text.place if text else form.place_of("audiences")
        form.sheet.report(
            "OKR-V001",
            place,
            f"default_visibility is '{visibility}', which is no audience",
            f"write default_visibility: {names[min(1, len(names) - 1)]}",
            f"audiences: {', '.join(names)}",
        )
        visibility = names[-1]
    return names, visibility, lost or len(form.sheet.problems) > before


def _cycles(
    form: Form, fiscal: int, planning_days: int
) -> tuple[tuple[Text, ...], dict[str, Cycle]]:
    """Return the names of the cycles as written, and the cycles by id."""
    names: list[Text] = []
    found: dict[str, Cycle] = {}
    for node in form.items("cycles"):
        if not isinstance(node, Mapping):
            form.wrong_shape("cycles", node, "{id: 2026-c5, start: 2026-09-07, end: 2026-10-18}")
            continue
        inner = Form(form.sheet, node, "a cycle", schema.CYCLE)
        id = inner.text("id") if inner.require("id", "id: 2026-c5") else None
        cycle = _cycle(id, inner, fiscal, planning_days) if id else None
        if id is None or cycle is None:
            continue
        if cycle.id in found:
            form.sheet.report(
                "OKR-D002", id.place, f"two cycles are called '{id.value}'", "rename one of them"
            )
            continue
        names.append(Text(cycle.id, id.place))
        found[cycle.id] = cycle
    return tuple(names), found


def _cycle(id: Text, form: Form, fiscal: int, planning_days: int) -> Cycle | None:
    known = known_cycle(id.value, fiscal, planning_days)
    start = form.day("start") or (known.start if known else None)
    end = form.day("end") or (known.end if known else None)
    if start is None or end is None or end < start:
        form.sheet.report(
            "OKR-D001",
            id.place,
            f"cycle '{id.value}' {_date_fault(start, end)}",
            "write both, such as start: 2026-09-07 and end: 2026-10-18",
        )
        return None
    due = form.day("grading_due")
    if due and due < end:
        form.sheet.report(
            "OKR-D001",
            form.place_of("grading_due"),
            f"grading of '{id.value}' is due on {due}, before the cycle ends on {end}",
            "write a day after the end, or leave it out",
        )
        due = None
    return make_cycle(
        id.value.lower(),
        start,
        end,
        planning_days,
        name=str(form.text("name") or "") or (known.name if known else ""),
        reviews=form.days("reviews"),
        grading_due=due,
    )


def _date_fault(start: date | None, end: date | None) -> str:
    if start and end:
        return f"ends on {end}, before it starts on {start}"
    return "has no start:" if end else "has no end:" if start else "has no start: and no end:"


def _severities(form: Form) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.value, word)
        for name, value in split_pairs(form, "rules")
        if (word := form.one_of("severity", value, SEVERITIES))
    )
