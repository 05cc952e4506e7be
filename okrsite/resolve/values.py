"""What a check-in says of one item, as typed → a `CheckIn` in the item's own unit."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from okrsite.model import CheckIn, KeyResult, Kind, Objective, Quantity, Step
from okrsite.quantities import Unread, read_quantity, read_value
from okrsite.read.records import ItemRecord, Text
from okrsite.resolve.desk import Desk
from okrsite.resolve.matching import short_reference

_OUT_OF = re.compile(r"(\d+(?:\.\d+)?)\s*/\s*(\d+(?:\.\d+)?)")
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*[%％]")
_BARE = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_CODES = {"ambiguous": "OKR-C006", "unit": "OKR-C007", "below-one": "OKR-C008"}


def resolve_check_in(
    record: ItemRecord, item: KeyResult | Objective, day: date, by: str, language: str, desk: Desk
) -> CheckIn:
    """Return a check-in; a value that cannot be read is reported and left out."""
    kind = item.kind if isinstance(item, KeyResult) else Kind.MILESTONE
    steps = item.steps if isinstance(item, KeyResult) else ()
    value: Quantity | None = None
    share: Decimal | None = None
    named: tuple[int, ...] = ()
    if record.value:
        if kind is Kind.MILESTONE:
            share, named = _milestone(record.value, steps, item, desk)
        elif kind is Kind.RUBRIC and isinstance(item, KeyResult):
            share = _level(record.value, item, desk)
        elif isinstance(item, KeyResult):
            value = _number(record.value, item, language, desk)
    return CheckIn(
        date=day,
        place=record.place,
        by=by,
        value=value,
        share=share,
        steps_done=(*named, *_steps(record.steps, steps, item, desk)),
        steps_undone=_steps(record.undone, steps, item, desk),
        done=record.done,
        confidence=record.confidence,
        forecast=_forecast(record.forecast, item, language, desk),
        status=record.status,
        note=record.note,
        blocker=record.blocker,
        decision=record.decision,
        ask=record.ask,
    )


def read_number(
    text: Text, kr: KeyResult, language: str, desk: Desk, code: str = ""
) -> Quantity | None:
    """Return a value in a key result's own style; one that cannot be read is reported."""
    like = kr.target or kr.baseline
    read = read_value(text.value, like, language) if like else read_quantity(text.value, language)
    if isinstance(read, Quantity):
        return read
    _complain_number(text, kr, read, desk, code)
    return None


def _number(text: Text, kr: KeyResult, language: str, desk: Desk) -> Quantity | None:
    return read_number(text, kr, language, desk)


def _complain_number(text: Text, kr: KeyResult, read: Unread, desk: Desk, code: str) -> None:
    if read.readings:
        mend = f"write {' or '.join(read.readings)}"
    elif read.reason == "unit" and (unit := _unit_of(kr)):
        mend = f"write it in {unit}"
    else:
        mend = "write the number alone, and everything else in note:"
    desk.report(
        code or _CODES.get(read.reason, "OKR-C005"),
        text.place,
        f"{short_reference(kr.ref)}: {read.message}",
        mend,
    )


def _unit_of(kr: KeyResult) -> str:
    """Return a key result's unit as it is written, or nothing."""
    like = kr.target or kr.baseline
    return like.style.suffix.strip() or like.unit if like else ""


def _hundredfold(text: str) -> str:
    plain = text.replace(",", ".")
    return f"{(Decimal(plain) * 100).normalize():f}" if _BARE.fullmatch(plain) else text


def _forecast(
    text: Text | None, item: KeyResult | Objective, language: str, desk: Desk
) -> Quantity | None:
    if text is None:
        return None
    if isinstance(item, KeyResult) and item.kind not in (Kind.MILESTONE, Kind.RUBRIC):
        return _number(text, item, language, desk)
    read = read_quantity(text.value, language)
    if isinstance(read, Unread):
        desk.report("OKR-C005", text.place, f"forecast: {read.message}", "write it as 80%")
        return None
    return read


def _milestone(
    text: Text, steps: tuple[Step, ...], item: KeyResult | Objective, desk: Desk
) -> tuple[Decimal | None, tuple[int, ...]]:
    """Return the share done, or the step that a value names."""
    share = _share(text.value)
    if share is not None:
        return _whole(share, text, item, desk), ()
    if _BARE.fullmatch(text.value):
        desk.report(
            "OKR-C009",
            text.place,
            f"{short_reference(item.ref)} is a milestone, and a bare {text.value} says no share",
            f"write {' or '.join(_shares(text.value, steps))}, or done; "
            "if it counts something, give the key result a target:",
        )
        return None, ()
    if steps:
        return None, _steps((text,), steps, item, desk)
    desk.report(
        "OKR-C005",
        text.place,
        f"{short_reference(item.ref)}: '{text.value}' is neither a share nor done",
        "write 40%, 2/5 or done, and everything else in note:",
    )
    return None, ()


def _shares(text: str, steps: tuple[Step, ...]) -> list[str]:
    """Return what a bare number on a milestone may have been meant as."""
    plain = text.replace(",", ".")
    value = Decimal(plain)
    readings = [f"{plain}%"]
    if 0 < value <= 1:
        readings.insert(0, f"{_hundredfold(plain)}%")
    if steps and value == int(value) and 0 < value <= len(steps):
        readings.append(f"{plain}/{len(steps)}")
    return readings


def _share(text: str) -> Decimal | None:
    if match := _PERCENT.fullmatch(text):
        return Decimal(match[1].replace(",", ".")) / 100
    match = _OUT_OF.fullmatch(text)
    return Decimal(match[1]) / Decimal(match[2]) if match and Decimal(match[2]) else None


def _whole(share: Decimal, text: Text, item: KeyResult | Objective, desk: Desk) -> Decimal | None:
    if share <= 1:
        return share
    desk.report(
        "OKR-C005",
        text.place,
        f"{short_reference(item.ref)}: {text.value} is more than the whole",
        "write a share up to 100%, or done",
    )
    return None


def _level(text: Text, kr: KeyResult, desk: Desk) -> Decimal | None:
    """Return the grade of the level that a value names, by its key or its words."""
    wanted = text.value.casefold()
    if _BARE.fullmatch(wanted):
        number = Decimal(wanted.replace(",", "."))
        fits = [level.grade for level in kr.rubric if level.grade == number]
    else:
        exact = [level.grade for level in kr.rubric if level.text.casefold() == wanted]
        fits = exact or [
            level.grade for level in kr.rubric if level.text.casefold().startswith(wanted)
        ]
    if number_is_zero(wanted):
        return Decimal(0)
    if len(fits) == 1:
        return fits[0]
    shown = "; ".join(f"{level.grade}: {level.text}" for level in kr.rubric)
    desk.report(
        "OKR-C012",
        text.place,
        f"{short_reference(kr.ref)}: the rubric has no level '{text.value}'",
        f"write one of {', '.join(str(level.grade) for level in kr.rubric)}",
        shown,
    )
    return None


def number_is_zero(text: str) -> bool:
    """Tell whether a text is 0: no level of a rubric is reached yet."""
    return bool(_BARE.fullmatch(text)) and Decimal(text.replace(",", ".")) == 0


def _steps(
    names: tuple[Text, ...], steps: tuple[Step, ...], item: KeyResult | Objective, desk: Desk
) -> tuple[int, ...]:
    if not names:
        return ()
    found: list[int] = []
    for name in names:
        wanted = name.value.casefold()
        titles = [step.title.casefold() for step in steps]
        fits = [i for i, title in enumerate(titles) if title == wanted] or [
            i for i, title in enumerate(titles) if title.startswith(wanted)
        ]
        if len(fits) == 1:
            found.append(fits[0])
            continue
        known = [step.title for step in steps]
        place = name.place
        if not steps:
            desk.report(
                "OKR-C011",
                place,
                f"{short_reference(item.ref)} has no steps, so '{name.value}' is none",
                "write a share such as 40%, or done: true",
            )
        else:
            desk.strangers("OKR-C011", place, "step", name.value, known)
    return tuple(found)
