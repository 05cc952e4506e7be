"""Laws of quantities: what is written is read back, units and signs change nothing else."""

from decimal import Decimal

from hypothesis import assume, example, given
from hypothesis import strategies as st

from okrsite.model import Quantity, Style
from okrsite.quantities import Unread, convert, read_quantity, read_value, write_quantity
from okrsite.sentences import read_sentence, read_target

UNITS = {
    "%": ("", "%"),
    "ms": ("", " ms"),
    "USD": ("$", ""),
    "BRL": ("R$ ", ""),
    "EUR": ("", " €"),
    "incidents": ("", " incidents"),
    "days": ("", "天"),
    "": ("", ""),
}
MAGNITUDES = {"": 0, "k": 3, "M": 6, "万": 4, " Mio.": 6}
LANGUAGES = st.sampled_from(["en", "de", "fr", "es", "pt", "zh", "sv", "pt-BR", ""])
VALUES = st.decimals(
    min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=3
)


@st.composite
def styled(draw: st.DrawFn) -> Quantity:
    """Draw a quantity in a style that people write."""
    unit, (prefix, suffix) = draw(st.sampled_from(sorted(UNITS.items())))
    magnitude, power = draw(st.sampled_from(sorted(MAGNITUDES.items())))
    decimal, group = draw(st.sampled_from([".,", "., ", ".\u00a0", ",.", ",\u202f", ".", ","])), ""
    if len(decimal) > 1:
        decimal, group = decimal[0], decimal[-1]
    style = Style(
        prefix=prefix,
        suffix=suffix,
        magnitude=magnitude,
        scale=Decimal(10) ** power,
        decimal=decimal,
        group=group,
        places=draw(st.integers(1, 3)),
    )
    return Quantity(draw(VALUES), unit, style)


@given(styled(), LANGUAGES)
def test_what_is_written_is_read_back(quantity: Quantity, language: str) -> None:
    written = write_quantity(quantity)

    read = read_value(written, quantity, language)

    assert read == quantity


@given(VALUES, st.sampled_from(sorted(UNITS)), LANGUAGES)
def test_a_sign_changes_nothing_but_the_sign(value: Decimal, unit: str, language: str) -> None:
    assume(value > 0)
    prefix, suffix = UNITS[unit]
    text = f"{prefix}{value:f}{suffix}"

    plus, minus = read_quantity(text, language), read_quantity(f"-{text}", language)

    if isinstance(plus, Unread):
        assert minus == plus
    else:
        assert minus == Quantity(-plus.value, plus.unit)


@given(VALUES, st.sampled_from(sorted(UNITS)), LANGUAGES)
def test_a_unit_changes_no_number(value: Decimal, unit: str, language: str) -> None:
    assume(unit != "%")  # a share settles decimals by its size
    prefix, suffix = UNITS[unit]

    bare = read_quantity(f"{abs(value):f}", language)
    dressed = read_quantity(f"{prefix}{abs(value):f}{suffix}", language)

    assert isinstance(bare, Unread) == isinstance(dressed, Unread)
    if isinstance(bare, Quantity) and isinstance(dressed, Quantity):
        assert dressed == Quantity(bare.value, unit)


TIMES = ["ms", "s", "min", "h", "days", "weeks"]


@given(st.integers(-(10**9), 10**9), st.sampled_from(TIMES), st.sampled_from(TIMES))
def test_a_conversion_is_exact_and_goes_back(number: int, unit: str, other: str) -> None:
    quantity, like = Quantity(Decimal(number), unit), Quantity(Decimal(1), other)

    there = convert(quantity, like)

    if there is not None:
        assert there.unit == other
        assert convert(there, quantity) == quantity
    if TIMES.index(unit) >= TIMES.index(other):
        assert there is not None


@given(st.text(), LANGUAGES, styled())
@example("\ud800", "en", Quantity(Decimal(1)))
@example("9" * 30 + "%", "en", Quantity(Decimal(1), "%"))
@example("0." + "1" * 30, "en", Quantity(Decimal(1), "%"))
def test_no_text_raises(text: str, language: str, like: Quantity) -> None:
    read_quantity(text, language)
    read_value(text, like, language)
    read_target(text, language)
    read_sentence(text, language)


PIECES = """from to by at\u00a0least keep zero incidents 5 1.2M 62% $ → per\u00a0quarter ( ) ` [ ](
    de a auf von 从 到 以上 零 new customers 2026 999999999999999999999999999999 KR1: [P0] X +"""


@given(st.lists(st.sampled_from(PIECES.split()), max_size=12), LANGUAGES)
def test_a_sentence_is_a_milestone_or_has_a_target(pieces: list[str], language: str) -> None:
    read = read_sentence(" ".join(pieces), language)

    assert (read.target is None) == (read.kind.value == "milestone")
    assert read.target is not None or read.baseline is None
    assert not (read.target and read.unread)
    if read.baseline and read.target:
        assert read.baseline.unit == read.target.unit


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(sorted(UNITS)))
def test_both_ends_of_a_sentence_are_read_as_written(low: int, high: int, unit: str) -> None:
    prefix, suffix = UNITS[unit]
    assume(suffix.isascii() and not (1990 <= low <= 2099 and 1990 <= high <= 2099))
    ends = [f"{prefix}{end}{suffix}" for end in (low, high)]

    read = read_sentence(f"Move it from {ends[0]} to {ends[1]}")

    assert read.baseline == Quantity(Decimal(low), unit)
    assert read.target == Quantity(Decimal(high), unit)
