"""`Words`: the site's own words, dates and numbers in one language."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from babel import Locale
from babel.dates import format_skeleton, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal

from okrsite.words.catalog import parse_language, read_catalog

Ratio = Decimal | Fraction | int
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
        # What was said once: a site says the same few numbers and days on thousands of pages.
        self._percents: dict[int, str] = {}
        self._numbers: dict[tuple[int, int], str] = {}
        self._days: dict[tuple[str, datetime.date], str] = {}
        self._distances: dict[datetime.timedelta, str] = {}

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
        return self._percent(round_half_up(share, 100))

    def _percent(self, whole: int) -> str:
        if whole not in self._percents:
            n = str(whole).replace("-", _MINUS)
            self._percents[whole] = self.gettext("{n}\N{NO-BREAK SPACE}%", n=n)
        return self._percents[whole]

    def points(self, share: Fraction) -> str:
        """Return the size of a difference of shares in points, without its sign."""
        whole = abs(round_half_up(share, 100))
        return self.ngettext("{n} point", "{n} points", whole)

    def number(self, value: Decimal | Fraction | int, places: int = 1) -> str:
        """Return a number with at most so many decimals, in the language's own marks."""
        key = round_half_up(value, 10**places), places
        if key not in self._numbers:
            self._numbers[key] = _write_number(*key, self._locale)
        return self._numbers[key]

    def grade(self, value: Decimal | Fraction) -> str:
        """Return a grade with one decimal, or two where the second is needed: ``0.7``, ``0.65``."""
        return _write_grade(round_half_up(value, 100), self._locale)

    def difference(self, value: Fraction) -> str:
        """Return by how much a grade differs, with its sign: ``+0.05``, ``−0.1``, ``0.0``."""
        hundredths = round_half_up(value, 100)
        sign = _MINUS if hundredths < 0 else "+" if hundredths else ""
        return sign + _write_grade(abs(hundredths), self._locale)

    def date(self, day: datetime.date) -> str:
        """Return a day as ``16 Nov``, with its year where it could be taken for another."""
        far = day.year != self.as_of.year and abs(day - self.as_of) > _HALF_A_YEAR
        return self._write("yMMMd" if far else "MMMd", day)

    def full_date(self, day: datetime.date) -> str:
        """Return a day with its year: ``16 Nov 2026``."""
        return self._write("yMMMd", day)

    def weekday(self, day: datetime.date) -> str:
        """Return a day with its weekday: ``Mon 23 Nov``."""
        return self._write("MMMEd", day)

    def _write(self, skeleton: str, day: datetime.date) -> str:
        key = skeleton, day
        if key not in self._days:
            self._days[key] = str(format_skeleton(skeleton, day, locale=self._locale))
        return self._days[key]

    def relative(self, day: datetime.date) -> str:
        """Return how far a day is from today: ``6 days ago``, ``in 2 weeks``, ``today``."""
        distance = day - self.as_of
        if not distance:
            return self.gettext("today")
        if distance not in self._distances:
            self._distances[distance] = _write_distance(distance, self._locale)
        return self._distances[distance]

    def also(self, said: str, more: str) -> str:
        """Return two clauses, one after the other: ``declared; its owner is away``."""
        return self.gettext("{said}; {more}", said=said, more=more)

    def namely(self, said: str, what: str) -> str:
        """Return a clause and what it comes to: ``it is paused: no money``."""
        return self.gettext("{said}: {what}", said=said, what=what)

    def list(self, items: Iterable[str]) -> str:
        """Return names joined as the language joins them: ``Ana, Bo and Chen``."""
        return format_list(list(items), locale=self._locale)


def round_half_up(value: Ratio, scale: int = 1) -> int:
    """Return the nearest whole number to `scale` times a value, halves away from zero."""
    up, down = value.as_integer_ratio()
    size = (2 * abs(up) * scale + down) // (2 * down)
    return size if up >= 0 else -size


def _write_number(parts: int, places: int, locale: Locale) -> str:
    rounded = Decimal(parts).scaleb(-places).normalize()
    return str(format_decimal(rounded, format=_pattern(places), locale=locale)).replace("-", _MINUS)


def _write_grade(hundredths: int, locale: Locale) -> str:
    return str(format_decimal(Decimal(hundredths).scaleb(-2), format="0.0#", locale=locale))


def _pattern(places: int) -> str:
    return "#,##0." + "#" * places if places else "#,##0"


def _write_distance(distance: datetime.timedelta, locale: Locale) -> str:
    return str(
        format_timedelta(
            distance, granularity="day", threshold=1.2, add_direction=True, locale=locale
        )
    )
