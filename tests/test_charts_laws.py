"""Charts: what holds for all numbers and words."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from chart_cases import (
    STATUSES,
    assert_sound,
    history,
    parse,
    spots,
    status_weeks,
    titles,
)
from hypothesis import given
from hypothesis import strategies as st

from okrsite.charts import (
    Mark,
    Tick,
    draw_history,
    draw_status_weeks,
)
from okrsite.charts.labels import Board, Box, Place
from okrsite.charts.scale import fixed_scale, scale_of
from okrsite.charts.svg import fit, text_width

# Laws

NUMBERS = st.decimals(-(10**15), 10**15, allow_nan=False, places=6)
WORDS = st.text(max_size=40)


@given(st.lists(NUMBERS, max_size=8))
def test_an_axis_holds_all_values_and_has_few_round_lines(values: list[Decimal]) -> None:
    scale = scale_of(values, 10, 110)

    assert all(9.99 <= scale.y(value) <= 110.01 for value in values)
    assert 1 <= len(scale.ticks) <= 6
    steps = {later - earlier for earlier, later in pairwise(scale.ticks)}
    assert len(steps) <= 1
    assert all("E" not in str(tick) for tick in scale.ticks)


@given(st.lists(NUMBERS, min_size=2, max_size=8), NUMBERS)
def test_greater_values_never_stand_lower(values: list[Decimal], tick: Decimal) -> None:
    for scale in (scale_of(values, 10, 110), fixed_scale((tick, tick + 1), values, 10, 110)):
        heights = [scale.y(value) for value in sorted(values)]
        assert heights == sorted(heights, reverse=True)


@given(st.lists(st.integers(), min_size=1, max_size=8))
def test_whole_values_have_whole_lines(values: list[int]) -> None:
    ticks = scale_of([Decimal(value) for value in values], 0, 100).ticks

    assert all(tick == tick.to_integral_value() for tick in ticks)


@given(WORDS, st.floats(20, 400))
def test_fitted_words_fit(text: str, width: float) -> None:
    fitted = fit(text, width)

    assert text_width(fitted) <= width
    assert fitted == text or fitted.endswith("…")


@given(WORDS, st.lists(st.tuples(st.floats(0, 400), st.floats(0, 200)), min_size=1, max_size=5))
def test_words_on_a_board_stay_within_its_edges(
    text: str, places: list[tuple[float, float]]
) -> None:
    board = Board(Box(2, 2, 398, 198))
    drawn = board.put(text, "", [Place(x, y, "middle") for x, y in places])

    assert bool(drawn) == bool(text)
    if drawn:
        element = parse(drawn)
        half = text_width(element.text or "") / 2
        assert float(element.attrib["x"]) - half >= 1.4  # whole units, up to half a unit off
        assert float(element.attrib["x"]) + half <= 398.6


def test_words_avoid_lines_and_each_other() -> None:
    board = Board(Box(0, 0, 400, 200))
    board.draw([(0, 50), (400, 50)])
    places = [Place(100, 53), Place(100, 80), Place(100, 110)]

    assert 'y="80"' in board.put("first", "", places)
    assert 'y="110"' in board.put("second", "", places)
    assert board.put_if_free("third", "", places) == ""


@given(
    values=st.lists(NUMBERS, max_size=6),
    target=st.none() | NUMBERS,
    words=WORDS,
    days=st.lists(st.dates(date(2026, 1, 1), date(2027, 6, 30)), max_size=3),
)
def test_a_history_of_anything_is_sound(
    values: list[Decimal], target: Decimal | None, words: str, days: list[date]
) -> None:
    chart = history(
        *values,
        title=words,
        latest=words,
        target=None if target is None else Mark(target, words),
        amendments=tuple(Tick(day, words) for day in days),
        unit=words,
    )
    root = assert_sound(draw_history(chart, str))

    assert len(spots(root)) == len(values)
    assert draw_history(chart, str) == draw_history(chart, str)


@given(
    weeks=st.lists(
        st.dictionaries(st.sampled_from(STATUSES), st.integers(0, 5000)), min_size=1, max_size=14
    )
)
def test_status_weeks_of_anything_are_sound(weeks: list[dict[str, int]]) -> None:
    root = assert_sound(draw_status_weeks(status_weeks(*weeks)))

    assert len(titles(root)) == sum(bool(week) for week in weeks)
