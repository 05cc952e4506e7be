"""`Words`: the site's own words, dates and numbers in one language."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from babel import Locale
from babel.dates import format_skeleton, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal

from okrsite.words.catalog import parse_language, read_catalog

NONE = "–"
"""What stands where there is no number."""
_MINUS = "\N{MINUS SIGN}"
_HALF_A_YEAR = datetime.timedelta(days=183)


class Words:
    """Says things in a language; what depends on today is told as of a day."""

    def __init__(self, language: str, as_of: datetime.date) -> None:
        """Take a language such as ``de`` or ``pt-BR``; one without a catalog is English."""
        self.language, self._locale = parse_language(language)
        self.as_of = as_of
        self._catalog = read_catalog(self.language)

    @property
    def tag(self) -> str:
        """Return the language for an HTML ``lang`` attribute."""
        return self.language

    @property
    def direction(self) -> str:
        """Return ``ltr`` or ``rtl``."""
        return self._locale.text_direction

    def gettext(self, message: str, **values: object) -> str:
        """Return a message in the language, with its ``{names}`` filled in."""
        text = self._catalog.gettext(message)
        return text.format(**values) if values else text

    def ngettext(self, one: str, many: str, n: int, **values: object) -> str:
        """Return the form of a message that fits a number, which it may name as ``{n}``."""
        return self._catalog.ngettext(one, many, n).format(n=n, **values)

    def percent(self, share: Fraction | None) -> str:
        """Return a share as people say it: ``52 %``; not clamped, a dash for none."""
        if share is None:
            return NONE
        return self.gettext("{n}\N{NO-BREAK SPACE}%", n=_whole(share * 100))

    def points(self, share: Fraction) -> str:
        """Return the size of a difference of shares in points, without its sign."""
        whole = abs(round_half_up(share * 100))
        return self.ngettext("{n} point", "{n} points", whole)

    def number(self, value: Decimal | Fraction | int, places: int = 1) -> str:
        """Return a number with at most so many decimals, in the language's own marks."""
        return _number(round_half_up(Fraction(value) * 10**places), places, self._locale)

    def grade(self, value: Decimal | Fraction) -> str:
        """Return a grade with one decimal, or two where the second is needed: ``0.7``, ``0.65``."""
        return _grade(round_half_up(Fraction(value) * 100), self._locale)

    def date(self, day: datetime.date) -> str:
        """Return a day as ``16 Nov``, with its year where it could be taken for another."""
        far = day.year != self.as_of.year and abs(day - self.as_of) > _HALF_A_YEAR
        return _day(day, far, self._locale)

    def full_date(self, day: datetime.date) -> str:
        """Return a day with its year: ``16 Nov 2026``."""
        return _day(day, True, self._locale)

    def weekday(self, day: datetime.date) -> str:
        """Return a day with its weekday: ``Mon 23 Nov``."""
        return _skeleton("MMMEd", day, self._locale)

    def relative(self, day: datetime.date) -> str:
        """Return how far a day is from today: ``6 days ago``, ``in 2 weeks``, ``today``."""
        distance = day - self.as_of
        if not distance:
            return self.gettext("today")
        return _distance(distance, self._locale)

    def also(self, said: str, more: str) -> str:
        """Return two clauses, one after the other: ``declared; its owner is away``."""
        return self.gettext("{said}; {more}", said=said, more=more)

    def namely(self, said: str, what: str) -> str:
        """Return a clause and what it comes to: ``it is paused: no money``."""
        return self.gettext("{said}: {what}", said=said, what=what)

    def list(self, items: Iterable[str]) -> str:
        """Return names joined as the language joins them: ``Ana, Bo and Chen``."""
        return format_list(list(items), locale=self._locale)


def round_half_up(value: Fraction) -> int:
    """Return the nearest whole number, halves away from zero, as people round."""
    return int(
        (Decimal(value.numerator) / Decimal(value.denominator)).to_integral_value(ROUND_HALF_UP)
    )


def _whole(value: Fraction) -> str:
    return str(round_half_up(value)).replace("-", _MINUS)


@lru_cache(maxsize=8192)
def _number(parts: int, places: int, locale: Locale) -> str:
    rounded = Decimal(parts).scaleb(-places).normalize()
    return str(format_decimal(rounded, format=_pattern(places), locale=locale)).replace("-", _MINUS)


@lru_cache(maxsize=1024)
def _grade(hundredths: int, locale: Locale) -> str:
    return str(format_decimal(Decimal(hundredths).scaleb(-2), format="0.0#", locale=locale))


def _pattern(places: int) -> str:
    return "#,##0." + "#" * places if places else "#,##0"


def _day(day: datetime.date, with_year: bool, locale: Locale) -> str:
    return _skeleton("yMMMd" if with_year else "MMMd", day, locale)


@lru_cache(maxsize=8192)
def _skeleton(skeleton: str, day: datetime.date, locale: Locale) -> str:
    return str(format_skeleton(skeleton, day, locale=locale))


@lru_cache(maxsize=8192)
def _distance(distance: datetime.timedelta, locale: Locale) -> str:
    return str(
        format_timedelta(
            distance, granularity="day", threshold=1.2, add_direction=True, locale=locale
        )
    )
