"""Fields that several files share → links, percentages, grades, confidence, status words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from okrsite.model import Status
from okrsite.read.form import Form, plain_number
from okrsite.read.nodes import Scalar, is_empty
from okrsite.read.records import Text

_LINK = re.compile(r"(?:https?://[^\s/]\S*|mailto:\S+@\S+|okr:\S+|(?:\.{0,2}/)?[\w./#?=&%~+-]+)")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_OUT_OF = re.compile(r"(\d+(?:\.\d+)?)\s*/\s*(\d+(?:\.\d+)?)")

STATUS_WORDS: dict[str, Status] = {
    "on track": Status.ON_TRACK,
    "green": Status.ON_TRACK,
    "🟢": Status.ON_TRACK,
    "●": Status.ON_TRACK,
    "at risk": Status.AT_RISK,
    "amber": Status.AT_RISK,
    "yellow": Status.AT_RISK,
    "🟡": Status.AT_RISK,
    "▲": Status.AT_RISK,
    "off track": Status.OFF_TRACK,
    "red": Status.OFF_TRACK,
    "🔴": Status.OFF_TRACK,
    "■": Status.OFF_TRACK,
    "achieved": Status.ACHIEVED,
    "not started": Status.NOT_STARTED,
}


LANGUAGES = ("en", "zh", "de", "fr", "es", "pt")
"""Those whose numbers and sentences are read, and whose words the site has."""


def read_language(form: Form) -> str:
    """Return a language; one with its country (`pt-BR`, `zh_CN`) is read as the language."""
    text = form.text("language")
    if text is None:
        return ""
    found = text.value.casefold().replace("_", "-").partition("-")[0]
    if found in LANGUAGES:
        return found
    form.sheet.report(
        "OKR-S014",
        text.place,
        f"'{text.value}' is no language that okrsite knows",
        f"write one of {', '.join(LANGUAGES)}",
    )
    return ""


def split_pairs(form: Form, name: str) -> Iterator[tuple[Text, Text]]:
    """Yield key and value of a mapping from text to text."""
    node = form.mapping(name)
    for pair in node.pairs if node else ():
        if not isinstance(pair.value, Scalar):
            form.wrong_shape(pair.key.text, pair.value, "a text")
        elif is_empty(pair.value):
            form.complain_empty(pair.key)
        else:
            yield (
                Text(pair.key.text, pair.key.place),
                Text(pair.value.text, pair.value.place),
            )


def read_link(form: Form, text: Text) -> str:
    """Return an address that a browser may follow without harm, or nothing with a Problem."""
    lower = text.value.lower()
    has_scheme = _SCHEME.match(lower)
    fine = _LINK.fullmatch(text.value) and (
        not has_scheme or lower.startswith(("http://", "https://", "mailto:", "okr:"))
    )
    # A template such as …?title={ref} is a link too.
    if fine or (lower.startswith(("http://", "https://")) and not re.search(r"\s", text.value)):
        return text.value
    form.sheet.report(
        "OKR-S013",
        text.place,
        f"'{text.value}' is no link",
        "write an address that begins with https://, in quotes if it holds ': ' or ' #'",
    )
    return ""


def read_percent(form: Form, name: str) -> Decimal | None:
    """Return a percentage such as 10% or 10 as a number from 0 to 100."""
    text = form.text(name)
    if text is None:
        return None
    value = plain_number(text.value.removesuffix("%").strip())
    if value is None or not 0 <= value <= 100:
        form.sheet.report(
            "OKR-S007", text.place, f"'{text.value}' is no percentage", "write it as 10%"
        )
        return None
    return value


def read_grade(form: Form, name: str = "grade") -> Decimal | None:
    """Return a grade from 0 to 1, written as 0.7, 70% or 7/10."""
    text = form.text(name)
    if text is None:
        return None
    value, plain = _share(text.value)
    if value is None:
        form.sheet.report(
            "OKR-S007", text.place, f"'{text.value}' is no grade", "write it as 0.7, 70% or 7/10"
        )
        return None
    if not 0 <= value <= 1:
        tenth = f"{text.value}/10" if plain and value <= 10 else "0.7"
        form.sheet.report(
            "OKR-S008",
            text.place,
            f"grade is {text.value}, outside 0.0 to 1.0",
            f"write {tenth}" if tenth != "0.7" else "write a number from 0.0 to 1.0",
        )
        return None
    return value


def grade_of(text: str) -> Decimal | None:
    """Return the grade that a text is, or None where it is none from 0 to 1."""
    value, _ = _share(text)
    return value if value is not None and 0 <= value <= 1 else None


def read_confidence(form: Form, name: str = "confidence") -> Decimal | None:
    """Return a confidence from 0 to 10, written as 5, 5/10 or 50%."""
    text = form.text(name)
    if text is None:
        return None
    value, plain = _share(text.value)
    if value is None:
        form.sheet.report(
            "OKR-S007",
            text.place,
            f"'{text.value}' is no confidence",
            "write it as 5, 5/10 or 50%",
        )
        return None
    if plain and 0 < value < 1:
        form.sheet.report(
            "OKR-S008",
            text.place,
            f"confidence {text.value} has two readings: {value * 10} of 10, or {value} of 10",
            f"write {_short(value * 10)}, or {_short(value * 100)}%",
        )
        return None
    tenths = value if plain else value * 10
    if not 0 <= tenths <= 10:
        form.sheet.report(
            "OKR-S008",
            text.place,
            f"confidence is {text.value}, outside 0 to 10",
            "write a number from 0 to 10",
        )
        return None
    return tenths


def read_status(form: Form, name: str = "status") -> Status | None:
    """Return a declared status; synonyms and emoji are read."""
    text = form.text(name)
    return status_of(form, text) if text else None


def status_of(form: Form, text: Text) -> Status | None:
    """Return the status that a text says, reporting where it says none."""
    found = status_word(text.value)
    if found is None:
        form.one_of("status", text, ("on-track", "at-risk", "off-track", "achieved", "not-started"))
    return found


def status_word(text: str) -> Status | None:
    """Return the status that a text is a word for, or None."""
    return STATUS_WORDS.get(text.casefold().replace("-", " ").replace("_", " ").strip())


def _short(value: Decimal) -> str:
    return f"{value.normalize():f}"


@lru_cache(maxsize=1024)
def _share(text: str) -> tuple[Decimal | None, bool]:
    """Return a number, and whether it was a plain one rather than a share (70%, 7/10)."""
    if text.endswith("%"):
        value = plain_number(text.removesuffix("%").strip())
        return (value / 100 if value is not None else None), False
    if match := _OUT_OF.fullmatch(text):
        whole = Decimal(match[2])
        return (Decimal(match[1]) / whole if whole in (5, 10, 100) else None), False
    return plain_number(text), True
