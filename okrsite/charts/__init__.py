"""Numbers → SVG: matplotlib draws a frame once per cycle, the strokes of each chart follow it.

Knows no OKR type. Words come from the caller; colours come from the page's style sheet, by
class (``theme/assets/okrsite/charts.css``). A chart's bytes are a function of its data.
"""

from okrsite.charts.calibration import draw_calibration
from okrsite.charts.data import (
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
)
from okrsite.charts.frame import FrameStore, frames_from_text, frames_to_text, share_frames
from okrsite.charts.grades import draw_grades
from okrsite.charts.history import draw_history
from okrsite.charts.statuses import draw_status_weeks
from okrsite.charts.trends import draw_trends

__all__ = [
    "Bubble",
    "CalibrationChart",
    "FrameStore",
    "GradesChart",
    "GradesColumn",
    "GradesPanel",
    "HistoryChart",
    "Mark",
    "Panel",
    "Point",
    "StatusKind",
    "StatusWeek",
    "StatusWeeksChart",
    "Tick",
    "Timeline",
    "TrendsChart",
    "draw_calibration",
    "draw_grades",
    "draw_history",
    "draw_status_weeks",
    "draw_trends",
    "frames_from_text",
    "frames_to_text",
    "share_frames",
]
