"""Small charts to draw, and what holds for whatever is drawn of them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

from okrsite.charts import (
    Bubble,
    CalibrationChart,
    GradesChart,
    GradesColumn,
    GradesPanel,
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
    draw_calibration,
    draw_grades,
    draw_history,
    draw_status_weeks,
    draw_trends,
)
from okrsite.charts.svg import text_width

ROOT = Path(__file__).parent.parent
STYLES = ROOT / "theme" / "assets" / "okrsite" / "charts.css"
SVG = "{http://www.w3.org/2000/svg}"
START, END = date(2026, 10, 1), date(2026, 12, 31)
QUARTER = Timeline(
    START,
    END,
    (
        Tick(START, "1 Oct"),
        Tick(date(2026, 11, 1), "Nov"),
        Tick(date(2026, 12, 1), "Dec"),
        Tick(END, "31 Dec"),
    ),
    Tick(date(2026, 11, 19), "today"),
)
LATENCY = (900, 890, 870, 810, 800, 750, 720, 720, 715, 700, 690, 640, 612)
STATUSES = [
    "on-track",
    "at-risk",
    "off-track",
    "achieved",
    "missed",
    "not-started",
    "outdated",
    "paused",
    "cancelled",
    "unknown",
]
TAGS = {"svg", "g", "path", "circle", "text", "title", "desc"}
HOSTILE = "</text><script>alert('x')</script>&amp;\"' ]]> \x00\x1b\ud800\ufffe {{ 7*7 }}"


def write(value: Decimal) -> str:
    return f"{value:f} ms"


def points(*values: object, note: str = "") -> tuple[Point, ...]:
    days = (START + timedelta(days=7 * week) for week in range(len(values)))
    return tuple(
        Point(day, Decimal(str(value)), f"{day.day}.{day.month}.", f"{value} ms", note)
        for day, value in zip(days, values, strict=True)
    )


def history(*values: object, **changes: object) -> HistoryChart:
    chart = HistoryChart(
        prefix="kr",
        title="p95 API latency",
        description="From 900 ms to 600 ms.",
        timeline=QUARTER,
        points=points(*values),
        status="at-risk",
        latest="720 ms today" if values else "",
        baseline=Mark(Decimal(900), "900 ms"),
        target=Mark(Decimal(600), "target 600 ms"),
        expected=((START, Decimal(900)), (END, Decimal(600))),
        expected_text="expected",
    )
    return replace(chart, **changes)  # type: ignore[arg-type]


def trends(*confidence: object) -> TrendsChart:
    ticks = tuple(Mark(Decimal(value), str(value)) for value in (0, 4, 7, 10))
    shares = tuple(Mark(Decimal(value), f"{value} %") for value in (0, 50, 100))
    done = points(*(7 * week for week in range(len(confidence))))
    panels = (
        Panel("Confidence", ticks, points(*confidence), "at-risk", "5.5"),
        Panel("Progress", shares, done, "", "61 %", ((START, Decimal(0)), (END, Decimal(100)))),
    )
    return TrendsChart("team", "Confidence and progress", "By week.", QUARTER, panels)


def status_weeks(*weeks: dict[str, int], coming: int = 0) -> StatusWeeksChart:
    past = tuple(
        StatusWeek(str(number), f"Week {number}", tuple(counts.items()))
        for number, counts in enumerate(weeks, 1)
    )
    future = tuple(StatusWeek(str(len(weeks) + n), "") for n in range(1, coming + 1))
    kinds = tuple(StatusKind(slug, slug.replace("-", " ")) for slug in STATUSES)
    return StatusWeeksChart("all", "Statuses", "By week.", kinds, past + future)


def grades(*counts: tuple[int, ...], words: str = "Committed") -> GradesChart:
    """Return a chart of a panel for each list of counts, as long as the first."""
    bands = ("off-track",) * 4 + ("at-risk",) * 3 + ("on-track",) * 20
    panels = tuple(
        GradesPanel(
            f"{words} · {sum(each)} objectives, mean 0.62",
            tuple(
                GradesColumn(n, f"{place / 10} to {place / 10 + 0.09:.2f}: {n}", band)
                for place, (n, band) in enumerate(zip(each, bands, strict=False))
            ),
            min(7, len(each)),
            "expected: 0.7",
        )
        for each in counts
    )
    places = range(len(counts[0]))
    ticks = tuple(f"{place / 10:.1f}" if place % 2 == 0 else "" for place in places)
    return GradesChart("grades", "Grades", "How many there are of each.", ticks, panels)


def calibration(
    *bubbles: tuple[object, object, int], dots: tuple[tuple[object, object], ...] = ()
) -> CalibrationChart:
    """Return a chart of bubbles: confidence, grade and how many they stand for."""
    return CalibrationChart(
        prefix="calibration",
        title="Confidence and grade",
        description="On the line both agree.",
        confidences=tuple(Mark(Decimal(n), str(n)) for n in range(0, 11, 2)),
        grades=tuple(Mark(Decimal(n) / 5, f"{n / 5:.1f}") for n in range(6)),
        across="confidence in the middle",
        upwards="grade at the end",
        above="better than they thought",
        below="worse than they thought",
        bubbles=tuple(
            Bubble(Decimal(str(c)), Decimal(str(g)), n, f"said {c}, reached {g}: {n}", n < 5)
            for c, g, n in bubbles
        ),
        dots=tuple((Decimal(str(c)), Decimal(str(g))) for c, g in dots),
    )


def parse(svg: str) -> ET.Element:
    return ET.fromstring(svg.encode())  # noqa: S314 -- ours; entities would be a failure


def with_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [element for element in root.iter() if name in element.get("class", "").split()]


def points_of(root: ET.Element) -> list[ET.Element]:
    """Return what can be focused."""
    return [element for element in root.iter() if element.get("tabindex")]


def texts(root: ET.Element) -> list[str]:
    """Return all words that are always seen: no titles, no tips."""
    tips = {tip for point in points_of(root) for tip in point.iter(f"{SVG}text")}
    return [each.text or "" for each in root.iter(f"{SVG}text") if each not in tips]


def titles(root: ET.Element) -> list[str]:
    """Return the names of what can be focused, each point's."""
    return [point.findtext(f"{SVG}title") or "" for point in points_of(root)]


def spots(root: ET.Element) -> list[tuple[float, float]]:
    """Return the centres of all points."""
    dots = (dot for dot in root.iter(f"{SVG}circle") if "okr-noted" not in dot.get("class", ""))
    return [(float(dot.attrib["cx"]), float(dot.attrib["cy"])) for dot in dots]


def path_points(data: str) -> Iterator[tuple[float, float]]:
    """Yield the corners of a path's data, in absolute units; of arcs and curves the ends."""
    x = y = 0.0
    lengths = {"a": 7, "c": 6, "h": 1, "v": 1, "V": 1, "z": 0}
    for command, rest in re.findall(r"([A-Za-z])([^A-Za-z]*)", data):
        numbers = [float(each) for each in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", rest)]
        length = lengths.get(command, 2)
        for place in range(0, len(numbers), length or 1):
            step = numbers[place : place + length]
            if command in "ML":
                x, y = step
            elif command == "V":
                y = step[0]
            elif command == "h":
                x += step[0]
            elif command == "v":
                y += step[0]
            else:
                x, y = x + step[-2], y + step[-1]
            yield x, y


def extents(root: ET.Element) -> Iterator[tuple[float, float, float, float]]:
    """Yield (left, top, right, bottom) of everything that is drawn."""
    parents = {child: parent for parent in root.iter() for child in parent}
    tips = {tip for point in points_of(root) for tip in point.iter(f"{SVG}text")}
    for element in root.iter():
        if element.tag == f"{SVG}text":
            left, base = float(element.attrib["x"]), float(element.attrib["y"])
            wide = text_width(element.text or "")
            around = parents[element].get("text-anchor", "")
            anchor = "middle" if element in tips else element.get("text-anchor", around)
            left -= {"middle": wide / 2, "end": wide}.get(anchor, 0.0)
            yield left, base - 9, left + wide, base + 3
        elif element.tag == f"{SVG}circle":
            x0, y0, r = (float(element.attrib[key]) for key in ("cx", "cy", "r"))
            yield x0 - r, y0 - r, x0 + r, y0 + r
        elif element.tag == f"{SVG}path":
            for x1, y1 in path_points(element.attrib["d"]):
                yield x1, y1, x1, y1


def assert_sound(svg: str) -> ET.Element:
    """Assert what holds for every chart, and return it."""
    root = parse(svg)
    left, top, wide, high = map(float, root.attrib["viewBox"].split())
    for box in extents(root):
        assert left - 0.1 <= box[0], box
        assert top - 0.1 <= box[1], box
        assert box[2] <= left + wide + 0.1, box
        assert box[3] <= top + high + 0.1, box
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in TAGS
        assert not {"style", "fill", "stroke", "href", "font-family"} & element.attrib.keys()
    return root


def everything() -> list[str]:
    """Return one of each kind of chart, full of what it can show."""
    full = history(
        *LATENCY,
        stretch=Mark(Decimal(550), "stretch 550 ms"),
        amendments=(Tick(date(2026, 11, 1), "target 650 → 600 ms"),),
        forecast=Point(END, Decimal(640), "31 Dec", "forecast 640 ms"),
        unit="ms",
    )
    week = dict(zip(STATUSES, range(1, 11), strict=True))
    return [
        draw_history(full, write),
        draw_trends(trends(9, 8, 7, 5.5)),
        draw_status_weeks(status_weeks(week, week, coming=11)),
        draw_grades(grades(tuple(range(11)), tuple(range(11, 0, -1)))),
        draw_calibration(calibration((3, 0, 2), (7, 0.62, 14), dots=((7, 0.5), (7, 0.7)))),
    ]
