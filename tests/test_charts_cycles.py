"""Charts of how cycles went: grades by type, and confidence against grades."""

from dataclasses import replace
from decimal import Decimal

import pytest
from chart_cases import (
    HOSTILE,
    SVG,
    assert_sound,
    calibration,
    grades,
    parse,
    path_points,
    points_of,
    spots,
    texts,
    titles,
    with_class,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsite.charts import draw_calibration, draw_grades

TENTHS = (0, 0, 0, 1, 1, 1, 3, 0, 3, 0, 0)


def columns(svg: str) -> list[tuple[float, float]]:
    """Return the place and the height of each column."""
    points = points_of(parse(svg))
    ends = [list(path_points(point.find(f"{SVG}path").attrib["d"])) for point in points]  # type: ignore[union-attr]
    return [(foot[0], foot[1] - head[1]) for foot, head in ends]


def test_columns_are_as_high_as_they_count_and_named() -> None:
    svg = draw_grades(grades(TENTHS))
    root = assert_sound(svg)

    heights = [high for _, high in columns(svg)]
    assert titles(root)[0] == "0.3 to 0.39: 1"
    assert len(titles(root)) == 5
    assert heights[3] == heights[4] == max(heights)
    assert heights[3] == pytest.approx(3 * heights[0], abs=2)
    assert "Committed · 9 objectives, mean 0.62" in texts(root)
    assert "expected: 0.7" in texts(root)


def test_what_was_hoped_for_begins_at_its_column() -> None:
    svg = draw_grades(grades((1,) * 11))
    (line,) = with_class(parse(svg), "okr-target")
    x = next(iter(path_points(line.attrib["d"])))[0]
    places = [place for place, _ in columns(svg)]
    assert [place < x for place in places] == [True] * 7 + [False] * 4


def test_panels_share_one_scale() -> None:
    heights = [high for _, high in columns(draw_grades(grades((4, 0, 0), (0, 2, 0))))]
    assert heights[0] == pytest.approx(2 * heights[1], abs=1)


def test_a_count_among_thousands_is_still_seen() -> None:
    assert min(high for _, high in columns(draw_grades(grades((1, 5000))))) >= 2


def test_panels_need_a_column_for_each_name() -> None:
    with pytest.raises(ValueError, match="each panel"):
        draw_grades(grades((1, 2), (1, 2, 3)))


def test_bubbles_stand_at_their_means_and_grow_with_what_they_stand_for() -> None:
    root = assert_sound(draw_calibration(calibration((5, 0.5, 4), (7, 0.62, 16), (10, 1, 1))))

    # The largest is drawn first, so that none hides a smaller one.
    radii = [float(dot.attrib["r"]) for dot in root.iter(f"{SVG}circle")]
    assert radii == sorted(radii, reverse=True)
    assert titles(root) == [
        "said 7, reached 0.62: 16",
        "said 5, reached 0.5: 4",
        "said 10, reached 1: 1",
    ]
    assert [dot.get("class") for dot in root.iter(f"{SVG}circle")] == [None, "okr-open", "okr-open"]


def test_what_agrees_lies_on_the_line() -> None:
    root = parse(draw_calibration(calibration((0, 0, 9), (5, 0.5, 9), (10, 1, 9))))
    (line,) = with_class(root, "okr-expected")
    start, end = path_points(line.attrib["d"])
    for x, y in spots(root):
        along = (x - start[0]) / (end[0] - start[0])
        assert y == pytest.approx(start[1] + along * (end[1] - start[1]), abs=0.2)


def test_single_results_are_dots_while_they_are_few() -> None:
    some, many = ((5, 0.5),) * 3, tuple((n % 10, n % 7 / 7) for n in range(151))
    assert len(with_class(parse(draw_calibration(calibration(dots=some))), "okr-dots")) == 1
    assert not with_class(parse(draw_calibration(calibration(dots=many))), "okr-dots")


@pytest.mark.parametrize("outside", [(11, 0.5, 1), (-1, 0.5, 1), (5, 1.01, 1), (5, -0.1, 1)])
def test_nothing_lies_outside(outside: tuple[object, object, int]) -> None:
    with pytest.raises(ValueError, match="0 to 10"):
        draw_calibration(calibration(outside))


def test_they_take_no_more_than_six_kilobytes() -> None:
    full = grades(*((1234,) * 11,) * 3, words="Aspirational")
    assert len(draw_grades(full).encode()) <= 6_000
    bubbles = tuple((n, 0.55, 1234) for n in range(11))
    dots = tuple((n / 15, n / 150) for n in range(150))
    assert len(draw_calibration(calibration(*bubbles, dots=dots)).encode()) <= 6_000


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.integers(0, 99_999), min_size=11, max_size=11).map(tuple),
        min_size=1,
        max_size=3,
    ),
    st.text(max_size=60),
)
def test_any_grades_in_any_words_are_sound(counts: list[tuple[int, ...]], words: str) -> None:
    assert_sound(draw_grades(grades(*counts, words=words)))


SHARES = st.integers(0, 100).map(lambda n: n / 100)


@settings(deadline=None)
@given(
    st.lists(st.tuples(SHARES.map(lambda s: s * 10), SHARES, st.integers(1, 10**5)), max_size=11),
    st.text(max_size=60),
)
def test_any_calibration_in_any_words_is_sound(
    bubbles: list[tuple[object, object, int]], words: str
) -> None:
    chart = calibration(*bubbles, dots=tuple((c, g) for c, g, _ in bubbles))
    said = replace(chart, title=words, across=words, upwards=words, above=words, below=words)
    assert_sound(draw_calibration(said))


def test_hostile_words_are_words() -> None:
    chart = grades((1, 2), words=HOSTILE)
    for svg in (
        draw_grades(replace(chart, title=HOSTILE, description=HOSTILE, ticks=(HOSTILE, HOSTILE))),
        draw_calibration(replace(calibration((5, Decimal("0.5"), 9)), above=HOSTILE)),
    ):
        assert_sound(svg)
        assert "<script" not in svg
