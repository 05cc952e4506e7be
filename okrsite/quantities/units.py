"""How magnitudes, currencies, measures and durations are written in six languages.

Tables only, and what follows from them: which units are one, and what converts into what.
"""

from __future__ import annotations

from decimal import Context, Decimal, Inexact
from types import MappingProxyType

from okrsite.model import Quantity
from okrsite.quantities.numerals import plain

EXACT = Context(prec=80, traps=[Inexact])
"""Arithmetic that raises `decimal.Inexact` rather than lose a digit."""


def _table(rows: dict[str, str]) -> MappingProxyType[str, str]:
    return MappingProxyType({word: unit for unit, words in rows.items() for word in words.split()})


MAGNITUDES = MappingProxyType(
    {
        word: Decimal(10) ** power
        for power, words in {
            2: "百",
            3: "k K thousand tsd tsd. tausend mil mille millier milliers 千",
            4: "万",
            5: "lakh",
            6: "M million millions mio mio. millionen millón millones milhão milhões millon"
            " milhao milhoes 百万",
            7: "crore 千万",
            8: "亿",
            9: "B bn billion billions mrd mrd. milliarde milliarden milliard milliards"
            " bilhão bilhões bilhao bilhoes 十亿",
            12: "tn trillion trillions 万亿",
        }.items()
        for word in words.split()
    }
)
"""What stands between number and unit; single letters in their own case, words in lower case."""

MONEY_MAGNITUDES = MappingProxyType(
    {
        "m": Decimal(10) ** 6,
        "mm": Decimal(10) ** 6,
        "mi": Decimal(10) ** 6,
        "b": Decimal(10) ** 9,
        "bi": Decimal(10) ** 9,
        "md": Decimal(10) ** 9,
        "mds": Decimal(10) ** 9,
        "t": Decimal(10) ** 12,
    }
)
"""Magnitudes only beside a currency, in any case: elsewhere ``5 m`` may be metres or minutes."""

TWO_MAGNITUDES = MappingProxyType(
    {
        ("mil", "en"): (3, 6),
        ("billion", "de"): (9, 12),
        ("billion", "fr"): (9, 12),
        ("billions", "fr"): (9, 12),
        ("billion", "es"): (9, 12),
    }
)
"""Words that are two powers of ten to readers of a language."""

CURRENCIES = _table(
    {
        "USD": "$ US$ USD dollar dollars 美元",
        "EUR": "€ EUR euro euros 欧元",
        "GBP": "£ GBP pound pounds 英镑",
        "BRL": "R$ BRL reais",
        "CHF": "CHF franken",
        "INR": "₹ INR Rs Rs. rupees",
        "CNY": "RMB CNY 元 人民币 yuan",
        "JPY": "JPY yen 日元",
        "¥": "¥",
        "AUD": "A$ AUD",
        "CAD": "C$ CA$ CAD",
        "MXN": "MX$ MXN",
        "HKD": "HK$ HKD 港元",
        "KRW": "₩ KRW",
        "kr": "kr kr.",
        "SEK": "SEK",
        "NOK": "NOK",
        "DKK": "DKK",
        "PLN": "zł PLN",
        "TRY": "₺",
        "ILS": "₪",
        "UAH": "₴",
    }
)
"""Symbols and codes as they are written; words in lower case."""

MEASURES = _table(
    {
        "%": "% percent per-cent prozent 百分之",
        "‰": "‰",
        "pp": "pp ppt p.p. p.p pct-pts prozentpunkt prozentpunkte prozentpunkten 个百分点 百分点",
        "points": "point points pts punkt punkte punkten punto puntos ponto pontos 个点",
        "x": "x X × 倍",
        "ns": "ns",
        "µs": "µs μs microseconds",
        "ms": "ms msec millisecond milliseconds millisekunde millisekunden milliseconde"
        " millisecondes milisegundo milisegundos 毫秒",
        "s": "s sec sec. secs second seconds sek sek. sekunde sekunden seconde secondes"
        " segundo segundos 秒 秒钟",
        "min": "min min. mins minute minutes minuten minuto minutos 分钟",
        "h": "h hr hrs hour hours std std. stunde stunden heure heures hora horas 小时 个小时",
        "days": "d day days Tag tage tagen jour jours día días dia dias 天 日",
        "weeks": "wk wks week weeks woche wochen semaine semaines semana semanas 周 星期 个星期",
        "months": "mo mos month months monat monate monaten mois mes meses mês 个月",
        "years": "yr yrs year years jahr jahre jahren an ans année années año años ano anos 年",
        "kB": "kB KB kb",
        "MB": "MB mb",
        "GB": "GB gb",
        "TB": "TB tb",
        "PB": "PB",
        "KiB": "KiB",
        "MiB": "MiB",
        "GiB": "GiB",
        "kg": "kg",
        "t": "tonnes tons tonnen",
        "km": "km",
        "kcal": "kcal",
        "W": "W",
        "kW": "kW",
        "MW": "MW",
        "kWh": "kWh",
        "MWh": "MWh",
        "GWh": "GWh",
        "rps": "rps req/s",
        "qps": "qps",
        "fps": "fps",
        "dB": "dB",
        "°C": "°C",
    }
)
"""Units that are measures rather than things counted; words in lower case."""

PHRASES = MappingProxyType(
    {
        "percentage points": "pp",
        "percentage point": "pp",
        "percent points": "pp",
        "%-punkte": "pp",
        "points de pourcentage": "pp",
        "points de %": "pp",
        "puntos porcentuales": "pp",
        "pontos percentuais": "pp",
        "per cent": "%",
        "pour cent": "%",
        "por ciento": "%",
        "por cento": "%",
    }
)
"""Units of several words."""

SINGULAR_WORDS = frozenset(
    _table(
        {
            "en": "hour day week month year minute second point",
            "de": "stunde woche monat jahr sekunde",
            "fr": "jour mois heure semaine seconde",
            "es": "hora día dia semana mes año ano minuto segundo",
        }
    )
)
"""Full words in the singular, which after another number than one belong to a noun."""

_FAMILIES: tuple[dict[str, Decimal], ...] = (
    {
        "ns": Decimal("1e-9"),
        "µs": Decimal("1e-6"),
        "ms": Decimal("1e-3"),
        "s": Decimal(1),
        "min": Decimal(60),
        "h": Decimal(3600),
        "days": Decimal(86400),
        "weeks": Decimal(604800),
    },
    {"months": Decimal(1), "years": Decimal(12)},
    {unit: Decimal(1000) ** power for power, unit in enumerate(("kB", "MB", "GB", "TB", "PB"))},
    {"W": Decimal(1), "kW": Decimal(1000), "MW": Decimal(10) ** 6},
    {"kWh": Decimal(1), "MWh": Decimal(1000), "GWh": Decimal(10) ** 6},
    {"%": Decimal(10), "‰": Decimal(1)},
)
"""Units that are multiples of one another. A month is no fixed number of days."""

_SAME = (frozenset({"¥", "JPY"}), frozenset({"¥", "CNY"}), *(
    frozenset({"kr", code}) for code in ("SEK", "NOK", "DKK")
))  # fmt: skip
"""A symbol that several currencies share is the one that stands beside it."""

_KNOWN = frozenset(CURRENCIES.values()) | frozenset(MEASURES.values())
DURATIONS = frozenset(_FAMILIES[0]) | frozenset(_FAMILIES[1])
MONEY = frozenset(CURRENCIES.values())


def is_counted(unit: str) -> bool:
    """Tell whether a unit names things that are counted: `incidents`, or nothing at all."""
    return unit not in _KNOWN


def is_whole(value: Decimal) -> bool:
    """Tell whether a number is an integer."""
    return value == value.to_integral_value()


def same_unit(a: Quantity, b: Quantity) -> bool:
    """Tell whether two quantities are in one unit, so that their numbers compare as they stand.

    `incident` and `incidents` are one, and so are `posts` and `blog posts`.
    """
    if a.unit == b.unit or frozenset({a.unit, b.unit}) in _SAME:
        return True
    if not (a.unit and b.unit and is_counted(a.unit) and is_counted(b.unit)):
        return False
    ours, theirs = _noun(a.unit), _noun(b.unit)
    short = min(len(ours), len(theirs))
    return ours[-short:] == theirs[-short:]


def _noun(unit: str) -> list[str]:
    words = unit.casefold().split()
    return [word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words]


def convert(q: Quantity, like: Quantity) -> Quantity | None:
    """Return a quantity in another's unit and style, exactly, or None where that cannot be.

    0.72 s is 720 ms. None too where the result has no end: 100 min is no exact number of hours.
    """
    if same_unit(q, like):
        return Quantity(q.value, like.unit, like.style)
    family = _family(q.unit, like.unit)
    if not family:
        return None
    try:
        value = EXACT.divide(EXACT.multiply(q.value, family[q.unit]), family[like.unit])
    except Inexact:
        return None
    return Quantity(Decimal(plain(value)), like.unit, like.style)


def same_family(a: str, b: str) -> bool:
    """Tell whether two units are multiples of one another: `ms` and `h`, `months` and `years`."""
    return bool(_family(a, b))


def _family(a: str, b: str) -> dict[str, Decimal]:
    return next((family for family in _FAMILIES if a in family and b in family), {})
