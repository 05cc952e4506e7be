"""Charts: what they show of their numbers."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from chart_cases import (
    END,
    QUARTER,
    START,
    STATUSES,
    SVG,
    assert_sound,
    history,
    parse,
    path_points,
    points,
    points_of,
    spots,
    status_weeks,
    texts,
    titles,
    trends,
    with_class,
    write,
)

from okrsite.charts import (
    HistoryChart,
    Mark,
    Panel,
    Point,
    Tick,
    Timeline,
    draw_history,
    draw_status_weeks,
    draw_trends,
)

# What a history shows


def test_every_value_is_named_at_its_point() -> None:
    root = assert_sound(draw_history(history(900, 720), write))

    assert titles(root) == ["1.10. · 900 ms", "8.10. · 720 ms"]
    assert "720 ms today" in texts(root)


def test_a_point_carries_status_and_note_and_a_ring() -> None:
    noted = replace(points(900)[0], note="cache", status="off-track", status_text="off track")
    root = assert_sound(draw_history(history(points=(noted,)), write))

    assert titles(root) == ["1.10. · 900 ms · off track · cache"]
    assert len(with_class(root, "okr-noted")) == 1
    assert points_of(root)[0].get("class") == "okr-off-track"


def test_points_can_be_focused_and_have_a_name_and_a_tip() -> None:
    root = parse(draw_history(history(900, 720), write))

    for point in points_of(root):
        assert point.get("tabindex") == "0"
        assert point.get("role") == "img"
        assert point.findtext(f"{SVG}title") == point.findtext(f"{SVG}text")


def test_the_chart_is_a_named_group_by_prefixed_ids() -> None:
    root = parse(draw_history(history(900), write))
    ids = {element.attrib["id"]: element.text for element in root.iter() if "id" in element.attrib}

    assert root.get("role") == "group"
    assert ids[root.attrib["aria-labelledby"]] == "p95 API latency"
    assert ids[root.attrib["aria-describedby"]] == "From 900 ms to 600 ms."
    assert all(name.startswith("kr-") for name in ids)


def test_the_line_falls_when_values_fall_and_rises_when_they_rise() -> None:
    (_, high), (_, low) = spots(parse(draw_history(history(900, 700), write)))
    assert high < low

    (_, low), (_, high) = spots(parse(draw_history(history(700, 900), write)))
    assert high < low


def test_the_expected_path_of_a_falling_metric_bends_at_its_checkpoints() -> None:
    path = ((START, 900), (date(2026, 11, 1), 880), (date(2026, 12, 1), 860), (END, 600))
    expected = tuple((day, Decimal(value)) for day, value in path)
    root = assert_sound(draw_history(history(900, expected=expected), write))

    (line,) = with_class(root, "okr-expected")
    corners = list(path_points(line.attrib["d"]))
    heights = [y for _, y in corners]
    assert len(corners) == 4
    assert heights == sorted(heights)
    assert heights[3] - heights[2] > 10 * (heights[1] - heights[0])


def test_the_value_zero_is_drawn() -> None:
    chart = history(0, baseline=None, target=Mark(Decimal(2), "at most 2"), expected=())
    root = assert_sound(draw_history(chart, write))

    ((_, y),) = spots(root)
    (axis,) = with_class(root, "okr-axis")
    assert y == next(path_points(axis.attrib["d"]))[1]
    assert titles(root) == ["1.10. · 0 ms"]


def test_a_value_far_beyond_the_target_stays_inside() -> None:
    target = Mark(Decimal(100), "target 100 %")
    root = assert_sound(draw_history(history(0, 105, 180, 4000, target=target), write))

    heights = [y for _, y in spots(root)]
    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) == 4


def test_the_axis_reaches_baseline_target_and_stretch() -> None:
    root = assert_sound(
        draw_history(history(880, 870, stretch=Mark(Decimal(300), "stretch")), write)
    )

    (target,) = with_class(root, "okr-target")
    (stretch,) = with_class(root, "okr-stretch")
    target_y, stretch_y = (next(path_points(each.attrib["d"]))[1] for each in (target, stretch))
    assert max(y for _, y in spots(root)) < target_y < stretch_y


def test_without_points_there_is_still_the_plan() -> None:
    root = assert_sound(draw_history(history(), write))

    assert spots(root) == []
    assert with_class(root, "okr-line") == []
    assert len(with_class(root, "okr-expected")) == 1
    assert "target 600 ms" in texts(root)


def test_one_point_is_a_dot_without_a_line() -> None:
    root = assert_sound(draw_history(history(900), write))

    assert len(spots(root)) == 1
    assert with_class(root, "okr-line") == []


def test_with_nothing_known_at_all_a_frame_remains() -> None:
    bare = HistoryChart("kr", "Nothing yet", "", QUARTER)

    assert "31 Dec" in texts(assert_sound(draw_history(bare, write)))


@pytest.mark.parametrize(
    "values",
    [
        (5, 5, 5),
        (0, 0),
        (-40, -20, 12),
        (-3, -3),
        (10**12, 2 * 10**12),
        (10**30, 10**30 + 1),
        ("0.0000001", "0.0000002"),
        ("1e12", "1e-12"),
    ],
)
def test_values_of_any_size_are_told_apart(values: tuple[object, ...]) -> None:
    chart = history(*values, baseline=None, target=None, expected=())
    root = assert_sound(draw_history(chart, str))

    assert len({y for _, y in spots(root)}) == len(set(values))


def test_axis_words_are_never_cut_as_long_as_a_trillion() -> None:
    chart = history(10**12, baseline=None, target=None, expected=())
    root = assert_sound(draw_history(chart, lambda value: f"{value:,f} USD"))

    assert "1,000,000,000,000 USD" in texts(root)


def test_amendments_are_diamonds_on_a_dotted_line_with_their_words() -> None:
    days = (date(2026, 10, 20), date(2026, 10, 22), END)
    amendments = tuple(Tick(day, f"target amended on {day.day}") for day in days)
    root = assert_sound(draw_history(history(900, amendments=amendments), write))

    assert len(with_class(root, "okr-amended")) == 3
    assert titles(root)[:3] == [each.text for each in amendments]
    shown = [text for text in texts(root) if text.startswith("target amended")]
    assert shown  # those that would touch another are left to their titles
    assert len(shown) < 3


def test_a_forecast_is_an_open_point_ahead_of_the_newest() -> None:
    forecast = Point(END, Decimal(640), "31 Dec", "forecast 640 ms")
    root = assert_sound(draw_history(history(900, 720, forecast=forecast), write))

    assert len(with_class(root, "okr-open")) == 1
    assert len(with_class(root, "okr-forecast")) == 1
    assert "31 Dec · forecast 640 ms" in titles(root)


def test_days_outside_the_cycle_are_drawn_at_its_edge() -> None:
    early = replace(points(900)[0], on=START - timedelta(days=90))
    late = replace(points(800)[0], on=END + timedelta(days=90))
    root = assert_sound(draw_history(history(points=(early, late)), write))

    (axis,) = with_class(root, "okr-axis")
    ends = list(path_points(axis.attrib["d"]))[:2]
    assert [x for x, _ in spots(root)] == [x for x, _ in ends]


def test_today_is_drawn_only_inside_the_cycle() -> None:
    past = replace(QUARTER, today=Tick(END + timedelta(days=1), "today"))

    assert with_class(parse(draw_history(history(900), write)), "okr-today")
    assert not with_class(parse(draw_history(history(900, timeline=past), write)), "okr-today")


def test_a_cycle_of_one_day_and_repeated_ticks_can_be_drawn() -> None:
    day = Timeline(START, START, (Tick(START, "1 Oct"), Tick(START, "1 Oct")))

    assert_sound(draw_history(history(900, 800, timeline=day), write))


def test_corners_in_disorder_still_make_a_path() -> None:
    backwards = ((END, Decimal(600)), (START, Decimal(900)))
    root = assert_sound(draw_history(history(900, expected=backwards), write))

    assert len(with_class(root, "okr-expected")) == 1


def test_a_year_keeps_its_ends_and_an_even_choice_of_its_months() -> None:
    months = tuple(Tick(date(2026, month, 1), f"month {month}") for month in range(1, 13))
    ticks = (*months, Tick(END, "31 Dec"))
    year = Timeline(date(2026, 1, 1), END, ticks)
    shown = texts(assert_sound(draw_history(history(timeline=year), write)))

    kept = [int(text.split()[1]) for text in shown if text.startswith("month")]
    assert {"month 1", "31 Dec"} <= set(shown)
    assert len({later - earlier for earlier, later in pairwise(kept)}) == 1


def test_many_points_share_a_line_and_few_of_them_are_spots() -> None:
    many = tuple(
        Point(START + timedelta(days=day), Decimal(900 - day), f"day {day}", f"{900 - day} ms")
        for day in range(92)
    )
    noted = tuple(replace(p, note="why") if p.on.day == 5 else p for p in many)
    root = assert_sound(draw_history(history(points=noted), write))

    (line,) = with_class(root, "okr-line")
    assert len(list(path_points(line.attrib["d"]))) == 92
    named = titles(root)
    assert len(named) == 20
    assert named[0] == "day 0 · 900 ms"
    assert named[-1] == "day 91 · 809 ms"
    assert sum(name.endswith("why") for name in named) == 3


def test_no_value_may_be_endless() -> None:
    with pytest.raises(ValueError, match="finite"):
        draw_history(history("NaN"), write)
    with pytest.raises(ValueError, match="finite"):
        draw_trends(trends("Infinity"))


# The other charts


def test_trends_have_a_panel_each_with_its_own_axis() -> None:
    root = assert_sound(draw_trends(trends(9, 8, 5.5)))

    shown = texts(root)
    assert {"Confidence", "Progress", "10", "100 %", "5.5", "61 %"} <= set(shown)
    assert len(with_class(root, "okr-line")) == 2
    assert len(with_class(root, "okr-expected")) == 1
    assert len(titles(root)) == 6


def test_trends_widen_for_progress_past_its_last_line() -> None:
    chart = trends(9)
    over = replace(chart.panels[1], points=points(0, 50, 105, 180))
    root = assert_sound(draw_trends(replace(chart, panels=(over,))))

    heights = [y for _, y in spots(root)]
    assert heights == sorted(heights, reverse=True)


def test_trends_without_values_are_empty_panels() -> None:
    assert titles(assert_sound(draw_trends(trends()))) == []


def test_trends_need_an_axis_of_two_lines() -> None:
    with pytest.raises(ValueError, match="two lines"):
        draw_trends(replace(trends(), panels=(Panel("Confidence", ()),)))


def test_status_weeks_name_their_counts_in_words_and_signs() -> None:
    chart = status_weeks({"on-track": 28, "at-risk": 9}, {"on-track": 30}, coming=11)
    root = assert_sound(draw_status_weeks(chart))

    assert titles(root) == ["Week 1 · 28 on track · 9 at risk", "Week 2 · 30 on track"]
    assert "●28 ▲9" in [tip.text for tip in root.iter(f"{SVG}text")]
    assert [text for text in texts(root) if text.isalpha() or " " in text] == [
        "on track",
        "at risk",
    ]
    assert "13" in texts(root)


def test_status_weeks_stack_to_heights_like_their_counts() -> None:
    root = parse(draw_status_weeks(status_weeks({"on-track": 30, "at-risk": 10})))

    (bars,) = with_class(root, "okr-bars")
    foot, head = (y for _, y in path_points(bars[0].attrib["d"]))
    second_foot, second_head = (y for _, y in path_points(bars[1].attrib["d"]))
    assert second_foot == head - 1
    assert (foot - head) / (second_foot - second_head) == pytest.approx(3, rel=0.06)


def test_each_status_has_a_shape_of_its_own() -> None:
    week = dict.fromkeys(STATUSES, 1)
    root = assert_sound(draw_status_weeks(status_weeks(week)))

    (legend,) = with_class(root, "okr-legend")
    shapes = {
        each.attrib["class"].split()[1]: re.sub(r"^M\S+ \d+", "", each.attrib["d"])
        for each in legend.iter(f"{SVG}path")
    }
    assert set(shapes) == {f"okr-{slug}" for slug in STATUSES}
    dots = {slug for slug, shape in shapes.items() if shape == "h0"}
    assert dots == {"okr-on-track", "okr-off-track"}  # round and square by their line ends
    assert len(set(shapes.values())) == 9


def test_a_year_of_status_weeks_and_none_at_all_can_be_drawn() -> None:
    assert_sound(draw_status_weeks(status_weeks(*({"on-track": 3, "at-risk": 1},) * 30, coming=22)))
    assert_sound(draw_status_weeks(status_weeks()))
    assert_sound(draw_status_weeks(status_weeks({}, {"on-track": 0})))


def test_an_unheard_of_status_is_refused() -> None:
    with pytest.raises(ValueError, match="doomed"):
        draw_status_weeks(status_weeks({"doomed": 1}))
