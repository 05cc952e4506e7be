"""A key result's sentence and fields → its `Numbers`: kind, baseline, target, steps, levels.

A field wins where the sentence says nothing; where both speak they must agree.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from okrsite.model import Bound, Kind, Place, Quantity, RubricLevel, State, Step, Style
from okrsite.model.quick import quick_dataclass
from okrsite.model.quick import quick_replace as replace
from okrsite.quantities import (
    Unread,
    convert,
    read_quantity,
    read_value,
    write_quantity,
    written_alike,
)
from okrsite.read.form import Form, plain_number
from okrsite.read.nodes import Scalar, is_readable
from okrsite.read.parts import UNDATED, read_done, read_weight, title_of
from okrsite.read.records import Numbers, Text
from okrsite.sentences import Sentence, read_target

_ZERO = re.compile(r"(?<![\d.,])0(?![\d.,]?\d)")
_NUMBERED = (Kind.METRIC, Kind.LIMIT, Kind.MAINTAIN)


@quick_dataclass(frozen=True, slots=True)
class _Ends:
    """What the fields `baseline` and `target` say."""

    baseline: Quantity | None = None
    target: Quantity | None = None
    bound: Bound | None = None


def read_numbers(form: Form, title: Text, sentence: Sentence, state: State) -> Numbers:
    """Return what a key result is measured by; contradictions become Problems."""
    steps, rubric = _steps(form), _rubric(form)
    ends = _joined(_ends(form), sentence)
    kind = _kind(form, sentence, ends, bool(steps), bool(rubric))
    if sentence.placeholder and kind is Kind.MILESTONE and state is not State.DRAFT and not steps:
        _complain_placeholder(form, title)
    numbers = Numbers(kind, steps=steps, rubric=rubric, unread=sentence.unread)
    if kind in _NUMBERED:
        numbers = _numbered(form, title, sentence, ends, numbers)
        points = _checkpoints(form, numbers.target)
        numbers = replace(
            numbers,
            stretch=_like_target(form, "stretch", numbers.target),
            checkpoints=tuple((day, value) for day, value, _ in points),
            checkpoint_places=tuple(place for _, _, place in points),
        )
    else:
        _complain_surplus(form, kind)
    return replace(numbers, inferred=_inferred(form, numbers))


def _kind(form: Form, sentence: Sentence, ends: _Ends, steps: bool, rubric: bool) -> Kind:
    stated = form.choice("kind", Kind)
    if steps and rubric:
        form.sheet.report(
            "OKR-S012",
            form.key_place("rubric"),
            "milestones: and rubric: cannot both measure one key result",
            "leave one of them",
        )
    if stated:
        _check_needs(form, stated, sentence, ends, rubric)
        return stated
    if steps:
        return Kind.MILESTONE
    if rubric:
        return Kind.RUBRIC
    if sentence.kind in (Kind.LIMIT, Kind.MAINTAIN):
        return sentence.kind
    if ends.bound and ends.baseline is None and sentence.baseline is None:
        return Kind.MAINTAIN
    # A target that cannot be read was reported; check-ins of its numbers need no report.
    has_target = ends.target or sentence.target or "target" in form.lost
    return Kind.METRIC if has_target else sentence.kind


def _check_needs(form: Form, kind: Kind, sentence: Sentence, ends: _Ends, rubric: bool) -> None:
    needs = "target" if kind in _NUMBERED else "rubric" if kind is Kind.RUBRIC else ""
    has = {"target": bool(ends.target or sentence.target), "rubric": rubric, "": True}[needs]
    if not has and needs not in form.lost and needs not in form:
        form.sheet.report(
            "OKR-N007",
            form.place_of("kind"),
            f"kind: {kind} needs a {needs}, and neither title nor fields give one",
            f"add {needs}: …" if needs == "target" else "add rubric: with grades and their words",
        )


def _ends(form: Form) -> _Ends:
    language = form.sheet.language
    baseline = form.text("baseline")
    target = form.text("target")
    read_base = read_quantity(baseline.value, language) if baseline else None
    read_goal = read_target(target.value, language) if target else None
    if isinstance(read_base, Unread) and baseline:
        complain_unread(form, "baseline", baseline, read_base)
        form.lost.add("baseline")
    if isinstance(read_goal, Unread) and target:
        complain_unread(form, "target", target, read_goal)
        form.lost.add("target")
    bound, goal = read_goal if isinstance(read_goal, tuple) else (None, None)
    return _Ends(read_base if isinstance(read_base, Quantity) else None, goal, bound)


def _joined(ends: _Ends, sentence: Sentence) -> _Ends:
    """Give a bare number in one field the unit that the other, or the title, names."""
    said = None if sentence.is_change else sentence.target
    model = next((q for q in (ends.target, ends.baseline, said) if q and q.unit), None)
    if model is None:
        return ends
    return replace(
        ends, baseline=_in_unit(ends.baseline, model), target=_in_unit(ends.target, model)
    )


def _in_unit(quantity: Quantity | None, model: Quantity) -> Quantity | None:
    if quantity is None or quantity.unit:
        return quantity
    style = replace(model.style, places=quantity.style.places, magnitude="", scale=Decimal(1))
    bare = quantity.style == Style() or not quantity.style.magnitude
    return Quantity(quantity.value, model.unit, style if bare else quantity.style)


def _numbered(
    form: Form, title: Text, sentence: Sentence, ends: _Ends, numbers: Numbers
) -> Numbers:
    if sentence.is_change and sentence.target and (ends.baseline or _is_end(ends, sentence.target)):
        sentence = _as_ends(form, sentence, sentence.target, ends.baseline)
    disagree(form, title, "target", sentence.target, ends.target)
    if sentence.baseline and (sentence.baseline.value or _ZERO.search(title.value)):
        disagree(form, title, "baseline", sentence.baseline, ends.baseline)
    target = ends.target or sentence.target
    baseline = _fitting(form, ends.baseline or sentence.baseline, target)
    bound = ends.bound or sentence.bound
    if numbers.kind is Kind.METRIC and baseline and target and baseline.value == target.value:
        _complain_equal(form, title, baseline)
        baseline = None
    baseline, target = written_alike(baseline, target)
    return replace(
        numbers,
        baseline=baseline,
        target=target,
        bound=Bound.AT_MOST if numbers.kind is Kind.LIMIT and not ends.bound else bound,
        is_change=sentence.is_change,
        falling_words=sentence.falling,
        unread="",
    )


def _is_end(ends: _Ends, change: Quantity) -> bool:
    """Tell whether the field `target` gives the raw number rather than the size of the change."""
    return ends.target is not None and ends.target.unit != change.unit


def _as_ends(
    form: Form, sentence: Sentence, change: Quantity, baseline: Quantity | None
) -> Sentence:
    """Return a sentence about a change (`by 20%`) as one about the raw number."""
    target = _changed(form, baseline, change, sentence) if baseline else None
    bound = Bound.AT_MOST if sentence.falling else Bound.AT_LEAST
    return replace(sentence, baseline=None, target=target, bound=bound, is_change=False)


def _changed(
    form: Form, baseline: Quantity, change: Quantity, sentence: Sentence
) -> Quantity | None:
    """Return the target that a change makes of a baseline."""
    sign = -1 if sentence.falling else 1
    relative = baseline.value * (100 + sign * change.value) / 100
    if change.unit == "%" and baseline.unit != "%":
        return replace(baseline, value=relative)
    if change.unit == "%":
        points = baseline.value + sign * change.value
        if "target" not in form:
            form.sheet.report(
                "OKR-N002",
                form.place_of("baseline"),
                f"by {write_quantity(change)} of {write_quantity(baseline)} has two readings: "
                f"{relative.normalize():f}% or {points.normalize():f}%",
                f"add target: {points.normalize():f}%",
            )
        return None
    in_points = baseline.unit in ("", "%") or not change.unit
    size = change if in_points else convert(change, baseline)
    if size is None:
        form.sheet.report(
            "OKR-N005",
            form.place_of("baseline"),
            f"baseline {write_quantity(baseline)} and a change by {write_quantity(change)} "
            "have different units",
            "write both in one unit",
        )
        return None
    return replace(baseline, value=baseline.value + sign * size.value)


def disagree(
    form: Form, title: Text, name: str, said: Quantity | None, field: Quantity | None
) -> None:
    """Report a title and a field that name different numbers."""
    if said is None or field is None:
        return
    same = convert(field, said) if field.unit and said.unit else field
    if same is not None and same.value == said.value:
        return
    form.sheet.report(
        "OKR-N003",
        form.place_of(name),
        f"the title says {write_quantity(said)}, and {name}: says {write_quantity(field)}",
        "make them agree, or leave the number out of one of them",
        also=((title.place, "the title"),),
    )


def _fitting(form: Form, baseline: Quantity | None, target: Quantity | None) -> Quantity | None:
    """Return the baseline in the target's unit, reporting two that do not fit."""
    if baseline is None or target is None or baseline.unit == target.unit:
        return baseline
    converted = convert(baseline, target)
    if converted is None and baseline.unit and target.unit:
        name = "baseline" if "baseline" in form else "target"
        form.sheet.report(
            "OKR-N005",
            form.place_of(name) if name in form else form.node.place,
            f"baseline {write_quantity(baseline)} and target {write_quantity(target)} "
            "have different units",
            "write both in one unit",
        )
        return None
    return converted or baseline


def _like_target(form: Form, name: str, target: Quantity | None) -> Quantity | None:
    text = form.text(name)
    return quantity_like(form, name, text, target) if text else None


def quantity_like(form: Form, name: str, text: Text, target: Quantity | None) -> Quantity | None:
    """Return a quantity in the target's own style, reporting one that cannot be read."""
    language = form.sheet.language
    read = (
        read_value(text.value, target, language) if target else read_quantity(text.value, language)
    )
    if isinstance(read, Unread):
        complain_unread(form, name, text, read)
        return None
    return read


def _checkpoints(form: Form, target: Quantity | None) -> list[tuple[date, Quantity, Place]]:
    node = form.mapping("checkpoints")
    found: list[tuple[date, Quantity, Place]] = []
    for pair in node.pairs if node else ():
        day = form.date_of(Text(pair.key.text, pair.key.place))
        if not isinstance(pair.value, Scalar):
            form.wrong_shape("checkpoints", pair.value, "a number")
            continue
        text = Text(pair.value.text, pair.value.place)
        value = quantity_like(form, "checkpoints", text, target)
        if day and value:
            found.append((day, value, pair.key.place))
    return sorted(found, key=lambda point: point[0])


def _steps(form: Form) -> tuple[Step, ...]:
    found: list[Step] = []
    for node in form.items("milestones"):
        title, inner = title_of(node, form, "milestones")
        if title is None:
            continue
        checked = isinstance(node, Scalar) and node.checked
        done = (read_done(inner) if inner else None) or (UNDATED if checked else None)
        weight = read_weight(inner) if inner else Decimal(1)
        if any(title.value.casefold() == step.title.casefold() for step in found):
            form.sheet.report(
                "OKR-I003",
                title.place,
                f"two steps are called '{title.value}'",
                "give them different words, so that a check-in can name one",
            )
        found.append(Step(title.value, weight, done))
    return tuple(found)


def _rubric(form: Form) -> tuple[RubricLevel, ...]:
    node = form.mapping("rubric")
    found: dict[Decimal, RubricLevel] = {}
    for pair in node.pairs if node else ():
        grade = plain_number(pair.key.text)
        if grade is None or not 0 <= grade <= 1 or grade in found:
            form.sheet.report(
                "OKR-S008",
                pair.key.place,
                f"'{pair.key.text}' is no grade of its own from 0.0 to 1.0",
                "write each level as 0.7: and its words",
            )
        elif not isinstance(pair.value, Scalar) or not is_readable(pair.value):
            form.wrong_shape("rubric", pair.value, "the words of a level")
        else:
            found[grade] = RubricLevel(grade, pair.value.text)
    return tuple(found[grade] for grade in sorted(found))


def _inferred(form: Form, numbers: Numbers) -> tuple[str, ...]:
    """Return which of kind, baseline and target came from the sentence."""
    return tuple(
        name
        for name in ("kind", "baseline", "target")
        if name not in form and getattr(numbers, name) is not None
    )


def complain_unread(form: Form, name: str, text: Text, read: Unread) -> None:
    """Report a quantity that could not be read, or has two readings."""
    if read.reason == "unit":
        code, mend = "OKR-N005", "write it in the target's unit"
    elif read.reason == "ambiguous":
        code, mend = "OKR-N002", f"write {' or '.join(read.readings)}"
    else:
        code, mend = "OKR-N001", "write a number with its unit, such as 600 ms or 78%"
    form.sheet.report(code, text.place, f"{name}: {read.message}", mend)


def _complain_placeholder(form: Form, title: Text) -> None:
    form.sheet.report(
        "OKR-N006",
        title.place,
        f"'{title.value}' still has a placeholder for its number",
        "write the number, or state: draft until it is known",
    )


def _complain_equal(form: Form, title: Text, end: Quantity) -> None:
    name = next((n for n in ("target", "baseline") if n in form), "")
    form.sheet.report(
        "OKR-N004",
        form.place_of(name) if name else title.place,
        f"baseline and target are both {write_quantity(end)}, so that nothing can move",
        "change one, or write kind: maintain if it should stay there",
    )


def _complain_surplus(form: Form, kind: Kind) -> None:
    """Report number fields on a key result that has no numbers."""
    for name in ("baseline", "target", "stretch", "checkpoints", "feed"):
        if name in form:
            cause = next((n for n in ("kind", "milestones", "rubric") if n in form), "")
            mend = (
                f"remove {name}:, or {cause}: if numbers measure this"
                if cause
                else "add a target:, so that there is a way to go"
            )
            form.sheet.report("OKR-S012", form.key_place(name), f"a {kind} has no {name}:", mend)
