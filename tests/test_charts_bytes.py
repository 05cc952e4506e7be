"""Charts: small, safe, styled from outside, and the same everywhere."""

import os
import re
import subprocess
import sys
import timeit
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from chart_cases import (
    END,
    HOSTILE,
    LATENCY,
    ROOT,
    START,
    STYLES,
    SVG,
    assert_sound,
    everything,
    history,
    points,
    status_weeks,
    texts,
    trends,
    write,
)

from okrsite.charts import (
    HistoryChart,
    Mark,
    Panel,
    Point,
    StatusKind,
    StatusWeek,
    StatusWeeksChart,
    Tick,
    Timeline,
    TrendsChart,
    draw_history,
    draw_status_weeks,
    draw_trends,
    frames_from_text,
    frames_to_text,
)

# Size, safety, sameness


def test_thirteen_weekly_points_take_no_more_than_six_kilobytes() -> None:
    noted = tuple(
        replace(point, note="moved the nightly batch off the primary" if place % 4 == 0 else "")
        for place, point in enumerate(points(*LATENCY))
    )
    full = history(
        points=noted,
        stretch=Mark(Decimal(550), "stretch 550 ms"),
        amendments=(Tick(date(2026, 11, 1), "target 650 → 600 ms"),),
        forecast=Point(END, Decimal(640), "31 Dec", "forecast 640 ms"),
    )
    week = {"on-track": 28, "at-risk": 9, "off-track": 4, "outdated": 5}

    assert len(draw_history(full, write).encode()) <= 6_000
    assert len(draw_trends(trends(*range(10), 7, 6, 5)).encode()) <= 6_000
    assert len(draw_status_weeks(status_weeks(*(week,) * 13)).encode()) <= 6_000


def test_no_colour_and_no_font_is_fixed() -> None:
    for svg in everything():
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl|(fill|stroke)[:=]|font|style=", svg)
        assert not re.search(r"xlink|<!DOCTYPE|<metadata|<defs|<\?xml|matplotlib", svg)


def test_every_class_has_a_style() -> None:
    styles = STYLES.read_text()
    for svg in everything():
        for classes in re.findall(r'class="([^"]*)"', svg):
            for name in set(classes.split()):
                assert f".{name}" in styles, name


def test_the_styles_of_the_page_leave_the_parts_of_charts_alone() -> None:
    page = STYLES.with_name("okrsite.css").read_text()
    for svg in everything():
        for classes in re.findall(r'class="([^"]*)"', svg):
            for name in set(classes.split()) - {"okr-chart"}:
                assert not re.search(rf"\.{name}(?![\w-])", page), name


def test_styles_are_told_by_variables_for_both_palettes() -> None:
    styles = STYLES.read_text()
    for name in ["on-track", "at-risk", "off-track", "neutral", "done", "accent", "muted", "grid"]:
        assert len(re.findall(rf"var\(--okr-{name}, #[0-9a-f]+\)", styles)) >= 2
    assert '[data-md-color-scheme="slate"]' in styles
    assert "http" not in styles
    assert "url(" not in styles


def test_hostile_words_stay_words() -> None:
    hostile_point = Point(START, Decimal(1), HOSTILE, HOSTILE, HOSTILE, "x y\"'<", HOSTILE)
    chart = HistoryChart(
        prefix=HOSTILE,
        title=HOSTILE,
        description=HOSTILE,
        timeline=Timeline(START, END, (Tick(START, HOSTILE),), Tick(START, HOSTILE)),
        points=(hostile_point,),
        status='"><script>',
        latest=HOSTILE,
        target=Mark(Decimal(2), HOSTILE),
        stretch=Mark(Decimal(3), HOSTILE),
        expected=((START, Decimal(1)), (END, Decimal(2))),
        expected_text=HOSTILE,
        amendments=(Tick(END, HOSTILE),),
        forecast=hostile_point,
        unit=HOSTILE,
    )
    weeks = StatusWeeksChart(
        HOSTILE,
        HOSTILE,
        HOSTILE,
        (StatusKind("on-track", HOSTILE),),
        (StatusWeek(HOSTILE, HOSTILE, (("on-track", 1),)),),
        HOSTILE,
    )
    panel = Panel(HOSTILE, (Mark(Decimal(0), HOSTILE), Mark(Decimal(1), HOSTILE)), (hostile_point,))
    team = TrendsChart(HOSTILE, HOSTILE, HOSTILE, chart.timeline, (panel,))

    for svg in (
        draw_history(chart, lambda _: HOSTILE),
        draw_status_weeks(weeks),
        draw_trends(team),
    ):
        root = assert_sound(svg)
        assert not re.search(r"<script|\x00|\x1b|\ufffe|[\ud800-\udfff]", svg)
        assert root.findtext(f"{SVG}title") == re.sub("[\x00\x1b\ud800\ufffe]", "", HOSTILE)
        assert " " not in root.attrib["aria-labelledby"]


def test_words_in_chinese_keep_their_place() -> None:
    ticks = (Tick(START, "10月1日"), Tick(END, "12月31日"))
    chart = history(
        10,
        8,
        "5.8",
        timeline=Timeline(START, END, ticks, Tick(date(2026, 11, 19), "今天")),
        latest="今天 5.8 天",
        target=Mark(Decimal(4), "目标 4 天"),
        amendments=(Tick(date(2026, 10, 20), "目标 5 → 4 天"),),
    )
    root = assert_sound(draw_history(chart, lambda value: f"{value:f} 天"))

    assert {"10月1日", "12月31日", "今天 5.8 天", "目标 4 天", "目标 5 → 4 天"} <= set(texts(root))


SAME = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from chart_cases import everything
print(hashlib.sha256("".join(everything()).encode()).hexdigest())
"""


def test_bytes_are_the_same_whatever_the_surroundings(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text(
        "font.size: 30\nsvg.fonttype: path\nxtick.major.pad: 40\n"
    )
    seen = set()
    for seed, zone, locale, folder in (
        ("0", "UTC", "C", ROOT),
        ("1", "Pacific/Kiritimati", "C.UTF-8", tmp_path),
    ):
        surroundings = os.environ | {
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "LC_ALL": locale,
            "PYTHONPATH": str(ROOT),
            "MPLCONFIGDIR": str(tmp_path),
        }
        done = subprocess.run(
            [sys.executable, "-c", SAME, str(ROOT / "tests")],
            env=surroundings,
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
        )
        seen.add(done.stdout)
    assert len(seen) == 1


KEPT = """
import sys
sys.path.insert(0, sys.argv[1])
from chart_cases import everything
from okrsite.charts import frames_from_text
assert "matplotlib" not in sys.modules, "imported too early"
frames_from_text(sys.stdin.read())
sys.stdout.reconfigure(encoding="utf-8")
print(len("".join(everything())))
assert "matplotlib" not in sys.modules, "imported though all frames were kept"
"""


def test_who_keeps_the_frames_need_not_import_matplotlib() -> None:
    drawn = "".join(everything())
    done = subprocess.run(
        [sys.executable, "-c", KEPT, str(ROOT / "tests")],
        input=frames_to_text(),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert int(done.stdout) == len(drawn)


def test_frames_are_the_same_after_keeping_and_nonsense_is_refused() -> None:
    before = everything()
    frames_from_text(frames_to_text())

    assert everything() == before
    with pytest.raises(ValueError, match="Expecting value"):
        frames_from_text("nonsense")
    with pytest.raises(TypeError):
        frames_from_text("[[[1], [2]]]")


def test_print_how_long_a_chart_takes(capsys: pytest.CaptureFixture[str]) -> None:
    chart = history(*LATENCY)
    draw_history(chart, write)
    best = min(timeit.repeat(lambda: draw_history(chart, write), number=20, repeat=3)) / 20
    with capsys.disabled():
        print(f"\na history of 13 points, its frame known: {best * 1000:.2f} ms")
